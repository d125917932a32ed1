"""Office files whose bytes depend on their content alone."""

from __future__ import annotations

import re
from datetime import datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_WRITTEN = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:\2>)")


def settled(data: bytes, written_at: datetime) -> bytes:
    """Return an office file with one date in place of the moments at which it was really made."""
    result = BytesIO()
    with ZipFile(BytesIO(data)) as source, ZipFile(result, "w", ZIP_DEFLATED, compresslevel=6) as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/core.xml":
                content = _WRITTEN.sub(rb"\g<1>" + f"{written_at:%Y-%m-%dT%H:%M:%SZ}".encode() + rb"\g<3>", content)
            entry = ZipInfo(name, written_at.timetuple()[:6])
            entry.compress_type = ZIP_DEFLATED
            target.writestr(entry, content)
    return result.getvalue()


def truncated(data: bytes) -> bytes:
    """Return a file as a broken upload leaves it."""
    return data[: len(data) * 3 // 5]


def inflated(data: bytes, megabytes: int = 400) -> bytes:
    """Return an office file with a part that unpacks to far more than it weighs."""
    result = BytesIO(data)
    with ZipFile(result, "a", ZIP_DEFLATED, compresslevel=9) as archive:
        entry = ZipInfo("word/media/image99.bmp", (2021, 11, 1, 8, 0, 0))
        entry.compress_type = ZIP_DEFLATED
        with archive.open(entry, "w", force_zip64=True) as part:
            for _ in range(megabytes):
                part.write(bytes(1 << 20))
    return result.getvalue()
