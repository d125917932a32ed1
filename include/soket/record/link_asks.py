"""That somebody asked at the door for a unit's link, which a mail to its registered contact is owed for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from soket.record.workspace import Workspace
from soket.store.keys import Keys
from soket.store.record import Record
from soket.store.store import StoredObject

MOST_AN_HOUR = 3  # for a unit, whoever asks
_FOLDER = "links"
_HOUR = "%Y%m%d%H"


class _LinkAsked(Record):
    unit: str
    hour: str


class LinkAsk(Record):
    """The n-th time in an hour of the campaign that a unit's link was asked for."""

    unit: str
    hour: str
    number: int


def ask_for_link(workspace: Workspace, unit: str) -> bool:
    """Note that a unit's link is asked for; return False where that was done often enough in this hour."""
    hour = f"{workspace.now:{_HOUR}}"
    asked = _LinkAsked(unit=unit, hour=hour).to_json()
    keys = (workspace.keys.beside_replies(_FOLDER, f"{hour}-{unit}-{each}") for each in range(1, MOST_AN_HOUR + 1))
    return any(workspace.store.create(key, asked) for key in keys)


def asks_among(keys: Keys, listed: Iterable[StoredObject], now: datetime) -> tuple[LinkAsk, ...]:
    """Return what was asked for in this hour and the one before, of all beside the replies; earlier asks wait no more.

    A key says all, so nothing is read.
    """
    folder, hours = keys.beside_replies(_FOLDER), {f"{moment:{_HOUR}}" for moment in (now - timedelta(hours=1), now)}
    found = []
    for each in listed:
        if each.key.startswith(folder):
            hour, _, rest = each.key.removeprefix(folder).removesuffix(".json").partition("-")
            unit, _, number = rest.rpartition("-")
            if hour in hours and unit and number.isdecimal():
                found.append(LinkAsk(unit=unit, hour=hour, number=int(number)))
    return tuple(found)
