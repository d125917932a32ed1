from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import docx
import pytest

from conftest import Desk
from intake.plans import make_plan
from intake.turns import InlineReaders, PlainValidator, codes, drop, judged, read_out, records, take, turn
from reading import corpus
from reading.reader_files import made
from soket.documents.rendering import in_print
from soket.intake import judge as judging
from soket.intake.receive import work_waiting
from soket.plan.model import Plan
from soket.reading.reader import ReaderFailedError
from soket.record.keeping import read_register
from soket.record.records import Ruling, Submission
from soket.record.register import Standing
from soket.stages.actions import record_act
from soket.stages.refusing import Actor

pytestmark = pytest.mark.usefixtures("inline")

GOOD = {corpus.REPORT: corpus.report(), corpus.TABLE: corpus.table()}


def with_table(**changed: Any) -> dict[str, bytes]:
    return {corpus.REPORT: corpus.report(), corpus.TABLE: corpus.table(**changed)}


def test_a_good_report_is_accepted_with_everything_read(desk: Desk) -> None:
    verdict = judged(desk, "huyen_1", GOOD)
    assert (verdict.ruling, verdict.kind, verdict.late, verdict.faults) == (
        Ruling.ACCEPTED,
        Submission.REPORT,
        False,
        (),
    )
    report = read_out(desk, verdict)
    assert [section.heading for section in report.sections] == list(corpus.HEADINGS)
    assert len(report.figures) == 18
    assert report.figures[0].model_dump() == {
        "indicator": "CT01",
        "year": 2019,
        "value": 1000.0,
        "file": corpus.TABLE,
        "cell": "C5",
    }
    assert verdict.slip_key is None


@pytest.mark.parametrize(
    ("files", "ruling", "expected"),
    [
        (with_table(CT01=(1000, 1200, 901)), Ruling.RETURNED, [("S-CT01", "ô E5, E6, E7")]),
        (with_table(CT01__1=(40, 1100, 850), CT01__2=(960, 100, 50)), Ruling.RETURNED, [("O-CT01", "ô C7, C6")]),
        (with_table(CT03=(61, 163, -4)), Ruling.RETURNED, [("R-CT03", "ô D9"), ("R-CT03", "ô E9")]),
        (with_table(CT04=(2, 3, "12.34")), Ruling.RETURNED, [("SL-01", "ô E10")]),
        (with_table(CT02=(None, None, None)), Ruling.RETURNED, [("BS-04", "ô C8, D8, E8")]),
        (with_table(CT02=(None, 3, None)), Ruling.ACCEPTED_WITH_WARNINGS, [("BS-05", "ô C8, E8")]),
        (with_table(CT02=("-", 3, 4)), Ruling.ACCEPTED_WITH_WARNINGS, [("BS-06", "ô C8")]),
        (with_table(CT04=(None, None, None)), Ruling.ACCEPTED, []),
        (with_table(CT01__2=(100.5, 100, 50)), Ruling.RETURNED, [("SL-06", "ô C7")]),
        (
            with_table(CT01=(1000, 5001, 900), CT01__1=(900, 4901, 850)),
            Ruling.ACCEPTED_WITH_WARNINGS,
            [("J-CT01", "ô C5, D5"), ("J-CT01", "ô D5, E5")],
        ),
        ({corpus.REPORT: corpus.report(), "a.csv": corpus.csv_table()}, Ruling.ACCEPTED, []),
        ({corpus.REPORT: corpus.report()}, Ruling.RETURNED, [("HS-02", None)]),
        ({corpus.TABLE: corpus.table()}, Ruling.RETURNED, [("HS-01", None)]),
        ({corpus.REPORT: corpus.report()[:900], corpus.TABLE: corpus.table()}, Ruling.RETURNED, [("TEP-05", None)]),
        ({corpus.REPORT: corpus.document(), corpus.TABLE: corpus.table()}, Ruling.RETURNED, [("HS-07", None)]),
        (
            {corpus.REPORT: corpus.report(headings=corpus.HEADINGS[:3]), corpus.TABLE: corpus.table()},
            Ruling.ACCEPTED_WITH_WARNINGS,
            [("DC-01", "mục IV")],
        ),
        (
            {corpus.REPORT: corpus.document("BÁO CÁO", "Nội dung. " * 50), corpus.TABLE: corpus.table()},
            Ruling.ACCEPTED_WITH_WARNINGS,
            [("DC-02", None)],
        ),
        (
            {corpus.REPORT: corpus.report(), corpus.TABLE: corpus.workbook([["Hướng dẫn"]])},
            Ruling.RETURNED,
            [("BS-01", None)],
        ),
        (
            GOOD | {"ký.pdf": made("scan.pdf"), "~$báo cáo.docx": b"x"},
            Ruling.ACCEPTED,
            [("TEP-26", None), ("TEP-19", None)],
        ),
        (GOOD | {"khác.xlsx": corpus.table(CT02=(1, 2, 3))}, Ruling.RETURNED, [("BS-02", None)]),
        (
            GOOD | {"chép lại.xlsx": corpus.workbook(at=(6, 2)), "phụ lục.xlsx": corpus.workbook([["a"]])},
            Ruling.ACCEPTED,
            [],
        ),
    ],
)
def test_what_is_said_of_a_districts_submission(
    desk: Desk, files: dict[str, bytes], ruling: Ruling, expected: list[tuple[str, str | None]]
) -> None:
    verdict = judged(desk, "huyen_1", files)
    assert [(fault.code, fault.place) for fault in verdict.faults] == expected
    assert verdict.ruling is ruling
    assert (verdict.slip_key is not None) == (ruling is Ruling.RETURNED)


