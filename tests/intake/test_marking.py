"""Files go back with each fault at its place, and are read as if nothing was marked when they come again."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest

from conftest import Desk
from intake.turns import judged
from reading import corpus
from soket.intake import marking
from soket.notices.compose.units import verdict_notices
from soket.plan.model import Severity
from soket.reading.process import child
from soket.reading.reader import UnreadFileError
from soket.record.keeping import read_register
from soket.record.records import Ruling, Verdict

pytestmark = pytest.mark.usefixtures("inline")

UNIT = "huyen_1"
REPORT = corpus.document(
    "BÁO CÁO", "Sơ kết", *(line for each in corpus.HEADINGS[:3] for line in (each, corpus.SENTENCE * 3)),
    corpus.HEADINGS[3], "Đơn vị đã ……………… theo kế hoạch, " + corpus.SENTENCE * 3,
)  # fmt: skip
FAULTY = {corpus.REPORT: REPORT, corpus.TABLE: corpus.table(CT03=(61, 163, -4))}


def parts_of(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name).decode(errors="replace") for name in package.namelist()}


def marked(desk: Desk, verdict: Verdict) -> dict[str, bytes]:
    return {each.name: desk.store.get(each.key) for each in verdict.marked}


def test_each_fault_stands_at_its_place(desk: Desk) -> None:
    verdict = judged(desk, UNIT, FAULTY)
    assert verdict.ruling is Ruling.RETURNED
    copies = marked(desk, verdict)
    workbook = parts_of(next(data for name, data in copies.items() if name.endswith(".xlsx")))
    notes = workbook["xl/soket/notes-sheet1.xml"]
    assert {'ref="D9"', 'ref="E9"'} <= set(notes.split())
    assert "Ban" in notes  # by whom
    assert "'Sheet'!D9" in workbook["xl/soket/faults.xml"]
    asked = any(each.severity is Severity.WARNING and each.file == corpus.TABLE for each in verdict.faults)
    assert ("Lý do thường gặp" in workbook["xl/soket/faults.xml"]) is asked
    assert (desk.plan.reasons[0] in workbook["xl/soket/faults.xml"]) is asked  # a list for no answer is nothing
    document = parts_of(next(data for name, data in copies.items() if name.endswith(".docx")))
    body = document["word/document.xml"]
    commented = body[body.index("commentRangeStart") : body.index("commentRangeEnd")]
    assert "………" in commented


def test_what_a_computer_leaves_behind_is_not_marked_and_troubles_nobody(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    litter = {f"~${corpus.REPORT[2:]}": b"\x04a lock", f"._{corpus.TABLE}": b"\x00\x05\x16\x07"}
    verdict = judged(desk, UNIT, FAULTY | litter)
    assert [each.code for each in verdict.faults].count("TEP-19") == 2
    assert len(verdict.marked) == 2
    assert "without marks" not in caplog.text


def test_the_marked_files_go_with_the_slip(desk: Desk) -> None:
    verdict = judged(desk, UNIT, FAULTY)
    workspace = desk()
    (notice,) = [each for each in verdict_notices(workspace, read_register(workspace)) if each.addressee == UNIT]
    assert [each.key for each in notice.attachments] == [verdict.slip_key, *(each.key for each in verdict.marked)]


def test_files_too_large_for_mail_stay_on_the_page(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("soket.notices.compose.units._MOST_MARKED", 10)
    verdict = judged(desk, UNIT, FAULTY)
    workspace = desk()
    (notice,) = [each for each in verdict_notices(workspace, read_register(workspace)) if each.addressee == UNIT]
    assert [each.key for each in notice.attachments] == [verdict.slip_key]
    assert verdict.marked


def test_where_marking_fails_the_slip_goes_alone(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: Any) -> bytes:
        raise UnreadFileError("hết bộ nhớ")

    monkeypatch.setattr(marking, "mark", broken)
    verdict = judged(desk, UNIT, FAULTY)
    assert (verdict.ruling, verdict.marked) == (Ruling.RETURNED, ())
    assert verdict.slip_key is not None
    assert "goes back without marks" in caplog.text


def test_a_marked_set_that_comes_back_is_judged_as_before(desk: Desk) -> None:
    first = judged(desk, UNIT, FAULTY)
    sent = {name.removeprefix("ghi-chu-lan-1-"): data for name, data in marked(desk, first).items()}
    second = judged(desk, UNIT, sent, "2021-11-01 15:00")
    assert [(each.code, each.place, each.message) for each in second.faults] == [
        (each.code, each.place, each.message) for each in first.faults
    ]
    again = marked(desk, second)
    for name, data in sent.items():
        sheets = parts_of(again[next(each for each in again if each.endswith(name))])
        assert "[SK 2021/huyen_1/1" not in "".join(sheets.values())
        assert (
            child.read(name.rpartition(".")[2], data).sheets
            == child.read(
                name.rpartition(".")[2], FAULTY[next(each for each in FAULTY if each.endswith(name[-5:]))]
            ).sheets
        )


def test_a_letter_that_came_without_its_report_is_not_marked_and_not_asked_for_again(desk: Desk) -> None:
    letter = corpus.document(*corpus.LETTER)
    verdict = judged(desk, UNIT, {"công văn.docx": letter, corpus.TABLE: corpus.table()})
    assert ([each.code for each in verdict.faults], verdict.marked) == (["HS-12"], ())
    workspace = desk()
    (notice,) = [each for each in verdict_notices(workspace, read_register(workspace)) if each.addressee == UNIT]
    assert notice.context["again"] == f"chỉ cần gửi thêm phần còn thiếu; {corpus.TABLE} giữ nguyên"
    second = judged(desk, UNIT, {corpus.REPORT: corpus.report()}, "2021-11-01 15:00")
    assert second.ruling is Ruling.ACCEPTED


def test_what_is_in_order_is_not_marked(desk: Desk) -> None:
    verdict = judged(desk, UNIT, {corpus.REPORT: corpus.report(), corpus.TABLE: corpus.table()})
    assert verdict.ruling is Ruling.ACCEPTED
    assert verdict.marked == ()
