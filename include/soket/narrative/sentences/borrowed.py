"""Borrowed text: what a report has word by word from the outline's guidance, or from the plan itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice

from soket.narrative.sentences.prose import sentences, words
from soket.plan.model import Plan, Section

_RUN = 4  # words
_SHORTEST = 8  # words: shorter ones are said alike by everybody
_SHARE = 0.8

Runs = frozenset[tuple[str, ...]]


def borrowed(text: str, runs: Runs) -> Iterator[str]:
    """Yield the sentences of a text that are made of some runs of words, but for a word here and there."""
    for sentence in sentences(text) if runs else ():
        own = words(sentence)
        if len(own) < _SHORTEST:
            continue
        spare = int((1 - _SHARE) * (len(own) - _RUN + 1))
        # Most sentences are the unit's own, which shows in their first words.
        strange = (piece for piece in _runs_of(own) if piece not in runs)
        if sum(1 for _ in islice(strange, spare + 1)) <= spare:
            yield sentence


def guidance_of(section: Section) -> Runs:
    """Return the runs of words of a section's guidance."""
    return _runs(((section.guidance or ""),))


def wording_of(plan: Plan) -> Runs:
    """Return the runs of words of what the plan says of its purposes, its matter and its basis."""
    return _runs((plan.title, plan.resolution, *plan.purposes, *plan.goals, *plan.legal_basis, *plan.request_guidance))


def matter_of(plan: Plan) -> Runs:
    """Return the runs of words of what the plan says its review is for, without what every report calls it by."""
    told = _runs((*plan.purposes, *plan.goals, *plan.request_guidance))
    return told - _runs((plan.title, plan.resolution, *plan.legal_basis))


@lru_cache(maxsize=64)
def _runs(texts: tuple[str, ...]) -> Runs:
    return frozenset(run for text in texts for run in _runs_of(words(text)))


def _runs_of(own: list[str]) -> Iterable[tuple[str, ...]]:
    return zip(*(own[offset:] for offset in range(_RUN)), strict=False)
