"""Files spoilt on their way."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo


def truncated(data: bytes) -> bytes:
    """Return a file as a broken upload leaves it."""
    return data[: len(data) * 3 // 5]


def inflated(data: bytes, megabytes: int = 250) -> bytes:
    """Return an office file with a part that unpacks to far more than it weighs."""
    result = BytesIO(data)
    with ZipFile(result, "a", ZIP_DEFLATED, compresslevel=9) as archive:
        entry = ZipInfo("word/media/image99.bmp", (2021, 11, 1, 8, 0, 0))
        entry.compress_type = ZIP_DEFLATED
        with archive.open(entry, "w", force_zip64=True) as part:
            for _ in range(megabytes):
                part.write(bytes(1 << 20))
    return result.getvalue()
