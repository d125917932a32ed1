"""A copy of the record is enough: a stack that has nothing else goes on with the campaign, and sends no mail again."""

from __future__ import annotations

import shutil
import stat
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest
from botocore.exceptions import ClientError

from intake.plans import make_plan
from intake.turns import InlineReaders, PlainValidator
from reading import corpus
from soket.clock import StoppedClock, WallClock
from soket.intake import batch
from soket.notices.delivery import deliver
from soket.notices.senders import RecordingSender
from soket.plan.model import Plan
from soket.record.keeping import read_register
from soket.record.workspace import Workspace
from soket.stack.backup import NotEmptyError, NothingToKeepError, SpoiltCopyError, back_up, restore
from soket.stack.bucket import check
from soket.stack.credentials import Credentials, folder_credentials
from soket.stack.launch import running
from soket.stack.seaweedfs import key_client, service_client
from soket.stack.spec import Folder, StackSpec
from soket.stack.state import BusyError, State
from soket.stages import collect
from soket.store.keys import Keys
from soket.store.s3 import S3Store

GOOD = {corpus.REPORT: corpus.report(), corpus.TABLE: corpus.table()}
WRONG = GOOD | {corpus.TABLE: corpus.table(CT01=(1000, 1200, 901))}


@pytest.fixture
def stopped(tmp_path: Path) -> State:
    """Give the state of a stack that is down, with something in its store."""
    state = State(tmp_path / "state")
    state.create()
    state.save_spec(StackSpec())
    Credentials.ensure(state, StackSpec())
    for name, data in {"1.dat": b"volume", "filerldb2/00/CURRENT": b"names"}.items():
        path = state.root / "seaweedfs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return state


def test_a_copy_is_for_its_owner_alone_and_comes_back_as_it_was(stopped: State, tmp_path: Path) -> None:
    copy, new = tmp_path / "copy.tar", State(tmp_path / "new")
    assert back_up(stopped, copy) == copy.stat().st_size
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert restore(copy, new) == 3
    assert (new.root / "seaweedfs" / "1.dat").read_bytes() == b"volume"
    assert (new.root / "seaweedfs" / "filerldb2" / "00" / "CURRENT").read_bytes() == b"names"
    assert Credentials.load(new) == Credentials.load(stopped)
    assert stat.S_IMODE((new.root / "secrets.json").stat().st_mode) == 0o600
    back_up(stopped, copy)  # over the last one
    with pytest.raises(NotEmptyError):
        restore(copy, new)


def test_the_bucket_alone_brings_no_key(stopped: State, tmp_path: Path) -> None:
    back_up(stopped, tmp_path / "copy.tar")
    new = State(tmp_path / "new")
    restore(tmp_path / "copy.tar", new, bucket_alone=True)
    assert (new.root / "seaweedfs" / "1.dat").exists()
    assert not (new.root / "secrets.json").exists()


def test_what_runs_or_never_ran_is_not_copied(stopped: State, tmp_path: Path) -> None:
    with stopped.locked(), pytest.raises(BusyError):
        back_up(stopped, tmp_path / "copy.tar")
    shutil.rmtree(stopped.root / "seaweedfs")
    with pytest.raises(NothingToKeepError):
        back_up(stopped, tmp_path / "copy.tar")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["state"]


