"""The guard of new Office files (.docx, .xlsx): zip packages of XML parts with relations between them.

What it asks of any package serves OpenDocument's guard too.
"""

from __future__ import annotations

import html
import re
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from soket.reading.broken import library
from soket.reading.containers import Package, plain_name
from soket.reading.findings import Finding, FindingError
from soket.reading.foreign import stop_of_apple
from soket.reading.guards.extent import check_area, check_cells
from soket.reading.guards.markup import Xml, is_xml
from soket.reading.relations import CHUNK, Relations
from soket.text import format_size

_MOST_ENTRIES = 2_000
_MOST_UNPACKED = 200 << 20
_MOST_RATIO = 150  # an XML part of ordinary Office files packs 5 to 40 times
_RATIO_MATTERS = 4 << 20
_MOST_CHUNKS = 2  # documents put into one another

_OTHERS = {
    "docx": "văn bản Word (.docx)",
    "xlsx": "bảng tính Excel (.xlsx)",
    "pptx": "bản trình chiếu (.pptx)",
}
_TYPES, _MACRO_TYPE = "[content_types].xml", "tệp loại có thể chứa macro (.docm, .xlsm, .xlsb)"
_MACROS = re.compile(r"(^|/)(vbaProject|vbaData)|^xl/(macrosheets|dialogsheets)/", re.IGNORECASE)
_MACRO_RELATIONS = {"vbaproject", "wordvbadata", "xlmacrosheet", "xlintlmacrosheet", "dialogsheet"}
# Types that may hold macros, and are not read even where they hold none: what to save them as.
_UNREAD = {"docm": ".docx", "xlsb": ".xlsx"}
_CONTROLS = re.compile(r"/activeX/", re.IGNORECASE)
_ARCHIVES = re.compile(r"\.(zip|rar|7z|gz|tar|exe|dll|js|vbs|bat|cmd|ps1|scr|hta|msi|jar)$", re.IGNORECASE)
_REMOTE = re.compile(r"\s*([a-z][a-z0-9+.-]+:|\\\\|//)", re.IGNORECASE)
_LOCAL_FILE = re.compile(r"\s*file:///?[A-Za-z]:", re.IGNORECASE)
# Another machine's folder, to which Windows shows who is signed in, before anything is clicked.
SHARE = r"\s*(?:\\\\|//|file:/*\\\\|file:////|file://[^/\\])"
_SHARE = re.compile(SHARE, re.IGNORECASE)
# Relations to the outside that a program only follows when a person clicks.
_CLICKED = ("/hyperlink",)
_DDE_LINK = re.compile(rb"<(?:\w+:)?ddeLink\b")
_INSTRUCTION = re.compile(
    rb"<(?:\w+:)?instrText[^>]*>([^<]*)|\binstr\s*=\s*([\"'])(.*?)\2|\bfldCharType\s*=", re.DOTALL
)
_LINKS = re.compile(rb"\s*HYPERLINK\b", re.IGNORECASE)
_FETCHING = re.compile(
    rb"\b(?:DDEAUTO|DDE|INCLUDETEXT|DATABASE)\b|^\s*(?:LINK|RD|INCLUDE)\b.*\b(?:https?|ftp):|"
    rb"(?:^|[\s\"])(?:(?:\\\\){1,2}|file://)[\w.-]",
    re.IGNORECASE | re.DOTALL,
)
# What a workbook asks for by itself: queries to the web, connections renewed as it opens, functions that fetch.
_CONNECTION = re.compile(
    rb"<(?:\w+:)?webPr\b|<(?:\w+:)?connection\b[^>]*\brefreshOnLoad\s*=\s*[\"'](?:1|true)", re.IGNORECASE
)
_FETCHES = (b"WEBSERVICE", b"IMAGE(", b"RTD(")
_FETCHING_FORMULA = re.compile(rb"<(?:\w+:)?f\b[^>]*>[^<]*\b(?:WEBSERVICE|IMAGE|RTD)\s*\(", re.IGNORECASE)


def guard_package(claim: str, data: bytes, depth: int = 0, *, extension: str = "") -> list[Finding]:
    """Return what is to be told of a package; raise FindingError where it must not be read.

    `depth` says how many documents it lies in, each put into another.
    """
    with Package(data) as package:
        check_shape(package, len(data))
        relations = Relations(package)
        if relations.application() != claim:
            stop_of_apple(package, extension or claim)
            raise FindingError("TEP-03", extension=extension or claim, actual=actual_type(package))
        _check_chunks(package, relations, depth)
        findings: list[Finding] = []
        xml, cells, may_run = Xml(package), 0, False
        for entry in package.entries:
            content = _checked(package, xml, entry)
            if content is None:
                continue
            may_run |= plain_name(entry.filename) == _TYPES and b"macroenabled" in content.lower()
            if entry.filename.lower().endswith(".rels"):
                findings += _check_relations(content)
            elif claim == "docx":
                _check_fields(content)
            else:
                _check_formulas(content)
                cells += check_area(entry.filename, content) if b"sheetData" in content else 0
        check_cells(cells)
        if extension in _UNREAD:
            raise FindingError("TEP-43", extension=extension, wanted=_UNREAD[extension])
        if may_run and extension != "xlsm":
            raise FindingError("TEP-03", extension=extension or claim, actual=_MACRO_TYPE)
        return findings


