"""Who comes to a conference: replies to its invitation, from whatever channel, and the one table that they make."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from soket.plan.guests import Guest, guests_of, hosts_of
from soket.plan.model import Plan, Stage
from soket.store.record import Record
from soket.text import Word, upper_first


class Attending(StrEnum):
    """What a reply says of coming."""

    COMES = "comes"
    DEPUTY = "deputy"
    ABSENT = "absent"
    UNSURE = "unsure"
    SILENT = "silent"  # no reply yet
    HOSTS = "hosts"  # it presides, or takes the replies itself: none is asked of it


class Channel(StrEnum):
    """How a reply came."""

    MAIL = "mail"
    PAGE = "page"
    DROP = "drop"


ATTENDING = {
    Attending.COMES: Word("dự"),
    Attending.DEPUTY: Word("cử người dự thay"),
    Attending.ABSENT: Word("vắng"),
    Attending.UNSURE: Word("chưa chắc chắn"),
    Attending.SILENT: Word("chưa trả lời"),
    Attending.HOSTS: Word("chủ trì, tổ chức"),
}

UNANSWERED = "không có trả lời"  # once the conference's day is past
# Why a reply does not count that our own reader failed on: no guest is told, people look.
UNREAD = "hệ thống không đọc được tệp (lỗi của hệ thống, không phải của đơn vị); đề nghị cán bộ xem"

CHANNELS = {Channel.MAIL: Word("thư"), Channel.PAGE: Word("trang của đơn vị"), Channel.DROP: Word("phiếu thả vào kho")}


class Reply(Record):
    """One reply to one invitation, as it came; one that cannot count says why."""

    id: str  # made of where it came from: the same thing read twice is one reply
    stage: str
    round: int  # of the invitation that it answers
    guest: str
    channel: Channel
    at: datetime  # campaign time it came
    source: str  # a key of the inbox, a Message-ID, an account
    attending: Attending | None = None  # none: it brings a speech and says nothing of coming
    person: str = ""
    post: str = ""
    phone: str = ""
    point: str = ""  # where it attends an online conference
    speaks_on: str = ""
    own_review: str = ""
    note: str = ""
    speech: str = ""  # the name of the file that the text of a speech came in
    refused: str = ""  # why it does not count, in Vietnamese

    @property
    def counts(self) -> bool:
        """Whether it goes into the table."""
        return not self.refused


def reply_id(channel: Channel, source: str) -> str:
    """Return the id of what came from a source."""
    return f"{channel.value}-{hashlib.sha256(source.encode()).hexdigest()[:24]}"


def checked(plan: Plan, stage: Stage, reply: Reply, latest: int) -> Reply:
    """Return a reply as it may be filed: with why it does not count, where it does not."""
    if reply.refused:
        return reply
    guest = next((each for each in guests_of(plan) if each.code == reply.guest), None)
    if guest is None:
        return reply.model_copy(update={"refused": f"không có đơn vị, cơ quan «{reply.guest}» trong thành phần mời"})
    if not 1 <= reply.round <= latest:
        return reply.model_copy(update={"refused": f"{stage.title} không có giấy mời lần {reply.round}"})
    if reply.attending is Attending.DEPUTY and not reply.person:
        return reply.model_copy(update={"refused": "cử người dự thay mà chưa ghi họ tên người dự"})
    if reply.attending is None and not reply.speech:
        return reply.model_copy(update={"refused": "chưa ghi dự, cử người dự thay hay vắng"})
    return reply


@dataclass(frozen=True)
class GuestLine:
    """A guest in the table: what it said last, and of which invitation."""

    guest: Guest
    reply: Reply | None = None  # the last that says whether somebody comes
    earlier: Reply | None = None  # the last to an invitation that was replaced, where there is none to the present one
    topic: str = ""  # what it is to speak on, as assigned or as it wants
    assigned: bool = False  # it was asked to speak
    speech: Reply | None = None  # that brought the text
    hosts: str = ""  # how it is in charge, of which nobody asks who comes
    beyond: bool = False  # it wants to speak, and the programme that went out with the invitation does not know that
    over: bool = False  # the conference's day is past

    @property
    def attending(self) -> Attending:
        """What it said of the present invitation."""
        return (self.reply.attending if self.reply else None) or (Attending.HOSTS if self.hosts else Attending.SILENT)

    @property
    def said(self) -> str:
        """What it said, in words; of one that answered only an invitation that was replaced, that too."""
        word = upper_first(self.hosts) if self.attending is Attending.HOSTS else ATTENDING[self.attending].label
        word = upper_first(UNANSWERED) if self.over and self.attending is Attending.SILENT else word
        if self.reply is None and self.earlier and self.earlier.attending:
            return f"{word} (giấy mời lần {self.earlier.round}: {ATTENDING[self.earlier.attending].phrase})"
        return word

    @property
    def person(self) -> str:
        """Who comes, by name, as far as it is known."""
        known = "" if self.attending is Attending.DEPUTY else self.guest.person
        return (self.reply.person if self.reply else "") or known

    @property
    def post(self) -> str:
        """The post of who comes: of a deputy not the invitee's, which the form has when it goes out."""
        if self.reply is None or not (self.reply.post or self.reply.person):
            return self.guest.post
        kept = self.attending is Attending.DEPUTY and self.reply.post == self.guest.post
        return "" if kept else self.reply.post

    @property
    def unnamed(self) -> str:
        """That who said to come did not say who, in words; "" where a name is known."""
        word = "không ghi họ tên" if self.over else "chưa có họ tên"
        return word if self.attending is Attending.COMES and not self.person else ""

    @property
    def comes(self) -> bool:
        """Whether somebody of it is expected: who has not said no."""
        return self.attending is not Attending.ABSENT

    @property
    def owed_speech(self) -> str:
        """What it was asked to speak on, as long as it may come and its text has not."""
        return self.topic if self.assigned and self.comes and not self.speech else ""

    @property
    def speaking(self) -> str:
        """How its speech stands, in words; "" where it has none."""
        if not self.topic:
            return ""
        no, open_still = ("không", "") if self.over else ("chưa", ": cơ quan tổ chức quyết định")
        sent = f"đã gửi bài ({self.speech.speech})" if self.speech else f"{no} gửi bài"
        if self.beyond:
            return f"đã đăng ký, {no} có trong Chương trình đã gửi{open_still}; {sent}"
        wants = self.reply and self.reply.speaks_on
        return ("" if self.speech else "đã đăng ký, " if wants else "đã phân công, " if self.assigned else "") + sent


