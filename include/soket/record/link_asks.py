"""That somebody asked at the door for a unit's link, which a mail to its registered contact is owed for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from soket.record.workspace import Workspace
from soket.store.record import Record

MOST_AN_HOUR = 3  # for a unit, whoever asks
_FOLDER = "links"
_HOUR = "%Y%m%d%H"


class _LinkAsked(Record):
    unit: str
    hour: str


@dataclass(frozen=True)
class LinkAsk:
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


def asks_of(workspace: Workspace) -> list[LinkAsk]:
    """Return what was asked for in this hour and the one before: who asked earlier waits no more. One listing each."""
    found, now = [], workspace.now
    for moment in (now - timedelta(hours=1), now):
        prefix = workspace.keys.beside_replies(_FOLDER) + f"{moment:{_HOUR}}-"
        for listed in workspace.store.list(prefix):
            unit, _, number = listed.key.removeprefix(prefix).removesuffix(".json").rpartition("-")
            if unit and number.isdecimal():
                found.append(LinkAsk(unit, f"{moment:{_HOUR}}", int(number)))
    return found