@pytest.mark.parametrize(
    ("unit", "files", "kind", "expected"),
    [
        ("so_vh", {"a.docx": corpus.report()}, Submission.REPORT, []),
        ("so_vh", {"a.docx": corpus.nil_return()}, Submission.NIL_RETURN, []),
        ("huyen_1", {"a.docx": corpus.nil_return()}, Submission.NIL_RETURN, ["HS-04"]),
        ("huyen_1", {"a.docx": corpus.nil_return(), "b.xlsx": corpus.table()}, Submission.NIL_RETURN, ["HS-03"]),
        ("so_tp", {"a.docx": corpus.nil_return()}, Submission.NIL_RETURN, []),
        ("so_tp", {"a.docx": corpus.report()}, Submission.REPORT, []),
        (
            "so_vh",
            {"a.docx": corpus.report("Kết quả tổ chức sơ kết 05 năm thực hiện Nghị quyết")},
            Submission.OWN_REVIEW,
            [],
        ),
        (
            "huyen_1",
            {"a.docx": corpus.document("KẾ HOẠCH", "Tổ chức sơ kết 05 năm thực hiện Nghị quyết", "Nội dung. " * 50)},
            Submission.OWN_REVIEW_PLAN,
            ["HS-05"],
        ),
        (
            "bao_ht",
            {"a.docx": corpus.document("KẾ HOẠCH", "Tuyên truyền sơ kết", "Nội dung. " * 50)},
            Submission.COVERAGE_PLAN,
            [],
        ),
        ("bao_ht", {"a.docx": corpus.report()}, Submission.COVERAGE_PLAN, ["HS-06"]),
    ],
)
def test_what_a_submission_is(
    desk: Desk, unit: str, files: dict[str, bytes], kind: Submission, expected: list[str]
) -> None:
    verdict = judged(desk, unit, files)
    assert verdict.kind is kind
    assert codes(verdict) == expected


def test_a_nil_return_may_follow_a_report_that_was_returned(desk: Desk) -> None:
    judged(desk, "huyen_1", with_table(CT01=("?", 1, 2)))
    verdict = judged(desk, "huyen_1", {"cv.docx": corpus.nil_return()}, "2021-11-02 09:00")
    assert (verdict.kind, codes(verdict)) == (Submission.NIL_RETURN, ["HS-04"])


def test_a_correction_with_the_table_alone_is_accepted(desk: Desk) -> None:
    judged(desk, "huyen_1", with_table(CT01=("?", 1, 2)))
    verdict = judged(desk, "huyen_1", {"lần 2.xlsx": corpus.table()}, "2021-11-02 09:00")
    assert (verdict.number, verdict.ruling) == (2, Ruling.ACCEPTED)
    assert len(read_out(desk, verdict).sections) == 4
    assert read_register(desk()).units["huyen_1"].standing is Standing.ACCEPTED


