"""What a unit confirms asks nothing more: that rule, that figure, that value; all else stays as loud as it was."""

from __future__ import annotations

import io
from datetime import timedelta

import docx
import openpyxl
import pytest

from conftest import Desk
from intake.turns import PlainValidator, judged
from reading import corpus
from soket.page.bench import Bench
from soket.page.trial import try_out
from soket.plan.model import Severity
from soket.reading.marks import ANSWER_HEAD
from soket.record.confirming import Confirmation, confirmation_of
from soket.record.filing import file_from_unit
from soket.record.keeping import last_snapshot, read_register
from soket.record.records import Ruling, Verdict
from soket.record.register import Standing, UnitEntry
from soket.record.tally import register_then

pytestmark = pytest.mark.usefixtures("inline")

UNIT, NEIGHBOUR = "huyen_1", "huyen_2"
TWICE = (100, 1000, 9000)  # it jumps in both years
ODD = {
    corpus.REPORT: corpus.report(),
    corpus.TABLE: corpus.table(CT01=TWICE, CT01__1=(80, 800, 8000), CT01__2=(20, 200, 1000)),
}
REASON = "Có đường cao tốc mới"


def entry_of(desk: Desk, unit: str = UNIT) -> UnitEntry:
    return read_register(desk()).units[unit]


def questions(verdict: Verdict) -> list[str]:
    return [each.place or "" for each in verdict.faults if each.severity is Severity.WARNING]


def confirm(desk: Desk, verdict: Verdict, at: int = 0) -> Confirmation:
    asked = [each for each in verdict.faults if each.severity is Severity.WARNING][at]
    workspace = desk()
    word = confirmation_of(UNIT, verdict.number, asked, at=workspace.now, reason=REASON, person="Nguyễn Thị Hoa")
    return file_from_unit(workspace, word)


def answered(data: bytes, reason: str, line: int | None = None) -> bytes:
    """A marked workbook as a clerk saves it: an answer beside one line, or beside each."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book.worksheets[-1]
    heads = {cell.value: cell for row in sheet.iter_rows() for cell in row if str(cell.value).startswith(ANSWER_HEAD)}
    (head,) = heads.values()
    for row in range(head.row + 1, sheet.max_row + 1):
        if line in (None, int(sheet.cell(row, 1).value or 0)):
            sheet.cell(row, head.column).value = reason
    result = io.BytesIO()
    book.save(result)
    return result.getvalue()


def marked_table(desk: Desk, verdict: Verdict) -> bytes:
    return next(desk.store.get(each.key) for each in verdict.marked if each.name.endswith(".xlsx"))


def test_it_quiets_the_present_verdict_at_once_and_says_by_whom_and_why(desk: Desk) -> None:
    verdict = judged(desk, UNIT, ODD)
    assert (verdict.ruling, len(questions(verdict))) == (Ruling.ACCEPTED_WITH_WARNINGS, 2)
    word = confirm(desk, verdict)
    entry = entry_of(desk)
    (now,) = entry.outcomes
    assert questions(now) == questions(verdict)[1:]
    (quiet,) = [each for each in now.faults if each.confirmed]
    assert quiet.confirmed == word.id
    assert REASON in (quiet.advice or "")
    assert "Nguyễn Thị Hoa" in (quiet.advice or "")
    assert entry.verdicts == (verdict,)  # as intake wrote it
    assert len(entry.unconfirmed) == 1


def test_with_the_last_question_the_report_stands_without_a_doubt(desk: Desk) -> None:
    verdict = judged(desk, UNIT, ODD)
    for at in range(2):
        confirm(desk, verdict, at)
    entry = entry_of(desk)
    assert (entry.standing, entry.unconfirmed) == (Standing.ACCEPTED, ())


def test_it_holds_for_the_next_submission_and_another_value_asks_again(desk: Desk) -> None:
    confirm(desk, judged(desk, UNIT, ODD))
    same = judged(desk, UNIT, {corpus.TABLE: corpus.saved(moved(ODD[corpus.TABLE]))}, "2021-11-02 09:00")
    assert len(questions(same)) == 1
    other = corpus.table(CT01=(100, 1001, 9000), CT01__1=(80, 801, 8000), CT01__2=(20, 200, 1000))
    assert len(questions(judged(desk, UNIT, {corpus.TABLE: other}, "2021-11-03 09:00"))) == 2


def moved(data: bytes) -> openpyxl.Workbook:
    """The same table two rows further down, in a file of another name."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    book.worksheets[0].insert_rows(1, 2)
    return book


