"""What the board's main page shows, worked out of the register; pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from soket.board.words import DUTIES, RULINGS, Progress, StageState
from soket.campaign.records import Submission
from soket.campaign.register import Register, StageEntry, Standing, UnitEntry
from soket.clock import VIETNAM, Clock, FrozenClock, ReplayClock
from soket.plan.calendar import WorkingCalendar
from soket.plan.model import Duty, Plan, Severity, StageName, Unit
from soket.text import fold, format_date


@dataclass(frozen=True)
class Share:
    """One stretch of a bar: so many units, after `start` others."""

    progress: Progress
    count: int
    start: int


@dataclass(frozen=True)
class Bar:
    """How a group of units is spread over the kinds of progress."""

    total: int
    shares: tuple[Share, ...]  # those that are not empty

    @property
    def words(self) -> str:
        """The bar for those who do not see it."""
        return ", ".join(f"{share.progress.label.lower()} {share.count}" for share in self.shares)


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
    note: str | None  # what the stage's last record says


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
            and (not self.words or any(fold(self.words) in fold(name) for name in (unit.name, unit.code, *unit.aliases)))
        )


@dataclass(frozen=True)
class Headline:
    """A campaign in four numbers; they count only the units that owe a report."""

    owing: int
    settled: int
    on_time: int
    to_chase: int
    overdue: int  # of those to chase


@dataclass(frozen=True)
class Board:
    """The main page."""

    headline: Headline
    overall: Bar  # every unit, as the table counts
    stages: tuple[StageStep, ...]
    blocks: tuple[BlockLine, ...]
    rows: tuple[UnitRow, ...]
    oddities: int


def board_of(plan: Plan, register: Register, calendar: WorkingCalendar, filters: Filters) -> Board:
    """Return the main page of a campaign."""
    entries = {unit.code: (unit, register.units[unit.code]) for unit in plan.units}
    return Board(
        headline=headline_of(plan, register),
        overall=bar_of(register.units.values()),
        stages=tuple(stage_step(plan, register.stages[name], register.as_of, calendar) for name in StageName),
        blocks=tuple(_block_lines(plan, register)),
        rows=tuple(
            unit_row(plan, unit, entry)
            for unit, entry in entries.values()
            if filters.lets_through(unit, progress_of(entry))
        ),
        oddities=len(register.oddities),
    )


def headline_of(plan: Plan, register: Register) -> Headline:
    """Return a campaign in four numbers."""
    owing = register.reporting(plan)
    return Headline(
        owing=len(owing),
        settled=sum(entry.standing.settled for entry in owing),
        on_time=sum(progress_of(entry) in (Progress.ON_TIME, Progress.NIL) for entry in owing),
        to_chase=sum(entry.standing.to_chase for entry in owing),
        overdue=sum(is_overdue(entry) for entry in owing),
    )


def progress_of(entry: UnitEntry) -> Progress:
    """Return how far a unit is."""
    match entry.standing:
        case Standing.EXEMPT:
            return Progress.EXEMPT
        case Standing.NIL_RETURN:
            return Progress.NIL
        case Standing.PENDING:
            return Progress.PENDING
        case Standing.RETURNED:
            return Progress.RETURNED
        case Standing.NOT_SENT:
            return Progress.SILENT
    if any(each.number == entry.accepted and each.kind is Submission.NIL_RETURN for each in entry.verdicts):
        return Progress.NIL
    return Progress.LATE if entry.late else Progress.ON_TIME


def is_overdue(entry: UnitEntry) -> bool:
    """Whether a unit's date passed while it still owed something."""
    return entry.late and entry.standing.to_chase and entry.accepted is None


def bar_of(entries: Iterable[UnitEntry]) -> Bar:
    """Return the bar of a group of units."""
    counts = Counter(progress_of(entry) for entry in entries)
    shares, start = [], 0
    for progress in Progress:
        if count := counts[progress]:
            shares.append(Share(progress, count, start))
            start += count
    return Bar(start, tuple(shares))


def stage_step(plan: Plan, entry: StageEntry, now: datetime, calendar: WorkingCalendar) -> StageStep:
    """Return a stage as the ribbon shows it."""
    stage = plan.stages[entry.stage]
    state = stage_state(entry, now)
    latest = entry.records[-1] if entry.records else None
    return StageStep(
        name=entry.stage,
        title=stage.title,
        owner=plan.office(stage.owner).short_name,
        state=state,
        last_day=format_date(last_day(entry.deadline)),
        time_left=_time_left(entry, state, now, calendar),
        round=entry.round,
        note=latest.note if latest else None,
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
        last_day=format_date(last_day(entry.deadline)),
        extended=entry.extension is not None,
        submissions=len(entry.receipts),
        ruling=RULINGS[verdict.ruling] if verdict else None,
        must_fix=severities[Severity.CRITICAL],
        to_review=severities[Severity.WARNING],
    )


def last_day(deadline: datetime) -> date:
    """Return the last day in time, given the first moment too late."""
    return (deadline.astimezone(VIETNAM) - timedelta(microseconds=1)).date()


def clock_note(clock: Clock) -> str | None:
    """Return what a reader must know of a clock that is not the one on the wall."""
    match clock:
        case ReplayClock():
            return "Diễn tập: thời gian của đợt chạy nhanh hơn thời gian thực."
        case FrozenClock():
            return "Xem lại: thời gian của đợt đứng yên ở thời điểm này."
    return None


def _block_lines(plan: Plan, register: Register) -> Iterable[BlockLine]:
    for block in plan.blocks:
        entries = [register.units[unit.code] for unit in plan.units if unit.block == block.code]
        if entries:
            settled = sum(entry.standing.settled for entry in entries)
            yield BlockLine(block.code, block.name, settled, bar_of(entries))


def _time_left(entry: StageEntry, state: StageState, now: datetime, calendar: WorkingCalendar) -> str | None:
    today, last = now.astimezone(VIETNAM).date(), last_day(entry.deadline)
    match state:
        case StageState.UPCOMING:
            return f"mở ngày {format_date(entry.opens.date())}"
        case StageState.RUNNING if today == last:
            return "hôm nay là ngày cuối"
        case StageState.RUNNING:
            return f"còn {calendar.between(today, last)} ngày làm việc"
        case StageState.OVERDUE:
            return f"quá {calendar.between(last, today)} ngày làm việc"
    return None

