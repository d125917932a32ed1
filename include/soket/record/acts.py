"""Which acts of officials are in force, and what they come to.

Nothing on the record is ever deleted: an act is taken back by another one that names it, and that one may be taken back
in its turn, which restores the first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from functools import cached_property

from soket.plan.model import Deadline, Plan, StageKind
from soket.record.decisions import (
    Appraisal,
    Commendation,
    ConferenceFormat,
    Decision,
    Exemption,
    Extension,
    LinkRenewal,
    Mute,
    NilReturn,
    OfficialMessage,
    Opinion,
    PlanChange,
    Postponement,
    Promise,
    Reopening,
    RequestRefusal,
    Undo,
    Urging,
)

# What was entered by hand can be taken back by hand; an appraisal or a format is decided anew in its own stage.
UNDOABLE = (
    Extension,
    Exemption,
    NilReturn,
    Postponement,
    Reopening,
    Mute,
    Promise,
    RequestRefusal,
    Commendation,
    Opinion,
    Undo,
)


class Acts:
    """All acts on a campaign's record, those taken back too; answers in the order in which they were given."""

    def __init__(self, recorded: Iterable[Decision]) -> None:
        self.recorded = tuple(recorded)
        self._by_id = {act.id: act for act in self.recorded}
        self._undos: defaultdict[str, list[Undo]] = defaultdict(list)
        for act in self.recorded:
            if isinstance(act, Undo):
                self._undos[act.undoes].append(act)

    @cached_property
    def in_force(self) -> tuple[Decision, ...]:
        """The acts that nobody took back."""
        return tuple(act for act in self.recorded if self._stands(act, frozenset()))

    @cached_property
    def undone_by(self) -> dict[str, Undo]:
        """For each act that is taken back, by id, the act in force that does so."""
        return {act.undoes: act for act in self.in_force if isinstance(act, Undo)}

    def is_undone(self, act: Decision) -> bool:
        """Whether an act is taken back."""
        return act.id in self.undone_by

    def subject_of(self, act: Decision) -> Decision:
        """Return the act that a chain of undos is about in the end; an act that is no undo is about itself."""
        seen = set()
        while isinstance(act, Undo) and act.undoes in self._by_id and act.id not in seen:
            seen.add(act.id)
            act = self._by_id[act.undoes]
        return act

    def postponement_of(self, stage: str) -> Postponement | None:
        """Return the act that a stage's date comes from; None where it is the plan's."""
        standing = [act for act in self._postponements_by_stage[stage] if isinstance(act, Postponement)]
        return next((act for act in reversed(standing) if not self.is_undone(act)), None)

    def dating(self, unit: str, stage: str) -> Extension | Postponement | None:
        """Return the act that a unit's date in a stage comes from; None where it is the plan's.

        A unit's own extension goes before its stage's postponement, unless that was decided, or restored, later and
        goes beyond it: what gives everyone more time takes none from who had asked for some before. The plan's own date
        holds where it was moved beyond both.
        """
        moves = self._plan_moves.get((stage, unit))
        return self._beyond(moves[-1][1] if moves else None, unit, stage)

    def _beyond(self, planned: date | None, unit: str, stage: str) -> Extension | Postponement | None:
        """Return the act that gives a unit no less than the last day that the plan was changed to, if it was."""
        act = self._extending(unit, stage)
        return None if act and planned and planned > act.last_day else act

    def _extending(self, unit: str, stage: str) -> Extension | Postponement | None:
        own = [act for act in self._changes_by_unit[unit] if isinstance(act, Extension) and not self.is_undone(act)]
        extension, postponement = next(reversed(own), None), self.postponement_of(stage)
        if extension and postponement and postponement.last_day > extension.last_day:
            about = (act for act in reversed(self.recorded) if self.subject_of(act) is postponement)
            if next(about).decided_at >= extension.decided_at:
                return postponement
        return extension or postponement

    def date_changes(self, unit: str, stage: str) -> list[Decision]:
        """Return what moved a unit's date or made it count again: what it has to be told of.

        That is, of its extensions, its stage's postponements, undos of them and changes of the plan, each that gave it
        another date than the acts before; and undos by which it owes again what it was let off.
        """
        own = self._changes_by_unit[unit]
        if not own and (stage, unit) not in self._plan_moves:  # as most units: one answer for all
            return self._moved_by_stage.get(stage, [])
        told = {act.id for act in self._moves(unit, stage)}
        told |= {act.id for act in own if not isinstance(self.subject_of(act), Extension)}
        return [act for act in self.recorded if act.id in told]

    def asked_anew(self, unit: str) -> list[PlanChange]:
        """Return the changes of the plan by which a unit has to do something that it had not to before."""
        return [act for act in self.recorded if isinstance(act, PlanChange) and act.concerns(unit)]

    def _moves(self, unit: str, stage: str) -> Iterator[Decision]:
        """Yield the acts that changed where a unit's date in a stage comes from, as they were decided one by one."""
        days = {act.id: day for act, day in self._plan_moves.get((stage, unit), ())}
        dating = {act.id for act in (*self._changes_by_unit[unit], *self._postponements_by_stage[stage])} | days.keys()
        acts = [act for act in self.recorded if act.id in dating]
        before: Decision | date | None = None
        planned: date | None = None
        for number, act in enumerate(acts, start=1):
            planned = days.get(act.id, planned)
            after = Acts(acts[:number])._beyond(planned, unit, stage) or planned
            if after != before:
                yield act
            before = after

    def mute_of(self, addressee: str, now: datetime) -> Mute | None:
        """Return what keeps mail from a unit or office at a moment: of its mutes in force, the one that ends last."""
        mutes = [act for act in self._mutes[addressee] if now < Deadline(by=act.last_day).moment]
        return max(mutes, key=lambda act: (act.last_day, act.decided_at), default=None)

    def promise_of(self, unit: str) -> Promise | None:
        """Return what a unit promised last; whether it still says anything, `record.promises` knows."""
        return self._promises.get(unit)

    def urging_of(self, unit: str) -> Urging | None:
        """Return by which act a unit was last to be reminded at once; whether it still is, `notices.ladder` knows."""
        return self._urgings.get(unit)

    def messages_to(self, unit: str) -> list[OfficialMessage]:
        """Return what officials said to a unit, and of it to each other, by time."""
        return self._messages[unit]

    def renewals_of(self, office: str) -> int:
        """Return which link to an office's page holds: as often as it was renewed."""
        return sum(isinstance(act, LinkRenewal) and act.office == office for act in self.in_force)

    @cached_property
    def _promises(self) -> dict[str, Promise]:
        return {act.unit: act for act in self.in_force if isinstance(act, Promise)}

    @cached_property
    def _urgings(self) -> dict[str, Urging]:
        return {act.unit: act for act in self.in_force if isinstance(act, Urging)}

    @cached_property
    def _messages(self) -> defaultdict[str, list[OfficialMessage]]:
        found: defaultdict[str, list[OfficialMessage]] = defaultdict(list)
        for act in self.in_force:
            if isinstance(act, OfficialMessage):
                found[act.unit].append(act)
        return found

    @cached_property
    def _mutes(self) -> defaultdict[str, list[Mute]]:
        found: defaultdict[str, list[Mute]] = defaultdict(list)
        for act in self.in_force:
            if isinstance(act, Mute):
                found[act.addressee].append(act)
        return found

    @cached_property
    def _moved_by_stage(self) -> dict[str, list[Decision]]:
        return {stage: list(self._moves("", stage)) for stage in self._postponements_by_stage}

    @cached_property
    def _changes_by_unit(self) -> defaultdict[str, list[Decision]]:
        found: defaultdict[str, list[Decision]] = defaultdict(list)
        for act in self.recorded:
            subject = self.subject_of(act)
            match subject:
                case Extension():
                    found[subject.unit].append(act)
                case Exemption() | NilReturn() if isinstance(act, Undo) and self.is_undone(subject):
                    found[subject.unit].append(act)
        return found

    @cached_property
    def _postponements_by_stage(self) -> defaultdict[str, list[Decision]]:
        found: defaultdict[str, list[Decision]] = defaultdict(list)
        for act in self.recorded:
            if isinstance(subject := self.subject_of(act), Postponement):
                found[subject.stage].append(act)
        return found

    @cached_property
    def _plan_moves(self) -> dict[tuple[str, str], list[tuple[PlanChange, date]]]:
        """For each stage and unit whose date was changed in the plan: when, and to which last day."""
        found: defaultdict[tuple[str, str], list[tuple[PlanChange, date]]] = defaultdict(list)
        for act in (each for each in self.recorded if isinstance(each, PlanChange)):
            for change in act.changes:
                for moved in change.moved:
                    for unit in moved.units:
                        found[change.about, unit].append((act, moved.after))
        return dict(found)

    def _stands(self, act: Decision, asked: frozenset[str]) -> bool:
        # `asked` keeps two records that name each other, as only a forger's do, from being asked for ever.
        later = (undo for undo in self._undos[act.id] if undo.id not in asked)
        return not (isinstance(act, UNDOABLE) and any(self._stands(undo, asked | {act.id}) for undo in later))


def of_stage(plan: Plan, act: Decision) -> Decision:
    """Return an act with the stage that it is of: records once named none, where a plan had one of each kind."""
    if not isinstance(act, Appraisal | ConferenceFormat) or act.stage:
        return act
    kind = StageKind.APPRAISE if isinstance(act, Appraisal) else StageKind.CONFER
    first = next(iter(plan.stages_of(kind)), None)
    return act.model_copy(update={"stage": first.id}) if first else act
