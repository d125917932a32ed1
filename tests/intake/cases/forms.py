"""The plan's own form: read by its hidden marks whatever a clerk did to what is seen."""

from __future__ import annotations

from pathlib import Path

from openpyxl.worksheet.worksheet import Worksheet

from intake import sheets
from intake.cases import RETURNED, A, Case, W
from intake.sheets import filled_form, small_form, submission
from reading import corpus

MADE = Path(__file__).resolve().parents[1] / "made" / "table"


def renamed(page: Worksheet) -> None:
    for row in (5, 8):
        page.cell(row, 2).value = None
        page.cell(row, 3).value = "Một tên khác hẳn"
    page["E4"] = "Kỳ gốc"


def with_rows_put_in(page: Worksheet) -> None:
    page.insert_rows(7, 2)
    page["C7"] = "Ghi thêm"
    page.insert_rows(1)


def reordered(page: Worksheet) -> None:
    """The last indicator's row, with its marks, cut and put before the first."""
    last = [cell.value for cell in page[10]]
    page.move_range("A5:G9", rows=1)
    for column, value in enumerate(last, 1):
        page.cell(5, column).value = value


def partly_sorted(page: Worksheet) -> None:
    """What is seen was sorted, what is hidden was not."""
    for column in range(2, 8):
        one, other = page.cell(6, column), page.cell(7, column)
        one.value, other.value = other.value, one.value


def years_changed(page: Worksheet) -> None:
    page["E4"], page["F4"] = "Năm 2020", "Năm 2019"


def an_old_version() -> bytes:
    _, form = small_form()
    first = form.indicators[0].model_copy(update={"unit_of_measure": "lượt người"})
    return filled_form(form=form.model_copy(update={"indicators": (first, *form.indicators[1:])}))


def another_form() -> bytes:
    _, form = small_form()
    return filled_form(form=form.model_copy(update={"code": "khac", "title": "Biểu 09"}))


def another_plan() -> bytes:
    plan, _ = small_form()
    return filled_form(plan=plan.model_copy(update={"id": "ke_hoach_khac"}))


CASES = [
    Case("filled in", lambda: submission(filled_form()), A),
    Case("renamed", lambda: submission(filled_form(renamed)), A),
    Case("with rows put in", lambda: submission(filled_form(with_rows_put_in)), A),
    Case("reordered", lambda: submission(filled_form(reordered)), A),
    Case("partly sorted", lambda: submission(filled_form(partly_sorted)), RETURNED, ("BS-24", "BS-24")),
    Case("years changed over", lambda: submission(filled_form(years_changed)), RETURNED, ("BS-26", "BS-26")),
    Case("an old version", lambda: submission(an_old_version()), W, ("BS-23",)),
    Case("another form", lambda: submission(another_form()), RETURNED, ("BS-22",)),
    Case("another plan's form", lambda: submission(another_plan()), RETURNED, ("BS-22",)),
    Case("saved by LibreOffice", lambda: submission((MADE / "form.xlsx").read_bytes()), A),
    # It writes 12.5 whatever the language: what that means is asked back.
    Case(
        "saved as text by LibreOffice",
        lambda: submission((MADE / "form.csv").read_bytes(), "biểu.csv"),
        RETURNED,
        ("SL-01",) * 3,
    ),
    Case(
        "report written into the outline",
        lambda: {"đề cương.docx": (MADE / "outline.docx").read_bytes(), corpus.TABLE: sheets.filled_form()},
        A,
    ),
]
