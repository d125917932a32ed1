"""Tables inside a report: each as a sheet, for the reader of sheets, and what one says beside the unit's workbook."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from soket.faults import Fault, fault
from soket.intake.table.form_table import FormTable
from soket.intake.table.owners import NOBODY, Bodies
from soket.intake.table.partial_years import speaks_of_a_part
from soket.intake.table.planned_titles import says_planned
from soket.intake.table.search import find_tables
from soket.intake.table.titles_above import (
    LONGEST_CAPTION,
    NEAR,
    is_a_caption,
    is_of_a_part,
    is_of_a_whole,
    lines_above,
    lines_below,
    planned_title,
    states_units,
    titles_above,
)
from soket.plan.model import IndicatorForm
from soket.plan.periods import say_period
from soket.reading.findings import Cell, Content, Layout, Row, Sheet, Table
from soket.reading.formats.cells import note_on
from soket.reading.formats.paragraphs import RAISED
from soket.reading.guards.extent import column_letters
from soket.record.records import Figure
from soket.text import format_amount, format_exactly, quoted

_FEWEST, _SHARE = 3, 0.5  # indicators for a table to be compared; of the form's for it to stand for the workbook
_MOST_TOLD = 5
_MOST_DECIMALS = 6
_FEWEST_ROWS, _FEWEST_COLUMNS, _MOST_ROWS, _MOST_COLUMNS = 3, 3, 3_000, 200

_WHOLE, _OF_A_PART, _PLANNED = range(3)  # what figures a table is of: the first are taken first
_NOTE = re.compile(r"(\[(\d+)\]) ")  # before the text of one
_DIGIT = re.compile(r"\d")
_PLACE, _SHEET = re.compile(r"(bảng thứ \d+)!([A-Z]*\d*)"), re.compile(r"trang tính «(bảng thứ \d+)»")


def tables_in(form: IndicatorForm | None, documents: Mapping[str, Content], bodies: Bodies = NOBODY) -> list[FormTable]:
    """Return the form's tables in documents by their names, the fullest first.

    After those of all of a unit come those of a part of it, and last those of planned figures.
    """
    if form is None:
        return []
    ranked: list[tuple[int, int, FormTable]] = []
    for file, content in documents.items():
        titles: dict[str, tuple[str, ...]] = {}
        sheets: defaultdict[tuple[int, str], list[Sheet]] = defaultdict(list)
        for number, (table, above) in enumerate(titles_above(content), 1):
            if _may_hold_figures(table):
                name, kind = _name(number), _kind_of(form, above)
                kind = max(kind, _OF_A_PART) if _anothers(bodies, above) else kind
                titles[name] = above
                sheets[kind, name if kind is _OF_A_PART else ""].append(_sheet(content, table, name))
        for (kind, _), alike in sheets.items():
            for found in find_tables(form, file, alike, bodies):
                table_inside = _as_inside(found, titles.get(found.sheet, titles[alike[0].name]))
                if line := _anothers(bodies, table_inside.titles):
                    table_inside.tell_of_another(line)
                if kind is _PLANNED:
                    _leave_open(table_inside)
                ranked.append((kind, -_size(table_inside), table_inside))
    return [table for _, _, table in sorted(ranked, key=lambda each: each[:2])]


def _kind_of(form: IndicatorForm, above: Sequence[str]) -> int:
    if planned_title(above) and not says_planned(form.title):
        return _PLANNED
    return _OF_A_PART if is_of_a_part(above) else _WHOLE


def _anothers(bodies: Bodies, titles: Sequence[str]) -> str:
    return bodies.anothers(text for text in titles if len(text) <= LONGEST_CAPTION and not text.endswith((".", ";")))


def _as_inside(table: FormTable, titles: tuple[str, ...]) -> FormTable:
    """Return a table with places as a document has them: "ô C2", where it was put together "ô C2 bảng thứ 3"."""

    def said(text: str) -> str:
        return _PLACE.sub(lambda at: at[2] if at[1] == table.sheet else f"{at[2]} {at[1]}", _SHEET.sub(r"\1", text))

    return replace(
        table,
        figures={at: figure.model_copy(update={"cell": said(figure.cell)}) for at, figure in table.figures.items()},
        faults=[
            each.model_copy(update={"place": each.place and said(each.place), "message": said(each.message)})
            for each in table.faults
        ],
        inside=True,
        titles=titles,
        sheet=table.sheet or "nhiều bảng ghép lại",
    )


def _leave_open(table: FormTable) -> None:
    """Leave a table of planned figures unread, and tell of that alone."""
    table.leave_all()
    place = f"dòng trên {table.sheet}" if _PLACE.match(f"{table.sheet}!A1") else None
    table.faults = [fault("BS-33", table.file, place, found=quoted(planned_title(table.titles)))]


def like_the_first(form: IndicatorForm, inside: Sequence[FormTable]) -> list[FormTable]:
    """Return the tables that are of the same kind of figures as the first: of all of a unit, of a part or planned."""
    first = _kind_of(form, inside[0].titles)
    return [each for each in inside if _kind_of(form, each.titles) == first]


def stands_for_workbook(form: IndicatorForm, table: FormTable) -> bool:
    """Return whether a table in a report is the form's own, and no extract of it."""
    return _size(table) >= max(_FEWEST, _SHARE * len(form.indicators))


