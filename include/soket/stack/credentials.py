"""Passwords and keys: made once at random, kept in one private file, never printed except to people who ask."""

from __future__ import annotations

import fcntl
import secrets
import string
from base64 import urlsafe_b64encode
from dataclasses import asdict, dataclass, field, fields
from typing import NamedTuple

from soket.stack.spec import StackSpec
from soket.stack.state import State

# The administrator makes the bucket; the console's is the service; the others each have a job at the store.
IDENTITIES = ("admin", "service", "board", "intake", "papers", "monitor", "page")

_FILE = "secrets.json"
_LOCK = "secrets.lock"


class KeyPair(NamedTuple):
    """An S3 identity's access key and secret."""

    access_key: str
    secret: str


@dataclass
class Credentials:
    """Every secret of a stack."""

    postgres: str = field(default_factory=lambda: _password())
    mail: str = field(default_factory=lambda: _password())
    admin: KeyPair = field(default_factory=lambda: _key_pair())
    service: KeyPair = field(default_factory=lambda: _key_pair())
    board: KeyPair = field(default_factory=lambda: _key_pair())
    intake: KeyPair = field(default_factory=lambda: _key_pair())
    papers: KeyPair = field(default_factory=lambda: _key_pair())
    monitor: KeyPair = field(default_factory=lambda: _key_pair())
    page: KeyPair = field(default_factory=lambda: _key_pair())
    fernet: str = field(default_factory=lambda: urlsafe_b64encode(secrets.token_bytes(32)).decode())
    jwt: str = field(default_factory=lambda: secrets.token_urlsafe(64))
    api: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    bell: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    folders: dict[str, KeyPair | None] = field(default_factory=dict)  # None: taken away
    accounts: dict[str, str] = field(default_factory=dict)

    @classmethod
    def load(cls, state: State) -> Credentials:
        """Read the secrets of a stack; what the file lacks is made anew."""
        known = {item.name for item in fields(cls)}
        content = {name: value for name, value in state.read(_FILE).items() if name in known}
        for name in IDENTITIES:
            if name in content:
                content[name] = KeyPair(*content[name])
        folders = content.get("folders", {})
        content["folders"] = {name: KeyPair(*pair) if pair else None for name, pair in folders.items()}
        return cls(**content)

    def of(self, identity: str) -> KeyPair:
        """Return the keys of one of the house's own identities."""
        pair: KeyPair = getattr(self, identity)
        return pair

    def save(self, state: State) -> None:
        """Keep the secrets, readable by their owner alone."""
        state.write(_FILE, asdict(self))

    @classmethod
    def ensure(cls, state: State, spec: StackSpec) -> Credentials:
        """Return the secrets of a stack with new ones for whoever is new in the spec; old ones stay as they are.

        Who lost a key gets none before somebody issues one.
        """
        credentials = cls.load(state)
        for folder in spec.folders:
            credentials.folders.setdefault(folder.name, _key_pair())
        for account in spec.accounts:
            credentials.accounts.setdefault(account.name, _password())
        credentials.save(state)
        return credentials


class NoKeyError(LookupError):
    """A folder's holder has no key: it was added since the start, or its key was taken away."""

    def __init__(self, name: str, *, revoked: bool) -> None:
        why = "khóa đã bị thu hồi" if revoked else "chưa có khóa, có lẽ được thêm vào kế hoạch sau khi bật hệ thống"
        holder = name.rpartition("/")[2]
        super().__init__(f"«{name}» không mở được thư mục nộp: {why}. Chạy `soket keys issue {holder}`, rồi làm lại.")


def folder_credentials(state: State, name: str) -> KeyPair:
    """Return the keys that reach one folder; raise NoKeyError, which says what to do, where there are none."""
    folders = Credentials.load(state).folders
    pair = folders.get(name)
    if pair is None:
        raise NoKeyError(name, revoked=name in folders)
    return pair


def issue_key(state: State, name: str) -> KeyPair:
    """Give a folder's holder a new key in place of the old."""
    pair = _key_pair()
    _replace(state, name, pair)
    return pair


def revoke_key(state: State, name: str) -> None:
    """Take a folder's key away."""
    _replace(state, name, None)


def _replace(state: State, name: str, pair: KeyPair | None) -> None:
    with (state.root / _LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        credentials = Credentials.load(state)
        credentials.folders[name] = pair
        credentials.save(state)


def _key_pair() -> KeyPair:
    alphabet = string.ascii_uppercase + string.digits
    return KeyPair("SK" + "".join(secrets.choice(alphabet) for _ in range(18)), secrets.token_urlsafe(30))


def _password() -> str:
    # Without look-alikes: people read these off a screen.
    alphabet = "".join(sorted(set(string.ascii_letters + string.digits) - set("0O1lI")))
    return "".join(secrets.choice(alphabet) for _ in range(20))
