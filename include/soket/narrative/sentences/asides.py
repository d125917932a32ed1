"""What stands among a report's sentences and says nothing: headings of its own, notes, that there is nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from soket.narrative.sentences.marks import BULLETS, depth_of, is_note, lead_of
from soket.narrative.sentences.pieces import REQUESTS
from soket.text import YEAR, flat, nfc

_ROMAN = 2
_PART = re.compile(r"(?:phần|chương|điều|mục) (?:thứ )?\w+[.:/–-]*\s+", re.IGNORECASE)  # before a heading's words
_MOST_WORDS, _MOST_WORDS_ON = 15, 8
_STOPS = (".", ";", ",", ":", "!", "?", "…", "|", "”")
_YEAR = re.compile(rf"\b{YEAR}\b|\b0?\d năm\b")
_ON = re.compile(r"(?:về (?!đích\b|trước\b|sau\b|đêm\b|lại\b|đến\b|nhà\b)|đối với )")
# Words by which a line says something of what it names; "đạt được", "đã làm" are of headings too.
_SAYS = re.compile(r"\b(?:sẽ|đang|đều|còn|chưa|không|có|phải|cần|mới|vẫn|rất|đã (?!đạt\b|làm\b))\b")

# Folded. What stands for content is made of such words alone, and says one of these things.
_SAYS_NOTHING_YET = re.compile(
    r"(?:dang|se) (?:cap nhat|bo sung|tong hop|hoan thien|xay dung|ra soat)|(?:chua|khong) (?:co|phat sinh)"
    r"|(?:bo sung|cap nhat) sau|^(?:khong|nhu tren|noi dung)$"
)
_SAID_WITH = {
    "don", "vi", "noi", "dung", "muc", "nay", "phan", "so", "lieu", "hien", "tai", "dang", "chua", "se", "khong",
    "co", "cap", "nhat", "bo", "sung", "tong", "hop", "hoan", "thien", "xay", "ra", "soat", "phat", "sinh", "sau",
    "bao", "cao", "gi", "them", "de", "thong", "tin", "kien", "nghi", "xuat", "ton", "han", "che", "nguyen",
    "nhan", "y", "nhu", "tren", "xin", "con", "ngay", "vao", "khi", "du", "dot", "toi", "gian", "thoi",
}  # fmt: skip
_LONGEST = 40  # words
# Whoever it is that asks for nothing: "Huyện ủy không có kiến nghị, đề xuất gì thêm".
_ASKS_NOTHING = re.compile(
    rf"(?:\w+ ){{0,12}}?khong co (?:gi |y kien |noi dung |van de |them )*(?:can |phai )?(?:{flat(REQUESTS)})"
    rf"(?: (?:{flat(REQUESTS)}|va|hay|gi|them|khac|moi|nao|voi|den|tinh|cap tren|trung uong|ca))*"
)
_NONE = re.compile(r"^(?!.*\b(?:dang|se|sau|chua)\b).*\bkhong\b")
_WORD = re.compile(r"\w+")


def asides_among(lines: Sequence[str]) -> Iterator[bool]:
    """Yield of each line whether it is a heading, or a note at the foot of a page."""
    for before, line, after in zip(["", *lines], lines, [*lines[1:], ""], strict=False):
        yield is_note(line) or line.isupper() or _is_heading(before, line, after)


def only_names(own: str) -> bool:
    """Return whether a sentence only says what others are on: "Về hạ tầng giao thông."."""
    short = len(own.split()) <= _MOST_WORDS_ON and not any(each in own for each in ":;")
    return short and _ON.match(nfc(own.lower())) is not None and not _says(own)


def _is_heading(before: str, line: str, after: str) -> bool:
    if line.endswith(_STOPS) or line.startswith(BULLETS):
        return False
    own = _PART.sub("", line[len(lead_of(line)) :])
    return len(own.split()) <= _MOST_WORDS and not _says(own) and _is_over(before, line, after)


def _says(own: str) -> bool:
    return any(each.isdigit() for each in _YEAR.sub("", own)) or _SAYS.search(nfc(own.lower())) is not None


def _is_over(before: str, line: str, after: str) -> bool:
    """Whether the line after is what stands below a line, and no further item like it."""
    if not after:  # the next section's own is not part of the text
        depth = depth_of(line)
        return depth is not None and depth <= _ROMAN
    number = _kind(line)
    if number and number == _kind(before) and not before.endswith(_STOPS):
        return False
    if after.startswith(BULLETS):
        return True
    if other := _kind(after):
        return other != number
    return after.endswith((".", ";", ":")) or len(after.split()) > _MOST_WORDS


def _kind(line: str) -> str:
    """Return how a line is numbered: "1." and "2." alike, "a)" and "1.1." otherwise."""
    return re.sub(r"\d+", "1", re.sub(r"[^\W\d]+", "a", lead_of(line).strip()))


def says_nothing(text: str) -> bool:
    """Return whether a text only says that there is nothing, or nothing yet; dots and dashes say so too."""
    return _says_nothing(_WORD.findall(flat(text)))


def says_none(text: str) -> bool:
    """Return whether a text only says that there is nothing, and not that it comes later: "Không có kiến nghị."."""
    plain = flat(text)
    own = _WORD.findall(plain)
    return _asks_nothing(own) or (_says_nothing(own) and _NONE.search(plain) is not None)


def _says_nothing(own: Sequence[str]) -> bool:
    if _asks_nothing(own):
        return True
    if len(own) > _LONGEST or not _SAID_WITH.issuperset(own):
        return False
    return not own or _SAYS_NOTHING_YET.search(" ".join(own)) is not None


def _asks_nothing(own: Sequence[str]) -> bool:
    return "khong" in own and _ASKS_NOTHING.fullmatch(" ".join(own)) is not None
