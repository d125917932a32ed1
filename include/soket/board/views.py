"""What the board's main page shows, worked out of the register; pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from soket.board.standing import Bar, Headline, bar_of, headline_of, is_overdue, progress_of
from soket.board.words import DUTIES, RULINGS, Progress, StageState
from soket.campaign.register import Register, StageEntry, UnitEntry
from soket.campaign.workspace import Workspace
from soket.clock import Clock, FrozenClock, ReplayClock
from soket.notices.wording import say_days
from soket.plan.dates import last_day_of
from soket.plan.model import Duty, Plan, Severity, StageName, Unit
from soket.text import fold, format_date


@dataclass(frozen=True)
class BlockLine:
    """One block with its bar."""

    code: str
    name: str
    settled: int
    bar: Bar


@dataclass(frozen=True)
class StageStep:
    """One stage on the ribbon."""

    name: StageName
    title: str
    owner: str
    state: StageState
    last_day: str
    time_left: str | None
    round: int


@dataclass(frozen=True)
class UnitRow:
    """One unit in the table."""

    code: str
    name: str
    block: str
    block_name: str
    duty: str | None  # where it is not the usual report
    progress: Progress
    overdue: bool  # its date passed and it still owes something
    last_day: str
    extended: bool
    submissions: int
    ruling: str | None
    must_fix: int
    to_review: int


@dataclass(frozen=True)
class Filters:
    """Which units the table shows; an empty filter lets all through."""

    progress: Progress | None = None
    block: str | None = None
    words: str = ""

    def lets_through(self, unit: Unit, progress: Progress) -> bool:
        """Whether a unit is shown."""
        return (
            self.progress in (None, progress)
            and self.block in (None, unit.block)
            and any(fold(self.words) in fold(name) for name in (unit.name, unit.code, *unit.aliases))
        )


@dataclass(frozen=True)
class Board:
    """The main page."""

    headline: Headline
    overall: Bar  # every unit, as the table counts
    stages: tuple[StageStep, ...]
    blocks: tuple[BlockLine, ...]
    rows: tuple[UnitRow, ...]
    oddities: int
    unjudged: int  # submissions that our own code failed on


def board_of(workspace: Workspace, register: Register, filters: Filters) -> Board:
    """Return the main page of a campaign."""
    plan = workspace.plan
    entries = {unit.code: (unit, register.units[unit.code]) for unit in plan.units}
    return Board(
        headline=headline_of(plan, register),
        overall=bar_of(register.units.values()),
        stages=stage_steps(workspace, register),
        blocks=tuple(_block_lines(plan, register)),
        rows=tuple(
            unit_row(plan, unit, entry)
            for unit, entry in entries.values()
            if filters.lets_through(unit, progress_of(entry))
        ),
        oddities=len(register.oddities),
        unjudged=len(register.failures),
    )


def stage_steps(workspace: Workspace, register: Register) -> tuple[StageStep, ...]:
    """Return the ribbon."""
    return tuple(stage_step(workspace, register.stages[name], register.as_of) for name in StageName)


def stage_step(workspace: Workspace, entry: StageEntry, now: datetime) -> StageStep:
    """Return a stage as the ribbon shows it at a moment."""
    plan = workspace.plan
    stage = plan.stages[entry.stage]
    state = stage_state(entry, now)
    return StageStep(
        name=entry.stage,
        title=stage.title,
        owner=plan.office(stage.owner).short_name,
        state=state,
        last_day=format_date(last_day_of(entry.deadline)),
        time_left=_time_left(workspace, entry, state),
        round=entry.round,
    )


def stage_state(entry: StageEntry, now: datetime) -> StageState:
    """Return where a stage stands."""
    done = entry.record("done")
    if done is not None:
        return StageState.DONE if done.at < entry.deadline else StageState.DONE_LATE
    if now >= entry.deadline:
        return StageState.OVERDUE
    return StageState.RUNNING if entry.records or now >= entry.opens else StageState.UPCOMING


def unit_row(plan: Plan, unit: Unit, entry: UnitEntry) -> UnitRow:
    """Return a unit as the table shows it."""
    verdict = entry.last_verdict
    severities = Counter(fault.severity for fault in verdict.faults) if verdict else Counter()
    return UnitRow(
        code=unit.code,
        name=unit.name,
        block=unit.block,
        block_name=plan.block(unit.block).name,
        duty=None if unit.owes in (Duty.REPORT, Duty.EXEMPT) else DUTIES[unit.owes],
        progress=progress_of(entry),
        overdue=is_overdue(entry),
        last_day=format_date(last_day_of(entry.deadline)),
        extended=entry.extension is not None,
        submissions=len(entry.receipts),
        ruling=RULINGS[verdict.ruling] if verdict else None,
        must_fix=severities[Severity.CRITICAL],
        to_review=severities[Severity.WARNING],
    )


def clock_note(clock: Clock) -> str | None:
    """Return what a reader must know of a clock that is not the one on the wall."""
    match clock:
        case ReplayClock():
            return "Diễn tập: thời gian của đợt không phải thời gian thực."
        case FrozenClock():
            return "Xem lại: thời gian của đợt đứng yên."
    return None


def _block_lines(plan: Plan, register: Register) -> Iterable[BlockLine]:
    for block in plan.blocks:
        entries = [register.units[unit.code] for unit in plan.units if unit.block == block.code]
        if entries:
            settled = sum(entry.standing.settled for entry in entries)
            yield BlockLine(block.code, block.name, settled, bar_of(entries))


def _time_left(workspace: Workspace, entry: StageEntry, state: StageState) -> str | None:
    match state:
        case StageState.UPCOMING:
            return f"mở ngày {format_date(entry.opens.date())}"
        case StageState.RUNNING | StageState.OVERDUE:
            return say_days(workspace, entry.deadline)
    return None
