"""A parsed report that is lost or spoilt, read again from the files that are kept."""

from __future__ import annotations

import logging

from soket.intake.contents import Contents
from soket.intake.examine import examine
from soket.record.keeping import read_register
from soket.record.records import ParsedReport
from soket.record.workspace import Workspace

log = logging.getLogger(__name__)


def parsed_anew(workspace: Workspace, unit: str, number: int) -> ParsedReport | None:
    """Read a judged submission again, and keep what was read; None where its files can no longer be read."""
    entry = read_register(workspace, keep=False).units[unit]
    verdict = next(each for each in entry.verdicts if each.number == number)
    receipt = next((each for each in entry.receipts if each.number == number), None)
    if receipt is None:
        return None
    try:
        with Contents(workspace.store) as contents:
            contents.fetch([receipt])
            examined = examine(workspace, receipt, contents)
    except Exception:
        log.exception("Submission %s of %s cannot be read again", number, unit)
        return None
    report = ParsedReport(
        unit=unit,
        number=number,
        kind=verdict.kind,
        sections=examined.sections,
        figures=examined.figures,
        faults=verdict.faults,
        scans=examined.scans,
    )
    workspace.store.put(workspace.keys.report(unit, number, "parsed.json"), report.to_json(), "application/json")
    return report
