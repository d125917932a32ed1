"""Giving and taking the keys of folders, on a running store too: it goes on serving everybody else meanwhile."""

from __future__ import annotations

import signal
import time
from dataclasses import replace

from soket.stack import process
from soket.stack.credentials import Credentials, KeyPair, issue_key, revoke_key
from soket.stack.seaweedfs import SeaweedFS, key_client
from soket.stack.spec import Folder
from soket.stack.state import State

_TAKEN_OVER_WITHIN = 15.0


class NotTakenOverError(RuntimeError):
    """The store runs and still goes by the old keys."""

    def __init__(self) -> None:
        super().__init__("Khóa đã ghi lại nhưng kho tệp chưa nhận. Chạy `soket down`, rồi `soket up`.")


def issue(state: State, folder: Folder) -> KeyPair:
    """Give a folder's holder a new key in place of the old; the folder may be new to the stack.

    Raises NotTakenOverError where the running store does not know the key within some seconds. A store that is no
    part of a stack (Compose) is told by whoever runs it.
    """
    pair = issue_key(state, folder.name)
    if state.exists():
        spec = state.spec
        others = tuple(each for each in spec.folders if each.name != folder.name)
        state.save_spec(replace(spec, folders=(*others, folder)))
        _tell(state, folder, pair, opens=True)
    return pair


def revoke(state: State, folder: Folder) -> bool:
    """Take a folder's key away; tell whether there was one. Raises NotTakenOverError as `issue` does."""
    pair = Credentials.load(state).folders.get(folder.name)
    if pair is None:
        return False
    revoke_key(state, folder.name)
    if state.exists():
        _tell(state, folder, pair, opens=False)
    return True


def _tell(state: State, folder: Folder, pair: KeyPair, *, opens: bool) -> None:
    """Let a running store read the list of keys anew, and wait until a key opens, or does not open, its folder."""
    SeaweedFS(state).write_identities()
    servers = process.owned(state.root, SeaweedFS.name)
    process.signal_all(servers, signal.SIGHUP)
    deadline = time.monotonic() + _TAKEN_OVER_WITHIN
    while servers and _opens(state, folder, pair) is not opens:
        if time.monotonic() > deadline:
            raise NotTakenOverError
        time.sleep(0.1)


def _opens(state: State, folder: Folder, pair: KeyPair) -> bool | None:
    """Tell whether a key opens its folder; None where the store does not say."""
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        key_client(state, pair).list_objects_v2(Bucket=state.spec.bucket, Prefix=folder.prefix, MaxKeys=1)
    except ClientError as error:
        return False if error.response["ResponseMetadata"]["HTTPStatusCode"] == 403 else None
    except BotoCoreError:
        return None
    return True
