"""When the inbox's watch looks at the register again, though nothing new is listed."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from conftest import Desk
from soket.orchestration import triggers
from soket.orchestration.triggers import DropTrigger, _listing, _look_closer
from soket.plan.model import Campaign, Plan
from soket.record.records import Receipt


def test_what_lies_locked_is_looked_at_until_an_extension_frees_it(plan: Plan, campaign: Campaign) -> None:
    locking = plan.model_copy(update={"limits": plan.limits.model_copy(update={"late": "lock"})})
    desk = Desk(locking, campaign)
    workspace = desk("2021-11-06 09:00")
    assert _look_closer(workspace, _listing(workspace)) == (None, frozenset())
    unit = locking.units[0].code
    receipt = Receipt(
        unit=unit,
        number=1,
        received_at=workspace.now,
        deadline=campaign.stages["unit_reports"].moment,
        files=(),  # type: ignore[index]
    )
    workspace.store.create(workspace.keys.receipt(unit, 1), receipt.to_json())
    assert _look_closer(workspace, _listing(workspace)) == (None, frozenset())
    freed = Desk(plan, campaign)
    freed.store.objects.update(desk.store.objects)
    assert _look_closer(freed("2021-11-06 09:00"), frozenset())[0] == "1 bộ hồ sơ chờ chấm."


def test_the_watch_over_the_inbox_ends_when_a_mail_can_be_tried_again(
    plan: Plan, campaign: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = Desk(plan, campaign)("2021-11-05 17:00")
    moment, answers = 0.0, iter([timedelta(seconds=40), None, timedelta(0)])
    asked: list[tuple[float, timedelta]] = []

    def until_next(_: object, watched: timedelta) -> timedelta | None:
        asked.append((moment, watched))
        return next(answers)

    async def reach(plan_id: str, code: str) -> object:
        return workspace

    async def sleep(seconds: float) -> None:
        nonlocal moment
        moment += seconds

    monkeypatch.setattr(triggers, "reach", reach)
    monkeypatch.setattr(triggers, "until_next", until_next)
    monkeypatch.setattr(triggers.time, "monotonic", lambda: moment)
    monkeypatch.setattr(triggers.asyncio, "sleep", sleep)

    async def first() -> str:
        return str(await anext(event.payload async for event in DropTrigger(plan.id, campaign.code, 5).run()))

    assert asyncio.run(first()) == "Có thư chờ đến lúc gửi lại."
    # A minute after it began, when the time told has come, and five minutes later where there is nothing to wait for.
    assert asked == [(at, timedelta(seconds=at)) for at in (60, 100, 400)]
