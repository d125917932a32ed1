from __future__ import annotations

import io

import openpyxl
import python_calamine

from soket.documents.draft import render_figures
from soket.documents.figures import Summary, summarise
from soket.documents.request import form_workbook
from soket.intake.reading.workbook import read_workbook
from soket.intake.table import find_tables
from soket.plan.model import Plan

from .builders import YEARS, make_receipt, make_register, make_report, make_verdict


def test_the_form_reads_back_as_intake_expects_it(plan: Plan) -> None:
    content = form_workbook(plan, plan.forms[0])
    rows = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    heads = ["Mã chỉ tiêu", "Chỉ tiêu", "Đơn vị tính", *(f"Năm {year}" for year in YEARS)]
    assert heads in rows
    below = rows[rows.index(heads) + 1 :]
    assert [row[:3] for row in below] == [
        [indicator.code, indicator.name, indicator.unit_of_measure] for indicator in plan.forms[0].indicators
    ]
    assert all(cell == "" for row in below for cell in row[3:])


def test_a_filled_form_passes_intake_whole(plan: Plan) -> None:
    form = plan.forms[0]
    workbook = openpyxl.load_workbook(io.BytesIO(form_workbook(plan, form)))
    for row in workbook.worksheets[0].iter_rows(min_row=5, min_col=4):
        for cell in row:
            cell.value = cell.row * 100 + cell.column
    buffer = io.BytesIO()
    workbook.save(buffer)
    (table,) = find_tables(form, "bieu.xlsx", read_workbook(buffer.getvalue()))
    assert table.faults == []
    assert len(table.figures) == len(form.indicators) * len(form.years)
    figure = table.figures["CT02", 2020]
    assert (figure.value, figure.cell) == (605, "E6")


def test_only_figures_can_be_written_into_the_form(plan: Plan) -> None:
    workbook = openpyxl.load_workbook(io.BytesIO(form_workbook(plan, plan.forms[0])))
    assert workbook.sheetnames == ["Biểu số liệu", "Hướng dẫn"]
    sheet = workbook.worksheets[0]
    assert sheet.protection.sheet
    assert sheet["A5"].protection.locked
    assert not sheet["D5"].protection.locked
    assert (sheet["D5"].number_format, sheet["D6"].number_format) == ("#,##0", "#,##0.00")
    kinds = {str(rule.sqref): rule.type for rule in sheet.data_validations.dataValidation}
    assert kinds == {"D5:F5": "whole", "D6:F6 D7:F7 D8:F8": "decimal"}
    guide = "\n".join(str(row[0].value) for row in workbook.worksheets[1].iter_rows() if row[0].value)
    assert plan.confidentiality in guide
    assert "CT03. Công suất phòng (%); mục tiêu minh họa năm 2021: 60." in guide


def test_the_annex_has_totals_sources_and_gaps(summary: Summary) -> None:
    workbook = openpyxl.load_workbook(io.BytesIO(render_figures(summary)))
    assert workbook.sheetnames == ["Tổng hợp", "Biểu 1", "Nguồn số liệu", "Tình hình gửi", "Còn thiếu"]
    totals = {row[0]: row for row in workbook["Tổng hợp"].iter_rows(min_row=4, values_only=True)}
    assert totals["CT01"][4:9] == (400, 480, 360, "2/3", 5000)
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


def test_nobody_reported(plan: Plan) -> None:
    summary = summarise(plan, plan.campaigns[0], make_register(plan, [], []), [])
    workbook = openpyxl.load_workbook(io.BytesIO(render_figures(summary)))
    assert workbook["Tổng hợp"]["E4"].value is None
    assert workbook["Nguồn số liệu"].max_row == 3
