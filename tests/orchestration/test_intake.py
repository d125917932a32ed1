"""Intake's step: the answers to one turn go out while the next is taken in, and none is lost to what fails."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from soket.intake.batch import TurnOfIntake
from soket.orchestration.stages import intake
from soket.orchestration.stages.intake import TakeIn
from soket.record.workspace import Workspace
from soket.store.store import StoreFailedError


@pytest.fixture
def delivered(monkeypatch: pytest.MonkeyPatch) -> threading.Semaphore:
    """As many permits as deliveries were made."""
    made = threading.Semaphore(0)
    monkeypatch.setattr(TakeIn, "_deliver", lambda *_: made.release())
    return made


def taking_in(monkeypatch: pytest.MonkeyPatch, turns: Iterator[TurnOfIntake]) -> Any:
    """Return a call of the step, with so many turns."""
    monkeypatch.setattr(intake, "take_in", lambda _: turns)
    return lambda at: TakeIn(task_id="judge", plan="p").call(at, {})


def test_answers_to_a_turn_go_out_while_the_next_is_taken_in(
    workspace: Callable[..., Workspace], monkeypatch: pytest.MonkeyPatch, delivered: threading.Semaphore
) -> None:
    def turns() -> Iterator[TurnOfIntake]:
        yield TurnOfIntake("Một.", more=True)
        assert delivered.acquire(timeout=30)  # within the second turn, before its note
        yield TurnOfIntake("Hai.", more=False)

    assert taking_in(monkeypatch, turns())(workspace("2021-11-01 09:00")) == "Một. Hai."
    assert delivered.acquire(timeout=0)
    assert not delivered.acquire(timeout=0)


def test_what_was_posted_goes_out_where_a_turn_fails(
    workspace: Callable[..., Workspace], monkeypatch: pytest.MonkeyPatch, delivered: threading.Semaphore
) -> None:
    def turns() -> Iterator[TurnOfIntake]:
        yield TurnOfIntake("Một.", more=True)
        raise StoreFailedError("away")

    with pytest.raises(StoreFailedError, match="away"):
        taking_in(monkeypatch, turns())(workspace("2021-11-01 09:00"))
    assert delivered.acquire(timeout=0)
    assert delivered.acquire(timeout=0)  # of what the turn posted before it failed


def test_a_delivery_that_fails_stops_no_turn_and_fails_the_step(
    workspace: Callable[..., Workspace], monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: list[str] = []

    def deliver(_: TakeIn, __: Workspace) -> None:
        raise StoreFailedError("away")

    def turns() -> Iterator[TurnOfIntake]:
        for note in ("Một.", "Hai."):
            taken.append(note)
            yield TurnOfIntake(note, more=True)

    monkeypatch.setattr(TakeIn, "_deliver", deliver)
    with pytest.raises(StoreFailedError, match="away"):
        taking_in(monkeypatch, turns())(workspace("2021-11-01 09:00"))
    assert taken == ["Một.", "Hai."]
