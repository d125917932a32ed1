"""What the styles of an .xlsx say of its cells: which format each has, and what has a line through it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from soket.reading.broken import whole_or
from soket.reading.formats.number_format import is_of_time
from soket.reading.xml import child, tag

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

TRUE = {"1", "true", "on"}
_DATES = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
_BUILT_IN = {1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?",
             13: "# ??/??", 37: "#,##0;(#,##0)", 38: "#,##0;(#,##0)", 39: "#,##0.00;(#,##0.00)",
             40: "#,##0.00;(#,##0.00)", 48: "##0.0E+0"}  # fmt: skip


def formats_of(styles: Element | None) -> list[str | None]:
    """Return the format of each style of cells; None for one that shows dates."""
    own = {each.get("numFmtId"): each.get("formatCode", "") for each in in_groups(styles, "numFmts", "numFmt")}
    formats: list[str | None] = []
    for style in in_groups(styles, "cellXfs", "xf"):
        id_ = style.get("numFmtId", "0")
        code = own.get(id_)
        if code is None:
            known = int(id_) if id_.isdecimal() and len(id_) < 4 else 0
            formats.append(None if known in _DATES else _BUILT_IN.get(known, ""))
        else:
            formats.append(None if is_of_time(code) else code)
    return formats


def struck_of(styles: Element | None) -> set[int]:
    """Return the styles of cells whose font has a line through it."""
    fonts = {index for index, font in enumerate(in_groups(styles, "fonts", "font")) if is_struck(font)}
    cells = enumerate(in_groups(styles, "cellXfs", "xf"))
    return {index for index, style in cells if whole_or(style.get("fontId", "0"), 0) in fonts}


def is_struck(font: Element | None) -> bool:
    """Return whether a font has a line through it."""
    line = child(font, "strike")
    return line is not None and line.get("val", "1").lower() in TRUE


def children(element: Element | None, name: str) -> Iterator[Element]:
    """Yield the children of a name."""
    return (each for each in (element if element is not None else ()) if tag(each) == name)


def in_groups(root: Element | None, group: str, name: str) -> Iterator[Element]:
    """Yield the elements of a name in each group of another."""
    return (each for outer in children(root, group) for each in children(outer, name))


def is_on(element: Element | None, attribute: str) -> bool:
    """Return whether an attribute switches something on."""
    return element is not None and element.get(attribute, "").lower() in TRUE
