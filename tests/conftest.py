"""An Airflow of the tests' own, no sockets for unit tests, and a campaign on a bucket in memory."""

from __future__ import annotations

import gc
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest
import pytest_socket
from xdist.scheduler import LoadFileScheduling

if TYPE_CHECKING:
    from record.story import Story

REPOSITORY = Path(__file__).resolve().parents[1]
AIRFLOW_HOME = Path(tempfile.mkdtemp(prefix="soket-tests-"))
WORKER = os.environ.get("PYTEST_XDIST_WORKER")

# Before anything imports Airflow, and whatever stack the shell that runs the tests has been set up for.
for name in [name for name in os.environ if name.startswith(("AIRFLOW", "SOKET_"))]:
    del os.environ[name]
os.environ.update(
    {
        "AIRFLOW_HOME": str(AIRFLOW_HOME),
        "AIRFLOW__CORE__UNIT_TEST_MODE": "True",
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__CORE__DAGS_FOLDER": str(REPOSITORY / "dags"),
        "AIRFLOW__CORE__PLUGINS_FOLDER": str(REPOSITORY / "plugins"),
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{AIRFLOW_HOME}/airflow.db",
        "GX_ANALYTICS_ENABLED": "false",
        "SCARF_ANALYTICS": "false",
        "DO_NOT_TRACK": "1",
    }
)

from security.threats import is_of_suite  # noqa: E402
from soket.clock import VIETNAM, FrozenClock  # noqa: E402
from soket.plan.loader import load_all  # noqa: E402
from soket.plan.model import Campaign, Plan  # noqa: E402
from soket.record.workspace import Workspace  # noqa: E402 - after the environment
from soket.stack import ports  # noqa: E402
from soket.stack.launch import SERVERS, detach, down, prepare  # noqa: E402
from soket.stack.postgres import Postgres  # noqa: E402
from soket.stack.spec import Folder, StackSpec  # noqa: E402
from soket.stack.state import State  # noqa: E402
from soket.store.keys import Keys  # noqa: E402
from soket.store.store import MemoryStore  # noqa: E402

# The same examples each time: a search for new ones is a task of its own, not a reason for a red build.
hypothesis.settings.register_profile("repeatable", derandomize=True, deadline=None)
hypothesis.settings.load_profile("repeatable")

REAL_SERVERS = ("integration", "e2e")
SOCKETS = (*REAL_SERVERS, "browser")
_BEHIND = 5  # as `nice` counts

# Each worker's servers have ports of their own: between finding one free and listening there, another might take it.
if WORKER:
    ports._RANGE = ports._RANGE[int(WORKER.removeprefix("gw")) :: int(os.environ["PYTEST_XDIST_WORKER_COUNT"])]


gc.disable()  # while all tests are collected: nothing of that goes away


def pytest_collection_finish() -> None:
    """Look for garbage from here on, only in what comes from here on, and seldom: a tenth of the time went there."""
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)
    gc.enable()


def pytest_unconfigure() -> None:
    shutil.rmtree(AIRFLOW_HOME, ignore_errors=True)


@pytest.hookimpl(tryfirst=True)  # before `-m` chooses
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Run those that share servers one after the other: after the quick ones or, of several workers, beside them.

    What docs/security.md names as the test of a threat is marked `security`.
    """
    for item in items:
        if is_of_suite(item.nodeid):
            item.add_marker("security")
    items.sort(key=lambda item: [item.get_closest_marker(name) is not None for name in reversed(REAL_SERVERS)])
    if WORKER:
        items.sort(key=lambda item: [item.get_closest_marker(name) is None for name in reversed(REAL_SERVERS)])


class ServersTogether(LoadFileScheduling):
    """Gives a worker a file after the other, but all that drives Airflow one worker alone, and all that starts servers.

    They come first: they wait most of the time, and others work meanwhile.
    """

    def _split_scope(self, nodeid: str) -> str:
        return _scope_of(super()._split_scope(nodeid))


@cache
def _scope_of(file: str) -> str:
    text = (REPOSITORY / file).read_text(encoding="utf-8")
    return next((name for name in reversed(REAL_SERVERS) if f"pytest.mark.{name}" in text), file)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> ServersTogether:
    return ServersTogether(config, log)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    if any(item.get_closest_marker(name) for name in SOCKETS):
        pytest_socket.enable_socket()
    else:
        pytest_socket.disable_socket(allow_unix_socket=True)
    if WORKER and os.nice(0) < _BEHIND and not any(item.get_closest_marker(name) for name in REAL_SERVERS):
        os.nice(_BEHIND - os.nice(0))  # stacks beside it live by the clock


@pytest.fixture(scope="session")
def plan() -> Plan:
    """The plan of Resolution 06."""
    plans, faulty = load_all(REPOSITORY / "include" / "plans")
    assert not faulty, "\n".join(map(str, faulty))
    return next(plan for plan in plans if plan.id == "nq06_du_lich")


@pytest.fixture(scope="session")
def campaign(plan: Plan) -> Campaign:
    """The campaign of 2021."""
    return next(campaign for campaign in plan.campaigns if campaign.opens.year == 2021)


def moment(text: str) -> datetime:
    """Return a moment of campaign time: 2021-11-04 17:00."""
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


@dataclass
class Desk:
    """One campaign on a bucket in memory, looked at from whatever moment a test asks for."""

    plan: Plan
    campaign: Campaign
    store: MemoryStore = field(init=False)
    now: datetime = field(init=False)

    def __post_init__(self) -> None:
        self.now = self.campaign.start
        self.store = MemoryStore(lambda: self.now)

    def __call__(self, at: str | datetime | None = None, **options: bool) -> Workspace:
        """Return the workspace at a moment (or still at the last one); what is written from now on is of that time."""
        if at is not None:
            self.now = moment(at) if isinstance(at, str) else at
        return Workspace(self.plan, self.campaign, self.store, FrozenClock(self.now), **options)


@pytest.fixture
def workspace(plan: Plan, campaign: Campaign) -> Callable[..., Workspace]:
    """Give the workspace of the 2021 campaign at a moment: `workspace("2021-11-04 17:00", rerun=True)`."""
    return Desk(plan, campaign)


@pytest.fixture(scope="session")
def after(plan: Plan, campaign: Campaign, tmp_path_factory: pytest.TempPathFactory) -> Story:
    """Give the campaign of 2021 after a chapter of `record.story`, which workers share: `after(story.drafted)`."""
    from record.story import Story

    folder = tmp_path_factory.getbasetemp().parent / "story" if WORKER else None
    if folder:
        folder.mkdir(exist_ok=True)
    return Story(plan, campaign, folder)


@pytest.fixture(scope="session")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[State]:
    """Run the real S3, PostgreSQL and mail servers for all integration tests; give where their state is.

    In a process of their own: unit tests that come after take the sockets of this one away, and who watches over
    servers needs them.
    """
    state = State.locate(tmp_path_factory.mktemp("stack"))
    folders = [Folder(code, Keys("plan", "2021").inbox_folder(code)) for code in ("unit_a", "unit_b")]
    with state.locked() as lock:
        prepare(state, StackSpec(folders=tuple(folders)))
        detach(state, lock, services=SERVERS)
    try:
        yield state
    finally:
        down(state)
        if not Postgres(state).data.is_relative_to(state.root):
            Postgres(state).wipe()
