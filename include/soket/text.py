"""Vietnamese text: one normal form, folding for comparison, sorting; words, dates, numbers as officials write them."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from functools import cache, lru_cache
from itertools import filterfalse
from typing import TYPE_CHECKING, Any, Self, TypeVar

if TYPE_CHECKING:
    import icu

T = TypeVar("T")

SOFT_HYPHEN = "\u00ad"
"""A place where a word may be broken; in the fonts of TCVN3, the letter ư."""

UNSEEN = "".join(
    map(chr, (0xAD, 0x61C, 0x180E, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF))
)
"""Characters that have no width: nobody sees them who reads a text."""

_UNSEEN = dict.fromkeys(map(ord, UNSEEN))

WIDE = r"\t\u2001\u2003\u3000"
"""Blanks, in a set of a pattern, that part two figures each: only a narrow one parts the thousands of one."""

YEAR = r"(?:19|20)\d\d"
"""A pattern for a year that reports speak of."""

_TONES = "\u0300\u0301\u0303\u0309\u0323"  # huyền, sắc, ngã, hỏi, nặng
_NO_TONES = dict.fromkeys(map(ord, _TONES))

_NEIGHBOURS = 50  # on either side of where a name would stand

_NO_NAMES = ("Các ", "Những ", "Khối ", "Nhóm ", "Đại diện ", "Đồng chí ", "Lãnh đạo ")  # before a name, no part of it
_REPORT = "báo cáo "

_WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


def nfc(text: str) -> str:
    """Return text in Unicode's composed normal form."""
    return unicodedata.normalize("NFC", text)


def one_line(text: str) -> str:
    """Return what a stranger typed, on one line and without what nobody sees: no controls, no turns of direction."""
    seen = nfc(text).translate(_UNSEEN)
    return " ".join("".join(letter if letter.isprintable() else " " for letter in seen).split())


def quoted(text: str, longest: int = 160) -> str:
    """Return a text on one line; of a long one its beginning, cut in no word, and in or right behind no figure."""
    line = " ".join(text.split())
    if len(line) <= longest:
        return line
    kept = line[:longest].rsplit(" ", 1)[0].split(" ")
    while len(kept) > 1 and any(letter.isdigit() for letter in kept[-1]):
        kept.pop()
    return " ".join([*kept, "…"])


def as_markdown(text: str) -> str:
    """Return text such that Markdown shows it as it is, a mark like "(*)" too."""
    return re.sub(r"[\\`*_\[\]<]", r"\\\g<0>", text)


@lru_cache(maxsize=2_000)  # a report's lines are each looked at several times, and the plan's names in each report
def fold(text: str) -> str:
    """Return text without marks or case, for comparison only: "Nghị quyết Đảng" becomes "nghi quyet dang"."""
    return " ".join(filter(None, map(_fold_word, text.split())))


@lru_cache(maxsize=20_000)  # Vietnamese has some 7,000 words of one syllable, of which texts are made
def _fold_word(word: str) -> str:
    # Đ is a letter of its own and does not decompose.
    decomposed = unicodedata.normalize("NFD", word.replace("Đ", "D").replace("đ", "d"))
    return "".join(filterfalse(unicodedata.combining, decomposed)).casefold()


@lru_cache(maxsize=10_000)
def as_spelt(text: str) -> str:
    """Return text without case, each word's tone behind it: "hoà" and "hòa" are one word, "Kỳ" and "Kỷ" are two."""
    words = unicodedata.normalize("NFD", text.casefold()).split()
    return " ".join(word.translate(_NO_TONES) + "".join(filter(_TONES.__contains__, word)) for word in words)


@lru_cache(maxsize=4_000)  # many rules look at one sentence, each in turn
def flat(text: str) -> str:
    """Return text without marks or case, letter by letter: what lies at a place in it lies there in the text too."""
    return nfc(text).translate(_FLAT)


class _Letters(dict[int, str]):
    """Letters by what they are without marks and case, each looked up once."""

    def __missing__(self, code: int) -> str:
        plain = unicodedata.normalize("NFD", chr(code))[0].lower().replace("đ", "d")
        self[code] = plain if len(plain) == 1 else chr(code)
        return self[code]


_FLAT = _Letters()


def neighbours(name: str, valid: tuple[str, ...]) -> dict[str, str]:
    """Return the names that begin or end most like a folded one, by their folds: thousands are too many to compare."""
    folded, forwards, backwards = _by_both_ends(valid)
    near = [*_around(name, forwards), *(each[::-1] for each in _around(name[::-1], backwards))]
    return {each: folded[each] for each in near}


@lru_cache(maxsize=64)
def _by_both_ends(valid: tuple[str, ...]) -> tuple[dict[str, str], list[str], list[str]]:
    folded = {fold(each): each for each in valid}
    return folded, sorted(folded), sorted(each[::-1] for each in folded)


