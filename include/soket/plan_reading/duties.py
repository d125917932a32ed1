"""Duties in the passages of a plan: who does what, for whom, by when."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise

from soket.narrative.prose import CAPITALS, sentences
from soket.plan_reading.bodies import NamedBody, bodies_in, bodies_of_cell, until_verb, without_bodies
from soket.plan_reading.clauses import pieces
from soket.plan_reading.groups import by_words, of_level
from soket.plan_reading.passages import Passage, Task
from soket.plan_reading.when import dates_in
from soket.plan_reading.works import VERB, Work, goes_on, prepares, works_in
from soket.plan_reading.written_date import When
from soket.text import flat

_TO = re.compile(r"\b(?:gui|trinh|nop|bao cao|ve|den|cho|xin y kien)\s+(?:[^\s;:.()]+\s+){0,5}?$")
_OF = re.compile(r"\bcua\s+$")
_THROUGH = re.compile(r"\((?:qua|thong qua)\s*$")
# What comes now acts, whatever came before: "giao …", "Sơ kết tại địa phương: …".
_TOLD = re.compile(r"\b(?:giao|duoc|do|rieng|de nghi|yeu cau)\s+$|^(?!.*\b(?:gui|ve|nop)\b)[^:;]{2,60}:\s+$")
_WITH = re.compile(r"\bphoi hop(?: chat che)?(?: voi)?\b[^;:.]*$|\bcung(?: voi)?\s+$")
_BETWEEN = re.compile(r"(?:\s*,\s*|\s+va\s+)")
_SUBJECT = re.compile(r"\W*(?:(?:đề nghị|yêu cầu|giao|riêng)\s+)?(?=(?:các|những|mỗi|mọi)\s)", re.IGNORECASE)
_LAST_DOER = re.compile(rf"\s*(?:,|và)\s+(?P<name>[{CAPITALS}][^,;:.()]{{5,80}}?)\s*")
_WHOEVER = re.compile(r"\b(?:don vi|co quan|dia phuong|cap uy|noi|to chuc dang) nao\b")  # what follows is no duty
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
        _receiver(task.what, named),
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
        works, to = works or (Work.REPORT,), _receiver(passage.led, bodies_in(passage.led))
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
            receiver, here = _receiver(piece, [body for body in bodies if body not in doers]), works_in(piece)
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
    return ()


def doers_of(piece: str, bodies: Sequence[NamedBody]) -> tuple[NamedBody, ...]:
    """Return the bodies that a piece says act; of no known kind, those that its words before the verb name."""
    plain, blanked = flat(piece), without_bodies(piece)
    match = VERB.search(blanked)
    verb = match.start() if match else len(plain)
    told = next((body.start for body in bodies if _TOLD.search(plain[: body.start])), None)
    doers = tuple(
        body
        for body in bodies
        if (body.start < verb or (told is not None and body.start >= told and _follow(plain, bodies, told, body)))
        and (body.start == told or not _TO.search(plain[: body.start]))
        and not _OF.search(plain[: body.start])
        and not _WITH.search(plain[: body.start])
        and not _THROUGH.search(plain[: body.start])
    )
    lead = _SUBJECT.match(piece)
    if match is None or lead is None:
        return doers
    if doers:
        return _with_those_after(piece, verb, _with_those_before(piece, lead.end(), doers))
    words = until_verb(piece[lead.end() : verb].strip(" ,:"))
    return (NamedBody(lead.end(), lead.end() + len(words), words, by_words(words)),)


def _with_those_before(piece: str, start: int, doers: tuple[NamedBody, ...]) -> tuple[NamedBody, ...]:
    """Return who acts with those whom words before the first body name: "Các ban, Trung tâm …", "Các thành viên …"."""
    first = doers[0]
    words = piece[start : first.start].strip()
    if not words or words.endswith(":"):  # "Các sở: Tài chính, …"
        return doers
    if re.search(r"(?:[,;]|\bvà)$", words):
        words = re.sub(r"(?:\s*[,;]|\s+và)+$", "", words)
        return (NamedBody(start, start + len(words), words, by_words(words)), *doers)
    words = piece[start : first.end]
    return (NamedBody(start, first.end, words, by_words(words)), *doers[1:])


def _with_those_after(piece: str, verb: int, doers: tuple[NamedBody, ...]) -> tuple[NamedBody, ...]:
    """Return who acts with a last one before the verb that no pattern knows: "… và Quỹ Hỗ trợ nông dân gửi …"."""
    last = _LAST_DOER.fullmatch(piece, doers[-1].end, verb)
    if last is None:
        return doers
    return (*doers, NamedBody(*last.span("name"), last["name"], unsure=True))


def _follow(plain: str, bodies: Sequence[NamedBody], start: int, last: NamedBody) -> bool:
    """Whether a body stands in the list of bodies that begins at a place."""
    listed = [body for body in bodies if start <= body.start <= last.start]
    return all(_BETWEEN.fullmatch(plain, one.end, other.start) for one, other in pairwise(listed))


def _receiver(piece: str, others: Sequence[NamedBody]) -> NamedBody | None:
    """Return to whom a piece says something goes: of several goings the last, of a list the first."""
    plain = flat(piece)
    found: list[NamedBody] = []
    before: NamedBody | None = None
    for body in others:
        way = _TO.search(plain[: body.start])
        if (
            way
            and "phoi hop" not in way[0]
            and not _THROUGH.search(plain[: body.start])
            and not _OF.search(plain[: body.start])
            and not (before in found and before and _BETWEEN.fullmatch(plain, before.end, body.start))
        ):
            found.append(body)
        before = body
    return found[-1] if found else None
