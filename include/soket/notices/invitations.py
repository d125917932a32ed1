"""What each guest's invitation is made of beside the papers for all: its own files, and its entry in calendars."""

from __future__ import annotations

import hmac
from contextlib import suppress
from datetime import date, datetime, time, timedelta

from soket.clock import VIETNAM
from soket.notices.ledger import Ending, read_intent, states
from soket.notices.notice import Kind, Notice, first_id, mail_domain
from soket.plan.calendar import WorkingCalendar
from soket.plan.guests import Guest, guests_of
from soket.plan.model import Stage, StageKind
from soket.record.decisions import ConferenceFormat
from soket.record.register import Register
from soket.record.replying import table_of
from soket.record.seal import read_seal
from soket.record.workspace import Workspace
from soket.store.store import MissingObjectError
from soket.text import format_date

_INVITING = (Kind.INVITATION, Kind.INVITATION_WITHDRAWN)
_ABOUT_CONFERENCES = (*_INVITING, Kind.INVITATION_REMINDER, Kind.REPLY)


def guest_key(workspace: Workspace, stage: Stage, round_number: int, guest: str, name: str) -> str:
    """Return where a guest's own copy of a paper lies."""
    return workspace.keys.stage(stage.id, round_number, f"guests/{guest}/{name}")


def calendar_uid(workspace: Workspace, stage: Stage, guest: str, seal: bytes | None = None) -> str:
    """Return the UID of a guest's entry: the same for as long as the campaign lasts, and guessed by nobody else.

    So an answer from a calendar tells by its UID alone whose it is, whatever mailbox it comes from.
    """
    told = f"conference/{workspace.plan.id}/{workspace.campaign.code}/{stage.id}/{guest}"
    digest = hmac.digest(read_seal(workspace.store) if seal is None else seal, told.encode(), "sha256").hex()[:32]
    return f"{digest}@{mail_domain(workspace.plan)}"


def answers_go_to(workspace: Workspace) -> str:
    """Return the address that calendars answer to: the mailbox that mail goes out from, which is read."""
    return workspace.plan.office(workspace.plan.roles.operator).contact.email


def guests_by_uid(workspace: Workspace) -> dict[str, tuple[Stage, Guest]]:
    """Return whose each calendar entry of the campaign is."""
    seal, guests = read_seal(workspace.store), guests_of(workspace.plan)
    return {
        calendar_uid(workspace, stage, guest.code, seal): (stage, guest)
        for stage in workspace.plan.stages_of(StageKind.CONFER)
        for guest in guests
    }


def silent(workspace: Workspace, register: Register, stage: Stage) -> tuple[Guest, ...]:
    """Return who has not replied to a conference's present invitation."""
    return table_of(workspace.plan, register, stage).silent


def asking_on(workspace: Workspace, register: Register, stage: Stage) -> date | None:
    """Return the day on whose morning who has not replied is asked once; None where there is none, or no invitation."""
    called, done = register.conference_format(stage), register.of(stage).record("done")
    if called is None or called.reply_by is None or done is None:
        return None
    before = min(called.day, workspace.campaign.closes + timedelta(days=1))
    return _asking_day(workspace.calendar, called.reply_by, before, done.at.astimezone(VIETNAM).date())


def _asking_day(calendar: WorkingCalendar, reply_by: date, before: date, invited: date) -> date | None:
    """Return the day on whose morning it is asked who has not replied: the working day after the last day to reply.

    Where that is not before the conference is held or the campaign over, the last working day to reply on; None where
    that is no later than the invitation.
    """
    after = calendar.add_working_days(reply_by, 1)
    asks = after if after < before else calendar.add_working_days(min(reply_by, before - timedelta(days=1)), 0)
    return asks if asks > invited else None


def say_invited(workspace: Workspace, register: Register, stage: Stage, called: ConferenceFormat) -> str:
    """Return how many invitations a mail server took, who has not replied, and when they are asked."""
    table = table_of(workspace.plan, register, stage)
    sent = len(_mails(workspace, Kind.INVITATION, called)[1] & {line.guest.code for line in table.lines})
    total = len(table.lines)
    said = ["đã gửi giấy mời" if sent == total else f"đã gửi {sent}/{total} giấy mời"]
    if table.silent:
        said.append(f"{len(table.silent)}/{table.asked} nơi chưa trả lời")
        if called.reply_by:
            over = called.reply_by < workspace.now.date()
            said.append(f"{'đã qua hạn' if over else 'hạn'} báo người dự, hết ngày {format_date(called.reply_by)}")
            said.append(say_asking(workspace, register, stage, called))
    if wanting := [line.guest.name for line in table.lines if line.beyond]:
        owner = workspace.plan.office(stage.owner).name
        said.append(f"{'; '.join(wanting)} đăng ký tham luận mà Chương trình đã gửi chưa có, {owner} quyết định")
    return ", ".join(filter(None, said))


