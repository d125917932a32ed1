"""Numbers as Vietnamese officials write them: 1.234,5. What can be read in two ways is asked back, never guessed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from soket.text import UNSEEN, WIDE, fold

_MOST_WORDS = 80  # characters of a number with words after it
_MOST_DIGITS = 15  # beyond this a float no longer tells neighbours apart


@dataclass(frozen=True)
class Number:
    """A number; `percent` where a % sign stood with it, `foreign` where only the English way of writing fits."""

    value: float
    percent: bool = False
    foreign: bool = False


@dataclass(frozen=True)
class Ambiguous:
    """Two readings of the same digits."""

    one: float
    other: float


@dataclass(frozen=True)
class NoFigure:
    """The unit says, in so many words, that it has no figure."""


@dataclass(frozen=True)
class NoneThere:
    """The unit says that there is none: 0 where it says that none `arose`, else that or no figure."""

    arose: bool


@dataclass(frozen=True)
class NothingWritten:
    """Nothing is written."""


@dataclass(frozen=True)
class NotANumber:
    """Something else is written."""


Reading = Number | Ambiguous | NoFigure | NoneThere | NothingWritten | NotANumber

_NO_FIGURE = {
    "-", "--", "---", "...", "…", "/", "n/a", "chua co", "chua co so lieu", "chua co sl", "chua co so", "kcsl",
    "khong co so lieu", "khong co sl", "khong tong hop", "khong thong ke", "chua thong ke", "chua thong ke duoc",
    "chua co thong ke", "chua tong hop", "chua tong hop duoc", "dang tong hop", "dang thong ke", "chua xac dinh",
    "so lieu chua co",
}  # fmt: skip
_NONE_THERE = re.compile(r"(?:khong|k|ko)(?: co)?( phat sinh)?")

# Not by NFKC, to which 5² is 52. What has no width is not seen, and says nothing.
_SAME = str.maketrans("０１２３４５６７８９．，％−–—", "0123456789.,%---") | dict.fromkeys(map(ord, UNSEEN))

# One blank parts thousands. A line break, a tab or several blanks part two figures: hotels, and below their rooms.
_LINES = r"[\n\v\f\r\x85\u2028\u2029]"
_APART = re.compile(rf"(?<=[\d+-])(?:\s*{_LINES}\s*|\s*[{WIDE}]\s*|\s{{2,}})(?=\d)")

# Where a line may be broken a figure may be seen as two, or with a hyphen.
_BREAK = re.compile(r"(?<=\d)[\u00ad\u200b]+(?=\d)")

_THEN_WORDS = re.compile(r"(-?[\d., ]*\d)(\D*[^\W\d]\D*)")

_PLAIN = re.compile(r"\d+")
_SPACED = re.compile(r"(\d{1,3})((?: \d{3})+)(,\d+)?")
_VIETNAMESE = re.compile(r"([1-9]\d{0,2})((?:\.\d{3})+)(,\d+)?")
_COMMA = re.compile(r"(\d+),(\d+)")
_POINT = re.compile(r"(\d+)\.(\d+)")
_ENGLISH = re.compile(r"([1-9]\d{0,2})((?:,\d{3})+)(\.\d+)?")


def parse_number(text: str) -> Reading:
    """Return what a text in a number's place says."""
    plain = _on_one_line(text)
    if not plain:
        return NothingWritten()
    words = fold(plain)
    if words in _NO_FIGURE or words.strip("().*; ") in _NO_FIGURE:
        return NoFigure()
    if none := _NONE_THERE.fullmatch(words.strip("().*; ")):
        return NoneThere(arose=none[1] is not None)
    percent = plain.endswith("%")
    plain = plain.removesuffix("%").rstrip()
    negative = plain.startswith("-")
    plain = plain.removeprefix("-" if negative else "+").lstrip()
    if not plain.isascii() or sum(letter.isdigit() for letter in plain) > _MOST_DIGITS:
        return NotANumber()
    return _signed(_unsigned(plain), negative, percent)


def split_number(text: str) -> tuple[str, str]:
    """Return the number a text begins with and the words after it, neither of them read: "1.200 lượt"."""
    plain = _on_one_line(text)
    match = _THEN_WORDS.fullmatch(plain) if len(plain) <= _MOST_WORDS else None
    return (match[1].strip(), match[2].strip()) if match else ("", "")


def told_apart(text: str) -> str:
    """Return a text to be quoted, with words for what parts its figures and would be lost on one line."""
    text = _BREAK.sub(" (ký tự ẩn) ", text)
    return _APART.sub(lambda gap: " (xuống dòng) " if re.search(_LINES, gap[0]) else " (cách quãng) ", text)


def _on_one_line(text: str) -> str:
    return " ".join(_APART.sub(" / ", _BREAK.sub(" / ", text).translate(_SAME)).split())


def _unsigned(text: str) -> Reading:
    if _PLAIN.fullmatch(text):
        return Number(float(text))
    if (match := _SPACED.fullmatch(text)) or (match := _VIETNAMESE.fullmatch(text)):
        return Number(_value(match[1] + match[2], match[3]))
    if match := _COMMA.fullmatch(text):
        decimal = _value(match[1], match[2])
        if _ENGLISH.fullmatch(text):  # 1,234
            return Ambiguous(decimal, _value(match[1] + match[2]))
        return Number(decimal)
    if match := _POINT.fullmatch(text):
        decimal = _value(match[1], match[2])
        # 12.34: a decimal point, or a thousands' point out of place. 0.5 can be but the one.
        return Number(decimal, foreign=True) if int(match[1]) == 0 else Ambiguous(decimal, _value(match[1] + match[2]))
    if match := _ENGLISH.fullmatch(text):  # 1,234.5 and 1,234,567
        return Number(_value(match[1] + match[2], match[3]), foreign=True)
    return NotANumber()


def _value(whole: str, decimals: str | None = None) -> float:
    digits = re.sub(r"\D", "", whole)
    return float(f"{digits}.{re.sub(r'[^0-9]', '', decimals)}") if decimals else float(digits)


def _signed(reading: Reading, negative: bool, percent: bool) -> Reading:
    sign = -1.0 if negative else 1.0
    match reading:
        case Number(value, _, foreign):
            return Number(sign * value if value else 0.0, percent, foreign)
        case Ambiguous(one, other):
            return Ambiguous(sign * one, sign * other)
    return reading
