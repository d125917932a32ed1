"""Mail about replies to invitations: each guest hears once what came of its reply, and who sent none is asked once."""

from __future__ import annotations

import pytest

from conftest import Desk
from record import story
from record.story import Story
from soket.notices.compose import reply_notices
from soket.notices.delivery import deliver
from soket.notices.ledger import Ending, read_end, real_now, states
from soket.notices.notice import Kind, Notice
from soket.notices.senders import RecordingSender
from soket.notices.timely import FRESH
from soket.plan.guests import guests_of
from soket.record.attendance import UNREAD, Attending, Channel, Reply
from soket.record.keeping import read_register
from soket.record.replying import record_reply
from soket.stages.collect import post_answers

UNIT, REPLY_BY, DAY = "h_can_loc", "2021-11-24", "2021-11-29"


@pytest.fixture
def desk(after: Story) -> Desk:
    found = after(story.called)
    found("2021-11-23 08:00")
    return found


def told(desk: Desk) -> list[Notice]:
    return reply_notices(desk(), read_register(desk()))


def replies(desk: Desk, guest: str = UNIT, channel: Channel = Channel.DROP, **more: object) -> Reply:
    said = {"attending": Attending.COMES, "source": f"inbox/{guest}/giay-moi/phieu.docx e1", **more}
    return record_reply(desk(), read_register(desk()), channel=channel, guest=guest, **said)  # type: ignore[arg-type]


def test_a_guest_hears_what_came_of_its_reply_once(desk: Desk) -> None:
    reply = replies(desk, person="Nguyễn Văn A", post="Bí thư")
    (notice,) = told(desk)
    assert (notice.kind, notice.addressee, notice.by) == (Kind.RECEIPT, UNIT, "vptu")
    assert (notice.context["said"], notice.context["person"]) == ("dự", "Nguyễn Văn A, Bí thư")
    posted = post_answers(desk(), read_register(desk()))
    assert f"receipt.{UNIT}.tl-{reply.id}" in posted
    assert post_answers(desk(), read_register(desk())) == []


def test_what_does_not_count_is_returned_with_the_reason(desk: Desk) -> None:
    replies(desk, attending=Attending.DEPUTY)
    (notice,) = told(desk)
    assert (notice.kind, notice.context["file"]) == (Kind.RETURN, "phieu.docx")
    assert notice.context["why"] == "cử người dự thay mà chưa ghi họ tên người dự"


def test_nobody_is_told_of_what_was_said_on_the_page_or_what_we_failed_on(desk: Desk) -> None:
    replies(desk, channel=Channel.PAGE, source="page 1")
    replies(desk, guest="h_duc_tho", refused=UNREAD, attending=None)
    replies(desk, guest="khong_co", source="x")
    assert told(desk) == []


def test_who_sent_none_until_the_date_is_asked_once_the_working_day_after(desk: Desk) -> None:
    replies(desk)
    desk(f"{REPLY_BY} 23:00")
    assert [each.kind for each in told(desk)] == [Kind.RECEIPT]
    desk("2021-11-25 08:00")
    asked = [each for each in told(desk) if each.kind is Kind.INVITATION]
    assert {each.addressee for each in asked} == {guest.code for guest in guests_of(desk.plan)} - {UNIT}
    assert asked[0].attachments[0].key in desk.store.objects
    before = {each.id for each in asked}
    desk("2021-11-26 08:00")
    assert {each.id for each in told(desk) if each.kind is Kind.INVITATION} == before
    desk("2021-11-27 08:00")  # a Saturday
    assert not [each for each in told(desk) if each.kind is Kind.INVITATION]
    desk(f"{DAY} 07:00")
    assert told(desk) == []


def test_what_still_waits_to_ask_for_a_reply_that_came_is_withdrawn(desk: Desk) -> None:
    desk("2021-11-25 08:00")
    post_answers(desk(), read_register(desk()))
    asked = {each.addressee: each.id for each in told(desk) if each.kind is Kind.INVITATION}
    replies(desk)
    desk("2021-11-27 08:00")  # the mail server was silent since
    post_answers(desk(), read_register(desk()))
    ends = {notice: state.ending for notice, state in states(desk()).items()}
    assert ends[asked[UNIT]] is Ending.WITHDRAWN
    assert {ends[each] for guest, each in asked.items() if guest != UNIT} == {None}
    assert "đã có trả lời" in read_end(desk(), asked[UNIT], Ending.WITHDRAWN).note


def test_a_reply_that_no_run_has_seen_yet_is_looked_for_before_mail_that_waited_goes_out(desk: Desk) -> None:
    desk("2021-11-25 08:00")
    post_answers(desk(), read_register(desk()))
    asked = {each.addressee: each.id for each in told(desk) if each.kind is Kind.INVITATION}
    replies(desk, channel=Channel.PAGE, source="page 1")
    sent = deliver(desk(), RecordingSender(), now=lambda: real_now() + 2 * FRESH).sent
    assert {*asked.values()} - {*sent} == {asked[UNIT]}
    assert states(desk())[asked[UNIT]].ending is Ending.WITHDRAWN
