"""Letters of a .docx that nobody sees: white ones where neither they nor what is around them has another colour."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from soket.reading.formats.colours import is_white
from soket.reading.xml import attribute, child, tag, value

if TYPE_CHECKING:
    from lxml.etree import _Element

_NO_COLOUR = {"", "auto", "none", "white"}
_OF = {"p": "pPr", "tc": "tcPr", "tbl": "tblPr"}


def names_white(root: _Element) -> bool:
    """Return whether a part has white letters anywhere but in the styles of tables, which have colours to go with."""
    return any(
        is_white(attribute(each, "val"))
        and all(attribute(around, "type") != "table" for around in each.iterancestors())
        for each in root.iter("{*}color")
    )


def are_white(sources: Iterable[_Element | None]) -> bool:
    """Return whether the first of some properties that says anything of the colour of letters makes them white."""
    colour = next((colour for source in sources if (colour := child(source, "color")) is not None), None)
    return colour is not None and is_white(attribute(colour, "val"))


def are_bare(run: _Element, sources: Iterable[_Element | None], styles: Iterable[_Element]) -> bool:
    """Return whether there is nothing but the page behind a run; `styles` are its paragraph's and its tables'."""
    around = [each for each in run.iterancestors() if tag(each) != "rPr"]
    if any(tag(each) == "txbxContent" or child(each, "background") is not None for each in around):
        return False
    own = (child(each, _OF[tag(each)]) for each in around if tag(each) in _OF)
    inside = (part for style in styles for part in style.iter("{*}shd"))
    return not any(map(_is_coloured, (*sources, *own))) and not any(map(_is_shade, inside))


def _is_coloured(properties: _Element | None) -> bool:
    shade = child(properties, "shd")
    return value(properties, "highlight") not in _NO_COLOUR or (shade is not None and _is_shade(shade))


def _is_shade(shade: _Element) -> bool:
    fill = attribute(shade, "fill")
    patterned = attribute(shade, "val") not in ("", "clear", "nil")
    return patterned or not (fill in _NO_COLOUR or is_white(fill))
