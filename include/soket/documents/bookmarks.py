"""Takes what a filled paper tells of others out of its marks, and leaves a bookmark at each place."""

from __future__ import annotations

from typing import Any

from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement

from soket.documents.framing import StyleNames
from soket.documents.provenance import MARK, Piece, ToldPassage, Tracer

# The styles of a paper's headings; where one begins, those after it are over.
_HEADINGS = ("Tên phụ lục", "Đề mục lớn", "Đề mục nhỏ", "Tên bảng")
_BETWEEN = " | "  # the cells of a row


def take_out(tracer: Tracer, document: Any) -> tuple[ToldPassage, ...]:  # noqa: ANN401 - docx has no types
    """Return the paragraphs, and rows of tables, of a filled document that tell what others reported."""
    body, named, headings = document.element.body, StyleNames(document), dict.fromkeys(_HEADINGS, "")
    last = max((int(each.get(qn("w:id"))) for each in body.iter(qn("w:bookmarkStart"))), default=0)
    passages: list[ToldPassage] = []
    for block in (row for each in body for row in (each.iter(qn("w:tr")) if each.tag == qn("w:tbl") else (each,))):
        pieces = _pieces(tracer, block)
        style = named.of(block)
        if style in headings:
            _go_on(headings, style, "".join(piece.text for piece in pieces))
        if any(piece.sources for piece in pieces):
            place = ", ".join(filter(None, headings.values()))
            passages.append(ToldPassage(id=f"nguon_{len(passages) + 1}", place=place, pieces=pieces))
            _bookmark(next(block.iter(qn("w:p"))), last + len(passages), passages[-1].id)
    return tuple(passages)


def _pieces(tracer: Tracer, block: Any) -> tuple[Piece, ...]:  # noqa: ANN401 - lxml has no types
    """Return what a paragraph or a row says, in pieces, without the marks that it had."""
    pieces: list[Piece] = []
    for number, cell in enumerate(block.findall(qn("w:tc")) or (block,)):
        texts = list(cell.iter(qn("w:t")))
        pieces += [Piece(text=_BETWEEN)] if number else []
        pieces += tracer.parted("".join(text.text or "" for text in texts))
        for text in texts:
            text.text = MARK.sub("", text.text or "")
    return tuple(pieces)


def _go_on(headings: dict[str, str], style: str, words: str) -> None:
    """Note a heading; what stood below the one before is over."""
    for lower in _HEADINGS[_HEADINGS.index(style) :]:
        headings[lower] = ""
    headings[style] = " ".join(words.split())


def _bookmark(paragraph: Any, number: int, name: str) -> None:  # noqa: ANN401 - lxml has no types
    """Put a bookmark around what a paragraph says."""
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    start.set(qn("w:id"), str(number))
    start.set(qn("w:name"), name)
    end.set(qn("w:id"), str(number))
    paragraph.insert(len(paragraph.findall(qn("w:pPr"))), start)
    paragraph.append(end)
