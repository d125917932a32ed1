"""Passages of a plan on paper: paragraphs with their place, and tasks laid out in fields: rows, or labelled lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, takewhile

from soket.reading.findings import Table
from soket.text import flat

_LEADING = 100  # characters that lead to words
# Heads of columns, and labels.
_WHO, _WITH, _WHEN, _WHAT = (
    re.compile(r"chu tri|thuc hien|chu nhiem|phu trach"),
    re.compile(r"phoi hop"),
    re.compile(r"thoi (?:gian|han|diem)|hoan thanh|tien do"),
    re.compile(r"noi dung|nhiem vu|cong viec|hoat dong"),
)
_LABEL = re.compile(
    r"(?:(?P<who>(?:(?:co quan|don vi) )?(?:chu tri|thuc hien)(?: thuc hien)?)"
    r"|(?P<with>(?:(?:co quan|don vi) )?phoi hop)"
    r"|(?P<when>thoi (?:gian|han)(?: hoan thanh| thuc hien)?|hoan thanh)|(?P<what>noi dung(?: cong viec)?))\s*:\s*"
)


@dataclass(frozen=True)
class Task:
    """What a row of a table says: who does what by when, and who else takes part."""

    who: str
    what: str
    when: str
    beside: str = ""


@dataclass(frozen=True)
class Passage:
    """A paragraph with its place, and the headings above it, the nearest last."""

    place: str
    text: str
    above: tuple[str, ...] = ()
    task: Task | None = None
    led: str = ""  # the sentence that ends in a colon, and the list under which this stands

    def quote(self, words: str = "") -> str:
        """Return the paragraph as a comment quotes it: whole, or what leads to some words of it."""
        at = self.text.find(words) if words else -1
        if at < 0:
            return f'{self.place}: "{self.text}"'
        start = max(at + len(words) - _LEADING, 0)
        start = start and self.text.find(" ", start, at) + 1
        return f'{self.place}: "{"…" if start else ""}{self.text[start : at + len(words)]}"'


def rows_of(table: Table, lines: Sequence[str]) -> list[Passage]:
    """Return the rows of a table of tasks as passages; none of any other table."""
    rows = [["; ".join(filter(None, lines[start:end])) for _, start, end in row] for row in table.rows]
    columns = _columns([flat(cell) for cell in rows[0]]) if rows else None
    if columns is None:
        return []
    who, when, what, beside = columns
    titles = list(takewhile(bool, reversed(lines[: table.first])))[:3]
    place = "Phụ lục" if any(flat(title).startswith("phu luc") for title in titles) else "Bảng phân công"
    above = tuple(titles[:1])
    found: list[Passage] = []
    section: tuple[str, ...] = ()
    for number, row in enumerate(rows[1:], 1):
        cell = dict(enumerate(row))
        task = Task(cell.get(who, ""), cell.get(what, ""), cell.get(when, ""), cell.get(beside, ""))
        filled = [each for each in row if each]
        if not (task.who or task.when or task.beside):
            section = tuple(filled[-1:])
        elif len(row) == len(rows[0]):
            found.append(_passage(f"{place}, dòng {number}", task, (*above, *section)))
        elif filled:  # cells were merged: nobody can tell what is what
            found.append(Passage(f"{place}, dòng {number}", "; ".join(filled), (*above, *section)))
    return found


def _columns(heads: Sequence[str]) -> tuple[int, int, int, int] | None:
    beside = next((at for at, head in enumerate(heads) if _WITH.search(head) and not _WHO.search(head)), -1)
    columns = [
        next((at for at, head in enumerate(heads) if at != beside and pattern.search(head)), -1)
        for pattern in (_WHO, _WHEN, _WHAT)
    ]
    if -1 in columns or len(set(columns)) < len(columns):
        return None
    return columns[0], columns[1], columns[2], beside


def with_labels_joined(passages: Sequence[Passage]) -> Iterator[Passage]:
    """Yield passages; the labelled ones below one heading as one task, where they say who or when."""
    for above, group in groupby(passages, key=lambda each: each.above):
        same = list(group)
        labelled = [(match, each) for each in same if (match := _LABEL.match(flat(each.text)))]
        kinds = {match.lastgroup for match, _ in labelled}
        if not above or len(labelled) < 2 or not {"who", "when"} & kinds:
            yield from same
            continue
        cells: dict[str, str] = {}
        joined: set[int] = set()
        for match, each in labelled:
            if str(match.lastgroup) not in cells:
                cells[str(match.lastgroup)] = each.text[match.end() :].rstrip(" .")
                joined.add(id(each))
        what = "; ".join(filter(None, (above[-1], cells.get("what", ""))))
        task = Task(cells.get("who", ""), what, cells.get("when", ""), cells.get("with", ""))
        place = labelled[0][1].place.rpartition(".")[0] if "," not in labelled[0][1].place else ""
        yield _passage(place or labelled[0][1].place.partition(",")[0], task, above)
        yield from (each for each in same if id(each) not in joined)


def _passage(place: str, task: Task, above: tuple[str, ...]) -> Passage:
    text = ", ".join(filter(None, (f"{task.who}: {task.what}" if task.who else task.what, task.when)))
    return Passage(place, f"{text}; phối hợp: {task.beside}" if task.beside else text, above, task)
