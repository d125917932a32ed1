"""Whether the monitor is alive: it leaves a sign of life at each run, and owes one at each moment of its calendar.

The sign is an object that is written over; its LastModified is real time, told by the bucket and by nobody's clock.
"""

from __future__ import annotations

from datetime import datetime

from soket.plan.schedule import ladder_moments
from soket.record.workspace import Workspace
from soket.store.record import Record


class Silence(Record):
    """That the monitor did not run when it should have."""

    expected: datetime  # campaign time: the latest moment at which it was due
    last: datetime | None  # campaign time of its last sign of life


def beat(workspace: Workspace) -> None:
    """Leave the monitor's sign of life; a backfilled run says nothing of the present."""
    if not workspace.rerun:
        at = workspace.now.isoformat(timespec="seconds")
        workspace.store.replace(workspace.keys.heartbeat, f'{{"at": "{at}"}}'.encode())


def silence(workspace: Workspace) -> Silence | None:
    """Return since when the monitor owes a run; None where it owes none, and always when the campaign is over."""
    campaign, now, clock = workspace.campaign, workspace.now, workspace.clock
    if not campaign.start <= now < campaign.end:
        return None
    due = [moment for moment in ladder_moments(workspace.plan, campaign, workspace.calendar) if moment <= now]
    key = workspace.keys.heartbeat
    last = next((found.last_modified for found in workspace.store.list(key) if found.key == key), None)
    # The bucket tells whole seconds.
    if not due or (last is not None and last.timestamp() >= int(clock.real_time(due[-1]).timestamp())):
        return None
    return Silence(expected=due[-1], last=clock.campaign_time(last) if last else None)
