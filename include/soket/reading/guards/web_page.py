"""The guard of pages of the web that software gives out as documents, alone or packed with their pictures (MHT).

A page is decoded in one way for the guard and for its reader.
"""

from __future__ import annotations

import codecs
import email
import re

from soket.reading.findings import FindingError

_MIME = re.compile(
    rb"\s*(?:MIME-Version|Content-Type|From|Subject|Date|X-[\w-]+):[^\n]*\n(?:[\w-]+:|[ \t]|\r?\n)", re.IGNORECASE
)
_TAG = re.compile(
    rb"(?:<\?xml[^>]*\?>\s*|<!--.*?-->\s*)*<(?:!DOCTYPE\s+html|html|head|body|meta|style|div|p|table)\b",
    re.IGNORECASE | re.DOTALL,
)
_MOST = 16 << 20
_ACTIVE = re.compile(r"<\s*(?:\w+:)?(script|object|embed|applet|iframe|frame)\b", re.IGNORECASE)
_RUNS = re.compile(r"=\s*[\"']?\s*(?:javascript|vbscript):|<meta[^>]*\bhttp-equiv\s*=\s*[\"']?refresh", re.IGNORECASE)
_HEAD = 4_096
_CHARSET = re.compile(rb"<meta[^>]*?\bcharset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)


def is_packed_page(data: bytes) -> bool:
    """Return whether a file is a page packed with what belongs to it."""
    return _MIME.match(data[:_HEAD]) is not None and b"multipart/" in data[:_HEAD].lower()


def is_page(data: bytes) -> bool:
    """Return whether a file is a page by itself."""
    head = data[:_HEAD].removeprefix(codecs.BOM_UTF8)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        head = head[2:].replace(b"\x00", b"")
    return _TAG.match(head.lstrip()) is not None


def text_of(data: bytes) -> str:
    """Return a page's text with its tags; '' where a pack holds none."""
    stated = ""
    if is_packed_page(data):
        parts = email.message_from_bytes(data).walk()
        page = next((part for part in parts if part.get_content_type() in ("text/html", "application/xhtml+xml")), None)
        content = page.get_payload(decode=True) if page else b""
        stated = page.get_content_charset() or "" if page else ""
        data = content if isinstance(content, bytes) else b""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", errors="replace")
    found = _CHARSET.search(data[:_HEAD])
    for charset in ("utf-8-sig", found[1].decode("ascii", errors="replace") if found else "", stated):
        try:
            return data.decode(charset)
        except (LookupError, UnicodeDecodeError, ValueError):
            continue
    return data.decode("cp1258", errors="replace")


def guard_web_page(extension: str, data: bytes) -> None:
    """Raise FindingError where a page must not be kept as a document."""
    if len(data) > _MOST:
        raise FindingError("TEP-08", reason=f"trang web nặng {len(data) >> 20} MB")
    page = text_of(data)
    if _ACTIVE.search(page) or _RUNS.search(page):
        code = "TEP-41" if extension == "xls" else "TEP-34"
        raise FindingError(code, extension=extension, actual="trang web (HTML) có mã lệnh hoặc khung nhúng")
