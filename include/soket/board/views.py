"""What the board's main page shows: all together, and the units that are asked for; pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from soket.board.choosing import Chosen, Filters, Pair, choose
from soket.board.rows import UnitRow, unit_row
from soket.board.summary import Standings, summary_of
from soket.clock import Clock, FrozenClock, ReplayClock
from soket.record.register import Register, Standing, UnitEntry
from soket.record.workspace import Workspace


@dataclass(frozen=True)
class Board(Standings):
    """The main page. All but `press`, `documents` and `exempt` is of the units that owe a report."""

    chosen: Chosen
    rows: tuple[UnitRow, ...]  # of the chosen, those on this page
    press: tuple[UnitRow, ...]
    documents: tuple[UnitRow, ...]
    exempt: tuple[UnitRow, ...]


def board_of(
    workspace: Workspace,
    register: Register,
    filters: Filters,
    page: int = 1,
    *,
    reminded: Mapping[str, datetime] | None = None,
    summary: Standings | None = None,
) -> Board:
    """Return the main page of a campaign; `reminded` is when each unit was urged last."""
    plan, now, urged = workspace.plan, register.as_of, reminded or {}
    units = {unit.code: unit for unit in plan.units}
    standings = summary or summary_of(workspace, register)

    def wanted(entries: Iterable[UnitEntry]) -> list[Pair]:
        return choose([(units[entry.unit], entry) for entry in entries], filters, now, urged, standings.asking)

    def rows(pairs: Iterable[Pair]) -> tuple[UnitRow, ...]:
        return tuple(unit_row(workspace, register, unit, entry, urged.get(unit.code)) for unit, entry in pairs)

    chosen = Chosen(wanted(register.reporting(plan)), page)
    return Board(
        **vars(standings),
        chosen=chosen,
        rows=rows(chosen.on_page),
        press=rows(wanted(register.press(plan))),
        documents=rows(wanted(register.documents(plan))),
        exempt=rows(wanted(entry for entry in register.units.values() if entry.standing is Standing.EXEMPT)),
    )


def clock_note(clock: Clock) -> str | None:
    """Return what a reader must know of a clock that is not the one on the wall."""
    match clock:
        case ReplayClock():
            return "Diễn tập: thời gian của đợt không phải thời gian thực."
        case FrozenClock():
            return "Xem lại: thời gian của đợt đứng yên."
    return None
