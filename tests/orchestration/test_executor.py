"""An executor has made what tasks begin with, and ends where a worker was killed, rather than wait for ever."""

from __future__ import annotations

import os
import shutil
import signal
import time
from pathlib import Path

import pytest

from soket.folders import templates_folder
from soket.notices import render
from soket.orchestration import executor
from soket.orchestration.executor import WarmLocalExecutor
from soket.plan.loader import find_plan
from soket.stack.pulse import WORKER_KILLED
from soket.store.connect import StoreSettings, open_store


@pytest.mark.parametrize("number", [0, 1])
def test_the_scheduler_ends_when_a_worker_was_killed(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    monkeypatch.setattr(executor, "warm_up", lambda: None)
    monkeypatch.setattr(executor, "load_ahead", lambda marks: None)
    child = os.fork()
    if child == 0:  # plays the scheduler: what ends it must not end the tests
        try:
            os.setsid()
            local = WarmLocalExecutor(parallelism=2)
            local.start()
            local.heartbeat()
            os.kill(list(local.workers)[number], signal.SIGKILL)
            deadline = time.monotonic() + 120
            while time.monotonic() < deadline:
                local.heartbeat()
        finally:
            os._exit(0)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    os.killpg(child, signal.SIGKILL)  # the other worker, which waits for ever
    assert code == WORKER_KILLED


def test_what_a_task_begins_with_is_made_before_it_is_forked(monkeypatch: pytest.MonkeyPatch) -> None:
    executor.warm_up()

    def again(*_: object) -> None:
        raise AssertionError("made again")

    monkeypatch.setattr("soket.plan.loader.examine", again)
    monkeypatch.setattr("botocore.loaders.JSONFileLoader.load_file", again)
    monkeypatch.setattr("jinja2.Environment.compile", again)
    assert find_plan("nq06_du_lich").units
    open_store(StoreSettings("http://127.0.0.1:9", "key", "secret", "bucket")).client.close()
    render.compile_templates()


def test_a_fault_in_a_plan_or_a_template_keeps_no_scheduler_from_its_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    templates, plans = tmp_path / "templates", tmp_path / "plans"
    shutil.copytree(templates_folder(), templates)
    next((templates / "email").rglob("*.txt")).write_text("{% if %}", encoding="utf-8")
    plans.mkdir()
    (plans / "faulty.yaml").write_text("id: [", encoding="utf-8")
    monkeypatch.setenv("SOKET_TEMPLATES", str(templates))
    monkeypatch.setenv("SOKET_PLANS", str(plans))
    executor.warm_up()
    monkeypatch.setenv("SOKET_PLANS", str(tmp_path / "none"))
    executor.warm_up()
