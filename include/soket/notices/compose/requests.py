"""Mail that asks units for what they owe, with the letter and their own form."""

from __future__ import annotations

from collections.abc import Sequence

from soket.notices.compose.units import head_of
from soket.notices.facts import Facts, products_of, unit_facts
from soket.notices.notice import Attachment, Kind, Notice
from soket.plan.dates import say_deadline
from soket.plan.model import Duty, Stage
from soket.plan.papers import signed_copy
from soket.record.products import COVERAGE_REQUEST, OUTLINE, REQUEST_LETTER, form_name
from soket.record.register import Register, Standing
from soket.record.workspace import Workspace

_REPORTING = (Duty.REPORT, Duty.OWN_REVIEW)


def request_notices(
    workspace: Workspace, register: Register, stage: Stage, papers: Sequence[Attachment] | None = None
) -> list[Notice]:
    """Ask every unit that owes a report, an own review or a nil return for it, with the letter and its own form.

    The papers are those that the stage opened with, unless told.
    """
    return _requests(workspace, register, stage, REQUEST_LETTER, papers)


def coverage_request_notices(
    workspace: Workspace, register: Register, stage: Stage, papers: Sequence[Attachment] | None = None
) -> list[Notice]:
    """Ask every press agency for its plan of coverage."""
    return _requests(workspace, register, stage, COVERAGE_REQUEST, papers)


def step_of_round(number: int) -> str:
    """Return the step of the requests of a round."""
    return f"round-{number}"


def _requests(
    workspace: Workspace, register: Register, stage: Stage, letter: str, papers: Sequence[Attachment] | None
) -> list[Notice]:
    """Return the requests of a stage's latest round to everyone who owes it something."""
    plan = workspace.plan
    products = products_of(register.of(stage).record("opened")) if papers is None else papers
    outline: list[Facts] = [{"number": each.number, "title": each.title} for each in plan.outline]
    notices = []
    for unit in plan.units_of(stage):
        entry = register.units[unit.code]
        if entry.standing is Standing.EXEMPT:
            continue
        form, planned = plan.form_of(unit), plan.deadline_of(workspace.campaign, stage, unit)
        wanted = {letter, OUTLINE, form_name(form.code) if form else ""}
        sheets = tuple(each for each in products if each.name in wanted)
        uses = {OUTLINE: "viết báo cáo", form_name(form.code) if form else "": "điền số liệu"}
        notices.append(
            Notice(
                kind=Kind.REQUEST,
                addressee=unit.code,
                step=step_of_round(max(register.of(stage).round, 1)),
                to=(unit.contact,),
                cc=head_of(unit),
                context={
                    **unit_facts(workspace, unit, entry),
                    # In the plan's own words, "trước ngày …", as long as its date stands.
                    **({"last_moment": say_deadline(planned)} if entry.deadline == planned.moment else {}),
                    "with_what": "; ".join(f"{use} vào {each.name}" for each in sheets if (use := uses.get(each.name))),
                    "signed": signed_copy(stage),
                    "duty": unit.owes.value,
                    "outline": list(outline) if unit.owes in _REPORTING else [],
                    "guidance": list(plan.request_guidance) if unit.owes in _REPORTING else [],
                },
                attachments=sheets,
            )
        )
    return notices
