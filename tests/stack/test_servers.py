"""The real S3, PostgreSQL and mail servers: what each identity may do, and what survives a kill -9."""

from __future__ import annotations

import imaplib
import os
import signal
import smtplib
import ssl
import stat
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from email.message import EmailMessage
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import psutil
import pytest
from botocore.exceptions import ClientError

from soket.record.seal import read_seal
from soket.stack import process
from soket.stack.credentials import IDENTITIES, Credentials, KeyPair, folder_credentials
from soket.stack.launch import SERVERS, running
from soket.stack.mail import USER
from soket.stack.ports import HOST
from soket.stack.postgres import connect
from soket.stack.seaweedfs import endpoint, key_client, service_client
from soket.stack.spec import Folder, StackSpec
from soket.stack.state import State
from soket.stack.status import Phase
from soket.store.keys import MAIL_SEAL
from soket.store.s3 import S3Store

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

pytestmark = pytest.mark.integration

BUCKET = "soket"
OWN, NEIGHBOUR = "inbox/plan/2021/unit_a/", "inbox/plan/2021/unit_b/"


def refusal(call: Callable[..., object], **arguments: object) -> int | None:
    """Return the HTTP status with which a request is refused, or None."""
    try:
        call(Bucket=BUCKET, **arguments)
    except ClientError as error:
        code: int = error.response["ResponseMetadata"]["HTTPStatusCode"]
        return code
    return None


def folder_client(state: State, name: str) -> S3Client:
    """Return a client with the rights of one folder's holder."""
    return key_client(state, folder_credentials(state, name))


def test_a_unit_writes_and_reads_its_own_folder(servers: State) -> None:
    unit = folder_client(servers, "unit_a")
    key = OWN + "Báo cáo số 12 (bổ sung).docx"
    unit.put_object(Bucket=BUCKET, Key=key, Body=b"text")
    assert unit.get_object(Bucket=BUCKET, Key=key)["Body"].read() == b"text"


@pytest.mark.parametrize("key", [NEIGHBOUR + "x", OWN.rstrip("/") + "_too/x", "receipts/x", "x", OWN + "../unit_b/x"])
def test_a_unit_reaches_nothing_else(servers: State, key: str) -> None:
    unit = folder_client(servers, "unit_a")
    assert refusal(unit.put_object, Key=key, Body=b"") in (400, 403)
    assert refusal(unit.get_object, Key=key) in (400, 403)
    assert refusal(unit.delete_object, Key=key) in (400, 403)


def test_a_unit_lists_its_own_folder_as_s3_programs_do(servers: State) -> None:
    service_client(servers).put_object(Bucket=BUCKET, Key=NEIGHBOUR + "theirs", Body=b"")
    unit = folder_client(servers, "unit_a")
    unit.put_object(Bucket=BUCKET, Key=OWN + "listed/báo cáo.docx", Body=b"text")
    assert unit.list_buckets()["Buckets"] == []
    assert refusal(unit.get_bucket_location) is None
    flat = unit.list_objects_v2(Bucket=BUCKET, Prefix=OWN)
    assert OWN + "listed/báo cáo.docx" in [entry["Key"] for entry in flat["Contents"]]
    by_folder = unit.list_objects_v2(Bucket=BUCKET, Prefix=OWN, Delimiter="/")
    assert {"Prefix": OWN + "listed/"} in by_folder["CommonPrefixes"]
    assert unit.list_objects(Bucket=BUCKET, Prefix=OWN, Delimiter="/")["CommonPrefixes"] == by_folder["CommonPrefixes"]
    assert refusal(unit.head_object, Key=OWN + "listed/báo cáo.docx") is None
    upload = unit.create_multipart_upload(Bucket=BUCKET, Key=OWN + "large")["UploadId"]
    part = unit.upload_part(Bucket=BUCKET, Key=OWN + "large", UploadId=upload, PartNumber=1, Body=b"part")["ETag"]
    assert refusal(unit.list_parts, Key=OWN + "large", UploadId=upload) is None
    parts = {"Parts": [{"PartNumber": 1, "ETag": part}]}
    unit.complete_multipart_upload(Bucket=BUCKET, Key=OWN + "large", UploadId=upload, MultipartUpload=parts)
    assert refusal(unit.delete_object, Key=OWN + "large") is None


@pytest.mark.parametrize(
    "prefix",
    ["", "/", "inbox", "inbox/", OWN[:-1], OWN.rstrip("/") + "_too/", NEIGHBOUR, "receipts/", "*"],
)
@pytest.mark.parametrize("delimiter", ["", "/"])
def test_a_unit_sees_no_name_outside_its_folder(servers: State, prefix: str, delimiter: str) -> None:
    service_client(servers).put_object(Bucket=BUCKET, Key=NEIGHBOUR + "theirs", Body=b"")
    unit = folder_client(servers, "unit_a")
    for listing in (unit.list_objects_v2, unit.list_objects, unit.list_object_versions, unit.list_multipart_uploads):
        assert refusal(listing, Prefix=prefix, Delimiter=delimiter) == 403


