"""What stands above a paragraph and goes for it: the line that leads into a list, its heading, what it counts in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from soket.narrative.quantities.measures import MEASURED_IN, SCALE
from soket.narrative.sentences.marks import BULLETS
from soket.narrative.sentences.stops import NUMBER
from soket.text import flat, nfc

_NUMBERED = re.compile(rf"\s*\(?{NUMBER}[.)/]\s+")
_BULLET = re.compile(rf"\s*[{re.escape(''.join(BULLETS))}]\s+")
_NOTE = re.compile(r"(?<!^)\((\d)\)(?=\s*(?:[:.;,]|$))")
_STARS = re.compile(r"\((\*+)\)")
_COUNTS_UP = re.compile(r"\((\d{1,2})\)")
_GLUED = re.compile(r"(?<=\w)\[[\d*]{1,3}\]")  # "5 lượt[2]"
_FOOT = re.compile(r"\s*\((\d)\) ")
_TITLE = 8  # lines above all headings
_LONGEST = 160  # letters of a heading
_LONGEST_NAME = 80  # letters of one without a number
_COUNTED_IN = re.compile(rf"\((?:{MEASURED_IN})\s*:?\s*((?:{SCALE})\b[^()]*)\)")


@dataclass(frozen=True)
class LeadIn:
    """What goes for a paragraph: words that it goes on from, and what numbers are counted in that have no measure.

    "nghìn lượt", without marks; "" for none.
    """

    words: str = ""
    counted_in: str = ""
    title: tuple[str, ...] = ()  # the lines above all headings
    before: str = ""  # the item before in the same list
    notes: frozenset[str] = frozenset()  # the marks of notes at the foot: "(2)"
    under: tuple[str, ...] = ()  # the headings that it stands under, the nearest last

    def marked(self, paragraph: str) -> str:
        """Return a paragraph with marks as no figure is written, of notes and of what it counts up: "[2]"."""
        plain = _STARS.sub(r"[\1]", _GLUED.sub(lambda mark: " " * len(mark[0]), paragraph))
        counted = [int(each) for each in _COUNTS_UP.findall(plain)]
        if len(counted) > 1 and counted == [*range(1, len(counted) + 1)]:  # "(1) …; (2) …"
            return _COUNTS_UP.sub(r"[\1]", plain)
        return _NOTE.sub(lambda mark: f"[{mark[1]}]" if mark[1] in self.notes else mark[0], plain)


def leads(paragraphs: Sequence[str]) -> Iterator[LeadIn]:
    """Yield what goes for each paragraph."""
    heading, counted_in = "", ""
    opened: dict[str, str] = {}  # the line that leads into a list, by the mark of its items
    under: dict[str, str] = {}  # headings, by how they are numbered
    last = before = ""
    lines = [nfc(each) for each in paragraphs]
    notes = frozenset(found[1] for line in lines if (found := _FOOT.match(line)))
    title = tuple(takewhile(lambda line: not _NUMBERED.match(flat(line)), lines[:_TITLE]))
    for paragraph in lines:
        mark = _mark(paragraph)
        if mark != last:
            # A mark that comes back goes on with its own list; a new one lists what the line before leads into.
            opened = {mark: opened[mark]} if mark in opened else {**opened, mark: ""} if mark else {}
        if not mark and _NUMBERED.match(flat(paragraph)):
            counted = _COUNTED_IN.search(flat(paragraph))
            heading = _plain(paragraph) if _is_heading(paragraph) else ""
            level = _level(paragraph)
            under = {each: under[each] for each in list(under)[: [*under, level].index(level)]}
            above_it = tuple(under.values())
            under |= {level: heading} if heading else {}
            counted_in = counted[1] if counted and heading else ""
            yield LeadIn(title=title, notes=notes, under=above_it)
        else:
            if not mark and _is_heading(paragraph) and len(paragraph) <= _LONGEST_NAME:
                under = {**{each: under[each] for each in under if each}, "": _plain(paragraph)}
            above = before if mark and mark == last else ""
            yield LeadIn(opened.get(mark) or heading, counted_in, title, above, notes, tuple(under.values()))
        if paragraph.rstrip().endswith(":"):
            following = _plain(paragraph).rstrip(": ")
            opened = {**opened, **{each: following for each in (*BULLETS, "") if each != mark}}
        last, before = mark, paragraph


def _level(paragraph: str) -> str:
    """Return how a line is numbered: "ii." as roman, "3." as a number, "1.2." as two of them."""
    number = _NUMBERED.match(flat(paragraph))
    return re.sub(r"[ivxl]+", "i", re.sub(r"\d+", "1", number[0].strip())) if number else ""


def _mark(paragraph: str) -> str:
    return found[0].strip() if (found := _BULLET.match(paragraph)) else ""


def _plain(paragraph: str) -> str:
    """Return a line without its bullet or number."""
    found = _BULLET.match(paragraph) or _NUMBERED.match(flat(paragraph))
    return paragraph[found.end() :].strip() if found else paragraph.strip()


def _is_heading(paragraph: str) -> bool:
    line = _COUNTED_IN.sub("", flat(paragraph)).strip()
    return len(line) <= _LONGEST and line[-1:] not in ".;:," and ": " not in line


def without_bullet(paragraph: str) -> int:
    """Return where a paragraph's words begin after its bullet."""
    found = _BULLET.match(paragraph)
    return found.end() if found else 0
