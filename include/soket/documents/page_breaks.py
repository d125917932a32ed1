"""What stays together when a paper comes to the foot of a page: a signature with text, a head with rows, small tables.

Only by asking to keep with what follows: nothing is moved to a page that need not be.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement

from soket.documents.column_widths import is_of_data, lines_of, margins_of

_WITH_SIGNATURE = 3  # lines of text, at least, on the page where the signature stands
_A_LINE = 80  # letters
_WHOLE = 12  # lines: a table of no more stays on one page
_TOGETHER = 5  # rows, at most, at either end of a longer one: a third of it, and no more lines than a whole one has
_TALL = 8  # lines: a row of more may go over two pages, or it leaves half of one empty
_A_HEADING = 160  # letters, at most
_BEFORE_LINES = tuple(map(qn, ("w:cnfStyle", "w:tcW", "w:gridSpan", "w:hMerge", "w:vMerge")))  # as the schema has it
_STOPS = ".;,!?…”)"
_DOTS = " .…_\u00a0"


def keep_rows(table: Any) -> None:  # noqa: ANN401 - lxml has no types
    """Let a small table stay whole, and of a long one no row go over two pages nor its head or end stand alone."""
    rows = table.findall(qn("w:tr"))
    if not is_of_data(table):
        for row in rows[-2:-1]:
            _keep(row)
        return
    margins, widest = margins_of(table), max(len(row.findall(qn("w:tc"))) for row in rows)
    lines = [lines_of(row, margins) for row in rows]
    for row, height in zip(rows, lines, strict=True):
        if height <= _TALL:
            _hold(row)
    whole, end = sum(lines) <= _WHOLE, min(_TOGETHER, len(rows) // 3)
    for index, row in enumerate(rows[:-1]):
        heads = len(row.findall(qn("w:tc"))) < widest  # of a group of rows
        begins = index < end and (not index or sum(lines[: index + 2]) <= _WHOLE)
        ends = index >= len(rows) - end and sum(lines[index:]) <= _WHOLE
        if whole or heads or begins or ends:
            _keep(row)


def keep_leads(body: Any) -> None:  # noqa: ANN401
    """Let what leads to a list, or is a list's heading in plain type, stand on the page where the list begins."""
    leads = None
    for paragraph in reversed(body.findall(qn("w:p"))):
        said, after = said_in(paragraph), paragraph.getnext()
        before_list = after is not None and (after is leads or said_in(after).startswith("- "))
        if said.endswith(":") or (before_list and _is_heading(said)):
            paragraph.get_or_add_pPr().get_or_add_keepNext()
            leads = paragraph


def keep_before(foot: Any) -> None:  # noqa: ANN401
    """Let a signature never stand on a page without some lines of the text."""
    lines = 0
    for element in foot.itersiblings(preceding=True):
        if element.tag == qn("w:tbl"):
            for row in reversed(element.findall(qn("w:tr"))):
                _keep(row)
                lines += lines_of(row, margins_of(element))
                if lines >= _WITH_SIGNATURE:
                    return
        elif element.tag == qn("w:p"):
            element.get_or_add_pPr().get_or_add_keepNext()
            lines += -(-len(said_in(element).strip(_DOTS)) // _A_LINE)
        else:
            return
        if lines >= _WITH_SIGNATURE:
            return


def line_below_first(table: Any) -> None:  # noqa: ANN401
    """Let the line below a table's first rows that stay together be the next row's, or LibreOffice may lose all others.

    Where those rows fill a page but for that line, it shows none of the table's other rows, on no page.
    """
    if not is_of_data(table):
        return
    for row, after in pairwise(table.findall(qn("w:tr"))):
        if not _is_head(row) and not _is_kept(row):
            for cells, side, line in ((row, "bottom", "nil"), (after, "top", "single")):
                for cell in cells.findall(qn("w:tc")):
                    _draw(cell, side, line)
            return


def _is_heading(said: str) -> bool:
    return 0 < len(said) <= _A_HEADING and not said.startswith("-") and said[-1] not in _STOPS


def said_in(element: Any) -> str:  # noqa: ANN401
    """Return the words of a paragraph, or of all in an element."""
    return "".join(text.text or "" for text in element.iter(qn("w:t"))).strip()


def _hold(row: Any) -> None:  # noqa: ANN401
    properties = row.get_or_add_trPr()
    if properties.find(qn("w:cantSplit")) is None:
        properties.insert(0, OxmlElement("w:cantSplit"))


def _is_head(row: Any) -> bool:  # noqa: ANN401
    return row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None


def _is_kept(row: Any) -> bool:  # noqa: ANN401
    return row.find(f".//{qn('w:keepNext')}") is not None


def _draw(cell: Any, side: str, line: str) -> None:  # noqa: ANN401
    """Draw the line on a side of a cell, whatever its table's are."""
    properties, borders = cell.get_or_add_tcPr(), OxmlElement("w:tcBorders")
    borders.append(OxmlElement(f"w:{side}", {qn("w:val"): line, qn("w:sz"): "4", qn("w:space"): "0"}))
    properties.insert(sum(each.tag in _BEFORE_LINES for each in properties), borders)


def _keep(row: Any) -> None:  # noqa: ANN401
    for paragraph in row.iter(qn("w:p")):
        paragraph.get_or_add_pPr().get_or_add_keepNext()
