"""What must hold of any bytes under any name: guard and reader answer, soon, with content or with known findings.

An error that they raise is a fault of ours, whatever the bytes are, and is let through here.
"""

from __future__ import annotations

import json
import resource

from soket.faults import MESSAGES, fault_of
from soket.plan.model import Severity
from soket.reading.findings import Content
from soket.reading.process.child import allowed_time, read

MOST_SECONDS = 2.5
MOST_MEMORY = 300 << 20


def check(extension: str, data: bytes) -> tuple[Content, float]:
    """Return what became of a file and its CPU seconds; raise AssertionError where it must not have come to that."""
    before = _seconds()
    with allowed_time():
        content = read(extension, data)
    seconds = _seconds() - before
    for finding in content.findings:
        assert fault_of(finding, "tệp").message
    assert Content.from_data(json.loads(json.dumps(content.to_data()))) == content
    assert all(text and text == " ".join(text.split()) for text in content.paragraphs)
    assert seconds <= MOST_SECONDS, f"{seconds:.1f} s"
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss << 10 <= MOST_MEMORY
    return content, seconds


def whose(content: Content) -> str:
    """Return whose the gravest of what was found is: the file's, nobody's yet, or nothing's at all."""
    severities = {MESSAGES[finding.code].severity for finding in content.findings}
    if Severity.CRITICAL in severities:
        return "file"
    return "person" if Severity.REFER in severities else "-"


def _seconds() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime
