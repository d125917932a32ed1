"""Figures of units beside each other, and of several together: right as they stand, found where one is changed."""

from __future__ import annotations

import re

import pytest

from soket.documents.alike import judged_together
from soket.documents.judging import FigureJudge, JudgedFigure
from soket.documents.known import KnownFigures
from soket.narrative.figures.leads import leads
from soket.narrative.figures.stated import FigureReader
from soket.text import format_number

from .labelled import DRAFTS, world

SENTENCES = (DRAFTS / "sentences.txt").read_text(encoding="utf-8").splitlines(keepends=False)
"""Each figure, in brackets, is as the units of `both_forms` reported it."""

SURFACING = (DRAFTS / "surfacing.txt").read_text(encoding="utf-8").splitlines(keepends=False)
"""The same, where a wrong one need but surface."""


PHRASING = (DRAFTS / "phrasing.txt").read_text(encoding="utf-8").splitlines(keepends=False)
"""As the press and other reports put things, in ways that no draft has."""

STYLES = (DRAFTS / "styles.txt").read_text(encoding="utf-8").splitlines(keepends=False)
"""As speeches, inspections, answers and lists unit by unit put things; "¶" ends a line above."""


@pytest.fixture(scope="module")
def readers() -> tuple[FigureReader, FigureJudge]:
    """What reads and judges, once for all sentences."""
    plan, summary = world("both_forms")
    return FigureReader(plan), FigureJudge(KnownFigures(summary))


def judged(readers: tuple[FigureReader, FigureJudge], sentence: str) -> dict[int, JudgedFigure]:
    """Return what is found in a sentence, by where."""
    reader, judge = readers
    *above, own = sentence.split("¶")
    *_, lead = leads([*above, own])
    found = judged_together(judge, [*reader.figures(own, lead)])
    return {len(sentence) - len(own) + each.stated.start: each for each in found if each is not None}


@pytest.mark.parametrize("told", SENTENCES)
def test_each_figure_is_held_against_its_own(readers: tuple[FigureReader, FigureJudge], told: str) -> None:
    parts = re.split(r"[{}]", told)
    assert judged(readers, "".join(parts)) == {}
    for at in range(1, len(parts), 2):
        right = float(parts[at].replace(".", "").replace(",", "."))
        wrong = format_number(right * 1.13, len(parts[at].partition(",")[2]))
        found = judged(readers, "".join([*parts[:at], wrong, *parts[at + 1 :]]))
        assert found[len("".join(parts[:at]))].certain


@pytest.mark.parametrize("told", [*SURFACING, *PHRASING, *STYLES])
def test_each_figure_surfaces_where_it_is_wrong(readers: tuple[FigureReader, FigureJudge], told: str) -> None:
    parts = re.split(r"[{}]", told)
    assert judged(readers, "".join(parts)) == {}
    for at in range(1, len(parts), 2):
        right = float(parts[at].replace(".", "").replace(",", "."))
        wrong = format_number(right * 1.13 + (right < 9), len(parts[at].partition(",")[2]))
        found = judged(readers, "".join([*parts[:at], wrong, *parts[at + 1 :]]))
        assert len("".join(parts[:at])) in found
