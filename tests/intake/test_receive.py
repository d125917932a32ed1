from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

import pytest

from conftest import Desk, moment
from intake.turns import IN_TIME, SETTLE, drop, judged, take, turn
from reading import corpus
from soket.clock import ReplayClock
from soket.intake.receive import is_carried_over, receive, work_waiting
from soket.record.keeping import read_register
from soket.record.records import Receipt
from soket.record.register import Standing
from soket.record.workspace import Workspace

SOON = timedelta(seconds=1)

pytestmark = pytest.mark.usefixtures("inline")


def received(receipts: list[Receipt]) -> Receipt:
    (receipt,) = receipts
    return receipt


def waiting(desk: Desk, later: timedelta = SOON) -> str | None:
    workspace = desk()
    return work_waiting(workspace, read_register(workspace), now_real=desk.now + later, settle=SETTLE)


def names(receipt: Receipt) -> list[str]:
    return [file.name for file in receipt.files]


def test_a_complete_drop_is_received_at_once(desk: Desk) -> None:
    drop(desk, "huyen_1", {corpus.REPORT: corpus.report(), corpus.TABLE: corpus.table()})
    assert waiting(desk) == "1 đơn vị có tệp mới."
    receipt = received(take(desk(), later=SOON))
    assert (receipt.unit, receipt.number, receipt.received_at) == ("huyen_1", 1, moment(IN_TIME))
    assert receipt.deadline == moment("2021-11-05 00:00")
    for file in receipt.files:
        data = desk.store.get(file.key)
        assert data == desk.store.get(file.inbox_key)
        assert file.sha256 == hashlib.sha256(data).hexdigest()
        assert file.key == f"reports/nq06/2021/huyen_1/1/files/{file.name}"
    assert desk.store.get("receipts/nq06/2021/huyen_1/1.json") == receipt.to_json()


@pytest.mark.parametrize(("unit", "complete"), [("huyen_1", False), ("so_vh", True), ("so_tp", True), ("bao_ht", True)])
def test_complete_is_what_the_unit_owes(desk: Desk, unit: str, complete: bool) -> None:
    drop(desk, unit, {corpus.REPORT: corpus.report()})
    assert bool(take(desk(), later=SOON)) == complete


def test_an_incomplete_drop_is_received_when_it_has_settled(desk: Desk) -> None:
    drop(desk, "huyen_1", {corpus.REPORT: corpus.report()})
    assert take(desk(), later=SETTLE) == []
    # Arrivals are known to the second only, rounded down.
    assert waiting(desk, SETTLE) is None
    assert waiting(desk, SETTLE + timedelta(seconds=1)) == "1 đơn vị có tệp mới."
    assert names(received(take(desk(), later=SETTLE + timedelta(seconds=1)))) == [corpus.REPORT]


def test_settling_is_in_real_time_whatever_the_campaign_time(desk: Desk) -> None:
    start = moment("2026-01-01 00:00")
    # A campaign day takes four real seconds.
    clock = ReplayClock(
        ((start, moment("2021-10-18 00:00")), (start + timedelta(seconds=200), moment("2021-12-07 00:00")))
    )
    drop(desk, "huyen_1", {corpus.REPORT: corpus.report()}, start + timedelta(seconds=10))
    workspace = Workspace(desk.plan, desk.campaign, desk.store, clock)
    register = read_register(workspace)
    for seconds, count in ((40, 0), (72, 1)):
        receipts = receive(workspace, register, settle=SETTLE, now_real=start + timedelta(seconds=seconds))
        assert len(receipts) == count
    assert receipts[0].received_at == moment("2021-10-20 12:00")


def test_the_same_content_again_is_nothing_new(desk: Desk) -> None:
    files = {corpus.REPORT: corpus.report(), corpus.TABLE: corpus.table()}
    drop(desk, "huyen_1", files)
    take(desk())
    drop(desk, "huyen_1", files, "2021-11-02 09:00")
    assert take(desk()) == []
    assert waiting(desk) == "1 bộ hồ sơ chờ chấm."


