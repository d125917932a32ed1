"""Waiting and taking in are one step; who drops meanwhile waits for no other run; a run ends where nothing is new."""

from __future__ import annotations

import pytest
from airflow.sdk.exceptions import TaskDeferred

from conftest import Desk
from intake.turns import PlainValidator, drop
from reading import corpus
from soket.intake import batch
from soket.orchestration import operation
from soket.orchestration.stages import intake
from soket.orchestration.triggers import DropTrigger
from soket.record.keeping import read_register

pytestmark = pytest.mark.usefixtures("inline")


@pytest.fixture
def step(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> intake.TakeIn:
    """The step that takes in, with rules checked by arithmetic."""
    monkeypatch.setattr(batch, "Validator", PlainValidator)
    return intake.TakeIn(task_id="judge", plan=desk.plan.id)


def report(desk: Desk, unit: str) -> None:
    drop(desk, unit, {corpus.REPORT: corpus.report(), corpus.TABLE: corpus.table()})


def test_the_step_that_waited_is_the_one_that_takes_in(
    desk: Desk, step: intake.TakeIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (intake, operation):
        monkeypatch.setattr(module, "workspace_of", lambda *_: desk())
    monkeypatch.setattr(step, "_deliver", lambda _: None)
    report(desk, "huyen_1")
    with pytest.raises(TaskDeferred) as deferred:
        step.execute({})
    trigger = deferred.value.trigger
    assert isinstance(trigger, DropTrigger)
    assert (trigger.plan, trigger.campaign) == (desk.plan.id, desk().campaign.code)
    assert not read_register(desk()).units["huyen_1"].verdicts
    note = getattr(step, deferred.value.method_name)({}, "Có tệp mới.")
    assert note.startswith("Lập 1 biên nhận; chấm 1 bộ hồ sơ")
    assert len(read_register(desk()).units["huyen_1"].verdicts) == 1


def test_what_comes_meanwhile_is_taken_in_by_the_same_run(
    desk: Desk, step: intake.TakeIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    still, delivered = ["huyen_2"], list[int]()

    def deliver(_: object) -> None:
        delivered.append(len(still))
        if still:
            report(desk, still.pop())

    monkeypatch.setattr(step, "_deliver", deliver)
    report(desk, "huyen_1")
    step.call(desk(), {})
    register = read_register(desk())
    assert [len(register.units[unit].verdicts) for unit in ("huyen_1", "huyen_2")] == [1, 1]
    assert delivered == [1, 0]  # each batch is answered before the next one is looked at


def test_what_is_not_complete_yet_keeps_no_run(
    desk: Desk, step: intake.TakeIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    delivered: list[None] = []
    monkeypatch.setenv("SOKET_SETTLE_SECONDS", str(10**9))  # real time, and this campaign is long past
    monkeypatch.setattr(step, "_deliver", lambda _: delivered.append(None))
    drop(desk, "huyen_1", {corpus.REPORT: corpus.report()})
    assert step.call(desk(), {}).startswith("Không có tệp mới.")
    assert len(delivered) == 1


def test_a_run_ends_however_much_comes(desk: Desk, step: intake.TakeIn, monkeypatch: pytest.MonkeyPatch) -> None:
    delivered: list[None] = []

    def deliver(_: object) -> None:
        delivered.append(None)
        drop(desk, "huyen_1", {f"ghi-chu-{len(delivered)}.txt": b"x"})

    monkeypatch.setattr(batch, "_TURNS", 3)
    monkeypatch.setattr(step, "_deliver", deliver)
    report(desk, "huyen_1")
    step.call(desk(), {})
    assert len(delivered) == 3
