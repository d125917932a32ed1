"""What a run asks of the bucket, counted: it reads the register and lists the outbox once in each of its steps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

import pytest

from conftest import Desk
from demo.samples.sending import files_of
from demo.scenario import Content, Drop
from intake.turns import InlineReaders, PlainValidator, drop
from notices.post import CountingStore
from reading import corpus
from record import story
from record.builders import first, submit
from record.story import Story
from soket.intake import batch
from soket.notices.delivery import deliver
from soket.notices.senders import RecordingSender
from soket.plan.model import Plan
from soket.record.keeping import read_register
from soket.record.workspace import Workspace
from soket.stages import NothingToDoError, collect, draft, monitor

Steps = tuple[Callable[[Workspace], str], ...]

# As orchestration/stages/intake.py and monitor.py chain them.
INTAKE: Steps = (batch.process, collect.answer_units, draft.announce_amendments)
MONITOR: Steps = (monitor.chase, monitor.digest, monitor.count_mail)

A_READING = {"inbox": 1, "receipts": 1, "reports": 1, "decisions": 1, "stages": 1, "replies": 1}


@pytest.fixture
def desk(after: Story, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The campaign while units send, with everything that was to be said sent."""
    monkeypatch.setenv("SOKET_SETTLE_SECONDS", "0")
    desk = after(story.opened)
    submit(desk("2021-10-25 09:00"), first(desk.plan))
    for step in (*INTAKE, *MONITOR):
        run(desk(), step)
    deliver(desk(), RecordingSender())
    return desk


def run(workspace: Workspace, step: Callable[[Workspace], str]) -> CountingStore:
    """Run a step; return what it asked of the bucket."""
    store = CountingStore(workspace.store)  # type: ignore[arg-type]
    with suppress(NothingToDoError):
        step(replace(workspace, store=store))
    return store


def listed(store: CountingStore, workspace: Workspace) -> Counter[str]:
    """Return how often each part of the campaign was listed from end to end."""
    suffix = f"/{workspace.plan.id}/{workspace.campaign.code}/"
    return Counter(
        {
            name.removesuffix(suffix): count
            for name, count in store.listed.items()
            if name.endswith(suffix) and not name.startswith("mail/")
        }
    )


@pytest.mark.parametrize(
    ("step", "outbox"),
    [
        (batch.process, {}),
        (collect.answer_units, {"notices": 1, "plans": 1}),
        (draft.announce_amendments, {}),
        (monitor.chase, {"notices": 1, "plans": 1}),
        (monitor.digest, {"notices": 1}),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_a_step_with_nothing_to_do_reads_once_and_writes_nothing(
    desk: Desk, step: Callable[[Workspace], str], outbox: dict[str, int]
) -> None:
    store = run(desk(), step)
    assert listed(store, desk()) == {**A_READING, **outbox}
    assert store.calls["write"] == 0
    assert store.read[desk().keys.register] == 1
    assert store.calls["get"] <= 3  # the register, and places where mail servers' reports are remembered


def test_a_delivery_of_nothing_is_one_listing(desk: Desk) -> None:
    store = run(desk(), lambda workspace: str(deliver(workspace, RecordingSender())))
    assert listed(store, desk()) == {"notices": 1}
    assert set(store.calls) == {"list"}


def test_an_answer_costs_a_write_and_what_they_are_made_of(desk: Desk, plan: Plan) -> None:
    unit = next(each.code for each in plan.units if each.code != first(plan) and plan.form_of(each))
    submit(desk("2021-10-26 09:00"), unit)
    store = run(desk(), collect.answer_units)
    assert listed(store, desk()) == {**A_READING, "notices": 1, "plans": 1}
    assert store.calls["write"] == 2  # the intent, the register's snapshot


def test_what_a_turn_of_intake_wrote_is_not_read_back(desk: Desk, plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("soket.intake.contents.ReaderPool", InlineReaders)
    monkeypatch.setattr("soket.intake.batch.Validator", PlainValidator)
    units = [each for each in plan.units if each.code != first(plan) and plan.form_of(each)][:3]
    for unit in units:
        drop(desk, unit.code, {corpus.REPORT: corpus.report(), corpus.TABLE: corpus.table()}, "2021-10-26 09:00")
    run(desk(), batch.process)
    answering = run(desk(), collect.answer_units)
    assert not [key for key in answering.read if key.endswith("/verdict.json") or key.startswith("receipts/")]
    entries = read_register(desk()).units
    assert all(entries[unit.code].verdicts for unit in units)


def test_what_was_posted_is_sent_with_two_writes_and_without_being_read_back(desk: Desk, plan: Plan) -> None:
    unit = next(each.code for each in plan.units if each.code != first(plan) and plan.form_of(each))
    submit(desk("2021-10-26 09:00"), unit)
    store, sender = CountingStore(desk().store), RecordingSender()  # type: ignore[arg-type]
    workspace = replace(desk(), store=store)
    collect.answer_units(workspace)
    folder = f"{workspace.keys.notices}receipt.{unit}."
    (posted,) = [key for key in store.inner.objects if key.startswith(folder)]
    before = store.writes
    assert len(deliver(workspace, sender).sent) == 1
    assert store.writes - before == 2  # the message, by which it is in hand, and that it was sent
    assert not [key for key in store.read if key.startswith(folder)]
    deliver(desk(), RecordingSender())  # another process, which has nothing in hand, finds it sent
    assert sender.raw[-1] == store.inner.objects[posted.replace("intent.json", "message.eml")][0]


def test_a_unit_costs_nine_requests_from_drop_to_recorded_mail(
    desk: Desk, plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Beside what a turn costs anyway: for each file a copy and a read, and the five records that are written once."""
    monkeypatch.setattr("soket.intake.contents.ReaderPool", InlineReaders)
    monkeypatch.setattr("soket.intake.batch.Validator", PlainValidator)
    block = plan.unit(first(plan)).block
    units = iter([each.code for each in plan.units if each.code != first(plan) and each.block == block])

    def turn_of(count: int, day: int) -> Counter[str]:
        for _ in range(count):
            unit = next(units)
            sample = Drop(owner=unit, number=1, at=desk.now, content=Content.GOOD)
            drop(desk, unit, files_of(desk.plan, sample, 6), f"2021-10-{day} 09:00")
        store = CountingStore(desk().store)  # type: ignore[arg-type]
        batch.process(replace(desk(), store=store))
        workspace = replace(desk(), store=store)
        collect.answer_units(workspace)
        assert len(deliver(workspace, RecordingSender()).sent) == count
        read = [key for key in store.read.elements() if "/measured/" not in key]  # one more with each turn, not unit
        return Counter({"get": len(read), "write": store.writes})

    turn_of(1, 26)  # what the campaign has had from its first turn on
    more = turn_of(4, 27) - turn_of(2, 28)
    assert dict(more) == {"get": 2 * 2, "write": 7 * 2}
