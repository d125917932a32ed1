"""Tables with good figures, dressed as clerks dress them: none of it may change a figure in silence."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any

from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from intake.plans import YEARS
from intake.sheets import UNITS, rows, sheet
from reading import corpus

_PLAIN_FORMATS = (
    "General",
    "0.######",
    "#,##0.######",
    "_-* #,##0.000000 _₫_-",
    "[$-42A]#,##0.######",
    "0.##;[Red]-0.##",
)
_CODES = [line[0] for line in rows()]
_NAMES = {line[0]: line[1] for line in rows()}


@dataclass
class Dressed:
    """A table as it goes into a workbook, and what its figures are."""

    figures: dict[str, list[float]]
    above: list[list[Any]] = field(default_factory=list)
    head: list[Any] = field(default_factory=lambda: ["Mã", "Chỉ tiêu", *(f"Năm {year}" for year in YEARS)])
    lines: list[list[Any]] = field(default_factory=list)
    first: int = 2  # the column of the first year
    formats: dict[tuple[int, int], str] = field(default_factory=dict)  # by the line and the column
    done: list[str] = field(default_factory=list)
    planned: bool = False  # a plan stands before each figure
    split: int = 0  # where another head begins, its years backwards
    beside: int = 0  # from which line on the table goes on beside itself
    moved: bool = False  # money is in another unit than the form's: once is enough

    def saved(self) -> bytes:
        """Return the workbook."""
        top = len(self.above) + 1
        cells = {f"{chr(65 + column)}{top + 1 + line}": code for (line, column), code in self.formats.items()}
        lines = [self.head, *self.lines]
        if self.planned and not self.formats:
            lines = [[*line[: self.first], *_each_twice(line[self.first :], line is self.head)] for line in lines]
            return sheet([*self.above, *lines])
        if self.split and not self.formats:
            backwards = [[*line[: self.first], *reversed(line[self.first : self.first + len(YEARS)])] for line in lines]
            return sheet([*self.above, *lines[: self.split], [], backwards[0], *backwards[self.split :]])
        if self.beside and not self.formats:
            wide = max(map(len, lines)) + 1
            halves = zip_longest(lines[: self.beside], [self.head, *lines[self.beside :]], fillvalue=[])
            return sheet([*self.above, *([*left, *[None] * (wide - len(left)), *right] for left, right in halves)])
        return sheet([*self.above, *lines], formats=cells)

    def values(self) -> list[tuple[int, int]]:
        """Return the places of the figures."""
        columns = range(self.first, self.first + len(YEARS))
        return [
            (index, column) for index, line in enumerate(self.lines) if line and line[0] in _CODES for column in columns
        ]


def generated(chance: random.Random) -> Dressed:
    """Return a table of random figures with some dressings."""
    figures: dict[str, list[float]] = {}
    for code in _CODES:
        unit = UNITS[code]
        if unit == "%":
            figures[code] = [round(chance.uniform(1.5, 99), 1) for _ in YEARS]
        elif unit == "lượt":
            figures[code] = [float(chance.randint(0, 900_000)) for _ in YEARS]
        else:
            figures[code] = [round(chance.uniform(1.5, 900), chance.choice((0, 1, 2))) for _ in YEARS]
    table = Dressed(figures)
    table.lines = [[code, _NAMES[code], *figures[code]] for code in _CODES]
    for dress in chance.sample(DRESSINGS, chance.randint(1, 3)):
        dress(table, chance)
        table.done.append(dress.__name__)
    return table


def _each_twice(values: list[Any], is_head: bool) -> list[Any]:
    if is_head:
        return [head for year in values for head in (f"KH {year}", f"TH {year}")]
    return [each for value in values for each in (7.0, value)]


def plans_beside(table: Dressed, chance: random.Random) -> None:
    table.planned = True


def second_head(table: Dressed, chance: random.Random) -> None:
    table.split = chance.randint(2, len(table.lines) - 1)


def side_by_side(table: Dressed, chance: random.Random) -> None:
    table.beside = chance.randint(2, len(table.lines))


def struck_through(table: Dressed, chance: random.Random) -> None:
    for line, column in chance.sample(table.values(), 3):
        value = table.lines[line][column]
        if isinstance(value, float) and (line, column) not in table.formats:
            gone = TextBlock(InlineFont(strike=True), chance.choice(("7", "12,5", "1.200 ")))
            table.lines[line][column] = CellRichText(gone, TextBlock(InlineFont(), f"{value:g}".replace(".", ",")))


def plain_formats(table: Dressed, chance: random.Random) -> None:
    for place in table.values():
        if chance.random() < 0.5:
            table.formats.setdefault(place, chance.choice(_PLAIN_FORMATS))


def literal_percents(table: Dressed, chance: random.Random) -> None:
    code = chance.choice(('0.0"%"', "0.0\\%", 'General"%"', '0.0" %"'))
    for line, column in table.values():
        if table.lines[line][0] == "CT03" and isinstance(table.lines[line][column], float):
            table.formats.setdefault((line, column), code)


def real_percents(table: Dressed, chance: random.Random) -> None:
    for line, column in table.values():
        value = table.lines[line][column]
        if table.lines[line][0] == "CT03" and isinstance(value, float) and (line, column) not in table.formats:
            table.lines[line][column] = value / 100
            table.formats[line, column] = chance.choice(("0.0%", "0%", "0.00%"))


def thousands_left_out(table: Dressed, chance: random.Random) -> None:
    _in_thousandths(table, lambda: chance.choice(("#,##0.00,", "0.0##,")))


def words_in_formats(table: Dressed, chance: random.Random) -> None:
    _in_thousandths(table, lambda: '#,##0.00" triệu đồng"')


def _in_thousandths(table: Dressed, shown: Callable[[], str]) -> None:
    """Keep one indicator in a measure a thousand times smaller, under formats that show it so."""
    if table.moved:
        return
    table.moved = True
    for line, column in table.values():
        value = table.lines[line][column]
        if table.lines[line][0] == "CT02" and isinstance(value, float):
            table.lines[line][column] = value * 1_000
            table.formats[line, column] = shown()


def marks(table: Dressed, chance: random.Random) -> None:
    for line, column in chance.sample(table.values(), 3):
        value = table.lines[line][column]
        if isinstance(value, float) and (line, column) not in table.formats and "." not in f"{value:g}":
            text, mark = f"{value:.0f}", chance.choice("123")
            raised = TextBlock(InlineFont(vertAlign="superscript"), mark)
            table.lines[line][column] = chance.choice((CellRichText(text, raised), text + "¹²³"[int(mark) - 1]))


def unseen(table: Dressed, chance: random.Random) -> None:
    for line, column in chance.sample(table.values(), 3):
        value = table.lines[line][column]
        if isinstance(value, float) and (line, column) not in table.formats:
            text = f"{value:g}" if value.is_integer() and value < 1_000 else f"{value:.0f}"
            if float(text) == value:
                table.lines[line][column] = text + chance.choice("\u200b\ufeff\u202c\u00a0")


def dust(table: Dressed, chance: random.Random) -> None:
    for line, column in table.values():
        value = table.lines[line][column]
        if isinstance(value, float) and (line, column) not in table.formats:
            table.lines[line][column] = value * (1 + 1e-15)


def blank_rows(table: Dressed, chance: random.Random) -> None:
    _put(table, chance.randint(0, len(table.lines)), [])


def group_rows(table: Dressed, chance: random.Random) -> None:
    _put(
        table, chance.randint(0, len(table.lines)), [None, chance.choice(("KHÁCH DU LỊCH", "I. Kết quả", "Trong đó:"))]
    )


def own_rows(table: Dressed, chance: random.Random) -> None:
    code = chance.choice(_CODES)
    name = _NAMES[code] + chance.choice((" mới", " của huyện", " xây mới"))
    _put(table, chance.randint(0, len(table.lines)), [None, name, *([None] * (table.first - 2)), 7.0, 8.0, 9.0])


def captions(table: Dressed, chance: random.Random) -> None:
    if table.moved:
        return
    table.moved = True
    said = ("Đơn vị tính: triệu đồng", "(ĐVT: triệu đồng; lượt khách)", "Tiền: triệu đồng", "BIỂU 1 (triệu đồng)",
            "(ĐVT: tiền - triệu đồng)", "Đơn vị tính là triệu đồng")  # fmt: skip
    table.above.append([chance.choice(said)])
    for line, column in table.values():
        value = table.lines[line][column]
        if table.lines[line][0] == "CT02":
            table.lines[line][column] = value * 1_000 if isinstance(value, float) else "?"


def heads(table: Dressed, chance: random.Random) -> None:
    ways = (
        "{}",
        "Năm {}",
        "TH {}",
        "Thực hiện năm {}",
        "Đến 31/12/{}",
        "31/12/{}",
        "Sơ bộ - Prel. {}",
        "{} (*)",
        "Hết năm {}",
    )
    for column, year in enumerate(YEARS, table.first):
        table.head[column] = chance.choice(ways).format(year)


def units_with_dittos(table: Dressed, chance: random.Random) -> None:
    table.first += 1
    table.head.insert(2, "Đơn vị tính")
    table.formats = {(line, column + (column >= 2)): code for (line, column), code in table.formats.items()}
    before = None
    for line in table.lines:
        if line and line[0] in _CODES:
            unit = UNITS[line[0]]
            line.insert(2, chance.choice(('"', "-nt-", "như trên", "nt")) if unit == before else unit)
            before = unit
        elif line:
            line.insert(2, None)


def _put(table: Dressed, at: int, line: list[Any]) -> None:
    table.lines.insert(at, line)
    table.formats = {(row + (row >= at), column): code for (row, column), code in table.formats.items()}


DRESSINGS: list[Callable[[Dressed, random.Random], None]] = [
    plain_formats, literal_percents, real_percents, thousands_left_out, words_in_formats, marks, unseen, dust,
    blank_rows, group_rows, own_rows, captions, heads, units_with_dittos,
    plans_beside, second_head, side_by_side, struck_through,
]  # fmt: skip

__all__ = ["Dressed", "corpus", "generated"]
