"""What was refused: an act by somebody who may not do it, or one that was not filled in as it has to be.

A refusal is an answer, not a failure. It is kept like a decision, so that whoever entered it, and the operator, can
see what did not count and why.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime

from pydantic import ValidationError

from soket.record.workspace import Workspace
from soket.store.record import Record
from soket.store.store import MissingObjectError

SHOWN = 50  # refusals that are looked at, the latest


class RefusedAct(Record):
    """An act that was refused."""

    id: str
    at: datetime  # campaign time
    account: str  # who entered it
    act: str
    why: str  # and what to do
    no_right: bool  # it was not theirs to do


def id_of_refusal(entry: str) -> str:
    """Return under which id the refusal of an entry is kept."""
    return hashlib.sha256(entry.encode()).hexdigest()[:16]


def refusals_of(workspace: Workspace, entries: Iterable[str]) -> dict[str, RefusedAct]:
    """Return which of some entries were refused, by entry."""
    kept = {each.key for each in workspace.store.list(workspace.keys.refusals)}
    keys = {entry: workspace.keys.refusal(id_of_refusal(entry)) for entry in entries}
    found = {entry: _read(workspace, key) for entry, key in keys.items() if key in kept}
    return {entry: refusal for entry, refusal in found.items() if refusal}


def refusals(workspace: Workspace) -> list[RefusedAct]:
    """Return the latest refusals, the last first."""
    found = sorted(workspace.store.list(workspace.keys.refusals), key=lambda each: each.last_modified, reverse=True)
    return [each for kept in found[:SHOWN] if (each := _read(workspace, kept.key)) is not None]


def last_refusal(workspace: Workspace, act: str, since: datetime) -> RefusedAct | None:
    """Return the last refusal of an act since a moment."""
    return next((each for each in refusals(workspace) if each.act == act and each.at >= since), None)


def _read(workspace: Workspace, key: str) -> RefusedAct | None:
    try:
        return RefusedAct.model_validate_json(workspace.store.get(key))
    except MissingObjectError:
        return None
    except ValidationError:  # spoilt, or another version's: it counts for nothing either way
        return None
