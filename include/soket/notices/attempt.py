"""One try of one notice: claimed, made, and recorded with what came of it."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from email.parser import BytesHeaderParser

from soket.notices.claims import OwnTry, claim_next, message_to_send
from soket.notices.ledger import End, Ending, Intent, NoticeState, read_end, write_end
from soket.notices.limits import Readers, StoreClock
from soket.notices.notice import ascii_address
from soket.notices.senders import MailServerError, Refusal, Sender
from soket.notices.trail import Failure, failure_key, read_failure
from soket.record.workspace import Workspace
from soket.store.store import MissingObjectError

log = logging.getLogger(__name__)

GIVE_UP = timedelta(days=5)  # as mail servers do

# How a notice may have ended that was tried.
_ENDINGS = (Ending.SENT, Ending.PARTLY, Ending.FAILED, Ending.WITHDRAWN)


def attempt(
    workspace: Workspace,
    session: Sender,
    state: NoticeState,
    intent: Intent,
    readers: Readers,
    lease: timedelta,
    clock: StoreClock,
) -> Ending | None:
    """Claim the next try of a notice and make it; return how the notice ended, None where it goes on waiting.

    A server that went away raises MailServerError, once that is recorded.
    """
    began = clock()
    claim = claim_next(workspace, state, lambda: intent, began)
    if claim is None or (claim.number > 1 and any(_has_ended(workspace, state.id, each) for each in _ENDINGS)):
        return None
    return _Try(workspace, intent, state, claim, clock).run(session, readers, began + lease / 15)


def _has_ended(workspace: Workspace, notice: str, ending: Ending) -> bool:
    """Whether the notice ended since it was listed: whoever held the last claim may have been slow, not dead."""
    with suppress(ValueError):  # it ended, whatever became of the record
        try:
            read_end(workspace, notice, ending)
        except MissingObjectError:
            return False
    return True


class _Try:
    """One claimed try: sends a notice to the addresses still open, and records what came of it."""

    def __init__(
        self, workspace: Workspace, intent: Intent, state: NoticeState, claim: OwnTry, clock: StoreClock
    ) -> None:
        self.workspace = workspace
        self.intent = intent
        self.state = state
        self.claim = claim
        self.clock = clock
        self.message_id: str | None = None
        earlier: list[Failure] = []
        self.unsure = False  # whether who got it before is on a record that cannot be read
        for each in sorted(state.failures):
            try:
                earlier.append(read_failure(workspace, state.id, each))
            except (MissingObjectError, ValueError):
                self.unsure = True
        self.delivered = {address for failure in earlier for address in failure.delivered}
        self.refused = {address: why for failure in earlier for address, why in failure.refused.items()}

    def run(self, session: Sender, readers: Readers, latest: datetime) -> Ending | None:
        """Send; return how the notice ended, or None where it is to be tried again.

        Whoever was frozen until after `latest` sends no more: the lease might not outlast the message.
        """
        workspace, notice = self.workspace, self.intent.notice
        if self.unsure:
            return self._end("bản ghi lần gửi trước bị hỏng, không rõ ai đã nhận; xem rồi gửi lại bằng tay", set())
        try:
            message = message_to_send(workspace, self.intent, self.claim)
        except Exception as error:
            log.exception("notice %s could not be written", notice.id)
            return self.put_off(f"không soạn được thư: {type(error).__name__}: {error}")
        if message is None:
            return None
        self.message_id = BytesHeaderParser().parsebytes(message)["Message-ID"]
        spared = self._spared(readers)
        addresses = [ascii_address(each) for each in notice.addresses if each not in spared]
        wanted = [each for each in addresses if each not in self.delivered and each not in self.refused]
        if not wanted:  # the last try reached everyone it could, and died before saying so
            return self._end("", spared)
        if self.clock() > latest:
            return self.put_off("tiến trình gửi thư bị treo giữa chừng")
        sender = ascii_address(workspace.plan.office(workspace.plan.roles.operator).contact.email)
        try:
            refusals = session.send(message, sender, wanted)
        except MailServerError as error:
            self._record_failure(str(error))
            raise
        self.delivered |= {address for address in wanted if address not in refusals}
        self.refused |= {address: str(why) for address, why in refusals.items() if why.permanent}
        later = {address: why for address, why in refusals.items() if not why.permanent}
        if later:
            return self.put_off(_say(later))
        return self._end(_say(refusals), spared)

    def put_off(self, reason: str) -> Ending | None:
        """Leave the notice for another try, unless it has been tried for long enough."""
        assert self.state.posted is not None  # noqa: S101 - a state without an intent is never tried
        if self.clock() - self.state.posted > GIVE_UP:
            return self._end(f"đã thử {self.claim.number} lần trong {GIVE_UP.days} ngày: {reason}", set())
        self._record_failure(reason)
        return None

    def _spared(self, readers: Readers) -> set[str]:
        """Return who gets no copy, having had enough mail today; whom a notice is for is asked before it is claimed."""
        notice = self.intent.notice
        if not notice.kind.momentary:
            return set()
        own = {contact.email for contact in notice.to}
        return {each.email for each in notice.cc if each.email not in own and not readers.has_turn(notice, each.email)}

    def _end(self, note: str, spared: set[str]) -> Ending:
        workspace, notice = self.workspace, self.intent.notice
        everyone = {ascii_address(each) for each in notice.addresses if each not in spared}
        notes = [note] if note else []
        if spared:
            notes.append(f"không gửi bản sao cho {', '.join(sorted(spared))}: đã nhận đủ thư trong ngày")
        end = End(
            ending=Ending.FAILED
            if not self.delivered
            else Ending.SENT
            if self.delivered >= everyone
            else Ending.PARTLY,
            at=workspace.now,
            real_at=self.clock(),
            note="; ".join(notes),
            message_id=self.message_id,
            delivered=tuple(sorted(self.delivered)),
            refused=self.refused,
        )
        write_end(workspace, notice.id, end)
        return end.ending

    def _record_failure(self, reason: str) -> None:
        failure = Failure(at=self.clock(), reason=reason, delivered=tuple(sorted(self.delivered)), refused=self.refused)
        self.workspace.store.create(failure_key(self.workspace, self.state.id, self.claim.number), failure.to_json())


def _say(refusals: Mapping[str, Refusal]) -> str:
    if len(refusals) == 1:
        return str(*refusals.values())
    return "; ".join(f"{address}: {why}" for address, why in refusals.items())
