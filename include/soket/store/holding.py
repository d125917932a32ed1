"""Keeps objects from being removed, whoever asks, where the bucket has a lock for that (S3 object lock).

By a legal hold, which has no end of its own: whoever runs the bucket lifts it when the archive may go. What is written
over a held object is a version beside it.
"""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor

from soket.store.s3 import S3Store, failures_told
from soket.store.store import Store

_AT_ONCE = 16
# What a store answers that has no such lock, was made without it, or does not let this account lock.
_WITHOUT = ("ObjectLockConfigurationNotFoundError", "NotImplemented", "MethodNotAllowed", "AccessDenied")


def hold(store: Store, keys: Iterable[str]) -> bool:
    """Hold objects as they are now; return whether the bucket can, and hold none where it cannot."""
    if not isinstance(store, S3Store) or not _can(store):
        return False
    with failures_told(), ThreadPoolExecutor(_AT_ONCE) as pool:
        for _ in pool.map(lambda key: _hold(store, key), keys):
            pass
    return True


def _can(store: S3Store) -> bool:
    with failures_told():
        try:
            answer = store.client.get_object_lock_configuration(Bucket=store.bucket)
        except store.client.exceptions.ClientError as error:
            if error.response["Error"]["Code"] in _WITHOUT:
                return False
            raise
    return answer["ObjectLockConfiguration"].get("ObjectLockEnabled") == "Enabled"


def _hold(store: S3Store, key: str) -> None:
    store.client.put_object_legal_hold(Bucket=store.bucket, Key=key, LegalHold={"Status": "ON"})
