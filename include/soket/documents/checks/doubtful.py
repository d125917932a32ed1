"""Where a draft prints figures that nobody has confirmed, or what is reckoned with them, and whether it says so."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from soket.documents.checks.finding import DraftCheck, DraftFinding, FindingLevel, place_of
from soket.documents.checks.leftover import is_note as is_for_drafters
from soket.documents.checks.ordered import DraftOutline
from soket.documents.doubt_marks import is_note, said_of
from soket.documents.figure_checks import FigureCheck
from soket.documents.figures import Summary
from soket.documents.indicators import IndicatorSummary
from soket.documents.judging import FigureJudge
from soket.documents.known import KnownFigures
from soket.documents.provenance import FigureSource
from soket.documents.sentences import name_of
from soket.documents.year_figures import YearFigure
from soket.narrative.figures.leads import leads
from soket.narrative.figures.stated import FigureReader
from soket.plan.periods import PeriodId
from soket.text import flat, nfc

_SAYS_SO = re.compile(r"\b(?:chua|cho)(?: \w+){0,3} xac nhan\b")
_PLACES = 6  # that one finding names

Doubtful = dict[tuple[str, PeriodId], tuple[IndicatorSummary, YearFigure]]


@dataclass(frozen=True)
class _Place:
    """Where a figure in doubt, or one that is reckoned with it, is printed."""

    text: str
    where: str
    told: bool  # whether it is said there that nobody has confirmed it
    cell: tuple[str, str] | None = None
    paragraph: int | None = None

    @property
    def in_words(self) -> str:
        return f"{self.text} ở {self.where} ({'đã' if self.told else 'chưa'} ghi rõ)"


def doubts_printed(
    summary: Summary, checked: Iterable[FigureCheck], outline: DraftOutline, paragraphs: Sequence[str]
) -> Iterator[DraftFinding]:
    """Yield what a draft prints of figures in doubt, all places of an indicator and a period at once."""
    doubtful: Doubtful = {
        (item.indicator.code, year.year): (item, year)
        for form in summary.forms
        for item in form.indicators
        for year in item.years
        if year.doubts
    }
    if not doubtful:
        return
    places: defaultdict[tuple[str, PeriodId], list[_Place]] = defaultdict(list)
    explained = any(is_note(each) and _says_so(each) for each in paragraphs)
    for check in checked:
        code, printed = check.indicator.code, check.printed
        if printed is not None and (of := doubtful.get((code, check.year))) and _is_with(*of, check):
            cell = (printed.row or code, printed.text)
            places[code, check.year].append(_Place(printed.text, printed.place, printed.marked and explained, cell))
    for code, period, place in _in_prose(summary, doubtful, outline, paragraphs):
        places[code, period].append(place)
    for what, (item, year) in doubtful.items():
        if places[what]:
            yield _found(item, year, sorted(places[what], key=lambda each: each.told))


def _found(item: IndicatorSummary, year: YearFigure, places: Sequence[_Place]) -> DraftFinding:
    code, first = item.indicator.code, places[0]
    more = [f"và {len(places) - _PLACES} chỗ khác"] if len(places) > _PLACES else []
    printed = "; ".join([*(each.in_words for each in places[:_PLACES]), *more])
    return DraftFinding(
        DraftCheck.UNCONFIRMED,
        FindingLevel.LOOK,
        f"{name_of(item.indicator)}: {said_of(item, year)}. Dự thảo ghi {printed}",
        about=f"{code} {year.year}",
        paragraph=first.paragraph,
        heading=first.where if first.cell else "",
        rests_on=(FigureSource(indicator=code, periods=(year.year,)),),
        cell=first.cell,
        also=tuple(at for each in places[1:] if (at := each.cell or each.paragraph)),
        places=len(places),
        noted=sum(each.told for each in places),
    )


def _is_with(item: IndicatorSummary, year: YearFigure, check: FigureCheck) -> bool:
    """Whether a cell prints a figure in doubt, or the total with it: blank, or without it, it leaves it out."""
    value = check.printed.value if check.printed else None
    if value is None:
        return False
    if check.unit:
        return any(each.unit == check.unit for each in year.doubts)
    sound = year.sound(item.indicator).total
    return year.total is not None and (sound is None or abs(value - year.total) < abs(value - sound))


def _in_prose(
    summary: Summary, doubtful: Doubtful, outline: DraftOutline, paragraphs: Sequence[str]
) -> Iterator[tuple[str, PeriodId, _Place]]:
    """Yield the figures in prose that are right with figures in doubt alone, by the figures that they rest on."""
    known, reader = KnownFigures(summary), FigureReader(summary.plan)
    if known.sound is None:
        return
    judge, without = FigureJudge(known), FigureJudge(known.sound)
    for number, (paragraph, lead) in enumerate(zip(paragraphs, leads(paragraphs), strict=True), 1):
        if is_note(paragraph) or is_for_drafters(summary.plan, paragraph):
            continue
        for stated in reader.figures(paragraph, lead):
            if not stated.sure or judge.judge(stated) is not None or without.judge(stated) is None:
                continue
            where = place_of(outline.heading(number - 1), number)
            place = _Place(stated.text, where, _says_so(paragraph), paragraph=number)
            for source in known.sources(stated):
                for code in filter(None, (source.indicator, source.whole)):
                    yield from ((code, period, place) for period in source.periods if (code, period) in doubtful)


def _says_so(paragraph: str) -> bool:
    return _SAYS_SO.search(flat(nfc(paragraph))) is not None
