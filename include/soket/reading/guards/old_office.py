"""The guard of old Office files (.doc, .xls), and of the encrypted new ones that hide in the same container."""

from __future__ import annotations

import re
from struct import unpack_from

from soket.reading.containers import Ole, open_ole
from soket.reading.findings import Finding, FindingError
from soket.reading.guards.old_workbook import guard_old_workbook

_KINDS = {"doc": "WordDocument", "xls": "Workbook"}
_OLD_OFFICE = {
    "WordDocument": "văn bản Word 97–2003 (.doc)",
    "Workbook": "bảng tính Excel 97–2003 (.xls)",
    "Book": "bảng tính Excel 5–95 (.xls)",
    "PowerPoint Document": "bản trình chiếu PowerPoint 97–2003 (.ppt)",
}
_WORD_MAGIC, _WORD_97 = (0xA5EC, 0xA5DC), 0xC1
_ENCRYPTED = 0x0100
_FETCHING = ("DDEAUTO", "DDE", "INCLUDETEXT", "DATABASE")
# The beginning of a field, in letters of one byte or of two.
_FIELD = re.compile(
    b"|".join(
        b"\x13".decode("latin-1").encode(coding) + b"(?:%s){0,4}(?:%s)" % (" ".encode(coding), names)
        for coding in ("latin-1", "utf-16-le")
        for names in [b"|".join(each.encode(coding) for each in _FETCHING)]
    ),
    re.IGNORECASE,
)
_SHORTEST = 0x0C  # bytes of a header that says what it is
_TEMPLATE_TABLE, _TABLE_FLAG = 154 + 8 * 32, 0x0200


def guard_ole(extension: str, data: bytes) -> tuple[str, list[Finding]]:
    """Return what an old file is to be read as; raise FindingError for what it must not be."""
    with open_ole(data) as ole:
        _stop_everywhere(ole.paths)
        streams = {path[0] for path in ole.paths if len(path) == 1}
        wanted = "Book" if extension == "xls" and "Workbook" not in streams else _KINDS.get(extension, "")
        _check_kind(extension, wanted, streams)
        if extension == "doc":
            return _check_word(ole), []
        return "xls", guard_old_workbook(ole.read(wanted))


def _check_kind(extension: str, wanted: str, streams: set[str]) -> None:
    if wanted not in streams:
        found = (words for stream, words in _OLD_OFFICE.items() if stream in streams)
        raise FindingError("TEP-03", extension=extension, actual=next(found, "tệp Office đời cũ"))


def _stop_everywhere(paths: list[list[str]]) -> None:
    names = {name for path in paths for name in path}
    if names & {"EncryptedPackage", "EncryptionInfo"}:
        raise FindingError("TEP-06")
    if names & {"VBA", "_VBA_PROJECT", "Macros"}:
        raise FindingError("TEP-07")
    if "\x01Ole10Native" in names:
        raise FindingError("TEP-12", part="tệp đính kèm trong văn bản")


def _check_word(ole: Ole) -> str:
    """Return which of the two formats of .doc a document has."""
    document = ole.read("WordDocument")
    if len(document) < _SHORTEST:
        raise FindingError("TEP-05")
    magic, version = unpack_from("<HH", document)
    flags = unpack_from("<H", document, 0x0A)[0]
    if magic not in _WORD_MAGIC:
        raise FindingError("TEP-05")
    if flags & _ENCRYPTED:
        raise FindingError("TEP-06")
    if version < _WORD_97:
        return "doc-95"
    if _FIELD.search(document):
        raise FindingError("TEP-10", target="trường tự nạp nội dung (DDE, INCLUDETEXT)")
    if template := _template(ole, document, "1Table" if flags & _TABLE_FLAG else "0Table"):
        raise FindingError("TEP-10", target=template[:80])
    return "doc"


def _template(ole: Ole, document: bytes, tables: str) -> str:
    """Return the template of a document where it lies elsewhere than on the writer's machine."""
    if [tables] not in ole.paths or len(document) < _TEMPLATE_TABLE + 8:
        return ""
    start, length = unpack_from("<II", document, _TEMPLATE_TABLE)
    words = ole.read(tables)[start : start + length]
    at = 6
    for index in range(2):  # the second of its texts is the template
        if at + 2 > len(words):
            return ""
        size = 2 * unpack_from("<H", words, at)[0]
        text: str = words[at + 2 : at + 2 + size].decode("utf-16-le", errors="replace")
        if index == 1 and text.lower().startswith(("http:", "https:", "ftp:", "\\\\", "//")):
            return text
        at += 2 + size
    return ""
