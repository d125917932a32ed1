"""The archive's manifest: every object of a campaign with its SHA-256, so that anyone can check it later."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from soket.documents.letterhead import ATTACHMENT, by_order
from soket.documents.rendering import render
from soket.plan.model import Campaign, Plan, Stage
from soket.store.record import Record
from soket.store.store import Store
from soket.text import format_number

_PARTS = {
    "receipts": "Biên nhận",
    "reports": "Báo cáo, kết quả kiểm tra",
    "decisions": "Quyết định",
    "stages": "Sản phẩm các giai đoạn",
    "notices": "Sổ thư: thư đã gửi, thư rút lại, dấu vết từng lần gửi",
}


class ManifestFile(Record):
    """One object, as it was when the campaign closed."""

    key: str
    size: int
    sha256: str


class Manifest(Record):
    """Every object, by key."""

    files: tuple[ManifestFile, ...]


def manifest(store: Store, prefixes: Iterable[str]) -> Manifest:
    """Read every object under some prefixes and return their manifest."""
    keys = sorted({found.key for prefix in prefixes for found in store.list(prefix)})
    files = []
    for key in keys:
        data = store.get(key)
        files.append(ManifestFile(key=key, size=len(data), sha256=hashlib.sha256(data).hexdigest()))
    return Manifest(files=tuple(files))


def render_manifest(plan: Plan, campaign: Campaign, stage: Stage, entries: Manifest) -> bytes:
    """Return the manifest as a Word file, grouped by what the objects are."""
    groups = []
    number = 0
    for part, files in _by_part(entries).items():
        rows = []
        for file in files:
            number += 1
            rows.append(
                {
                    "number": number,
                    "key": file.key.split("/", 3)[-1],
                    "size": format_number(file.size),
                    "sha256": file.sha256,
                }
            )
        groups.append({"name": _PARTS.get(part, part), "count": len(rows), "rows": rows})
    return render(
        "archive_manifest",
        {
            "head": by_order(plan, stage.owner, ATTACHMENT, campaign.closes),
            "plan": plan,
            "campaign": campaign,
            "count": format_number(len(entries.files)),
            "size": format_number(sum(file.size for file in entries.files)),
            "groups": groups,
        },
    )


def _by_part(entries: Manifest) -> dict[str, list[ManifestFile]]:
    parts: dict[str, list[ManifestFile]] = {}
    for file in entries.files:
        parts.setdefault(file.key.partition("/")[0], []).append(file)
    return parts
