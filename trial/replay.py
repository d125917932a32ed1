"""The whole campaign of `make demo` on the stack of docker-compose.yml: its script, its players and its checks."""

from __future__ import annotations

import json
import shutil
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from rich.console import Console

from demo.place import MailServer, Place
from demo.play import play, verify
from demo.scenario import Scenario
from demo.stage import samples_written
from demo.summary import print_results
from demo.world import World
from soket.clock import Pace, ReplayClock
from soket.record.sending import UPLOAD_VARIABLE
from soket.stack.airflow import CLOCK_VARIABLE
from soket.stack.ports import HOST
from soket.stack.state import REPOSITORY, State
from soket.store.connect import ENVIRONMENT_VARIABLE as STORE_CONNECTION
from trial.engine import TrialError
from trial.project import IMAP_PORT, MAIL_PASSWORD, SMTP_PORT, Project

SCRIPT = REPOSITORY / "samples" / "nq06_du_lich" / "scenario.yaml"
SLOWER = 2.5  # times: what the embedded stack has warm, a worker of Celery loads for every task
# The containers know their clock from their start, and all are up when it begins: this long at the pace of the script.
_LEAD = timedelta(minutes=2)


def up(project: Project, scenario: Scenario) -> tuple[float, float]:
    """Bring up the stack for a script, and wait for its clock; raise TrialError where that ran before.

    Returns the seconds that coming up took, and how many times slower than its script the campaign is played.
    """
    _, times = samples_written(SCRIPT)
    times = SLOWER * max(1.0, times)
    shutil.copytree(REPOSITORY / "include" / "plans", project.folder / "include" / "plans")
    project.prepare()
    begins = datetime.now(UTC) + _LEAD * times
    project.set(CLOCK_VARIABLE, ReplayClock.starting(begins, Pace.parse(scenario.pace_for(times))).to_env())
    seconds = project.up()
    left = (begins - datetime.now(UTC)).total_seconds()
    if left < 0:
        raise TrialError(f"the campaign began before everything was up: {seconds:.0f} s")
    time.sleep(left)
    return seconds, times


def replay(project: Project, scenario: Scenario, console: Console) -> list[str]:
    """Play the campaign to its end; return the checks that it fails."""
    with closing(World.at(place_of(project), SCRIPT, scenario)) as world:
        play(world, console)
        evidence, checks = verify(world)
    print_results(console, evidence, checks)
    return [f"{check.name}: {check.detail}" for check in checks if not check.ok]


def place_of(project: Project) -> Place:
    """Return where a project's stack is reached from this machine, and with what."""
    pages = {name: f"http://{HOST}:{project.value(f'{name}_PORT')}" for name in ("API", "PAGE", "MAIL")}
    mail = MailServer(project.address("mail-dev"), SMTP_PORT, IMAP_PORT, pages["MAIL"], MAIL_PASSWORD, None)
    environment = {
        STORE_CONNECTION: _connection(project),
        **{name: project.value(name) for name in (UPLOAD_VARIABLE, CLOCK_VARIABLE)},
    }
    # Units' keys and officials' passwords are those that `identities` made.
    state = State(Path(project.volume("state")))
    return Place(state, pages["API"], pages["PAGE"], mail, environment)


def _connection(project: Project) -> str:
    store = project.store()
    extra = {"endpoint_url": store.endpoint_url, "region_name": store.region, "bucket": store.bucket}
    fields = {"conn_type": "generic", "login": store.access_key, "password": store.secret_key, "extra": extra}
    return json.dumps(fields)
