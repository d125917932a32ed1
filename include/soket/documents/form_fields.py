"""The figures of a working draft, as its template is given them: under the headings that they belong to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from soket.documents.charts import totals_charts
from soket.documents.composing import Composition
from soket.documents.doubt_marks import marked, totals_note, units_note
from soket.documents.figures import FormSummary, Summary
from soket.documents.form_sentences import form_sentences, gap_sentence, partial_gaps
from soket.documents.goals import year_of_goal
from soket.documents.indicators import IndicatorSummary
from soket.documents.overall import judgement, most_said
from soket.documents.provenance import Reckoning, told_figure
from soket.documents.rendering import figure, percent
from soket.documents.said import figures_section, section_of
from soket.documents.unconfirmed import unconfirmed_list
from soket.documents.word_charts import WordChart
from soket.plan.model import Indicator, Section, Unit
from soket.plan.papers import is_of_a_place
from soket.plan.periods import label_of, say_period, say_periods
from soket.text import lower_first, upper_first

_NO_FIGURE = "“…”: chưa có số liệu, hoặc không cộng chung."
_ROW_WORDS, _CHART_WORDS = 14, 160  # whose room a row of a table and a chart take
_MOST_ROWS = 100  # units in a table


def forms_fields(summary: Summary, since: str) -> list[dict[str, Any]]:
    """Return each form's figures as printed; `since` stands under the last."""
    last = summary.forms[-1] if summary.forms else None
    charts = totals_charts(summary)
    return [_form_fields(form, summary, charts, since if form is last else "") for form in summary.forms]


def room_taken(summary: Summary, forms: list[dict[str, Any]]) -> dict[str, int]:
    """Return how many words' room figures take, by the heading that they stand under."""
    homes = dict.fromkeys(section_of(summary.plan, form.form).code for form in summary.forms)
    return {home: _words_of([form for form in forms if form["section"] == home]) for home in homes}


def overall_fields(composition: Composition, section: Section) -> list[str]:
    """Return the overall judgement of what stands under a heading."""
    summary = composition.sayings.summary
    forms = [each for each in summary.forms if section_of(summary.plan, each.form) == section]
    lines = [line for form in forms for line in judgement(form, of_all=_is_of_all(form, summary))]
    if section == figures_section(summary.plan) and (most := most_said(composition)):
        lines.append(most)
    return lines


def _is_of_all(form: FormSummary, summary: Summary) -> bool:
    """Whether a form's figures are of all that is reported on: of areas, or of all who report."""
    return all(map(is_of_a_place, form.units)) or len(form.units) >= summary.overall.owing


def _words_of(forms: list[dict[str, Any]]) -> int:
    """Return how many words' room figures take: their sentences, tables and charts."""
    return sum(
        sum(len(sentence.split()) for sentence in form["sentences"])
        + _ROW_WORDS * (len(form["totals"]) + 2)
        + (_CHART_WORDS if form["chart"] else 0)
        for form in forms
    )


def _form_fields(form: FormSummary, summary: Summary, charts: Mapping[str, WordChart], since: str) -> dict[str, Any]:
    # To the drafter alone, and apart: what the report itself has to say stays when these go.
    notes = (unconfirmed_list(summary.unconfirmed, form.indicators), since)
    return {
        "title": form.form.title,
        "section": section_of(summary.plan, form.form).code,
        "years": [_head(form, index) for index in range(len(form.form.years))],
        "below": list(filter(None, (_so_far(form), _no_figure(form), totals_note(form)))),
        "with_targets": any(item.target for item in form.indicators),
        "sentences": form_sentences(form),
        "gap": gap_sentence(form) or "",
        "notes": [note for note in notes if note],
        "partial_gaps": partial_gaps(form),
        "chart": charts.get(form.form.code),
        "totals": [_total_fields(item) for item in form.indicators],
        "shown": say_period(form.form.years[-1]),
        "codes": [item.indicator.code for item in form.indicators],
        "legend": "; ".join(
            f"{each.code}: {lower_first(each.name)} ({each.unit_of_measure}{_weighed(each)})"
            for each in form.form.indicators
        ),
        "rows": _row_fields(form),
        "below_rows": units_note(form),
    }


def _weighed(indicator: Indicator) -> str:
    """Say by what the figure of all is the mean of the units', where it is not the plain one of the column."""
    by = indicator.weight_by if indicator.aggregate == "mean" else None
    return f"; số chung là bình quân theo {by}, không phải trung bình cộng của cột" if by else ""


def _no_figure(form: FormSummary) -> str:
    return _NO_FIGURE if any(year.total is None for item in form.indicators for year in item.years) else ""


def _head(form: FormSummary, index: int) -> str:
    """Return what stands over a period's column: an estimate is called so where all of its figures are."""
    estimated = all(item.years[index].estimated for item in form.indicators)
    return f"{upper_first(str(label_of(form.form.years[index])))}{' (ước)' if estimated else ''}"


def _so_far(form: FormSummary) -> str:
    """Say below a table of which years its figures are what came of them so far."""
    years = [each.year for each in form.indicators[0].years if each.so_far]
    return f"Số liệu {say_periods(years)} tính đến thời điểm báo cáo, chưa phải số cả năm." if years else ""


def _total_fields(item: IndicatorSummary) -> dict[str, Any]:
    comparison, target = item.comparison, item.target
    judged = item.at(comparison.year) if comparison else None
    return {
        "code": item.indicator.code,
        "name": item.indicator.name,
        "unit_of_measure": item.indicator.unit_of_measure,
        "cells": [
            figure(None)
            if year.total is None
            else marked(told_figure(figure(year.total), item.indicator.code, year.year), doubtful=bool(year.doubts))
            for year in item.years
        ],
        "target": f"{figure(target.value)} ({year_of_goal(target)})" if target else "",
        "share": marked(
            told_figure(percent(comparison.share), item.indicator.code, comparison.year, made=Reckoning.GOAL),
            doubtful=bool(judged and judged.doubts),
        )
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
    own = told_figure(figure(value.value), item.indicator.code, last.year, made=Reckoning.UNIT, unit=unit.code)
    return marked(own, doubtful=value.doubtful)
