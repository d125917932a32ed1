"""Debian's Chromium, one for all tests here, and the units' page of a campaign under way, one for a module."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from conftest import Desk
from intake.plans import make_plan
from intake.turns import InlineReaders, PlainValidator, turn
from page.conftest import IN_TIME
from soket.page.app import create_app
from soket.record.keeping import read_register
from soket.record.sending import entry_link

from .serving import address_of, listener, serving

PHONE, DESK_TOP = 390, 1440
PATIENCE = 60_000  # milliseconds that a test waits for what a page is to show


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """Give the browser; tests are marked `browser`, or they have no sockets."""
    found = shutil.which("chromium")
    if found is None:
        pytest.skip("no `chromium` on PATH: apt-get install chromium")
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-dev-shm-usage"])
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium: Browser) -> Iterator[Callable[..., Page]]:
    """Open pages, each as a person of its own; what one's script says went wrong fails the test."""
    contexts, errors = [], []

    def opened(width: int = DESK_TOP, **options: object) -> Page:
        context = chromium.new_context(viewport={"width": width, "height": 900}, locale="vi-VN", **options)  # type: ignore[arg-type]
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        return page

    yield opened
    for context in contexts:
        context.close()
    assert errors == []


@dataclass
class Office:
    """The units' page on a port, and the campaign behind it."""

    desk: Desk
    address: str

    def link(self, unit: str) -> str:
        """The link in the latest mail to a unit."""
        workspace = self.desk()
        return str(entry_link(workspace, read_register(workspace, keep=False).units[unit]))

    def home(self, unit: str) -> str:
        return f"{self.address}/{self.desk.plan.id}/{self.desk.campaign.code}/{unit}/"

    def turn(self) -> None:
        """Take in and judge what has been handed in, as intake does."""
        turn(self.desk())


@pytest.fixture(scope="module")
def office() -> Iterator[Office]:
    """Serve the units' page; of the thirty units each test takes its own, so that none waits for another."""
    with an_office() as served:
        yield served


@contextmanager
def an_office(**changes: object) -> Iterator[Office]:
    """Serve the units' page of a campaign under way, of a plan with some changes."""
    small = make_plan(districts=30)
    plan = small.model_copy(update={"limits": small.limits.model_copy(update={"max_file_mb": 25}), **changes})
    desk = Desk(plan, plan.campaigns[0])
    desk(IN_TIME)
    listening = listener()
    with patched(address_of(listening)):
        app = create_app(lambda plan, campaign: desk(), lambda: ([desk.plan], []))
        with serving(app, listening) as address:
            yield Office(desk, address)


@contextmanager
def patched(address: str) -> Iterator[None]:
    """Let mails lead to an address, files be read in this process, and pages show what is so at once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOKET_UPLOAD_PAGE", address + "/{plan}/{campaign}/{unit}")
        patch.setattr("soket.intake.contents.ReaderPool", InlineReaders)
        patch.setattr("soket.page.bench.Validator", PlainValidator)
        patch.setattr("soket.board.access.REGISTER_SECONDS", 0.0)
        yield


@cache
def _axe() -> str:
    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


def breaches(page: Page) -> list[str]:
    """What axe-core finds serious or worse on a page: rule and element."""
    page.evaluate(_axe())
    # Of what is right it tells as much, and nobody asks.
    found = page.evaluate("axe.run({resultTypes: ['violations']}).then(({violations}) => violations)")
    return [
        f"{each['id']}: {node['html']}"
        for each in found
        if each["impact"] in ("serious", "critical")
        for node in each["nodes"]
    ]
