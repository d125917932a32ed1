"""Heads of columns: which year a column is of, and whether it is what was done, what was planned, or derived."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import lru_cache

from soket.narrative.quantities.measures import MEASURED_IN, Measure, parse_measure
from soket.plan.period_words import MONTH, NO_RARE, SPAN, Rare, of_several_years, part_in, with_century
from soket.plan.periods import PeriodId
from soket.reading.findings import Cell, Special
from soket.text import YEAR, fold, nfc


class Role(IntEnum):
    """What a column of a year holds; of two headings over one column, the higher decides."""

    UNSAID = 0
    ACTUAL = 1
    PLAN = 2
    PARTIAL = 3  # a part of the year
    DERIVED = 4  # a comparison, a share, a note


@dataclass(frozen=True)
class ColumnHead:
    """One heading; `marked` where a hidden mark of our form says it."""

    text: str
    year: int | None = None
    part: str | None = None  # of the year
    role: Role = Role.UNSAID
    beside: Role = Role.UNSAID  # without the words that name the part
    measure: Measure | None = None
    marked: bool = False

    @property
    def period(self) -> PeriodId | None:
        """The year or, where a part of it is named, that."""
        return self.year if self.part is None or self.year is None else f"{self.year}-{self.part}"


MARK = "soket:"
LONGEST = 60  # characters of a heading
SIGNS = " .:;,-–+*()"  # around the words of one

_NOTES = re.compile(r"[⁰¹²³⁴-⁹⁽⁾*]")  # marks of footnotes
_MARK = re.compile(rf"{MARK}({YEAR})(?:-([0-9A-Z-]+))?")
_YEAR = re.compile(rf"(?<!\d){YEAR}(?!\d)")
_SHORT_YEAR = re.compile(r"(?<![\d.,])['’‘`´](\d\d)(?!\d)")
_BEFORE_YEAR = re.compile(rf"(?<=[a-z])(?={YEAR}(?!\d))")  # of "TH2017"
_ROLES = (
    (Role.DERIVED, re.compile(r"\b(?:so (?:sanh|voi)|ty le|ti le|tang|giam|chenh lech|binh quan|luy ke|th/kh|"
                              r"muc dat|(?<!uoc )dat(?! duoc)|ty trong|toc do|ghi chu|stt|giai doan|hoan thanh|ht|"
                              r"cung ky|ck)\b|%")),
    (Role.PARTIAL, re.compile(r"\b(?:\d{1,2} thang|thang \d{1,2}|thang|quy(?: [ivx\d]+)?|nua (?:dau|cuoi)|dau nam|"
                              r"cuoi nam|\d{1,2}th?|t\.? ?(?:1[0-2]|0?[1-9])|q\.? ?(?:[1-4]|i{1,3}|iv)|"
                              r"hien (?:nay|tai)|\d{1,2}m|h[12]|ytd|mot phan|"
                              r"den (?:nay|(?:ngay|ky|thoi diem) (?:nay|bao cao)))\b")),
    (Role.PLAN, re.compile(r"\b(?:ke hoach|kh|khg|du toan|dt|muc tieu|chi tieu(?: giao|(?= (?:nam )?\d))|"
                           r"ct(?= ?(?:nam )?\d)|ctg|nghi quyet|nq|duoc giao|giao|du kien|dk|du bao|"
                           r"phan dau|cam ket|dang ky|"
                           r"plan(?:ned)?|fc?|forecast(?:ed)?|proj(?:ected|ection)?|budget(?:ed)?|targets?)\b")),
    (Role.ACTUAL, re.compile(r"\b(?:uoc thuc hien|uoc dat|thuc hien|thuc te|ket qua|kq|du uoc|uoc|uth|th|so lieu|"
                             r"so luong|sl|gia tri|so bo|chinh thuc|dat duoc|ca nam|toan nam|prel(?:iminary)?|"
                             r"est(?:imated?)?|actual)\b")),
)  # fmt: skip
_FILLERS = re.compile(
    r"\b(?:nam(?: bao cao)?|cac|cua|ca|trong|dau|cuoi|den|tu|va|so|tinh|het|ngay|thoi diem|year|"
    r"thu (?:nhat|hai|ba|tu|nam))\b"
)
_IN_BRACKETS = re.compile(r"\(([^()]{1,40})\)")
_MEASURE_FOLLOWS = re.compile(rf"^\s*(?:{MEASURED_IN}|tinh (?:bang|theo))\b[\s:.]*")
_WORDS = re.compile(r"[^\W\d]|%")
_SPOILT = re.compile(r"n\w? ?\w?m")
# A whole year's figures are those of its last day, or of twelve months; of any other day, of a part of the year.
_LAST_DAY = re.compile(r"\b31(?:[/.-]| thang )12(?:[/.-](?=20|19)|\b)|\b12(?: thang|t)\b")
# What tells of the year itself, and nothing of its figures: "năm đầu thực hiện nghị quyết", "trước nghị quyết".
_BESIDE_YEAR = re.compile(r"(?:truoc|sau|nam dau|nam cuoi|nam thu|nam ket thuc|bat dau|moc)\b(?! nam\b)")
# What says beside a year that its figures may be others, but not which.
_DOUBTED = re.compile(
    r"(?:(?:so|so lieu|ky|ban) )?(?:cu|truoc|lk|tham khao|nhap|"
    r"(?:con )?thieu|chua (?!quyet toan|qt|kiem toan|chinh thuc|phe duyet|duoc duyet|cong bo).+)"
)
_ALONE = ((SPAN, re.compile(r"(?:cac |ca )?giai doan")), (MONTH, re.compile(r"(?:cac )?thang")))
_DAY_ALONE = re.compile(r"(?:ngay )?(\d{1,2})[/.-](\d{1,2})[/.-](?:20|19)\d\d")
_LABELS = re.compile(r"s?\.?tt|so (?:tt|thu tu)|ma(?: so| chi tieu)?|(?:ten )?chi tieu|noi dung")
# Of what is told in parts, the one that is all of it.
_ALL_OF_IT = frozenset(["cong", "tong", "tong so", "tong cong", "chung"])
_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d\b")
_OTHER_DAY = re.compile(r"\b\d{1,2}(?:[/.-]| thang )\d{1,2}(?:[/.-](?=20|19)|\b)")


def heading_of(cell: Cell, rare: Rare = NO_RARE) -> ColumnHead | None:
    """Return what a cell says as a heading; None where it is none. `rare` are kinds of periods that are asked for."""
    match cell:
        case float():
            return ColumnHead(f"{cell:.0f}", int(cell)) if cell.is_integer() and 1900 <= cell < 2100 else None
        case Special("date", str(day)) if MONTH in rare and day[8:10] == "01":  # 9/2026, as a spreadsheet takes it
            whole = Role.UNSAID if day[5:7] == "01" else Role.PARTIAL
            return ColumnHead(day[:7], int(day[:4]), f"{MONTH}{day[5:7]}", whole)
        case Special("date", str(day)) if day[4:10] in ("-01-01", "-12-31"):
            return ColumnHead(day[:4], int(day[:4]))
        case Special("date", str(day)) if _ISO_DAY.match(day):
            return _heading_in(f"{day[8:10]}/{day[5:7]}/{day[:4]}", rare)
        case str(text) | Special("shown", text=text) if len(text) <= LONGEST:
            # Of "Giai đoạn" alone, which it is a heading below says.
            alone = any(kind in rare and words.fullmatch(fold(text)) for kind, words in _ALONE)
            return None if alone else _heading_in(text, rare)
    return None


@lru_cache(maxsize=8192)
def _heading_in(text: str, rare: Rare) -> ColumnHead | None:
    if match := _MARK.fullmatch(text):
        return ColumnHead(text, int(match[1]), match[2], Role.ACTUAL, Role.ACTUAL, marked=True)
    shown = " ".join(text.split())
    plain = with_century(_SHORT_YEAR.sub(r" 20\1", fold(_NOTES.sub("", text.replace("_", " ")))))
    plain = _BEFORE_YEAR.sub(" ", plain)
    plain, whole_year = _LAST_DAY.subn(" ", plain)
    plain, measure = _without_brackets(plain)
    found = part_in(plain, rare)
    years = _years_in(plain, found)
    if len(years) > 1:
        return ColumnHead(shown, role=Role.DERIVED, beside=Role.DERIVED)
    role = _role_of(plain, found[0] if found else "")
    if _OTHER_DAY.search(plain):
        role = max(role, Role.PARTIAL)
    part, beside = (found[0], role_in(found[2])) if found else (None, role)
    if alone := _DAY_ALONE.fullmatch(plain.strip(" ()")):
        part, beside = f"{int(alone[2]):02}-{int(alone[1]):02}", Role.UNSAID
    if found:
        plain = f"{years[0] if years else ''} {found[2]}"
    rest = _OTHER_DAY.sub(" ", plain)
    for _, pattern in _ROLES:
        rest = pattern.sub(" ", rest)
    rest = _FILLERS.sub(" ", _YEAR.sub(" ", rest))
    rest = re.sub(r"[^\w]+", " ", rest).strip()
    if rest and measure is None and (stated := parse_measure(rest)) and stated.certain:
        measure, rest = stated, ""
    # Old encodings spoil "Năm"; any other few letters before a year may say that it was planned.
    if rest and not (years and _SPOILT.fullmatch(rest) and plain.find(rest[0]) < plain.find(years[0])):
        return None
    if not years and role is Role.UNSAID and not (measure and measure.certain):
        return ColumnHead(shown, role=Role.ACTUAL, beside=Role.ACTUAL) if whole_year else None
    return ColumnHead(
        shown, int(years[0]) if years else None, part, role, beside, measure and _as_shown(measure, shown)
    )


def _years_in(plain: str, found: tuple[str, int | None, str] | None) -> list[str]:
    """Return the years that a heading names; of a school year or a span alone, that it ends in."""
    part, year, rest = found or ("", None, plain)
    several = of_several_years(part) and not _YEAR.search(rest)
    return [str(year)] if several else list(dict.fromkeys(_YEAR.findall(plain)))


def _role_of(plain: str, part: str) -> Role:
    """Return what a heading's column holds of the year that it names: what two years name together is of neither."""
    if of_several_years(part):
        return Role.DERIVED
    return max(role_in(plain), Role.PARTIAL if part else Role.UNSAID)


