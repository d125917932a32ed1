"""The guard of new Office files (.docx, .xlsx): zip packages of XML parts with relations between them.

What it asks of any package and any XML part serves OpenDocument's guard too.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from soket.reading.broken import library
from soket.reading.containers import Package
from soket.reading.findings import Finding, FindingError
from soket.reading.guards.extent import check_area, check_cells

_MOST_ENTRIES = 2_000
_MOST_UNPACKED = 200 << 20
_MOST_XML = 48 << 20  # all XML parts together
_MOST_PART = 16 << 20  # one of them
_MOST_TAGS = 600_000  # in one of them
_MOST_RATIO = 150  # an XML part of ordinary Office files packs 5 to 40 times
_RATIO_MATTERS = 4 << 20

_MAIN_PARTS = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}
_OTHERS = {
    "word/document.xml": "văn bản Word (.docx)",
    "xl/workbook.xml": "bảng tính Excel (.xlsx)",
    "ppt/presentation.xml": "bản trình chiếu (.pptx)",
}
_MACROS = re.compile(r"(^|/)(vbaProject|vbaData)|^xl/(macrosheets|dialogsheets)/", re.IGNORECASE)
_CONTROLS = re.compile(r"/activeX/", re.IGNORECASE)
_ARCHIVES = re.compile(r"\.(zip|rar|7z|gz|tar|exe|dll|js|vbs|bat|cmd|ps1|scr|hta|msi|jar)$", re.IGNORECASE)
_DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_STATED = re.compile(rb"[\xef\xbb\xbf\xff\xfe\s]*<\?xml[^>]*?\bencoding\s*=\s*[\"']([^\"']*)")
_CODINGS = {b"utf-8", b"utf8", b"utf-16", b"utf-16le", b"utf-16be", b"us-ascii", b"iso-8859-1", b"windows-1252"}
_REMOTE = re.compile(r"^(https?|ftp|file|mhtml|\\\\|//)", re.IGNORECASE)
_LOCAL_FILE = re.compile(r"^file:///?[A-Za-z]:", re.IGNORECASE)
# Relations to the outside that a program only follows when a person clicks.
_CLICKED = ("/hyperlink",)
_INSTRUCTION = re.compile(rb"<(?:\w+:)?instrText[^>]*>([^<]*)|\binstr=\"([^\"]*)")
_FETCHING = re.compile(rb"\b(DDEAUTO|DDE|INCLUDETEXT)\b", re.IGNORECASE)


def guard_package(claim: str, data: bytes) -> list[Finding]:
    """Return what is to be told of a package; raise FindingError where it must not be read."""
    with Package(data) as package:
        check_shape(package.entries, len(data))
        _check_type(claim, package.names)
        findings: list[Finding] = []
        xml, cells = Xml(package), 0
        for entry in package.entries:
            content = _checked(package, xml, entry)
            if content is None:
                continue
            if entry.filename.endswith(".rels"):
                findings += _check_relations(content)
            elif b"sheetData" in content:
                cells += check_area(entry.filename, content)
        check_cells(cells)
        return findings


def check_shape(entries: list[zipfile.ZipInfo], size: int) -> None:
    """Raise FindingError where a package's directory is not that of an ordinary file."""
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise FindingError("TEP-06")
    if len(entries) > _MOST_ENTRIES:
        raise FindingError("TEP-08", reason=f"{len(entries)} phần bên trong")
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > _MOST_UNPACKED:
        raise FindingError("TEP-08", reason=f"giải nén thành {unpacked >> 20} MB từ {max(size >> 20, 1)} MB")
    for entry in entries:
        if entry.file_size > _RATIO_MATTERS and entry.file_size > _MOST_RATIO * max(entry.compress_size, 1):
            raise FindingError("TEP-08", reason=f"một phần nén {entry.file_size // max(entry.compress_size, 1)} lần")
    end = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        if entry.header_offset < end:
            raise FindingError("TEP-08", reason="các phần chồng lên nhau")
        end = entry.header_offset + 30 + entry.compress_size
    names = [entry.filename for entry in entries]
    if len({name.casefold() for name in names}) != len(names):
        raise FindingError("TEP-08", reason="hai phần cùng tên")
    if any(name.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", name) for name in names):
        raise FindingError("TEP-08", reason="tên phần trỏ ra ngoài tệp")


def _check_type(claim: str, names: set[str]) -> None:
    if _MAIN_PARTS[claim] in names and "[Content_Types].xml" in names:
        return
    raise FindingError("TEP-03", extension=claim, actual=actual_type(names))


def actual_type(names: set[str]) -> str:
    """Say what a package is, by its parts."""
    found = next((words for part, words in _OTHERS.items() if part in names), None)
    if found is None and "content.xml" in names and "mimetype" in names:
        found = "tệp OpenDocument (.odt, .ods)"
    return found or "tệp nén"


class Xml:
    """The XML parts of a package, each seen to declare nothing, and all together within limits."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._left = _MOST_XML

    def read(self, entry: zipfile.ZipInfo) -> bytes | None:
        """Return a part that is XML; None for any other."""
        if not _is_xml(self._package, entry.filename):
            return None
        self._left -= entry.file_size
        if entry.file_size > _MOST_PART or self._left < 0:
            raise FindingError("TEP-08", reason=f"phần văn bản nặng {entry.file_size >> 20} MB")
        content = self._package.read(entry)
        # XML may be written in UTF-16; every letter of a declaration then has a zero byte beside it.
        plain = content.replace(b"\x00", b"") if b"\x00" in content[:256] else content
        if _DECLARATION.search(plain):
            raise FindingError("TEP-09", part=entry.filename)
        if content and not _is_markup(content):
            raise FindingError("TEP-08", reason=f"phần «{entry.filename}» viết bằng bảng mã lạ")
        # In any other coding a declaration would not be seen here, and be one to a parser.
        if (coding := _STATED.match(plain)) and coding[1].lower() not in _CODINGS:
            said = coding[1].decode(errors="replace")[:40]
            raise FindingError("TEP-08", reason=f"phần «{entry.filename}» khai bảng mã «{said}»")
        if (tags := content.count(b"<")) > _MOST_TAGS:
            raise FindingError("TEP-08", reason=f"một phần có {tags} thẻ")
        return plain


def _checked(package: Package, xml: Xml, entry: zipfile.ZipInfo) -> bytes | None:
    """Return an XML part that may be read; None for a part that is not XML."""
    name = entry.filename
    _check_name(name)
    if "/embeddings/" in name and name.lower().endswith(".bin"):
        check_embedded(package.read(entry))
    content = xml.read(entry)
    if content is None:
        return None
    if name == "[Content_Types].xml" and b"macroenabled" in content.lower():
        raise FindingError("TEP-07")
    if b"ddeLink" in content:
        raise FindingError("TEP-10", target="liên kết DDE")
    if _FETCHING.search(b"".join(match[1] or match[2] or b"" for match in _INSTRUCTION.finditer(content))):
        raise FindingError("TEP-10", target="trường tự nạp nội dung (DDE, INCLUDETEXT)")
    return content


def _is_xml(package: Package, name: str) -> bool:
    """Return whether a part is XML: by its content too, since a relation may name a part as it likes."""
    if name.lower().endswith((".xml", ".rels", ".vml")):
        return True
    return _is_markup(package.head(name, 64))


def _is_markup(content: bytes) -> bool:
    return content[:64].lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n").startswith(b"<")


def _check_name(name: str) -> None:
    if _MACROS.search(name):
        raise FindingError("TEP-07")
    if _CONTROLS.search(name):
        raise FindingError("TEP-12", part="điều khiển ActiveX")
    if _ARCHIVES.search(name):
        raise FindingError("TEP-12", part=f"tệp «{name.rpartition('/')[2]}»")


def _check_relations(content: bytes) -> Iterator[Finding]:
    """Stop what loads from elsewhere when the file is opened; tell of formulas that reach into other workbooks."""
    with library(ET.ParseError, LookupError, ValueError):
        relations = ET.fromstring(content)  # noqa: S314 - its bytes hold no declaration: checked above
    for relation in relations:
        if relation.get("TargetMode", "").lower() != "external":
            continue
        kind, target = relation.get("Type", ""), relation.get("Target", "")
        if kind.endswith(_CLICKED):
            continue
        if kind.endswith(("/externalLinkPath", "/xlExternalLinkPath/xlPathMissing")) or "xlExternalLinkPath" in kind:
            yield Finding("TEP-11")
        elif kind.endswith("/image") and not target.startswith("\\\\"):
            continue  # a linked picture: shown or not, it is not read
        elif _REMOTE.match(target) and not _LOCAL_FILE.match(target):
            raise FindingError("TEP-10", target=target[:80])


def check_embedded(content: bytes) -> None:
    """Stop an embedded file of any type (OLE Package); equations and the like pass."""
    from soket.reading.containers import open_ole

    try:
        with open_ole(content) as ole:
            names = {path[-1] for path in ole.paths}
    except FindingError:
        raise FindingError("TEP-12", part="đối tượng không rõ định dạng") from None
    if "\x01Ole10Native" in names:
        raise FindingError("TEP-12", part="tệp đính kèm trong văn bản")
