"""The consolidated working draft: the report as far as the units' own reports write it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from soket.documents.annex import render_figures
from soket.documents.charts import standing_chart, totals_charts
from soket.documents.figures import FormSummary, SectionSummary, Summary
from soket.documents.indicators import IndicatorSummary, UnitValue
from soket.documents.letterhead import letterhead, recipients
from soket.documents.rendering import digest, figure, percent, render
from soket.documents.sentences import form_sentences, gap_sentence, names, partial_gaps
from soket.documents.standing import BlockRates
from soket.documents.unconfirmed import unconfirmed_note
from soket.documents.word_charts import WordChart
from soket.plan.model import Plan, Section
from soket.plan.periods import label_of
from soket.plan.words import AGGREGATES
from soket.text import fold, format_moment

__all__ = ["render_draft", "render_figures"]

# Letters of the units' texts under one heading, shared among them, so that sixty units don't bury the report.
_SECTION, _LEAST, _MOST = 9000, 160, 600


def render_draft(summary: Summary, *, round_number: int = 1, since: str = "") -> bytes:
    """Return the working draft as a Word file, dated by the summary; `since` says what came since the round before."""
    plan = summary.plan
    home = figures_section(plan)
    head = letterhead(plan, plan.roles.standing, "BC", summary.as_of.date())
    charts = totals_charts(summary)
    return render(
        "draft_report",
        {
            "head": head,
            "version": f"LẦN {round_number}",
            "plan": plan,
            "as_of": format_moment(summary.as_of),
            "overall": summary.overall,
            "missing": summary.missing_in_words,
            "sections": [_section_fields(plan, each, each.section == home) for each in summary.sections],
            "forms": [
                _form_fields(form, summary, charts, since if form is summary.forms[-1] else "")
                for form in summary.forms
            ],
            "rates": [rate_fields(each) for each in (*summary.blocks, summary.overall)],
            "lists": list_fields(summary),
            "standing_chart": standing_chart(summary),
            "recipients": recipients(plan, head),
        },
    )


def figures_section(plan: Plan) -> Section:
    """Return the heading of the outline that the figures belong under: the first on results, or the very first."""
    for section in plan.outline:
        if any("ket qua" in fold(words) for words in (section.title, *section.keywords)):
            return section
    return plan.outline[0]


def rate_fields(rates: BlockRates) -> dict[str, Any]:
    """Return a block's rates as printed."""
    return {
        "name": rates.block.name if rates.block else "Tổng cộng",
        "owing": rates.owing,
        "settled": rates.settled,
        "in_time": rates.in_time,
        "late": rates.late,
        "returned": rates.returned,
        "silent": rates.silent + rates.pending,
        "completeness": percent(rates.completeness),
        "timeliness": percent(rates.timeliness),
    }


def list_fields(summary: Summary) -> list[dict[str, Any]]:
    """Return the lists that name anyone, as printed."""
    return [
        {"title": each.title, "count": len(each.units), "names": names(each.units)}
        for each in summary.units
        if each.units
    ]


def _section_fields(plan: Plan, found: SectionSummary, with_figures: bool) -> dict[str, Any]:
    limit = max(_LEAST, min(_MOST, _SECTION // max(1, len(found.excerpts))))
    groups = []
    for block in plan.blocks:
        excerpts = [
            {"unit": each.unit.name, "text": digest(each.text, limit)}
            for each in found.excerpts
            if each.unit.block == block.code
        ]
        if excerpts:
            groups.append({"block": block.name, "excerpts": excerpts})
    return {
        "number": found.section.number,
        "title": found.section.title,
        "top": "." not in found.section.number.rstrip("."),
        "with_figures": with_figures,
        "groups": groups,
        "silent": names(found.silent) if found.section.required else "",
    }


def _form_fields(form: FormSummary, summary: Summary, charts: Mapping[str, WordChart], since: str) -> dict[str, Any]:
    caveats = (gap_sentence(form), unconfirmed_note(summary.unconfirmed, form.indicators), since)
    return {
        "title": form.form.title,
        "years": [str(label_of(year)) for year in form.form.years],
        "with_targets": any(item.target for item in form.indicators),
        "sentences": form_sentences(form),
        "gap": " ".join(filter(None, caveats)),
        "partial_gaps": partial_gaps(form),
        "chart": charts.get(form.form.code),
        "totals": [_total_fields(item) for item in form.indicators],
        "indicators": [_indicator_fields(form, item) for item in form.indicators],
    }


def _total_fields(item: IndicatorSummary) -> dict[str, Any]:
    comparison, target = item.comparison, item.target
    return {
        "code": item.indicator.code,
        "name": item.indicator.name,
        "unit_of_measure": item.indicator.unit_of_measure,
        "cells": [figure(year.total) for year in item.years],
        "target": f"{figure(target.value)} ({label_of(target.year)})" if target else "",
        "share": percent(comparison.share) if comparison else "",
    }


def _indicator_fields(form: FormSummary, item: IndicatorSummary) -> dict[str, Any]:
    rows = []
    for number, unit in enumerate(form.units, 1):
        values = [year.by_unit.get(unit.code) for year in item.years]
        rows.append(
            {
                "number": number,
                "unit": unit.name,
                "cells": [figure(value.value if value else None) for value in values],
                "source": _source([value for value in values if value]),
            }
        )
    return {
        "code": item.indicator.code,
        "name": item.indicator.name,
        "unit_of_measure": item.indicator.unit_of_measure,
        "rows": rows,
        "total_name": AGGREGATES[item.indicator.aggregate].label,
        "totals": [figure(year.total) for year in item.years],
    }


def _source(values: list[UnitValue]) -> str:
    """Return where a unit's figures were read: submission and cells; the Excel annex names the file too."""
    if not values:
        return "chưa có số liệu"
    cells = values[0].cell if len(values) == 1 else f"{values[0].cell}–{values[-1].cell}"
    return f"hồ sơ lần {values[0].submission}, ô {cells}"
