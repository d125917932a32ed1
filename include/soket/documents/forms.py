"""The form that units fill in (biểu số liệu), as an Excel file that intake reads back.

Beside what a clerk sees it bears hidden marks, which move with its rows and columns: the indicator of each row in a
hidden column, the year of each column in a hidden row; and on a hidden sheet which plan's form it is, in which version.
"""

from __future__ import annotations

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from soket.documents.sheets import save, set_page, write, write_heads, write_lines
from soket.documents.stamp import STAMP_SHEET, row_mark, stamp_of, year_mark
from soket.plan.model import Indicator, IndicatorForm, Plan, RangeRule
from soket.plan.papers import post_of_heads
from soket.plan.periods import consecutive, head_of, say_columns, say_period
from soket.plan.words import SCOPES
from soket.reading.marks import form_prompt
from soket.text import format_number

FORM_SHEET = "Biểu số liệu"
GUIDE_SHEET = "Hướng dẫn"
FORM_COLUMNS = ("Mã chỉ tiêu", "Chỉ tiêu", "Đơn vị tính")
FILLING = "Không phát sinh thì ghi 0. Chưa có số liệu thì ghi “chưa có”: khi tổng hợp, chưa có khác với 0."

_MARK_COLUMN, _FIRST_COLUMN = 1, 2
_MARK_ROW, _HEADER_ROW = 3, 4
_FIRST_YEAR = _FIRST_COLUMN + len(FORM_COLUMNS)
_WIDTHS = (13, 52, 16)
_YEAR_WIDTH = 14
_NUMBER_FORMATS = {"integer": "#,##0", "decimal": "#,##0.00"}
_TO_FILL_IN = PatternFill("solid", fgColor="FFF8DC")
_MOST = 1e12


def form_workbook(plan: Plan, form: IndicatorForm) -> bytes:
    """Return the form: one row an indicator, one column a year, and a sheet that says how to fill it in.

    Only the cells for figures can be written in, so that codes and rows stay where intake finds them.
    """
    workbook = Workbook()
    _fill_form(workbook.worksheets[0], form, post_of_heads(plan, form).upper())
    _fill_guide(workbook.create_sheet(GUIDE_SHEET), plan, form)
    hidden = workbook.create_sheet(STAMP_SHEET)
    write_lines(hidden, stamp_of(plan, form).rows)
    hidden.sheet_state = "veryHidden"
    return save(workbook)


def _fill_form(sheet: Worksheet, form: IndicatorForm, signer: str) -> None:
    sheet.title = FORM_SHEET
    last = _FIRST_YEAR + len(form.years) - 1
    title = write(sheet, 1, _FIRST_COLUMN, form.title, bold=True, size=14, border=False)
    title.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    sheet.merge_cells(start_row=1, end_row=1, start_column=_FIRST_COLUMN, end_column=last)
    sheet.row_dimensions[1].height = 42
    write(sheet, 2, _FIRST_COLUMN, "Đơn vị:", border=False)
    unit = write(sheet, 2, _FIRST_COLUMN + 1, None, border=False)
    unit.protection, unit.fill = Protection(locked=False), _TO_FILL_IN
    write_heads(sheet, _HEADER_ROW, [*FORM_COLUMNS, *map(head_of, form.years)], first=_FIRST_COLUMN)
    sheet.row_dimensions[_HEADER_ROW].height = 34
    for column, year in enumerate(form.years, _FIRST_YEAR):
        write(sheet, _MARK_ROW, column, year_mark(year), border=False)
    for row, indicator in enumerate(form.indicators, _HEADER_ROW + 1):
        _fill_row(sheet, row, indicator, last)
    below = _HEADER_ROW + len(form.indicators) + 1
    note = (
        "Ghi vào các ô có nền màu: số không phát sinh ghi 0; chưa có số liệu ghi “chưa có”. Cách ghi: xem trang tính "
    )
    write(sheet, below, _FIRST_COLUMN, f"{note}“{GUIDE_SHEET}”.", size=11, border=False).font = Font(
        name="Times New Roman", size=11, italic=True
    )
    last_row = _fill_signatures(sheet, below + 2, last, signer)
    for column, width in enumerate([*_WIDTHS, *[_YEAR_WIDTH] * len(form.years)], _FIRST_COLUMN):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.column_dimensions[get_column_letter(_MARK_COLUMN)].hidden = True
    sheet.row_dimensions[_MARK_ROW].hidden = True
    sheet.freeze_panes = f"{get_column_letter(_FIRST_YEAR)}{_HEADER_ROW + 1}"
    sheet.protection.sheet = True  # without a password: it keeps from slips, not from intent
    sheet.protection.formatColumns = False
    sheet.protection.formatRows = False
    set_page(sheet)
    sheet.print_area = f"{get_column_letter(_FIRST_COLUMN)}1:{get_column_letter(last)}{last_row}"


def _fill_signatures(sheet: Worksheet, row: int, last: int, signer: str) -> int:
    """Leave room for who signs a printed form; return the last row."""
    for column, post in ((_FIRST_COLUMN + 1, "NGƯỜI LẬP BIỂU"), (last - 1, signer)):
        for line, text in enumerate((post, "(Ký, ghi rõ họ tên)")):
            cell = write(sheet, row + line, column, text, bold=line == 0, border=False)
            cell.alignment = Alignment(horizontal="center")
    return row + 5


