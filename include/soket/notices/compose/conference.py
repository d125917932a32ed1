"""Mail about the conference: invitations, taking them back, and the press pack."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from types import MappingProxyType

from soket.notices.facts import Facts, page_facts, products_of, say_contact, unit_facts
from soket.notices.invitations import calling_step, guest_key
from soket.notices.notice import Attachment, Kind, Notice
from soket.plan.dates import last_moment
from soket.plan.guests import MAIN_POINT, Guest, guests_of, hosts_of, point_of
from soket.plan.model import Plan, Stage
from soket.record.decisions import ConferenceFormat
from soket.record.nominees import Nominee
from soket.record.products import AGENDA, CALENDAR, INVITATION, REGISTRATION
from soket.record.register import Register, Standing
from soket.record.replaced import replaced_invitations
from soket.record.words import FORMATS
from soket.record.workspace import Workspace
from soket.text import format_date, format_moment

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def invitation_notices(
    workspace: Workspace,
    register: Register,
    stage: Stage,
    commended: Sequence[Nominee] = (),
    speaking: Mapping[str, str] = MappingProxyType({}),
) -> list[Notice]:
    """Invite every unit and every office to the conference; a new day, place or format invites again.

    `commended` are those whose commendation is decided: their unit is asked to bring them. `speaking` are those
    asked to speak, with what on.
    """
    decision = register.conference_format(stage)
    assert decision is not None  # noqa: S101 - nobody is invited before the format is decided
    papers = {each.name: each for each in products_of(register.of(stage).record("papers"))}
    postponed = decision.format == "postponed"
    replaced = [each.in_words for each in replaced_invitations(register, stage, register.of(stage).round)]
    return [
        Notice(
            kind=Kind.INVITATION,
            addressee=guest.code,
            step=calling_step(decision),
            version=decision.day.isoformat(),
            by=stage.owner,
            to=(guest.contact,),
            cc=guest.copies,
            context={
                **_host_facts(workspace.plan, stage, guest, decision),
                "body": guest.name,
                "stage": stage.id,
                "replaced": list(replaced),
                "told_to": say_contact(workspace.plan.office(stage.owner)) if workspace.is_over else "",
                "commended": [each.name for each in commended if each.unit == guest.code],
                "topic": "" if postponed else speaking.get(guest.code, ""),
                "speech_minutes": workspace.plan.conference.speech_minutes,
                **page_facts(workspace, register, guest.code),
                **conference_facts(decision),
                **place_facts(workspace.plan, guest, decision),
            },
            attachments=tuple(
                _attached(workspace, register, stage, guest, papers, speaking=speaking, postponed=postponed)
            ),
        )
        for guest in guests_of(workspace.plan)
    ]


def _host_facts(plan: Plan, stage: Stage, guest: Guest, decision: ConferenceFormat) -> Facts:
    """Return how an invitation addresses a guest, and what it is to do where it is none but presides or organises."""
    if guest.code not in hosts_of(plan, stage):
        return {"addressed": guest.addressed, "host": ""}
    if guest.code != plan.roles.standing:
        return {"addressed": guest.name, "host": "organises"}
    return {"addressed": guest.name, "host": "presides" if guest.name in (decision.chair or "") else "attends"}


def withdrawal_notices(
    workspace: Workspace, register: Register, stage: Stage, decision: ConferenceFormat, gone: Iterable[Guest]
) -> list[Notice]:
    """Tell those who are not invited any more, in words and in their calendars."""
    round_number = register.of(stage).round
    return [
        Notice(
            kind=Kind.INVITATION_WITHDRAWN,
            addressee=guest.code,
            step=f"rut-{workspace.plan.mark_of(stage)}{round_number}",
            by=stage.owner,
            to=(guest.contact,),
            cc=guest.copies,
            context={"addressed": guest.addressed, "body": guest.name, "stage": stage.id, **conference_facts(decision)},
            attachments=(_calendar(guest_key(workspace, stage, round_number, guest.code, CALENDAR), "CANCEL"),),
        )
        for guest in gone
    ]


def _attached(
    workspace: Workspace,
    register: Register,
    stage: Stage,
    guest: Guest,
    papers: dict[str, Attachment],
    *,
    speaking: Collection[str],
    postponed: bool,
) -> Iterable[Attachment]:
    """Yield what goes with an invitation: its own where somebody is known by name, or speaks, else the one for all."""
    round_number = register.of(stage).round

    def own(name: str) -> str:
        return guest_key(workspace, stage, round_number, guest.code, name)

    if INVITATION in papers:
        has_own = guest.person or guest.code in speaking
        yield Attachment(name=INVITATION, key=own(INVITATION), content_type=_WORD) if has_own else papers[INVITATION]
    if AGENDA in papers and not postponed:  # it has no hours yet
        yield papers[AGENDA]
    if papers:
        if guest.code not in hosts_of(workspace.plan, stage):
            yield Attachment(name=REGISTRATION, key=own(REGISTRATION), content_type=_WORD)
        yield _calendar(own(CALENDAR), "REQUEST")


def _calendar(key: str, method: str) -> Attachment:
    """Return a calendar file with the method that it holds, without which mail programs show no event."""
    return Attachment(name=CALENDAR, key=key, content_type=f"text/calendar; method={method}; charset=utf-8")


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
                **(conference_facts(decision) if decision else {"day": ""}),
                "plan_owed": not register.units[unit.code].standing.settled,
            },
            attachments=attachments,
        )
        for unit in workspace.plan.units_of(stage)
        if register.units[unit.code].standing is not Standing.EXEMPT
    ]


def place_facts(plan: Plan, guest: Guest, decision: ConferenceFormat) -> Facts:
    """Return where a guest attends an online conference."""
    return {"attends_at": (point_of(plan, guest) or MAIN_POINT) if decision.format == "online" else ""}


def conference_facts(decision: ConferenceFormat) -> Facts:
    """Return what mail says of a conference."""
    return {
        "format": decision.format,
        "format_name": FORMATS[decision.format].phrase,
        "day": format_date(decision.day),
        "time": f"{decision.starts:%H} giờ {decision.starts:%M}" if decision.starts else "",
        "place": decision.place,
        "chair": decision.chair or "",
        "line_test": format_moment(decision.line_test) if decision.line_test else "",
        "reply_by": last_moment(decision.reply_by) if decision.reply_by else "",
        "reason": decision.reason,
        "document_number": decision.document_number,
    }
