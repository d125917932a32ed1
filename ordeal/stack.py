"""Campaigns on a whole stack with Airflow, one after the other: units send, and blows fall on the stack meanwhile."""

from __future__ import annotations

import signal
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import psutil

from demo.mailbox import Mailbox
from demo.patience import persist
from ordeal.evidence import gather
from ordeal.found import Window
from ordeal.oracle import Loss, losses
from ordeal.schedule import Blow, Planned
from ordeal.sendings import Sending, by_lot
from soket.clock import WallClock
from soket.notices.ledger import states
from soket.notices.notice import Kind, kind_of, message_id
from soket.notices.timely import has_to_wait
from soket.plan.model import Plan
from soket.record.workspace import Workspace
from soket.stack import launch, process
from soket.stack.postgres import Postgres
from soket.stack.state import State
from soket.stack.status import status, supervisor
from soket.store.s3 import S3Store

_SENDING = 12  # units
_FROZEN = 6.0  # seconds
MARGIN = timedelta(seconds=3)  # around a blow
_TICK = 1.0


def strike(state: State, blow: Blow) -> None:
    """Do what a blow does, and start the stack again where nothing else would."""
    data = Postgres(state).data
    match blow:
        case Blow.TASKS:
            scheduler = psutil.Process(status(state).component("scheduler").pid)
            workers = [each for each in scheduler.children() if "LocalExecutor" in " ".join(each.cmdline())]
            busy = [each for each in workers if "<idle>" not in " ".join(each.cmdline())]
            process.kill([one for each in busy for one in (*each.children(recursive=True), each)])
        case Blow.FREEZE:
            servers = process.owned(state.root, blow.component)
            process.signal_all(servers, signal.SIGSTOP)
            time.sleep(_FROZEN)
            process.signal_all(servers, signal.SIGCONT)
        case Blow.SUPERVISOR | Blow.POWER:
            keeper = supervisor(state)
            everything = process.owned(state.root, data=data) if blow is Blow.POWER else []
            process.kill([each for each in (keeper, *everything) if each is not None])
            with state.locked() as lock:
                launch.prepare(state, state.spec)
                launch.detach(state, lock)
        case _:
            process.kill(process.owned(state.root, blow.component, data if blow is Blow.POSTGRES else None))


@dataclass
class OnStack:
    """One seed's campaign on a stack that others live on, too."""

    seed: int
    plan: Plan
    blows: Sequence[Planned]
    store: S3Store
    sendings: list[Sending] = field(init=False)

    def __post_init__(self) -> None:
        self.sendings = by_lot(self.plan, self.seed, _SENDING)
        self.workspace = Workspace(self.plan, self.plan.campaigns[0], self.store, WallClock())
        self._sent: set[tuple[str, int]] = set()

    def live(self, state: State, crashes: list[Window], within: float) -> None:
        """Send, while blows fall; wait until everything was sent and judged, or time is up."""
        self.send()
        for planned in self.blows:
            time.sleep(planned.after)
            began = datetime.now(UTC) - MARGIN
            strike(state, planned.blow)
            self.send()
            _await(lambda: status(state).healthy, within)
            crashes.append((began, datetime.now(UTC) + MARGIN))
        self.end(within)

    def end(self, within: float) -> None:
        """Send all that is left, and wait until everything is judged, or time is up."""
        _await(lambda: self.send() and self.judged().total() >= len(self.sendings), within)

    def waits(self) -> bool:
        """Whether mail waits that could go out now, or a verdict that was not answered yet."""
        judged = self.judged().total()
        found = persist(lambda: states(self.workspace)).values()
        answered = sum(each.kind in (Kind.RECEIPT, Kind.RETURN) for each in found)
        return answered < judged or any(each.ending is None and not has_to_wait(self.workspace, each) for each in found)

    def judged(self) -> Counter[str]:
        """Return how many verdicts each unit has."""
        keys = self.workspace.keys
        there = persist(lambda: [each.key for each in self.store.list(keys.reports)])
        return Counter(key.removeprefix(keys.reports).partition("/")[0] for key in there if keys.is_verdict(key))

    def send(self, *units: str) -> bool:
        """Send what each unit, or some, sends first, and again once that was judged; tell whether that is all."""
        judged = self.judged()
        for sending in self.sendings:
            named = sending.unit, sending.number
            if units and sending.unit not in units:
                continue
            if named not in self._sent and judged[sending.unit] >= sending.number - 1:
                folder = self.workspace.keys.inbox_folder(sending.unit)
                for name, data in sending.files.items():
                    persist(lambda: self.store.put(folder + name, data))  # noqa: B023
                self._sent.add(named)
        return len(self._sent) == len(self.sendings)


def judge(campaigns: Sequence[OnStack], mailbox: Mailbox, crashes: Sequence[Window], within: float) -> list[list[Loss]]:
    """Wait for all mail, and return what each campaign lost."""
    _await(lambda: not any(each.waits() for each in campaigns), within)
    found = [gather(each.workspace, each.store, each.sendings, Counter(), crashes) for each in campaigns]
    notices = mailbox.look()  # after the ledger was read: what that says was sent is there
    known = Counter(message for each in found for message in set(each.message_ids.values()))
    alerts = {message for each in campaigns for message in _of_the_watch(each.workspace, notices)}
    lost = []
    for each in found:
        others = known.keys() - set(each.message_ids.values()) | alerts
        own = Counter({message: count for message, count in mailbox.seen.items() if message not in others})
        lost.append(losses(replace(each, mailbox=own)))
    return lost


def _of_the_watch(workspace: Workspace, notices: Sequence[str]) -> set[str]:
    """Return what the watch mails of restarts, past the ledger: that may be what is dead."""
    alerts = (notice for notice in notices if kind_of(notice) is Kind.ALERT)
    return {message_id(workspace.plan, workspace.campaign.code, notice, b"watch") for notice in alerts}


def _await(seen: Callable[[], bool], within: float) -> None:
    deadline = time.monotonic() + within
    while not seen() and time.monotonic() < deadline:
        time.sleep(_TICK)
