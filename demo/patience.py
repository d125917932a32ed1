"""Riding out a server that is being restarted."""

from __future__ import annotations

import imaplib
import time
from collections.abc import Callable
from typing import TypeVar

import httpx
from botocore.exceptions import BotoCoreError, ClientError

from soket.store.store import StoreFailedError

T = TypeVar("T")

PATIENCE = 60.0  # seconds


def persist(call: Callable[[], T], *, seconds: float = PATIENCE) -> T:
    """Call until it succeeds; an error that a restart does not explain, or that lasts, is raised."""
    deadline = time.monotonic() + seconds
    pause = 0.2
    while True:
        try:
            return call()
        except (OSError, StoreFailedError, BotoCoreError, ClientError, httpx.HTTPError, imaplib.IMAP4.error) as error:
            if not _passes(error) or time.monotonic() + pause > deadline:
                raise
        time.sleep(pause)
        pause = min(pause * 1.6, 3.0)


def _passes(error: BaseException) -> bool:
    """Tell whether an error may be gone in a moment."""
    if isinstance(error, StoreFailedError) and error.__cause__:
        return _passes(error.__cause__)
    if isinstance(error, httpx.HTTPStatusError):
        return error.response.is_server_error
    if isinstance(error, ClientError):
        return bool(error.response["ResponseMetadata"].get("HTTPStatusCode", 0) >= httpx.codes.INTERNAL_SERVER_ERROR)
    return True
