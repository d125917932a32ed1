"""Of which section a sentence is by its own words, where the heading over it names several."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from soket.narrative.requests.requesting import asks_at_once, will_do
from soket.narrative.said.ahead import begins_ahead, sets_an_aim
from soket.narrative.said.outcomes import WhatCame, outcome_of
from soket.narrative.said.targets import is_target
from soket.narrative.sections.kinds import SectionKind
from soket.narrative.sections.outline import Outline, read_outline
from soket.narrative.sentences.causes import is_cause, of_success
from soket.narrative.sentences.clauses import clauses
from soket.narrative.sentences.marks import lead_of
from soket.narrative.sentences.pieces import pieces_of
from soket.plan.model import Plan
from soket.reading.findings import Table
from soket.text import nfc

_LEARNT = re.compile(
    r"(?:(?:các |những |một số )?(?:bài học|kinh nghiệm)\b|[^,;:]{0,60}\bkinh nghiệm (?:là|cho thấy|rút ra)\b)"
)


def sorted_outline(plan: Plan, paragraphs: Sequence[str], tables: Sequence[Table] = ()) -> Outline:
    """Return what a report says under each section, where its headings name several each sentence under its own."""
    return read_outline(plan, paragraphs, tables, kind_told=kind_told)


def kind_told(sentence: str, kinds: Collection[SectionKind]) -> SectionKind | None:
    """Return of which of some kinds a sentence is by its own words; None where these do not tell."""
    low = nfc(sentence[len(lead_of(sentence)) :]).lower()
    found = _kind_of(low)
    return found if found in kinds else None


def _kind_of(low: str) -> SectionKind | None:
    if asks_at_once(low):
        return SectionKind.REQUESTS
    if _LEARNT.match(low):
        return SectionKind.LESSONS
    if of_success(low):
        return None
    if is_cause(clauses(low)[0].cause):
        return SectionKind.CAUSES
    if begins_ahead(low) or will_do(low) or sets_an_aim(low, None) or is_target(low, 0, None):
        return SectionKind.TASKS
    came = [outcome_of(each.of(low), of_lacks=True) for each in pieces_of(low)]
    told = [each for each in came if each is not WhatCame.TOLD]
    return SectionKind.LACKS if told and told[-1] is WhatCame.LACKING else None
