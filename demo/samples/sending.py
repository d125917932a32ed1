"""The files of one sending: good ones, and ones spoilt in each way that the script names."""

from __future__ import annotations

from io import BytesIO
from random import Random

import docx

from demo.samples.figures import Figures, plausible
from demo.samples.report import coverage_plan, nil_return, unit_report
from demo.samples.signed import signed_otherwise
from demo.samples.spoilt import inflated, truncated
from demo.samples.table import as_csv, as_workbook
from demo.scenario import Content, Drop, Nomination
from soket.documents.nominations import render_nomination_form
from soket.documents.rendering import stable
from soket.plan.model import IndicatorForm, Plan, StageKind, SumRule, Unit, YearlyJumpRule
from soket.plan.periods import PeriodId
from soket.text import format_date

REPORT, TABLE, SIGNED, NOMINATION = "bao-cao.docx", "so-lieu", "ban-ky.pdf", "de-nghi-bieu-duong.docx"

_NO_TABLE = (Content.WITHOUT_TABLE, Content.NIL_RETURN, Content.COVERAGE_PLAN)


def files_of(plan: Plan, drop: Drop, seed: int) -> dict[str, bytes]:
    """Return the files of a sending by name; the same bytes for the same plan, sending and seed."""
    if drop.content is Content.STRAY:
        return {"bao cao so ket.docx": stable(_stray(plan, drop, seed))}
    unit = plan.unit(drop.owner)
    form = plan.form_of(unit)
    # Not from the sending's number: what a unit sends again is the same report, put right.
    figures = None
    if form and drop.content not in _NO_TABLE:
        units = sum(plan.form_of(each) == form for each in plan.units)
        figures = plausible(form, _random(seed, unit.code, "figures"), units=units)
    if drop.content is Content.AMENDED and form and figures:
        _amend(form, figures)
    files = {REPORT: stable(_document(plan, unit, drop, figures, seed))}
    if drop.content is Content.TRUNCATED:
        files[REPORT] = truncated(files[REPORT])
    elif drop.content is Content.INFLATED:
        files[REPORT] = inflated(files[REPORT])
    elif drop.content is Content.SIGNED_OTHERWISE:
        files[SIGNED] = signed_otherwise(files[REPORT], unit.name, drop.at)
    if form and figures:
        files |= _table(plan, form, figures, drop)
    if drop.nominates:
        files[NOMINATION] = stable(_nomination(plan, drop.nominates))
    return files


def _nomination(plan: Plan, nomination: Nomination) -> bytes:
    """Return the form of the request letter, filled in."""
    campaign, stage = plan.campaigns[0], plan.stages_of(StageKind.COLLECT)[0]
    document = docx.Document(BytesIO(render_nomination_form(plan, campaign, stage)))
    row = document.tables[-1].rows[1]
    for column, text in {1: nomination.name, 3: "Cá nhân", 4: nomination.merit, 5: "Mục III"}.items():
        row.cells[column].text = text
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _document(plan: Plan, unit: Unit, drop: Drop, figures: Figures | None, seed: int) -> bytes:
    random = _random(seed, unit.code, "text")
    match drop.content:
        case Content.NIL_RETURN:
            return nil_return(plan, unit)
        case Content.COVERAGE_PLAN:
            return coverage_plan(plan, unit, random)
        case Content.OWN_REVIEW:
            return unit_report(plan, unit, random, figures=figures, own_review_on=format_date(drop.at.date()))
        case Content.WITHOUT_SECTION:
            required = [section.code for section in plan.outline if section.required]
            return unit_report(plan, unit, random, figures=figures, without=required[-1:])
    return unit_report(plan, unit, random, figures=figures)


def _table(plan: Plan, form: IndicatorForm, figures: Figures, drop: Drop) -> dict[str, bytes]:
    written: dict[tuple[str, PeriodId], str | float | None] = {
        (code, year): value for code, series in figures.items() for year, value in series.items()
    }
    last = form.years[-1]
    match drop.content:
        case Content.TOTAL_DIFFERS:
            total = next(rule.total for rule in form.rules if isinstance(rule, SumRule))
            written[total, last] = round(figures[total][last] * 1.07) + 11
        case Content.AMBIGUOUS_NUMBER:
            written[form.indicators[0].code, last] = "12.34"
        case Content.WITHOUT_INDICATOR:
            parts = {part for rule in form.rules if isinstance(rule, SumRule) for part in (rule.total, *rule.parts)}
            gone = next(each.code for each in form.indicators if each.required and each.code not in parts)
            written |= {(gone, year): None for year in form.years}
        case Content.STEEP:
            code, factor = _jumpy(form)
            written[code, last] = round(figures[code][form.years[-2]] * factor * 1.3)
    if drop.content is Content.TABLE_AS_CSV:
        return {f"{TABLE}.csv": as_csv(plan, form, written)}
    return {f"{TABLE}.xlsx": stable(as_workbook(plan, form, written))}


def _jumpy(form: IndicatorForm) -> tuple[str, float]:
    """Return an indicator whose yearly change is watched, and which no total rests on, with the change allowed."""
    watched = [
        (each.code, rule.factor) for each in form.indicators for rule in each.rules if isinstance(rule, YearlyJumpRule)
    ]
    in_sums = {part for rule in form.rules if isinstance(rule, SumRule) for part in (rule.total, *rule.parts)}
    return next((pair for pair in watched if pair[0] not in in_sums), watched[0])


def _amend(form: IndicatorForm, figures: Figures) -> None:
    """Put one figure right, by a little, where no total changes with it."""
    code = _jumpy(form)[0]
    year = form.years[-1]
    figures[code][year] = round(figures[code][year] * 1.02) + 1


def _stray(plan: Plan, drop: Drop, seed: int) -> bytes:
    return unit_report(plan, plan.units[0], _random(seed, drop.owner, "text"), figures=None)


def _random(seed: int, owner: str, what: str) -> Random:
    return Random(f"{seed} {owner} {what}")  # noqa: S311 - a sample, not a secret
