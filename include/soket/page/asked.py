"""What a unit can send beside its report, as its plan asks for it now, and what became of what it sent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from soket.plan.guests import MAIN_POINT, Guest, guests_of, point_of
from soket.plan.model import Duty, Stage, StageKind, Unit
from soket.record.attendance import ATTENDING, CHANNELS, GuestLine, Reply
from soket.record.commending import commendations_in_force, nominations_of, say_decided
from soket.record.decisions import ConferenceFormat
from soket.record.nominees import NominationTaken
from soket.record.register import Register, Standing
from soket.record.replying import asked_to_speak, table_of
from soket.record.turns import refusal_of_request, waiting_request
from soket.record.words import FORMATS
from soket.record.workspace import Workspace
from soket.text import format_date, format_moment, lower_first

_REPORTING = (Duty.REPORT, Duty.OWN_REVIEW)


@dataclass(frozen=True)
class WhatBecame:
    """What became of something that was sent, in a sentence."""

    words: str
    good: bool = True


@dataclass(frozen=True)
class AskedByForm:
    """One thing that can be sent by a form of its own."""

    address: str  # under the unit's page; empty once nothing more is taken
    title: str
    note: str
    told: tuple[WhatBecame, ...] = ()


@dataclass(frozen=True)
class InvitedTo:
    """A conference that a unit is invited to, and what it has answered."""

    stage: Stage
    round: int
    called: ConferenceFormat
    guest: Guest
    point: str  # its own, of an online conference; "" where it attends at the main one
    topic: str  # that it is asked to speak on
    replies: tuple[Reply, ...]  # to this invitation, by time
    held: bool = False  # its day is over
    undecided: str = ""  # who decides on a speech of its own wish, which the programme that went out does not have

    @property
    def when(self) -> str:
        """When and how it is held, and where the guest attends."""
        hour = f"{self.called.starts:%H} giờ {self.called.starts:%M}, " if self.called.starts else ""
        how, main = FORMATS[self.called.format].phrase, f"{lower_first(MAIN_POINT)} {self.called.place}"
        where = f"{self.point} ({main})" if self.point else main if self.points else self.called.place
        return f"{hour}ngày {format_date(self.called.day)}, {how}, {where}"

    @property
    def points(self) -> list[str]:
        """Where it may attend: of an online conference the main point and its own."""
        if self.called.format != "online":
            return []
        return [f"{MAIN_POINT}, {self.called.place}", *([self.point] if self.point else [])]


def asked_of(workspace: Workspace, register: Register, unit: Unit) -> list[AskedByForm]:
    """Return what a unit may send by a form now, and what became of what it sent; once all is over, that alone."""
    found = [
        *(_invitation(each) for each in _invited(workspace, register, unit)),
        *_nominations(workspace, register, unit),
        *_instead(workspace, register, unit),
        *_more_time(workspace, register, unit),
    ]
    if not workspace.is_over:
        return found
    return [
        replace(each, address="", note="") if each.address else each for each in found if each.told or not each.address
    ]


def invitations_of(workspace: Workspace, register: Register, unit: Unit) -> list[InvitedTo]:
    """Return the conferences that a unit is invited to and that are still to be held."""
    return [each for each in _invited(workspace, register, unit) if not each.held]


def _invited(workspace: Workspace, register: Register, unit: Unit) -> list[InvitedTo]:
    plan, found = workspace.plan, []
    guest = next((each for each in guests_of(plan) if each.code == unit.code), None)
    for stage in plan.stages_of(StageKind.CONFER):
        called = register.conference_format(stage)
        if guest is None or called is None or stage.id not in register.stages:
            continue
        entry = register.of(stage)
        if entry.record("done") is None or called.format == "postponed":
            continue
        own = (each for each in register.replies if (each.guest, each.stage) == (guest.code, stage.id))
        replies = tuple(each for each in own if each.round == entry.round)
        topic = asked_to_speak(plan, register).get(guest.code, "")
        line = next(each for each in table_of(plan, register, stage).lines if each.guest.code == guest.code)
        undecided = plan.office(stage.owner).name if line.beyond else ""
        held = workspace.now.date() > called.day
        point = point_of(plan, guest) if called.format == "online" else ""
        found.append(InvitedTo(stage, entry.round, called, guest, point, topic, replies, held, undecided))
    return found


def say_reply(invited: InvitedTo, reply: Reply) -> WhatBecame:
    """Return what became of a reply to an invitation."""
    unnamed = GuestLine(invited.guest, reply, over=invited.held).unnamed
    parts = [ATTENDING[reply.attending].label if reply.attending else "", reply.person or unnamed]
    parts += [
        f"tham luận “{reply.speaks_on}”" if reply.speaks_on else "",
        f"bài {reply.speech}" if reply.speech else "",
    ]
    came = f"{', '.join(part for part in parts if part)} ({CHANNELS[reply.channel].phrase}, {format_moment(reply.at)})"
    beyond = f"; Chương trình đã gửi chưa có tham luận này, {invited.undecided} quyết định"
    beyond = "; tham luận không có trong Chương trình đã gửi" if invited.held else beyond
    unsettled = beyond if invited.undecided and reply.speaks_on else ""
    again = "; đề nghị trả lời lại, ghi rõ người dự" if unnamed and not invited.held else ""
    return (
        WhatBecame(f"{came}: đã ghi{again}{unsettled}.")
        if reply.counts
        else WhatBecame(f"{came}: chưa ghi được, {reply.refused}.", good=False)
    )


def may_nominate(workspace: Workspace, register: Register, unit: Unit) -> bool:
    """Whether the plan takes nominations of a unit now."""
    stage = workspace.plan.stage_of(unit)
    entry = register.units[unit.code]
    opened = stage.id in register.stages and register.of(stage).record("opened") is not None
    return workspace.plan.commendation.nominations and unit.owes in _REPORTING and opened and entry.closed is None


def may_report_nothing(register: Register, unit: Unit) -> bool:
    """Whether a unit owes a report, and so may say that there is nothing to report."""
    return register.units[unit.code].to_chase and unit.owes in _REPORTING


def may_plan_review(register: Register, unit: Unit) -> bool:
    """Whether a unit may announce a review of its own: it owes one, or a report, and has not announced one."""
    return may_report_nothing(register, unit) and register.units[unit.code].standing is not Standing.ANNOUNCED


def may_ask_for_time(workspace: Workspace, register: Register, unit: Unit) -> bool:
    """Whether a unit owes something that somebody waits for, or that was locked out, and the campaign goes on."""
    entry = register.units[unit.code]
    owing = entry.to_chase or (entry.standing is Standing.LOCKED and entry.closed is None)
    return owing and workspace.now < workspace.campaign.end


def _invitation(invited: InvitedTo) -> AskedByForm:
    told = tuple(say_reply(invited, each) for each in invited.replies)
    if invited.held:
        note = f"Đã mời họp {invited.when} (đã qua)." + ("" if told else " Không có trả lời của đơn vị.")
        return AskedByForm("", f"Giấy mời: {invited.stage.title}", note, told)
    by = invited.called.reply_by
    note = f"Mời họp {invited.when}." + (f" Đề nghị trả lời chậm nhất hết ngày {format_date(by)}." if by else "")
    note += f" Đề nghị đơn vị tham luận về “{invited.topic}”." if invited.topic else ""
    return AskedByForm(f"giay-moi/{invited.stage.id}", f"Trả lời giấy mời: {invited.stage.title}", note, told)


def _nominations(workspace: Workspace, register: Register, unit: Unit) -> Iterator[AskedByForm]:
    told = [line for each in nominations_of(workspace.plan, register, unit) for line in _became_of(register, each)]
    if may_nominate(workspace, register, unit):
        note = "Tập thể, cá nhân tiêu biểu; không có ai thì không phải gửi. Lần sau thay lần trước."
        yield AskedByForm("bieu-duong", "Đề nghị biểu dương", note, tuple(told))
    elif told:
        yield AskedByForm("", "Đề nghị biểu dương", "Đã hết thời gian nhận đề nghị.", tuple(told))


def _became_of(register: Register, sent: NominationTaken) -> Iterator[WhatBecame]:
    """Yield whether a nomination was taken and, of each whom it names, what was decided."""
    wrong = "; ".join(fault.message for fault in sent.faults if not sent.nominees)
    taken = f"đã ghi {len(sent.nominees)} trường hợp." if sent.nominees else f"chưa tiếp nhận. {wrong}"
    yield WhatBecame(f"Đề nghị lần {sent.number}: {taken}", good=bool(sent.nominees))
    decided = commendations_in_force(register)
    for each in sent.nominees:
        if act := decided.get(each.id):
            yield WhatBecame(f"{each.name}: {say_decided(act)}.", good=act.conclusion == "commended")


def _instead(workspace: Workspace, register: Register, unit: Unit) -> Iterator[AskedByForm]:
    if may_report_nothing(register, unit):
        yield AskedByForm(
            "khong-phat-sinh", "Báo cáo không phát sinh", "Khi đơn vị không phát sinh nội dung phải báo cáo."
        )
    if may_plan_review(register, unit):
        word = workspace.plan.review_word
        late = workspace.now >= register.units[unit.code].deadline
        note = f"Khi đơn vị sẽ tự tổ chức {word}; kết quả vẫn phải gửi{', hạn đã qua' if late else ' trong hạn'}."
        yield AskedByForm("ke-hoach", f"Kế hoạch tự tổ chức {word}", note)


def _more_time(workspace: Workspace, register: Register, unit: Unit) -> Iterator[AskedByForm]:
    if may_ask_for_time(workspace, register, unit):
        waiting = waiting_request(workspace, register, unit.code)
        told = (WhatBecame(f"Xin đến hết ngày {format_date(waiting.last_day)}: đang chờ trả lời."),) if waiting else ()
        if refused := refusal_of_request(register, unit.code):
            paper = f" (văn bản số {refused.document_number})" if refused.document_number else ""
            told = (WhatBecame(f"Không được đồng ý{paper}: {refused.reason}", good=False),)
        note = "Gửi cơ quan nhận xem xét. Hạn cũ vẫn giữ cho đến khi có thư báo hạn mới."
        yield AskedByForm("gia-han", "Đề nghị gia hạn", note, told)
