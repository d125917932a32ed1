"""Figures that a paragraph says in one way: what those that are right show of how the others were read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from soket.documents.judging import FigureJudge, JudgedFigure
from soket.narrative.figures.kinds import CHANGES, FigureKind
from soket.narrative.figures.stated_figure import Doubt, StatedFigure
from soket.narrative.quantities.amounts import Amount, digits_of

_MOST_PARTS = 4  # figures that another one is told to be made of
_TELLING = 3  # digits that do not come about by chance
_SHOWN = 2  # figures that are right, or wrong, by no chance


def judged_together(judge: FigureJudge, stated: Sequence[StatedFigure]) -> list[JudgedFigure | None]:
    """Judge the figures of a paragraph: of items of one list those that are right leave no doubt about the others.

    Where none of them is right, they were misread.
    """
    right = [judge.is_as_read(each) for each in stated]
    stated = [_as_doubtful(stated, at, right) for at in range(len(stated))]
    found = [None if _is_added_up(stated, at, right) else judge.judge(each) for at, each in enumerate(stated)]
    settled: list[JudgedFigure | None] = []
    for at, judged in enumerate(found):
        others = [other for other in range(len(stated)) if other != at and _are_put_alike(stated[at], stated[other])]
        own = [other for other in others if _is_beside(stated[at], stated[other])]
        # What was told right before is not told again: it is of something else.
        told = any(right[other] for other in others if other not in own)
        as_read = 0 if told else sum(right[other] for other in own)
        if judged is not None and judged.like and not told:
            near = (other for other in range(len(stated)) if other != at and _is_of_the_same(stated[at], stated[other]))
            as_read += _SHOWN * any(right[other] for other in near)
        if judged is None or judged.expected is None or judged.strange or right[at]:
            settled.append(judged)
        elif as_read >= _SHOWN:
            settled.append(replace(judged, certain=True))
        else:
            beside = (found[other] for other in own)
            misread = (
                (not as_read and sum(each is not None and not each.strange for each in beside) >= _SHOWN)
                or _is_told_otherwise(stated, at, right)
                or _rests_on_misread(stated, found, at)
            )
            settled.append(replace(judged, certain=judged.certain and not misread))
    return settled


def _is_told_otherwise(stated: Sequence[StatedFigure], at: int, right: Sequence[bool]) -> bool:
    """Whether another figure is already right of all that this one is read as: it is of somebody else."""
    own = _all_of(stated[at])
    return stated[at].unit is not None and any(
        right[other] and _all_of(each) == own for other, each in enumerate(stated) if other < at
    )


def _as_doubtful(stated: Sequence[StatedFigure], at: int, right: Sequence[bool]) -> StatedFigure:
    """Return a change as far in doubt as the figure it follows, where that is not what it was read as."""
    one, last = stated[at], stated[at - 1] if at else None
    if last is None or one.kind not in CHANGES or right[at - 1] or Doubt.INDICATOR not in last.doubts:
        return one
    if (one.indicator, one.unit) != (last.indicator, last.unit):
        return one
    return replace(one, doubts=one.doubts | {Doubt.INDICATOR}, likely=(*one.likely, *last.likely))


def _rests_on_misread(stated: Sequence[StatedFigure], found: Sequence[JudgedFigure | None], at: int) -> bool:
    """Whether a share is told after a figure of the same that nothing explains: whose they are was misread."""
    before = found[at - 1] if at else None
    if stated[at].kind is not FigureKind.OF_TOTAL or before is None or before.certain or before.like:
        return False
    last = stated[at - 1]
    related = {stated[at].indicator, stated[at].against} & {last.indicator}
    return bool(related) and (last.unit, last.period) == (stated[at].unit, stated[at].period)


def _all_of(stated: StatedFigure) -> tuple[object, ...]:
    return stated.indicator, stated.kind, stated.against, stated.unit, stated.beside, stated.points, *_when(stated)


def _are_put_alike(one: StatedFigure, other: StatedFigure) -> bool:
    """Whether two figures are of the same kind of one indicator, and told as clearly."""
    first, second = (
        (each.indicator, each.kind, each.against, each.points, each.beside, each.doubts) for each in (one, other)
    )
    return first == second and (_when(one) == _when(other) or one.unit == other.unit)


def _is_beside(one: StatedFigure, other: StatedFigure) -> bool:
    """Whether two figures put alike are of two units at one time, or of two times of one unit."""
    return _when(one) != _when(other) or one.unit != other.unit


def _is_added_up(stated: Sequence[StatedFigure], at: int, right: Sequence[bool]) -> bool:
    """Whether a figure is what those right after it, or before, come to: "9 tỷ đồng, gồm 5 tỷ đồng … và 4 tỷ đồng"."""
    after, before = (
        range(at + 1, min(at + 1 + _MOST_PARTS, len(stated))),
        range(at - 1, max(at - _MOST_PARTS, 0) - 1, -1),
    )
    return any(_come_to(stated[at].amount, stated, parts, right) for parts in (after, before))


def _come_to(whole: Amount, stated: Sequence[StatedFigure], parts: Sequence[int], right: Sequence[bool]) -> bool:
    """Whether two or more figures in a row, each right, come to another one."""
    sums = 0.0
    if digits_of(whole) < _TELLING:
        return False
    for count, part in enumerate(parts, 1):
        other = stated[part]
        if not right[part] or other.kind in CHANGES or other.amount.percent is not whole.percent:
            return False
        sums += other.amount.value
        if count > 1 and abs(sums - whole.value) <= whole.step * 1.5:
            return True
    return False


def _is_of_the_same(one: StatedFigure, other: StatedFigure) -> bool:
    """Whether another figure says more of what one unit had at one time: "5 lượt, chiếm 7% toàn tỉnh"."""
    same = (one.indicator, one.unit, one.period, one.span) == (other.indicator, other.unit, other.period, other.span)
    return same and one.unit is not None and one.kind is not other.kind and not (one.beside or other.beside)


def _when(stated: StatedFigure) -> tuple[object, ...]:
    return stated.period, stated.base, stated.span