def _as_shown(measure: Measure, shown: str) -> Measure:
    """Return a unit of measure with its text as the heading writes it."""
    whole, plain = nfc(shown), fold(shown)
    at = plain.find(measure.text)
    known = at >= 0 and len(plain) == len(whole)
    return replace(measure, text=whole[at : at + len(measure.text)]) if known else measure


def _without_brackets(plain: str) -> tuple[str, Measure | None]:
    """Return a heading without what its brackets say beside the year, and the unit of measure that they state."""
    measure = None
    for inner in _IN_BRACKETS.findall(plain):
        if _BESIDE_YEAR.match(inner.strip()):
            plain = plain.replace(f"({inner})", " ")
        elif _DOUBTED.fullmatch(inner.strip()):
            plain = plain.replace(f"({inner})", " mot phan ")
        elif _OTHER_DAY.search(inner):
            plain = plain.replace(f"({inner})", f" {inner} ")
        elif not _YEAR.search(inner) and (role_in(inner) is Role.UNSAID or inner.strip() == "%"):
            # A number in brackets is a footnote, or the column's own number.
            measure = parse_measure(_MEASURE_FOLLOWS.sub("", inner)) if _WORDS.search(inner) else None
            plain = plain.replace(f"({inner})", " ")
    return plain, measure


def role_in(text: str) -> Role:
    """Return the role that folded words name."""
    return next((role for role, pattern in _ROLES if pattern.search(text)), Role.UNSAID)


def is_all_of_it(words: str) -> bool:
    """Return whether words say of a row or a column beside its parts that it is their total."""
    return fold(words).strip(SIGNS) in _ALL_OF_IT


def names_rows(cell: Cell) -> bool:
    """Return whether a cell heads the numbers, codes, names or units of measure of rows: "TT", "Chỉ tiêu"."""
    named = isinstance(cell, str) and _LABELS.fullmatch(fold(cell).strip(" .:()")) is not None
    return named or names_the_measure(cell)


def names_the_measure(cell: Cell) -> bool:
    """Return whether a heading stands over the column of units of measure."""
    return isinstance(cell, str) and fold(cell).strip(" .:()") in MEASURED_IN.split("|")
