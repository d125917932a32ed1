"""XML of Office packages, as a tree without names' prefixes; the guard has seen that it declares nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from soket.reading.broken import library, whole_or
from soket.reading.containers import Package
from soket.reading.findings import FindingError

if TYPE_CHECKING:
    from lxml.etree import _Element

_WHITE_SPACE = re.compile(r"[ \t\r\n\f]+")
_MOST_SPACES = 10  # of those that one element counts
OPEN_SPACES = {"tab": "\t", "line-break": "\n", "s": " ", "soft-page-break": ""}
"""By the names of OpenDocument's elements for white space, what each shows."""

MOST_DEPTH = 2_048
"""How deep the elements of a part may lie in one another: the parser's own limit, which no document comes near."""


def parse(content: bytes, *, whole: bool = False) -> _Element:
    """Return an XML part's root, which loads nothing; raise FindingError for a broken one, or one nested too deep.

    Comments and instructions are left out, unless the `whole` part is to be written again.
    """
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=not whole,
        remove_pis=not whole,
        huge_tree=True,
    )
    with library(etree.XMLSyntaxError):
        try:
            return etree.fromstring(content, parser)
        except etree.XMLSyntaxError as error:
            if error.msg and error.msg.startswith("Excessive depth"):
                raise FindingError("TEP-08", reason=f"lồng nhau hơn {MOST_DEPTH} lớp") from None
            raise


def parts(data: bytes, *names: str) -> Iterator[bytes]:
    """Yield the parts of a package by their names, b'' for those that are not there."""
    with Package(data) as package:
        for name in names:
            yield package.read(name) if name in package.names else b""


def tag(element: _Element) -> str:
    """Return an element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def attribute(element: _Element, name: str, default: str = "") -> str:
    """Return an attribute by its name without namespace."""
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return default


def child(element: _Element | None, name: str) -> _Element | None:
    """Return the first child of a name."""
    if element is not None:
        for each in element:
            if tag(each) == name:
                return each
    return None


def drop(element: _Element) -> None:
    """Take an element out of what it stands in."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def value(element: _Element | None, name: str) -> str:
    """Return the attribute `val` of a child, '' where there is none."""
    found = child(element, name)
    return "" if found is None else attribute(found, "val")


def as_shown(text: str) -> str:
    """Return a text as programs show it: with each run of white space as one blank."""
    return _WHITE_SPACE.sub(" ", text)


def open_space(name: str, count: str) -> str:
    """Return what an element of OpenDocument shows that is there so many times, "" for once."""
    return OPEN_SPACES[name] * min(whole_or(count, 1), _MOST_SPACES)
