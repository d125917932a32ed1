"""A returned submission that is taken in spite of its faults: with a paper, and the first verdict stays."""

from __future__ import annotations

import pytest

from conftest import Desk
from intake.plans import make_plan
from intake.turns import InlineReaders, judged
from reading import corpus
from soket.board.history import submissions_of
from soket.record.keeping import read_register
from soket.record.records import Ruling
from soket.record.register import Standing
from soket.stages.actions import record_act
from soket.stages.refusing import Actor, ActRefusedError

UNIT = "huyen_1"
FORM = {
    "act": "review",
    "unit": UNIT,
    "number": 1,
    "outcome": "accepted",
    "reason": "Số đã đối chiếu tại chỗ",
    "granted_by": "Trưởng ban",
}
PAPER = FORM | {"document_number": "15-CV/BTGTU"}
CONSOLE = Actor("van_hanh", console=True)


@pytest.fixture
def office(monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setattr("soket.intake.contents.ReaderPool", InlineReaders)
    plan = make_plan()
    desk = Desk(plan, plan.campaigns[0])
    judged(desk, UNIT, {corpus.REPORT: corpus.report(), corpus.TABLE: corpus.table(CT03=(61, 163, -4))})
    return desk


def test_it_takes_a_paper(office: Desk) -> None:
    with pytest.raises(ActRefusedError, match="số văn bản"):
        record_act(office(), form=FORM, entry="1", actor=CONSOLE)
    assert read_register(office()).units[UNIT].standing is Standing.RETURNED


def test_what_was_returned_counts_and_the_first_verdict_stays(office: Desk) -> None:
    record_act(office(), form=PAPER, entry="1", actor=CONSOLE)
    entry = read_register(office()).units[UNIT]
    assert (entry.standing, entry.accepted) == (Standing.ACCEPTED, 1)
    (story,) = submissions_of(entry)
    assert story.first is not None
    assert story.first.ruling is Ruling.RETURNED
    assert story.first.slip_key
    told = next(each.line for each in story.points if each.line.code == "HS-09")
    assert "15-CV/BTGTU" in told.messages[0]


def test_what_was_returned_is_not_returned_again_by_hand(office: Desk) -> None:
    with pytest.raises(ActRefusedError, match="không thuộc diện"):
        record_act(office(), form=PAPER | {"outcome": "returned"}, entry="1", actor=CONSOLE)


def test_only_the_latest_submission_is_taken_so(office: Desk) -> None:
    judged(office, UNIT, {corpus.TABLE: corpus.table(CT03=(61, 163, -5))}, "2021-11-01 15:00")
    with pytest.raises(ActRefusedError, match="không thuộc diện"):
        record_act(office(), form=PAPER, entry="1", actor=CONSOLE)
