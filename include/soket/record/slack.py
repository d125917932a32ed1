"""Slack along the plan: what late units and stages leave to the stages that follow.

Each stage works on what the one before delivers. What is not there yet is projected at its earliest: a unit or stage
that is in time delivers on its own last day, one that is late delivers today. So nothing here is worse than it will be.
Once a stage is over, whoever it went on without keeps nobody waiting; what was delivered in time takes nothing from
anyone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from soket.clock import VIETNAM
from soket.plan.model import Stage, StageKind
from soket.plan.stages import in_turn
from soket.record.register import Register, StageEntry, Standing, UnitEntry
from soket.record.rounds import delivered, is_over, is_sent_back, round_before, round_in_time, say_met
from soket.record.workspace import Workspace
from soket.text import first_units, format_date, format_working_days, upper_first, vietnamese_order


@dataclass(frozen=True)
class Cause:
    """Whom a stage waits for: units of one date, or a stage that it follows."""

    names: tuple[str, ...]
    there: date  # when it delivers, at the earliest
    late: int  # working days past its own date, the day it delivers among them; 0: in time, by a date that was moved
    today: bool = False  # it delivers today, at the earliest
    delivered: bool = False  # it is there
    again: bool = False  # it had delivered in time, and has to once more

    def __str__(self) -> str:
        if self.again:
            return f"{self.names[0]} phải làm lại, chưa có hạn mới"
        who = first_units(self.names, 1)
        if self.late and self.today:  # of the days past a date those count that are over, as everywhere
            over = f"quá hạn {format_working_days(self.late - 1)}" if self.late > 1 else "vừa quá hạn"
            return f"{who} {over}"
        if self.late:
            return f"{who} chậm {format_working_days(self.late)}"
        return f"{who} có hạn đến hết ngày {format_date(self.there)}"


@dataclass(frozen=True)
class StageSlack:
    """What is left to one stage that is not done."""

    stage: str
    title: str
    last_day: date
    planned: int  # between the plan's dates of what it follows and its own, in working days
    left: int  # between when its input is there and its date; negative: how late it will be at least
    since: date  # when its input is there
    cause: Cause | None  # why that is fewer than planned

    @property
    def pressed(self) -> bool:
        """Whether less is left than the plan gave, and not for a date of its own that was moved."""
        return self.cause is not None

    @property
    def words(self) -> str:
        """What is left, in words."""
        if self.left > 0:
            since = format_date(self.since)
            return f"còn {format_working_days(self.left)} sau ngày {since} (kế hoạch {self.planned:02})"
        if self.left == 0:
            return f"không còn ngày làm việc nào trước hạn {format_date(self.last_day)}"
        return f"sẽ chậm ít nhất {format_working_days(-self.left)}"

    def __str__(self) -> str:
        return f"{self.title} {self.words}"


@dataclass(frozen=True)
class Slack:
    """What is left to every stage that is not done, and whose date asks something of it, in turn."""

    stages: tuple[StageSlack, ...]

    @property
    def sentences(self) -> list[str]:
        """What a digest says of it: who keeps whom waiting, stage by stage; nothing while all goes as planned."""
        by_cause: dict[Cause, list[StageSlack]] = {}
        for each in self.stages:
            if each.cause and each.pressed:
                by_cause.setdefault(each.cause, []).append(each)
        return [f"{upper_first(str(cause))}: {'; '.join(map(str, held))}." for cause, held in by_cause.items()]


def critical_path(workspace: Workspace, register: Register) -> Slack:
    """Project what is late now onto the stages that follow."""
    today = workspace.now.astimezone(VIETNAM).date()
    count = workspace.calendar.working_days_between
    there: dict[str, Cause] = {}  # by stage: when it delivers, and why
    found = []
    for stage in in_turn(each for each in workspace.plan.stages if each.kind is not StageKind.PUBLISH):
        entry = register.of(stage)
        last_day = _last_day(register, stage, entry)
        before = [code for code in stage.after if code in there]
        waits = max((there[code] for code in before), key=lambda cause: cause.there, default=None)
        met = say_met(workspace.plan, register, stage)  # then its date asks nothing of the next round
        if waits is not None and not is_over(workspace.plan, register, stage) and met is None:
            given = max(workspace.campaign.stages[code].last_day for code in before)
            planned = count(given, workspace.campaign.stages[stage.id].last_day)
            left = count(waits.there, last_day)
            # What was there late took its days from the first round; what another one waits for is not that.
            held = waits.late and not delivered(entry) if waits.delivered else True
            # Nor is what an earlier date of its own takes: a conference may be called for one.
            cause = waits if left < min(planned, count(given, last_day)) and held else None
            found.append(StageSlack(stage.id, stage.title, last_day, planned, left, waits.there, cause))
        there[stage.id] = _delivers(workspace, register, stage, last_day, today, waits)
    return Slack(tuple(found))


def _delivers(
    workspace: Workspace, register: Register, stage: Stage, last_day: date, today: date, waits: Cause | None
) -> Cause:
    """Return when a stage delivers, at the earliest, and who decides that."""
    count = workspace.calendar.working_days_between
    title, entry, over = stage.title, register.of(stage), is_over(workspace.plan, register, stage)
    done = entry.record("done")
    if stage.kind is StageKind.COLLECT:
        if over and done is not None:
            return _collected(workspace, register, stage, last_day, done.at)
        # What comes in time is there on the date, whenever the stage is closed; a late report is missed in any case.
        own = Cause((title,), last_day, 0)
        return max([*_units(workspace, register, stage, last_day, today), own], key=lambda cause: cause.there)
    if over and done is not None:
        day = done.at.astimezone(VIETNAM).date()
        return Cause((title,), day, max(count(last_day, day), 0), delivered=True)
    if earlier := round_before(workspace.plan, register, stage):
        if not is_sent_back(workspace.plan, register, stage, earlier.round):  # the stages that follow go on with it
            day = earlier.at.astimezone(VIETNAM).date()
            late = 0 if round_in_time(workspace.plan, register, stage) else max(count(last_day, day), 0)
            return Cause((title,), day, late, delivered=True)
        return Cause((title,), max(last_day, today), 0, today=True, again=last_day < today)
    own = Cause((title,), max(last_day, today), max(count(last_day, today), 0), today=True)
    return waits if waits is not None and waits.there > last_day and waits.there >= own.there else own


def _collected(workspace: Workspace, register: Register, stage: Stage, last_day: date, done: datetime) -> Cause:
    """Return when the last came of the reports that a closed stage waited for."""
    came = [
        receipt.received_at.astimezone(VIETNAM).date()
        for entry in register.reporting(workspace.plan, stage)
        for receipt in entry.receipts
        if receipt.number == entry.accepted and receipt.received_at <= done
    ]
    there = max([last_day, *came])
    late = max(workspace.calendar.working_days_between(last_day, there), 0)
    return Cause((stage.title,), there, late, delivered=True)


def _units(workspace: Workspace, register: Register, stage: Stage, stage_day: date, today: date) -> Iterator[Cause]:
    """Yield the units whose report comes, or came, after the stage's date: those of one date together, latest first."""
    groups: dict[tuple[date, int, bool], list[str]] = {}  # what we look at is there, and owed no more
    named = {unit.code: unit.name for unit in workspace.plan.units}
    for entry in register.reporting(workspace.plan, stage):
        there = _arrival(entry, today)
        if there is not None and there > stage_day:
            late = max(workspace.calendar.working_days_between(entry.last_day, there), 0)
            here = entry.standing.settled or entry.standing is Standing.PENDING or entry.standing.waits_for_person
            owed = there == today and not here
            groups.setdefault((there, late, owed), []).append(named[entry.unit])
    for (there, late, owed), names in sorted(groups.items(), reverse=True):
        yield Cause(tuple(vietnamese_order(names, str)), there, late, today=owed)


def _arrival(entry: UnitEntry, today: date) -> date | None:
    """Return the day a unit's report came or, if it is still owed, can come; None where there is none to wait for."""
    if entry.missed:
        return None
    if entry.standing in (Standing.PENDING, Standing.REFERRED):  # it is there; how long we look at it is ours
        moments = [each.received_at for each in entry.sent[-1:]] + [each.arrived_at for each in entry.pending]
        return max(moments).astimezone(VIETNAM).date() if moments else today
    if not entry.standing.settled:
        return max(entry.last_day, today)
    moments = [each.received_at for each in entry.receipts if each.number == entry.accepted]
    return moments[0].astimezone(VIETNAM).date() if moments else None


def _last_day(register: Register, stage: Stage, entry: StageEntry) -> date:
    """Return the last day of a stage as it stands: of the conference, the day it was called for."""
    called = register.conference_format(stage) if stage.kind is StageKind.CONFER else None
    return called.day if called else entry.last_day
