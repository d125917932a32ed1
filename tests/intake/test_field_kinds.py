"""Kinds of what the field sends, each in several ways: read right or asked about, and never read as another figure."""

from __future__ import annotations

from collections.abc import Callable
from itertools import zip_longest
from typing import Any

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from intake.plans import YEARS
from intake.sheets import HEAD, HEAD_WITH_UNITS, rows, sheet, small_form, with_units
from reading import corpus
from soket.intake.table import FormTable, find_tables
from soket.intake.table.captions import stated_in
from soket.intake.table.rows import RowFinder
from soket.narrative.quantities.columns import Role, heading_of
from soket.narrative.quantities.measures import measure_for, measure_of
from soket.reading.process import child


def table_of(data: bytes, extension: str = "xlsx") -> FormTable:
    _, form = small_form()
    content = child.read(extension, data)
    assert not content.findings
    (table,) = find_tables(form, "so-lieu", content.sheets)
    return table


def figure(table: FormTable, code: str, year: int = YEARS[0]) -> float | None:
    return table.figures[code, year].value


def told(table: FormTable) -> set[str]:
    return {fault.code for fault in table.faults}


@pytest.mark.parametrize(
    ("text", "year", "role"),
    [
        ("Sơ bộ - Prel. 2021", 2021, Role.ACTUAL),
        ("Đến 31/12/2017", 2017, Role.UNSAID),
        ("Tính đến hết năm 2017", 2017, Role.UNSAID),
        ("31/12/2017", 2017, Role.UNSAID),
        ("Ngày 31 tháng 12 năm 2017", 2017, Role.UNSAID),
        ("2021(*)", 2021, Role.UNSAID),
        ("Năm 2021¹", 2021, Role.UNSAID),
        ("Năm 2021 (ước TH đến 31/12)", 2021, Role.ACTUAL),
        ("Cả năm", None, Role.ACTUAL),
        ("DT 2021", 2021, Role.PLAN),
        ("CT 2021", 2021, Role.PLAN),
        ("NQ giao 2020", 2020, Role.PLAN),
        ("Tính đến 15/11/2021", 2021, Role.PARTIAL),
        ("2021 (đến 15/11)", 2021, Role.PARTIAL),
        ("9T 2021", 2021, Role.PARTIAL),
        ("QIII/2021", 2021, Role.PARTIAL),
        ("2021 (9th)", 2021, Role.PARTIAL),
        ("2021 (T9)", 2021, Role.PARTIAL),
        ("2021 (đến nay)", 2021, Role.PARTIAL),
        ("Năm 2021 (tính đến ngày báo cáo)", 2021, Role.PARTIAL),
        ("HT KH 2021", 2021, Role.DERIVED),
        ("NAM_2017", 2017, Role.UNSAID),
        ("SL_2017", 2017, Role.ACTUAL),
        ("2017_TH", 2017, Role.ACTUAL),
        ("TH2017", 2017, Role.ACTUAL),
        ("UTH2021", 2021, Role.ACTUAL),
        ("KH2021", 2021, Role.PLAN),
        ("12T/2017", 2017, Role.UNSAID),
        ("Ước 12T/2021", 2021, Role.ACTUAL),
        ("Năm báo cáo 2017", 2017, Role.UNSAID),
        ("2020 (A)", 2020, Role.UNSAID),
        ("2021 (chưa quyết toán)", 2021, Role.UNSAID),
        ("2021 (F)", 2021, Role.PLAN),
        ("2021 (forecast)", 2021, Role.PLAN),
        ("2021 (phấn đấu)", 2021, Role.PLAN),
        ("2021 (9M)", 2021, Role.PARTIAL),
        ("2021 (chưa đầy đủ)", 2021, Role.PARTIAL),
        ("2021 (số cũ)", 2021, Role.PARTIAL),
    ],
)
def test_heads_of_years(text: str, year: int | None, role: Role) -> None:
    head = heading_of(text)
    assert head is not None
    assert (head.year, head.role) == (year, role)


