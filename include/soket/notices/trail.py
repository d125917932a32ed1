"""What a notice leaves behind while it waits: who tried to send it, why that failed, why it is held."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import Field

from soket.record.workspace import Workspace
from soket.store.record import Record


class ClaimedTry(Record):
    """That someone is trying to send a notice."""

    at: datetime  # real time


class Failure(Record):
    """That a try failed, wholly or for some addresses."""

    at: datetime  # real time
    reason: str
    delivered: tuple[str, ...] = ()  # addresses that did get it
    refused: dict[str, str] = Field(default_factory=dict)  # addresses that never will


class Hold(Record):
    """That a notice does not go out on a day, because its reader has had enough mail."""

    at: datetime  # campaign time
    reason: str


def claim_try(workspace: Workspace, notice: str, number: int, moment: datetime) -> bool:
    """Claim the n-th try of a notice, from the second on; return whether it is ours."""
    key = workspace.keys.notice(notice, f"attempts/{number}.json")
    return workspace.store.create(key, ClaimedTry(at=moment).to_json())


def read_failure(workspace: Workspace, notice: str, number: int) -> Failure:
    """Return the record of why a try failed."""
    return Failure.model_validate_json(workspace.store.get(failure_key(workspace, notice, number)))


def failure_key(workspace: Workspace, notice: str, number: int) -> str:
    """Return where it is recorded why a try failed."""
    return workspace.keys.notice(notice, f"attempts/{number}-failed.json")


def hold_key(workspace: Workspace, notice: str, day: date) -> str:
    """Return where it is recorded that a notice is held for a day."""
    return workspace.keys.notice(notice, f"holds/{day.isoformat()}.json")
