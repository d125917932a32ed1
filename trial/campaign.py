"""A short campaign on the stack: units send, what carries it is killed in turn, and an oracle says what was lost."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

import httpx

from demo.airflow_api import AirflowUser
from demo.mailbox import Mailbox
from demo.patience import persist
from ordeal.found import Window
from ordeal.stack import MARGIN, OnStack, judge
from soket.plan.model import Plan
from soket.record.keeping import read_register
from soket.record.register import Register
from soket.stack.mail import USER as MAIL_USER
from soket.store.connect import open_store
from trial.engine import TrialError
from trial.project import IMAP_PORT, MAIL_PASSWORD, Project, wait

BLOWS = ("worker-intake", "scheduler", "valkey", "postgres", "seaweedfs")
"""The services that are killed, in this order."""

_SEED = 15
_WITHIN = 600.0
_AT_WORK = 120.0


@dataclass(frozen=True)
class Outcome:
    """What came of a kill, in seconds from then on."""

    service: str
    verdicts: float  # what was sent just before is judged
    well: float  # the engine calls it healthy again


@dataclass
class Play:
    """The campaign of one trial."""

    project: Project
    plan: Plan
    crashes: list[Window] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.campaign = OnStack(_SEED, self.plan, (), open_store(self.project.store()))
        self.mailbox = Mailbox(self.project.address("mail-dev"), IMAP_PORT, MAIL_USER, MAIL_PASSWORD)
        everything = self.campaign.sendings
        self._left = list(dict.fromkeys(each.unit for each in everything))
        last = self._left.pop()
        self._kept_back = [each for each in everything if each.unit == last]
        self.campaign.sendings = [each for each in everything if each.unit != last]

    @property
    def register(self) -> Register:
        """The register as it is now."""
        return persist(lambda: read_register(self.campaign.workspace))

    def send(self, units: int) -> float:
        """Let some units send for the first time, and wait for what is found and for each one's answer."""
        began, sent = time.monotonic(), self._send(units)
        self._wait_for(sent)
        answers = {f"{kind}.{unit}.n1" for unit in sent for kind in ("receipt", "return")}
        seen: set[str] = set()

        def answered() -> bool:
            seen.update(self.mailbox.look())
            return len(seen & answers) == len(sent)

        wait(answered, f"answers to {', '.join(sent)}", _WITHIN)
        return time.monotonic() - began

    def send_last(self) -> float:
        """Let the unit send that was kept back until everything was lost and restored, and wait as ever."""
        self.campaign.sendings += self._kept_back
        self._left += [self._kept_back[0].unit]
        return self.send(1)

    def suffer(self) -> Iterator[Outcome]:
        """Let two units send before each kill, and wait until they are judged and the service is well again."""
        for service in BLOWS:
            sent = self._send(2)
            if service.startswith("worker-"):
                wait(lambda: self._is_received(sent), f"{', '.join(sent)} received", _AT_WORK)  # noqa: B023
            container = self._busiest(service)
            began, moment = time.monotonic(), datetime.now(UTC)
            self.project.kill(container)
            self._wait_for(sent)
            verdicts = time.monotonic() - began
            wait(lambda: not self.project.unwell(), "every service is well", _WITHIN)
            self.crashes.append((moment - MARGIN, datetime.now(UTC) + MARGIN))
            yield Outcome(service, verdicts, time.monotonic() - began)

    def end(self) -> list[str]:
        """Let everybody send all that is left, wait for all mail; return what was lost, and what went wrong."""
        self.campaign.end(_WITHIN)
        (lost,) = judge([self.campaign], self.mailbox, self.crashes, _WITHIN)
        return [f"{each.rule}: {each.what}" for each in lost] + self._failed_runs() + self._doors()

    def _send(self, units: int) -> list[str]:
        chosen, self._left = self._left[:units], self._left[units:]
        self.campaign.send(*chosen)
        return chosen

    def _wait_for(self, units: list[str]) -> None:
        wait(lambda: all(self.campaign.judged()[unit] for unit in units), f"{', '.join(units)} judged", _WITHIN)

    def _is_received(self, units: list[str]) -> bool:
        entries = self.register.units
        return any(entries[unit].receipts for unit in units)

    def _busiest(self, service: str) -> str:
        """Return the container of a service in which most processes run."""
        found = self.project.containers(service)
        names = [str(each["Name"]).lstrip("/") for each in found if each["State"]["Running"]]
        return max(names, key=lambda name: self.project.engine.docker("top", name).count("\n"))

    def _failed_runs(self) -> list[str]:
        told = self.project.compose("exec", "-T", "api-server", "cat", "/var/lib/soket/passwords.json")
        account = self.plan.office(self.plan.roles.operator).account
        if account is None:
            raise TrialError("the operator has no account")
        url = f"http://127.0.0.1:{self.project.value('API_PORT')}"
        user = AirflowUser(url, account, json.loads(told)[account])
        try:
            return [f"failed: {run}" for run in user.runs(f"{self.plan.id}.", "failed")]
        finally:
            user.close()

    def _doors(self) -> list[str]:
        """Return which of the ways in do not open."""
        page = f"http://127.0.0.1:{self.project.value('PAGE_PORT')}/-/style.css"
        closed = [] if httpx.get(page).is_success else [f"{page} does not answer"]
        campaign = ("--plan", self.plan.id, "--campaign", self.campaign.workspace.campaign.code)
        told = self.project.compose("run", "--rm", "-T", "console", "soket", "register", "show", *campaign)
        names = [self.plan.unit(unit).name for unit in {each.unit for each in self.campaign.sendings}]
        return closed + [f"`soket register show` does not know {name}" for name in names if name not in told]
