"""Finds one form's table in a workbook: on which sheet, lying which way, and why it is not there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from soket.faults import Fault, fault
from soket.intake.table.captions import speaks_of_units
from soket.intake.table.form_table import FormTable
from soket.intake.table.grid import TAKEN, Grid, first_named
from soket.intake.table.owners import NOBODY, Bodies, Owner, is_another, owner_of, titles_of
from soket.intake.table.planned_titles import says_planned
from soket.intake.table.reader import TableReader
from soket.plan.model import IndicatorForm
from soket.plan.periods import say_columns, year_of
from soket.reading.findings import Fact, Sheet
from soket.reading.formats.cells import PICTURED

_MOST_TURNED = 500  # rows of a sheet whose columns are tried as rows
_MOST_ON_A_SHEET = 20  # tables
_MOST_NOTES = 20  # lines of a sheet that is no more than a note
_LEAST = 3  # cells of a row, and rows, that another table has


def find_tables(form: IndicatorForm, file: str, sheets: Iterable[Sheet], bodies: Bodies = NOBODY) -> list[FormTable]:
    """Return each sheet's table of a form, in the sheets' order; where several hold it, places name the sheet.

    `bodies` are the unit that sends it, and others. A hidden sheet counts only where no other holds the table.
    """
    sheets = _with_notes(tuple(sheets))
    tables = _tables(form, file, [sheet for sheet in sheets if not sheet.layout.hidden])
    if not tables:
        tables = _tables(form, file, [sheet for sheet in sheets if sheet.layout.hidden])
        for table in tables:
            table.faults.insert(0, fault("BS-21", file, sheet=table.sheet))
    tables = _of_results(file, tables, form)
    tables = _put_together(form, tables, {sheet.name: owner_of(sheet) for sheet in sheets} if tables[1:] else {})
    anothers = {sheet.name: bodies.anothers(titles_of(sheet)) for sheet in sheets}
    for table in tables:
        if line := anothers.get(table.sheet):
            table.tell_of_another(line)
        missing = [each for each in form.indicators if each.required and each.code not in table.codes]
        rows = _say_nameless(table.nameless)
        table.faults += [fault("BS-11", file, indicator=each.code, name=each.name, rows=rows) for each in missing]
        table.faults = [
            _of_other_years(form, table, sheets) or each if each.code == "BS-03" else each for each in table.faults
        ]
    return tables


def _with_notes(sheets: tuple[Sheet, ...]) -> tuple[Sheet, ...]:
    """Return sheets, each told what a sheet of nothing but a few lines states of units of measure."""
    notes = [sheet for sheet in sheets if _is_of_notes(sheet) and not sheet.layout.hidden]
    said = tuple(
        (f"trang tính «{sheet.name}»", cell)
        for sheet in notes
        for line in sheet.cells
        for cell in line
        if isinstance(cell, str) and speaks_of_units(cell)
    )
    return tuple(
        each if each in notes else replace(each, layout=replace(each.layout, asides=(*each.layout.asides, *said)))
        for each in sheets
    )


def _is_of_notes(sheet: Sheet) -> bool:
    lines = [[cell for cell in line if cell is not None] for line in sheet.cells]
    texts = all(isinstance(cell, str) for line in lines for cell in line)
    return texts and len(lines) <= _MOST_NOTES and max(map(len, lines), default=_LEAST) < _LEAST


def _say_nameless(rows: list[str]) -> str:
    return f"; chưa rõ của chỉ tiêu nào: {first_named(rows)}" if rows else ""


def _of_results(file: str, tables: list[FormTable], form: IndicatorForm) -> list[FormTable]:
    """Return the tables without those of planned figures; where there is no other, leave such a table unread."""
    if says_planned(form.title):
        return tables
    done = [each for each in tables if not each.planned_by]
    for table in () if done else tables:
        table.leave_all()
        table.faults.append(fault("BS-33", file, table.sheet_name or None, found=table.planned_by))
    return done or tables


def _of_other_years(form: IndicatorForm, table: FormTable, sheets: Iterable[Sheet]) -> Fault | None:
    """Say that the years which a table lacks stand on other sheets; None where they do not."""
    absent = set(form.years) - {year for _, year in table.figures}
    readers = (TableReader(form, FormTable(table.file, each.name), Grid(each)) for each in sheets)
    others = [each for each in readers if each.table.sheet != table.sheet and len(each.indicator_rows()) > 1]
    years = {each.table.sheet: absent & each.years_named() for each in others}
    if not absent or absent - set().union(*years.values()):
        return None
    names = ", ".join(f"«{name}»" for name in (table.sheet, *(name for name, found in years.items() if found)))
    return fault("BS-28", table.file, None, form=form.title, columns=say_columns(form.years), sheets=names)


def _put_together(form: IndicatorForm, tables: list[FormTable], owners: dict[str, Owner | None]) -> list[FormTable]:
    """Return tables that have other rows each as one: a form that was spread over several sheets.

    Sheets that say they are another's are left apart.
    """
    main = max(tables, key=lambda table: len(table.figures), default=None)
    alone: list[FormTable] = []
    parts: list[FormTable] = []
    for table in tables:
        another = main and is_another(owners.get(table.sheet), owners.get(main.sheet))
        (alone if another else parts).append(table)
    rows = [table.codes for table in parts]
    if len(parts) < 2 or sum(map(len, rows)) > len(set().union(*rows)):
        return tables
    whole, *others = parts
    sheets = ", ".join(f"«{table.sheet}»" for table in parts)
    for other in others:
        whole.take_in(other)
    whole.sheet = ""
    whole.faults.append(fault("BS-29", whole.file, form=form.title, sheets=sheets))
    return [whole, *alone]


def explain_absence(form: IndicatorForm, file: str, sheets: Iterable[Sheet]) -> Fault:
    """Say why none of the sheets has the form's table: which half of it is there, and where."""
    facts: dict[str, Fact] = {"form": form.title, "columns": say_columns(form.years)}
    sheets = tuple(sheets)
    if len(apart := [sheet.name for sheet in sheets if _is_of_one_year(form, file, sheet)]) > 1:
        return fault("BS-28", file, None, **facts, sheets=", ".join(f"«{name}»" for name in apart))
    for sheet in sheets:
        reader = TableReader(form, FormTable(file, sheet.name), Grid(sheet))
        place = f"trang tính «{sheet.name}»" if sheet.name else None
        if len(rows := reader.indicator_rows()) > 1:
            return fault("BS-12", file, place, **facts, count=len(rows), one=reader.grid.row_name(rows[0]))
        if headers := reader.headers():
            return fault("BS-13", file, place, **facts, one=reader.grid.row_name(headers[0].bottom))
    pictured = any(place == PICTURED for sheet in sheets for place, _ in sheet.layout.asides)
    return fault("BS-35" if pictured else "BS-01", file, None, **facts)


