"""What the lines above a table of a document say of all of it: that it is of planned figures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from soket.intake.table.planned_titles import says_planned
from soket.reading.findings import Content, Table
from soket.text import fold

_LINES, _LONGEST = 4, 160  # above a table; characters of a title
_OF_RESULTS = re.compile(r"\b(?:ket qua|thuc hien)\b")
_OF_A_TABLE = re.compile(r"(?:phu luc|bieu|bang)\b")
_GOES_ON = re.compile(r"^\W*tiep\b|\btiep theo\W*$")


def titles_above(content: Content) -> Iterator[tuple[Table, tuple[str, ...]]]:
    """Yield a document's tables with the lines above each, the nearest first; a table may go on in the next."""
    titles: tuple[str, ...] = ()
    before = 0
    for table in content.tables:
        above = content.paragraphs[max(before, table.first - _LINES) : table.first]
        if not before or not all(_GOES_ON.search(fold(text)) for text in above):
            titles = tuple(reversed(above))
        yield table, titles
        before = table.after


def planned_by(titles: Sequence[str]) -> str:
    """Return which of the lines above a table says that it was planned; "" for none.

    Above a line that speaks of what was done, only a table's own title counts: a section's is of other things, too.
    """
    among_sections = True
    for text in titles:
        if len(text) > _LONGEST:
            break
        if says_planned(text) and (among_sections or _OF_A_TABLE.match(fold(text))):
            return text
        among_sections = among_sections and not _OF_RESULTS.search(fold(text))
    return ""
