"""What stands near a table and says that a year's figures are of a part of it is asked about."""

from __future__ import annotations

from typing import Any

import pytest

from intake.plans import YEARS
from intake.sheets import HEAD, read_table, rows
from soket.intake.table import FormTable
from soket.intake.table.partial_years import speaks_of_a_part

LAST = YEARS[-1]


def table_of(lines: list[list[Any]], *, name: str = "Biểu", note: str = "") -> FormTable:
    return read_table(lines, name=name, asides=[("hộp chữ", note)])


def asked(table: FormTable) -> list[int]:
    """The years that nothing is read of, which is asked about."""
    blank = [year for year in YEARS if table.figures["CT01", year].value is None]
    assert all(table.figures[code, year].value is None for code, year in table.figures if year in blank)
    assert [told.code for told in table.faults] == ["BS-25"] * len(blank)
    return [int(year) for year in blank]


@pytest.mark.parametrize(
    "note",
    [
        "(*) Số liệu 9 tháng đầu năm 2021",
        "Ghi chú: Số liệu năm 2021 tính đến hết tháng 9/2021.",
        "Ước 9 tháng năm 2021",
        "* Số liệu ước thực hiện 9 tháng",
        "Năm 2021: 9 tháng",
        "(Số liệu tính đến ngày 30/9/2021)",
        "Số liệu năm 2021 là số liệu của chín tháng đầu năm",
        "Ghi chú: số năm 2021 đến ngày 30 tháng 9 năm 2021; các năm trước cả 4 quý",
        "Số liệu năm 2021 mới có đến hết quý III",
        "So lieu 6 thang dau nam 2021",
        "Năm 2021: số liệu chưa đầy đủ",
    ],
)
def test_a_note_that_says_so_is_asked_about(note: str) -> None:
    assert speaks_of_a_part(note)
    assert asked(table_of([HEAD, *rows(), [], [note]])) == [LAST]
    assert asked(table_of([[None, None, note], HEAD, *rows()])) == [LAST]
    assert asked(table_of([HEAD, *rows()], note=note)) == [LAST]


@pytest.mark.parametrize(
    "title",
    [
        "KẾT QUẢ PHÁT TRIỂN DU LỊCH GIAI ĐOẠN 2019 - 2020 VÀ 9 THÁNG ĐẦU NĂM 2021",
        "SỐ LIỆU TỪ NĂM 2019 ĐẾN THÁNG 9/2021",
        "BIỂU TỔNG HỢP 2019 - 2021 (9 THÁNG)",
    ],
)
def test_a_title_that_says_so_is_asked_about(title: str) -> None:
    assert asked(table_of([["HUYỆN ỦY"], [title], HEAD, *rows()])) == [LAST]


def test_a_sheet_of_that_name_is_asked_about() -> None:
    assert asked(table_of([HEAD, *rows()], name="9 tháng 2021")) == [LAST]


def test_a_mark_says_of_which_year() -> None:
    lines = [[*HEAD[:3], "Năm 2020 (*)", HEAD[4]], *rows(), ["(*) Số liệu 9 tháng"]]
    assert asked(table_of(lines)) == [2020]


@pytest.mark.parametrize(
    "line",
    [
        "(*) Ước thực hiện cả năm",
        "Số liệu năm 2021 chưa đủ căn cứ để so sánh",
        "Năm 2021 là số ước thực hiện; 9 tháng đầu năm đạt 41.000 lượt",
        "Số liệu 2021 ước cả năm trên cơ sở 9 tháng đầu năm 2021",
        "Ước thực hiện năm 2021 (9 tháng và ước 3 tháng cuối năm)",
        "Số liệu tính đến 31/12/2021",
        "Số liệu đến hết tháng 12 năm 2021",
        "(Kèm theo Báo cáo 9 tháng đầu năm 2021 của Huyện ủy)",
        "Can Lộc, ngày 10 tháng 9 năm 2021",
        "Ghi chú: lượng khách năm 2021 giảm do 6 tháng đầu năm 2021 phải đóng cửa",
        "Năm 2021 có 5 tháng các khu du lịch tạm dừng đón khách",
        "SƠ KẾT 06 THÁNG THỰC HIỆN NGHỊ QUYẾT, NĂM 2021",
        "Số liệu tính đến hết tháng 3/2022",
        "So với 9 tháng đầu năm 2020",
        "Tháng 10/2021",
    ],
)
def test_what_says_no_such_is_let_be(line: str) -> None:
    assert asked(table_of([[line], HEAD, *rows(), [], [line]], note=line)) == []


def test_a_head_that_says_what_it_holds_outweighs_a_title() -> None:
    title = "Kết quả 2019 - 2020 và 9 tháng đầu năm 2021"
    assert asked(table_of([[title], [*HEAD[:4], "Ước TH 2021"], *rows()])) == []
    beside = [[*HEAD, "9 tháng 2021"], *([*line, 1] for line in rows())]
    assert asked(table_of([[title], *beside])) == []


def test_a_title_of_parts_of_several_years_is_of_all_of_them() -> None:
    table = table_of([["SO SÁNH 9 THÁNG ĐẦU CÁC NĂM 2019 - 2021"], HEAD, *rows()])
    assert asked(table) == list(YEARS)
