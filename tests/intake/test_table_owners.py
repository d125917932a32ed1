"""Sheets with other rows of one form are put together, unless one says it is another's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from intake.plans import FORM, YEARS
from reading import corpus
from soket.intake.table import FormTable, find_tables
from soket.intake.table.owners import Owner, owner_of
from soket.plan.model import IndicatorForm, Plan
from soket.reading.findings import Cell, Sheet

HEAD, *ROWS = corpus.rows()


@pytest.fixture(scope="module")
def form(small_plan: Plan) -> IndicatorForm:
    return next(form for form in small_plan.forms if form.code == FORM)


def sheet(name: str, titles: Sequence[str], lines: Sequence[Sequence[Any]] = ()) -> Sheet:
    cells: list[tuple[Cell, ...]] = [
        tuple(float(cell) if type(cell) is int else cell for cell in line)
        for line in [*([each] for each in titles), *lines]
    ]
    return Sheet(name, 1, 1, tuple(cells))


def tables_of(form: IndicatorForm, name: str, title: str, *, main: str = "HUYỆN ỦY") -> list[FormTable]:
    """A table without its last two rows, and a sheet with these."""
    sheets = sheet("Toan huyen", [main], [HEAD, *ROWS[:-2]]), sheet(name, [title], [HEAD, *ROWS[-2:]])
    return find_tables(form, "a.xlsx", sheets)


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("Xa Xuan Thanh", "Nguồn vốn"),
        ("Sheet2", "UBND XÃ XUÂN THÀNH"),
        ("Sheet2", "Kết quả huy động vốn của xã"),
        ("Sheet2", "Kết quả trên địa bàn thị trấn Tiên Điền năm 2021"),
        ("Sheet2", "Đơn vị báo cáo: UBND phường Nam Hồng"),
    ],
)
def test_a_communes_sheet_fills_no_gap(form: IndicatorForm, name: str, title: str) -> None:
    whole, other = tables_of(form, name, title)
    last = {line[0] for line in ROWS[-2:]}
    assert not last & {code for code, _ in whole.figures}
    assert {code for code, _ in other.figures} == last
    assert "BS-29" not in [told.code for told in whole.faults]
    assert "BS-11" in [told.code for told in whole.faults]


def test_nor_does_another_districts(form: IndicatorForm) -> None:
    assert len(tables_of(form, "2", "UBND HUYỆN LỘC HÀ", main="UBND HUYỆN NGHI XUÂN")) == 2
    assert len(tables_of(form, "2", "Huyện Nghi Xuân", main="UBND HUYỆN NGHI XUÂN")) == 1


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("Vốn", "UBND HUYỆN"),
        ("Xã hội", "Vốn xã hội hóa"),
        ("Phuong huong", "VỐN XÃ HỘI HÓA"),
        ("2", "Kết quả các xã, thị trấn"),
        ("2", "TRÊN ĐỊA BÀN CÁC XÃ, THỊ TRẤN"),
        ("2", "Trên địa bàn huyện giai đoạn 2017 - 2021"),
        ("2", "UBND huyện Nghi Xuân"),
    ],
)
def test_others_are_put_together(form: IndicatorForm, name: str, title: str) -> None:
    (whole,) = tables_of(form, name, title)
    assert [told.code for told in whole.faults] == ["BS-29"]
    assert whole.figures["CT01", YEARS[0]].value == corpus.GOOD["CT01"][0]


def test_a_communes_own_form_is_put_together(form: IndicatorForm) -> None:
    assert len(tables_of(form, "2", "Nguồn vốn", main="UBND xã Xuân Thành")) == 1
    assert len(tables_of(form, "2", "Xã Xuân Thành", main="UBND xã Xuân Thành")) == 1
    assert len(tables_of(form, "2", "Xã Cổ Đạm", main="UBND xã Xuân Thành")) == 2


def test_whose_a_sheet_is() -> None:
    assert owner_of(sheet("1", ["ĐẢNG BỘ THỊ XÃ KỲ ANH"])) == Owner("thi xa", "ky anh")
    assert owner_of(sheet("1", ["HUYỆN ỦY"], [["TT", "Chỉ tiêu", "2017"], [None, "Xã Xuân Thành", 5]])) is None


def asked_whose(form: IndicatorForm, titles: Sequence[str], *names: str, sheet_name: str = "Biểu") -> bool:
    (table,) = find_tables(form, "a.xlsx", [sheet(sheet_name, titles, [HEAD, *ROWS])], names)
    return [told.code for told in table.faults] == ["BS-36"]


@pytest.mark.parametrize(
    ("titles", "names"),
    [
        (["Đơn vị: Ủy ban nhân dân xã Thạch Hải"], ["Huyện ủy Thạch Hà", "huyện Thạch Hà"]),
        (["SỐ LIỆU DU LỊCH TOÀN TỈNH GIAI ĐOẠN 2017 - 2021"], ["Huyện ủy Thạch Hà"]),
        (["UBND HUYỆN CAN LỘC", "BIỂU SỐ LIỆU"], ["Huyện ủy Thạch Hà"]),
        (["UBND huyện Thạch Hà", "UBND thị trấn Thạch Hà"], ["Đảng ủy xã Thạch Hải"]),
        (["Kết quả trên địa bàn thị trấn Thạch Hà"], ["Huyện ủy Thạch Hà"]),
        (["SỐ LIỆU DU LỊCH HUYỆN KỲ ANH"], ["Thị ủy Kỳ Anh", "thị xã Kỳ Anh"]),
        (["Biểu 01a. Trong đó: xã Thiên Lộc"], ["Huyện ủy Can Lộc"]),
    ],
)
def test_a_table_of_another_place_is_asked_about(form: IndicatorForm, titles: list[str], names: list[str]) -> None:
    assert asked_whose(form, titles, *names)


@pytest.mark.parametrize(
    ("titles", "names"),
    [
        (["ỦY BAN NHÂN DÂN TỈNH", "UBND HUYỆN THẠCH HÀ"], ["Huyện ủy Thạch Hà"]),
        (["UBND HUYỆN THẠCH HÀ", "UBND XÃ THẠCH HẢI"], ["Đảng ủy xã Thạch Hải"]),
        (["Huyện Thạch Hà năm 2021"], ["Huyện ủy Thạch Hà"]),
        (["Kết quả trên địa bàn thành phố"], ["Thành ủy Hà Tĩnh"]),
        (["TỔNG HỢP TOÀN TỈNH", "Huyện Thạch Hà"], ["Sở Văn hóa, Thể thao và Du lịch"]),
        (["Vốn xã hội hóa"], ["Huyện ủy Thạch Hà"]),
        (["Thị trấn Thạch Hà, ngày 28 tháng 10 năm 2021"], ["Huyện ủy Thạch Hà"]),
        (["Phường Sông Trí, ngày 28/10/2021"], ["Thị ủy Kỳ Anh"]),
    ],
)
def test_one_of_the_units_own_or_of_no_place_is_not(form: IndicatorForm, titles: list[str], names: list[str]) -> None:
    assert not asked_whose(form, titles, *names)
