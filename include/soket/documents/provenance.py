"""Where each figure and sentence of a paper comes from, as the paper itself tells it while it is written.

Whoever writes a figure or quotes a sentence says `told(text, source)`. While somebody traces, marks stand around such
texts until the paper is filled; then they are taken out, and what stood in them, and where, is kept.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from enum import StrEnum
from typing import Any

from soket.plan.periods import PeriodId
from soket.store.record import Record
from soket.text import Word

# Characters of private use: they are no one's text.
_OPENS, _NUMBER_ENDS, _CLOSES = "\ue003", "\ue004", "\ue005"
MARK = re.compile(f"{_OPENS}(\\d+){_NUMBER_ENDS}|{_CLOSES}")


class Reckoning(StrEnum):
    """How a figure was made of others."""

    TOTAL = "total"
    UNIT = "unit"
    CHANGE = "change"
    RATIO = "ratio"
    SPAN = "span"
    SHARE = "share"
    GOAL = "goal"


RECKONINGS = {
    Reckoning.TOTAL: Word("tính từ số của các đơn vị"),
    Reckoning.UNIT: Word("số của một đơn vị"),
    Reckoning.CHANGE: Word("thay đổi giữa hai kỳ, tính trên các đơn vị có số cả hai kỳ"),
    Reckoning.RATIO: Word("tỷ lệ giữa hai kỳ, tính trên các đơn vị có số cả hai kỳ"),
    Reckoning.SPAN: Word("cộng các kỳ"),
    Reckoning.SHARE: Word("tỷ trọng trong chỉ tiêu tổng"),
    Reckoning.GOAL: Word("so với mục tiêu của kế hoạch"),
}


class FigureSource(Record):
    """What a figure is of: an indicator in some periods, of one unit or of all together."""

    indicator: str
    periods: tuple[PeriodId, ...]
    made: Reckoning = Reckoning.TOTAL
    unit: str | None = None
    whole: str | None = None  # the indicator that a share is in
    units: int | None = None  # how many units it is of, where those are not all that gave one
    confirmed_only: bool = False  # what nobody has confirmed is left out of it


class SentenceSource(Record):
    """A sentence of a unit's report, and the hash by which it is known whether it still stands there."""

    unit: str
    submission: int
    section: str
    number: int | None  # of the sentence under the heading, where it is known
    digest: str


def digest_of(sentence: str) -> str:
    """Return the short hash of a sentence."""
    return hashlib.sha256(sentence.encode()).hexdigest()[:8]


class CountSource(Record):
    """How many units are meant, and which they are."""

    counted: tuple[str, ...]


Source = FigureSource | SentenceSource | CountSource


class Piece(Record):
    """A part of a paragraph, and where it comes from; nowhere for the paper's own words."""

    text: str
    sources: tuple[Source, ...] = ()


class ToldPassage(Record):
    """A paragraph, or a row of a table, that tells what others reported; a bookmark of the paper has its id."""

    id: str
    place: str
    pieces: tuple[Piece, ...]


class Tracer:
    """Keeps what papers tell while they are written, each paper by the hash of what it came to."""

    def __init__(self) -> None:
        self._marked: list[tuple[Source, ...]] = []
        self._papers: dict[str, tuple[ToldPassage, ...]] = {}

    def mark(self, text: str, sources: tuple[Source, ...]) -> str:
        """Return a text between marks."""
        self._marked.append(sources)
        return f"{_OPENS}{len(self._marked) - 1}{_NUMBER_ENDS}{text}{_CLOSES}"

    def keep(self, paper: bytes, passages: tuple[ToldPassage, ...]) -> None:
        """Keep a paper's passages."""
        self._papers[hashlib.sha256(paper).hexdigest()] = passages

    def passages_of(self, paper: bytes) -> tuple[ToldPassage, ...]:
        """Return the passages of a paper; none of one that told nothing."""
        return self._papers.get(hashlib.sha256(paper).hexdigest(), ())

    def parted(self, text: str) -> Iterator[Piece]:
        """Yield a text in parts; of marks within each other the inner one holds."""
        open_: list[int] = []
        at = 0
        for found in (*MARK.finditer(text), None):
            part = text[at : found.start() if found else None]
            if part:
                yield Piece(text=part, sources=self._marked[open_[-1]] if open_ else ())
            if found is None:
                return
            at = found.end()
            if found[1]:
                open_.append(int(found[1]))
            elif open_:
                open_.pop()


_tracer: ContextVar[Tracer | None] = ContextVar("_tracer", default=None)


@contextmanager
def tracing() -> Iterator[Tracer]:
    """Have what papers tell kept."""
    token = _tracer.set(tracer := Tracer())
    try:
        yield tracer
    finally:
        _tracer.reset(token)


def at_work() -> Tracer | None:
    """Return who traces now; None where nobody does."""
    return _tracer.get()


def told(text: str, *sources: Source) -> str:
    """Return a text that tells what others reported, as it is to stand in a paper."""
    tracer = _tracer.get()
    return tracer.mark(text, sources) if tracer and sources else text


class ToldCount(int):
    """How many units are meant; where it is printed it tells which."""

    units: tuple[str, ...]

    @classmethod
    def of(cls, units: Iterable[str]) -> ToldCount:
        """Return how many units these are, each counted once."""
        codes = tuple(dict.fromkeys(units))
        count = cls(len(codes))
        count.units = codes
        return count

    def __str__(self) -> str:
        return told(int.__repr__(self), CountSource(counted=self.units))


def bare(text: str) -> str:
    """Return a text as it will stand in a paper, to be measured."""
    return MARK.sub("", text)


def told_figure(text: str, indicator: str, *periods: PeriodId, **more: Any) -> str:  # noqa: ANN401 - of FigureSource
    """Return a figure as it is to stand in a paper, of an indicator in some periods."""
    return told(text, FigureSource(indicator=indicator, periods=periods, **more)) if _tracer.get() else text
