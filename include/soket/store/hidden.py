"""What a bucket keeps and no listing shows: uploads in parts that nobody finished, and versions written over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

from soket.store.s3 import S3Store, failures_told
from soket.store.store import Store


@dataclass(frozen=True)
class Upload:
    """An upload in parts that is not finished; what has come of it lies on the disk."""

    key: str
    id: str
    began: datetime  # real time, UTC


class Hidden(Protocol):
    """What a bucket keeps and no listing shows. Whatever it is asked, it may raise StoreFailedError."""

    def uploads(self, prefix: str) -> Iterator[Upload]:
        """Yield every unfinished upload under a prefix; one request a thousand of them."""
        ...

    def abort(self, upload: Upload) -> None:
        """Remove what has come of an upload; one that is finished or removed by now is left as it is."""
        ...

    def versions(self, prefix: str) -> Iterator[tuple[str, int]]:
        """Yield the key and size of every version under a prefix; one request a thousand versions."""
        ...


class S3Hidden:
    """What a bucket behind boto3 keeps."""

    def __init__(self, store: S3Store) -> None:
        self.client, self.bucket = store.client, store.bucket

    def uploads(self, prefix: str) -> Iterator[Upload]:
        """Yield every unfinished upload under a prefix."""
        pages = self.client.get_paginator("list_multipart_uploads").paginate(Bucket=self.bucket, Prefix=prefix)
        with failures_told():
            for page in pages:
                for each in page.get("Uploads", ()):
                    yield Upload(each["Key"], each["UploadId"], each["Initiated"].astimezone(UTC))

    def abort(self, upload: Upload) -> None:
        """Remove what has come of an upload."""
        with failures_told():
            try:
                self.client.abort_multipart_upload(Bucket=self.bucket, Key=upload.key, UploadId=upload.id)
            except self.client.exceptions.NoSuchUpload:
                return

    def versions(self, prefix: str) -> Iterator[tuple[str, int]]:
        """Yield the key and size of every version under a prefix."""
        pages = self.client.get_paginator("list_object_versions").paginate(Bucket=self.bucket, Prefix=prefix)
        with failures_told():
            for page in pages:
                for each in page.get("Versions", ()):
                    yield each["Key"], each["Size"]


class NothingHidden:
    """A bucket in memory keeps what its listing shows."""

    def uploads(self, prefix: str) -> Iterator[Upload]:  # noqa: ARG002 - as Hidden
        """Yield nothing."""
        return iter(())

    def abort(self, upload: Upload) -> None:
        """Remove nothing."""

    def versions(self, prefix: str) -> Iterator[tuple[str, int]]:  # noqa: ARG002 - as Hidden
        """Yield nothing."""
        return iter(())


def hidden_in(store: Store) -> Hidden:
    """Return what a store keeps beside its listing."""
    return S3Hidden(store) if isinstance(store, S3Store) else NothingHidden()
