"""Which mails want somebody's eye: those that did not reach everyone they were for, or came back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from soket.notices.ledger import Ending, NoticeState
from soket.notices.notice import first_id
from soket.notices.reports.outcome import Outcome
from soket.record.workspace import Workspace

LONG = timedelta(hours=20)  # put off for so long, a mail shows on the next working morning

_UNDELIVERED = (Ending.FAILED, Ending.PARTLY)


def troubled(workspace: Workspace, states: Iterable[NoticeState]) -> list[NoticeState]:
    """Return what failed or came back, for all addresses or some, and what servers have put off for long; oldest first.

    What somebody has seen to is left out: posted anew by hand or, for a reminder or a digest, followed by one that
    went out. Asks nothing of the bucket.
    """
    known = [state for state in states if state.posted is not None]
    found = [state for state in known if _is_troubled(workspace, state) and not _is_seen_to(state, known)]
    return sorted(found, key=lambda state: (state.posted or workspace.now, state.id))


def _is_troubled(workspace: Workspace, state: NoticeState) -> bool:
    if state.ending in _UNDELIVERED or state.outcome is Outcome.BOUNCED:
        return True
    if state.ending is not None:
        return state.outcome is Outcome.DELAYED and _is_long_ago(workspace, state.ended)
    return bool(state.failures) and _is_long_ago(workspace, min(state.failures.values()))


def _is_long_ago(workspace: Workspace, moment: datetime | None) -> bool:
    return moment is not None and workspace.now - workspace.clock.campaign_time(moment) > LONG


def _is_seen_to(state: NoticeState, known: list[NoticeState]) -> bool:
    later = [other for other in known if other.posted and state.posted and other.posted > state.posted]
    if any(first_id(other.id) == first_id(state.id) for other in later):
        return True
    return state.kind.momentary and any(
        other.ending is Ending.SENT
        and other.outcome is not Outcome.BOUNCED
        and other.id.split(".")[:2] == state.id.split(".")[:2]
        for other in later
    )
