"""The outbox: a mail is claimed once and written once; `delivery` sends what waits here.

`post` claims a notice (create-once), then writes its message. It may die in between: the intent alone is enough to
write the message later, and whoever posts the same notice again finds it claimed.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable
from datetime import UTC, datetime

from soket.campaign.workspace import Workspace
from soket.notices.ledger import End, Ending, Intent, read_intent, states, write_end
from soket.notices.notice import Kind, Notice
from soket.notices.render import write_message
from soket.store.store import MissingObjectError

log = logging.getLogger(__name__)

REPLAYED = "đợt chạy lại hoặc chạy bù không gửi thư"


def post(workspace: Workspace, notice: Notice, *, suppressed: bool = False, reason: str = REPLAYED) -> bool:
    """Claim and write a notice; return whether it is new.

    A suppressed notice is written like any other, and never sent. A fault in writing does not stop the caller: delivery
    tries to write it again, and shows the fault in the ledger.
    """
    intent = Intent(notice=notice, posted_at=workspace.now, suppressed=reason if suppressed else None)
    if not workspace.store.create(workspace.keys.notice(notice.id, "intent.json"), intent.to_json()):
        return False
    try:
        message_of(workspace, intent)
    except Exception:
        log.exception("notice %s could not be written; delivery will try again", notice.id)
    if intent.suppressed:
        mark_suppressed(workspace, intent)
    return True


def post_all(
    workspace: Workspace, notices: Iterable[Notice], *, suppressed: bool = False, reason: str = REPLAYED
) -> list[str]:
    """Post every notice that the ledger does not have yet; return the ids of the new ones. Costs one listing."""
    known = states(workspace)
    new = (notice for notice in notices if notice.id not in known)
    return [notice.id for notice in new if post(workspace, notice, suppressed=suppressed, reason=reason)]


def resend(workspace: Workspace, notice_id: str, *, to: str | None = None) -> str:
    """Post a failed notice anew, to another address if given: an operator's answer to a wrong address. Returns its id.

    Doing it twice makes one mail. Raises MissingObjectError for an id that is not there, ValueError for a notice that
    did not fail, or whose moment is over.
    """
    state = states(workspace).get(notice_id)
    if state is None:
        raise MissingObjectError(notice_id)
    if state.ending is not Ending.FAILED:
        raise ValueError(f"thư {notice_id} không ở trạng thái gửi hỏng, nên không gửi lại")
    if state.kind.momentary:
        raise ValueError(f"thư {notice_id} chỉ nói về lúc nó được lập; lần nhắc sau sẽ dùng địa chỉ mới trong kế hoạch")
    old = read_intent(workspace, notice_id).notice
    step, _, again = old.step.partition("-again")
    changes: dict[str, object] = {"step": f"{step}-again{int(again or 0) + 1}"}
    if to:
        changes["to"] = (old.to[0].model_copy(update={"email": to}),)
    new = old.model_copy(update=changes)
    post(workspace, new)
    return new.id


def post_current(
    workspace: Workspace, notices: Iterable[Notice], kinds: Collection[Kind], *, suppressed: bool = False
) -> list[str]:
    """Post what is due now of some kinds, and withdraw what waits of them and is due no more; return the new ids.

    So when the mail server comes back after days, nobody gets a burst of old reminders, and nobody is chased for what
    arrived in the meantime.
    """
    current = {notice.id: notice for notice in notices}
    known = states(workspace)
    for state in known.values():
        if state.ending is None and state.kind in kinds and state.id not in current:
            _end(workspace, state.id, Ending.WITHDRAWN, "chưa kịp gửi thì không còn đúng lúc")
    new = [notice for notice in current.values() if notice.id not in known]
    return [notice.id for notice in new if post(workspace, notice, suppressed=suppressed)]


def message_of(workspace: Workspace, intent: Intent) -> bytes:
    """Return the message of an intent as it was first written, writing it where it is not there yet."""
    key = workspace.keys.notice(intent.notice.id, "message.eml")
    try:
        return workspace.store.get(key)
    except MissingObjectError:
        data = write_message(workspace, intent, datetime.now(UTC))
        return data if workspace.store.create(key, data, "message/rfc822") else workspace.store.get(key)


def mark_suppressed(workspace: Workspace, intent: Intent) -> None:
    """Show in the listing that an intent is not to be sent, so that delivery need not open it."""
    _end(workspace, intent.notice.id, Ending.SUPPRESSED, intent.suppressed or "")


def _end(workspace: Workspace, notice: str, ending: Ending, note: str) -> None:
    write_end(workspace, notice, End(ending=ending, at=workspace.now, real_at=datetime.now(UTC), note=note))
