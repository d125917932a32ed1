"""Mail about replies to invitations: what came of each, once to who has not replied, and what the host is to decide."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

from soket.notices.compose.conference import conference_facts, place_facts
from soket.notices.facts import Facts, office_facts, page_facts
from soket.notices.invitations import asking_on, calling_step, guest_key, say_day_come, silent
from soket.notices.ledger import NoticeState
from soket.notices.notice import Attachment, Kind, Notice, first_id
from soket.plan.guests import Guest, guests_of
from soket.plan.model import Stage, StageKind
from soket.record.attendance import ATTENDING, CHANNELS, UNREAD, Attending, Channel, GuestLine, Reply
from soket.record.decisions import ConferenceFormat
from soket.record.products import CONTENT_TYPES, REGISTRATION
from soket.record.register import Register
from soket.record.replying import table_of
from soket.record.workspace import Workspace
from soket.store.keys import REPLIES_FOLDER
from soket.text import format_moment

_REFUSED = "refused"  # the variant of the mail about a reply that does not count
_SPEECH = "speech"  # the variant of the mail to whoever decides on a speech


def reply_notices(workspace: Workspace, register: Register) -> list[Notice]:
    """Tell each guest what came of its reply, and remind once who sent none; tell the host what it is to decide.

    Before the conference only.

    Who replied on its page has read there what came of it, and what our own machine failed on is no fault of a guest's.
    """
    found: list[Notice] = []
    for stage in workspace.plan.stages_of(StageKind.CONFER):
        called, entry = register.conference_format(stage), register.stages.get(stage.id)
        if called and entry and entry.record("done") and workspace.now.date() < called.day:
            found += _answers(workspace, register, stage, called)
            found += _undecided(workspace, register, stage, called)
            found += _reminders(workspace, register, stage, called)
    return found


def _answers(workspace: Workspace, register: Register, stage: Stage, called: ConferenceFormat) -> Iterator[Notice]:
    guests = {each.code: each for each in guests_of(workspace.plan)}
    facts = conference_facts(called)
    open_still = called.reply_by is not None and workspace.now.date() <= called.reply_by
    facts["organiser"] = workspace.plan.office(stage.owner).name
    lines = {line.guest.code: line for line in table_of(workspace.plan, register, stage).lines}
    facts["last_moment"] = f"chậm nhất {facts['reply_by']}" if open_still else f"trước ngày họp {facts['day']}"
    for reply in register.replies:
        told = reply.channel is not Channel.PAGE and reply.refused != UNREAD
        if told and reply.stage == stage.id and reply.guest in guests:
            folder = f"{workspace.keys.inbox_folder(reply.guest)}{REPLIES_FOLDER}/"
            line = lines[reply.guest]
            own = {
                "inbox_folder": folder,
                "beyond": bool(reply.speaks_on) and line.beyond,
                "owes_speech": line.owed_speech if open_still else "",
                **page_facts(workspace, register, reply.guest),
            }
            yield _answer(stage, {**facts, **own}, reply, guests[reply.guest])


def _answer(stage: Stage, facts: Facts, reply: Reply, guest: Guest) -> Notice:
    file = reply.source.partition(" ")[0].rpartition("/")[2] if reply.channel is Channel.DROP else ""
    line = GuestLine(guest, reply)
    return Notice(
        kind=Kind.REPLY,
        addressee=reply.guest,
        step=f"tl-{reply.id}",
        variant=None if reply.counts else _REFUSED,
        by=stage.owner,
        to=guest.copies or (guest.contact,),
        context={
            "addressed": guest.name,
            "body": guest.name,
            "at": format_moment(reply.at),
            "way": CHANNELS[reply.channel].phrase,
            "file": file,
            "said": ATTENDING[reply.attending].phrase if reply.attending else "",
            "person": ", ".join(filter(None, (reply.person, line.post if line.unnamed else reply.post))),
            "unnamed": line.unnamed,
            "speaks_on": reply.speaks_on,
            "speech": reply.speech,
            "why": reply.refused,
            **facts,
        },
    )


def _undecided(workspace: Workspace, register: Register, stage: Stage, called: ConferenceFormat) -> Iterator[Notice]:
    """Tell whoever organises of each speech that its programme does not have: it decides, and nobody else hears."""
    plan = workspace.plan
    office = plan.office(stage.owner)
    for line in table_of(plan, register, stage).lines:
        if not line.beyond or line.reply is None:
            continue
        yield Notice(
            kind=Kind.REPLY,
            addressee=office.code,
            step=f"tham-luan-{hashlib.sha256(f'{line.guest.code} {line.topic}'.encode()).hexdigest()[:12]}",
            variant=_SPEECH,
            by=plan.roles.operator if office.code == plan.roles.lead else None,  # nobody writes to itself
            to=(office.contact,),
            context={
                **office_facts(office),
                "body": line.guest.name,
                "speaks_on": line.topic,
                "speech": line.speech.speech if line.speech else "",
                "at": format_moment(line.reply.at),
                "way": CHANNELS[line.reply.channel].phrase,
                **conference_facts(called),
            },
        )


def _reminders(workspace: Workspace, register: Register, stage: Stage, called: ConferenceFormat) -> Iterator[Notice]:
    today, asks = workspace.now.date(), asking_on(workspace, register, stage)
    if called.reply_by is None or asks is None or today < asks or not workspace.calendar.is_working_day(today):
        return
    number = register.of(stage).round
    owed = {line.guest.code: line.owed_speech for line in table_of(workspace.plan, register, stage).lines}
    for guest in silent(workspace, register, stage):
        form = guest_key(workspace, stage, number, guest.code, REGISTRATION)
        yield Notice(
            kind=Kind.INVITATION_REMINDER,
            addressee=guest.code,
            step=calling_step(called),
            version=called.day.isoformat(),
            by=stage.owner,
            to=guest.copies or (guest.contact,),
            context={
                "addressed": guest.name,
                "body": guest.name,
                "stage": stage.id,
                "over": called.reply_by < today,
                "owes_speech": owed[guest.code],
                **page_facts(workspace, register, guest.code),
                **conference_facts(called),
                **place_facts(workspace.plan, guest, called),
            },
            attachments=(Attachment(name=REGISTRATION, key=form, content_type=CONTENT_TYPES["docx"]),),
        )


def overtaken(
    workspace: Workspace, register: Register, waiting: Iterable[NoticeState]
) -> Iterator[tuple[NoticeState, str]]:
    """Yield of mails that wait those that ask for a reply which nobody is asked for any more, each with why."""
    asking = [(state, parts) for state in waiting if (parts := _asked_for(state)) is not None]
    if not asking:
        return
    plan = workspace.plan
    stages = [each for each in plan.stages_of(StageKind.CONFER) if each.id in register.stages]
    callings = {
        calling_step(called): (called.day, {line.guest.code: line for line in table_of(plan, register, stage).lines})
        for stage in stages
        if (called := register.conference_format(stage))
    }
    for state, (guest, step) in asking:
        day, lines = callings.get(step, (None, {}))
        why = _why_not_asked(lines.get(guest)) or say_day_come(workspace, day) if day else "giấy mời đã đổi"
        if why:
            yield state, why


def _why_not_asked(line: GuestLine | None) -> str:
    """Return why a guest is not to be asked who comes; "" where it is."""
    if line is None:
        return "đã thôi mời nơi này"
    if line.attending is Attending.HOSTS:
        return "nơi này chủ trì, tổ chức, không phải trả lời"
    return "" if line.attending is Attending.SILENT else "đã có trả lời"


def _asked_for(state: NoticeState) -> tuple[str, str] | None:
    """Return the guest and the step of a mail that asks for a reply; None for every other mail."""
    kind, addressee, step, *_ = [*first_id(state.id).split("."), ""]
    return (addressee, step) if kind == Kind.INVITATION_REMINDER else None
