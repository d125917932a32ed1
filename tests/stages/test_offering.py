"""What the form of an act offers: what there is to choose, what each word leads to, and that there is nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest

from conftest import Desk
from record import story
from record.builders import FAULTS, ODD, ask_for_time, owing, submit
from record.story import Story
from soket.board.acting import act_links
from soket.record.keeping import read_register
from soket.record.records import Ruling
from soket.stages.act_blanks import DOCUMENT_NUMBER, NUMBER, OUTCOME
from soket.stages.act_table import ACTS
from soket.stages.actions import record_act
from soket.stages.offering import Offered, offer_reviewable
from soket.stages.refusing import Actor, ActRefusedError

from .flow import story_of_several

IN_GENERAL = "đơn vị nhận phiếu trả lại; đến khi nộp lại, "


@pytest.fixture
def desk() -> Desk:
    desk = story_of_several()(story.opened)
    desk("2021-11-03 10:00")
    return desk


def offered(desk: Desk, unit: str) -> Offered:
    return offer_reviewable(desk(), read_register(desk()), {"unit": unit})


def test_what_was_left_to_a_person_counts_or_lacks(desk: Desk) -> None:
    unit = owing(desk.plan)[0].code
    assert offered(desk, unit).nothing.startswith("Đơn vị này không có hồ sơ nào chờ kết luận")
    submit(desk(), unit, ruling=Ruling.REFERRED)
    found = offered(desk, unit)
    assert found.choices[NUMBER] == {"1": "Lần 1: chuyển cán bộ xem"}
    assert found.chosen[NUMBER] == "1"
    assert list(found.choices[OUTCOME].values()) == [
        "Tiếp nhận: tính vào số tổng và lời văn của dự thảo",
        f"Trả lại để sửa: {IN_GENERAL}chưa số nào của đơn vị được tính, đơn vị thành thiếu báo cáo",
    ]


def test_once_the_draft_is_composed_what_is_taken_is_not_said_to_be_in_it(after: Story) -> None:
    desk = after(story.consolidated)
    unit = owing(desk.plan)[-1].code
    submit(desk(), unit, ruling=Ruling.REFERRED)
    drafter = desk.plan.office(desk.plan.playing("drafter")[0]).name
    told = f"Tiếp nhận: dự thảo đã tổng hợp, có được tính hay không do {drafter} quyết định"
    assert offered(desk, unit).choices[OUTCOME]["accepted"] == told


def test_a_return_of_a_later_submission_leaves_the_earlier_one_counting(desk: Desk) -> None:
    unit = owing(desk.plan)[0].code
    submit(desk(), unit)
    submit(desk("2021-11-03 11:00"), unit, 2, ruling=Ruling.REFERRED)
    assert offered(desk, unit).choices[OUTCOME]["returned"] == f"Trả lại để sửa: {IN_GENERAL}đợt tính lần nộp 1"


def test_what_was_returned_may_only_be_accepted_by_a_paper(desk: Desk) -> None:
    unit = owing(desk.plan)[0].code
    submit(desk(), unit, ruling=Ruling.RETURNED)
    assert list(offered(desk, unit).choices[OUTCOME]) == ["accepted"]
    assert offered(desk, unit).must == (DOCUMENT_NUMBER,)
    assert "phải ghi số văn bản" in offered(desk, unit).choices[OUTCOME]["accepted"]


def test_of_what_was_returned_all_that_an_acceptance_settles_is_told(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    grave = FAULTS[Ruling.RETURNED]
    monkeypatch.setitem(FAULTS, Ruling.RETURNED, (*grave, ODD))
    unit = owing(desk.plan)[0].code
    submit(desk(), unit, ruling=Ruling.RETURNED)
    ((_, points),) = offered(desk, unit).told
    assert len(points) == len(grave) + 1
    assert points[-1].startswith(ODD.message.rstrip("."))


def test_after_the_wait_a_return_says_that_nobody_waits(desk: Desk) -> None:
    unit = owing(desk.plan)[0].code
    submit(desk(), unit, ruling=Ruling.REFERRED)
    desk("2022-01-05 09:00")  # the campaign is over
    assert offered(desk, unit).choices[OUTCOME]["returned"].endswith("thành thiếu báo cáo, đợt đã thôi chờ")


def test_after_the_wait_what_counts_is_not_returned_as_it_was_never_missing(desk: Desk) -> None:
    unit = owing(desk.plan)[0]
    submit(desk(), unit.code, ruling=Ruling.ACCEPTED_WITH_WARNINGS)
    form = {"act": "review", "unit": unit.code, "number": 1, "outcome": "returned", "reason": "Số sai"}
    grounds = {"granted_by": "Trưởng ban"}
    assert "returned" in offered(desk, unit.code).choices[OUTCOME]
    desk("2022-01-05 09:00")  # the campaign is over
    assert list(offered(desk, unit.code).choices[OUTCOME]) == ["accepted"]
    told = f"bản đang được tính của {unit.name} không trả lại được nữa"
    assert any(told in points[0] for _, points in offered(desk, unit.code).told)
    with pytest.raises(ActRefusedError, match=told):
        record_act(desk(), form={**form, **grounds}, entry="1", actor=Actor("root", console=True))


def test_once_the_campaign_is_archived_a_word_is_said_to_change_no_paper(after: Story) -> None:
    desk = after(story.archived)
    unit = next(code for code, entry in read_register(desk()).units.items() if entry.accepted)
    submit(desk(), unit, read_register(desk()).units[unit].last_number + 1, ruling=Ruling.REFERRED)
    archived = "Hồ sơ của đợt đã lưu trữ: ghi để biết, dự thảo và các văn bản không tự lập lại."
    assert list(offered(desk, unit).choices[OUTCOME].values()) == [
        f"Tiếp nhận. {archived}",
        f"Trả lại để sửa. {archived}",
    ]


def of_use(desk: Desk, unit: str) -> set[str]:
    """Return the acts that a unit's page offers."""
    return {each.name for each in act_links(desk(), read_register(desk()), "", "/", {"unit": unit})}


