"""XML of Office packages, as a tree without names' prefixes; the guard has seen that it declares nothing."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element


def parse(content: bytes) -> _Element:
    """Return an XML part's root; it is at most 256 elements deep, and loads nothing."""
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    return etree.fromstring(content, parser)


def parts(data: bytes, *names: str) -> Iterator[bytes]:
    """Yield the parts of a package by their names, b'' for those that are not there."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        there = set(package.namelist())
        for name in names:
            yield package.read(name) if name in there else b""


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


def value(element: _Element | None, name: str) -> str:
    """Return the attribute `val` of a child, '' where there is none."""
    found = child(element, name)
    return "" if found is None else attribute(found, "val")
