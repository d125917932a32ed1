"""How wide the columns of a table are: no word is broken, and what is long gets the room that short figures leave.

A template tells how wide its table is; which column needs how much, the text tells that came into it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from copy import deepcopy
from functools import cache
from typing import Any

from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement

_NARROW = dict.fromkeys("ijlt.,;:|/ ’'", 0.28) | dict.fromkeys("frsI()-", 0.37) | dict.fromkeys("acezJ", 0.45)
_WIDE = dict.fromkeys("mwMW%", 0.86) | dict.fromkeys("ABCDĐGHKNOQRUVXY…", 0.74) | dict.fromkeys("EFLPSTZ", 0.62)
_WIDTHS = _NARROW | _WIDE | {"–": 0.5, "—": 1.0}  # of the size, in the document's font
_USUAL = 0.5
_BOLD = 1.08
_SIZE = 12.0  # points
_TWIPS = 20  # a point
_MARGIN = 108  # twips, on each side of a cell that does not say
_ROOM = 1.04  # another program measures a little otherwise
_SPARE = 0.35  # of the size, beside the longest word
_BLANK = "…"  # alone it is a figure that is missing; beside words, room to write
_WORD = 9.0  # a longer word, as a file's name is, may be broken: so many of the size
_CLOSE = 40  # twips, on each side of a cell where there is little room
_SMALLER = (0.95, 0.9, 0.85, 0.8, 0.75, 0.7)  # of the size, before a figure is broken
_READ = 7.0  # points: what is smaller nobody reads on paper


def is_of_data(table: Any) -> bool:  # noqa: ANN401 - lxml has no types
    """Whether a table has a head that its pages repeat: what is laid out as a table has none."""
    row = table.find(qn("w:tr"))
    return row is not None and row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None


def fit_columns(table: Any) -> None:  # noqa: ANN401
    """Divide a table's width between its columns by what stands in them, in smaller letters where it has many columns.

    Where not even the smallest fit, it is left.
    """
    if not is_of_data(table) or _fits(table):
        return
    for share in (1.0, *_SMALLER):
        tried = deepcopy(table)
        if not _tighten(tried, share):
            return
        if _fits(tried):
            _tighten(table, share)
            _fits(table)
            return


def _fits(table: Any) -> bool:  # noqa: ANN401
    """Divide a table's width between its columns if every word has room, or if there is nothing to divide."""
    rows = [row.findall(qn("w:tc")) for row in table.findall(qn("w:tr"))]
    count = max(map(len, rows))
    full = [row for row in rows if len(row) == count and not any(_span(cell) > 1 for cell in row)]
    now = [_width_of(cell) for cell in full[0]] if full else []
    if count < 2 or not full or not all(now):
        return True
    most, margins = sum(now), 2 * _side(table)
    needs, wants, asks = [], [], []
    for index, given in enumerate(now):
        texts = [text for row in full[1:] for text in _texts(row[index])]
        need = max(_longest(text) for text in (*_texts(full[0][index], _BOLD), *texts, ((), 0.0)))
        want = max(_line(text) for text in (*texts, ((), 0.0)))
        by_hand = all(not words or (_BLANK in words and len(words) > 1) for words, _ in texts)
        needs.append(max(need + margins, given if by_hand else 0))
        wants.append(max(want + margins, needs[-1]))
        asks.append(max(sum(_line(text) for text in _texts(row[index])) for row in full))
    widths = _divided(most, needs, [min(want, most) for want in wants], asks)
    if widths:
        _set(table, rows, widths)
    return bool(widths)


def _tighten(table: Any, share: float) -> bool:  # noqa: ANN401
    """Bring a table's text closer to its lines, and make its letters smaller; False where nobody could read them."""
    if any(_size_of(paragraph) * share < _READ for paragraph in table.iter(qn("w:p"))):
        return False
    close = str(min(_side(table), _CLOSE))
    margins = _child(table.find(qn("w:tblPr")), "w:tblCellMar", before="w:tblLook")
    for side in ("left", "right"):
        _child(margins, f"w:{side}").attrib.update({qn("w:w"): close, qn("w:type"): "dxa"})
    if share < 1:
        for paragraph in table.iter(qn("w:p")):
            halves = str(int(_size_of(paragraph) * share * 2))
            for run in paragraph.iter(qn("w:r")):
                run.get_or_add_rPr().get_or_add_sz()
            for size in paragraph.iter(qn("w:sz"), qn("w:szCs")):
                size.set(qn("w:val"), halves)
    return True


def lines_of(row: Any, margins: int) -> int:  # noqa: ANN401
    """Return about how many lines a row of a table takes."""
    return max((_lines_in(cell, margins) for cell in row.findall(qn("w:tc"))), default=1)


def margins_of(table: Any) -> int:  # noqa: ANN401
    """Return what of the width of a table's cells no text may fill, in twips."""
    return 2 * _side(table)


