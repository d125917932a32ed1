"""Whatever way a table lies, its figures are the same."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.cases.forms import MADE
from intake.plans import YEARS
from intake.sheets import small_form, turned
from reading.corpus import GOOD, NAMES
from soket.documents.stamp import read_stamp, stamp_of
from soket.intake.table import FormTable, find_tables
from soket.narrative.quantities.columns import Role, heading_of
from soket.narrative.quantities.measures import parse_measure
from soket.reading.findings import Cell, Sheet, Special
from soket.reading.kinds import extension_of
from soket.reading.process.child import read
from soket.text import format_number

PLAN, FORM = small_form()
NOISE: list[list[Any]] = [
    [],
    ["Ghi chú: số liệu đã làm tròn"],
    ["I", "KHÁCH DU LỊCH"],
    ["A", "B", 1.0, 2.0, 3.0, 4.0, 5.0],
    [None, "Trong đó:"],
    ["(Kèm theo báo cáo)"],
]
VALUES = st.fixed_dictionaries(
    {
        (indicator.code, year): st.integers(0, 10**7).map(float)
        if indicator.type == "integer"
        # 42000 and the like may be days that were figures, which is asked.
        else st.integers(101, 10**9).map(lambda cents: cents / 100).filter(lambda each: not 42_000 <= each <= 48_000)
        for indicator in FORM.indicators
        for year in YEARS
    }
)
# What people put in a year's heading; a role over the years is said for all of them or for none.
HEADS = ("{}", "Năm {}", "NĂM {}", "Thực hiện {}", "TH năm {}", "Kết quả đạt được năm {}", "Ước TH {}", "({})")


def sheet(lines: Sequence[Sequence[Any]], *, at: tuple[int, int] = (1, 1)) -> Sheet:
    cells: list[tuple[Cell, ...]] = [tuple(line) for line in lines]
    return Sheet("Biểu", *at, tuple(cells))


def only(lines: Sequence[Sequence[Any]], **options: Any) -> FormTable:
    (table,) = find_tables(FORM, "a.xlsx", [sheet(lines, **options)])
    return table


def values_of(table: FormTable) -> dict[tuple[str, int], float | None]:
    return {at: figure.value for at, figure in table.figures.items()}


def laid_out(values: dict[tuple[str, int], float], draw: random.Random) -> tuple[list[list[Any]], tuple[int, int]]:
    """The values as a table with its columns and rows in any order, plans and noise between, anywhere on the sheet."""
    head, with_plan, as_text = draw.choice(HEADS), draw.random() < 0.5, draw.random() < 0.5
    columns: list[tuple[str, Any]] = [("code", None), ("name", None), *(("done", year) for year in YEARS)]
    columns += [("plan", year) for year in YEARS] if with_plan else []
    draw.shuffle(columns)
    titles = {"code": "Mã", "name": "Chỉ tiêu"}
    lines = [[titles.get(kind) or (head if kind == "done" else "Kế hoạch {}").format(year) for kind, year in columns]]
    codes = [indicator.code for indicator in FORM.indicators]
    draw.shuffle(codes)
    by_name = {code for code in codes if draw.random() < 0.3}
    for code in codes:
        line: list[Any] = []
        for kind, year in columns:
            match kind:
                case "code":
                    line.append(None if code in by_name else draw.choice([code, code.lower(), f" {code} "]))
                case "name":
                    line.append(NAMES[code])
                case "done":
                    value = values[code, year]
                    line.append(format_number(value, 2 if value % 1 else 0) if as_text else value)
                case _:
                    line.append(7.0)
        lines.append(line)
    for noise in draw.sample(NOISE, draw.randrange(len(NOISE))):
        lines.insert(draw.randrange(len(lines) + 1), noise)
    width = max(map(len, lines))
    whole = [[*line, *[None] * (width - len(line))] for line in lines]
    if draw.random() < 0.4:
        whole = turned(whole)
    return whole, (draw.randrange(1, 60), draw.randrange(1, 30))


@given(VALUES, st.randoms(use_true_random=False))
def test_any_layout_gives_the_same_figures(values: dict[tuple[str, int], float], draw: random.Random) -> None:
    lines, at = laid_out(values, draw)
    table = only(lines, at=at)
    assert values_of(table) == pytest.approx(values)
    assert not [fault for fault in table.faults if fault.code != "SL-09"]
    column, row = table.figures["CT01", 2019].cell[0], table.figures["CT01", 2019].cell[-1]
    assert column.isalpha()
    assert row.isdigit()


@given(st.lists(st.lists(st.none() | st.text(max_size=8) | st.floats(allow_nan=False), max_size=6), max_size=12))
def test_anything_at_all_is_a_table_or_none(lines: list[list[Any]]) -> None:
    for table in find_tables(FORM, "a.xlsx", [sheet(lines)]):
        assert table.figures


@pytest.mark.parametrize("name", ["form.xlsx", "form.ods", "form.xls"])
def test_a_form_saved_by_another_program_is_still_itself(name: str) -> None:
    sheets = read(extension_of(name), (MADE / name).read_bytes()).sheets
    assert read_stamp(sheets) == stamp_of(PLAN, FORM)
    (table,) = find_tables(FORM, name, sheets)
    assert table.faults == []
    expected = {(code, year): value for code, line in GOOD.items() for year, value in zip(YEARS, line, strict=True)}
    assert {at: value for at, value in values_of(table).items() if value is not None} == expected
    assert table.figures["CT02", 2021].cell == "G8"


@pytest.mark.parametrize(
    ("text", "scale", "base"),
    [
        ("triệu đồng", 6, "₫"),
        ("Tr.đ", 6, "₫"),
        ("trđ", 6, "₫"),
        ("tr. đồng", 6, "₫"),
        ("1.000 đồng", 3, "₫"),
        ("1000đ", 3, "₫"),
        ("nghìn đồng", 3, "₫"),
        ("ngàn VNĐ", 3, "₫"),
        ("tỷ VND", 9, "₫"),
        ("tỉ đồng", 9, "₫"),
        ("nghìn tỷ đồng", 12, "₫"),
        ("đồng", 0, "₫"),
        ("VNĐ", 0, "₫"),
        ("nghìn lượt khách", 3, "luot khach"),
        ("1.000 người", 3, "nguoi"),
        ("nghìn", 3, ""),
        ("%", 0, "%"),
        ("(Phần trăm)", 0, "%"),
        ("lao động", 0, "lao dong"),
        ("tỷ lệ hộ nghèo", 0, "ty le ho ngheo"),
    ],
)
def test_units_of_measure_as_people_write_them(text: str, scale: int, base: str) -> None:
    measure = parse_measure(text)
    assert measure is not None
    assert (measure.scale, measure.base) == (scale, base)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("triệu đồng", "tỷ đồng", True),
        ("lượt khách", "nghìn lượt", True),
        ("người", "nghìn người", True),
        ("phòng", "buồng", True),
        ("triệu USD", "tỷ đồng", False),
        ("lao động", "đồng", False),
        ("%", "lượt", False),
        ("người", "lượt khách", False),
        ("‰", "%", False),
        ("lượt khách/ngày", "lượt khách", False),
        ("lượt khách/năm", "lượt khách", True),
        ("triệu đồng/người", "triệu đồng/người/năm", True),
        ("khu/điểm", "khu, điểm", True),
    ],
)
def test_what_can_be_turned_into_what(one: str, other: str, same: bool) -> None:
    first, second = parse_measure(one), parse_measure(other)
    assert first is not None
    assert second is not None
    assert first.is_of(second) is same
    assert second.is_of(first) is same


@given(st.integers(0, 10**9), st.sampled_from(["đồng", "nghìn đồng", "triệu đồng"]))
def test_a_converted_figure_converts_back(number: int, unit: str) -> None:
    stated, wanted = parse_measure(unit), parse_measure("triệu đồng")
    assert stated is not None
    assert wanted is not None
    there = stated.convert(float(number), wanted)
    assert wanted.convert(there, stated) == pytest.approx(number, abs=0.5)


def test_a_heading_says_its_unit_as_it_is_written() -> None:
    said = heading_of("Năm 2017\n(Triệu đồng)")
    assert said is not None
    assert said.measure is not None
    assert said.measure.text == "Triệu đồng"


@pytest.mark.parametrize(
    ("cell", "year", "role"),
    [
        ("Năm 2019", 2019, Role.UNSAID),
        ("Thực hiện\nnăm 2019", 2019, Role.ACTUAL),
        ("Kết quả đạt được năm 2019", 2019, Role.ACTUAL),
        ("Ước thực hiện năm 2021", 2021, Role.ACTUAL),
        ("Năm 2021 (ước)", 2021, Role.ACTUAL),
        ("Năm 2021 (1)", 2021, Role.UNSAID),
        ("TH'21", 2021, Role.ACTUAL),
        ("Năm ’20", 2020, Role.UNSAID),
        ("Năm thứ năm (2021, ước)", 2021, Role.ACTUAL),
        ("KH 2021", 2021, Role.PLAN),
        ("Kế hoạch được giao năm 2021", 2021, Role.PLAN),
        ("6 tháng đầu năm 2021", 2021, Role.PARTIAL),
        ("Quý III/2021", 2021, Role.PARTIAL),
        ("So sánh 2021/2020", None, Role.DERIVED),
        ("Thực hiện", None, Role.ACTUAL),
        (2019.0, 2019, Role.UNSAID),
        (Special("date", "2019-12-31 00:00:00"), 2019, Role.UNSAID),
    ],
)
def test_headings_as_people_write_them(cell: Cell, year: int | None, role: Role) -> None:
    heading = heading_of(cell)
    assert heading is not None
    assert (heading.year, heading.role) == (year, role)


@pytest.mark.parametrize("cell", ["Chỉ tiêu", "SỐ LIỆU NGÀNH NĂM 2021", "CT01", 1234.0, 2019.5, None, "x" * 90])
def test_what_is_no_heading(cell: Cell) -> None:
    assert heading_of(cell) is None
