"""What a drafter has to look at: figures far from those of others, and reports that gainsay themselves."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from math import log10
from statistics import median

from soket.documents.said import Saying, Sayings
from soket.narrative.amounts import AMOUNT, about_after, read_amount
from soket.text import format_number

_FEWEST = 8  # figures of different units, to tell what is usual
_FAR = 20.0  # times the median, or the median times that
_BEFORE = 24  # letters, in which the two words before an amount are
_AMOUNT = re.compile(AMOUNT)
_COUNTED = re.compile(r"\s*(?P<counted>[^\W\d_]+)")
# After these a number is a day, a year or a paper, and no amount.
_NAMING = frozenset({"nam", "doan", "thang", "ngay", "quy", "lo", "so", "ky", "khoa", "dieu", "-", "–"})
_YEARS = range(1900, 2101)
_LACKING = re.compile(r"\b(?:chua|khong|thieu)(?: duoc)? (?!co\b|the\b|phai\b|con\b)([a-z]+ [a-z]+)\b")
_THERE = re.compile(r"\b(?:da|co ban|kha|tuong doi|ngay cang)(?: duoc)? ([a-z]+ [a-z]+)\b")
_TOO_COMMON = frozenset({"dap ung", "thuc hien", "trien khai", "dau tu", "phat trien", "de xay", "quan tam", "so voi"})


@dataclass(frozen=True)
class ProseFigure:
    """An amount that a sentence has."""

    said: Saying
    text: str
    value: float
    counted: str  # what it counts, folded: its first word


@dataclass(frozen=True)
class Remark:
    """Something for the drafter to look at."""

    kind: str
    said: Saying
    why: str
    against: Saying | None = None

    @property
    def in_words(self) -> str:
        """The remark in one line, with the sentence."""
        place = f"{self.said.unit.name}, mục {self.said.section.number.rstrip('.')}, câu {self.said.number}"
        return f"{place}: {self.why} “{self.said.text}”"


def prose_figures(sayings: Sayings) -> list[ProseFigure]:
    """Return the amounts of all sentences; they are never added up."""
    return [figure for section in sayings.sections for said in section.said for figure in _figures(said)]


def remarks(sayings: Sayings, figures: list[ProseFigure]) -> list[Remark]:
    """Return what is unlike the rest, by heading and unit."""
    return [*_gainsaying(sayings), *_outliers(figures)]


def _figures(said: Saying) -> Iterator[ProseFigure]:
    if not said.with_figure:
        return
    for match in _AMOUNT.finditer(said.plain):
        before = ["", "", *said.plain[max(0, match.start() - _BEFORE) : match.start()].split()][-2:]
        counted = "%" if match["percent"] else (_COUNTED.match(said.plain, match.end()) or {"counted": ""})["counted"]
        if not counted or before[-1] in _NAMING or _is_year(match):
            continue
        if amount := read_amount(match, about=about_after((before[0], before[1]))):
            end = match.end() if match["percent"] else said.plain.index(counted, match.end()) + len(counted)
            yield ProseFigure(said, said.text[match.start() : end], amount.value, counted)


def _is_year(match: re.Match[str]) -> bool:
    return match["first"].isdigit() and not match["scale"] and int(match["first"]) in _YEARS


def _outliers(figures: list[ProseFigure]) -> Iterator[Remark]:
    """Yield figures far from what others count in the same words, about the same theme."""
    alike: defaultdict[tuple[str, str, str], list[ProseFigure]] = defaultdict(list)
    for each in figures:
        if each.value > 0 and each.counted != "%":
            alike[each.said.section.code, each.said.theme.code if each.said.theme else "", each.counted].append(each)
    for found in alike.values():
        if len({each.said.unit.code for each in found}) < _FEWEST:
            continue
        middle = median(each.value for each in found)
        spread = median(abs(log10(each.value / middle)) for each in found)
        for each in found:
            far = abs(log10(each.value / middle))
            if far > max(log10(_FAR), 4 * spread):
                why = f"“{each.text}” khác xa các báo cáo khác (thường khoảng {format_number(middle)})."
                yield Remark("Số liệu khác thường", each.said, why)


def _gainsaying(sayings: Sayings) -> Iterator[Remark]:
    """Yield reports that say in one place that something is there and in another that it is lacking."""
    there: dict[tuple[str, str], list[Saying]] = defaultdict(list)
    lacking: list[tuple[Saying, str]] = []
    for section in sayings.sections:
        for said in section.said if not section.requests else ():
            for what in _THERE.findall(said.plain):
                there[said.unit.code, what].append(said)
            lacking += [(said, what) for what in dict.fromkeys(_LACKING.findall(said.plain)) if what not in _TOO_COMMON]
    for said, what in lacking:
        if other := next(
            (each for each in there.get((said.unit.code, what), ()) if each.section != said.section), None
        ):
            why = f"trái với mục {other.section.number.rstrip('.')}, câu {other.number} của chính báo cáo ấy."
            yield Remark("Trái nhau trong một báo cáo", said, why, other)
