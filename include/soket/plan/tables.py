"""The tables of figures that units fill in, and the rules that the figures keep."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, model_validator

from soket.plan.strict import Slug, Strict, Text
from soket.text import format_number

RuleCode = Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9]{0,3}-[A-Z0-9.]{1,20}$")]


class Target(Strict):
    """What an indicator should reach; an example where the plan's source does not give it."""

    year: int
    value: float
    example: bool = False


class Severity(StrEnum):
    """What a broken rule leads to."""

    CRITICAL = "critical"  # returns the report
    REFER = "refer"  # leaves it to a person
    WARNING = "warning"  # asks
    INFO = "info"  # tells


class RangeRule(Strict):
    """Each value lies between two bounds, inclusive."""

    kind: Literal["range"]
    code: RuleCode
    severity: Severity = Severity.CRITICAL
    min: float | None = None
    max: float | None = None

    @model_validator(mode="after")
    def _bounded(self) -> RangeRule:
        if self.min is None and self.max is None:
            raise ValueError("khoảng giá trị cần ít nhất một trong hai: «min», «max»")
        if self.min is not None and self.max is not None and self.min > self.max:
            raise ValueError(f"«min» ({format_number(self.min)}) lớn hơn «max» ({format_number(self.max)})")
        return self


class YearlyJumpRule(Strict):
    """A value is at most `factor` times, and at least 1/`factor` of, the year before's."""

    kind: Literal["yearly_jump"]
    code: RuleCode
    severity: Severity = Severity.WARNING
    factor: float = Field(gt=1)


IndicatorRule = Annotated[RangeRule | YearlyJumpRule, Field(discriminator="kind")]


class Indicator(Strict):
    """A figure that reports give for each year."""

    code: Annotated[str, Field(pattern=r"^CT\d{2}(\.\d{1,2})?$")]
    name: Text
    unit_of_measure: Text
    type: Literal["integer", "decimal"] = "decimal"
    required: bool = True
    aggregate: Literal["sum", "mean", "none"] = "sum"
    target: Target | None = None
    rules: tuple[IndicatorRule, ...] = ()


class SumRule(Strict):
    """A total equals its parts, in each year; all three are indicator codes."""

    kind: Literal["sum"]
    code: RuleCode
    severity: Severity = Severity.CRITICAL
    total: str
    parts: tuple[str, ...] = Field(min_length=2)
    tolerance: float = Field(default=0.5, ge=0)


class OrderRule(Strict):
    """One indicator is never larger than another, in each year."""

    kind: Literal["order"]
    code: RuleCode
    severity: Severity = Severity.CRITICAL
    smaller: str
    larger: str


TableRule = Annotated[SumRule | OrderRule, Field(discriminator="kind")]


class IndicatorForm(Strict):
    """A table of indicators that units of some blocks fill in (biểu số liệu)."""

    code: Slug
    title: Text
    blocks: tuple[Slug, ...] = Field(min_length=1)
    years: tuple[int, ...] = Field(min_length=1)
    indicators: tuple[Indicator, ...] = Field(min_length=1)
    rules: tuple[TableRule, ...] = ()
