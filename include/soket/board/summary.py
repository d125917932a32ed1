"""What the board's main page tells of all units and stages together, worked out once of each reading; pure."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from soket.board.graph import Graph, graph_of
from soket.board.ribbon import StageStep, stage_steps
from soket.board.rules import RuleTable, rule_table
from soket.board.standing import Bar, Group, bar_of
from soket.plan.model import Plan
from soket.record.composed import say_mending
from soket.record.keeping import Snapshot
from soket.record.register import Register, Standing, UnitEntry
from soket.record.reviewable import InQuestion, in_question, unlike_signed
from soket.record.stale import is_archived
from soket.record.tally import Tally, tally
from soket.record.threads import owed_answers
from soket.record.turns import waiting_requests
from soket.record.undecided import Undecided, undecided
from soket.record.workspace import Workspace
from soket.text import format_date, format_moment, quoted

_SHOWN = 200  # letters of what a unit wrote: the whole of it is on the unit's page, behind its name


@dataclass(frozen=True)
class BlockLine:
    """One block with its bar."""

    code: str
    name: str
    tally: Tally
    bar: Bar


@dataclass(frozen=True)
class AnswerOwed:
    """A unit that waits for an official's answer."""

    code: str  # the unit's
    name: str
    at: str  # since when
    text: str
    last_day: str = ""  # that it asks for


@dataclass(frozen=True)
class Standings:
    """All units and stages together; of the units, those that owe a report; the press and what else is owed apart."""

    tally: Tally
    overall: Bar
    groups: tuple[tuple[Group, int], ...]  # to filter by, with how many units each holds
    graph: Graph
    stages: tuple[StageStep, ...]
    blocks: tuple[BlockLine, ...]
    press_tally: Tally
    documents_tally: Tally
    exempted: int
    oddities: int
    unjudged: int  # submissions that our own code failed on
    unconfirmed: tuple[InQuestion, ...]
    unlike_signed: tuple[InQuestion, ...]
    mend_figures: str  # what the office does where such a figure is wrong
    mend_reports: str  # and where such a report is
    noted: Mapping[str, str]  # by unit: when officials noted something of it for themselves after the campaign
    archived: bool
    requests: tuple[AnswerOwed, ...]  # for more time
    answers: tuple[AnswerOwed, ...]  # to questions
    asking: frozenset[str]  # the units that wait for either
    undecided: tuple[Undecided, ...]  # what waits for those above


def summary_of(workspace: Workspace, register: Register) -> Standings:
    """Return what a campaign's main page says of all together."""
    plan, now = workspace.plan, register.as_of
    owing, press, beside = register.reporting(plan), register.press(plan), register.documents(plan)
    names = {unit.code: unit.name for unit in plan.units}
    counted, steps = tally(owing, now), stage_steps(workspace, register)
    asking, unlike = asking_of(workspace, register), in_question(plan, [*owing, *beside], unlike_signed)
    unconfirmed = in_question(plan, owing, lambda entry: entry.unconfirmed)
    return Standings(
        tally=counted,
        overall=bar_of(owing),
        groups=tuple(
            (group, sum(group.holds(entry, now, asking) for entry in owing))
            for group in Group
            if group.has_sense(over=counted.over)
        ),
        graph=graph_of(plan, steps),
        stages=steps,
        blocks=tuple(_block_lines(plan, owing, now)),
        press_tally=tally(press, now),
        documents_tally=tally(beside, now),
        exempted=sum(entry.standing is Standing.EXEMPT for entry in register.units.values()),
        oddities=len(register.oddities),
        unjudged=len(register.failures),
        unconfirmed=unconfirmed,
        unlike_signed=unlike,
        mend_figures=_say_mending(plan, register, unconfirmed),
        mend_reports=_say_mending(plan, register, unlike),
        noted={
            each.code: format_date(act.decided_at.date())
            for each in unlike
            for act in register.acts.messages_to(each.code)
            if not act.shared and act.decided_at >= workspace.campaign.end
        },
        archived=is_archived(plan, register),
        requests=tuple(
            AnswerOwed(
                each.unit,
                names[each.unit],
                format_moment(each.at),
                quoted(each.reason, _SHOWN),
                format_date(each.last_day),
            )
            for each in waiting_requests(workspace, register)
        ),
        answers=tuple(
            AnswerOwed(each.unit, names[each.unit], format_moment(each.line.at), quoted(each.line.text, _SHOWN))
            for each in owed_answers(plan, register)
        ),
        asking=asking,
        undecided=undecided(workspace, register),
    )


def _say_mending(plan: Plan, register: Register, found: Sequence[InQuestion]) -> str:
    """Say what the office does where something in question is wrong; of which units, where that is not the same."""
    told: defaultdict[str, list[str]] = defaultdict(list)
    for each in found:
        told[say_mending(plan, register, register.units[each.code])].append(each.name)
    return "; ".join(what if len(told) == 1 else f"{what} ({', '.join(names)})" for what, names in told.items())


def asking_of(workspace: Workspace, register: Register) -> frozenset[str]:
    """Return the units that the office owes an answer: to a question, or to a request for more time."""
    requests = {each.unit for each in waiting_requests(workspace, register)}
    return frozenset(requests | {each.unit for each in owed_answers(workspace.plan, register)})


@dataclass(frozen=True)
class RegisterReading:
    """A register as it was read, and what is worked out of all of it, once and only where it is asked for."""

    workspace: Workspace
    register: Register
    found: Snapshot

    @cached_property
    def summary(self) -> Standings:
        """What is told of all units and stages together."""
        return summary_of(self.workspace, self.register)

    @cached_property
    def rules(self) -> RuleTable:
        """What became of each rule."""
        return rule_table(self.workspace.plan, self.register)

    @cached_property
    def stamp(self) -> str:
        """What changes with anything that pages tell of the record: what lies there, and what time made of it."""
        seen = hashlib.sha256(f"{self.register.as_of:%Y-%m-%d}".encode())
        for key, etag in sorted(self.found.etags.items()):
            seen.update(f"{key} {etag}\n".encode())
        for entry in self.register.units.values():
            dropped = [(drop.key, drop.etag) for drop in entry.pending]
            seen.update(f"{entry.standing} {entry.late} {entry.closed} {dropped}\n".encode())
        for drops in (self.register.oddities, *self.register.office_drops.values()):
            seen.update(f"{[(drop.key, drop.etag) for drop in drops]}\n".encode())
        return seen.hexdigest()[:32]


def _block_lines(plan: Plan, owing: Sequence[UnitEntry], now: datetime) -> Iterable[BlockLine]:
    block_of = {unit.code: unit.block for unit in plan.units}
    grouped: defaultdict[str, list[UnitEntry]] = defaultdict(list)
    for entry in owing:
        grouped[block_of[entry.unit]].append(entry)
    for block in plan.blocks:
        if entries := grouped[block.code]:
            yield BlockLine(block.code, block.name, tally(entries, now), bar_of(entries))
