from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest

from soket.stack.credentials import IDENTITIES, Credentials, NoKeyError, folder_credentials, issue_key, revoke_key
from soket.stack.postgres import ROLE
from soket.stack.s3_identities import s3_identities
from soket.stack.spec import Account, Folder, StackSpec
from soket.stack.state import BusyError, NotOursError, State

SPEC = StackSpec((Folder("a", "inbox/p/c/a/"),), (Account("lanh.dao", "op"),))


@pytest.fixture
def state(tmp_path: Path) -> State:
    state = State.locate(tmp_path / "state")
    state.create()
    return state


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_the_folder_is_found_by_argument_then_by_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOKET_STATE", str(tmp_path / "env"))
    assert State.locate(tmp_path / "given").root == tmp_path / "given"
    assert State.locate().root == tmp_path / "env"
    monkeypatch.delenv("SOKET_STATE")
    assert State.locate().root.name == ".soket"


def test_a_folder_with_other_things_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").write_text("years of work")
    state = State.locate(tmp_path)
    for touch in (state.create, state.wipe, state.lock):
        with pytest.raises(NotOursError):
            touch()
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.docx"]


def test_a_state_may_hold_those_of_other_stacks_and_leaves_them_alone(tmp_path: Path) -> None:
    demo = State.locate(tmp_path / ".soket" / "demo")
    demo.create()
    state = State.locate(tmp_path / ".soket")
    state.create()
    state.update(ports={})
    state.wipe()
    assert demo.exists()
    assert not (state.root / "state.json").exists()


def test_a_wipe_takes_all_but_marker_and_lock(state: State) -> None:
    state.update(ports={"api": 1})
    (state.root / "seaweedfs" / "deep").mkdir(parents=True)
    outside = state.root.parent / "outside"
    outside.mkdir()
    (outside / "kept").touch()
    (state.root / "link").symlink_to(outside)
    with state.locked():
        state.wipe()
    assert sorted(path.name for path in state.root.iterdir()) == ["lock", "soket-state"]
    assert (outside / "kept").exists()


def test_one_supervisor_at_a_time(state: State) -> None:
    assert not state.is_locked()
    with state.locked():
        assert state.is_locked()
        with pytest.raises(BusyError):
            state.lock()
    assert not state.is_locked()


def test_the_lock_passes_to_a_child_that_inherits_it(state: State) -> None:
    descriptor = state.lock()
    heir = os.dup(descriptor)
    os.close(descriptor)
    assert state.is_locked()
    os.close(heir)
    assert not state.is_locked()


def test_secrets_are_made_once_and_newcomers_get_their_own(state: State) -> None:
    first = Credentials.ensure(state, SPEC)
    more = StackSpec((*SPEC.folders, Folder("b", "inbox/p/c/b/")), (*SPEC.accounts, Account("moi", "viewer")))
    second = Credentials.ensure(state, more)
    assert second.folders["a"] == first.folders["a"]
    assert second.accounts["lanh.dao"] == first.accounts["lanh.dao"]
    assert (second.postgres, second.service, second.fernet) == (first.postgres, first.service, first.fernet)
    assert folder_credentials(state, "b") == second.folders["b"] != first.folders["a"]
    assert Credentials.load(state).accounts["moi"] == second.accounts["moi"]
    with pytest.raises(NoKeyError, match=r"chưa có khóa.*`soket keys issue c`"):
        folder_credentials(state, "p/2021/c")


def test_a_key_that_was_taken_away_stays_away_until_a_new_one_is_issued(state: State) -> None:
    old = Credentials.ensure(state, SPEC).folders["a"]
    revoke_key(state, "a")
    Credentials.ensure(state, SPEC)
    with pytest.raises(NoKeyError, match="thu hồi"):
        folder_credentials(state, "a")
    (entry,) = [e for e in s3_identities(SPEC, Credentials.load(state))["identities"] if e["name"] == "folder:a"]
    assert entry["credentials"] == []
    assert issue_key(state, "a") == folder_credentials(state, "a") != old


def test_only_the_owner_reads_the_secrets(state: State) -> None:
    Credentials.ensure(state, SPEC)
    assert mode(state.root / "secrets.json") == 0o600
    assert mode(state.logs) == 0o700
    assert mode(state.root) == 0o711


def test_each_folder_opens_itself_and_nothing_else(state: State) -> None:
    credentials = Credentials.ensure(state, SPEC)
    identities = {entry["name"]: entry for entry in s3_identities(SPEC, credentials)["identities"]}
    assert identities["folder:a"]["actions"] == []
    assert identities["folder:a"]["policyNames"] == ["folder:a"]
    (policy,) = [e for e in s3_identities(SPEC, credentials)["policies"] if e["name"] == "folder:a"]
    statements = json.loads(policy["content"])["Statement"]
    inside, listing, location = (each for each in statements if each["Effect"] == "Allow")
    assert inside["Resource"] == "arn:aws:s3:::soket/inbox/p/c/a/*"
    assert not any("Version" in action for action in inside["Action"] if "Get" not in action)
    assert listing["Condition"] == {"StringLike": {"s3:prefix": "inbox/p/c/a/*"}}
    assert location["Action"] == ["s3:GetBucketLocation"]
    assert all(action.endswith(":soket") for action in identities["soket-service"]["actions"])


