"""Requests of units for more time, as they came: they grant nothing, and wait until somebody decides or they lapse."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date, datetime

from soket.store.record import Record
from soket.text import format_date


class ExtensionRequest(Record):
    """A unit asks for a later date."""

    id: str
    unit: str
    at: datetime  # campaign time
    last_day: date  # that it asks for
    reason: str
    person: str  # who fills it in
    phone: str = ""
    document_number: str = ""
    file: str = ""  # the key of the letter that asks, as it was sent


def request_id(unit: str, told: Iterable[str]) -> str:
    """Return the id of a request: the same words of the same unit are one."""
    return f"{unit}-{hashlib.sha256(chr(0).join((unit, *told)).encode()).hexdigest()[:16]}"


def why_not(last_day: date, *, held: date, today: date, closes: date) -> str | None:
    """Return why a day cannot be asked for, in Vietnamese; None where it can.

    `held` is the last day that the unit has already, `closes` the campaign's.
    """
    if max(held, today) < last_day <= closes:
        return None
    return (
        f"Ngày {format_date(last_day)} phải sau hạn đang có ({format_date(held)}), sau hôm nay và không quá "
        f"{format_date(closes)}, ngày cuối của đợt."
    )
