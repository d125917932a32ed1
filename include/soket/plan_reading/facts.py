"""What a plan says of itself: number, date, place, issuer, signer, what it reviews, on what basis and for what."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from soket.narrative.sentences.prose import sentences
from soket.plan.letters import DocumentForm
from soket.plan_reading.bodies import bodies_in
from soket.plan_reading.duties import acts
from soket.plan_reading.paper import Paper
from soket.plan_reading.passages import Passage
from soket.text import flat, nfc, upper_first

_NUMBER = re.compile(r"Số\s*:?\s*(?P<number>\d[\w./-]*\s?[-/]\s?[\w/-]*[A-ZĐ][\w/-]*)")
_ISSUED = re.compile(
    r"^(?P<place>[^,\d]{2,40}),\s*ngày\s*(?P<day>\d{0,2})[\s.…]*tháng\s*(?P<month>\d{0,2})[\s.…]*năm\s*(?P<year>\d{4})"
)
# Where one paragraph of a letterhead has several lines: its reader made their breaks spaces.
_LINE = re.compile(r"\s*[-_*]{3,}\s*|\s+\*\s+|\s+(?=Số\s*:?\s*\d)|(?<=VIỆT NAM)\s+|(?<=ạnh phúc)\s+")
_ISSUES = re.compile(r"\b(?:ban hanh|xay dung|lap)\s+ke hoach\b")
_ASKS = re.compile(r"\b(?:de nghi|huong dan|yeu cau)\s+(?:cac|nhung|moi)\b")  # who writes a letter
_REVIEW = re.compile(r"\b(?:so ket|tong ket|danh gia|kiem diem)\b")
_CARRIED_OUT = re.compile(r"\b(?:thuc hien|thi hanh|trien khai)\s+")
_BASIS = re.compile(r"(?:can cu|thuc hien|xet)\s+")
_PURPOSE, _MATTER, _SCHEDULE = (
    re.compile(r"muc dich|yeu cau"),
    re.compile(r"noi dung"),
    re.compile(r"thoi gian|tien do|phuong thuc"),
)
_TASKS = re.compile(r"phan cong|cong viec|nhiem vu|to chuc thuc hien|tien do")
_FOCUS = re.compile(r"\b(?:tap trung(?: vao)?(?: danh gia)?|gom|bao gom)\s*:?\s*")
_DOCUMENT = re.compile(
    r"\b(?P<kind>nghi quyet|chi thi|ket luan|quyet dinh|quy dinh|luat|chuong trinh|chien luoc|de an)\b"
)
_CODE = re.compile(r"số\s+(\d+[\w/-]*)")
# What a title says behind its matter, and what cannot be its last word.
_SAID_ENOUGH = re.compile(r"\s*[,;(]|\s(?:giai đoạn|nhiệm kỳ|trên địa bàn|theo|gắn với|đến năm)\b")
_LEADS_ON = frozenset(("cac", "cua", "ve", "va", "nhung", "theo", "voi", "trong", "den", "cho", "so", "tai", "o", "-"))
_SHORT, _LONG = 20, 80  # characters of a short title
_SHORTEST = 12  # characters of a goal


@dataclass(frozen=True)
class Said:
    """Something that the paper says, and where."""

    value: str
    passage: Passage


@dataclass(frozen=True)
class Facts:
    """What was found; None or nothing where it was not."""

    number: str | None
    issued: date | None
    year: int | None  # of the plan: of its date, or of the first date in it
    place: str | None
    agency: tuple[str, ...]  # the lines above the number
    form: DocumentForm | None
    issuer: Said | None
    title: str
    review: str | None
    resolution: str | None
    basis: tuple[Said, ...]
    purposes: tuple[Said, ...]
    goals: tuple[Said, ...]
    signature: str

    @property
    def about(self) -> frozenset[Passage]:
        """The passages that say what for and what about, and give nobody a duty."""
        return frozenset(said.passage for said in (*self.basis, *self.purposes, *self.goals))

    @property
    def whole(self) -> frozenset[Passage]:
        """The passages that the plan has word for word."""
        said = (*self.basis, *self.purposes, *self.goals)
        return frozenset(each.passage for each in said if each.value == each.passage.text)


def facts_of(paper: Paper) -> Facts:
    """Return what a paper says of itself."""
    lines = [part for line in paper.letterhead for part in _LINE.split(line) if part]
    head = " \n".join(lines)
    number = _NUMBER.search(head)
    dated = next((match for line in lines if (match := _ISSUED.match(line))), None)
    issued = _date(dated) if dated else None
    whole = flat(" ".join((head, *paper.signature)))
    title = _title(paper)
    carried = _CARRIED_OUT.search(flat(title))
    review = _REVIEW.search(flat(title))
    return Facts(
        number=re.sub(r"\s", "", number["number"]) if number else None,
        issued=issued,
        year=issued.year if issued else _year_in(paper),
        place=dated["place"].strip() if dated else None,
        agency=tuple(_agency(lines)),
        form="party" if re.search(r"dang cong san|\bt/m\b", whole) else "state" if whole.strip() else None,
        issuer=_issuer(paper),
        title=title,
        review=title[review.start() : review.end()].lower() if review else None,
        resolution=upper_first(title[carried.end() :]) if carried else None,
        basis=tuple(_basis(paper)),
        purposes=tuple(_purposes(paper)),
        goals=tuple(_goals(paper)),
        signature=", ".join(paper.signature),
    )


def short_title_of(facts: Facts) -> str:
    """Return what the plan may be called in a line: the review and its document's number, or how its title begins."""
    code, kind = _CODE.search(facts.title), _DOCUMENT.search(flat(facts.title))
    review = upper_first(facts.review or "sơ kết")
    if code and kind:
        return f"{review} {facts.title[kind.start() : kind.end()]} số {code[1]}"
    title = re.sub('["“”]', "", facts.title)
    end = next((each.start() for each in _SAID_ENOUGH.finditer(title) if each.start() > _SHORT), len(title))
    words = title[:end].split()
    while len(words) > 1 and (len(" ".join(words)) > _LONG or flat(words[-1]) in _LEADS_ON):
        words.pop()
    return " ".join(words)


