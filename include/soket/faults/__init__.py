"""The catalogue: what each fault is called, how grave it is, and the Vietnamese words that a unit reads.

Codes: TEP the file itself, HS the submission as a whole, DC the outline, TB its words against the table, GN reports
alike, BS the table's layout, SL its figures. The figures' own rules have the codes that the plan gives them.
"""

from __future__ import annotations

from collections.abc import Iterable

from soket.faults.archives import ARCHIVES
from soket.faults.figures import FIGURES
from soket.faults.files import FILES
from soket.faults.likeness import LIKENESS
from soket.faults.message import Message
from soket.faults.narrative import NARRATIVE
from soket.faults.outline import OUTLINE
from soket.faults.submission import SUBMISSION
from soket.faults.table import TABLE
from soket.plan.model import Plan
from soket.reading.findings import Fact, Finding
from soket.record.records import Fault

MESSAGES: dict[str, Message] = FILES | ARCHIVES | SUBMISSION | OUTLINE | NARRATIVE | LIKENESS | TABLE | FIGURES


def fault(code: str, file: str | None = None, place: str | None = None, **facts: Fact) -> Fault:
    """Return a fault in the catalogue's words."""
    message = MESSAGES[code]
    return Fault(
        code=code,
        severity=message.severity,
        file=file,
        place=place,
        message=message.text.format(**facts),
        advice=message.advice and message.advice.format(**facts),
        aside=message.aside and message.aside.format(**facts),
    )


def fault_of(finding: Finding, file: str) -> Fault:
    """Return what was found in a file as a fault."""
    return fault(finding.code, file, finding.place, **finding.facts)


def weighed(plan: Plan, faults: Iterable[Fault]) -> list[Fault]:
    """Return faults with the severities that the plan sets in place of the catalogue's."""
    set_by_plan = {code.value: severity for code, severity in plan.severities.items()}
    return [each.model_copy(update={"severity": set_by_plan.get(each.code, each.severity)}) for each in faults]
