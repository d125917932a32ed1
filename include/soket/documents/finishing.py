"""The last hand on a filled paper, as its edition asks: what depends on how the text came out, whatever the template.

How a letter's abstract begins and a text ends, what stays together on a page, what stands above an annex and where its
pages begin to count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from itertools import takewhile
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement

from soket.documents.column_widths import fit_columns
from soket.documents.framing import RECIPIENT, RECIPIENTS_LABEL, UNDER_NUMBER, StyleNames
from soket.documents.letterhead import Head
from soket.documents.measuring_text import has_a_long_word
from soket.documents.page_breaks import keep_before, keep_leads, keep_rows, line_below_first, said_in

_TEXT = ("Thân bài", "Gạch đầu dòng")
_HEADING, _ANNEX, _ENCLOSED = "Đề mục lớn", "Tên phụ lục", "Kèm theo"
_ABOVE_ANNEX = (_ANNEX, "Tên loại", "Trích yếu")
_ROMAN_NUMBER = re.compile(r"[IVX]+[.\-]")
_ABOUT = re.compile(r"(?:V/v|Về việc|về việc)\s+")
_END = re.compile(r"[\s./;]*$")
# What parts of a package no paper needs: a library's picture of its first page, old styles, a form's data.
_SPARE = ("/thumbnail", "/stylesWithEffects", "/customXml")


def finish(document: Any, head: Head) -> None:  # noqa: ANN401 - lxml has no types
    """Give a filled document what its edition asks of the whole."""
    named = StyleNames(document)
    body = document.element.body
    _end_where_text_ends(body)
    foot = next((table for table in reversed(_tables(body)) if named.has(table, RECIPIENTS_LABEL)), None)
    _begin_abstract(body, named, head.edition.letter_abstract.begins)
    _fill_cells(body)
    for table in _tables(body):
        fit_columns(table)
        keep_rows(table)
    keep_leads(body)
    _leave_ragged(body, named)
    if foot is not None:
        _say_once(foot, named)
        _end_text(foot, named, head.stop)
        keep_before(foot)
    for table in _tables(body):
        line_below_first(table)
    if head.upper_headings:
        for paragraph in body.iter(qn("w:p")):
            if named.of(paragraph) == _HEADING and _ROMAN_NUMBER.match(said_in(paragraph)):
                _in_capitals(paragraph)
    for annex in list(_annexes(body, named)):
        _begin_page(annex)
        _say_enclosed(annex, named, head.enclosed)
        if head.edition.page_number.annexes_apart:
            _count_pages_anew(annex)


def without_spare_parts(document: Any) -> None:  # noqa: ANN401 - lxml has no types
    """Leave out of a document's package what no reader needs."""
    for relations in (document.part.package.rels, document.part.rels):
        for name in [key for key, each in relations.items() if each.reltype.endswith(_SPARE)]:
            del relations[name]


def _fill_cells(body: Any) -> None:  # noqa: ANN401
    """Put a line into each cell of nothing: Word opens no file that has one."""
    for cell in body.iter(qn("w:tc")):
        if cell.find(qn("w:p")) is None:
            cell.append(OxmlElement("w:p"))


def _tables(body: Any) -> list[Any]:  # noqa: ANN401
    return [each for each in body if each.tag == qn("w:tbl")]


def _texts(paragraph: Any) -> list[Any]:  # noqa: ANN401
    return list(paragraph.iter(qn("w:t")))


def _begin_abstract(body: Any, named: StyleNames, begins: str) -> None:  # noqa: ANN401
    """Begin what stands under a letter's number as the edition does, however the template begins it."""
    for paragraph in body.iter(qn("w:p")):
        if named.of(paragraph) != UNDER_NUMBER or not (texts := _texts(paragraph)):
            continue
        said = texts[0].text or ""
        if found := _ABOUT.match(said):
            rest = said[found.end() :]
            texts[0].text = f"{begins} {rest}" if begins else rest[:1].upper() + rest[1:]


def _end_text(foot: Any, named: StyleNames, stop: str) -> None:  # noqa: ANN401
    """End the last paragraph of the text with the edition's mark, unless a table or a note ends it."""
    for element in foot.itersiblings(preceding=True):
        if element.tag != qn("w:p"):
            return
        if said := said_in(element):
            if named.of(element) in _TEXT and said[0] != "(" and said.strip("."):
                for text in reversed(_texts(element)):
                    text.text = _END.sub("", text.text or "")
                    if text.text:
                        text.text += stop
                        return
            return


