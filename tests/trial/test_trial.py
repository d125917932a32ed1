"""The trial knows docker-compose.yml as it is; the engine itself is for `make trial`."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from conftest import REPOSITORY
from trial.campaign import BLOWS
from trial.engine import Engine
from trial.images import IMAGES
from trial.project import Project

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
