"""Which acts of officials are in force, and what they come to.

Nothing on the record is ever deleted: an act is taken back by another one that names it, and that one may be taken back
in its turn, which restores the first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from soket.campaign.decisions import Decision, Exemption, Extension, Mute, NilReturn, Postponement, Reopening, Undo
from soket.plan.model import Deadline, StageName

# What was entered by hand can be taken back by hand; an appraisal or a format is decided anew in its own stage.
UNDOABLE = (Extension, Exemption, NilReturn, Postponement, Reopening, Mute, Undo)


def in_force(acts: Iterable[Decision]) -> tuple[Decision, ...]:
    """Return the acts that nobody took back, in the order given."""
    known = tuple(acts)
    undos: defaultdict[str, list[Undo]] = defaultdict(list)
    for act in known:
        if isinstance(act, Undo):
            undos[act.undoes].append(act)

    def stands(act: Decision, asked: frozenset[str]) -> bool:
        # `asked` keeps two records that name each other, as only a forger's do, from being asked for ever.
        later = [undo for undo in undos[act.id] if undo.id not in asked]
        return not (isinstance(act, UNDOABLE) and any(stands(undo, asked | {act.id}) for undo in later))

    return tuple(act for act in known if stands(act, frozenset()))


def undone_by(acts: Iterable[Decision]) -> dict[str, Undo]:
    """Return, for each act that is taken back, the act in force that does so."""
    standing = in_force(acts)
    return {act.undoes: act for act in standing if isinstance(act, Undo)}


def subject_of(acts: Iterable[Decision], act: Decision) -> Decision:
    """Return the act that a chain of undos is about in the end; an act that is no undo is about itself."""
    by_id = {each.id: each for each in acts}
    seen = set()
    while isinstance(act, Undo) and act.undoes in by_id and act.id not in seen:
        seen.add(act.id)
        act = by_id[act.undoes]
    return act


def date_changes(acts: Iterable[Decision], unit: str, stage: StageName) -> list[Decision]:
    """Return what moved a unit's date, by time: its extensions, its stage's postponements, and undos of them.

    The date of a unit that has an extension is its own: what is done to its stage's date does not move it.
    """
    known = tuple(acts)
    about = {act.id: subject_of(known, act) for act in known}
    own = [act for act in known if isinstance(about[act.id], Extension) and getattr(about[act.id], "unit", "") == unit]
    if any(isinstance(act, Extension) for act in in_force(known) if act in own):
        return own
    return [act for act in known if act in own or _postpones(about[act.id], stage)]


def _postpones(act: Decision, stage: StageName) -> bool:
    return isinstance(act, Postponement) and act.stage is stage


def mute_of(acts: Iterable[Decision], addressee: str, now: datetime) -> Mute | None:
    """Return what keeps mail from a unit or an office at a moment: of the mutes in force, the one that ends last."""
    mutes = [
        act
        for act in in_force(acts)
        if isinstance(act, Mute) and act.addressee == addressee and now < Deadline(by=act.last_day).moment
    ]
    return max(mutes, key=lambda act: (act.last_day, act.decided_at), default=None)
