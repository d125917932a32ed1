from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from effort import slowness
from intake.cases import Case
from intake.cases.hostile import CASES
from reading import hostile
from soket.faults import fault_of
from soket.plan.model import Severity
from soket.reading.kinds import extension_of
from soket.reading.pool import ReaderPool
from soket.reading.process.child import read

_MOST_SECONDS = 2.0
_MOST_MEMORY = 300 << 20
_GRAIN = 1.0  # the kernel counts out whole seconds


@pytest.fixture(scope="module")
def pool() -> Iterator[ReaderPool]:
    with ReaderPool(1) as readers:
        yield readers


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_no_hostile_file_costs_much_or_ends_its_reader(pool: ReaderPool, case: Case) -> None:
    for name, data in case.files().items():
        content = pool.read(extension_of(name), data)
        seconds, memory = pool._started[0].cost
        assert seconds <= _MOST_SECONDS * slowness()
        assert memory <= _MOST_MEMORY
        assert content == read(extension_of(name), data)


@pytest.mark.parametrize(
    ("extension", "make"),
    [
        ("pdf", hostile.busy_pdf),
        ("pdf", hostile.wordy_pdf),
        ("pdf", hostile.circular_picture),
        ("rtf", lambda: hostile.rich_text("{}" * 4_000_000)),
        ("csv", lambda: bytes([0xE1, 0x20]) * 8_000_000),
        ("jpg", lambda: b"\xff\xd8" + b"\xff" * 20_000_000 + b"\xff\xd9"),
    ],
)
def test_what_no_guard_foresees_is_ended_in_time_and_left_to_a_person(
    pool: ReaderPool, extension: str, make: Callable[[], bytes]
) -> None:
    (finding,) = pool.read(extension, make()).findings
    assert fault_of(finding, "tệp").severity is Severity.REFER
    assert pool._started[0].cost[0] <= _MOST_SECONDS + _GRAIN


def test_tables_in_tables_are_read_as_deep_as_a_parser_goes(pool: ReaderPool) -> None:
    assert pool.read("docx", hostile.nested_tables(680)).paragraphs == ("bảng",) * 680
    (finding,) = pool.read("docx", hostile.nested_tables(700)).findings
    assert (finding.code, finding.facts) == ("TEP-08", {"reason": "lồng nhau hơn 2048 lớp"})
