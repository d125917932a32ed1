"""The outbox: a mail is claimed once and written once; `delivery` sends what waits here.

`post` claims a notice (create-once), then writes its message. It may die in between: the intent alone is enough to
write the message later, and whoever posts the same notice again finds it claimed.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from datetime import datetime
from email.parser import BytesHeaderParser
from email.utils import parsedate_to_datetime

from soket.notices.ledger import (
    LEASE,
    End,
    Ending,
    Intent,
    NoticeState,
    read_end,
    read_intent,
    real_now,
    states,
    write_end,
)
from soket.notices.notice import AGAIN, Kind, Notice, ascii_address, first_id
from soket.notices.readers import holders_of, present
from soket.notices.render import write_message
from soket.notices.reports.outcome import Outcome, reports_of
from soket.notices.trail import claim_try
from soket.record.keeping import keep_apart
from soket.record.workspace import Workspace
from soket.store.store import MissingObjectError

log = logging.getLogger(__name__)

REPLAYED = "đợt chạy lại hoặc chạy bù không gửi thư"


def post(
    workspace: Workspace, notice: Notice, *, suppressed: bool = False, reason: str = REPLAYED, because: str = ""
) -> bool:
    """Claim and write a notice; return whether it is new.

    A suppressed notice is written like any other, and never sent. A fault in writing does not stop the caller: delivery
    tries to write it again, and shows the fault in the ledger.
    """
    notice = notice.reaching(workspace.now.date())
    intent = Intent(
        notice=notice,
        posted_at=workspace.now,
        suppressed=reason if suppressed else None,
        readers=holders_of(workspace.plan, notice),
        because=because,
    )
    if not _create(workspace, workspace.keys.notice(notice.id, "intent.json"), intent.to_json()):
        return False
    try:
        _write(workspace, intent)
    except Exception:
        log.exception("notice %s could not be written; delivery will try again", notice.id)
    if intent.suppressed:
        mark_suppressed(workspace, intent)
    return True


def post_all(
    workspace: Workspace,
    notices: Iterable[Notice],
    known: Mapping[str, NoticeState] | None = None,
    *,
    suppressed: bool = False,
    reason: str = REPLAYED,
) -> list[str]:
    """Post every notice that the ledger does not have yet; return the ids of the new ones.

    Costs one listing, or none for a caller to whom the ledger is `known`.
    """
    known = states(workspace) if known is None else known
    new = (notice for notice in notices if notice.id not in known)
    return [notice.id for notice in new if post(workspace, notice, suppressed=suppressed, reason=reason)]


def resend(workspace: Workspace, notice_id: str, *, to: str | None = None) -> str:
    """Post anew a notice that failed or came back, for those who did not get it; return its id.

    It goes to another address if one is given. An operator's answer to a wrong address; doing it twice makes one mail.
    Raises MissingObjectError for an id that is not there, ValueError for a notice that everybody got, or whose moment
    is over.
    """
    state = states(workspace).get(notice_id)
    if state is None:
        raise MissingObjectError(notice_id)
    if state.ending not in (Ending.FAILED, Ending.PARTLY) and state.outcome is not Outcome.BOUNCED:
        raise ValueError(f"thư {notice_id} không hỏng, không bị trả lại, nên không gửi lại")
    if state.kind.secret:
        raise ValueError(f"thư {notice_id} có mã chỉ dùng được ít phút; đơn vị bấm “Gửi mã khác” ở trang nộp hồ sơ")
    if state.kind.momentary:
        raise ValueError(f"thư {notice_id} chỉ nói về lúc nó được lập; lần nhắc sau sẽ dùng địa chỉ mới trong kế hoạch")
    intent = read_intent(workspace, notice_id)
    old = intent.notice
    assert state.ending is not None  # noqa: S101 - neither failed nor came back otherwise
    back = {each.address for each in reports_of(workspace, state.id, state.said) if each.outcome is Outcome.BOUNCED}
    got = {*read_end(workspace, notice_id, state.ending).delivered} - {ascii_address(each) for each in back}
    without = [each for each in (*old.to, *old.cc) if ascii_address(each.email) not in got]
    now = tuple(present(workspace.plan, intent, each) for each in without)
    readers = (without[0].model_copy(update={"email": to}),) if to else now
    new = old.again(int(old.step.partition(AGAIN)[2] or 0) + 1).model_copy(update={"to": readers, "cc": ()})
    post(workspace, new)
    return new.id


def post_current(
    workspace: Workspace,
    notices: Iterable[Notice],
    kinds: Collection[Kind],
    known: Mapping[str, NoticeState] | None = None,
    *,
    suppressed: bool = False,
    now: Callable[[], datetime] = real_now,
) -> list[str]:
    """Post what is due now of some kinds; return the new ids.

    Of these kinds, what still waits and is due no more is withdrawn, and what waits with words of an earlier day or
    other words than now is withdrawn and posted anew. So when the mail server comes back after days, nobody gets a
    burst, nobody is chased for what arrived in the meantime, and nobody reads that three days are left when there is
    one. What went out, failed or was suppressed is not posted again.
    """
    current = {notice.id: notice for notice in notices}
    variants: defaultdict[str, list[NoticeState]] = defaultdict(list)
    for state in (states(workspace) if known is None else known).values():
        if state.kind in kinds:
            variants[first_id(state.id)].append(state)
    for notice_id in variants.keys() - current.keys():
        for state in variants[notice_id]:
            if state.ending is None:
                withdraw(workspace, state, "chưa kịp gửi thì không còn đúng lúc", now())
    posted = []
    for notice_id, notice in current.items():
        if _has_its_turn(workspace, notice, variants[notice_id], now()):
            variant = _variant(notice, variants[notice_id])
            posted += [variant.id] if post(workspace, variant, suppressed=suppressed) else []
    return posted


def _has_its_turn(workspace: Workspace, notice: Notice, variants: list[NoticeState], moment: datetime) -> bool:
    """Whether a notice is to be posted, given what was posted of it before; withdraws what it is to replace."""
    notice = notice.reaching(workspace.now.date())
    for state in variants:
        if state.ending is Ending.WITHDRAWN:
            continue
        if state.ending is not None:
            return False
        same = False
        with suppress(MissingObjectError, ValueError):  # spoilt: it is replaced
            before = read_intent(workspace, state.id).notice
            same = (before.context, before.to, before.cc) == (notice.context, notice.to, notice.cc)
        if same and not state.is_outdated(workspace):
            return False
        new = _variant(notice, variants)
        if not withdraw(workspace, state, f"chưa gửi thì lời thư đã khác; thư thay: {new.id}", moment):
            return False
    return True


def _variant(notice: Notice, before: list[NoticeState]) -> Notice:
    """Return a notice as it is posted after so many of its own."""
    return notice.again(len(before))


def withdraw(workspace: Workspace, state: NoticeState, note: str, moment: datetime) -> bool:
    """Withdraw a waiting notice; return False where someone may be sending it just now.

    Whoever withdraws takes the next try like a sender, so that a notice is either sent or withdrawn.
    """
    if state.is_claimed(LEASE, moment) or not claim_try(workspace, state.id, state.last_try + 1, moment):
        return False
    return _end(workspace, state.id, Ending.WITHDRAWN, note)


def supersede(workspace: Workspace, state: NoticeState, new: Notice, change: str, moment: datetime) -> bool:
    """Post a notice in the place of one that waits; return False where someone may be sending that just now.

    The place is claimed like a try. Whoever dies half-way leaves it to the next, who finds the new one posted.
    """
    if state.is_claimed(LEASE, moment) or not claim_try(workspace, state.id, state.last_try + 1, moment):
        return False
    post(workspace, new, because=f"thay thư {state.id}: {change}")
    return _end(workspace, state.id, Ending.WITHDRAWN, f"{change}; gửi bằng thư {new.id}")


def message_of(workspace: Workspace, intent: Intent) -> bytes:
    """Return the message of an intent as it was first written, writing it where it is not there yet."""
    key = workspace.keys.notice(intent.notice.id, "message.eml")
    with suppress(MissingObjectError):
        if _is_whole(message := workspace.in_hand.take(workspace.store, key) or workspace.store.get(key)):
            return message
        for listed in workspace.store.list(key):
            keep_apart(workspace.store, listed)
    return _write(workspace, intent) or workspace.store.get(key)


def message_to_send(workspace: Workspace, intent: Intent) -> bytes:
    """Return the message of an intent as its readers get it: as it is kept, but for what it hides there."""
    kept = message_of(workspace, intent)
    if not intent.notice.kind.secret:
        return kept
    written = parsedate_to_datetime(BytesHeaderParser().parsebytes(kept)["Date"])
    return write_message(workspace, intent, written, reveal=True)


def _is_whole(message: bytes) -> bool:
    """Whether a message begins and ends as it was written."""
    head = BytesHeaderParser().parsebytes(message, headersonly=True)
    closed = f"--{head.get_boundary()}--".encode()
    return bool(head["Message-ID"]) and (not head.get_boundary() or message.rstrip().endswith(closed))


def _write(workspace: Workspace, intent: Intent) -> bytes | None:
    """Write the message of an intent; return it, or None where somebody else wrote it first."""
    data = write_message(workspace, intent, real_now())
    written = _create(workspace, workspace.keys.notice(intent.notice.id, "message.eml"), data, "message/rfc822")
    return data if written else None


def _create(workspace: Workspace, key: str, data: bytes, content_type: str = "application/json") -> bool:
    """Write what is there for good, and hold it for the delivery that may follow in this process."""
    if written := workspace.store.create(key, data, content_type):
        workspace.in_hand.keep(workspace.store, key, data)
    return written


def mark_suppressed(workspace: Workspace, intent: Intent) -> None:
    """Show in the listing that an intent is not to be sent, so that delivery need not open it."""
    _end(workspace, intent.notice.id, Ending.SUPPRESSED, intent.suppressed or "")


def _end(workspace: Workspace, notice: str, ending: Ending, note: str) -> bool:
    return write_end(workspace, notice, End(ending=ending, at=workspace.now, real_at=real_now(), note=note))
