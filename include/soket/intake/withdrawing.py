"""Withdrawing: what a unit asks back before it is judged is ruled withdrawn, where its verdict would stand.

A submission gets the one or the other, by whoever writes first; a unit's word that comes after the verdict changes
nothing. So that a word counts from the moment it was written, who judges looks for those of all units right before the
verdicts of a batch.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence

from pydantic import ValidationError

from soket.record.places import BESIDE_REPLIES
from soket.record.records import Receipt
from soket.record.register import Register
from soket.record.taking_back import TakeBack, Withdrawal, words_of_units
from soket.record.workspace import Workspace
from soket.store.store import MissingObjectError

log = logging.getLogger(__name__)


def to_withdraw(register: Register) -> list[tuple[Receipt, TakeBack]]:
    """Return the submissions that have neither verdict nor withdrawal, and are asked back."""
    return [
        (receipt, word)
        for entry in register.units.values()
        for receipt in entry.unruled
        if (word := entry.asks_back(receipt))
    ]


def withdraw(workspace: Workspace, register: Register) -> Register:
    """Rule withdrawn what is asked back; return the register with what this call wrote."""
    units = dict(register.units)
    for receipt, word in to_withdraw(register):
        if ruled := file_withdrawal(workspace, receipt, word):
            entry = units[receipt.unit]
            units[receipt.unit] = entry.model_copy(update={"withdrawals": (*entry.withdrawals, ruled)})
    return register.model_copy(update={"units": units})


def file_withdrawal(workspace: Workspace, receipt: Receipt, word: TakeBack) -> Withdrawal | None:
    """Write that a submission is withdrawn; return None where it was judged first, or another run has written this."""
    ruled = Withdrawal(
        unit=receipt.unit,
        number=receipt.number,
        at=workspace.now,
        take_back=word.id,
        asked_at=word.at,
        person=word.person,
    )
    key = workspace.keys.report(receipt.unit, receipt.number, "verdict.json")
    return ruled if workspace.store.create(key, ruled.to_json()) else None


def asked_back_meanwhile(workspace: Workspace, register: Register) -> Mapping[str, Sequence[TakeBack]]:
    """Return by unit the words that came since the register was read, by one listing of all."""
    known = {each.id for entry in register.units.values() for each in entry.take_backs}
    found = []
    for listed in workspace.store.list(workspace.keys.beside_replies(BESIDE_REPLIES[TakeBack])):
        if listed.key.rpartition("/")[2].removesuffix(".json") not in known:
            try:
                found.append(TakeBack.model_validate_json(workspace.store.get(listed.key)))
            except (MissingObjectError, ValidationError):
                log.warning("The word %s cannot be read and takes nothing back", listed.key)
    return words_of_units(found)
