"""Rows whose code is of an indicator and whose name, by its words, is of another thing than that."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from soket.intake.table.grid import Grid
from soket.intake.table.rows import FILLERS, HERE, Labels
from soket.plan.model import Indicator
from soket.text import fold

_FEW = 2  # words that a name may have beside those of the indicator's own
_IN_BRACKETS, _BEHIND_A_DASH = re.compile(r"\([^()]*\)"), re.compile(r"\s[-–—]\s.*$")
_PLACE = re.compile(r"\b(?:toan )?(?:huyen|thi xa|thanh pho|tinh|xa|phuong|thi tran)\b(?: \w+){0,3}")
_NO_NAMES = FILLERS | frozenset(["trong", "do", "da", "den", "duoc", "nam", "theo", "thuc", "hien", "voi", "tu", "cho"])
# Of which one says what the other does not: who writes either means that.
_OPPOSITE = (
    ("truc tiep", "gian tiep"),
    ("noi dia", "quoc te"),
    ("trong nuoc", "ngoai nuoc"),
    ("cong lap", "ngoai cong lap"),
    ("thanh thi", "nong thon"),
    ("tang", "giam"),
)
_ALIKE = (("trong nuoc", "noi dia"), ("nuoc ngoai", "quoc te"), ("doanh thu", "thu"))  # words for the same


def strange_names(
    grid: Grid, rows: Mapping[str, tuple[Labels, int]], indicators: Mapping[str, Indicator]
) -> Iterator[tuple[str, str]]:
    """Yield the codes, each with its name as it stands, of rows that are named as something else.

    `rows` are what their labels say, and where that stands. A name is looked for where most rows have theirs.
    """
    at = Counter(
        column
        for labels, row in rows.values()
        if labels.named is not None
        for column, cell in enumerate(grid.lines[row])
        if cell == labels.by
    )
    (column, count), *_ = at.most_common(1) or [(0, 0)]
    for code, (labels, row) in rows.items() if 2 * count >= len(rows) > 1 else ():
        shown = grid.cell(row, column)
        if labels.coded and labels.named is None and isinstance(shown, str):
            known = indicators[code]
            if "?" not in shown and _is_of_another(shown, [known.name, *known.keywords]):
                yield code, shown


def _is_of_another(shown: str, names: list[str]) -> bool:
    """Return whether a name has fewer words of an indicator's names than others, or the opposite of one."""
    label, known = _plain(shown), [_plain(name) for name in names]
    for pair in _OPPOSITE:
        said, meant = ({words for words in pair if re.search(rf"\b{words}\b", text)} for text in (label, known[0]))
        if len(said) == len(meant) == 1 and said != meant:
            return True
    mine, theirs = _words(label), set().union(*map(_words, known))
    strange = mine - theirs
    return len(strange) >= _FEW and len(mine & theirs) < len(strange) and not _words(known[0]) <= mine


def _plain(name: str) -> str:
    plain = fold(_BEHIND_A_DASH.sub("", _IN_BRACKETS.sub(" ", name)))
    for words, same in _ALIKE:
        plain = re.sub(rf"\b{words}\b", same, plain)
    return _PLACE.sub(" ", HERE.sub(" ", re.sub(r"[^\w\s]+", " ", plain)))


def _words(plain: str) -> set[str]:
    return {word for word in plain.split() if word.isalpha() and len(word) > 1} - _NO_NAMES
