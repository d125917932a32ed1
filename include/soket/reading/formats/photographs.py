"""Photographs of paper: each turned upright, made small, rid of what cameras write beside it; all of them one .pdf."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from soket.reading.broken import library
from soket.reading.findings import FindingError
from soket.reading.guards import guard

if TYPE_CHECKING:
    from PIL.Image import Image

_LONGEST = 2_339  # dots of a page's longer side: A4 at 200 an inch
_QUALITY = 80  # of JPEG: print stays sharp
_PAGE = (595, 842)  # points of A4
_SIDE = 1_000  # dots of the longer side on which it is told how sharp writing is: what a sensor adds is gone there
_PARTS = 8  # across and down, each looked at by itself: a desk beside the paper says nothing of its writing
_PLAIN = 100.0  # a part whose dots vary less holds no writing
_FEW = 4  # parts: as many as the shortest page has writing in
_PAPER = 0.9  # of a picture's dots are no lighter than its paper

Looks = tuple[int, int, int, int]
"""Dots across and down as a photograph was taken; how light its paper is, of 255; how sharp its writing, of 100."""

UNSOUND: tuple[Looks | None, bytes] = (None, b"")


def upright(extension: str, data: bytes) -> tuple[Looks | None, bytes]:
    """Return what a photograph looks like, and it as a bare JPEG that stands as it was held; or that it is unsound."""
    try:
        guard(extension, data)
        return _upright(data)
    except FindingError:
        return UNSOUND  # reading it tells why


def _upright(data: bytes) -> tuple[Looks, bytes]:
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = None  # the guard bounds the dots, and a reader what they take
    with library(OSError, ValueError, SyntaxError, struct.error, code="TEP-05"):
        with Image.open(io.BytesIO(data), formats=("JPEG", "PNG")) as photo:
            width, height = photo.size
            photo.draft("RGB", (_LONGEST, _LONGEST))  # a large JPEG is opened smaller: no more dots than are kept
            small = _in_tones(photo)
            small.thumbnail((_LONGEST, _LONGEST))
            turned = ImageOps.exif_transpose(small)
        bare = Image.new("RGB", turned.size, "white")
        bare.paste(turned, mask=turned if turned.mode == "RGBA" else None)
    result = io.BytesIO()
    bare.save(result, "JPEG", quality=_QUALITY)
    return (width, height, *_seen(bare.convert("L"))), result.getvalue()


def _in_tones(photo: Image) -> Image:
    """Return a picture whose dots can be averaged: a palette's numbers cannot."""
    if photo.mode.startswith("I;16"):
        return photo.convert("I").point(lambda dot: dot / 256).convert("L")
    if photo.mode in ("LA", "PA", "RGBa") or "transparency" in photo.info:
        return photo.convert("RGBA")
    return photo if photo.mode in ("L", "RGB", "RGBA", "CMYK", "YCbCr") else photo.convert("RGB")


def _seen(grey: Image) -> tuple[int, int]:
    """Return how light the paper of a picture is, and how sharp the writing."""
    from PIL import ImageFilter, ImageStat

    light = next(_lightest(grey.histogram(), _PAPER * grey.width * grey.height))
    grey.thumbnail((_SIDE, _SIDE))
    if not (parts := list(_parts(*grey.size))):
        return light, 100
    edges = grey.filter(ImageFilter.Kernel((3, 3), (0, 1, 0, 1, -4, 1, 0, 1, 0), 4, 128))
    varied = [[ImageStat.Stat(each.crop(box)).var[0] for each in (edges, grey)] for box in parts]
    noise = sorted(edge for edge, _ in varied)[len(varied) // _PARTS]
    sharp = sorted((max(edge - noise, 0) / all_of_it) ** 0.5 for edge, all_of_it in varied if all_of_it >= _PLAIN)
    return light, round(100 * min(sharp[-_FEW:][0], 1)) if sharp else 100


def _lightest(counts: list[int], most: float) -> Iterator[int]:
    """Yield the lights that so many dots do not exceed."""
    passed = 0
    for light, count in enumerate(counts):
        passed += count
        if passed >= most:
            yield light


def _parts(width: int, height: int) -> Iterator[tuple[int, int, int, int]]:
    """Yield parts of a picture without its rim, which no filter reaches."""
    across, down = (width - 2) // _PARTS, (height - 2) // _PARTS
    if across > 0 and down > 0:
        for row in range(_PARTS):
            for column in range(_PARTS):
                left, top = 1 + column * across, 1 + row * down
                yield left, top, left + across, top + down


def bound(given: bytes) -> bytes:
    """Return a .pdf of bare photographs, a page each in their order, as large as A4 lets it be.

    The same ones make the same bytes, which no library's writer does: it adds the time, and a mark by chance.
    """
    parts: list[bytes] = []
    for number, photo in enumerate(_apart(given)):
        parts += _page(3 + 3 * number, photo)
    kids = " ".join(f"{3 + 3 * number} 0 R" for number in range(len(parts) // 3))
    tree = f"<</Type/Pages/Count {len(parts) // 3}/Kids[{kids}]>>"
    result, places = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"), list[int]()
    for number, part in enumerate((b"<</Type/Catalog/Pages 2 0 R>>", tree.encode(), *parts), start=1):
        places.append(len(result))
        result += b"%d 0 obj\n%b\nendobj\n" % (number, part)
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    trailer = f"trailer\n<</Size {len(places) + 1}/Root 1 0 R>>\nstartxref\n{len(result)}\n%%EOF\n"
    return bytes(result) + f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n{table}{trailer}".encode()


def _page(number: int, photo: bytes) -> tuple[bytes, bytes, bytes]:
    """Return a page, its picture and where that lies on it, to be numbered from `number` on."""
    from PIL import Image

    with Image.open(io.BytesIO(photo), formats=("JPEG",)) as opened:
        across, down = opened.size
    width, height = _PAGE if down >= across else _PAGE[::-1]
    scale = min(width / across, height / down)
    wide, high = across * scale, down * scale
    lies = f"{wide:.2f} 0 0 {high:.2f} {(width - wide) / 2:.2f} {(height - high) / 2:.2f} cm /P Do"
    page = (
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {width} {height}]/Contents {number + 2} 0 R"
        f"/Resources<</XObject<</P {number + 1} 0 R>>>>>>"
    )
    picture = (
        f"<</Type/XObject/Subtype/Image/Width {across}/Height {down}/ColorSpace/DeviceRGB/BitsPerComponent 8"
        f"/Filter/DCTDecode/Length {len(photo)}>>stream\n"
    )
    content = f"<</Length {len(lies)}>>stream\n{lies}\nendstream"
    return page.encode(), picture.encode() + photo + b"\nendstream", content.encode()


def together(photos: Iterable[bytes]) -> bytes:
    """Return how to hand several photographs to a reader at once: each after its length."""
    return b"".join(struct.pack(">I", len(photo)) + photo for photo in photos)


def _apart(given: bytes) -> Iterator[bytes]:
    at = 0
    while at < len(given):
        (length,) = struct.unpack_from(">I", given, at)
        yield given[at + 4 : at + 4 + length]
        at += 4 + length
