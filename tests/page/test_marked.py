"""A unit takes its own file back with each fault at its place, and no other unit's."""

from __future__ import annotations

import pytest

from intake.turns import judged
from reading import corpus
from soket.board.access import is_kept
from soket.reading.process import child
from soket.record.keeping import read_register

from .conftest import NEIGHBOUR, UNIT, Clerk

FAULTY = {corpus.REPORT: corpus.report(), corpus.TABLE: corpus.table(CT03=(61, 163, -4))}


@pytest.fixture
def returned(clerk: Clerk) -> Clerk:
    judged(clerk.desk, UNIT, FAULTY)
    return clerk.come_in()


def test_it_is_there_to_be_saved_and_reads_as_what_was_sent(returned: Clerk) -> None:
    entry = read_register(returned.desk()).units[UNIT]
    (copy,) = entry.verdicts[0].marked
    page = returned.get(returned.home()).text
    assert copy.name in page
    answer = returned.get(f"{returned.home()}tai/{copy.key}")
    assert answer.headers["content-disposition"].startswith("attachment")
    assert child.read("xlsx", answer.content).sheets == child.read("xlsx", FAULTY[corpus.TABLE]).sheets
    assert is_kept(read_register(returned.desk()), copy.key)


def test_a_neighbours_is_not_given_out(returned: Clerk) -> None:
    theirs = judged(returned.desk, NEIGHBOUR, FAULTY).marked[0]
    assert returned.get(f"{returned.home()}tai/{theirs.key}").status_code in (404, 409)