def test_a_correction_carries_over_what_was_not_sent_again(desk: Desk) -> None:
    wrong = judged(desk, "huyen_1", {corpus.REPORT: corpus.report(), corpus.TABLE: corpus.table(CT01=("?", 1, 2))})
    assert wrong.ruling == "returned"
    drop(desk, "huyen_1", {"sửa lại.xlsx": corpus.table()}, "2021-11-03 10:00")
    receipt = received(take(desk(), later=SOON))
    assert (receipt.number, names(receipt)) == (2, ["sửa lại.xlsx", corpus.REPORT])
    assert receipt.received_at == moment("2021-11-03 10:00")
    assert [is_carried_over(desk(), receipt, file) for file in receipt.files] == [False, True]
    assert receipt.files[1].key == "reports/nq06/2021/huyen_1/1/files/" + corpus.REPORT


def test_a_correction_waits_for_the_kind_that_was_faulty(desk: Desk) -> None:
    judged(desk, "huyen_1", {corpus.REPORT: corpus.report(), corpus.TABLE: corpus.table(CT01=("?", 1, 2))})
    drop(desk, "huyen_1", {corpus.REPORT: corpus.report("Bản sửa")}, "2021-11-03 10:00")
    assert take(desk(), later=SOON) == []
    drop(desk, "huyen_1", {corpus.TABLE: corpus.table()}, "2021-11-03 10:01")
    receipt = received(take(desk(), later=SOON))
    assert sorted(names(receipt)) == sorted([corpus.REPORT, corpus.TABLE])
    assert not any(is_carried_over(desk(), receipt, file) for file in receipt.files)


def test_a_file_that_changes_while_it_is_received_is_left_for_the_next_look(desk: Desk) -> None:
    drop(desk, "so_vh", {corpus.REPORT: corpus.report()})
    workspace = desk()
    register = read_register(workspace)
    drop(desk, "so_vh", {corpus.REPORT: corpus.report("Bản sau")}, "2021-11-01 09:01")
    late = desk.now + timedelta(hours=1)
    assert receive(workspace, register, settle=SETTLE, now_real=late) == []
    assert received(take(desk())).files[0].sha256 == hashlib.sha256(corpus.report("Bản sau")).hexdigest()


def test_a_receipt_that_another_run_wrote_is_not_written_again(desk: Desk) -> None:
    drop(desk, "so_vh", {corpus.REPORT: corpus.report()})
    workspace = desk()
    register = read_register(workspace)
    for count in (1, 0):
        assert len(receive(workspace, register, settle=SETTLE, now_real=desk.now)) == count


def test_names_are_made_safe_and_the_original_is_kept(desk: Desk) -> None:
    drop(desk, "so_vh", {"a/../../x.docx": corpus.report(), "b/X.docx": corpus.report("Hai")})
    receipt = received(take(desk()))
    assert [(file.name, file.original_name) for file in receipt.files] == [
        ("x.docx", "a/../../x.docx"),
        ("X (2).docx", "b/X.docx"),
    ]


def test_what_is_beyond_the_limits_is_told_of_and_not_taken_in(desk: Desk) -> None:
    verdict = judged(
        desk, "so_vh", {"a.docx": bytes(2 << 20)} | {f"b{n}.docx": corpus.report(str(n)) for n in range(5)}
    )
    entry = read_register(desk()).units["so_vh"]
    assert [file.kept for file in entry.receipts[0].files] == [False, True, True, True, True, False]
    assert entry.pending == ()
    assert {(fault.code, fault.file) for fault in verdict.faults} == {
        ("TEP-04", "a.docx"),
        ("TEP-16", None),
    }
    assert not [key for key in desk.store.objects if key.startswith("reports/") and "a.docx" in key]


def test_a_late_submission_is_flagged_and_not_refused(desk: Desk) -> None:
    drop(desk, "so_vh", {corpus.REPORT: corpus.report()}, "2021-11-05 00:00")
    (verdict,) = turn(desk())
    assert verdict.late
    assert verdict.ruling == "accepted"
    assert read_register(desk()).units["so_vh"].standing is Standing.ACCEPTED


def test_nobody_else_is_received(desk: Desk) -> None:
    workspace = desk(datetime.fromisoformat("2021-11-01T09:00:00+07:00"))
    for key in ("inbox/nq06/2021/la/x.docx", "inbox/nq06/2021/btg/x.docx", "inbox/nq06/2021/x.docx"):
        workspace.store.put(key, corpus.report())
    assert take(workspace) == []
    assert waiting(desk) is None
