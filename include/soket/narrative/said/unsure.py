"""Figures that nobody should print as they stand: broken, misread, of two readings, or taken back."""

from __future__ import annotations

import re

# Broken by a blank, or with letters for digits, as scanned pages have them: "đạt 9 6,3%", "l2,5 tỷ", "1O%".
_MAY_BE_MISREAD = re.compile(r"\d(?: [\d,.]|[,.]?[lO]|\.\d\d?(?!\d)|,\d{3})|[lIO|][\d,.]")
_MISREAD = re.compile(
    r"\b(?:đạt|là|được|còn|lên|bằng|chiếm|tăng|giảm|trên|gần) \d \d[,.]\d|\d [,.]\d|\d,\d+ \d+ ?%"
    # Of two readings nobody knows which: "1.2 triệu", "1,234 hộ".
    r"|(?<![\w.,/-])[1-9]\d*\.\d{1,2}(?= ?(?:%|tỷ|triệu|nghìn|ha|km)(?!\w))"
    r"|(?<![\w.,/-])[1-9]\d{0,2},\d{3}(?![\d.,]| ?(?:%|tỷ|triệu|ha|km|kg|tấn|độ)(?!\w))"
    r"|(?<![\w.,/-])(?:[lI|]\d*[,.]\d+|l\d+(?= ?(?:%|tỷ|triệu|nghìn|người|hộ|km|ha))|O[,.]\d+"
    r"|\d+[,.]?\d*[lO](?= ?(?:%|tỷ|triệu|người|hộ))|\d+O[,.]\d+)(?![\w/-])"
)
# "86 lượt (thực tế 61 lượt)", "64 đợt (báo cáo cũ ghi 46 là nhầm)", "là 9,8, không phải 10,2".
_TAKEN_BACK = re.compile(
    r"\d[^()]*\((?:[^()]*\b)?(?:thực (?:tế|chất|ra)(?! (?:hiện|địa))(?=[^()]*\d)|đính chính|sửa lại|(?:ghi |do )?nhầm"
    r"|số (?:cũ|sai)|chưa (?:kiểm chứng|thẩm định|đối chiếu|chính thức))\b[^()]*\)"
    r"|\b(?:chứ )?không phải(?: là)? \d|\b(?:xin )?đính chính\b|\b(?:ghi|báo cáo|tính) nhầm\b"
    r"|\bsố liệu (?:này |trên )?(?:chưa (?:chính xác|được kiểm chứng|thống nhất|khớp)|còn (?:chênh|sai|lệch))"
)
# One of which is in whatever takes a figure back: most sentences have none.
_TAKES_BACK = (
    "(thực ",
    " thực ",
    "đính chính",
    "sửa lại",
    "nhầm",
    "số cũ",
    "số sai",
    "không phải",
    "(chưa ",
    "số liệu",
)


def has_unsure_figure(text: str, low: str) -> bool:
    """Whether a sentence has a figure that it takes back, or that was not written or read right; `low` is it small."""
    if _MAY_BE_MISREAD.search(text) and _MISREAD.search(text):
        return True
    return any(word in low for word in _TAKES_BACK) and _TAKEN_BACK.search(low) is not None
