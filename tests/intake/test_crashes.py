"""A turn of intake that breaks off at any call of the store, and is run again, comes to the same end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from conftest import Desk
from intake.turns import SETTLE, PlainValidator, drop, records, turn
from reading import corpus
from soket.intake.contents import Contents
from soket.intake.judge import judge
from soket.intake.receive import receive, with_receipts
from soket.plan.model import Plan
from soket.record.keeping import read_register
from soket.record.workspace import Workspace
from soket.stages.actions import record_act
from soket.stages.collect import answer_units
from soket.stages.refusing import Actor
from soket.store.keys import MAIL_SEAL
from soket.store.store import MemoryStore, StoredObject, StoreFailedError

pytestmark = pytest.mark.usefixtures("inline")

GOOD = {corpus.REPORT: corpus.report(), corpus.TABLE: corpus.table()}
WRONG = GOOD | {corpus.TABLE: corpus.table(CT01=(1000, 1200, 901))}
SET = {"bộ.zip": corpus.zipped({f"Hồ sơ/{name}": data for name, data in GOOD.items()})}


@dataclass
class BreakingStore(MemoryStore):
    """Fails at one call, counted from 0: before it is done, or after."""

    at: int = -1
    before: bool = True
    calls: int = 0

    def _call(self, done: Callable[[], object]) -> None:
        number, self.calls = self.calls, self.calls + 1
        if number == self.at and self.before:
            raise StoreFailedError
        done()
        if number == self.at:
            raise StoreFailedError

    def list(self, prefix: str) -> Iterator[StoredObject]:
        self._call(lambda: None)
        yield from list(super().list(prefix))

    def get(self, key: str) -> bytes:
        self._call(lambda: None)
        return super().get(key)

    def put(self, key: str, data: bytes, content_type: str = "application/octet-stream") -> None:
        self._call(lambda: super(BreakingStore, self).put(key, data, content_type))

    def create(self, key: str, data: bytes, content_type: str = "application/json") -> bool:
        if key in self.objects:
            return False
        self.put(key, data, content_type)
        return True

    def copy(self, source: str, target: str, etag: str) -> None:
        self._call(lambda: None)
        super().copy(source, target, etag)


def world(plan: Plan) -> Desk:
    desk = Desk(plan, plan.campaigns[0])
    drop(desk, "huyen_1", GOOD)
    drop(desk, "huyen_2", WRONG)
    drop(desk, "huyen_3", SET)
    return desk


def run(workspace: Workspace) -> None:
    """Do what a run of the intake DAG does."""
    register = read_register(workspace)
    now = workspace.clock.real_time(workspace.now) + 2 * SETTLE
    with Contents(workspace.store) as contents:
        receipts = receive(workspace, register, settle=SETTLE, now_real=now, contents=contents)
        judge(workspace, with_receipts(register, receipts), validator=PlainValidator(), contents=contents)
    answer_units(workspace)


def end_of(desk: Desk) -> dict[str, bytes]:
    """Return what is on record.

    The bucket's secret is another each time, and a run that broke off has a record of the checks it did of its own:
    these are left out.
    """
    desk.store.at = -1  # type: ignore[attr-defined]
    read_register(desk())
    return {key: data for key, data in records(desk).items() if key != MAIL_SEAL}


@pytest.mark.parametrize("before", [True, False], ids=["before", "after"])
def test_a_run_that_breaks_off_at_any_call_is_made_good_by_the_next(
    small_plan: Plan, before: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Calls come in the same order each time only from one thread.
    for module in ("record.keeping", "intake.receive", "intake.judge", "intake.contents", "record.parsed"):
        monkeypatch.setattr(f"soket.{module}.ThreadPoolExecutor", InlinePool)
    ends: list[dict[str, bytes]] = []
    for broken_at in range(-1, 1000):
        desk = world(small_plan)
        desk.store = BreakingStore(desk.store.clock, dict(desk.store.objects), at=broken_at, before=before)
        try:
            run(desk())
        except StoreFailedError:
            desk.store.at = -1
            run(desk())
        else:
            if broken_at >= 0:
                break
        ends.append(end_of(desk))
        assert ends[-1] == ends[0], f"call {broken_at}"
    else:
        pytest.fail("the run broke off each time: no call is the last")
    assert broken_at > 50
    # And a run that finds everything done does nothing.
    desk.store.at = -1
    run(desk())
    assert end_of(desk) == ends[0]


class InlinePool:
    """Does at once what it is given."""

    def __init__(self, *_: object) -> None:
        pass

    def __enter__(self) -> InlinePool:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    map = staticmethod(map)


def test_a_file_that_is_deleted_or_replaced_between_its_copy_and_the_receipt(desk: Desk) -> None:
    drop(desk, "huyen_1", GOOD)
    register = read_register(desk())
    genuine = desk.store.copy

    def copy(source: str, target: str, etag: str) -> None:
        genuine(source, target, etag)
        desk.store.objects.pop(source)

    desk.store.copy = copy  # type: ignore[method-assign]
    now = desk.now + SETTLE * 2
    (receipt,) = receive(desk(), register, settle=SETTLE, now_real=now)
    # What was copied is what is judged, whatever the unit does to its folder.
    desk.store.copy = genuine  # type: ignore[method-assign]
    assert [verdict.ruling for verdict in turn(desk())] == ["accepted"]
    assert {file.original_name for file in receipt.files} == set(GOOD)


def test_an_earlier_version_sent_again_is_a_new_submission(desk: Desk) -> None:
    drop(desk, "so_vh", {"a.docx": corpus.report("Một")})
    turn(desk())
    drop(desk, "so_vh", {"a.docx": corpus.report("Hai")}, "2021-11-02 09:00")
    turn(desk())
    drop(desk, "so_vh", {"a.docx": corpus.report("Một")}, "2021-11-03 09:00")
    turn(desk())
    entry = read_register(desk()).units["so_vh"]
    assert [receipt.files[0].sha256 for receipt in entry.receipts][::2] == [entry.receipts[0].files[0].sha256] * 2
    assert entry.accepted == 3
    assert turn(desk()) == []


def test_a_unit_writes_no_verdict_of_its_own(desk: Desk) -> None:
    """A file may be called what our records are called."""
    names = dict.fromkeys(("verdict.json", "1.json", "attempts.json"), b"{}")
    drop(desk, "so_vh", {"a.docx": corpus.report()} | names)
    turn(desk())
    entry = read_register(desk(), use_snapshot=False).units["so_vh"]
    assert [verdict.ruling for verdict in entry.verdicts] == ["returned"]
    assert entry.attempts == ()


def test_a_retry_of_nothing_changes_nothing(desk: Desk) -> None:
    form = {"act": "retry", "unit": "so_vh", "reason": "a", "granted_by": "b"}
    record_act(desk(), form=form, entry="e", actor=Actor("van_hanh", console=True))
    assert turn(desk()) == []
