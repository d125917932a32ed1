"""The parts of an official paper as its reader tells them: head, number, kind, text, signature, annexes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import dropwhile, takewhile
from typing import Any

from soket.reading.looks import InTable, LaidOut, LookedAt
from soket.text import fold

DASHES = re.compile(r"[-–—_]{3,}")
_TITLES = ("dang cong san viet nam", "cong hoa xa hoi chu nghia viet nam")
_STATE = _TITLES[1]
_NUMBER = re.compile(r"số\s*:?[\s\d.…_/-]", re.IGNORECASE)
_DATE = re.compile(r"ngày.{1,20}tháng.{1,12}năm", re.IGNORECASE)
_FULL_DATE = re.compile(r"tháng\s*(\d{1,2})\s*năm\s*(\d{4})", re.IGNORECASE)
_ANNEX = re.compile(r"phụ lục(?:\s+(?P<number>[IVXLC]+|\d+)(?:[.\d]*))?\s*[.:]?", re.IGNORECASE)
_AUTHORITY = re.compile(r"(?:T/?M|K/?T|T/?L|TUQ|T/UQ|Q)\b[./]?\s*(?=\w)")
BLANK = re.compile(r"[\s.…_]*")


@dataclass(frozen=True)
class Signed:
    """The block of whoever signs."""

    authority: LookedAt | None
    post: LookedAt | None
    room: int  # lines left free below the post
    name: LookedAt | None  # None where the name is still to be written
    lines: tuple[LookedAt, ...]


@dataclass(frozen=True)
class Anatomy:
    """A paper's parts, each None or empty where it is not found."""

    titles: tuple[LookedAt, ...] = ()
    agencies: tuple[LookedAt, ...] = ()
    star: LookedAt | None = None
    number: LookedAt | None = None
    under_number: tuple[LookedAt, ...] = ()  # a letter's abstract
    place_date: LookedAt | None = None
    kind: LookedAt | None = None
    abstract: tuple[LookedAt, ...] = ()
    parting: LookedAt | None = None  # what stands below the abstract
    text: tuple[LookedAt, ...] = ()  # outside tables, up to the signature
    label: LookedAt | None = None  # "Nơi nhận"
    recipients: tuple[LookedAt, ...] = ()
    signed: Signed | None = None
    annexes: tuple[tuple[LookedAt, ...], ...] = ()  # the lines above each annex
    head_ruled: bool = False  # a line stands below the titles, and below the agency
    last: LookedAt | None = None  # of the text
    ends_in_table: bool = False
    tables: tuple[int, ...] = field(default=())  # those that are the form's own: head and foot

    @property
    def is_state(self) -> bool:
        """Whether it stands under the state's title."""
        return bool(self.titles) and fold(self.titles[0].text) == _STATE

    @property
    def is_letter(self) -> bool:
        """Whether it is a công văn, which has no name of its kind."""
        return self.kind is None and (bool(self.under_number) or any(_is_greeting(each) for each in self.text[:3]))

    @property
    def month(self) -> tuple[int, int] | None:
        """The year and month of its date."""
        found = _FULL_DATE.search(self.place_date.text) if self.place_date else None
        return (int(found[2]), int(found[1])) if found and 1 <= int(found[1]) <= 12 else None


def dissect(paper: LaidOut) -> Anatomy:
    """Return the parts of a paper."""
    lines = paper.paragraphs
    title = next((each for each in lines[:40] if fold(each.text) in _TITLES), None)
    label = next((each for each in reversed(lines) if fold(each.text).rstrip(":. ") == "noi nhan"), None)
    head = _table_of(title, lines)
    foot = _table_of(label, lines)
    above = max((each.number for each in head), default=title.number if title else -1)
    below = min((each.number for each in foot), default=label.number if label else 1 << 60)
    after = max((each.number for each in foot), default=1 << 60)
    body = [each for each in lines if above < each.number < below]
    left, right = _halves(title, head, lines)
    kind, abstract, parting, text = _named([each for each in body if each.cell is None])
    said = [each for each in text if each.text.strip()]
    written = [each for each in body if each.text.strip()]
    annexes = tuple(_annexes(each for each in lines if each.number > after and each.cell is None))
    if not label:
        annexes = tuple(_annexes(each for each in lines if each.number > above and each.cell is None))
    return Anatomy(
        titles=_titles(title, right),
        **_left(left),
        place_date=next((each for each in (*right, *left) if _DATE.search(each.text)), None),
        kind=kind,
        abstract=abstract,
        parting=parting,
        text=tuple(said),
        label=label,
        recipients=_recipients(label, foot, lines),
        signed=_signed(label, foot),
        annexes=annexes,
        head_ruled=any(each.ruled or each.drawn for each in right) and any(each.ruled or each.drawn for each in left),
        last=said[-1] if said else None,
        ends_in_table=bool(written) and written[-1].cell is not None,
        tables=tuple(each.cell.table for each in (title, label) if each and each.cell),
    )


def _table_of(line: LookedAt | None, lines: Iterable[LookedAt]) -> list[LookedAt]:
    if line is None or line.cell is None:
        return []
    return [each for each in lines if each.cell and each.cell.table == line.cell.table]


