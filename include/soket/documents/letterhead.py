"""The official form around a text: whose it is, under which sign, and who signs, as the plan says of its office.

How each is written, the edition of the day says (`include/forms`). Numbers, days and signatures are given by people and
stay blank; so does a sign that the plan does not give.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from soket.plan.edition_files import edition_of
from soket.plan.editions import FormEdition
from soket.plan.model import DocumentForm, Office, Plan
from soket.reading.formats.numerals import numeral
from soket.text import fold, lower_first

LETTER = "CV"  # a công văn: Party numbers name it, the state's do not
ATTACHMENT = ""  # a list, an outline, a slip: it goes with another paper and has no number of its own

_LONG_PLACE, _LEAST_ROOM, _ONE_LINE = 10, 4, 24  # letters
# What no line of a body's name ends inside of.
_WHOLE = re.compile(
    r"NHÂN DÂN\b|\([^)]{,22}\)"
    r"|(?<=\S )(?:TỈNH|THÀNH PHỐ|THỊ XÃ|HUYỆN|QUẬN|XÃ|PHƯỜNG|ĐẶC KHU) (?!ỦY\b|UỶ\b)\S+(?: \S+){,3}$"
)
_KEPT_BY = re.compile(r"lưu\b(?! trữ)[\s:]*([^;]*\w)", re.IGNORECASE)
_BLANK = "\u00a0" * 7  # no-break spaces: room for a number or a day written by hand


@dataclass(frozen=True)
class Head:
    """What stands above and below a document's text."""

    edition: FormEdition
    kind: str  # as in its number: "BC"; `ATTACHMENT` where it has none
    issuer: str  # whose paper it is, in a sentence
    parent: str  # the body above the issuer; empty where there is none
    agency: str
    number: str  # empty where it has none
    place_date: str
    authority: str  # "T/M BAN THƯỜNG VỤ"; empty where the signer signs in person
    post: str
    archive: str  # the last line of "Nơi nhận"
    upper_headings: bool

    @property
    def state(self) -> bool:
        """Whether it is a document of the state rather than of the Party."""
        return self.edition.form == "state"

    @property
    def comma(self) -> str:
        """What ends each line of "Nơi nhận" but the last."""
        return self.edition.recipients.ends

    def annex(self, number: int) -> str:
        """Return what an annex is called."""
        return f"Phụ lục {numeral(number, 'I') if self.edition.annexes.roman else number}"

    @property
    def enclosed(self) -> str:
        """What stands under an annex's name; empty where the paper has no number to name."""
        if not self.number:
            return ""
        return self.edition.annexes.enclosed.written.format(
            kind=self.edition.kinds.get(self.kind, "Văn bản"),
            number=lower_first(self.number).replace("số:", "số"),
            date=self.place_date.partition(", ")[2],
            issuer=self.issuer,
        )

    @property
    def without_month(self) -> Head:
        """The form of a paper that comes later: nobody knows in which month."""
        return replace(self, place_date=re.sub(r" \d+ năm", f"{_BLANK}năm", self.place_date))

    @property
    def stop(self) -> str:
        """What ends the text."""
        return self.edition.body.end


def letterhead(plan: Plan, office_code: str, kind: str, day: date) -> Head:
    """Return the form of a document of a kind ("BC"; `LETTER`; `ATTACHMENT`) that an office issues in its own name."""
    office = plan.office(office_code)
    given, form = office.letterhead, office.form or plan.form
    edition = edition_of(form, day, given.edition)
    parent, agency = map(_whole, _lines(plan, office, form))
    whose = given.authority if given.authority != given.post else None  # a minister signs for nobody else
    return Head(
        edition=edition,
        kind=kind,
        issuer=plan.issuer if office.code == plan.roles.standing else office.name,
        parent=parent,
        agency=agency,
        number=_number(edition, kind, given.sign or _issuers_sign(plan, office) or _BLANK),
        place_date=_place_date(edition, given.place or plan.place, day),
        authority=whose or ("" if given.post else _on_behalf_of(edition, agency)),
        post=given.post or "",
        archive=edition.recipients.archive.format(where=given.archive or _archive(plan, office, form)),
        upper_headings=plan.upper_headings,
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
    return replace(head, authority=own.by_order, post=own.post or "")


def recipients(plan: Plan, head: Head) -> list[str]:
    """Return the plan's "Nơi nhận" lines, each with its dash, without the archive copy that closes the list."""
    lines = [line.strip(" -–,;.") for line in plan.recipients]
    return [f"- {line}{head.comma}" for line in lines if not re.match(r"luu\b", fold(line))]


def copied(plan: Plan, office_code: str, head: Head) -> list[str]:
    """Return the "Nơi nhận" lines of an office's letter to units, between them and the archive copy."""
    roles = plan.roles
    told = {roles.standing: " (để báo cáo)", roles.lead: "", roles.receiver: ""}
    return [f"- {plan.office(code).name}{why}{head.comma}" for code, why in told.items() if code != office_code]


def _lines(plan: Plan, office: Office, form: DocumentForm) -> tuple[str, str]:
    """Return the line of the body above an office, and its own."""
    given = office.letterhead
    body = (plan.state_body if form == "state" else plan.party_committee) or ""
    if given.agency:
        return given.parent or "", given.agency
    if body and (office.code == plan.roles.standing or fold(body).startswith(fold(office.name))):
        return given.parent or "", body
    return given.parent or body, office.name.upper()


def _whole(name: str) -> str:
    """Return a body's name as it is divided over lines; one that the plan divides itself is as it is there."""
    if len(name) <= _ONE_LINE or "\n" in name:
        return name
    return _WHOLE.sub(lambda found: found[0].replace(" ", "\u00a0"), name)


def _number(edition: FormEdition, kind: str, sign: str) -> str:
    if kind == ATTACHMENT:
        return ""
    written = edition.number.letter if kind == LETTER else edition.number.written
    # The room for the number is space enough, and no line ends in it.
    return written.replace(" {number}", "{number}").format(number=_BLANK, kind=kind, sign=sign, unit=_BLANK)


def _issuers_sign(plan: Plan, office: Office) -> str:
    """Return what the plan's document code ends in, "TU" of "BC/TU": the sign of whoever decides."""
    return re.split("[-/]", plan.document_code)[-1] if office.code == plan.roles.standing else ""


def _on_behalf_of(edition: FormEdition, agency: str) -> str:
    """Return by whose authority is signed for a body of the state that decides as one: "TM. ỦY BAN NHÂN DÂN"."""
    signature, name = edition.signature, " ".join(agency.split())
    body = next((each for each in signature.collectives if name.startswith(each)), None)
    return f"{signature.authorities[0]} {body}" if body and edition.form == "state" else ""


def _archive(plan: Plan, office: Office, form: DocumentForm) -> str:
    """Return who keeps an office's papers: those of whoever issued the plan, whoever the plan's own list ends with."""
    if office.code == plan.roles.standing:
        for line in reversed(plan.recipients):
            if kept := _KEPT_BY.match(line.strip(" -–")):
                return kept[1]
    return "VT" if form == "state" else office.name


def _place_date(edition: FormEdition, place: str, day: date) -> str:
    month = f"{day.month:02d}" if day.month < edition.place_date.zero_months_below else str(day.month)
    room = _BLANK[: max(_LEAST_ROOM, len(_BLANK) - max(0, len(place) - _LONG_PLACE))]  # the date stands on one line
    return f"{place}, ngày{room}tháng {month} năm {day.year}"
