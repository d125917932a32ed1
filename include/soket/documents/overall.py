"""The overall judgement of a draft, from counts alone: what rose, what was reached, what most reports speak of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from soket.documents.choosing import Point
from soket.documents.composing import ComposedSection, Composition
from soket.documents.figures import FormSummary
from soket.documents.goals import is_early, is_reached
from soket.documents.indicators import Growth, IndicatorSummary
from soket.documents.provenance import ToldCount
from soket.documents.sentences import name_of
from soket.plan.periods import say_period
from soket.text import lower_first

_MOST = 3  # themes that are named


def judgement(form: FormSummary, *, of_all: bool = True) -> Iterator[str]:
    """Yield how a form's indicators moved from their first period to their last, and which goals are reached.

    Of a form that not all who report fill in (`of_all`), also whose figures these are.
    """
    items = [item.sound for item in form.wholes]
    apart = " (không tính số chưa được xác nhận)" if any(item.doubts for item in form.wholes) else ""
    moved = [(item, growth) for item in items if (growth := item.growth) is not None]
    spans = {(growth.first, growth.last) for _, growth in moved}
    if len(moved) > 1 and len(spans) == 1:
        ((first, last),) = spans
        latest = moved[0][0].latest
        estimated = " (số ước)" if latest is not None and latest.estimated else ""
        ways = (("tăng", _rose), ("giảm", _fell), ("không đổi", _stayed))
        counted = [(sum(of(growth) for _, growth in moved), way) for way, of in ways]
        ways_taken = [(count, way) for count, way in counted if count]
        gave = f"{len(form.units) - len(form.absent)}/{len(form.units)}"
        whose = "" if of_all else f", theo biểu của {gave} đơn vị phải lập"
        when, against = f"{say_period(last)}{estimated}", f"so với {say_period(first)}{apart}"
        if len(ways_taken) == 1:
            told = f"cả {len(moved)} chỉ tiêu so sánh được của {when} đều {ways_taken[0][1]}"
        else:
            said = ", ".join(f"{count} chỉ tiêu {way}" for count, way in ways_taken)
            told = f"trong {len(moved)} chỉ tiêu so sánh được, {when} có {said}"
        yield f"Đánh giá chung{whose}: {told} {against}."
    wanted = [(item, reached) for item in items if (reached := is_reached(item)) is not None]
    if wanted:
        short = [item for item, reached in wanted if not reached]
        late, early = [item for item in short if not is_early(item)], [item for item in short if is_early(item)]
        told = f"; chưa đạt: {'; '.join(map(_named, late))}" if late else ""
        if early:
            listed = (f"{_named(item)} (mục tiêu {say_period(item.target.year)})" for item in early if item.target)
            told += f"; chưa đạt, chưa đến hạn: {'; '.join(listed)}"
        yield f"Đối chiếu mục tiêu{apart}: {len(wanted) - len(short)}/{len(wanted)} chỉ tiêu có mục tiêu đã đạt{told}."


def _named(item: IndicatorSummary) -> str:
    return lower_first(name_of(item.indicator))


def without_goals(form: FormSummary) -> bool:
    """Whether the plan gives a form's results nothing to be held against."""
    return not any(item.target for item in form.indicators)


def most_said(composition: Composition) -> str:
    """Return what most reports tell of as done and as lacking; "" where there are no themes to count."""
    reports = len(composition.sayings.units)
    parts = [
        f"{what}: {_first(found, reports)}"
        for what, naming in (
            ("kết quả được nhiều báo cáo nêu nhất", "results"),
            ("hạn chế được nêu nhiều nhất", "unnamed"),
        )
        if (found := _themes(composition, naming))
    ]
    told = "; ".join(parts)
    return f"{told[:1].upper()}{told[1:]}." if told and reports > 1 else ""


def _themes(composition: Composition, naming: str) -> list[Point]:
    sections = [each for each in composition.sections if each.under.themes and _is(each, naming)]
    points = [point for each in sections[-1 if naming == "results" else 0 :][:1] for point in _points(each)]
    return sorted(points, key=lambda each: -each.units)[:_MOST]


def _is(section: ComposedSection, naming: str) -> bool:
    return section.under.section.quotes_as == ("example" if naming == "results" else naming)


def _points(section: ComposedSection) -> Sequence[Point]:
    return [point for group in section.groups if not group.title for point in (*group.points, *group.folded)]


def _first(points: Sequence[Point], reports: int) -> str:
    return ", ".join(
        f"{lower_first(theme.name)} ({ToldCount.of(each.unit.code for each in point.said)}/{reports} báo cáo)"
        for point in points
        if (theme := point.said[0].theme)
    )


def _rose(growth: Growth) -> bool:
    return growth.difference > 0


def _fell(growth: Growth) -> bool:
    return growth.difference < 0


def _stayed(growth: Growth) -> bool:
    return growth.difference == 0
