"""Turns: of many, the first to arrive have their verdicts first, and the same as if all were judged at once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from conftest import Desk, moment
from intake import reports
from intake.turns import PlainValidator, drop, read_out
from reading import corpus
from soket.intake import batch, receive
from soket.record.keeping import read_register
from soket.record.records import ParsedReport, Receipt, Verdict
from soket.record.register import UnitEntry
from soket.record.workspace import Workspace
from soket.store.store import StoreFailedError

pytestmark = pytest.mark.usefixtures("inline")

UNITS = ("huyen_3", "huyen_1", "huyen_2")  # as they arrive
LATER = "2021-11-01 10:00"


@pytest.fixture
def sent(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The campaign with three reports of one text in the inbox, of which the first turn takes one."""
    monkeypatch.setattr(batch, "Validator", PlainValidator)
    monkeypatch.setattr(batch, "_FIRST", 1)
    for number, unit in enumerate(UNITS):
        at = moment("2021-11-01 09:00") + timedelta(minutes=number)
        drop(desk, unit, reports.submission(*reports.paragraphs()), at)
    return desk


def judged(desk: Desk) -> dict[str, Verdict]:
    return {code: entry.verdicts[0] for code, entry in read_register(desk()).units.items() if entry.verdicts}


def told(desk: Desk) -> dict[str, tuple[Verdict, ParsedReport]]:
    """Return the verdicts, with what was read instead of where it is kept, beside others of its turn."""
    return {
        unit: (each.model_copy(update={"parsed_key": None}), read_out(desk, each))
        for unit, each in judged(desk).items()
    }


def test_who_came_first_is_judged_first_and_the_rest_in_larger_turns(sent: Desk) -> None:
    found = [(turn.note.split(":")[0], turn.more, sorted(judged(sent))) for turn in batch.turns(sent())]
    assert found == [
        ("Lập 1 biên nhận; chấm 1 bộ hồ sơ", True, ["huyen_3"]),
        ("Lập 2 biên nhận; chấm 2 bộ hồ sơ", False, ["huyen_1", "huyen_2", "huyen_3"]),
    ]


def test_in_which_turn_a_submission_is_judged_changes_nothing(sent: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    one_by_one = Desk(sent.plan, sent.campaign)
    one_by_one.store.objects.update(sent.store.objects)
    monkeypatch.setattr(batch, "_GROWTH", 1)
    assert len(list(batch.turns(one_by_one(LATER)))) == len(UNITS)
    monkeypatch.setattr(batch, "_FIRST", len(UNITS))
    assert len(list(batch.turns(sent(LATER)))) == 1
    assert told(one_by_one) == told(sent)
    assert [bool(judged(sent)[unit].faults) for unit in UNITS] == [False, True, True]  # whose text it is


def test_whoever_goes_on_after_a_break_finds_the_rest_as_it_was(sent: Desk) -> None:
    running = batch.turns(sent())
    next(running)
    running.close()  # type: ignore[attr-defined]
    assert [len(read_register(sent()).units[unit].receipts) for unit in UNITS] == [1, 0, 0]
    batch.process(sent())
    assert sorted(judged(sent)) == sorted(UNITS)


def replaced(desk: Desk) -> None:
    """Send the last one's report again, in other words."""
    drop(desk, "huyen_2", {corpus.REPORT: corpus.report("Bản sau")}, "2021-11-01 09:30")


def test_what_is_sent_again_before_its_turn_is_received_as_it_is_then(sent: Desk) -> None:
    for number, _ in enumerate(batch.turns(sent())):
        if number == 0:
            replaced(sent)
    entry = read_register(sent()).units["huyen_2"]
    (receipt,) = entry.receipts
    assert receipt.received_at == moment("2021-11-01 09:30")
    assert {file.name for file in receipt.files} == {corpus.REPORT, corpus.TABLE}


def test_a_store_that_fails_later_keeps_no_answer_from_the_first(sent: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    genuine = receive.take_in

    def take_in(workspace: Workspace, entry: UnitEntry, **given: Any) -> Receipt | None:
        if entry.unit == "huyen_1":
            raise StoreFailedError("away")
        return genuine(workspace, entry, **given)

    monkeypatch.setattr(receive, "take_in", take_in)
    running = batch.turns(sent())
    next(running)
    assert sorted(judged(sent)) == ["huyen_3"]
    with pytest.raises(StoreFailedError):
        next(running)
