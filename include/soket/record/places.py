"""Where each kind of record belongs in the bucket, by what it says of itself."""

from __future__ import annotations

import json

from soket.record.attendance import Reply
from soket.record.confirming import Confirmation
from soket.record.day_tree import DayTree
from soket.record.decisions import ActBase
from soket.record.messages import UnitMessage
from soket.record.records import Attempt, Receipt, StageRecord, Verdict
from soket.record.requests import ExtensionRequest
from soket.record.taking_back import TakeBack, Withdrawal
from soket.store.keys import Keys
from soket.store.record import Record

# What units ask for, confirm and say, each kind in a folder of its own.
BESIDE_REPLIES: dict[type[Record], str] = {
    ExtensionRequest: "requests",
    Confirmation: "confirmations",
    UnitMessage: "messages",
    TakeBack: "take_backs",
}


def is_in_its_place(keys: Keys, key: str, data: bytes) -> bool:
    """Whether what cannot be read says of itself what its place says: then another version of soket wrote it."""
    try:
        told = json.loads(data)
        unit, number = told.get("unit"), told.get("number")
    except (ValueError, AttributeError):
        return False
    return key in (
        keys.receipt(unit, number),
        keys.report(unit, number, "verdict.json"),
        keys.attempt(unit, number, told.get("attempt")),
        keys.stage_record(told.get("stage"), told.get("round"), told.get("step")),
        keys.decision(told.get("id")),
        keys.reply(told.get("id")),
        *(keys.beside_replies(kind, told.get("id")) for kind in BESIDE_REPLIES.values()),
        keys.day_tree(told.get("day")),
    )


def key_of(keys: Keys, record: object) -> str:
    """Return where a record belongs."""
    match record:
        case Receipt():
            return keys.receipt(record.unit, record.number)
        case Verdict() | Withdrawal():
            return keys.report(record.unit, record.number, "verdict.json")
        case Attempt():
            return keys.attempt(record.unit, record.number, record.attempt)
        case StageRecord():
            return keys.stage_record(record.stage, record.round, record.step)
        case ActBase():
            return keys.decision(record.id)
        case Reply():
            return keys.reply(record.id)
        case ExtensionRequest() | Confirmation() | UnitMessage() | TakeBack():
            return keys.beside_replies(BESIDE_REPLIES[type(record)], record.id)
        case DayTree():
            return keys.day_tree(record.day)
    raise TypeError(f"no record: {record!r}")
