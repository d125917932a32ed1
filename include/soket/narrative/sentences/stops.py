"""Where sentences end: at a stop that is no word's own, no label's or number's, and inside no brackets or quotes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

# The capitals of Vietnamese, for a class of a pattern; beyond Ạ they and small letters take turns.
CAPITALS = "A-ZÀ-ÝĂĐĨŨƠƯ" + "".join(map(chr, range(0x1EA0, 0x1EFA, 2)))
NUMBER = r"(?:[ivxl]+|\d{1,2}|[a-z])(?:\.\d{1,2})*"
"""A pattern for a number before folded text: "ii", "3", "a", "1.2"."""

# A full stop may end a sentence before a capital, or before a figure that no number of something is: "số. 5".
_STOP = re.compile(rf"(?<=[.!?…])[”\")»]*\s+(?=[\W\d]*[{CAPITALS}]|\d)")
_LAST_WORD = re.compile(r"[^\s(“\"]*$")
_LAST_WORDS = re.compile(r"(?P<before>[^\s(“\"]*)[\s(“\"]*(?P<last>[^\s(“\"]+)$")
_BEFORE = 60  # letters in which the two words before a stop are

ABBREVIATION = re.compile(
    r"(?:tt|tp|tx|đ/?c|(?:pgs\.?,? ?|gs\.)?ts|ths|th\.s|t\.s|pgs|gs|bs|ks|cn|cv|nxb|st|tr|ct|bt|pct|pbt|ô|no|đ|kt|tm|tl"
    r"|tuq|[tk]/[mtl]|[hpqx]|tk|gv|nsnd|nsưt|ubnd|hđnd|gđ|pgđ|cty|dr|mr|mrs)\.",
    re.IGNORECASE,
)
"""What has a full stop of its own before the word that it belongs to."""
_PLACE = re.compile(r"(?:tt|tp|tx|[hpqx])\.", re.IGNORECASE)
# With these a sentence begins, and no place's name: "trên địa bàn TP. Đến nay có …".
_OPENERS = re.compile(
    r"(?:Năm|Từ năm|Đến năm|Giai đoạn) \d|(?:Đến|Hiện) nay\b|(?:Trong|Các|Qua)\b|Ngoài ra|Bên cạnh|Tuy nhiên|Tổng"
)
_AMOUNT = re.compile(r"\(?\d[\d.,]*")
_COUNTED = re.compile(r"(?:đ|tr|ct|cn)\.", re.IGNORECASE)  # đồng, triệu: after a figure they end a sentence as words do
_INITIAL = re.compile(rf"[{CAPITALS}]\.")
_NAME = re.compile(rf"[{CAPITALS}](?:\.|\w+)")
_KINDS = frozenset({"Khu", "Nhóm", "Hạng", "Loại", "Lô", "Khối", "Tuyến", "Hình", "Bảng", "Mục", "Phương"})
_NUMBERED = frozenset({"số.", "điều.", "khoản.", "mục."})  # before a figure: "Số. 5"
_ITEM = re.compile(r"\d{1,2}\)\s")
_LABEL = re.compile(rf"{NUMBER}\.", re.IGNORECASE)
# What a line begins with that has a number and a title: "Biểu 02. Kết quả …", "Mẫu số 1. …"
_TITLE = re.compile(
    r"\W*(?:Biểu|Bảng|Phụ lục|Phần|Chương|Mục|Điều|Khoản|Mẫu|Hình|Nội dung|Nhiệm vụ|Chỉ tiêu|Tiêu chí|Dự án)"
    rf"(?: số| thứ)? (?:{NUMBER}|nhất|hai|ba|tư|năm|sáu)\.",
    re.IGNORECASE,
)
_CLOSES = {"(": ")", "“": "”", "«": "»"}


def ends_of(line: str) -> Iterator[int]:
    """Yield where each sentence of a line but the last ends, the space after it included."""
    start = 0
    inside: list[tuple[int, int]] | None = None
    for stop in _STOP.finditer(line):
        if inside is None:
            inside = list(enclosed(line))
        if lies_in(stop.start(), inside):
            continue
        if _ends(line, start, stop):
            start = stop.end()
            yield start


def enclosed(line: str) -> Iterator[tuple[int, int]]:
    """Yield what stands between a bracket, or a quotation mark, and the one that closes it, the outermost."""
    waiting: list[tuple[int, str]] = []
    for place, letter in enumerate(line):
        if letter in _CLOSES:
            waiting.append((place, _CLOSES[letter]))
        elif letter in ")”»":
            # What is closed before it was opened, as "a)", or never, encloses nothing.
            depth = next((index for index, (_, closes) in reversed([*enumerate(waiting)]) if closes == letter), None)
            if depth is not None:
                start = waiting[depth][0]
                del waiting[depth:]
                yield start + 1, place


def lies_in(place: int, spans: Iterable[tuple[int, int]]) -> bool:
    """Whether a place lies in one of some stretches of a text, each with the place after its last."""
    return any(start <= place < end for start, end in spans)


def _ends(line: str, start: int, stop: re.Match[str]) -> bool:
    """Whether a full stop is that of a sentence rather than of a word: "TT. Thiên Cầm", "PGS.TS. Nguyễn Văn A"."""
    word = _LAST_WORD.search(line, start, stop.start())
    last = word[0] if word else ""
    if last.endswith(("!", "?", "…", "...")):
        return True
    begins = word is not None and word.start() == start
    if (begins and _LABEL.fullmatch(last)) or _TITLE.fullmatch(line, start, stop.start()):
        return False
    words = _LAST_WORDS.search(line, max(start, stop.start() - _BEFORE), stop.start())
    before = words["before"] if words else ""
    if ABBREVIATION.fullmatch(last):
        told = _COUNTED.fullmatch(last) and _AMOUNT.fullmatch(before)
        return bool(told or (_PLACE.fullmatch(last) and not begins and _OPENERS.match(line, stop.end())))
    if _INITIAL.fullmatch(last) and _NAME.fullmatch(before) and before not in _KINDS:
        return False
    if not line[stop.end()].isdigit():
        return True
    if last.endswith(("%.", ").", "”.")) or _ITEM.match(line, stop.end()) or _is_year(last, line, stop.end()):
        return True
    return len(last) > 2 and last[:-1].isalpha() and last[:-1].islower() and last not in _NUMBERED


def _is_year(word: str, line: str, place: int) -> bool:
    """Whether a word is a year with a stop, and what comes after it goes not on with its number."""
    year = word[:-1].isdigit() and len(word) == 5 and word.startswith(("19", "20"))
    return year and not re.match(r"\d{3}(?!\d)", line[place:])
