"""What examples show of things that went wrong, or that a person has to look at."""

from __future__ import annotations

from pathlib import Path

from soket.campaign.records import Fault as FoundFault
from soket.campaign.register import Register, UnitEntry
from soket.campaign.workspace import Workspace
from soket.plan.fault import Fault, PlanError
from soket.plan.model import Severity


def with_a_question(register: Register) -> Register:
    """Return a register in which one submission has to be looked at by a person, where any was judged."""
    question = FoundFault(
        code="CB-01", severity=Severity.REFER, message="Báo cáo ghi là của đơn vị khác; xác nhận là gửi đúng nơi."
    )
    for entry in register.units.values():
        if entry.verdicts:
            last = entry.verdicts[-1]
            asked = last.model_copy(update={"faults": (*last.faults, question)})
            return _with(register, entry.model_copy(update={"verdicts": (*entry.verdicts[:-1], asked)}))
    return register


def with_faults_of_ours(workspace: Workspace, register: Register) -> Register:
    """Return a register with a submission that nobody judged, and a record that cannot be read."""
    entry = next(iter(register.units.values()))
    unreadable = (workspace.keys.decision("extension-h_can_loc-0a1b2c3d4e"),)
    return _with(register, entry.model_copy(update={"verdicts": ()})).model_copy(update={"unreadable": unreadable})


def faulty_plan() -> PlanError:
    """Return what is wrong with a plan file."""
    fault = Fault(
        Path("ke_hoach_khac.yaml"), 12, 3, "units[3].block", "không có khối «huyen_uy»", nearest="huyen_thi_thanh_uy"
    )
    return PlanError([fault])


def _with(register: Register, entry: UnitEntry) -> Register:
    return register.model_copy(update={"units": {**register.units, entry.unit: entry}})
