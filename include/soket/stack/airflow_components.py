"""Airflow's four components, and the two steps before them: its tables and the campaign clock."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from importlib.metadata import version
from pathlib import Path
from typing import Any

from soket.stack import pulse
from soket.stack.airflow import environment, passwords_file
from soket.stack.component import Component, OneOff
from soket.stack.credentials import Credentials
from soket.stack.ports import HOST
from soket.stack.postgres import connect
from soket.stack.process import spawn
from soket.stack.state import State, write_private
from soket.stack.status import status
from soket.store import bell


class _Airflow(Component):
    """A component of Airflow's own."""

    arguments: tuple[str, ...]
    identity: str | None = None  # at the store
    jobs: Sequence[str] = ()

    @property
    def directory(self) -> Path:
        """Return the folder in which the component runs."""
        return self.state.airflow

    def command(self) -> Sequence[str]:
        """Return the component's command line."""
        return [sys.executable, "-m", "airflow", *self.arguments]

    def environment(self) -> Mapping[str, str]:
        """Return Airflow's settings."""
        return environment(self.state, self.identity, self.jobs)


class Migration(_Airflow, OneOff):
    """Airflow's tables: made, or brought up to the installed version."""

    name = "migration"
    title = "Bảng dữ liệu Airflow"
    needs = ("postgres",)
    arguments = ("db", "migrate")

    def run(self) -> None:
        """Migrate."""
        process = spawn(
            self.command(),
            owner=self.state.root,
            component=self.name,
            log=self.state.log(self.name),
            environment=self.environment(),
            directory=self.directory,
        )
        if code := process.wait():
            raise RuntimeError(f"airflow db migrate: mã thoát {code}")
        self.state.update(migrated=self._version)

    def done(self) -> bool:
        """Tell that this version's tables were made here before; the question alone would cost seconds."""
        return self.state.read("state.json").get("migrated") == self._version

    @property
    def _version(self) -> str:
        return version("apache-airflow")


class ApiServer(_Airflow):
    """Airflow's pages and interfaces."""

    name = "api-server"
    title = "Airflow: trang web và API"
    needs = ("migration", "postgres")
    arguments = ("api-server",)
    identity = "board"
    stop_within = 3.0

    @property
    def port(self) -> int:
        """Return the port of the pages."""
        return self.state.ports["api"]

    def prepare(self) -> None:
        """Write down the passwords that the login page accepts."""
        known = {account.name for account in self.state.spec.accounts}
        accounts = Credentials.load(self.state).accounts
        passwords = {name: password for name, password in accounts.items() if name in known}
        write_private(Path(passwords_file(self.state)), json.dumps(passwords))

    def ready(self, since: float) -> bool:  # noqa: ARG002 - a dead server answers nothing
        """Ask the server for its health."""
        return bool(health(self.state)["metadatabase"]["status"] == "healthy")

    def trouble(self, since: float) -> str | None:  # noqa: ARG002 - the server answers or it does not
        """Ask for something that takes no database."""
        ask(self.state, "/api/v2/version")
        return None


class _Heartbeating(_Airflow):
    """A component that reports by a heartbeat, which the API server shows."""

    key: str

    def ready(self, since: float) -> bool:
        """Look for a heartbeat younger than this process: the page shows that of a dead one for half a minute."""
        told = health(self.state)[self.key]
        beat = told.get(f"latest_{self.key}_heartbeat")
        return told["status"] == "healthy" and beat is not None and datetime.fromisoformat(beat).timestamp() > since

    def trouble(self, since: float) -> str | None:
        """Look in the database for what it should have done."""
        return pulse.look(self.state, self.key, since)


