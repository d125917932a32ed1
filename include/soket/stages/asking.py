"""Asking: what units write into, the papers of a request, and whoever was not asked with the others."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from soket.plan.changes import ChangeKind
from soket.plan.model import Campaign, Plan, Stage, StageKind
from soket.record.decisions import PlanChange
from soket.record.products import COVERAGE_REQUEST, NOMINATION_FORM, OUTLINE, REQUEST_LETTER, form_name, save_products
from soket.record.register import Register
from soket.record.tally import register_then
from soket.record.workspace import Workspace

if TYPE_CHECKING:
    from soket.notices.ledger import NoticeState

_GONE = (ChangeKind.UNIT_REMOVED, ChangeKind.UNIT_RECODED)


def forms_of(plan: Plan, campaign: Campaign, stage: Stage) -> dict[str, bytes]:
    """Return what units write their reports into, by file name: the outline, and the workbook of each form."""
    from soket.documents.nominations import render_nomination_form
    from soket.documents.request import form_workbook, render_outline

    forms = {form_name(form.code): form_workbook(plan, form) for form in plan.forms}
    if plan.commendation.nominations:
        forms[NOMINATION_FORM] = render_nomination_form(plan, campaign, stage)
    return {OUTLINE: render_outline(plan, campaign, stage), **forms}


def papers_of(plan: Plan, campaign: Campaign, stage: Stage) -> dict[str, bytes]:
    """Return what goes with a stage's requests, by file name: the letter and, for reports, outline and forms."""
    from soket.documents.request import render_coverage_request, render_document_request, render_request

    if stage.kind is StageKind.PUBLISH:
        return {COVERAGE_REQUEST: render_coverage_request(plan, campaign, stage)}
    if stage.takes == "document":
        return {REQUEST_LETTER: render_document_request(plan, campaign, stage)}
    return {REQUEST_LETTER: render_request(plan, campaign, stage), **forms_of(plan, campaign, stage)}


def campaign_as_dated(workspace: Workspace, register: Register, stage: Stage) -> Campaign:
    """Return the campaign with a stage's date as it was moved when its latest round opened, or is moved now.

    A letter made again says what it said; the letter of a later round is of the day on which that one opened.
    """
    opened = None if register.reopened(stage) else register.of(stage).record("opened")
    then = register_then(workspace, register, opened.at) if opened and workspace.rerun else register
    entry, dates = then.of(stage), workspace.campaign.stages[stage.id]
    update: dict[str, object] = {}
    if entry.deadline != dates.moment:
        update |= {"by": entry.last_day, "before": None, "blocks": {}, "units": {}}
    if then.round_to_open(stage) > 1:
        update["opens"] = (opened.at if opened else register.as_of).date()
    campaign = workspace.campaign
    return campaign.model_copy(update={"stages": {**campaign.stages, stage.id: dates.model_copy(update=update)}})


def ask_the_rest(workspace: Workspace, register: Register, known: Mapping[str, NoticeState]) -> list[str]:
    """Post the requests that open stages still owe, with papers as they are now; return the new ids.

    They are owed to units that joined, or owe again, since the others were asked, and to those whose form or duty the
    plan has changed.
    """
    from soket.notices.compose import late_requests
    from soket.notices.facts import as_attachments
    from soket.notices.outbox import post_all

    posted = []
    for stage in workspace.plan.stages_of(StageKind.COLLECT, StageKind.PUBLISH):
        opened = register.of(stage).record("opened")
        if opened is None or not late_requests(workspace, register, stage, known):
            continue
        papers = papers_of(workspace.plan, campaign_as_dated(workspace, register, stage), stage)
        keys = save_products(workspace, stage.id, opened.round, papers)
        requests = late_requests(workspace, register, stage, known, as_attachments(keys))
        posted += post_all(workspace, requests, known, suppressed=workspace.silent)
    return posted


def withdraw_what_is_over(workspace: Workspace, register: Register, known: Mapping[str, NoticeState]) -> None:
    """Withdraw what waits for units that the plan has no more, or asks guests for a reply that came."""
    from soket.notices.ledger import real_now
    from soket.notices.outbox import withdraw
    from soket.notices.timely import spare_guests

    changes = (each for act in register.decisions if isinstance(act, PlanChange) for each in act.changes)
    gone = {each.before or each.about for each in changes if each.kind in _GONE} - register.units.keys()
    for state in known.values() if gone else ():
        if state.ending is None and state.id.split(".")[1] in gone:
            withdraw(workspace, state, "đơn vị không còn trong kế hoạch", real_now())
    spare_guests(workspace, register, known)
