"""Reads a draft that people wrote, or rewrote, in Word: its paragraphs, and the figures it prints by indicator code.

Text inserted with tracked changes counts, text struck out with them does not, as if all were accepted.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from docx import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn

from soket.documents.rendering import NO_FIGURE
from soket.intake.findings import FindingError
from soket.intake.guard import guard
from soket.intake.messages import fault_of
from soket.intake.numbers import Blank, NoFigure, Number, parse_number
from soket.plan.model import Plan
from soket.text import fold, nfc

_YEAR = re.compile(r"(?:uoc )?(?:nam )?(20\d{2})(?: \(?uoc\)?)?")
_DECIMALS = re.compile(r",(\d+)\D*$")
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


class UnreadableDraftError(ValueError):
    """The file is no Word document that can be read; the message says so to a person."""


@dataclass(frozen=True)
class PrintedFigure:
    """A figure as the draft prints it; `value` None where it is not a number, or could be read as two."""

    indicator: str
    year: int
    text: str
    value: float | None
    decimals: int
    place: str

    @property
    def blank(self) -> bool:
        """Whether the cell says that there is no figure."""
        return self.text == NO_FIGURE or isinstance(parse_number(self.text), Blank | NoFigure)


@dataclass(frozen=True)
class OfficialDraft:
    """What a draft says."""

    paragraphs: tuple[str, ...]  # outside tables, without empty ones
    figures: tuple[PrintedFigure, ...]


def read_official(plan: Plan, content: bytes) -> OfficialDraft:
    """Read a .docx file; raise UnreadableDraftError."""
    codes = frozenset(indicator.code for form in plan.forms for indicator in form.indicators)
    body = _open(content)
    paragraphs = []
    figures: list[PrintedFigure] = []
    tables = 0
    for block in _blocks(body):
        if block.tag == qn("w:tbl"):
            tables += 1
            figures.extend(_figures(block, tables, codes))
        elif text := _text(block):
            paragraphs.append(text)
    return OfficialDraft(tuple(paragraphs), tuple(figures))


def _open(content: bytes) -> Any:  # noqa: ANN401 - lxml has no types
    """Return the body of a Word file that the guard lets through."""
    try:
        guard("docx", content)
        return Document(io.BytesIO(content)).element.body
    except FindingError as error:
        found = fault_of(error.finding, "")
        raise UnreadableDraftError(f"{found.message} {found.advice or ''}".strip()) from error
    except (PackageNotFoundError, zipfile.BadZipFile, KeyError, ValueError, SyntaxError) as error:
        raise UnreadableDraftError("Tệp Word đã hỏng. Mở lại bằng Word, lưu thành .docx rồi gửi lại.") from error


def read_number(text: str) -> tuple[float | None, int]:
    """Return a number written 1.234,5 and how many decimals it prints; None for anything else."""
    reading = parse_number(text)
    if not isinstance(reading, Number) or reading.foreign:
        return None, 0
    decimals = _DECIMALS.search(text)
    return reading.value, len(decimals.group(1)) if decimals else 0


def _blocks(body: Any) -> Iterator[Any]:  # noqa: ANN401 - lxml has no types
    """Yield paragraphs and tables in order, also those inside content controls and tracked insertions."""
    for child in body:
        if child.tag in (qn("w:p"), qn("w:tbl")):
            yield child
        elif child.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:customXml")):
            yield from _blocks(child)


def _text(element: Any) -> str:  # noqa: ANN401
    parts = []
    for node in _without_fallbacks(element):
        if node.tag == qn("w:t"):
            parts.append(node.text or "")
        elif node.tag in (qn("w:tab"), qn("w:br"), qn("w:cr")) or (node.tag == qn("w:p") and node is not element):
            parts.append(" ")
    return " ".join(nfc("".join(parts)).split())


def _without_fallbacks(element: Any) -> Iterator[Any]:  # noqa: ANN401
    """Walk an element; a text box stands in a file twice, once as a fallback for old versions of Word."""
    yield element
    for child in element:
        if child.tag != _FALLBACK:
            yield from _without_fallbacks(child)


def _figures(table: Any, number: int, known: frozenset[str]) -> Iterator[PrintedFigure]:  # noqa: ANN401
    years: dict[int, int] = {}  # by column
    for row_number, row in enumerate(table.findall(qn("w:tr")), 1):
        cells = _cells(row)
        heads = {column: int(m.group(1)) for column, text in cells.items() if (m := _YEAR.fullmatch(fold(text)))}
        codes = [text for text in cells.values() if text in known]
        if heads and not codes:
            years = heads
        if len(codes) != 1:
            continue
        for column, year in years.items():
            text = cells.get(column, "")
            value, decimals = read_number(text)
            yield PrintedFigure(codes[0], year, text, value, decimals, f"bảng {number}, dòng {row_number}")


def _cells(row: Any) -> dict[int, str]:  # noqa: ANN401
    """Return a row's texts by the grid column they begin in: merged cells take several."""
    cells = {}
    column = 0
    for cell in row.findall(qn("w:tc")):
        cells[column] = _text(cell)
        span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
        column += int(span.get(qn("w:val"))) if span is not None else 1
    return cells