def why_past(workspace: Workspace, notice: Notice) -> str:
    """Return why a mail about a conference that was to be held by now, or one that asks on its day, is over; or ""."""
    if notice.kind not in _ABOUT_CONFERENCES:
        return ""
    day, month, year = map(int, str(notice.context["day"]).split("/"))
    held, asks = date(year, month, day), notice.kind is Kind.INVITATION_REMINDER
    return say_day_come(workspace, held) if asks or held < workspace.now.date() else ""


def say_day_come(workspace: Workspace, day: date) -> str:
    """Return that a conference's day has come or is past; "" before it."""
    today = workspace.now.date()
    return f"đã {'đến' if day == today else 'qua'} ngày họp ({format_date(day)})" if day <= today else ""


def calling_step(called: ConferenceFormat) -> str:
    """Return the step of the mails to guests about a calling of a conference."""
    return called.id.lower()


def say_asking(workspace: Workspace, register: Register, stage: Stage, called: ConferenceFormat) -> str:
    """Return when those who have not replied are asked, how many mails that ask left, or that guests are to be called.

    "" once the conference was to begin.
    """
    asks, today = asking_on(workspace, register, stage), workspace.now.date()
    if workspace.now >= datetime.combine(called.day, called.starts or time.max, VIETNAM):
        return ""
    if register.of(stage).record("done") is None:
        return "giấy mời chưa gửi"
    if workspace.is_over:
        return "đợt đã qua, hệ thống không ghi trả lời, không nhắc nữa"
    if asks is None:
        return "không còn ngày làm việc nào để nhắc bằng thư, cần gọi"
    if today < asks:
        return f"sẽ nhắc sáng ngày {format_date(asks)}"
    made, taken = _mails(workspace, Kind.INVITATION_REMINDER, called)
    calls = ", cần gọi" if asks < today else ""
    if not made:
        return f"chưa có thư nhắc nào (phải nhắc từ ngày {format_date(asks)}), cần gọi" if calls else "nhắc hôm nay"
    silent = {guest.code for guest in table_of(workspace.plan, register, stage).silent}
    others = f", {len(silent - made)} nơi khác không có thư nhắc" if silent - made else ""
    since = f"từ ngày {format_date(asks)}"
    if taken == made:
        return f"đã nhắc {len(made)} nơi {since}{others}{calls}"
    return f"đã lập {len(made)} thư nhắc {since}, máy chủ thư mới nhận {len(taken)}{others}{calls}"


def _mails(workspace: Workspace, kind: Kind, called: ConferenceFormat) -> tuple[set[str], set[str]]:
    """Return to which guests a mail of a kind about a calling goes, and of whom a mail server took it."""
    made, taken = set(), set()
    for state in states(workspace, f"{kind}.").values():
        _, guest, step, *_ = [*first_id(state.id).split("."), ""]
        if step == calling_step(called) and state.ending is not Ending.WITHDRAWN:
            made.add(guest)
            if state.ending in (Ending.SENT, Ending.PARTLY):
                taken.add(guest)
    return made, taken


def no_longer_invited(workspace: Workspace, stage: Stage) -> list[Guest]:
    """Return who was invited to a conference and is not among its guests any more, and has not been told so."""
    present = {guest.code for guest in guests_of(workspace.plan)}
    gone: dict[str, Guest] = {}
    found = [each for each in states(workspace).values() if each.kind in _INVITING and each.posted]
    for state in sorted(found, key=lambda each: (str(each.posted), each.id)):
        code = state.id.split(".")[1]
        if code in present or state.ending in (Ending.WITHDRAWN, Ending.FAILED, Ending.SUPPRESSED):
            continue
        with suppress(MissingObjectError, ValueError):  # spoilt: nobody knows any more whom it went to
            notice = read_intent(workspace, state.id).notice
            if notice.context.get("stage") != stage.id:
                continue
            gone.pop(code, None)
            if notice.kind is Kind.INVITATION:
                name = str(notice.context.get("body", code))
                gone[code] = Guest(code, name, "", "", notice.to[0], notice.cc, "", "")
    return list(gone.values())
