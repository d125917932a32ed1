"""The figures behind a draft as an Excel file: totals, every unit's figures, their sources, and who is missing."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from soket.documents.doubt_marks import MARK, said_of
from soket.documents.figures import FormSummary, Summary
from soket.documents.form_sentences import partial_gaps
from soket.documents.goals import year_of_goal
from soket.documents.indicators import IndicatorSummary
from soket.documents.sheets import Value, fit_rows, save, set_page, write, write_heads
from soket.documents.standing import PLACES, PaperList
from soket.plan.periods import head_of, in_order_of_time, label_of, say_periods
from soket.plan.words import AGGREGATES, NATURES
from soket.text import format_moment

_WIDEST = 60  # letters: a column's longer texts wrap
_BEFORE_YEARS = 5  # columns of the totals


def render_figures(summary: Summary) -> bytes:
    """Return the workbook."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    if summary.forms:
        _totals(workbook.create_sheet("Tổng hợp"), summary)
    for number, form in enumerate(summary.forms, 1):
        _unit_figures(workbook.create_sheet(f"Biểu {number}"), form)
    if summary.forms:
        _sources(workbook.create_sheet("Nguồn số liệu"), summary)
    _standings(workbook.create_sheet("Tình hình gửi"), summary)
    _gaps(workbook.create_sheet("Còn thiếu"), summary)
    return save(workbook)


def _totals(sheet: Worksheet, summary: Summary) -> None:
    years = in_order_of_time(year for form in summary.forms for year in form.form.years)
    rows: list[list[Value]] = []
    for form in summary.forms:
        for item in form.indicators:
            totals = {year.year: year.total for year in item.years}
            latest, target, comparison = item.latest, item.target, item.comparison
            rows.append(
                [
                    item.indicator.code,
                    item.indicator.name,
                    item.indicator.unit_of_measure,
                    NATURES[item.indicator.nature].label,
                    AGGREGATES[item.indicator.aggregate].label,
                    *(totals.get(year) for year in years),
                    f"{len(latest.counted)}/{len(form.units)}" if latest else f"0/{len(form.units)}",
                    target.value if target else None,
                    year_of_goal(target) if target else None,
                    comparison.share if comparison else None,
                    _notes(item),
                ]
            )
    heads = ["Mã chỉ tiêu", "Chỉ tiêu", "Đơn vị tính", "Tính chất", "Cách cộng", *map(head_of, years)]
    heads += ["Số đơn vị có số liệu", "Mục tiêu", "Năm mục tiêu", "Đạt so với mục tiêu", "Ghi chú"]
    _table(sheet, f"Tổng hợp số liệu, tính đến {format_moment(summary.as_of)}", heads, rows)
    for row in sheet.iter_rows(min_row=4, min_col=len(heads) - 2, max_col=len(heads) - 1):
        row[0].number_format = "0"
        row[1].number_format = "0.0%"
    items = (item for form in summary.forms for item in form.indicators)
    for number, item in enumerate(items, 4):
        for year in item.years:
            if year.doubts:
                _mark(sheet.cell(number, _BEFORE_YEARS + 1 + years.index(year.year)))


def _notes(item: IndicatorSummary) -> str | None:
    """Return what the figures of a row do not say: estimates, what weighs a mean, who is at a target."""
    each, indicator = item.at_target, item.indicator
    doubtful = [said_of(item, year) for year in item.years if year.doubts and year.total is not None]
    estimated = [year.year for year in item.years if year.estimated]
    notes = (
        f"số ước: {say_periods(estimated)}" if estimated else "",
        f"bình quân theo {indicator.weight_by}" if indicator.weight_by and indicator.aggregate == "mean" else "",
        f"mục tiêu của mỗi đơn vị: {each.reached}/{each.units} đơn vị đạt" if each else "",
        f"{MARK} {'; '.join(doubtful)}" if doubtful else "",
    )
    return "; ".join(filter(None, notes)) or None


