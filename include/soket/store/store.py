"""The record: objects in a bucket, most of them written once.

`Store` is what the domain asks for. `S3Store` is the real one; `MemoryStore` behaves the same for simulations, offline
checks and unit tests.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_s3.type_defs import ObjectIdentifierTypeDef


class MissingObjectError(LookupError):
    """No object has this key (or not in the version asked for)."""


class StoreFailedError(RuntimeError):
    """The bucket did not do what it was asked: it is down or refuses. Its cause is the client's own error."""


@dataclass(frozen=True)
class StoredObject:
    """What a LIST tells of one object; `last_modified` is real time, UTC."""

    key: str
    etag: str
    size: int
    last_modified: datetime


class Store(Protocol):
    """A bucket, as the domain sees it. Whatever it is asked, it may raise StoreFailedError."""

    def now(self) -> datetime:
        """Return the moment by the clock that stamps what is written: real time, UTC, to the second."""
        ...

    def list(self, prefix: str) -> Iterator[StoredObject]:
        """Yield every object under a prefix, by key; one request a thousand objects."""
        ...

    def get(self, key: str) -> bytes:
        """Return an object's content; raise MissingObjectError where there is none."""
        ...

    def put(self, key: str, data: bytes, content_type: str = "application/octet-stream") -> None:
        """Write an object, over whatever was there."""
        ...

    def replace(self, key: str, data: bytes, content_type: str = "application/json") -> None:
        """Write an object, and keep nothing of whatever was there: for what is derived and written again and again."""
        ...

    def create(self, key: str, data: bytes, content_type: str = "application/json") -> bool:
        """Write an object only where there is none; return whether this call wrote it."""
        ...

    def take_back(self, key: str, etag: str) -> None:
        """Remove what an object holds, if it still is this; what it held before comes back where versions are kept."""
        ...

    def copy(self, source: str, target: str, etag: str) -> None:
        """Copy one version of an object inside the bucket; raise MissingObjectError if it is no longer that version."""
        ...


class S3Store:
    """A bucket behind boto3."""

    def __init__(self, client: S3Client, bucket: str) -> None:
        self.client = client
        self.bucket = bucket

    def now(self) -> datetime:
        """Return the moment by the server's clock."""
        with failures_told():
            answer = self.client.head_bucket(Bucket=self.bucket)
        return parsedate_to_datetime(answer["ResponseMetadata"]["HTTPHeaders"]["date"]).astimezone(UTC)

    def list(self, prefix: str) -> Iterator[StoredObject]:
        """Yield every object under a prefix, by key."""
        pages = self.client.get_paginator("list_objects_v2").paginate(Bucket=self.bucket, Prefix=prefix)
        with failures_told():
            for page in pages:
                for entry in page.get("Contents", ()):
                    yield StoredObject(
                        entry["Key"], entry["ETag"].strip('"'), entry["Size"], entry["LastModified"].astimezone(UTC)
                    )

    def get(self, key: str) -> bytes:
        """Return an object's content."""
        with failures_told():
            try:
                return self.client.get_object(Bucket=self.bucket, Key=key)["Body"].read()
            except self.client.exceptions.NoSuchKey:
                raise MissingObjectError(key) from None

    def put(self, key: str, data: bytes, content_type: str = "application/octet-stream") -> None:
        """Write an object, over whatever was there."""
        with failures_told():
            self.client.put_object(Bucket=self.bucket, Key=key, Body=data, ContentType=content_type)

    def replace(self, key: str, data: bytes, content_type: str = "application/json") -> None:
        """Write an object, and remove every earlier version of it."""
        self.put(key, data, content_type)
        pages = self.client.get_paginator("list_object_versions").paginate(Bucket=self.bucket, Prefix=key)
        with failures_told():
            for page in pages:
                # Never the latest, whoever wrote it: of several who write at once, one version stays.
                old: list[ObjectIdentifierTypeDef] = [
                    {"Key": key, "VersionId": each["VersionId"]}
                    for each in page.get("Versions", ())
                    if each["Key"] == key and not each["IsLatest"]
                ]
                if old:
                    self._remove(old)

    def _remove(self, versions: Sequence[ObjectIdentifierTypeDef]) -> None:
        answer = self.client.delete_objects(Bucket=self.bucket, Delete={"Objects": versions, "Quiet": True})
        if errors := answer.get("Errors"):
            raise PermissionError(f"{errors[0].get('Key')}: {errors[0].get('Code')} {errors[0].get('Message')}")

    def create(self, key: str, data: bytes, content_type: str = "application/json") -> bool:
        """Write an object only where there is none; return whether this call wrote it."""
        with failures_told():
            try:
                self.client.put_object(
                    Bucket=self.bucket, Key=key, Body=data, ContentType=content_type, IfNoneMatch="*"
                )
            except self.client.exceptions.ClientError as error:
                if _status(error) in (409, 412):
                    return False
                raise
            return True

    def take_back(self, key: str, etag: str) -> None:
        """Remove the version that an object stands at, if it still is this one."""
        with failures_told():
            try:
                found = self.client.head_object(Bucket=self.bucket, Key=key)
            except self.client.exceptions.ClientError as error:
                if _status(error) != 404:
                    raise
                self.client.delete_object(Bucket=self.bucket, Key=key)  # listed, and not to be had
                return
            if found["ETag"].strip('"') == etag:
                self.client.delete_object(Bucket=self.bucket, Key=key, VersionId=found.get("VersionId", "null"))

    def copy(self, source: str, target: str, etag: str) -> None:
        """Copy one version of an object inside the bucket."""
        with failures_told():
            try:
                self.client.copy_object(
                    Bucket=self.bucket,
                    Key=target,
                    CopySource={"Bucket": self.bucket, "Key": source},
                    CopySourceIfMatch=etag,
                )
            except self.client.exceptions.ClientError as error:
                if _status(error) in (404, 412):
                    raise MissingObjectError(source) from None
                raise


