"""What a note beside an indicator's figures says of them is heeded, in the years that it names."""

from __future__ import annotations

import pytest

from intake.plans import YEARS
from intake.sheets import HEAD, HEAD_WITH_UNITS, read_table, rows, with_units
from soket.intake.table import FormTable

LAST = YEARS[-1]


def noted(code: str, note: str, *, units: bool = False) -> FormTable:
    """A good table with one note in a column of its own, right of the figures."""
    lines = with_units(rows()) if units else rows()
    head = HEAD_WITH_UNITS if units else HEAD
    return read_table([[*head, "Ghi chú"], *([*line, note if line[0] == code else None] for line in lines)])


def values(table: FormTable, code: str) -> list[float | None]:
    return [table.figures[code, year].value for year in YEARS]


GOOD = read_table([HEAD, *rows()])


@pytest.mark.parametrize(
    "note", ["Triệu đồng", "ĐVT: triệu đồng", "Số liệu tính bằng triệu đồng"], ids=["bare", "named", "sentence"]
)
def test_a_unit_is_converted_or_held_against_the_column_of_units(note: str) -> None:
    converted = noted("CT02", note)
    assert values(converted, "CT02") == [value and value / 1000 for value in values(GOOD, "CT02")]
    assert {told.code for told in converted.faults} <= {"BS-15", "BS-16"}
    contradicting = noted("CT02", note, units=True)
    assert [told.code for told in contradicting.faults] == ["BS-19"]
    assert values(contradicting, "CT02") == [None] * len(YEARS)
    assert values(contradicting, "CT01") == values(GOOD, "CT01")


@pytest.mark.parametrize(
    ("mark", "note"),
    [
        ("(*)", "(*) triệu đồng"),
        ("*", "* Triệu đồng."),
        ("(1)", "(1): Triệu đồng; các chỉ tiêu khác theo mẫu"),
        ("¹", "¹ Triệu đồng"),
    ],
)
def test_a_note_below_holds_for_the_rows_that_bear_its_mark(mark: str, note: str) -> None:
    lines = rows()
    lines[3][1] = f"{lines[3][1]} {mark}"
    below = [["(2) nghìn lượt"], [note]]
    table = read_table([HEAD, *lines, *below])
    assert values(table, "CT02") == [value and value / 1000 for value in values(GOOD, "CT02")]
    assert values(table, "CT01") == values(GOOD, "CT01")
    unmarked = read_table([HEAD, *rows(), *below])
    assert (values(unmarked, "CT02"), unmarked.faults) == (values(GOOD, "CT02"), [])


def test_a_unit_of_some_years_is_of_them_alone() -> None:
    table = noted("CT02", f"Năm {YEARS[0]} tính bằng triệu đồng", units=True)
    assert [told.code for told in table.faults] == ["BS-19"]
    assert values(table, "CT02") == [None, *values(GOOD, "CT02")[1:]]


@pytest.mark.parametrize(
    ("note", "code", "years"),
    [
        (f"Năm {LAST}: số liệu 9 tháng đầu năm", "BS-25", {LAST}),
        ("Số liệu kế hoạch", "BS-32", set(YEARS)),
        (f"Sửa lại: năm {LAST} là 358", "BS-34", {LAST}),
        (f"Đính chính năm {YEARS[0]}: 12,5", "BS-34", {YEARS[0]}),
        ("sửa lại là 398", "BS-34", set(YEARS)),
        ("Số đúng: 358", "BS-34", set(YEARS)),
    ],
)
def test_what_may_be_another_figure_is_asked_about(note: str, code: str, years: set[int]) -> None:
    table = noted("CT02", note)
    assert [told.code for told in table.faults] == [code]
    assert {year for year, value in zip(YEARS, values(table, "CT02"), strict=True) if value is None} == years


