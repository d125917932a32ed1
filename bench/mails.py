"""How long the outbox takes to empty: a receipt for every unit, on the real mail server and the real bucket."""

from __future__ import annotations

import json
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from bench.plans import CAMPAIGN, write_plan
from soket.clock import WallClock
from soket.notices import compose
from soket.notices.delivery import deliver
from soket.notices.examples.scene import register_of
from soket.notices.notice import Notice
from soket.notices.outbox import post_all
from soket.notices.server import PER_MINUTE
from soket.notices.smtp import SmtpSender
from soket.record.records import Ruling
from soket.record.workspace import Workspace
from soket.stack import launch
from soket.stack.airflow import environment
from soket.stack.credentials import Credentials
from soket.stack.mail import USER
from soket.stack.ports import HOST
from soket.stack.spec import StackSpec
from soket.stack.state import State
from soket.store.connect import ENVIRONMENT_VARIABLE, StoreSettings, open_store
from soket.store.store import MemoryStore, Store

COUNT = 3300


@dataclass(frozen=True)
class Emptying:
    """What so many mails at once cost, in seconds."""

    mails: int
    memory: float  # ledger in memory: what mail server and pace allow
    writing: float  # posting them, ledger in the bucket
    sending: float  # sending them, ledger in the bucket
    per_minute: int


def measure(folder: Path, count: int = COUNT) -> Emptying:
    """Post and send a receipt to each of so many units, with the ledger in memory and then in the bucket."""
    plan = write_plan(folder / "plans", count)
    with servers(folder / "state") as (state, bucket):
        at = Workspace(plan, plan.campaign(CAMPAIGN), MemoryStore(), WallClock())
        notices = compose.verdict_notices(at, register_of(at, [Ruling.ACCEPTED]))
        _, memory = _empty(at, notices, state)
        writing, sending = _empty(replace(at, store=bucket), notices, state)
    return Emptying(count, memory, writing, sending, PER_MINUTE)


@contextmanager
def servers(root: Path) -> Iterator[tuple[State, Store]]:
    """Run the S3 and mail servers; give where they are, and the bucket."""
    state = State.locate(root)
    with launch.running(StackSpec(), state, ("seaweedfs", "mail")):
        connection = json.loads(environment(state)[ENVIRONMENT_VARIABLE])
        yield state, open_store(StoreSettings.of(connection["login"], connection["password"], connection["extra"]))


def _empty(workspace: Workspace, notices: list[Notice], state: State) -> tuple[float, float]:
    began = time.monotonic()
    posted = post_all(workspace, notices)
    written = time.monotonic()
    delivery = deliver(workspace, _sender(state), per_minute=PER_MINUTE, patience=timedelta(minutes=30))
    if len(delivery.sent) != len(posted) or delivery.waiting:
        raise RuntimeError(f"not every mail went out: {delivery.error or delivery.held}")
    return written - began, time.monotonic() - written


def _sender(state: State) -> SmtpSender:
    tls = ssl.create_default_context(cafile=str(state.root / "mail" / "certificate.pem"))
    return SmtpSender(HOST, state.ports["smtp"], USER, Credentials.load(state).mail, starttls=True, tls=tls)
