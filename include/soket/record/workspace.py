"""What every operation of a campaign works with: its plan, its record and its time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from itertools import chain

from soket import clock
from soket.clock import Clock
from soket.plan.calendar import WorkingCalendar
from soket.plan.loader import UnknownPlanError, find_plan, load_all
from soket.plan.model import Campaign, Plan
from soket.record.editions import in_force
from soket.record.seal import read_seal
from soket.store.connect import StoreSettings, open_store
from soket.store.keys import Keys
from soket.store.store import InHand, Store, StoreFailedError
from soket.store.together import ListedStore, list_folders


@dataclass(frozen=True)
class Workspace:
    """One campaign of one plan, on one store, at one clock."""

    plan: Plan  # as the campaign has it
    campaign: Campaign
    store: Store
    clock: Clock
    rerun: bool = False  # a backfill: products are made again in place
    silent: bool = False  # notices are kept as suppressed, not sent
    filed: Plan | None = None  # the plan as its file has it, where the campaign does not go by that, or not yet
    in_hand: InHand = field(default_factory=InHand, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "plan", self.plan.in_campaign(self.campaign))

    @property
    def keys(self) -> Keys:
        """The campaign's bucket keys."""
        return Keys(self.plan.id, self.campaign.code)

    @property
    def now(self) -> datetime:
        """The campaign's present moment."""
        return self.clock.now()

    @property
    def is_over(self) -> bool:
        """Whether the campaign's last day is: nothing that comes is read any more, and nobody is chased."""
        return self.now >= self.campaign.end

    def moment(self, real: datetime | None) -> datetime:
        """Return the campaign moment of a real one that was written down; without one, the present."""
        return self.clock.campaign_time(real) if real else self.now

    @cached_property
    def seal(self) -> bytes:
        """The bucket's own secret."""
        return read_seal(self.store)

    @cached_property
    def calendar(self) -> WorkingCalendar:
        """The plan's working days."""
        return WorkingCalendar.of(self.plan)


def at_work(
    filed: Plan, campaign: str, store: Store, now: Clock, *, rerun: bool = False, silent: bool = False
) -> Workspace:
    """Return the workspace of a campaign, which goes by the plan that is on record, given the plan in its file."""
    plan = in_force(filed, campaign, store)
    waiting = None if plan is filed else filed
    return Workspace(plan, plan.campaign(campaign), store, now, filed=waiting, rerun=rerun, silent=silent)


def open_workspace(plan_id: str, campaign: str) -> Workspace:
    """Return the workspace of a campaign on the bucket and the clock that the environment names."""
    plan = find_plan(plan_id)
    try:
        chosen = plan.campaign(campaign)
    except KeyError:
        known = ", ".join(each.code for each in plan.campaigns)
        raise UnknownPlanError(f"Kế hoạch «{plan_id}» không có đợt «{campaign}». Có: {known}.") from None
    return at_work(plan, chosen.code, open_store(StoreSettings.from_environment()), clock.from_environment())


def open_workspaces(seen: Callable[[Keys], Sequence[str]] = lambda _: ()) -> list[Workspace]:
    """Return the workspaces of the campaigns that are under way, on the bucket and the clock of the environment.

    What is to be `seen` of each is listed for all at once. Where the bucket fails, they go by the plans' files.
    """
    plans, _ = load_all()
    now = clock.from_environment()
    store = open_store(StoreSettings.from_environment())
    under_way = [(plan, Keys(plan.id, each.code)) for plan in plans for each in plan.open_campaigns(now.now())]
    folders = {keys: (keys.editions, *seen(keys)) for _, keys in under_way}
    try:
        found = list_folders(store, chain(*folders.values()))
        stores = {keys: ListedStore(store, {each: found[each] for each in folders[keys]}) for keys in folders}
        return [at_work(plan, keys.campaign, stores[keys], now) for plan, keys in under_way]
    except StoreFailedError:
        return [Workspace(plan, plan.campaign(keys.campaign), store, now) for plan, keys in under_way]


def workspace_now(plan: Plan) -> Workspace:
    """Return the workspace of a plan's present campaign."""
    now = clock.from_environment()
    return at_work(plan, plan.present_campaign(now.now()).code, open_store(StoreSettings.from_environment()), now)
