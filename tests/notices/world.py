"""A campaign in memory, at a time that a test sets, with units that do what the test says."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Literal

from soket.clock import VIETNAM
from soket.faults import Fault
from soket.plan.model import Plan, Severity
from soket.record.decisions import Decision, Exemption, Extension, Postponement, Review, Undo
from soket.record.records import Receipt, Ruling, Submission, Verdict
from soket.record.register import Register, derive
from soket.record.workspace import Workspace
from soket.store.store import InHand, MemoryStore

from .plans import make_plan


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


@dataclass
class SetClock:
    """Real and campaign time alike, standing where a test puts it."""

    moment: datetime

    def now(self) -> datetime:
        return self.moment.astimezone(VIETNAM)

    def real(self) -> datetime:
        return self.moment.astimezone(UTC)

    def campaign_time(self, real: datetime) -> datetime:
        return real.astimezone(VIETNAM)

    def real_time(self, campaign: datetime) -> datetime:
        return campaign.astimezone(UTC)

    def to_env(self) -> str:
        raise NotImplementedError

    def set(self, to: str | datetime) -> None:
        self.moment = moment(to) if isinstance(to, str) else to

    def pass_(self, **time: float) -> None:
        self.moment += timedelta(**time)


@dataclass
class World:
    """A plan, its store, its clock, and the records of what units and officials did."""

    plan: Plan = field(default_factory=make_plan)
    clock: SetClock = field(default_factory=lambda: SetClock(moment("2021-10-18 08:00")))
    receipts: list[Receipt] = field(default_factory=list)
    verdicts: list[Verdict] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.store = MemoryStore(self.clock.real)
        self.workspace = Workspace(self.plan, self.plan.campaigns[0], self.store, self.clock)

    def other(self) -> Workspace:
        """Return the same campaign as another process sees it."""
        return replace(self.workspace, in_hand=InHand())

    @property
    def register(self) -> Register:
        now = self.clock.now()
        return derive(
            self.plan,
            self.plan.campaigns[0],
            self.clock,
            inbox=self.store.list(self.workspace.keys.inbox),
            receipts=[each for each in self.receipts if each.received_at <= now],
            verdicts=[each for each in self.verdicts if each.judged_at <= now],
            decisions=[each for each in self.decisions if each.decided_at <= now],
            stage_records=[],
        )

    def send(self, unit: str, at: datetime, ruling: Ruling | None = Ruling.ACCEPTED) -> None:
        """Let a unit send at a moment, judged ten minutes later (never, for None)."""
        number = 1 + sum(receipt.unit == unit for receipt in self.receipts)
        deadline = self.register.units[unit].deadline
        self.receipts.append(Receipt(unit=unit, number=number, received_at=at, deadline=deadline, files=()))
        if ruling is None:
            return
        faults = {
            Ruling.RETURNED: (Fault(code="SL-TONG", severity=Severity.CRITICAL, message="Tổng không khớp."),),
            Ruling.ACCEPTED_WITH_WARNINGS: (Fault(code="BD-01", severity=Severity.WARNING, message="Gấp 6 lần."),),
            Ruling.REFERRED: (Fault(code="TEP-23", severity=Severity.REFER, message="Bản quét."),),
        }
        self.verdicts.append(
            Verdict(
                unit=unit,
                number=number,
                kind=Submission.REPORT,
                ruling=ruling,
                late=at >= deadline,
                judged_at=at + timedelta(minutes=10),
                faults=faults.get(ruling, ()),
            )
        )

    def extend(self, unit: str, at: datetime, last_day: date) -> None:
        self.decisions.append(Extension(**_act(f"extension-{len(self.decisions)}", at), unit=unit, last_day=last_day))

    def exempt(self, unit: str, at: datetime) -> None:
        self.decisions.append(Exemption(**_act(f"exemption-{len(self.decisions)}", at), unit=unit))

    def postpone(self, at: datetime, last_day: date, stage: str = "unit_reports") -> None:
        name = f"postponement-{len(self.decisions)}"
        self.decisions.append(Postponement(**_act(name, at), stage=stage, last_day=last_day))

    def review(
        self, unit: str, number: int, at: datetime, outcome: Literal["accepted", "returned"], paper: str
    ) -> None:
        grounds = {**_act(f"review-{len(self.decisions)}", at), "document_number": paper}
        self.decisions.append(Review(**grounds, unit=unit, number=number, outcome=outcome))

    def undo(self, at: datetime) -> None:
        """Take the latest act back."""
        undoes = self.decisions[-1].id
        self.decisions.append(Undo(**_act(f"undo-{len(self.decisions)}", at), undoes=undoes))


def _act(code: str, at: datetime) -> dict:
    return {"id": code, "decided_at": at, "account": "tuyengiao", "granted_by": "Trưởng ban", "reason": "Chống dịch."}
