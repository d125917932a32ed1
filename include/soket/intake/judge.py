"""Judging: every submission received and not judged yet, as one batch, to a verdict each.

The verdict is written last and once, so a run that breaks off anywhere is simply run again.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

from soket.campaign.records import Fault, ParsedReport, Receipt, Ruling, Verdict
from soket.campaign.register import Register
from soket.campaign.workspace import Workspace
from soket.intake.contents import read_files
from soket.intake.examine import Examined, examine
from soket.intake.reading.pool import ReaderPool
from soket.intake.receive import unjudged
from soket.intake.rules import Stack
from soket.intake.validation import Validator
from soket.plan.model import Severity

SLIP_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_WRITERS = 8
_WEIGHT = {severity: index for index, severity in enumerate(Severity)}


def judge(workspace: Workspace, register: Register, *, validator: Validator | None = None) -> list[Verdict]:
    """Judge every receipt without a verdict and file what came of it; return the verdicts that this call wrote.

    `validator` may have been started while files were being received; without one, it is started here. Raises
    ValidationFailedError or ReaderFailedError where the pipeline fails, and then files nothing.
    """
    receipts = unjudged(register)
    if not receipts:
        return []
    with ExitStack() as stack:
        validator = validator or stack.enter_context(Validator())
        readers = stack.enter_context(ReaderPool())
        contents = read_files(workspace.store, [file for receipt in receipts for file in receipt.files], readers)
        examined = [examine(workspace, receipt, contents) for receipt in receipts]
        _apply_rules(workspace, examined, validator)
    with ThreadPoolExecutor(_WRITERS) as pool:
        written = pool.map(lambda each: _file(workspace, each), examined)
        return [verdict for verdict in written if verdict is not None]


def _apply_rules(workspace: Workspace, examined: Sequence[Examined], validator: Validator) -> None:
    """Put every table of the batch on one stack, and add what the plan's rules say of it."""
    stack = Stack(workspace.plan)
    for each in examined:
        if each.form and each.table:
            stack.add((each.unit.code, each.receipt.number), each.form, each.table)
    faults = stack.faults(validator.run(stack.frame()))
    for each in examined:
        each.faults += faults.get((each.unit.code, each.receipt.number), [])


def ruling_of(faults: Sequence[Fault]) -> Ruling:
    """Return what faults lead to: the gravest decides."""
    severities = {fault.severity for fault in faults}
    if Severity.CRITICAL in severities:
        return Ruling.RETURNED
    return Ruling.ACCEPTED_WITH_WARNINGS if Severity.WARNING in severities else Ruling.ACCEPTED


def _file(workspace: Workspace, examined: Examined) -> Verdict | None:
    """Write what was read, the slip of a returned submission and, last, the verdict; None where another run had."""
    receipt, store, keys = examined.receipt, workspace.store, workspace.keys
    faults = tuple(sorted(examined.faults, key=lambda fault: _WEIGHT[fault.severity]))
    ruling = ruling_of(faults)
    parsed = ParsedReport(
        unit=receipt.unit,
        number=receipt.number,
        kind=examined.kind.submission,
        sections=examined.sections,
        figures=examined.figures,
        faults=faults,
    )
    parsed_key = keys.report(receipt.unit, receipt.number, "parsed.json")
    store.put(parsed_key, parsed.to_json(), "application/json")
    judged_at = workspace.now
    slip_key = None
    if ruling is Ruling.RETURNED:
        slip_key = keys.report(receipt.unit, receipt.number, "slip.docx")
        store.put(slip_key, _slip(workspace, receipt, faults), SLIP_TYPE)
    verdict = Verdict(
        unit=receipt.unit,
        number=receipt.number,
        kind=examined.kind.submission,
        ruling=ruling,
        late=receipt.late,
        judged_at=judged_at,
        faults=faults,
        parsed_key=parsed_key,
        slip_key=slip_key,
    )
    written = store.create(keys.report(receipt.unit, receipt.number, "verdict.json"), verdict.to_json())
    return verdict if written else None


def _slip(workspace: Workspace, receipt: Receipt, faults: Sequence[Fault]) -> bytes:
    from soket.documents.slip import render_slip

    unit = workspace.plan.unit(receipt.unit)
    return render_slip(workspace.plan, workspace.campaign, unit, receipt, faults, now=workspace.now)
