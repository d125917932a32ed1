"""House rules of docker-compose.yml; the file is read as Compose reads it, no Docker needed."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from conftest import REPOSITORY
from soket.connection import setting
from soket.notices.server import sender_from_environment
from soket.stack import ports, production
from soket.stack.airflow_components import Scheduler
from soket.stack.credentials import IDENTITIES
from soket.stack.s3_identities import JOBS
from soket.stack.seaweedfs import SeaweedFS
from soket.stack.state import State
from soket.store.connect import StoreSettings

JOBS_OF_TASKS = Scheduler.jobs
SENSITIVE = re.compile(r"PASSWORD|SECRET|(?<![A-Za-z])KEY", re.IGNORECASE)
REFERENCE = re.compile(r"\$\{(?P<name>[A-Z0-9_]+)(?P<rest>[^}]*)\}")

FILE = REPOSITORY / "docker-compose.yml"
COMPOSE = yaml.safe_load(FILE.read_text(encoding="utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
ONE_SHOT = {"identities", "init", "secrets", "console"}
AIRFLOW = ("api-server", "scheduler", "dag-processor", "triggerer", *(f"worker-{job}" for job in JOBS_OF_TASKS))
MOUNTED = "/run/secrets/"


def example_names() -> set[str]:
    """Return the variables that .env.example asks for."""
    lines = (REPOSITORY / ".env.example").read_text(encoding="utf-8").splitlines()
    return {line.partition("=")[0] for line in lines if line.endswith("=") and not line.startswith("#")}


def interpolate(text: str, values: dict[str, str]) -> str:
    """Fill in references as Compose does: from the values, or with what stands after `:-`."""

    def fill(found: re.Match[str]) -> str:
        name, rest = found["name"], found["rest"]
        return values.get(name) or (rest[2:] if rest.startswith(":-") else f"<{name}>")

    return REFERENCE.sub(fill, text)


def variables(service: str) -> dict[str, str]:
    return SERVICES[service].get("environment") or {}


def test_every_service_is_there() -> None:
    assert set(SERVICES) == {
        *("postgres", "valkey", "seaweedfs", "mail-dev", *ONE_SHOT),
        *(*AIRFLOW, "watch", "page"),
    }


@pytest.mark.parametrize("service", SERVICES)
def test_ports_are_published_on_the_loopback_alone(service: str) -> None:
    for port in SERVICES[service].get("ports", ()):
        assert interpolate(port, {}).startswith("127.0.0.1:"), f"{service} publishes {port}"


def test_only_the_pages_the_bucket_and_the_trial_mailbox_are_published() -> None:
    assert {name for name, service in SERVICES.items() if service.get("ports")} == {
        "api-server",
        "seaweedfs",
        "mail-dev",
        "page",
    }


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_is_watched_or_is_over_at_some_point(service: str) -> None:
    if service in ONE_SHOT:
        assert SERVICES[service]["restart"] == "no"
    else:
        assert SERVICES[service]["restart"] == "unless-stopped"
        assert SERVICES[service]["healthcheck"]["test"][0] in ("CMD", "CMD-SHELL")


@pytest.mark.parametrize("service", [name for name, each in SERVICES.items() if "healthcheck" in each])
def test_nobody_is_given_up_while_all_starts_at_once(service: str) -> None:
    # `up` fails where a server that others wait for is called unhealthy: seen while a machine was busy.
    assert SERVICES[service]["healthcheck"]["start_period"] == "300s"


def test_who_imports_airflow_to_look_looks_seldom() -> None:
    looks = {name: each["healthcheck"] for name, each in SERVICES.items() if "healthcheck" in each}
    waited_for = {name for each in SERVICES.values() for name in each.get("depends_on", ())}
    heavy = {name for name, each in looks.items() if re.search("airflow jobs check|celery --app", each["test"][-1])}
    assert heavy == {*AIRFLOW} - {"api-server", "scheduler"}
    assert not heavy & waited_for
    for name in heavy:
        assert (looks[name]["interval"], looks[name]["start_interval"]) == ("60s", "30s")


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_hears_that_it_is_to_stop_and_leaves_nothing_behind(service: str) -> None:
    told = SERVICES[service]
    assert told["init"]  # takes away what looks left that were cut short
    command = told.get("command", ())
    if service not in ONE_SHOT and command and command[0] == "sh":
        # The last thing that the shell does is to give its place away: it would keep the signal to itself.
        assert re.search(r"(^|&& |\n| )exec [^|&;]+$", command[-1])


@pytest.mark.parametrize("service", SERVICES)
def test_nobody_waits_without_a_condition(service: str) -> None:
    for name, wait in SERVICES[service].get("depends_on", {}).items():
        expected = "service_completed_successfully" if name in ONE_SHOT else "service_healthy"
        assert wait == {"condition": expected}, f"{service} waits for {name}"


def test_a_secret_comes_from_a_file_alone() -> None:
    assert not [
        found[0] for found in REFERENCE.finditer(FILE.read_text(encoding="utf-8")) if SENSITIVE.search(found[0])
    ]
    assert COMPOSE["secrets"] == {name: {"file": f"./secrets/{name}"} for name in production.SECRETS}
    ignored = (REPOSITORY / ".gitignore").read_text(encoding="utf-8").split()
    assert "/secrets/" in ignored


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_is_told_where_its_secrets_are_and_nothing_of_them(service: str) -> None:
    for name, value in variables(service).items():
        if SENSITIVE.search(name) and not name.endswith("_PASSWORDS_FILE"):
            assert name.endswith(("_FILE", "_CMD")), f"{service}: {name}"
            assert MOUNTED in value
        if name.startswith("AIRFLOW_CONN_"):
            assert '"password":' not in value
            assert MOUNTED in value
    # No more than it reads: the image's own program reads those of `identities`.
    told = json.dumps([SERVICES[service].get(part, "") for part in ("environment", "command", "healthcheck")])
    read = (
        set(re.findall(MOUNTED + r"(\w+)", told))
        if service != "identities"
        else {"bell", *(f"s3_{each}" for each in IDENTITIES)}
    )
    if service not in ("identities", "secrets"):
        assert set(SERVICES[service].get("secrets", ())) == read
    else:
        assert set(SERVICES[service].get("secrets", ())) == (read if service == "identities" else set())


def test_what_is_asked_for_has_no_default() -> None:
    references = list(REFERENCE.finditer(FILE.read_text(encoding="utf-8")))
    # Compose refuses to start while one of these is empty, and the example file is empty of values.
    assert example_names() == {found["name"] for found in references if found["rest"].startswith(":?")}


@pytest.fixture
def secrets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Make every secret, mount them at a folder, and give the console's environment with it; return what they hold."""
    folder = tmp_path / "secrets"
    made = production.make_all(folder, lambda name: f"typed-{name}", os.getuid())
    assert not made.lacking
    for name, value in variables("console").items():
        monkeypatch.setenv(name, interpolate(value, {}).replace("$$", "$").replace(MOUNTED, f"{folder}/"))
    return {name: (folder / name).read_text() for name in production.SECRETS}


