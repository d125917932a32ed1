"""The bucket: made once, every version of every object kept, with a witness in it that must be there ever after.

The bucket is the record. An empty one in its place would look like a campaign that has not begun, and every letter
would go out again: whoever finds the witness gone stops and asks people.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING
from uuid import uuid4

from soket.record.seal import read_seal
from soket.stack.component import HopelessError
from soket.stack.state import State
from soket.store.s3 import S3Store

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

WITNESS = ".soket/witness"
GONE = "hồ sơ đã ghi không còn: kho bị xóa hoặc bị thay"

_FILE = "witness.json"
_LOOKS = 3  # a second apart: much depends on it


class RecordGoneError(HopelessError):
    """Where a bucket was made there is none, or another."""

    def __init__(self) -> None:
        super().__init__(f"{GONE}. Không chạy tiếp, để không gửi lại mọi thư từ đầu.")


def ensure(state: State, admin: S3Client, bucket: str) -> None:
    """Make the bucket the first time; raise RecordGoneError where the one that was made is not there any more."""
    if _said(state) is None:
        if bucket not in {entry["Name"] for entry in admin.list_buckets()["Buckets"]}:
            admin.create_bucket(Bucket=bucket)
        state.write(_FILE, {"said": _swear_in(admin, bucket)})
    check(state, admin, bucket)
    read_seal(S3Store(admin, bucket))  # the bucket's own secret: no server may write it
    admin.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
    # Nothing is locked by that: what an archive names can be, once there is one.
    admin.put_object_lock_configuration(Bucket=bucket, ObjectLockConfiguration={"ObjectLockEnabled": "Enabled"})


def check(state: State, client: S3Client, bucket: str) -> None:
    """Raise RecordGoneError where the bucket that was made is not there, however often one looks."""
    for _ in range(_LOOKS):
        if is_whole(state, client, bucket):
            return
        time.sleep(1)
    raise RecordGoneError


def is_whole(state: State, client: S3Client, bucket: str) -> bool:
    """Tell whether the bucket is the one that was made; raises what the client raises where the store does not say."""
    from botocore.exceptions import ClientError

    said = _said(state)
    if said is None:
        return True
    try:
        found = client.get_object(Bucket=bucket, Key=WITNESS)["Body"].read()
    except ClientError as error:
        if error.response["Error"]["Code"] in ("NoSuchBucket", "NoSuchKey"):
            return False
        raise
    return found.decode(errors="replace") == said


def complaint(state: State, client: S3Client, bucket: str) -> str | None:
    """Return what is wrong with the record of a running store, for people; None where nothing is, or none runs."""
    from botocore.exceptions import BotoCoreError, ClientError, ConnectTimeoutError, EndpointConnectionError

    try:
        return None if is_whole(state, client, bucket) else GONE
    except (ConnectTimeoutError, EndpointConnectionError):
        return None
    except (BotoCoreError, ClientError) as error:
        return f"không đọc lại được hồ sơ đã ghi ({type(error).__name__}: {error})"


def advice(state: State) -> str:
    """Return what people must do about a record that is gone."""
    return (
        f"Gắn lại đĩa của {state.root / 'seaweedfs'}, hoặc `soket down`, `soket restore TỆP --state THƯ_MỤC_MỚI`. "
        "Chấp nhận mất hết, làm lại từ đầu: `soket up --reset`."
    )


def _swear_in(admin: S3Client, bucket: str) -> str:
    """Put a witness into the bucket, unless somebody did so a moment ago; return what it says."""
    from botocore.exceptions import ClientError

    try:
        admin.put_object(Bucket=bucket, Key=WITNESS, Body=str(uuid4()).encode(), IfNoneMatch="*")
    except ClientError as error:
        if error.response["Error"]["Code"] != "PreconditionFailed":
            raise
    return admin.get_object(Bucket=bucket, Key=WITNESS)["Body"].read().decode()


def _said(state: State) -> str | None:
    said: str | None = state.read(_FILE).get("said")
    return said
