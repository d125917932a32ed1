"""What a working draft costs, with its evidence: of 60, 300 and 3,300 reports of some fifty sentences each.

`python -m bench.drafts UNITS` prints one as JSON; in a process of its own, so that its memory can be told.
"""

from __future__ import annotations

import json
import resource
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from random import Random

from bench.plans import write_plan
from demo.samples.topics import paragraphs
from soket.clock import FrozenClock
from soket.documents.draft import write_draft
from soket.documents.figures import summarise
from soket.plan.model import Duty, Plan, Unit
from soket.plan.themes import lexicon_of
from soket.record.records import ParsedReport, Receipt, Ruling, SectionText, Submission, Verdict
from soket.record.register import Register, derive

SIZES = (60, 300, 3_300)

_TIMES = 2  # how often each heading's paragraphs are written: fifty sentences a report


def measure(units: int) -> dict[str, float]:
    """Return the seconds by the clock and of processor, and the MiB at the most, of reading nothing and writing all."""
    with tempfile.TemporaryDirectory(prefix="soket-bench-") as folder:
        plan = write_plan(Path(folder), units)
    reporting = [unit for unit in plan.units if unit.owes is Duty.REPORT]
    reports = [_report(plan, unit) for unit in reporting]
    register = _register(plan, reporting)
    lexicon = lexicon_of(plan)
    began, cpu = time.monotonic(), time.process_time()
    draft = write_draft(summarise(plan, plan.campaigns[0], register, reports), lexicon)
    return {
        "units": units,
        "seconds": time.monotonic() - began,
        "cpu": time.process_time() - cpu,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "word": len(draft.word) / 1024,
    }


def _report(plan: Plan, unit: Unit) -> ParsedReport:
    random = Random(unit.code)
    sections = tuple(
        SectionText(
            section=each.code,
            heading=each.title,
            text="\n".join(text for _ in range(_TIMES) for text in paragraphs(each.title, unit.name, random)),
        )
        for each in plan.outline
    )
    return ParsedReport(unit=unit.code, number=1, kind=Submission.REPORT, sections=sections, figures=(), faults=())


def _register(plan: Plan, units: list[Unit]) -> Register:
    campaign = plan.campaigns[0]
    sent = campaign.start + timedelta(days=1)
    kind, ruling = Submission.REPORT, Ruling.ACCEPTED
    due = campaign.start + timedelta(days=20)
    receipts = [Receipt(unit=each.code, number=1, received_at=sent, deadline=due, files=()) for each in units]
    verdicts = [
        Verdict(unit=each.code, number=1, kind=kind, ruling=ruling, late=False, judged_at=sent, faults=())
        for each in units
    ]
    return derive(
        plan,
        campaign,
        FrozenClock(sent + timedelta(days=2)),
        inbox=(),
        receipts=receipts,
        verdicts=verdicts,
        decisions=(),
        stage_records=(),
    )


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]))))
