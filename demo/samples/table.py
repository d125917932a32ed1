"""A form filled in: found by its codes and years, so its layout may change without a change here."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from io import BytesIO, StringIO

from openpyxl import Workbook, load_workbook

from soket.documents.request import form_workbook
from soket.plan.model import IndicatorForm, Plan
from soket.plan.periods import PeriodId, head_of
from soket.text import format_number

Written = Mapping[tuple[str, PeriodId], str | float | None]
"""What stands in the cell of an indicator and a year."""

_CODE = re.compile(r"CT\d{2}(\.\d{1,2})?")
_blanks: dict[tuple[str, str, IndicatorForm], bytes] = {}  # by all that a blank form is made of: units share it


def as_workbook(plan: Plan, form: IndicatorForm, written: Written) -> bytes:
    """Return the plan's form filled in."""
    result = BytesIO()
    _filled(plan, form, written).save(result)
    return result.getvalue()


def as_csv(plan: Plan, form: IndicatorForm, written: Written) -> bytes:
    """Return the same table as text, with numbers as Vietnamese spreadsheets export them."""
    text = StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    for row in _filled(plan, form, written).worksheets[0].iter_rows(values_only=True):
        if any(value is not None for value in row):
            writer.writerow([_exported(value) for value in row])
    return text.getvalue().encode("utf-8-sig")


def _exported(value: object) -> str:
    # A year in the heading is a number too, and is not grouped.
    if isinstance(value, int | float) and not (isinstance(value, int) and 1990 < value < 2100):
        return format_number(value)
    return "" if value is None else str(value)


def _filled(plan: Plan, form: IndicatorForm, written: Written) -> Workbook:
    workbook = load_workbook(BytesIO(_blank(plan, form)))
    sheet = workbook.worksheets[0]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    heads = {head_of(year): year for year in form.years}
    columns = {heads[str(cell.value)]: cell.column for cell in cells if str(cell.value) in heads}
    rows = {str(cell.value): cell.row for cell in cells if _CODE.fullmatch(str(cell.value))}
    for (code, year), value in written.items():
        sheet.cell(rows[code], columns[year]).value = value
    return workbook


def _blank(plan: Plan, form: IndicatorForm) -> bytes:
    made_of = plan.id, plan.confidentiality, form
    if made_of not in _blanks:
        _blanks[made_of] = form_workbook(plan, form)
    return _blanks[made_of]
