"""The sender dies at any point, or two send at once: every mail arrives, once unless someone died in the one gap."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest

from soket.notices.delivery import deliver
from soket.notices.ledger import LEASE, Ending, states
from soket.notices.notice import message_id
from soket.notices.outbox import post_all
from soket.notices.senders import RecordingSender, Refusal
from soket.record.seal import read_seal
from soket.store.store import MemoryStore, StoredObject

from .post import CrashError, notice_of, receipt
from .world import World

MAILS = 5


@dataclass
class Boundaries:
    """Numbers every step over the edge of the process, to the store or the server, before and after it is taken."""

    at: int = 0  # the boundary where something happens; 0: nowhere
    happens: Callable[[], None] = lambda: None
    passed: list[str] = field(default_factory=list)

    def cross(self, name: str) -> None:
        self.passed.append(name)
        if len(self.passed) == self.at:
            self.happens()


@dataclass
class WatchedStore:
    """A store whose every call has a boundary before and after."""

    inner: MemoryStore
    boundaries: Boundaries

    def now(self) -> datetime:
        return self._call("now", self.inner.now)

    def list(self, prefix: str) -> Iterator[StoredObject]:
        return iter(self._call(f"list {prefix}", lambda: list(self.inner.list(prefix))))

    def get(self, key: str) -> bytes:
        return self._call(f"get {key}", lambda: self.inner.get(key))

    def put(self, key: str, data: bytes, content_type: str = "") -> None:
        self._call(f"put {key}", lambda: self.inner.put(key, data, content_type))

    def replace(self, key: str, data: bytes, content_type: str = "") -> None:
        self.put(key, data, content_type)

    def create(self, key: str, data: bytes, content_type: str = "") -> bool:
        return self._call(f"create {key}", lambda: self.inner.create(key, data, content_type))

    def take_back(self, key: str, etag: str) -> None:
        self._call(f"take back {key}", lambda: self.inner.take_back(key, etag))

    def copy(self, source: str, target: str, etag: str) -> None:
        self._call(f"copy {target}", lambda: self.inner.copy(source, target, etag))

    def _call(self, name, act):
        self.boundaries.cross(f"before {name}")
        done = act()
        self.boundaries.cross(f"after {name}")
        return done


@dataclass
class Office(RecordingSender):
    """A post office whose session has boundaries of its own; what it took it keeps."""

    boundaries: Boundaries = field(default_factory=Boundaries)

    def __enter__(self) -> Office:
        self.boundaries.cross("before connect")
        self.boundaries.cross("after connect")
        return self

    def send(self, message: bytes, sender: str, recipients: Sequence[str]) -> Mapping[str, Refusal]:
        self.boundaries.cross("before send")
        super().send(message, sender, recipients)
        self.boundaries.cross("after send")
        return {}

    @property
    def took(self) -> Counter[str]:
        return Counter(notice_of(message) for message in self.raw)


NOTICES = [receipt(f"unit_{number:02}") for number in range(MAILS)]


def day(world: World, boundaries: Boundaries, mailbox: Office) -> None:
    """Post and deliver, as one process does."""
    workspace = replace(world.other(), store=WatchedStore(world.store, boundaries))
    mailbox.boundaries = boundaries
    post_all(workspace, NOTICES)
    post_all(workspace, [receipt("unit_99")], suppressed=True)
    deliver(workspace, mailbox, per_minute=700, now=world.clock.real, pause=lambda _: None)


def undisturbed() -> list[str]:
    boundaries = Boundaries()
    day(World(), boundaries, Office())
    return boundaries.passed


EVERY = undisturbed()


def die() -> None:
    raise CrashError


def in_the_gap(number: int) -> bool:
    """Whether a process that dies at a boundary leaves a mail taken and not recorded."""
    passed = EVERY[:number]
    sends = sum(name == "after send" for name in passed)
    recorded = sum(name.startswith("after create") and name.endswith("sent.json") for name in passed)
    return sends > recorded


def check(world: World, mailbox: Office) -> None:
    assert set(mailbox.took) == {notice.id for notice in NOTICES}
    ids = {notice.id: message_id(world.plan, "2021", notice.id, read_seal(world.store)) for notice in NOTICES}
    assert all(ids[notice_of(message)] in message.decode() for message in mailbox.raw)
    endings = {notice: state.ending for notice, state in states(world.workspace).items()}
    assert endings == {**dict.fromkeys(ids, Ending.SENT), "receipt.unit_99.n1": Ending.SUPPRESSED}


def test_there_is_much_to_go_through() -> None:
    assert len(EVERY) > 60


@pytest.mark.parametrize("number", range(1, len(EVERY) + 1), ids=lambda number: f"{number}-{EVERY[number - 1]}")
def test_killed_anywhere_it_loses_nothing(number: int) -> None:
    world, mailbox = World(), Office()
    with pytest.raises(CrashError):
        day(world, Boundaries(number, die), mailbox)
    for _ in range(2):
        world.clock.pass_(seconds=LEASE.total_seconds())
        day(world, Boundaries(), mailbox)
    check(world, mailbox)
    assert mailbox.took.total() == MAILS + in_the_gap(number)


@pytest.mark.parametrize("number", range(1, len(EVERY) + 1), ids=lambda number: f"{number}-{EVERY[number - 1]}")
def test_killed_twice_in_a_row_it_loses_nothing(number: int) -> None:
    world, mailbox = World(), Office()
    for _ in range(2):
        try:
            day(world, Boundaries(number, die), mailbox)
        except CrashError:
            world.clock.pass_(seconds=LEASE.total_seconds())
    for _ in range(2):
        day(world, Boundaries(), mailbox)
        world.clock.pass_(seconds=LEASE.total_seconds())
    check(world, mailbox)
    assert max(mailbox.took.values()) <= 3


@pytest.mark.parametrize("number", range(1, len(EVERY) + 1), ids=lambda number: f"{number}-{EVERY[number - 1]}")
def test_overtaken_anywhere_nothing_is_sent_twice(number: int) -> None:
    """A second delivery runs from beginning to end while the first stands at a boundary."""
    world, mailbox, other = World(), Office(), Office()
    day(world, Boundaries(number, lambda: day(world, Boundaries(), other)), mailbox)
    day(world, Boundaries(), mailbox)
    assert mailbox.took + other.took == Counter({notice.id: 1 for notice in NOTICES})
    check(world, replace(mailbox, raw=mailbox.raw + other.raw))


@pytest.mark.parametrize("number", range(1, len(EVERY) + 1), ids=lambda number: f"{number}-{EVERY[number - 1]}")
def test_frozen_for_longer_than_the_lease_at_most_the_mail_at_hand_goes_twice(number: int) -> None:
    world, mailbox, other = World(), Office(), Office()

    def freeze() -> None:
        world.clock.pass_(seconds=LEASE.total_seconds() + 1)
        day(world, Boundaries(), other)

    day(world, Boundaries(number, freeze), mailbox)
    day(world, Boundaries(), mailbox)
    check(world, replace(mailbox, raw=mailbox.raw + other.raw))
    twice = (mailbox.took + other.took).total() - MAILS
    # Only a message that is being handed over, or was and is not recorded yet, is out of anybody's reach.
    reach = EVERY[number - 1]
    assert twice == (reach in ("before send", "after send") or ("before create" in reach and "sent.json" in reach))


def test_a_dead_senders_mail_is_found_by_a_delivery_that_waits() -> None:
    world, mailbox = World(), Office()
    number = EVERY.index("before send") + 1
    with pytest.raises(CrashError):
        day(world, Boundaries(number, die), mailbox)
    world.clock.pass_(minutes=2)
    waited: list[float] = []

    def pause(seconds: float) -> None:
        waited.append(seconds)
        world.clock.pass_(seconds=seconds)

    options = {"again": True, "patience": timedelta(minutes=30), "pause": pause, "now": world.clock.real}
    assert deliver(world.workspace, mailbox, **options).waiting == 0
    assert waited == [LEASE.total_seconds() - 120]
    assert mailbox.took.total() == MAILS
