"""Turns of intake as processes of their own, through proxies to the real bucket and mail server."""

from __future__ import annotations

import os
import signal
import smtplib
import ssl
import sys
import time
import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

import psutil

from ordeal.before_bucket import BeforeBucket
from ordeal.between import Between
from ordeal.drafting import draft_what_came
from ordeal.edge import EdgeStore
from soket.clock import WallClock
from soket.intake import batch
from soket.intake.asking_again import ask_again
from soket.notices.delivery import deliver
from soket.notices.reports.filing import read_reports
from soket.notices.reports.server import sources
from soket.notices.senders import Refusal
from soket.notices.smtp import SmtpSender
from soket.plan.model import Plan, StageKind
from soket.record.workspace import Workspace, at_work
from soket.stack.credentials import Credentials
from soket.stack.mail import USER
from soket.stack.ports import HOST
from soket.stack.state import State
from soket.stages.collect import answer_units, open_stage
from soket.store.connect import StoreSettings, open_store
from soket.store.store import StoreFailedError

LEASE = timedelta(minutes=1)  # a fifteenth of it is what a busy machine may take over one mail
_LONG = 400.0  # seconds that a turn may take, whatever befalls: a bucket that does not answer is waited for
_GONE_WITHIN = 10.0
_PER_MINUTE = 6000
_BUCKET_FAILED, _MAILS_WAIT = 3, 4  # exit codes


class EdgeSender(SmtpSender):
    """The real mail server, with a boundary before and after each mail."""

    edge: EdgeStore
    refused: frozenset[str]  # addresses that it refuses for good

    def _connect(self) -> smtplib.SMTP:
        smtp = super()._connect()
        taken = smtp.rcpt

        def rcpt(recip: str, options: Sequence[str] = ()) -> tuple[int, bytes]:
            return (550, b"5.1.1 no such user here") if recip in self.refused else taken(recip, options)

        smtp.rcpt = rcpt  # type: ignore[method-assign]
        return smtp

    def send(self, message: bytes, sender: str, recipients: Sequence[str]) -> Mapping[str, Refusal]:
        """Hand over one message."""
        self.edge.cross()
        refusals = super().send(message, sender, recipients)
        self.edge.cross()
        return refusals


@dataclass
class Turns:
    """Begins turns of a campaign, and sees how they end."""

    plan: Plan  # as its file has it
    state: State
    settings: StoreSettings
    during: str = ""  # what befalls just now
    refused: set[str] = field(default_factory=set)  # addresses that the mail server refuses for good
    drafts: bool = False  # whether papers are made of what came, too
    never_ended: list[str] = field(default_factory=list)
    _begun: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.bucket = BeforeBucket(self.state.ports["s3"])
        self.mail = Between(self.state.ports["smtp"])
        self._tls = ssl.create_default_context(cafile=str(self.state.root / "mail" / "certificate.pem"))

    def close(self) -> None:
        """Take the proxies away."""
        self.bucket.close()
        self.mail.close()

    def begin(self, edge: EdgeStore, mails: EdgeStore | None = None) -> int:
        """Begin a turn, which passes one edge to its bucket and another with its mails; return its process."""
        child = os.fork()
        if child:
            self._begun.add(child)
            return child
        code = 1
        try:
            os.setsid()
            # Connections of its own: those that it inherited are its parent's.
            edge.client = open_store(replace(self.settings, endpoint_url=f"http://{HOST}:{self.bucket.port}")).client
            code = _MAILS_WAIT if self._run(edge, mails or edge) else 0
        except StoreFailedError:
            code = _BUCKET_FAILED
        except BaseException:
            traceback.print_exc()
            sys.stderr.flush()
        finally:
            os._exit(code)

    def _run(self, edge: EdgeStore, mails: EdgeStore) -> int:
        """Do what runs of the campaign's DAGs do while reports come in, and draft; return how many mails wait."""

        def workspace() -> Workspace:  # as each step of a DAG opens it
            return at_work(self.plan, self.plan.campaigns[0].code, edge, WallClock())

        password = Credentials.load(self.state).mail
        sender = EdgeSender(HOST, self.mail.port, USER, password, starttls=True, tls=self._tls)
        sender.edge, sender.refused = mails, frozenset(self.refused)
        read_reports(workspace(), sources(edge, None))
        open_stage(workspace(), self.plan.stages_of(StageKind.COLLECT)[0])
        batch.process(workspace())
        answer_units(workspace())
        ask_again(workspace())
        if self.drafts:
            draft_what_came(workspace)
        return deliver(workspace(), sender, per_minute=_PER_MINUTE, lease=LEASE).waiting

    def has_stopped(self, turn: int) -> bool:
        """Wait until a turn has stopped itself; tell False where it came to its end instead."""
        deadline = time.monotonic() + _LONG
        while time.monotonic() < deadline:
            state = psutil.Process(turn).status()  # until it is waited for, there is one
            if state in (psutil.STATUS_STOPPED, psutil.STATUS_ZOMBIE):
                return state == psutil.STATUS_STOPPED
            time.sleep(0.02)
        return False

    def end(self, turn: int, meanwhile: Callable[[], None] = lambda: None) -> bool:
        """Wait for a turn to end; return whether it did all it had to. Kill and count one that never would end."""
        deadline = time.monotonic() + _LONG
        while (ended := os.waitpid(turn, os.WNOHANG)) == (0, 0):
            if time.monotonic() > deadline:
                os.kill(turn, signal.SIGKILL)
                os.waitpid(turn, 0)
                self.never_ended.append(f"{self.during}: not within {_LONG:.0f} s")
                return False
            meanwhile()
            time.sleep(0.02)
        return ended[1] == 0

    def left_behind(self) -> list[str]:
        """Return what turns left running, each of which had a session of its own: it has had time to end."""
        deadline = time.monotonic() + _GONE_WITHIN
        while (left := [each for each in psutil.process_iter() if _session(each) in self._begun]) and (
            time.monotonic() < deadline
        ):
            time.sleep(0.1)
        return [f"{each.pid} {each.name()}" for each in left]


def _session(each: psutil.Process) -> int:
    try:
        return 0 if each.status() == psutil.STATUS_ZOMBIE else os.getsid(each.pid)
    except (OSError, psutil.Error):
        return 0
