"""The units' pages on a bucket in memory, and a browser that came by a unit's link."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from board.browser import Browser
from conftest import Desk
from intake.plans import make_plan
from intake.turns import InlineReaders, PlainValidator
from soket.clock import VIETNAM
from soket.page.app import create_app
from soket.record.keeping import read_register
from soket.record.sending import UPLOAD_VARIABLE, entry_link
from soket.record.workspace import Workspace

UNIT, NEIGHBOUR = "huyen_1", "huyen_2"
SAVED = 1_635_730_000_000  # what a clerk's machine says of when a file was saved
IN_TIME = datetime(2021, 11, 1, 9, tzinfo=VIETNAM)


class Clerk(Browser):
    """A browser that follows no redirection, in the office of a unit."""

    def __init__(self, desk: Desk, **options: Any) -> None:
        self.desk = desk
        app = create_app(lambda plan, campaign: desk(), lambda: ([desk.plan], []))
        super().__init__(app, follow_redirects=False, raise_server_exceptions=False, **options)

    def home(self, unit: str = UNIT) -> str:
        return f"/{self.desk.plan.id}/{self.desk.campaign.code}/{unit}/"

    def link_of(self, unit: str = UNIT) -> str:
        """The path of the link that a mail to the unit carries now."""
        workspace: Workspace = self.desk()
        address = entry_link(workspace, read_register(workspace, keep=False).units[unit])
        assert address is not None
        return address.removeprefix("http://testserver")

    def come_in(self, unit: str = UNIT) -> Clerk:
        assert self.get(self.link_of(unit)).status_code == 303
        return self

    def put_in(self, name: str, data: bytes, part: int = 1 << 20) -> str:
        """Send a file in parts, as the page's script does; return its id."""
        told = self.post(self.home() + "tep", json={"name": name, "size": len(data), "modified": SAVED}).json()
        while told["arrived"] < len(data):
            at = told["arrived"]
            told = self.put(f"{self.home()}tep/{told['id']}?tu={at}", content=data[at : at + part]).json()
        return str(told["id"])

    def hand_in(self) -> int:
        return self.post(self.home() + "nop", data={"no_secret": "yes"}).status_code


@pytest.fixture
def office(monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A campaign under way, whose page's links lead to this test's browser."""
    monkeypatch.setenv(UPLOAD_VARIABLE, "http://testserver/{plan}/{campaign}/{unit}")
    monkeypatch.setattr("soket.intake.contents.ReaderPool", InlineReaders)
    monkeypatch.setattr("soket.page.bench.Validator", PlainValidator)
    monkeypatch.setattr("soket.board.access.REGISTER_SECONDS", 0.0)
    small = make_plan()
    plan = small.model_copy(update={"limits": small.limits.model_copy(update={"max_file_mb": 25})})
    desk = Desk(plan, plan.campaigns[0])
    desk(IN_TIME)
    return desk


@pytest.fixture
def clerk(office: Desk) -> Clerk:
    return Clerk(office)
