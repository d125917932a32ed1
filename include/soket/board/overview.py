"""What the list of campaigns shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from soket.board.access import Campaigns, Viewer
from soket.plan.model import Campaign, Plan
from soket.record.tally import Tally, tally


class CampaignState(StrEnum):
    """Where a campaign stands at a moment."""

    UPCOMING = "upcoming"
    RUNNING = "running"
    DONE = "done"

    @property
    def label(self) -> str:
        """The word in the list."""
        return _CAMPAIGN_STATES[self]


_CAMPAIGN_STATES = {
    CampaignState.UPCOMING: "Sắp mở",
    CampaignState.RUNNING: "Đang diễn ra",
    CampaignState.DONE: "Đã qua ngày cuối",
}


@dataclass(frozen=True)
class CampaignLine:
    """One campaign in the list."""

    campaign: Campaign
    state: CampaignState
    tally: Tally | None  # before a campaign begins there is nothing to count
    unclosed: int = 0  # stages, once the campaign's last day is over


@dataclass(frozen=True)
class PlanCard:
    """One plan with its campaigns, the latest first."""

    plan: Plan
    campaigns: tuple[CampaignLine, ...]


def plan_cards(campaigns: Campaigns, viewer: Viewer) -> list[PlanCard]:
    """Return the plans that a viewer may see."""
    plans, _ = campaigns.load()
    return [
        PlanCard(plan, tuple(_line(campaigns, viewer, plan, each) for each in reversed(plan.campaigns)))
        for plan in plans
        if viewer.may_see(plan.id)
    ]


def _line(campaigns: Campaigns, viewer: Viewer, plan: Plan, campaign: Campaign) -> CampaignLine:
    state = _state(campaign, campaigns.workspace(plan.id, campaign.code).now)
    if state is CampaignState.UPCOMING:
        return CampaignLine(campaign, state, None)
    place = campaigns.place(viewer, plan.id, campaign.code)
    left = len(place.register.unclosed(place.plan)) if state is CampaignState.DONE else 0
    return CampaignLine(campaign, state, tally(place.register.reporting(place.plan), place.register.as_of), left)


def _state(campaign: Campaign, now: datetime) -> CampaignState:
    if now < campaign.start:
        return CampaignState.UPCOMING
    return CampaignState.RUNNING if now < campaign.end else CampaignState.DONE
