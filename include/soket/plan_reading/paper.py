"""A plan on paper, part by part: letterhead, title, opening, numbered passages, who gets it, who signs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import takewhile, zip_longest

from soket.narrative.sentences.marks import BULLETS
from soket.narrative.sentences.prose import sentences
from soket.plan_reading.figure_tables import FigureTable, figure_table
from soket.plan_reading.passages import Passage, rows_of, with_labels_joined
from soket.plan_reading.when import dates_in
from soket.reading.findings import Content
from soket.text import flat, nfc, quoted

_TITLES = (
    re.compile(r"KẾ HOẠCH\b[\s:]*(?P<rest>.*)", re.DOTALL),
    re.compile(r"(?:HƯỚNG DẪN|CHƯƠNG TRÌNH|PHƯƠNG ÁN|THÔNG BÁO|CHỈ THỊ)\b[\s:]*(?P<rest>.*)", re.DOTALL),
)
# A letter has no title: what it is about stands under its number, and whom it is to before its text.
_ABOUT = re.compile(r"(?<!\w)[Vv]/[Vv]\b[\s:]*(?P<rest>.*)", re.DOTALL)
_TO = re.compile(r"Kính gửi\s*:?\s*(?P<rest>.*)", re.DOTALL)
_AS_ABOVE = re.compile(r"(?:nhu|cac noi) (?:tren|kinh gui)\b")
_MARKS = (
    re.compile(r"(?:Phần\s+)?(?P<number>[A-HĐK])\s*[./)–-]\s+(?P<text>.*)", re.DOTALL),
    re.compile(
        r"(?:Phần\s+|Mục\s+|Chương\s+)?(?![Vv]/[Vv]\b)(?P<number>[IVXL]+)\s*[.)/:–-]+\s*(?P<text>.*)", re.DOTALL
    ),
    re.compile(r"(?P<number>\d{1,2}(?:\.\d{1,2})*)(?:\s*[.)/:]+\s*|\s?[-–]\s+)(?![\d/])(?P<text>.*)", re.DOTALL),
    re.compile(r"(?P<number>[a-zđ])\s*[.)]+\s*(?P<text>.*)", re.DOTALL),
)
_RULE = re.compile(r"[\W_]*")  # a line of dashes, stars
_EMPHASIS = re.compile(r"\*{1,2}(?=\S)|(?<=\S)\*{1,2}")  # left by a text that was no Word document
_CLOSING = re.compile(r"noi nhan\b")
_SIGNED = re.compile(r"(?:t/?m|k/?t|t/?l|t/?uq)\b\.?\s*\S")
_OUTLINE = re.compile(r"(?:phu luc[^:]*:?\s*)?de cuong\b")
_HEADING = 90  # characters of a heading that says nothing by itself


@dataclass(frozen=True)
class Paper:
    """A plan as issued."""

    letterhead: tuple[str, ...] = ()
    title: str = ""
    opening: tuple[Passage, ...] = ()
    body: tuple[Passage, ...] = ()
    recipients: tuple[str, ...] = ()
    signature: tuple[str, ...] = ()
    outline: tuple[str, ...] = field(default=())  # headings of an outline that is attached
    tables: tuple[FigureTable, ...] = ()  # of figures, that are attached


def paper_of(content: Content) -> Paper:
    """Return the parts of a document that is a plan; without a title, all of it is body."""
    lines = [_clean(each) for each in content.paragraphs]
    tasks = [rows_of(table, lines) for table in content.tables]
    figures = [
        None if rows else figure_table(table, content.paragraphs)
        for table, rows in zip(content.tables, tasks, strict=True)
    ]
    inside = {
        index
        for table, *read in zip(content.tables, tasks, figures, strict=True)
        if any(read)
        for index in range(table.first, table.after)
    }
    kept = _whole([(index, line) for index, line in enumerate(lines) if line and index not in inside])
    above, start, title = _title(kept) or (0, 0, "")
    addressees: tuple[str, ...] = ()
    if not title:
        above, start, title, addressees = _letter(kept)
    closing = next((at for at in range(start, len(kept)) if _CLOSING.match(flat(kept[at]))), len(kept))
    signed = next((at for at in range(start, len(kept)) if _SIGNED.match(flat(kept[at]))), len(kept))
    end = min(closing, signed)
    after = next((at for at in range(end, len(kept)) if _OUTLINE.match(flat(kept[at]))), len(kept))
    opening, body = _passages(kept[start:end])
    return Paper(
        letterhead=tuple(kept[:above]),
        title=title,
        opening=tuple(opening),
        body=(*with_labels_joined(body), *(passage for rows in tasks for passage in rows)),
        recipients=tuple(
            each
            for said in _recipients(kept[closing:after])
            for each in (addressees if addressees and _AS_ABOVE.match(flat(said)) else (said,))
        ),
        signature=tuple(kept[signed : min(signed + 6, after)]),
        outline=tuple(_attached(kept[after + 1 :])),
        tables=tuple(filter(None, figures)),
    )


def _clean(line: str) -> str:
    text = "".join(filter(str.isprintable, " ".join(nfc(line).split())))
    return "" if _RULE.fullmatch(text) else _EMPHASIS.sub("", text)


def _whole(lines: Sequence[tuple[int, str]]) -> list[str]:
    """Return the paragraphs, with those that were broken in two joined again."""
    found: list[str] = []
    for _, line in lines:
        begins = line[0].islower() and _mark(line) is None
        if found and begins and not found[-1].endswith((".", ";", ":", "/")) and len(found[-1]) > _HEADING:
            found[-1] = f"{found[-1]} {line}"
        else:
            found.append(line)
    return found


def _title(lines: Sequence[str]) -> tuple[int, int, str] | None:
    """Return where the title begins, where the text after it does, and the title; None where there is none."""
    titled = (
        (index, match) for title in _TITLES for index, line in enumerate(lines[:40]) if (match := title.match(line))
    )
    index, match = next(titled, (0, None))
    return (index, *_words(lines, index + 1, match["rest"])) if match else None


def _words(lines: Sequence[str], at: int, first: str) -> tuple[int, str]:
    """Return where the text after a title begins, and the title, of which the rest of its first line is given."""
    words = [first] if first else []
    while at < len(lines) and (not words or lines[at].isupper() or lines[at][0].islower()):
        if _mark(lines[at]) is not None:
            break
        words.append(lines[at])
        at += 1
    return at, " ".join(words)


def _letter(lines: Sequence[str]) -> tuple[int, int, str, tuple[str, ...]]:
    """Return of a letter where what stands above its text ends, where that begins, what it is about, whom it is to."""
    to = next(((index, match) for index, line in enumerate(lines[:40]) if (match := _TO.match(line))), None)
    about = next(((index, match) for index, line in enumerate(lines[:40]) if (match := _ABOUT.search(line))), None)
    if to is None or about is None:
        return 0, 0, "", ()
    index, match = to
    addressees, at = [match["rest"]] if match["rest"] else [], index + 1
    while at < len(lines) and lines[at].startswith(BULLETS):
        addressees.append(lines[at].lstrip("".join(BULLETS) + " "))
        at += 1
    below = takewhile(lambda line: line[0].islower(), lines[about[0] + 1 : index])  # not the other half of its head
    title = " ".join((about[1]["rest"], *below))
    return index, at, title, tuple(each.rstrip(" .;,") for each in addressees)


def _mark(line: str) -> tuple[int, str, str] | None:
    """Return how deep a paragraph's number is, the number, and the text after it."""
    for depth, pattern in enumerate(_MARKS):
        if match := pattern.fullmatch(line):
            return depth, match["number"], match["text"]
    return None


