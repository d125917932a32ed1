"""The catalogue: what each fault is called, how grave it is, and the Vietnamese words that a unit reads.

Codes: TEP the file itself, HS the submission as a whole, DC the outline, BS the table's layout, SL its figures. The
figures' own rules have the codes that the plan gives them.
"""

from __future__ import annotations

from soket.campaign.records import Fault
from soket.intake.findings import Fact, Finding
from soket.intake.messages.archives import ARCHIVES
from soket.intake.messages.figures import FIGURES
from soket.intake.messages.files import FILES
from soket.intake.messages.message import Message
from soket.intake.messages.outline import OUTLINE
from soket.intake.messages.submission import SUBMISSION
from soket.intake.messages.table import TABLE

MESSAGES: dict[str, Message] = FILES | ARCHIVES | SUBMISSION | OUTLINE | TABLE | FIGURES


def fault(code: str, file: str | None = None, place: str | None = None, **facts: Fact) -> Fault:
    """Return a fault in the catalogue's words."""
    message = MESSAGES[code]
    return Fault(
        code=code,
        severity=message.severity,
        file=file,
        place=place,
        message=message.text.format(**facts),
        advice=message.advice,
    )


def fault_of(finding: Finding, file: str) -> Fault:
    """Return what was found in a file as a fault."""
    return fault(finding.code, file, finding.place, **finding.facts)
