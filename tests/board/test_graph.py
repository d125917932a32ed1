"""The plan as its graph: each stage right of what it follows, no box upon another, no line through one."""

from __future__ import annotations

import re

import pytest

from soket.board.graph import graph_of
from soket.board.ribbon import stage_steps
from soket.plan.model import Plan
from soket.plan.stages import Stage
from soket.record.keeping import read_register
from soket.record.workspace import Workspace

from .browser import Browser
from .campaigns import a_workspace

HOME = "/nq06_thu/2021"


def shaped(after: dict[str, tuple[str, ...]]) -> tuple[Plan, Workspace]:
    """Return a plan whose drafts follow each other so."""
    workspace = a_workspace()
    draft = next(stage for stage in workspace.plan.stages if stage.id == "ubnd_draft")
    stages: list[Stage] = [
        draft.model_copy(update={"id": code, "title": code.upper(), "after": before}) for code, before in after.items()
    ]
    dates = workspace.campaign.stages["ubnd_draft"]
    campaign = workspace.campaign.model_copy(update={"stages": dict.fromkeys(after, dates)})
    plan = workspace.plan.model_copy(update={"stages": tuple(stages), "campaigns": (campaign,), "units": ()})
    return plan, Workspace(plan, campaign, workspace.store, workspace.clock)


@pytest.mark.parametrize(
    "after",
    [
        {"a": ()},
        {"a": (), "b": ("a",), "c": ("b",)},
        {"a": (), "b": (), "c": ("a", "b"), "d": ("c",), "e": ("a", "d")},
        {"a": (), "b": ("a",), "c": ("a",), "d": ("a",), "e": ("b", "c", "d")},
        {"e": ("d",), "d": ("c",), "c": ()},
    ],
)
def test_any_shape_is_drawn(after: dict[str, tuple[str, ...]]) -> None:
    plan, workspace = shaped(after)
    graph = graph_of(plan, stage_steps(workspace, read_register(workspace)))
    cells = {node.step.stage.id: (node.column, node.row) for node in graph.nodes}
    assert list(cells) == list(after)
    assert len(set(cells.values())) == len(cells)
    assert all(cells[before][0] < cells[code][0] for code, befores in after.items() for before in befores)
    assert len(graph.ways) == sum(map(len, after.values()))
    for way in graph.ways:  # sideways in a gutter, or from a box to the one beside it; up and down in gutters alone
        assert all(float(x).is_integer() for x in re.findall(r"H([\d.]+)V", way))
        assert way.count("V") == 1 or all(float(y).is_integer() for y in re.findall(r"V([\d.]+)H", way)[:-1])


def test_the_list_tells_what_the_drawing_does(browser: Browser) -> None:
    page = browser.get(HOME).text
    boxes = re.findall(r'<li class="(\w+)( follows)?" data-column="(\d)" data-row="(\d)">', page)
    assert [(column, row) for _, _, column, row in boxes] == [(str(n), "1") for n in range(1, 6)]
    assert [bool(follows) for _, follows, _, _ in boxes] == [False, True, True, True, True]
    assert "Dựa vào: Dự thảo báo cáo của tỉnh" in page
    assert "bước này sẽ chậm ít nhất 01 ngày làm việc" in page
    assert page.count('<path d="M') == 4
    assert page.count('<path class="sent_back"') == 1
