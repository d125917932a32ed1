"""The tables of figures that units fill in, and the rules that the figures keep."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, field_validator, model_validator

from soket.plan.strict import Slug, Strict, Text
from soket.text import format_number

RuleCode = Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9]{0,3}-[A-Z0-9.]{1,20}$")]


class Target(Strict):
    """What an indicator should reach; an example where the plan's source does not give it."""

    year: int
    value: float
    scope: Literal["province", "unit"] = "province"  # of all units' figures taken together, or of each unit's own
    example: bool = False


class Severity(StrEnum):
    """What a broken rule leads to."""

    CRITICAL = "critical"  # returns the report
    REFER = "refer"  # leaves it to a person
    WARNING = "warning"  # asks
    INFO = "info"  # tells


class SettableCode(StrEnum):
    """A fault whose severity a plan may set: one of reading a report in words, which by itself only warns.

    The plan names it and knows no more; what it is, and the words a unit reads, is the catalogue of faults.
    """

    SECTION_MISSING = "DC-01"
    NO_OUTLINE = "DC-02"
    SECTIONS_MERGED = "DC-03"
    SECTION_SHORT = "DC-04"
    SECTION_EMPTY = "DC-05"
    BLANKS_LEFT = "DC-06"
    GUIDANCE_LEFT = "DC-07"
    PLAN_PASTED = "DC-08"
    WORDS_AGAINST_TABLE = "TB-01"
    WRONG_MAGNITUDE = "TB-02"
    ALIKE = "GN-01"


def _not_critical(severity: Severity) -> Severity:
    """Refuse to return a report for a figure that may well be right: no correction could mend it."""
    if severity is Severity.CRITICAL:
        raise ValueError("quy tắc loại này không trả lại báo cáo: số liệu đúng thì đơn vị không có gì để sửa")
    return severity


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


class RestatedRule(Strict):
    """A value differs from what the unit's accepted report of the campaign before said of that year by a share of it.

    Where the plan has no campaign before, or the unit said nothing then, the rule is silent.
    """

    kind: Literal["restated"]
    code: RuleCode
    severity: Severity = Severity.WARNING
    share: float = Field(ge=0)  # 0.05: five per cent either way


class SpreadRule(Strict):
    """A value is at most `factor` times the upper, and at least 1/`factor` of the lower quartile of the block's peers.

    Peers are the units of the block whose reports arrived earlier; with fewer than `at_least`, the rule is silent.
    """

    kind: Literal["spread"]
    code: RuleCode
    severity: Severity = Severity.WARNING
    factor: float = Field(gt=1)
    at_least: int = Field(default=5, ge=4)

    _asks = field_validator("severity")(_not_critical)


class TargetRule(Strict):
    """How far the last year's value is from the indicator's target, where each unit has that target."""

    kind: Literal["target"]
    code: RuleCode
    severity: Severity = Severity.INFO

    _asks = field_validator("severity")(_not_critical)


IndicatorRule = Annotated[
    RangeRule | YearlyJumpRule | RestatedRule | SpreadRule | TargetRule, Field(discriminator="kind")
]


class Indicator(Strict):
    """A figure that reports give for each year."""

    code: Annotated[str, Field(pattern=r"^CT\d{2}(\.\d{1,2})?$")]
    name: Text
    keywords: tuple[Text, ...] = ()  # how reports in words call it, beside its name
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
