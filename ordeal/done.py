"""What others did in a campaign, for the oracle: it must be followed, or may explain what is found."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Done:
    """What somebody or something else did."""

    spoilt: Collection[str] = ()  # keys of what was changed: it has more versions
    deleted: Collection[str] = ()  # keys of what was deleted
    refused: Collection[str] = ()  # addresses that the mail server refuses for good
    bounced: Sequence[tuple[str, str]] = ()  # notices that came back, each with the address
    says: Mapping[tuple[str, ...], Any] = field(default_factory=dict)  # what the plan's file says by now
    edits_refused: int = 0  # edits of it that must have been refused
