"""Sheets with other rows of one form are put together, unless one says it is another's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from intake.plans import FORM, YEARS
from reading import corpus
from soket.intake.table import FormTable, find_tables, tables_in
from soket.intake.table.owners import Bodies, Owner, owner_of
from soket.plan.model import IndicatorForm, Plan
from soket.reading.findings import Cell, Content, Layout, Sheet, Table

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


OTHERS = ("Huyện ủy Hương Sơn", "HU Hương Sơn", "Sở Y tế")


def asked_whose(form: IndicatorForm, titles: Sequence[str], *names: str, sheet_name: str = "Biểu") -> bool:
    bodies = Bodies.named(names, OTHERS)
    (table,) = find_tables(form, "a.xlsx", [sheet(sheet_name, titles, [HEAD, *ROWS])], bodies)
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
        (["HUYỆN ỦY NGHI XUÂN"], ["Huyện ủy Can Lộc"]),
        (["Đơn vị: Thị uỷ Kỳ Anh"], ["Huyện ủy Kỳ Anh"]),
        (["Don vi: Huyen uy Nghi Xuan"], ["Huyện ủy Can Lộc"]),
        (["BAN CHẤP HÀNH ĐẢNG BỘ HUYỆN NGHI XUÂN"], ["Huyện ủy Can Lộc"]),
        (["Phòng Văn hóa - Thông tin huyện Nghi Xuân"], ["Huyện ủy Can Lộc"]),
        (["(Kèm theo Báo cáo số 12-BC/HU của Huyện ủy Nghi Xuân)"], ["Huyện ủy Can Lộc"]),
        (["Đơn vị báo cáo: HU Hương Sơn"], ["Huyện ủy Can Lộc"]),
        (["SỞ Y TẾ"], ["Sở Tài chính"]),
    ],
)
def test_a_table_of_another_place_is_asked_about(form: IndicatorForm, titles: list[str], names: list[str]) -> None:
    assert asked_whose(form, titles, *names)


def test_so_is_one_whose_head_names_another(form: IndicatorForm) -> None:
    bodies = Bodies.named(["Huyện ủy Can Lộc"])
    for over, codes in (("HUYỆN NGHI XUÂN", ["BS-36"]), ("HUYỆN CAN LỘC", [])):
        made = sheet("Biểu", [], [[None, None, over, None, None], HEAD, *ROWS])
        made = replace(made, layout=Layout(merged=((0, 2, 0, 4),)))
        (table,) = find_tables(form, "a.xlsx", [made], bodies)
        assert [told.code for told in table.faults] == codes


def test_so_is_one_in_a_report(form: IndicatorForm) -> None:
    def asked(title: str) -> list[tuple[str, str | None]]:
        lines = [[f"{cell}" for cell in line] for line in [HEAD, *ROWS]]
        rows = tuple(
            tuple((at, 1 + row * len(HEAD) + at, 2 + row * len(HEAD) + at) for at in range(len(HEAD)))
            for row in range(len(lines))
        )
        texts = (title, *(cell for line in lines for cell in line))
        content = Content(texts, tables=(Table(1, len(texts), rows),))
        (table,) = tables_in(form, {"a.docx": content}, Bodies.named(["Huyện ủy Can Lộc"]))
        return [(told.code, told.place) for told in table.faults if told.code == "BS-36"]

    assert asked("Kết quả của Huyện ủy Nghi Xuân") == [("BS-36", "dòng trên bảng thứ 1")]
    assert asked("Kết quả của Huyện ủy Can Lộc") == []
    assert asked("Tại huyện Nghi Xuân, lượng khách tăng nhanh.") == []


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
        (["HUYỆN UỶ CAN LỘC", "So sánh với huyện Nghi Xuân"], ["Huyện ủy Can Lộc"]),
        (["Lượng khách của huyện còn thấp"], ["Huyện ủy Can Lộc"]),
        (["SỐ LIỆU DU LỊCH CÁC XÃ CÓ DOANH THU"], ["Huyện ủy Can Lộc"]),
        (["HUYỆN ỦY BÁO CÁO KẾT QUẢ", "Huyện ủy triển khai"], ["Huyện ủy Can Lộc"]),
        (["(Mẫu kèm theo Công văn của Huyện ủy Nghi Xuân)", "Kính gửi: Thị ủy Kỳ Anh"], ["Huyện ủy Can Lộc"]),
        (["ĐẢNG ỦY KHỐI CÁC CƠ QUAN", "ĐẢNG ỦY SỞ TÀI CHÍNH", "SỞ Y TẾ"], ["Sở Tài chính"]),
    ],
)
def test_one_of_the_units_own_or_of_no_place_is_not(form: IndicatorForm, titles: list[str], names: list[str]) -> None:
    assert not asked_whose(form, titles, *names)
