"""What the first plan and the unlike ones come to, in sentences, with figures that break none of their rules."""

from __future__ import annotations

import io
import zipfile
from random import Random

import pytest
from syrupy.assertion import SnapshotAssertion

from conftest import REPOSITORY
from demo.samples.figures import plausible
from soket.clock import FrozenClock
from soket.documents.draft import write_draft
from soket.documents.figures import Summary, summarise
from soket.documents.form_sentences import form_sentences, gap_sentence
from soket.plan.loader import load
from soket.plan.model import Campaign, Plan
from soket.record.records import Figure, ParsedReport, Submission
from soket.record.register import derive

UNLIKE = sorted((REPOSITORY / "tests" / "plan" / "unlike").glob("*.yaml"))
FILES = {file.stem: file for file in (REPOSITORY / "include" / "plans" / "nq06_du_lich.yaml", *UNLIKE)}
_LEFT_OUT = ("CT10", "CT02")  # what the second unit of a form does not know


def summary_of(plan: Plan, campaign: Campaign) -> Summary:
    """Return a campaign in which the first unit of each form is silent, and the second leaves something out."""
    reports = []
    for form in plan.forms:
        units = [unit for unit in plan.units if plan.form_of(unit) == form]
        for number, unit in enumerate(units[1:]):
            values = plausible(form, Random(number), units=len(units))
            figures = tuple(
                Figure(indicator=code, year=year, value=value, file="bieu.xlsx", cell="D5")
                for code, series in values.items()
                for year, value in series.items()
                if number or code not in _LEFT_OUT
            )
            reports.append(
                ParsedReport(unit=unit.code, number=1, kind=Submission.REPORT, sections=(), figures=figures, faults=())
            )
    clock = FrozenClock(campaign.end)
    register = derive(plan, campaign, clock, inbox=(), receipts=(), verdicts=(), decisions=(), stage_records=())
    return summarise(plan, campaign, register, reports)


@pytest.mark.parametrize("name", FILES)
def test_sentences_of_a_plan(name: str, text_file: SnapshotAssertion) -> None:
    written = load(FILES[name])
    told = []
    for campaign in written.campaigns:
        summary = summary_of(written.in_campaign(campaign), campaign)
        for form in summary.forms:
            told += [f"{campaign.title}. {form.form.title}", *form_sentences(form), gap_sentence(form) or "", ""]
    assert "\n".join(told) == text_file


_CHARTS = ("word/charts/", "word/embeddings/")


@pytest.mark.parametrize("name", FILES)
def test_a_draft_is_small_without_its_charts_and_has_few(name: str) -> None:
    written = load(FILES[name])
    campaign = written.campaigns[0]
    package = zipfile.ZipFile(io.BytesIO(write_draft(summary_of(written.in_campaign(campaign), campaign)).word))
    parts = [each for each in package.infolist() if not each.filename.startswith(_CHARTS)]
    assert sum(each.compress_size for each in parts) <= 120_000
    assert len([each for each in package.namelist() if each.startswith("word/charts/chart")]) <= 3