def test_a_prefix_that_only_begins_like_its_own_folder_holds_nothing(servers: State) -> None:
    service_client(servers).put_object(Bucket=BUCKET, Key=NEIGHBOUR + "theirs", Body=b"")
    unit = folder_client(servers, "unit_a")
    for delimiter in ("", "/"):
        found = unit.list_objects_v2(Bucket=BUCKET, Prefix=OWN + "../unit_b/", Delimiter=delimiter)
        assert not {"Contents", "CommonPrefixes"} & found.keys()


def test_a_unit_manages_nothing_and_destroys_no_version(servers: State) -> None:
    unit = folder_client(servers, "unit_a")
    assert refusal(unit.list_objects_v2) == 403
    assert refusal(unit.list_object_versions, Prefix=OWN) == 403
    assert refusal(unit.delete_bucket) == 403
    assert refusal(unit.put_bucket_versioning, VersioningConfiguration={"Status": "Suspended"}) == 403
    key = OWN + "kept"
    version = unit.put_object(Bucket=BUCKET, Key=key, Body=b"1")["VersionId"]
    assert refusal(unit.delete_object, Key=key, VersionId=version) == 403
    unit.delete_objects(Bucket=BUCKET, Delete={"Objects": [{"Key": key, "VersionId": version}]})
    assert refusal(unit.delete_object, Key=key) is None
    assert service_client(servers).get_object(Bucket=BUCKET, Key=key, VersionId=version)["Body"].read() == b"1"


def test_a_unit_copies_nothing_out_of_other_folders(servers: State) -> None:
    service_client(servers).put_object(Bucket=BUCKET, Key=NEIGHBOUR + "secret", Body=b"secret")
    unit = folder_client(servers, "unit_a")
    source = {"Bucket": BUCKET, "Key": NEIGHBOUR + "secret"}
    assert refusal(unit.copy_object, Key=OWN + "stolen", CopySource=source) == 403
    upload = unit.create_multipart_upload(Bucket=BUCKET, Key=OWN + "stolen")["UploadId"]
    part = {"Key": OWN + "stolen", "UploadId": upload, "PartNumber": 1}
    assert refusal(unit.upload_part_copy, CopySource=source, **part) == 403
    assert refusal(unit.upload_part, Body=b"x", **(part | {"Key": NEIGHBOUR + "stolen"})) == 403
    unit.abort_multipart_upload(Bucket=BUCKET, Key=OWN + "stolen", UploadId=upload)


@pytest.mark.parametrize("key", [NEIGHBOUR + "posted", "receipts/posted"])
def test_a_form_that_a_unit_has_signed_opens_no_other_folder(servers: State, key: str) -> None:
    form = folder_client(servers, "unit_a").generate_presigned_post(BUCKET, key)
    # The parameter by which listings are allowed must allow nothing else.
    for address in (form["url"], f"{form['url']}?prefix={OWN}"):
        assert httpx.post(address, data=form["fields"], files={"file": ("file", b"x")}).status_code == 403
    with pytest.raises(ClientError):
        service_client(servers).head_object(Bucket=BUCKET, Key=key)


@pytest.mark.parametrize(
    "name", [".versions/x", ".uploads/x", "a/.versions/x", "a/.uploads/b/x", "x.docx.versions/v_1"]
)
def test_nothing_vanishes_where_the_store_keeps_its_own_things(servers: State, name: str) -> None:
    unit = folder_client(servers, "unit_a")
    assert refusal(unit.put_object, Key=OWN + name, Body=b"1") == 403
    assert refusal(unit.create_multipart_upload, Key=OWN + name) == 403
    assert refusal(unit.put_object, Key=OWN + name.replace(".", "_"), Body=b"1") is None


OF_NOTHING = '"d41d8cd98f00b204e9800998ecf8427e"'  # the ETag of an empty object

# Names that a file system would make something of.
ODD = (
    "a//b",
    "./c",
    "d/../e",
    "f/.",
    "g\n.docx",
    "h\\i.docx",
    " ",
    "j ",
    "%00",
    "%2F",
    "*",
    "x" * 255,
    "y" * 256,
    "z/" * 200,
)


