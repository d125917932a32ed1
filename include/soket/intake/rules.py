"""The plan's rules over the figures of a whole batch: one frame of every unit, one Great Expectations run.

The frame has a row for each submission and year: each indicator's value and, where a rule asks for it, what the value
is held against. Great Expectations says which rows break which rule; the words are ours.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from soket.faults import Fault, fault
from soket.intake.broken_rules import Beside, faults_of
from soket.intake.comparisons import At, SaidBefore, Usual
from soket.intake.form_rules import FormRule, rules_of
from soket.intake.table import FormTable
from soket.intake.validation import CheckOutcome, Frame, SubmissionId
from soket.plan.model import Indicator, IndicatorForm, RestatedRule, SpreadRule, SumRule, TargetRule, YearlyJumpRule
from soket.plan.periods import PeriodId, before_in


@dataclass
class Stack:
    """The figures of a batch, submission by submission, with what they are held against."""

    tables: dict[SubmissionId, tuple[IndicatorForm, FormTable]] = field(default_factory=dict)
    usual: Mapping[SubmissionId, Mapping[At, Usual]] = field(default_factory=dict)
    last_reported: Mapping[str, SaidBefore] = field(default_factory=dict)

    def add(self, submission: SubmissionId, form: IndicatorForm, table: FormTable) -> None:
        """Put a submission's table on the stack."""
        self.tables[submission] = (form, table)

    def rules(self) -> list[FormRule]:
        """Return every rule of the forms on the stack."""
        forms = {form.code: form for form, _ in self.tables.values()}
        return [rule for code in sorted(forms) for rule in rules_of(forms[code])]

    def indicators_with(self, kind: type[SpreadRule] | type[RestatedRule]) -> dict[str, Indicator]:
        """Return the indicators that have a rule of a kind, by code."""
        return {
            rule.indicator.code: rule.indicator
            for rule in self.rules()
            if isinstance(rule.rule, kind) and rule.indicator
        }

    def frame(self) -> Frame:
        """Return the stacked frame and the checks to run over it."""
        rules = self.rules()
        rows = [(submission, year) for submission, (form, _) in self.tables.items() for year in form.years]
        forms = [form.code for form, _ in self.tables.values() for _ in form.years]
        columns: defaultdict[str, list[float | None]] = defaultdict(lambda: [None] * len(rows))
        by_form: defaultdict[str, list[FormRule]] = defaultdict(list)
        for rule in rules:
            by_form[rule.form.code].append(rule)
            for column in rule.check.columns:
                columns[column]  # also one that nobody has anything in
        top = 0
        for submission, (form, table) in self.tables.items():
            place = {year: top + index for index, year in enumerate(form.years)}
            top += len(place)
            for (code, year), figure in table.figures.items():
                columns[f"{form.code}/{code}"][place[year]] = figure.value
            for rule in by_form[form.code]:
                for column, values in self._beside(rule, submission, table).items():
                    for year, value in values.items():
                        columns[column][place[year]] = value
        return Frame(rows, forms, columns, tuple(rule.check for rule in rules))

    def _beside(self, rule: FormRule, submission: SubmissionId, table: FormTable) -> dict[str, dict[PeriodId, float]]:
        """Return the columns that a rule alone looks at, for one submission, by year."""
        code, years = rule.indicator.code if rule.indicator else "", rule.form.years
        match rule.rule:
            case "blank_row" | "blank":
                return {rule.name: dict.fromkeys(_filled(rule.rule, years, table, code), 1.0)}
            case YearlyJumpRule():
                return {rule.name: _year_before(years, table, code)}
            case RestatedRule():
                last = self.last_reported.get(submission[0], SaidBefore()).figures
                return {rule.name: {year: last[code, year] for year in years if (code, year) in last}}
            case SpreadRule(at_least=at_least):
                usual = self.usual.get(submission, {})
                found = {year: each for year in years if (each := usual.get((code, year))) and each.peers >= at_least}
                return {
                    f"{rule.name}/low": {year: each.low for year, each in found.items()},
                    f"{rule.name}/high": {year: each.high for year, each in found.items()},
                }
        return {}

    def faults(self, outcomes: Mapping[str, CheckOutcome]) -> dict[SubmissionId, list[Fault]]:
        """Return what the checks found, in words, for each submission."""
        found: defaultdict[SubmissionId, list[Fault]] = defaultdict(list)
        binding = [rule for rule in self.rules() if not rule.trial]
        for rule in binding:
            for submission, broken_in in self._years(rule, self._told(rule, outcomes)).items():
                _, table = self.tables[submission]
                beside = Beside(self.usual.get(submission, {}), self.last_reported.get(submission[0], SaidBefore()))
                found[submission] += faults_of(
                    rule, table, beside, [year for year in rule.form.years if year in broken_in]
                )
        restated = {rule.form.code for rule in binding if isinstance(rule.rule, RestatedRule)}
        for submission, (form, table) in self.tables.items():
            last = self.last_reported.get(submission[0], SaidBefore())
            if last.incomparable and form.code in restated:
                found[submission].append(fault("SL-10", table.file, whose=last.whose, reason=last.incomparable))
        return found

    def on_trial(self, outcomes: Mapping[str, CheckOutcome]) -> dict[SubmissionId, list[str]]:
        """Return the rules on trial that each submission breaks, by their codes: nobody is told of them."""
        found: defaultdict[SubmissionId, list[str]] = defaultdict(list)
        for rule in self.rules():
            if rule.trial and rule.name in outcomes:
                for submission in self._years(rule, outcomes[rule.name].broken):
                    found[submission].append(rule.code)
        return found

    def _years(
        self, rule: FormRule, broken: Iterable[tuple[SubmissionId, PeriodId]]
    ) -> dict[SubmissionId, list[PeriodId]]:
        """Return the years in which each submission breaks a rule, without totals that differ by rounding alone."""
        years: defaultdict[SubmissionId, list[PeriodId]] = defaultdict(list)
        for submission, year in broken:
            _, table = self.tables[submission]
            if not (isinstance(rule.rule, SumRule) and _differs_by_rounding(rule.rule, table, year)):
                years[submission].append(year)
        return years

    def _told(self, rule: FormRule, outcomes: Mapping[str, CheckOutcome]) -> Iterator[tuple[SubmissionId, PeriodId]]:
        """Yield where a rule has something to say: where it is broken; how far a target is, it says in any case."""
        if not (isinstance(rule.rule, TargetRule) and rule.indicator):
            yield from outcomes[rule.name].broken if rule.name in outcomes else ()
            return
        last = rule.form.years[-1]
        for submission, (form, table) in self.tables.items():
            figure = table.figures.get((rule.indicator.code, last))
            if form.code == rule.form.code and figure is not None and figure.value is not None:
                yield submission, last


