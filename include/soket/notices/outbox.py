"""The outbox: a mail is owed once and written once; `delivery` sends what waits here.

`post` writes that a notice is owed (create-once), and whoever posts it again finds it there. Its words are written by
whoever takes it in hand: to send it, to withdraw it, or to keep it unsent (`claims`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from datetime import datetime
from functools import partial

from soket.notices.claims import claim_next
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
from soket.notices.reports.outcome import Outcome, reports_of
from soket.record.workspace import Workspace
from soket.store.store import MissingObjectError

REPLAYED = "đợt chạy lại hoặc chạy bù không gửi thư"


def post(
    workspace: Workspace, notice: Notice, *, suppressed: bool = False, reason: str = REPLAYED, because: str = ""
) -> bool:
    """Write that a notice is owed; return whether that is new.

    A suppressed notice has its words at once, and is never sent. A fault in them stops no caller: it stands in their
    place, or delivery shows it in the ledger.
    """
    notice = notice.reaching(workspace.now.date())
    intent = Intent(
        notice=notice,
        posted_at=workspace.now,
        suppressed=reason if suppressed else None,
        readers=holders_of(workspace.plan, notice),
        because=because,
    )
    key, data = workspace.keys.notice(notice.id, "intent.json"), intent.to_json()
    if not workspace.store.create(key, data):
        return False
    if intent.suppressed:
        claim_next(workspace, NoticeState(notice.id), lambda: intent, real_now())
        mark_suppressed(workspace, intent)
    else:
        workspace.in_hand.keep(workspace.store, key, data)  # for the delivery that may follow in this process
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
    """Withdraw a waiting notice; return False where someone may be sending it just now."""
    if not _take(workspace, state, moment):
        return False
    return _end(workspace, state.id, Ending.WITHDRAWN, note)


def supersede(workspace: Workspace, state: NoticeState, new: Notice, change: str, moment: datetime) -> bool:
    """Post a notice in the place of one that waits; return False where someone may be sending that just now.

    The place is claimed like a try. Whoever dies half-way leaves it to the next, who finds the new one posted.
    """
    if not _take(workspace, state, moment):
        return False
    post(workspace, new, because=f"thay thư {state.id}: {change}")
    return _end(workspace, state.id, Ending.WITHDRAWN, f"{change}; gửi bằng thư {new.id}")


def _take(workspace: Workspace, state: NoticeState, moment: datetime) -> bool:
    """Take the next try of a waiting notice like a sender, so that it is either sent or withdrawn."""
    if state.is_claimed(LEASE, moment):
        return False
    return claim_next(workspace, state, partial(read_intent, workspace, state.id), moment) is not None


def mark_suppressed(workspace: Workspace, intent: Intent) -> None:
    """Show in the listing that an intent is not to be sent, so that delivery need not open it."""
    _end(workspace, intent.notice.id, Ending.SUPPRESSED, intent.suppressed or "")


def _end(workspace: Workspace, notice: str, ending: Ending, note: str) -> bool:
    return write_end(workspace, notice, End(ending=ending, at=workspace.now, real_at=real_now(), note=note))