@dataclass(frozen=True)
class Attendance:
    """The table of a conference, in order of protocol."""

    round: int
    lines: tuple[GuestLine, ...]
    refused: tuple[Reply, ...]  # to be looked at by a person
    over: bool = False  # the conference's day is past

    @property
    def counts(self) -> Counter[Attending]:
        """How many guests said what."""
        return Counter(each.attending for each in self.lines)

    @property
    def in_words(self) -> str:
        """The table in a sentence."""
        counts = self.counts
        replied = (each for each in ATTENDING if each not in (Attending.SILENT, Attending.HOSTS) and counts[each])
        told = ", ".join(f"{ATTENDING[each].phrase} {counts[each]}" for each in replied)
        answered = f"{self.asked - len(self.silent)}/{self.asked}"
        said = [f"Đã có trả lời của {answered} nơi phải trả lời{told and f': {told}'}"]
        if self.silent:
            word, of = (f"{UNANSWERED} của", " nơi") if self.over else (ATTENDING[Attending.SILENT].phrase, "")
            said.append(f"{word} {len(self.silent)}{of}")
        if hosts := counts[Attending.HOSTS]:
            said.append(f"ngoài ra {hosts} nơi {ATTENDING[Attending.HOSTS].phrase} không phải trả lời")
        return f"{'; '.join(said)}."

    @property
    def asked(self) -> int:
        """How many are to say who comes."""
        return len(self.lines) - self.counts[Attending.HOSTS]

    @property
    def silent(self) -> tuple[Guest, ...]:
        """Who has not replied."""
        return tuple(each.guest for each in self.lines if each.attending is Attending.SILENT)

    @property
    def speakers(self) -> tuple[GuestLine, ...]:
        """Who is to speak: those who were asked first."""
        speak = [each for each in self.lines if each.topic and each.comes]
        return tuple(sorted(speak, key=lambda each: not each.assigned))


def attendance_of(
    plan: Plan, stage: Stage, round_number: int, replies: Iterable[Reply], assigned: dict[str, str]
) -> Attendance:
    """Return the table that replies make; `assigned` are those asked to speak, with what on.

    The last reply of a guest holds, whichever way it came.
    """
    told = sorted((each for each in replies if each.stage == stage.id), key=lambda each: (each.at, each.id))
    by_guest: dict[str, list[Reply]] = {}
    for each in told:
        if each.counts:
            by_guest.setdefault(each.guest, []).append(each)
    hosts = hosts_of(plan, stage)
    lines = [_line(guest, round_number, by_guest.get(guest.code, []), assigned, hosts) for guest in guests_of(plan)]
    return Attendance(round_number, tuple(lines), tuple(each for each in told if not each.counts))


def _line(
    guest: Guest, round_number: int, replies: list[Reply], assigned: dict[str, str], hosts: Mapping[str, str]
) -> GuestLine:
    said = [each for each in replies if each.attending]
    present = [each for each in said if each.round == round_number]
    wanted = [each.speaks_on for each in said if each.speaks_on]
    return GuestLine(
        guest,
        present[-1] if present else None,
        said[-1] if said and not present else None,
        topic=(wanted[-1] if wanted else "") or assigned.get(guest.code, ""),
        assigned=guest.code in assigned,
        speech=next((each for each in reversed(replies) if each.speech), None),
        hosts=hosts.get(guest.code, ""),
        beyond=bool(wanted) and guest.code not in assigned and not any(s.speaks_on for s in said if s not in present),
    )
