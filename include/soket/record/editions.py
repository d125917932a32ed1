"""The plan that a campaign goes by: as its file had it when it was last taken on record.

A plan's file may change at any moment, and every process reads it by itself. So a change holds from when it is on
record: until then, and where it is refused, everybody goes by the edition on record.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from pydantic import ValidationError

from soket.plan.changes import Amendment
from soket.plan.model import Plan
from soket.store.keys import Keys
from soket.store.record import Record
from soket.store.store import MissingObjectError, Store

_DIGEST = 12  # letters
_SETTLED = timedelta(minutes=15)  # real time: longer than a new file takes to reach every machine


class RefusedEdition(Record):
    """A plan that a campaign does not go by, with everything that changed in it."""

    at: datetime  # campaign time
    changes: tuple[Amendment, ...]

    @property
    def refused(self) -> list[Amendment]:
        """What cannot be changed."""
        return [each for each in self.changes if each.refused]


@dataclass(frozen=True)
class Edition:
    """An edition of the plan on record."""

    number: int
    digest: str
    key: str
    at: datetime  # real time


def of_campaign(plan: Plan, campaign: str) -> Plan:
    """Return what of a plan a campaign goes by: the plan as it has it, without the other campaigns."""
    own = plan.campaign(campaign)
    return plan.in_campaign(own).model_copy(update={"campaigns": (own,)})


def written(plan: Plan, campaign: str) -> bytes:
    """Return a plan as an edition has it; what the file does not say is not written."""
    return of_campaign(plan, campaign).model_dump_json(exclude_defaults=True, by_alias=True).encode()


def digest_of(data: bytes) -> str:
    """Return what tells an edition from others."""
    return hashlib.sha256(data).hexdigest()[:_DIGEST]


def editions(store: Store, keys: Keys) -> list[Edition]:
    """Return the editions on record, by number; costs one listing."""
    return sorted(_listed(store, keys), key=lambda each: (each.number, each.digest))


def _listed(store: Store, keys: Keys) -> Iterator[Edition]:
    for listed in store.list(keys.editions):
        number, _, digest = listed.key.removeprefix(keys.editions).removesuffix(".json").partition("-")
        if number.isdecimal():
            yield Edition(int(number), digest, listed.key, listed.last_modified)


def is_old_copy(store: Store, kept: Sequence[Edition], digest: str) -> bool:
    """Whether a plan may be what another machine's file said before its last change, rather than a change back."""
    earlier = digest in (each.digest for each in kept[:-1])
    return earlier and store.now() - kept[-1].at < _SETTLED


def read_edition(store: Store, edition: Edition) -> Plan | None:
    """Return the plan of an edition; None where it is spoilt, or another version of soket wrote it."""
    with suppress(MissingObjectError, ValidationError):
        return _parsed(store.get(edition.key))
    return None


@lru_cache(maxsize=8)
def _parsed(data: bytes) -> Plan:
    return Plan.model_validate_json(data)


def in_force(filed: Plan, campaign: str, store: Store) -> Plan:
    """Return the plan that a campaign goes by, given the plan as its file has it.

    Before the campaign's first edition, or where the last one cannot be read, that is the plan in the file.
    """
    kept = editions(store, Keys(filed.id, campaign))
    if not kept or kept[-1].digest == digest_of(written(filed, campaign)):
        return filed
    plan = read_edition(store, kept[-1])
    return beside(filed, plan, campaign) if plan else filed


def beside(filed: Plan, plan: Plan, campaign: str) -> Plan:
    """Return an edition with the file's other campaigns."""
    own = plan.campaign(campaign)
    campaigns = tuple(own if each.code == campaign else each for each in filed.campaigns)
    return plan.model_copy(update={"campaigns": campaigns})
