"""The hidden marks of our form: which plan's form it is, in which version, and what each row and column is of."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass

from soket.faults import Fault, fault
from soket.narrative.quantities.columns import MARK
from soket.plan.model import IndicatorForm, Plan
from soket.plan.periods import PeriodId
from soket.reading.findings import Sheet

STAMP_SHEET = "_soket"
_FIELDS = ("plan", "form", "version", "title")


@dataclass(frozen=True)
class Stamp:
    """What a form says of itself on its hidden sheet."""

    plan: str
    form: str
    version: str
    title: str

    @property
    def rows(self) -> list[tuple[str, str]]:
        """The hidden sheet's rows."""
        return [(STAMP_SHEET, "1"), *((name, getattr(self, name)) for name in _FIELDS)]


def stamp_of(plan: Plan, form: IndicatorForm) -> Stamp:
    """Return the stamp of a plan's form; its version changes with what the figures mean, not with wording."""
    meaning = [form.years, [[each.code, each.unit_of_measure, each.type] for each in form.indicators]]
    version = hashlib.sha256(json.dumps(meaning).encode()).hexdigest()[:8]
    return Stamp(plan.id, form.code, version, form.title)


def row_mark(code: str) -> str:
    """Return the hidden mark of an indicator's row."""
    return f"{MARK}{code}"


def year_mark(year: PeriodId) -> str:
    """Return the hidden mark of a year's column."""
    return f"{MARK}{year}"


def read_stamp(sheets: Iterable[Sheet]) -> Stamp | None:
    """Return the stamp among some sheets; None where they are of no form of ours."""
    for sheet in sheets:
        if sheet.cells[0][:1] == (STAMP_SHEET,):
            said = {str(row[0]): str(row[1]) for row in sheet.cells if len(row) > 1}
            return Stamp(*(said.get(name, "") for name in _FIELDS))
    return None


def check_stamp(plan: Plan, form: IndicatorForm, file: str, sheets: Iterable[Sheet]) -> Fault | None:
    """Say that a file is another plan's form, another form of the plan, or an old version; None where it isn't."""
    found, wanted = read_stamp(sheets), stamp_of(plan, form)
    if found is None or found == wanted:
        return None
    if (found.plan, found.form) != (wanted.plan, wanted.form):
        return fault("BS-22", file, found=found.title or found.form, form=form.title)
    return fault("BS-23", file) if found.version != wanted.version else None
