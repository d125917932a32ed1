"""The guard of pages of the web that are sent as documents: what would run, or be fetched to be shown."""

from __future__ import annotations

import re

from soket.reading.findings import FindingError
from soket.reading.web_pages import text_of

_MOST = 16 << 20
_ACTIVE = re.compile(r"<\s*(?:\w+:)?(script|object|embed|applet|iframe|frame)\b", re.IGNORECASE)
_RUNS = re.compile(r"=\s*[\"']?\s*(?:javascript|vbscript):|<meta[^>]*\bhttp-equiv\s*=\s*[\"']?refresh", re.IGNORECASE)


def guard_web_page(extension: str, data: bytes) -> None:
    """Raise FindingError where a page must not be kept as a document."""
    if len(data) > _MOST:
        raise FindingError("TEP-08", reason=f"trang web nặng {len(data) >> 20} MB")
    page = text_of(data)
    if _ACTIVE.search(page) or _RUNS.search(page):
        raise FindingError("TEP-34", extension=extension, actual="trang web (HTML) có mã lệnh hoặc khung nhúng")
