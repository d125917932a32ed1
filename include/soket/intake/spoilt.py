"""Records that are spoilt or lost, and papers that are gone: set apart or made anew, once, and the operator is told.

A spoilt record would hold up whatever is to be written in its place, and be found again at each reading. What the last
snapshot of the register still knows is written again as it was. The receipt of a submission that was judged is made
anew from the files that are kept; without its verdict a submission is judged again by intake. A kept file is copied
again from where its unit put it, if it still lies there as it was sent, and a slip written again from its verdict. The
rest is for the operator.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from functools import partial
from operator import attrgetter

from soket.intake.contents import copied_again
from soket.intake.take_in import carried_over
from soket.record.keeping import keep_apart, read_register, records_of
from soket.record.products import CONTENT_TYPES
from soket.record.records import Receipt, ReceivedFile, Verdict
from soket.record.register import Register, UnitEntry
from soket.record.workspace import Workspace
from soket.store.keys import set_apart

log = logging.getLogger(__name__)


def is_spoilt(register: Register) -> bool:
    """Whether anything is to be mended."""
    return bool(register.spoilt or register.gone) or any(entry.lost for entry in register.units.values())


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
    again = _to_make_again(workspace, register)
    outcomes |= {key: done for key, (done, _) in again.items()}
    if outcomes:  # not where another has made it again meanwhile
        post(workspace, spoilt_notice(workspace, outcomes), suppressed=workspace.silent)
    for entry in spoilt:
        keep_apart(store, entry)
        if record := known.get(entry.key):
            store.create(entry.key, record.to_json())
    for unit in {entry.unit: entry for entry, _ in lost}.values():
        _write_receipts_anew(workspace, unit)
    for _, make in again.values():
        make()
    return read_register(workspace)


def _to_make_again(workspace: Workspace, register: Register) -> dict[str, tuple[str, Callable[[], object]]]:
    """Return what is done about each file and slip that is gone, in words and as an act; nothing of what is there."""
    gone = [key for key in register.gone if all(each.key != key for each in workspace.store.list(key))]
    entries = [entry for entry in register.units.values() if gone]
    files = {file.key: file for entry in entries for receipt in entry.receipts for file in receipt.files}
    receipts = {(each.unit, each.number): each for entry in entries for each in entry.receipts}
    slips = {each.slip_key: each for entry in entries for each in entry.verdicts if each.slip_key}
    found: dict[str, tuple[str, Callable[[], object]]] = {}
    for key in gone:
        verdict = slips.get(key)
        if file := files.get(key):
            found[key] = "chép lại từ thư mục nộp", partial(copied_again, workspace.store, file)
        elif verdict and (receipt := receipts.get((verdict.unit, verdict.number))):  # else that is made anew first
            found[key] = "lập lại từ kết luận", partial(_write_slip_anew, workspace, receipt, verdict)
    return found


def _write_slip_anew(workspace: Workspace, receipt: Receipt, verdict: Verdict) -> None:
    from soket.documents.slip import render_slip

    unit, key = workspace.plan.unit(verdict.unit), workspace.keys.report(verdict.unit, verdict.number, "slip.docx")
    try:
        slip = render_slip(workspace.plan, workspace.campaign, unit, receipt, verdict.faults, now=verdict.judged_at)
    except Exception:  # a fault in the template keeps nobody's report from being taken in
        log.exception("The slip %s cannot be written again", key)
        return
    workspace.store.put(key, slip, CONTENT_TYPES["docx"])


def _write_receipts_anew(workspace: Workspace, entry: UnitEntry) -> None:
    """Write each lost receipt of a unit again; files of the one before it count with it as when it was received."""
    sent = list(entry.sent)
    for verdict in entry.lost:
        before = max((each for each in sent if each.number < verdict.number), key=attrgetter("number"), default=None)
        receipt = _receipt_anew(workspace, entry, verdict, before)
        workspace.store.create(workspace.keys.receipt(entry.unit, verdict.number), receipt.to_json())
        sent.append(receipt)


def _receipt_anew(workspace: Workspace, entry: UnitEntry, verdict: Verdict, before: Receipt | None) -> Receipt:
    """Return the receipt of a judged submission, from what is kept of it, still lies in the inbox or came before."""
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
        files=(*files, *carried_over(before, files)),
    )
