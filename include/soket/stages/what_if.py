"""What an act would change, before anybody enters it: totals and sentences of drafts, dates, papers.

Nothing is written: the act is entered on a bucket that keeps nothing, by the function that enters acts, and is refused
as it would be.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from soket.intake.reread import accepted_reports
from soket.plan.model import Stage, StageKind
from soket.record.inputs import basis_for, reports_for
from soket.record.keeping import read_register
from soket.record.register import Register
from soket.record.stale import ARCHIVED, is_archived, stale_papers
from soket.record.tally import Progress, progress_of, units_left_out
from soket.record.undecided import undecided, undecided_otherwise
from soket.record.words import PROGRESS, say_earlier_date
from soket.record.workspace import Workspace
from soket.stages.act_table import ALWAYS
from soket.stages.actions import Entered, record_acts
from soket.stages.afterwards import say_afterwards, say_course, say_unmailed
from soket.stages.collect import post_answers
from soket.stages.commending import commended_otherwise
from soket.stages.mailings import Mailing, mailings
from soket.stages.refusing import Actor
from soket.store.overlay import OverlayStore
from soket.text import first_units, format_date

if TYPE_CHECKING:
    from soket.documents.moves import Moves

_UNSAID = "(xem trước)"
_NAMED = 5  # units whose dates move alike


@dataclass(frozen=True)
class DateMove:
    """A last day that would be another one: of a stage, or of units that move alike."""

    names: tuple[str, ...]
    before: date
    after: date

    def __str__(self) -> str:
        who = first_units(self.names, _NAMED)
        return f"{who}: hết ngày {format_date(self.before)} → hết ngày {format_date(self.after)}"


@dataclass(frozen=True)
class StandingMove:
    """How far units would be otherwise than they are: of those that move alike."""

    names: tuple[str, ...]
    before: Progress
    after: Progress

    def __str__(self) -> str:
        return f"{first_units(self.names, _NAMED)}: {PROGRESS[self.before].phrase} → {PROGRESS[self.after].phrase}"


@dataclass(frozen=True)
class DraftEffect:
    """What a draft that is drawn from reports would say otherwise, were it made now."""

    stage: Stage
    before: str  # of how many reports it is: 31/60
    after: str
    moves: Moves
    composed: bool = False  # it lies there as it was composed, until it is composed anew

    def __bool__(self) -> bool:
        return self.before != self.after or bool(self.moves)


@dataclass(frozen=True)
class Effect:
    """What an act would change."""

    standings: tuple[StandingMove, ...]
    dates: tuple[DateMove, ...]
    kept: tuple[str, ...]  # units that stay in time or late, though they would not be by what would be their date
    commended: tuple[str, ...]  # who is so no more, or from now on
    undecided: tuple[str, ...]  # what waits for a word no more, or otherwise
    course: tuple[str, ...]  # what is left to the stages that follow, where that would be otherwise
    drafts: tuple[DraftEffect, ...]
    stale: tuple[str, ...]  # papers that would not know of it
    mailings: tuple[Mailing, ...] = ()  # what would be posted at once
    refused: tuple[Entered, ...] = ()  # of several units, those for which it would be refused
    archived: bool = False  # no paper is made anew
    unmailed: str = ""  # that it posts nothing, where that is so
    afterwards: tuple[str, ...] = ()  # what is for good, held back, run then, or left as it is

    @property
    def lines(self) -> list[str]:
        """Say it, a line each."""
        found = [f"Tình trạng: {each}." for each in self.standings]
        found += [f"Thời hạn: {each}." for each in self.dates]
        found += self.kept
        found += [f"Biểu dương: {each}" for each in self.commended]
        found += [f"Việc chờ quyết định: {each}" for each in self.undecided]
        found += [f"Các bước sau: {each}" for each in self.course]
        for each in self.drafts:
            anew = ", nếu được lập lại" if self.archived or each.composed else ""
            moved = each.before if each.before == each.after else f"{each.before} → {each.after}"
            found.append(f"{each.stage.title}{anew}: {moved} báo cáo.")
            found += [f"- {line}" for line in (*each.moves.lines(), *each.moves.said())]
        if not self.archived:
            found += [f"Văn bản phải lập lại: {each}" for each in self.stale]
        elif self.drafts or self.stale or self.standings:
            found.append(ARCHIVED)
        found += self.afterwards
        found += [f"Thư {each.when}: {each}" for each in self.mailings]
        return found or ["Không đổi số tổng, câu, thời hạn nào."]


def check_acts(workspace: Workspace, form: Mapping[str, Any], actor: Actor) -> None:
    """Raise ActRefusedError where a form would be refused; nothing is kept."""
    record_acts(_beside(workspace), form=form, entry="what-if", actor=actor)


def _beside(workspace: Workspace) -> Workspace:
    """Return a workspace on a bucket that keeps nothing."""
    moment = workspace.clock.real_time(workspace.now)
    return replace(workspace, store=OverlayStore(workspace.store, lambda: moment))


def what_if(workspace: Workspace, form: Mapping[str, Any], actor: Actor, *, whole: bool = False) -> Effect:
    """Return what an act would change, from its form as `record_acts` takes it; raise ActRefusedError as that does.

    A reason, and who allowed it, need not be there yet unless the form is said to be whole.
    """
    there = _beside(workspace)
    unsaid = {} if whole else {blank.name: _UNSAID for blank in ALWAYS if not form.get(blank.name)}
    before = read_register(workspace, keep=False)
    post_answers(there, before)  # what is owed already is not the act's
    entered = record_acts(there, form={**form, **unsaid}, entry="what-if", actor=actor)
    after = read_register(there, keep=False)
    posted = post_answers(there, after)
    drafts = (each for each in workspace.plan.stages_of(StageKind.DRAFT) if workspace.plan.draft_of(each) is None)
    known = {each.in_words(workspace.plan) for each in stale_papers(workspace, before)}
    told = [each.in_words(workspace.plan) for each in stale_papers(there, after)]
    return Effect(
        standings=tuple(_standings(workspace, before, after)),
        dates=tuple(_dates(workspace, before, after)),
        kept=tuple(_kept(workspace, before, after)),
        commended=tuple(commended_otherwise(workspace, before, after)),
        undecided=tuple(undecided_otherwise(undecided(workspace, before), undecided(there, after))),
        course=tuple(say_course(workspace, before, after)),
        drafts=tuple(found for each in drafts if (found := _draft(there, each, before, after))),
        stale=tuple(each for each in told if each not in known),
        mailings=mailings(there, posted, actor),
        unmailed="" if posted else say_unmailed(there),
        refused=tuple(each for each in entered if each.refused),
        archived=is_archived(workspace.plan, before),
        afterwards=tuple(say_afterwards(there, before, after)),
    )


def _standings(workspace: Workspace, before: Register, after: Register) -> Iterator[StandingMove]:
    moved: defaultdict[tuple[Progress, Progress], list[str]] = defaultdict(list)
    for unit in workspace.plan.units:
        was, is_now = (progress_of(each.units[unit.code]) for each in (before, after))
        if was is not is_now:
            moved[was, is_now].append(unit.name)
    for (was, is_now), names in moved.items():
        yield StandingMove(tuple(names), was, is_now)


def _dates(workspace: Workspace, before: Register, after: Register) -> Iterator[DateMove]:
    for stage in workspace.plan.stages:
        was, is_now = before.of(stage).last_day, after.of(stage).last_day
        if was != is_now:
            yield DateMove((stage.title,), was, is_now)
    moved: defaultdict[tuple[date, date], list[str]] = defaultdict(list)
    for unit in workspace.plan.units:
        was, is_now = before.units[unit.code].last_day, after.units[unit.code].last_day
        if was != is_now:
            moved[was, is_now].append(unit.name)
    for (was, is_now), names in sorted(moved.items()):
        yield DateMove(tuple(names), was, is_now)


def _kept(workspace: Workspace, before: Register, after: Register) -> Iterator[str]:
    told = defaultdict[str, list[str]](list)
    for unit in workspace.plan.units:
        was, is_now = (say_earlier_date(each.units[unit.code]) for each in (before, after))
        if is_now and is_now != was:
            told[is_now].append(unit.name)
    yield from (f"{first_units(names, _NAMED)}: {words}." for words, names in told.items())


def _draft(workspace: Workspace, stage: Stage, before: Register, after: Register) -> DraftEffect:
    from soket.documents.figures import summarise
    from soket.documents.told import Telling, changes, told

    plan = workspace.plan
    was, would_be = (basis_for(plan, each, stage) for each in (before, after))
    read = accepted_reports(workspace, after, (*was.items(), *would_be.items()))
    reports = {(each.unit, each.number): each for each in read}

    def tell(register: Register, basis: Mapping[str, int]) -> Telling:
        counting = [reports[each] for each in basis.items() if each in reports]
        return told(summarise(plan, workspace.campaign, register, counting))

    return DraftEffect(
        stage=stage,
        before=_share(workspace, stage, before),
        after=_share(workspace, stage, after),
        moves=changes(plan, tell(before, was), tell(after, would_be)),
        composed=before.of(stage).record("working") is not None,
    )


def _share(workspace: Workspace, stage: Stage, register: Register) -> str:
    owing = reports_for(workspace.plan, register, stage)
    basis = basis_for(workspace.plan, register, stage)
    return f"{len(owing) - len(units_left_out(owing, basis))}/{len(owing)}"
