"""Clauses as signs, one for each thing said of a change: "tăng 12,5% so với năm 2029" is "+pv".

y a year, z a span of years, Z one from year to year, v a year that another is held against, d the year before,
n an amount, p percents, P points, + more, - less, u became, G so many times, L times, B as much as, D reached,
M on average, E each year.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from soket.narrative.quantities.amounts import AMOUNT, Amount, about_after, read_amount
from soket.text import YEAR

_ENDS = r"(?![\w/]|[.,]\d)"
_THEN = r"(?:(?:muc|con so|thoi diem|cua|nam) ){0,3}"
_TOLD = {
    "x": r"\b(?:lan luot|lan thu|(?:vuot|hon) (?=[\d.,]+ ?%))",  # by so much, or to so much
    "s": r"(?!)",
    "z": rf"\b(?:0?\d nam )?(?:(?:trong|cua) )?(?:(?:giai doan|thoi ky) )?{YEAR}\s?[-–]\s?{YEAR}{_ENDS}",
    "Z": rf"\b(?:giai doan )?tu (?:nam )?{YEAR} (?:den|toi) (?:het )?(?:nam )?{YEAR}{_ENDS}",
    "d": r"\b(?:so (?:voi )?)?(?:cung ky )?(?:cua )?nam (?:lien )?truoc\b(?: do| lien ke)?"
    r"|\bso (?:voi )?cung ky\b(?! (?:cua )?(?:nam )?(?:\d|lien|truoc))",
    "v": rf"\b(?:so (?:voi )?(?:cung ky )?|cung ky ){_THEN}{YEAR}(?!\s?[-–]\s?\d| den\b){_ENDS}",
    "k": r"\b(?:so (?:voi|cung)|cung ky)\b",
    "y": rf"(?<![\w./-]){YEAR}{_ENDS}",
    "a": AMOUNT,
    "u": r"\b(?:tang|giam)(?: dan)? (?:tu|len|xuong|con|den|toi)\b",
    "+": r"\b(?:tang truong|tang them|tang|(?:cao|nhieu|lon) hon)\b",
    "-": r"\b(?:(?:suy |sut )?giam(?: sut)?|(?:thap|it) hon)\b",
    "G": r"\bgap\b",
    "L": r"\blan\b",
    "B": r"\bbang\b",
    "D": r"\bdat (?=(?:\w+ ){0,2}[\d.,]+ ?%)",
    "M": r"\b(?:binh quan|trung binh)\b(?: nam\b(?! \d))?",
    "E": r"/ ?nam\b|\b(?:moi|hang|mot) nam\b(?! \d)",
    "P": r"\bdiem (?:phan tram\b|%)",
    "w": r"[^\W_]+|[^\w\s()\"“”:]",
}
_GROUPS = {sign: f"sign{at}" for at, sign in enumerate(_TOLD)}
_SIGNS = {group: sign for sign, group in _GROUPS.items()}
_NOT_UNDERSTOOD = frozenset("xk")
_YEARS = re.compile(YEAR)


@dataclass
class SignedClause:
    """What a clause says: its signs, and what stands behind them in their order."""

    signs: str = ""
    years: dict[int, tuple[int, ...]] = field(default_factory=dict)  # by the place of their sign
    amounts: list[Amount] = field(default_factory=list)
    units: list[str] = field(default_factory=list)  # the words after its last amount
    subjects: set[str] = field(default_factory=set)  # the indicators that it speaks of
    counted: set[str] = field(default_factory=set)  # those named as what is counted
    other: bool = False  # it says something else

    def of(self, signs: str) -> tuple[int, ...]:
        """Return the years of the last of some signs; none where there is none."""
        return next((self.years[at] for at in reversed(self.years) if self.signs[at] in signs), ())

    def says(self, sign: str) -> bool:
        """Whether it has a sign."""
        return sign in self.signs


class SignReader:
    """Turns clauses into signs; `codes` are indicators by their folded phrases, which `named` finds."""

    def __init__(
        self, codes: Mapping[str, str], named: str, counted_in: frozenset[str], linking: frozenset[str]
    ) -> None:
        told = {**_TOLD, "s": named}
        if "diem" not in counted_in:  # "tăng 2,3 điểm" is of shares, where nothing is counted so
            told["P"] += r"|\bdiem\b"
        self._token = re.compile("|".join(f"(?P<{_GROUPS[sign]}>{pattern})" for sign, pattern in told.items()))
        self._codes, self._counted_in, self._linking = codes, counted_in, linking

    def clause(self, text: str) -> SignedClause:
        """Return what a clause without marks says."""
        clause, before = SignedClause(), ("", "")  # the two words before
        counting = False  # an amount, and nothing but what it is counted in since
        for match in self._token.finditer(text):
            found, sign = match[0], _SIGNS[match.lastgroup or ""]
            if sign == "w":
                if counting and (found in self._counted_in or found == "du"):
                    clause.units.append(found)
                elif found not in self._linking:
                    clause.other = True
                else:
                    counting = counting and found == "/"
            elif sign == "s":
                (clause.counted if counting else clause.subjects).add(self._codes[found])
                clause.units += found.split() if counting else []
            elif sign == "a":
                self._count(clause, match, before)
            else:
                self._note(clause, sign, found)
            counting = sign == "a" or (counting and sign in "ws")
            before = before[1], found.rpartition(" ")[2]
        return clause

    def _count(self, clause: SignedClause, match: re.Match[str], before: tuple[str, str]) -> None:
        amount = read_amount(match, about=about_after(before))
        if amount is None:
            clause.other = True
            return
        clause.amounts.append(amount)
        clause.units = []
        clause.signs += "p" if amount.percent else "n"

    def _note(self, clause: SignedClause, sign: str, found: str) -> None:
        years = tuple(map(int, _YEARS.findall(found)))
        if years:
            clause.years[len(clause.signs)] = years
        clause.signs += sign
        clause.other |= sign in _NOT_UNDERSTOOD
