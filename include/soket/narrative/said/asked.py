"""What a heading of an outline, and a theme under it, asks for: what was done, what is amiss, how things stood."""

from __future__ import annotations

import re
from collections.abc import Sequence

from soket.narrative.said.stances import HeadingKind
from soket.narrative.sentences.pieces import REQUESTS
from soket.plan.model import Section
from soket.plan.themes import Theme
from soket.text import flat

_LACKS = re.compile(r"\b(?:ton tai|han che|khuyet diem|yeu kem|kho khan|vuong mac|nguyen nhan|bat cap)\b")
_DONE = re.compile(
    r"\b(?:ket qua|thanh tuu|thanh tich|uu diem|lanh dao|chi dao|quan triet|tuyen truyen|trien khai|thuc hien)\b"
)
_TO_COME = re.compile(rf"\b(?:phuong huong|thoi gian toi|nhiem vu|giai phap|{flat(REQUESTS)}|bai hoc|kinh nghiem)\b")
_SETTING = re.compile(r"\b(?:dac diem|khai quat|boi canh|tinh hinh chung|thuan loi|tinh hinh)\b")
_RESULTS = re.compile(r"\b(?:ket qua|thanh tuu|thanh tich|uu diem)\b")
_REQUESTS = re.compile(rf"\b(?:{flat(REQUESTS)})\b")
_NOT_ALONE = re.compile(r"\b(?:phuong huong|nhiem vu|giai phap|bai hoc|kinh nghiem|ket qua|giai trinh)\b")
_SETTLED = re.compile(r"\b(?:giai quyet|tra loi|tiep thu|xu ly|cu tri)\b")
_IN_FAVOUR = re.compile(r"\b(?:tiem nang|loi the|the manh|thuan loi|co hoi)\b")
_HARD = re.compile(r"\b(?:kho khan|thach thuc|bat loi|han che)\b")


def asked_by(section: Section) -> HeadingKind:
    """Return what a heading asks for by its title; one of two things at once asks for neither alone."""
    title = flat(section.title)
    lacks, results = bool(_LACKS.search(title)), bool(_RESULTS.search(title))
    if lacks:
        return HeadingKind.ELSE if results else HeadingKind.SETTING if _SETTING.search(title) else HeadingKind.LACKS
    if results:
        return HeadingKind.DONE
    if _TO_COME.search(title):
        return HeadingKind.ELSE
    if _SETTING.search(title) and not re.search(r"\bthuc hien\b|\btrien khai\b", title):
        return HeadingKind.SETTING
    return HeadingKind.DONE if _DONE.search(title) else HeadingKind.ELSE


def is_of_times_to_come(section: Section) -> bool:
    """Whether a heading asks for what is yet to be done, and for nothing that was."""
    title = flat(section.title)
    return _TO_COME.search(title) is not None and not any(each.search(title) for each in (_RESULTS, _LACKS))


def is_of_requests(section: Section) -> bool:
    """Return whether a heading of the outline is that of recommendations."""
    return _REQUESTS.search(flat(section.title)) is not None


def asks_for_requests(section: Section) -> bool:
    """Whether a heading asks for recommendations and nothing else: that there are none is a whole answer to it."""
    return leads_requests(section.title)


def leads_requests(title: str) -> bool:
    """Whether recommendations and nothing else stand under a heading or a lead-in: "Huyện xin kiến nghị như sau:"."""
    plain = flat(title)
    asked = _REQUESTS.search(plain)
    return asked is not None and not any(each.search(plain) for each in (_NOT_ALONE, _LACKS, _SETTLED))


def in_favour(theme: Theme) -> bool:
    """Whether a theme is of what helps, and of nothing hard."""
    name = flat(theme.name)
    return bool(_IN_FAVOUR.search(name)) and not _HARD.search(name)


def of_causes(theme: Theme) -> bool:
    """Whether a theme is of why things are amiss."""
    return any("nguyen nhan" in flat(words) for words in (theme.group or "", theme.name))


def of_the_hard(themes: Sequence[Theme]) -> Theme | None:
    """Return the one theme of what is hard; None where there is none, or several."""
    found = [each for each in themes if _HARD.search(flat(each.name))]
    return found[0] if len(found) == 1 else None
