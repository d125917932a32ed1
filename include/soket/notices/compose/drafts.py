"""Mail to the offices that draft, appraise and decide, one for each turn of a round."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from soket.documents.points import points_said
from soket.notices.facts import (
    Facts,
    carried,
    deadline_facts,
    office_facts,
    products_of,
    sending_facts,
)
from soket.notices.notice import Attachment, Kind, Notice
from soket.plan.model import Contact, Plan, Stage
from soket.record.decisions import Appraisal
from soket.record.inputs import basis_for, reports_for
from soket.record.lacking import Lacking, say_with_us
from soket.record.products import APPRAISAL_ANSWERS, APPRAISAL_REPORT
from soket.record.records import StageRecord
from soket.record.register import Register
from soket.record.rounds import in_appraisal, say_met
from soket.record.stage_details import DraftBasis
from soket.record.stale import stale_papers
from soket.record.standing import Standing
from soket.record.tally import count_nil, progress_of, say_nil, units_left_out
from soket.record.units import UnitEntry
from soket.record.words import say_standing
from soket.record.workspace import Workspace
from soket.text import format_date, format_moment, vietnamese_order


def draft_notice(workspace: Workspace, register: Register, stage: Stage, record: StageRecord) -> Notice:
    """Send a working draft, as its record keeps it, to the office that drafts, and say what it rests on."""
    plan = workspace.plan
    basis = record.details.basis if isinstance(record.details, DraftBasis) else basis_for(plan, register, stage)
    facts: Facts = {
        **reports_facts(workspace, register, stage, basis),
        "met": say_met(plan, register, stage),
        "appraised": in_appraisal(plan, register, stage),
        "opened_for": opened.note if (opened := register.of(stage).record("opened", record.round)) else None,
        **sending_facts(workspace, stage.owner),
    }
    return _to_office(
        workspace,
        register,
        Kind.DRAFT,
        stage,
        stage.owner,
        record.round,
        facts,
        products_of(record),
    )


def _lacking(plan: Plan, entry: UnitEntry) -> str:
    """Return a unit whose report is not there; of one that sent anything, how that stands."""
    sent = "" if entry.standing is Standing.NOT_SENT else f" ({say_standing(plan, entry)})"
    return f"{plan.unit(entry.unit).name}{sent}"


def reports_facts(workspace: Workspace, register: Register, stage: Stage, basis: Mapping[str, int]) -> Facts:
    """Return of how many reports a draft is made, and whose are not in it."""
    plan = workspace.plan
    owing = reports_for(plan, register, stage)
    left_out = {*units_left_out(owing, basis)}
    lacking = Lacking.of(entry for entry in owing if entry.unit in left_out)
    missing = [_lacking(plan, entry) for entry in lacking.missing]
    with_us = [f"{plan.unit(entry.unit).name}: {say_with_us(entry, workspace.now)}" for entry in lacking.with_us]
    # Taken in between the writing of the draft and of its mail.
    with_us += [
        f"{plan.unit(entry.unit).name}: đã tiếp nhận sau khi tổng hợp"
        for entry in owing
        if entry.unit in left_out and progress_of(entry).received
    ]
    return {
        "owing": len(owing),
        "sent": len(owing) - len(left_out),
        "with_nil": say_nil(count_nil(owing)),
        "missing": list(vietnamese_order(missing, str)),
        "with_us": list(vietnamese_order(with_us, str)),
    }


def appraisal_notice(workspace: Workspace, register: Register, stage: Stage, record: StageRecord) -> Notice:
    """Send a dossier, with the official draft it is about, to the office that appraises."""
    draft = workspace.plan.draft_of(stage)
    assert draft is not None  # noqa: S101 - an appraisal is about a draft
    files = (*products_of(register.of(draft).record("official", record.round)), *products_of(record))
    return _to_office(
        workspace,
        register,
        Kind.APPRAISAL,
        stage,
        stage.owner,
        record.round,
        {"drafter": workspace.plan.office(draft.owner).name, "unsigned": _unsigned(workspace.plan, draft, files)},
        files,
    )


def appraisal_returned_notice(
    workspace: Workspace, register: Register, stage: Stage, appraisal: Appraisal, record: StageRecord | None
) -> Notice:
    """Return a draft to the office that drafts, with the reasons, the appraisal as `record` keeps it, the dossier."""
    draft = workspace.plan.returned_by(stage)
    assert draft is not None  # noqa: S101 - an appraisal is about a draft
    decided, found = products_of(record), products_of(register.of(stage).latest("dossier", appraisal.round))
    facts: Facts = {
        **_decision(workspace, stage, appraisal),
        "met": say_met(workspace.plan, register, draft),
        "appraised_by": format_date(register.of(stage).last_day),
        "newer": _newer(workspace, register, draft, appraisal.round),
        "reasons": [f"{each.id}. {each.text}" for each in points_said(appraisal.reason, appraisal.round)],
        **sending_facts(workspace, draft.owner),
    }
    return _to_office(
        workspace,
        register,
        Kind.APPRAISAL_RETURNED,
        draft,
        draft.owner,
        appraisal.round,
        facts,
        [*decided, *(each for each in found if each.name != APPRAISAL_REPORT or not decided)],
        by=stage.owner,
        mark=workspace.plan.mark_of(stage),
    )


def _newer(workspace: Workspace, register: Register, draft: Stage, returned: int) -> Facts | None:
    """Return which working draft the drafter got since the round that was returned, and what that lacks; None: none."""
    working = register.of(draft).record("working")
    if working is None or working.round <= returned:
        return None
    stale = (each for each in stale_papers(workspace, register) if each.record == working)
    lacks = next((f"{each.in_words(workspace.plan)} {each.advice(workspace.plan, register)}" for each in stale), "")
    return {"round": working.round, "before": returned, "sent": format_moment(working.at), "lacks": lacks}


def appraised_notice(workspace: Workspace, register: Register, stage: Stage, record: StageRecord) -> Notice:
    """Send the appraised report to the standing board, and a copy to those whom the stage names."""
    appraisal = register.appraisal(stage, record.round)
    assert appraisal is not None  # noqa: S101 - a report is sent on only once it is appraised
    files, draft = products_of(record), workspace.plan.draft_of(stage)
    return _to_office(
        workspace,
        register,
        Kind.APPRAISED,
        stage,
        stage.receiver,
        record.round,
        {**_decision(workspace, stage, appraisal), "unsigned": _unsigned(workspace.plan, draft, files)},
        files,
        by=stage.owner,
        cc=[workspace.plan.office(code).contact for code in stage.copies],
    )


def _unsigned(plan: Plan, draft: Stage | None, files: Sequence[Attachment]) -> str:
    """Return whose word the table of answers is not yet, where it goes along."""
    if draft is None or all(each.name != APPRAISAL_ANSWERS for each in files):
        return ""
    drafter = plan.office(draft.owner).name
    return f"Bảng giải trình, tiếp thu do hệ thống lập từ hai bản dự thảo; chưa ký thì chưa phải ý kiến của {drafter}."


def _decision(workspace: Workspace, stage: Stage, appraisal: Appraisal) -> Facts:
    return {
        "appraiser": workspace.plan.office(stage.owner).name,
        "granted_by": appraisal.granted_by,
        "decided": format_moment(appraisal.decided_at),
        "document_number": appraisal.document_number,
    }


def _to_office(
    workspace: Workspace,
    register: Register,
    kind: Kind,
    stage: Stage,
    code: str,
    round_number: int,
    facts: Facts,
    attachments: Sequence[Attachment],
    *,
    by: str | None = None,
    mark: str | None = None,
    cc: Sequence[Contact] = (),
) -> Notice:
    """Return a mail to an office about one round of a stage; `mark` tells it from another stage's."""
    plan = workspace.plan
    office = plan.office(code)
    files, heavy = carried(workspace, attachments)
    return Notice(
        kind=kind,
        addressee=code,
        step=f"{plan.mark_of(stage) if mark is None else mark}round-{round_number}",
        by=by,
        to=(office.contact,),
        cc=tuple(cc),
        context={
            **office_facts(office),
            "stage_title": stage.title,
            "delivers": stage.delivers,
            "receiver": plan.office(stage.receiver).name,
            "round": round_number,
            **deadline_facts(workspace, register.of(stage).deadline),
            **facts,
            **({"heavy": list(heavy)} if heavy else {}),
        },
        attachments=files,
    )
