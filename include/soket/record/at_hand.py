"""Editions kept at hand on a machine, for whoever may ask no server: Airflow, when it reads the DAG files.

DAGs are to have the dates and stages that campaigns go by, not those of a file whose change is refused, or not yet on
record. Whoever looks at the record leaves the edition here, in the folder that `SOKET_EDITIONS` names.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from soket.plan.model import Block, Campaign, Office, Plan, Stage, Unit
from soket.record.editions import Edition, digest_of, written
from soket.store.keys import Keys
from soket.store.store import Store

EDITIONS_VARIABLE = "SOKET_EDITIONS"

# What of a plan a campaign under way gives its DAGs, beside what has codes of its own.
_WHOLE = ("roles", "may", "holidays", "workdays", "quiet")


def keep_at_hand(store: Store, keys: Keys, edition: Edition) -> None:
    """Keep an edition as the one that a campaign goes by, unless it is kept already."""
    if (folder := _folder(keys.plan, keys.campaign)) is None:
        return
    file = folder / f"{edition.number:04}-{edition.digest}.json"
    if not file.exists():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = folder / f".{file.name}.{os.getpid()}"
        draft.write_bytes(store.get(edition.key))
        draft.replace(file)
        for other in folder.glob("*.json"):
            if other != file:
                other.unlink(missing_ok=True)


def kept_at_hand() -> tuple[str, ...]:
    """Return the names of all editions that are kept: they change when one of them does."""
    named = os.environ.get(EDITIONS_VARIABLE)
    return tuple(sorted(map(str, Path(named).glob("*/*/[!.]*.json")))) if named else ()


def as_on_record(filed: Plan, now: datetime) -> Plan:
    """Return a plan, given as its file has it, with what its open campaigns go by; the same plan where that is all."""
    found = filed
    for campaign in filed.campaigns:
        edition = _edition(filed, campaign)
        if edition and any(each.start <= now < each.end for each in (campaign, edition.campaign(campaign.code))):
            found = _merged(found, edition, campaign.code)
    return found


def _folder(plan: str, campaign: str) -> Path | None:
    named = os.environ.get(EDITIONS_VARIABLE)
    return Path(named) / plan / campaign if named else None


def _edition(filed: Plan, campaign: Campaign) -> Plan | None:
    """Return the edition that is kept of a campaign; None where there is none, or it says what the file says."""
    folder = _folder(filed.id, campaign.code)
    kept = sorted(folder.glob("*.json")) if folder and folder.is_dir() else []
    if not kept or kept[-1].stem.endswith(digest_of(written(filed, campaign.code))):
        return None
    with suppress(OSError, ValidationError):  # taken away meanwhile; of another version of soket
        return Plan.model_validate_json(kept[-1].read_bytes())
    return None


def _merged(filed: Plan, edition: Plan, campaign: str) -> Plan:
    after = {stage.id: stage.after for stage in filed.stages}  # an edition's lead past what its campaign leaves out
    stages = [each.model_copy(update={"after": after.get(each.id, each.after)}) for each in edition.stages]
    return filed.model_copy(
        update={
            **{name: getattr(edition, name) for name in _WHOLE},
            "ladders": {**filed.ladders, **edition.ladders},
            "offices": _by(filed.offices, edition.offices),
            "blocks": _by(filed.blocks, edition.blocks),
            "units": _by(filed.units, edition.units),
            "stages": _by(filed.stages, stages),
            "campaigns": _by(filed.campaigns, [edition.campaign(campaign)]),
        }
    )


Coded = TypeVar("Coded", Office, Block, Unit, Campaign, Stage)


def _by(filed: Iterable[Coded], edition: Iterable[Coded]) -> tuple[Coded, ...]:
    """Return what a file has, as the edition has it, and what the edition has beside it."""
    found = {each.id if isinstance(each, Stage) else each.code: each for each in filed}
    found |= {each.id if isinstance(each, Stage) else each.code: each for each in edition}
    return tuple(found.values())
