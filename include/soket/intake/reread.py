"""The reports that count, as they were read; one that is lost or spoilt is read again from the files that are kept."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable

from soket.intake.validation import SubmissionId
from soket.record.parsed import keep_alone, named_by, place_of, read_parsed
from soket.record.records import ParsedReport
from soket.record.register import Register
from soket.record.units import UnitEntry
from soket.record.workspace import Workspace

log = logging.getLogger(__name__)


def accepted_reports(
    workspace: Workspace, register: Register, submissions: Iterable[SubmissionId]
) -> list[ParsedReport]:
    """Read reports that count, as `Register.basis` names them; one that is lost is read again from its files."""
    wanted = list(dict.fromkeys(submissions))
    entries = [register.units[code] for code in dict.fromkeys(code for code, _ in wanted) if code in register.units]
    named = named_by(verdict for entry in entries for verdict in entry.verdicts)
    places = {each: named.get(each) for each in wanted}
    found = read_parsed(workspace.store, workspace.keys, places)
    told: defaultdict[str, list[str]] = defaultdict(list)
    for unit, number in wanted:
        if (unit, number) not in found:
            if report := _parsed_anew(workspace, register.units.get(unit), number):
                found[unit, number] = report
            done = "lập lại từ các tệp còn lưu" if report else "không lập lại được, bản tổng hợp thiếu"
            told[place_of(workspace.keys, (unit, number), places[unit, number])].append(f"{unit} lần {number} {done}")
    if told:
        from soket.notices.alerts import spoilt_notice
        from soket.notices.outbox import post

        outcomes = {key: "; ".join(done) for key, done in told.items()}
        post(workspace, spoilt_notice(workspace, outcomes), suppressed=workspace.silent)
    return [found[each] for each in wanted if each in found]


def _parsed_anew(workspace: Workspace, entry: UnitEntry | None, number: int) -> ParsedReport | None:
    """Read a judged submission again, and keep what was read; None where its files can no longer be read."""
    from soket.intake.contents import Contents
    from soket.intake.examine import examine

    verdict = next((each for each in entry.verdicts if each.number == number), None) if entry else None
    receipt = next((each for each in entry.receipts if each.number == number), None) if entry else None
    if verdict is None or receipt is None:
        return None
    try:
        with Contents(workspace.store) as contents:
            contents.fetch([receipt])
            examined = examine(workspace, receipt, contents)
    except Exception:
        log.exception("Submission %s of %s cannot be read again", number, receipt.unit)
        return None
    report = ParsedReport(
        unit=receipt.unit,
        number=number,
        kind=verdict.kind,
        sections=examined.sections,
        unplaced=examined.unplaced,
        figures=examined.figures,
        faults=verdict.faults,
        scans=examined.scans,
    )
    keep_alone(workspace.store, workspace.keys, report)
    return report
