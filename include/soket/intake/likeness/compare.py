"""Comparing: whose earlier report each submission of a batch is like, and a passage that shows it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from soket.faults import Fault, fault
from soket.intake.examine import Examined
from soket.intake.likeness.block import Alike, Arrivals
from soket.intake.likeness.parts import CopiedPart, EarlierReport, copied_parts
from soket.intake.likeness.sketch import runs_of
from soket.intake.peers import Peer, Peers
from soket.intake.reread import accepted_reports
from soket.intake.validation import SubmissionId
from soket.narrative.prose import sentences, words
from soket.plan.model import Plan
from soket.record.records import SectionText
from soket.record.workspace import Workspace
from soket.text import quoted

if TYPE_CHECKING:
    from soket.intake.likeness.sketch import Numbers

_SHARE = 0.5  # of a report's own text: from here on it is told
_LONGEST_PASSAGE = 60  # words
_OPENING = 60  # letters by which a unit finds a sentence of its own


def compare(workspace: Workspace, examined: Sequence[Examined], peers: Peers) -> dict[SubmissionId, list[Fault]]:
    """Return whose report each submission, or a part of it, is like; earlier ones of the same unit don't count."""
    blocks: dict[str, Arrivals] = {}
    sketched = [each for each in examined if each.sketch]
    for each in sketched:
        if each.unit.block not in blocks:
            blocks[each.unit.block] = Arrivals(peers.block_of(each.unit.code))
    like = {each.id: alike for each in sketched if (alike := _most_like(blocks[each.unit.block], each))}
    sharing = {each.id: blocks[each.unit.block].sharing(*each.id) for each in sketched if each.id not in like}
    wanted = dict.fromkeys((peer.unit, peer.number) for found, _ in sharing.values() for peer in found)
    wanted |= dict.fromkeys((alike.peer.unit, alike.peer.number) for alike in like.values())
    there = {each.id: each.sections for each in examined}
    kept = accepted_reports(workspace, peers.register, (each for each in wanted if each not in there))
    there |= {(each.unit, each.number): each.sections for each in kept}

    @lru_cache(maxsize=64)
    def earlier(submission: SubmissionId) -> EarlierReport:
        return EarlierReport(there[submission])

    def told(each: Examined) -> Iterator[Fault]:
        if alike := like.get(each.id):
            if (theirs := (alike.peer.unit, alike.peer.number)) in there:  # no later one suffers for what is lost
                yield _fault(workspace.plan, each, alike, earlier(theirs).runs)
            return
        found, rare = sharing[each.id]
        others = [peer for peer in found if (peer.unit, peer.number) in there]
        reports = [earlier((peer.unit, peer.number)) for peer in others]
        for part in copied_parts(workspace.plan, each.unit.code, each.sections, rare, reports):
            yield _fault_of_part(workspace.plan, each, part, others[part.report])

    return {each.id: faults for each in sketched if (faults := [*told(each)])}


def _most_like(arrivals: Arrivals, examined: Examined) -> Alike | None:
    """Return the earlier report that most of a submission is like, if one is."""
    alike = arrivals.most_like(*examined.id)
    return alike if alike is not None and alike.share >= _SHARE else None


def _fault_of_part(plan: Plan, examined: Examined, part: CopiedPart, peer: Peer) -> Fault:
    section = next(each for each in plan.outline if each.code == part.section.section)
    number = section.number.rstrip(".")
    told = {
        "number": number,
        "title": section.title,
        "unit": plan.unit(peer.unit).name,
        "quote": quoted(part.quote),
    }
    place = f"mục {number}"
    if not part.count:
        return fault("GN-02", examined.document, place, share=round(part.share * 100), **told)
    names = f" mà vẫn nêu tên {', '.join(part.names)}, không phải tên của đơn vị" if part.names else ""
    opening = quoted(part.quote, _OPENING)
    return fault("GN-03", examined.document, place, count=part.count, names=names, opening=opening, **told)


def _fault(plan: Plan, examined: Examined, alike: Alike, theirs: Numbers) -> Fault:
    section, passage = _passage(examined.sections, theirs)
    number = next(each.number for each in plan.outline if each.code == section.section).rstrip(".")
    unit, share = plan.unit(alike.peer.unit).name, round(alike.share * 100)
    return fault("GN-01", examined.document, f"mục {number}", unit=unit, share=share, quote=quoted(passage))


def _passage(sections: Sequence[SectionText], theirs: Numbers) -> tuple[SectionText, str]:
    """Return the sentence that has the most of another report's text, with its section."""
    import numpy as np

    def shared(passage: str) -> int:
        # Of long ones, as much as is quoted.
        start = " ".join(passage.split()[:_LONGEST_PASSAGE])
        return int(np.isin(runs_of(start), theirs).sum())

    found = [(section, sentence) for section in sections for sentence in sentences(section.text)]
    return max(found, key=lambda pair: (shared(pair[1]), -len(words(pair[1]))))
