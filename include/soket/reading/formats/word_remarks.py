"""Writes remarks into a copy of a .docx, as Word's own comments beside the paragraphs they are about."""

from __future__ import annotations

import json
import struct
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from soket.reading.containers import Package
from soket.reading.formats.edited_package import EditedPackage
from soket.reading.guards import guard
from soket.reading.xml import attribute, child, drop, tag
from soket.text import nfc

if TYPE_CHECKING:
    from lxml.etree import _Element

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_OWN = "word/comments-soket.xml"
_SURE = 20  # letters of a paragraph that is no other
HEAD = ""
"""The place of what is said of the whole document."""
_NO_COMMENT = {"txbxContent", "Fallback"}  # Word takes none in a text box


class WordRemark(NamedTuple):
    """What is said of a paragraph: its number among all, its words, or two cells of a row of which it is the other."""

    place: int | str | tuple[str, str]
    words: str
    name: str = ""  # by which a link finds it


class Remarker(NamedTuple):
    """Whose remarks they are."""

    author: str = "Rà soát"
    initials: str = "RS"
    moment: str = ""


def with_remarks(data: bytes, remarks: Sequence[WordRemark]) -> bytes:
    """Return how to hand a document and remarks to a reader: the remarks' length and JSON come first."""
    words = json.dumps(remarks, ensure_ascii=False).encode()
    return struct.pack(">I", len(words)) + words + data


def remarked(given: bytes) -> bytes:
    """Return a document with remarks beside its paragraphs; those it has stay."""
    length = 4 + struct.unpack(">I", given[:4])[0]
    remarks, data = [WordRemark(*each) for each in json.loads(given[4:length])], given[length:]
    guard("docx", data)
    with Package(data) as package:
        document = RemarkedDocument(EditedPackage(package), Remarker())
        for each in remarks:
            at = document.find(each.place) if each.place != HEAD else None
            if at is not None or (at := document.first()) is not None:
                document.say(at, each.words, each.name)
        return document.parts.packed()


class RemarkedDocument:
    """A document to whose paragraphs remarks are put, or taken from."""

    def __init__(self, parts: EditedPackage, remarker: Remarker) -> None:
        self.parts = parts
        self._remarker = remarker
        self._kept = parts.related(parts.main, "comments")

    @cached_property
    def _root(self) -> _Element:
        root = self.parts.tree(self.parts.main)
        assert root is not None  # noqa: S101 - the guard has seen it
        return root

    @cached_property
    def paragraphs(self) -> list[_Element]:
        """All paragraphs, in text boxes too."""
        return list(self._root.iter("{*}p"))

    @cached_property
    def _texts(self) -> list[str]:
        return [text_of(each) for each in self.paragraphs]

    def find(self, place: int | str | Sequence[str]) -> _Element | None:
        """Return the paragraph that a place names, or the one around the text box that it stands in."""
        at = place if isinstance(place, int) else _found(self.paragraphs, self._texts, place)
        return _commentable(self.paragraphs[at]) if at is not None and 0 <= at < len(self.paragraphs) else None

    def first(self) -> _Element | None:
        """Return the first paragraph with words, for what is said of the whole."""
        own = (each for each, text in zip(self.paragraphs, self._texts, strict=True) if text)
        return next((found for each in own if (found := _commentable(each)) is not None), None)

    def say(self, paragraph: _Element, words: str, name: str = "") -> None:
        """Put a comment beside a paragraph, and a bookmark where it has a name."""
        comments = self._comments()
        number = _next(comments)
        _mark(paragraph, number)
        if name:
            _name(paragraph, _next(self._root.iter("{*}bookmarkStart")), name)
        who = {"author": self._remarker.author, "initials": self._remarker.initials}
        moment = {"date": self._remarker.moment} if self._remarker.moment else {}
        comment = _add(comments, "comment", id=number, **who, **moment)
        for line in words.splitlines():
            text = _add(_add(_add(comment, "p"), "r"), "t")
            text.text = line
            text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")

    def unsay(self, is_ours: Callable[[str], bool]) -> None:
        """Take comments away, with what holds them at their places."""
        comments = self.parts.look(self._kept) if self._kept else None
        ours = {attribute(each, "id") for each in comments if is_ours(text_of(each))} if comments is not None else set()
        if not ours or self._kept is None:
            return
        kept = self.parts.tree(self._kept)
        for each in [each for each in (kept if kept is not None else ()) if attribute(each, "id") in ours]:
            drop(each)
        for kind in ("commentRangeStart", "commentRangeEnd", "commentReference"):
            for each in [each for each in self._root.iter(f"{{*}}{kind}") if attribute(each, "id") in ours]:
                run = each.getparent()
                alone = run is not None and tag(run) == "r" and all(tag(one) in ("rPr", kind) for one in run)
                drop(run if alone and run is not None else each)
        if kept is not None and not len(kept) and self._kept == _OWN:
            self.parts.leave_out(_OWN, self.parts.main)
            self._kept = None

    def _comments(self) -> _Element:
        from lxml import etree

        kept = self.parts.tree(self._kept) if self._kept else None
        if kept is None:
            space = str(self._root.tag).rpartition("}")[0].lstrip("{") or _WORD
            kept = etree.Element(f"{{{space}}}comments", nsmap={"w": space})
            self.parts.add(_OWN, kept, _TYPE)
            self.parts.relate(self.parts.main, "soketComments", "comments", _OWN)
            self._kept = _OWN
        return kept


