"""Mail about the conference: invitations, and the press pack."""

from __future__ import annotations

from soket.notices.facts import Facts, products_of, unit_facts
from soket.notices.notice import Attachment, Kind, Notice
from soket.plan.model import Contact, Stage
from soket.record.decisions import ConferenceFormat
from soket.record.products import AGENDA, CALENDAR, INVITATION
from soket.record.register import Register, Standing
from soket.record.words import FORMATS
from soket.record.workspace import Workspace
from soket.text import format_date

# The list of delegates and the proposed commendations are for the organisers.
_FOR_GUESTS = (INVITATION, AGENDA, CALENDAR)


def invitation_notices(workspace: Workspace, register: Register, stage: Stage) -> list[Notice]:
    """Invite every unit and every office to the conference; a new day, place or format invites again."""
    decision = register.conference_format(stage)
    assert decision is not None  # noqa: S101 - nobody is invited before the format is decided
    papers = products_of(register.of(stage).record("papers"))
    attachments = tuple(_as_event(each) for each in papers if each.name in _FOR_GUESTS)
    plan = workspace.plan
    guests: list[tuple[str, str, Contact, tuple[Contact, ...]]] = [
        (office.code, office.name, office.contact, ()) for office in plan.offices if office.code != plan.roles.operator
    ]
    guests += [
        (unit.code, unit.name, unit.head, (unit.contact,) if unit.contact.email != unit.head.email else ())
        for unit in plan.units
    ]
    return [_invitation(stage.owner, decision, *guest, attachments) for guest in guests]


def press_notices(workspace: Workspace, register: Register, stage: Stage) -> list[Notice]:
    """Send the press pack to the press agencies, to be published no earlier than the conference where there is one."""
    decision = register.conference_before(workspace.plan, stage)
    publicity = register.of(stage)
    attachments = tuple(products_of(publicity.record("press")))
    return [
        Notice(
            kind=Kind.PRESS,
            addressee=unit.code,
            step=f"round-{publicity.round}",
            version=decision.day.isoformat() if decision else "",
            to=(unit.contact,),
            context={
                **unit_facts(workspace, unit, register.units[unit.code]),
                **(_conference(decision) if decision else {"day": ""}),
                "plan_owed": not register.units[unit.code].standing.settled,
            },
            attachments=attachments,
        )
        for unit in workspace.plan.units_of(stage)
        if register.units[unit.code].standing is not Standing.EXEMPT
    ]


def _invitation(
    by: str,
    decision: ConferenceFormat,
    code: str,
    name: str,
    contact: Contact,
    cc: tuple[Contact, ...],
    attachments: tuple[Attachment, ...],
) -> Notice:
    return Notice(
        kind=Kind.INVITATION,
        addressee=code,
        step=decision.id.lower(),
        version=decision.day.isoformat() if decision else "",
        by=by,
        to=(contact,),
        cc=cc,
        context={"addressed": name, **_conference(decision)},
        attachments=attachments,
    )


def _as_event(paper: Attachment) -> Attachment:
    """Return a calendar file with the method that it holds, without which mail programs show no event."""
    if paper.name != CALENDAR:
        return paper
    return paper.model_copy(update={"content_type": "text/calendar; method=PUBLISH; charset=utf-8"})


def _conference(decision: ConferenceFormat) -> Facts:
    return {
        "format": decision.format,
        "format_name": FORMATS[decision.format].phrase,
        "day": format_date(decision.day),
        "place": decision.place,
        "reason": decision.reason,
        "document_number": decision.document_number,
    }
