"""Reads the register out of the bucket, and writes the records that it is derived from."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from soket.campaign.decisions import Decision
from soket.campaign.records import Attempt, Receipt, StageRecord, Verdict
from soket.campaign.register import Register, derive
from soket.campaign.workspace import Workspace
from soket.plan.model import StageName
from soket.store.store import MissingObjectError

R = TypeVar("R")

_decision: TypeAdapter[Decision] = TypeAdapter(Decision)

# Reads run side by side: a rebuild of thousands of units is bound by round trips, not by work.
_READERS = 8


def read_register(workspace: Workspace, *, use_snapshot: bool = True, keep: bool = True) -> Register:
    """Derive the register from the bucket as it is now; where it says anything new, `keep` it as the next snapshot.

    Records are immutable, so those in the last snapshot are not read again; the listing alone says which exist. A
    record that cannot be read does not count, and the register says which.
    """
    store, keys = workspace.store, workspace.keys
    unreadable: list[str] = []
    snapshot = _snapshot(workspace)
    known = _records_of(workspace, snapshot) if use_snapshot else {}
    with ThreadPoolExecutor(_READERS) as pool:

        def read(wanted: Iterable[str], parse: Callable[[bytes], R]) -> list[R]:
            def record(key: str) -> R | None:
                if key in known:
                    found: R = known[key]
                    return found
                try:
                    return parse(store.get(key))
                except ValidationError:  # nobody's monitor stands still for it: the operator is told of the key
                    unreadable.append(key)
                    return None

            return [each for each in pool.map(record, wanted) if each is not None]

        def listed(prefix: str) -> list[str]:
            return [entry.key for entry in store.list(prefix) if entry.key.endswith(".json")]

        receipts = read(listed(keys.receipts), Receipt.model_validate_json)
        reports = listed(keys.reports)
        verdicts = read(filter(keys.is_verdict, reports), Verdict.model_validate_json)
        attempts = read(filter(keys.is_attempt, reports), Attempt.model_validate_json)
        decisions = read(listed(keys.decisions), _decision.validate_json)
        stages = (key for key in listed(keys.stages) if "/records/" in key)
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
    )
    if keep and not _says_the_same(register, snapshot):
        store.replace(keys.register, register.to_json())
    return register


def _says_the_same(register: Register, snapshot: Register | None) -> bool:
    """Whether nothing has changed since a snapshot but the time: then looking leaves the bucket as it is."""
    return snapshot is not None and register == snapshot.model_copy(update={"as_of": register.as_of})


def _snapshot(workspace: Workspace) -> Register | None:
    try:
        found = Register.model_validate_json(workspace.store.get(workspace.keys.register))
    except (MissingObjectError, ValidationError):  # spoilt, or of another version of soket: read everything again
        return None
    return found if (found.plan, found.campaign) == (workspace.plan.id, workspace.campaign.code) else None


def _records_of(workspace: Workspace, snapshot: Register | None) -> dict[str, Any]:
    """Return the records that a snapshot holds, by their keys."""
    if snapshot is None:
        return {}
    keys = workspace.keys
    known: dict[str, Any] = {keys.decision(act.id): act for act in snapshot.decisions}
    for entry in snapshot.units.values():
        known.update({keys.receipt(each.unit, each.number): each for each in entry.receipts})
        known.update({keys.report(each.unit, each.number, "verdict.json"): each for each in entry.verdicts})
        known.update({keys.attempt(each.unit, each.number, each.attempt): each for each in entry.attempts})
    for stage in snapshot.stages.values():
        known.update({keys.stage_record(each.stage, each.round, each.step): each for each in stage.records})
    return known


def file_decision(workspace: Workspace, decision: Decision) -> bool:
    """Write a decision once; return whether it is new."""
    return workspace.store.create(workspace.keys.decision(decision.id), decision.to_json())


def file_stage_record(
    workspace: Workspace,
    stage: StageName,
    round_number: int,
    step: str,
    note: str,
    *,
    products: tuple[str, ...] = (),
    details: dict[str, Any] | None = None,
) -> bool:
    """Write once that a round of a stage reached a step; return whether it is new."""
    record = StageRecord(
        stage=stage,
        round=round_number,
        step=step,
        at=workspace.now,
        note=note,
        products=products,
        details=details or {},
    )
    return workspace.store.create(workspace.keys.stage_record(stage, round_number, step), record.to_json())
