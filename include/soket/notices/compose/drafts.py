"""Mail to the offices that draft, appraise and decide, one for each turn of a round."""

from __future__ import annotations

from collections.abc import Sequence

from soket.notices.facts import (
    Facts,
    deadline_facts,
    office_facts,
    products_of,
    sending_facts,
)
from soket.notices.notice import Attachment, Kind, Notice
from soket.plan.dates import Deadline, say_deadline
from soket.plan.model import Contact, StageName
from soket.record.decisions import Appraisal
from soket.record.records import DraftBasis, StageRecord
from soket.record.register import Register
from soket.record.tally import units_left_out
from soket.record.workspace import Workspace
from soket.text import format_moment, vietnamese_order


def draft_notice(workspace: Workspace, register: Register, record: StageRecord) -> Notice:
    """Send a working draft, as its record keeps it, to the office that drafts, and say what it rests on."""
    plan = workspace.plan
    owing = len(register.reporting(plan))
    basis = record.details.basis if isinstance(record.details, DraftBasis) else register.basis()
    left_out = units_left_out(plan, register, basis)
    missing = [plan.unit(code).name for code in left_out]
    facts: Facts = {
        "owing": owing,
        "sent": owing - len(missing),
        "missing": list(vietnamese_order(missing, str)),
        **sending_facts(workspace, plan.roles.drafter),
    }
    return _to_office(
        workspace,
        register,
        Kind.DRAFT,
        StageName.UBND_DRAFT,
        plan.roles.drafter,
        record.round,
        facts,
        products_of(record),
    )


def appraisal_notice(workspace: Workspace, register: Register, record: StageRecord) -> Notice:
    """Send a dossier, with the official draft it is about, to the office that appraises."""
    official = register.stages[StageName.UBND_DRAFT].record("official", record.round)
    return _to_office(
        workspace,
        register,
        Kind.APPRAISAL,
        StageName.VPTU_APPRAISAL,
        workspace.plan.roles.appraiser,
        record.round,
        {"drafter": workspace.plan.office(workspace.plan.roles.drafter).name},
        (*products_of(official), *products_of(record)),
    )


def appraisal_returned_notice(workspace: Workspace, register: Register, appraisal: Appraisal) -> Notice:
    """Return a draft to the office that drafts, with the appraiser's reasons and the appraisal sheet."""
    facts: Facts = {
        **_decision(workspace, appraisal),
        "appraised_by": say_deadline(Deadline(by=register.stages[StageName.VPTU_APPRAISAL].last_day)),
        "reasons": [line.strip() for line in appraisal.reason.splitlines() if line.strip()],
        **sending_facts(workspace, workspace.plan.roles.drafter),
    }
    return _to_office(
        workspace,
        register,
        Kind.APPRAISAL_RETURNED,
        StageName.UBND_DRAFT,
        workspace.plan.roles.drafter,
        appraisal.round,
        facts,
        products_of(register.stages[StageName.VPTU_APPRAISAL].record("dossier", appraisal.round)),
        by=workspace.plan.roles.appraiser,
    )


def appraised_notice(workspace: Workspace, register: Register, record: StageRecord) -> Notice:
    """Send the appraised report to the standing board, and a copy to those whom the stage names."""
    plan, stage = workspace.plan, StageName.VPTU_APPRAISAL
    appraisal = register.appraisal(record.round)
    assert appraisal is not None  # noqa: S101 - a report is sent on only once it is appraised
    return _to_office(
        workspace,
        register,
        Kind.APPRAISED,
        stage,
        plan.roles.standing,
        record.round,
        _decision(workspace, appraisal),
        products_of(record),
        by=plan.roles.appraiser,
        cc=[plan.office(code).contact for code in plan.stages[stage].copies],
    )


def _decision(workspace: Workspace, appraisal: Appraisal) -> Facts:
    return {
        "appraiser": workspace.plan.office(workspace.plan.roles.appraiser).name,
        "granted_by": appraisal.granted_by,
        "decided": format_moment(appraisal.decided_at),
        "document_number": appraisal.document_number,
    }


def _to_office(
    workspace: Workspace,
    register: Register,
    kind: Kind,
    stage: StageName,
    code: str,
    round_number: int,
    facts: Facts,
    attachments: Sequence[Attachment],
    *,
    by: str | None = None,
    cc: Sequence[Contact] = (),
) -> Notice:
    """Return a mail to an office about one round of a stage."""
    plan = workspace.plan
    office = plan.office(code)
    return Notice(
        kind=kind,
        addressee=code,
        step=f"round-{round_number}",
        by=by,
        to=(office.contact,),
        cc=tuple(cc),
        context={
            **office_facts(office),
            "stage_title": plan.stages[stage].title,
            "delivers": plan.stages[stage].delivers,
            "receiver": plan.office(plan.stages[stage].receiver).name,
            "round": round_number,
            **deadline_facts(workspace, register.stages[stage].deadline),
            **facts,
        },
        attachments=tuple(attachments),
    )