def text_of(element: _Element) -> str:
    """Return an element's words in one line."""
    return nfc(" ".join("".join(each.text or "" for each in element.iter("{*}t")).split()))


def _found(paragraphs: Sequence[_Element], texts: Sequence[str], place: str | Sequence[str]) -> int | None:
    """Return which paragraph has some words, whatever automatic number is read before them; None where none has."""
    if isinstance(place, str):
        own = (at for at, text in enumerate(texts) if text == place or (len(text) > _SURE and place.endswith(text)))
        within = (at for at, text in enumerate(texts) if len(place) > _SURE and place in text)
        return next(own, next(within, None))
    head, wanted = place
    for at, text in enumerate(texts):
        if text == wanted:
            row = next(paragraphs[at].iterancestors("{*}tr"), None)
            if row is not None and any(text_of(each) == head for each in row.iter("{*}p")):
                return at
    return None


def _commentable(paragraph: _Element) -> _Element | None:
    """Return a paragraph that may bear a comment: itself, or the one of the body in which its text box stands."""
    around = [each for each in paragraph.iterancestors() if tag(each) in _NO_COMMENT]
    found = paragraph if not around else next(around[-1].iterancestors("{*}p"), None)
    return found if found is not None and "wordprocessingml" in str(found.tag) else None


def _next(elements: Sequence[_Element] | _Element) -> str:
    taken = [int(name) for each in elements if (name := attribute(each, "id")).isdigit()]
    return str(max(taken, default=-1) + 1)


def _name(paragraph: _Element, number: str, name: str) -> None:
    _first_in(paragraph, "bookmarkStart", id=number, name=name)
    _add(paragraph, "bookmarkEnd", id=number)


def _mark(paragraph: _Element, number: str) -> None:
    """Mark a paragraph, whole, as what a comment is about."""
    _first_in(paragraph, "commentRangeStart", id=number)
    _add(paragraph, "commentRangeEnd", id=number)
    _add(_add(paragraph, "r"), "commentReference", id=number)


def _first_in(paragraph: _Element, kind: str, /, **attributes: str) -> None:
    start = _add(paragraph, kind, **attributes)
    paragraph.remove(start)
    paragraph.insert(1 if child(paragraph, "pPr") is not None else 0, start)


def _add(parent: _Element, name: str, /, **attributes: str) -> _Element:
    from lxml import etree

    space = str(parent.tag).rpartition("}")[0].lstrip("{") or _WORD
    return etree.SubElement(
        parent, f"{{{space}}}{name}", {f"{{{space}}}{key}": each for key, each in attributes.items()}
    )
