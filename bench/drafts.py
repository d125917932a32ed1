"""What a working draft costs, with its evidence: of 60, 300 and 3,300 reports of some seventy sentences each.

`python -m bench.drafts UNITS` prints one as JSON; in a process of its own, so that its memory can be told. These
reports say much in the same words, each sentence some seven times at 3,300 units; `python -m bench.drafts UNITS unlike`
measures reports of which no two have a sentence in common.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import resource
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from random import Random
from string import ascii_lowercase

from bench.plans import write_plan
from bench.processes import peak_memory
from demo.samples.topics import paragraphs
from soket.clock import FrozenClock
from soket.documents.draft import write_draft
from soket.documents.figures import summarise
from soket.plan.model import Duty, Plan, Unit
from soket.plan.themes import lexicon_of
from soket.record.records import ParsedReport, Receipt, Ruling, SectionText, Submission, Verdict
from soket.record.register import Register, derive

SIZES = (60, 300, 3_300)

_TIMES = 2  # how often each heading's paragraphs are written: seventy sentences a report


def measure(units: int, *, unlike: bool = False) -> dict[str, float | str]:
    """Return the seconds by the clock and of processor, and the MiB at the most, of reading nothing and writing all.

    A fork's are among them, `fork` of the processor's; the memory that both share is counted twice.
    """
    with tempfile.TemporaryDirectory(prefix="soket-bench-") as folder:
        plan = write_plan(Path(folder), units)
    reporting = [unit for unit in plan.units if unit.owes is Duty.REPORT]
    reports = [_report(plan, unit, unlike=unlike) for unit in reporting]
    register = _register(plan, reporting)
    lexicon = lexicon_of(plan)
    began, before = time.monotonic(), os.times()
    draft = write_draft(summarise(plan, plan.campaigns[0], register, reports), lexicon)
    seconds, after = time.monotonic() - began, os.times()
    return {
        "units": units,
        "seconds": seconds,
        "cpu": sum(after[:4]) - sum(before[:4]),
        "fork": sum(after[2:4]) - sum(before[2:4]),
        "memory": peak_memory() + resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024,
        "word": len(draft.word) / 1024,
        "evidence": len(draft.evidence) / 1024,
        "word_hash": hashlib.sha256(draft.word).hexdigest(),
        "evidence_hash": hashlib.sha256(draft.evidence).hexdigest(),
    }


def _report(plan: Plan, unit: Unit, *, unlike: bool) -> ParsedReport:
    random = Random(unit.code)
    sections = tuple(
        SectionText(
            section=each.code,
            heading=each.title,
            text="\n".join(text for _ in range(_TIMES) for text in paragraphs(each.title, unit.name, random)),
        )
        for each in plan.outline
    )
    if unlike:
        sections = tuple(each.model_copy(update={"text": _unlike(each.text, random)}) for each in sections)
    return ParsedReport(unit=unit.code, number=1, kind=Submission.REPORT, sections=sections, figures=(), faults=())


def _unlike(text: str, random: Random) -> str:
    """Return a text with a word in each sentence that no other has."""
    return re.sub(r"\.(?=\s|$)", lambda _: f" theo {''.join(random.choices(ascii_lowercase, k=8))}.", text)


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
    print(json.dumps(measure(int(sys.argv[1]), unlike="unlike" in sys.argv[2:])))