def _around(name: str, names: list[str]) -> list[str]:
    place = bisect_left(names, name)
    return names[max(0, place - _NEIGHBOURS) : place + _NEIGHBOURS]


@cache
def _collator() -> icu.Collator:
    import icu

    return icu.Collator.createInstance(icu.Locale("vi_VN"))


def vietnamese_order(things: Iterable[T], name: Callable[[T], str]) -> list[T]:
    """Return things sorted by name the Vietnamese way: Đ after D, tones after letters."""
    key: Callable[[str], Any] = _collator().getSortKey
    return sorted(things, key=lambda thing: key(name(thing)))


def first_units(names: Sequence[str], most: int, between: str = "; ") -> str:
    """Return units' names in one line; where they are more than `most`, the first of them and how many others."""
    more = f" và {len(names) - most} đơn vị khác" if len(names) > most else ""
    return f"{between.join(names[:most])}{more}"


def ascii_slug(text: str) -> str:
    """Return a text as a name of small ASCII letters, digits and hyphens: "Thẩm định, trình" is tham-dinh-trinh."""
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")


def lower_first(text: str) -> str:
    """Return text to stand inside a sentence: its first letter small, unless the first word is all capitals."""
    first = text.split(maxsplit=1)[0] if text.strip() else ""
    return text if len(first) > 1 and first.isupper() else text[:1].lower() + text[1:]


def name_inside(text: str) -> str:
    """Return a name to stand inside a sentence: "huyện", "các sở", "đại diện Sở Nội vụ", but "Sở Nội vụ các tỉnh"."""
    return lower_first(text) if text.startswith(_NO_NAMES) or " " not in text.strip() else text


def subject_of(title: str) -> str:
    """Return what a report is on, behind that word: "cải cách hành chính" of "Báo cáo cải cách hành chính"."""
    inside = lower_first(title)
    return lower_first(inside[len(_REPORT) :]) if inside.casefold().startswith(_REPORT) else inside


def upper_first(text: str) -> str:
    """Return text as a sentence or a line begins with it."""
    return text[:1].upper() + text[1:]


@dataclass(frozen=True)
class Word:
    """What people read for one member of an enum: inside a sentence, and alone, as in a table's cell."""

    phrase: str
    alone: str = ""  # where that differs by more than its capital

    @property
    def label(self) -> str:
        """The word where it stands alone."""
        return self.alone or upper_first(self.phrase)

    def about(self, review: str) -> Self:
        """Return the word as a plan says it that calls its review so: `{review}` in it is that."""
        said = {each.name: getattr(self, each.name).replace("{review}", review) for each in fields(self)}
        return replace(self, **said)


def format_date(day: date) -> str:
    """Return a day as dd/mm/yyyy."""
    return f"{day:%d/%m/%Y}"


def format_weekday(day: date) -> str:
    """Return a day of the week as a sentence has it: thứ Hai, …, Chủ nhật."""
    return _WEEKDAYS[day.weekday()]


def format_day(day: date) -> str:
    """Return a day with its name, as a table has it: Thứ Hai, 04/11/2030."""
    return f"{upper_first(format_weekday(day))}, {format_date(day)}"


def format_working_days(count: int) -> str:
    """Return a number of working days: 03 ngày làm việc."""
    return f"{count:02} ngày làm việc"


def format_stamp(moment: datetime) -> str:
    """Return a moment as tables have it: 04/11/2030 17:05."""
    return f"{moment:%d/%m/%Y %H:%M}"


def format_moment(moment: datetime) -> str:
    """Return a moment as officials read it: 17 giờ 05, ngày 04/11/2030."""
    return f"{moment:%H} giờ {moment:%M}, ngày {moment:%d/%m/%Y}"


def format_number(value: float, decimals: int | None = None) -> str:
    """Return a number the Vietnamese way, 1.234,5; without `decimals`, up to two, trailing zeros dropped."""
    text = f"{value:,.2f}".rstrip("0").rstrip(".") if decimals is None else f"{value:,.{decimals}f}"
    return text.translate(str.maketrans(",.", ".,"))


def format_exactly(value: float) -> str:
    """Return a number with all its decimals, the Vietnamese way."""
    decimals = len(f"{value:.10f}".rstrip("0").partition(".")[2])
    return format_number(value, decimals)


def format_amount(value: float, unit_of_measure: str) -> str:
    """Return a number with its unit of measure; a percent sign follows without a space."""
    return f"{format_number(value)}{'' if unit_of_measure.startswith('%') else ' '}{unit_of_measure}"


def format_size(size: int) -> str:
    """Return a number of bytes: 512 B, 20 KB, 1,5 MB."""
    if size < 1024:
        return f"{size} B"
    if size < 1024**2:
        return f"{format_number(size / 1024, 0)} KB"
    return f"{format_number(size / 1024**2, 1)} MB"
