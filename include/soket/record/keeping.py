"""Reads the register out of the bucket, and writes the records that it is derived from."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from soket.plan.model import StageName
from soket.record.decisions import ActBase, Decision
from soket.record.records import Attempt, Receipt, StageRecord, Verdict
from soket.record.register import Register, derive
from soket.record.workspace import Workspace
from soket.store.keys import Keys, set_apart
from soket.store.record import Record
from soket.store.store import MissingObjectError, Store, StoredObject

R = TypeVar("R")
Act = TypeVar("Act", bound=ActBase)
Filed = TypeVar("Filed", bound=Record)

_decision: TypeAdapter[Decision] = TypeAdapter(Decision)

# Reads run side by side: a rebuild of thousands of units is bound by round trips, not by work.
_READERS = 8


class Snapshot(Record):
    """A register, and which version of each record it was read from."""

    content: Register
    etags: dict[str, str]  # by key


def read_register(workspace: Workspace, *, use_snapshot: bool = True, keep: bool = True) -> Register:
    """Derive the register from the bucket as it is now; where it says anything new, `keep` it as the next snapshot.

    Records are immutable, so those in the last snapshot are not read again; the listing alone says which exist. A
    record that cannot be read counts as the snapshot knows it, if it does, and the register says which it is: whether
    it is spoilt, or another version of soket wrote it.
    """
    store, keys = workspace.store, workspace.keys
    unreadable: list[str] = []
    spoilt: list[str] = []
    etags: dict[str, str] = {}
    snapshot = _snapshot(workspace)
    before = snapshot if use_snapshot else None
    known = _records_of(workspace, before.content) if before else {}
    with ThreadPoolExecutor(_READERS) as pool:

        def read(wanted: Iterable[StoredObject], parse: Callable[[bytes], R]) -> list[R]:
            def record(entry: StoredObject) -> R | None:
                kept: R | None = known.get(entry.key)
                if before and kept is not None and before.etags.get(entry.key) == entry.etag:
                    etags[entry.key] = entry.etag
                    return kept
                data = b""
                with suppress(MissingObjectError, ValidationError):
                    data = store.get(entry.key)
                    found = parse(data)
                    if _key_of(keys, found) == entry.key:
                        etags[entry.key] = entry.etag
                        return found
                (unreadable if _is_in_its_place(keys, entry.key, data) else spoilt).append(entry.key)
                return kept

            return [each for each in pool.map(record, wanted) if each is not None]

        receipts_listed, reports_listed = list(store.list(keys.receipts)), list(store.list(keys.reports))
        reports = _records_in(reports_listed)
        receipts = read(_records_in(receipts_listed), Receipt.model_validate_json)
        verdicts = read((each for each in reports if keys.is_verdict(each.key)), Verdict.model_validate_json)
        attempts = read((each for each in reports if keys.is_attempt(each.key)), Attempt.model_validate_json)
        decisions = read(_records_in(store.list(keys.decisions)), _decision.validate_json)
        stages = [each for each in _records_in(store.list(keys.stages)) if "/records/" in each.key]
        stage_records = read(stages, StageRecord.model_validate_json)
    register = derive(
        workspace.plan,
        workspace.campaign,
        workspace.clock,
        inbox=store.list(keys.inbox),
        receipts=receipts,
        verdicts=verdicts,
        attempts=attempts,
        decisions=decisions,
        stage_records=stage_records,
        unreadable=unreadable,
        spoilt=spoilt,
        numbers=keys.numbers_taken(each.key for each in (*receipts_listed, *reports_listed)),
    )
    now = Snapshot(content=register, etags=dict(sorted(etags.items())))
    if keep and not _says_the_same(now, snapshot):
        store.replace(keys.register, now.to_json())
    return register


def last_snapshot(workspace: Workspace) -> Register | None:
    """Return the register as it was last kept; None where it was not, or cannot be read."""
    found = _snapshot(workspace)
    return found.content if found else None


def record_of(workspace: Workspace, register: Register, key: str) -> Record | None:
    """Return the record that a register holds for a key."""
    found: Record | None = _records_of(workspace, register).get(key)
    return found


def _says_the_same(now: Snapshot, before: Snapshot | None) -> bool:
    """Whether nothing has changed since a snapshot but the time: then looking leaves the bucket as it is."""
    if before is None or before.etags != now.etags:
        return False
    return now.content == before.content.model_copy(update={"as_of": now.content.as_of})


def _records_in(listed: Iterable[StoredObject]) -> list[StoredObject]:
    return [entry for entry in listed if entry.key.endswith(".json")]


def _snapshot(workspace: Workspace) -> Snapshot | None:
    try:
        found = Snapshot.model_validate_json(workspace.store.get(workspace.keys.register))
    except (MissingObjectError, ValidationError):  # spoilt, or of another version of soket: read everything again
        return None
    ours = (workspace.plan.id, workspace.campaign.code)
    return found if (found.content.plan, found.content.campaign) == ours else None


def _records_of(workspace: Workspace, register: Register) -> dict[str, Any]:
    """Return the records that a register holds, by their keys."""
    held: list[Any] = list(register.decisions)
    for entry in register.units.values():
        held += [*entry.receipts, *entry.verdicts, *entry.attempts]
    for stage in register.stages.values():
        held += stage.records
    return {_key_of(workspace.keys, each): each for each in held}


def _is_in_its_place(keys: Keys, key: str, data: bytes) -> bool:
    """Whether what cannot be read says of itself what its place says: then another version of soket wrote it."""
    try:
        told = json.loads(data)
        unit, number = told.get("unit"), told.get("number")
    except (ValueError, AttributeError):
        return False
    return key in (
        keys.receipt(unit, number),
        keys.report(unit, number, "verdict.json"),
        keys.attempt(unit, number, told.get("attempt")),
        keys.stage_record(told.get("stage"), told.get("round"), told.get("step")),
        keys.decision(told.get("id")),
    )


def _key_of(keys: Keys, record: object) -> str:
    """Return where a record belongs."""
    match record:
        case Receipt():
            return keys.receipt(record.unit, record.number)
        case Verdict():
            return keys.report(record.unit, record.number, "verdict.json")
        case Attempt():
            return keys.attempt(record.unit, record.number, record.attempt)
        case StageRecord():
            return keys.stage_record(record.stage, record.round, record.step)
        case ActBase():
            return keys.decision(record.id)
    raise TypeError(f"no record: {record!r}")


def keep_apart(store: Store, entry: StoredObject) -> None:
    """Keep what stands in a record's place beside it, and clear the place."""
    try:
        data = store.get(entry.key)
    except MissingObjectError:  # listed, and not to be had
        data = b""
    store.create(set_apart(entry.key, entry.etag), data)
    store.take_back(entry.key, entry.etag)


def file_decision(workspace: Workspace, decision: Act) -> Act:
    """Write a decision once; return the one that is on record then."""
    return _filed(workspace, decision)


def file_stage_record(
    workspace: Workspace,
    stage: StageName,
    round_number: int,
    step: str,
    note: str,
    *,
    products: tuple[str, ...] = (),
    details: dict[str, Any] | None = None,
) -> StageRecord:
    """Write once that a round of a stage reached a step; return what is on record of it then."""
    record = StageRecord(
        stage=stage,
        round=round_number,
        step=step,
        at=workspace.now,
        note=note,
        products=products,
        details=details or {},
    )
    return _filed(workspace, record)


def _filed(workspace: Workspace, record: Filed) -> Filed:
    """Write a record where there is none; return it, or the one that was there.

    What stands there and cannot be read is for intake to mend: the caller goes on with what it would have written.
    """
    key = _key_of(workspace.keys, record)
    if not workspace.store.create(key, record.to_json()):
        with suppress(MissingObjectError, ValidationError):
            return type(record).model_validate_json(workspace.store.get(key))
    return record
