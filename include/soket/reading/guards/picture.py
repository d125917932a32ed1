"""The guard of pictures: whole, and of a size in dots that a program can open."""

from __future__ import annotations

from struct import unpack_from

from soket.reading.findings import FindingError

_MOST_DOTS = 200_000_000
_JPEG_SIZES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
_JPEG_BARE = {0x01, *range(0xD0, 0xD9)}


def guard_picture(data: bytes) -> None:
    """Raise FindingError for a picture that broke off, or whose size is out of all proportion."""
    size = _png_size(data) if data.startswith(b"\x89PNG") else _jpeg_size(data)
    if size is None or 0 in size:
        raise FindingError("TEP-05")
    if size[0] * size[1] > _MOST_DOTS:
        raise FindingError("TEP-08", reason=f"ảnh {size[0]} × {size[1]} điểm")


def _png_size(data: bytes) -> tuple[int, int] | None:
    if len(data) < 33 or data[12:16] != b"IHDR" or b"IEND" not in data[-64:]:
        return None
    width, height = unpack_from(">II", data, 16)
    return width, height


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    """Return the size that the frame's header tells; the end mark may have bytes after it."""
    if b"\xff\xd9" not in data[-4_096:]:
        return None
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:
        kind = data[at + 1]
        if kind in _JPEG_SIZES:
            height, width = unpack_from(">HH", data, at + 5)
            return width, height
        at += 2 if kind in _JPEG_BARE else 1 if kind == 0xFF else 2 + unpack_from(">H", data, at + 2)[0]
    return None
