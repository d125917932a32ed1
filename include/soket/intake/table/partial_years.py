"""Lines near a table that say of a year that its figures are of a part of it: its title, notes, the sheet's name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from soket.intake.table.around import near, texts_near
from soket.intake.table.grid import Grid
from soket.intake.table.header import Header
from soket.narrative.quantities.columns import Role
from soket.plan.period_words import SPAN, Named, of_several_years, parts_in, rare_in
from soket.plan.periods import PeriodId, is_span, part_of, year_of
from soket.text import YEAR, fold

_LONGEST_TITLE = 200  # characters

_MONTHS = r"(?:0?[1-9]|1[01]|mot|hai|ba|bon|nam|sau|bay|tam|chin|muoi|muoi mot)"
_UNTIL = r"den (?:(?:het|cuoi|ngay|thoi diem) )*"
_PART = re.compile(
    rf"\b(?:thang \d{{1,2}}(?= (?:cac|hang|moi) nam\b)|"
    rf"{_MONTHS} thang\b(?! \d\d?\b)|[1-3] quy\b|quy (?:i{{1,3}}|[1-3])\b|nua dau nam\b|"
    rf"{_UNTIL}(?:\d{{1,2}} thang \d{{1,2}}|thang \d{{1,2}}|quy (?:i{{1,3}}|[1-3])|\d{{1,2}}[/.-]\d{{1,2}}|"
    rf"\d{{1,2}}(?=/{YEAR}))\b)"
    rf"(?: dau nam\b| dau\b)?(?:(?: nam | cua nam |[/.-]| )?(?P<year>{YEAR})\b(?! ?[-]))?"
)
# Words after which a part of a year is what the figures are of, with others between that say which figures.
_OF_FIGURES = re.compile(
    rf"\b(?:(?:so lieu|so uoc|ket qua)(?: \S+){{0,6}}?|(?:so|uoc|thuc hien|th|tinh|moi co|chi co)"
    rf"(?: (?:nay|lieu|moi|chi|uoc|thuc hien|th|dat|den|het|trong|cua|la|nam|cot|{YEAR}))*)[ :,]*$"
)
_NOT_WHOLE = re.compile(r"\bso lieu (?:\S+ ){0,3}?(?:chua|khong) (?:day du|du)(?= ?(?:[.,;)(*]|$))")
_OF_ALL = re.compile(r"\b(?:cac|hang|moi|tung) nam\b")
_TELLS_WHY = re.compile(r"\b(?:do|vi|boi|giam|tang|dong cua|gian cach|tam dung|nghi)\b")
_BARE = re.compile(rf"(?:ghi chu|nam|cot|la|{YEAR}|\W)*")
# A line with these speaks of a whole year, of a comparison, or of the paper that the table goes with.
_OTHERWISE = re.compile(
    r"\b(?:ca nam|toan nam|12 thang|thang 12|31[/.-]12|12/20\d\d|quy (?:iv|4)|thang cuoi|con lai|cung ky|so voi|"
    r"kem theo|ban hanh|can cu|thay cho|thay the|da bao cao|"
    rf"uth|uoc(?: thuc hien| th| tinh| dat)?(?! thuc hien| th\b| tinh| dat)"
    rf"(?! {_MONTHS} thang| [1-3] quy| quy| nua| den| het| trong))\b"
)
_WHOLE_HEAD = re.compile(r"\b(?:uoc|uth|ca nam|toan nam|12 thang|31[/.-]12)\b")


@dataclass(frozen=True)
class PartSaid:
    """A line that says that figures are of a part of a year."""

    place: str
    text: str
    year: int | None  # that it names
    mark: str  # of a footnote, that it begins with
    of_all: bool = False  # whether it speaks of several years: "9 tháng đầu các năm"


def speaks_of_a_part(text: str, *, title: bool = False) -> bool:
    """Return whether a line says that figures are of a part of a year."""
    return _part_in(fold(text), title=title) is not None


def partial_years(grid: Grid, header: Header, after: int) -> dict[PeriodId, PartSaid]:
    """Return the years whose figures are of a part of them, by what a line says; `after` is the row of the first note.

    A head that itself says what its column holds outweighs such a line, as does a column for the part. Of a table of
    one part of a year alone, a title may name another one.
    """
    years = [year for year in header.years if isinstance(year, int)]
    found: dict[PeriodId, PartSaid] = {}
    if len(header.years) == 1 and not years:
        (period,) = header.years
        other = _another_part(grid, header, period)
        return {period: other} if other else {}
    for said in _said(grid, header, after) if years else ():
        marked = [year for year in years if said.mark and _mark_in(header, year) == said.mark]
        for year in [said.year] if said.year else marked or (years if said.of_all else [max(years)]):
            if year in years and not is_told_apart(header, year):
                found.setdefault(year, said)
    return found


def _another_part(grid: Grid, header: Header, period: PeriodId) -> PartSaid | None:
    """Return a line above a head that names a part of a year, and not the one that the table is of."""
    own = (part_of(period), year_of(period))
    if is_span(period):
        return None  # a title names that of the programme
    above, _ = near(grid, header, grid.height)
    first = min(header.years.values())
    for row in above:  # a title may be taken for a part of the head
        is_head = row >= header.top and _is_of_periods(grid, row, header)
        for column, text in enumerate(grid.lines[row] if not is_head else ()):
            if not isinstance(text, str) or len(text) > _LONGEST_TITLE or (row >= header.top and column >= first):
                continue
            named = [(part, year or own[1]) for _, _, part, year in _named(fold(text), header)]
            if named and own not in named and not _OTHERWISE.search(fold(text)):
                return PartSaid(f"ô {grid.place(row, column)}", " ".join(text.split()), None, "")
    return None


def _is_of_periods(grid: Grid, row: int, header: Header) -> bool:
    """Return whether several cells of a row name parts of years: "Quý III", "Quý IV"."""
    texts = (cell for cell in grid.lines[row] if isinstance(cell, str))
    return sum(any(_named(fold(text), header)) for text in texts) > 1


def _named(line: str, header: Header) -> Iterator[Named]:
    yield from rare_in(line, header.rare - {SPAN})
    yield from parts_in(line)


def _said(grid: Grid, header: Header, after: int) -> Iterator[PartSaid]:
    for row, column, text in texts_near(grid, header, after):
        yield from parts_said(f"ô {grid.place(row, column)}", text, title=row <= header.bottom)
    for place, text in grid.said_above(header.bottom):
        yield from parts_said(place, text)


def parts_said(place: str, text: str, *, title: bool = False) -> Iterator[PartSaid]:
    """Yield that a line says figures to be of a part of a year, where it does."""
    if (year := _part_in(fold(text), title=title)) is not None:
        mark = re.match(r"\W*?(\*+)", text)
        of_all = _OF_ALL.search(fold(text)) is not None
        yield PartSaid(place, " ".join(text.split()), year or None, mark[1] if mark else "", of_all)


def _part_in(line: str, *, title: bool) -> int | None:
    """Return the year of which a folded line says that a part is there, 0 for one unnamed; None for no such line."""
    if _OTHERWISE.search(line):
        return None
    if _NOT_WHOLE.search(line):
        return int((re.findall(YEAR, line) or [0])[-1])
    for clause in re.split(r"; |\. ", line):
        for part in _PART.finditer(clause):
            before, rest = clause[: part.start()], clause[part.end() :]
            named = re.findall(YEAR, before)
            ends = part["year"] or "dau nam" in part[0] or not rest.strip(" .,;)(*") or _OF_ALL.match(rest.strip())
            bare = _BARE.fullmatch(before) and _BARE.fullmatch(rest)
            if _TELLS_WHY.search(before) or not (bare or _OF_FIGURES.search(before) or (title and ends)):
                continue
            return int(part["year"] or (named[-1] if named else 0))
    return None


def _mark_in(header: Header, year: int) -> str:
    said = header.columns.get(header.years[year])
    marks = re.search(r"\*+", " ".join(said.texts)) if said else None
    return marks[0] if marks else ""


def is_told_apart(header: Header, year: int) -> bool:
    """Return whether a head says that a year's column is of the whole of it, or another column is of the part."""
    own = header.columns.get(header.years[year])
    beside = (said for said in header.columns.values() if said.year == year and said is not own)
    return bool(own and _WHOLE_HEAD.search(fold(" ".join(own.texts)))) or any(
        (said.part is not None and not of_several_years(said.part)) or said.role is Role.PARTIAL for said in beside
    )