@pytest.mark.parametrize("name", [*ODD, "k.versions", ".uploads", "l/", "m//"])
def test_whatever_it_is_called_a_file_is_refused_or_listed(servers: State, name: str) -> None:
    unit = folder_client(servers, "unit_a")
    source = {"Bucket": BUCKET, "Key": OWN + "source"}
    unit.put_object(**source, Body=b"text")

    def in_parts(**target: str) -> None:
        upload = unit.create_multipart_upload(**target)["UploadId"]
        part = unit.upload_part(**target, UploadId=upload, PartNumber=1, Body=b"text")["ETag"]
        parts = {"Parts": [{"PartNumber": 1, "ETag": part}]}
        unit.complete_multipart_upload(**target, UploadId=upload, MultipartUpload=parts)

    ways: dict[str, Callable[..., object]] = {
        "whole": lambda **target: unit.put_object(**target, Body=b"text"),
        "copied": lambda **target: unit.copy_object(**target, CopySource=source),
        "parts": in_parts,
    }
    for way, send in ways.items():
        folder = f"{OWN}odd-{way}/"
        if refusal(send, Key=folder + name) is None:
            (found,) = unit.list_objects_v2(Bucket=BUCKET, Prefix=folder)["Contents"]
            # What is left of a file under a folder's name is not empty by its ETag, and told of.
            assert found["Size"] == 4 or (way == "whole" and found["ETag"] != OF_NOTHING)
            unit.delete_object(Bucket=BUCKET, Key=found["Key"])


def test_the_units_page_writes_what_units_bring_and_nothing_of_the_record(servers: State) -> None:
    client = key_client(servers, Credentials.load(servers).page)
    store, record = S3Store(client, BUCKET), S3Store(service_client(servers), BUCKET)
    brought = ("inbox/plan/2021/unit_a/x", "replies/plan/2021/x.json", "decisions/plan/2021/x.json")
    asked = "handovers/plan/2021/one-time/unit_a/2021110208-1/asked.json"
    for key in (*brought, asked, "refusals/plan/2021/x.json", "staging/plan/2021/unit_a/x"):
        assert store.create(key, b"first"), key
        assert not store.create(key, b"second"), key
        assert store.get(key) == b"first"
    assert read_seal(store) == read_seal(record)
    assert refusal(client.put_object, Key=MAIL_SEAL, Body=b"another") == 403
    (sent,) = store.list("staging/plan/2021/unit_a/")
    store.take_back(sent.key, sent.etag)
    assert not list(store.list("staging/plan/2021/unit_a/"))
    for content in (b"1", b"2"):
        store.replace("register/plan/2021.json", content)
    made_anew = client.list_object_versions(Bucket=BUCKET, Prefix="register/plan/2021.json")
    assert len(made_anew["Versions"]) == 1

    record_of = ("receipts/plan/2021/a/1.json", "reports/plan/2021/a/1/verdict.json", "notices/plan/2021/x/sent.json")
    for key in (*record_of, "stages/plan/2021/draft/1/x", "archive/plan/2021/x", "mail/switch/1", "plans/plan/x"):
        record.put(key, b"kept")
        assert client.get_object(Bucket=BUCKET, Key=key)["Body"].read() == b"kept"
        assert refusal(client.put_object, Key=key, Body=b"forged") == 403, key
        assert refusal(client.delete_object, Key=key) == 403, key
    for key in (*brought, MAIL_SEAL):
        version = client.head_object(Bucket=BUCKET, Key=key)["VersionId"]
        assert refusal(client.delete_object, Key=key) == 403, key
        assert refusal(client.delete_object, Key=key, VersionId=version) == 403, key
    assert refusal(client.put_bucket_versioning, VersioningConfiguration={"Status": "Suspended"}) == 403


def test_strangers_are_refused(servers: State) -> None:
    for keys in (KeyPair("SKNOBODY", "x" * 40), KeyPair(Credentials.load(servers).service.access_key, "x" * 40)):
        assert refusal(key_client(servers, keys).list_objects_v2) == 403


def test_an_object_is_created_once(servers: State) -> None:
    client = service_client(servers)
    key = f"once/{time.time_ns()}"

    def create(number: int) -> int | None:
        return refusal(client.put_object, Key=key, Body=str(number).encode(), IfNoneMatch="*")

    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(create, range(8)))
    assert sorted(outcomes, key=str) == [412] * 7 + [None]
    winner = outcomes.index(None)
    assert client.get_object(Bucket=BUCKET, Key=key)["Body"].read() == str(winner).encode()


def test_a_copy_is_of_the_version_that_was_seen(servers: State) -> None:
    client = service_client(servers)
    key = f"copy/{time.time_ns()}"
    seen = client.put_object(Bucket=BUCKET, Key=key, Body=b"1")["ETag"]
    source = {"Bucket": BUCKET, "Key": key}
    assert refusal(client.copy_object, Key=f"{key}.copy", CopySource=source, CopySourceIfMatch=seen) is None
    client.put_object(Bucket=BUCKET, Key=key, Body=b"2")
    assert refusal(client.copy_object, Key=f"{key}.late", CopySource=source, CopySourceIfMatch=seen) == 412


