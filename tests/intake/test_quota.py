"""What a folder has no room for, and what the store kept nothing of: left where it lies, told once, taken in later."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from conftest import Desk, moment
from intake.plans import make_plan
from intake.turns import IN_TIME, SETTLE, drop, judged, take, turn
from reading import corpus
from soket.intake.receive import work_waiting
from soket.notices.ledger import read_intent
from soket.plan.model import Plan
from soket.record.keeping import read_register
from soket.record.register import Standing
from soket.stages.collect import post_answers

pytestmark = pytest.mark.usefixtures("inline")

UNIT = "so_vh"
TOLD = f"unreceived.{UNIT}"


@pytest.fixture
def small_plan() -> Plan:
    plan = make_plan()
    limits = plan.limits.model_copy(update={"max_folder_files": 4, "max_folder_mb": 2})
    return plan.model_copy(update={"limits": limits})


def tell(desk: Desk) -> list[str]:
    workspace = desk()
    return sorted(each for each in post_answers(workspace, read_register(workspace)) if not each.startswith("re"))


def waiting(desk: Desk) -> str | None:
    workspace = desk()
    register = read_register(workspace)
    return work_waiting(workspace, register, now_real=desk.now + timedelta(hours=1), settle=SETTLE)


def many(count: int, start: int = 0) -> dict[str, bytes]:
    return {f"tệp {number:05}.docx": corpus.report(str(number % 7)) for number in range(start, start + count)}


def test_within_the_quota_all_is_received(desk: Desk) -> None:
    judged(desk, UNIT, many(4))
    register = read_register(desk())
    assert (register.surplus, register.units[UNIT].pending) == ({}, ())
    assert len(register.units[UNIT].receipts[0].files) == 4
    assert tell(desk) == []


def test_while_nothing_is_left_out_nothing_more_is_asked_of_the_bucket(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    judged(desk, UNIT, many(4))
    register, asked = read_register(desk()), []
    monkeypatch.setattr(desk.store, "list", lambda prefix: asked.append(prefix) or iter(()))
    work_waiting(desk(), register, now_real=desk.now, settle=SETTLE)
    assert asked == []


def test_thousands_of_files_make_neither_the_receipt_nor_the_snapshot_longer(desk: Desk) -> None:
    drop(desk, UNIT, many(5))
    turn(desk())
    receipt, snapshot = desk.store.get(desk().keys.receipt(UNIT, 1)), len(desk.store.get(desk().keys.register))
    drop(desk, UNIT, many(3000, 5))
    assert take(desk()) == []
    register = read_register(desk())
    assert register.surplus[UNIT].files == 3001
    assert register.units[UNIT].pending == ()
    assert register.units[UNIT].standing is not Standing.PENDING
    assert desk.store.get(desk().keys.receipt(UNIT, 1)) == receipt
    assert len(desk.store.get(desk().keys.register)) < snapshot + 2000  # the verdict since


def test_the_holder_and_the_operator_are_told_once(desk: Desk) -> None:
    drop(desk, UNIT, many(6))
    turn(desk())
    assert waiting(desk) == "1 thư mục có tệp chưa nhận được."
    alert, told = tell(desk)
    assert told == f"{TOLD}.surplus.2021-11-01"
    assert alert.startswith("alert.btg.surplus-")
    context = read_intent(desk(), told).notice.context
    assert "2 tệp (1 MB), từ “tệp 00004.docx” trở đi, vượt mức 4 tệp, 2 MB" in str(context["what"])
    assert "Sở Văn hóa (mã so_vh)" in str(read_intent(desk(), alert).notice.context["what"])
    before = dict(desk.store.objects)
    assert waiting(desk) is None
    assert (take(desk()), tell(desk)) == ([], [])
    assert desk.store.objects == before
    drop(desk, UNIT, many(3, 6), "2021-11-01 16:00")  # more on the same day is no news
    assert (waiting(desk), tell(desk)) == (None, [])
    drop(desk, UNIT, many(1, 9), "2021-11-02 08:00")
    assert tell(desk)[1] == f"{TOLD}.surplus.2021-11-02"


def test_what_there_is_room_for_again_is_received_by_itself(desk: Desk) -> None:
    drop(desk, UNIT, many(5))
    turn(desk())
    del desk.store.objects[desk().keys.inbox_folder(UNIT) + "tệp 00000.docx"]
    (receipt,) = take(desk(datetime.fromisoformat("2021-11-01T17:00:00+07:00")))
    assert (receipt.number, receipt.files[0].name) == (2, "tệp 00004.docx")
    assert receipt.received_at == moment(IN_TIME)  # it came in time, though there was no room yet
    assert read_register(desk()).surplus == {}


def test_one_file_too_large_for_the_folder_keeps_out_no_other(desk: Desk) -> None:
    verdict = judged(desk, UNIT, {"a.bin": bytes(3 << 20), corpus.REPORT: corpus.report()})
    assert verdict.ruling.counts
    assert read_register(desk()).surplus[UNIT].first.endswith("a.bin")


def test_content_sent_under_a_folders_name_is_told_of(desk: Desk) -> None:
    drop(desk, UNIT, {"bản ký/": b"", "báo cáo.docx/": b"lost by some stores"})
    register = read_register(desk())
    assert register.units[UNIT].pending == ()
    assert list(register.hollow) == [UNIT]
    assert waiting(desk) == "1 thư mục có tệp chưa nhận được."
    alert, told = tell(desk)
    assert (told, alert.startswith("alert.btg.hollow-")) == (f"{TOLD}.hollow.2021-11-01", True)
    assert "“báo cáo.docx/”" in str(read_intent(desk(), told).notice.context["what"])
    assert (waiting(desk), tell(desk)) == (None, [])


def test_offices_and_folders_of_nobody_have_a_quota_too(desk: Desk) -> None:
    for code in ("btg", "la"):
        drop(desk, code, many(3000))
    register = read_register(desk())
    assert (len(register.office_drops["btg"]), len(register.oddities)) == (4, 4)
    assert [left.files for left in register.surplus.values()] == [2996, 2996]
    assert [each for each in tell(desk) if each.startswith("unreceived.")] == ["unreceived.btg.surplus.2021-11-01"]
    assert tell(desk) == []


def test_a_file_deleted_after_its_receipt_is_kept_and_judged(desk: Desk) -> None:
    drop(desk, UNIT, {corpus.REPORT: corpus.report()})
    (receipt,) = take(desk())
    del desk.store.objects[desk().keys.inbox_folder(UNIT) + corpus.REPORT]
    (verdict,) = turn(desk())
    assert (verdict.number, verdict.ruling.counts) == (1, True)
    assert desk.store.get(receipt.files[0].key) == corpus.report()
    assert read_register(desk()).units[UNIT].standing.settled


def test_what_lies_there_at_receipt_is_what_is_judged(desk: Desk) -> None:
    drop(desk, UNIT, {corpus.REPORT: b""})
    drop(desk, UNIT, {corpus.REPORT: corpus.report("Bản sau")}, "2021-11-01 09:00")
    (receipt,) = take(desk())
    assert desk.store.get(receipt.files[0].key) == corpus.report("Bản sau")
