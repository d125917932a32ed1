"""What a bucket holds in all, old versions too: what nobody sees in a listing still fills the disk."""

from __future__ import annotations

from dataclasses import dataclass

from soket.store.store import S3Store


@dataclass(frozen=True)
class Usage:
    """How much there is."""

    objects: int
    old_versions: int  # and marks of what was deleted
    size: int  # bytes, of all versions


def usage_of(store: S3Store, prefix: str = "") -> Usage:
    """Return what lies under a prefix; one request a thousand versions."""
    objects = old = size = 0
    pages = store.client.get_paginator("list_object_versions").paginate(Bucket=store.bucket, Prefix=prefix)
    for page in pages:
        versions = page.get("Versions", ())
        current = sum(version["IsLatest"] for version in versions)
        objects += current
        old += len(versions) - current + len(page.get("DeleteMarkers", ()))
        size += sum(version["Size"] for version in versions)
    return Usage(objects, old, size)