def _is_of_one_year(form: IndicatorForm, file: str, sheet: Sheet) -> bool:
    """Return whether a sheet has rows of the form, and its name or its first lines are of one of the years alone."""
    reader = TableReader(form, FormTable(file, sheet.name), Grid(sheet))
    rows = reader.indicator_rows()
    if len(rows) < 2:
        return False
    above = [cell for line in sheet.cells[: rows[0]] for cell in line if isinstance(cell, str)]
    named = {str(year) for year in map(year_of, form.years) for text in (sheet.name, *above) if str(year) in text}
    return len(named) == 1


def _tables(form: IndicatorForm, file: str, sheets: list[Sheet]) -> list[FormTable]:
    found = [(sheet, tables) for sheet in sheets if (tables := list(_on(form, file, sheet)))]
    if len(found) < 2:
        return [table for _, tables in found for table in tables]
    return [table for sheet, _ in found for table in _on(form, file, sheet, name_sheet=True)]


def _on(form: IndicatorForm, file: str, sheet: Sheet, *, name_sheet: bool = False) -> Iterator[FormTable]:
    """Yield a sheet's table, and those that are below it, as whole as that and under heads of their own."""
    first = table = _best(form, file, sheet, name_sheet=name_sheet)
    others: list[FormTable] = []
    for _ in range(_MOST_ON_A_SHEET):
        taken = {row for rows in table.rows for row in rows} if table else set()
        sheet = replace(sheet, cells=tuple(TAKEN if row in taken else line for row, line in enumerate(sheet.cells)))
        if not taken or sum(sum(cell is not None for cell in line) >= _LEAST for line in sheet.cells) < _LEAST:
            break
        table = TableReader(form, FormTable(file, sheet.name), Grid(sheet, name_sheet=name_sheet)).read()
        if first and table and len(table.codes) >= len(first.codes):
            others.append(table)
    grid = Grid(sheet, name_sheet=name_sheet)
    for each in (first, *others) if first and others else ():
        each.begins_at = grid.row_name(each.rows[0].start)
    yield from filter(None, (first, *others))


