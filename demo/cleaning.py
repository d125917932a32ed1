"""What a drafting office takes out of a working draft before it sends it as its own."""

from __future__ import annotations

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from soket.documents.checks.leftover import is_note
from soket.plan.model import Plan

_ANNEX, _HEADING = "Tên phụ lục", "Đề mục nhỏ"
_ABOUT_DRAFTING = ", NỘI DUNG NGƯỜI SOẠN THẢO CẦN XEM"


def clean(plan: Plan, document: Document) -> None:
    """Take away comments, notes, and what an annex lists for who drafts."""
    body = document.element.body
    for name in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        for mark in list(body.iter(qn(f"w:{name}"))):
            mark.getparent().remove(mark)
    for key, relation in list(document.part.rels.items()):
        if relation.reltype == RELATIONSHIP_TYPE.COMMENTS:
            del document.part.rels[key]
    listing, annex = False, False
    for paragraph in document.paragraphs:
        style = paragraph.style.name if paragraph.style else ""
        annex = annex or style == _ANNEX
        listing = (listing or (annex and style == _HEADING)) and style != _ANNEX
        for run in paragraph.runs:
            if _ABOUT_DRAFTING in run.text:
                run.text = run.text.replace(_ABOUT_DRAFTING, "")
        if listing or is_note(plan, paragraph.text):
            _take_away(paragraph)


def _take_away(paragraph: Paragraph) -> None:
    """Remove a paragraph; of one that ends a section the words alone: what is before would lie as what follows."""
    if next(paragraph._p.iter(qn("w:sectPr")), None) is None:
        paragraph._p.getparent().remove(paragraph._p)
        return
    for run in paragraph.runs:
        run.text = ""
