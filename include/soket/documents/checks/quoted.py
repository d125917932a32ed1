"""Sentences of the reports that a draft's quotations may be of, found by their words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from soket.documents.checks.verbatim import Token, place_in, share_kept, tokens
from soket.documents.figures import Summary
from soket.documents.provenance import SentenceSource, digest_of
from soket.narrative.sentences.prose import statements, words
from soket.text import nfc

_RUN = 3  # words by which sentences are found
_LOOKED_AT = 8  # of those with most of them
_FEWEST = 6  # words: fewer are like too many
_LIKE, _LIKE_NAMELESS = 0.6, 0.85  # of a quotation's words: it was taken from there


@dataclass(frozen=True)
class ReportSentence:
    """A sentence of a report."""

    unit: str
    text: str
    source: SentenceSource

    @cached_property
    def tokens(self) -> list[Token]:
        """Its words and figures."""
        return tokens(self.text)


Sought = tuple[str, str | None]
"""What is quoted, and the unit that is said to say it, if any."""


class SaidLike:
    """What the reports say that is like quotations: word for word, or nearly."""

    def __init__(self, summary: Summary, sought: Iterable[Sought]) -> None:
        self._basis = summary.basis
        wanted = {each: set(_runs(each[0])) for each in sought}
        self._like = {each: list[ReportSentence]() for each in wanted}
        if not wanted:
            return
        having: dict[tuple[str, ...], list[Sought]] = defaultdict(list)
        for each, runs in wanted.items():
            for run in runs:
                having[run].append(each)
        hits: dict[Sought, list[tuple[float, ReportSentence]]] = defaultdict(list)
        for said in _all_said(summary):
            shared: dict[Sought, int] = defaultdict(int)
            for run in set(_runs(said.text)) & having.keys():
                for each in having[run]:
                    shared[each] += 1
            for each, count in shared.items():
                hits[each].append((count / len(wanted[each]), said))
        for each, found in hits.items():
            self._like[each] = list(_likest(each, found))

    def like(self, text: str, unit: str | None) -> list[ReportSentence]:
        """Return the sentences that a quotation may be of: those that have all of it first, then its unit's own."""
        return self._like[text, unit]

    def reports(self, unit: str) -> bool:
        """Whether a unit's report is among those that a draft rests on."""
        return unit in self._basis


def _likest(sought: Sought, found: list[tuple[float, ReportSentence]]) -> Iterator[ReportSentence]:
    text, unit = sought
    own = tokens(text)
    found.sort(key=lambda each: (-each[0], each[1].unit != unit))
    mine = [each for _, each in found if each.unit == unit]
    near = dict.fromkeys(id(each) for each in (*mine[:_LOOKED_AT], *(said for _, said in found[:_LOOKED_AT])))
    ranked = []
    for said in (each for _, each in found if id(each) in near):
        whole = place_in(own, said.tokens) is not None
        share = 1.0 if whole else share_kept(own, said.tokens)
        if whole or (len(own) >= _FEWEST and share >= (_LIKE if unit else _LIKE_NAMELESS)):
            ranked.append((not whole, said.unit != unit, -share, said))
    ranked.sort(key=lambda each: each[:3])
    yield from (said for *_, said in ranked)


def _all_said(summary: Summary) -> Iterator[ReportSentence]:
    for section in summary.sections:
        for excerpt in section.excerpts:
            unit = excerpt.unit.code
            for each in statements(nfc(excerpt.text)):
                source = SentenceSource(
                    unit=unit,
                    submission=excerpt.submission,
                    section=section.section.code,
                    number=each.number,
                    digest=digest_of(each.text),
                )
                yield ReportSentence(unit, each.text, source)


def _runs(text: str) -> Iterator[tuple[str, ...]]:
    said = words(text)
    yield from (tuple(said[at : at + _RUN]) for at in range(len(said) - _RUN + 1))
