"""Tables inside a report: each as a sheet, for the reader of sheets, and what one says beside the unit's workbook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from soket.faults import Fault, fault
from soket.intake.table.captions import speaks_of_units
from soket.intake.table.form_table import FormTable
from soket.intake.table.partial_years import speaks_of_a_part
from soket.intake.table.planned_titles import says_planned
from soket.intake.table.search import find_tables
from soket.intake.table.titles_above import planned_by, titles_above
from soket.plan.model import IndicatorForm
from soket.plan.periods import say_period
from soket.reading.findings import Cell, Content, Layout, Sheet, Table
from soket.record.records import Figure
from soket.text import flat, format_amount, format_exactly, quoted

_CAPTION, _LONGEST_CAPTION, _NEAR = "don vi:", 160, 2  # what one says; characters; paragraphs from the table
_FEWEST, _SHARE = 3, 0.5  # indicators for a table to be compared; of the form's for it to stand for the workbook
_MOST_TOLD = 5
_MOST_DECIMALS = 6
_FEWEST_ROWS, _FEWEST_COLUMNS, _MOST_ROWS, _MOST_COLUMNS = 3, 3, 3_000, 200


def tables_in(form: IndicatorForm | None, documents: Mapping[str, Content]) -> list[FormTable]:
    """Return the form's tables in documents by their names, the fullest first; last those of planned figures."""
    done: list[FormTable] = []
    planned: list[FormTable] = []
    if form is None:
        return []
    of_plans = says_planned(form.title)
    for file, content in documents.items():
        sheets: list[Sheet] = []
        titles: dict[str, str] = {}  # of planned ones, where the form itself is none of plans
        for number, (table, above) in enumerate(titles_above(content), 1):
            if _may_hold_figures(table):
                sheets.append(_sheet(content, table, number))
                titles |= {_name(number): title} if (title := planned_by(above)) and not of_plans else {}
        done += find_tables(form, file, [each for each in sheets if each.name not in titles])
        found = find_tables(form, file, [each for each in sheets if each.name in titles])
        planned += [_left_open(table, titles) for table in found]
    ordered = (*sorted(done, key=_size, reverse=True), *sorted(planned, key=_size, reverse=True))
    return [replace(each, inside=True, sheet=each.sheet or "nhiều bảng ghép lại") for each in ordered]


def _left_open(table: FormTable, titles: Mapping[str, str]) -> FormTable:
    """Return a table of planned figures with none of them read, and what there is to tell of it."""
    for at, figure in list(table.figures.items()):
        table.leave(at, figure.cell)
    title = titles.get(table.sheet) or next(iter(titles.values()))
    told = fault("BS-33", table.file, f"dòng trên {table.sheet or 'bảng'}", found=quoted(title))
    return replace(table, faults=[told])


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
    return len({at[0] for at, figure in table.figures.items() if figure.value is not None or at in table.unread})


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
    down = len(lines)
    for row in table.rows:
        line: list[Cell] = []
        for column, start, end in row:
            line += [None] * (column - len(line))
            line.append(" ".join(content.paragraphs[start:end]) or None)
        lines.append(line)
    merged = tuple((top + down, left, bottom + down, right) for top, left, bottom, right in table.merged)
    cells = tuple(map(tuple, lines))
    around = (("trên", _above(content.paragraphs, table)), ("dưới", content.paragraphs[table.after :][:_NEAR]))
    asides = tuple(
        (f"dòng {side} {_name(number)}", text)
        for side, texts in around
        for text in texts
        if len(text) <= _LONGEST_CAPTION and (speaks_of_a_part(text) or (side == "dưới" and _speaks_of_units(text)))
    )
    return Sheet(_name(number), 0 if caption else 1, 1, cells, Layout(merged, asides=asides))


def _name(number: int) -> str:
    return f"bảng thứ {number}"


def _above(paragraphs: Sequence[str], table: Table) -> Sequence[str]:
    return paragraphs[max(table.first - _NEAR, 0) : table.first]


def _caption(paragraphs: Sequence[str], table: Table) -> str | None:
    above = reversed(_above(paragraphs, table))
    return next((text for text in above if len(text) <= _LONGEST_CAPTION and _speaks_of_units(text)), None)


def _speaks_of_units(text: str) -> bool:
    return _CAPTION in flat(text) or speaks_of_units(text)
