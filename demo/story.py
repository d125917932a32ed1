"""Whether a campaign's records tell a story in which nobody answers what was not said yet."""

from __future__ import annotations

from collections.abc import Iterator

from demo.evidence import Evidence
from soket.plan.model import StageKind
from soket.record.decisions import Appraisal, Postponement
from soket.record.stage_details import AppraisalOutcome, DraftTaken, PointsRaised
from soket.text import format_moment


def contradictions(evidence: Evidence) -> Iterator[str]:
    """Yield what was answered before it was said, by the moments on record."""
    appraisals = [act for act in evidence.register.decisions if isinstance(act, Appraisal)]
    returns = [act for act in appraisals if act.outcome == "returned"]
    drafts = {
        record.round: record.details.arrived_at
        for record in evidence.register.of(evidence.workspace.plan.stages_of(StageKind.DRAFT)[0]).records
        if record.step == "official" and isinstance(record.details, DraftTaken)
    }
    for act in appraisals:
        draft = drafts.get(act.round)
        if draft is None or draft >= act.decided_at:
            yield f"thẩm định vòng {act.round} lúc {format_moment(act.decided_at)}, trước khi có dự thảo"
        elif any(each.round < act.round and each.decided_at >= draft for each in returns):
            yield f"dự thảo vòng {act.round} đến lúc {format_moment(draft)}, trước khi vòng trước bị trả lại"
    awaited = {form.stage for form in evidence.scenario.officials.forms if form.once == "returned"}
    for postponed in evidence.register.decisions:
        if not isinstance(postponed, Postponement) or postponed.stage not in awaited:
            continue
        if all(each.decided_at >= postponed.decided_at for each in returns):
            yield f"lùi hạn lúc {format_moment(postponed.decided_at)}, trước khi dự thảo bị trả lại"


def open_points(evidence: Evidence) -> Iterator[str]:
    """Yield what of the planted errors no appraisal found, in a table or in prose, and what the last one left open."""
    records = [record for entry in evidence.register.stages.values() for record in entry.records]
    returned = [each.details for each in records if isinstance(each.details, AppraisalOutcome)]
    found = {point.check for each in returned for point in each.points}
    if any(draft.misprints for draft in evidence.scenario.officials.drafts):
        yield from (f"không nêu được chỗ lệch: {each}" for each in ("table", "prose", "notes") if each not in found)
    for record in sorted((each for each in records if each.kind == "dossier"), key=lambda each: each.at)[-1:]:
        if isinstance(record.details, PointsRaised):
            yield from (*record.details.unanswered, *record.details.wrong)
