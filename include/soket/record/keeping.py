"""Reads the register out of the bucket, and writes the records that it is derived from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TypeVar

from pydantic import Field, TypeAdapter, ValidationError

from soket.record.attendance import Reply
from soket.record.confirming import Confirmation
from soket.record.day_tree import DayTree
from soket.record.decisions import Decision
from soket.record.link_asks import asks_among
from soket.record.messages import UnitMessage
from soket.record.places import BESIDE_REPLIES, is_in_its_place, key_of
from soket.record.records import Attempt, Receipt, StageRecord, Verdict
from soket.record.register import Register, derive
from soket.record.requests import ExtensionRequest
from soket.record.taking_back import TakeBack, Withdrawal
from soket.record.workspace import Workspace
from soket.store.keys import Keys, set_apart
from soket.store.record import Record
from soket.store.store import MissingObjectError, Store, StoredObject, etag_of

R = TypeVar("R")

_decision: TypeAdapter[Decision] = TypeAdapter(Decision)
_ruled: TypeAdapter[Verdict | Withdrawal] = TypeAdapter(Verdict | Withdrawal)

# Reads run side by side: a rebuild of thousands of units is bound by round trips, not by work.
_READERS = 8


class Snapshot(Record):
    """The records that a reading found, by their keys, and the version of each that it could read."""

    plan: str
    campaign: str
    receipts: dict[str, Receipt] = Field(default_factory=dict)
    verdicts: dict[str, Verdict] = Field(default_factory=dict)
    withdrawals: dict[str, Withdrawal] = Field(default_factory=dict)
    attempts: dict[str, Attempt] = Field(default_factory=dict)
    decisions: dict[str, Decision] = Field(default_factory=dict)
    stage_records: dict[str, StageRecord] = Field(default_factory=dict)
    replies: dict[str, Reply] = Field(default_factory=dict)
    requests: dict[str, ExtensionRequest] = Field(default_factory=dict)
    confirmations: dict[str, Confirmation] = Field(default_factory=dict)
    messages: dict[str, UnitMessage] = Field(default_factory=dict)
    take_backs: dict[str, TakeBack] = Field(default_factory=dict)
    trees: dict[str, DayTree] = Field(default_factory=dict)
    etags: dict[str, str] = Field(default_factory=dict)


def folders_read(keys: Keys) -> tuple[str, ...]:
    """Return the prefixes that are listed to open a campaign's workspace and derive its register."""
    return keys.editions, keys.receipts, keys.reports, keys.replies, keys.stages, keys.decisions, keys.inbox


def read_register(workspace: Workspace, *, use_snapshot: bool = True, keep: bool = True) -> Register:
    """Derive the register from the bucket as it is now; where it found new records, `keep` them as the next snapshot.

    Records are immutable, so those in the last snapshot are not read again; the listing alone says which exist. A
    record that cannot be read counts as the snapshot knows it, if it does, and the register says which it is: whether
    it is spoilt, or another version of soket wrote it.
    """
    kept = last_snapshot(workspace)
    register, found = _derived(workspace, kept if use_snapshot else None)
    if keep and found != kept:
        _keep(workspace, found)
    return register


def read_on(workspace: Workspace, before: Snapshot | None, *, keep: bool = True) -> tuple[Register, Snapshot]:
    """Derive the register for whoever looks again and again, and remembers what was found `before`."""
    before = before or last_snapshot(workspace)
    register, found = _derived(workspace, before)
    if keep and found != before:
        _keep(workspace, found)
    return register, found


def keep_written(
    workspace: Workspace, before: Snapshot, receipts: Iterable[Receipt], verdicts: Iterable[Verdict]
) -> None:
    """Keep as the next snapshot what was found `before` and what this process wrote since, which nobody reads back."""
    keys = workspace.keys
    received = {key_of(keys, each): each for each in receipts}
    judged = {key_of(keys, each): each for each in verdicts}
    if not (received or judged):
        return
    etags = before.etags | {key: etag_of(each.to_json()) for key, each in (received | judged).items()}
    now = {"receipts": before.receipts | received, "verdicts": before.verdicts | judged}
    _keep(workspace, before.model_copy(update={**now, "etags": dict(sorted(etags.items()))}))


def last_snapshot(workspace: Workspace) -> Snapshot | None:
    """Return what was found when anything new was found last; None where it was not kept, or cannot be read."""
    try:
        found = Snapshot.model_validate_json(workspace.store.get(workspace.keys.register))
    except (MissingObjectError, ValidationError):  # spoilt, or of another version of soket: read everything again
        return None
    return found if (found.plan, found.campaign) == (workspace.plan.id, workspace.campaign.code) else None


def _keep(workspace: Workspace, found: Snapshot) -> None:
    workspace.store.replace(workspace.keys.register, found.to_json())


