"""Records written where there is none: whoever writes a thing twice, or second, goes on with what is on record."""

from __future__ import annotations

from contextlib import suppress
from typing import TypeVar

from pydantic import ValidationError

from soket.record.attendance import Reply
from soket.record.confirming import Confirmation
from soket.record.day_tree import DayTree
from soket.record.decisions import ActBase
from soket.record.messages import UnitMessage
from soket.record.places import key_of
from soket.record.records import AGAIN, StageRecord
from soket.record.register import Register
from soket.record.requests import ExtensionRequest
from soket.record.stage_details import StageDetails
from soket.record.taking_back import TakeBack
from soket.record.workspace import Workspace
from soket.store.record import Record
from soket.store.store import MissingObjectError

Act = TypeVar("Act", bound=ActBase)
Filed = TypeVar("Filed", bound=Record)
FromUnit = TypeVar("FromUnit", Reply, ExtensionRequest, Confirmation, UnitMessage, TakeBack)


def file_decision(workspace: Workspace, decision: Act) -> Act:
    """Write a decision once; return the one that is on record then."""
    return _filed(workspace, decision)


def file_from_unit(workspace: Workspace, said: FromUnit) -> FromUnit:
    """Write once what a guest replies, or a unit asks for, confirms, says or takes back; return what is on record."""
    return _filed(workspace, said)


def file_day_tree(workspace: Workspace, tree: DayTree) -> DayTree:
    """Write a day's tree once; return the one that is on record then."""
    return _filed(workspace, tree)


def file_stage_record(
    workspace: Workspace,
    stage: str,
    round_number: int,
    step: str,
    note: str,
    *,
    products: tuple[str, ...] = (),
    details: StageDetails | None = None,
) -> StageRecord:
    """Write once that a round of a stage reached a step; return what is on record of it then."""
    record = StageRecord(
        stage=stage,
        round=round_number,
        step=step,
        at=workspace.now,
        note=note,
        products=products,
        details=details,
    )
    return _filed(workspace, record)


def file_again(
    workspace: Workspace,
    register: Register,
    stage: str,
    round_number: int,
    step: str,
    note: str,
    *,
    products: tuple[str, ...] = (),
    details: StageDetails | None = None,
) -> StageRecord:
    """Write that a step was done, again where something else came of it than last time; return what is on record then.

    So the last word on record of a step is about its products as they are.
    """
    entry = register.stages[stage]
    last = entry.latest(step, round_number)
    if last is not None and (last.note, last.products, last.details) == (note, products, details):
        return last
    times = sum(each.kind == step and each.round == round_number for each in entry.records)
    name = f"{step}{AGAIN}{times}" if times else step
    return file_stage_record(workspace, stage, round_number, name, note, products=products, details=details)


def _filed(workspace: Workspace, record: Filed) -> Filed:
    """Write a record where there is none; return it, or the one that was there.

    What stands there and cannot be read is for intake to mend: the caller goes on with what it would have written.
    """
    key = key_of(workspace.keys, record)
    if not workspace.store.create(key, record.to_json()):
        with suppress(MissingObjectError, ValidationError):
            return type(record).model_validate_json(workspace.store.get(key))
    return record
