"""The guard: what a file really is, and whether it is safe to read. No reader sees a file that it stopped.

Runs in the reader's process, on bytes: standard library and `olefile` only. It raises FindingError for what stops a
file and returns findings for what only has to be told.
"""

from __future__ import annotations

import codecs

from soket.reading.findings import Finding, FindingError
from soket.reading.foreign import foreign
from soket.reading.guards.web_page import is_packed_page, is_page
from soket.reading.kinds import SPARING

WORD, OLD_WORD, OLDEST_WORD, OPEN_TEXT, RICH_TEXT, PORTABLE = "docx", "doc", "doc-95", "odt", "rtf", "pdf"
WORKBOOK, OLD_WORKBOOK, OPEN_WORKBOOK, DELIMITED = "xlsx", "xls", "ods", "csv"
PICTURE, WEB_PAGE, WEB_TABLE, XML_WORKBOOK = "picture", "html", "html-table", "xls-xml"

# What each extension that is taken claims to be.
_CLAIMS = {
    "docx": WORD,
    "docm": WORD,
    "doc": OLD_WORD,
    "odt": OPEN_TEXT,
    "rtf": RICH_TEXT,
    "pdf": PORTABLE,
    "xlsx": WORKBOOK,
    "xlsm": WORKBOOK,
    "xlsb": WORKBOOK,
    "xls": OLD_WORKBOOK,
    "ods": OPEN_WORKBOOK,
    "csv": DELIMITED,
    "tsv": DELIMITED,
    "png": PICTURE,
    "jpg": PICTURE,
    "jpeg": PICTURE,
}
_UNREAD_TYPES = {"dotx"}

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAGIC = (
    (b"PK\x03\x04", "zip", "tệp nén hoặc tệp Office"),
    (b"PK\x05\x06", "zip", "tệp nén rỗng"),
    (_OLE, "ole", "tệp Office đời cũ"),
    (b"%PDF", "pdf", "tệp PDF"),
    (b"{\\rt", "rtf", "văn bản RTF"),
    (b"\x89PNG", "png", "ảnh PNG"),
    (b"\xff\xd8\xff", "jpg", "ảnh JPEG"),
    (b"MZ", "exe", "tệp chương trình"),
    (b"\x7fELF", "exe", "tệp chương trình"),
    (b"Rar!", "rar", "tệp nén RAR"),
    (b"7z\xbc\xaf", "7z", "tệp nén 7z"),
    (b"\x1f\x8b", "gz", "tệp nén gzip"),
    (b"<!DOCTYPE", "html", "trang web (HTML)"),
    (b"<html", "html", "trang web (HTML)"),
    (b"<?xml", "xml", "tệp XML"),
)
_WRITTEN_AS = {RICH_TEXT: "văn bản RTF", WEB_PAGE: "trang web (HTML)"}
_XML_WORKBOOK = b"urn:schemas-microsoft-com:office:spreadsheet"
_PDF_AT = 1_024  # as far in as every program looks for its mark
_PICTURES = ("png", "jpg")


def guard(extension: str, data: bytes) -> tuple[str, list[Finding]]:
    """Return what a file is to be read as, and what is to be told of it; raise FindingError where it stops here."""
    if not data:
        raise FindingError("TEP-01")
    if extension not in _CLAIMS and extension not in _UNREAD_TYPES:
        raise _not_taken(extension)
    kind, description = _recognise(data)
    if extension == "pdf" and not kind and b"%PDF-" in data[:_PDF_AT]:
        kind = "pdf"  # systems of signatures and of papers write some bytes before it
    if kind == "ole":
        from soket.reading.guards.old_office import guard_ole

        return guard_ole(extension, data)
    if extension in _UNREAD_TYPES:
        raise FindingError("TEP-17", extension=extension)
    claim = _CLAIMS[extension]
    if extension == "doc" and (written := _by_other_software(data, kind)):
        return written, [Finding("TEP-33", facts={"extension": extension, "actual": _WRITTEN_AS[written]})]
    if extension == "xls" and (table := _table_by_other_software(data, kind)):
        return table[0], [Finding("TEP-40", facts={"extension": extension, "actual": table[1]})]
    if not _is_as_claimed(claim, kind, data):
        raise FindingError("TEP-03", extension=extension, actual=description)
    return claim, _look_inside(claim, data, extension)