def _passages(lines: Sequence[str]) -> tuple[list[Passage], list[Passage]]:
    """Return the paragraphs before the first number, and those from it on."""
    opening: list[Passage] = []
    body: list[Passage] = []
    path: list[tuple[int, str, str]] = []  # depth, number, heading
    led: dict[int, str] = {}  # by depth: what leads to a list
    dashes = 0
    if not any(map(_mark, lines)):
        return _unnumbered(lines)
    for line in lines:
        mark = _mark(line)
        if mark is None and not path:
            opening.append(Passage("Phần mở đầu", line))
            if any(when.deadline for when in dates_in(line)):  # no mere basis
                body.append(opening[-1])
            continue
        if mark is not None:
            depth, number, text = mark
            path = [each for each in path if each[0] < depth or number.startswith(f"{each[1]}.")]
            path.append((depth, number, text if len(text) <= 2 * _HEADING else quoted(text, _HEADING)))
            dashes = 0
            led = {at: sentence for at, sentence in led.items() if at < depth}
            if text:
                above = tuple(each[2] for each in path[:-1])
                body.append(Passage(_place(path), text, above, led=next(reversed(led.values()), "")))
            if text.endswith(":"):
                led[depth] = [*sentences(text)][-1]
            continue
        place, text = _place(path), line
        if line.startswith(BULLETS):
            dashes += 1
            place, text = f"{place}, gạch đầu dòng {dashes}", line.lstrip("".join(BULLETS) + " ")
        body.append(Passage(place, text, tuple(each[2] for each in path), led=next(reversed(led.values()), "")))
    return opening, body


def _unnumbered(lines: Sequence[str]) -> tuple[list[Passage], list[Passage]]:
    """Return what a paper without numbers begins with, up to the paragraph that leads to the others, and those."""
    first = next((at for at, line in enumerate(lines, 1) if line.endswith(":")), 1)
    opening = [Passage("Phần mở đầu", line) for line in lines[:first]]
    return opening, [
        Passage(f"Đoạn {number}", line.lstrip("".join(BULLETS) + " ")) for number, line in enumerate(lines[first:], 1)
    ]


def _place(path: Sequence[tuple[int, str, str]]) -> str:
    numbers = [number for _, number, _ in path]
    # "3.1" says itself that it is of "3"
    return "Mục " + ".".join(
        number for number, below in zip_longest(numbers, numbers[1:]) if not (below or "").startswith(f"{number}.")
    )


def _recipients(lines: Sequence[str]) -> Iterator[str]:
    first = re.sub(r"^Nơi nhận\s*:?\s*", "", lines[0]) if lines else ""
    *several, first = re.split(r"(?<=[;,.])\s+(?=[-–]\s)", first)  # lines of one paragraph
    for line in filter(None, (*several, first, *lines[1:])):
        if not line.startswith(BULLETS):
            if line != first:
                return
            continue
        yield line.lstrip("".join(BULLETS) + " ").rstrip(" ,;./")


def _attached(lines: Sequence[str]) -> Iterator[str]:
    """Yield the main headings of an outline."""
    marks = [mark for line in lines if (mark := _mark(line)) is not None and mark[2]]
    top = min((mark[0] for mark in marks), default=0)
    yield from (mark[2].rstrip(" .:") for mark in marks if mark[0] == top)
