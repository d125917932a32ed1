"""When waiting mail is worth a delivery of its own: asked by whoever watches while nothing else happens.

Deliveries come with what a stage or an intake has to tell. A mail that such a delivery could not hand over would lie
until the next one, from Friday evening till Monday.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from soket.notices.ledger import LEASE, NoticeState, states
from soket.notices.switch import held_by
from soket.notices.timely import has_to_wait
from soket.record.workspace import Workspace

AT_LEAST = timedelta(minutes=1)  # whoever posted it is at it
AT_MOST = timedelta(minutes=15)


def until_next(workspace: Workspace, watched: timedelta) -> timedelta | None:
    """Return how long until a delivery could send something that waits, nothing being zero; None: it could not.

    A mail is tried at a quarter of its age again, counted from when the watch began: a server that is down for days is
    asked each quarter of an hour, not each minute. What is held back, for today or by the switch, is not waited for.
    """
    waiting = [state for state in states(workspace).values() if state.ending is None]
    if not waiting:
        return None
    now = workspace.store.now()
    moments = [_moment(state, now - watched) for state in waiting if not _is_held(workspace, state)]
    if not moments or held_by(workspace.store):
        return None
    return max(min(moments) - now, timedelta(0))


def _is_held(workspace: Workspace, state: NoticeState) -> bool:
    if workspace.now.date() in state.holds or has_to_wait(workspace, state):
        return True
    return state.kind.momentary and state.is_outdated(workspace)


def _moment(state: NoticeState, began: datetime) -> datetime:
    posted = state.posted or began
    spaced = began + min(max((began - posted) / 4, AT_LEAST), AT_MOST)
    return max(state.ready_at(LEASE) or posted, spaced)
