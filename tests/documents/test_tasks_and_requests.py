"""One heading for tasks and recommendations: what asks nobody is a task, and no recommendation."""

from __future__ import annotations

import pytest

from soket.documents.composing import compose
from soket.documents.heading_lines import NOBODY
from soket.documents.said import gather
from soket.plan.model import Plan

from .builders import nq06
from .worded import summary_of

BOTH = "Nhiệm vụ, giải pháp và kiến nghị, đề xuất"
TASK, ASKED = "Tiếp tục số hóa hồ sơ tài nguyên du lịch.", "Đề nghị Ủy ban nhân dân tỉnh bố trí kinh phí hạ tầng."


def with_titles(*titles: str) -> Plan:
    """Return the plan with these headings in place of its last."""
    plan = nq06()
    last = plan.outline[-1]
    told = [{"code": f"m{at}", "title": title, "keywords": ()} for at, title in enumerate(titles)]
    own = [last.model_copy(update=each) for each in told]
    return plan.model_copy(update={"outline": (*plan.outline[:-1], *own)})


def drafted(plan: Plan, **lines: list[str]) -> dict[str, list[str]]:
    """Return what a draft quotes of reports that say this, by the small headings over it."""
    summary = summary_of(plan, dict.fromkeys(("h_can_loc", "h_loc_ha"), lines))
    sections = compose(gather(summary)).sections
    return {
        group.title: [quote.text for point in group.points for quote in point.quotes]
        for section in sections
        for group in section.groups
    }


def test_a_task_is_told_as_one() -> None:
    assert drafted(with_titles(BOTH), m0=[TASK, ASKED]) == {"": [TASK], "Đối với Ủy ban nhân dân tỉnh": [ASKED]}


@pytest.mark.parametrize(
    ("lines", "asked"),
    [
        (["1. Nhiệm vụ, giải pháp", TASK, "2. Kiến nghị, đề xuất", "Bố trí đủ biên chế."], "Bố trí đủ biên chế."),
        ([TASK, "Đề nghị bố trí đủ biên chế."], "Đề nghị bố trí đủ biên chế."),
        ([TASK, "Trong khi chờ, kính đề nghị bố trí biên chế."], "Trong khi chờ, kính đề nghị bố trí biên chế."),
    ],
)
def test_what_asks_nobody_by_name_is_asked_all_the_same(lines: list[str], asked: str) -> None:
    assert drafted(with_titles(BOTH), m0=lines) == {"": [TASK], NOBODY: [asked]}


def test_tasks_after_the_recommendations_are_tasks_again() -> None:
    lines = ["1. Kiến nghị, đề xuất", ASKED, "2. Nhiệm vụ, giải pháp", TASK]
    assert drafted(with_titles(BOTH), m0=lines) == {"": [TASK], "Đối với Ủy ban nhân dân tỉnh": [ASKED]}


def test_where_recommendations_have_a_heading_they_stand_there() -> None:
    plan = with_titles("Nhiệm vụ; kiến nghị, đề xuất", "Kiến nghị, đề xuất")
    assert drafted(plan, m0=[TASK, ASKED]) == {"": [TASK], "Đối với Ủy ban nhân dân tỉnh": [ASKED]}


def test_under_recommendations_alone_all_is_one() -> None:
    assert drafted(with_titles("Kiến nghị, đề xuất"), m0=["Bố trí đủ biên chế."]) == {NOBODY: ["Bố trí đủ biên chế."]}
