"""What was refused: an act by somebody who may not do it, or one that was not filled in as it has to be.

A refusal is an answer, not a failure. It is kept like a decision, so that whoever entered it, and the operator, can
see what did not count and why.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from pydantic import ValidationError

from soket.plan.model import Part, Plan
from soket.record.workspace import Workspace
from soket.store.record import Record
from soket.store.store import MissingObjectError

SHOWN = 50  # refusals that are looked at, the latest


class ActRefusedError(ValueError):
    """What was entered makes no decision; the message says why and what to do, in Vietnamese."""


class IncompleteAnswerError(ActRefusedError):
    """An answer to a question lacks something: the question is asked again."""


class NoRightError(ActRefusedError):
    """Whoever entered it may not do this."""


class Refusal(Record):
    """An act that was refused."""

    id: str
    at: datetime  # campaign time
    account: str  # who entered it
    act: str
    why: str  # and what to do
    no_right: bool  # it was not theirs to do


@dataclass(frozen=True)
class Actor:
    """Who does an act: an office's account, or somebody at the server's own console, who has the operator's rights."""

    account: str
    console: bool = False

    def parts(self, plan: Plan) -> frozenset[Part]:
        """Return the parts that the actor plays in a plan."""
        return frozenset({"operator"}) if self.console else plan.parts_of(self.account)

    def __str__(self) -> str:
        return f"{self.account} (dòng lệnh)" if self.console else self.account


def check_right(plan: Plan, actor: Actor, act: str, words: str) -> None:
    """Raise NoRightError where somebody may not do an act; `words` name it to people."""
    if actor.parts(plan) & set(plan.may.of(act)):
        return
    whose = ", ".join(f"{office.name} (tài khoản {office.account})" for office in plan.offices_of(act))
    known = actor.console or any(office.account == actor.account for office in plan.offices)
    stranger = "" if known else " không thuộc kế hoạch này,"
    raise NoRightError(
        f"Tài khoản «{actor}»{stranger} không được làm việc «{words}». "
        f"Được làm: {whose or 'chưa nơi nào có tài khoản'}. Cần thì đề nghị nơi ấy ghi."
    )


@contextmanager
def kept_when_refused(workspace: Workspace, actor: Actor, act: str, entry: str) -> Iterator[None]:
    """Keep what is refused inside a `with`, once for each entry, and go on refusing it."""
    try:
        yield
    except ActRefusedError as refusal:
        _file(workspace, actor, act, entry, refusal)
        raise


def _file(workspace: Workspace, actor: Actor, act: str, entry: str, error: ActRefusedError) -> None:
    refusal = Refusal(
        id=hashlib.sha256(entry.encode()).hexdigest()[:16],
        at=workspace.now,
        account=str(actor),
        act=act[:60],
        why=str(error)[:1000],
        no_right=isinstance(error, NoRightError),
    )
    new = workspace.store.create(workspace.keys.refusal(refusal.id), refusal.to_json())
    if new and refusal.no_right:
        from soket.notices.alerts import no_right_notice
        from soket.notices.outbox import post

        # Whose right it was not, the operator is told of.
        post(workspace, no_right_notice(workspace, refusal), suppressed=workspace.silent)


def refusals(workspace: Workspace) -> list[Refusal]:
    """Return the latest refusals, the last first."""
    found = sorted(workspace.store.list(workspace.keys.refusals), key=lambda each: each.last_modified, reverse=True)
    return [each for kept in found[:SHOWN] if (each := _read(workspace, kept.key)) is not None]


def last_refusal(workspace: Workspace, act: str, since: datetime) -> Refusal | None:
    """Return the last refusal of an act since a moment."""
    return next((each for each in refusals(workspace) if each.act == act and each.at >= since), None)


def _read(workspace: Workspace, key: str) -> Refusal | None:
    try:
        return Refusal.model_validate_json(workspace.store.get(key))
    except MissingObjectError:
        return None
    except ValidationError:  # spoilt, or another version's: it counts for nothing either way
        return None
