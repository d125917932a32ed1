"""Where a unit's figures and sentences stand in papers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from soket.documents.provenance import CountSource, Piece, SentenceSource, Source, ToldPassage
from soket.documents.trace import Trace, TracedPaper
from soket.plan.periods import PeriodId


@dataclass(frozen=True)
class StandingPlace:
    """A passage that a unit's figure or sentence stands in, or that is reckoned with it."""

    paper: TracedPaper
    passage: ToldPassage
    piece: Piece
    source: Source

    @property
    def words(self) -> str:
        """Whether it stands there itself or is part of a figure of all."""
        if isinstance(self.source, SentenceSource):
            return "câu trích"
        if isinstance(self.source, CountSource):
            return "được đếm"
        return "số của đơn vị" if self.source.unit else "trong số chung"


def places_of(trace: Trace, unit: str, indicator: str | None = None) -> Iterator[StandingPlace]:
    """Yield where a unit's figures, of one indicator where it is named, and sentences stand, in the papers' order."""
    given = _given(trace, unit)
    for paper in trace.papers:
        for passage in paper.passages:
            for piece in passage.pieces:
                for source in piece.sources:
                    if _is_of(source, unit, indicator, given):
                        yield StandingPlace(paper, passage, piece, source)


def _given(trace: Trace, unit: str) -> set[tuple[str, PeriodId]]:
    """Return the figures that a unit gave: of which indicators and periods."""
    return {
        (item.code, period)
        for form in trace.forms
        for item in form.indicators
        for row in item.rows
        if row.unit == unit
        for period, value in zip(item.periods, row.values, strict=True)
        if value is not None
    }


def _is_of(source: Source, unit: str, indicator: str | None, given: set[tuple[str, PeriodId]]) -> bool:
    if isinstance(source, SentenceSource):
        return source.unit == unit and indicator is None
    if isinstance(source, CountSource):
        return unit in source.counted and indicator is None
    if indicator not in (None, source.indicator, source.whole):
        return False
    if source.unit is not None:
        return source.unit == unit
    codes = (source.indicator, source.whole)
    return any((code, period) in given for code in codes for period in source.periods)
