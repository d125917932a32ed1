"""When officials are at work, by the campaign's own clock."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from soket.clock import VIETNAM
from soket.record.workspace import Workspace

OPENS, CLOSES = time(8), time(17)

# How long, in real time, an act may be on its way to the server, where days pass in seconds: nobody begins later, nor,
# where days are shorter still, after noon.
_ON_ITS_WAY = timedelta(seconds=2)
_EVENING = time(19)  # whoever began in time may be there so long


def at_work(workspace: Workspace) -> bool:
    """Whether an official would begin something now."""
    now = workspace.now
    hours = (datetime.combine(now.date(), hour, VIETNAM) for hour in (OPENS, CLOSES))
    opening, closing = (workspace.clock.real_time(hour) for hour in hours)
    latest = closing - min(_ON_ITS_WAY, (closing - opening) / 2)
    return workspace.calendar.is_working_day(now.date()) and opening <= workspace.clock.real_time(now) <= latest


def is_human(workspace: Workspace, moment: datetime) -> bool:
    """Whether something was done at an hour at which people do such things."""
    at = moment.astimezone(VIETNAM)
    return workspace.calendar.is_working_day(at.date()) and OPENS <= at.time() <= _EVENING
