"""What must hold of any bytes under any name: guard and reader answer, soon, with content or with known findings.

An error that they raise is a fault of ours, whatever the bytes are, and is let through here.
"""

from __future__ import annotations

import json
import resource
from datetime import UTC, datetime

from soket.faults import MESSAGES, fault_of
from soket.plan.model import Severity
from soket.reading.findings import Content
from soket.reading.formats.signed import signatures_of
from soket.reading.process.answers import within_limits
from soket.reading.process.child import allowed_time, read
from soket.reading.signatures import FileSignature, Roots
from soket.reading.signed_files import handing, may_be_signed

MOST_SECONDS = 2.5
MOMENT = datetime(2021, 11, 1, tzinfo=UTC)
MOST_MEMORY = 300 << 20


def check(extension: str, data: bytes) -> tuple[Content, float]:
    """Return what became of a file and its CPU seconds; raise AssertionError where it must not have come to that."""
    before = _seconds()
    with allowed_time():
        content = read(extension, data)
    seconds = _seconds() - before
    if may_be_signed(f"tệp.{extension}", data):
        with allowed_time():
            said = within_limits(lambda: signatures_of(extension, handing(Roots(), MOMENT, data)), [])
        assert all(FileSignature.from_data(each) for each in json.loads(json.dumps(said)))
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