def _check_chunks(package: Package, relations: Relations, depth: int) -> None:
    """Let each document that was put into this one pass the guard of its format."""
    from soket.reading.guards.rich_text import guard_rich_text
    from soket.reading.guards.web_page import guard_web_page

    for relation in relations.of(relations.main()).values():
        entry = package.find(relation.target) if relation.kind == CHUNK else None
        if entry is None:
            continue
        content = package.read(entry)
        if content.startswith(b"PK"):
            if depth == _MOST_CHUNKS:
                raise FindingError("TEP-08", reason="văn bản lồng trong văn bản nhiều lần")
            guard_package("docx", content, depth + 1)
        elif content.startswith(b"{\\rt"):
            guard_rich_text(content)
        else:
            guard_web_page("docx", content)


def check_shape(package: Package, size: int) -> None:
    """Raise FindingError where a package's directory is not that of an ordinary file."""
    entries = package.entries
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise FindingError("TEP-06")
    if len(entries) > _MOST_ENTRIES:
        raise FindingError("TEP-08", reason=f"{len(entries)} phần bên trong")
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > _MOST_UNPACKED:
        raise FindingError("TEP-08", reason=f"giải nén thành {format_size(unpacked)} từ {format_size(size)}")
    for entry in entries:
        if entry.file_size > _RATIO_MATTERS and entry.file_size > _MOST_RATIO * max(entry.compress_size, 1):
            raise FindingError("TEP-08", reason=f"một phần nén {entry.file_size // max(entry.compress_size, 1)} lần")
    end = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        if entry.header_offset < end:
            raise FindingError("TEP-08", reason="các phần chồng lên nhau")
        end = entry.header_offset + 30 + entry.compress_size
    if any(name.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", name) for name in package.names):
        raise FindingError("TEP-08", reason="tên phần trỏ ra ngoài tệp")
    _check_twice(package)


def _check_twice(package: Package) -> None:
    """Raise FindingError where two parts of one name may be read as two documents; pictures may be stored twice."""
    by_name: dict[str, list[zipfile.ZipInfo]] = {}
    for entry in package.entries:
        by_name.setdefault(plain_name(entry.filename), []).append(entry)
    for same in by_name.values():
        if len(same) > 1 and any(is_xml(package, entry) for entry in same) and len(set(map(package.read, same))) > 1:
            raise FindingError("TEP-08", reason="hai phần cùng tên")


def actual_type(package: Package) -> str:
    """Say what a package is, by its parts."""
    found = _OTHERS.get(Relations(package).application())
    if found is None and {"content.xml", "mimetype"} <= package.names:
        found = "tệp OpenDocument (.odt, .ods)"
    return found or "tệp nén"


def _checked(package: Package, xml: Xml, entry: zipfile.ZipInfo) -> bytes | None:
    """Return an XML part that may be read; None for a part that is not XML."""
    name = entry.filename.replace("\\", "/")
    _check_name(name)
    if "/embeddings/" in name and name.lower().endswith(".bin"):
        check_embedded(package.read(entry))
    return xml.read(entry)


def _check_fields(content: bytes) -> None:
    """Raise FindingError where a document asks for something elsewhere by itself."""
    if b"instr" in content and any(map(_FETCHING.search, _instructions(content))):
        raise FindingError("TEP-10", target="trường tự nạp nội dung (DDE, INCLUDETEXT, tệp ở máy khác)")


def _check_formulas(content: bytes) -> None:
    """Raise FindingError where a workbook asks for something elsewhere by itself."""
    if b"ddeLink" in content and _DDE_LINK.search(content):
        raise FindingError("TEP-10", target="liên kết DDE")
    if b"onnection" in content and _CONNECTION.search(content):
        raise FindingError("TEP-10", target="kết nối dữ liệu")
    if any(name in content for name in _FETCHES) and _FETCHING_FORMULA.search(content):
        raise FindingError("TEP-10", target="hàm lấy dữ liệu từ mạng (WEBSERVICE, IMAGE, RTD)")


def _instructions(content: bytes) -> Iterator[bytes]:
    """Yield the instructions of fields but for links, whose addresses may hold any word."""
    written: list[bytes] = []
    for match in _INSTRUCTION.finditer(content):
        if match[1] is not None:
            written.append(match[1])
            continue
        # A field may lie in another's instruction: what is written between two marks is taken together.
        yield from _unless_link(match[3] or b"".join(written))
        if not match[2]:
            written.clear()
    yield from _unless_link(b"".join(written))


def _unless_link(instruction: bytes) -> Iterator[bytes]:
    if not _LINKS.match(instruction):
        yield html.unescape(instruction.decode("utf-8", errors="replace")).encode()


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
        if relation.get("Type", "").rpartition("/")[2].lower() in _MACRO_RELATIONS:
            raise FindingError("TEP-07")
        if relation.get("TargetMode", "").lower() != "external":
            continue
        kind, target = relation.get("Type", ""), relation.get("Target", "")
        if kind.endswith(_CLICKED):
            continue
        if kind.endswith(("/externalLinkPath", "/xlExternalLinkPath/xlPathMissing")) or "xlExternalLinkPath" in kind:
            yield Finding("TEP-11")
        elif kind.endswith("/image") and not _SHARE.match(target):
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
