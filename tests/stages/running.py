"""A campaign on a bucket in memory whose plan's file can be changed at any moment."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import yaml

from conftest import REPOSITORY, moment
from soket.clock import FrozenClock
from soket.notices.delivery import deliver
from soket.notices.senders import RecordingSender
from soket.plan.changes import ChangeKind
from soket.plan.model import Plan
from soket.record.decisions import PlanChange
from soket.record.keeping import read_register
from soket.record.workspace import Workspace, at_work
from soket.stages import collect, monitor
from soket.store.store import MemoryStore

SMALL = yaml.safe_load((REPOSITORY / "tests" / "plan" / "small.yaml").read_text(encoding="utf-8"))
NEW = {
    "code": "h_moi",
    "name": "Huyện Mới",
    "block": "huyen",
    "contact": {"name": "Văn thư", "email": "vt@moi.example"},
    "head": {"name": "Bí thư", "email": "bt@moi.example"},
}

Edit = Callable[[dict[str, Any]], object]


@dataclass
class Running:
    """A campaign whose plan's file can be changed, looked at from any moment; its mail goes to a recorder."""

    data: dict[str, Any] = field(default_factory=lambda: deepcopy(SMALL))
    sender: RecordingSender = field(default_factory=RecordingSender)

    def __post_init__(self) -> None:
        self.now = moment("2021-10-18 00:00")
        self.store = MemoryStore(lambda: self.now)

    def __call__(self, at: str | None = None) -> Workspace:
        if at is not None:
            self.now = moment(at)
        return at_work(Plan.model_validate(self.data), "2021", self.store, FrozenClock(self.now))

    def edit(self, edit: Edit) -> None:
        edit(self.data)

    def open(self) -> None:
        here = self("2021-10-18 00:00")
        collect.open_stage(here, here.plan.stage("unit_reports"))
        deliver(self("2021-10-18 08:00"), self.sender, now=lambda: self.now)

    def look(self, at: str) -> dict[str, int]:
        """Let the monitor come by, twice; return who got how many mails of which subject."""
        before = len(self.sender.messages)
        for _ in range(2):
            monitor.chase(self(at))
            deliver(self(), self.sender, now=lambda: self.now)
        told = self.sender.messages[before:]
        return dict(Counter(f"{each['To'].addresses[0].addr_spec} {each['Subject'].split('] ')[1]}" for each in told))

    def body(self, at: str, reader: str) -> str:
        """Let the monitor come by; return what it wrote to a reader."""
        before = len(self.sender.messages)
        self.look(at)
        (mail,) = (each for each in self.sender.messages[before:] if reader in str(each["To"]))
        return mail.get_body(("plain",)).get_content()

    @property
    def changes(self) -> list[PlanChange]:
        return [each for each in read_register(self()).decisions if isinstance(each, PlanChange)]

    @property
    def kinds(self) -> list[ChangeKind]:
        return [change.kind for act in self.changes for change in act.changes]


def unit(data: dict[str, Any], code: str) -> dict[str, Any]:
    return next(each for each in data["units"] if each["code"] == code)


def dates(data: dict[str, Any], stage: str = "unit_reports") -> dict[str, Any]:
    return data["campaigns"][0]["stages"][stage]


def later(data: dict[str, Any]) -> None:
    dates(data)["before"] = date(2021, 11, 9)
