"""Which findings about a draft's figures are wrong, to be looked at, or only told."""

from __future__ import annotations

from dataclasses import replace

from soket.documents.checks.finding import FindingLevel
from soket.documents.checks.said import MOST_TO_LOOK_AT, weighed
from soket.documents.judging import FigureJudge, JudgedFigure
from soket.documents.known import KnownFigures
from soket.narrative.figures.stated import FigureReader
from soket.narrative.figures.stated_figure import Doubt

from .labelled import world


def found(told: str) -> JudgedFigure:
    plan, summary = world("both_forms")
    (stated,) = FigureReader(plan).figures(told)
    judged = FigureJudge(KnownFigures(summary)).judge(stated)
    assert judged is not None
    return judged


def test_a_figure_far_from_the_right_one_is_to_be_looked_at() -> None:
    far = found("Năm 2021, huyện Lộc Hà có 7.918 buồng.")
    assert (far.certain, far.like) == (False, False)
    assert weighed([far]) == [FindingLevel.LOOK]


def test_ten_of_a_draft_are_to_be_looked_at_those_first_that_are_like_the_right_one() -> None:
    far = found("Năm 2021, huyện Lộc Hà có 7.918 buồng.")
    doubted = replace(far, stated=replace(far.stated, doubts=frozenset({Doubt.INDICATOR})))
    near = replace(far, like=True)
    levels = weighed([doubted, *[far] * MOST_TO_LOOK_AT, near])
    assert levels[0] is FindingLevel.TELL
    assert levels.count(FindingLevel.LOOK) == MOST_TO_LOOK_AT
    assert levels[-1] is FindingLevel.LOOK


def test_three_figures_of_one_other_unit_are_one_misreading() -> None:
    others = found("Năm 2019, huyện Thạch Hà đón 404.635 lượt khách.")
    assert others.certain
    assert others.whose == "Huyện ủy Lộc Hà"
    assert weighed([others] * 2) == [FindingLevel.WRONG] * 2
    assert weighed([others] * 3) == [FindingLevel.LOOK] * 3
