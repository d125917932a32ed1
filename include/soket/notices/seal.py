"""The secret that Message-IDs are made with: whoever can name one has had the mail, or a report of it."""

from __future__ import annotations

import secrets

from soket.store.keys import MAIL_SEAL
from soket.store.store import MissingObjectError, Store


def read_seal(store: Store) -> bytes:
    """Return the bucket's seal, made at the first asking: one for all plans, and never another."""
    try:
        return store.get(MAIL_SEAL)
    except MissingObjectError:
        store.create(MAIL_SEAL, secrets.token_bytes(32), "application/octet-stream")
        return store.get(MAIL_SEAL)
