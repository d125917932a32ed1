"""Photographs of paper as telephones take them: upright or on their side, dark, blurred, broken, hostile."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable

from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageFont

_WORDS = "UBND xa bao cao ket qua thuc hien nam 2021 dat 1.234,5 trieu dong"
_ORIENTATION, _GPS, _SOFTWARE = 0x0112, 0x8825, 0x0131
PLACE = "Thach Ha"  # what a camera noted, and nobody else is to know
ON_ITS_SIDE = 6  # held so that the picture has to be turned clockwise
A4 = (1_000, 1_414)


def page(number: int = 1, size: tuple[int, int] = A4) -> Image.Image:
    """A sheet with some lines of print on a desk; its number stands large at the head."""
    width, height = size
    paper = Image.new("RGB", size, (120, 90, 60))
    draw = ImageDraw.Draw(paper)
    draw.rectangle((width // 20, height // 20, width - width // 20, height - height // 20), fill=(236, 234, 228))
    draw.text(
        (width // 8, height // 14), f"TRANG {number}", fill=(200, 30, 30), font=ImageFont.load_default(height / 20)
    )
    font = ImageFont.load_default(height / 60)
    for line in range(24):
        draw.text((width // 8, height // 6 + line * height // 32), _WORDS, fill=(40, 40, 45), font=font)
    return paper


def jpeg(picture: Image.Image, *, orientation: int = 0, noted: bool = False) -> bytes:
    """A picture as a telephone saves it, with how it was held and where it was taken."""
    exif = Image.Exif()
    if orientation:
        exif[_ORIENTATION] = orientation
    if noted:
        exif[_SOFTWARE] = PLACE
        exif[_GPS] = {1: "N", 2: (18.0, 21.0, 5.5), 3: "E", 4: (105.0, 54.0, 2.0)}
    result = io.BytesIO()
    picture.save(result, "JPEG", quality=70, exif=exif)
    return result.getvalue()


def photo(number: int = 1) -> bytes:
    return jpeg(page(number))


def on_its_side(number: int = 1) -> bytes:
    """Upright for who looks at it, and lying in the file, as telephones save it."""
    return jpeg(page(number).transpose(Image.Transpose.ROTATE_90), orientation=ON_ITS_SIDE, noted=True)


def small() -> bytes:
    return jpeg(page(size=(450, 636)))


def dark() -> bytes:
    return jpeg(ImageEnhance.Brightness(page()).enhance(0.2))


def blurred() -> bytes:
    return jpeg(page().filter(ImageFilter.GaussianBlur(5)))


def one_dot() -> bytes:
    return jpeg(Image.new("RGB", (1, 1), "white"))


def png(mode: str = "RGB") -> bytes:
    """A picture of a page as screens are saved, in one of the ways in which PNG holds dots."""
    result = io.BytesIO()
    held: dict[str, Callable[[Image.Image], Image.Image]] = {
        "RGBA": lambda each: each.convert("RGBA"),
        "P": lambda each: each.quantize(16),
        "1": lambda each: each.convert("1"),
        "LA": lambda each: each.convert("LA"),
        "I;16": lambda each: each.convert("L").convert("I").point(lambda dot: dot * 257).convert("I;16"),
    }
    held.get(mode, lambda each: each)(page()).save(result, "PNG")
    return result.getvalue()


def noise() -> bytes:
    """A whole file whose picture breaks off in the middle: only who opens it sees."""
    data = photo()
    at = data.index(b"\xff\xda") + 400
    return data[:at] + b"\xff\xd9"


def wide_png(width: int, height: int) -> bytes:
    """A few kilobytes that unpack to as many dots, each of them there."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    packer = zlib.compressobj(9)
    row = bytes(1 + 3 * width)
    dots = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", dots) + chunk(b"IEND", b"")


def heic() -> bytes:
    return struct.pack(">I", 24) + b"ftypheic" + bytes(12) + b"meta" + bytes(200)


def bound_by_the_unit() -> bytes:
    """A .pdf that the unit made of photographs by itself."""
    result = io.BytesIO()
    page().save(result, "PDF")
    return result.getvalue()
