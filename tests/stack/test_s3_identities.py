"""Each server's rights at the store: enough for its job, in a campaign that is played, and no more, on the real one."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from fnmatch import fnmatchcase
from functools import wraps
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from botocore.exceptions import ClientError

from intake.test_rules import frame_of
from intake.turns import InlineReaders, PlainValidator
from record.builders import drop
from soket.intake import arithmetic
from soket.intake.check_runs import UnaskedRun, keep_run, run_of
from soket.notices.delivery import deliver
from soket.notices.senders import RecordingSender
from soket.orchestration.builder import build_dags
from soket.orchestration.operation import Operation
from soket.orchestration.stages import intake
from soket.orchestration.stages import monitor as monitoring
from soket.record.seal import read_seal
from soket.stack.credentials import Credentials
from soket.stack.s3_identities import JOBS
from soket.stack.seaweedfs import key_client, service_client
from soket.stack.state import State
from soket.stages import collect, monitor
from soket.store.keys import MAIL_SEAL
from soket.store.store import MemoryStore, StoreFailedError
from stages.flow import Played, a_stage, by, make_plan


def may(job: str, right: str, key: str) -> bool:
    """Tell whether a job's patterns let it write or remove a key."""
    return any(fnmatchcase(key, pattern) for pattern in getattr(JOBS[job], right))


class Guard:
    """Refuses what the jobs of whoever is at work may not do; who is nobody's server does what it likes."""

    def __init__(self) -> None:
        self.jobs: frozenset[str] = frozenset()
        self.seen: set[tuple[str, str]] = set()  # which job did what

    @contextmanager
    def at_work(self, jobs: frozenset[str]) -> Iterator[None]:
        before, self.jobs = self.jobs, self.jobs or jobs
        try:
            yield
        finally:
            self.jobs = before

    def check(self, right: str, key: str) -> None:
        for job in self.jobs:
            self.seen.add((job, f"{right} {key.partition('/')[0]}"))
            if not may(job, right, key):
                raise StoreFailedError(f"{job} {right} {key}")


@pytest.fixture
def guard(monkeypatch: pytest.MonkeyPatch) -> Guard:
    """Let no write or removal go by that the job of the operation at work has no right to."""
    guard = Guard()

    def guarded(name: str, *rights: str) -> None:
        plain = getattr(MemoryStore, name)

        @wraps(plain)
        def call(store: MemoryStore, *told: Any, **more: Any) -> Any:
            key = told[1] if name == "copy" else told[0]
            for right in rights:
                guard.check(right, key)
            return plain(store, *told, **more)

        monkeypatch.setattr(MemoryStore, name, call)

    for name in ("put", "create", "copy"):
        guarded(name, "writes")
    guarded("replace", "writes", "removes")
    guarded("take_back", "removes")
    return guard


