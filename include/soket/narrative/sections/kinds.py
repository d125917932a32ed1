"""What a heading of a report is of by its first words: what was done, what is amiss, what is asked.

Plans call a section by one word and reports by another: "Đề xuất", "Kiến nghị", "Xin cấp trên" are of the same.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from enum import Enum
from functools import lru_cache

from soket.narrative.sections.headings import Heading, Level
from soket.narrative.sentences.causes import OF_SUCCESS, cause_in
from soket.narrative.sentences.marks import BULLETS
from soket.narrative.sentences.pieces import REQUESTS
from soket.plan.model import Plan, Section
from soket.text import YEAR, fold


class SectionKind(Enum):
    """What a section is of."""

    DONE = "done"
    LACKS = "lacks"
    CAUSES = "causes"
    LESSONS = "lessons"
    TASKS = "tasks"
    REQUESTS = "requests"


Sides = Mapping[SectionKind, str]
"""The code of the section that each thing is of which a heading names."""

_THINGS = r"(?:gi|viec|mat|cai|dieu|diem|cho|phan|noi dung|van de)"
_A_THING = re.compile(rf"(?:(?:nhung|cac|mot so|may) )?{_THINGS}\b(?!.*\d)")
_STOPS = (".", ";", ",")
_IN_A_FIELD = re.compile(r"\w ve \w")  # "Khó khăn về vốn" is a point of what was done
_OPENERS = re.compile(
    r"^(?:(?:nhung|cac|mot so|mot vai|may|ve|danh gia(?: chung)?|tinh hinh|nhom|phan|nhan xet|con|viec|gi)[ :]+)+"
)
# On folded text, at its beginning. "da lam", "lam duoc" are of what was done, "chua" before them of what was not.
_NOT = r"(?:con |van )*(?:chua|khong)(?: the)?"
_WHO = r"(?!con |van )(?:(?!chua|khong|da|duoc)\w+ ){1,5}"  # "Những việc ngành giáo dục đã làm được"
_FIRST_WORDS = {
    SectionKind.LACKS: rf"""
        (?:ton tai|han che|khuyet diem|nhuoc diem|yeu kem|diem yeu|thieu sot|kho khan|vuong|bat cap|ton dong)\b
        |(?:(?:{_THINGS}|chi tieu) )?(?:nao )?{_NOT} (?:lam|dat|duoc|tot|xong|thuc hien|hoan thanh)\b
        |{_WHO}{_NOT} (?:lam|dat|thuc hien)(?: duoc| tot| xong)$
        |{_THINGS} (?:con |van )*(?:vuong|kho|yeu|kem|thieu|ton tai|han che|bat cap|lung tung|tran tro|ban khoan)\b""",
    SectionKind.CAUSES: r"nguyen nhan\b|(?:tai|vi) sao\b|ly do\b|do dau$",
    SectionKind.DONE: rf"""
        (?:ket qua|uu(?: diem|$)|thanh tuu|thanh tich|thanh qua|(?:mat|diem) (?:tich cuc|manh))\b
        |(?:{_THINGS} )?(?:da (?:lam|dat|thuc hien|trien khai|hoan thanh)|(?:lam|dat) duoc)\b
        |{_WHO}(?:da )?(?:lam|dat|thuc hien) duoc$
        |chi tieu (?:da )?(?:dat|vuot|hoan thanh)\b|(?:{_THINGS} )?duoc$
        |{_THINGS} duoc\b|nhin lai\b|(?:\w+ ){{1,4}}nhin lai$""",
    SectionKind.LESSONS: rf"(?:bai hoc|kinh nghiem|(?:{_THINGS} )?rut ra)\b",
    SectionKind.TASKS: r"""
        (?:phuong huong|nhiem vu|giai phap|dinh huong|huong (?:toi|di)|sap toi|toi day|(?:trong )?thoi gian toi)\b
        |(?:phai|can|se) lam\b|ke hoach(?= (?:thoi gian|cong tac|nam|quy|thang|trong|toi|tiep theo|giai doan)\b|$)""",
    SectionKind.REQUESTS: rf"""
        (?:{fold(REQUESTS)}|mong muon|nguyen vong)\b|(?:xin|mong|nho)(?: \w+){{0,4}}$|y kien$""",
}
# On folded text, at its beginning; the first that fits: "Việc chưa làm được" is of what is amiss.
_PATTERNS = [(kind, re.compile(re.sub(r"\n\s+", "", pattern))) for kind, pattern in _FIRST_WORDS.items()]
_JOINTS = re.compile(r"\s*(?:[,;:&/–-]|\bva\b)\s*")
# "Các cấp Hội xin có một số kiến nghị:" leads in what stands below it.
_LEADS_IN = re.compile(rf"\b(?:mot so|may|cac|nhung|co|neu|xin) (?:y kien )?(?:{fold(REQUESTS)})(?: nhu)?(?: sau)?$")
_TO_COME = re.compile(r"\b(?:giai doan|thoi gian toi|nam toi|den nam|tiep theo)\b")
_ALREADY = re.compile(r"\bđã (?:thực hiện|triển khai|làm|hoàn thành|kiến nghị|đề nghị)\b", re.IGNORECASE)
_YEAR = re.compile(rf"\b{YEAR}\b")
_IN_FAVOUR = "thuan loi"  # of which no section is: "Thuận lợi, khó khăn và kiến nghị"
_MOST_WORDS, _MOST_WORDS_BARE = 16, 9
AHEAD = frozenset({SectionKind.TASKS, SectionKind.REQUESTS})


def names_in(text: str) -> list[str]:
    """Return the names that a folded title is made of."""
    return [_OPENERS.sub("", name.strip()) for name in _JOINTS.split(text)]


@lru_cache(maxsize=2_000)  # reports say much the same above their sections
def kinds_named(text: str) -> tuple[SectionKind, ...]:
    """Return what the names that a folded title is made of are of, in their order."""
    return tuple(kind for name in names_in(text) if (kind := _kind(name)))


def kind_of(heading: Heading, below: str = "") -> SectionKind | None:
    """Return what a heading is of by its first words; None where these do not tell, or where it is a sentence.

    `below` is the line after it.
    """
    if cause_in(heading.title) == OF_SUCCESS:
        return None  # neither what was done nor why things are amiss
    size = len(heading.title.split())
    if size > (_MOST_WORDS if heading.level < Level.NONE else _MOST_WORDS_BARE):
        return None
    if heading.strict and (heading.text.endswith(_STOPS) or not _A_THING.match(heading.title)):
        return None  # "Việc sẽ làm", "Chỗ còn vướng" are no sentences
    if heading.shape in BULLETS and below.startswith(heading.shape):
        return None  # one of a list
    if heading.shape == ":" and _LEADS_IN.search(heading.title):
        return SectionKind.REQUESTS
    if heading.level is Level.NONE and not heading.shape and _IN_A_FIELD.search(heading.title):
        return None
    first, *_ = _JOINTS.split(_OPENERS.sub("", heading.title), maxsplit=1)
    return _kind(_OPENERS.sub("", first))


def sides_of(heading: Heading, kinds: Mapping[str, frozenset[SectionKind]]) -> Sides:
    """Return which sections of an outline a heading is of, by what it names; nothing where these are not several.

    "Kết quả thực hiện nhiệm vụ, giải pháp" names results and nothing else.
    """
    named = kinds_named(heading.title)
    if len({*named}) < 2 or (SectionKind.DONE in named and SectionKind.LACKS not in named):
        return {}
    if kind_of(heading) is None and (heading.strict or not heading.title.startswith(_IN_FAVOUR)):
        return {}
    if SectionKind.LACKS in named:
        named = (*named, SectionKind.CAUSES)
    every = frozenset[SectionKind]().union(*kinds.values())
    sides = {kind: next(code for code, own in kinds.items() if kind in own) for kind in named if kind in every}
    return sides if len({*sides.values()}) > 1 else {}


def kinds_in(outline: Sequence[Section]) -> Mapping[str, frozenset[SectionKind]]:
    """Return what each section of an outline is of; what none has by name is of the one that asks for its like."""
    own = {each.code: frozenset(kinds_named(fold(each.title).strip(" .:;"))) for each in outline}
    named = frozenset[SectionKind]().union(*own.values())
    for section in outline:
        kinds = own[section.code]
        if SectionKind.LACKS in kinds and SectionKind.CAUSES not in named:
            own[section.code] = kinds | {SectionKind.CAUSES}
        if SectionKind.REQUESTS in kinds and SectionKind.TASKS not in named and _TO_COME.search(fold(section.title)):
            own[section.code] = own[section.code] | {SectionKind.TASKS}
    return own


def last_year(plan: Plan) -> int | None:
    """Return the last year that a plan asks figures of; None where it asks none."""
    return max((year for form in plan.forms for year in form.years if isinstance(year, int)), default=None)


def is_past(heading: Heading, section: Section, last: int | None) -> bool:
    """Whether a heading is of a time gone by where what is to come is asked: "Phương hướng 2026 - 2030" in a review.

    `last` is the last year that figures are of; a section that names years of its own is of these.
    """
    if not AHEAD & {*kinds_named(fold(section.title))}:
        return False
    if _ALREADY.search(heading.text):
        return True
    years = [int(each) for each in _YEAR.findall(heading.title)]
    asked = [int(each) for each in _YEAR.findall(section.title)]
    since = min(asked) if asked else last
    return bool(years) and since is not None and max(years) < since


def _kind(title: str) -> SectionKind | None:
    return next((kind for kind, pattern in _PATTERNS if pattern.match(title)), None)
