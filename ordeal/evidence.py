"""Gathers what the oracle looks at from a real bucket and a real mailbox."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from ordeal.found import Evidence, Kept, Window
from ordeal.sendings import Sending
from soket.notices.ledger import states
from soket.notices.notice import message_id
from soket.notices.timely import has_to_wait
from soket.record.keeping import read_register
from soket.record.seal import read_seal
from soket.record.stale import stale_papers
from soket.record.workspace import Workspace
from soket.store.s3 import S3Store

_ROOTS = ("inbox", "receipts", "reports", "decisions", "stages", "notices", "checks", "plans", "mail/strays")
_READERS = 8


def gather(
    workspace: Workspace,
    store: S3Store,
    sendings: Sequence[Sending],
    mailbox: Counter[str],
    crashes: Sequence[Window],
) -> Evidence:
    """Return what lies in the bucket of a campaign, and what of its mail came."""
    keys = workspace.keys
    place = f"{keys.plan}/{keys.campaign}"
    shown = read_register(workspace)
    rebuilt = read_register(workspace, use_snapshot=False, keep=False)
    prefixes = [f"{root}/{place}/" for root in _ROOTS]
    found = [each for prefix in (*prefixes, keys.register) for each in store.list(prefix)]
    named = [each.key for each in found if each.key.endswith(".json")]
    made = [each.key for each in found if each.key.startswith(keys.stages) and not each.key.endswith(".json")]
    with ThreadPoolExecutor(_READERS) as pool:
        records = dict(zip(named, pool.map(store.get, named), strict=True))
        papers = dict(zip(made, pool.map(store.get, made), strict=True))
    notices = {
        each.key.removeprefix(keys.notices).partition("/")[0] for each in found if each.key.startswith(keys.notices)
    }
    seal = read_seal(store)
    ids = {notice: message_id(workspace.plan, keys.campaign, notice, seal) for notice in notices}
    return Evidence(
        place=place,
        sendings=sendings,
        listing={each.key: Kept(each.etag, each.size, each.last_modified) for each in found},
        records=records,
        versions=_versions(store, prefixes),
        mailbox=mailbox,
        message_ids=ids,
        shown=shown.model_dump(),
        rebuilt=rebuilt.model_dump(),
        stale=[each.in_words(workspace.plan) for each in stale_papers(workspace, shown) if not each.known],
        crashes=crashes,
        may_wait=[each.id for each in states(workspace).values() if has_to_wait(workspace, each)],
        papers=papers,
    )


def _versions(store: S3Store, prefixes: Sequence[str]) -> Counter[str]:
    pages = store.client.get_paginator("list_object_versions")
    return Counter(
        each["Key"]
        for prefix in prefixes
        for page in pages.paginate(Bucket=store.bucket, Prefix=prefix)
        for each in page.get("Versions", ())
    )
