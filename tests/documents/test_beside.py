"""Work in a fork: its bytes come back, or we make them; no process is left of it, and nobody waits for ever."""

from __future__ import annotations

import subprocess
import sys

import pytest

# In a process of its own, as those who run tests have threads.
BEGINNING = """
import os, signal, threading, time
from soket.documents import beside as module
from soket.documents.beside import beside

os.sched_getaffinity = lambda _: {0, 1}
ours = str(os.getpid()).encode()

def who():
    return str(os.getpid()).encode()

def left():
    try:
        os.waitpid(-1, os.WNOHANG)
    except ChildProcessError:
        return False
    return True
"""
IN_A_FORK = """
with beside(who) as made:
    assert made() != ours
assert not left()
"""
LONGER_THAN_A_PIPE = """
with beside(lambda: bytes(3_000_000) + who()) as made:
    answer = made()
    assert len(answer) > 3_000_000 and not answer.endswith(ours)
"""
FAILED = """
def fails():
    assert os.getpid() == int(ours), "nobody hears of this"
    return who()
with beside(fails) as made:
    assert made() == ours
assert not left()
"""
KILLED = """
def dies():
    if os.getpid() != int(ours):
        os.kill(os.getpid(), signal.SIGKILL)
    return who()
with beside(dies) as made:
    assert made() == ours
"""
TOO_SLOW = """
module._MOST_SECONDS = 0.1
def sleeps():
    if os.getpid() != int(ours):
        time.sleep(600)
    return who()
with beside(sleeps) as made:
    assert made() == ours
assert not left()
"""
NOT_ASKED_FOR = """
try:
    with beside(lambda: time.sleep(600)):
        raise KeyError
except KeyError:
    assert not left()
"""
A_THREAD_RUNS = """
end = threading.Event()
threading.Thread(target=end.wait).start()
with beside(who) as made:
    assert made() == ours
end.set()
"""
ONE_CORE = """
os.sched_getaffinity = lambda _: {0}
with beside(who) as made:
    assert made() == ours
"""
ENDED_BY_ITS_TASK = """
signal.signal(signal.SIGTERM, lambda *_: None)
def stays():
    if os.getpid() != int(ours):
        os.kill(os.getpid(), signal.SIGTERM)
    return who()
with beside(stays) as made:
    assert made() == ours
"""


@pytest.mark.parametrize(
    "code",
    [
        IN_A_FORK,
        LONGER_THAN_A_PIPE,
        FAILED,
        KILLED,
        TOO_SLOW,
        NOT_ASKED_FOR,
        A_THREAD_RUNS,
        ONE_CORE,
        ENDED_BY_ITS_TASK,
    ],
)
def test_the_bytes_are_made_and_no_process_is_left(code: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", BEGINNING + code], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr


def test_a_fork_ends_with_the_process_that_it_is_of() -> None:
    code = f"""{BEGINNING}
def tells():
    print(os.getpid(), flush=True)
    time.sleep(600)
with beside(tells):
    time.sleep(600)
"""
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert int(process.stdout.readline()) != process.pid
        process.kill()
        assert process.stdout.read() == ""  # its end closes the pipe at last
