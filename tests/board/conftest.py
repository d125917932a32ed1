"""A board on a bucket in memory, and a browser for it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from fastapi import FastAPI

from soket.board.access import Viewer
from soket.board.app import create_app
from soket.record.workspace import Workspace

from .browser import Browser
from .campaigns import a_campaign_in_the_middle, a_workspace


def an_official() -> Viewer:
    return Viewer("vptu", lambda plan: True)


@pytest.fixture
def workspace() -> Workspace:
    return a_campaign_in_the_middle()


@pytest.fixture
def board_app(workspace: Workspace) -> Callable[..., FastAPI]:
    """Return a maker of boards on the campaign, for whoever `authenticate` lets in."""
    later = a_workspace(campaign="2026")
    campaigns = {"2021": workspace, "2026": later}

    def make(authenticate: Callable[..., Viewer] = an_official, faulty: list[Exception] | None = None) -> FastAPI:
        return create_app(
            lambda plan, campaign: campaigns[campaign], lambda: ([workspace.plan], faulty or []), authenticate
        )

    return make


@pytest.fixture
def browser(board_app: Callable[..., FastAPI]) -> Browser:
    return Browser(board_app())