def test_an_answer_in_the_marked_workbook_counts(desk: Desk) -> None:
    verdict = judged(desk, UNIT, ODD)
    back = answered(marked_table(desk, verdict), REASON)
    again = judged(desk, UNIT, {corpus.TABLE: back}, "2021-11-02 09:00")
    assert questions(again) == []
    assert again.ruling is Ruling.ACCEPTED
    entry = entry_of(desk)
    assert {each.reason for each in entry.confirmations} == {REASON}
    assert all(corpus.TABLE in each.whose for each in entry.confirmations)


def test_the_trial_says_what_intake_says_of_an_answered_file_and_keeps_nothing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("soket.page.bench.Validator", PlainValidator)
    verdict = judged(desk, UNIT, ODD)
    back = {corpus.TABLE: answered(marked_table(desk, verdict), REASON, 1)}
    before = dict(desk.store.objects)
    _, tried = try_out(desk("2021-11-02 09:00"), read_register(desk(), keep=False), UNIT, back, Bench())
    assert desk.store.objects == before
    real = judged(desk, UNIT, back, "2021-11-02 09:00")
    assert (tried.ruling, tried.faults) == (real.ruling, real.faults)


def test_an_answer_to_what_must_be_mended_counts_for_nothing(desk: Desk) -> None:
    wrong = corpus.table(CT01=TWICE, CT01__1=(80, 800, 8000), CT01__2=(20, 200, 1000), CT03=(61, 163, 64))
    verdict = judged(desk, UNIT, {corpus.REPORT: corpus.report(), corpus.TABLE: wrong})
    assert verdict.ruling is Ruling.RETURNED
    again = judged(desk, UNIT, {corpus.TABLE: answered(marked_table(desk, verdict), REASON)}, "2021-11-02 09:00")
    assert again.ruling is Ruling.RETURNED
    assert [each.severity for each in again.faults if each.confirmed] == [Severity.INFO] * 2
    assert "R-CT03" not in {each.code for each in entry_of(desk).confirmations}


def test_a_returned_slip_counts_by_itself_and_is_no_report(desk: Desk) -> None:
    wrong = corpus.table(CT01=TWICE, CT01__1=(80, 800, 8000), CT01__2=(20, 200, 1000), CT03=(61, 163, 64))
    verdict = judged(desk, UNIT, {corpus.REPORT: corpus.report(), corpus.TABLE: wrong})
    assert verdict.slip_key is not None
    slip = docx.Document(io.BytesIO(desk.store.get(verdict.slip_key)))
    table = next(each for each in slip.tables if each.rows[0].cells[-1].text == ANSWER_HEAD)
    for row in table.rows[1:]:
        row.cells[-1].text = REASON
    kept = io.BytesIO()
    slip.save(kept)
    again = judged(desk, UNIT, {"phieu-tra-lai-1.docx": kept.getvalue()}, "2021-11-02 09:00")
    assert questions(again) == []
    assert {each.code for each in again.faults if each.severity is Severity.CRITICAL} == {"R-CT03"}


def test_a_neighbours_slip_number_confirms_nothing(desk: Desk) -> None:
    ours, theirs = judged(desk, UNIT, ODD), judged(desk, NEIGHBOUR, ODD)
    back = answered(marked_table(desk, ours), REASON)
    again = judged(desk, NEIGHBOUR, {corpus.TABLE: back}, "2021-11-02 09:00")
    assert questions(again) == questions(theirs)
    assert entry_of(desk).confirmations == entry_of(desk, NEIGHBOUR).confirmations == ()
    assert len(questions(entry_of(desk).outcomes[-1])) == 2


def test_it_is_on_record_and_not_yet_there_when_one_looks_back(desk: Desk) -> None:
    verdict = judged(desk, UNIT, ODD)
    word = confirm(desk, verdict)
    workspace = desk()
    register = read_register(workspace)
    found = last_snapshot(workspace)
    assert found is not None
    assert list(found.confirmations.values()) == [word]
    before = register_then(workspace, register, word.at - timedelta(seconds=1))
    assert all(not each.confirmations for each in before.units.values())
