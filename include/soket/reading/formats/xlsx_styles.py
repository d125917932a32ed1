"""What the styles of an .xlsx say of its cells: which format each has, and what has a line through it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from soket.reading.broken import whole_or
from soket.reading.formats.cells import struck, with_marks
from soket.reading.formats.colours import is_white
from soket.reading.formats.number_format import is_of_time
from soket.reading.xml import child, tag

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

TRUE = {"1", "true", "on"}
_WHITES = {"1", "9"}  # of the palette
_OFF_LINE = {"superscript", "subscript"}
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


def bare_of(styles: Element | None) -> set[int]:
    """Return the styles of cells that have no colour behind their letters."""
    fills = {index for index, fill in enumerate(in_groups(styles, "fills", "fill")) if _is_bare(fill)}
    cells = enumerate(in_groups(styles, "cellXfs", "xf"))
    return {index for index, style in cells if whole_or(style.get("fillId", "0"), 0) in fills}


def white_of(styles: Element | None) -> set[int]:
    """Return the styles of cells whose letters are white."""
    fonts = {index for index, font in enumerate(in_groups(styles, "fonts", "font")) if _is_in_white(font)}
    cells = enumerate(in_groups(styles, "cellXfs", "xf"))
    return {index for index, style in cells if whole_or(style.get("fontId", "0"), 0) in fonts}


def _is_bare(fill: Element) -> bool:
    pattern = child(fill, "patternFill")
    if pattern is None:
        return False
    kind = pattern.get("patternType", "none")
    return kind == "none" or (kind == "solid" and _names_white(child(pattern, "fgColor")))


def _is_in_white(font: Element | None) -> bool:
    return _names_white(child(font, "color"))


def _names_white(colour: Element | None) -> bool:
    if colour is None:
        return False
    themed = colour.get("theme") == "0" and colour.get("tint", "0") == "0"
    return themed or is_white(colour.get("rgb", "")) or colour.get("indexed") in _WHITES


def rich_text(element: Element, *, bare: bool = False) -> str:
    """Return a text whose runs may be raised: a number's marks of footnotes are kept apart from its digits.

    Runs in white are left out where no colour is behind them.
    """
    runs: list[tuple[str, bool]] = []
    for each in element:
        match tag(each):
            case "t":
                runs.append((each.text or "", False))
            case "r" if not (bare and _is_in_white(child(each, "rPr"))):
                raised = any(tag(inner) == "vertAlign" and inner.get("val") in _OFF_LINE for inner in each.iter())
                text = "".join(inner.text or "" for inner in children(each, "t"))
                runs.append((struck(text) if is_struck(child(each, "rPr")) else text, raised))
    return with_marks(runs)


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
