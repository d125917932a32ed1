"""The week's report in Word, made of the same facts as its mail."""

from __future__ import annotations

import pytest
from syrupy.assertion import SnapshotAssertion

from notices.plans import make_plan
from soket.documents.weekly import render_weekly_report, say_change
from soket.notices.examples import examples

from .conftest import text_of


@pytest.mark.parametrize("size", [1, 2, 60])
def test_weekly_report(size: int, text_file: SnapshotAssertion) -> None:
    plan = make_plan(size)
    workspace, notice = examples(plan)["digest-weekly"]
    report = render_weekly_report(plan, notice.context, workspace.now)
    assert workspace.store.get(notice.attachments[0].key) == report
    assert text_of(report) == text_file


def test_each_row_adds_up_to_what_the_block_owes() -> None:
    _, notice = examples(make_plan(60))["digest-weekly"]
    for block in notice.context["blocks"]:
        told = ("sent", "in_hand", "returned", "not_sent")
        assert sum(block[name] for name in told) == block["owing"]


@pytest.mark.parametrize(("difference", "words"), [(0, "không đổi"), (3, "tăng 3"), (-1, "giảm 1")])
def test_change(difference: int, words: str) -> None:
    assert say_change(difference) == words
