"""Post offices that misbehave as a test asks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email import message_from_bytes
from functools import partial

from soket.notices.claims import OwnTry, claim_next
from soket.notices.ledger import read_intent, states
from soket.notices.notice import Kind, Notice
from soket.notices.senders import MailServerError, RecordingSender, Refusal
from soket.plan.model import Contact
from soket.store.store import MemoryStore, Page, StoredObject

from .world import World


class CrashError(BaseException):
    """The process dies here."""


@dataclass
class CountingStore:
    """A store that counts what it is asked, and dies at a write if told to: before it, or once it is done."""

    inner: MemoryStore
    dies_at: int = 0  # the n-th write, from 1; 0: never
    after: bool = False
    calls: Counter[str] = field(default_factory=Counter)
    listed: Counter[str] = field(default_factory=Counter)  # by prefix
    read: Counter[str] = field(default_factory=Counter)  # by key
    writes: int = 0

    def now(self) -> datetime:
        self.calls["now"] += 1
        return self.inner.now()

    def list(self, prefix: str) -> Iterator[StoredObject]:
        self.calls["list"] += 1
        self.listed[prefix] += 1
        return self.inner.list(prefix)

    def page(self, prefix: str, *, after: str = "", token: str = "") -> Page:
        self.calls["list"] += 1
        self.listed[prefix] += 1
        return self.inner.page(prefix, after=after, token=token)

    def get(self, key: str) -> bytes:
        self.calls["get"] += 1
        self.read[key] += 1
        return self.inner.get(key)

    def put(self, key: str, data: bytes, content_type: str = "") -> None:
        self._write(lambda: self.inner.put(key, data, content_type))

    def replace(self, key: str, data: bytes, content_type: str = "") -> None:
        self.put(key, data, content_type)

    def create(self, key: str, data: bytes, content_type: str = "") -> bool:
        return self._write(lambda: self.inner.create(key, data, content_type))

    def take_back(self, key: str, etag: str) -> None:
        self._write(lambda: self.inner.take_back(key, etag))

    def copy(self, source: str, target: str, etag: str) -> None:
        self._write(lambda: self.inner.copy(source, target, etag))

    def _write(self, act: Callable[[], bool | None]) -> bool:
        self.calls["write"] += 1
        self.writes += 1
        if self.writes == self.dies_at and not self.after:
            raise CrashError
        done = act()
        if self.writes == self.dies_at:
            raise CrashError
        return bool(done)


class StaleStore(CountingStore):
    """A store as someone sees it who listed it earlier and has not looked since."""

    def __init__(self, inner: MemoryStore) -> None:
        super().__init__(inner)
        self.seen = list(inner.list(""))

    def list(self, prefix: str) -> Iterator[StoredObject]:
        return (entry for entry in self.seen if entry.key.startswith(prefix))


Answer = Callable[[bytes, Sequence[str]], Mapping[str, Refusal]]


@dataclass
class ScriptedSender(RecordingSender):
    """Answers as told, keeping what it took; counts sessions; may be down."""

    answer: Answer = lambda message, recipients: {}
    down: bool = False
    sessions: int = 0

    def __enter__(self) -> ScriptedSender:
        if self.down:
            raise MailServerError("không mở được máy chủ thư")
        self.sessions += 1
        return self

    def send(self, message: bytes, sender: str, recipients: Sequence[str]) -> Mapping[str, Refusal]:
        refused = self.answer(message, recipients)
        if taken := [address for address in recipients if address not in refused]:
            super().send(message, sender, taken)
        return refused

    @property
    def ids(self) -> list[str]:
        """The notices it took, in order."""
        return [notice_of(message) for message in self.raw]


def notice_of(message: bytes) -> str:
    return str(message_from_bytes(message)["X-Soket-Notice"])


def receipt(unit: str = "unit_00", step: str = "n1", *emails: str) -> Notice:
    """Return a small notice."""
    to = tuple(Contact(name="Văn thư", email=email) for email in emails or (f"{unit}@hatinh.example",))
    facts = {
        "addressed": "Huyện ủy",
        "unit_name": "Huyện ủy",
        "owed": "báo cáo sơ kết",
        "receiver": "UBND tỉnh",
        "number": 1,
        "received": "",
        "late": False,
        "files": [],
        "warnings": [],
        "inbox_folder": "inbox/",
    }
    return Notice(kind=Kind.RECEIPT, addressee=unit, step=step, to=to, context=facts)


def take(world: World, notice: str) -> OwnTry | None:
    """Take a notice in hand, as who sends or withdraws it does."""
    state, read = states(world.workspace)[notice], partial(read_intent, world.workspace, notice)
    return claim_next(world.workspace, state, read, world.clock.real())


def names_in(world: World) -> set[str]:
    """Return the names of the objects under the notices prefix."""
    prefix = world.workspace.keys.notices
    return {key.removeprefix(prefix) for key in world.store.objects if key.startswith(prefix)}