@contextmanager
def failures_told() -> Iterator[None]:
    """Raise what boto3 and those below it raise as a failure of the bucket."""
    try:
        yield
    except MissingObjectError:
        raise
    except Exception as error:
        raise StoreFailedError(f"{type(error).__name__}: {error}") from error


def _status(error: Exception) -> int | None:
    response: dict[str, dict[str, int]] = getattr(error, "response", {})
    return response.get("ResponseMetadata", {}).get("HTTPStatusCode")


@dataclass
class MemoryStore:
    """A bucket in this process's memory; `clock` stamps what is written (real time)."""

    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    objects: dict[str, tuple[bytes, datetime]] = field(default_factory=dict)

    def now(self) -> datetime:
        """Return the moment by the clock that stamps what is written."""
        return self.clock()

    def list(self, prefix: str) -> Iterator[StoredObject]:
        """Yield every object under a prefix, by key."""
        for key in sorted(self.objects):
            if key.startswith(prefix):
                data, moment = self.objects[key]
                yield StoredObject(key, _etag(data), len(data), moment)

    def get(self, key: str) -> bytes:
        """Return an object's content."""
        try:
            return self.objects[key][0]
        except KeyError:
            raise MissingObjectError(key) from None

    def put(self, key: str, data: bytes, content_type: str = "application/octet-stream") -> None:  # noqa: ARG002 - as Store
        """Write an object, over whatever was there."""
        self.objects[key] = (data, self.clock())

    def replace(self, key: str, data: bytes, content_type: str = "application/json") -> None:
        """Write an object; nothing here keeps what was."""
        self.put(key, data, content_type)

    def create(self, key: str, data: bytes, content_type: str = "application/json") -> bool:
        """Write an object only where there is none; return whether this call wrote it."""
        if key in self.objects:
            return False
        self.put(key, data, content_type)
        return True

    def take_back(self, key: str, etag: str) -> None:
        """Remove an object, if it still is this; nothing here keeps what was before."""
        if key in self.objects and _etag(self.objects[key][0]) == etag:
            del self.objects[key]

    def copy(self, source: str, target: str, etag: str) -> None:
        """Copy one version of an object."""
        data = self.get(source)
        if _etag(data) != etag:
            raise MissingObjectError(source)
        self.put(target, data)


def _etag(data: bytes) -> str:
    # S3's ETag of a plain PUT is the MD5 of its content; no secret rests on it.
    return hashlib.md5(data, usedforsecurity=False).hexdigest()
