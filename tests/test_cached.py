"""Answers kept for a while."""

from __future__ import annotations

from threading import Barrier, Thread

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
