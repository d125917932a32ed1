"""Plans on paper: the first plan's own text, and others written after the manner of public ones, all names made up."""

from __future__ import annotations

import io
import re
from pathlib import Path

from soket.plan_reading.paper import Paper, paper_of
from soket.reading.findings import Content
from soket.text import nfc

PAPERS = Path(__file__).parent / "papers"
NAMES = sorted(path.stem for path in PAPERS.glob("*.txt"))


def lines_of(name: str) -> list[str]:
    """Return the paragraphs of a plan's text."""
    return [line for line in (PAPERS / f"{name}.txt").read_text(encoding="utf-8").splitlines() if line.strip()]


def paper(name: str) -> Paper:
    """Return a plan as its paragraphs make it."""
    return paper_of(Content(paragraphs=tuple(map(nfc, lines_of(name)))))


def word_file(name: str, path: Path) -> Path:
    """Save a plan as a Word document, its emphasis as runs, and return the file."""
    from docx import Document

    document = Document()
    for line in lines_of(name):
        paragraph = document.add_paragraph()
        for number, part in enumerate(re.split(r"\*+", line) if line.strip() != "*" else [line]):
            paragraph.add_run(part).bold = number % 2 == 1
    held = io.BytesIO()
    document.save(held)
    path.write_bytes(held.getvalue())
    return path
