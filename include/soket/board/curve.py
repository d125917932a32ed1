"""How reports came in, working day by working day, by when they arrived: in time, late, and still owed; pure."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from soket.clock import VIETNAM
from soket.plan.dates import last_day_of
from soket.plan.model import StageKind
from soket.record.decisions import NilReturn
from soket.record.records import Submission
from soket.record.register import Register, Standing, UnitEntry
from soket.record.workspace import Workspace


@dataclass(frozen=True)
class CurveDay:
    """How things stood at the end of one working day, and of days off behind it."""

    day: date
    in_time: int
    late: int
    owed: int
    overdue: int  # of those owed
    missed: int  # of those owed, whom nobody waits for any more

    @property
    def received(self) -> int:
        """How many had come."""
        return self.in_time + self.late


@dataclass(frozen=True)
class Curve:
    """The days from the opening on, of some units."""

    name: str
    total: int
    days: tuple[CurveDay, ...]
    last_day: date  # of most of the units

    @property
    def deadline(self) -> int | None:
        """How many of the days are within the last one; None while it is ahead."""
        within = sum(each.day <= self.last_day for each in self.days)
        return within if self.days and self.days[-1].day >= self.last_day else None


def curves_of(workspace: Workspace, register: Register) -> list[Curve]:
    """Return the curve of all who owe a report, then of each block."""
    plan = workspace.plan
    owing, days = register.reporting(plan), _days(workspace, register)
    block_of = {unit.code: unit.block for unit in plan.units}
    grouped: defaultdict[str, list[UnitEntry]] = defaultdict(list)
    for entry in owing:
        grouped[block_of[entry.unit]].append(entry)
    nil = {act.unit: act.decided_at for act in register.acts.in_force if isinstance(act, NilReturn)}
    blocks = [_curve(each.name, grouped[each.code], days, nil) for each in plan.blocks if grouped[each.code]]
    return [_curve("Tất cả đơn vị phải báo cáo", owing, days, nil), *blocks] if owing else []


def _days(workspace: Workspace, register: Register) -> list[date]:
    stages = [stage for stage in workspace.plan.stages_of(StageKind.COLLECT) if stage.id in register.stages]
    first = min((register.of(stage).opens for stage in stages), default=workspace.campaign.start)
    day = first.astimezone(VIETNAM).date()
    last = min(register.as_of.astimezone(VIETNAM).date(), workspace.campaign.closes)
    days = [day + timedelta(days=offset) for offset in range((last - day).days + 1)]
    return [each for each in days if workspace.calendar.is_working_day(each) or each == last]


def _curve(name: str, entries: Sequence[UnitEntry], days: Sequence[date], nil: dict[str, datetime]) -> Curve:
    last_day = Counter(entry.last_day for entry in entries).most_common(1)[0][0]
    in_time, late, overdue, missed = ([0] * (len(days) + 1) for _ in range(4))
    for entry in entries:
        was: bool | None = None
        received_on = len(days)
        for moment, came_late in _counting(entry, nil):
            # What came on a day off shows on the working day behind it.
            place = _place(days, moment)
            received_on = min(received_on, place)
            (late if came_late else in_time)[place] += 1
            if was is not None:
                (late if was else in_time)[place] -= 1
            was = came_late
        due = bisect_left(days, entry.last_day + timedelta(days=1))
        over = received_on if (came := _with_us(entry)) is None else min(received_on, _place(days, came))
        closed = bisect_left(days, last_day_of(entry.closed) + timedelta(days=1)) if entry.closed else over
        if due < over:
            overdue[due] += 1
            overdue[min(closed, over)] -= 1
        if closed < over:
            missed[closed] += 1
            missed[over] -= 1
    found, total = [], len(entries)
    counts = [0, 0, 0, 0]
    for place, day in enumerate(days):
        counts = [count + moved[place] for count, moved in zip(counts, (in_time, late, overdue, missed), strict=True)]
        found.append(CurveDay(day, counts[0], counts[1], total - counts[0] - counts[1], *counts[2:]))
    return Curve(name, total, tuple(found), last_day)


def _place(days: Sequence[date], moment: datetime) -> int:
    return bisect_left(days, moment.astimezone(VIETNAM).date())


def _counting(entry: UnitEntry, nil: dict[str, datetime]) -> Iterator[tuple[datetime, bool]]:
    """Yield when a submission of the unit that counts came, however long we judged it, and whether late, by time."""
    came = {receipt.number: receipt.received_at for receipt in entry.receipts}
    counting = [
        (came.get(each.number, each.judged_at), each.late)  # a receipt may be lost, or another version's
        for each in entry.outcomes
        if each.ruling.counts and each.kind is not Submission.OWN_REVIEW_PLAN
    ]
    if not counting and entry.standing is Standing.NIL_RETURN and entry.unit in nil:
        counting = [(nil[entry.unit], entry.late)]
    yield from sorted(counting)


def _with_us(entry: UnitEntry) -> datetime | None:
    """Return when what we still look at came; None where it is the unit's turn, or nobody's."""
    if not (entry.standing is Standing.PENDING or entry.standing.waits_for_person):
        return None
    return max([*(each.received_at for each in entry.sent), *(each.arrived_at for each in entry.pending)], default=None)
