from __future__ import annotations

import io

import openpyxl
import python_calamine
from openpyxl.styles import PatternFill

from soket.documents.draft import render_figures
from soket.documents.figures import Summary, summarise
from soket.documents.long_sheets import LongTable, workbook_of
from soket.documents.request import form_workbook
from soket.documents.sheets import write
from soket.documents.stamp import check_stamp
from soket.intake.table import find_tables
from soket.plan.model import Plan
from soket.reading.process.child import read

from .builders import YEARS, make_receipt, make_register, make_report, make_verdict


def test_the_form_reads_back_as_intake_expects_it(plan: Plan) -> None:
    content = form_workbook(plan, plan.forms[0])
    rows = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    heads = ["", "Mã chỉ tiêu", "Chỉ tiêu", "Đơn vị tính", *(f"Năm {year}" for year in YEARS)]
    assert heads in rows
    top = rows.index(heads)
    assert rows[top - 1][4:] == [f"soket:{year}" for year in YEARS]
    below = rows[top + 1 :][: len(plan.forms[0].indicators)]
    assert [row[:4] for row in below] == [
        [f"soket:{indicator.code}", indicator.code, indicator.name, indicator.unit_of_measure]
        for indicator in plan.forms[0].indicators
    ]
    assert all(cell == "" for row in below for cell in row[4:])


def test_cells_of_one_look_share_it_and_what_is_special_about_one_is_its_own() -> None:
    sheet, other = openpyxl.Workbook().worksheets[0], openpyxl.Workbook().worksheets[0]
    cells = [write(each, row, 1, "chữ") for each in (sheet, other) for row in (1, 2)]
    assert {(cell.font.name, cell.font.b, cell.border.left.style, cell.alignment.wrap_text) for cell in cells} == {
        ("Times New Roman", False, "thin", True)
    }
    cells[0].fill = PatternFill("solid", fgColor="EDEDED")
    assert [cell.fill.fill_type for cell in cells] == ["solid", None, None, None]
    numbers = [write(sheet, 3, column, value) for column, value in enumerate((1.5, 2.0, 2.5, None), 1)]
    assert [cell.number_format for cell in numbers] == ["#,##0.##", "#,##0", "#,##0.##", "#,##0"]
    assert not write(sheet, 4, 1, "chữ", bold=True, border=False).border.left.style


def test_a_filled_form_passes_intake_whole(plan: Plan) -> None:
    form = plan.forms[0]
    workbook = openpyxl.load_workbook(io.BytesIO(form_workbook(plan, form)))
    for row in workbook.worksheets[0].iter_rows(min_row=5, max_row=4 + len(form.indicators), min_col=5):
        for cell in row:
            cell.value = cell.row * 100 + cell.column
    buffer = io.BytesIO()
    workbook.save(buffer)
    sheets = read("xlsx", buffer.getvalue()).sheets
    (table,) = find_tables(form, "bieu.xlsx", sheets)
    assert table.faults == []
    assert check_stamp(plan, form, "bieu.xlsx", sheets) is None
    assert len(table.figures) == len(form.indicators) * len(form.years)
    figure = table.figures["CT02", 2020]
    assert (figure.value, figure.cell) == (606, "F6")


def test_only_figures_can_be_written_into_the_form(plan: Plan) -> None:
    workbook = openpyxl.load_workbook(io.BytesIO(form_workbook(plan, plan.forms[0])))
    assert workbook.sheetnames == ["Biểu số liệu", "Hướng dẫn", "_soket"]
    assert workbook["_soket"].sheet_state == "veryHidden"
    sheet = workbook.worksheets[0]
    assert sheet.protection.sheet
    assert sheet["B5"].protection.locked
    assert not sheet["E5"].protection.locked
    assert not sheet["C2"].protection.locked
    assert (sheet["E5"].number_format, sheet["E6"].number_format) == ("#,##0", "#,##0.00")
    assert sheet.column_dimensions["A"].hidden
    assert sheet.row_dimensions[3].hidden
    kinds = {str(rule.sqref): rule.type for rule in sheet.data_validations.dataValidation}
    assert kinds == {"E5:G5": "whole", "E6:G6": "decimal", "E7:G7": "decimal", "E8:G8": "decimal"}
    guide = "\n".join(str(row[0].value) for row in workbook.worksheets[1].iter_rows() if row[0].value)
    assert plan.confidentiality in guide
    assert "CT03. Công suất phòng (%)." in guide, "an example is nobody's target"


