"""Plans on paper: the first plan's own text, and others written after the manner of public ones, all names made up."""

from __future__ import annotations

import io
import re
from itertools import groupby
from pathlib import Path

from soket.plan_reading.paper import Paper, paper_of
from soket.reading.findings import Content, Table
from soket.text import nfc

PAPERS = Path(__file__).parent / "papers"
HELD_OUT = Path(__file__).parent / "held_out"  # of other offices; what each obliges to lies beside it
NAMES = sorted(path.stem for path in PAPERS.glob("*.txt"))


def lines_of(name: str, folder: Path = PAPERS) -> list[str]:
    """Return the paragraphs of a plan's text; a row of a table is a line between bars."""
    return [line for line in (folder / f"{name}.txt").read_text(encoding="utf-8").splitlines() if line.strip()]


def content_of(lines: list[str]) -> Content:
    """Return what a reader of documents makes of paragraphs and rows of tables."""
    paragraphs: list[str] = []
    tables: list[Table] = []
    rows: list[tuple[tuple[int, int, int], ...]] = []
    first = 0
    for line in [*map(nfc, lines), ""]:
        if line.startswith("|"):
            first = first if rows else len(paragraphs)
            row = []
            for column, cell in enumerate(line.strip().strip("|").split("|")):
                row.append((column, len(paragraphs), len(paragraphs) + 1))
                paragraphs.append(cell.strip())
            rows.append(tuple(row))
            continue
        if rows:
            tables.append(Table(first, len(paragraphs), tuple(rows)))
            rows = []
        if line:
            paragraphs.append(line)
    return Content(paragraphs=tuple(paragraphs), tables=tuple(tables))


def paper(name: str, folder: Path = PAPERS) -> Paper:
    """Return a plan as its paragraphs and tables make it."""
    return paper_of(content_of(lines_of(name, folder)))


def word_file(name: str, path: Path, folder: Path = PAPERS) -> Path:
    """Save a plan as a Word document, its emphasis as runs, its tables as tables, and return the file."""
    from docx import Document

    document = Document()
    for in_table, lines in groupby(lines_of(name, folder), lambda line: line.startswith("|")):
        rows = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in lines if in_table or line]
        if in_table:
            table = document.add_table(len(rows), len(rows[0]))
            for row, cells in zip(table.rows, rows, strict=True):
                for cell, words in zip(row.cells, cells, strict=True):
                    cell.text = words
            continue
        for (line,) in rows:
            paragraph = document.add_paragraph()
            for number, part in enumerate(re.split(r"\*+", line) if line != "*" else [line]):
                paragraph.add_run(part).bold = number % 2 == 1
    held = io.BytesIO()
    document.save(held)
    path.write_bytes(held.getvalue())
    return path
