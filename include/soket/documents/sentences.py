"""Figures as sentences of a report, as an official writes them. A sentence never hides a gap, nor claims a peak or a
growth that the same units did not have.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import partial

from soket.documents.goals import goals_of
from soket.documents.indicators import Growth, IndicatorSummary, leaders
from soket.documents.provenance import Reckoning, told_figure
from soket.documents.quantities import say_amount, say_over, say_percent, say_points, say_times
from soket.documents.unconfirmed import doubt_phrase
from soket.documents.year_figures import UnitValue, YearFigure
from soket.plan.model import Indicator, Unit
from soket.plan.period_words import MONTH
from soket.plan.periods import PeriodId, part_of, period_kind, say_period
from soket.plan.words import AGGREGATES
from soket.text import flat, lower_first, upper_first

_PART = "trong do"
_TO_DATE = re.compile(r"\s*\(lũy kế\)\s*$", re.IGNORECASE)
_SINCE = "lũy kế "  # what there is on a day did not come together since another
_ENOUGH = 5  # units, of which three are named as the first
_MEAN = "bình quân"


def indicator_sentence(item: IndicatorSummary, *, reported: int | None = None) -> str:
    """Return what an indicator came to: level, peak, growth, target; its parts, its sum, the first units.

    `reported` is how many units gave any figure: the sentence tells of gaps beside those that a paper names once.
    """
    sound, doubtful = item.sound, 0
    if (latest := sound.latest) is None:
        return _not_added(item) or f"{headline(item)}."
    if reported is not None:
        doubtful = sum(year.year == latest.year for year, _ in item.doubts)
    text = headline(item) + _parts(sound, latest) + _resting(latest, reported and reported - doubtful)
    first = _first_units(sound, latest, some_left_out=any(year.year == latest.year for year, _ in item.doubts))
    return " ".join(filter(None, (f"{text}.", first, _whole_course(item))))


def headline(item: IndicatorSummary) -> str:
    """Return the level of an indicator, how it came there and how far from the target that is, without a full stop.

    Figures in doubt are left out of it, and named.
    """
    left_out, item = doubt_phrase(item), item.sound
    if (latest := item.latest) is None:
        return f"{upper_first(name_of(item.indicator))}: chưa có số liệu{left_out}"
    name, course = upper_first(name_of(item.indicator)), item.course
    first, peak = course[0], item.peak
    level = f"{_when(item, latest)} {_level(item, latest)}"
    if latest is not course[-1]:
        earlier = f"{_when(item, course[-1])} {_level(item, course[-1])}"
        told = f"{name} {earlier}{_compared(item, first, course[-1])}; {level}"
    elif peak is None or peak in (first, latest) or not item.comparable:
        told = f"{name} {level}{_compared(item, first, latest)}"
    else:
        rise, fall = _compared(item, first, peak, rises=True), _compared(item, peak, latest, rises=False)
        told = f"{name} {_when(item, peak)} đạt mức cao nhất với {_total(item, peak)}{rise}; {level}{fall}"
    goals = () if latest.at_least else goals_of(item, latest)
    return told + left_out + "".join(f", {each}" for each in goals)


def name_of(indicator: Indicator) -> str:
    """Return what an indicator is called in a sentence: without what its column says beside the name."""
    name = _TO_DATE.sub("", indicator.name)
    return name[len(_PART) :].lstrip(", :") if flat(name).startswith(_PART) else name


def _when(item: IndicatorSummary, figure: YearFigure) -> str:
    said = say_period(figure.year)
    if not item.is_stock:
        return f"{said} (tính đến thời điểm báo cáo)" if figure.so_far and item.adds_up else said
    if period_kind(figure.year) == "day":
        return said.removeprefix(_SINCE)
    if part_of(figure.year)[:1] == MONTH:  # "đến hết tháng 9" is said of what came together since January
        return said
    return f"đến {said}" if isinstance(figure.year, int) else f"đến hết {said}"


def _level(item: IndicatorSummary, figure: YearFigure) -> str:
    indicator, total = item.indicator, figure.total or 0
    if total == 0 and indicator.aggregate == "sum":
        return "ước không phát sinh" if figure.estimated else "chưa có" if item.is_stock else "không có"
    verb = "ước đạt" if figure.estimated else "là" if item.is_stock else "đạt"
    mean = f" {_MEAN}" if indicator.aggregate == "mean" and _MEAN not in indicator.name.lower() else ""
    return f"{verb}{mean} {_total(item, figure)}"


def _total(item: IndicatorSummary, figure: YearFigure) -> str:
    say = say_over if figure.at_least else say_amount
    amount = say(figure.total or 0, item.indicator.unit_of_measure)
    return told_figure(amount, item.indicator.code, figure.year, confirmed_only=figure.confirmed_only)


def _compared(item: IndicatorSummary, first: YearFigure, last: YearFigure, *, rises: bool | None = None) -> str:
    """Return how an indicator moved among the units that gave both periods, and how many they are where others did."""
    if first is last:
        return ""
    change = item.change(first, last)
    if change is not None and rises is not None and (change.difference > 0) is not rises:  # than all that gave each
        change = item.change(first, last, item.comparable)
    moved = _moved(item, change)
    of_some = change is not None and not change.units == len(first.counted) == len(last.counted)
    return f"{moved} (so sánh trên {change.units} đơn vị có đủ số liệu)" if change and moved and of_some else moved


def _moved(item: IndicatorSummary, change: Growth | None) -> str:
    """Return how an indicator moved, after a comma: in points, in things, in percent, as its nature has it."""
    if change is None:
        return ""
    indicator, since = item.indicator, say_period(change.first)
    difference = change.difference
    if not difference:
        return f", không thay đổi so với {since}"
    way = "tăng" if difference > 0 else "giảm"
    by = abs(difference)
    told = partial(_of_change, item, change)
    if indicator.nature == "share":
        return f", {way} {told(say_points(by))} so với {since}"
    if not change.after and indicator.aggregate == "sum":
        before = say_amount(change.before, indicator.unit_of_measure)
        return f" ({since} là {told_figure(before, indicator.code, change.first, units=change.units)})"
    if change.share is None:
        return f" ({since} chưa có)" if change.before == 0 else ""
    if item.is_stock or indicator.aggregate == "mean":
        ratio = f" ({told(say_percent(abs(change.share)))})" if indicator.aggregate == "sum" else ""
        return f", {way} {told(say_amount(by, indicator.unit_of_measure))}{ratio} so với {since}"
    if times := say_times(1 + change.share):
        return f", {told(times, Reckoning.RATIO)} {since}"
    if round(change.share, 3) == 0:
        return f", xấp xỉ {since}"
    if item.peak is not None and item.peak.year == change.first != item.course[0].year:
        return f", bằng {told(say_percent(1 + change.share), Reckoning.RATIO)} so với {since}"
    return f", {way} {told(say_percent(abs(change.share)))} so với {since}"


def _of_change(item: IndicatorSummary, change: Growth, text: str, made: Reckoning = Reckoning.CHANGE) -> str:
    between = (change.first, change.last)
    return told_figure(text, item.indicator.code, *between, made=made, units=change.units)


def _parts(item: IndicatorSummary, latest: YearFigure, *, within: bool = False) -> str:
    """Return the parts of a total in its own period, those of a part in brackets behind it; `within` is for these."""
    said, names_of = [], [lower_first(name_of(part.indicator)) for part in item.parts]
    for name, part in zip(names_of, item.parts, strict=True):
        figure = part.at(latest.year)
        if figure is None or figure.total is None:
            continue
        share, code = None if within else part.share_in(item, latest.year), part.indicator.code
        of_it = ""
        if share is not None:
            in_whole = {"made": Reckoning.SHARE, "whole": item.indicator.code}
            of_it = f"chiếm {told_figure(say_percent(share), code, latest.year, **in_whole)}"
        inner = (of_it + _parts(part, latest, within=True)).removeprefix("; ")
        said.append(f"{name} {_total(part, figure)}{f' ({inner})' if inner else ''}")
    between = "; " if any("," in name for name in names_of) or any(part.parts for part in item.parts) else ", "
    return f"; trong đó {between.join(said)}" if said else ""


def _resting(latest: YearFigure, reported: int | None) -> str:
    """Return how many units a figure rests on, where it is not as many as the paper says of all figures."""
    count, owing = len(latest.counted), len(latest.values) + len(latest.missing)
    return "" if count == reported else f"; tính trên {count}/{owing} đơn vị có số liệu"


def _whole_course(item: IndicatorSummary) -> str:
    """Return what a flow came to over all its periods; figures in doubt are left out of it."""
    whole, item = item.course, item.sound
    if (total := item.period_sum) is None:
        return ""
    verb = "ước đạt" if any(each.estimated for each in item.course) else "đạt"
    gaps = "" if len({frozenset(each.counted) for each in whole}) == 1 else ", theo số liệu đã có"
    gaps += ", chưa kể số chưa được xác nhận" if (left_out := any(each.doubts for each in whole)) else ""
    amount, years = say_amount(total, item.indicator.unit_of_measure), [each.year for each in item.course]
    told = told_figure(amount, item.indicator.code, *years, made=Reckoning.SPAN, confirmed_only=left_out)
    return f"{say_span(years)} {verb} {told}{gaps}."


def _first_units(item: IndicatorSummary, latest: YearFigure, *, some_left_out: bool) -> str:
    first = leaders(latest)
    if len(latest.values) < _ENOUGH or len(first) < 2:
        return ""
    said = [f"{each.unit.called} ({_own(item, latest, each)})" for each in first]
    most = f"{'cao' if item.indicator.aggregate == 'mean' else 'nhiều'} nhất là {', '.join(said)}."
    if some_left_out:  # any of whom may be among the first, by the one figure or the other
        most = f"chưa kể số chưa được xác nhận, {most}"
    return f"Tính chung, {most}" if item.parts else upper_first(most)


def _own(item: IndicatorSummary, figure: YearFigure, value: UnitValue) -> str:
    amount = say_amount(value.value, item.indicator.unit_of_measure)
    return told_figure(amount, item.indicator.code, figure.year, made=Reckoning.UNIT, unit=value.unit.code)


def _not_added(item: IndicatorSummary) -> str:
    """Return from where to where the units' own figures reach, of an indicator that the plan does not add up."""
    left_out, item = doubt_phrase(item), item.sound
    figure = next((each for each in reversed(item.years) if each.values), None)
    if figure is None:
        return ""
    ranked = sorted(figure.values, key=lambda each: (each.value, each.unit.code))
    ends = [f"{_own(item, figure, each)} ({each.unit.called})" for each in (ranked[0], ranked[-1])]
    reach = f"từ {ends[0]} đến {ends[-1]}" if len(ranked) > 1 else ends[0]
    told = f"{upper_first(name_of(item.indicator))} {say_period(figure.year)} {reach}{left_out}"
    return f"{told}, {AGGREGATES['none'].phrase}."


def say_span(periods: list[PeriodId]) -> str:
    """Return a course of periods at the beginning of a sentence: Cả giai đoạn 2026 - 2030."""
    first, last = periods[0], periods[-1]
    if isinstance(first, int):
        return f"Cả giai đoạn {first} - {last}"
    return f"Từ {say_period(first)} đến {say_period(last)}"


def names(units: Iterable[Unit]) -> str:
    """Return units' names in one line."""
    return "; ".join(unit.name for unit in units)
