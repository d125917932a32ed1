"""The reports that count, as they were read; one that is lost or spoilt is read again from the files that are kept."""

from __future__ import annotations

import logging
from collections.abc import Mapping

from pydantic import ValidationError

from soket.record.keeping import read_register
from soket.record.records import ParsedReport
from soket.record.workspace import Workspace
from soket.store.store import MissingObjectError

log = logging.getLogger(__name__)


def accepted_reports(workspace: Workspace, basis: Mapping[str, int]) -> list[ParsedReport]:
    """Read the reports that count, as `Register.basis` names them; one that is lost is read again from its files."""
    read = (_parsed(workspace, unit, number) for unit, number in basis.items())
    return [report for report in read if report is not None]


def _parsed(workspace: Workspace, unit: str, number: int) -> ParsedReport | None:
    key = workspace.keys.report(unit, number, "parsed.json")
    try:
        return ParsedReport.model_validate_json(workspace.store.get(key))
    except (MissingObjectError, ValidationError):
        from soket.notices.alerts import spoilt_notice
        from soket.notices.outbox import post

        report = _parsed_anew(workspace, unit, number)
        done = "lập lại từ các tệp còn lưu" if report else "không lập lại được: bản tổng hợp thiếu đơn vị này"
        post(workspace, spoilt_notice(workspace, {key: done}), suppressed=workspace.silent)
        return report


def _parsed_anew(workspace: Workspace, unit: str, number: int) -> ParsedReport | None:
    """Read a judged submission again, and keep what was read; None where its files can no longer be read."""
    from soket.intake.contents import Contents
    from soket.intake.examine import examine

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
