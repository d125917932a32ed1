"""The indicator table: found by its headings wherever it starts, read row by row by code or, without one, by name."""

from __future__ import annotations

from soket.intake.table.form_table import FormTable
from soket.intake.table.in_documents import differences, like_the_first, stands_for_workbook, tables_in
from soket.intake.table.owners import Bodies, bodies_of
from soket.intake.table.search import explain_absence, find_tables, leave_to_rivals

__all__ = [
    "Bodies",
    "FormTable",
    "bodies_of",
    "differences",
    "explain_absence",
    "find_tables",
    "leave_to_rivals",
    "like_the_first",
    "stands_for_workbook",
    "tables_in",
]
