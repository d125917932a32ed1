"""The guard: what a file really is, and whether it is safe to read. No reader sees a file that it stopped.

Runs in the reader's process, on bytes: standard library and `olefile` only. It raises FindingError for what stops a
file and returns findings for what only has to be told.
"""

from __future__ import annotations

import codecs

from soket.intake.findings import Finding, FindingError

WORD, WORKBOOK, DELIMITED, ATTACHMENT = "docx", "xlsx", "csv", "attachment"

# What each extension that is taken claims to be.
_CLAIMS = {
    "docx": WORD,
    "xlsx": WORKBOOK,
    "csv": DELIMITED,
    "tsv": DELIMITED,
    "pdf": ATTACHMENT,
    "png": ATTACHMENT,
    "jpg": ATTACHMENT,
    "jpeg": ATTACHMENT,
}
_MACRO_TYPES = {"docm", "xlsm", "xlsb"}
_LEGACY_TYPES = {"doc", "xls", "odt", "ods", "rtf", "dotx"}

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAGIC = (
    (b"PK\x03\x04", "zip", "tệp nén hoặc tệp Office"),
    (b"PK\x05\x06", "zip", "tệp nén rỗng"),
    (_OLE, "ole", "tệp Office đời cũ"),
    (b"%PDF", "pdf", "tệp PDF"),
    (b"{\\rtf", "rtf", "văn bản RTF"),
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
_ATTACHMENT_MAGIC = {"pdf": "pdf", "png": "png", "jpg": "jpg", "jpeg": "jpg"}


def guard(extension: str, data: bytes) -> tuple[str, list[Finding]]:
    """Return what a file is to be read as, and what is to be told of it; raise FindingError where it stops here."""
    if not data:
        raise FindingError("TEP-01")
    if extension in _MACRO_TYPES:
        raise FindingError("TEP-07")
    if extension not in _CLAIMS and extension not in _LEGACY_TYPES:
        raise FindingError("TEP-02", extension=f".{extension}" if extension else "không có đuôi")
    kind, description = _recognise(data)
    if kind == "ole":
        _stop_ole(extension, data)
    if extension in _LEGACY_TYPES:
        raise FindingError("TEP-17", extension=extension)
    claim = _CLAIMS[extension]
    if not _is_as_claimed(extension, claim, kind, data):
        raise FindingError("TEP-03", extension=extension, actual=description)
    if claim == ATTACHMENT:
        return claim, [Finding("TEP-20")]
    if claim == DELIMITED:
        return claim, []
    from soket.intake.guard_package import guard_package

    return claim, guard_package(claim, data)


def _is_as_claimed(extension: str, claim: str, kind: str, data: bytes) -> bool:
    if claim == ATTACHMENT:
        return kind == _ATTACHMENT_MAGIC[extension]
    if claim == DELIMITED:
        from soket.intake.reading.delimited import wide_encoding

        return not kind and (b"\x00" not in data[:4096] or wide_encoding(data) is not None)
    # An upload that broke off keeps its first bytes; other first bytes are another format, or none.
    return kind == "zip"


def _recognise(data: bytes) -> tuple[str, str]:
    """Return a format by a file's first bytes, with its Vietnamese description ('' for what has no mark)."""
    head = data[:64].removeprefix(codecs.BOM_UTF8).lstrip()
    for magic, kind, description in _MAGIC:
        if head.startswith(magic) or (magic.startswith(b"<") and head.lower().startswith(magic.lower())):
            return kind, description
    return "", "tệp không rõ định dạng" if b"\x00" in data[:4096] else "tệp văn bản thuần"


def _stop_ole(extension: str, data: bytes) -> None:
    """Raise what an OLE file is: an encrypted new one, an old one, or something else."""
    import io

    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            streams = {"/".join(path) for path in ole.listdir()}
    except Exception:
        raise FindingError("TEP-05") from None
    if streams & {"EncryptedPackage", "EncryptionInfo"}:
        raise FindingError("TEP-06")
    if any("VBA" in path.split("/") or path.startswith("Macros") for path in streams):
        raise FindingError("TEP-07")
    if extension in _LEGACY_TYPES:
        raise FindingError("TEP-17", extension=extension)
    actual = next(
        (words for stream, words in _OLD_OFFICE.items() if stream in streams),
        "tệp Office đời cũ",
    )
    raise FindingError("TEP-03", extension=extension, actual=actual)


_OLD_OFFICE = {
    "WordDocument": "văn bản Word 97–2003 (.doc)",
    "Workbook": "bảng tính Excel 97–2003 (.xls)",
    "Book": "bảng tính Excel 97–2003 (.xls)",
    "PowerPoint Document": "bản trình chiếu PowerPoint 97–2003 (.ppt)",
}
