"""The outbox: a mail is claimed once and written once; `delivery` sends what waits here.

`post` claims a notice (create-once), then writes its message. It may die in between: the intent alone is enough to write
the message later, and whoever posts the same notice again finds it claimed.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable
from datetime import UTC, datetime

from soket.campaign.workspace import Workspace
from soket.notices.ledger import End, Ending, Intent, read_intent, states, write_end
from soket.notices.notice import Notice
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
    """Post a notice anew under a new id, to another address if given: an operator's answer to a mail that failed.

    Returns the new id; asking twice with the same address makes one mail. Raises MissingObjectError.
    """
    old = read_intent(workspace, notice_id).notice
    contacts = (old.to[0].model_copy(update={"email": to}),) if to else old.to
    tries = sum(1 for each in states(workspace) if each == notice_id or each.startswith(f"{notice_id}."))
    raise NotImplementedError(contacts, tries)


def withdraw(workspace: Workspace, keep: Collection[str], reason: str) -> list[str]:
    """Withdraw each unsent reminder, escalation or digest whose moment is over; return their ids.

    `keep` holds the ids that are due now. So when the mail server comes back after days, nobody gets a burst of old
    reminders, and nobody is chased for what arrived in the meantime.
    """
    gone = [
        state.id
        for state in states(workspace).values()
        if state.ending is None and state.kind.momentary and state.id not in keep
    ]
    for notice in gone:
        write_end(
            workspace,
            notice,
            End(ending=Ending.WITHDRAWN, at=workspace.now, real_at=datetime.now(UTC), note=reason),
        )
    return gone


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
    end = End(
        ending=Ending.SUPPRESSED, at=workspace.now, real_at=datetime.now(UTC), note=intent.suppressed or ""
    )
    write_end(workspace, intent.notice.id, end)
