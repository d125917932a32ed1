"""The tables of figures that units fill in."""

from __future__ import annotations

from collections.abc import Collection
from typing import Annotated, Literal

from pydantic import Field

from soket.plan.natures import Aggregate, Nature, Target, usual_aggregate, usual_nature
from soket.plan.periods import Period
from soket.plan.rules import IndicatorRule, TableRule
from soket.plan.strict import Slug, Strict, Text


class Indicator(Strict, title="Chỉ tiêu"):
    """A figure that reports give for each year."""

    code: Annotated[str, Field(pattern=r"^CT\d{2}(\.\d{1,2}){0,2}$")] = Field(
        description="Mã chỉ tiêu, không trùng; sau dấu chấm là phần, phần của phần", examples=["CT01.1", "CT01.1.2"]
    )
    name: Text = Field(description="Tên như in trong biểu", examples=["Tổng lượt khách du lịch"])
    keywords: tuple[Text, ...] = Field(
        (), description="Cách gọi khác trong lời văn, từ hai chữ trở lên", examples=["[lượt khách, tổng lượt khách]"]
    )
    unit_of_measure: Text = Field(description="Đơn vị tính", examples=["lượt"])
    type: Literal["integer", "decimal"] = Field(
        "decimal", description="Số nguyên (integer) hay số có phần lẻ (decimal)", examples=["integer"]
    )
    required: bool = Field(True, description="Bắt buộc điền", examples=["false"])
    nature: Nature = Field(
        default_factory=usual_nature,
        description="Số phát sinh trong kỳ, cộng được qua các kỳ; số có đến cuối kỳ; tỷ lệ. Không ghi: tính bằng % là "
        "tỷ lệ, còn lại là số có đến cuối kỳ",
        examples=["flow"],
    )
    aggregate: Aggregate = Field(
        default_factory=usual_aggregate,
        description="Số chung lập từ số của các đơn vị thế nào; không ghi thì cộng lại, tỷ lệ thì lấy bình quân",
        examples=["mean"],
    )
    weight_by: str | None = Field(
        None, description="Lấy bình quân theo chỉ tiêu nào của cùng biểu, theo mã", examples=["CT04"]
    )
    estimated_years: tuple[Period, ...] | None = Field(
        None,
        description="Năm, kỳ mà riêng chỉ tiêu này là số ước; không ghi thì như kế hoạch",
        examples=["[2030]", "[]"],
    )
    target: Target | None = Field(None, description="Mục tiêu, nếu có", examples=["{year: 2035, value: 6300}"])
    rules: tuple[IndicatorRule, ...] = Field(
        (), description="Quy tắc kiểm tra chỉ tiêu này", examples=["[{kind: range, code: KG-CT01, min: 0}]"]
    )


class IndicatorForm(Strict, title="Biểu số liệu"):
    """A table of indicators that units of some blocks fill in (biểu số liệu)."""

    code: Slug = Field(description="Mã biểu, không trùng", examples=["bieu_huyen"])
    title: Text = Field(description="Tên biểu", examples=["Biểu 1. Kết quả của huyện, thị, thành"])
    blocks: tuple[Slug, ...] = Field(
        min_length=1, description="Các khối điền biểu này, theo mã", examples=["[huyen_thi_thanh_uy]"]
    )
    section: Slug | None = Field(
        None,
        description="Mục của đề cương mà số liệu của biểu đứng dưới trong dự thảo; không ghi là mục về kết quả",
        examples=["ket_qua"],
    )
    years: tuple[Period, ...] = Field(
        min_length=1,
        max_length=60,
        description="Các cột của biểu: năm, quý, tháng, 6 tháng, 9 tháng, lũy kế đến một ngày, năm học, giai đoạn",
        examples=[
            "[2028, 2029, 2030]",
            "[2029, quý I/2030, lũy kế đến 30/6/2030]",
            "[năm học 2028-2029, năm học 2029-2030]",
            "[tháng 8/2030, tháng 9/2030]",
            "[giai đoạn 2026-2030, giai đoạn 2031-2035]",
        ],
    )
    indicators: tuple[Indicator, ...] = Field(
        min_length=1,
        description="Các chỉ tiêu, theo thứ tự in",
        examples=["[{code: CT01, name: Tổng lượt khách, unit_of_measure: lượt}]"],
    )
    rules: tuple[TableRule, ...] = Field(
        (),
        description="Quy tắc giữa các chỉ tiêu của biểu",
        examples=["[{kind: order, code: SS-CT01, smaller: CT01.1, larger: CT01}]"],
    )


def whole_of(code: str, codes: Collection[str]) -> str | None:
    """Return of which among some indicators one is a part by its code, the nearest: CT01.1 of CT01; None for none."""
    while "." in code:
        code = code.rpartition(".")[0]
        if code in codes:
            return code
    return None


Reasons = Annotated[
    tuple[Annotated[Text, Field(max_length=200)], ...],
    Field(
        min_length=1,
        max_length=20,
        description="Lý do gợi ý khi đơn vị xác nhận số đúng; đơn vị vẫn ghi được lý do khác",
        examples=["[Do hạn hán kéo dài trong năm]"],
    ),
]
USUAL_REASONS = (
    "Đã đối chiếu với sổ gốc, số liệu đúng thực tế",
    "Do sáp nhập, chia tách, thay đổi địa giới hành chính",
    "Do thay đổi phạm vi, cách thống kê",
    "Do đợt cao điểm, sự kiện phát sinh trong kỳ",
    "Kỳ trước báo cáo thiếu hoặc nhầm, nay đã sửa",
)
