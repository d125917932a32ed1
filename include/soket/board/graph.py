"""The plan as its graph: where each stage's box stands, and the lines between them; pure.

Boxes stand in cells of one size, a column further right than all that they follow. Lines run in the gutters between
cells, so that none crosses a box, whatever the plan's shape is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from soket.board.ribbon import StageStep
from soket.plan.model import Plan, StageKind
from soket.plan.stages import in_turn

MOST = 12
"""Columns, or rows, that a screen can show; the style sheet has a place for each."""

_ABREAST = 8  # columns that a screen has room for
_SIDE = 0.07  # between a cell's edge and its box, as a part of the cell


@dataclass(frozen=True)
class GraphNode:
    """One stage in its cell, and what it follows."""

    step: StageStep
    column: int  # from 0
    row: int
    after: tuple[str, ...]  # titles


@dataclass(frozen=True)
class Graph:
    """All stages, in the plan's order, and the lines between them, as paths over cells of 1 by 1."""

    nodes: tuple[GraphNode, ...]
    columns: int
    rows: int
    ways: tuple[str, ...]  # from what is followed to what follows
    returns: tuple[str, ...]  # from an appraisal to the draft that it sends back

    @property
    def fits(self) -> bool:
        """Whether it can be drawn; otherwise it is a list alone."""
        return self.columns <= MOST and self.rows <= MOST

    @property
    def wide(self) -> bool:
        """Whether it is wider than a screen."""
        return self.columns > _ABREAST


def graph_of(plan: Plan, steps: Iterable[StageStep]) -> Graph:
    """Return the graph of a plan's stages as they stand."""
    shown = {step.stage.id: step for step in steps}
    cells = _cells(plan, shown)
    nodes = [
        GraphNode(step, *cells[code], tuple(shown[each].stage.title for each in step.stage.after if each in shown))
        for code, step in shown.items()
    ]
    sent_back = [
        (code, back.id)
        for code, step in shown.items()
        if step.stage.kind is StageKind.APPRAISE and (back := plan.returned_by(step.stage)) and back.id in shown
    ]
    return Graph(
        nodes=tuple(nodes),
        columns=1 + max((node.column for node in nodes), default=0),
        rows=1 + max((node.row for node in nodes), default=0),
        ways=tuple(
            _way(cells[before], cells[code])
            for code, step in shown.items()
            for before in step.stage.after
            if before in cells
        ),
        returns=tuple(_return(cells[code], cells[back]) for code, back in sent_back),
    )


def _cells(plan: Plan, shown: Mapping[str, StageStep]) -> dict[str, tuple[int, int]]:
    """Return each stage's column and row: beside what it follows, where that row is free."""
    cells: dict[str, tuple[int, int]] = {}
    for stage in in_turn(each for each in plan.stages if each.id in shown):
        before = [cells[code] for code in stage.after if code in cells]
        column = 1 + max((each[0] for each in before), default=-1)
        taken = {row for other, row in cells.values() if other == column}
        wanted = [row for _, row in before]
        cells[stage.id] = column, next(row for row in _rows(wanted) if row not in taken)
    return cells


def _rows(wanted: Sequence[int]) -> list[int]:
    return [*wanted, *(row for row in range(len(wanted) + 100) if row not in wanted)]


def _way(source: tuple[int, int], target: tuple[int, int]) -> str:
    """Return a line from a box's right side to another's left side."""
    (column, row), (next_column, next_row) = source, target
    start, end = f"M{column + 1 - _SIDE:g} {row + 0.5:g}", f"V{next_row + 0.5:g}H{next_column + _SIDE:g}"
    if next_column == column + 1:
        return f"{start}H{next_column}{end}"
    return f"{start}H{column + 1}V{max(row, next_row)}H{next_column}{end}"


def _return(source: tuple[int, int], target: tuple[int, int]) -> str:
    """Return a line from a box's lower side to another's."""
    (column, row), (back_column, back_row) = source, target
    lane = max(row, back_row) + 1
    return f"M{column + 0.5:g} {row + 0.95:g}V{lane}H{back_column + 0.5:g}V{back_row + 0.95:g}"
