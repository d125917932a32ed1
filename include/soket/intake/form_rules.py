"""Every rule of a form, each as a check: what it expects of which columns of the frame."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from soket.intake.validation import Check, Expects
from soket.plan.model import (
    Indicator,
    IndicatorForm,
    OrderRule,
    RangeRule,
    RestatedRule,
    Severity,
    SpreadRule,
    SumRule,
    Target,
    TargetRule,
    YearlyJumpRule,
)
from soket.text import format_number

Presence = Literal["blank_row", "blank", "integer"]
"""Rules that a form need not name: what is required is filled in, what is counted is whole."""

Rule = RangeRule | YearlyJumpRule | RestatedRule | SpreadRule | TargetRule | SumRule | OrderRule | Presence

_PRESENCE: dict[Presence, tuple[str, Severity, str]] = {
    "blank_row": ("BS-04", Severity.CRITICAL, "có số ở ít nhất một năm"),
    "blank": ("BS-05", Severity.WARNING, "có số ở đủ các năm"),
    "integer": ("SL-06", Severity.CRITICAL, "là số nguyên"),
}


@dataclass(frozen=True)
class FormRule:
    """One rule of one form."""

    rule: Rule
    form: IndicatorForm
    indicator: Indicator | None = None

    @property
    def code(self) -> str:
        """The code that faults have."""
        return _PRESENCE[self.rule][0] if isinstance(self.rule, str) else self.rule.code

    @property
    def severity(self) -> Severity:
        """What breaking it leads to."""
        return _PRESENCE[self.rule][1] if isinstance(self.rule, str) else self.rule.severity

    @property
    def trial(self) -> bool:
        """Whether it is only counted, and nobody is told."""
        return not isinstance(self.rule, str) and self.rule.trial

    @property
    def name(self) -> str:
        """The name of its check, and of the column that it alone looks at."""
        parts = (self.form.code, self.indicator.code if self.indicator else None, self.code)
        return "/".join(part for part in parts if part)

    @property
    def column(self) -> str:
        """The column of its indicator's values."""
        assert self.indicator is not None  # noqa: S101 - asked of an indicator's rules alone
        return f"{self.form.code}/{self.indicator.code}"

    @property
    def check(self) -> Check:
        """The rule as an expectation."""
        form = self.form
        match self.rule:
            case "blank_row" | "blank":
                return self._check("filled", self.name, only=("form", form.code))
            case "integer":
                return self._check("whole", self.column)
            case RangeRule(min=low, max=high):
                return self._check("between", self.column, min_value=low, max_value=high)
            case YearlyJumpRule(factor=factor):
                return self._check("ratio", self.column, self.name, factor=factor)
            case RestatedRule(share=share):
                return self._check("restated", self.column, self.name, share=share)
            case SpreadRule(factor=factor):
                return self._check("spread", self.column, f"{self.name}/low", f"{self.name}/high", factor=factor)
            case TargetRule():
                bound = "max_value" if self._target.at_most else "min_value"
                limits = {bound: self._target.value}
                return self._check("between", self.column, only=("year", form.years[-1]), **limits)
            case SumRule(total=total, parts=parts, tolerance=tolerance):
                return self._check("total", *(f"{form.code}/{code}" for code in (total, *parts)), tolerance=tolerance)
        return self._check("order", f"{form.code}/{self.rule.larger}", f"{form.code}/{self.rule.smaller}")

    def _check(
        self, expects: Expects, *columns: str, only: tuple[str, str | int] | None = None, **limits: float | None
    ) -> Check:
        return Check(self.name, self.code, self.severity.value, expects, columns, limits, only, self.about)

    @property
    def _target(self) -> Target:
        assert self.indicator is not None  # noqa: S101 - the plan's check refuses such a rule without a target
        assert self.indicator.target is not None  # noqa: S101 - likewise
        return self.indicator.target

    @property
    def about(self) -> str:
        """The rule in words, for operators."""
        match self.rule:
            case SumRule(total=total, parts=parts):
                return f"{total} bằng tổng của {', '.join(parts)}"
            case OrderRule(smaller=smaller, larger=larger):
                return f"{smaller} không lớn hơn {larger}"
        return f"{self.indicator.code} «{self.indicator.name}» {self._expected}" if self.indicator else ""

    @property
    def _expected(self) -> str:
        match self.rule:
            case RangeRule(min=low, max=high):
                bounds = (("từ", low), ("đến", high))
                return " ".join(f"{word} {format_number(bound)}" for word, bound in bounds if bound is not None)
            case YearlyJumpRule(factor=factor):
                return f"tăng hoặc giảm không quá {format_number(factor)} lần so với năm trước"
            case RestatedRule(share=share):
                return f"lệch không quá {format_number(100 * share)}% so với báo cáo của đợt trước"
            case SpreadRule(factor=factor, at_least=peers):
                return (
                    f"không gấp quá {format_number(factor)} lần, không dưới 1/{format_number(factor)} mức thường gặp "
                    f"của khối (trong khoảng tứ phân vị; khi có từ {peers} đơn vị gửi trước)"
                )
            case TargetRule():
                return f"đạt mục tiêu {self._target.in_words(format_number(self._target.value))}"
        return _PRESENCE[self.rule][2] if isinstance(self.rule, str) else ""


def rules_of(form: IndicatorForm) -> Iterator[FormRule]:
    """Yield every rule of a form, indicator by indicator, then those between indicators."""
    for indicator in form.indicators:
        if indicator.required:
            yield FormRule("blank_row", form, indicator)
            yield FormRule("blank", form, indicator)
        if indicator.type == "integer":
            yield FormRule("integer", form, indicator)
        for rule in indicator.rules:
            yield FormRule(rule, form, indicator)
    for table_rule in form.rules:
        yield FormRule(table_rule, form)
