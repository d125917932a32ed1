"""The two codings of old Vietnamese fonts, as their bytes look when they are taken for Western European letters."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from itertools import product

# TCVN 5712:1993 from A1 to FE; a dot stands where the fonts' coding has no letter of its own.
_TCVN3_LETTERS = "ĂÂÊÔƠƯĐăâêôơưđẰ.....àảãáạẲằẳẵắẴẮẦẨẪẤỀặầẩẫấậèỂẻẽéẹềểễếệìỉỄẾỒĩíịòỔỏõóọồổỗốộờởỡớợùỖủũúụừửữứựỳỷỹýỵ"
_TCVN3 = {0xA1 + place: letter for place, letter in enumerate(_TCVN3_LETTERS) if letter != "."}

# VNI: a base letter and, after it, a letter that stands for its mark.
_GRAVE, _ACUTE, _TILDE, _HOOK, _DOT = "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"
_ROOF, _BREVE, _HORN = "\u0302", "\u0306", "\u031b"
_VNI_TONES = {"ù": _ACUTE, "ø": _GRAVE, "û": _HOOK, "õ": _TILDE, "ï": _DOT}
_VNI_MARKS = _VNI_TONES | {
    "â": _ROOF,
    "á": _ROOF + _ACUTE,
    "à": _ROOF + _GRAVE,
    "å": _ROOF + _HOOK,
    "ã": _ROOF + _TILDE,
    "ä": _ROOF + _DOT,
    "ê": _BREVE,
    "é": _BREVE + _ACUTE,
    "è": _BREVE + _GRAVE,
    "ú": _BREVE + _HOOK,
    "ü": _BREVE + _TILDE,
    "ë": _BREVE + _DOT,
}
_ROOFED = "âáàåãä"
_VNI_SINGLES = {"ñ": "đ", "ô": "ơ", "ö": "ư", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}


def _vni_table() -> dict[str, str]:
    marked = [*product("a", _VNI_MARKS), *product("eo", [*_VNI_TONES, *_ROOFED]), *product("uy", _VNI_TONES)]
    table = {base + mark: unicodedata.normalize("NFC", base + _VNI_MARKS[mark]) for base, mark in marked}
    for single, base in (("ô", "ơ"), ("ö", "ư")):
        table |= {single + mark: unicodedata.normalize("NFC", base + tone) for mark, tone in _VNI_TONES.items()}
    table |= _VNI_SINGLES
    capitals = {key.upper(): letter.upper() for key, letter in table.items()}
    # A capital may carry a mark that was typed small.
    mixed = {key[0].upper() + key[1]: letter.upper() for key, letter in table.items() if len(key) == 2}
    return table | mixed | capitals


_VNI = _vni_table()
_VNI_LETTERS = re.compile("|".join(sorted(map(re.escape, _VNI), key=len, reverse=True)))

# Some programs keep the letters of old fonts in Unicode's private area, by their byte.
PRIVATE = {0xF000 + byte: byte for byte in range(0x20, 0x100)}


class Coding(StrEnum):
    """A coding of old fonts, by the name that people know it by."""

    TCVN3 = "TCVN3 (ABC)"
    VNI = "VNI"

    def convert(self, text: str) -> str:
        """Return text of this coding in Unicode's composed form."""
        text = text.translate(PRIVATE)
        if self is Coding.TCVN3:
            return text.translate(_TCVN3)
        return _VNI_LETTERS.sub(lambda match: _VNI[match[0]], text)


def font_coding(font: str) -> Coding | None:
    """Return the coding that a font's name stands for; None for the fonts of today."""
    name = font.strip().casefold()
    if name.startswith(".vn"):
        return Coding.TCVN3
    return Coding.VNI if name.startswith(("vni-", "vni ")) else None


def in_capitals(font: str) -> bool:
    """Return whether a font shows capitals whatever is typed: .VnTimeH and its like."""
    return font.strip().startswith(".Vn") and font.rstrip().endswith("H")
