"""The mail that brings a provisional draft to the office that drafts: at most one a day, with what changed since."""

from __future__ import annotations

import re
from collections.abc import Iterable

from soket.notices.compose.drafts import reports_facts
from soket.notices.facts import deadline_facts, office_facts, products_of
from soket.notices.ledger import NoticeState, states
from soket.notices.notice import Kind, Notice
from soket.plan.model import Stage, StageKind
from soket.plan.themes import Lexicon
from soket.record.inputs import basis_for
from soket.record.products import FIGURES, PROVISIONAL_DRAFT
from soket.record.provisional import ProvisionalDraft
from soket.record.records import StageRecord
from soket.record.register import Register
from soket.record.rounds import in_appraisal, say_met
from soket.record.tally import register_then
from soket.record.workspace import Workspace
from soket.text import format_moment


def provisional_notice(
    workspace: Workspace, register: Register, stage: Stage, record: StageRecord, lexicon: Lexicon | None
) -> Notice | None:
    """Send a provisional draft to the office that drafts, saying what changed since the last that it was sent.

    None where it was sent that one already, or another today: who is written to each morning stops reading.
    """
    from soket.documents.told import changes, told_of

    plan, details, office = workspace.plan, record.details, workspace.plan.office(stage.owner)
    assert isinstance(details, ProvisionalDraft)  # noqa: S101 - so it is filed
    then = register_then(workspace, register, details.as_of)  # as the draft itself tells it
    step, today = f"{plan.mark_of(stage)}no-", workspace.now.date().isoformat()
    sent = _mails(states(workspace).values(), stage.owner, step)
    if details.number in sent or today in sent.values():
        return None
    before = next((each for each in register.of(stage).provisional if _number(each) == max(sent, default=0)), None)
    told, now = told_of(workspace, before) if before else None, told_of(workspace, record)
    moved = changes(plan, told, now, lexicon) if told and now else None
    return Notice(
        kind=Kind.PROVISIONAL,
        addressee=stage.owner,
        step=f"{step}{details.number}",
        version=today,
        to=(office.contact,),
        context={
            **office_facts(office),
            "number": details.number,
            "as_of": format_moment(details.as_of),
            "before": _number(before) if before and moved else None,
            "changes": list(moved.lines()) if moved else [],
            **reports_facts(workspace, then, stage, basis_for(plan, then, stage)),
            "stage_title": stage.title,
            "round": register.of(stage).round,
            "closed": all(register.of(each).done for each in plan.upstream(stage) if each.kind is StageKind.COLLECT),
            "working": register.of(stage).round if register.of(stage).record("working") else 0,
            "met": say_met(plan, register, stage),
            "appraised": in_appraisal(plan, register, stage),
            **deadline_facts(workspace, register.of(stage).deadline),
        },
        attachments=[each for each in products_of(record) if each.name in (PROVISIONAL_DRAFT, FIGURES)],
    )


def _mails(known: Iterable[NoticeState], owner: str, step: str) -> dict[int, str]:
    """Return on which day each provisional draft was posted to an office, by its number."""
    pattern = re.compile(rf"{Kind.PROVISIONAL}\.{owner}\.{step}(\d+)(?:-\w+)?\.(.+)")
    return {int(found[1]): found[2] for each in known if (found := pattern.fullmatch(each.id))}


def _number(record: StageRecord) -> int:
    return record.details.number if isinstance(record.details, ProvisionalDraft) else 0
