"""What a .docx keeps in parts beside its body: notes, what people remarked, margins of pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from soket.reading.containers import Package
from soket.reading.formats.paragraphs import MARGINS
from soket.reading.relations import Relation
from soket.reading.xml import attribute, parse, tag

if TYPE_CHECKING:
    from lxml.etree import _Element


def notes_in(root: _Element | None) -> dict[str, _Element]:
    """Return notes by what refers to them: footnotes and endnotes are numbered apart."""
    return {} if root is None else {tag(note) + attribute(note, "id"): note for note in root}


def said_in(remarks: _Element) -> dict[str, str]:
    """Return what each comment says, by what refers to it."""
    return {
        attribute(each, "id"): "\n".join(map(_text_of, each.iter("{*}p"))) for each in remarks if tag(each) == "comment"
    }


def loose_in(remarks: _Element, body: _Element) -> int:
    """Return how many comments have words, and no place in the body."""
    placed = {attribute(each, "id") for each in body.iter("{*}commentReference")}
    return sum(bool(text.strip()) for at, text in said_in(remarks).items() if at not in placed)


def margins_in(package: Package, relations: Iterable[Relation]) -> Iterator[tuple[str, str]]:
    """Yield what stands in the margins of pages: where, and what."""
    for relation in relations:
        entry = package.find(relation.target) if relation.kind in MARGINS else None
        for paragraph in parse(package.read(entry)).iter("{*}p") if entry else ():
            yield MARGINS[relation.kind], _text_of(paragraph)


def _text_of(element: _Element) -> str:
    return "".join(each.text or "" for each in element.iter("{*}t"))
