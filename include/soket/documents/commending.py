"""The list of those proposed for commendation, and the paper that lays it before whoever decides."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from soket.documents.commendations import (
    INDICATORS,
    block_leaders,
    counts,
    left_out,
    proposals,
    sound_units,
    thresholds,
    tied,
)
from soket.documents.figures import Summary
from soket.documents.leading import QUARTER
from soket.documents.letterhead import letterhead
from soket.documents.named import named, with_sources
from soket.documents.rendering import render
from soket.plan.model import Plan, Stage, StageKind
from soket.record.commending import NomineeList, commendations_in_force, say_decided, with_unit
from soket.record.nominees import Nominee, Origin
from soket.record.register import Register
from soket.text import format_moment, lower_first

_MOST_PRINTED = 300  # of a list

_WATCHED = "Đơn vị nộp muộn, có lần bị trả lại, hoặc báo cáo còn điểm lưu ý."


def proposed(summary: Summary, register: Register, nominated: Iterable[Nominee] = ()) -> NomineeList:
    """Return all that are proposed now: by figures, by units, and in units' reports."""
    plan, found, sound = summary.plan, block_leaders(summary, register), sound_units(summary, register)
    watched = [
        each if each.unit in sound else each.model_copy(update={"concern": f"{_WATCHED} {each.concern}".strip()})
        for each in (*(with_sources(summary, each) for each in nominated), *named(summary))
    ]
    return NomineeList(
        as_of=summary.as_of,
        counts=tuple(counts(plan, found)),
        thresholds=tuple(thresholds(found)),
        proposals=(*proposals(summary, found), *watched),
        tied=tied(plan, found),
        left_out=tuple(left_out(summary, register, found)),
        decided={code: say_decided(act) for code, act in commendations_in_force(register).items()},
    )


def render_commendations(plan: Plan, stage: Stage, listed: NomineeList, day: date) -> bytes:
    """Return the paper with which the office that leads lays the list before the one that decides."""
    waiting = [each for each in listed.proposals if each.id not in listed.decided]
    by_source = {source: [each for each in waiting if each.source is source] for source in Origin}
    meets = stage.kind is StageKind.CONFER
    return render(
        "conference_commendations",
        {
            "head": letterhead(plan, plan.roles.lead, "TTr", day),
            "plan": plan,
            "occasion": f"hội nghị {lower_first(plan.title)}" if meets else lower_first(plan.title),
            "as_of": format_moment(listed.as_of),
            "lead": plan.office(plan.roles.lead),
            "receiver": plan.office(plan.roles.standing),
            "share": plan.commendation.share,
            "least": plan.commendation.least,
            "quarter": QUARTER,
            "indicators": INDICATORS,
            "counts": list(listed.counts),
            "tied": [*listed.tied, *listed.left_out],
            "decided": [
                f"{with_unit(plan, each)}: {listed.decided[each.id]}"
                for each in listed.proposals
                if each.id in listed.decided
            ],
            "thresholds": [each.model_dump() for each in listed.thresholds],
            "measured": _rows(plan, by_source[Origin.FIGURES]),
            "nominated": _rows(plan, by_source[Origin.NOMINATION]),
            "named": _rows(plan, by_source[Origin.REPORT]),
            "more": max(0, len(by_source[Origin.REPORT]) - _MOST_PRINTED),
        },
    )


def _rows(plan: Plan, listed: Sequence[Nominee]) -> list[dict[str, Any]]:
    return [
        {
            "number": number,
            "code": each.id,
            "name": each.name,
            "unit": unit if (unit := plan.unit(each.unit).name) != each.name else "",
            "merit": each.merit,
            "evidence": each.evidence,
            "concern": each.concern,
        }
        for number, each in enumerate(listed[:_MOST_PRINTED], 1)
    ]