def _not_taken(extension: str) -> FindingError:
    return foreign(extension) or FindingError("TEP-02", extension=f".{extension}" if extension else "không có đuôi")


def _by_other_software(data: bytes, kind: str) -> str | None:
    """Return what a .doc is to be read as that is one by its name alone: office programs open it without a word."""
    if kind == "rtf":
        _look_inside(RICH_TEXT, data)
        return RICH_TEXT
    if is_page(data) or is_packed_page(data):
        from soket.reading.guards.web_page import guard_web_page

        guard_web_page("doc", data)
        return WEB_PAGE
    if kind == "xml" and b"Word.Document" in data[:4096]:
        raise FindingError("TEP-34", extension="doc", actual="văn bản Word 2003 XML")
    return None


def _table_by_other_software(data: bytes, kind: str) -> tuple[str, str] | None:
    """Return what a .xls is to be read as that is one by its name alone, and what to call it: Excel opens it, too."""
    if is_page(data) or is_packed_page(data):
        from soket.reading.guards.web_page import guard_web_page

        guard_web_page("xls", data)
        return WEB_TABLE, "trang web (HTML)"
    if kind == "xml":
        from soket.reading.guards.markup import guard_xml

        guard_xml(data)
        if _XML_WORKBOOK not in data[:4096].replace(b"\x00", b""):
            raise FindingError("TEP-41", extension="xls", actual="tệp XML")
        return XML_WORKBOOK, "bảng tính Excel 2003 XML"
    if kind == "zip":
        _look_inside(WORKBOOK, data, "xls")
        return WORKBOOK, "bảng tính Excel đời mới (.xlsx)"
    if _is_as_claimed(DELIMITED, kind, data) and any(mark in data for mark in (b"\t", b";", b",")):
        return DELIMITED, "văn bản phân cách bằng dấu"
    return None


def _look_inside(claim: str, data: bytes, extension: str = "") -> list[Finding]:
    """Let the guard of a format look; each is loaded when it is needed."""
    match claim:
        case "docx" | "xlsx":
            from soket.reading.guards.office import guard_package

            return guard_package(claim, data, extension=extension)
        case "odt" | "ods":
            from soket.reading.guards.open_document import guard_open

            return guard_open(claim, data)
        case "rtf":
            from soket.reading.guards.rich_text import guard_rich_text

            guard_rich_text(data)
        case "pdf":
            from soket.reading.guards.portable import guard_portable

            guard_portable(data)
        case "picture":
            from soket.reading.guards.picture import guard_picture

            guard_picture(data)
    return []


def _is_as_claimed(claim: str, kind: str, data: bytes) -> bool:
    match claim:
        case "picture":
            if data[4:8] == b"ftyp":
                raise _not_taken(SPARING[0])
            return kind in _PICTURES  # what shows pictures goes by what they are, whatever they are called
        case "pdf" | "rtf":
            return kind == claim
        case "csv":
            return not kind and (b"\x00" not in data[:4096] or wide_encoding(data) is not None)
        case "doc" | "xls":
            return False  # an OLE file, and those have a guard of their own
    # An upload that broke off keeps its first bytes; other first bytes are another format, or none.
    return kind == "zip"


def _recognise(data: bytes) -> tuple[str, str]:
    """Return a format by a file's first bytes, with its Vietnamese description ('' for what has no mark)."""
    head = data[:64].removeprefix(codecs.BOM_UTF8).lstrip()
    for magic, kind, description in _MAGIC:
        if head.startswith(magic) or (magic.startswith(b"<") and head.lower().startswith(magic.lower())):
            return kind, description
    return "", "tệp không rõ định dạng" if b"\x00" in data[:4096] else "tệp văn bản thuần"


def wide_encoding(data: bytes) -> str | None:
    """Return which UTF-16 a text is in, told by its mark or by where its zero bytes lie; None where it is in none."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    head = data[:4096]
    even, odd = head[0::2].count(0), head[1::2].count(0)
    # Most Vietnamese letters, and all digits and delimiters, have a zero byte in UTF-16: always the same one of two.
    if len(data) % 2 or 5 * max(even, odd) < len(head):
        return None
    if even == 0:
        return "utf-16-le"
    if odd == 0:
        return "utf-16-be"
    return None
