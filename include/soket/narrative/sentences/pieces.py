"""The pieces of a sentence that each say a thing of their own, and the words that part and join what is said.

Each constant is a pattern of words with their marks, in small letters: "nhưng" is no "những", "song" no "sóng".
"""

from __future__ import annotations

import re
from dataclasses import dataclass

OVER_ALL = r"tuy nhiên|tuy vậy|tuy thế|mặc dù vậy"
"""What turns about all that was said before, and so begins something new."""

TURNING = rf"{OVER_ALL}|thế nhưng|nhưng|song(?! (?:song|phương|ngữ|hành|mây)\b)"
"""What turns about what was said before, mostly in the same breath."""

ADDING = r"mặt khác|bên cạnh đó|ngoài ra|đồng thời|cùng với đó|thêm vào đó"
"""What adds something of its own."""

MEANWHILE = r"trong khi(?: đó)?(?! (?:chỉ tiêu|kế hoạch|mục tiêu|yêu cầu|nhu cầu)\b)"
"""What sets beside it how things stand elsewhere, and not what was wanted."""

REQUESTS = "đề nghị|kiến nghị|đề xuất"
"""What asks, and what that is called which is asked for."""

ASKING = r"(?:(?:kính|cũng|xin) )?(?:đề nghị|kiến nghị)"
"""What begins something that is asked for."""

ADMITTING = r"(?:tuy|mặc dù|dù|dẫu)\b(?! (?:nhiên|vậy|thế|sao))"
"""What begins something that is outweighed: "tuy còn khó khăn nhưng …"."""

BEHIND = (
    r"(?:thấp|ít|chậm|kém) hơn (?:so với |mức |tỷ lệ )*(?:bình quân|trung bình|mặt bằng|cả nước|toàn quốc|cả tỉnh"
    r"|toàn tỉnh|của tỉnh|toàn huyện|các|khu vực)"
)
"""What says that something falls behind others."""

GOING_ON = (
    r"trong đó|trong số đó|cụ thể|gồm|bao gồm|nhất là|đây là|điều này|kết quả này|qua đó|nhờ đó|nhờ vậy|từ đó"
    r"|theo đó|số còn lại|còn lại"
)
"""What goes on with what was said before, and says nothing without it."""

TAKING_OUT = r"trừ(?= \d)"
"""What takes something out of what was said before: "trừ 02 xã …"."""

_TURNS = rf"{TURNING}|{ADDING}|{MEANWHILE}|{TAKING_OUT}|trong đó"
_PARTED = re.compile(rf";\s*(?=\S)|(?<=[\s:])\(?\d{{1,2}}[)](?=\s)|,\s+riêng\b|(?<!song )\b(?:{_TURNS})\b")
_ADMITS = re.compile(rf"\b{ADMITTING}")
_COMMA = re.compile(r",\s")
_LABEL = re.compile(r"([^:;.(“\"]{3,90}):\s+(?=\S)")
_LONGEST_LABEL = 15  # words


@dataclass(frozen=True)
class SentencePiece:
    """A part of a sentence, by its place; `admits` of one that the next outweighs: "tuy …" before "nhưng …"."""

    start: int
    end: int
    admits: bool = False

    def of(self, text: str) -> str:
        """Return its words."""
        return text[self.start : self.end]


def pieces_of(text: str) -> list[SentencePiece]:
    """Return the pieces of a sentence in small letters, in their order; together they are all of it."""
    parted = _PARTED.finditer(text)
    starts = sorted({0, *(each.end() if each[0][0] == ";" else each.start() for each in parted)})
    found: list[SentencePiece] = []
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        admits = _ADMITS.search(text, start, end)
        if admits is None:
            found.append(SentencePiece(start, end))
        elif end < len(text) and re.match(_TURNS, text[end:]):
            found.append(SentencePiece(start, end, admits=True))
        elif comma := _COMMA.search(text, admits.end(), end):  # "mặc dù …, du lịch vẫn …"
            found += [SentencePiece(start, comma.start(), admits=True), SentencePiece(comma.start(), end)]
        else:
            found.append(SentencePiece(start, end))
    return found


def label_of(sentence: str) -> tuple[str, int]:
    """Return what a sentence says before a colon that it is about, and where it goes on; "" where it says nothing."""
    found = _LABEL.match(sentence)
    return (found[1], found.end()) if found and len(found[1].split()) <= _LONGEST_LABEL else ("", 0)