def test_a_unit_s_page_offers_what_would_not_be_refused_anyway(desk: Desk) -> None:
    waited, sent = owing(desk.plan)[-1].code, owing(desk.plan)[0].code
    submit(desk(), sent)
    assert {"extension", "nil_return", "promise", "urging", "mute"} <= of_use(desk, waited)
    assert {"nil_return", "promise", "urging"}.isdisjoint(of_use(desk, sent))
    assert "request_refusal" not in of_use(desk, waited)
    ask_for_time(desk(), waited)
    assert "request_refusal" in of_use(desk, waited)


def test_after_the_campaign_s_last_day_no_page_offers_a_date_and_the_form_says_why(desk: Desk) -> None:
    unit, campaign = owing(desk.plan)[-1].code, desk.plan.campaigns[0]
    desk(f"{campaign.closes + timedelta(days=2)} 09:00")
    register = read_register(desk())
    assert {"extension", "mute", "promise", "urging"}.isdisjoint(of_use(desk, unit))
    for act in ("extension", "postponement", "mute"):
        assert "Đã qua ngày cuối của đợt" in ACTS[act].offers(desk(), register, {"unit": unit}).nothing


def test_what_counts_is_not_said_to_be_nothing(desk: Desk) -> None:
    unit = owing(desk.plan)[0]
    submit(desk(), unit.code)
    form = {"act": "nil_return", "unit": unit.code, "reason": "Không phát sinh", "granted_by": "Trưởng ban"}
    with pytest.raises(ActRefusedError, match=rf"{unit.name} có báo cáo đã tiếp nhận \(lần nộp 1\)"):
        record_act(desk(), form=form, entry="1", actor=Actor("root", console=True))


def test_what_was_sent_back_is_not_offered_to_be_said_nothing_and_nobody_is_told_to_wait_once_nobody_does(
    desk: Desk,
) -> None:
    unit = owing(desk.plan)[0].code
    submit(desk(), unit, ruling=Ruling.RETURNED)

    def told() -> str:
        return ACTS["nil_return"].offers(desk(), read_register(desk()), {"unit": unit}).nothing

    assert "nil_return" not in of_use(desk, unit)
    assert "Chờ bản nộp lại, hoặc tiếp nhận lần nộp ấy bằng văn bản, hoặc miễn báo cáo." in told()
    desk(f"{desk.plan.campaigns[0].closes + timedelta(days=2)} 09:00")
    assert "nil_return" not in of_use(desk, unit)
    assert "Đợt đã thôi chờ bản nộp lại: chỉ còn tiếp nhận lần nộp ấy bằng văn bản, hoặc miễn báo cáo." in told()
