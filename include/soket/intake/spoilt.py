"""Records that are spoilt or lost: each is set apart or made anew, once, and the operator is told.

A spoilt record would hold up whatever is to be written in its place, and be found again at each reading. What the last
snapshot of the register still knows is written again as it was. The receipt of a submission that was judged is made
anew from the files that are kept; without its verdict a submission is judged again by intake. The rest is for the
operator.
"""

from __future__ import annotations

import hashlib

from soket.record.keeping import keep_apart, read_register, records_of
from soket.record.records import Receipt, ReceivedFile, Verdict
from soket.record.register import Register, UnitEntry
from soket.record.workspace import Workspace
from soket.store.keys import set_apart


def is_spoilt(register: Register) -> bool:
    """Whether anything is to be mended."""
    return bool(register.spoilt) or any(entry.lost for entry in register.units.values())


def mended(workspace: Workspace, register: Register) -> Register:
    """Tell the operator of what is spoilt, and mend it; return the register as it is then."""
    if not is_spoilt(register):
        return register
    from soket.notices.alerts import spoilt_notice
    from soket.notices.outbox import post

    keys, store = workspace.keys, workspace.store
    spoilt = [entry for key in register.spoilt for entry in store.list(key) if entry.key == key]
    lost = [(entry, verdict) for entry in register.units.values() for verdict in entry.lost]
    known = records_of(workspace, register) if spoilt else {}
    outcomes = {
        entry.key: "ghi lại như cũ" if entry.key in known else f"để riêng ở {set_apart(entry.key, entry.etag)}"
        for entry in spoilt
    }
    outcomes |= {keys.receipt(entry.unit, verdict.number): "lập lại từ các tệp còn lưu" for entry, verdict in lost}
    post(workspace, spoilt_notice(workspace, outcomes), suppressed=workspace.silent)
    for entry in spoilt:
        keep_apart(store, entry)
        if record := known.get(entry.key):
            store.create(entry.key, record.to_json())
    for unit, verdict in lost:
        store.create(keys.receipt(unit.unit, verdict.number), _receipt_anew(workspace, unit, verdict).to_json())
    return read_register(workspace)


def _receipt_anew(workspace: Workspace, entry: UnitEntry, verdict: Verdict) -> Receipt:
    """Return the receipt of a judged submission, from what is kept of it and still lies in the inbox."""
    keys, store = workspace.keys, workspace.store
    folder = keys.report(entry.unit, verdict.number, "files/")
    drops = {drop.etag: drop for drop in entry.pending}
    files = []
    for kept in store.list(folder):
        name, drop = kept.key.removeprefix(folder), drops.get(kept.etag)
        files.append(
            ReceivedFile(
                inbox_key=drop.key if drop else kept.key,
                key=kept.key,
                name=name,
                original_name=drop.key.removeprefix(keys.inbox_folder(entry.unit)) if drop else name,
                etag=kept.etag,
                sha256=hashlib.sha256(store.get(kept.key)).hexdigest(),
                size=kept.size,
                arrived_at=drop.arrived_at if drop else workspace.clock.campaign_time(kept.last_modified),
            )
        )
    return Receipt(
        unit=entry.unit,
        number=verdict.number,
        received_at=max((file.arrived_at for file in files), default=verdict.judged_at),
        deadline=entry.deadline,
        files=tuple(files),
    )