def test_letters_that_may_say_anything_make_no_year() -> None:
    assert heading_of("XX 2021") is None
    assert heading_of("N¨m 2021") is not None


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("BIỂU SỐ LIỆU (Đơn vị tính: triệu đồng; lượt khách)", ["triệu đồng"]),
        ("THU VÀ VỐN (triệu đồng)", ["triệu đồng"]),
        ("Đơn vị tính: Triệu đồng (đối với chỉ tiêu giá trị)", ["Triệu đồng"]),
        ("Tiền: triệu đồng", ["triệu đồng"]),
        ("BIỂU SỐ LIỆU (ĐVT: tiền - triệu đồng)", ["triệu đồng"]),
        ("ĐVT: khách - nghìn lượt, giá trị - triệu đồng", ["nghìn lượt", "triệu đồng"]),
        ("Đơn vị tính là triệu đồng", ["triệu đồng"]),
        ("Số tiền 5 tỷ đồng", []),
        ("ĐVT: nghìn lượt, triệu đồng", ["nghìn lượt", "triệu đồng"]),
        ("Chỉ tiêu (tiền: triệu đồng)", ["triệu đồng"]),
        ("Đơn vị: Huyện ủy Can Lộc", []),
        ("Thu ngân sách đạt 5 tỷ đồng nhờ nhiều giải pháp", []),
        ("Ghi chú: Các chỉ tiêu về tiền tính bằng triệu đồng.", ["triệu đồng"]),
        ("KẾT QUẢ PHÁT TRIỂN DU LỊCH (CÁC CHỈ TIÊU TIỀN TÍNH THEO TRIỆU ĐỒNG)", ["TRIỆU ĐỒNG"]),
        ("Số liệu tính theo triệu đồng; năm 2021 ước đạt 12 tỷ đồng", ["triệu đồng"]),
        ("Đơn vị tính: lượt khách - nghìn lượt; tiền - tỷ đồng.", ["tỷ đồng", "nghìn lượt"]),
        ("Kết quả các năm, ĐVT 1.000 lượt", ["1.000 lượt"]),
        ("Chi tieu ve tien la trieu dong", ["trieu dong"]),
        ("Lượng khách quy ra nghìn lượt. Các chỉ tiêu khác theo biểu mẫu", ["nghìn lượt"]),
        ("Ghi chú: " + "số liệu do các xã, thị trấn tổng hợp; " * 5 + "tiền tính bằng triệu đồng", ["triệu đồng"]),
        ("Doanh thu tăng đều, có năm tính bằng hàng nghìn tỷ đồng", []),
        ("(Riêng tiền thì ghi triệu đồng)", ["triệu đồng"]),
        ("Vốn quy theo tỷ giá ngày 31/12; thu tính theo từng công ty du lịch", []),
        ("Ghi số, không kèm đơn vị tính, đúng đơn vị tính ghi ở từng dòng. Số lẻ viết sau dấu phẩy: 1.234,5.", []),
    ],
)
def test_units_in_a_line(text: str, units: list[str]) -> None:
    assert [(each.measure.text, each.doubtful) for each in stated_in(text, "")] == [(unit, False) for unit in units]


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("Số liệu tính theo triệu đồng trừ các chỉ tiêu về vốn", "triệu đồng trừ các chỉ tiêu về vốn"),
        ("Tiền tính theo triệu đồng nhé", "triệu đồng nhé"),
        ("Đơn vị tính: nghìn lượt khách đi trong ngày và ở lại", "nghìn lượt khách đi trong ngày"),
    ],
)
def test_a_unit_that_is_said_of_some_rows_is_in_doubt(text: str, unit: str) -> None:
    assert [(each.measure.text, each.doubtful) for each in stated_in(text, "")] == [(unit, True)]


def test_ng_is_people_where_people_are_counted() -> None:
    people, visits = measure_of("người"), measure_of("lượt")
    assert (measure := measure_for("ng.", people)) is not None
    assert measure.scale == 0
    assert (measure := measure_for("ng.", visits)) is not None
    assert measure.scale == 3


MONEY = {"CT02": (12_500, 14_250, 9_000)}


