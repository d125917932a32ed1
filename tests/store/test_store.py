"""One contract for every store: on memory always, on the real S3 server as an integration test."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import md5
from typing import Any
from uuid import uuid4

import boto3
import pytest
from botocore.config import Config
from botocore.stub import Stubber

from ordeal.between import Between, Mischief
from soket.stack.airflow import environment
from soket.stack.credentials import Credentials, folder_credentials
from soket.stack.doctor import Usage, usage_of
from soket.stack.state import State
from soket.store.connect import NoStoreError, StoreSettings, open_store, s3_client
from soket.store.holding import hold
from soket.store.keys import Keys
from soket.store.s3 import S3Store
from soket.store.store import MemoryStore, MissingObjectError, Store, StoreFailedError


def _settings(state: State) -> StoreSettings:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AIRFLOW_CONN_SOKET_STORE", environment(state)["AIRFLOW_CONN_SOKET_STORE"])
        return StoreSettings.from_environment()


def _s3(state: State, access: tuple[str, str] | None = None) -> S3Store:
    service = _settings(state)
    keys = access or (service.access_key, service.secret_key)
    return open_store(StoreSettings(service.endpoint_url, *keys, service.bucket, service.region))


def _admin_keys(state: State) -> tuple[str, str]:
    keys = Credentials.load(state).admin
    return keys.access_key, keys.secret


@pytest.fixture(params=["memory", pytest.param("s3", marks=pytest.mark.integration)])
def store(request: pytest.FixtureRequest) -> Store:
    return MemoryStore() if request.param == "memory" else _s3(request.getfixturevalue("servers"))


@pytest.fixture
def prefix() -> str:
    return f"test/{uuid4()}/"


def test_what_is_put_is_got_and_listed(store: Store, prefix: str) -> None:
    before = datetime.now(UTC) - timedelta(seconds=2)
    store.put(prefix + "b", b"two", "text/plain")
    store.put(prefix + "a", b"one")
    assert store.get(prefix + "a") == b"one"
    listed = list(store.list(prefix))
    assert [(found.key, found.size) for found in listed] == [(prefix + "a", 3), (prefix + "b", 3)]
    assert listed[0].etag == md5(b"one", usedforsecurity=False).hexdigest()
    assert before <= listed[0].last_modified <= datetime.now(UTC) + timedelta(seconds=2)
    assert listed[0].last_modified.tzinfo is UTC


def test_its_clock_is_the_one_that_stamps_what_is_written(store: Store, prefix: str) -> None:
    before = store.now()
    store.put(prefix + "a", b"")
    (found,) = store.list(prefix)
    assert before.tzinfo is UTC
    assert before - timedelta(seconds=1) <= found.last_modified <= store.now() + timedelta(seconds=1)


def test_a_list_is_by_prefix_alone(store: Store, prefix: str) -> None:
    for name in ("unit/1", "unit_b/1", "unit/deep/er", "other"):
        store.put(prefix + name, b"")
    assert [found.key.removeprefix(prefix) for found in store.list(prefix + "unit/")] == ["unit/1", "unit/deep/er"]
    assert list(store.list(prefix + "nothing/")) == []


def test_a_list_goes_on_after_a_thousand(store: Store, prefix: str) -> None:
    with ThreadPoolExecutor(16) as pool:
        list(pool.map(lambda number: store.put(f"{prefix}{number:04}", b"x"), range(1005)))
    assert [found.key for found in store.list(prefix)] == [f"{prefix}{number:04}" for number in range(1005)]


def test_vietnamese_names_come_back_as_they_were(store: Store, prefix: str) -> None:
    key = prefix + "Báo cáo sơ kết (Đức Thọ) + 1%.docx"
    store.put(key, b"x")
    assert [found.key for found in store.list(prefix)] == [key]
    assert store.get(key) == b"x"


def test_putting_again_replaces(store: Store, prefix: str) -> None:
    store.put(prefix + "a", b"one")
    store.put(prefix + "a", b"two")
    assert store.get(prefix + "a") == b"two"
    store.replace(prefix + "a", b"three")
    assert store.get(prefix + "a") == b"three"
    assert len(list(store.list(prefix))) == 1


@pytest.mark.integration
def test_what_is_held_cannot_be_removed_and_the_rest_can(servers: State, prefix: str) -> None:
    store = _s3(servers)
    store.put(prefix + "kept", b"one")
    store.put(prefix + "free", b"one")
    assert hold(store, [prefix + "kept"])
    for _ in range(2):  # held twice is held
        assert hold(store, [prefix + "kept"])
    store.put(prefix + "kept", b"two")
    versions = store.client.list_object_versions(Bucket=store.bucket, Prefix=prefix)["Versions"]
    (first,) = [each for each in versions if each["Key"] == prefix + "kept" and not each["IsLatest"]]
    with pytest.raises(store.client.exceptions.ClientError, match="AccessDenied"):
        store.client.delete_object(Bucket=store.bucket, Key=prefix + "kept", VersionId=first["VersionId"])
    held = store.client.get_object(Bucket=store.bucket, Key=prefix + "kept", VersionId=first["VersionId"])
    assert held["Body"].read() == b"one"
    store.replace(prefix + "free", b"two")
    free = store.client.list_object_versions(Bucket=store.bucket, Prefix=prefix + "free")["Versions"]
    assert len(free) == 1


@pytest.mark.integration
def test_a_bucket_without_a_lock_says_so_and_holds_nothing(servers: State, prefix: str) -> None:
    store = _s3(servers)
    unlocked = f"unlocked-{uuid4().hex[:8]}"
    admin = _s3(servers, _admin_keys(servers)).client
    admin.create_bucket(Bucket=unlocked)
    other = S3Store(admin, unlocked)
    other.put(prefix + "a", b"one")
    assert not hold(other, [prefix + "a"])
    assert not hold(S3Store(store.client, unlocked), [prefix + "a"]), "an account that may not ask"
    assert not hold(MemoryStore(), [prefix + "a"])
    admin.delete_object(Bucket=unlocked, Key=prefix + "a")
    admin.delete_bucket(Bucket=unlocked)


@pytest.mark.integration
def test_of_what_is_replaced_nothing_earlier_is_kept(servers: State, prefix: str) -> None:
    store, key = _s3(servers), prefix + "derived.json"
    neighbour = prefix + "derived.json.too"
    for number in range(3):
        store.put(neighbour, b"%d" % number)
        store.put(key, b"before there was a way to replace %d" % number)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: store.replace(key, b"%02d" % number), range(24)))
    assert usage_of(store, key + ".too").old_versions == 2
    assert usage_of(store, key) == Usage(objects=2, old_versions=2, size=2 + 3)
    store.replace(key, b"last")
    assert store.get(key) == b"last"
    assert [found.key for found in store.list(prefix)] == [key, neighbour]


def test_what_is_newer_is_not_removed_though_the_server_still_calls_another_the_latest() -> None:
    client = boto3.client("s3", region_name="r", aws_access_key_id="k", aws_secret_access_key="s")
    listed = [
        {"Key": "a.json", "VersionId": "newer", "IsLatest": False},  # written while the server was listing
        {"Key": "a.json", "VersionId": "own", "IsLatest": True},
        {"Key": "a.json", "VersionId": "old", "IsLatest": False},
        {"Key": "a.json.too", "VersionId": "other", "IsLatest": False},
    ]
    with Stubber(client) as server:
        server.add_response("put_object", {})
        server.add_response("list_object_versions", {"Versions": listed, "IsTruncated": False})
        removed = {"Objects": [{"Key": "a.json", "VersionId": each} for each in ("own", "old")], "Quiet": True}
        server.add_response("delete_objects", {}, {"Bucket": "b", "Delete": removed})
        S3Store(client, "b").replace("a.json", b"own")
        server.assert_no_pending_responses()


def test_what_was_taken_back_is_gone_and_nothing_else(store: Store, prefix: str) -> None:
    store.put(prefix + "record", b"spoilt")
    (spoilt,) = store.list(prefix)
    store.take_back(prefix + "record", "0" * 32)
    assert store.get(prefix + "record") == b"spoilt"
    store.take_back(prefix + "record", spoilt.etag)
    assert list(store.list(prefix)) == []
    assert store.create(prefix + "record", b"anew")
    store.take_back(prefix + "record", spoilt.etag)
    store.take_back(prefix + "nothing", spoilt.etag)
    assert store.get(prefix + "record") == b"anew"


@pytest.mark.integration
def test_of_what_was_written_over_the_first_comes_back(servers: State, prefix: str) -> None:
    store, key = _s3(servers), prefix + "record"
    assert store.create(key, b"as it was")
    store.put(key, b"spoilt")
    (spoilt,) = store.list(key)
    store.take_back(key, spoilt.etag)
    assert store.get(key) == b"as it was"
    assert usage_of(store, key) == Usage(objects=1, old_versions=0, size=9)


def test_a_record_is_written_once(store: Store, prefix: str) -> None:
    assert store.create(prefix + "record", b"first") is True
    assert store.create(prefix + "record", b"second") is False
    assert store.get(prefix + "record") == b"first"


@pytest.mark.integration
def test_of_many_who_write_a_record_at_once_one_wins(servers: State, prefix: str) -> None:
    store = _s3(servers)
    with ThreadPoolExecutor(16) as pool:
        won = list(pool.map(lambda number: store.create(prefix + "record", b"%d" % number), range(32)))
    assert won.count(True) == 1
    assert store.get(prefix + "record") == b"%d" % won.index(True)


def test_what_is_not_there_is_missing(store: Store, prefix: str) -> None:
    with pytest.raises(MissingObjectError):
        store.get(prefix + "nothing")
    with pytest.raises(MissingObjectError):
        store.copy(prefix + "nothing", prefix + "copy", "0" * 32)


def test_a_copy_is_of_the_version_asked_for(store: Store, prefix: str) -> None:
    store.put(prefix + "inbox", b"first")
    (first,) = store.list(prefix)
    store.copy(first.key, prefix + "kept/1", first.etag)
    assert store.get(prefix + "kept/1") == b"first"

    store.put(prefix + "inbox", b"second")
    with pytest.raises(MissingObjectError):
        store.copy(first.key, prefix + "kept/2", first.etag)
    assert [found.key for found in store.list(prefix + "kept/")] == [prefix + "kept/1"]


@pytest.mark.integration
def test_an_answer_that_breaks_off_anywhere_is_a_failure_and_never_a_shorter_object(
    servers: State, prefix: str
) -> None:
    direct, between = _s3(servers), Between(servers.ports["s3"], Mischief.CUTS)
    direct.put(prefix + "a", b"content")
    settings = replace(_settings(servers), endpoint_url=f"http://127.0.0.1:{between.port}")
    through = S3Store(s3_client(settings, retries={"total_max_attempts": 1}), direct.bucket)
    outcomes = set()
    for cut_after in range(1, 400, 7):
        between.cut_after = cut_after
        try:
            outcomes.add(through.get(prefix + "a"))
            found = [each.key for each in through.list(prefix)]
        except StoreFailedError:
            outcomes.add(b"failed")
        else:
            assert found == [prefix + "a"]
    between.does, between.cut_after = Mischief.NONE, 0
    assert through.get(prefix + "a") == b"content"
    between.close()
    assert outcomes <= {b"failed", b"content"}
    assert b"failed" in outcomes


def test_whatever_a_bucket_does_not_do_is_told_as_one_failure() -> None:
    client = boto3.client(
        "s3",
        endpoint_url="http://127.0.0.1:9",
        region_name="x",
        aws_access_key_id="x",
        aws_secret_access_key="x",
        config=Config(retries={"total_max_attempts": 1}),
    )
    bucket = S3Store(client, "bucket")
    asked: list[Callable[[], object]] = [
        bucket.now,
        lambda: list(bucket.list("")),
        lambda: bucket.get("a"),
        lambda: bucket.put("a", b""),
        lambda: bucket.replace("a", b""),
        lambda: bucket.take_back("a", ""),
        lambda: bucket.create("a", b""),
        lambda: bucket.copy("a", "b", "c"),
    ]
    for ask in asked:
        with pytest.raises(StoreFailedError) as caught:
            ask()
        assert caught.value.__cause__ is not None


@pytest.mark.integration
def test_a_unit_reaches_its_own_folder_alone(servers: State) -> None:
    keys = Keys("plan", "2021")
    own, others = keys.inbox_folder("unit_a"), keys.inbox_folder("unit_b")
    unit = _s3(servers, folder_credentials(servers, "unit_a"))
    unit.put(own + "bao-cao.docx", b"x")
    assert _s3(servers).get(own + "bao-cao.docx") == b"x"
    attempts: list[Callable[[], Any]] = [
        lambda: unit.put(others + "bao-cao.docx", b"x"),
        lambda: unit.get(others + "bao-cao.docx"),
        lambda: unit.put(keys.receipt("unit_a", 1), b"x"),
        lambda: list(unit.list(others)),
        lambda: list(unit.list(keys.inbox)),
        lambda: list(unit.list("")),
    ]
    for attempt in attempts:
        with pytest.raises(StoreFailedError, match=r"AccessDenied|Forbidden"):
            attempt()


def test_without_a_stack_the_reader_is_told_what_to_do() -> None:
    with pytest.raises(NoStoreError, match="soket up"):
        StoreSettings.from_environment()


@pytest.mark.parametrize(
    ("login", "password", "extra"), [(None, "x", {"bucket": "b"}), ("x", None, {"bucket": "b"}), ("x", "x", {})]
)
def test_a_connection_that_lacks_something_says_so(login: str, password: str, extra: dict[str, str]) -> None:
    with pytest.raises(NoStoreError, match="soket_store"):
        StoreSettings.of(login, password, extra)
