"""The clauses of a sentence that each say something of their own: causes and deeds in a row, what is asked besides."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum, auto
from typing import NamedTuple

from soket.narrative.sentences.causes import OF_A_SIDE, OF_SUCCESS, SOME, is_cause, of_success, side_in
from soket.narrative.sentences.pieces import ADDING, ASKING, GOING_ON, MEANWHILE, OVER_ALL, TURNING, label_of
from soket.narrative.sentences.stops import enclosed, lies_in
from soket.text import flat

_NUMERAL = r"\((\d{1,2}|[ivx]{1,4}|[a-h])\) "
_FIRST = frozenset({"1", "01", "i", "a"})
_SIDE = r"(?:nguyen nhan )?(?:khach quan|chu quan)"
# On folded text, where a clause ends and the next one begins.
_PARTING = re.compile(
    rf";\s+|(?<!^)(?={_NUMERAL})|,\s+(?=(?:{flat(OVER_ALL)}|mat khac)\b)"
    rf"|,\s+(?={_SIDE}: )|,?\s+(?=(?:con|va) {_SIDE}(?: (?:la|do)\b|: ))"
)
_NUMERAL_BEFORE = re.compile(rf"(?:{_NUMERAL})+(?=\S)")
_LINK = re.compile(rf"(?:{_NUMERAL}|(?:(?!ben canh do,? (?:van|con)\b)(?:{flat(ADDING)}|va)\b,?\s+))+(?=\S)")
_FIRST_BEFORE = re.compile(r"\((?:0?1|i|a)\) $")
_COUNTS_ON = re.compile(r" \((?:0?2|ii|b)\) ")
_CONTRAST = re.compile(
    rf"(?:bên cạnh đó,? (?=vẫn còn|còn|vẫn)|{TURNING}|(?P<kept>riêng|duy chỉ|duy có))\b,?\s*", re.IGNORECASE
)
_REQUEST = re.compile(rf"(?:{flat(ASKING)}|de xuat)\b")
_GOES_ON = re.compile(rf"(?:{flat(GOING_ON)}|{flat(MEANWHILE)})\b")
# "Những hạn chế trên xuất phát từ nhiều nguyên nhân, trong đó: …"
_CAUSE = re.compile(
    r"(?:(?:mot so|nhung|cac) )?(?:nguyen nhan\b(?P<label>[^:;,.]{0,60}:\s+)?"
    r"|(?:ton tai|han che|khuyet diem|yeu kem)\b[^:;.]{0,80}\bnguyen nhan\b(?P<of_all>[^:;.]{0,60}:\s+))"
    r"|so di (?:con |co |xay ra |de xay ra )?(?:(?:nhung|cac|mot so) )?(?:ton tai|han che|khuyet diem|yeu kem)\b"
    r"[^:;.,]{0,40} do\b"
)
_PIECE = re.compile(r",\s+|\s+va\s+")


class Opens(Enum):
    """What a clause begins with, and so what it is to the one before it."""

    PLAINLY = auto()
    CONTRAST = auto()  # "tuy nhiên, …"
    REQUEST = auto()  # "đề nghị …"
    APART = auto()  # it goes on with none, whatever it is about
    ON = auto()  # "trong đó …": it says nothing without the one before it


class Clause(NamedTuple):
    """A clause as it stands in its sentence, without what links it to the one before.

    `cause` is what it is said to be a cause of, and whose, as `causes` has it; None where it is not said to be one.
    """

    start: int
    end: int
    opens: Opens
    cause: str | None


def clauses(sentence: str, cause: str | None = None) -> list[Clause]:
    """Return the clauses of a sentence, in order; `cause` is what its heading says that it tells of."""
    plain = flat(sentence)
    found = []
    for start, end in _parts(plain):
        at = _past(_NUMERAL_BEFORE if start == 0 else _LINK, plain, start, end)
        if side := OF_A_SIDE.match(plain, at, end):
            cause, at = side["side"], side.end()
        elif of_success(sentence[at:end]):
            cause = OF_SUCCESS
        elif named := _CAUSE.match(plain, at, end):
            label = named["label"] or named["of_all"]
            cause = side_in(label) if label else cause if is_cause(cause) else SOME
            at = named.end() if label else at
        at = _past(_NUMERAL_BEFORE, plain, at, end)
        opens, at = _opening(sentence, plain, at, end)
        found.append(Clause(at, end, opens, None if opens is Opens.REQUEST else cause))  # who is asked is no cause
    return found


def counted_from(sentence: str, start: int, end: int) -> int:
    """Return where a part of a sentence begins if it counts on: with the "(1)" before it, where "(2)" is in it."""
    first = _FIRST_BEFORE.search(sentence, 0, start)
    return first.start() if first and _COUNTS_ON.search(sentence, start, end) else start


def cuts(sentence: str) -> Iterator[str]:
    """Yield the texts that parts of a sentence may have, from where one begins to where that or a later one ends."""
    told = clauses(sentence)
    every = [*told, *(piece for each in told for piece in pieces(sentence, each))]
    begins = {label_of(sentence)[1], *(each.start for each in every)}
    starts = begins | {counted_from(sentence, each, len(sentence)) for each in begins}
    for start in sorted(starts):
        yield from (sentence[start:end] for end in sorted({each.end for each in every}) if end > start)


def pieces(sentence: str, clause: Clause) -> Iterator[Clause]:
    """Yield the parts of a clause that lists causes with commas."""
    plain = flat(sentence)
    inside = [*enclosed(sentence)]
    start = clause.start
    for comma in _PIECE.finditer(plain, clause.start, clause.end):
        if not lies_in(comma.start(), inside):
            yield clause._replace(start=start, end=comma.start())
            start = comma.end()
    yield clause._replace(start=start)


def _past(lead: re.Pattern[str], plain: str, at: int, end: int) -> int:
    """Return where a clause goes on after what leads it in."""
    found = lead.match(plain, at, end)
    return found.end() if found else at


def _parts(plain: str) -> Iterator[tuple[int, int]]:
    inside = [*enclosed(plain)]
    numerals = [each[1] for each in re.finditer(_NUMERAL, plain) if not lies_in(each.start(), inside)]
    listed = len(numerals) > 1 and numerals[0] in _FIRST and len({*numerals}) == len(numerals)
    start = 0
    for mark in _PARTING.finditer(plain):
        if lies_in(mark.start(), inside) or (mark[1] and not listed):
            continue
        if plain[start : mark.start()].strip(" :") and not plain[start : mark.start()].rstrip().endswith(":"):
            yield start, len(plain[: mark.start()].rstrip(" ;,"))
            start = mark.end()
    yield start, len(plain)


def _opening(sentence: str, plain: str, at: int, end: int) -> tuple[Opens, int]:
    if _GOES_ON.match(plain, at, end):
        return Opens.ON, at
    if contrast := _CONTRAST.match(sentence, at, end):
        return Opens.CONTRAST, at if contrast["kept"] else contrast.end()
    return (Opens.REQUEST if _REQUEST.match(plain, at, end) else Opens.PLAINLY), at
