"""A unit takes its own file back with each fault at its place, and no other unit's."""

from __future__ import annotations

import io
import re
import zipfile

import pytest

from intake.turns import judged
from reading import corpus
from soket.board.access import is_kept
from soket.notices.compose.units import verdict_notices
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


def test_a_point_has_one_number_on_the_page_in_the_mail_in_the_marked_files_and_in_the_trial(clerk: Clerk) -> None:
    blank = corpus.document(
        "BÁO CÁO", *(line for each in corpus.HEADINGS for line in (each, corpus.SENTENCE * 3 + "…………"))
    )
    files = {corpus.REPORT: blank, corpus.TABLE: FAULTY[corpus.TABLE]}
    clerk.come_in()
    for name, data in files.items():
        clerk.put_in(name, data)
    tried = numbers(clerk.get(clerk.home() + "thu").text)
    verdict = judged(clerk.desk, UNIT, files)
    marked = {
        int(number)
        for copy in verdict.marked
        for part in parts_of(clerk.desk.store.get(copy.key))
        for number in re.findall(rf"\[SK 2021/{UNIT}/1\.(\d+)\]", part)
    }
    shown = numbers(clerk.get(clerk.home()).text)
    (mail,) = [each for each in verdict_notices(clerk.desk(), read_register(clerk.desk())) if each.addressee == UNIT]
    assert sorted(each["number"] for each in [*mail.context["faults"], *mail.context["warnings"]]) == shown
    assert len(verdict.marked) == len(files)
    assert shown == tried == sorted(set(shown))
    assert marked == set(shown)


def numbers(page: str) -> list[int]:
    return [int(number) for number in re.findall(r'<li class="\w+" value="(\d+)">', page)]


def parts_of(data: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return [package.read(name).decode(errors="replace") for name in package.namelist()]
