"""What the columns of an office's own sheet hold, by their headings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from soket.text import fold

# What a column may hold: a path in a body of the directory. In this order a heading is asked for each.
_HEAD = re.compile(r"\b(?:thu truong|lanh dao|nguoi dung dau|cap truong|dung dau)\b")
_CONTACT = re.compile(r"\b(?:dau moi|lien he|phu trach|nguoi nhan|can bo|chuyen vien|van thu)\b")
_PARTS = (
    ("email", re.compile(r"\b(?:e ?mail|thu dien tu|hop thu|dia chi thu)\b")),
    ("phone", re.compile(r"\b(?:dien thoai|so dt|sdt|dt|di dong|tel|mobile|so may)\b")),
    ("title", re.compile(r"\b(?:chuc vu|chuc danh)\b")),
)
_OF_THE_BODY = (
    ("code", re.compile(r"^ma(?: so)?(?: don vi| co quan| dinh danh)?$")),
    ("group", re.compile(r"^(?:khoi|nhom)\b")),
    ("kind", re.compile(r"^loai\b")),
    ("aliases", re.compile(r"\b(?:ten goi khac|ten khac|viet tat|ten tat)\b")),
    ("name", re.compile(r"^(?:ten )?(?:cac )?(?:don vi|co quan|dia phuong|xa phuong|xa, phuong|to chuc|so, nganh)\b")),
)
_LONGEST = 60  # characters of a heading

LABELS = {
    "code": "Mã",
    "name": "Tên đơn vị",
    "aliases": "Tên gọi khác",
    "group": "Nhóm",
    "kind": "Loại",
    "contact.name": "Người đầu mối",
    "contact.title": "Chức vụ đầu mối",
    "contact.email": "Thư điện tử đầu mối",
    "contact.phone": "Điện thoại đầu mối",
    "head.name": "Thủ trưởng",
    "head.title": "Chức vụ thủ trưởng",
    "head.email": "Thư điện tử thủ trưởng",
    "head.phone": "Điện thoại thủ trưởng",
}


@dataclass(frozen=True)
class _Meant:
    """What a heading says: a person's part, if it says whose; or a part of the body."""

    whose: str | None
    part: str


def columns_of(headings: Sequence[str]) -> dict[str, int]:
    """Return the column of each part of a body, by the headings over them; those that say nothing are left out."""
    meant = [_meant(each) for each in headings]
    columns: dict[str, int] = {}
    for index, each in enumerate(meant):  # what says whose it is goes first
        if each and each.whose is not None:
            columns.setdefault(f"{each.whose}.{each.part}".removeprefix("."), index)
    last = "contact"
    for index, each in enumerate(meant):
        if each is None:
            continue
        last = each.whose or last
        if each.whose is None:
            alone = sum(other == each for other in meant) == 1 and f"contact.{each.part}" not in columns
            whose = "contact" if alone else last
            columns.setdefault(f"{whose}.{each.part}", index)
    return columns


def _meant(heading: str) -> _Meant | None:
    plain = " ".join(re.sub(r"[^\w,]+", " ", fold(heading)).split()).strip(" ,")
    if not plain or len(plain) > _LONGEST:
        return None
    whose = "head" if _HEAD.search(plain) else "contact" if _CONTACT.search(plain) else None
    for part, pattern in _PARTS:
        if pattern.search(plain):
            return _Meant(whose, part)
    if whose:
        return _Meant(whose, "name")
    return next((_Meant("", part) for part, pattern in _OF_THE_BODY if pattern.search(plain)), None)