@pytest.mark.parametrize(
    "note",
    [
        "Tăng 5% so với năm trước",
        "Vượt kế hoạch",
        "Do dịch bệnh, 9 tháng đầu năm đóng cửa",
        "Nguồn: Chi cục Thống kê",
        "Chưa có khu, điểm du lịch được công nhận",
        "Mới có 02 mô hình từ năm 2021",
        "Chỉ có 01 lớp",
        "Sửa lại 3 khách sạn năm 2020",
        "Điều chỉnh lại địa giới năm 2020",
    ],
)
def test_other_notes_change_nothing(note: str) -> None:
    table = noted("CT02", note)
    assert not table.faults
    assert values(table, "CT02") == values(GOOD, "CT02")


def test_as_above_means_the_note_above() -> None:
    lines = rows()
    notes = {lines[0][0]: f"Năm {LAST}: 9 tháng", lines[1][0]: "như trên"}
    table = read_table([[*HEAD, "Ghi chú"], *([*line, notes.get(line[0])] for line in lines)])
    assert {code for code, year in table.figures if table.figures[code, year].value is None} == set(notes)


def test_brackets_behind_a_name_may_say_that_a_year_is_not_whole() -> None:
    lines = [
        [code, f"{name} (năm {LAST}: 9 tháng)" if code == "CT02" else name, *cells] for code, name, *cells in rows()
    ]
    table = read_table([HEAD, *lines])
    assert [told.code for told in table.faults] == ["BS-25"]
    assert values(table, "CT02")[-1] is None


@pytest.mark.parametrize(
    "note",
    [
        "Chưa bao gồm quý IV",
        "Năm 2021 chưa có số liệu của 5 xã",
        "mới có số của thị trấn",
        "tạm tính theo 6 tháng x 2",
        "Số liệu năm 2020 lấy theo kế hoạch",
    ],
)
def test_what_lacks_something_or_is_of_something_else_is_remarked_on(note: str) -> None:
    table = noted("CT02", note)
    assert {told.code for told in table.faults} == {"BS-37"}
    assert values(table, "CT02") == values(GOOD, "CT02")


def test_a_figure_that_a_note_calls_wrong_is_asked_about() -> None:
    assert [told.code for told in noted("CT02", "số thật là 358, số trong bảng gõ nhầm").faults] == ["BS-34"]


@pytest.mark.parametrize("words", [" (lũy kế từ năm 2016)", " (dự toán giao đầu năm)", " - dự kiến", " (toàn tỉnh)"])
def test_what_a_name_adds_that_makes_another_figure_of_it(words: str) -> None:
    lines = [[code, f"{name}{words}" if code == "CT02" else name, *cells] for code, name, *cells in rows()]
    assert {told.code for told in read_table([HEAD, *lines]).faults} <= {"BS-32", "BS-37"}
    assert read_table([HEAD, *lines]).faults


def on_cells(**notes: str) -> FormTable:
    """A good table with notes on its cells, by the cells' names."""
    return read_table([HEAD, *rows()], asides=[(f"ghi chú của ô {cell}", text) for cell, text in notes.items()])


def test_a_note_on_a_cell_is_of_its_row_and_its_year() -> None:
    table = on_cells(E5="số này mới 9 tháng")
    assert [(told.code, told.place) for told in table.faults] == [("BS-25", "ghi chú của ô E5")]
    assert {at for at, figure in table.figures.items() if figure.value is None} == {("CT02", LAST)}
    converted = on_cells(C5="triệu đồng")
    assert values(converted, "CT02") == [(values(GOOD, "CT02")[0] or 0) / 1000, *values(GOOD, "CT02")[1:]]


def test_a_note_on_a_head_is_of_all() -> None:
    assert {told.code for told in on_cells(B1="ĐVT: triệu đồng").faults} == {"BS-16"}


def test_a_prompt_of_several_cells_is_of_each_and_told_once() -> None:
    table = read_table([HEAD, *rows()], asides=[("lời nhắc của ô C5:D5 E5", "Nhập theo triệu đồng")])
    assert [told.code for told in table.faults] == ["BS-16"]
    assert values(table, "CT02") == [value and value / 1000 for value in values(GOOD, "CT02")]
