"""When a stage that is not over is told of."""

from __future__ import annotations

from datetime import date

import pytest

from soket.notices.alerts import overdue_notice
from soket.record.decisions import Postponement
from soket.record.records import StageRecord

from .world import World, moment

REPORTS = "unit_reports"


def at(when: str) -> World:
    world = World()
    world.clock.set(when)
    return world


def test_a_stage_that_is_not_over_is_told_of_once_for_each_margin() -> None:
    world = at("2021-11-06 00:00")
    first = overdue_notice(world.workspace, world.register, world.plan.stage(REPORTS), 24)
    second = overdue_notice(world.workspace, world.register, world.plan.stage(REPORTS), 72)
    assert first is not None
    assert second is not None
    assert first.id == "alert.van_hanh.unit_reports-24h.2021-11-04"
    assert second.id == "alert.van_hanh.unit_reports-72h.2021-11-04"
    assert "đã quá 24 giờ mà chưa xong. Đến nay: chưa bắt đầu" in str(first.context["what"])


def test_a_stage_that_is_over_is_not() -> None:
    world = at("2021-11-06 00:00")
    record = StageRecord(stage=REPORTS, round=1, step="done", at=moment("2021-11-05 00:01"), note="")
    register = world.register
    entry = register.stages[REPORTS].model_copy(update={"round": 1, "records": (record,)})
    over = register.model_copy(update={"stages": {**register.stages, REPORTS: entry}})
    assert overdue_notice(world.workspace, over, world.plan.stage(REPORTS), 24) is None


@pytest.mark.parametrize("stage", [REPORTS, "ubnd_draft"])
def test_a_postponed_stage_is_not(stage: str) -> None:
    world = at("2021-11-11 00:00")
    world.decisions.append(
        Postponement(
            id="postponement-1",
            decided_at=moment("2021-11-01 08:00"),
            account="",
            granted_by="",
            reason="Chống dịch",
            stage=stage,
            last_day=date(2021, 11, 15),
        )
    )
    assert overdue_notice(world.workspace, world.register, world.plan.stage(stage), 24) is None


def test_unit_reports_that_wait_for_an_extended_unit_are_not() -> None:
    world = at("2021-11-06 00:00")
    world.extend("unit_00", moment("2021-11-03 08:00"), date(2021, 11, 8))
    assert overdue_notice(world.workspace, world.register, world.plan.stage(REPORTS), 24) is None
    world.clock.set("2021-11-09 00:00")
    assert overdue_notice(world.workspace, world.register, world.plan.stage(REPORTS), 72) is not None