def _derived(workspace: Workspace, before: Snapshot | None) -> tuple[Register, Snapshot]:
    store, keys = workspace.store, workspace.keys
    before = before or Snapshot(plan=workspace.plan.id, campaign=workspace.campaign.code)
    unreadable, spoilt, etags = list[str](), list[str](), dict[str, str]()
    with ThreadPoolExecutor(_READERS) as pool:

        def read(wanted: Sequence[StoredObject], known: Mapping[str, R], parse: Callable[[bytes], R]) -> dict[str, R]:
            def record(entry: StoredObject) -> R | None:
                data = b""
                with suppress(MissingObjectError, ValidationError):
                    data = store.get(entry.key)
                    found = parse(data)
                    if key_of(keys, found) == entry.key:
                        etags[entry.key] = entry.etag
                        return found
                (unreadable if is_in_its_place(keys, entry.key, data) else spoilt).append(entry.key)
                return known.get(entry.key)

            same = {each.key for each in wanted if each.key in known and before.etags.get(each.key) == each.etag}
            etags.update({key: before.etags[key] for key in same})
            others = [each for each in wanted if each.key not in same]
            now = dict(zip((each.key for each in others), pool.map(record, others), strict=True))
            records = ((each.key, known[each.key] if each.key in same else now[each.key]) for each in wanted)
            return {key: found for key, found in records if found is not None}

        receipts_listed, reports_listed = list(store.list(keys.receipts)), list(store.list(keys.reports))
        reports, kept = _records_in(reports_listed), _records_in(receipts_listed)
        trees = [each for each in kept if each.key.startswith(keys.day_tree())]
        receipts = [each for each in kept if not each.key.startswith(keys.day_tree())]
        told = _records_in(store.list(keys.replies))
        replies = [each for each in told if "/" not in each.key.removeprefix(keys.replies)]
        requests, confirmations, messages, take_backs = (
            [each for each in told if each.key.startswith(keys.beside_replies(kind))]
            for kind in BESIDE_REPLIES.values()
        )
        stages = [each for each in _records_in(store.list(keys.stages)) if "/records/" in each.key]
        attempts = [each for each in reports if keys.is_attempt(each.key)]
        rulings = [each for each in reports if keys.is_verdict(each.key)]
        ruled = read(rulings, {**before.verdicts, **before.withdrawals}, _ruled.validate_json)
        found = Snapshot(
            plan=before.plan,
            campaign=before.campaign,
            receipts=read(receipts, before.receipts, Receipt.model_validate_json),
            trees=read(trees, before.trees, DayTree.model_validate_json),
            verdicts={key: each for key, each in ruled.items() if isinstance(each, Verdict)},
            withdrawals={key: each for key, each in ruled.items() if isinstance(each, Withdrawal)},
            attempts=read(attempts, before.attempts, Attempt.model_validate_json),
            decisions=read(_records_in(store.list(keys.decisions)), before.decisions, _decision.validate_json),
            stage_records=read(stages, before.stage_records, StageRecord.model_validate_json),
            replies=read(replies, before.replies, Reply.model_validate_json),
            requests=read(requests, before.requests, ExtensionRequest.model_validate_json),
            confirmations=read(confirmations, before.confirmations, Confirmation.model_validate_json),
            messages=read(messages, before.messages, UnitMessage.model_validate_json),
            take_backs=read(take_backs, before.take_backs, TakeBack.model_validate_json),
            etags=dict(sorted(etags.items())),  # whatever came first, the same bytes
        )
    inbox = list(store.list(keys.inbox))
    register = derive(
        workspace.plan,
        workspace.campaign,
        workspace.clock,
        inbox=inbox,
        receipts=found.receipts.values(),
        verdicts=found.verdicts.values(),
        withdrawals=found.withdrawals.values(),
        attempts=found.attempts.values(),
        decisions=found.decisions.values(),
        stage_records=found.stage_records.values(),
        replies=found.replies.values(),
        requests=found.requests.values(),
        confirmations=found.confirmations.values(),
        messages=found.messages.values(),
        take_backs=found.take_backs.values(),
        trees=found.trees.values(),
        link_asks=asks_among(keys, told, workspace.now),
        unreadable=unreadable,
        spoilt=spoilt,
        gone=_gone(keys, found, reports_listed, inbox),
        numbers=keys.numbers_taken(each.key for each in (*receipts_listed, *reports_listed)),
    )
    return register, found


def _gone(keys: Keys, found: Snapshot, reports: Iterable[StoredObject], inbox: Iterable[StoredObject]) -> Iterator[str]:
    """Yield what records name, is not there and can be made again: files that lie where they came, and slips."""
    listed, dropped = {each.key for each in reports}, {each.key: each.etag for each in inbox}
    for file in (file for receipt in found.receipts.values() for file in receipt.files):
        is_gone = file.key not in listed and file.key.startswith(keys.reports)
        if is_gone and file.as_sent and dropped.get(file.inbox_key) == file.etag:
            yield file.key
    yield from (each.slip_key for each in found.verdicts.values() if each.slip_key and each.slip_key not in listed)


def records_of(workspace: Workspace, register: Register) -> dict[str, Record]:
    """Return the records that a register holds, by their keys."""
    held: list[Record] = [*register.decisions, *register.replies, *register.trees]
    held += [*register.requests, *register.messages]
    for entry in register.units.values():
        held += [*entry.receipts, *entry.verdicts, *entry.withdrawals, *entry.attempts]
        held += [*entry.confirmations, *entry.take_backs]
    held += [record for stage in register.stages.values() for record in stage.records]
    return {key_of(workspace.keys, each): each for each in held}


def _records_in(listed: Iterable[StoredObject]) -> list[StoredObject]:
    return [entry for entry in listed if entry.key.endswith(".json")]


def keep_apart(store: Store, entry: StoredObject) -> None:
    """Keep what stands in a record's place beside it, and clear the place."""
    try:
        data = store.get(entry.key)
    except MissingObjectError:  # listed, and not to be had
        data = b""
    store.create(set_apart(entry.key, entry.etag), data)
    store.take_back(entry.key, entry.etag)
