from __future__ import annotations

import pytest

from campaign.story import Story
from soket.plan.model import Campaign, Plan


@pytest.fixture(scope="session")
def after(plan: Plan, campaign: Campaign) -> Story:
    """Give the campaign of 2021 after a chapter of `campaign.story`: `after(story.drafted)`."""
    return Story(plan, campaign)