def test_airflow_reads_its_secrets(secrets: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    from airflow.configuration import conf

    for name in ("AIRFLOW__DATABASE__SQL_ALCHEMY_CONN", "AIRFLOW__CORE__FERNET_KEY"):
        monkeypatch.delenv(name, raising=False)
    database = f"postgresql+psycopg2://soket:{secrets['postgres_password']}@postgres:5432/soket"
    assert conf.get("database", "sql_alchemy_conn") == database
    assert setting("AIRFLOW__DATABASE__SQL_ALCHEMY_CONN") == database
    assert conf.get("celery", "result_backend") == f"db+{database}"
    assert conf.get("celery", "broker_url") == f"redis://:{secrets['valkey_password']}@valkey:6379/0"
    assert conf.get("core", "fernet_key") == secrets["fernet_key"]
    assert conf.get("api", "secret_key") == secrets["api_secret_key"]
    assert conf.get("api_auth", "jwt_secret") == secrets["jwt_secret"]


@pytest.mark.parametrize("service", SERVICES)
def test_no_command_line_holds_a_secret(service: str) -> None:
    """A shell's own `printf`, variables and here-documents are seen by nobody; words of other programs are."""
    command = json.dumps([SERVICES[service].get("command", ""), SERVICES[service].get("healthcheck", "")])
    for found in re.finditer(r"\$\$\(cat " + MOUNTED, command):
        before = command[: found.start()]
        seen_by_nobody = r"printf [^|&;]*$|[A-Z_]+=\W*$|<<SETTINGS(?:(?!SETTINGS).)*$"
        assert re.search(seen_by_nobody, before), f"{service}: {before[-60:]}"


@pytest.mark.parametrize("service", SERVICES)
def test_images_can_come_from_another_registry(service: str) -> None:
    assert REFERENCE.fullmatch(SERVICES[service]["image"]), f"{service}: name the image through a variable"


def test_nothing_but_s3_of_the_store_leaves_its_container() -> None:
    store = SERVICES["seaweedfs"]
    command = store["command"]
    assert command[0] == "server"
    assert {"-ip=127.0.0.1", "-ip.bind=127.0.0.1", "-s3.ip.bind=0.0.0.0"} <= set(command)
    assert [port.rpartition(":")[2] for port in store["ports"]] == ["8333"]
    assert store["networks"] == ["store"]
    neighbours = {name for name, service in SERVICES.items() if "store" in service.get("networks", ())}
    # The store's network is for those who have a key of it.
    assert neighbours - {"seaweedfs"} == {
        name for name in SERVICES if any(each.startswith("AIRFLOW_CONN_SOKET_STORE") for each in variables(name))
    }
    assert SERVICES["identities"]["network_mode"] == SERVICES["secrets"]["network_mode"] == "none"


@pytest.mark.usefixtures("socket_enabled")
def test_the_store_runs_as_the_embedded_one_does(tmp_path: Path) -> None:
    state = State(tmp_path / "state")
    state.create()
    state.update(ports=ports.choose({})[0])
    embedded = SeaweedFS(state).command()
    # Where things lie, which ports, and what the image's entry point adds.
    elsewhere = ("-dir=", "-volume.max=", "-master.volumeSizeLimitMB=", "-s3.config=")
    shared = {flag for flag in embedded[embedded.index("server") :] if not flag.startswith(elsewhere)}
    own = set(SERVICES["seaweedfs"]["command"])
    assert {flag for flag in shared if ".port=" not in flag} <= own
    assert own - shared == {"-s3.ip.bind=0.0.0.0", "-s3.port=8333", "-s3.config=/etc/seaweedfs/s3.json"}


def test_the_executor_is_celery() -> None:
    own = variables("scheduler")
    for service in AIRFLOW:
        assert variables(service)["AIRFLOW__CORE__EXECUTOR"] == "CeleryExecutor"
        shared = {name: value for name, value in variables(service).items() if name in own}
        assert shared == own, f"{service} and the scheduler disagree"
    for job in JOBS_OF_TASKS:
        worker = SERVICES[f"worker-{job}"]
        assert worker["command"] == ["airflow", "celery", "worker", "--queues", job]
        assert not {"container_name", "ports"} & set(worker)


def test_each_has_the_key_of_its_job_at_the_store_alone() -> None:
    identities = {
        service: {found for name, value in variables(service).items() for found in re.findall(r"soket-(\w+)", value)}
        for service in SERVICES
    }
    of_servers = {"api-server": "board", "triggerer": "monitor", "watch": "monitor", "page": "page"}
    of_people = {"console": "service", "init": "admin"}
    of_tasks = {f"worker-{job}": job for job in JOBS_OF_TASKS}
    expected = of_servers | of_people | of_tasks
    for service, found in identities.items():
        assert found - {"editions"} == ({expected[service]} if service in expected else set()), service
    assert set(expected.values()) == {*JOBS, "service", "admin"} == set(IDENTITIES)
    for job in JOBS_OF_TASKS:
        assert f"AIRFLOW_CONN_SOKET_STORE_{job.upper()}" in variables(f"worker-{job}")


def test_connections_are_those_that_soket_reads(secrets: dict[str, str]) -> None:
    assert StoreSettings.from_environment() == StoreSettings(
        "http://seaweedfs:8333", "soket-service", secrets["s3_service"], "soket"
    )
    sender = sender_from_environment()
    assert (sender.host, sender.port, sender.user) == ("<SMTP_HOST>", 587, "<SMTP_USER>")
    assert (sender.password, sender.starttls) == ("typed-smtp_password", True)


def test_channels_are_those_of_the_file(secrets: dict[str, str]) -> None:
    from soket.notices.webhooks import VARIABLE, channels

    assert secrets["webhooks"] == ""
    assert channels() == []
    Path(os.environ[f"{VARIABLE}_FILE"]).write_text("ntfys://one\nntfys://two\n")
    assert channels() == ["ntfys://one", "ntfys://two"]


def test_the_page_that_the_outside_reaches_has_a_key_of_its_own_and_no_password() -> None:
    assert SERVICES["page"]["secrets"] == ["s3_page"]


def test_what_the_embedded_stack_sets_is_set_here_too(tmp_path: Any) -> None:
    from soket.stack.airflow import environment
    from soket.stack.credentials import Credentials
    from soket.stack.spec import StackSpec
    from soket.stack.state import State

    state = State(tmp_path / "state")
    state.create()
    state.save_spec(StackSpec())
    state.update(ports=dict.fromkeys(("postgres", "s3", "smtp", "imap", "api", "page"), 1))
    Credentials.ensure(state, StackSpec())
    not_here = {
        "AIRFLOW_HOME",  # in the image
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS",  # from accounts.env, made out of the plans
        "AIRFLOW__CORE__HOSTNAME_CALLABLE",  # containers find each other by DNS
        "AIRFLOW__API__WORKERS",
        "AIRFLOW__LOGGING__LOGGING_LEVEL",
        "AIRFLOW__LOGGING__UVICORN_LOGGING_LEVEL",
        "AIRFLOW__SCHEDULER__MAX_DAGRUNS_PER_LOOP_TO_SCHEDULE",  # by the number of plans
        "AIRFLOW__DAG_PROCESSOR__PARSING_PROCESSES",
        "AIRFLOW__DAG_PROCESSOR__PRINT_STATS_INTERVAL",
        "AIRFLOW__TRIGGERER__JOB_HEARTBEAT_SEC",
    }
    embedded = {name for name in environment(state) if "METRICS" not in name}
    assert embedded - not_here <= {name.removesuffix("_CMD").removesuffix("_FILE") for name in variables("console")} | {
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE"
    }


def test_the_image_holds_no_secret_and_runs_as_nobody_special() -> None:
    text = (REPOSITORY / "Dockerfile").read_text(encoding="utf-8")
    assert re.search(r"^USER [1-9]\d*:[1-9]\d*$", text, re.MULTILINE)
    assert not SENSITIVE.search(text)
    ignored = (REPOSITORY / ".dockerignore").read_text(encoding="utf-8").split()
    # Everything is left out but what is named: no .env, no state folder ever gets into an image.
    assert ignored[0] == "*"
    assert not any(".env" in line or ".soket" in line for line in ignored)


def lint(*command: str) -> str:
    """Return what a program beside this Python says of a file; fail where it refuses it."""
    done = subprocess.run(
        [Path(sys.executable).with_name(command[0]), *command[1:]], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def test_compose_itself_reads_the_file(tmp_path: Path) -> None:
    values = tmp_path / ".env"
    values.write_text("".join(f"{name}=x\n" for name in example_names()), encoding="utf-8")
    profiles = sorted({profile for service in SERVICES.values() for profile in service.get("profiles", ())})
    told = lint(
        "docker-compose",
        *(f"--profile={profile}" for profile in profiles),
        *("--env-file", str(values), "--file", str(FILE), "config", "--services"),
    )
    assert set(told.split()) == set(SERVICES), "a service that Compose does not know, or a warning"


def test_docker_inspect_shows_no_secret(secrets: dict[str, str], tmp_path: Path) -> None:
    values = tmp_path / ".env"
    values.write_text("".join(f"{name}=x\n" for name in example_names()), encoding="utf-8")
    rendered = lint(
        *("docker-compose", "--profile=tools", "--profile=mail-dev", "--project-directory", str(tmp_path)),
        *("--env-file", str(values), "--file", str(FILE), "config"),
    )
    assert str(tmp_path / "secrets" / "fernet_key") in rendered
    assert not [name for name, value in secrets.items() if value and value in rendered]
    user = re.search(r"^USER (\d+):\d+$", (REPOSITORY / "Dockerfile").read_text(), re.MULTILINE)
    assert user
    assert int(user[1]) == production.USER


def test_the_dockerfile_is_one_that_hadolint_finds_nothing_in() -> None:
    assert lint("hadolint", str(REPOSITORY / "Dockerfile")) == ""
