"""Whether a unit that a draft says to have the most, or the least, really has."""

from __future__ import annotations

import pytest

from soket.documents.checks.finding import DraftCheck, FindingLevel
from soket.documents.checks.said import figures_said
from soket.documents.known import KnownFigures
from soket.narrative.figures.stated import FigureReader

from .labelled import world

TOLD = [
    ("Năm 2019, đứng đầu là huyện Lộc Hà (404.635 lượt khách).", ""),
    ("Năm 2019, đứng đầu là huyện Hương Sơn (379.795 lượt khách).", "Huyện ủy Lộc Hà (404.635 lượt khách)"),
    ("Năm 2021, Lộc Hà có 07 khu, điểm du lịch được công nhận, nhiều nhất tỉnh.", ""),
    ("Năm 2021, Can Lộc có 05 khu, điểm du lịch được công nhận, nhiều nhất tỉnh.", "Huyện ủy Lộc Hà (7 khu, điểm)"),
    ("Năm 2021, số buồng lưu trú ít nhất là huyện Đức Thọ (147 buồng).", "Huyện ủy Kỳ Anh (58 buồng)"),
    ("Hai địa phương năm 2019 dẫn đầu là Hương Sơn (379.795 lượt khách) và Lộc Hà (404.635 lượt khách).", ""),
    ("Năm 2019, trong khối miền núi, cao nhất là huyện Hương Sơn (379.795 lượt khách).", ""),
    ("So với năm 2019, lượng khách năm 2021 giảm nhiều nhất là huyện Đức Thọ (giảm 55,9%).", ""),
]


@pytest.mark.parametrize(("told", "other"), TOLD)
def test_who_is_said_to_be_first_or_last_is(told: str, other: str) -> None:
    plan, summary = world("both_forms")
    found = [*figures_said(FigureReader(plan), KnownFigures(summary), [told])]
    assert [each.reason.partition("theo báo cáo là ")[2] for each in found] == ([other] if other else [])
    assert all((each.check, each.level) == (DraftCheck.PROSE, FindingLevel.WRONG) for each in found)


def test_an_order_that_nothing_tells_the_time_of_is_to_be_looked_at() -> None:
    plan, summary = world("both_forms")
    told = "Về công suất sử dụng buồng, cao nhất là huyện Lộc Hà (25,1%)."
    (found,) = figures_said(FigureReader(plan), KnownFigures(summary), [told])
    assert found.level is FindingLevel.LOOK
