"""The consolidated working draft: figures, and what the units' own reports say, composed under the plan's headings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from soket.documents.annex import render_figures
from soket.documents.charts import standing_chart, totals_charts
from soket.documents.composing import Composition, compose
from soket.documents.draft_text import listed_fields, section_fields, some_names
from soket.documents.evidence import render_evidence
from soket.documents.figures import FormSummary, Summary
from soket.documents.indicators import IndicatorSummary
from soket.documents.letterhead import letterhead, recipients
from soket.documents.prose_figures import prose_figures
from soket.documents.provenance import Reckoning, told_figure
from soket.documents.quoting import Quotes
from soket.documents.rendering import figure, percent, render
from soket.documents.said import Sayings, figures_section, gather
from soket.documents.sentences import form_sentences, gap_sentence, partial_gaps
from soket.documents.standing import PLACES, BlockRates, PaperList
from soket.documents.unconfirmed import unconfirmed_note
from soket.documents.unlike import Remark, remarks
from soket.documents.word_charts import WordChart
from soket.plan.model import Section, Unit
from soket.plan.periods import label_of, say_period
from soket.plan.themes import Lexicon
from soket.text import format_moment, lower_first

__all__ = ["Draft", "render_figures", "write_draft"]

_ROW_WORDS, _CHART_WORDS = 14, 160  # whose room a row of a table and a chart take
_MOST_ROWS, _MOST_NAMED, _MOST_MISSING = 100, 100, 12  # units in a table, in a list, in a sentence


@dataclass(frozen=True)
class Draft:
    """A working draft, and the evidence that it rests on."""

    word: bytes
    evidence: bytes


@dataclass(frozen=True)
class Provisional:
    """What a draft made while reports still come says of itself: how many it has, what changed since the last."""

    number: int
    sent: int
    owing: int
    changes: tuple[str, ...] = ()


def write_draft(
    summary: Summary,
    lexicon: Lexicon | None = None,
    *,
    round_number: int = 1,
    since: str = "",
    provisional: Provisional | None = None,
    sayings: Sayings | None = None,
) -> Draft:
    """Return the working draft, or a provisional one, and its evidence; `since`: what came since the round before.

    `sayings` is what the reports say, where that was gathered already.
    """
    forms = _forms_fields(summary, since)
    sayings = sayings or gather(summary, lexicon)
    home = figures_section(summary.plan)
    composition = compose(sayings, {home.code: _words_of(forms)} if forms else {})
    figures = prose_figures(sayings)
    found = remarks(sayings, figures)
    word = _render(composition, found, forms, home, f"LẦN {round_number}", provisional)
    return Draft(word, render_evidence(composition, figures, found))


def _render(
    composition: Composition,
    found: list[Remark],
    forms: list[dict[str, Any]],
    home: Section,
    version: str,
    provisional: Provisional | None,
) -> bytes:
    """Return the draft as a Word file, dated by the summary."""
    summary = composition.sayings.summary
    plan, quotes, reports = summary.plan, Quotes(summary.as_of), len(composition.sayings.units)
    head = letterhead(plan, plan.roles.standing, "BC", summary.as_of.date())
    sections = [
        section_fields(plan, each, reports, quotes) | {"with_figures": each.under.section == home}
        for each in composition.sections
    ]
    return render(
        "draft_report",
        {
            "head": head,
            "version": version,
            "provisional": asdict(provisional) if provisional else None,
            "plan": plan,
            "as_of": format_moment(summary.as_of),
            "overall": summary.overall,
            "missing": _missing(summary, head.annex(1)),
            "sections": sections,
            "listed": listed_fields(composition, found),
            "forms": forms,
            "rates": [rate_fields(each) for each in (*summary.blocks, summary.overall)],
            "lists": list_fields(summary),
            "standing_chart": standing_chart(summary),
            "recipients": recipients(plan, head),
        },
        complete=quotes.put_comments,
    )


def _missing(summary: Summary, annex: str) -> str:
    """Return who is missing: by name where they are few, else how many, and where their names are."""
    missing, pending = len(summary.missing), len(summary.pending)
    if missing + pending <= _MOST_MISSING:
        return summary.missing_in_words
    waiting = f"; {PLACES[PaperList.PENDING].phrase}: {pending} đơn vị" if pending else ""
    return f"{missing} đơn vị{waiting} (danh sách ở {annex})"


def _forms_fields(summary: Summary, since: str) -> list[dict[str, Any]]:
    last = summary.forms[-1] if summary.forms else None
    charts = totals_charts(summary)
    return [_form_fields(form, summary, charts, since if form is last else "") for form in summary.forms]


def _words_of(forms: list[dict[str, Any]]) -> int:
    """Return how many words' room figures take: their sentences, tables and charts."""
    return sum(
        sum(len(sentence.split()) for sentence in form["sentences"])
        + _ROW_WORDS * (len(form["totals"]) + 2)
        + (_CHART_WORDS if form["chart"] else 0)
        for form in forms
    )


def rate_fields(rates: BlockRates) -> dict[str, Any]:
    """Return a block's rates as printed."""
    return {
        "name": rates.block.name if rates.block else "Tổng cộng",
        "owing": rates.owing,
        "settled": rates.settled,
        "in_time": rates.in_time,
        "late": rates.late,
        "nil": rates.nil,
        "returned": rates.returned,
        "silent": rates.silent + rates.pending,
        "completeness": percent(rates.completeness),
        "timeliness": percent(rates.timeliness),
    }


def list_fields(summary: Summary) -> list[dict[str, Any]]:
    """Return the lists that name anyone, as printed."""
    return [
        {"title": each.title, "count": len(each.units), "names": some_names(each.units, _MOST_NAMED, each.say)}
        for each in summary.units
        if each.units
    ]


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
        "shown": say_period(form.form.years[-1]),
        "codes": [item.indicator.code for item in form.indicators],
        "legend": "; ".join(
            f"{each.code}: {lower_first(each.name)} ({each.unit_of_measure})" for each in form.form.indicators
        ),
        "rows": _row_fields(form),
    }


def _total_fields(item: IndicatorSummary) -> dict[str, Any]:
    comparison, target = item.comparison, item.target
    return {
        "code": item.indicator.code,
        "name": item.indicator.name,
        "unit_of_measure": item.indicator.unit_of_measure,
        "cells": [
            figure(None) if year.total is None else told_figure(figure(year.total), item.indicator.code, year.year)
            for year in item.years
        ],
        "target": f"{figure(target.value)} ({label_of(target.year)})" if target else "",
        "share": told_figure(percent(comparison.share), item.indicator.code, comparison.year, made=Reckoning.GOAL)
        if comparison
        else "",
    }


def _row_fields(form: FormSummary) -> list[dict[str, Any]]:
    """Return each unit's figures of the last period; none where they are so many that only a workbook holds them."""
    if len(form.units) > _MOST_ROWS:
        return []
    return [
        {
            "number": number,
            "unit": unit.name,
            "cells": [_own_figure(item, unit) for item in form.indicators],
        }
        for number, unit in enumerate(form.units, 1)
    ]


def _own_figure(item: IndicatorSummary, unit: Unit) -> str:
    """Return a unit's figure of the last period."""
    last = item.years[-1]
    value = last.by_unit.get(unit.code)
    if value is None:
        return figure(None)
    return told_figure(figure(value.value), item.indicator.code, last.year, made=Reckoning.UNIT, unit=unit.code)
