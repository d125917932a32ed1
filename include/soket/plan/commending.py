"""What a plan says of commendation: how many at most, on what base, by which indicators, and whether units propose."""

from __future__ import annotations

from pydantic import Field

from soket.plan.periods import Period
from soket.plan.strict import Strict, Text


class Commending(Strict, title="Biểu dương, khen thưởng"):
    """By what rules units are proposed for commendation."""

    share: float = Field(
        15, gt=0, le=100, description="Nhiều nhất bao nhiêu phần trăm số đơn vị của một khối", examples=["10"]
    )
    least: float = Field(
        10,
        ge=0,
        description="Số gốc nhỏ hơn mức này, hoặc nhỏ hơn nửa trung vị của khối, thì không xét mức tăng",
        examples=["20"],
    )
    since: Period | None = Field(
        None,
        description="Năm, kỳ gốc để xét mức tăng của số phát sinh trong kỳ; không ghi là kỳ đầu của biểu",
        examples=["2027"],
    )
    indicators: tuple[Text, ...] = Field(
        (),
        description="Chỉ tiêu mà tăng là tốt, theo mã, để xét; không ghi là mọi chỉ tiêu cộng được",
        examples=["[CT01, CT02]"],
    )
    nominations: bool = Field(
        False,
        description="Gửi kèm công văn đề nghị báo cáo mẫu đề nghị biểu dương, và nhận các đề nghị của đơn vị",
        examples=["true"],
    )

    def most_of(self, owing: int) -> int:
        """Return how many of a block's units may be commended: never more than the share, so none of a small block."""
        return int(owing * self.share / 100 + 1e-9)