def _date(match: re.Match[str]) -> date | None:
    try:
        return date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        return None


def _year_in(paper: Paper) -> int | None:
    """Return the year that most deadlines of the plan have."""
    from collections import Counter

    from soket.plan_reading.when import dates_in

    years = Counter(
        when.deadline.last_day.year for passage in paper.body for when in dates_in(passage.text) if when.deadline
    )
    return years.most_common(1)[0][0] if years else None


def _agency(lines: Sequence[str]) -> Iterator[str]:
    for line in lines:
        plain = flat(line)
        if line.isupper() and not re.search(r"cong hoa xa hoi|dang cong san|^so\b", plain):
            yield line


def _title(paper: Paper) -> str:
    """Return the title; one in capitals as the opening writes it, where it does."""
    title = paper.title
    if title.isupper():
        wanted = flat(title)
        for text in (passage.text for passage in paper.opening):
            if (at := flat(text).find(wanted)) >= 0:
                return upper_first(text[at : at + len(wanted)])
    return upper_first(title.strip(" .:;"))


def _issuer(paper: Paper) -> Said | None:
    return next((said for words in (_ISSUES, _ASKS) for said in _before(words, paper.opening)), None)


def _before(words: re.Pattern[str], opening: Sequence[Passage]) -> Iterator[Said]:
    """Yield the bodies that stand right before some words."""
    for passage in opening:
        for match in words.finditer(flat(passage.text)):
            before = [body for body in bodies_in(passage.text) if body.end <= match.start()]
            if before and match.start() - before[-1].end <= 3:
                yield Said(nfc(before[-1].name), passage)


def _basis(paper: Paper) -> Iterator[Said]:
    """Yield what the plan rests on: "Căn cứ …" and, before who issues it, "Thực hiện …"."""
    for passage in paper.opening:
        for piece in passage.text.split(";"):
            piece = piece.strip()
            lead = _BASIS.match(flat(piece))
            if lead is None:
                continue
            issues = _ISSUES.search(flat(piece)) or _ASKS.search(flat(piece))
            bodies = [body for body in bodies_in(piece) if issues and body.end <= issues.start()]
            text = piece[lead.end() : bodies[-1].start if bodies else None].strip(" ,;.")
            if text:
                yield Said(upper_first(text), passage)


def _under(passage: Passage) -> str:
    return flat(" / ".join(passage.above))


def _purposes(paper: Paper) -> Iterator[Said]:
    for passage in paper.body:
        under, heading = _under(passage), _PURPOSE.fullmatch(flat(passage.text).strip(" .:,"))
        if _PURPOSE.search(under) and not _MATTER.search(under) and not heading:
            yield Said(passage.text, passage)


def _goals(paper: Paper) -> Iterator[Said]:
    """Yield what reports are about: the items under "Nội dung", or what a sentence there says to look at."""
    for passage in paper.body:
        if passage.task or not _is_matter(passage):
            continue
        focus = next((match for match in _FOCUS.finditer(flat(passage.text))), None)
        if focus is None:
            if not acts(passage.text):
                yield Said(passage.text, passage)
            continue
        rest = next(sentences(passage.text[focus.end() :]), "")
        for item in rest.split(";"):
            if len(item.strip()) >= _SHORTEST:
                yield Said(upper_first(item.strip(" .")), passage)


def _is_matter(passage: Passage) -> bool:
    """Whether a passage stands under "Nội dung", and not under who does what by when."""
    headings = [flat(heading) for heading in passage.above]
    if not headings or any(_PURPOSE.search(each) for each in headings) or not _MATTER.search(" / ".join(headings)):
        return False
    if _MATTER.match(flat(passage.text)) or re.search(r"thoi gian", flat(passage.text)[:60]):
        return False
    nearest = headings[-1]
    if not _MATTER.search(nearest) and not any(_MATTER.match(each) for each in headings):
        return False
    return not _SCHEDULE.search(nearest) and not any(_TASKS.search(each) for each in headings)
