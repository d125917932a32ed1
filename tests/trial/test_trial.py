"""The trial knows docker-compose.yml as it is; the engine itself is for `make trial`."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from conftest import REPOSITORY
from demo.scenario import load
from soket.clock import Pace, ReplayClock, parse
from soket.record.sending import UPLOAD_VARIABLE
from soket.stack.airflow import CLOCK_VARIABLE
from soket.store.connect import ENVIRONMENT_VARIABLE as STORE_CONNECTION
from soket.store.connect import StoreSettings
from trial.campaign import BLOWS
from trial.engine import Engine
from trial.images import IMAGES
from trial.project import Project
from trial.replay import SCRIPT, SLOWER, place_of

TEXT = (REPOSITORY / "docker-compose.yml").read_text(encoding="utf-8")
SERVICES = yaml.safe_load(TEXT)["services"]
FOLDER = REPOSITORY / "trial" / "images"


def test_every_image_has_a_stand_in() -> None:
    assert set(re.findall(r"\$\{(\w+_IMAGE):", TEXT)) == set(IMAGES)


def test_what_is_killed_is_what_starts_again() -> None:
    assert {SERVICES[service]["restart"] for service in BLOWS} == {"unless-stopped"}


@pytest.mark.usefixtures("socket_enabled")
def test_what_is_set_is_what_the_example_has(tmp_path: Path) -> None:
    project = Project(Engine(tmp_path), tmp_path / "project")
    example = (REPOSITORY / ".env.example").read_text(encoding="utf-8")
    known = set(re.findall(r"^#?([A-Z0-9_]+)=", example, re.MULTILINE)) | {"COMPOSE_PROFILES"}
    assert set(project.settings()) <= known
    asked = set(re.findall(r"^([A-Z0-9_]+)=$", example, re.MULTILINE))
    assert asked <= set(project.settings())


def test_the_engine_touches_no_firewall_and_nobody_elses_engine(tmp_path: Path) -> None:
    engine = Engine(tmp_path)
    assert not any(engine.settings[name] for name in ("iptables", "ip6tables", "ip-forward", "ip-masq"))
    own = {name: str(value) for name, value in engine.settings.items() if name in ("data-root", "exec-root", "pidfile")}
    assert all(value.startswith(str(tmp_path)) for value in own.values())
    assert engine.environment["DOCKER_HOST"] == f"unix://{tmp_path}/docker.sock"


@pytest.mark.parametrize("file", sorted(each.name for each in FOLDER.glob("*.Dockerfile")))
def test_hadolint_finds_nothing_in_the_stand_ins(file: str) -> None:
    hadolint = Path(sys.executable).with_name("hadolint")
    done = subprocess.run([hadolint, FOLDER / file], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


def test_entry_points_are_shell() -> None:
    for script in FOLDER.glob("*.sh"):
        subprocess.run(["sh", "-n", script], check=True)


@pytest.mark.usefixtures("socket_enabled")
def test_the_players_reach_it_from_this_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = Project(Engine(tmp_path), tmp_path)
    (tmp_path / "secrets").mkdir()
    (tmp_path / "secrets" / "s3_service").write_text("secret")
    (tmp_path / ".env").write_text("".join(f"{name}={value}\n" for name, value in project.settings().items()))
    clock = ReplayClock.starting(datetime.now(UTC), Pace.parse(load(SCRIPT).pace_for(SLOWER)))
    project.set(CLOCK_VARIABLE, clock.to_env())
    monkeypatch.setattr(Project, "address", lambda *_: "172.18.0.9")
    monkeypatch.setattr(Project, "volume", lambda _, name: str(tmp_path / name))
    place = place_of(project)
    assert place.state.root == tmp_path / "state", "units' keys are those that `identities` made"
    assert place.environment[UPLOAD_VARIABLE] == f"{place.page}/{{plan}}/{{campaign}}/{{unit}}"
    assert parse(place.environment[CLOCK_VARIABLE]) == clock
    monkeypatch.setenv(STORE_CONNECTION, place.environment[STORE_CONNECTION])
    assert StoreSettings.from_environment() == project.store()
    assert place.mail.certificate is None
