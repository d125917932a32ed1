"""A report that lies with us when its stage closes is not missing, wherever missing reports are told of."""

from __future__ import annotations

import pytest

from board.test_ribbon import REPORTS, said
from conftest import Desk
from record import story
from record.builders import drop, judge, owing, receive, submit
from record.story import Story
from record.verbs import ubnd_draft, unit_reports
from soket.notices.compose import draft_notice
from soket.notices.ledger import Intent
from soket.notices.render import write
from soket.plan.model import Plan
from soket.record.composed import composed_for
from soket.record.keeping import read_register
from soket.record.lacking import Lacking
from soket.record.records import Receipt, Ruling
from soket.record.slack import critical_path
from soket.record.stage_details import ReportsClosed
from soket.stages import draft


@pytest.fixture
def desk(after: Story, plan: Plan) -> Desk:
    """All have sent but two; the last but two lie with us: in time, late, for a person to see."""
    desk = after(story.opened)
    units = [unit.code for unit in owing(plan)]
    for unit in units[:-5]:
        submit(desk("2021-11-03 10:00"), unit)
    submit(desk(), units[-3], ruling=Ruling.REFERRED)
    drop(desk("2021-11-04 16:00"), units[-5])
    drop(desk("2021-11-05 08:00"), units[-4])
    desk("2021-11-05 09:00")
    return desk


def test_the_close_tells_what_is_looked_at_apart_from_what_is_missing(desk: Desk, plan: Plan) -> None:
    units = owing(plan)
    in_time, late, referred, *silent = units[-5:]
    note = unit_reports.close_stage(desk())
    assert note == (
        f"Khép lại khi đã tiếp nhận {len(units) - 5}/{len(units)} báo cáo. "
        f"Còn thiếu: {'; '.join(unit.name for unit in silent)}. "
        f"Đã nộp đúng hạn, đang kiểm tra: {in_time.name}. Đã nộp muộn, đang kiểm tra: {late.name}. "
        f"Đã nộp đúng hạn, chờ cán bộ xem: {referred.name}."
    )
    record = read_register(desk()).stages[REPORTS].record("done")
    assert record is not None
    assert isinstance(record.details, ReportsClosed)
    assert record.details.missing == tuple(unit.code for unit in silent)
    assert said(desk, REPORTS)[1] == f"Đã khép lại: {len(units) - 5}/{len(units)}, thiếu 2, 3 đã nộp, đang xét"


def test_the_drafts_mail_lists_them_apart(desk: Desk, plan: Plan) -> None:
    units = owing(plan)
    unit_reports.close_stage(desk())
    ubnd_draft.open_round(desk())
    ubnd_draft.consolidate(desk())
    register = read_register(desk())
    stage = plan.stage("ubnd_draft")
    working = register.of(stage).record("working")
    assert working is not None
    notice = draft_notice(desk(), register, stage, working)
    assert notice.context["sent"] == len(units) - 5
    assert set(notice.context["missing"]) == {unit.name for unit in units[-2:]}  # type: ignore[arg-type]
    mail = write(desk(), Intent(notice=notice, posted_at=desk.now))
    for words in (mail.text, mail.html):
        assert f"{units[-5].name}: đã nộp đúng hạn, đang kiểm tra" in words
        assert f"{units[-4].name}: đã nộp muộn, đang kiểm tra" in words
        assert f"{units[-3].name}: đã nộp đúng hạn, chờ cán bộ xem" in words


def test_the_drafts_mail_tells_who_was_returned_from_who_sent_nothing(desk: Desk, plan: Plan) -> None:
    returned, silent = owing(plan)[-2:]
    submit(desk("2021-11-04 10:00"), returned.code, ruling=Ruling.RETURNED)
    unit_reports.close_stage(desk("2021-11-05 00:00"))
    ubnd_draft.open_round(desk())
    ubnd_draft.consolidate(desk("2021-11-05 09:00"))
    register, stage = read_register(desk()), plan.stage("ubnd_draft")
    working = register.of(stage).record("working")
    assert working is not None
    missing = draft_notice(desk(), register, stage, working).context["missing"]
    assert silent.name in missing  # type: ignore[operator]
    assert f"{returned.name} (bị trả lại, chưa gửi lại)" in missing  # type: ignore[operator]


def test_nobody_is_late_for_what_lies_with_us(desk: Desk, plan: Plan) -> None:
    at = desk("2021-11-09 07:30")
    (sentence,) = critical_path(at, read_register(at)).sentences
    silent = sorted(unit.name for unit in owing(plan)[-2:])
    assert any(sentence.startswith(f"{name} và 1 đơn vị khác quá hạn 02 ngày làm việc") for name in silent)


def test_what_was_handed_in_before_a_draft_and_taken_after_is_told_so(desk: Desk, plan: Plan) -> None:
    in_time, late, *_, silent = (unit.code for unit in owing(plan)[-5:])
    receipts: list[Receipt] = [receive(desk(), each) for each in (in_time, late)]
    unit_reports.close_stage(desk())
    ubnd_draft.open_round(desk())
    ubnd_draft.consolidate(desk("2021-11-05 09:30"))
    for receipt in receipts:
        judge(desk("2021-11-05 10:00"), receipt)
    submit(desk("2021-11-08 09:00"), silent)
    draft.announce_amendments(desk())
    note = read_register(desk()).of(plan.stage("ubnd_draft")).records[-1].note
    before = [f"{plan.unit(code).name} (đã nộp trước khi tổng hợp)" for code in (in_time, late)]
    assert note.startswith("Tiếp nhận sau khi tổng hợp, dự thảo vòng 1 chưa tính đến: ")
    assert set(note.rstrip(".").partition(": ")[2].split("; ")) == {*before, plan.unit(silent).name}
    register = read_register(desk())
    told = {code: composed_for(plan, register, register.units[code]) for code in (in_time, silent)}
    uncounted = [each.uncounted for each in told.values() if each]
    assert uncounted[0].startswith("Lần nộp 1 đến trước, được tiếp nhận sau bản tổng hợp: chưa được tính vào dự thảo.")
    assert uncounted[1].startswith("Lần nộp 1 đến sau bản tổng hợp: chưa được tính vào dự thảo.")


def test_a_correction_that_is_looked_at_takes_nothing_away_from_what_counts(desk: Desk, plan: Plan) -> None:
    first = owing(plan)[0].code
    drop(desk(), first, data=b"corrected")
    lacking = Lacking.of(read_register(desk()).reporting(plan))
    assert first not in [entry.unit for entry in (*lacking.missing, *lacking.with_us)]
