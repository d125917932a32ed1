"""Pages of the web that software gives out as documents: alone, or packed with their pictures (MHT)."""

from __future__ import annotations

import codecs
import email
import re

_MIME = re.compile(
    rb"\s*(?:MIME-Version|Content-Type|From|Subject|Date|X-[\w-]+):[^\n]*\n(?:[\w-]+:|[ \t]|\r?\n)", re.IGNORECASE
)
_TAG = re.compile(
    rb"(?:<\?xml[^>]*\?>\s*|<!--.*?-->\s*)*<(?:!DOCTYPE\s+html|html|head|body|meta|style|div|p|table)\b",
    re.IGNORECASE | re.DOTALL,
)
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