def _fill_row(sheet: Worksheet, row: int, indicator: Indicator, last: int) -> None:
    write(sheet, row, _MARK_COLUMN, row_mark(indicator.code), border=False)
    indent = 2 * indicator.code.count(".")
    for column, text in enumerate((indicator.code, indicator.name, indicator.unit_of_measure), _FIRST_COLUMN):
        cell = write(sheet, row, column, text)
        centred = column != _FIRST_COLUMN + 1
        cell.alignment = Alignment(
            horizontal="center" if centred else "left",
            vertical="center",
            wrap_text=True,
            indent=0 if centred else indent,
        )
    for column in range(_FIRST_YEAR, last + 1):
        cell = write(sheet, row, column, None)
        cell.number_format = _NUMBER_FORMATS[indicator.type]
        cell.protection = Protection(locked=False)
        cell.fill = _TO_FILL_IN
    validation = _numbers_only(indicator)
    validation.add(f"{get_column_letter(_FIRST_YEAR)}{row}:{get_column_letter(last)}{row}")
    sheet.add_data_validation(validation)
    # A long name takes as many lines as it needs; the height has to be told, not every program finds it.
    lines = -(-(len(indicator.name) + 2 * indent) // _WIDTHS[1])
    sheet.row_dimensions[row].height = 8 + 16 * max(1, lines)


def _numbers_only(indicator: Indicator) -> DataValidation:
    """Return the check of a row's cells: it warns and lets pass, as “chưa có” must."""
    low, high = _bounds(indicator)
    whole = indicator.type == "integer"
    bounds = "" if high >= _MOST else f", từ {format_number(low)} đến {format_number(high)}"
    return DataValidation(
        type="whole" if whole else "decimal",
        operator="between",
        formula1=f"{low:.15g}",
        formula2=f"{high:.15g}",
        allow_blank=True,
        showErrorMessage=True,
        errorStyle="warning",
        errorTitle="Ô này ghi số",
        error=f"Ghi số{' nguyên' if whole else ''}{bounds}; không phát sinh ghi 0, chưa có số liệu ghi «chưa có».",
        showInputMessage=True,
        promptTitle=f"{indicator.code} ({indicator.unit_of_measure})"[:32],
        prompt=form_prompt(" nguyên" if whole else ", phần lẻ sau dấu phẩy", indicator.unit_of_measure),
    )


def _bounds(indicator: Indicator) -> tuple[float, float]:
    low, high = -_MOST, _MOST
    for rule in indicator.rules:
        if isinstance(rule, RangeRule) and not rule.trial:
            low = max(low, rule.min if rule.min is not None else -_MOST)
            high = min(high, rule.max if rule.max is not None else _MOST)
    return low, high


def _in_years(form: IndicatorForm) -> bool:
    return all(isinstance(year, int) for year in form.years)


def _say_columns(form: IndicatorForm) -> str:
    if _in_years(form):
        whole = len(form.years) > 1 and consecutive(form.years)
        years = f", từ {form.years[0]} đến {form.years[-1]}" if whole else f": {', '.join(map(str, form.years))}"
        return f"Mỗi dòng là một chỉ tiêu, mỗi cột là một năm{years}."
    return f"Mỗi dòng là một chỉ tiêu, mỗi cột là một kỳ: {say_columns(form.years)}."


def _fill_guide(sheet: Worksheet, plan: Plan, form: IndicatorForm) -> None:
    columns, kind = ("cột năm", "năm") if _in_years(form) else ("cột số liệu", "kỳ")
    lines = [
        _say_columns(form),
        f"Ghi số vào các ô có nền màu của các {columns}; không sửa mã chỉ tiêu.",
        "Ghi số, không kèm đơn vị tính, đúng đơn vị tính ghi ở từng dòng. Số lẻ viết sau dấu phẩy: 1.234,5.",
        FILLING,
        f"Không để trống ô nào của các {columns}.",
        "Điền bằng Excel hay LibreOffice đều được; lưu thành .xlsx; không gửi bản chụp, bản in quét thay cho biểu.",
        f"Biểu có dòng, cột và trang tính ẩn để hệ thống nhận đúng chỉ tiêu, đúng {kind}; không xóa các phần này.",
        plan.confidentiality,
        "",
        "Các chỉ tiêu:",
    ]
    for indicator in form.indicators:
        line = f"{indicator.code}. {indicator.name} ({indicator.unit_of_measure})"
        if not indicator.required:
            line += ", ghi nếu có"
        if indicator.target is not None and not indicator.target.example:
            whose = SCOPES[indicator.target.scope].phrase
            goal = indicator.target.in_words(format_number(indicator.target.value))
            line += f"; mục tiêu {whose} {say_period(indicator.target.year)}: {goal}"
        lines.append(line + ".")
    write(sheet, 1, 1, f"Hướng dẫn ghi biểu «{form.title}»", bold=True, size=14, border=False)
    for row, line in enumerate(lines, 2):
        write(sheet, row, 1, line, border=False).alignment = Alignment(wrap_text=True, vertical="center")
        sheet.row_dimensions[row].height = 18 * max(1, -(-len(line) // 120))
    sheet.column_dimensions["A"].width = 104
    sheet.protection.sheet = True
    set_page(sheet)
    sheet.page_setup.fitToHeight = 1