def test_the_environment_names_the_stack_and_its_state(state: State) -> None:
    from soket.stack.airflow import environment

    with pytest.raises(FileNotFoundError):
        environment(state)
    state.save_spec(SPEC)
    credentials = Credentials.ensure(state, SPEC)
    names = ("s3", "postgres", "smtp", "api", "imap", "page")
    state.update(ports=dict(zip(names, range(15001, 15007), strict=True)))
    variables = environment(state)
    url = variables["AIRFLOW__DATABASE__SQL_ALCHEMY_CONN"]
    assert url == f"postgresql+psycopg2://{ROLE}:{credentials.postgres}@127.0.0.1:15002/soket"
    assert variables["AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS"] == "lanh.dao:op"
    assert variables["AIRFLOW__API__BASE_URL"] == "http://127.0.0.1:15004"
    assert variables["SOKET_STATE"] == str(state.root)
    assert variables["SOKET_UPLOAD_PAGE"] == "http://127.0.0.1:15006/{plan}/{campaign}/{unit}"
    assert variables["SOKET_UI_LANGUAGE"] == "vi"
    assert variables["SOKET_CLOCK"] == f"file {state.root / 'clock'}"
    assert state.clock is None
    state.clock_file.write_text("replay []")
    assert state.clock == "replay []"


def test_the_page_that_the_outside_reaches_knows_its_own_key_alone(
    state: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    from soket.stack.airflow import environment, page_environment

    state.save_spec(SPEC)
    credentials = Credentials.ensure(state, SPEC)
    state.update(ports=dict.fromkeys(("s3", "postgres", "smtp", "api", "imap", "page"), 15001))
    monkeypatch.setenv("SOKET_WEBHOOKS", "ntfys://mat-khau@kenh")
    assert environment(state)["SOKET_WEBHOOKS"] == "ntfys://mat-khau@kenh"
    variables = page_environment(state)
    assert {name for name in variables if name.startswith("AIRFLOW")} == {"AIRFLOW_CONN_SOKET_STORE"}
    assert set(environment(state)) >= set(variables)
    told = json.dumps(variables)
    assert credentials.page.secret in told
    secrets = (credentials.postgres, credentials.mail, credentials.fernet, credentials.jwt, credentials.api)
    others = [credentials.of(each).secret for each in IDENTITIES if each != "page"]
    for secret in ("mat-khau", *secrets, *others):
        assert secret not in told


def test_each_component_has_the_key_of_its_job_at_the_store_alone(state: State) -> None:
    from soket.stack.launch import SERVERS, components

    state.save_spec(SPEC)
    credentials = Credentials.ensure(state, SPEC)
    state.update(ports=dict.fromkeys(("s3", "postgres", "smtp", "api", "imap", "page", "bell"), 15001))
    known = {
        each.name: {name for name in IDENTITIES if credentials.of(name).secret in json.dumps(each.environment())}
        for each in components(state)
        if each.name not in (*SERVERS, "clock")
    }
    assert known == {
        "migration": set(),
        "dag-processor": set(),
        "api-server": {"board"},
        "scheduler": {"intake", "papers", "monitor"},  # for its tasks
        "triggerer": {"monitor"},
        "watch": {"monitor"},
        "page": {"page"},
    }


@pytest.mark.parametrize(
    ("plans", "seconds", "runs"), [(0, "0.7", "8"), (8, "0.7", "8"), (9, "2.0", "10"), (100, "2.0", "10")]
)
def test_of_many_plans_the_scheduler_looks_seldomer_at_more_runs(
    state: State, plans: int, seconds: str, runs: str
) -> None:
    from soket.stack.airflow import environment

    names = [f"p{plan}/2026/{unit}" for plan in range(plans) for unit in "ab"]
    spec = StackSpec(tuple(Folder(name, f"inbox/{name}/") for name in names))
    state.save_spec(spec)
    Credentials.ensure(state, spec)
    state.update(ports=dict.fromkeys(("s3", "postgres", "smtp", "api", "imap", "page"), 15001))
    settings = environment(state)
    assert settings["AIRFLOW__SCHEDULER__SCHEDULER_IDLE_SLEEP_TIME"] == seconds
    assert settings["AIRFLOW__SCHEDULER__MAX_DAGRUNS_PER_LOOP_TO_SCHEDULE"] == runs


def test_every_setting_is_one_that_airflow_knows(state: State) -> None:
    from airflow.configuration import conf

    from soket.stack.airflow import environment

    state.save_spec(SPEC)
    Credentials.ensure(state, SPEC)
    state.update(ports=dict.fromkeys(("s3", "postgres", "smtp", "api", "imap", "page"), 15001))
    for name in environment(state):
        if name.startswith("AIRFLOW__"):
            _, section, option = name.lower().split("__")
            assert conf.configuration_description[section]["options"][option], name
