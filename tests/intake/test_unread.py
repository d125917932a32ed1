"""What our readers fail on is no unit's fault: it waits on record, is told of, and is judged once it can be read."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from conftest import Desk
from intake.turns import SETTLE, InlineReaders, codes, drop, turn
from reading import corpus
from soket.intake.receive import receive
from soket.notices.oddities import oddities_notice
from soket.reading.findings import Content
from soket.reading.reader import ReaderDiedError, UnreadFileError
from soket.record.keeping import read_register
from soket.record.records import Ruling
from soket.record.register import UnitEntry
from soket.stages.actions import record_act
from soket.stages.refusing import Actor

pytestmark = pytest.mark.usefixtures("inline")

GOOD = {corpus.REPORT: corpus.report(), corpus.TABLE: corpus.table()}
REPORT = GOOD[corpus.REPORT]


@pytest.fixture
def failure(monkeypatch: pytest.MonkeyPatch) -> list[UnreadFileError]:
    """The errors of readers over one report, the last of them again and again; none once this is empty."""
    errors: list[UnreadFileError] = []

    def read(self: Any, extension: str, data: bytes) -> Content:
        if data == REPORT and errors:
            raise errors[0] if len(errors) == 1 else errors.pop(0)
        return genuine(self, extension, data)

    genuine = InlineReaders.read
    monkeypatch.setattr(InlineReaders, "read", read)
    return errors


def entry(desk: Desk) -> UnitEntry:
    return read_register(desk()).units["huyen_1"]


def unforeseen() -> UnreadFileError:
    error = UnreadFileError("KeyError: 'w:tbl'")
    error.add_note('File "word.py", line 7, in blocks')
    return error


def tried_until(desk: Desk, hours: int) -> None:
    """Take a turn whenever one is due, for some hours."""
    until = desk.now + timedelta(hours=hours)
    while desk.now < until:
        turn(desk(desk.now + timedelta(minutes=30)))


def test_an_error_of_ours_returns_no_report(
    desk: Desk, failure: list[UnreadFileError], caplog: pytest.LogCaptureFixture
) -> None:
    failure.append(unforeseen())
    drop(desk, "huyen_1", GOOD)
    drop(desk, "huyen_2", {corpus.REPORT: corpus.report(title="khác"), corpus.TABLE: corpus.table()})
    assert [verdict.unit for verdict in turn(desk())] == ["huyen_2"]
    (attempt,) = entry(desk).attempts
    assert (attempt.error, attempt.detail) == ("UnreadFileError", "KeyError: 'w:tbl'")
    assert 'File "word.py", line 7, in blocks' in caplog.text
    assert entry(desk).standing == "pending"
    notice = oddities_notice(desk(), read_register(desk()))
    assert notice is not None
    assert "w:tbl" in str(notice.context["unjudged"])


def test_it_waits_for_its_correction_and_is_judged_then(desk: Desk, failure: list[UnreadFileError]) -> None:
    failure.append(unforeseen())
    drop(desk, "huyen_1", GOOD)
    tried_until(desk, 48)
    assert entry(desk).verdicts == ()
    assert len(entry(desk).attempts) > 10
    failure.clear()
    form = {"act": "retry", "unit": "huyen_1", "reason": "Đã sửa lỗi.", "granted_by": "A"}
    record_act(desk(desk.now + timedelta(seconds=1)), form=form, entry="e", actor=Actor("van_hanh", console=True))
    assert [verdict.ruling for verdict in turn(desk())] == ["accepted"]


def test_what_ends_reader_after_reader_goes_to_a_person(desk: Desk, failure: list[UnreadFileError]) -> None:
    failure.append(ReaderDiedError("tiến trình đọc dừng giữa chừng (tín hiệu 9)", from_outside=True))
    drop(desk, "huyen_1", GOOD)
    turn(desk())
    tried_until(desk, 3)
    assert (entry(desk).standing, entry(desk).verdicts) == ("pending", ())
    tried_until(desk, 12)
    (verdict,) = entry(desk).verdicts
    assert (verdict.ruling, codes(verdict)) == ("referred", ["TEP-31"])
    assert len(entry(desk).attempts) == 6


def test_a_reader_that_dies_once_leaves_a_submission_for_a_minute(desk: Desk, failure: list[UnreadFileError]) -> None:
    failure.append(ReaderDiedError("tiến trình đọc bị dừng từ bên ngoài", from_outside=True))
    drop(desk, "huyen_1", GOOD)
    assert turn(desk()) == []
    failure.clear()
    assert [verdict.ruling for verdict in turn(desk(desk.now + timedelta(minutes=1)))] == ["accepted"]


def gone(desk: Desk) -> str:
    """Take away what is kept of a report that was received; return its key."""
    register = read_register(desk())
    (receipt,) = receive(desk(), register, settle=SETTLE, now_real=desk.now)
    (key,) = (file.key for file in receipt.files if file.original_name == corpus.REPORT)
    del desk.store.objects[key]
    return key


def test_a_kept_file_that_is_gone_is_copied_again_from_where_its_unit_put_it(desk: Desk) -> None:
    drop(desk, "huyen_1", GOOD)
    key = gone(desk)
    assert [verdict.ruling for verdict in turn(desk())] == [Ruling.ACCEPTED]
    assert desk.store.get(key) == REPORT


def test_one_that_nobody_has_any_more_is_told_and_judged_once_it_is_back(desk: Desk) -> None:
    drop(desk, "huyen_1", GOOD)
    key = gone(desk)
    desk.store.put(desk().keys.inbox_folder("huyen_1") + corpus.REPORT, corpus.report(title="khác"))
    assert [verdict.number for verdict in turn(desk())] == [2]
    (attempt,) = entry(desk).attempts
    assert (attempt.number, attempt.error) == (1, "KeptFileGoneError")
    assert key in attempt.detail
    desk.store.put(key, REPORT)
    assert [verdict.number for verdict in turn(desk(desk.now + timedelta(minutes=2)))] == [1]
