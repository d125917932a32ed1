"""Writes remarks into a copy of a .docx, as Word's own comments beside the paragraphs they are about."""

from __future__ import annotations

import io
import json
import struct
import zipfile
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from soket.reading.containers import Package, timeless_entry
from soket.reading.guards import guard
from soket.reading.relations import Relations
from soket.reading.xml import attribute, child, parse
from soket.text import nfc

if TYPE_CHECKING:
    from lxml.etree import _Element

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_TYPES = "[Content_Types].xml"
_OWN = "word/comments-soket.xml"
_AUTHOR, _INITIALS = "Rà soát", "RS"
_SURE = 20  # letters of a paragraph that is no other


class WordRemark(NamedTuple):
    """What is said of a paragraph: its number among all, its words, or two cells of a row of which it is the other."""

    place: int | str | tuple[str, str]
    words: str
    name: str = ""  # by which a link finds it


def with_remarks(data: bytes, remarks: Sequence[WordRemark]) -> bytes:
    """Return how to hand a document and remarks to a reader: the remarks' length and JSON come first."""
    words = json.dumps(remarks, ensure_ascii=False).encode()
    return struct.pack(">I", len(words)) + words + data


def remarked(given: bytes) -> bytes:
    """Return a document with remarks beside its paragraphs; those it has stay."""
    from lxml import etree

    length = 4 + struct.unpack(">I", given[:4])[0]
    remarks, data = [WordRemark(*each) for each in json.loads(given[4:length])], given[length:]
    guard("docx", data)
    with Package(data) as package:
        relations = Relations(package)
        main = relations.main()
        kept = next((each.target for each in relations.of(main).values() if each.kind == "comments"), None)
        existing = package.find(kept) if kept else None
        beside = f"{main.rpartition('/')[0]}/_rels/{main.rpartition('/')[2]}.rels"
        links, types = package.find(beside), package.find(_TYPES)
        root, comments = parse(package.read(main)), _comments(package.read(existing) if existing else b"")
        _say(root, comments, remarks)
        changed = {main: root, existing.filename if existing else _OWN: comments}
        if existing is None and links is not None and types is not None:
            changed |= {
                links.filename: _linked(parse(package.read(links))),
                types.filename: _typed(parse(package.read(types))),
            }
        texts = {
            name: etree.tostring(each, xml_declaration=True, encoding="UTF-8", standalone=True)
            for name, each in changed.items()
        }
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as copy:
            for entry in package.entries:
                content = texts.pop(entry.filename, None)
                copy.writestr(timeless_entry(entry.filename), package.read(entry) if content is None else content)
            for name, content in texts.items():
                copy.writestr(timeless_entry(name), content)
        return out.getvalue()


def _comments(part: bytes) -> _Element:
    from lxml import etree

    return parse(part) if part else etree.Element(f"{{{_WORD}}}comments", nsmap={"w": _WORD})


def _say(root: _Element, comments: _Element, remarks: Sequence[WordRemark]) -> None:
    paragraphs = list(root.iter("{*}p"))
    taken = [int(name) for each in comments if (name := attribute(each, "id")).isdigit()]
    number = max(taken, default=-1)
    named = [int(name) for each in root.iter("{*}bookmarkStart") if (name := attribute(each, "id")).isdigit()]
    bookmark = max(named, default=-1)
    texts = [_text(each) for each in paragraphs]
    for place, words, name in remarks:
        at = place if isinstance(place, int) else _found(paragraphs, texts, place)
        if at is None or not 0 <= at < len(paragraphs):
            continue
        number += 1
        _mark(paragraphs[at], str(number))
        if name:
            bookmark += 1
            _name(paragraphs[at], str(bookmark), name)
        comment = _add(comments, "comment", id=str(number), author=_AUTHOR, initials=_INITIALS)
        for line in words.splitlines():
            text = _add(_add(_add(comment, "p"), "r"), "t")
            text.text = line
            text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _text(paragraph: _Element) -> str:
    return nfc(" ".join("".join(each.text or "" for each in paragraph.iter("{*}t")).split()))


def _found(paragraphs: Sequence[_Element], texts: Sequence[str], place: str | Sequence[str]) -> int | None:
    """Return which paragraph has some words, whatever automatic number is read before them; None where none has."""
    if isinstance(place, str):
        own = (at for at, text in enumerate(texts) if text == place or (len(text) > _SURE and place.endswith(text)))
        return next(own, None)
    head, wanted = place
    for at, text in enumerate(texts):
        if text == wanted:
            row = next(paragraphs[at].iterancestors("{*}tr"), None)
            if row is not None and any(_text(each) == head for each in row.iter("{*}p")):
                return at
    return None


def _name(paragraph: _Element, number: str, name: str) -> None:
    first = 1 if child(paragraph, "pPr") is not None else 0
    start = _add(paragraph, "bookmarkStart", id=number, name=name)
    paragraph.remove(start)
    paragraph.insert(first, start)
    _add(paragraph, "bookmarkEnd", id=number)


def _mark(paragraph: _Element, number: str) -> None:
    """Mark a paragraph, whole, as what a comment is about."""
    first = 1 if child(paragraph, "pPr") is not None else 0
    start = _add(paragraph, "commentRangeStart", id=number)
    paragraph.remove(start)
    paragraph.insert(first, start)
    _add(paragraph, "commentRangeEnd", id=number)
    _add(_add(paragraph, "r"), "commentReference", id=number)


def _add(parent: _Element, name: str, /, **attributes: str) -> _Element:
    from lxml import etree

    space = str(parent.tag).rpartition("}")[0].lstrip("{") or _WORD
    return etree.SubElement(
        parent, f"{{{space}}}{name}", {f"{{{space}}}{key}": each for key, each in attributes.items()}
    )


def _linked(links: _Element) -> _Element:
    from lxml import etree

    space = str(links.tag).rpartition("}")[0]
    etree.SubElement(links, f"{space}}}Relationship", Id="soketComments", Type=_KIND, Target=f"/{_OWN}")
    return links


def _typed(types: _Element) -> _Element:
    from lxml import etree

    space = str(types.tag).rpartition("}")[0]
    etree.SubElement(types, f"{space}}}Override", PartName=f"/{_OWN}", ContentType=_TYPE)
    return types
