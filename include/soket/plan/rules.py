"""The rules that figures of a table keep."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, field_validator, model_validator

from soket.plan.strict import Strict
from soket.text import format_number

RuleCode = Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9]{0,3}-[A-Z0-9.]{1,20}$")]


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
    NOTHING_PARTICULAR = "DC-09"
    SECTION_NOT_KNOWN = "DC-10"
    WORDS_AGAINST_TABLE = "TB-01"
    WRONG_MAGNITUDE = "TB-02"
    CHANGE_AGAINST_TABLE = "TB-03"
    ALIKE = "GN-01"


Trial = Annotated[
    bool,
    Field(
        description="Thử: chỉ đếm ở trang Quy tắc của bảng theo dõi, không báo đơn vị, không trả lại, không vào thư, "
        "số liệu chung",
        examples=["true"],
    ),
]


def _not_critical(severity: Severity) -> Severity:
    """Refuse to return a report for a figure that may well be right: no correction could mend it."""
    if severity is Severity.CRITICAL:
        raise ValueError("quy tắc loại này không trả lại báo cáo: số liệu đúng thì đơn vị không có gì để sửa")
    return severity


class RangeRule(Strict, title="Quy tắc khoảng giá trị"):
    """Each value lies between two bounds, inclusive."""

    kind: Literal["range"] = Field(description="Loại quy tắc: mỗi giá trị nằm giữa hai mức", examples=["range"])
    code: RuleCode = Field(description="Mã quy tắc, không trùng", examples=["KG-CT01"])
    severity: Severity = Field(Severity.CRITICAL, description="Mức khi không đạt", examples=["critical"])
    trial: Trial = False
    min: float | None = Field(
        None, description="Mức thấp nhất, kể cả nó; ghi ít nhất một trong hai mức", examples=["0"]
    )
    max: float | None = Field(None, description="Mức cao nhất, kể cả nó", examples=["100"])

    @model_validator(mode="after")
    def _bounded(self) -> RangeRule:
        if self.min is None and self.max is None:
            raise ValueError("khoảng giá trị cần ít nhất một trong hai: «min», «max»")
        if self.min is not None and self.max is not None and self.min > self.max:
            raise ValueError(f"«min» ({format_number(self.min)}) lớn hơn «max» ({format_number(self.max)})")
        return self


class YearlyJumpRule(Strict, title="Quy tắc tăng giảm qua năm"):
    """A value is at most `factor` times, and at least 1/`factor` of, what the like period before had."""

    kind: Literal["yearly_jump"] = Field(
        description="Loại quy tắc: so với năm (kỳ cùng loại) liền trước", examples=["yearly_jump"]
    )
    code: RuleCode = Field(description="Mã quy tắc, không trùng", examples=["BD-CT01"])
    severity: Severity = Field(Severity.WARNING, description="Mức khi không đạt", examples=["warning"])
    trial: Trial = False
    factor: float = Field(gt=1, description="Nhiều nhất gấp ngần này, ít nhất bằng một phần ngần này", examples=["5"])


class RestatedRule(Strict, title="Quy tắc số đã báo đợt trước"):
    """A value differs from what the unit's accepted report of the campaign before said of that year by a share of it.

    Where the plan has no campaign before, or the unit said nothing then, the rule is silent.
    """

    kind: Literal["restated"] = Field(
        description="Loại quy tắc: so với báo cáo đợt trước của chính đơn vị về năm ấy", examples=["restated"]
    )
    code: RuleCode = Field(description="Mã quy tắc, không trùng", examples=["DT-CT01"])
    severity: Severity = Field(Severity.WARNING, description="Mức khi không đạt", examples=["warning"])
    trial: Trial = False
    share: float = Field(ge=0, description="Được khác nhiều nhất: 0.05 là năm phần trăm", examples=["0.05"])


class SpreadRule(Strict, title="Quy tắc so với đơn vị cùng khối"):
    """A value is at most `factor` times the upper, and at least 1/`factor` of the lower quartile of the block's peers.

    Peers are the units of the block whose reports arrived earlier; with fewer than `at_least`, the rule is silent.
    """

    kind: Literal["spread"] = Field(
        description="Loại quy tắc: so với khoảng giữa của các đơn vị cùng khối gửi trước", examples=["spread"]
    )
    code: RuleCode = Field(description="Mã quy tắc, không trùng", examples=["PB-CT01"])
    severity: Severity = Field(
        Severity.WARNING, description="Mức khi không đạt; không trả lại báo cáo", examples=["warning"]
    )
    trial: Trial = False
    factor: float = Field(
        gt=1,
        description="Nhiều nhất gấp ngần này tứ phân vị trên, ít nhất một phần ngần này tứ phân vị dưới",
        examples=["10"],
    )
    at_least: int = Field(default=5, ge=4, description="Ít hơn ngần này đơn vị đã gửi thì không xét", examples=["5"])

    _asks = field_validator("severity")(_not_critical)


class TargetRule(Strict, title="Quy tắc so với mục tiêu"):
    """How far the last year's value is from the indicator's target, where each unit has that target."""

    kind: Literal["target"] = Field(
        description="Loại quy tắc: năm cuối cách mục tiêu của từng đơn vị bao xa", examples=["target"]
    )
    code: RuleCode = Field(description="Mã quy tắc, không trùng", examples=["MT-CT01"])
    severity: Severity = Field(Severity.INFO, description="Mức khi chưa đạt; không trả lại báo cáo", examples=["info"])
    trial: Trial = False

    _asks = field_validator("severity")(_not_critical)


IndicatorRule = Annotated[
    RangeRule | YearlyJumpRule | RestatedRule | SpreadRule | TargetRule, Field(discriminator="kind")
]


class SumRule(Strict, title="Quy tắc tổng"):
    """A total equals its parts, in each year; all three are indicator codes."""

    kind: Literal["sum"] = Field(description="Loại quy tắc: tổng bằng các phần cộng lại, từng năm", examples=["sum"])
    code: RuleCode = Field(description="Mã quy tắc, không trùng", examples=["TC-CT01"])
    severity: Severity = Field(Severity.CRITICAL, description="Mức khi không đạt", examples=["critical"])
    trial: Trial = False
    total: str = Field(description="Mã chỉ tiêu tổng", examples=["CT01"])
    parts: tuple[str, ...] = Field(min_length=2, description="Mã các chỉ tiêu phần", examples=["[CT01.1, CT01.2]"])
    tolerance: float = Field(default=0.5, ge=0, description="Được lệch nhiều nhất", examples=["0.5"])


class OrderRule(Strict, title="Quy tắc lớn bé"):
    """One indicator is never larger than another, in each year."""

    kind: Literal["order"] = Field(
        description="Loại quy tắc: chỉ tiêu này không lớn hơn chỉ tiêu kia, từng năm", examples=["order"]
    )
    code: RuleCode = Field(description="Mã quy tắc, không trùng", examples=["SS-CT01"])
    severity: Severity = Field(Severity.CRITICAL, description="Mức khi không đạt", examples=["critical"])
    trial: Trial = False
    smaller: str = Field(description="Mã chỉ tiêu bé hơn hoặc bằng", examples=["CT01.1"])
    larger: str = Field(description="Mã chỉ tiêu lớn hơn hoặc bằng", examples=["CT01"])


TableRule = Annotated[SumRule | OrderRule, Field(discriminator="kind")]
