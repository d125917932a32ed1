"""What the lines above a table of a document say of it: its unit of measure, that it was planned, of a part alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from soket.intake.table.around import is_a_title
from soket.intake.table.captions import speaks_of_units
from soket.intake.table.owners import owner_in
from soket.intake.table.planned_titles import says_planned
from soket.narrative.quantities.measures import MEASURED_IN
from soket.reading.findings import Content, Table
from soket.text import flat, fold, nfc

LONGEST_CAPTION, NEAR = 160, 2  # characters; paragraphs from the table
_LINES, _LONGEST = 4, 160  # above a table; characters of a title
_CAPTION = "don vi:"
_IS_A_NOTE = re.compile(rf"\(|\*|\W*(?:ghi chu|luu y|{MEASURED_IN})\b")
_OF_WHAT_FOLLOWS = re.compile(r"\b(?:duoi|sau) day\b")
_OF_RESULTS = re.compile(r"\b(?:ket qua|thuc hien)\b")
_OF_A_TABLE = re.compile(r"(?:phu luc|bieu|bang)\b")
# Who has a part of a unit's figures, before a name: "Khu du lịch Xuân Thành", "TẠI KHÁCH SẠN BÌNH MINH".
_SITE = re.compile(
    r"(?P<of>\b(?:của|tại|thuộc)\s+)?\b(?:khu (?:du lịch|nghỉ dưỡng|di tích|sinh thái|vui chơi)|điểm (?:du lịch|đến)|"
    r"khách sạn|nhà nghỉ|resort|homestay|công ty|doanh nghiệp|hợp tác xã|htx|bãi (?:biển|tắm)|thôn|làng|chùa|đền)"
    r"(?P<name>(?: \w+){1,4})",
    re.IGNORECASE,
)
_NO_NAME = re.compile(r" (?:nam|giai|tu|theo|tren|trong|va|duoc|cua|cac|toan|o|quoc gia|nghe)\b")
_WHOLE = re.compile(r"\b(?:toan|tren dia ban|trong) (?:huyen|thi xa|thanh pho|dia ban)\b|\btren dia ban$")
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


def planned_title(titles: Sequence[str]) -> str:
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


def is_of_a_part(titles: Sequence[str]) -> bool:
    """Return whether a line above a table says that it is of no whole unit: of a resort, a commune, the province."""
    named = [text for text in titles if len(text) <= _LONGEST]
    owners = [owner for text in named if (owner := owner_in(text))]
    return any(owner.is_a_commune or owner.kind == "tinh" for owner in owners) or any(map(_names_a_site, named))


def _names_a_site(text: str) -> bool:
    for match in _SITE.finditer(nfc(text)):
        if not _NO_NAME.match(fold(f"x{match['name']}")[1:]):
            capitals = [word for word in match["name"].split() if word[0].isupper()]
            if match["of"] or any(not word.isupper() for word in capitals):
                return True
    return False


def is_of_a_whole(titles: Sequence[str]) -> bool:
    """Return whether a line above a table says that it is of all that a unit reports on."""
    named = [text for text in titles if len(text) <= _LONGEST]
    return any(_WHOLE.search(fold(text)) or owner_in(text) for text in named) and not is_of_a_part(titles)


def lines_above(content: Content, table: Table) -> Sequence[str]:
    """Return the lines right above a table, the last of them the nearest, from its own title on.

    A line before a title may be a note of the table above. Where there is none near, the lines before that count which
    plainly speak of what is below: in brackets, as a caption does, or in so many words.
    """
    before = max((each.after for each in content.tables if each.after <= table.first), default=-NEAR)
    near = range(max(table.first - NEAR, 0), table.first)
    first = max((at for at in near if is_a_title(content.paragraphs[at])), default=near.start)
    above = content.paragraphs[max(table.first - _LINES, before + NEAR, 0) : first]
    return (*filter(_plainly_of_what_follows, above), *content.paragraphs[first : table.first])


def lines_below(content: Content, table: Table) -> Sequence[str]:
    """Return the lines right below a table, up to the title of another, and what plainly is a note after those."""
    below = tuple(takewhile(lambda text: not is_a_title(text), content.paragraphs[table.after :][:_LINES]))
    return (*below[:NEAR], *(text for text in below[NEAR:] if _IS_A_NOTE.match(fold(text))))


def _plainly_of_what_follows(text: str) -> bool:
    return _IS_A_NOTE.match(fold(text)) is not None or _OF_WHAT_FOLLOWS.search(fold(text)) is not None


def is_a_caption(text: str) -> bool:
    """Return whether a line may be one that states the unit of measure of the table below it."""
    return len(text) <= LONGEST_CAPTION and states_units(text)


def states_units(text: str) -> bool:
    """Return whether a line says of itself that it states units of measure, as it may above a table."""
    return _CAPTION in flat(text) or speaks_of_units(text)
