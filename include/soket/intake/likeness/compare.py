"""Comparing: whose earlier report each submission of a batch is like, and a passage that shows it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from soket.faults import Fault, fault
from soket.intake.claimed import place_of
from soket.intake.examine import Examined
from soket.intake.likeness.block import Alike, Arrivals
from soket.intake.likeness.sketch import body_of, runs_of
from soket.intake.peers import Peers
from soket.intake.reread import accepted_reports
from soket.intake.validation import SubmissionId
from soket.narrative.sentences.prose import sentences, words
from soket.plan.model import Plan
from soket.record.records import SectionText
from soket.record.workspace import Workspace
from soket.text import quoted

if TYPE_CHECKING:
    from soket.intake.likeness.sketch import Numbers

_SHARE = 0.5  # of a report's own text: from here on it is told
_LONGEST_PASSAGE = 60  # words


def compare(workspace: Workspace, examined: Sequence[Examined], peers: Peers) -> dict[SubmissionId, Fault]:
    """Return whose report each submission is like, if it is; earlier ones of the same unit don't count."""
    like = list(_alike(examined, peers))
    there = {each.id: each.sections for each in examined}
    earlier = [(alike.peer.unit, alike.peer.number) for _, alike in like]
    kept = accepted_reports(workspace, peers.register, (each for each in earlier if each not in there))
    there |= {(each.unit, each.number): each.sections for each in kept}

    @lru_cache(maxsize=32)
    def runs_in(submission: SubmissionId) -> Numbers:
        return runs_of(body_of(there[submission]))

    return {
        each.id: _fault(workspace.plan, each, alike, runs_in(theirs))
        for (each, alike), theirs in zip(like, earlier, strict=True)
        if theirs in there  # no later one suffers for what is lost
    }


def _alike(examined: Sequence[Examined], peers: Peers) -> Iterator[tuple[Examined, Alike]]:
    """Yield the submissions that are like an earlier one, each with that."""
    blocks: dict[str, Arrivals] = {}
    for each in examined:
        if not each.sketch:
            continue
        code = each.unit.block
        if code not in blocks:
            blocks[code] = Arrivals(peers.block_of(each.unit.code))
        alike = blocks[code].most_like(each.receipt.unit, each.receipt.number)
        if alike is not None and alike.share >= _SHARE:
            yield each, alike


def _fault(plan: Plan, examined: Examined, alike: Alike, theirs: Numbers) -> Fault:
    section, passage = _passage(examined.sections, theirs)
    unit, share = plan.unit(alike.peer.unit).name, round(alike.share * 100)
    return fault("GN-01", examined.document, place_of(plan, section), unit=unit, share=share, quote=quoted(passage))


def _passage(sections: Sequence[SectionText], theirs: Numbers) -> tuple[SectionText, str]:
    """Return the sentence that has the most of another report's text, with its section."""
    import numpy as np

    def shared(passage: str) -> int:
        # Of long ones, as much as is quoted.
        start = " ".join(passage.split()[:_LONGEST_PASSAGE])
        return int(np.isin(runs_of(start), theirs).sum())

    found = [(section, sentence) for section in sections for sentence in sentences(section.text)]
    return max(found, key=lambda pair: (shared(pair[1]), -len(words(pair[1]))))