def test_the_slip_names_every_fault(desk: Desk) -> None:
    verdict = judged(desk, "huyen_1", with_table(CT01=(1000, 1200, 901), CT04=(2, 3, "12.34")))
    assert verdict.slip_key is not None
    slip = docx.Document(io.BytesIO(desk.store.get(verdict.slip_key)))
    text = "\n".join(cell.text for table in slip.tables for row in table.rows for cell in row.cells)
    for fault in verdict.faults:
        assert in_print(fault.message) in text


def test_a_rule_over_figures_that_are_missing_says_nothing(desk: Desk) -> None:
    verdict = judged(desk, "huyen_1", with_table(CT01__1=("?", 1100, 850)))
    assert codes(verdict) == ["SL-02"]


def test_a_zero_is_a_figure_and_no_change_is_measured_from_it(desk: Desk) -> None:
    assert (
        judged(desk, "huyen_1", with_table(CT01=(0, 1200, 900), CT01__1=(0, 1100, 850), CT01__2=(0, 100, 50))).faults
        == ()
    )


def test_a_batch_is_judged_as_each_alone(small_plan: Plan) -> None:
    sent = {
        "huyen_1": GOOD,
        "huyen_2": with_table(CT01=(1000, 1200, 901)),
        "huyen_3": with_table(CT03=(61, 163, 5)),
        "so_vh": {"a.docx": corpus.report()},
        "so_tp": {"a.docx": corpus.nil_return()},
    }

    def stores(batches: list[list[str]]) -> dict[str, bytes]:
        desk = Desk(small_plan, small_plan.campaigns[0])
        for units in batches:
            for unit in units:
                drop(desk, unit, sent[unit])
            turn(desk())
        read_register(desk())
        return records(desk)

    assert stores([list(sent)]) == stores([[unit] for unit in sent])


def test_a_verdict_is_not_written_over(desk: Desk) -> None:
    drop(desk, "so_vh", {"a.docx": corpus.report()})
    turn(desk())
    register = read_register(desk())
    entry = register.units["so_vh"]
    unseen = register.model_copy(update={"units": {"so_vh": entry.model_copy(update={"verdicts": ()})}})
    assert judging.judge(desk(), unseen, validator=PlainValidator()) == []


def test_a_failing_pipeline_files_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    drop(desk, "huyen_1", GOOD)

    def read(*_: object) -> None:
        raise ReaderFailedError("no memory")

    with monkeypatch.context() as patch:
        patch.setattr(InlineReaders, "read", read)
        with pytest.raises(ReaderFailedError):
            turn(desk())
    assert not [key for key in desk.store.objects if key.endswith("verdict.json") or "/parsed/" in key]
    assert len(turn(desk())) == 1


