"""Headings: which parts of a document may open a section, and how each is numbered.

A heading may be a paragraph of its own, run over two, or stand in a paragraph with others or with the text below it.
So it is a stretch between two spots, each a paragraph and how far into it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from itertools import islice, pairwise

from soket.narrative.sentences.marks import BULLETS, COUNTED_UP, ORDINALS, depth_of, lead_of
from soket.narrative.sentences.stops import CAPITALS, NUMBER
from soket.text import fold

Spot = tuple[int, int]
"""A paragraph's index, and an offset into it."""

_LONGEST = 250
_LONGEST_UNNUMBERED = 100
_LONGEST_REST = 120  # of what a heading's second line holds

_LABEL = rf"(?P<label>phan|muc|chuong)\s+(?:thu\s+)?(?P<ordinal>{'|'.join(ORDINALS)}|{NUMBER})"
_MARK = r"\s*[.):/|–-]+"
# On folded text: "I.", "II.1)", "3.", "a)", "Phần II:", "Phần thứ nhất", "Mục 2 -"
_NUMBERED = re.compile(rf"(?:{_LABEL}(?:{_MARK}\s*|\s+)|(?P<number>{NUMBER}){_MARK}\s*)(?P<title>.+)")
_BARE = re.compile(rf"(?:{_LABEL}|(?P<number>{NUMBER}))(?:{_MARK})?\s*")
_COUNTED_UP = re.compile(rf"{COUNTED_UP}(?P<title>.+)")
_LETTERED = re.compile(r"[A-H][.)/:–-]")  # but for I, V, X and L these are no Roman numbers
_ROMAN_ALONE = re.compile(rf"(?P<number>[IVXL]+)\s+(?P<title>[{CAPITALS}].+)")
# Where another heading may begin inside a paragraph, on text as written.
_INNER = re.compile(rf"(?<!\S)(?:[IVXL]+|\d{{1,2}}(?:\.\d{{1,2}})*|[a-zđ])[.)/]+\s+(?=[{CAPITALS}])")
_CAPITAL = re.compile(rf"\s(?=[{CAPITALS}][^\W\d_{CAPITALS}])")  # after a line break that its reader made a space
_HEAD_END = re.compile(r"(?<!\d)[.:](?:\s|$)")
_PAGE = re.compile(r"[\s.…_·]+\d{1,3}$")
_CONTENTS_LINE = re.compile(r"(?:[.…_·]\s?){3,}\s*\d{1,3}$")  # of a table of contents: "…… 12"

# What only a sentence has. Headings say "những việc đã làm được", so "đã" alone tells of nothing.
_SENTENCE = re.compile(
    r"\b(?:là|như sau|rất|vẫn|cho thấy|góp phần|đáng)\b|\d[\d.,]*\s*(?:%|(?:lượt|tỷ|tỉ|triệu|nghìn|người)\b)",
    re.IGNORECASE,
)
_TELLS_ON = re.compile(r":\s+(?:[^;]*;|(?:\S+\s+){3,}\S+[.;]$)")  # after the colon: "Các nguyên nhân: vốn ít; …"
_SENTENCE_UNNUMBERED = re.compile(r"\b(?:sẽ|đang|đều|còn|có|đã (?!đạt|làm))\b", re.IGNORECASE)
_DASHES = (*BULLETS, "(")
_NOTE_MARKS = re.compile(r"(?<=\S)[⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾]+|\[\d{1,3}\]")  # of notes


class Level(IntEnum):
    """How deep a heading's numbering is: a report's sections mostly share one."""

    PART = 0  # Phần thứ nhất
    ROMAN = 1
    ARABIC = 2
    DEEPER = 3  # 1.1, a)
    NONE = 4


@dataclass(frozen=True)
class Heading:
    """What may be a heading; `strict` where it must say just what the outline does to be one."""

    start: Spot
    end: Spot
    text: str
    title: str  # folded, without the number
    level: Level
    number: tuple[int, ...] = ()
    strict: bool = False
    shape: str = ""  # what shows one that is neither numbered nor bare: its bullet, "là" of "Hai là", or a colon

    @property
    def named(self) -> bool:
        """Whether it must be made of a section's names alone."""
        return self.shape != ""

    @property
    def depth(self) -> int | None:
        """How deep the number before it is; None where there is none."""
        return depth_of(self.text)


def headings(paragraphs: Sequence[str]) -> list[Heading]:
    """Return everything in a document that may be a heading, in its order; stretches may overlap."""
    return [
        heading
        for index in range(len(paragraphs))
        for heading in (*_alone(paragraphs, index), *_over_two(paragraphs, index), *_inside(paragraphs, index))
    ]


def contents_lines(paragraphs: Sequence[str]) -> set[int]:
    """Return the paragraphs of a table of contents: what follows its title, or ends in a page, and comes again."""
    found = set()
    last = {fold(text).strip(" .:"): index for index, text in enumerate(paragraphs)}
    titled = False
    for index, text in enumerate(paragraphs):
        plain = fold(text).strip(" .:")
        entry = _PAGE.sub("", plain).strip(" .:")
        comes_again = last.get(entry, -1) > index
        titled = plain == "muc luc" or (titled and comes_again)
        if comes_again and (titled or entry != plain):
            found.add(index)
    return found


@lru_cache(maxsize=128)  # of an outline
def number_of(text: str) -> tuple[int, ...]:
    """Return a section's number in figures: (2, 1) for "II.1"."""
    match = _BARE.fullmatch(fold(text))
    return _value(match["ordinal"] or match["number"]) if match else ()


