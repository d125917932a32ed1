"""Duties in the passages of a plan: who does what, for whom, by when."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from soket.narrative.prose import sentences
from soket.plan_reading.bodies import NamedBody, bodies_in, of_level
from soket.plan_reading.paper import Passage
from soket.plan_reading.when import When, dates_in
from soket.text import flat


class Work(StrEnum):
    """What a body is to do."""

    REPORT = "report"
    REVIEW = "review"  # a review of its own, or a conference on it
    DRAFT = "draft"
    APPRAISE = "appraise"
    CONFER = "confer"
    PUBLISH = "publish"
    LEAD = "lead"  # guide, follow, urge
    AWARD = "award"
    OTHER = "other"


# In the order in which they are looked for; on flat text.
_WORKS = (
    (Work.AWARD, re.compile(r"\b(?:(?:ho so|xet|danh sach|de nghi|de xuat|cong tac) (?:thi dua,? )?khen thuong|"
        r"khen thuong)\b")),
    (Work.APPRAISE, re.compile(r"\b(?:tham dinh|tham tra)\b")),
    (Work.DRAFT, re.compile(
        r"\b(?:tham muu|xay dung|soan thao|du thao|chuan bi|tong hop|hoan thien|hoan chinh|"
        r"bien tap)\b[^;:.,]{0,70}?\b(?:bao cao)\b")),
    (Work.CONFER, re.compile(r"\bto chuc[^;:.,]{0,40}?\bhoi nghi\b|\bhoi nghi (?:so ket|tong ket|"
        r"danh gia)[^;:.]{0,60}(?:duoc )?to chuc\b")),
    (Work.REVIEW, re.compile(r"\bto chuc (?:viec )?(?:so|tong) ket\b|\btu (?:so|tong) ket\b")),
    (Work.PUBLISH, re.compile(r"\b(?:tuyen truyen|dua tin|dang tai)\b")),
    (Work.LEAD, re.compile(r"\b(?:huong dan|theo doi|don doc|dau moi)\b")),
    (Work.REPORT, re.compile(r"\b(?:gui|nop|xay dung|co)\b[^;:.]{0,40}?\bbao cao\b|"
        r"\bbao cao\b[^;:.]{0,60}?\b(?:gui|ve)\b|\bbao cao (?:ket qua|tong ket|so ket)\b")),
)  # fmt: skip
_OWN = frozenset({Work.LEAD, Work.AWARD, Work.APPRAISE})
_OTHERS = re.compile(r"\b(?:huong dan|don doc|theo doi|kiem tra)\b[^,;:.]*$")  # what comes now, others do
_PREPARES = re.compile(r"\b(?:tham muu|chuan bi)\b")
_VERB = re.compile(
    r"\b(?:chu tri|chu dong|phoi hop|co trach nhiem|tham muu|tham dinh|tham tra|huong dan|theo doi|don doc|"
    r"to chuc|xay dung|"
    r"tong hop|gui|nop|bao cao|trinh|chuan bi|ra soat|soan thao|du thao|giup|hoan thanh|hoan thien|can cu|"
    r"tuyen truyen|"
    r"tiep tuc|dua tin|dang tai|theo chuc nang|chiu trach nhiem|danh gia|cung cap|lap|la co quan|la dau moi)\b"
)
_TO = re.compile(r"\b(?:gui|trinh|nop|bao cao|ve|cho|xin y kien)\s+(?:[^\s;:.()]+\s+){0,5}?$")
_OF = re.compile(r"\bcua\s+$")
_THROUGH = re.compile(r"\((?:qua|thong qua)\s*$")


@dataclass(frozen=True)
class Obligation:
    """One thing to do: by whom, what, for whom, by when, and the passage that says so."""

    who: tuple[NamedBody, ...]
    works: tuple[Work, ...]
    passage: Passage
    text: str
    to: NamedBody | None = None
    when: When | None = None
    prepares: bool = False  # for another, who then does it

    @property
    def units(self) -> bool:
        """Whether groups of units owe it, and not one office."""
        return any(body.group for body in self.who)


def obligations_in(passages: Sequence[Passage], issued: date | None, year: int | None) -> list[Obligation]:
    """Return every duty and every date of a plan's passages, in their order."""
    return [each for passage in passages for each in _of_passage(passage, issued, year)]


