"""Files answers that came by mail: to invitations as replies, to messages as messages.

A calendar's answer counts by the UID of the guest's own entry, a form by the Message-ID of the invitation that it
answers: neither can be guessed, so it does not matter which mailbox wrote. By it, too,
what a unit writes back of a message.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property

from soket.documents.registration import Registration, read_registration
from soket.notices.answers.reading import CalendarAnswer, MailedAnswer
from soket.notices.compose.messages import notice_step
from soket.notices.invitations import guests_by_uid
from soket.notices.notice import Kind, kind_of
from soket.plan.guests import Guest, name_of_guest
from soket.plan.model import Stage
from soket.reading.kinds import extension_of
from soket.reading.reader import UnreadFileError
from soket.record.attendance import Channel, Reply
from soket.record.decisions import OfficialMessage
from soket.record.filing import file_from_unit
from soket.record.keeping import read_register
from soket.record.messages import UnitMessage, message_of, too_many
from soket.record.register import Register
from soket.record.replying import record_reply
from soket.record.threads import asked_of_unit
from soket.record.workspace import Workspace
from soket.text import quoted

log = logging.getLogger(__name__)

_LARGEST_FORM = 2 << 20  # bytes
_ANSWERED = (Kind.INVITATION, Kind.INVITATION_REMINDER)


class AnswerDesk:
    """Takes answers, and knows who was invited once the first one makes it ask."""

    def __init__(self, workspace: Workspace, mails: Callable[[frozenset[str]], list[str]]) -> None:
        """`mails` are the notices that have one of some Message-IDs."""
        self._workspace = workspace
        self._mails = mails

    @cached_property
    def _entries(self) -> Mapping[str, tuple[Stage, Guest]]:
        return guests_by_uid(self._workspace)

    @cached_property
    def _register(self) -> Register:
        return read_register(self._workspace, keep=False)

    def take(self, answer: MailedAnswer, name: str) -> list[Reply] | list[UnitMessage]:
        """File what a mail says; nothing where it answers none of this campaign's invitations."""
        source = answer.own_id or name
        replies = [reply for each in answer.calendars if (reply := self._calendar(answer, each, source))]
        mails = self._mails(answer.about)
        invited = [each.split(".")[1] for each in mails if kind_of(each) in _ANSWERED]
        if replies or not invited:
            return replies or self._message(answer, mails, source)
        return [reply for file, data in answer.forms if (reply := self._form(answer, invited[0], file, data, source))]

    def _message(self, answer: MailedAnswer, mails: Sequence[str], source: str) -> list[UnitMessage]:
        """File what a unit writes back of the latest message to it; what its office does, is no message of a unit."""
        acts = {notice_step(act): act for act in self._register.decisions if isinstance(act, OfficialMessage)}
        about = [acts[step] for each in mails if (step := each.split(".")[2]) in acts and kind_of(each) is Kind.MESSAGE]
        if not about or not answer.words:
            return []
        act, at = about[-1], self._workspace.moment(answer.at)
        asked = asked_of_unit(self._workspace.plan, self._register, act.unit)
        message = message_of(
            act.unit,
            answer.words,
            at=min(max(at, act.decided_at), self._workspace.now),
            source=source,
            asks="?" in answer.words or not asked,
            channel=Channel.MAIL,
            number=act.number,
            about=act.about or "",
        )
        if not message.text or too_many(self._register.messages, act.unit, message.at):
            log.warning("a mail of %s is no message: it is empty, or one of too many", act.unit)
            return []
        return [file_from_unit(self._workspace, message)]

    def _calendar(self, answer: MailedAnswer, said: CalendarAnswer, source: str) -> Reply | None:
        if said.uid not in self._entries or said.attending is None:
            return None
        stage, guest = self._entries[said.uid]
        sent = said.at or answer.at
        return record_reply(
            self._workspace,
            self._register,
            channel=Channel.MAIL,
            source=f"{source} {said.uid}" if not answer.own_id else source,
            guest=guest.code,
            stage=stage.id,
            round_number=said.sequence + 1 if said.sequence is not None else 0,
            at=self._workspace.moment(sent),
            attending=said.attending,
            person=said.deputy,
            note=said.note,
        )

    def _form(self, answer: MailedAnswer, guest: str, file: str, data: bytes, source: str) -> Reply | None:
        try:
            form = read_registration(data, extension_of(file)) if len(data) <= _LARGEST_FORM else None
        except UnreadFileError:
            log.exception("a form that came by mail could not be read")
            form = None
        if form is None:
            return None
        whose, asked = (name_of_guest(self._workspace.plan, code) for code in (form.guest, guest))
        refused = "" if form.guest == guest else f"phiếu của {whose} kèm thư trả lời giấy mời của {asked}"
        if form.attending is None and not refused:
            refused = f"không rõ dự, cử người dự thay hay vắng: «{quoted(form.said, 100)}»"
        return self._filed(answer, form, source, refused)

    def _filed(self, answer: MailedAnswer, form: Registration, source: str, refused: str) -> Reply:
        return record_reply(
            self._workspace,
            self._register,
            channel=Channel.MAIL,
            source=source,
            guest=form.guest,
            stage=form.stage,
            round_number=form.round,
            at=self._workspace.moment(answer.at),
            attending=form.attending,
            refused=refused,
            **form.fields,
        )