@pytest.mark.parametrize("how", ["cut short", "changed", "without its list", "no copy at all"])
def test_a_spoilt_copy_restores_nothing(stopped: State, tmp_path: Path, how: str) -> None:
    copy, new = tmp_path / "copy.tar", State(tmp_path / "new")
    back_up(stopped, copy)
    data = copy.read_bytes()
    if how == "cut short":
        copy.write_bytes(data[: len(data) // 2])
    elif how == "changed":
        copy.write_bytes(data.replace(b"volume", b"forged"))
    elif how == "without its list":
        with tarfile.open(copy, "w") as archive:
            archive.add(stopped.root / "seaweedfs", "seaweedfs")
    else:
        copy.write_bytes(b"a letter")
    with pytest.raises(SpoiltCopyError):
        restore(copy, new)
    assert not (new.root / "seaweedfs").exists()
    copy.write_bytes(data)
    assert restore(copy, new) == 3


class Kept(NamedTuple):
    """What the store has: every version of every object, by key, and when it came."""

    versions: dict[str, list[tuple[str, str, object]]]

    @classmethod
    def of(cls, state: State) -> Kept:
        pages = service_client(state).get_paginator("list_object_versions").paginate(Bucket="soket")
        found: dict[str, list[tuple[str, str, object]]] = {}
        for page in pages:
            for each in page.get("Versions", ()):
                if not each["Key"].startswith((".health/", "register/")):
                    told = each["VersionId"], each["ETag"], each["LastModified"]
                    found.setdefault(each["Key"], []).append(told)
        return cls(found)


@pytest.fixture
def plan(monkeypatch: pytest.MonkeyPatch) -> Plan:
    monkeypatch.setattr("soket.intake.contents.ReaderPool", InlineReaders)
    monkeypatch.setattr("soket.intake.batch.Validator", PlainValidator)
    monkeypatch.setattr("soket.reading.programs.office", lambda: None)
    return make_plan()


@contextmanager
def store_of(state: State, plan: Plan) -> Iterator[Workspace]:
    """Run a stack's store alone, with a folder for two units; give the campaign on it."""
    campaign = plan.campaigns[0]
    keys = Keys(plan.id, campaign.code)
    spec = StackSpec(folders=tuple(Folder(unit, keys.inbox_folder(unit)) for unit in ("huyen_1", "huyen_2")))
    with running(spec, state, ("seaweedfs",)):
        yield Workspace(plan, campaign, S3Store(service_client(state), "soket"), WallClock())


def send(state: State, here: Workspace, unit: str, files: dict[str, bytes]) -> None:
    """Let a unit send files with its own key."""
    client = key_client(state, folder_credentials(state, unit))
    for name, data in files.items():
        client.put_object(Bucket="soket", Key=here.keys.inbox_folder(unit) + name, Body=data)


def turn(here: Workspace, sender: RecordingSender) -> str:
    """Take in what is there, answer it, and send what waits."""
    note = batch.process(here)
    collect.answer_units(here)
    deliver(here, sender)
    return note


@pytest.mark.integration
def test_an_empty_stack_goes_on_from_the_bucket_alone(plan: Plan, tmp_path: Path) -> None:
    old, new, copy, sender = State(tmp_path / "old"), State(tmp_path / "new"), tmp_path / "copy.tar", RecordingSender()
    with store_of(old, plan) as here:
        send(old, here, "huyen_1", WRONG)
        send(old, here, "huyen_2", GOOD)
        assert "1 tiếp nhận, 1 trả lại" in turn(here, sender)
        send(old, here, "huyen_2", {"bo-sung.docx": corpus.report()})  # came, and was not taken in yet
        at = StoppedClock.of(here.clock)
        before = read_register(replace(here, clock=at))
        kept, key = Kept.of(old), Credentials.load(old).folders["huyen_1"]
    sent = list(sender.raw)
    assert sent
    back_up(old, copy)
    shutil.rmtree(old.root)

    restore(copy, new, bucket_alone=True)
    with store_of(new, plan) as here:
        assert Kept.of(new) == kept  # with the moment at which each came
        assert read_register(replace(here, clock=at), use_snapshot=False) == before
        check(new, service_client(new), "soket")
        assert deliver(here, sender).sent == ()
        assert sender.raw == sent
        assert "Lập 1 biên nhận" in turn(here, sender)
        assert key is not None
        with pytest.raises(ClientError):
            key_client(new, key).list_objects_v2(Bucket="soket", Prefix=here.keys.inbox_folder("huyen_1"))
        send(new, here, "huyen_1", GOOD)
        assert "1 tiếp nhận" in turn(here, sender)
        assert read_register(here).units["huyen_1"].accepted == 2
