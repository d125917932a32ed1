"""When patience with a component that does nothing is over."""

from __future__ import annotations

from pathlib import Path

import pytest

from soket.stack.component import Component
from soket.stack.state import State
from soket.stack.vigil import Vigil


class Thing(Component):
    name = title = "thing"
    needs = ("server",)
    leans_on = ("api",)


class Server(Component):
    name = title = "server"


class Judge:
    """A vigil on a clock of its own."""

    def __init__(self, folder: Path) -> None:
        self.now = 1000.0
        self.down: set[str] = set()
        self.vigil = Vigil(lambda name: name not in self.down, lambda: self.now)
        self.thing, self.server = Thing(State(folder)), Server(State(folder))

    def ends_after(self, limit: float = 10_000) -> float:
        """Let the thing do nothing; return after how many seconds it is given up."""
        began = self.now
        while not self.vigil.is_over(self.thing, "idle"):
            assert self.now - began < limit, "never given up"
            self.now += 10
        return self.now - began


@pytest.fixture
def judge(tmp_path: Path) -> Judge:
    return Judge(tmp_path)


def test_one_bad_look_is_not_the_end(judge: Judge) -> None:
    for _ in range(20):
        assert not judge.vigil.is_over(judge.thing, "idle")
        judge.now += 20
        assert not judge.vigil.is_over(judge.thing, None)
        judge.now += 20


def test_patience_ends_and_doubles_while_starting_anew_does_not_help(judge: Judge) -> None:
    assert [judge.ends_after() for _ in range(9)] == [30, 60, 120, 240, 480, 960, 1800, 1800, 1800]


def test_an_hour_later_all_is_forgiven(judge: Judge) -> None:
    assert judge.ends_after() == 30
    judge.now += 3600
    assert judge.ends_after() == 30


@pytest.mark.parametrize("other", ["server", "api"])
def test_nobody_is_blamed_while_what_it_leans_on_is_down(judge: Judge, other: str) -> None:
    judge.down = {other}
    with pytest.raises(AssertionError, match="never given up"):
        judge.ends_after(600)
    judge.down = set()
    assert judge.ends_after() == 30


def test_nobody_is_blamed_while_what_it_leans_on_ails(judge: Judge) -> None:
    assert not judge.vigil.is_over(judge.server, "silent")
    with pytest.raises(AssertionError, match="never given up"):
        judge.ends_after(600)
    assert not judge.vigil.is_over(judge.server, None)
    assert judge.ends_after() == 30