@pytest.mark.parametrize(
    "lines",
    [
        [["BIỂU SỐ LIỆU (Đơn vị tính: triệu đồng; lượt)"], HEAD, *rows(**MONEY)],
        [["Mã", "Chỉ tiêu (tiền: triệu đồng)", *HEAD[2:]], *rows(**MONEY)],
        [["Biểu 1"], HEAD, *rows(**MONEY), ["Ghi chú: Các chỉ tiêu về tiền tính bằng triệu đồng."]],
        [HEAD, *rows(**MONEY), [], [None, None, None, "(Số liệu về tiền tính theo triệu đồng)"]],
        [HEAD, *rows()[:3], [None, "DOANH THU (triệu đồng)"], *rows(**MONEY)[3:]],
        [HEAD_WITH_UNITS, *with_units(rows())[:3], [None, "DOANH THU", "Triệu đồng"],
         *with_units(rows(**MONEY), CT02="")[3:]],
        [HEAD, *rows(**MONEY), [], ["* Doanh thu, vốn: triệu đồng"]],
        [HEAD, *rows(**MONEY), *[[]] * 12, ["Các chỉ tiêu giá trị tính bằng triệu đồng"]],
        [["Tiền: triệu đồng"], *[[]] * 12, HEAD, *rows(**MONEY)],
    ],
    ids=["title", "head of names", "note", "note under the years", "group", "column of the group", "sum",
         "far below", "far above"],
)  # fmt: skip
def test_a_unit_stated_elsewhere_is_kept_to(lines: list[list[Any]]) -> None:
    table = table_of(sheet(lines))
    assert figure(table, "CT02") == 12.5
    assert "BS-16" in told(table)


@pytest.mark.parametrize("code", ["CT02", None])
@pytest.mark.parametrize(
    "name",
    ["{} (triệu đồng)", "(Triệu đồng) {}", "{}/triệu đồng", "{}\ntriệu đồng", "{}, ĐVT triệu đồng", "{} tr.đồng"],
)
def test_a_unit_in_the_name_of_a_row_is_kept_to(name: str, code: str | None) -> None:
    lines = rows(**MONEY)
    lines[3][:2] = [code, name.format(lines[3][1])]
    table = table_of(sheet([HEAD, *lines]))
    assert (figure(table, "CT02"), told(table)) == (12.5, {"BS-15"})


@pytest.mark.parametrize("blank", [1, 12])
def test_nor_does_what_stands_over_the_head_of_another_table(blank: int) -> None:
    other = [["Dự án (đơn vị: triệu đồng)"], ["TT", "Tên", "Vốn"], [1, "Đường", 5000]]
    table = table_of(sheet([HEAD, *rows(), *[[]] * blank, *other]))
    assert (figure(table, "CT02"), told(table)) == (12.5, set())
    signed = [["Ghi chú: tiền tính bằng triệu đồng"], ["Người lập", "Kế toán", "Thủ trưởng"], ["(Ký)", "(Ký)", "(Ký)"]]
    assert figure(table_of(sheet([HEAD, *rows(**MONEY), *[[]] * blank, *signed])), "CT02") == 12.5


def test_the_title_of_another_table_below_says_nothing_of_units() -> None:
    table = table_of(sheet([HEAD, *rows(), [], ["Biểu 2. Vốn (triệu đồng)"], ["Đơn vị tính: triệu đồng"]]))
    assert (figure(table, "CT02"), told(table)) == (12.5, set())


def test_a_unit_in_a_head_over_the_years_is_kept_to() -> None:
    years = ["Mã", "Chỉ tiêu", "Kết quả các năm (ĐVT: nghìn lượt; triệu đồng)", None, None]
    lines = [years, [None, None, *HEAD[2:]], *rows(**MONEY, CT01=(1.2, 1.3, 0.9))]
    table = table_of(sheet(lines, merged=["C1:E1"]))
    assert (figure(table, "CT02"), figure(table, "CT01")) == (12.5, 1200)
    for said in ("(ĐVT: triệu đồng)", "(tr.đ, lượt)"):
        heads = [f"{head} {said}" for head in HEAD[2:]]
        assert figure(table_of(sheet([[*HEAD[:2], *heads], *rows(**MONEY)])), "CT02") == 12.5


def test_a_figure_that_cannot_be_in_the_unit_stated_is_asked_about() -> None:
    table = table_of(sheet([HEAD_WITH_UNITS, *with_units(rows(), CT02="đồng")]))
    assert (figure(table, "CT02"), told(table)) == (None, {"BS-40"})
    whole = table_of(sheet([HEAD_WITH_UNITS, *with_units(rows(CT02=(12.5e9, 0, 9e9)), CT02="đồng")]))
    assert [figure(whole, "CT02", year) for year in YEARS] == [12.5, 0, 9]


