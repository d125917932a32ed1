"""What the board's main page shows, worked out of the register; pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from soket.board.ribbon import StageStep, stage_steps
from soket.board.standing import Bar, Group, bar_of
from soket.clock import Clock, FrozenClock, ReplayClock
from soket.notices.facts import say_days
from soket.plan.dates import last_day_of
from soket.plan.model import Duty, Plan, Severity, Unit
from soket.plan.words import owed_word
from soket.record.records import Ruling
from soket.record.register import Register, Standing, UnitEntry
from soket.record.tally import Progress, Tally, is_overdue, progress_of, tally
from soket.record.words import PROGRESS, RULINGS
from soket.record.workspace import Workspace
from soket.text import fold, format_date, upper_first


@dataclass(frozen=True)
class BlockLine:
    """One block with its bar."""

    code: str
    name: str
    tally: Tally
    bar: Bar


@dataclass(frozen=True)
class UnitRow:
    """One unit in the table."""

    code: str
    name: str
    block: str
    block_name: str
    duty: str | None  # where it is not the usual report
    progress: Progress
    label: str  # the word for it
    overdue: str | None  # how long ago its date passed, where it still owes something
    given_up: str | None  # when and why nobody waits for it any more, where it never sent
    last_day: str
    extended: bool
    submissions: int
    ruling: str | None
    must_fix: int
    to_review: int


@dataclass(frozen=True)
class UnconfirmedLine:
    """A unit with figures that are odd, count, and wait for a word."""

    code: str  # the unit's
    name: str
    number: int  # of the submission
    messages: tuple[str, ...]


@dataclass(frozen=True)
class Filters:
    """Which units the table shows; an empty filter lets all through."""

    progress: Progress | Group | None = None
    block: str | None = None
    words: str = ""

    def __bool__(self) -> bool:
        return bool(self.progress or self.block or self.words)

    def lets_through(self, unit: Unit, entry: UnitEntry, now: datetime) -> bool:
        """Whether a unit is shown."""
        return (
            (self.progress.holds(entry, now) if isinstance(self.progress, Group) else self._is_so_far(entry))
            and self.block in (None, unit.block)
            and any(fold(self.words) in fold(name) for name in (unit.name, unit.code, *unit.aliases))
        )

    def _is_so_far(self, entry: UnitEntry) -> bool:
        return self.progress in (None, progress_of(entry))

    def query(self, **more: str) -> str:
        """Return the filters as an address carries them, with something more."""
        chosen = {"progress": self.progress, "block": self.block, "words": self.words, **more}
        return urlencode({name: value for name, value in chosen.items() if value})


@dataclass(frozen=True)
class Board:
    """The main page. All but `press` and `exempt` is of the units that owe a report."""

    tally: Tally
    overall: Bar
    groups: tuple[tuple[Group, int], ...]  # to filter by, with how many units each holds
    stages: tuple[StageStep, ...]
    blocks: tuple[BlockLine, ...]
    rows: tuple[UnitRow, ...]
    press: tuple[UnitRow, ...]
    press_tally: Tally
    exempt: tuple[UnitRow, ...]
    exempted: int
    oddities: int
    unjudged: int  # submissions that our own code failed on
    unconfirmed: tuple[UnconfirmedLine, ...]


def board_of(workspace: Workspace, register: Register, filters: Filters) -> Board:
    """Return the main page of a campaign."""
    plan, now = workspace.plan, register.as_of
    owing, press = register.reporting(plan), register.press(plan)
    units = {unit.code: unit for unit in plan.units}
    exempt = [entry for entry in register.units.values() if entry.standing is Standing.EXEMPT]

    def rows(entries: Iterable[UnitEntry]) -> tuple[UnitRow, ...]:
        pairs = ((units[entry.unit], entry) for entry in entries)
        return tuple(
            unit_row(workspace, register, unit, entry)
            for unit, entry in pairs
            if filters.lets_through(unit, entry, now)
        )

    counted = tally(owing, now)
    return Board(
        tally=counted,
        overall=bar_of(owing),
        groups=tuple(
            (group, sum(group.holds(entry, now) for entry in owing))
            for group in Group
            if group.has_sense(over=counted.over)
        ),
        stages=stage_steps(workspace, register),
        blocks=tuple(_block_lines(plan, owing, now)),
        rows=rows(owing),
        press=rows(press),
        press_tally=tally(press, now),
        exempt=rows(exempt),
        exempted=len(exempt),
        oddities=len(register.oddities),
        unjudged=len(register.failures),
        unconfirmed=tuple(
            UnconfirmedLine(entry.unit, units[entry.unit].name, entry.accepted, tuple(each.message for each in odd))
            for entry in owing
            if entry.accepted and (odd := entry.unconfirmed)
        ),
    )


def unit_row(workspace: Workspace, register: Register, unit: Unit, entry: UnitEntry) -> UnitRow:
    """Return a unit as the table shows it."""
    plan = workspace.plan
    verdict = entry.last_verdict
    severities = Counter(fault.severity for fault in verdict.faults) if verdict else Counter()
    return UnitRow(
        code=unit.code,
        name=unit.name,
        block=unit.block,
        block_name=plan.block(unit.block).name,
        duty=None if unit.owes in (Duty.REPORT, Duty.EXEMPT) else owed_word(plan, unit).label,
        progress=progress_of(entry),
        label=PROGRESS[progress_of(entry)].label,
        overdue=upper_first(say_days(workspace, entry.deadline)) if is_overdue(entry, workspace.now) else None,
        given_up=_say_given_up(workspace, register, unit, entry),
        last_day=format_date(last_day_of(entry.deadline)),
        extended=entry.extension is not None,
        submissions=len(entry.receipts),
        ruling=_say_ruling(verdict.ruling) if verdict else None,
        must_fix=severities[Severity.CRITICAL],
        to_review=severities[Severity.WARNING],
    )


def _say_ruling(ruling: Ruling) -> str:
    """Return how a submission was judged; what is to be reviewed in it is counted beside."""
    return RULINGS[Ruling.ACCEPTED if ruling.counts else ruling].label


def _say_given_up(workspace: Workspace, register: Register, unit: Unit, entry: UnitEntry) -> str | None:
    if not entry.missed or entry.closed is None:
        return None
    plan, day = workspace.plan, last_day_of(entry.closed)
    closing = register.closing(plan, workspace.campaign, plan.stage_of(unit))
    why = closing.what if entry.closed == closing.moment else "hạn riêng của đơn vị"
    late = f", khi đã {say_days(workspace, entry.deadline, day)}" if day > entry.last_day else ""
    return f"Thôi chờ từ hết ngày {format_date(day)} ({why}){late}"


def clock_note(clock: Clock) -> str | None:
    """Return what a reader must know of a clock that is not the one on the wall."""
    match clock:
        case ReplayClock():
            return "Diễn tập: thời gian của đợt không phải thời gian thực."
        case FrozenClock():
            return "Xem lại: thời gian của đợt đứng yên."
    return None


def _block_lines(plan: Plan, owing: Sequence[UnitEntry], now: datetime) -> Iterable[BlockLine]:
    block_of = {unit.code: unit.block for unit in plan.units}
    grouped: defaultdict[str, list[UnitEntry]] = defaultdict(list)
    for entry in owing:
        grouped[block_of[entry.unit]].append(entry)
    for block in plan.blocks:
        if entries := grouped[block.code]:
            yield BlockLine(block.code, block.name, tally(entries, now), bar_of(entries))
