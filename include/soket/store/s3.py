"""The record in a real bucket, behind boto3."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from soket.store.store import MissingObjectError, Page, StoredObject, StoreFailedError

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_s3.type_defs import ListObjectsV2RequestTypeDef, ObjectIdentifierTypeDef


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
        token = ""
        while True:
            page = self.page(prefix, token=token)
            yield from page.objects
            if not (token := page.token):
                return

    def page(self, prefix: str, *, after: str = "", token: str = "") -> Page:
        """Return a page of a listing: from its beginning, from behind a folder on, or from where the last one ended."""
        asked: ListObjectsV2RequestTypeDef = {"Bucket": self.bucket, "Prefix": prefix}
        if token:
            asked["ContinuationToken"] = token
        elif after:
            asked["StartAfter"] = after
        with failures_told():
            answer = self.client.list_objects_v2(**asked)
            objects = tuple(
                StoredObject(
                    entry["Key"], entry["ETag"].strip('"'), entry["Size"], entry["LastModified"].astimezone(UTC)
                )
                for entry in answer.get("Contents", ())
            )
            return Page(objects, answer.get("NextContinuationToken", "") if answer["IsTruncated"] else "")

    def get(self, key: str) -> bytes:
        """Return an object's content."""
        with failures_told():
            try:
                answer = self.client.get_object(Bucket=self.bucket, Key=key)
            except self.client.exceptions.NoSuchKey:
                raise MissingObjectError(key) from None
            data = answer["Body"].read()
            # An answer that breaks off among its headers tells no length, and would pass for an empty object.
            if len(data) != answer.get("ContentLength"):
                raise ConnectionError(f"the answer for {key} breaks off")
            return data

    def put(self, key: str, data: bytes, content_type: str = "application/octet-stream") -> None:
        """Write an object, over whatever was there."""
        with failures_told():
            self.client.put_object(Bucket=self.bucket, Key=key, Body=data, ContentType=content_type)

    def replace(self, key: str, data: bytes, content_type: str = "application/json") -> None:
        """Write an object, and remove every earlier version of it."""
        self.put(key, data, content_type)
        pages = self.client.get_paginator("list_object_versions").paginate(Bucket=self.bucket, Prefix=key)
        with failures_told():
            newest = ""
            for page in pages:
                found = [each["VersionId"] for each in page.get("Versions", ()) if each["Key"] == key]
                # The first listed is the newest, and stays; not what is called the latest: a server that notes the
                # latest before it lists calls so what another has replaced meanwhile, and of several who write at
                # once each would remove the other's. Nobody removes a version without having seen a newer one.
                newest = newest or next(iter(found), "")
                if old := [version for version in found if version != newest]:
                    self._remove([{"Key": key, "VersionId": version} for version in old])

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
