"""A short campaign without Airflow: units send, turns of intake run, and something befalls each of them."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from random import Random

from demo.mailbox import Mailbox
from demo.patience import persist
from ordeal.befalling import BEFALL
from ordeal.done import Done
from ordeal.drafting import drop_official_draft
from ordeal.edge import EdgeStore
from ordeal.edits import PlanFile
from ordeal.evidence import gather
from ordeal.found import Window
from ordeal.oracle import Loss, losses
from ordeal.sendings import Sending, by_lot
from ordeal.troubles import Befalls
from ordeal.turns import Turns
from soket.clock import WallClock
from soket.record.keeping import read_register
from soket.record.workspace import Workspace, at_work
from soket.store.connect import open_store

_SENDING = 7  # units
_CALM_TURNS = 12
_LATER = timedelta(hours=6)  # by the bucket's clock: then every lease is over
_LONGEST_WAIT = 90.0  # seconds for another try of what our code failed on
_MARGIN = timedelta(seconds=2)  # the bucket tells whole seconds


@dataclass
class Campaign:
    """One seed's campaign: what is sent, what befalls it, and how it ends."""

    seed: int
    turns: Turns
    file: PlanFile
    mailbox: Mailbox
    troubles: list[Befalls]
    while_drafting: list[Befalls]
    sendings: list[Sending] = field(init=False)
    crashes: list[Window] = field(default_factory=list)
    befell: list[str] = field(default_factory=list)  # in words

    def __post_init__(self) -> None:
        plan = self.turns.plan
        self.sendings = by_lot(plan, self.seed, _SENDING)
        self._chance = Random(f"campaign {self.seed}")
        self.store = open_store(self.turns.settings)
        self.workspace = Workspace(plan, plan.campaigns[0], self.store, WallClock())
        self._sent: set[tuple[str, int]] = set()
        self.spoilt: set[str] = set()
        self.deleted: set[str] = set()
        self.bounced: list[tuple[str, str]] = []

    def live(self) -> list[Loss]:
        """Live through the campaign; return what was lost."""
        self.mailbox.look()
        before = Counter(self.mailbox.seen)
        try:
            for befalls in self.troubles:
                self._befall(befalls)
            self.turns.drafts = True
            for befalls in self.while_drafting:
                self._befall(befalls)
                persist(lambda: drop_official_draft(self.now_at_work(), self.store))
            self._calm()
        finally:
            self.turns.close()
        self.mailbox.look()
        mails = self.mailbox.seen - before
        found = gather(self.now_at_work(), self.store, self.sendings, mails, self.crashes)
        done = Done(self.spoilt, self.deleted, self.turns.refused, self.bounced, self.file.says, self.file.refused)
        lost = losses(replace(found, done=done))
        lost += [Loss("nothing_is_left_running", each) for each in self.turns.left_behind()]
        return lost + [Loss("every_turn_ends", each) for each in self.turns.never_ended]

    def _befall(self, befalls: Befalls) -> None:
        self.send(0.6)
        began = datetime.now(UTC) - _MARGIN
        self.turns.during = str(befalls)
        more = BEFALL[befalls.trouble](self, befalls)
        self.befell.append(f"{befalls.trouble} ({more})" if more else str(befalls))
        self.crashes.append((began, datetime.now(UTC) + _MARGIN))

    def now_at_work(self) -> Workspace:
        """Return the campaign's workspace, which goes by the plan that is on record."""
        return at_work(self.turns.plan, self.workspace.campaign.code, self.store, WallClock())

    def _calm(self) -> None:
        """Turn until everything was sent and there is nothing more to do, with every lease over."""
        self.turns.during = "a calm turn"
        for _ in range(_CALM_TURNS):
            self.send(1.0)
            self._wait_for_other_tries()
            before = self._on_record()
            done = self.turn(ahead=_LATER)
            if done and len(self._sent) == len(self.sendings) and self._on_record() == before:
                return
        self.turns.never_ended.append(f"after {_CALM_TURNS} calm turns there was still something to do")

    def _wait_for_other_tries(self) -> None:
        """Wait until whatever our code failed on is due again: after a minute, the first time."""
        failures = persist(lambda: read_register(self.workspace, keep=False).failures)
        waits = [(each.again_at - datetime.now(UTC)).total_seconds() for each in failures]
        time.sleep(max((wait for wait in waits if wait <= _LONGEST_WAIT), default=0))

    def _on_record(self) -> dict[str, str]:
        keys = self.workspace.keys
        roots = (keys.receipts, keys.reports, keys.notices, keys.stages)
        return {each.key: each.etag for root in roots for each in self.store.list(root)}

    def send(self, share: float) -> None:
        """Send some of what each unit sends first, and what it sends again once that was judged."""
        keys = self.workspace.keys
        there = persist(lambda: [each.key for each in self.store.list(keys.reports)])
        judged = Counter(key.removeprefix(keys.reports).partition("/")[0] for key in there if keys.is_verdict(key))
        for sending in self.sendings:
            named = sending.unit, sending.number
            if named in self._sent or judged[sending.unit] < sending.number - 1 or self._chance.random() >= share:
                continue
            for name, data in sending.files.items():
                self._put(keys.inbox_folder(sending.unit) + name, data)
            self._sent.add(named)

    def _put(self, key: str, data: bytes) -> None:
        persist(lambda: self.store.put(key, data))

    def turn(self, at: int = 0, happens: Callable[[], None] = lambda: None, ahead: timedelta = timedelta(0)) -> bool:
        """Live through one turn, in which something happens at a boundary; tell whether it did all it had to."""
        return self.turns.end(self.begin(at, happens, ahead))

    def begin(self, at: int = 0, happens: Callable[[], None] = lambda: None, ahead: timedelta = timedelta(0)) -> int:
        """Begin such a turn; return its process."""
        return self.turns.begin(EdgeStore(self.store, at, happens, ahead))
