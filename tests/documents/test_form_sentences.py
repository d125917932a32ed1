"""A whole that is not what its parts come to is told with whose figures that is."""

from __future__ import annotations

from random import Random

from demo.samples.figures import plausible
from soket.clock import FrozenClock
from soket.documents.figures import FormSummary, summarise
from soket.documents.form_sentences import form_sentences
from soket.record.records import Figure, ParsedReport, Submission
from soket.record.register import derive

from .builders import nq06

WHOLE, YEAR = "CT01", 2021
NOTE = " Các phần cộng lại không bằng tổng, do {} ghi tổng khác các phần."


def summed(beyond: float) -> FormSummary:
    """Return the first form of a plan, in which one unit's whole is so much beyond its parts."""
    plan = nq06()
    campaign, (form, *_), reports = plan.campaigns[0], plan.forms, []
    units = [unit for unit in plan.units if plan.form_of(unit) == form]
    for number, unit in enumerate(units):
        values = plausible(form, Random(number), units=len(units))
        values[WHOLE][YEAR] += 0 if number else beyond
        figures = tuple(
            Figure(indicator=code, year=year, value=value, file="bieu.xlsx", cell="D5")
            for code, series in values.items()
            for year, value in series.items()
        )
        told = {"kind": Submission.REPORT, "sections": (), "figures": figures, "faults": ()}
        reports.append(ParsedReport.model_validate({"unit": unit.code, "number": 1, **told}))
    clock = FrozenClock(campaign.end)
    register = derive(plan, campaign, clock, inbox=(), receipts=(), verdicts=(), decisions=(), stage_records=())
    return summarise(plan, campaign, register, reports).forms[0]


def test_a_whole_beyond_its_parts_names_whose_it_is() -> None:
    form = summed(beyond=900)
    said = dict(zip((each.indicator.code for each in form.wholes), form_sentences(form), strict=True))
    assert [code for code, text in said.items() if "Các phần cộng lại" in text] == [WHOLE]
    assert any(said[WHOLE].endswith(NOTE.format(each.called)) for each in form.units)


def test_what_adds_up_is_told_without_a_word() -> None:
    assert not [text for text in form_sentences(summed(beyond=0.0)) if "Các phần cộng lại" in text]
