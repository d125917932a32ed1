"""Answers kept for a while."""

from __future__ import annotations

from threading import Barrier, Event, Thread

import pytest

from soket.cached import Cached


def test_an_answer_lives_for_its_seconds() -> None:
    asked: list[str] = []
    clock = [0.0]
    cached = Cached(lambda word: asked.append(word) or word.upper(), 3, lambda: clock[0])
    assert [cached("a"), cached("a"), cached("b")] == ["A", "A", "B"]
    clock[0] = 3
    assert cached("a") == "A"
    assert asked == ["a", "b", "a"]


def test_an_error_is_not_kept() -> None:
    answers = iter([ValueError("broken"), "fine"])

    def ask() -> str:
        answer = next(answers)
        if isinstance(answer, Exception):
            raise answer
        return answer

    cached = Cached(ask, 3)
    with pytest.raises(ValueError, match="broken"):
        cached()
    assert cached() == "fine"


def test_readers_at_the_same_moment_ask_once() -> None:
    asked: list[int] = []
    together = Barrier(4)
    cached = Cached(lambda: asked.append(1), 3)

    def read() -> None:
        together.wait()
        cached()

    readers = [Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    assert asked == [1]


def test_nobody_waits_for_an_answer_that_is_over_while_it_is_asked_anew() -> None:
    answers, clock, asked = iter(["old", "new"]), [0.0], Event()

    def ask() -> str:
        answer = next(answers)
        if answer == "new":
            asked.set()
        return answer

    cached = Cached(ask, 3, lambda: clock[0], while_asking=12)
    assert cached() == "old"
    clock[0] = 4
    assert cached() == "old"
    assert asked.wait(60)
    with cached._locks[(), ()]:
        pass  # the thread has let it go
    assert cached() == "new"


def test_what_is_over_for_long_is_not_given_any_more() -> None:
    answers, clock = iter("ab"), [0.0]
    cached = Cached(lambda: next(answers), 3, lambda: clock[0], while_asking=12)
    assert cached() == "a"
    clock[0] = 15
    assert cached() == "b"


def test_an_answer_that_took_long_lives_longer() -> None:
    asked: list[int] = []
    clock = [0.0]

    def ask() -> int:
        asked.append(1)
        clock[0] += 2
        return len(asked)

    cached = Cached(ask, 3, lambda: clock[0], while_asking=12)
    assert cached() == 1
    clock[0] += 9
    assert cached() == 1
    assert len(asked) == 1


def test_an_answer_that_cannot_be_had_anew_is_told_and_the_old_one_given(caplog: pytest.LogCaptureFixture) -> None:
    clock, failed = [0.0], Event()

    def ask() -> str:
        if clock[0]:
            failed.set()
            raise ValueError("broken")
        return "old"

    cached = Cached(ask, 3, lambda: clock[0], while_asking=12)
    assert cached() == "old"
    clock[0] = 4
    assert cached() == "old"
    assert failed.wait(60)
    with cached._locks[(), ()]:
        assert "could not be asked anew" in caplog.text
    assert cached() == "old"