def test_the_form_prints_on_one_wide_page(plan: Plan) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(form_workbook(plan, plan.forms[0]))).worksheets[0]
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)  # A4
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == "$4:$4"


def test_the_annex_has_totals_sources_and_gaps(summary: Summary) -> None:
    workbook = openpyxl.load_workbook(io.BytesIO(render_figures(summary)))
    assert workbook.sheetnames == ["Tổng hợp", "Biểu 1", "Nguồn số liệu", "Tình hình gửi", "Còn thiếu"]
    totals = {row[0]: row for row in workbook["Tổng hợp"].iter_rows(min_row=4, values_only=True)}
    assert totals["CT01"][3:10] == ("Số phát sinh trong kỳ", "Tổng cộng", 400, 480, 360, "2/3", 5000)
    assert totals["CT01"][-1] == "số ước: năm 2021"
    sources = list(workbook["Nguồn số liệu"].iter_rows(min_row=4, values_only=True))
    assert sources[6][:6] == ("huyen_can_loc", "Huyện ủy Can Lộc", "CT02", "Doanh thu du lịch", 2019, 10.5)
    assert len(sources) == 21
    gaps = list(workbook["Còn thiếu"].iter_rows(min_row=4, values_only=True))
    assert gaps == [
        ("Chưa có báo cáo được tiếp nhận", "Thị ủy Kỳ Anh"),
        ("Biểu chưa đủ số liệu", "Huyện ủy Đức Thọ: CT02 tất cả các năm"),
    ]


def test_a_file_name_that_looks_like_a_formula_stays_text(plan: Plan) -> None:
    report = make_report("huyen_can_loc")
    sly = tuple(each.model_copy(update={"file": "=1+1\x0b.xlsx"}) for each in report.figures)
    register = make_register(plan, [make_receipt("huyen_can_loc")], [make_verdict("huyen_can_loc")])
    summary = summarise(plan, plan.campaigns[0], register, [report.model_copy(update={"figures": sly})])
    cell = openpyxl.load_workbook(io.BytesIO(render_figures(summary)))["Nguồn số liệu"]["H4"]
    assert (cell.value, cell.data_type) == ("=1+1.xlsx", "s")


def test_rows_are_as_high_as_their_texts_want_it() -> None:
    """LibreOffice, and whatever prints, finds no heights by itself: texts lay over one another."""
    table = LongTable("Một", "Tên bảng dài hơn cột", [("TT", 6), ("Thư nhắc gần nhất", 10)], [(1, "a" * 25), (2, "b")])
    sheet = openpyxl.load_workbook(io.BytesIO(workbook_of([table]))).worksheets[0]
    assert [sheet.row_dimensions[row].height for row in (1, 2, 3, 4)] == [None, 30, 45, None]
    looks = [(cell.font.name, cell.font.b, cell.border.left.style, cell.alignment.wrap_text) for cell in sheet["B"][1:]]
    head, text = (("Times New Roman", bold, "thin", True) for bold in (True, False))
    assert looks == [head, text, text]


def test_heads_of_the_annex_are_shown_whole(summary: Summary) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(render_figures(summary)))["Tổng hợp"]
    heads = {str(cell.value): cell.column_letter for cell in sheet[3]}
    assert sheet.column_dimensions[heads["Số đơn vị có số liệu"]].width < len("Số đơn vị có số liệu")
    assert sheet.row_dimensions[3].height == 32


def test_where_no_figures_are_asked_for_the_annex_has_no_empty_sheets(plan: Plan) -> None:
    bare = plan.model_copy(update={"forms": ()})
    summary = summarise(bare, plan.campaigns[0], make_register(bare, [], []), [])
    workbook = openpyxl.load_workbook(io.BytesIO(render_figures(summary)))
    assert workbook.sheetnames == ["Tình hình gửi", "Còn thiếu"]


def test_nobody_reported(plan: Plan) -> None:
    summary = summarise(plan, plan.campaigns[0], make_register(plan, [], []), [])
    workbook = openpyxl.load_workbook(io.BytesIO(render_figures(summary)))
    assert workbook["Tổng hợp"]["F4"].value is None
    assert workbook["Nguồn số liệu"].max_row == 3