def _unit_figures(sheet: Worksheet, form: FormSummary) -> None:
    rows: list[list[Value]] = []
    for item in form.indicators:
        for unit in form.units:
            given = [year.by_unit.get(unit.code) for year in item.years]
            rows.append(
                [
                    item.indicator.code,
                    item.indicator.name,
                    item.indicator.unit_of_measure,
                    unit.name,
                    *(value.value if value else None for value in given),
                ]
            )
    heads = ["Mã chỉ tiêu", "Chỉ tiêu", "Đơn vị tính", "Đơn vị", *map(head_of, form.form.years)]
    _table(sheet, form.form.title, heads, rows)
    if any(item.doubts for item in form.indicators):
        write(sheet, 2, 1, f"{MARK} Số đơn vị ghi, chưa được xác nhận.", border=False)
    for first, item in zip(range(4, 4 + len(rows), len(form.units) or 1), form.indicators, strict=False):
        for column, year in enumerate(item.years, len(heads) - len(item.years) + 1):
            for each in year.doubts:
                _mark(sheet.cell(first + form.units.index(each.unit), column))


def _sources(sheet: Worksheet, summary: Summary) -> None:
    rows: list[list[Value]] = [
        [
            value.unit.code,
            value.unit.name,
            item.indicator.code,
            item.indicator.name,
            label_of(year.year),
            value.value,
            f"lần {value.submission}",
            value.file,
            value.cell,
            "chưa được xác nhận" if value.doubtful else None,
        ]
        for form in summary.forms
        for item in form.indicators
        for year in item.years
        for value in year.values
    ]
    heads = ["Mã đơn vị", "Đơn vị", "Mã chỉ tiêu", "Chỉ tiêu", "Năm", "Giá trị", "Hồ sơ", "Tệp", "Ô", "Ghi chú"]
    _table(sheet, "Nguồn của từng số liệu", heads, rows)
    for row in sheet.iter_rows(min_row=4, min_col=5, max_col=5):
        row[0].number_format = "0"


def _standings(sheet: Worksheet, summary: Summary) -> None:
    rows: list[list[Value]] = [
        [unit.code, unit.name, summary.plan.block(unit.block).name, PLACES[each.name].label]
        for each in summary.units
        for unit in each.units
    ]
    _table(sheet, "Tình hình gửi báo cáo", ["Mã đơn vị", "Đơn vị", "Khối", "Tình trạng"], rows)


def _gaps(sheet: Worksheet, summary: Summary) -> None:
    rows: list[list[Value]] = [["Chưa có báo cáo được tiếp nhận", unit.name] for unit in summary.missing]
    rows += [[PLACES[PaperList.PENDING].label, unit.name] for unit in summary.pending]
    rows += [["Biểu chưa đủ số liệu", line] for form in summary.forms for line in partial_gaps(form)]
    rows += [
        [f"Không có mục {each.section.number}. {each.section.title}", unit.name]
        for each in summary.sections
        if each.section.required
        for unit in each.silent
        if unit not in each.unseen
    ]
    rows += [
        [f"Không nhận ra mục {each.section.number}. {each.section.title} trong báo cáo", unit.name]
        for each in summary.sections
        if each.section.required
        for unit in each.unseen
    ]
    rows += [
        [f"Mục {each.section.number}. {each.section.title} ghi là không có nội dung", unit.name]
        for each in summary.sections
        for unit in each.nil
    ]
    _table(sheet, "Còn thiếu", ["Thiếu gì", "Của ai"], rows)


def _mark(cell: Cell | MergedCell) -> None:
    """Have a figure in doubt shown with its mark: it stays a number."""
    cell.number_format += f' "{MARK}"'


def _table(sheet: Worksheet, title: str, heads: list[str], rows: Sequence[Sequence[Value]]) -> None:
    write(sheet, 1, 1, title, bold=True, size=14, border=False)
    write_heads(sheet, 3, heads)
    for number, row in enumerate(rows, 4):
        for column, value in enumerate(row, 1):
            write(sheet, number, column, value)
    for column, cells in enumerate(zip(*rows, strict=True), 1):
        longest = max(len(str(value)) for value in cells if value is not None) if any(cells) else 0
        sheet.column_dimensions[get_column_letter(column)].width = min(_WIDEST, max(12, longest + 3))
    fit_rows(sheet, 3)
    sheet.freeze_panes = "A4"
    if rows:
        sheet.auto_filter.ref = f"A3:{get_column_letter(len(heads))}{len(rows) + 3}"
    set_page(sheet)
