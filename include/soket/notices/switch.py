"""The switch that holds all mail of all plans: thrown by hand, remembered in the bucket, asked by every delivery."""

from __future__ import annotations

from datetime import datetime

from soket.store.keys import MAIL_SWITCH, mail_switch
from soket.store.record import Record
from soket.store.store import MissingObjectError, Store


class Throw(Record):
    """That somebody held all mail, or let it go again."""

    held: bool
    at: datetime  # real time
    by: str
    reason: str

    def __str__(self) -> str:
        return f"đang tạm dừng gửi thư ({self.by}: {self.reason})"


def throw(store: Store, *, held: bool, by: str, reason: str, at: datetime) -> bool:
    """Throw the switch; return False where it stands like that already."""
    while True:
        number, last = _last(store)
        if held == (last is not None and last.held):
            return False
        # Somebody else may have thrown it just now: then look again.
        if store.create(mail_switch(number + 1), Throw(held=held, at=at, by=by, reason=reason).to_json()):
            return True


def held_by(store: Store) -> Throw | None:
    """Return who holds all mail, and why; None where mail goes out."""
    _, last = _last(store)
    return last if last is not None and last.held else None


def _last(store: Store) -> tuple[int, Throw | None]:
    keys = [entry.key for entry in store.list(MAIL_SWITCH)]
    return len(keys), _read(store, keys[-1], len(keys)) if keys else None


def _read(store: Store, key: str, number: int) -> Throw:
    """Return the n-th throw; a spoilt one is known by its number: the first holds, and each undoes the last."""
    try:
        return Throw.model_validate_json(store.get(key))
    except (MissingObjectError, ValueError):
        return Throw(held=number % 2 == 1, at=store.now(), by="?", reason="bản ghi tạm dừng thư bị hỏng")
