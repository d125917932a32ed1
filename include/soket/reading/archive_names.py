"""Names in a .zip: what programs wrote before, beside and instead of UTF-8."""

from __future__ import annotations

import struct
import zipfile
import zlib

from soket.text import nfc

_UTF8 = 0x800
_UNICODE_PATH = 0x7075

# TCVN 5712 as .VnTime fonts use it, above ASCII; what is not here is no letter of Vietnamese.
_TCVN3 = dict(
    zip(
        bytes.fromhex(
            "a1a2a3a4a5a6a7a8a9aaabacadaeb5b6b7b8b9bbbcbdbec6c7c8c9cacbcccecfd0d1d2d3d4d5d6d7d8dcdddedfe1e2e3e4e5e6e7"
            "e8e9eaebecedeeeff1f2f3f4f5f6f7f8f9fafbfcfdfe"
        ),
        "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
        strict=True,
    )
)


def member_name(info: zipfile.ZipInfo) -> str:
    """Return an entry's name with its folders, slashes between them, in NFC."""
    return nfc(_decoded(info)).replace("\\", "/")


def _decoded(info: zipfile.ZipInfo) -> str:
    # Python cuts a name at a zero byte, as other programs may not.
    if info.flag_bits & _UTF8 or info.orig_filename.isascii():
        return info.orig_filename
    raw = info.orig_filename.encode("cp437", errors="replace")
    if (told := _unicode_path(info.extra, raw)) is not None:
        return told
    for read in (_utf8, _tcvn3, _windows):
        if (name := read(raw)) is not None:
            return name
    return info.orig_filename


def _unicode_path(extra: bytes, raw: bytes) -> str | None:
    """Return the name that Info-ZIP's extra field gives, where it is of this very name."""
    while len(extra) >= 4:
        kind, length = struct.unpack("<HH", extra[:4])
        content, extra = extra[4 : 4 + length], extra[4 + length :]
        if kind == _UNICODE_PATH and len(content) > 5 and struct.unpack("<I", content[1:5])[0] == zlib.crc32(raw):
            return _utf8(content[5:])
    return None


def _utf8(raw: bytes) -> str | None:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _tcvn3(raw: bytes) -> str | None:
    """Return the name where each byte above ASCII is a letter of the old code, and some are no letters otherwise."""
    if any(byte >= 0x80 and byte not in _TCVN3 for byte in raw):
        return None
    windows = _windows(raw)
    if windows is not None and all(char.isalpha() for char in nfc(windows) if ord(char) >= 0x80):
        return None
    return "".join(_TCVN3.get(byte, chr(byte)) for byte in raw)


def _windows(raw: bytes) -> str | None:
    try:
        return raw.decode("cp1258")
    except UnicodeDecodeError:
        return None
