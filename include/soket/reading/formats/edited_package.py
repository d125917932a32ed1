"""A package in which a few parts are changed, added or left out; all the others stay as they are, byte for byte."""

from __future__ import annotations

import io
import posixpath
import warnings
import zipfile
from typing import TYPE_CHECKING

from soket.reading.containers import Package, plain_name, timeless_entry
from soket.reading.relations import Relations
from soket.reading.xml import attribute, drop, parse

if TYPE_CHECKING:
    from lxml.etree import _Element

_TYPES = "[Content_Types].xml"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


class EditedPackage:
    """The parts of a package, as they are to be written."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._trees: dict[str, tuple[str, _Element]] = {}  # by plain name: as it is called, and what it holds now
        self._gone: set[str] = set()
        self.relations = Relations(package)
        self.main = self.relations.main()

    @property
    def untouched(self) -> bool:
        """Whether nothing was asked for to be changed, nor left out."""
        return not self._trees and not self._gone

    def tree(self, part: str) -> _Element | None:
        """Return a part's root, to be changed in place; None where there is no such part."""
        known = plain_name(part)
        if known not in self._trees:
            entry = None if known in self._gone else self._package.find(part)
            if entry is None:
                return None
            self._trees[known] = entry.filename, parse(self._package.read(entry), whole=True)
        return self._trees[known][1]

    def look(self, part: str) -> _Element | None:
        """Return a part's root to look at, as it is in the package; nothing of it is written anew."""
        entry = self._package.find(part)
        return parse(self._package.read(entry)) if entry else None

    def related(self, part: str, kind: str) -> str | None:
        """Return the part that a part has of a kind, as the package was."""
        return next((each.target for each in self.relations.of(part).values() if each.kind == kind), None)

    @property
    def office(self) -> str:
        """The namespace of relations in this package: strict files have one of their own."""
        root = self.look("_rels/.rels")
        kinds = [str(each.get("Type", "")) for each in (root if root is not None else ())]
        return next((kind.rpartition("/")[0] for kind in kinds if kind.endswith("/officeDocument")), _OFFICE)

    def add(self, part: str, root: _Element, content_type: str) -> None:
        """Add a part."""
        from lxml import etree

        self._trees[plain_name(part)] = part, root
        types = self._types()
        space = str(types.tag).rpartition("}")[0]
        etree.SubElement(types, f"{space}}}Override", PartName=f"/{part}", ContentType=content_type)

    def relate(self, part: str, name: str, kind: str, target: str) -> None:
        """Let a part refer to another, under a name."""
        from lxml import etree

        beside = _beside(part)
        links = self.tree(beside)
        if links is None:
            links = etree.Element(f"{{{_RELATIONS}}}Relationships", nsmap={None: _RELATIONS})
            self._trees[plain_name(beside)] = beside, links
        space = str(links.tag).rpartition("}")[0]
        etree.SubElement(links, f"{space}}}Relationship", Id=name, Type=f"{self.office}/{kind}", Target=f"/{target}")

    def leave_out(self, part: str, of: str) -> None:
        """Leave a part out that another refers to, with the reference and what is said of its type."""
        gone = self.relations.of(of)
        links, types = self.tree(_beside(of)), self._types()
        for each in list(links) if links is not None else ():
            told = gone.get(attribute(each, "Id"))
            if told is not None and plain_name(told.target) == plain_name(part):
                drop(each)
        for each in list(types):
            if plain_name(attribute(each, "PartName").lstrip("/")) == plain_name(part):
                drop(each)
        self._trees.pop(plain_name(part), None)
        self._gone.add(plain_name(part))
        if links is not None and not len(links):
            self._trees.pop(plain_name(_beside(of)))
            self._gone.add(plain_name(_beside(of)))

    def packed(self) -> bytes:
        """Return the package."""
        from lxml import etree

        texts = {
            known: (name, etree.tostring(root.getroottree(), xml_declaration=True, encoding="UTF-8", standalone=True))
            for known, (name, root) in self._trees.items()
        }
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as copy, warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # some programs store one picture twice, under one name
            for entry in self._package.entries:
                known = plain_name(entry.filename)
                if known not in self._gone:
                    _, content = texts.pop(known, ("", None))
                    copy.writestr(
                        timeless_entry(entry.filename), self._package.read(entry) if content is None else content
                    )
            for name, content in texts.values():
                copy.writestr(timeless_entry(name), content)
        return out.getvalue()

    def _types(self) -> _Element:
        types = self.tree(_TYPES)
        assert types is not None  # noqa: S101 - the guard asks for it
        return types


def _beside(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")
