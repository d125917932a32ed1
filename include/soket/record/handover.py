"""A folder's key on its way to its holder: sealed in the bucket, opened once by a link that alone has the key to it."""

from __future__ import annotations

import hashlib
from base64 import urlsafe_b64encode
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography.fernet import Fernet, InvalidToken

from soket.record.workspace import Workspace
from soket.store.record import Record
from soket.store.store import MissingObjectError

HOLDS = timedelta(days=3)  # campaign time

_SEALED, _END = "sealed.json", "end.json"


class Handover(Record):
    """A sheet with a key, sealed; who has not the link cannot read it, whoever reads the bucket."""

    holder: str
    issued_at: datetime  # campaign time
    access_key: str
    sealed: str


class HandoverEnd(Record):
    """What a link came to: its sheet was shown, or the key was taken away before."""

    shown: bool
    at: datetime  # campaign time


@dataclass(frozen=True)
class FoundHandover:
    """A handover as whoever has its link finds it."""

    id: str
    expires: datetime  # the first moment at which the link opens nothing more
    expired: bool
    end: HandoverEnd | None


class HandoverOverError(Exception):
    """A link opens nothing more; its end is told by `find_handover`."""


def hand_over(workspace: Workspace, holder: str, access_key: str, sheet: str) -> str:
    """Seal a sheet for its holder, in place of every earlier one; return the secret part of the link that opens it."""
    end_handovers(workspace, holder)
    secret = Fernet.generate_key()
    handover = Handover(
        holder=holder,
        issued_at=workspace.now,
        access_key=access_key,
        sealed=Fernet(secret).encrypt(sheet.encode()).decode(),
    )
    token = secret.decode().rstrip("=")
    workspace.store.put(_key(workspace, holder, token, _SEALED), handover.to_json(), "application/json")
    return token


def find_handover(workspace: Workspace, holder: str, token: str) -> FoundHandover | None:
    """Return what a link is of; None where it is not this holder's, or none at all. It changes nothing."""
    end = _end(workspace, holder, token)
    try:
        handover = _read(workspace, holder, token)
    except MissingObjectError:
        return FoundHandover(_id(token), end.at, expired=True, end=end) if end else None
    expires = handover.issued_at + HOLDS
    return FoundHandover(_id(token), expires, workspace.now >= expires, end)


def open_handover(workspace: Workspace, holder: str, token: str) -> str:
    """Return the sheet that a link opens, and never again; raise HandoverOverError where somebody was there before."""
    try:
        handover = _read(workspace, holder, token)
        sheet = Fernet(f"{token}=").decrypt(handover.sealed.encode()).decode()
    except (MissingObjectError, InvalidToken, ValueError):
        raise HandoverOverError from None
    if workspace.now >= handover.issued_at + HOLDS:
        raise HandoverOverError
    end = HandoverEnd(shown=True, at=workspace.now)
    if not workspace.store.create(_key(workspace, holder, token, _END), end.to_json()):
        raise HandoverOverError
    _clear(workspace, _key(workspace, holder, token, _SEALED))
    return sheet


def end_handovers(workspace: Workspace, holder: str) -> int:
    """Let no earlier link of a holder open anything more; return how many could have."""
    folder, ended = workspace.keys.handover(holder), 0
    for listed in list(workspace.store.list(folder)):
        if listed.key.endswith(_SEALED):
            end = HandoverEnd(shown=False, at=workspace.now)
            ended += workspace.store.create(listed.key.removesuffix(_SEALED) + _END, end.to_json())
            workspace.store.take_back(listed.key, listed.etag)
    return ended


def _read(workspace: Workspace, holder: str, token: str) -> Handover:
    return Handover.model_validate_json(workspace.store.get(_key(workspace, holder, token, _SEALED)))


def _end(workspace: Workspace, holder: str, token: str) -> HandoverEnd | None:
    with suppress(MissingObjectError):
        return HandoverEnd.model_validate_json(workspace.store.get(_key(workspace, holder, token, _END)))
    return None


def _clear(workspace: Workspace, key: str) -> None:
    for listed in list(workspace.store.list(key)):
        workspace.store.take_back(listed.key, listed.etag)


def _key(workspace: Workspace, holder: str, token: str, name: str) -> str:
    return workspace.keys.handover(holder, _id(token), name)


def _id(token: str) -> str:
    """Return by what name a handover lies in the bucket; no way leads back to the link."""
    return hashlib.sha256(f"handover/{token}".encode()).hexdigest()[:32]


def token_is_whole(token: str) -> bool:
    """Whether a token may be one at all: 32 bytes as addresses write them."""
    return len(token) == len(urlsafe_b64encode(bytes(32))) - 1 and token.replace("-", "").replace("_", "").isalnum()
