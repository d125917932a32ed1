"""Rows whose code is of one indicator, and whose name is of another thing."""

from __future__ import annotations

from typing import Any

import pytest

from intake.plans import FORM, make_plan
from soket.intake.table import FormTable, find_tables
from soket.reading.findings import Cell, Sheet

(PLAN_FORM,) = (form for form in make_plan().forms if form.code == FORM)


def table_of(names: dict[str, Any], *further: tuple[Cell, ...]) -> FormTable:
    """A table with other names of some indicators, and what is below it."""
    years = len(PLAN_FORM.years)
    lines: list[tuple[Cell, ...]] = [("Mã", "Chỉ tiêu", "ĐVT", *(float(str(year)) for year in PLAN_FORM.years))]
    for each in PLAN_FORM.indicators:
        name = names.get(each.code, each.name)
        lines.append((each.code, name, each.unit_of_measure, *[50.0] * years))
    (table,) = find_tables(PLAN_FORM, "a.xlsx", [Sheet("Biểu", 1, 1, (*lines, *further))])
    return table


def of(name: str) -> str:
    return next(each.code for each in PLAN_FORM.indicators if name in each.name)


@pytest.mark.parametrize(
    ("of_what", "shown"),
    [
        ("Khách quốc tế", "Số doanh nghiệp thành lập mới"),
        ("Khách nội địa", "Khách đi tham quan di tích Ngã ba Đồng Lộc"),
        ("Khách nội địa", "Khách nước ngoài"),
        ("Doanh thu", "Chi sự nghiệp văn hóa, thể thao"),
    ],
)
def test_another_thing_is_asked_about(of_what: str, shown: str) -> None:
    code = of(of_what)
    table = table_of({code: shown})
    assert {fault.code for fault in table.faults} & {"BS-39", "BS-10"}
    assert all(table.figures[code, year].value is None for year in PLAN_FORM.years)
    assert table.figures[of("Tổng lượt khách"), PLAN_FORM.years[0]].value == 50


@pytest.mark.parametrize(
    ("of_what", "shown"),
    [
        ("Khách quốc tế", "Khách nước ngoài"),
        ("Khách nội địa", "Khách trong nước"),
        ("Tổng lượt khách", "Tổng lượt khách đến huyện Can Lộc"),
        ("Tổng lượt khách", "Lượt khách (kể cả khách đi trong ngày)"),
        ("Doanh thu", "Thu từ du lịch trên địa bàn"),
        ("Doanh thu", "Doanh thu DL"),
        ("Khách quốc tế", None),
        ("Khách quốc tế", "Kh?ch qu?c t? ??n"),
    ],
)
def test_other_words_for_the_same_are_let_be(of_what: str, shown: str | None) -> None:
    assert not [fault for fault in table_of({of(of_what): shown}).faults if fault.code in ("BS-39", "BS-10")]


def test_a_list_below_with_a_head_named_as_an_indicator_is_none_of_its_rows() -> None:
    name = PLAN_FORM.indicators[0].name
    table = table_of(
        {},
        (),
        ("DANH SÁCH CƠ SỞ LƯU TRÚ",),
        ("TT", name, "Địa chỉ", "Năm khai trương", "Điện thoại", "Chủ cơ sở"),
        (1.0, 24.0, "Thị trấn Nghèn", 2017.0, "0912345678", "Lê A"),
    )
    assert not [fault for fault in table.faults if fault.code == "BS-08"]
    assert table.figures["CT01", PLAN_FORM.years[0]].value == 50