def _best(form: IndicatorForm, file: str, sheet: Sheet, *, name_sheet: bool = False) -> FormTable | None:
    """Return the table as it lies or, where that gives more, with its years as rows."""
    reader = TableReader(form, FormTable(file, sheet.name), Grid(sheet, name_sheet=name_sheet))
    upright = reader.read()
    if upright and any(told.code == "BS-09" for told in upright.faults):
        upright = _side_by_side(form, file, sheet, reader, name_sheet=name_sheet) or upright
    most = len(form.years) * len(form.indicators)
    if (upright and 2 * len(upright.figures) >= most) or len(sheet.cells) > _MOST_TURNED:
        return upright
    grid = Grid(sheet, turned=True, name_sheet=name_sheet)
    turned = TableReader(form, FormTable(file, sheet.name), grid).read()
    return max((table for table in (upright, turned) if table), key=lambda table: len(table.figures), default=None)


def _side_by_side(
    form: IndicatorForm, file: str, sheet: Sheet, reader: TableReader, *, name_sheet: bool
) -> FormTable | None:
    """Return the table that was cut in two laid beside each other, with other rows each; None where it wasn't."""
    header = reader.headers()[0]
    last = max(header.years.values())
    seconds = [column for _, _, column in header.doubled]
    if {year for year, _, _ in header.doubled} != set(header.years) or min(seconds) <= last:
        return None
    tables = [_best(form, file, half, name_sheet=name_sheet) for half in _halves(sheet, header.top, last)]
    left, right = (table.codes if table else set() for table in tables)
    if not (tables[0] and tables[1]) or min(len(left), len(right)) < 2 or left & right:
        return None
    tables[0].take_in(tables[1])
    return tables[0]


def _halves(sheet: Sheet, top: int, last: int) -> Iterator[Sheet]:
    """Yield a sheet without what stands right of a column from a row on, and without what stands left of it."""
    for is_left in (True, False):
        lines = (
            tuple(cell if row < top or (column <= last) == is_left else None for column, cell in enumerate(line))
            for row, line in enumerate(sheet.cells)
        )
        yield replace(sheet, cells=tuple(lines))


def leave_to_rivals(form: IndicatorForm, table: FormTable, found: Iterable[FormTable]) -> list[Fault]:
    """Leave unread what tables as whole as the one taken say otherwise, and return what is told of that."""
    alike = [each for each in found if len(each.codes) == len(table.codes) and each.holds_figures]
    differ = {
        at: figure.cell
        for at, figure in table.figures.items()
        if at not in table.unread
        if any(at in each.figures and each.figures[at].value != figure.value for each in alike)
    }
    for at, cell in differ.items():
        table.leave(at, cell)
    places = "; ".join(each.where for each in alike)
    return [fault("BS-02", table.file, form=form.title, places=places)] if differ else []
