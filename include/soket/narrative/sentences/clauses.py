"""The clauses of a sentence that each say something of their own: causes and deeds in a row, what is asked besides."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum, auto
from typing import NamedTuple

from soket.narrative.sentences.pieces import ADDING, ASKING, GOING_ON, MEANWHILE, OVER_ALL, TURNING
from soket.narrative.sentences.stops import enclosed
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
_CONTRAST = re.compile(
    rf"(?:bên cạnh đó,? (?=vẫn còn|còn|vẫn)|{TURNING}|(?P<kept>riêng|duy chỉ|duy có))\b,?\s*", re.IGNORECASE
)
_REQUEST = re.compile(rf"(?:{flat(ASKING)}|de xuat)\b")
_GOES_ON = re.compile(rf"(?:{flat(GOING_ON)}|{flat(MEANWHILE)})\b")
_OF_A_SIDE = re.compile(
    r"(?:con |va )?(?:ve )?(?:nguyen nhan )?(?P<side>khach quan|chu quan)"
    r"(?:\s*:\s*|(?: (?:chu yeu|truoc het))? (?:la|do|thuoc ve)\b(?: do\b)?:?\s*)"
)
_CAUSE = re.compile(r"(?:(?:mot so|nhung|cac) )?nguyen nhan\b(?P<label>[^:;,.]{0,60}:\s+)?")
# What only others give or rule: "chính sách của Trung ương", "kinh phí chưa được cấp".
_ABOVE = r"(?:trung uong|chinh phu|thu tuong|quoc hoi|(?:cac )?bo,? nganh|cap tren|nha nuoc)"
_OF_OTHERS = re.compile(
    r"\b(?:co che|chinh sach|quy dinh|huong dan|van ban)\b[^,;]{0,60}?"
    rf"\b(?:{_ABOVE}|luat|nghi dinh|thong tu|qd-ttg)\b"
    r"|\bphap luat\b[^,;]{0,60}\b(?:chua|con|thieu|chong cheo|bat cap)\b"
    r"|\b(?:von|kinh phi|ngan sach|nguon luc|bien che)\b[^,;]{0,40}?\b(?:(?:chua|khong|it|cham) duoc|duoc)"
    r" (?:(?:phe )?duyet|cap|phan bo|giao|bo tri)\b[^,;]{0,20}"
    r"|\b(?:von|kinh phi)\b[^,;]{0,20}\b(?:cap|phan bo) (?:con )?(?:cham|muon|it|nho giot)\b"
)
_LABEL = re.compile(r"([^:;.(“\"]{3,90}):\s+(?=\S)")
_LONGEST_LABEL = 15  # words
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

    `cause` is None where it is not said to be a cause, else whose: "khach quan", "chu quan", "".
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
        if side := _OF_A_SIDE.match(plain, at, end):
            cause, at = side["side"], side.end()
        elif named := _CAUSE.match(plain, at, end):
            cause = _side_in(named["label"]) if named["label"] else cause or ""
            at = named.end() if named["label"] else at
        at = _past(_NUMERAL_BEFORE, plain, at, end)
        opens, at = _opening(sentence, plain, at, end)
        found.append(Clause(at, end, opens, cause))
    return found


def cuts(sentence: str) -> Iterator[str]:
    """Yield the texts that parts of a sentence may have, from where one begins to where that or a later one ends."""
    told = clauses(sentence)
    every = [*told, *(piece for each in told for piece in pieces(sentence, each))]
    starts = {label_of(sentence)[1], *(each.start for each in every)}
    for start in sorted(starts):
        yield from (sentence[start:end] for end in sorted({each.end for each in every}) if end > start)


def pieces(sentence: str, clause: Clause) -> Iterator[Clause]:
    """Yield the parts of a clause that lists causes with commas."""
    plain = flat(sentence)
    inside = [*enclosed(sentence)]
    start = clause.start
    for comma in _PIECE.finditer(plain, clause.start, clause.end):
        if not any(left < comma.start() < right for left, right in inside):
            yield clause._replace(start=start, end=comma.start())
            start = comma.end()
    yield clause._replace(start=start)


def label_of(sentence: str) -> tuple[str, int]:
    """Return what a sentence says before a colon that it is about, and where it goes on; "" where it says nothing."""
    found = _LABEL.match(sentence)
    return (found[1], found.end()) if found and len(found[1].split()) <= _LONGEST_LABEL else ("", 0)


def cause_in(heading: str) -> str | None:
    """Return whose causes a heading or a lead-in says that follow: "khach quan", "chu quan", ""; None for none."""
    plain = flat(heading)
    if _OF_A_SIDE.match(f"{plain.rstrip(' .:;')}: ") or "nguyen nhan" in plain:
        return _side_in(plain)
    return None


def side_of(text: str) -> str:
    """Return whose a cause is by what it is of, where no word says so: "khach quan" of what only others can give."""
    return "khach quan" if _OF_OTHERS.search(flat(text)) else ""


def _past(lead: re.Pattern[str], plain: str, at: int, end: int) -> int:
    """Return where a clause goes on after what leads it in."""
    found = lead.match(plain, at, end)
    return found.end() if found else at


def _side_in(label: str) -> str:
    sides = [each for each in ("khach quan", "chu quan") if each in label]
    return sides[0] if len(sides) == 1 else ""


def _parts(plain: str) -> Iterator[tuple[int, int]]:
    inside = [*enclosed(plain)]
    numerals = [
        each[1]
        for each in re.finditer(_NUMERAL, plain)
        if not any(left < each.start() < right for left, right in inside)
    ]
    listed = len(numerals) > 1 and numerals[0] in _FIRST and len({*numerals}) == len(numerals)
    start = 0
    for mark in _PARTING.finditer(plain):
        if any(left < mark.start() < right for left, right in inside) or (mark[1] and not listed):
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
