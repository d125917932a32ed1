"""Figures told year by year, as sentences say each: "các năm 2029, 2030 lần lượt là 5 và 7", "2029: 5; 2030: 7"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from soket.text import YEAR

# Years and figures in one order: "các năm 2029, 2030 lần lượt là 412.300 và 455.120 lượt".
_AND = r"(?:\s*[,;]|\s+va|\s*[,;]\s+va)\s+"
_NUMBER = r"(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?(?![\w.,/]*\d)"
_UNIT = r"(?:\s?%|(?:\s+(?!va\b)[^\W\d_]+){1,3})"
_LISTED = re.compile(
    rf"\b(?:(?:trong |qua )?cac )?nam (?P<years>{YEAR}(?:{_AND}(?:nam )?{YEAR}){{1,30}}),? "
    rf"lan luot(?: la| dat| la:|:)? (?P<figures>{_NUMBER}{_UNIT}?(?:{_AND}{_NUMBER}{_UNIT}?){{1,30}})(?=[;,.]|$)"
)
_FIGURE = re.compile(rf"(?P<number>{_NUMBER})(?P<unit>{_UNIT}?)")
# Years each with its figure: "số hộ nghèo: 2029 - 702 hộ, 2030 - 210 hộ", "năm 2029 là 218.000, năm 2030 là 264.500".
_YEARLY = (
    rf"(?<![\w./-])(?:nam )?(?P<year>{YEAR})(?:\s?[:=–-]\s?|\s+(?:(?:la|dat|co|con|don)\s+)?)"
    rf"(?P<figure>(?!{YEAR}\b(?![.,]\d)){_NUMBER})(?P<unit>{_UNIT}?)(?P<aside>\s?\([^()]*\))?"
)
_UNNAMED = re.sub(r"\?P<\w+>", "?:", _YEARLY)
_YEARLY_ONE = re.compile(_YEARLY)
_YEARLY_ROW = re.compile(rf"{_UNNAMED}(?:\s*[;,]\s+(?:va )?{_UNNAMED}){{1,30}}(?=\s*[;,.)]|$)")
_BY_YEAR = re.compile(r"(?: (?:qua|theo|trong))? (?:cac|tung) nam(?=: )")
_MEASURED = re.compile(r"\(?(?:don vi(?: tinh)? ?:? ?)?(?P<unit>[^\W\d_]+(?: [^\W\d_]+){0,2})\)$")
AS_NAMED = "nhuten"
"""What stands for the unit of measure of figures that have none, after the name of what they are of."""


def one_by_one(text: str) -> Iterator[str]:
    """Yield, of a text without marks, what it says of each of the years that it lists; the last figure has the unit."""
    for listed in _LISTED.finditer(text):
        before = re.split("[;:]", text[: listed.start()])[-1]
        years = re.findall(YEAR, listed["years"])
        figures = list(_FIGURE.finditer(listed["figures"]))
        if len(years) == len(figures) == len(set(years)):
            for year, figure in zip(years, figures, strict=True):
                unit = figure["unit"] or figures[-1]["unit"]
                yield f"{before}nam {year} la {figure['number']}{unit}"


def year_by_year(text: str) -> Iterator[str]:
    """Yield a text without marks up to each row of years and their figures, which are told as a sentence does.

    Figures without a unit of measure have that of the others, or of a bracket behind them.
    """
    if ":" not in text and text.count("nam ") < 2:
        return
    text = _BY_YEAR.sub("", text)
    for row in _YEARLY_ROW.finditer(text):
        pairs = [*_YEARLY_ONE.finditer(row[0])]
        units = {each["unit"] for each in pairs if each["unit"]}
        behind = _MEASURED.fullmatch((pairs[-1]["aside"] or "").strip())
        shared = units.pop() if len(units) == 1 else f" {behind['unit'] if behind else AS_NAMED}"
        told = [
            f"nam {each['year']} la {each['figure']}{each['unit'] or shared}"
            + ("" if behind and each is pairs[-1] else each["aside"] or "")
            for each in pairs
        ]
        yield f"{text[: row.start()]}{', '.join(told)}"