def test_the_bucket_keeps_versions_and_health_checks_leave_none(servers: State) -> None:
    client = service_client(servers)
    assert client.get_bucket_versioning(Bucket=BUCKET)["Status"] == "Enabled"
    left = client.list_object_versions(Bucket=BUCKET, Prefix=".health/")
    assert not left.get("Versions")
    assert not left.get("DeleteMarkers")


def test_a_mail_goes_in_by_smtp_and_comes_out_by_imap(servers: State) -> None:
    password = Credentials.load(servers).mail
    context = ssl.create_default_context(cafile=str(servers.root / "mail" / "certificate.pem"))
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "ban@example.org", "xa@example.org", f"Nhắc nộp {time.time_ns()}"
    mail.set_content("Kính gửi")
    with smtplib.SMTP(HOST, servers.ports["smtp"]) as smtp:
        with pytest.raises(smtplib.SMTPException):
            smtp.send_message(mail)
        smtp.starttls(context=context)
        with pytest.raises(smtplib.SMTPAuthenticationError):
            smtp.login(USER, "wrong")
        smtp.login(USER, password)
        smtp.send_message(mail)
    with imaplib.IMAP4(HOST, servers.ports["imap"]) as imap:
        imap.login(USER, password)
        imap.select()
        assert len(imap.search(None, "ALL")[1][0].split()) >= 1


def test_servers_listen_on_the_loopback_alone(servers: State) -> None:
    listening = [
        (p.name(), connection.laddr)
        for p in process.owned(servers.root)
        for connection in p.net_connections("tcp")
        if connection.status == psutil.CONN_LISTEN
    ]
    assert listening
    assert {address.ip for _, address in listening} == {HOST}


def test_no_secret_is_in_a_command_line_or_a_log(servers: State) -> None:
    credentials = Credentials.load(servers)
    pairs = [*map(credentials.of, IDENTITIES), *filter(None, credentials.folders.values())]
    secrets = [credentials.postgres, credentials.mail, credentials.jwt, *(pair.secret for pair in pairs)]
    lines = "\n".join(" ".join(p.cmdline()) for p in process.owned(servers.root))
    logs = "\n".join(path.read_text(errors="replace") for path in servers.logs.iterdir())
    assert lines
    assert not [secret for secret in secrets if secret in lines or secret in logs]
    private = (
        *("secrets.json", "s3.json", "spec.json", "state.json", "mail/key.pem"),
        *("seaweedfs-security/security.toml", "seaweedfs-security/key.pem"),
    )
    assert {stat.S_IMODE((servers.root / name).stat().st_mode) for name in private} == {0o600}


@pytest.fixture(scope="module")
def own_state(tmp_path_factory: pytest.TempPathFactory) -> State:
    return State.locate(tmp_path_factory.mktemp("own") / "state")


@pytest.mark.parametrize("name", SERVERS)
def test_a_killed_server_comes_back_with_its_data(own_state: State, name: str) -> None:
    spec = StackSpec(folders=(Folder("unit_a", OWN),))
    with running(spec, own_state, (name,)) as stack:
        if name == "seaweedfs":
            service_client(own_state).put_object(Bucket=BUCKET, Key="kept", Body=b"1")
        if name == "postgres":
            with connect(own_state) as connection:
                connection.execute("CREATE TABLE kept AS SELECT 1 AS one")
        entry = stack.status.component(name)
        old = entry.pid
        assert old is not None
        os.kill(old, signal.SIGKILL)
        deadline = time.monotonic() + 60
        while not (entry.phase == Phase.READY and entry.pid != old):
            assert time.monotonic() < deadline
            time.sleep(0.05)
        assert entry.restarts == 1
        if name == "seaweedfs":
            assert service_client(own_state).get_object(Bucket=BUCKET, Key="kept")["Body"].read() == b"1"
        if name == "postgres":
            with connect(own_state) as connection:
                assert connection.execute("SELECT one FROM kept").fetchone() == (1,)
    assert process.owned(own_state.root) == []
    assert not list(Path("/tmp").glob(f"seaweedfs-*{own_state.ports['filer']}.sock"))  # noqa: S108


def test_identities_are_those_of_the_last_start(own_state: State) -> None:
    with running(StackSpec(folders=(Folder("unit_a", OWN),)), own_state, ("seaweedfs",)):
        assert refusal(folder_client(own_state, "unit_a").put_object, Key=OWN + "x", Body=b"") is None
    other = StackSpec(folders=(Folder("unit_b", NEIGHBOUR),))
    with running(other, own_state, ("seaweedfs",)):
        assert endpoint(own_state)
        assert refusal(folder_client(own_state, "unit_b").put_object, Key=NEIGHBOUR + "x", Body=b"") is None
        # The one who is no longer named keeps the secret for a later day, but it opens nothing now.
        assert refusal(folder_client(own_state, "unit_a").put_object, Key=OWN + "x", Body=b"") == 403
