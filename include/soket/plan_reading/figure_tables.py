"""Tables of figures that a plan on paper attaches: their indicators, measures and periods."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from soket.plan.periods import PeriodId, in_order_of_time, read_period
from soket.plan_reading.bodies import bodies_in
from soket.reading.findings import Table
from soket.text import flat, nfc

# Heads of columns.
_NUMBER = re.compile(r"(?:s?tt|so tt|so thu tu)\.?$")
_NAME = re.compile(r"(?:ten )?(?:chi tieu|noi dung|tieu chi|chi so|danh muc|hang muc)\b")
_MEASURE = re.compile(r"(?:don vi(?: tinh)?|dvt|d/v tinh|dv tinh)\.?$")
_TASKS = re.compile(
    r"thoi (?:gian|han|diem)|han (?:cuoi|chot)|tien do|chu tri|phoi hop|phu trach|(?:co quan|don vi) thuc hien"
)
_BEFORE_PERIOD = re.compile(r"^(?:so lieu|ket qua|thuc hien|uoc|th|uth|uoc thuc hien|so)\s+(?=\S)")
# Above a table.
_ALL_IN = re.compile(r"\W*(?:don vi tinh|dvt)\s*:\s*(?P<measure>[^)]+?)\W*$")
_NO_TITLE = re.compile(r"\W*(?:don vi tinh|dvt|kem theo|ban hanh kem|cua |phu luc [\divx]+\W*$)")
_PART = re.compile(r"^(?:[-–+•]|trong do\b)")
_SECTION = re.compile(r"[IVX]+|[A-H]")
_COUNTED = re.compile(r"\d{1,2}(?:\.\d{1,2}){0,2}\.?")
_DITTO = frozenset(('"', "”", "''", "nt", "-nt-", "-"))
_MOST = 99  # indicators, and parts of one


@dataclass(frozen=True)
class ReadIndicator:
    """A line of a table: its code, its name and what it is measured in, "" where the table does not say."""

    code: str
    name: str
    measure: str


@dataclass(frozen=True)
class FigureTable:
    """A table of figures: what stands above it, its lines and the periods of its columns."""

    title: str
    lines: tuple[tuple[str, str, str], ...]  # number, name, measure, as they stand
    periods: tuple[PeriodId, ...]  # in order of time
    unread: tuple[str, ...] = ()  # heads of columns that are no period


@dataclass
class LineCodes:
    """Gives the lines of tables their codes, through all of them: what is part of what its number says."""

    many: int = 0
    parts: dict[str, int] = field(default_factory=dict)
    over: list[str] = field(default_factory=list)  # names of lines that have no code left

    def indicators(self, table: FigureTable) -> list[ReadIndicator]:
        """Return the indicators of a table; a line that leads to others and measures nothing is none."""
        found: list[ReadIndicator] = []
        at: dict[str, ReadIndicator] = {}  # by their numbers in the table
        above: ReadIndicator | None = None  # what a roman number or a letter counts
        last: ReadIndicator | None = None  # what has parts without a number
        measured = any(measure for _, _, measure in table.lines)
        numbered = any(number for number, _, _ in table.lines)
        for number, name, measure in table.lines:
            number = number.rstrip(". ")
            if _SECTION.fullmatch(number):
                at = {}
                above = last = self._indicator(name, measure, None) if measure or not measured else None
                found += [last] if last else []
                continue
            is_part = _PART.match(flat(name)) is not None or (numbered and not _COUNTED.fullmatch(number))
            whole = at.get(number.rpartition(".")[0]) or (last if is_part and found else above)
            each = self._indicator(re.sub(r"^[-–+•]\s*", "", name), measure, whole)
            if each is None:
                continue
            found.append(each)
            if not is_part:
                at[number] = last = each
        return found

    def _indicator(self, name: str, measure: str, whole: ReadIndicator | None) -> ReadIndicator | None:
        code = self._code(whole.code if whole and whole.code.count(".") < 2 else None)
        if code is None:
            self.over.append(name)
            return None
        same = measure in _DITTO or not measure
        return ReadIndicator(code, name, whole.measure if same and whole else "" if same else measure)

    def _code(self, whole: str | None) -> str | None:
        if whole is None:
            self.many += 1
            return f"CT{self.many:02}" if self.many <= _MOST else None
        self.parts[whole] = self.parts.get(whole, 0) + 1
        return f"{whole}.{self.parts[whole]}" if self.parts[whole] <= _MOST else None


def figure_table(table: Table, paragraphs: Sequence[str]) -> FigureTable | None:
    """Return what a table among paragraphs asks figures of; None where it has neither measures nor periods."""
    lines = [" ".join(nfc(each).split()) for each in paragraphs[: table.after]]
    rows = [{column: " ".join(filter(None, lines[start:end])) for column, start, end in row} for row in table.rows]
    if len(rows) < 2:
        return None
    name = next((column for column, cell in rows[0].items() if _NAME.match(flat(cell))), None)
    measure = next((column for column, cell in rows[0].items() if _MEASURE.match(flat(cell))), None)
    number = next((column for column, cell in rows[0].items() if _NUMBER.match(flat(cell))), None)
    if name is None or any(_TASKS.search(flat(head)) for head in rows[0].values()):
        return None
    if measure is not None and any(bodies_in(row.get(measure, "")) for row in rows[1:]):
        return None  # "Đơn vị" are bodies, of whom something is said
    heads, first = _heads(rows)
    others = {column: head for column, head in heads.items() if column not in (name, measure, number) and head}
    periods = {column: period for column, head in others.items() if (period := _period(head)) is not None}
    if measure is None and not periods:
        return None
    title, all_in = _above([*lines[: table.first]])
    read = tuple(
        (row.get(number, "") if number is not None else "", row[name], row.get(measure, "") if measure else all_in)
        for row in rows[first:]
        if row.get(name) and not _is_count(row)
    )
    if not read:
        return None
    unread = tuple(head for column, head in others.items() if column not in periods)
    return FigureTable(title, read, tuple(in_order_of_time(periods.values())), unread)


def _heads(rows: Sequence[dict[int, str]]) -> tuple[dict[int, str], int]:
    """Return what stands over each column, and the first row below: a second row of a head names periods alone."""
    second = [cell for cell in rows[1].values() if cell]
    if len(rows) > 2 and second and any(_period(cell) is not None for cell in second) and not _numbered(rows[1]):
        return {**rows[0], **{column: cell for column, cell in rows[1].items() if _period(cell) is not None}}, 2
    return rows[0], 1


def _numbered(row: dict[int, str]) -> bool:
    first = next(iter(row.values()), "")
    return _COUNTED.fullmatch(first) is not None or _SECTION.fullmatch(first) is not None


def _is_count(row: dict[int, str]) -> bool:
    """Whether a row numbers the columns: (1) (2) (3), A B C."""
    cells = [cell.strip("() ") for cell in row.values() if cell]
    return len(cells) > 1 and all(re.fullmatch(r"\d{1,2}|[A-Z]", cell) for cell in cells)


def _period(head: str) -> PeriodId | None:
    return read_period(_BEFORE_PERIOD.sub("", flat(head).strip(" .:")))


def _above(lines: list[str]) -> tuple[str, str]:
    """Return the title above a table, and the measure that is said there to be of all its lines."""
    measure = ""
    for line in filter(None, reversed(lines[-6:])):
        if said := _ALL_IN.match(flat(line)):
            measure = measure or line[slice(*said.span("measure"))].strip()
        elif not _NO_TITLE.match(flat(line)):
            return line.rstrip(" .:"), measure
    return "", measure
