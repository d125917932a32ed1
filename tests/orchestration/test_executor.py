"""An executor whose worker was killed ends, rather than wait for ever."""

from __future__ import annotations

import os
import signal
import time

import pytest

from soket.orchestration import executor
from soket.orchestration.executor import WarmLocalExecutor
from soket.stack.pulse import WORKER_KILLED


@pytest.mark.parametrize("number", [0, 1])
def test_the_scheduler_ends_when_a_worker_was_killed(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    monkeypatch.setattr(executor, "WARM", ())
    child = os.fork()
    if child == 0:  # plays the scheduler: what ends it must not end the tests
        try:
            os.setsid()
            local = WarmLocalExecutor(parallelism=2)
            local.start()
            local.heartbeat()
            os.kill(list(local.workers)[number], signal.SIGKILL)
            deadline = time.monotonic() + 20
            while time.monotonic() < deadline:
                local.heartbeat()
        finally:
            os._exit(0)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    os.killpg(child, signal.SIGKILL)  # the other worker, which waits for ever
    assert code == WORKER_KILLED