def test_trouble_with_one_submission_stops_no_other(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    genuine = judging.examine

    def examine(workspace: Any, receipt: Any, contents: Any, **options: Any) -> Any:
        if receipt.unit == "huyen_2":
            raise ZeroDivisionError
        return genuine(workspace, receipt, contents, **options)

    monkeypatch.setattr(judging, "examine", examine)
    for unit in ("huyen_1", "huyen_2"):
        drop(desk, unit, GOOD)
    assert [verdict.unit for verdict in turn(desk())] == ["huyen_1"]
    assert "Submission 1 of huyen_2 was not judged" in caplog.text
    (attempt,) = read_register(desk()).failures
    assert (attempt.unit, attempt.number, attempt.attempt, attempt.error) == ("huyen_2", 1, 1, "ZeroDivisionError")
    # It waits, each time longer, and is no reason to wake up before.
    assert turn(desk()) == []
    assert len(read_register(desk()).units["huyen_2"].attempts) == 1
    turn(desk(desk.now + timedelta(minutes=1)))
    turn(desk(desk.now + timedelta(minutes=4)))
    assert [each.attempt for each in read_register(desk()).units["huyen_2"].attempts] == [1, 2]
    assert work_waiting(desk(), read_register(desk()), now_real=desk.now) is None
    # An operator's order lets it be tried at once.
    form = {"act": "retry", "unit": "huyen_2", "reason": "Đã sửa lỗi.", "granted_by": "A"}
    record_act(desk(desk.now + timedelta(seconds=1)), form=form, entry="e", actor=Actor("van_hanh", console=True))
    assert work_waiting(desk(), read_register(desk()), now_real=desk.now) == "1 bộ hồ sơ chờ chấm."
    monkeypatch.undo()
    with monkeypatch.context() as patched:
        patched.setattr("soket.intake.contents.ReaderPool", InlineReaders)
        assert [verdict.unit for verdict in turn(desk())] == ["huyen_2"]
    assert read_register(desk()).failures == []


@pytest.mark.parametrize(
    "spoil", [lambda objects, key: objects.pop(key), lambda objects, key: objects.update({key: (b"x", None)})]
)
def test_a_kept_copy_that_is_gone_or_another_is_no_units_fault(desk: Desk, spoil: Callable[..., None]) -> None:
    drop(desk, "huyen_1", with_table(CT02=(1, 2, 3)))
    drop(desk, "huyen_2", GOOD)
    take(desk())
    spoil(desk.store.objects, f"reports/nq06/2021/huyen_1/1/files/{corpus.TABLE}")
    sent = desk.store.objects.pop(f"inbox/nq06/2021/huyen_1/{corpus.TABLE}")
    assert [verdict.unit for verdict in turn(desk())] == ["huyen_2"]
    # What still lies where its unit put it is copied again.
    desk.store.objects[f"inbox/nq06/2021/huyen_1/{corpus.TABLE}"] = sent
    desk(desk.now + timedelta(hours=1))
    assert [verdict.unit for verdict in turn(desk())] == ["huyen_1"]


def test_a_file_that_two_submissions_hold_is_read_once(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from soket.reading.process import child

    read: list[str] = []
    genuine = child.read
    monkeypatch.setattr(child, "read", lambda extension, data: read.append(extension) or genuine(extension, data))
    drop(desk, "huyen_1", GOOD)
    take(desk())
    drop(desk, "huyen_1", {"2.xlsx": corpus.table(CT02=(1, 2, 3))}, "2021-11-02 09:00")
    assert len(turn(desk())) == 2
    assert sorted(read) == ["docx", "xlsx", "xlsx"]


def test_one_stack_for_the_whole_batch() -> None:
    plan = make_plan(districts=12)
    desk = Desk(plan, plan.campaigns[0])
    for number in range(1, 13):
        drop(desk, f"huyen_{number}", GOOD)
    validator = PlainValidator()
    assert len(turn(desk(), validator)) == 12
    (frame,) = validator.frames
    assert len(frame.rows) == 36


def test_the_real_thing_with_processes_of_its_own(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from soket.intake import batch
    from soket.reading.pool import ReaderPool

    monkeypatch.setattr("soket.intake.contents.ReaderPool", ReaderPool)
    drop(desk, "huyen_1", GOOD)
    drop(desk, "huyen_2", with_table(CT01=(1000, 1200, 901)))
    drop(desk, "huyen_3", {corpus.REPORT: corpus.inflated(corpus.report()), corpus.TABLE: corpus.sparse_workbook()})
    assert batch.process(desk()) == "Lập 3 biên nhận; chấm 3 bộ hồ sơ: 1 tiếp nhận, 2 trả lại."
    assert batch.process(desk()) == "Không có tệp mới."
    units = read_register(desk()).units
    faults = {code: [fault.code for fault in units[code].verdicts[0].faults] for code in ("huyen_2", "huyen_3")}
    assert faults == {"huyen_2": ["S-CT01"], "huyen_3": ["TEP-08", "TEP-13"]}


def test_no_judging_opens_a_file_of_this_machine(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    judged(desk, "huyen_1", {"../../../x.docx": corpus.report(), corpus.TABLE: corpus.table()})
    assert list(tmp_path.iterdir()) == []


def test_what_cannot_be_written_down_stops_no_other(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    genuine = judging.examine

    def examine(workspace: Any, receipt: Any, contents: Any, **options: Any) -> Any:
        examined = genuine(workspace, receipt, contents, **options)
        if receipt.unit == "huyen_2":
            examined.scans = {"quet.pdf": "\ud83d"}  # half a character: JSON has no way to write it
        return examined

    monkeypatch.setattr(judging, "examine", examine)
    for unit in ("huyen_1", "huyen_2"):
        drop(desk, unit, GOOD)
    assert [verdict.unit for verdict in turn(desk())] == ["huyen_1"]
    assert [attempt.unit for attempt in read_register(desk()).failures] == ["huyen_2"]
