"""Each figure of a draft's tables beside what the accepted reports say: of all units together, or of one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from math import fsum

from soket.documents.figures import Summary
from soket.documents.held_columns import HeldColumn, made_of
from soket.documents.indicators import IndicatorSummary
from soket.documents.official import OfficialDraft
from soket.documents.printed import PrintedFigure
from soket.documents.provenance import FigureSource, Reckoning
from soket.documents.rendering import figure
from soket.documents.year_figures import YearFigure
from soket.narrative.figures.kinds import FigureKind
from soket.plan.model import Indicator, Plan, Unit
from soket.plan.periods import PeriodId, say_period

# So much of a table without a name must be an indicator's for it to be that one's.
_FEWEST_RIGHT, _MOST_RIGHT = 4, 0.6
_FEWEST_HELD = 2  # figures of a column that show how it holds times against each other


class Match(StrEnum):
    """How a figure of the draft compares with what the accepted reports add up to."""

    EQUAL = "Khớp"
    DIFFERS = "Lệch"
    NOT_FOUND = "Dự thảo không có"
    UNREADABLE = "Không đọc được số"
    NO_BASIS = "Báo cáo chưa có số liệu"
    UNREAD = "Chưa đối chiếu"


@dataclass(frozen=True)
class FigureCheck:
    """One indicator in one year."""

    indicator: Indicator
    year: PeriodId
    match: Match
    computed: float | None
    printed: PrintedFigure | None
    given: int  # how many units the computed total rests on
    owing: int
    unit: Unit | None = None  # whose figure it is; None for all together

    @property
    def held(self) -> HeldColumn | None:
        """The column that holds times against each other, where it stands in one."""
        return self.printed.held if self.printed else None

    @property
    def difference(self) -> float | None:
        """How much the draft prints above (or below) what the reports add up to."""
        if self.computed is None or self.printed is None or self.printed.value is None:
            return None
        return round(self.printed.value - self.computed, 6)

    @property
    def result(self) -> str:
        """How it compares, with the difference where there is one."""
        if self.match is not Match.DIFFERS or self.difference is None:
            return self.match.value
        return f"{self.match.value} {'+' if self.difference > 0 else ''}{figure(self.difference)}"

    @property
    def subject(self) -> str:
        """What the figure is of."""
        when = self.held.head if self.held else str(self.year)
        return " ".join(filter(None, (self.indicator.code, when, self.unit.code if self.unit else "")))

    @property
    def in_words(self) -> str:
        """The check in one line."""
        whose = f", {self.unit.name}" if self.unit else ""
        when = f"cột “{self.held.head}”" if self.held else say_period(self.year)
        text = f"{self.indicator.code} {self.indicator.name}, {when}{whose}: {self.result.lower()}"
        if self.printed is None or self.match not in (Match.DIFFERS, Match.UNREADABLE):
            return text
        basis = "tính từ báo cáo là" if self.held else "báo cáo ghi" if self.unit else "báo cáo cộng lại"
        computed = "" if self.computed is None else f", {basis} {figure(self.computed)}"
        return f"{text} (dự thảo ghi {self.printed.text}{computed})"


def source_of(check: FigureCheck) -> FigureSource:
    """Return what of the reports a check rests on."""
    made = Reckoning.UNIT if check.unit else Reckoning.TOTAL
    unit = check.unit.code if check.unit else None
    return FigureSource(indicator=check.indicator.code, periods=(check.year,), made=made, unit=unit)


def check_figures(summary: Summary, official: OfficialDraft) -> list[FigureCheck]:
    """Return each figure that the plan adds up, as the draft prints it, and each that it prints of a unit."""
    printed: dict[tuple[str, PeriodId], list[PrintedFigure | None]] = {}
    for each in (each for each in official.figures if not each.unit and not each.units and not each.held):
        printed.setdefault((each.indicator, each.year), []).append(each)
    checks: list[FigureCheck] = []
    for form in summary.forms:
        for item in form.indicators:
            if item.indicator.aggregate == "none":
                continue
            for year in item.years:
                # A figure printed twice is checked twice: the draft may contradict itself.
                found = printed.get((item.indicator.code, year.year), [None])
                checks.extend(_check(item.indicator, year, each, read=official.tables_read) for each in found)
    items = {item.indicator.code: item for form in summary.forms for item in form.indicators}
    of_units = [*_by_unit(official, items)]
    checks += (_of_unit(summary.plan, items, each) for each in of_units if not each.held)
    of_all = (each for each in official.figures if each.held and each.indicator and not (each.unit or each.units))
    return [*checks, *_held_against(summary.plan, items, [*of_all, *(each for each in of_units if each.held)])]


def _held_against(
    plan: Plan, items: Mapping[str, IndicatorSummary], figures: Sequence[PrintedFigure]
) -> Iterator[FigureCheck]:
    """Yield the figures of columns that hold times against each other, as most of each column are to be read."""
    columns: dict[tuple[str, HeldColumn], list[PrintedFigure]] = {}
    for each in figures:
        if each.held:
            columns.setdefault((each.place.partition(",")[0], each.held), []).append(each)
    for (_, held), own in columns.items():
        found = {way: [(each, _made(items[each.indicator], each, *way)) for each in own] for way in held.ways}
        right = {way: sum(_is_near(*each) for each in made) for way, made in found.items()}
        way = max(right, key=lambda way: right[way])
        if right[way] < (len(own) / 3 if held.said else max(_FEWEST_HELD, _MOST_RIGHT * len(own))):
            continue
        for each, value in found[way]:
            if value is not None:
                match = Match.EQUAL if _is_near(each, value) else Match.DIFFERS
                unit = plan.unit(each.unit) if each.unit else None
                yield FigureCheck(items[each.indicator].indicator, way[1], match, value, each, 1, 1, unit)


def _made(
    item: IndicatorSummary, found: PrintedFigure, kind: FigureKind, now: PeriodId, before: PeriodId
) -> float | None:
    """Return what a figure should be that holds two times against each other."""
    of_all = not (found.unit or found.units)
    values = [
        (at.total if (at := item.at(each)) else None) if of_all else _value(item, replace(found, year=each))
        for each in (now, before)
    ]
    return None if values[0] is None or values[1] is None else made_of(kind, values[0], values[1])


def _is_near(found: PrintedFigure, value: float | None) -> bool:
    """Whether a figure may be one known, reckoned with what is printed rounded beside it."""
    if value is None or found.value is None or found.held is None:
        return False
    ways = (value, abs(value)) if found.held.falls else (value,)
    return any(abs(found.value - each) <= 10**-found.decimals + 1e-9 for each in ways)


def _by_unit(official: OfficialDraft, items: Mapping[str, IndicatorSummary]) -> Iterator[PrintedFigure]:
    """Yield the figures of single units; of a table that names no indicator they are of that which most of them are."""
    unnamed: dict[str, list[PrintedFigure]] = {}
    for each in official.figures:
        one_or_some = (each.unit or each.units) and (each.value is not None or each.readings)
        if one_or_some and each.indicator:
            yield each
        elif one_or_some:
            unnamed.setdefault(each.place.partition(",")[0], []).append(each)
    for table in unnamed.values():
        right = {
            code: sum(_match(each, _value(item, each)) is Match.EQUAL for each in table if not each.held)
            for code, item in items.items()
        }
        code = max(right, key=lambda code: right[code])
        if right[code] >= max(_FEWEST_RIGHT, _MOST_RIGHT * sum(not each.held for each in table)):
            yield from (replace(each, indicator=code) for each in table)


def _value(item: IndicatorSummary, found: PrintedFigure) -> float | None:
    at = item.at(found.year)
    values = [at.by_unit.get(each) for each in found.units or (found.unit,)] if at else []
    known = [each.value for each in values if each]
    adds_up = len(known) == 1 or item.indicator.aggregate == "sum"
    return fsum(known) if known and len(known) == len(values) and adds_up else None


def _of_unit(plan: Plan, items: Mapping[str, IndicatorSummary], found: PrintedFigure) -> FigureCheck:
    item = items[found.indicator]
    value, at = _value(item, found), item.at(found.year)
    if found.units and at and _match(found, at.total) is Match.EQUAL:  # the sum of all units, of which some are listed
        value = at.total
    count, unit = len(found.units) or 1, plan.unit(found.unit) if found.unit else None
    return FigureCheck(item.indicator, found.year, _match(found, value), value, found, count, count, unit)


def _check(indicator: Indicator, year: YearFigure, found: PrintedFigure | None, *, read: bool) -> FigureCheck:
    match = _match(found, year.total) if read else Match.UNREAD
    sound = year.sound(indicator)
    if match is Match.DIFFERS and _match(found, sound.total) is Match.EQUAL:  # a draft may leave out what is in doubt
        match, year = Match.EQUAL, sound
    return FigureCheck(
        indicator, year.year, match, year.total, found, len(year.counted), len(year.values) + len(year.missing)
    )


def _match(found: PrintedFigure | None, value: float | None) -> Match:
    if found is None or found.blank:
        return Match.NO_BASIS if value is None else Match.NOT_FOUND
    ways = found.readings if found.value is None else ((found.value, found.decimals),)
    # What is printed with one decimal is right to half of the last place.
    if value is not None and any(abs(way - value) <= 0.5 * 10**-places + 1e-9 for way, places in ways):
        return Match.EQUAL
    if found.value is None:
        return Match.UNREADABLE
    return Match.NO_BASIS if value is None else Match.DIFFERS