def _divided(most: int, needs: Sequence[float], wants: Sequence[float], asks: Sequence[float]) -> list[int]:
    """Return widths that come to a whole; nothing where the needs alone are more. `asks` is all that a cell has."""
    left = most - sum(needs)
    if left < 0:
        return []
    if sum(wants) <= most:  # all fits in a line each: what is left goes where most stands
        shares = [want / sum(wants) for want in wants]
        widths = [int(want + (most - sum(wants)) * share) for want, share in zip(wants, shares, strict=True)]
    else:
        widths = [int(each) for each in _shared(most, _in_a_line(left / 3, needs, wants), wants, asks)]
    widths[widths.index(max(widths))] += most - sum(widths)
    return widths


def _in_a_line(room: float, needs: Sequence[float], wants: Sequence[float]) -> list[float]:
    """Return needs with those widened that lack least to stand in a line each, until the room is used."""
    found = list(needs)
    for lacking, index in sorted((want - need, at) for at, (need, want) in enumerate(zip(needs, wants, strict=True))):
        if lacking > room:
            break
        found[index], room = wants[index], room - lacking
    return found


def _shared(most: int, needs: list[float], wants: Sequence[float], asks: Sequence[float]) -> list[float]:
    """Return needs with what is left shared out by what is asked, so that cells of a row come to be about as high."""
    widths = list(needs)
    wanting = [at for at, (need, want) in enumerate(zip(needs, wants, strict=True)) if need < want and asks[at]]
    while wanting:
        left, asked = most - sum(widths), sum(asks[at] for at in wanting)
        given = {at: widths[at] + left * asks[at] / asked for at in wanting}
        over = [at for at in wanting if given[at] >= wants[at]]
        for at in over or wanting:
            widths[at] = min(given[at], wants[at])
        wanting = [at for at in wanting if at not in over] if over else []
    return widths


def _set(table: Any, rows: Sequence[Sequence[Any]], widths: Sequence[int]) -> None:  # noqa: ANN401
    for column, width in zip(table.find(qn("w:tblGrid")), widths, strict=True):
        column.set(qn("w:w"), str(width))
    for row in rows:
        place = 0
        for cell in row:
            span = _span(cell)
            found = cell.find(f"{qn('w:tcPr')}/{qn('w:tcW')}")
            if found is not None:
                found.set(qn("w:w"), str(sum(widths[place : place + span])))
            place += span


Measured = tuple[tuple[str, ...], float]
"""Words that stand together in a paragraph, and how wide a letter of usual width is."""


def _texts(cell: Any, weight: float = 1) -> list[Measured]:  # noqa: ANN401
    return [_measured(paragraph, weight) for paragraph in cell.iter(qn("w:p"))]


def _measured(paragraph: Any, weight: float) -> Measured:  # noqa: ANN401
    size = _size_of(paragraph)
    bold = any(each.get(qn("w:val")) not in ("0", "false") for each in paragraph.iter(qn("w:b")))
    text = "".join(each.text or "" for each in paragraph.iter(qn("w:t")))
    return tuple(text.split(" ")) if text.strip() else (), size * _TWIPS * _ROOM * max(weight, _BOLD if bold else 1)


def _size_of(paragraph: Any) -> float:  # noqa: ANN401
    return next((float(each.get(qn("w:val"))) / 2 for each in paragraph.iter(qn("w:sz"))), _SIZE)


def _longest(text: Measured) -> float:
    words, size = text
    return (min(_WORD, max((_em(word) for word in words), default=0.0)) + _SPARE) * size


def _line(text: Measured) -> float:
    words, size = text
    return _em(" ".join(words)) * size


def _lines_in(cell: Any, margins: int) -> int:  # noqa: ANN401
    width = max(1, _width_of(cell) - margins)
    return sum(max(1, -int(-_line(text) // width)) for text in _texts(cell))


@cache
def _em(text: str) -> float:
    letters = (each for each in unicodedata.normalize("NFD", text) if not unicodedata.combining(each))
    return sum(_WIDTHS.get(letter, _USUAL) for letter in letters)


def _span(cell: Any) -> int:  # noqa: ANN401
    found = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
    return 1 if found is None else int(found.get(qn("w:val")))


def _width_of(cell: Any) -> int:  # noqa: ANN401
    found = cell.find(f"{qn('w:tcPr')}/{qn('w:tcW')}")
    return 0 if found is None or found.get(qn("w:type")) not in (None, "dxa") else int(float(found.get(qn("w:w"))))


def _child(parent: Any, name: str, before: str | None = None) -> Any:  # noqa: ANN401
    found = parent.find(qn(name))
    if found is None:
        found, next_one = OxmlElement(name), parent.find(qn(before)) if before else None
        parent.append(found) if next_one is None else next_one.addprevious(found)
    return found


def _side(table: Any) -> int:  # noqa: ANN401
    found = table.find(f"{qn('w:tblPr')}/{qn('w:tblCellMar')}/{qn('w:left')}")
    return _MARGIN if found is None else int(found.get(qn("w:w")))