def _of_passage(passage: Passage, issued: date | None, year: int | None) -> list[Obligation]:
    """Return what each piece of a passage says; a piece without a doer goes on with the one before."""
    who = _inherited(passage)
    works: tuple[Work, ...] = ()
    waiting: tuple[NamedBody, ...] = ()  # a list of doers that goes on in the next piece
    found: list[Obligation] = []
    for sentence in sentences(passage.text):
        for piece, when in _pieces(sentence, issued, year):
            doers, others = _doers(piece, bodies_in(piece))
            receiver, here = _receiver(piece, others), _works_in(piece)
            if not here and when is None:
                waiting += doers
                if found and receiver and found[-1].to is None:  # "…, gửi về …" after the date
                    found[-1] = replace(found[-1], to=receiver)
                continue
            if waiting or doers:
                who, waiting = (*waiting, *doers), ()
                works = works if not here else ()
            works = here or works
            prepares = _PREPARES.search(flat(piece)) is not None
            found.append(Obligation(who, works or (Work.OTHER,), passage, piece.strip(" ,;"), receiver, when, prepares))
    return found


def _inherited(passage: Passage) -> tuple[NamedBody, ...]:
    """Return the body that the nearest heading names, where it names one and nothing else."""
    lead, colon, _ = passage.text.partition(":")
    for heading in (lead if colon else "", *reversed(passage.above)):
        if group := of_level(heading):
            return (NamedBody(0, len(heading), heading, group),)
        bodies = bodies_in(heading)
        if bodies and not _works_in(heading) and bodies[0].start <= len("Đối với các "):
            return tuple(bodies)
    return ()


def _pieces(sentence: str, issued: date | None, year: int | None) -> Iterator[tuple[str, When | None]]:
    """Yield the pieces of a sentence: each ends after a date, or at a semicolon."""
    dates = dates_in(sentence, issued, year)
    start = 0
    for at, when in enumerate(dates):
        before = sentence[start : when.start]
        if not _works_in(before) and not bodies_in(before) and at + 1 == len(dates) and not start:
            # "Trong quý III, …": the date leads
            head, *rest = sentence.split(";")
            yield head, when
            yield from ((part, None) for part in rest if part.strip())
            return
        *closed, last = before.split(";")
        yield from ((part, None) for part in closed if part.strip())
        yield f"{last}{when.text}", replace(when, start=len(last), end=len(last) + len(when.text))
        start = when.end
    yield from ((part, None) for part in sentence[start:].split(";") if re.search(r"\w", part))


def _works_in(text: str) -> tuple[Work, ...]:
    plain = flat(text)
    found = tuple(
        work
        for work, pattern in _WORKS
        if any(work in _OWN or not _OTHERS.search(plain[: match.start()]) for match in pattern.finditer(plain))
    )
    if Work.AWARD in found:
        return (Work.AWARD,)  # dossiers, and not the report
    return found


def _doers(piece: str, bodies: Sequence[NamedBody]) -> tuple[tuple[NamedBody, ...], list[NamedBody]]:
    """Return the bodies that a piece says act, and the others it names."""
    plain = flat(piece)
    verb = next(
        (
            match.start()
            for match in _VERB.finditer(plain)
            if not any(body.start <= match.start() < body.end for body in bodies)
        ),
        len(plain),
    )
    doers = tuple(
        body
        for body in bodies
        if body.start < verb and not _TO.search(plain[: body.start]) and not _OF.search(plain[: body.start])
    )
    return doers, [body for body in bodies if body not in doers]


def _receiver(piece: str, others: Sequence[NamedBody]) -> NamedBody | None:
    """Return to whom a piece says something goes; of several, the last that is no go-between."""
    plain = flat(piece)
    found = [
        body
        for body in others
        if (way := _TO.search(plain[: body.start]))
        and "phoi hop" not in way[0]
        and not _THROUGH.search(plain[: body.start])
        and not _OF.search(plain[: body.start])
    ]
    return found[-1] if found else None
