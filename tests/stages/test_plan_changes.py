"""The plan's file is changed in mid-campaign: what then happens to everybody, with nobody told twice or forgotten."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from record.builders import drop, extend, postpone, reopen, submit
from soket.notices.ledger import Ending, states
from soket.plan.changes import ChangeKind
from soket.record.decision_lines import decision_lines
from soket.record.editions import editions
from soket.record.keeping import read_register
from soket.record.stage_details import DraftBasis
from soket.stages import collect, draft
from soket.stages.changing import follow, plan_waiting, refused_edition

from .running import NEW, SMALL, Running, dates, later, unit


@pytest.fixture
def running() -> Running:
    running = Running()
    running.open()
    assert running.look("2021-10-18 09:00") == {}
    return running


def test_a_plan_that_stays_as_it_is_is_one_edition_and_no_decision(running: Running) -> None:
    assert [each.number for each in editions(running.store, running().keys)] == [1]
    assert running.changes == []
    assert running().filed is None


def test_before_it_opens_a_campaign_goes_by_the_file() -> None:
    running = Running()
    running.edit(later)
    here = running("2021-10-17 09:00")
    assert follow(here) is here
    assert not editions(running.store, here.keys)


def test_a_change_holds_from_when_it_is_on_record(running: Running) -> None:
    running.edit(later)
    here = running("2021-10-20 09:00")
    assert here.campaign.stages["unit_reports"].last_day == date(2021, 11, 4)
    assert plan_waiting(here) == "Tệp kế hoạch «small» đã đổi."
    there = follow(here)
    assert there.campaign.stages["unit_reports"].last_day == date(2021, 11, 8)
    assert running().plan == there.plan
    assert plan_waiting(running()) is None


def test_a_later_date_is_told_once_to_whoever_owes_and_chased_from(running: Running) -> None:
    submit(running("2021-10-19 09:00"), "so_hai")
    running.edit(later)
    assert running.look("2021-10-20 09:00") == {
        "vt@mot.example Thời hạn mới gửi báo cáo sơ kết: hết ngày 08/11/2021": 1,
        "vt@hai.example Đã tiếp nhận báo cáo sơ kết (lần nộp 1)": 1,
        "btg@tinh.example Thời hạn mới: Báo cáo, hết ngày 08/11/2021": 1,
    }
    assert running.look("2021-11-03 09:00") == {}  # the old ladder's reminder
    assert [each.partition(" ")[0] for each in running.look("2021-11-05 09:00")] == ["vt@mot.example"]


def test_an_earlier_date_is_told_and_what_came_in_time_stays_in_time(running: Running) -> None:
    submit(running("2021-10-19 09:00"), "so_hai")
    running.edit(lambda data: dates(data).update(before=date(2021, 10, 29)))
    told = running.look("2021-10-20 09:00")
    assert "vt@mot.example Thời hạn mới gửi báo cáo sơ kết: hết ngày 28/10/2021" in told
    register = read_register(running("2021-10-30 09:00"))
    assert (register.units["so_hai"].late, register.units["h_mot"].late) == (False, True)


def test_acts_that_give_more_time_than_the_changed_plan_stay(running: Running) -> None:
    extend(running("2021-10-19 09:00"), "h_mot", date(2021, 11, 20))
    postpone(running("2021-10-19 10:00"), "unit_reports", date(2021, 11, 6))
    running.look("2021-10-19 11:00")
    running.edit(later)
    assert running.look("2021-10-20 09:00") == {
        "vt@hai.example Thời hạn mới gửi báo cáo sơ kết: hết ngày 08/11/2021": 1,
        "btg@tinh.example Thời hạn mới: Báo cáo, hết ngày 08/11/2021": 1,
    }
    register = read_register(running())
    assert [register.units[each].last_day for each in ("h_mot", "so_hai")] == [date(2021, 11, 20), date(2021, 11, 8)]
    assert register.stages["unit_reports"].last_day == date(2021, 11, 8)


def test_an_opening_moves_only_before_it_has_come(running: Running) -> None:
    running.edit(lambda data: dates(data, "ubnd_draft").update(opens=date(2021, 11, 6)))
    running.look("2021-10-20 09:00")
    assert running.kinds == [ChangeKind.OPENING]
    running.edit(lambda data: dates(data).update(opens=date(2021, 10, 25)))
    (told,) = refusals(running, "2021-10-21 09:00")
    assert told == (
        "Đổi ngày mở giai đoạn: Báo cáo (18/10/2021 → 25/10/2021). Không đổi được: đã mở từ ngày 18/10/2021. Giữ ngày "
        "mở cũ; cần làm lại thì mở lại giai đoạn."
    )


def refusals(running: Running, at: str) -> list[str]:
    """Let the monitor come by; return what it told the operator that it refuses."""
    before = len(running.changes)
    told = running.look(at)
    refused = refused_edition(running())
    assert refused is not None
    assert len(running.changes) == before
    assert [each for each in told if "thay đổi kế hoạch chưa áp dụng được" in each] == [*told]
    assert plan_waiting(running()) is None
    return [f"{each.title}. {each.outcome}" for each in refused.refused]


def test_a_new_contact_gets_what_is_written_from_then_on(running: Running) -> None:
    running.edit(lambda data: unit(data, "h_mot")["contact"].update(email="moi@mot.example"))
    assert running.look("2021-10-20 09:00") == {}
    assert [*running.look("2021-11-03 09:00")] == [
        "moi@mot.example Nhắc gửi báo cáo sơ kết: còn 01 ngày làm việc",
        "vt@hai.example Nhắc gửi báo cáo sơ kết: còn 01 ngày làm việc",
    ]
    (act,) = running.changes
    assert act.changes[0].title == "Đổi đầu mối: Huyện Một (Văn thư, vt@mot.example → Văn thư, moi@mot.example)"


def test_a_mail_that_waits_goes_to_the_new_contact_once() -> None:
    running = Running()
    here = running("2021-10-18 00:00")
    collect.open_stage(here, here.plan.stage("unit_reports"))
    running.edit(lambda data: unit(data, "h_mot")["contact"].update(email="moi@mot.example"))
    told = running.look("2021-10-18 09:00")
    assert [each for each in told if "mot.example" in each] == [
        "moi@mot.example Đề nghị gửi báo cáo sơ kết, hạn hết ngày 04/11/2021"
    ]


def test_a_unit_added_is_asked_once_and_reminded_only_of_what_comes_after(running: Running) -> None:
    running.edit(lambda data: data["units"].append(NEW))
    told = running.look("2021-11-03 14:00")  # hours after the ladder's reminder
    assert {each: count for each, count in told.items() if "moi.example" in each} == {
        "vt@moi.example Đề nghị gửi báo cáo sơ kết, hạn hết ngày 04/11/2021": 1
    }
    assert [each for each in told if "Đề nghị" in each] == [each for each in told if "moi.example" in each]
    assert "bt@moi.example" in str(running.look("2021-11-05 09:00"))  # late like any other
    request = next(each for each in running.sender.messages if each["To"].addresses[0].addr_spec == "vt@moi.example")
    assert {each.get_filename() for each in request.iter_attachments()} == {
        "cong-van-de-nghi-bao-cao.docx",
        "de-cuong-bao-cao.docx",
        "bieu-so-lieu-bieu_a.xlsx",
    }


def test_a_unit_is_not_added_to_be_late_at_once_but_with_a_date_of_its_own(running: Running) -> None:
    running.edit(lambda data: data["units"].append(NEW))
    assert "vừa được đề nghị đã là muộn" in refusals(running, "2021-11-20 09:00")[0]
    assert "h_moi" not in read_register(running()).units
    running.edit(lambda data: dates(data).update(units={"h_moi": {"by": date(2021, 11, 30)}}))
    assert "vt@moi.example Đề nghị gửi báo cáo sơ kết, hạn hết ngày 30/11/2021" in running.look("2021-11-22 09:00")


def test_a_unit_removed_is_told_nothing_more_and_what_waits_is_withdrawn(running: Running) -> None:
    later_on = Running()
    here = later_on("2021-10-18 00:00")
    collect.open_stage(here, here.plan.stage("unit_reports"))
    later_on.edit(lambda data: data["units"].remove(unit(data, "h_mot")))
    assert "mot.example" not in str(later_on.look("2021-10-18 09:00"))
    assert states(later_on())["request.h_mot.round-1"].ending is Ending.WITHDRAWN
    running.edit(lambda data: data["units"].remove(unit(data, "h_mot")))
    assert "mot.example" not in str([running.look("2021-11-03 09:00"), running.look("2021-11-05 09:00")])


def test_a_unit_that_handed_in_is_not_removed(running: Running) -> None:
    drop(running("2021-10-19 09:00"), "h_mot")
    running.edit(lambda data: data["units"].remove(unit(data, "h_mot")))
    (told,) = refusals(running, "2021-10-20 09:00")
    assert told == (
        "Bỏ đơn vị: Huyện Một. Không đổi được: đã nộp tệp. Giữ đơn vị trong kế hoạch; không cần báo cáo nữa thì miễn: "
        "soket act exempt, hoặc «owes: exempt»."
    )
    assert read_register(running()).units["h_mot"].pending
    running.edit(lambda data: data["units"].insert(0, unit(SMALL, "h_mot")))
    assert running().filed is None


def test_a_unit_keeps_its_code_under_another_name(running: Running) -> None:
    running.edit(lambda data: unit(data, "h_mot").update(name="Huyện Nhất"))
    assert running.look("2021-10-20 09:00") == {}
    assert running.kinds == [ChangeKind.UNIT_RENAMED]
    assert "Huyện Nhất" in running.body("2021-11-03 09:00", "vt@mot.example")
    running.edit(lambda data: unit(data, "h_mot").update(code="h_nhat"))
    assert "Giữ «code: h_mot»" in refusals(running, "2021-11-04 09:00")[0]


def test_an_indicator_added_is_asked_of_everybody_who_fills_in_the_form(running: Running) -> None:
    running.edit(lambda data: data["units"].append(NEW))
    running.look("2021-10-19 08:00")
    submit(running("2021-10-19 09:00"), "h_mot")
    running.look("2021-10-19 10:00")
    indicator = {"code": "CT02", "name": "Số mới", "unit_of_measure": "lượt"}
    running.edit(lambda data: data["forms"][0]["indicators"].append(indicator))
    assert running.look("2021-10-20 09:00") == {
        f"{each} Đề nghị gửi báo cáo sơ kết, hạn hết ngày 04/11/2021 (mẫu đã thay đổi)": 1
        for each in ("vt@mot.example", "vt@moi.example")
    }
    body = {each["To"].addresses[0].addr_spec: each for each in running.sender.messages}
    accepted, owed = (body[each].get_body(("plain",)).get_content() for each in ("vt@mot.example", "vt@moi.example"))
    assert "- Thêm chỉ tiêu: CT02 Số mới, Biểu A" in accepted
    assert "đã được tiếp nhận và vẫn có giá trị" in accepted
    assert "vẫn có giá trị" not in owed
    assert read_register(running()).units["h_mot"].accepted == 1


def test_a_measure_does_not_change_under_figures_that_came_in(running: Running) -> None:
    def thousands(data: dict[str, Any]) -> None:
        for indicator in data["forms"][0]["indicators"]:  # a total and its parts
            indicator["unit_of_measure"] = "nghìn lượt"

    submit(running("2021-10-19 09:00"), "h_mot")
    running.look("2021-10-19 10:00")
    running.edit(thousands)
    assert "1 đơn vị đã nộp số liệu theo «lượt»" in refusals(running, "2021-10-20 09:00")[0]


def test_a_refused_change_holds_back_the_others_until_it_is_mended(running: Running) -> None:
    running.edit(lambda data: dates(data).update(opens=date(2021, 10, 25)))
    running.edit(later)
    refusals(running, "2021-10-20 09:00")
    assert running.look("2021-10-21 09:00") == {}  # told once
    running.edit(lambda data: dates(data).update(opens=date(2021, 10, 18)))
    assert len(running.look("2021-10-22 09:00")) == 3  # two units, and who collects
    assert running.kinds == [ChangeKind.DATE]


def test_contacts_are_held_back_by_nothing(running: Running) -> None:
    running.edit(lambda data: dates(data).update(opens=date(2021, 10, 25)))
    running.edit(lambda data: unit(data, "h_mot")["contact"].update(email="moi@mot.example"))
    running.edit(later)
    assert len(running.look("2021-10-20 09:00")) == 1  # the operator is told of what is refused
    assert running.kinds == [ChangeKind.CONTACT]
    refused = refused_edition(running())
    assert refused is not None
    assert [each.kind for each in refused.changes] == [ChangeKind.OPENING, ChangeKind.DATE]
    assert running().plan.unit("h_mot").contact.email == "moi@mot.example"
    assert running().campaign.stages["unit_reports"].last_day == date(2021, 11, 4)
    assert running.look("2021-10-21 09:00") == {}
    assert len(editions(running.store, running().keys)) == 2
    running.edit(lambda data: dates(data).update(opens=date(2021, 10, 18)))
    assert next(iter(running.look("2021-10-22 09:00"))).startswith("moi@mot.example Thời hạn mới")
    assert running.kinds == [ChangeKind.CONTACT, ChangeKind.DATE]


def test_who_dies_between_an_edition_and_its_decision_leaves_it_to_the_next(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    running.edit(later)
    with monkeypatch.context() as patch:
        patch.setattr("soket.stages.changing.file_decision", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            follow(running("2021-10-20 09:00"))
    assert running.changes == []
    assert len(running.look("2021-10-20 09:30")) == 3  # two units, and who collects
    assert running.kinds == [ChangeKind.DATE]


def test_the_decision_tells_what_changed_and_what_happens(running: Running) -> None:
    running.edit(later)
    running.edit(lambda data: data["units"].append(NEW))
    running.look("2021-10-20 09:00")
    (line,) = decision_lines(running().plan, read_register(running()))
    assert (line.kind, line.entered_by) == ("Thay đổi kế hoạch", "tệp kế hoạch")
    assert line.content == ("Thêm đơn vị: Huyện Mới; Đổi thời hạn: Báo cáo (hết ngày 04/11/2021 → hết ngày 08/11/2021)")


def test_a_rerun_neither_takes_a_change_on_record_nor_refuses_one(running: Running) -> None:
    running.edit(later)
    here = replace(running("2021-10-20 09:00"), rerun=True)
    assert follow(here) is here
    assert len(editions(running.store, here.keys)) == 1


def test_figures_of_indicators_that_came_and_went_leave_the_draft_whole(running: Running) -> None:
    submit(running("2021-10-19 09:00"), "h_mot")

    def other_figures(data: dict[str, Any]) -> None:
        form = data["forms"][0]
        form["indicators"] = [{"code": "CT01", "name": "Tổng", "unit_of_measure": "lượt"}]
        form["indicators"].append({"code": "CT99", "name": "Số thêm sau", "unit_of_measure": "lượt"})
        form["rules"] = []
        unit(data, "h_mot").update(name="Huyện Nhất")

    running.edit(other_figures)
    running.look("2021-10-20 09:00")
    assert {ChangeKind.INDICATOR_ADDED, ChangeKind.INDICATOR_REMOVED, ChangeKind.UNIT_RENAMED} < {*running.kinds}
    collecting, drafting = running().plan.stages[:2]
    collect.close_stage(running("2021-11-05 00:00"), collecting)
    draft.open_round(running("2021-11-05 00:05"), drafting)
    draft.consolidate(running(), drafting)
    record = read_register(running()).of(drafting).record("working")
    assert record is not None
    assert isinstance(record.details, DraftBasis)
    assert record.details.basis == {"h_mot": 1}


def test_an_old_copy_of_the_file_is_no_change_back_until_it_stays(running: Running) -> None:
    running.edit(later)
    running.look("2021-10-20 09:00")
    running.edit(lambda data: dates(data).update(before=date(2021, 11, 5)))
    assert running.look("2021-10-20 09:10") == {}
    assert plan_waiting(running()) is None
    assert running().campaign.stages["unit_reports"].last_day == date(2021, 11, 8)
    assert len(running.look("2021-10-20 09:20")) == 3  # two units, and who collects
    assert running.kinds == [ChangeKind.DATE, ChangeKind.DATE]


def test_a_unit_that_moves_to_another_block_is_asked_anew_for_what_that_fills_in(running: Running) -> None:
    running.edit(lambda data: unit(data, "h_mot").update(block="so"))
    assert running.look("2021-10-20 09:00") == {
        "vt@mot.example Đề nghị gửi báo cáo sơ kết, hạn hết ngày 04/11/2021 (mẫu đã thay đổi)": 1
    }
    names = {each.get_filename() for each in running.sender.messages[-1].iter_attachments()}
    assert "bieu-so-lieu-bieu_b.xlsx" in names


def test_a_campaign_that_is_over_keeps_its_plan_unless_it_is_given_longer(running: Running) -> None:
    running.edit(lambda data: data.update(title="Kế hoạch khác"))
    follow(running("2021-12-10 09:00"))
    assert running().plan.title == "Kế hoạch nhỏ"
    running.edit(lambda data: data["campaigns"][0].update(closes=date(2021, 12, 20)))
    follow(running("2021-12-11 09:00"))
    assert running.kinds == [ChangeKind.TITLE, ChangeKind.SPAN]
    assert running().campaign.closes == date(2021, 12, 20)


def test_who_had_it_changed_and_why_is_what_the_file_says_of_that_change(running: Running) -> None:
    running.edit(later)
    running.edit(lambda data: data.update(adjusted={"by": "Thường trực", "reason": "Mưa lũ", "document_number": "21"}))
    assert "Người quyết định: Thường trực (văn bản số 21)" in running.body("2021-10-20 09:00", "vt@mot.example")
    running.edit(lambda data: unit(data, "h_mot").update(name="Huyện Nhất"))
    running.look("2021-10-21 09:00")
    assert [(each.granted_by, each.reason, each.document_number) for each in running.changes] == [
        ("Thường trực", "Mưa lũ", "21"),
        ("Ban Thường vụ", "Kế hoạch được điều chỉnh.", None),
    ]
    assert running.kinds == [ChangeKind.DATE, ChangeKind.UNIT_RENAMED]


def test_the_code_before_units_pages_is_switched_on_and_off_and_nobody_is_written_to(running: Running) -> None:
    asks = {"one_time_code": True, "session_hours": 8}
    for at, edit, before, after in (
        ("2021-10-20 09:00", lambda data: data.update(unit_page=asks), "không hỏi mã", "nhập mã, 8 giờ một lần"),
        ("2021-10-21 09:00", lambda data: data.pop("unit_page"), "nhập mã, 8 giờ một lần", "không hỏi mã"),
    ):
        running.edit(edit)
        assert running(at).plan.unit_page.in_words == before  # until it is on record
        assert running.look(at) == {}
        assert running().plan.unit_page.in_words == after
        (change,) = running.changes[-1].changes
        assert (change.kind, change.before, change.after) == (ChangeKind.UNIT_PAGE, before, after)
    running.edit(lambda data: data.update(unit_page={"session_hours": 5}))
    assert running.look("2021-10-22 09:00") == {}
    assert len(running.changes) == 3  # hours of what is not asked
    assert running.changes[-1].changes[0].kind is ChangeKind.SETTING


def test_who_a_later_round_did_not_ask_still_hears_that_its_form_changed(running: Running) -> None:
    submit(running("2021-10-19 09:00"), "h_mot")
    stage = running().plan.stage("unit_reports")
    collect.close_stage(running("2021-11-05 00:00"), stage)
    postpone(running("2021-11-05 08:00"), stage.id, date(2021, 11, 12))
    reopen(running("2021-11-05 09:00"), stage.id)
    assert collect.open_stage(running("2021-11-05 10:00"), stage) == "Đề nghị 1 đơn vị báo cáo."
    running.look("2021-11-05 11:00")
    (form, _) = running.data["forms"]
    running.edit(lambda _: form["indicators"].append({"code": "CT02", "name": "Mới", "unit_of_measure": "lượt"}))
    told = running.look("2021-11-08 09:00")
    assert [each for each in told if each.startswith("vt@mot.example")] == [
        "vt@mot.example Đề nghị gửi báo cáo sơ kết, hạn hết ngày 12/11/2021 (mẫu đã thay đổi)"
    ]
