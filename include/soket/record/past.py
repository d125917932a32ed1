"""The register as it was: what the records that were there at an earlier moment add up to."""

from __future__ import annotations

from datetime import datetime

from soket.clock import FrozenClock
from soket.record.register import Register, derive
from soket.record.workspace import Workspace


def register_then(workspace: Workspace, register: Register, moment: datetime) -> Register:
    """Return the register of an earlier moment; what lay in the inbox then, unreceived, is not known any more."""
    entries, stages = register.units.values(), register.stages.values()
    return derive(
        workspace.plan,
        workspace.campaign,
        FrozenClock(moment),
        inbox=(),
        receipts=[each for entry in entries for each in entry.receipts if each.received_at <= moment],
        verdicts=[each for entry in entries for each in entry.verdicts if each.judged_at <= moment],
        decisions=[act for act in register.decisions if act.decided_at <= moment],
        stage_records=[record for stage in stages for record in stage.records if record.at <= moment],
    )
