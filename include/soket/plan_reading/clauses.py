"""A sentence cut into pieces that say one thing each: at semicolons, after dates, before another who acts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from soket.plan_reading.bodies import NamedBody, bodies_in
from soket.plan_reading.when import dates_in
from soket.plan_reading.works import VERB, works_in
from soket.plan_reading.written_date import When
from soket.text import flat

_BEFORE_ACTOR = re.compile(r"(?:,\s*(?:(?:va|sau do|dong thoi)\s+)?|\s+va\s+|\s+\((?:giao\s+))$")
_BETWEEN = re.compile(r"\s*,\s*|\s+va\s+")
_WITH = re.compile(r"\bphoi hop\b[^;:.]*$|\bvoi\s[^;:.,]*$")


def pieces(sentence: str, issued: date | None, year: int | None) -> Iterator[tuple[str, When | None]]:
    """Yield the pieces of a sentence, which together are all of it, each with the date that is its own."""
    for clause in _clauses(sentence):
        for part in _by_actor(clause):
            yield from _by_date(part, dates_in(part, issued, year))


def _clauses(sentence: str) -> Iterator[str]:
    depth, start = 0, 0
    for at, letter in enumerate(sentence):
        depth += (letter == "(") - (letter == ")")
        if letter == ";" and depth <= 0:
            yield from filter(str.strip, [sentence[start:at]])
            start = at + 1
    yield from filter(str.strip, [sentence[start:]])


def _by_actor(clause: str) -> Iterator[str]:
    """Yield the parts of a clause in which one acts, and then another, or several others."""
    plain, start, first = flat(clause), 0, 0
    before: NamedBody | None = None
    for body in bodies_in(clause):
        if before is None or not _BETWEEN.fullmatch(plain, before.end, body.start):
            first = body.start  # of a list of bodies
        before = body
        led = plain[start:first]
        joint = _BEFORE_ACTOR.search(led)
        if (
            joint
            and not _WITH.search(led)
            and VERB.search(led)
            and VERB.match(plain[body.end :].lstrip())
            and works_in(clause[first:])
        ):
            yield clause[start : start + joint.start()]
            start += joint.start()
    yield clause[start:]


def _by_date(part: str, dates: list[When]) -> Iterator[tuple[str, When | None]]:
    """Yield the pieces that end with a date; "Trong quý III, …": one that leads has what comes after it."""
    start, leading = 0, None
    found: list[tuple[str, When | None]] = []
    for at, when in enumerate(dates):
        before = part[start : when.start]
        if not works_in(before) and not VERB.search(flat(before)) and not bodies_in(before):
            following = part[when.end : dates[at + 1].start if at + 1 < len(dates) else None]
            if VERB.search(flat(following)) or works_in(following):
                leading = leading or when
                if at + 1 < len(dates):
                    continue
                yield from (*found, (part[start:], _placed(leading, start)))
                return
        found.append((part[start : when.end], _placed(leading if leading and not when.deadline else when, start)))
        start, leading = when.end, None
    rest = part[start:]
    if found and not VERB.search(flat(rest)) and not works_in(rest):  # "… ngày 18/6/2026 tại Nhà khách tỉnh"
        found[-1] = f"{found[-1][0]}{rest}", found[-1][1]
    elif re.search(r"\w", rest):
        found.append((rest, None))
    yield from found


def _placed(when: When, start: int) -> When:
    return replace(when, start=when.start - start, end=when.end - start)
