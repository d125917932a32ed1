"""What somebody deletes behind our back: by lot, one of what is kept of submissions and of mail."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum

from soket.store.keys import Keys

_ENDS = ("sent.json", "partly.json", "failed.json")


class Kept(StrEnum):
    """What may be deleted."""

    VERDICT = "verdict"
    RECEIPT = "receipt"
    FILE = "kept file"
    SLIP = "slip"
    PARSED = "what was read"
    INTENT = "intent of a mail"
    END = "end of a mail"


def _told(keys: Keys) -> Mapping[Kept, Callable[[str], bool]]:
    """Return what tells each kind by its key; mail is that of answers and requests, which are owed as long as it is."""
    answers = re.compile(rf"{re.escape(keys.notices)}(receipt|return|request)\.")
    return {
        Kept.VERDICT: keys.is_verdict,
        Kept.RECEIPT: keys.is_receipt,
        Kept.FILE: lambda key: key.startswith(keys.reports) and "/files/" in key,
        Kept.SLIP: lambda key: key.startswith(keys.reports) and key.endswith("/slip.docx"),
        Kept.PARSED: lambda key: key.startswith(keys.parsed()),
        Kept.INTENT: lambda key: bool(answers.match(key)) and key.endswith("/intent.json"),
        Kept.END: lambda key: bool(answers.match(key)) and key.endswith(_ENDS),
    }


def roots_of(keys: Keys) -> tuple[str, ...]:
    """Return the prefixes under which there is anything to delete."""
    return keys.receipts, keys.reports, keys.parsed(), keys.notices


def to_delete(keys: Keys, there: Iterable[str], lot: int) -> tuple[Kept, str] | None:
    """Return which of the keys that are there is deleted, and what that is; None where there is nothing of any kind."""
    listed, told = sorted(there), _told(keys)
    found = [(kind, some) for kind in Kept if (some := [key for key in listed if told[kind](key)])]
    if not found:
        return None
    kind, some = found[lot % len(found)]
    return kind, some[lot // len(found) % len(some)]
