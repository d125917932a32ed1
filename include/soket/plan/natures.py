"""What an indicator is by nature, how its figures come to one, and what it should reach."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from soket.plan.periods import Period
from soket.plan.strict import Strict

Nature = Literal["flow", "stock", "share"]
Aggregate = Literal["sum", "mean", "none"]

_SHARES = ("%", "‰")


def is_share(unit_of_measure: object) -> bool:
    """Whether what is measured so is a part of something: such figures are never added up."""
    return isinstance(unit_of_measure, str) and unit_of_measure.strip().startswith(_SHARES)


def usual_nature(data: dict[str, Any]) -> Nature:
    """Return what an indicator is by nature where its plan does not say."""
    return "share" if is_share(data.get("unit_of_measure")) else "stock"


def usual_aggregate(data: dict[str, Any]) -> Aggregate:
    """Return how an indicator's figures come to one where its plan does not say."""
    return "mean" if is_share(data.get("unit_of_measure")) else "sum"


def _scope(given: object) -> object:
    """Return whose target one is; `province` is what plans once called the total."""
    return "total" if given == "province" else given


class Target(Strict, title="Mục tiêu của chỉ tiêu"):
    """What an indicator should reach; an example where the plan's source does not give it."""

    year: Period = Field(description="Năm (hoặc kỳ) phải đạt", examples=["2035"])
    value: float = Field(description="Con số phải đạt, viết liền, dấu chấm cho phần lẻ", examples=["6300"])
    scope: Annotated[Literal["total", "unit"], BeforeValidator(_scope)] = Field(
        "total", description="Của mọi đơn vị cộng lại, hay của từng đơn vị", examples=["unit"]
    )
    example: bool = Field(
        False,
        description="Chỉ là ví dụ, văn bản kế hoạch không nêu con số này: báo cáo, thông cáo, biểu mẫu không in",
        examples=["true"],
    )
    at_most: bool = Field(
        False, description="Mục tiêu là giảm xuống: con số phải đạt là mức không được vượt", examples=["true"]
    )

    def in_words(self, amount: str) -> str:
        """Return its amount as a goal in a sentence; one to go down to is a bound."""
        return f"không quá {amount}" if self.at_most else amount

    def is_reached_by(self, value: float) -> bool:
        """Return whether a figure reaches it: is as large or, where it is to go down, as small."""
        return value <= self.value if self.at_most else value >= self.value
