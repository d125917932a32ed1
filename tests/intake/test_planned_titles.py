"""A table that says its figures were planned is none of results."""

from __future__ import annotations

import pytest

from intake.sheets import HEAD, read_table, rows
from soket.intake.table.planned_titles import note_says_planned, says_planned


@pytest.mark.parametrize(
    "title",
    [
        "CHỈ TIÊU KẾ HOẠCH PHÁT TRIỂN DU LỊCH GIAO CÁC NĂM 2017 - 2021",
        "Biểu giao chỉ tiêu năm 2021",
        "A. CHỈ TIÊU KẾ HOẠCH GIAO",
        "DỰ TOÁN NGÂN SÁCH 2017 - 2021",
        "Các mục tiêu phát triển du lịch đến năm 2025",
        "KH giao",
        "Ke hoach von giai doan 2017-2021",
    ],
)
def test_titles_of_plans(title: str) -> None:
    assert says_planned(title)


@pytest.mark.parametrize(
    "title",
    [
        "TÌNH HÌNH THỰC HIỆN KẾ HOẠCH PHÁT TRIỂN DU LỊCH",
        "Kết quả thực hiện các chỉ tiêu kế hoạch năm 2021",
        "(Kèm theo Kế hoạch số 12/KH-UBND ngày 01/02/2021)",
        "PHÒNG TÀI CHÍNH - KẾ HOẠCH",
        "SỞ KẾ HOẠCH VÀ ĐẦU TƯ",
        "Một số chỉ tiêu phát triển du lịch",
        "So sánh với mục tiêu Nghị quyết",
        "Mức độ hoàn thành kế hoạch",
        "Biểu 01. Kết quả phát triển du lịch trên địa bàn",
    ],
)
def test_titles_of_results(title: str) -> None:
    assert not says_planned(title)


@pytest.mark.parametrize(
    ("note", "planned"),
    [
        ("Số liệu kế hoạch", True),
        ("(KH)", True),
        ("Số dự toán", True),
        ("Vượt kế hoạch", False),
        ("Kế hoạch giao muộn", False),
    ],
)
def test_notes(note: str, planned: bool) -> None:
    assert note_says_planned(note) is planned


def test_planned_figures_are_asked_about_and_none_is_read() -> None:
    table = read_table([["CHỈ TIÊU KẾ HOẠCH GIAO"], HEAD, *rows()])
    assert [told.code for told in table.faults] == ["BS-33"]
    assert all(figure.value is None for figure in table.figures.values())


def test_a_plan_that_stands_over_all_years_says_it_too() -> None:
    table = read_table([["Mã", "Chỉ tiêu", "Kế hoạch"], HEAD, *rows()])
    assert [told.code for told in table.faults] == ["BS-33"]


def test_the_table_of_results_is_taken_beside_a_planned_one() -> None:
    planned = rows(CT01=[7, 7, 7], CT01__1=[4, 4, 4], CT01__2=[3, 3, 3])
    table = read_table([["A. Kế hoạch giao"], HEAD, *planned, ["B. Kết quả thực hiện"], HEAD, *rows()])
    assert not table.faults
    assert table.figures["CT01", 2019].value == 1000
