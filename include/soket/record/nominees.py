"""Who is proposed for commendation, and on what evidence; nothing is decided by it."""

from __future__ import annotations

import hashlib
from datetime import datetime
from enum import StrEnum

from soket.faults import Fault
from soket.plan.bodies import BESIDE
from soket.plan.model import Plan, Severity
from soket.store.record import Record

NOMINATING = f"{BESIDE}bieu_duong"
"""What a unit's code ends in where its nominations are meant: they lie as documents do that go beside the report."""


class Origin(StrEnum):
    """What a proposal comes from."""

    FIGURES = "figures"
    NOMINATION = "nomination"  # that the unit sent
    REPORT = "report"  # a sentence of the unit's report


class Nominee(Record):
    """One unit, collective or person that is proposed."""

    id: str
    unit: str
    name: str
    individual: bool = False
    source: Origin
    merit: str
    evidence: str
    concern: str = ""  # why a person has to look first


class NominationTaken(Record):
    """Of a unit's nomination for commendation, taken or returned: the drop that it was, who is in it, what is wrong."""

    unit: str
    number: int
    name: str  # of the file
    inbox_key: str
    etag: str
    arrived_at: datetime  # campaign time
    nominees: tuple[Nominee, ...]
    faults: tuple[Fault, ...]
    slip_key: str | None = None

    @property
    def returned(self) -> bool:
        """Whether it went back to the unit."""
        return any(each.severity is Severity.CRITICAL for each in self.faults)

    def is_slip(self, name: str) -> bool:
        """Whether a file with this name is the slip with which it went back."""
        return (self.slip_key or "").rpartition("/")[2] == name

    def title(self, plan: Plan, name: str) -> str:
        """Return what a file of it, the nomination or its slip, is called."""
        again = f", lần {self.number}" if self.number > 1 else ""
        what = "Phiếu trả lại đề nghị biểu dương" if self.is_slip(name) else "Đề nghị biểu dương"
        back = " (trả lại)" if self.returned and not self.is_slip(name) else ""
        return f"{what} của {plan.unit(self.unit).name}{again}{back}"


def proposal_id(*parts: object) -> str:
    """Return what a proposal is called: the same for the same content, whenever the list is made."""
    told = "\x1f".join(map(str, parts))
    return f"BD-{hashlib.sha256(told.encode()).hexdigest()[:6].upper()}"
