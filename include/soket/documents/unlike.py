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
from soket.text import flat, format_number

_FEWEST = 8  # figures of different units, to tell what is usual
_FAR = 20.0  # times the median, or the median times that
_AMOUNT = re.compile(AMOUNT)
_COUNTED = re.compile(r"\s*(?P<counted>[^\W\d_]+)")
# Days, years and papers are no amounts.
_NO_AMOUNT = re.compile(
    r"\b\d+[-/][\w/-]*[a-z]{2}[\w-]*|\b\d{1,2}/\d{1,2}(?:/\d{4})?|\b(?:nam|giai doan|thang|ngay|quy|quoc lo|so"
    r"|nhiem ky) \d+(?:[/. -]+\d{4})?|\b(?:19|20)\d\d\b(?: - \d{4})?"
)
_LACKING = re.compile(r"\b(?:chua|khong|thieu|chua duoc) (?P<what>(?!co\b|the\b|phai\b|con\b|duoc\b)[a-z]+ [a-z]+)\b")
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
    text = flat(said.text)
    masked = _NO_AMOUNT.sub(lambda match: "·" * len(match[0]), text)
    for match in _AMOUNT.finditer(masked):
        before = [*masked[: match.start()].split()[-2:]]
        amount = read_amount(match, about=about_after(("", "", *before)[-2:]))  # type: ignore[arg-type]
        counted = "%" if match["percent"] else (_COUNTED.match(masked, match.end()) or {"counted": ""})["counted"]
        if amount and counted:
            after = (
                0
                if match["percent"]
                else len(masked[match.end() :]) - len(masked[match.end() :].lstrip()) + len(counted)
            )
            yield ProseFigure(said, said.text[match.start() : match.end() + after], amount.value, counted)


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
    by_unit: defaultdict[str, list[Saying]] = defaultdict(list)
    for section in sayings.sections:
        if not section.requests:
            for said in section.said:
                by_unit[said.unit.code].append(said)
    for unit in sayings.units:
        own = [(said, flat(said.text)) for said in by_unit[unit.code]]
        for said, text in own:
            for what in {match["what"] for match in _LACKING.finditer(text)} - _TOO_COMMON:
                there = re.compile(rf"\b(?:da|co ban|kha|tuong doi|ngay cang) (?:duoc )?{what}\b")
                if other := next(
                    (each for each, words in own if each.section != said.section and there.search(words)), None
                ):
                    why = f"trái với mục {other.section.number.rstrip('.')}, câu {other.number} của chính báo cáo ấy."
                    yield Remark("Trái nhau trong một báo cáo", said, why, other)
