"""A short campaign without Airflow: units send, turns of intake run, and something befalls each of them."""

from __future__ import annotations

import os
import signal
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random

import psutil

from demo.mailbox import Mailbox
from demo.patience import persist
from ordeal.between import Mischief
from ordeal.edge import EdgeStore
from ordeal.evidence import gather
from ordeal.oracle import Loss, Window, losses
from ordeal.sendings import Sending, by_lot
from ordeal.troubles import Befalls, Trouble
from ordeal.turns import LEASE, Turns
from soket.clock import WallClock
from soket.record.keeping import read_register
from soket.record.workspace import Workspace
from soket.stack import process
from soket.store.connect import open_store
from soket.store.store import StoreFailedError

_SENDING = 7  # units
_CALM_TURNS = 12
_LATER = timedelta(hours=6)  # by the bucket's clock: then every lease is over
_LONGEST_WAIT = 90.0  # seconds for another try of what our code failed on
_MARGIN = timedelta(seconds=2)  # the bucket tells whole seconds
_PASSES_IN_A_SECOND = 200  # boundaries, about
_CUT_TO = 40  # bytes of a spoilt record


@dataclass
class Campaign:
    """One seed's campaign: what is sent, what befalls it, and how it ends."""

    seed: int
    turns: Turns
    mailbox: Mailbox
    troubles: list[Befalls]
    sendings: list[Sending] = field(init=False)
    crashes: list[Window] = field(default_factory=list)

    def __post_init__(self) -> None:
        plan = self.turns.plan
        self.sendings = by_lot(plan, self.seed, _SENDING)
        self._chance = Random(f"campaign {self.seed}")
        self._store = open_store(self.turns.settings)
        self._workspace = Workspace(plan, plan.campaigns[0], self._store, WallClock())
        self._sent: set[tuple[str, int]] = set()
        self._spoilt: set[str] = set()

    def live(self) -> list[Loss]:
        """Live through the campaign; return what was lost."""
        self.mailbox.look()
        before = Counter(self.mailbox.seen)
        try:
            for befalls in self.troubles:
                self._send(0.6)
                began = datetime.now(UTC) - _MARGIN
                self.turns.during = str(befalls)
                BEFALL[befalls.trouble](self, befalls)
                self.crashes.append((began, datetime.now(UTC) + _MARGIN))
            self._calm()
        finally:
            self.turns.close()
        self.mailbox.look()
        mails = self.mailbox.seen - before
        lost = losses(gather(self._workspace, self._store, self.sendings, mails, self.crashes, self._spoilt))
        lost += [Loss("nothing_is_left_running", each) for each in self.turns.left_behind()]
        return lost + [Loss("every_turn_ends", each) for each in self.turns.never_ended]

    def _calm(self) -> None:
        """Turn until everything was sent and there is nothing more to do, with every lease over."""
        self.turns.during = "a calm turn"
        for _ in range(_CALM_TURNS):
            self._send(1.0)
            self._wait_for_other_tries()
            before = self._on_record()
            done = self._turn(ahead=_LATER)
            if done and len(self._sent) == len(self.sendings) and self._on_record() == before:
                return
        self.turns.never_ended.append(f"after {_CALM_TURNS} calm turns there was still something to do")

    def _wait_for_other_tries(self) -> None:
        """Wait until whatever our code failed on is due again: after a minute, the first time."""
        failures = persist(lambda: read_register(self._workspace, keep=False).failures)
        waits = [(each.again_at - datetime.now(UTC)).total_seconds() for each in failures]
        time.sleep(max((wait for wait in waits if wait <= _LONGEST_WAIT), default=0))

    def _on_record(self) -> dict[str, str]:
        keys = self._workspace.keys
        roots = (keys.receipts, keys.reports, keys.notices, keys.stages)
        return {each.key: each.etag for root in roots for each in self._store.list(root)}

    def _send(self, share: float) -> None:
        """Send some of what each unit sends first, and what it sends again once that was judged."""
        keys = self._workspace.keys
        there = persist(lambda: [each.key for each in self._store.list(keys.reports)])
        judged = Counter(key.removeprefix(keys.reports).partition("/")[0] for key in there if keys.is_verdict(key))
        for sending in self.sendings:
            named = sending.unit, sending.number
            if named in self._sent or judged[sending.unit] < sending.number - 1 or self._chance.random() >= share:
                continue
            for name, data in sending.files.items():
                self._put(keys.inbox_folder(sending.unit) + name, data)
            self._sent.add(named)

    def _put(self, key: str, data: bytes) -> None:
        persist(lambda: self._store.put(key, data))

    def _turn(self, at: int = 0, happens: Callable[[], None] = lambda: None, ahead: timedelta = timedelta(0)) -> bool:
        return self.turns.end(self._begin(at, happens, ahead))

    def _begin(self, at: int = 0, happens: Callable[[], None] = lambda: None, ahead: timedelta = timedelta(0)) -> int:
        return self.turns.begin(EdgeStore(self._store, at, happens, ahead))

    def killed(self, befalls: Befalls) -> None:
        """A turn is killed at a boundary."""
        self._turn(befalls.at, _die)

    def killed_in_mail(self, befalls: Befalls) -> None:
        """A turn is killed before or after a mail is handed over."""
        mails = EdgeStore(self._store, 1 + befalls.at % 12, _die)
        self.turns.end(self.turns.begin(EdgeStore(self._store), mails))

    def frozen(self, befalls: Befalls) -> None:
        """A turn stands still at a boundary, while another does its work and its leases run out; then it goes on."""
        turn = self._begin(befalls.at, _stop)
        if self.turns.has_stopped(turn):
            self._turn(ahead=2 * LEASE)
            os.kill(turn, signal.SIGCONT)
        self.turns.end(turn)

    def fails(self, befalls: Befalls) -> None:
        """One call of the bucket fails, before it is done or after."""
        self._turn(befalls.at, _fail)

    def two(self, _: Befalls) -> None:
        """Two turns run at once."""
        for turn in [self._begin() for _ in range(2)]:
            self.turns.end(turn)

    def mischief(self, befalls: Befalls) -> None:
        """The bucket or the mail server does mischief for a while, somewhere in a turn."""
        server = self.turns.mail if befalls.trouble is Trouble.MAIL else self.turns.bucket
        turn = self._begin()
        time.sleep(befalls.at / _PASSES_IN_A_SECOND)
        server.does, server.cut_after = befalls.mischief, befalls.at
        until = time.monotonic() + befalls.seconds

        def meanwhile() -> None:
            if time.monotonic() >= until:
                server.does = Mischief.NONE

        self.turns.end(turn, meanwhile)
        server.does = Mischief.NONE

    def store_killed(self, befalls: Befalls) -> None:
        """The bucket's server is killed in the middle of a turn; its supervisor starts it anew."""
        turn = self._begin()
        time.sleep(befalls.at / _PASSES_IN_A_SECOND)
        process.kill(process.owned(self.turns.state.root, "seaweedfs"))
        self.turns.end(turn)
        persist(self._store.now)

    def clock(self, befalls: Befalls) -> None:
        """The bucket's clock jumps for one turn."""
        self._turn(ahead=befalls.jump)

    def spoilt(self, befalls: Befalls) -> None:
        """A verdict is cut short behind our back; what it was is a version of it."""
        keys = self._workspace.keys
        verdicts = [each.key for each in self._store.list(keys.reports) if keys.is_verdict(each.key)]
        if verdicts:
            key = verdicts[befalls.at % len(verdicts)]
            self._store.put(key, self._store.get(key)[:_CUT_TO])
            self._spoilt.add(key)
        self._turn()

    def snapshot_gone(self, _: Befalls) -> None:
        """What was kept of the register is deleted."""
        self._store.client.delete_object(Bucket=self._store.bucket, Key=self._workspace.keys.register)
        self._turn()

    def checks_killed(self, _: Befalls) -> None:
        """Great Expectations comes to no answer in a turn: whatever process of it there is, is killed."""
        self.turns.end(self._begin(), _kill_checks)


