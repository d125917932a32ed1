"""What a draft that was made rests on: which reports, and the register as it stood then, whatever came since."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from soket.plan.model import Plan, Stage
from soket.record.records import StageRecord, Verdict
from soket.record.register import Register
from soket.record.stage_details import DraftBasis
from soket.record.tally import register_then
from soket.record.units import UnitEntry
from soket.record.workspace import Workspace
from soket.text import Word


class Late(StrEnum):
    """How a report that counts comes not to be in a draft."""

    CAME = "came"
    TAKEN = "taken"


LATE = {
    Late.CAME: Word("đến sau bản tổng hợp"),
    Late.TAKEN: Word("đến trước, được tiếp nhận sau bản tổng hợp"),
}


def lateness(entry: UnitEntry, draft: StageRecord) -> Late:
    """Return whether a unit's report that counts came after a working draft was composed, or was taken in after it."""
    composed = draft.details.as_of if isinstance(draft.details, DraftBasis) else None
    sent = next((each.received_at for each in entry.receipts if each.number == entry.accepted), None)
    return Late.TAKEN if sent is not None and sent < (composed or draft.at) else Late.CAME


def basis_of(draft: StageRecord) -> Mapping[str, int]:
    """Return which submission of each unit a working draft rests on, as its record says."""
    return draft.details.basis if isinstance(draft.details, DraftBasis) else {}


def register_under(workspace: Workspace, register: Register, draft: StageRecord) -> Register:
    """Return the register that a working draft was made of: what was judged while it was written is not in it."""
    basis = draft.details
    if not isinstance(basis, DraftBasis):
        return register
    moment = basis.as_of or draft.at

    def was_known(verdict: Verdict) -> bool:
        return verdict.number <= basis.basis.get(verdict.unit, 0)

    then = register_then(workspace, register, moment)
    unlike = {unit for unit, number in then.basis().items() if basis.basis.get(unit) != number}
    if not unlike:
        return then
    return register_then(workspace, register, moment, lambda each: each.unit not in unlike or was_known(each))


def draft_under(plan: Plan, register: Register, stage: Stage) -> StageRecord | None:
    """Return the working draft that the latest official one before a stage was made of; None where there is none."""
    draft = plan.draft_of(stage)
    entry = register.of(draft) if draft else None
    for number in range(entry.round, 0, -1) if entry else ():
        if entry and entry.record("official", number):
            return entry.record("working", number)
    return None
