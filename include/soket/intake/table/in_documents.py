"""Tables inside a report: each as a sheet, for the reader of sheets, and what one says beside the unit's workbook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from soket.faults import Fault, fault
from soket.intake.table.captions import speaks_of_units
from soket.intake.table.form_table import FormTable
from soket.intake.table.partial_years import speaks_of_a_part
from soket.intake.table.search import find_tables
from soket.plan.model import IndicatorForm
from soket.plan.periods import say_period
from soket.reading.findings import Cell, Content, Layout, Sheet, Table
from soket.record.records import Figure
from soket.text import flat, format_amount, format_exactly

_CAPTION, _LONGEST_CAPTION, _NEAR = "don vi:", 160, 2  # what one says; characters; paragraphs from the table
_FEWEST, _SHARE = 3, 0.5  # indicators for a table to be compared; of the form's for it to stand for the workbook
_MOST_TOLD = 5
_MOST_DECIMALS = 6
_FEWEST_ROWS, _FEWEST_COLUMNS, _MOST_ROWS, _MOST_COLUMNS = 3, 3, 3_000, 200


def tables_in(form: IndicatorForm | None, documents: Mapping[str, Content]) -> list[FormTable]:
    """Return the form's tables in documents by their names, the fullest first."""
    found = [
        replace(table, inside=True, sheet=table.sheet or "nhiều bảng ghép lại")
        for file, content in documents.items()
        for table in (find_tables(form, file, _sheets(content)) if form else ())
    ]
    return sorted(found, key=_size, reverse=True)


def _sheets(content: Content) -> list[Sheet]:
    return [
        _sheet(content, table, number) for number, table in enumerate(content.tables, 1) if _may_hold_figures(table)
    ]


def stands_for_workbook(form: IndicatorForm, table: FormTable) -> bool:
    """Return whether a table in a report is the form's own, and no extract of it."""
    return _size(table) >= max(_FEWEST, _SHARE * len(form.indicators))


def differences(form: IndicatorForm, inside: Sequence[FormTable], table: FormTable) -> list[Fault]:
    """Return where a table in the report and the one taken say different things, the first few."""
    told = (told for each in inside if each is not table for told in _differences(form, each, table))
    return list(islice(told, _MOST_TOLD))


def _differences(form: IndicatorForm, inside: FormTable, table: FormTable) -> Iterator[Fault]:
    if _size(inside) < min(_FEWEST, len(form.indicators)):
        return
    by_code = {indicator.code: indicator for indicator in form.indicators}
    for at, said in inside.figures.items():
        other = table.figures.get(at)
        if other is None or said.value is None or other.value is None or _is_rounded(said.value, other.value):
            continue
        indicator = by_code[at[0]]
        yield fault(
            "BS-31",
            inside.file,
            f"ô {said.cell}",
            indicator=indicator.code,
            name=indicator.name,
            period=say_period(at[1]),
            said=format_amount(said.value, indicator.unit_of_measure),
            where=_where(inside, said),
            value=format_amount(other.value, indicator.unit_of_measure),
            other=_where(table, other),
        )


def _may_hold_figures(table: Table) -> bool:
    wide = max((row[-1][0] + 1 for row in table.rows if row), default=0)
    return _FEWEST_ROWS <= len(table.rows) <= _MOST_ROWS and _FEWEST_COLUMNS <= wide <= _MOST_COLUMNS


def _where(table: FormTable, figure: Figure) -> str:
    return f"{table.where}, ô {figure.cell}"


def _size(table: FormTable) -> int:
    return len({code for (code, _), figure in table.figures.items() if figure.value is not None})


def _is_rounded(said: float, value: float) -> bool:
    """Return whether a figure is another one, or that rounded to the digits that it shows."""
    decimals = min(len(format_exactly(said).partition(",")[2]), _MOST_DECIMALS)
    return abs(said - value) <= 0.5 * 10.0**-decimals + 1e-9 * abs(value) if decimals else abs(said - value) < 1e-6


def _sheet(content: Content, table: Table, number: int) -> Sheet:
    """Return a table as a sheet; what is said of units of measure right above it is its row 0.

    What is said of them below it, or of a part of a year on either side, stands beside its cells.
    """
    caption = _caption(content.paragraphs, table)
    lines: list[list[Cell]] = [[caption]] if caption else []
    merged = []
    for row in table.rows:
        line: list[Cell] = []
        for at, (column, start, end) in enumerate(row):
            line += [None] * (column - len(line))
            line.append(" ".join(content.paragraphs[start:end]) or None)
            if at + 1 < len(row) and row[at + 1][0] > column + 1:
                merged.append((len(lines), column, len(lines), row[at + 1][0] - 1))
        lines.append(line)
    cells = tuple(map(tuple, lines))
    around = (("trên", _above(content.paragraphs, table)), ("dưới", content.paragraphs[table.after :][:_NEAR]))
    asides = tuple(
        (f"dòng {side} bảng thứ {number}", text)
        for side, texts in around
        for text in texts
        if len(text) <= _LONGEST_CAPTION and (speaks_of_a_part(text) or (side == "dưới" and _speaks_of_units(text)))
    )
    return Sheet(f"bảng thứ {number}", 0 if caption else 1, 1, cells, Layout(tuple(merged), asides=asides))


def _above(paragraphs: Sequence[str], table: Table) -> Sequence[str]:
    return paragraphs[max(table.first - _NEAR, 0) : table.first]


def _caption(paragraphs: Sequence[str], table: Table) -> str | None:
    above = reversed(_above(paragraphs, table))
    return next((text for text in above if len(text) <= _LONGEST_CAPTION and _speaks_of_units(text)), None)


def _speaks_of_units(text: str) -> bool:
    return _CAPTION in flat(text) or speaks_of_units(text)
