"""The relations of an Office package: which part is the main one and what each refers to, whatever they are called."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from soket.reading.broken import library
from soket.reading.containers import Package
from soket.reading.guards.markup import Xml, is_xml

_ROOT = "_rels/.rels"
_TYPES = "[Content_Types].xml"
_MAIN = "officeDocument"
CHUNK = "aFChunk"
"""What a relation is called to a document that was put whole into another."""
# Where office programs put the main part, and what its type is called by.
_USUAL = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml"}
_APPLICATIONS = {"wordprocessingml": "docx", "spreadsheetml": "xlsx", "presentationml": "pptx"}


@dataclass(frozen=True)
class Relation:
    """What one part says of another: the last word of the relation's type, and the other's name in the package."""

    kind: str
    target: str


class Relations:
    """The relations of one package."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._xml = Xml(package)

    def main(self) -> str:
        """Return the name of the main part; '' where there is none."""
        named = [each.target for each in self.of("").values() if each.kind == _MAIN]
        return next((name for name in (*named, *_USUAL.values()) if self._package.find(name)), "")

    def application(self) -> str:
        """Return what a package is by its main part: "docx", "xlsx", "pptx"; '' for no Office package."""
        main = self.main()
        if not main or (root := self._parsed(_TYPES)) is None:
            return ""
        named = {_absolute("", each.get("PartName", "")).casefold(): each.get("ContentType", "") for each in root}
        said = named.get(main.casefold(), "")
        by_type = next((kind for word, kind in _APPLICATIONS.items() if word in said), "")
        folder = main.casefold().partition("/")[0]
        return by_type or next((kind for kind, usual in _USUAL.items() if usual.partition("/")[0] == folder), "")

    def of(self, part: str) -> dict[str, Relation]:
        """Return a part's relations within the package by their ids; '' is the package itself."""
        folder, name = posixpath.split(part)
        root = self._parsed(posixpath.join(folder, "_rels", f"{name}.rels") if part else _ROOT)
        return {
            each.get("Id", ""): Relation(
                each.get("Type", "").rpartition("/")[2], _absolute(folder, each.get("Target", ""))
            )
            for each in (root if root is not None else ())
            if each.get("TargetMode", "").lower() != "external"
        }

    def _parsed(self, name: str) -> ET.Element | None:
        entry = self._package.find(name)
        content = self._xml.read(entry) if entry and is_xml(self._package, entry) else None
        if not content:
            return None
        with library(ET.ParseError, LookupError, ValueError):
            return ET.fromstring(content)  # noqa: S314 - its bytes hold no declaration: checked as it was read


def _absolute(folder: str, target: str) -> str:
    """Return the name of the part that a relation's target means, as seen from a folder."""
    return posixpath.normpath(posixpath.join("/", folder, target.replace("\\", "/"))).lstrip("/")
