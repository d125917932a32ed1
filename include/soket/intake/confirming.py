"""What units answer in files that come back, in the column “Số đúng, lý do là”: each answer confirms what it is beside.

An answer counts for the unit in whose folder it came, and for what that unit was asked: who writes another unit's slip
number, or answers what has to be mended, confirms nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from soket.intake.examine import Examined
from soket.reading.findings import Answered
from soket.reading.marks import slip_id
from soket.record.confirming import MOST_CONFIRMED, Confirmation, by_matter, can_be_confirmed, confirmation_of
from soket.record.fault_lines import group_faults, numbered
from soket.record.records import ReceivedFile
from soket.record.register import UnitEntry
from soket.record.workspace import Workspace


def confirmations_in(workspace: Workspace, entry: UnitEntry, examined: Examined) -> list[Confirmation]:
    """Return what a submission's files confirm that is not on record yet, no more than a unit may."""
    told = by_matter(entry.confirmations)
    found = [
        each
        for file, answered in examined.answers
        for each in _confirmed(workspace, entry, examined, file, answered)
        if each.matter not in told or told[each.matter].reason != each.reason
    ]
    return found[: max(MOST_CONFIRMED - len(entry.confirmations), 0)]


def _confirmed(
    workspace: Workspace, entry: UnitEntry, examined: Examined, file: ReceivedFile, answered: Answered
) -> Iterator[Confirmation]:
    own = {slip_id(workspace.campaign.code, entry.unit, each.number): each for each in entry.verdicts}
    verdict = own.get(answered.slip)
    receipt = next((each for each in entry.receipts if verdict and each.number == verdict.number), None)
    if verdict is None or receipt is None:
        return
    lines = {number: line for number, _, line in numbered(group_faults(receipt.files, verdict.faults))}
    for number, reason in answered.lines:
        for fault in lines[number].faults if number in lines else ():
            if can_be_confirmed(fault):
                at = examined.receipt.received_at
                yield confirmation_of(entry.unit, verdict.number, fault, at=at, reason=reason, file=file.original_name)
