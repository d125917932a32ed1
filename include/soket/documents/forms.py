"""The form that units fill in (biểu số liệu), as an Excel file that intake reads back."""

from __future__ import annotations

from openpyxl import Workbook
from openpyxl.styles import Alignment, Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from soket.documents.sheets import save, set_page, write, write_heads
from soket.plan.model import IndicatorForm, Plan
from soket.text import format_number

FORM_SHEET = "Biểu số liệu"
GUIDE_SHEET = "Hướng dẫn"
FORM_COLUMNS = ("Mã chỉ tiêu", "Chỉ tiêu", "Đơn vị tính")

_HEADER_ROW = 4
_NUMBER_FORMATS = {"integer": "#,##0", "decimal": "#,##0.00"}


def form_workbook(plan: Plan, form: IndicatorForm) -> bytes:
    """Return the form: one row an indicator, one column a year, and a sheet that says how to fill it in.

    Only the cells for figures can be written in, so that codes and rows stay where intake finds them.
    """
    workbook = Workbook()
    _fill_form(workbook.worksheets[0], form)
    _fill_guide(workbook.create_sheet(GUIDE_SHEET), plan, form)
    return save(workbook)


def _fill_form(sheet: Worksheet, form: IndicatorForm) -> None:
    sheet.title = FORM_SHEET
    write(sheet, 1, 1, form.title, bold=True, size=14, border=False)
    write(sheet, 2, 1, "Đơn vị:", border=False)
    write(sheet, 2, 2, None, border=False).protection = Protection(locked=False)
    write_heads(sheet, _HEADER_ROW, [*FORM_COLUMNS, *(f"Năm {year}" for year in form.years)])
    first = get_column_letter(len(FORM_COLUMNS) + 1)
    last = get_column_letter(len(FORM_COLUMNS) + len(form.years))
    validations = {kind: _numbers_only(kind) for kind in _NUMBER_FORMATS}
    for row, indicator in enumerate(form.indicators, _HEADER_ROW + 1):
        for column, text in enumerate((indicator.code, indicator.name, indicator.unit_of_measure), 1):
            write(sheet, row, column, text)
        for column in range(len(FORM_COLUMNS) + 1, len(FORM_COLUMNS) + len(form.years) + 1):
            cell = write(sheet, row, column, None)
            cell.number_format = _NUMBER_FORMATS[indicator.type]
            cell.protection = Protection(locked=False)
        validations[indicator.type].add(f"{first}{row}:{last}{row}")
    for validation in validations.values():
        if validation.sqref.ranges:
            sheet.add_data_validation(validation)
    for column, width in enumerate([13, 48, 16, *[14] * len(form.years)], 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = f"{first}{_HEADER_ROW + 1}"
    sheet.protection.sheet = True  # without a password: it keeps from slips, not from intent
    sheet.protection.formatColumns = False
    sheet.protection.formatRows = False
    set_page(sheet)


def _numbers_only(kind: str) -> DataValidation:
    whole = kind == "integer"
    return DataValidation(
        type="whole" if whole else "decimal",
        operator="between",
        formula1="-1000000000000",
        formula2="1000000000000",
        allow_blank=True,
        showErrorMessage=True,
        errorStyle="warning",
        errorTitle="Ô này ghi số",
        error=f"Ô này ghi số{' nguyên' if whole else ''}; không phát sinh ghi 0, chưa có số liệu ghi «chưa có».",
    )


def _fill_guide(sheet: Worksheet, plan: Plan, form: IndicatorForm) -> None:
    lines = [
        f"Mỗi dòng là một chỉ tiêu, mỗi cột là một năm, từ {form.years[0]} đến {form.years[-1]}.",
        "Ghi số vào các ô của các cột năm; không sửa mã chỉ tiêu, không thêm, bớt dòng hay cột.",
        "Ghi số, không kèm đơn vị tính. Số lẻ viết sau dấu phẩy: 1.234,5.",
        "Không phát sinh thì ghi 0. Chưa có số liệu thì ghi «chưa có»: khi tổng hợp, chưa có khác với 0.",
        "Không để trống ô nào của các cột năm.",
        "Giữ nguyên định dạng tệp Excel (.xlsx); không gửi bản chụp, bản in quét thay cho biểu.",
        plan.confidentiality,
        "",
        "Các chỉ tiêu:",
    ]
    for indicator in form.indicators:
        line = f"{indicator.code}. {indicator.name} ({indicator.unit_of_measure})"
        if not indicator.required:
            line += ", ghi nếu có"
        if indicator.target is not None:
            kind = "mục tiêu minh họa" if indicator.target.example else "mục tiêu"
            line += f"; {kind} năm {indicator.target.year}: {format_number(indicator.target.value)}"
        lines.append(line + ".")
    write(sheet, 1, 1, f"Hướng dẫn ghi biểu «{form.title}»", bold=True, size=14, border=False)
    for row, line in enumerate(lines, 2):
        write(sheet, row, 1, line, border=False).alignment = Alignment(wrap_text=True, vertical="top")
    sheet.column_dimensions["A"].width = 110
    set_page(sheet)