def test_an_apostrophe_that_made_a_text_of_a_figure_is_none_of_it() -> None:
    table = table_of(sheet([HEAD, *rows(CT02=("'12,5", "’14,25", "` 9"))]))
    assert [figure(table, "CT02", year) for year in YEARS] == [12.5, 14.25, None]


@pytest.mark.parametrize(
    ("note", "code"),
    [("Ghi chú: số liệu tính theo triệu đồng trừ một số chỉ tiêu", "BS-27"), ("(ĐVT: nghìn USD)", "BS-17")],
)
def test_a_unit_that_cannot_be_brought_together_with_the_rows_is_asked_about(note: str, code: str) -> None:
    table = table_of(sheet([[note], HEAD, *rows(**MONEY)]))
    assert figure(table, "CT02") is None
    assert figure(table, "CT01") is not None
    assert code in told(table)
    # A row that says its own is not in doubt.
    table = table_of(sheet([[note], HEAD_WITH_UNITS, *with_units(rows())]))
    assert figure(table, "CT02") is not None


def test_a_unit_beside_the_cells_is_kept_to() -> None:
    table = table_of(
        sheet([HEAD, *rows(**MONEY)], then=lambda page: setattr(page.oddHeader.right, "text", "ĐVT: triệu đồng"))
    )
    assert figure(table, "CT02") == 12.5
    table = table_of(sheet([HEAD, *rows(**MONEY)], then=lambda page: setattr(page, "title", "Triệu đồng")))
    assert figure(table, "CT02") == 12.5


@pytest.mark.parametrize("sign", ["~", "«", '—"—', "(như trên)", "-//-"])
def test_a_sign_for_as_above_is_the_unit_above(sign: str) -> None:
    lines = with_units(rows(**MONEY), CT01__2="triệu đồng", CT02=sign)
    assert figure(table_of(sheet([HEAD_WITH_UNITS, *lines])), "CT02") == 12.5


def test_a_unit_on_a_sheet_of_notes_is_kept_to() -> None:
    def notes(*lines: str) -> Callable[[Worksheet], None]:
        def add(page: Worksheet) -> None:
            other = page.parent.create_sheet("Ghi chú")  # type: ignore[union-attr]
            for line in lines:
                other.append([line])

        return add

    said = notes("Nguồn: Phòng Văn hóa", "Tiền tính bằng triệu đồng")
    assert figure(table_of(sheet([HEAD, *rows(**MONEY)], then=said)), "CT02") == 12.5
    guide = notes("Ghi số, không kèm đơn vị tính, đúng đơn vị tính ghi ở từng dòng.")
    assert told(table_of(sheet([HEAD, *rows()], then=guide))) == set()


def test_a_sign_that_is_no_unit_is_asked_about_as_a_blank_is() -> None:
    lines = with_units(rows(**MONEY), CT01__2="triệu đồng", CT02="*")
    table = table_of(sheet([HEAD_WITH_UNITS, *lines]))
    assert (figure(table, "CT02"), "BS-27" in told(table)) == (None, True)


def test_a_blank_under_another_unit_is_asked_about() -> None:
    lines = with_units(rows(**MONEY), CT01__2="triệu đồng", CT02="")
    table = table_of(sheet([HEAD_WITH_UNITS, *lines]))
    assert figure(table, "CT02") is None
    assert "BS-27" in told(table)


def test_a_second_head_has_columns_of_its_own() -> None:
    backwards = [[*line[:2], *reversed(line[2:])] for line in rows()[3:]]
    table = table_of(sheet([HEAD, *rows()[:3], [], ["Mã", "Chỉ tiêu", *reversed(HEAD[2:])], *backwards]))
    good = {line[0]: line[2:] for line in rows()}
    for code, values in good.items():
        assert [figure(table, code, year) for year in YEARS] == list(values)


def beside(left: list[list[Any]], right: list[list[Any]]) -> list[list[Any]]:
    return [[*one, None, *other] for one, other in zip_longest(left, right, fillvalue=[None] * len(HEAD))]