def put_to_work(guard: Guard, played: Played, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have each operation of a plan's DAGs work under the jobs of the queues that its steps wait in."""
    jobs: dict[Callable[..., Any], set[str]] = {}
    for dag in build_dags(played.plan):
        for task in dag.tasks:
            if isinstance(task, Operation):
                jobs.setdefault(task.operation, set()).add(task.queue)
            elif isinstance(task, intake.TakeIn):
                jobs.setdefault(intake.take_in, set()).add(task.queue)
    for operation, queues in jobs.items():

        def call(*told: Any, _operation: Any = operation, _jobs: frozenset[str] = frozenset(queues)) -> Any:
            with guard.at_work(_jobs):
                done = _operation(*told)
                return list(done) if isinstance(done, Iterator) else done

        monkeypatch.setattr(sys.modules[operation.__module__], operation.__name__, wraps(operation)(call))


def test_every_step_of_a_campaign_is_within_the_rights_of_its_job(
    guard: Guard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("soket.intake.contents.ReaderPool", InlineReaders)
    monkeypatch.setattr("soket.intake.batch.Validator", PlainValidator)
    monkeypatch.setattr("soket.intake.asking_again.Validator", PlainValidator)
    stages = [
        a_stage("thu", "collect", "tuyen_giao"),
        a_stage("soan", "draft", "tuyen_giao", after=["thu"]),
        a_stage("duyet", "appraise", after=["soan"], returns_to="soan"),
        a_stage("hop", "confer", after=["duyet"]),
        a_stage("bao_chi", "publish", "tuyen_giao", after=["hop"]),
    ]
    dates = {
        "thu": by("01", "04"),
        "soan": by("05", "09"),
        "duyet": by("10", "16"),
        "hop": by("20", "26"),
        "bao_chi": by("01", "30"),
    }
    played = Played(make_plan(tmp_path, stages, dates))
    played.returns["duyet"] = 1
    put_to_work(guard, played, monkeypatch)
    read_seal(played.desk.store)  # made with the bucket
    sender = RecordingSender()

    def day(at: str) -> None:
        played.run(at)
        intake.take_in(played.desk())
        collect.answer_units(played.desk())
        for wake in (monitoring.compose_mail, monitor.count_mail):
            wake(played.desk())
        for job in ("intake", "papers", "monitor"):  # whichever comes first sends, and sets apart what is spoilt
            spoilt = played.desk().keys.notice(f"receipt.{job}.n1", "intent.json")
            played.desk.store.put(spoilt, b"{")
            with guard.at_work(frozenset({job})):
                deliver(played.desk(), sender)
            assert spoilt not in played.desk.store.objects

    day("2021-11-01 08:00")
    played.desk("2021-11-02 09:00")
    drop(played.desk(), "h_mot")
    day("2021-11-02 10:00")
    played.report("2021-11-03 10:00")
    frame = frame_of(-1.0)
    found = arithmetic.outcomes(frame)
    run = run_of(played.desk.now, frame, found, by="arithmetic")
    assert run is not None
    with guard.at_work(frozenset({"intake"})):  # what it leaves where Great Expectations fails, the monitor asks about
        keep_run(played.desk(), UnaskedRun(run=run, frame=frame, found=found))
    for number in (3, 5, 9, 10, 16, 22, 26, 30):
        day(f"2021-11-{number:02} 17:00")
    day("2021-12-03 08:00")
    assert played.ends()[-1] == "bao_chi 1"
    assert {job for job, _ in guard.seen} == {"intake", "papers", "monitor"}
    assert ("papers", "writes archive") in guard.seen
    assert ("intake", "writes receipts") in guard.seen
    assert {("intake", "writes checks"), ("monitor", "writes checks"), ("monitor", "removes checks")} <= guard.seen


# One of each kind of thing that the bucket holds, in a place of its own each time.
KINDS = (
    "inbox/{0}/unit_a/bao-cao.docx",
    "staging/{0}/unit_a/x",
    "receipts/{0}/unit_a/1.json",
    "receipts/{0}/by-day/2021-11-02.json",
    "reports/{0}/unit_a/1/verdict.json",
    "reports/{0}/unit_a/1/parsed.json",
    "reports/{0}/unit_a/1/files/bao-cao.docx",
    "reports/{0}/unit_a/1/slip-review-1.docx",
    "replies/{0}/x.json",
    "decisions/{0}/extension-1.json",
    "decisions/{0}/plan_change-2-abc.json",
    "refusals/{0}/x.json",
    "stages/{0}/draft/1/records/done.json",
    "notices/{0}/request.unit_a/sent.json",
    "notices/{0}/digest.van_phong/bao-cao-tuan.docx",
    "plans/{0}/0001-abc.json",
    "checks/{0}/runs/x.json",
    "checks/{0}/unasked/x.json",
    "checks/{0}/parsed/x.json",
    "archive/{0}/manifest.json",
    "handovers/{0}/unit_a/x/sealed.json",
    "handovers/{0}/one-time/unit_a/2021110208-1/asked.json",
    "register/{0}.json",
    "mail/strays/{0}/x.json",
    "mail/switch/{0}",
    ".soket/witness-{0}",
    "anything/{0}",
)


def refused(call: Callable[..., object], **arguments: object) -> bool:
    """Tell whether the store forbids a call."""
    try:
        call(Bucket="soket", **arguments)
    except ClientError as error:
        if error.response["ResponseMetadata"]["HTTPStatusCode"] != 403:
            raise
        return True
    return False


@pytest.mark.integration
@pytest.mark.parametrize("job", JOBS)
def test_the_store_lets_each_do_its_job_and_nothing_else(servers: State, job: str) -> None:
    own, record = key_client(servers, Credentials.load(servers).of(job)), service_client(servers)
    place = f"p{uuid4().hex[:8]}/2021"
    for kind in KINDS:
        key = kind.format(place)
        assert refused(own.put_object, Key=key, Body=b"1", IfNoneMatch="*") is not may(job, "writes", key), key
        version = record.put_object(Bucket="soket", Key=key, Body=b"kept")["VersionId"]
        assert own.get_object(Bucket="soket", Key=key)["Body"].read() == b"kept"
        removes = may(job, "removes", key)
        assert refused(own.delete_object, Key=key, VersionId=version) is not removes, key
        assert refused(own.delete_object, Key=key) is not removes, key
        answer = own.delete_objects(Bucket="soket", Delete={"Objects": [{"Key": key, "VersionId": version}]})
        assert bool(answer.get("Errors")) is not removes, key
        if not removes:
            assert record.get_object(Bucket="soket", Key=key, VersionId=version)["Body"].read() == b"kept"
    assert list(own.list_objects_v2(Bucket="soket", Prefix=f"mail/switch/{place}")["Contents"])


@pytest.mark.integration
@pytest.mark.parametrize("job", JOBS)
def test_no_server_changes_how_the_store_keeps_the_record(servers: State, job: str) -> None:
    own = key_client(servers, Credentials.load(servers).of(job))
    assert refused(own.put_bucket_versioning, VersioningConfiguration={"Status": "Suspended"})
    unlocked = {"ObjectLockEnabled": "Enabled", "Rule": {"DefaultRetention": {"Mode": "GOVERNANCE", "Days": 1}}}
    assert refused(own.put_object_lock_configuration, ObjectLockConfiguration=unlocked)
    assert refused(own.put_bucket_policy, Policy="{}")
    assert refused(own.delete_bucket)
    with pytest.raises(ClientError):
        own.create_bucket(Bucket="another")
    assert refused(own.put_object, Key=MAIL_SEAL, Body=b"forged")
    assert len(own.get_object(Bucket="soket", Key=MAIL_SEAL)["Body"].read()) == 32
    key = f"inbox/p/2021/unit_a/{uuid4().hex}"
    service_client(servers).put_object(Bucket="soket", Key=key, Body=b"")
    assert refused(own.put_object_legal_hold, Key=key, LegalHold={"Status": "OFF"}) is (job != "papers")
    assert refused(own.get_object_lock_configuration) is (job != "papers")
    began = service_client(servers).create_multipart_upload(Bucket="soket", Key=key)["UploadId"]
    assert refused(own.list_multipart_uploads, Prefix=key) is (job != "monitor")
    clears = job in ("monitor", "page")  # the page's writing of the inbox is S3's right to give up a part of it
    assert refused(own.abort_multipart_upload, Key=key, UploadId=began) is not clears
