"""The files that other programs made, for the readers: see made/readers.py."""

from __future__ import annotations

import unicodedata
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent / "made" / "readers"


@cache
def made(name: str) -> bytes:
    return (_FOLDER / name).read_bytes()


# How fonts of old write each letter, as it looks when they are not there.
_TCVN3 = dict(
    zip(
        "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
        "¡¢£¤¥¦§¨©ª«¬\u00ad®µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ",
        strict=True,
    )
)
_VNI_MARKS = {"\u0301": "ù", "\u0300": "ø", "\u0309": "û", "\u0303": "õ", "\u0323": "ï"}
_VNI_ROOFED = {"": "â", "\u0301": "á", "\u0300": "à", "\u0309": "å", "\u0303": "ã", "\u0323": "ä"}
_VNI_BREVE = {"": "ê", "\u0301": "é", "\u0300": "è", "\u0309": "ú", "\u0303": "ü", "\u0323": "ë"}
_VNI_I = {"\u0301": "í", "\u0300": "ì", "\u0309": "æ", "\u0303": "ó", "\u0323": "ò"}


def in_tcvn3(text: str) -> str:
    return "".join(_TCVN3.get(letter, letter) for letter in unicodedata.normalize("NFC", text))


def in_vni(text: str) -> str:
    return "".join(map(_vni_letter, unicodedata.normalize("NFC", text)))


def _vni_letter(letter: str) -> str:
    if letter in "đĐ":
        return "ñ" if letter == "đ" else "Ñ"
    base, *marks = unicodedata.normalize("NFD", letter)
    tone = "".join(mark for mark in marks if mark in _VNI_MARKS)
    if not marks:
        return letter
    if base in "iI":
        written = _VNI_I[tone]
    elif base in "yY" and tone == "\u0323":
        written = "î"
    elif "\u0302" in marks:
        written = base + _VNI_ROOFED[tone]
    elif "\u0306" in marks:
        written = base + _VNI_BREVE[tone]
    elif "\u031b" in marks:
        written = {"o": "ô", "u": "ö"}[base.lower()] + _VNI_MARKS.get(tone, "")
    else:
        written = base + _VNI_MARKS[tone]
    return written.upper() if letter.isupper() else written