def _leave_ragged(body: Any, named: StyleNames) -> None:  # noqa: ANN401
    """Leave uneven what has a long address in it: evened out, the line before that is torn wide."""
    for paragraph in body.iter(qn("w:p")):
        if named.of(paragraph) in _TEXT and has_a_long_word(said_in(paragraph)):
            paragraph.get_or_add_pPr().jc_val = WD_ALIGN_PARAGRAPH.LEFT


def _say_once(foot: Any, named: StyleNames) -> None:  # noqa: ANN401
    """Leave out of the recipients whoever is named already: one office may have two parts."""
    said = set()
    for line in [each for each in foot.iter(qn("w:p")) if named.of(each) == RECIPIENT]:
        if (words := said_in(line)) in said:
            line.getparent().remove(line)
        said.add(words)


def _in_capitals(paragraph: Any) -> None:  # noqa: ANN401
    for run in paragraph.iter(qn("w:r")):
        run.get_or_add_rPr().get_or_add_caps()


def _annexes(body: Any, named: StyleNames) -> Iterator[Any]:  # noqa: ANN401
    """Yield the first line of each annex: its number, or its name where it has none."""
    before = ""
    for element in body:
        style = named.of(element) if element.tag == qn("w:p") else ""
        if style == _ANNEX != before:
            yield element
        before = style


def _begin_page(annex: Any) -> None:  # noqa: ANN401
    """Begin a page at an annex, whether or not its template does."""
    before = annex.getprevious()
    if before is None or _section_in(before) is not None:
        return
    if not any(each.get(qn("w:type")) == "page" for each in before.iter(qn("w:br"))):
        annex.get_or_add_pPr().get_or_add_pageBreakBefore()


def _say_enclosed(annex: Any, named: StyleNames, enclosed: str) -> None:  # noqa: ANN401
    """Write under an annex's name of which document it is one, unless the template says it."""
    lines = takewhile(lambda each: each.tag == qn("w:p"), annex.itersiblings())  # an annex may end in a table
    above = [annex, *takewhile(lambda each: named.of(each) in _ABOVE_ANNEX, lines)]
    after = above[-1].getnext()
    if not enclosed or (after is not None and after.tag == qn("w:p") and said_in(after).startswith("(Kèm theo")):
        return
    line = OxmlElement("w:p")
    line.get_or_add_pPr().get_or_add_pStyle().val = named.id_of(_ENCLOSED)
    run = line.add_r()
    run.text = enclosed
    above[-1].addnext(line)


def _count_pages_anew(annex: Any) -> None:  # noqa: ANN401
    """Begin a section at an annex, whose pages count from one."""
    own = next((found for each in annex.itersiblings() if (found := _section_in(each)) is not None), None)
    if own is None:
        return
    previous = annex.getprevious()
    if previous is not None and _section_in(previous) is None:
        ending = previous if previous.tag == qn("w:p") else _hairline()
        if ending is not previous:
            annex.addprevious(ending)
        ending.get_or_add_pPr().append(deepcopy(own))
    properties = annex.get_or_add_pPr()
    for breaking in properties.findall(qn("w:pageBreakBefore")):
        properties.remove(breaking)
    numbers = own.find(qn("w:pgNumType"))
    if numbers is None:
        numbers = OxmlElement("w:pgNumType")
        own.find(qn("w:pgMar")).addnext(numbers)
    numbers.set(qn("w:start"), "1")


def _hairline() -> Any:  # noqa: ANN401
    """Return a paragraph that takes no room: of the usual height it would be a page of its own below a full one."""
    line = OxmlElement("w:p")
    spacing = line.get_or_add_pPr().get_or_add_spacing()
    for name, value in {"before": "0", "after": "0", "line": "20", "lineRule": "exact"}.items():
        spacing.set(qn(f"w:{name}"), value)
    return line


def _end_where_text_ends(body: Any) -> None:  # noqa: ANN401
    """Let no section follow the text's last: it would be a blank page."""
    own = body.find(qn("w:sectPr"))
    before = own.getprevious()
    if before is not None and (section := _section_in(before)) is not None and not said_in(before):
        body.remove(before)
        body.replace(own, section)


def _section_in(element: Any) -> Any:  # noqa: ANN401
    """Return the section that ends with an element; None where none does."""
    return element if element.tag == qn("w:sectPr") else element.find(f"{qn('w:pPr')}/{qn('w:sectPr')}")