def _differs_by_rounding(rule: SumRule, table: FormTable, year: PeriodId) -> bool:
    """Return whether a total differs from its parts by what was not written alone."""
    total, *parts = (table.figures[code, year].value or 0.0 for code in (rule.total, *rule.parts))
    unwritten = sum(table.rounding.get((code, year), 0.0) for code in (rule.total, *rule.parts))
    return abs(total - sum(parts)) <= unwritten + 1e-6


def _year_before(years: Sequence[PeriodId], table: FormTable, code: str) -> dict[PeriodId, float]:
    """Return, by year, what the year before had."""
    earlier = {year: before_in(years, year) for year in years}
    figures = {year: table.figures.get((code, before)) for year, before in earlier.items() if before is not None}
    return {year: figure.value for year, figure in figures.items() if figure and figure.value is not None}


def _filled(rule: str, years: Sequence[PeriodId], table: FormTable, code: str) -> list[PeriodId]:
    """Return the years in which nothing is missing; a row blank in every year is one fault, not one for each year."""
    blank = {year for year in years if _is_blank(table, code, year)}
    # A row or column that is not there is told of elsewhere.
    whole_row = len(blank) == len(years)
    if whole_row == (rule == "blank_row"):
        return [year for year in years if year not in blank]
    return list(years)


def _is_blank(table: FormTable, code: str, year: PeriodId) -> bool:
    figure = table.figures.get((code, year))
    return figure is not None and figure.value is None and (code, year) not in table.declared | table.unread
