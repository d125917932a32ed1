"""Intake: receive what is there and judge what was received, turn by turn."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from soket.intake.contents import Contents
from soket.intake.judge import judge
from soket.intake.nominations import take_nominations
from soket.intake.receive import due, ready, receive, settle_time, with_receipts, work_waiting
from soket.intake.replies import take_replies
from soket.intake.spoilt import mended
from soket.intake.validation import Validator
from soket.intake.withdrawing import to_withdraw, withdraw
from soket.record.keeping import Snapshot, keep_written, read_on, read_register
from soket.record.records import Receipt, Ruling, Verdict
from soket.record.register import Register
from soket.record.words import RULINGS
from soket.record.workspace import Workspace
from soket.store.store import StoredObject
from soket.store.together import ListedStore

_FIRST, _GROWTH = 32, 4  # submissions of the first turn: three seconds' work; and by how many times the next are more
_TURNS = 20  # so that what follows an intake has its turn, too
_VERY_MANY = 300  # half a minute's work


class TurnOfIntake(NamedTuple):
    """What came of a turn."""

    note: str  # in Vietnamese
    more: bool  # whether others wait for the next


def process(workspace: Workspace) -> str:
    """Receive and judge everything that is ready; return a note in Vietnamese."""
    return " ".join(turn.note for turn in turns(workspace))


def turns(workspace: Workspace, *, step_back: Callable[[], None] = lambda: None) -> Iterator[TurnOfIntake]:
    """Receive and judge what is ready, and then what came meanwhile; yield what came of each turn.

    Who arrived first is judged first, a few of many, so that a caller who answers after each turn keeps them waiting
    hardly longer than if they had come alone. A submission is held against earlier ones alone, so in which turn it is
    judged changes nothing. Where there is very much to do, the caller is told to `step_back` before others.
    """
    look = _AtHand.at(workspace)
    if not look.shows_work:
        yield TurnOfIntake("Không có tệp mới.", more=False)
        return
    # The validator's imports take seconds: they run while files are received and read.
    with Validator() as validator, Contents(workspace.store) as contents:
        for most in (_FIRST * _GROWTH**turn for turn in range(_TURNS)):
            if look.count > _VERY_MANY:
                step_back()
            more = look.ready > most
            yield TurnOfIntake(_turn(workspace, look, most, validator, contents), more)
            if not more and _inbox(workspace) <= look.inbox:
                return
            look = _AtHand.at(workspace)
            if not look.shows_work:
                return


@dataclass(frozen=True)
class _AtHand:
    """What there is to do, as of one reading of the register."""

    inbox: frozenset[StoredObject]
    register: Register
    snapshot: Snapshot
    ready: int  # units whose drops can be received
    now_real: datetime
    settle: timedelta
    shows_work: bool

    @classmethod
    def at(cls, workspace: Workspace) -> _AtHand:
        """Look, and mend what is spoilt."""
        inbox = _inbox(workspace)
        listed = ListedStore(workspace.store, {workspace.keys.inbox: sorted(inbox, key=lambda each: each.key)})
        found, snapshot = read_on(replace(workspace, store=listed), None)
        register, now_real, settle = mended(workspace, found), datetime.now(UTC), settle_time()
        work = work_waiting(workspace, register, now_real=now_real, settle=settle)
        to_receive = ready(workspace, register, settle=settle, now_real=now_real)
        return cls(inbox, register, snapshot, len(to_receive), now_real, settle, work is not None)

    @property
    def count(self) -> int:
        """How many units have something to be received or judged."""
        return sum(bool(entry.pending or entry.unjudged) for entry in self.register.units.values())


def _inbox(workspace: Workspace) -> frozenset[StoredObject]:
    return frozenset(workspace.store.list(workspace.keys.inbox))


def _turn(workspace: Workspace, look: _AtHand, most: int, validator: Validator, contents: Contents) -> str:
    """Receive the first so many submissions that are ready, judge all that are received; return a note."""
    taken = take_replies(workspace, look.register)
    receipts = receive(
        workspace, look.register, settle=look.settle, now_real=look.now_real, contents=contents, most=most
    )
    register = with_receipts(look.register, receipts)
    back = len(to_withdraw(register))
    register = withdraw(workspace, register)
    waiting = due(register, look.now_real)
    verdicts = judge(workspace, register, validator=validator, contents=contents)
    nominations = take_nominations(workspace, register, contents)
    keep_written(workspace, look.snapshot, receipts, verdicts)
    note = f"Lập {len(receipts)} biên nhận; chấm {len(waiting)} bộ hồ sơ: {_counted(verdicts)}."
    if nominations:
        note += f" Đề nghị biểu dương: {len(nominations)} tệp."
    if back:
        note += f" Đơn vị rút lại {back} bộ hồ sơ."
    if taken:
        note += f" Ghi {len(taken)} trả lời giấy mời."
    failed = _left(workspace, waiting) if len(verdicts) < len(waiting) else 0
    return f"{note} {failed} bộ hồ sơ chưa chấm được, sẽ tự chấm lại." if failed else note


def _left(workspace: Workspace, waiting: list[Receipt]) -> int:
    """Return how many submissions still wait: another run may have judged some, their units taken back others."""
    now = read_register(workspace, keep=False)
    return sum(receipt in now.units[receipt.unit].unjudged for receipt in waiting)


def _counted(verdicts: list[Verdict]) -> str:
    counts = {ruling: sum(verdict.ruling is ruling for verdict in verdicts) for ruling in Ruling}
    return (
        ", ".join(f"{count} {RULINGS[ruling].phrase}" for ruling, count in counts.items() if count)
        or "không có kết luận mới"
    )