def differences(form: IndicatorForm, inside: Sequence[FormTable], table: FormTable) -> list[Fault]:
    """Return where a table in the report and the one taken say different things, the first few."""
    told = (told for each in inside if each is not table for told in _differences(form, each, table))
    return list(islice(told, _MOST_TOLD))


def _differences(form: IndicatorForm, inside: FormTable, table: FormTable) -> Iterator[Fault]:
    if _size(inside) < min(_FEWEST, len(form.indicators)) or not _is_of_the_same(inside, table):
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
            f"{inside.sheet}, ô {said.cell}",
            indicator=indicator.code,
            name=indicator.name,
            period=say_period(at[1]),
            said=format_amount(said.value, indicator.unit_of_measure),
            where=_where(inside, said),
            value=format_amount(other.value, indicator.unit_of_measure),
            other=_where(table, other),
        )


def _is_of_the_same(inside: FormTable, table: FormTable) -> bool:
    """Return whether a table in a report is of what the one taken is of: as whole, or said to be of all of the unit."""
    if is_of_a_part(inside.titles) or inside.of_another:
        return False
    return is_of_a_whole(inside.titles) or _size(inside) > _SHARE * _size(table)


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
    if not decimals and value.is_integer():
        return abs(said - value) < 1e-6
    return abs(said - value) <= 0.5 * 10.0**-decimals + 1e-9 * abs(value)


def _sheet(content: Content, table: Table, name: str) -> Sheet:
    """Return a table as a sheet; what is said of units of measure right above it is its row 0.

    What is said of them below it, or of a part of a year on either side, stands beside its cells; so does what people
    remarked there.
    """
    above = lines_above(content, table)
    caption = next((text for text in reversed(above) if is_a_caption(text)), None)
    lines: list[list[Cell]] = [[caption]] if caption else []
    down = len(lines)
    notes: list[tuple[str, str]] = []
    for number, row in enumerate(table.rows, 1):
        line: list[Cell] = []
        for column, start, end in () if _may_be_shifted(content, table, row) else row:
            line += [None] * (column - len(line))
            text, own = _without_notes(content.paragraphs[start:end])
            line.append(text or None)
            own += (said for at, said in content.remarks if start <= at < end)
            notes += ((note_on(f"{column_letters(column + 1)}{number}"), each) for each in own)
        lines.append(line)
    merged = tuple((top + down, left, bottom + down, right) for top, left, bottom, right in table.merged)
    cells = tuple(map(tuple, lines))
    near = (*range(table.first - NEAR, table.first), *range(table.after, table.after + NEAR))
    remarked = ((f"nhận xét bên lề {name}", text) for at, text in content.remarks if at in near)
    around = (*((f"dòng dưới {name}", text) for text in lines_below(content, table)), *remarked, *content.margins)
    asides = (
        *((f"dòng trên {name}", text) for text in above if speaks_of_a_part(text)),
        *(each for each in around if speaks_of_a_part(each[1]) or states_units(each[1])),
    )
    asides = tuple(each for each in asides if len(each[1]) <= LONGEST_CAPTION)
    return Sheet(name, 0 if caption else 1, 1, cells, Layout(merged, asides=(*asides, *notes)))


def _without_notes(texts: Sequence[str]) -> tuple[str, list[str]]:
    """Return a cell's text, each mark of a note raised, and the notes, which follow what they belong to."""
    lines: list[str] = []
    notes: list[str] = []
    for text in texts:
        mark = _NOTE.match(text)
        if mark and any(mark[1] in line for line in lines):
            lines = [line.replace(mark[1], mark[2].translate(RAISED)) for line in lines]
            notes.append(text[mark.end() :])
        else:
            lines.append(text)
    return "\n".join(lines), notes


def _may_be_shifted(content: Content, table: Table, row: Row) -> bool:
    """Return whether figures or years of a row may be of other columns, as cells may be merged and nothing says so."""
    if not table.counted or len(row) >= max(map(len, table.rows)):
        return False
    return sum(any(_DIGIT.search(text) for text in content.paragraphs[start:end]) for _, start, end in row) > 1


def _name(number: int) -> str:
    return f"bảng thứ {number}"