@lru_cache(maxsize=128)
def level_of(text: str) -> Level:
    """Return how deep a section's number is."""
    match = _BARE.fullmatch(fold(text))
    return _level(match["label"], match["ordinal"] or match["number"]) if match else Level.NONE


def _alone(paragraphs: Sequence[str], index: int) -> Iterator[Heading]:
    if heading := _read(paragraphs[index], (index, 0), (index + 1, 0)):
        yield heading


def _over_two(paragraphs: Sequence[str], index: int) -> Iterator[Heading]:
    """Yield a heading whose second line is the next paragraph: a table row's next cell, or the rest of its words."""
    first, rest = paragraphs[index], "".join(paragraphs[index + 1 : index + 2])
    if not rest or len(first) > _LONGEST or len(rest) > _LONGEST_REST or rest.startswith(_DASHES):
        return
    bare = _BARE.fullmatch(fold(first))
    if not bare and (_NUMBERED.fullmatch(fold(rest)) or not _goes_on(first, rest)):
        return
    joined = f"{first.rstrip('.): |')}. {rest}" if bare else f"{first} {rest}"
    if heading := _read(joined, (index, 0), (index + 2, 0)):
        yield heading


def _goes_on(first: str, rest: str) -> bool:
    """Return whether a line's words go on in the next."""
    if first.endswith((".", ";", ":")):
        return False
    return rest[0].islower() or (first.isupper() and rest.isupper()) or first.endswith((",", "-", "–", " và", " VÀ"))


def _inside(paragraphs: Sequence[str], index: int) -> Iterator[Heading]:
    """Yield numbered headings that share a paragraph with others, or with the text below them."""
    text = paragraphs[index]
    if len(text) <= _LONGEST and _CONTENTS_LINE.search(text):
        return
    starts = [match.start() for match in _INNER.finditer(text)]
    for start, end in pairwise([*starts, len(text)]):
        piece = text[start:end]
        ends = {end} if end - start <= _LONGEST else set()
        if body := _INNER.match(piece):
            stops = [
                *islice(_HEAD_END.finditer(piece, body.end()), 1),
                *islice(_CAPITAL.finditer(piece, body.end()), 4),
            ]
            ends.update(start + stop.end() for stop in stops)
        for stop_at in ends:
            if (start, stop_at) == (0, len(text)):
                continue
            after = (index + 1, 0) if stop_at == len(text) else (index, stop_at)
            if heading := _read(text[start:stop_at].strip(), (index, start), after, strict=True):
                yield heading


def _read(text: str, start: Spot, end: Spot, *, strict: bool = False) -> Heading | None:
    """Return a stretch as a possible heading: short, and numbered, in capitals, or not a sentence."""
    if len(text) > _LONGEST or _CONTENTS_LINE.search(text):
        return None
    folded = fold(_NOTE_MARKS.sub("", text))
    strict = strict or _SENTENCE.search(text) is not None or (":" in text and _TELLS_ON.search(text) is not None)
    if match := _NUMBERED.fullmatch(folded):
        number = match["ordinal"] or match["number"]
        title = match["title"].strip(" .:;,|")
        if _LETTERED.match(text):
            letter = Heading(start, end, text, title, Level.PART, (ord(number) - ord("a") + 1,), strict)
            return letter if title else None
        return (
            Heading(start, end, text, title, _level(match["label"], number), _value(number), strict) if title else None
        )
    if match := _ROMAN_ALONE.fullmatch(text):
        title = fold(match["title"]).strip(" .:;,")
        return Heading(start, end, text, title, Level.ROMAN, _value(match["number"].casefold()), strict=True)
    if len(text) > _LONGEST_UNNUMBERED and not text.isupper():
        return None
    if shape := _shape(text, folded):
        title = folded[len(lead_of(text)) :].strip(" .:;,") if shape != ":" else folded.strip(" .:;,")
        level = Level.DEEPER if shape == "là" else Level.NONE
        return Heading(start, end, text, title, level, shape=shape)
    if text.startswith(_DASHES):
        return None
    strict = strict or text.endswith((".", ";", ",")) or _SENTENCE_UNNUMBERED.search(text) is not None
    return Heading(start, end, text, folded.strip(" .:;,"), Level.NONE, strict=strict)


def _shape(text: str, folded: str) -> str:
    """Return what shows that a line may be a heading which is neither numbered nor bare: "* Kết quả:", "Kết quả:"."""
    if _COUNTED_UP.fullmatch(folded) and not text.endswith((".", ";")):
        return "là"
    if text.startswith(BULLETS) and not text.endswith((".", ";", ",")):
        return text[0]
    return ":" if text.endswith(":") and not text.startswith("(") else ""


def _level(label: str | None, number: str) -> Level:
    if label:
        return Level.PART
    if "." in number or re.fullmatch(r"[a-hj-uwyz]", number):
        return Level.DEEPER
    return Level.ARABIC if number.isdigit() else Level.ROMAN


def _value(number: str) -> tuple[int, ...]:
    """Return a number in figures; letters, which number points and no sections, have none."""
    if number in ORDINALS:
        return (ORDINALS[number],)
    values = [int(part) if part.isdigit() else _roman(part) for part in number.split(".")]
    return tuple(values) if all(values) else ()


def _roman(text: str) -> int:
    values = [{"i": 1, "v": 5, "x": 10, "l": 50}.get(letter, 0) for letter in text]
    if not all(values):
        return 0
    return sum(-here if here < after else here for here, after in zip(values, [*values[1:], 0], strict=True))
