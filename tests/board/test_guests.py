"""The page of a conference's guests: who is commended, and what is left once its day is past."""

from __future__ import annotations

from conftest import Desk
from record import story
from record.builders import list_proposal
from record.story import Story
from soket.board.app import create_app
from soket.record.attendance import Attending, Channel
from soket.record.keeping import read_register
from soket.record.replying import record_reply
from soket.stages.actions import record_act
from soket.stages.refusing import Actor

from .browser import Browser
from .conftest import an_official

UNIT = "h_can_loc"


def page(desk: Desk, at: str) -> str:
    desk(at)
    app = create_app(lambda plan, campaign: desk(), lambda: ([desk.plan], []), an_official)
    answer = Browser(app).get(f"/{desk.plan.id}/{desk().campaign.code}/guests")
    assert answer.status_code == 200
    return " ".join(answer.text.split())


def test_who_is_commended_stands_beside_who_brings_them(after: Story) -> None:
    desk = after(story.approved)
    list_proposal(desk("2021-11-20 09:00"), "BD-1", UNIT)
    form = {"act": "commendation", "proposals": "BD-1", "conclusion": "commended", "document_number": "12-QĐ/TU"}
    why = {"reason": "Có thành tích", "granted_by": "Thường trực Tỉnh ủy"}
    record_act(desk(), form=form | why, entry="biểu dương", actor=Actor("thuong_truc"))
    story.called(desk)
    shown = page(desk, "2021-11-23 09:00")
    cell = '<td data-label="Người dự"> <span class="note">được biểu dương, mời cùng dự: Đồng chí A</span></td>'
    assert shown.count("được biểu dương") == shown.count(cell) == 1


def test_a_slip_says_when_it_arrived_and_no_other_way_pretends_to(after: Story) -> None:
    desk = after(story.called)
    sent = desk("2021-11-24 07:19").now
    for code, channel in ((UNIT, Channel.DROP), ("h_duc_tho", Channel.MAIL)):
        told = {"channel": channel, "source": code, "guest": code, "attending": Attending.COMES, "at": sent}
        record_reply(desk("2021-11-24 09:45"), read_register(desk()), **told)  # type: ignore[arg-type]
    shown = page(desk, "2021-11-24 10:00")
    assert "đến lúc 24/11/2021 07:19" in shown
    assert "ghi lúc 24/11/2021 07:19" in shown


def test_after_the_day_of_a_conference_its_page_leaves_nothing_open(after: Story) -> None:
    desk = after(story.called)
    wants = {"speaks_on": "Làng nghề", "attending": Attending.COMES}
    desk("2021-11-23 08:00")
    record_reply(desk(), read_register(desk()), channel=Channel.PAGE, source="1", guest=UNIT, **wants)  # type: ignore[arg-type]
    refused = {"channel": Channel.MAIL, "source": "<2@x>", "guest": "h_duc_tho"}
    record_reply(desk(), read_register(desk()), **refused)  # type: ignore[arg-type]
    open_still = ("Chưa trả lời", "chưa trả lời", "chưa gửi bài", "quyết định;", "chưa có họ tên", "cần người xem")
    before = page(desk, "2021-11-29 09:00")
    assert [each for each in open_still if each not in before] == []
    shown = page(desk, "2021-11-30 09:00")
    assert [each for each in open_still if each in shown] == []
    assert "Không có trả lời" in shown
    assert shown.count("(đã qua)") == 2, "the conference, and the day to answer"
    assert "đã đăng ký, không có trong Chương trình đã gửi; không gửi bài" in shown
