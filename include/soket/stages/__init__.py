"""The verbs of each stage, of the monitor and of officials: what is done, above everything it is done with."""

from __future__ import annotations


class NothingToDoError(Exception):
    """A run finds its work done, or not yet due; the message says which, in Vietnamese."""


class StillWaitingError(Exception):
    """What was waited for came, but will not do; the message says why, in Vietnamese."""
