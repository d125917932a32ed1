"""The official form around a text: who issues it, under which sign, and who signs.

Party documents follow Hướng dẫn 36-HD/VPTW, state documents Nghị định 30/2020/NĐ-CP. Numbers, days and signatures are
given by people and stay blank.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date

from soket.plan.model import Office, Plan
from soket.text import fold

_BLANK = "\u00a0" * 7  # no-break spaces: room for a number or a day written by hand

# Words that begin the name of a territory: what stands before them is the kind of body.
_TERRITORY = re.compile(r"\s(?:tỉnh|thành phố|huyện|thị xã|quận)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Letterhead:
    """What stands above and below a document's text."""

    parent: str  # the body above the issuer; empty where there is none
    agency: str
    number: str
    place_date: str
    authority: str  # "T/M BAN THƯỜNG VỤ"; empty where the signer signs in person
    post: str
    archive: str  # the last line of "Nơi nhận"


def committee_letterhead(plan: Plan, kind: str, day: date) -> Letterhead:
    """Return the form of a document that the Standing Board issues, such as a report (`kind` "BC")."""
    office = plan.office(plan.roles.appraiser)
    return Letterhead(
        parent="",
        agency=plan.party_committee.upper(),
        number=f"Số{_BLANK}-{kind}/{_committee_sign(plan)}",
        place_date=_place_date(plan, day),
        authority="T/M BAN THƯỜNG VỤ",
        post="",
        archive=f"- Lưu {office.name}.",
    )


def office_letterhead(plan: Plan, office_code: str, kind: str, day: date) -> Letterhead:
    """Return the form of a document that an office of the Party committee issues in its own name."""
    office = plan.office(office_code)
    authority, post = _signer(office)
    return Letterhead(
        parent=plan.party_committee.upper(),
        agency=_below(plan.party_committee, office.name).upper(),
        number=f"Số{_BLANK}-{kind}/{_initials(office.name)}",
        place_date=_place_date(plan, day),
        authority=authority,
        post=post,
        archive=f"- Lưu {office.name}.",
    )


def on_behalf_letterhead(plan: Plan, kind: str, day: date) -> Letterhead:
    """Return the form of a document that the committee's office signs on the Standing Board's orders (T/L)."""
    head = committee_letterhead(plan, kind, day)
    _, post = _signer(plan.office(plan.roles.appraiser))
    return Letterhead(head.parent, head.agency, head.number, head.place_date, "T/L BAN THƯỜNG VỤ", post, head.archive)


def state_letterhead(plan: Plan, kind: str, day: date) -> Letterhead:
    """Return the form of a document that the People's Committee issues."""
    body = _TERRITORY.split(plan.state_body)[0]
    sign = _initials(body)
    return Letterhead(
        parent="",
        agency=f"{body.upper()}\n{plan.state_body[len(body) :].strip().upper()}".strip(),
        number=f"Số:{_BLANK}/{kind}-{sign}",
        place_date=_place_date(plan, day),
        authority=f"TM. {body.upper()}",
        post="",
        archive="- Lưu: VT.",
    )


def signing_letterhead(plan: Plan, office_code: str, day: date) -> Letterhead:
    """Return the form of a letter (công văn) that an office signs: the Standing Board's for those who act for it."""
    if office_code == plan.roles.standing:
        return committee_letterhead(plan, "CV", day)
    if is_state_body(plan.office(office_code)):
        head = state_letterhead(plan, "CV", day)
        # A state letter names no kind: after the body's sign stands that of whoever drafted it.
        return replace(head, number=f"Số:{_BLANK}/{head.number.rpartition('-')[2]}-{_BLANK}")
    return office_letterhead(plan, office_code, "CV", day)


def is_state_body(office: Office) -> bool:
    """Whether an office writes by the state's form rather than the Party's."""
    return fold(office.name).startswith("uy ban nhan dan")


def recipients(plan: Plan) -> list[str]:
    """Return the plan's "Nơi nhận" lines, each with its dash, without the archive copy that closes the list."""
    lines = [line.strip(" -–,;.") for line in plan.recipients]
    return [f"- {line}," for line in lines if not fold(line).startswith("luu ")]


def _place_date(plan: Plan, day: date) -> str:
    # January and February carry a nought, as both forms ask.
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"{plan.place}, ngày{_BLANK}tháng {month} năm {day.year}"


def _committee_sign(plan: Plan) -> str:
    """Return the committee's sign, what follows the last slash of the plan's own document code: "TU"."""
    return plan.document_code.rpartition("/")[2]


def _initials(name: str) -> str:
    """Return a name's initials without tone marks, Đ kept: "Ban Tuyên giáo Tỉnh ủy" becomes "BTGTU"."""
    return "".join(unicodedata.normalize("NFD", word)[0] for word in name.upper().split())


def _below(committee: str, name: str) -> str:
    """Return an office's name without the committee's kind at its end, which the line above already says."""
    words, tail = name.split(), committee.split()[:2]
    if fold(" ".join(words[-2:])) == fold(" ".join(tail)) and len(words) > len(tail):
        return " ".join(words[:-2])
    return name


def _signer(office: Office) -> tuple[str, str]:
    """Return for whom, and in what post, an office's documents are signed."""
    kind = fold(office.name)
    if kind.startswith(("ban can su dang", "dang doan")):
        collective = " ".join(office.name.split()[: 4 if kind.startswith("ban can su") else 2])
        return f"T/M {collective.upper()}", "BÍ THƯ"
    if kind.startswith("van phong"):
        return "", "CHÁNH VĂN PHÒNG"
    if kind.startswith("ban "):
        return "", "TRƯỞNG BAN"
    return "", "THỦ TRƯỞNG CƠ QUAN"
