"""The pages on real servers: SeaweedFS, mails by SMTP and IMAP, `soket page serve` in a process of its own."""

from __future__ import annotations

import imaplib
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from conftest import REPOSITORY, moment
from soket.clock import ReplayClock
from soket.intake import batch
from soket.notices.delivery import deliver
from soket.notices.server import sender_from_environment
from soket.record.workspace import Workspace, open_workspace
from soket.stack.airflow import environment
from soket.stack.credentials import Credentials
from soket.stack.mail import USER
from soket.stack.ports import HOST
from soket.stack.state import State
from soket.stages.collect import answer_units

CAMPAIGN = "2021"
_PLAN = REPOSITORY / "tests" / "plan" / "small.yaml"
_STARTS_WITHIN = 120.0  # seconds


@dataclass
class RealPages:
    """Two campaigns of a small plan, under way and overdue, and the server of their pages."""

    state: State
    under_way: Workspace
    overdue: Workspace
    log: Path

    def take_turn(self) -> str:
        """Take in and judge what was handed in, and mail the answers."""
        note = batch.process(self.under_way)
        answer_units(self.under_way)
        self.send(self.under_way)
        return note

    def send(self, workspace: Workspace) -> None:
        """Send the mail that waits."""
        sent = deliver(workspace, sender_from_environment())
        assert (sent.failed, sent.waiting, sent.error) == ((), 0, None)

    def mail(self, workspace: Workspace, address: str, kind: str) -> EmailMessage:
        """The latest mail of a kind to an address, as its mail server gives it out."""
        with imaplib.IMAP4(HOST, self.state.ports["imap"]) as imap:
            imap.login(USER, Credentials.load(self.state).mail)
            imap.select(readonly=True)
            numbers = imap.search(None, "HEADER", "X-Soket-Notice", f"{kind}.", "TO", address)[1][0].split()
            letters = [
                message_from_bytes(imap.fetch(each, "(RFC822)")[1][0][1], policy=policy.default) for each in numbers
            ]
        found = [letter for letter in letters if workspace.plan.id in letter.as_string()]
        assert found, f"no {kind} to {address}"
        return found[-1]

    def soket(self, *words: str | Path) -> str:
        """What a command says on the stack; it must not fail."""
        command = [sys.executable, "-m", "soket.cli.main", *words]
        return subprocess.run(command, check=True, capture_output=True, text=True, timeout=120).stdout


@contextmanager
def real_pages(state: State, folder: Path) -> Iterator[RealPages]:
    """Serve the pages on a Monday morning of both campaigns, whose time runs as ours does."""
    ids = f"p{uuid4().hex[:8]}", f"q{uuid4().hex[:8]}"
    text = _PLAN.read_text(encoding="utf-8")
    for each, before in zip(ids, ("2021-11-05", "2021-10-29"), strict=True):
        plan = text.replace("id: small", f"id: {each}").replace("before: 2021-11-05", f"before: {before}")
        (folder / f"{each}.yaml").write_text(plan, encoding="utf-8")
    real, there = datetime.now(UTC), moment("2021-11-01 09:00")
    day = timedelta(days=1)
    surroundings = {
        **environment(state),
        "SOKET_PLANS": str(folder),
        "SOKET_CLOCK": ReplayClock(((real, there), (real + day, there + day))).to_env(),
        "SOKET_SETTLE_SECONDS": "0",
    }
    log = folder / "page.log"
    with pytest.MonkeyPatch.context() as patch:
        for name, value in surroundings.items():
            patch.setenv(name, value)
        with _served(["page", "serve", "--port", str(state.ports["page"])], state.ports["page"], log):
            under_way, overdue = (open_workspace(each, CAMPAIGN) for each in ids)
            yield RealPages(state, under_way, overdue, log)


@contextmanager
def _served(words: Sequence[str], port: int, log: Path) -> Iterator[None]:
    with log.open("wb") as out:
        server = subprocess.Popen([sys.executable, "-m", "soket.cli.main", *words], stdout=out, stderr=out)
    try:
        until = time.monotonic() + _STARTS_WITHIN
        while not _answers(port):
            assert server.poll() is None, log.read_text(encoding="utf-8")
            assert time.monotonic() < until, "the pages are not served"
            time.sleep(0.1)
        yield
    finally:
        server.terminate()
        server.wait(60)


def _answers(port: int) -> bool:
    try:
        return httpx.get(f"http://{HOST}:{port}/-/style.css", trust_env=False).status_code == 200
    except httpx.TransportError:
        return False
