"""When the inbox's watch looks at the register again, though nothing new is listed."""

from __future__ import annotations

from conftest import Desk
from soket.campaign.records import Receipt
from soket.orchestration.triggers import _listing, _look_closer
from soket.plan.model import Campaign, Plan


def test_what_lies_locked_is_looked_at_until_an_extension_frees_it(plan: Plan, campaign: Campaign) -> None:
    locking = plan.model_copy(update={"limits": plan.limits.model_copy(update={"late": "lock"})})
    desk = Desk(locking, campaign)
    workspace = desk("2021-11-06 09:00")
    assert _look_closer(workspace, _listing(workspace)) == (None, frozenset(), False)
    unit = locking.units[0].code
    receipt = Receipt(
        unit=unit,
        number=1,
        received_at=workspace.now,
        deadline=campaign.stages["unit_reports"].moment,
        files=(),  # type: ignore[index]
    )
    workspace.store.create(workspace.keys.receipt(unit, 1), receipt.to_json())
    assert _look_closer(workspace, _listing(workspace)) == (None, frozenset(), True)
    freed = Desk(plan, campaign)
    freed.store.objects.update(desk.store.objects)
    found, _, waits = _look_closer(freed("2021-11-06 09:00"), frozenset())
    assert (found, waits) == ("1 bộ hồ sơ chờ chấm.", False)
