"""What became of a mail after the relay took it, as it is kept with its notice: once for each recipient and outcome."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from soket.record.workspace import Workspace
from soket.store.record import Record
from soket.store.store import MissingObjectError

_NAME = re.compile(r"reports/(bounced|delivered|delayed)-(\d+)-of-(\d+)\.json")


class Outcome(StrEnum):
    """What a server said of one recipient, in the order that counts where it said several things."""

    BOUNCED = "bounced"
    DELIVERED = "delivered"
    DELAYED = "delayed"  # the server goes on trying


_ORDER = tuple(Outcome)

Said = tuple[Outcome, int, int]
"""What was said of which recipient, of how many: all that a name tells."""


class Reported(Record):
    """That a server said what became of a mail for one recipient."""

    address: str
    outcome: Outcome
    at: datetime  # campaign time it was read
    status: str = ""  # as RFC 3463 numbers it: 5.1.1
    said: str = ""  # in the server's words
    source: str = ""  # the report's own Message-ID, or the name it was found under


def report_name(outcome: Outcome, position: int, recipients: int) -> str:
    """Return the name, in a notice's folder, of what was said of its n-th recipient: the listing alone tells it."""
    return f"reports/{outcome}-{position}-of-{recipients}.json"


def parse_name(name: str) -> Said | None:
    """Return outcome, position and number of recipients of a report's name; None for another name."""
    found = _NAME.fullmatch(name)
    return (Outcome(found[1]), int(found[2]), int(found[3])) if found else None


def last_words(said: Iterable[Said]) -> list[Said]:
    """Return what counts of each recipient, of whom servers may have said several things."""
    gravest_last = sorted(said, key=lambda each: _ORDER.index(each[0]), reverse=True)
    return list({position: (outcome, position, of) for outcome, position, of in gravest_last}.values())


def outcome_of(said: Iterable[Said]) -> Outcome | None:
    """Return what became of a mail as a whole: delivered only where every recipient has it."""
    last = last_words(said)
    found = {outcome for outcome, _, _ in last}
    for outcome in (Outcome.BOUNCED, Outcome.DELAYED):
        if outcome in found:
            return outcome
    return Outcome.DELIVERED if last and len(last) == last[0][2] else None


def read_reported(
    workspace: Workspace, notice: str, outcome: Outcome, position: int, recipients: int
) -> Reported | None:
    """Return what was said of a notice's n-th recipient; None where it is spoilt: its name still tells the outcome."""
    key = workspace.keys.notice(notice, report_name(outcome, position, recipients))
    try:
        return Reported.model_validate_json(workspace.store.get(key))
    except (MissingObjectError, ValueError):
        return None


def reports_of(workspace: Workspace, notice: str, said: Iterable[Said]) -> list[Reported]:
    """Return what servers reported of a notice: the last word of each recipient, but for what is spoilt."""
    last = sorted(last_words(said), key=lambda each: each[1])
    return [report for each in last if (report := read_reported(workspace, notice, *each))]