class Scheduler(_Heartbeating):
    """The scheduler, with the executor's workers."""

    name = "scheduler"
    title = "Airflow: bộ lập lịch"
    needs = ("clock", "postgres")
    leans_on = ("api-server",)  # a task starts by asking it
    # Logs lie on the same disk as the pages that show them: the server for them would listen to the whole world.
    arguments = ("scheduler", "--skip-serve-logs")
    jobs = ("intake", "papers", "monitor")
    key = "scheduler"
    patience = 20.0
    endings: Mapping[int, str] = {
        pulse.WORKER_KILLED: "một tiến trình chạy bước bị giết từ bên ngoài (máy thiếu bộ nhớ, hoặc do người)"
    }

    def prepare(self) -> None:
        """Tell Airflow that the last scheduler is dead: the next one frees its tasks at once, not in half a minute.

        The pool of the stages' work is made where it lacks: without it none of that would ever start.
        """
        with connect(self.state) as connection:
            connection.execute("UPDATE job SET state = 'failed' WHERE job_type = 'SchedulerJob' AND state = 'running'")
            connection.execute(
                "INSERT INTO slot_pool (pool, slots, description, include_deferred) VALUES (%s, %s, %s, false) "
                "ON CONFLICT (pool) DO NOTHING",
                (
                    pulse.POOL,
                    pulse.POOL_SLOTS,
                    "Việc của các giai đoạn và “Theo dõi”; còn lại để tiếp nhận báo cáo",
                ),
            )


class DagProcessor(_Heartbeating):
    """The reader of DAG files."""

    name = "dag-processor"
    title = "Airflow: bộ đọc DAG"
    needs = ("clock", "postgres")
    arguments = ("dag-processor",)
    key = "dag_processor"


class Triggerer(_Heartbeating):
    """The home of deferred tasks."""

    name = "triggerer"
    title = "Airflow: bộ chờ sự kiện"
    needs = ("clock", "postgres")
    arguments = ("triggerer", "--skip-serve-logs")
    identity = "monitor"
    key = "triggerer"

    def prepare(self) -> None:
        """Write down by what word the store is known when it calls."""
        write_private(self._word, Credentials.load(self.state).bell)

    def environment(self) -> Mapping[str, str]:
        """Return Airflow's settings, and where the store calls."""
        calls = {bell.ADDRESS_VARIABLE: f"{HOST}:{self.state.ports['bell']}", bell.WORD_VARIABLE: str(self._word)}
        return {**super().environment(), **calls}

    @property
    def _word(self) -> Path:
        return self.state.root / "bell.word"


class CampaignClock(OneOff):
    """Sets campaign time going when all is there to follow it."""

    name = "clock"
    title = "Đồng hồ của đợt"

    def __init__(self, state: State, replay: str | None) -> None:
        super().__init__(state)
        self.replay = replay
        # A replay starts as late as possible; otherwise there is nothing to wait for.
        waits = replay is not None and state.clock is None
        self.needs = ("api-server", "seaweedfs", "mail") if waits else ("migration",)

    def done(self) -> bool:
        """Tell that the clock runs already, or that this stack lives in real time."""
        return self.replay is None or self.state.clock is not None

    def run(self) -> None:
        """Start the replay."""
        from soket.clock import Pace, ReplayClock

        # The other three are up when as much time has passed as the API server took; then they read the plans.
        lead = (status(self.state).component("api-server").seconds_to_ready or 10) + 2
        start = datetime.now(UTC) + timedelta(seconds=lead)
        write_private(self.state.clock_file, ReplayClock.starting(start, Pace.parse(self.replay or "")).to_env())


def health(state: State) -> dict[str, Any]:
    """Return what the API server says of all components; raise OSError while it does not answer."""
    return ask(state, "/api/v2/monitor/health")


def ask(state: State, path: str) -> dict[str, Any]:
    """Return what the API server answers to anybody; raise OSError where it does not."""
    connection = HTTPConnection(HOST, state.ports["api"], timeout=5)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        if answer.status != 200:
            raise OSError(f"the API server answers {answer.status}")
        told: dict[str, Any] = json.loads(answer.read())
    finally:
        connection.close()
    return told