BEFALL: dict[Trouble, Callable[[Campaign, Befalls], None]] = {
    Trouble.KILLED: Campaign.killed,
    Trouble.KILLED_IN_MAIL: Campaign.killed_in_mail,
    Trouble.FROZEN: Campaign.frozen,
    Trouble.FAILS: Campaign.fails,
    Trouble.TWO: Campaign.two,
    Trouble.BUCKET: Campaign.mischief,
    Trouble.MAIL: Campaign.mischief,
    Trouble.STORE_KILLED: Campaign.store_killed,
    Trouble.CLOCK: Campaign.clock,
    Trouble.SPOILT: Campaign.spoilt,
    Trouble.SNAPSHOT_GONE: Campaign.snapshot_gone,
    Trouble.CHECKS_KILLED: Campaign.checks_killed,
    Trouble.FULL: Campaign.mischief,
    Trouble.UPLOADS_CUT: Campaign.mischief,
}


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)
    time.sleep(60)  # the signal may come to another thread first


def _kill_checks() -> None:
    """Kill what checks, of this ordeal's own; the process that those are forked from is one that never does."""
    for each in psutil.Process().children(recursive=True):
        with suppress(psutil.NoSuchProcess):
            is_fork = each.ppid() != os.getpid()
            if is_fork and "soket.intake.expectations" in each.cmdline():
                each.kill()


def _stop() -> None:
    os.kill(os.getpid(), signal.SIGSTOP)


def _fail() -> None:
    raise StoreFailedError("as it was drawn")
