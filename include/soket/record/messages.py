"""Messages of units, as they came: what an official says in return is a decision."""

from __future__ import annotations

import hashlib
import unicodedata
from datetime import datetime

from soket.record.attendance import Channel
from soket.store.record import Record
from soket.text import nfc

LONGEST = 2000  # characters
MOST_A_DAY = 10  # of a unit
MOST = 200  # of a unit in a campaign


class UnitMessage(Record):
    """What a unit says to the office."""

    id: str
    unit: str
    at: datetime  # campaign time
    text: str
    asks: bool  # whether it waits for an answer
    person: str = ""  # who wrote it
    number: int | None = None  # of the submission that it is about
    about: str = ""  # the fault, the point
    channel: Channel = Channel.PAGE


def message_of(
    unit: str, text: str, *, at: datetime, source: str, asks: bool, channel: Channel = Channel.PAGE, **more: object
) -> UnitMessage:
    """Return a message: from the same `source` the same words are one; what is no text in it is left out."""
    said = clean(text)[:LONGEST]
    digest = hashlib.sha256(chr(0).join((unit, source, said)).encode()).hexdigest()[:24]
    return UnitMessage.model_validate(
        {**more, "id": f"{unit}-{digest}", "unit": unit, "at": at, "text": said, "asks": asks, "channel": channel}
    )


def clean(text: str) -> str:
    """Return words as they can be shown: no control characters, no marks that turn text about, few empty lines."""
    kept = "".join(
        letter if unicodedata.category(letter)[0] != "C" or letter == "\n" else " "
        for letter in nfc(text.replace("\r\n", "\n").replace("\r", "\n"))
    )
    lines = [" ".join(line.split()) for line in kept.split("\n")]
    return "\n".join(line for line, before in zip(lines, ["", *lines], strict=False) if line or before).strip()


def too_many(messages: tuple[UnitMessage, ...], unit: str, at: datetime) -> bool:
    """Whether a unit has said as much as anybody reads, this day or in all."""
    own = [each for each in messages if each.unit == unit]
    return len(own) >= MOST or sum(each.at.date() == at.date() for each in own) >= MOST_A_DAY