def test_halves_side_by_side_are_one_table_and_keep_to_what_is_said_above() -> None:
    lines = rows(**MONEY)
    table = table_of(sheet([["Đơn vị tính: triệu đồng; lượt"], *beside([HEAD, *lines[:3]], [HEAD, *lines[3:]])]))
    good = {line[0]: list(line[2:]) for line in rows()} | {"CT02": [12.5, 14.25, 9.0]}
    assert {code: [figure(table, code, year) for year in YEARS] for code in good} == good
    assert "BS-09" not in told(table)


def test_the_same_rows_twice_side_by_side_are_asked_about() -> None:
    other = rows(CT02=(1, 2, 3))
    assert "BS-09" in told(table_of(sheet(beside([HEAD, *rows()], [HEAD, *other]))))


def test_rows_of_like_names_are_others() -> None:
    _, form = small_form()
    finder = RowFinder(form)
    name = form.indicators[3].name
    assert finder.labels([name.upper()]).named is form.indicators[3]
    assert finder.labels([name.replace("Doanh", "Danh")]).named is form.indicators[3]
    assert finder.labels([name.replace("du lịch", "dịch vụ")]).named is None
    assert finder.labels([f"{name} mới"]).named is None


@pytest.mark.parametrize("code", ['0.0"%"', "0.0\\%", 'General"%"'])
def test_a_literal_sign_multiplies_nothing(code: str) -> None:
    lines = [HEAD, *rows()]
    at = next(index for index, line in enumerate(lines, 1) if line[0] == "CT03")
    table = table_of(sheet(lines, formats={f"C{at}": code}))
    assert figure(table, "CT03") == lines[at - 1][2]


def test_thousands_left_out_are_left_out() -> None:
    lines = [HEAD, *rows(**MONEY)]
    table = table_of(sheet(lines, formats={f"{column}5": "#,##0.0##," for column in "CDE"}))
    assert figure(table, "CT02") == 12.5
    assert "SL-11" in told(table)


@pytest.mark.parametrize("code", ["#,##0.0 [$₫-42A]", ";;;"])
def test_what_a_format_leaves_open_is_asked_about(code: str) -> None:
    table = table_of(sheet([HEAD, *rows()], formats={"C5": code}))
    assert figure(table, "CT02") is None
    assert "SL-12" in told(table)


@pytest.mark.parametrize(("upper", "lower"), [("118", ",5"), ("412.", "300"), (118, ",5")])
def test_a_figure_broken_over_two_rows_is_asked_about(upper: object, lower: str) -> None:
    lines = rows(CT02=(upper, 14.25, 9))
    at = next(number for number, line in enumerate(lines) if line[0] == "CT02") + 1
    table = table_of(sheet([HEAD, *lines[:at], [None, None, lower, None, None], *lines[at:]]))
    assert [figure(table, "CT02", year) for year in YEARS] == [None, 14.25, 9]
    assert told(table) == {"SL-02"}
    other = table_of(sheet([HEAD, *lines[:at], [None, "Ghi chú", lower, None, None], *lines[at:]]))
    assert ("SL-02" in told(other)) is (upper == "412.")


def test_marks_of_footnotes_are_no_digits() -> None:
    from openpyxl.cell.rich_text import CellRichText, TextBlock
    from openpyxl.cell.text import InlineFont

    marked = CellRichText("12,5", TextBlock(InlineFont(vertAlign="superscript"), "1"))
    table = table_of(sheet([HEAD, *rows(CT02=(marked, "14,2²", 9))]))
    assert [figure(table, "CT02", year) for year in YEARS] == [12.5, 14.2, 9]
    assert "SL-13" in told(table)


def test_formulas_that_nobody_computed_are_no_zeros() -> None:
    data = sheet([HEAD, *rows(CT02=(0, 0, 0))])
    part = corpus.part(data, "xl/worksheets/sheet1.xml").decode()
    formulas = part.replace("<v>0</v>", "<f>1+1</f><v>0</v>")
    table = table_of(corpus.repacked(data, changed={"xl/worksheets/sheet1.xml": formulas.encode()}))
    assert figure(table, "CT02") is None
    assert "SL-05" in told(table)
