"""The official form around a text: whose it is, under which sign, and who signs, as the plan says of its office.

Party documents follow Hướng dẫn 36-HD/VPTW, state documents Nghị định 30/2020/NĐ-CP. Numbers, days and signatures are
given by people and stay blank; so does a sign that the plan does not give.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from soket.plan.model import DocumentForm, Office, Plan
from soket.text import fold

LETTER = "CV"  # a công văn: Party numbers name it, the state's do not

_ROMAN = ("I", "II", "III", "IV", "V")
_BLANK = "\u00a0" * 7  # no-break spaces: room for a number or a day written by hand


@dataclass(frozen=True)
class Head:
    """What stands above and below a document's text."""

    form: DocumentForm
    parent: str  # the body above the issuer; empty where there is none
    agency: str
    number: str
    place_date: str
    authority: str  # "T/M BAN THƯỜNG VỤ"; empty where the signer signs in person
    post: str
    archive: str  # the last line of "Nơi nhận"

    @property
    def state(self) -> bool:
        """Whether it is a document of the state rather than of the Party."""
        return self.form == "state"

    @property
    def comma(self) -> str:
        """What ends each line of "Nơi nhận" but the last."""
        return ";" if self.state else ","

    def annex(self, number: int) -> str:
        """Return what an annex is called: the state's have Roman numbers."""
        return f"Phụ lục {_ROMAN[number - 1] if self.state else number}"

    @property
    def stop(self) -> str:
        """What ends the text."""
        return "./." if self.state else "."


def letterhead(plan: Plan, office_code: str, kind: str, day: date) -> Head:
    """Return the form of a document of a kind ("BC"; `LETTER` for a letter) that an office issues in its own name."""
    office = plan.office(office_code)
    given, form = office.letterhead, office.form or plan.form
    parent, agency = _lines(plan, office, form)
    return Head(
        form=form,
        parent=parent,
        agency=agency,
        number=_number(form, kind, given.sign or _issuers_sign(plan, office) or _BLANK),
        place_date=_place_date(given.place or plan.place, day),
        authority=given.authority or "",
        post=given.post or "",
        archive=f"- Lưu{':' if form == 'state' else ''} {given.archive or _archive(office, form)}.",
    )


def by_order(plan: Plan, owner: str, kind: str, day: date) -> Head:
    """Return the form of a document of whoever decides that another office signs by its order (T/L).

    That is the plan's signer or, where it names none, the owner of the stage whose paper it is.

    An office of which the plan does not say how it signs by order issues it in its own name.
    """
    head, signer = letterhead(plan, plan.roles.standing, kind, day), plan.office(plan.roles.signer or owner)
    own = signer.letterhead
    if own.by_order is None:
        return letterhead(plan, signer.code, kind, day)
    return Head(
        form=head.form,
        parent=head.parent,
        agency=head.agency,
        number=head.number,
        place_date=head.place_date,
        authority=own.by_order,
        post=own.post or "",
        archive=head.archive,
    )


def recipients(plan: Plan, head: Head) -> list[str]:
    """Return the plan's "Nơi nhận" lines, each with its dash, without the archive copy that closes the list."""
    lines = [line.strip(" -–,;.") for line in plan.recipients]
    return [f"- {line}{head.comma}" for line in lines if not re.match(r"luu\b", fold(line))]


def _lines(plan: Plan, office: Office, form: DocumentForm) -> tuple[str, str]:
    """Return the line of the body above an office, and its own."""
    given = office.letterhead
    body = (plan.state_body if form == "state" else plan.party_committee) or ""
    if given.agency:
        return given.parent or "", given.agency
    if office.code == plan.roles.standing and body:
        return given.parent or "", body
    return given.parent or body, office.name.upper()


def _number(form: DocumentForm, kind: str, sign: str) -> str:
    if form == "party":
        return f"Số{_BLANK}-{kind}/{sign}"
    # A state letter names no kind: after the body's sign stands that of whoever drafted it.
    return f"Số:{_BLANK}/{sign}-{_BLANK}" if kind == LETTER else f"Số:{_BLANK}/{kind}-{sign}"


def _issuers_sign(plan: Plan, office: Office) -> str:
    """Return what the plan's document code ends in, "TU" of "BC/TU": the sign of whoever decides."""
    return re.split("[-/]", plan.document_code)[-1] if office.code == plan.roles.standing else ""


def _archive(office: Office, form: DocumentForm) -> str:
    return "VT" if form == "state" else office.name


def _place_date(place: str, day: date) -> str:
    # January and February carry a nought, as both forms ask.
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"{place}, ngày{_BLANK}tháng {month} năm {day.year}"
