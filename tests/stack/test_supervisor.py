"""Supervision of toys: shell scripts that live, die, ignore signals and leave children behind."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import psutil
import pytest

from soket.stack import logs, process, supervisor
from soket.stack.component import Component, HopelessError, OneOff, Wave
from soket.stack.state import State
from soket.stack.status import Phase, status
from soket.stack.supervisor import StartError, Supervisor, backoff


class Toy(Component):
    """A shell script that is ready once its file is there."""

    def __init__(
        self, state: State, name: str, script: str, needs: tuple[str, ...] = (), wave: Wave = Wave.USERS
    ) -> None:
        super().__init__(state)
        self.name = self.title = name
        self.script = script
        self.needs = needs
        self.wave = wave
        self.stop_within = 0.5
        self.start_within = 60.0

    @property
    def file(self) -> Path:
        return self.state.root / f"{self.name}.ready"

    def prepare(self) -> None:
        self.file.unlink(missing_ok=True)

    def command(self) -> Sequence[str]:
        return ["/bin/bash", "-c", self.script.replace("READY", f"touch {self.file}")]

    def ready(self, since: float) -> bool:
        return self.file.exists()


class Errand(OneOff):
    """A step that fails as often as it is told to."""

    name = title = "errand"

    def __init__(self, state: State, failures: int) -> None:
        super().__init__(state)
        self.failures = failures
        self.runs = 0

    def run(self) -> None:
        self.runs += 1
        if self.runs <= self.failures:
            raise RuntimeError("not yet")


FOREVER = "READY; while :; do sleep 0.1; done"


@pytest.fixture
def state(tmp_path: Path) -> State:
    state = State.locate(tmp_path / "state")
    state.create()
    return state


@pytest.fixture(autouse=True)
def short_backoff(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervisor, "BACKOFF_START", 0.05)


@pytest.fixture
def start(state: State) -> Iterator[Callable[..., Supervisor]]:
    stacks: list[Supervisor] = []

    def begin(*components: Component) -> Supervisor:
        stack = Supervisor(state, components)
        stacks.append(stack)
        stack.start()
        return stack

    yield begin
    for stack in stacks:
        stack.stop()
    assert process.owned(state.root) == []


def until(condition: Callable[[], object], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it never came to pass"
        time.sleep(0.02)


def test_backoff_doubles_up_to_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervisor, "BACKOFF_START", 0.5)
    assert [backoff(n) for n in range(1, 9)] == [0.5, 1, 2, 4, 8, 16, 30, 30]


def test_components_start_when_what_they_need_is_ready(state: State, start: Callable[..., Supervisor]) -> None:
    errand = Errand(state, failures=0)
    first = Toy(state, "first", FOREVER)
    errand.needs = ("first",)
    second = Toy(state, "second", f"test -e {first.file} && {FOREVER}", needs=("errand", "absent"))
    stack = start(second, errand, first)
    assert stack.wait_ready(60)
    assert status(state).phase != Phase.READY  # nobody holds the lock: what is written down is no longer true
    with state.locked():
        told = status(state)
    assert told.healthy
    assert told.phase == Phase.READY
    assert {c.name: c.restarts for c in told.components} == {"first": 0, "second": 0, "errand": 0}


def test_a_killed_component_comes_back_and_its_children_do_not_stay(
    state: State, start: Callable[..., Supervisor]
) -> None:
    children = state.root / "children"
    toy = Toy(state, "toy", f"setsid sleep 300 & echo $! >> {children}; {FOREVER}")
    stack = start(toy)
    stack.wait_ready(60)
    entry = stack.status.component("toy")
    old = entry.pid
    assert old is not None
    os.kill(old, signal.SIGKILL)
    until(lambda: entry.phase == Phase.READY and entry.pid != old)
    assert entry.restarts == 1
    first_child, second_child = map(int, children.read_text().split())
    until(lambda: not list(process.living([psutil.Process(first_child)] if psutil.pid_exists(first_child) else [])))
    assert psutil.pid_exists(second_child)


def test_a_component_that_never_works_fails_the_start(state: State, start: Callable[..., Supervisor]) -> None:
    stack = start(Toy(state, "broken", "echo no such thing; exit 7"), Toy(state, "good", FOREVER))
    with pytest.raises(StartError, match="mã thoát 7") as caught:
        stack.wait_ready(60)
    assert caught.value.component == "broken"
    assert state.log("broken").read_text() == "no such thing\n" * supervisor.ATTEMPTS_TO_START


class Slow(Toy):
    """A toy that is ready the second time, and is given much longer then."""

    starts = 0

    def prepare(self) -> None:
        super().prepare()
        self.starts += 1
        self.start_within = 0.2 if self.starts == 1 else 60.0

    def command(self) -> Sequence[str]:
        self.script = "sleep 300" if self.starts == 1 else FOREVER
        return super().command()


def test_a_component_that_is_slow_to_start_is_started_again(state: State, start: Callable[..., Supervisor]) -> None:
    stack = start(Slow(state, "slow", ""))
    stack.wait_ready(60)
    assert stack.status.component("slow").restarts == 1


def test_what_starting_again_does_not_mend_is_given_up_at_once(state: State, start: Callable[..., Supervisor]) -> None:
    toy = Toy(state, "hopeless", FOREVER)

    def ready(since: float) -> bool:
        raise HopelessError("hồ sơ đã ghi không còn")

    toy.ready = ready  # type: ignore[method-assign]
    stack = start(toy)
    with pytest.raises(StartError, match="hồ sơ đã ghi không còn"):
        stack.wait_ready(60)
    assert stack.status.component("hopeless").restarts == 0
    until(lambda: not process.owned(state.root))


def test_what_had_better_not_work_on_is_stopped(
    state: State, start: Callable[..., Supervisor], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervisor, "EVERY", 0.1)
    toy = Toy(state, "robbed", FOREVER)
    gone = state.root / "gone"

    def trouble(since: float) -> str | None:
        if gone.exists():
            raise HopelessError("hồ sơ đã ghi không còn")
        return None

    toy.trouble = trouble  # type: ignore[method-assign]
    stack = start(toy)
    stack.wait_ready(60)
    gone.touch()
    entry = stack.status.component("robbed")
    until(lambda: entry.phase == Phase.FAILED and not process.owned(state.root))
    assert "không còn" in entry.message


def test_a_step_is_tried_again(state: State, start: Callable[..., Supervisor]) -> None:
    errand = Errand(state, failures=2)
    start(errand).wait_ready(60)
    assert errand.runs == 3


def test_the_end_comes_for_those_that_ignore_it(state: State, start: Callable[..., Supervisor]) -> None:
    order = state.root / "order"
    tell = f"trap 'echo NAME >> {order}; exit' TERM; {FOREVER}"
    stubborn = Toy(state, "stubborn", f"trap '' TERM; (trap '' TERM; setsid sleep 300) & {FOREVER}")
    user = Toy(state, "user", tell.replace("NAME", "user"))
    server = Toy(state, "server", tell.replace("NAME", "server"), wave=Wave.SERVERS)
    stack = start(server, stubborn, user)
    stack.wait_ready(60)
    stack.stop()
    assert process.owned(state.root) == []
    assert order.read_text().split() == ["user", "server"]
    assert {c.phase for c in status(state).components} == {Phase.STOPPED}


def test_an_interrupt_ends_the_waiting(state: State, start: Callable[..., Supervisor]) -> None:
    stack = start(Toy(state, "never", "sleep 300"))
    stack.interrupt()
    assert stack.wait_ready(60) is False
    stack.wait_interrupted()


def test_when_the_supervisor_is_killed_its_components_hear_of_it(state: State, tmp_path: Path) -> None:
    child = os.fork()
    if child == 0:
        Supervisor(state, [Toy(state, "toy", FOREVER)]).start()
        signal.pause()
    until(lambda: (state.root / "toy.ready").exists())
    assert process.owned(state.root)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    until(lambda: not process.owned(state.root))


class Sleeper(Toy):
    """A toy that lives on, and says itself whether it works."""

    idle = True
    patience = 0.05

    def trouble(self, since: float) -> str | None:
        return "nothing was done" if self.idle else None


@pytest.fixture
def often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervisor, "EVERY", 0.02)


@pytest.mark.usefixtures("often")
def test_a_component_that_lives_and_does_nothing_is_started_anew(
    state: State, start: Callable[..., Supervisor]
) -> None:
    frozen = Sleeper(state, "frozen", "READY; sleep 300 & kill -STOP $$")
    stack = start(frozen)
    entry = stack.status.component("frozen")
    until(lambda: entry.restarts)
    frozen.idle = False
    until(lambda: entry.phase == Phase.READY)
    assert entry.restarted_for == "sống mà không làm việc: nothing was done"
    assert entry.restarted_at is not None
    assert entry.message == ""


@pytest.mark.usefixtures("often")
def test_what_cannot_be_asked_does_not_work(state: State, start: Callable[..., Supervisor]) -> None:
    class Silent(Sleeper):
        def trouble(self, since: float) -> str | None:
            if self.idle:
                raise TimeoutError("timed out")
            return None

    silent = Silent(state, "silent", FOREVER)
    entry = start(silent).status.component("silent")
    until(lambda: entry.restarts)
    silent.idle = False
    assert entry.restarted_for == "sống mà không làm việc: không trả lời (TimeoutError: timed out)"


@pytest.mark.usefixtures("often")
def test_the_server_is_started_anew_and_not_who_waits_for_it(state: State, start: Callable[..., Supervisor]) -> None:
    server = Sleeper(state, "server", FOREVER)
    user = Sleeper(state, "user", FOREVER, needs=("server",))
    stack = start(server, user)
    until(lambda: stack.status.component("server").restarts)
    server.idle = user.idle = False
    until(lambda: stack.status.healthy)
    assert stack.status.component("user").restarts == 0


@pytest.mark.usefixtures("often")
def test_a_component_that_writes_without_end_does_not_fill_the_disk(
    state: State, start: Callable[..., Supervisor], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logs, "MOST", 4_000)
    stack = start(Toy(state, "talker", "READY; while :; do printf 'line %d %0400d\\n' $((++n)) 0; sleep 0.02; done"))
    stack.wait_ready(60)
    log, before = state.log("talker"), state.log("talker").with_suffix(".log.1")
    until(lambda: before.exists() and b"line 1 " not in before.read_bytes())  # it was set apart twice
    assert b"\0" not in log.read_bytes() + before.read_bytes()
    assert log.stat().st_size + before.stat().st_size < 200_000
    assert stack.status.component("talker").restarts == 0
