"""The plan's rules over the figures of a whole batch: one frame of every unit, one Great Expectations run.

The frame has a row for each submission and year, and a column for each thing that a rule looks at: an indicator's
value, a total's difference from its parts, a change from the year before. Great Expectations says which rows
break which rule; the words are ours.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from soket.campaign.records import Fault
from soket.intake.messages import fault
from soket.intake.table import FormTable, years_named
from soket.intake.validation import Check, Frame
from soket.plan.model import (
    Indicator,
    IndicatorForm,
    OrderRule,
    Plan,
    RangeRule,
    Severity,
    SumRule,
    YearlyJumpRule,
)
from soket.text import format_number

SubmissionId = tuple[str, int]
"""A unit's code and the number of its submission."""

Broken = Mapping[str, Sequence[tuple[SubmissionId, int]]]
"""For each check, by its name, the submissions and years that break it."""


@dataclass(frozen=True)
class FormRule:
    """One rule of one form, with the name of its column, which names the check too."""

    column: str
    rule: RangeRule | YearlyJumpRule | SumRule | OrderRule | str  # "blank_row", "blank", "integer"
    form: IndicatorForm
    indicator: Indicator | None = None


@dataclass
class Stack:
    """The figures of a batch, submission by submission."""

    plan: Plan
    tables: dict[SubmissionId, tuple[IndicatorForm, FormTable]] = field(default_factory=dict)

    def add(self, submission: SubmissionId, form: IndicatorForm, table: FormTable) -> None:
        """Put a submission's table on the stack."""
        self.tables[submission] = (form, table)

    def rules(self) -> list[FormRule]:
        """Return every rule of the forms on the stack."""
        forms = {form.code: form for form, _ in self.tables.values()}
        return [rule for code in sorted(forms) for rule in _rules_of(forms[code])]

    def frame(self) -> Frame:
        """Return the stacked frame and the checks to run over it."""
        rules = self.rules()
        rows = []
        for (unit, number), (form, table) in self.tables.items():
            for year in form.years:
                values = {
                    rule.column: value
                    for rule in rules
                    if rule.form.code == form.code and (value := _measure(rule, table, year)) is not None
                }
                rows.append({"unit": unit, "number": number, "year": year, "form": form.code, **values})
        return Frame(tuple(rows), tuple(_check(rule) for rule in rules))

    def faults(self, broken: Broken) -> dict[SubmissionId, list[Fault]]:
        """Return what the checks found, in words, for each submission."""
        found: defaultdict[SubmissionId, list[Fault]] = defaultdict(list)
        for rule in self.rules():
            years: defaultdict[SubmissionId, list[int]] = defaultdict(list)
            for submission, year in broken.get(rule.column, ()):
                years[submission].append(year)
            for submission, broken_in in years.items():
                _, table = self.tables[submission]
                found[submission] += _faults(rule, table, sorted(broken_in))
        return found


def _rules_of(form: IndicatorForm) -> Iterable[FormRule]:
    for indicator in form.indicators:
        name = f"{form.code}/{indicator.code}"
        if indicator.required:
            yield FormRule(f"{name}/blank_row", "blank_row", form, indicator)
            yield FormRule(f"{name}/blank", "blank", form, indicator)
        if indicator.type == "integer":
            yield FormRule(f"{name}/integer", "integer", form, indicator)
        for rule in indicator.rules:
            yield FormRule(f"{name}/{rule.code}", rule, form, indicator)
    for table_rule in form.rules:
        yield FormRule(f"{form.code}/{table_rule.code}", table_rule, form)


def _check(rule: FormRule) -> Check:
    """Return a rule as bounds on its column."""
    match rule.rule:
        case "blank_row" | "blank":
            code = "BS-04" if rule.rule == "blank_row" else "BS-05"
            severity = Severity.CRITICAL if rule.rule == "blank_row" else Severity.WARNING
            return Check(rule.column, code, severity.value, required_in=rule.form.code)
        case RangeRule(code=code, severity=severity, min=low, max=high):
            return Check(rule.column, code, severity.value, low=low, high=high)
        case YearlyJumpRule(code=code, severity=severity, factor=factor):
            return Check(rule.column, code, severity.value, low=1 / factor, high=factor)
        case SumRule(code=code, severity=severity, tolerance=tolerance):
            return Check(rule.column, code, severity.value, low=-tolerance, high=tolerance)
        case OrderRule(code=code, severity=severity):
            return Check(rule.column, code, severity.value, low=0.0)
    return Check(rule.column, "SL-06", Severity.CRITICAL.value, low=0.0, high=0.0)


