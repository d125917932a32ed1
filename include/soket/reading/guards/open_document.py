"""The guard of OpenDocument files (.odt, .ods): zip packages with a manifest that says what is encrypted."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator

from soket.reading.containers import Package
from soket.reading.findings import Finding, FindingError
from soket.reading.guards.extent import check_open_area
from soket.reading.guards.markup import Xml
from soket.reading.guards.office import SHARE, actual_type, check_embedded, check_shape

_TYPES = {
    "odt": ("application/vnd.oasis.opendocument.text",),
    "ods": ("application/vnd.oasis.opendocument.spreadsheet",),
}
_MACROS = re.compile(r"^(Basic|Scripts)/.+", re.IGNORECASE)
_EMPTY_LIBRARY = re.compile(r"^Basic/(script-lc|Standard/script-lb)\.xml$")
_MODULE = re.compile(rb"<(?:\w+:)?element\b")
_SCRIPT = re.compile(rb"=\s*[\"']\s*(?:vnd\.sun\.star\.script|macro):", re.IGNORECASE)
_REMOTE = re.compile(rb"(?:https?|ftp|smb|dav)s?:|\\\\\\\\|//|file://[^/]", re.IGNORECASE)
_SHARE = re.compile(SHARE.encode(), re.IGNORECASE)
_LINK = re.compile(rb"<(?:\w+:)?(\w[\w-]*)\b[^>]*\bxlink:href=[\"']([^\"']*)[\"']")
# What a program loads by itself when the file is opened; links and pictures wait for a click, or are not read.
_CLICKED = {b"a"}
_LOADED = {b"template", b"section-source", b"object", b"object-ole", b"floating-frame", b"plugin", b"applet"}
_OTHER_BOOKS = re.compile(rb"<(?:table:table-source|table:cell-range-source)\b")
_DDE = re.compile(rb"<(?:\w+:)?dde-(?:connection|source|link)|\bdde-application\s*=", re.IGNORECASE)


def guard_open(claim: str, data: bytes) -> list[Finding]:
    """Return what is to be told of a package; raise FindingError where it must not be read."""
    with Package(data) as package:
        check_shape(package, len(data))
        _check_type(claim, package)
        if b"encryption-data" in package.read("META-INF/manifest.xml"):
            raise FindingError("TEP-06")
        xml = Xml(package)
        told = (finding for entry in package.entries for finding in _check_entry(claim, package, xml, entry))
        return sorted({finding.code: finding for finding in told}.values(), key=lambda finding: finding.code)


def _check_type(claim: str, package: Package) -> None:
    if not {"content.xml", "mimetype", "META-INF/manifest.xml"} <= package.names:
        raise FindingError("TEP-03", extension=claim, actual=actual_type(package))
    kind = package.head("mimetype", 200).decode("ascii", errors="replace").strip()
    if kind not in _TYPES[claim]:
        raise FindingError("TEP-03", extension=claim, actual=f"tệp OpenDocument khác ({kind.rpartition('.')[2]})")


def _check_entry(claim: str, package: Package, xml: Xml, entry: zipfile.ZipInfo) -> Iterator[Finding]:
    name = entry.filename
    content = xml.read(entry)
    if _is_macro(name, content):
        raise FindingError("TEP-07")
    if content is None:
        if name.startswith("Object ") and "/" not in name:
            check_embedded(package.read(name))
        return
    if name.rpartition("/")[2] not in ("content.xml", "styles.xml", "meta.xml", "settings.xml"):
        return
    if claim == "ods" and name == "content.xml":
        check_open_area(content)
    yield from _check_links(content)


def _is_macro(name: str, content: bytes | None) -> bool:
    """Return whether a part is a program, or the list of a library that holds one."""
    if name.endswith("/") or not _MACROS.match(name):
        return False
    return not _EMPTY_LIBRARY.match(name) or _MODULE.search(content or b"") is not None


def _check_links(content: bytes) -> Iterator[Finding]:
    """Stop what runs or loads by itself; tell of tables that are taken from other files."""
    if _SCRIPT.search(content):
        raise FindingError("TEP-07")
    for match in _LINK.finditer(content):
        loaded = match[1] in _LOADED and _REMOTE.match(match[2])
        if loaded or (match[1] not in _CLICKED and _SHARE.match(match[2])):
            raise FindingError("TEP-10", target=match[2].decode(errors="replace")[:80])
    if _DDE.search(content):
        raise FindingError("TEP-10", target="liên kết DDE")
    if _OTHER_BOOKS.search(content):
        yield Finding("TEP-11")
