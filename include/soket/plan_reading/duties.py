"""Duties in the passages of a plan: who does what, for whom, by when."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from soket.narrative.sentences.prose import sentences
from soket.plan_reading.bodies import NamedBody, bodies_in, bodies_of_cell, without_bodies
from soket.plan_reading.clauses import pieces
from soket.plan_reading.doers import doers_of, receiver_of
from soket.plan_reading.groups import by_words, of_level
from soket.plan_reading.passages import Passage, Task
from soket.plan_reading.when import dates_in
from soket.plan_reading.works import VERB, Work, goes_on, prepares, works_in
from soket.plan_reading.written_date import When
from soket.text import flat

_WHOEVER = re.compile(r"\b(?:don vi|co quan|dia phuong|cap uy|noi|to chuc dang) nao\b")  # what follows is no duty
_FOR = re.compile(r"(?:Đối với|Riêng)\s+(?P<whom>[^\d:;.]{4,120}?)\s*")  # of no known kind
_DATED = re.compile(r"(?:thời gian|thời hạn|thời điểm hoàn thành)\b[^:]{0,20}:", re.IGNORECASE)


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
    named: tuple[NamedBody, ...] = field(default=(), compare=False)  # all that its text names
    dates: tuple[When, ...] = field(default=(), compare=False)  # all that its text has

    @property
    def units(self) -> bool:
        """Whether groups of units owe it, and not one office."""
        return any(body.group for body in self.who)


def obligations_in(passages: Sequence[Passage], issued: date | None, year: int | None) -> list[Obligation]:
    """Return every duty and every date of a plan's passages, in their order."""
    headings = {heading for passage in passages for heading in passage.above}
    return [
        each
        for passage in passages
        for each in (
            [_of_task(passage, passage.task, issued, year)]
            if passage.task
            else _of_passage(passage, issued, year, headings)
        )
    ]


def _of_task(passage: Passage, task: Task, issued: date | None, year: int | None) -> Obligation:
    """Return what a row says: its columns tell who acts, and that its date is a deadline."""
    who = tuple(bodies_of_cell(task.who))
    named = tuple(bodies_in(task.what))
    dates = [each.settled() for each in dates_in(task.when, issued, year)]
    works = works_in(task.what)
    return Obligation(
        who,
        works or (Work.OTHER,),
        passage,
        passage.text,
        receiver_of(task.what, named),
        next(iter(dates), None),
        prepares=Work.CONFER in works,
        named=(*who, *named, *bodies_of_cell(task.beside)),
        dates=(*dates, *dates_in(task.what, issued, year)),
    )


def _of_passage(
    passage: Passage, issued: date | None, year: int | None, headings: Collection[str]
) -> Iterator[Obligation]:
    """Yield what each piece of a passage says; a piece without a doer goes on with the one before."""
    who = _inherited(passage)
    dated = _DATED.match(passage.text) is not None  # "Thời gian: …" is of what the heading speaks of
    works = works_in(passage.above[-1]) if dated and passage.above else ()
    to: NamedBody | None = None
    if Work.REPORT in works_in(passage.led):  # "Báo cáo gửi về Sở …, cụ thể:"
        works, to = works or (Work.REPORT,), receiver_of(passage.led, bodies_in(passage.led))
    heading = passage.text in headings
    for sentence in sentences(passage.text):
        waiting: list[tuple[str, tuple[NamedBody, ...]]] = []  # a list of doers that goes on in the next piece
        repeats: When | None = None
        found: list[Obligation] = []
        whoever = False
        for piece, when in pieces(sentence, issued, year):
            whoever = whoever or _WHOEVER.search(flat(piece)) is not None
            if whoever:
                found.append(_obligation(passage, piece, (), (), None, None, issued, year))
                continue
            bodies = bodies_in(piece)
            doers = doers_of(piece, bodies)
            receiver, here = receiver_of(piece, [body for body in bodies if body not in doers]), works_in(piece)
            if not here and when is None and not VERB.search(without_bodies(piece)):
                waiting.append((piece, doers))
                continue
            words = "; ".join((*(each for each, _ in waiting), piece))
            if any(each for _, each in waiting) or doers:
                who = (*(body for _, each in waiting for body in each), *doers)
            waiting = []
            on = (when or doers) and goes_on(piece, works)
            before = found[-1] if found and not here else None
            if on and not here and receiver is None:
                receiver = to
            if before and on and receiver is None and when:  # "…, riêng Sở Tài chính gửi trước ngày …": to the same
                receiver = before.to
            works = here or (works if on else ())
            repeats = when if when and when.repeats else repeats if when is None else None
            if when and (dated or Work.CONFER in works):
                when = when.settled()
            found.append(_obligation(passage, words, who, works, receiver, when or repeats, issued, year))
        found += [_obligation(passage, words, (), (), None, None, issued, year) for words, _ in waiting]
        yield from (
            each for each in _told(found) if not heading or each.dates or (each.who and VERB.search(flat(each.text)))
        )


def acts(text: str) -> bool:
    """Whether a text has somebody do something, or a date."""
    return bool(dates_in(text)) or (VERB.search(flat(text)) is not None and bool(doers_of(text, bodies_in(text))))


def _obligation(
    passage: Passage,
    text: str,
    who: tuple[NamedBody, ...],
    works: tuple[Work, ...],
    receiver: NamedBody | None,
    when: When | None,
    issued: date | None,
    year: int | None,
) -> Obligation:
    text = text.strip(" ,;")
    if len(who) > 1 and Work.REPORT in works and "du thao" not in flat(text):
        works = tuple(work for work in works if work is not Work.DRAFT)  # each its own
    return Obligation(
        who,
        works or (Work.OTHER,),
        passage,
        text,
        receiver,
        when,
        prepares(text),
        bodies_in(text),
        tuple(dates_in(text, issued, year)),
    )


def _told(found: Sequence[Obligation]) -> list[Obligation]:
    """Return the duties of a sentence: "…, gửi về …" after a date belongs to what stands before it."""
    told: list[Obligation] = []
    for each in found:
        before = told[-1] if told else None
        goes_on = before and before.to is None and before.when and each.to and not each.dates and before.who == each.who
        if before and goes_on and not {*each.works} - {Work.REPORT, Work.OTHER}:
            told[-1] = replace(
                before, to=each.to, text=f"{before.text}; {each.text}", named=(*before.named, *each.named)
            )
        else:
            told.append(each)
    return told


def _inherited(passage: Passage) -> tuple[NamedBody, ...]:
    """Return the body that the nearest heading names, where it names one and nothing else."""
    lead, colon, _ = passage.text.partition(":")
    for heading in (lead if colon else "", *reversed(passage.above)):
        if group := of_level(heading):
            return (NamedBody(0, len(heading), heading, group),)
        bodies = bodies_in(heading)
        says = VERB.search(without_bodies(heading)) and not heading.rstrip().endswith(":")
        if bodies and not says and bodies[0].start <= len("Đối với các "):
            return tuple(bodies)
        if not bodies and (named := _FOR.fullmatch(heading)):
            return (NamedBody(*named.span("whom"), named["whom"], by_words(named["whom"])),)
    return ()
