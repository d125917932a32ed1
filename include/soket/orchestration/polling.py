"""How often the bucket is asked, in real seconds; a replay asks more often."""

from __future__ import annotations

import os

POLL_VARIABLE = "SOKET_POLL_SECONDS"
GATE_VARIABLE = "SOKET_GATE_SECONDS"


def poll_seconds() -> float:
    """Return the seconds between two looks at the inbox."""
    return float(os.environ.get(POLL_VARIABLE, "5"))


def gate_seconds() -> float:
    """Return the seconds between two readings of the register for those who wait on it."""
    return float(os.environ.get(GATE_VARIABLE, "60"))
