"""Work a few at a time, one for each asker."""

from __future__ import annotations

from concurrent.futures import Future, wait
from threading import Event, Lock

import pytest

from soket.page.work_queue import WorkQueue

DEADLINE = 60.0


def test_of_each_asker_one_at_a_time_and_the_last_of_what_waits() -> None:
    turns: WorkQueue[str] = WorkQueue(2)
    go, running, most, lock = Event(), [0], [0], Lock()

    def work(answer: str) -> str:
        with lock:
            running[0] += 1
            most[0] = max(most[0], running[0])
        assert go.wait(DEADLINE)
        with lock:
            running[0] -= 1
        return answer

    def ask(asker: str, key: str) -> Future[str]:
        return turns.ask(asker, key, lambda: work(key))

    first, same = ask("a", "1"), ask("a", "1")
    second, third = ask("a", "2"), ask("a", "3")
    others = [ask(asker, "1") for asker in "bcdef"]
    assert first is same
    assert second.cancelled()
    assert ask("a", "3") is third
    go.set()
    wait([first, third, *others], DEADLINE)
    assert (first.result(0), third.result(0)) == ("1", "3")
    assert most == [2]
    turns.close()


def test_what_fails_is_told_and_keeps_nobody_waiting() -> None:
    turns: WorkQueue[int] = WorkQueue(1)
    with pytest.raises(ZeroDivisionError):
        turns.ask("a", "1", lambda: 1 // 0).result(DEADLINE)
    assert turns.ask("a", "1", lambda: 7).result(DEADLINE) == 7
    turns.close()


def test_what_waits_when_it_closes_is_cancelled_and_what_is_done_is_told() -> None:
    turns: WorkQueue[int] = WorkQueue(1)
    go = Event()

    def work() -> int:
        assert go.wait(DEADLINE)
        return 7

    first, second, other = turns.ask("a", "1", work), turns.ask("a", "2", work), turns.ask("b", "1", work)
    turns.close()
    go.set()
    assert first.result(DEADLINE) == 7
    assert second.cancelled()
    assert other.cancelled()
