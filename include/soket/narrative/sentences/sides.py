"""Whose a cause is where a report tells no side: by what it is of, nature's and others' or its own people's.

A cause that is told alone is known as one by how it begins.
"""

from __future__ import annotations

import re

from soket.narrative.sentences.causes import NO_CAUSE, OUTSIDE, OWN, SOME
from soket.text import flat, nfc

# What only others give or rule: "chính sách của Trung ương", "kinh phí chưa được cấp".
_ABOVE = r"(?:trung uong|chinh phu|thu tuong|quoc hoi|(?:cac )?bo,? nganh|cap tren|nha nuoc)"
_OF_OTHERS = re.compile(
    r"\b(?:co che|chinh sach|quy dinh|huong dan|van ban)\b[^,;]{0,60}?"
    rf"\b(?:{_ABOVE}|luat|nghi dinh|thong tu|qd-ttg)\b"
    r"|\b(?:luat|nghi dinh|thong tu|quyet dinh|quy dinh)\b[^,;]{0,60}\b(?:khong con phu hop|lac hau|chong cheo"
    r"|chua (?:duoc )?(?:sua|thay the|bo sung|ban hanh|kip thoi)|thay doi (?:nhieu|lien tuc))\b"
    r"|\bphap luat\b[^,;]{0,60}\b(?:chua|con|thieu|chong cheo|bat cap)\b"
    r"|\b(?:von|kinh phi|ngan sach|nguon luc|bien che)\b[^,;]{0,40}?\b(?:(?:chua|khong|it|cham) duoc|duoc)"
    r" (?:(?:phe )?duyet|cap|phan bo|giao|bo tri)\b[^,;]{0,20}"
    r"|\b(?:von|kinh phi)\b[^,;]{0,20}\b(?:cap|phan bo) (?:con )?(?:cham|muon|it|nho giot)\b"
    r"|\b(?:von|kinh phi|ngan sach)\b[^;]{0,80}\bchi duoc \d"
)
_CAUSE_ALONE = re.compile(
    r"[\W\d]*(?:(?:do|vì|bởi) (?![^;]*(?:,|\b(?:nên|dẫn đến|khiến|làm)\b))|(?:cái )?gốc (?:là|của)\b"
    r"|(?:lý do|mấu chốt)(?: chính| chủ yếu)? là\b)"
)
_NATURE = re.compile(
    r"\b(?:thien tai|bao (?:lut|lu|so \d)|mua (?:lu|bao)|lu lut|han han|dich (?:benh|ta|[a-z]+-\d+)|dai dich"
    r"|bien doi khi hau|thoi tiet|dia hinh|dia ban rong|xuat phat diem|dan cu phan tan)\b"
)
_OWN_FAULT = re.compile(
    r"(?<!cho )(?<!doi voi )"
    r"\b(?:can bo|lanh dao|nguoi dung dau|cap uy|chi bo|dang vien|don vi|co quan|chinh quyen)\b[^;]*?\b(?:chua|ngai"
    r"|yeu|ne tranh|khoan trang|bi dong|lung tung|trong cho|thieu (?:quyet liet|trach nhiem|chu dong|sau sat)"
    r"|con han che)\b"
)


def side_of(text: str) -> str:
    """Return whose a cause is by what it is of, where no word says so: another's what only others can give."""
    return OUTSIDE if _OF_OTHERS.search(flat(text)) else SOME


def whose_cause(text: str, cause: str | None) -> str | None:
    """Return whose cause a part is that is told as `cause`: of no side told, by what it is of.

    A cause and nothing that came of it is one wherever it stands: "Do chưa có hướng dẫn cụ thể."
    """
    if cause is None or cause == NO_CAUSE:
        cause = SOME if _CAUSE_ALONE.match(nfc(text).lower()) else cause
    if cause != SOME:
        return cause
    plain = flat(text)
    outside, own = bool(side_of(text) or _NATURE.search(plain)), bool(_OWN_FAULT.search(plain))
    return SOME if outside == own else OUTSIDE if outside else OWN
