"""The catalogue's sentences before anything is found: what would stand in each of their blanks."""

from __future__ import annotations

from string import Formatter

from soket.faults import MESSAGES
from soket.plan.model import Plan

# What a blank is filled with, whichever message it is of; "" of what is said only where there is something to say.
_BLANKS = {
    "actual": "loại tệp thật",
    "at": "",
    "cell": "địa chỉ ô",
    "cells": "các ô",
    "chain": "chuỗi chứng thư",
    "coding": "bảng mã",
    "columns": "tên các cột",
    "count": "số",
    "document": "tên tệp",
    "example": "",
    "extension": "đuôi tệp",
    "figures": "số",
    "form": "tên biểu",
    "found": "phần đã ghi",
    "height": "số",
    "hint": "",
    "how": "cách lưu",
    "indicator": "mã chỉ tiêu",
    "indicators": "mã các chỉ tiêu",
    "integrity": "tình trạng tệp",
    "issuer": "nơi cấp",
    "least": "số",
    "left": "số",
    "limit": "số",
    "mark": "dấu",
    "name": "tên",
    "names": "tên các tệp",
    "number": "số mục",
    "one": "số đọc được",
    "order": "các ảnh",
    "other": "mã chỉ tiêu khác",
    "other_title": "tên mục khác",
    "owed": "văn bản phải gửi",
    "paper": "tên tệp",
    "part": "phần của tệp",
    "period": "năm",
    "places": "các nơi tìm thấy",
    "photo": "tên ảnh",
    "quote": "câu trích",
    "reason": "lý do",
    "revocation": "tình trạng thu hồi",
    "rows": "",
    "said": "số trong báo cáo",
    "sections": "các mục",
    "share": "số",
    "sheet": "tên trang tính",
    "sheets": "tên các trang tính",
    "signed": "số trong bản ký",
    "signer": "người ký",
    "size": "số",
    "source": "số đối chiếu",
    "stored": "số lưu trong ô",
    "table": "tên bảng",
    "target": "địa chỉ bên ngoài",
    "time": "thời điểm",
    "times": "số",
    "title": "tên mục",
    "told": "số theo biểu",
    "unit": "đơn vị tính",
    "value": "số trong biểu",
    "wanted": "loại tệp nên lưu",
    "what": "chỉ tiêu",
    "where": "nơi có bảng",
    "who": "tên",
    "whole": "cả năm",
    "whose": "tên đơn vị",
    "width": "số",
    "years": "các năm",
}

_TWO_PLACES = {"one": "nơi thứ nhất", "other": "nơi thứ hai"}
_BLANKS_OF = {
    "BS-08": _TWO_PLACES,
    "BS-09": _TWO_PLACES,
    "BS-12": {"one": "nơi tìm thấy"},
    "BS-13": {"one": "nơi tìm thấy"},
    "BS-19": {"one": "đơn vị tính thứ nhất", "other": "đơn vị tính thứ hai"},
    "BS-31": {"other": "nơi ghi"},
    "DC-03": {"other": "số mục khác"},
    "HS-10": {"other": "tên tệp khác"},
    "KS-10": {"unit": "tên đơn vị"},
    "KS-12": {"unit": "tên đơn vị"},
    "SL-01": {"other": "số đọc khác"},
    "TEP-42": {"number": "số dòng"},
    "TEP-66": {"number": "số trang"},
}


def unfilled(plan: Plan, code: str) -> str:
    """Return a message of the catalogue with what belongs into each blank in its place: "[số] tệp"."""
    named = {**_BLANKS, **_BLANKS_OF.get(code, {})}
    text = MESSAGES[code].text
    facts = {name: f"[{named[name]}]" if named[name] else "" for name in blanks_of(text) if name != "review"}
    return text.format(**facts, review=plan.review_word)


def blanks_of(text: str) -> list[str]:
    """Return the names of the blanks in a text."""
    return [name for _, name, _, _ in Formatter().parse(text) if name]