def _halves(
    title: LookedAt | None, head: list[LookedAt], lines: Iterable[LookedAt]
) -> tuple[list[LookedAt], list[LookedAt]]:
    """Return the head's lines of the issuer, and those of the title."""
    if title is None:
        return [], []
    if title.cell is None:
        near = [each for each in lines if abs(each.number - title.number) < 12 and each.cell is None]
        return [each for each in near if _NUMBER.match(each.text.strip())], [title, *(n for n in near if n != title)]
    middle = title.cell.column
    placed: list[tuple[LookedAt, InTable]] = [(each, each.cell) for each in head if each.cell]
    return [each for each, at in placed if at.column < middle], [each for each, at in placed if at.column >= middle]


def _titles(title: LookedAt | None, right: list[LookedAt]) -> tuple[LookedAt, ...]:
    if title is None:
        return ()
    if fold(title.text) != _STATE:
        return (title,)
    return (title, *[each for each in right if fold(each.text).startswith("doc lap")][:1])


def _left(left: list[LookedAt]) -> dict[str, Any]:
    """Return what the lines of the issuer are."""
    number = next((each for each in left if _NUMBER.match(each.text.strip() + " ")), None)
    first = left[0].cell.row if left and left[0].cell else 0
    above = [
        each
        for each in left
        if (each.number < number.number if number else each.cell is not None and each.cell.row == first)
    ]
    under = [each for each in left if each not in above and each is not number and each.text.strip()]
    return {
        "number": number,
        "agencies": tuple(each for each in above if each.text.strip(" *") and not DASHES.fullmatch(each.text.strip())),
        "star": next((each for each in above if each.text.strip() == "*"), None),
        "under_number": tuple(each for each in under if not fold(each.text).startswith("du thao")),
    }


def _named(
    body: list[LookedAt],
) -> tuple[LookedAt | None, tuple[LookedAt, ...], LookedAt | None, list[LookedAt]]:
    """Return the kind, the abstract and what parts it from the text, and the text."""
    rest = list(dropwhile(lambda each: not each.text.strip(), body))
    if not rest or not rest[0].text.strip().isupper() or rest[0].align != "center" or _is_greeting(rest[0]):
        return None, (), None, rest
    kind, rest = rest[0], rest[1:]
    abstract = list(
        takewhile(
            lambda each: (
                each.align == "center"
                and each.text.strip()
                and not DASHES.fullmatch(each.text.strip())
                and not _is_greeting(each)
            ),
            rest,
        )
    )
    rest = rest[len(abstract) :]
    parting = rest[0] if rest and (DASHES.fullmatch(rest[0].text.strip()) or _is_rule(rest[0])) else None
    return kind, tuple(abstract), parting, rest[1:] if parting else rest


def _is_rule(line: LookedAt) -> bool:
    return not line.text.strip() and (line.ruled or line.drawn)


def _is_greeting(line: LookedAt) -> bool:
    return fold(line.text).startswith("kinh gui")


def _recipients(label: LookedAt | None, foot: list[LookedAt], lines: Iterable[LookedAt]) -> tuple[LookedAt, ...]:
    if label is None:
        return ()
    if label.cell:
        beside = [each for each in foot if each.cell and each.cell.column == label.cell.column]
    else:
        beside = list(lines)
    after = [each for each in beside if each.number > label.number and each.text.strip()]
    return tuple(takewhile(lambda each: each.text.strip()[0] in "-–", after))


def _signed(label: LookedAt | None, foot: list[LookedAt]) -> Signed | None:
    if label is None or label.cell is None:
        return None
    column = label.cell.column
    lines = [each for each in foot if each.cell and each.cell.column != column]
    if not lines:
        return None
    said = [each for each in lines if each.text.strip()]
    authority = next((each for each in said if _AUTHORITY.match(each.text.strip())), None)
    rest = [each for each in said if authority is None or each.number > authority.number]
    posts = [each for each in rest if BLANK.fullmatch(each.text) or each.text.strip().isupper()]
    post = posts[0] if posts else None
    after = [each for each in lines if post and each.number > post.number]
    named = next((each for each in after if each.text.strip()), None)
    room = len(list(takewhile(lambda each: not each.text.strip(), after)))
    name = named if named and not BLANK.fullmatch(named.text) else None
    return Signed(authority, post, room, name, tuple(lines))


def _annexes(lines: Iterable[LookedAt]) -> Iterator[tuple[LookedAt, ...]]:
    """Yield the lines above each annex: its number, its name, what it is an annex of."""
    kept = [each for each in lines if each.text.strip()]
    for index, each in enumerate(kept):
        if annex_number(each) is not None and each.align == "center":
            rest = takewhile(lambda one: one.align == "center" and annex_number(one) is None, kept[index + 1 :])
            yield (each, *rest)


def annex_number(line: LookedAt) -> str | None:
    """Return the number of an annex that a line begins, '' where it has none; None where it begins none."""
    found = _ANNEX.fullmatch(line.text.strip())
    return None if found is None else found["number"] or ""
