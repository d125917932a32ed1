from __future__ import annotations

import resource
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from intake import hostile
from intake.cases import Case
from intake.cases.hostile import CASES
from soket.intake.kinds import extension_of
from soket.intake.reading.pool import ReaderPool

_MOST_SECONDS = 2.0
_MOST_MEMORY = 300 << 20
_START_SECONDS = 1.0  # of a reader's process, on a slow machine


@pytest.fixture(scope="module")
def pool() -> Iterator[ReaderPool]:
    with ReaderPool(1) as readers:
        yield readers


def _processes(pool: ReaderPool) -> list[psutil.Process]:
    return [psutil.Process(reader._process.pid) for reader in pool._started if reader._process.poll() is None]


def _seconds(pool: ReaderPool) -> float:
    return sum(process.cpu_times().user + process.cpu_times().system for process in _processes(pool))


def _most_memory(pool: ReaderPool) -> int:
    """Return the most that the reader ever held, as the kernel counted it."""
    (process,) = _processes(pool)
    status = Path(f"/proc/{process.pid}/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) << 10


def read_alone(extension: str, data: bytes) -> tuple[list[str], float]:
    """Return the codes that a file gets from a reader of its own, and all that this reader cost, its start included."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with ReaderPool(1) as readers:
        codes = [finding.code for finding in readers.read(extension, data).findings]
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return codes, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_no_hostile_file_costs_much_or_ends_the_reader(pool: ReaderPool, case: Case) -> None:
    for name, data in case.files().items():
        pool.read("csv", b"a;b")  # the process is there
        before, readers = _seconds(pool), len(pool._started)
        pool.read(extension_of(name), data)
        assert len(pool._started) == readers
        assert _seconds(pool) - before <= _MOST_SECONDS
        assert _most_memory(pool) <= _MOST_MEMORY


@pytest.mark.parametrize(
    ("extension", "make"),
    [
        ("pdf", hostile.busy_pdf),
        ("pdf", hostile.wordy_pdf),
        ("rtf", lambda: hostile.rich_text("{}" * 4_000_000)),
        ("csv", lambda: bytes([0xE1, 0x20]) * 8_000_000),
        ("jpg", lambda: b"\xff\xd8" + b"\xff" * 20_000_000 + b"\xff\xd9"),
    ],
)
def test_what_no_guard_foresees_is_ended_in_time(extension: str, make: Callable[[], bytes]) -> None:
    codes, seconds = read_alone(extension, make())
    assert codes == ["TEP-14"]
    assert seconds <= _MOST_SECONDS + _START_SECONDS
