"""The charts of a report: one of the main indicator of each of its first forms, one of how the units stand."""

from __future__ import annotations

from itertools import islice

from soket.documents.figures import FormSummary, Summary
from soket.documents.indicators import IndicatorSummary
from soket.documents.sentences import name_of
from soket.documents.word_charts import Series, WordChart
from soket.plan.periods import label_of
from soket.record.tally import Progress
from soket.record.words import PROGRESS
from soket.text import upper_first

# In print most copies are grey: the colours differ in darkness, too.
_BAR = "3B6EA5"
_STANDINGS = (
    (Progress.ON_TIME, "2E6B4F", "in_time"),
    (Progress.LATE, "D9A441", "late"),
    (Progress.NIL, "7A8F85", "nil"),
    (Progress.RETURNED, "B03A2E", "returned"),
    (Progress.PENDING, "8FB0CF", "pending"),
    (Progress.SILENT, "D5D5D5", "silent"),
)
_MOST = 2  # charts of figures in a document
_BLOCK = 11  # millimetres a block, beside what the rest of its chart takes
_REST, _PAGE = 32, 200


def totals_charts(summary: Summary) -> dict[str, WordChart]:
    """Return charts of totals by period, by form: of the first indicator of each that there is a sound course of."""
    charted = ((form.form.code, item) for form in summary.forms if (item := _main(form)) is not None)
    return {code: _chart(item) for code, item in islice(charted, _MOST)}


def _main(form: FormSummary) -> IndicatorSummary | None:
    """Return what is charted: none with a figure in doubt, of which a bar tells nothing."""
    return next((item for item in form.wholes if len(item.course) > 1 and not item.doubts), None)


def _chart(item: IndicatorSummary) -> WordChart:
    indicator = item.indicator
    return WordChart(
        f"{upper_first(name_of(indicator))} ({indicator.unit_of_measure})",
        tuple(f"{label_of(each.year)}{' (ước)' if each.estimated else ''}" for each in item.course),
        (Series(indicator.name, tuple(each.total for each in item.course), _BAR),),
    )


def standing_chart(summary: Summary) -> WordChart | None:
    """Return one bar a block, cut by where its units stand; None where nobody owes anything."""
    blocks = [(each.block.name, each) for each in summary.blocks if each.block is not None]
    counts = {
        progress: tuple(getattr(rates, field) or None for _, rates in blocks) for progress, _, field in _STANDINGS
    }
    series = tuple(
        Series(PROGRESS[progress].label, counts[progress], colour)
        for progress, colour, _ in _STANDINGS
        if any(counts[progress])
    )
    if not series:
        return None
    names = tuple(name for name, _ in blocks)
    return WordChart(
        "Tình hình gửi báo cáo (số đơn vị)",
        names,
        series,
        stacked=True,
        height=min(_REST + _BLOCK * len(blocks), _PAGE),
    )