def _measure(rule: FormRule, table: FormTable, year: int) -> float | None:
    """Return what a rule looks at in one year; None where there is nothing to look at (or, for blanks, a blank)."""
    match rule.rule:
        case "blank_row" | "blank":
            assert rule.indicator is not None  # noqa: S101 - as every rule of an indicator
            return _filled(rule.rule, table, rule.indicator.code, rule.form.years, year)
        case SumRule(total=total, parts=parts):
            values = [_value(table, code, year) for code in (total, *parts)]
            if None in values:
                return None
            # Sums of decimals carry dust in their last digits.
            return round(values[0] - sum(values[1:]), 6)  # type: ignore[operator, arg-type]
        case OrderRule(smaller=smaller, larger=larger):
            less, more = _value(table, smaller, year), _value(table, larger, year)
            return None if less is None or more is None else round(more - less, 6)
    assert rule.indicator is not None  # noqa: S101 - as every rule of an indicator
    value = _value(table, rule.indicator.code, year)
    match rule.rule:
        case YearlyJumpRule():
            before = _value(table, rule.indicator.code, _year_before(rule.form, year))
            return value / before if value is not None and before is not None and min(value, before) > 0 else None
        case "integer":
            return None if value is None else value % 1
    return value


def _filled(rule: str, table: FormTable, code: str, years: Sequence[int], year: int) -> float | None:
    """Return 1 where nothing is missing; a row blank in every year is one fault, not one for each year."""
    blank = [each for each in years if _is_blank(table, code, each)]
    present = any(
        (code, each) in table.figures for each in years
    )  # a row or column that is not there is told of elsewhere
    if rule == "blank_row":
        return None if present and len(blank) == len(years) else 1.0
    return None if year in blank and len(blank) < len(years) else 1.0


def _is_blank(table: FormTable, code: str, year: int) -> bool:
    figure = table.figures.get((code, year))
    if figure is None:
        return False
    return figure.value is None and (code, year) not in table.declared | table.unread


def _value(table: FormTable, code: str, year: int | None) -> float | None:
    figure = table.figures.get((code, year)) if year is not None else None
    return None if figure is None else figure.value


def _year_before(form: IndicatorForm, year: int) -> int | None:
    return next((before for before, after in pairwise(sorted(form.years)) if after == year), None)


def _faults(rule: FormRule, table: FormTable, years: list[int]) -> list[Fault]:
    """Return the faults of one rule in one submission."""
    from soket.intake.wording import jump_fault, order_fault, range_fault, sum_fault

    indicator = rule.indicator
    match rule.rule:
        case RangeRule() if indicator:
            return [range_fault(rule.rule, indicator, table, year) for year in years]
        case YearlyJumpRule() if indicator:
            return [jump_fault(rule.rule, indicator, table, year, _year_before(rule.form, year)) for year in years]
        case SumRule():
            return [sum_fault(rule.rule, rule.form, table, year) for year in years]
        case OrderRule():
            return [order_fault(rule.rule, rule.form, table, year) for year in years]
    assert indicator is not None  # noqa: S101 - the rules left are an indicator's
    named = {"indicator": indicator.code, "name": indicator.name}
    cells = ", ".join(table.figures[indicator.code, year].cell for year in years)
    if rule.rule == "integer":
        return [
            fault("SL-06", table.file, f"ô {figure.cell}", **named, found=format_number(figure.value or 0.0))
            for figure in (table.figures[indicator.code, year] for year in years)
        ]
    if rule.rule == "blank_row":
        return [fault("BS-04", table.file, f"ô {cells}", **named)]
    return [fault("BS-05", table.file, f"ô {cells}", **named, years=years_named(years))]
