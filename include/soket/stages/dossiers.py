"""The dossier of a round: its draft held against the reports, the working draft and the points of the round before."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from soket.plan.model import Plan, Stage
from soket.reading.kinds import extension_of
from soket.record.products import APPRAISAL_ANSWERS, APPRAISAL_REPORT, MARKED_DRAFT, save_products
from soket.record.records import StageRecord
from soket.record.register import Register
from soket.record.stale import later_reports
from soket.record.standing import Standing
from soket.record.tally import register_then
from soket.record.workspace import Workspace
from soket.stages.points import answered_points, earlier_round, read_product
from soket.stages.resting import came_since, summary_now, summary_of
from soket.stages.traces import traced

if TYPE_CHECKING:
    from soket.documents.dossier import Dossier


def draft_before(plan: Plan, stage: Stage) -> Stage:
    """Return the draft that an appraisal is about: a sound plan has one."""
    draft = plan.draft_of(stage)
    assert draft is not None  # noqa: S101 - soket.plan.flow_checks
    return draft


def dossier_of(workspace: Workspace, register: Register, stage: Stage, round_number: int) -> Dossier:
    """Return what is found of the official draft of a round."""
    from soket.documents.checks.finding import graver_first
    from soket.documents.checks.together import amended_findings
    from soket.documents.comparison import compare
    from soket.documents.dossier import Dossier

    drafting = draft_before(workspace.plan, stage)
    working, official = _drafts(register, drafting, round_number)
    text, summary = read_product(workspace, official), summary_of(workspace, register, working)
    comparison = compare(summary, working=read_product(workspace, working), official=text)
    late = later_reports(workspace.plan, register, drafting, round_number)
    found = (*comparison.findings, *amended_findings(late))
    comparison = replace(comparison, findings=graver_first(found))
    now = summary_now(workspace, register, drafting)
    earlier = earlier_round(workspace, register, drafting, round_number)
    before = register.of(drafting).record("working", earlier.number) if earlier else None
    since = came_since(workspace, register, before, summary)
    later = came_since(workspace, register, working, now) if late else None
    return Dossier(
        stage,
        round_number,
        comparison,
        points=answered_points(workspace, register, stage, earlier, text, comparison, since),
        earlier=earlier.number if earlier else 0,
        amended=tuple(late),
        since=later.in_words if later else "",
    )


def dossier_shown(workspace: Workspace, register: Register, stage: Stage, round_number: int) -> Dossier:
    """Return the dossier on which an appraiser decided: of what was known when it was made, whatever came since."""
    made = register.of(stage).latest("dossier", round_number)
    then = register_then(workspace, register, made.at) if made else register
    return dossier_of(workspace, then, stage, round_number)


def dossier_now(workspace: Workspace, register: Register, shown: Dossier, since: datetime | None) -> Dossier:
    """Return the dossier with what came since the one that was shown; that one itself where nothing did."""
    then = register_then(workspace, register, since) if since else register
    if _told_by(then) == _told_by(register):
        return shown
    return dossier_of(workspace, register, shown.stage, shown.round)


def _told_by(register: Register) -> dict[str, tuple[object, ...]]:
    """Return what a dossier is made of that may change under it: how each unit's submissions are judged and count."""
    return {
        code: (each.outcomes, each.accepted, each.standing is Standing.EXEMPT) for code, each in register.units.items()
    }


def save_dossier(workspace: Workspace, register: Register, dossier: Dossier) -> tuple[str, ...]:
    """Write a dossier's papers; return their keys."""
    from soket.documents.appraisal import render_answers, render_appraisal
    from soket.documents.dossier import marked_copy

    _, official = _drafts(register, draft_before(workspace.plan, dossier.stage), dossier.round)
    key = official.products[0]
    marked = marked_copy(workspace.store.get(key), dossier.comparison) if extension_of(key) == "docx" else None
    with traced(workspace, register, dossier.stage, dossier.round, dossier.comparison.summary) as papers:
        linked = MARKED_DRAFT if marked else ""
        papers[APPRAISAL_REPORT] = render_appraisal(dossier, made_at=workspace.now, linked=linked)
    if dossier.points:
        papers[APPRAISAL_ANSWERS] = render_answers(dossier, made_at=workspace.now)
    if marked:
        papers[MARKED_DRAFT] = marked
    return save_products(workspace, dossier.stage.id, dossier.round, papers)


def _drafts(register: Register, drafting: Stage, round_number: int) -> tuple[StageRecord, StageRecord]:
    entry = register.of(drafting)
    working, official = entry.record("working", round_number), entry.record("official", round_number)
    assert working is not None and official is not None  # noqa: S101, PT018 - a done draft has both
    return working, official
