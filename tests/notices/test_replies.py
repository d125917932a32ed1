"""Mail about replies to invitations: each guest hears once what came of its reply, and who sent none is asked once."""

from __future__ import annotations

import pytest

from conftest import Desk
from record import story
from record.builders import answer, reopen
from record.story import Story
from record.verbs import conference
from soket.board.guests import conference_tables
from soket.board.mail import kind_lines
from soket.notices.compose import invitation_notices, reply_notices
from soket.notices.delivery import deliver
from soket.notices.ledger import End, Ending, Intent, read_end, real_now, states, write_end
from soket.notices.notice import Kind, Notice
from soket.notices.progress import next_dates
from soket.notices.render import write
from soket.notices.senders import RecordingSender
from soket.notices.timely import spare_guests
from soket.plan.conference import PlannedSpeech
from soket.plan.guests import guests_of
from soket.plan.model import Stage, StageKind
from soket.record.attendance import UNREAD, Attending, Channel, Reply
from soket.record.keeping import read_register
from soket.record.replying import record_reply, table_of
from soket.record.sending import UPLOAD_VARIABLE, entry_link
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
    assert (notice.kind, notice.addressee, notice.by) == (Kind.REPLY, UNIT, "vptu")
    assert (notice.context["said"], notice.context["person"]) == ("dự", "Nguyễn Văn A, Bí thư")
    posted = post_answers(desk(), read_register(desk()))
    assert f"reply.{UNIT}.tl-{reply.id}" in posted
    assert post_answers(desk(), read_register(desk())) == []


def test_what_does_not_count_is_returned_with_the_reason(desk: Desk) -> None:
    replies(desk, attending=Attending.DEPUTY)
    (notice,) = told(desk)
    assert (notice.kind, notice.variant, notice.context["file"]) == (Kind.REPLY, "refused", "phieu.docx")
    assert notice.context["why"] == "cử người dự thay mà chưa ghi họ tên người dự"


def test_nobody_is_told_of_what_was_said_on_the_page_or_what_we_failed_on(desk: Desk) -> None:
    replies(desk, channel=Channel.PAGE, source="page 1")
    replies(desk, guest="h_duc_tho", refused=UNREAD, attending=None)
    replies(desk, guest="khong_co", source="x")
    assert told(desk) == []


def test_who_sent_none_until_the_date_is_asked_once_the_working_day_after(desk: Desk) -> None:
    replies(desk)
    desk(f"{REPLY_BY} 23:00")
    assert [each.kind for each in told(desk)] == [Kind.REPLY]
    desk("2021-11-25 08:00")
    asked = [each for each in told(desk) if each.kind is Kind.INVITATION_REMINDER]
    hosts = {"thuong_truc", "vptu"}
    assert {each.addressee for each in asked} == {guest.code for guest in guests_of(desk.plan)} - {UNIT} - hosts
    assert {each.context["over"] for each in asked} == {True}
    assert asked[0].attachments[0].key in desk.store.objects
    before = {each.id for each in asked}
    desk("2021-11-26 08:00")
    assert {each.id for each in told(desk) if each.kind is Kind.INVITATION_REMINDER} == before
    desk("2021-11-27 08:00")  # a Saturday
    assert not [each for each in told(desk) if each.kind is Kind.INVITATION_REMINDER]
    desk(f"{DAY} 07:00")
    assert told(desk) == []


def test_guests_count_as_asked_once_a_mail_server_took_the_mail(desk: Desk) -> None:
    assert waits_for_guests(desk).endswith("sẽ nhắc sáng ngày 25/11/2021")
    desk("2021-11-26 08:00")
    assert waits_for_guests(desk).endswith("chưa có thư nhắc nào (phải nhắc từ ngày 25/11/2021), cần gọi")
    post_answers(desk(), read_register(desk()))
    asks = sorted(each for each in states(desk()) if each.startswith("invitation_reminder."))
    count = len(asks)
    made = f"đã lập {count} thư nhắc từ ngày 25/11/2021, máy chủ thư mới nhận"
    assert waits_for_guests(desk).endswith(f"{made} 0, cần gọi")
    for each in asks:
        write_end(desk(), each, End(ending=Ending.SENT, at=desk.now, real_at=real_now()))
        if each == asks[0]:
            assert waits_for_guests(desk).endswith(f"{made} 1, cần gọi")
    assert waits_for_guests(desk).endswith(f"đã nhắc {count} nơi từ ngày 25/11/2021, cần gọi")


def test_guests_whose_reminder_was_withdrawn_are_counted_apart(desk: Desk) -> None:
    post_answers(desk("2021-11-25 08:00"), read_register(desk()))
    first, *others = sorted(each for each in states(desk()) if each.startswith("invitation_reminder."))
    for each in others:
        write_end(desk(), each, End(ending=Ending.SENT, at=desk.now, real_at=real_now()))
    write_end(desk(), first, End(ending=Ending.WITHDRAWN, at=desk.now, real_at=real_now()))
    told = f"đã nhắc {len(others)} nơi từ ngày 25/11/2021, 1 nơi khác không có thư nhắc"
    assert waits_for_guests(desk).endswith(told)
    desk("2021-11-26 08:00")
    assert waits_for_guests(desk).endswith(f"{told}, cần gọi")


def call_anew(desk: Desk, at: str, **told: str) -> None:
    """Call the conference once more, with another day to reply on."""
    reopen(desk(at), "conference")
    conference.open_round(desk())
    hours = {"starts": "07:30", "chair": "Thường trực Tỉnh ủy", "line_test": "14:00"}
    place = {"day": DAY, "place": "Phòng họp số 1", **hours, **told}
    conference.record_format(desk(), answer("online", **place))
    conference.prepare_papers(desk())
    conference.send_invitations(desk())


def test_before_invitations_are_made_nobody_is_told_to_be_called(desk: Desk) -> None:
    reopen(desk("2021-11-23 09:00"), "conference")
    conference.open_round(desk())
    hours = {"starts": "07:30", "chair": "Thường trực Tỉnh ủy", "line_test": "14:00"}
    conference.record_format(desk(), answer("online", day=DAY, place="Phòng họp số 1", reply_by="2021-11-26", **hours))
    conference.prepare_papers(desk())
    (table,) = conference_tables(desk(), read_register(desk()))
    assert table.then == "Nơi chưa trả lời: giấy mời chưa gửi."
    conference.send_invitations(desk())
    (table,) = conference_tables(desk(), read_register(desk()))
    assert table.then == "Nơi chưa trả lời: sẽ nhắc sáng ngày 26/11/2021."


def waits_for_guests(desk: Desk) -> str:
    """Return what the digest says of a conference that was called."""
    (row,) = [each for each in next_dates(desk(), read_register(desk())) if each["called"]]
    return str(row["waits"])


def asked_on(desk: Desk, at: str) -> list[Notice]:
    desk(at)
    return [each for each in told(desk) if each.kind is Kind.INVITATION_REMINDER]


def test_who_is_silent_is_asked_on_the_last_day_to_reply_where_the_conference_is_held_by_the_next(desk: Desk) -> None:
    call_anew(desk, "2021-11-23 09:00", reply_by="2021-11-26")  # a Friday; it meets on Monday
    assert asked_on(desk, "2021-11-25 08:00") == []
    (first, *_) = asked_on(desk, "2021-11-26 08:00")
    assert first.context["over"] is False
    told_of = write(desk(), Intent(notice=first, posted_at=desk.now)).text
    assert "là 24 giờ 00, ngày 26/11/2021; " in told_of
    assert "đã qua" not in told_of
    assert waits_for_guests(desk).endswith("chưa trả lời, hạn báo người dự, hết ngày 26/11/2021, nhắc hôm nay")


def test_where_no_working_day_is_left_the_digest_says_that_they_have_to_be_called(desk: Desk) -> None:
    call_anew(desk, "2021-11-26 09:00", reply_by="2021-11-26")
    assert asked_on(desk, "2021-11-26 10:00") == []
    assert asked_on(desk, "2021-11-27 10:00") == []
    late = "đã qua hạn báo người dự, hết ngày 26/11/2021, không còn ngày làm việc nào để nhắc bằng thư, cần gọi"
    assert waits_for_guests(desk).endswith(late)
    desk(f"{DAY} 07:30")
    assert waits_for_guests(desk).endswith("đã qua hạn báo người dự, hết ngày 26/11/2021")
    (row,) = [each for each in next_dates(desk(), read_register(desk())) if each["called"]]
    assert row["days"] == "hôm nay, khai mạc 07 giờ 30"


def test_the_digest_tells_how_many_invitations_left_and_who_is_silent(desk: Desk) -> None:
    replies(desk)
    invited = [each for each in states(desk()) if each.startswith("invitation.")]
    for each in invited[:6]:
        write_end(desk(), each, End(ending=Ending.SENT, at=desk.now, real_at=real_now()))
    silent = f"{len(invited) - 3}/{len(invited) - 2} nơi chưa trả lời, hạn báo người dự, hết ngày 24/11/2021"
    asks = "sẽ nhắc sáng ngày 25/11/2021"
    assert waits_for_guests(desk) == f"đã gửi 6/{len(invited)} giấy mời, {silent}, {asks}"
    for each in invited[6:]:
        write_end(desk(), each, End(ending=Ending.SENT, at=desk.now, real_at=real_now()))
    assert waits_for_guests(desk) == f"đã gửi giấy mời, {silent}, {asks}"


def test_who_presides_or_takes_the_replies_is_asked_for_none(desk: Desk) -> None:
    replies(desk)
    table = table_of(desk().plan, read_register(desk()), desk.plan.stage("conference"))
    count = len(guests_of(desk.plan)) - 2
    assert table.in_words == (
        f"Đã có trả lời của 1/{count} nơi phải trả lời: dự 1; chưa trả lời {count - 1}; "
        "ngoài ra 2 nơi chủ trì, tổ chức không phải trả lời."
    )
    assert {each.guest.code: each.said for each in table.lines if each.hosts} == {
        "thuong_truc": "Chủ trì",
        "vptu": "Tổ chức",
    }


def test_who_wants_to_speak_after_the_programme_went_out_is_not_in_it_and_that_is_said(desk: Desk) -> None:
    replies(desk, speaks_on="Du lịch cộng đồng")
    table = table_of(desk().plan, read_register(desk()), desk.plan.stage("conference"))
    (line,) = table.speakers
    said = "đã đăng ký, chưa có trong Chương trình đã gửi: cơ quan tổ chức quyết định; chưa gửi bài"
    assert line.speaking == said
    wants = "Huyện ủy Can Lộc đăng ký tham luận mà Chương trình đã gửi chưa có, Văn phòng Tỉnh ủy quyết định"
    assert waits_for_guests(desk).endswith(wants)


def test_who_comes_and_names_nobody_is_asked_for_the_name(desk: Desk) -> None:
    replies(desk)
    (notice,) = told(desk)
    asked = "Bí thư Huyện ủy Can Lộc, chưa có họ tên; đề nghị trả lời lại, ghi rõ người dự"
    assert all(" ".join(asked.split()) in " ".join(each.split()) for each in written(desk, notice))


def test_a_guest_that_wants_to_speak_reads_in_its_receipt_that_the_programme_lacks_it(desk: Desk) -> None:
    replies(desk, speaks_on="Du lịch cộng đồng")
    (notice,) = (each for each in told(desk) if each.addressee == UNIT)
    text = write(desk(), Intent(notice=notice, posted_at=desk.now)).text
    assert (
        "Tham luận: Du lịch cộng đồng (Chương trình đã gửi chưa có tham luận này: Văn phòng Tỉnh ủy quyết định" in text
    )


def test_the_host_hears_of_a_speech_that_it_is_to_decide_on(desk: Desk) -> None:
    replies(desk, speaks_on="Du lịch cộng đồng", channel=Channel.PAGE, source="page 1")
    (notice,) = told(desk)
    assert (notice.kind, notice.variant, notice.addressee) == (Kind.REPLY, "speech", "vptu")
    told_of = "Huyện ủy Can Lộc đăng ký tham luận về “Du lịch cộng đồng” tại Hội nghị"
    assert all(told_of in each and "chưa được báo thì chưa phát biểu" in each for each in written(desk, notice))
    assert notice.id in post_answers(desk(), read_register(desk()))
    assert post_answers(desk(), read_register(desk())) == []


def test_who_was_asked_to_speak_and_says_on_what_is_in_the_programme(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("soket.record.replying.speakers_of", lambda _: {UNIT: "Làng nghề"})
    replies(desk, speaks_on="Làng nghề")
    (notice,) = told(desk)
    assert notice.context["beyond"] is False
    assert "đăng ký tham luận" not in waits_for_guests(desk)


def test_nothing_about_a_conference_goes_out_once_it_was_held(desk: Desk) -> None:
    desk("2021-11-25 08:00")
    replies(desk)
    post_answers(desk(), read_register(desk()))
    waiting = {each for each, state in states(desk()).items() if state.ending is None}
    about = {each for each in waiting if each.startswith(("invitation", "reply."))}
    assert len(about) > 2 * len(guests_of(desk.plan)) - 5
    asks = {each for each in about if each.startswith("invitation_reminder.")}
    desk(f"{DAY} 07:20")  # the mail server was silent since
    sent = {*deliver(desk(), RecordingSender()).sent}
    assert not asks & sent, "on the day itself nobody is asked any more who comes"
    assert about - asks <= sent
    assert {states(desk())[each].ending for each in asks} == {Ending.WITHDRAWN}


def test_an_invitation_that_waited_until_the_conference_was_over_is_withdrawn(desk: Desk) -> None:
    waiting = {each for each in states(desk()) if each.startswith("invitation.")}
    desk("2021-11-30 08:00")
    assert not waiting & {*deliver(desk(), RecordingSender()).sent}
    assert {states(desk())[each].ending for each in waiting} == {Ending.WITHDRAWN}


def test_what_still_waits_to_ask_for_a_reply_that_came_is_withdrawn(desk: Desk) -> None:
    desk("2021-11-25 08:00")
    post_answers(desk(), read_register(desk()))
    asked = {each.addressee: each.id for each in told(desk) if each.kind is Kind.INVITATION_REMINDER}
    replies(desk)
    desk("2021-11-27 08:00")  # the mail server was silent since
    post_answers(desk(), read_register(desk()))
    ends = {notice: state.ending for notice, state in states(desk()).items()}
    assert ends[asked[UNIT]] is Ending.WITHDRAWN
    assert {ends[each] for guest, each in asked.items() if guest != UNIT} == {None}
    assert read_end(desk(), asked[UNIT], Ending.WITHDRAWN).note == "chưa kịp gửi thì đã có trả lời"


@pytest.mark.parametrize(
    ("at", "why"),
    [("2021-11-29 09:42", "đã đến ngày họp (29/11/2021)"), ("2021-11-30 08:00", "đã qua ngày họp (29/11/2021)")],
)
def test_what_waits_to_ask_for_a_reply_says_why_it_is_withdrawn(desk: Desk, at: str, why: str) -> None:
    desk("2021-11-25 08:00")
    post_answers(desk(), read_register(desk()))
    asked = [each.id for each in told(desk) if each.kind is Kind.INVITATION_REMINDER]
    desk(at)  # the mail server was silent since
    spare_guests(desk(), read_register(desk()))
    assert {read_end(desk(), each, Ending.WITHDRAWN).note for each in asked} == {f"chưa kịp gửi thì {why}"}


def test_what_asked_for_a_reply_to_a_calling_that_was_replaced_says_so(desk: Desk) -> None:
    desk("2021-11-25 08:00")
    post_answers(desk(), read_register(desk()))
    asked = [each.id for each in told(desk) if each.kind is Kind.INVITATION_REMINDER]
    reopen(desk("2021-11-26 08:00"), "conference")
    conference.open_round(desk())
    conference.record_format(desk(), answer("online", day="2021-12-01", place="Phòng họp số 1"))
    spare_guests(desk(), read_register(desk()))
    assert {read_end(desk(), each, Ending.WITHDRAWN).note for each in asked} == {"chưa kịp gửi thì giấy mời đã đổi"}


def test_mail_to_who_is_not_to_reply_any_more_says_so(desk: Desk) -> None:
    desk("2021-11-25 08:00")
    post_answers(desk(), read_register(desk()))
    gone = next(each for each in told(desk) if each.addressee == UNIT and each.kind is Kind.INVITATION_REMINDER)
    desk.plan = desk.plan.model_copy(update={"units": tuple(each for each in desk.plan.units if each.code != UNIT)})
    spare_guests(desk(), read_register(desk()))
    assert read_end(desk(), gone.id, Ending.WITHDRAWN).note == "chưa kịp gửi thì đã thôi mời nơi này"


def test_a_reply_that_no_run_has_seen_yet_is_looked_for_before_mail_that_waited_goes_out(desk: Desk) -> None:
    desk("2021-11-25 08:00")
    post_answers(desk(), read_register(desk()))
    asked = {each.addressee: each.id for each in told(desk) if each.kind is Kind.INVITATION_REMINDER}
    replies(desk, channel=Channel.PAGE, source="page 1")
    sent = deliver(desk("2021-11-25 08:10"), RecordingSender()).sent
    assert {*asked.values()} - {*sent} == {asked[UNIT]}
    assert states(desk())[asked[UNIT]].ending is Ending.WITHDRAWN


def test_mail_about_an_invitation_is_counted_by_what_it_is(desk: Desk) -> None:
    invited = len([each for each in states(desk()).values() if each.kind is Kind.INVITATION])
    replies(desk)
    replies(desk, "h_duc_tho", attending=Attending.DEPUTY, source="inbox/h_duc_tho/giay-moi/phieu.docx e1")
    desk("2021-11-25 08:00")
    post_answers(desk(), read_register(desk()))
    counts = {line.name: line.total for line in kind_lines(states(desk()).values())}
    assert counts["Giấy mời hội nghị"] == invited
    assert counts["Nhắc trả lời giấy mời"] == len(table_of(desk.plan, read_register(desk()), stage_of(desk)).silent)
    assert counts["Việc trả lời giấy mời"] == 2
    assert "Phiếu trả lại" not in counts


def stage_of(desk: Desk) -> Stage:
    return desk.plan.stages_of(StageKind.CONFER)[0]


def speaking(after: Story) -> Desk:
    """Return a campaign whose conference asks a unit to speak."""
    desk = after(story.approved)
    speech = PlannedSpeech(unit=UNIT, topic="Du lịch cộng đồng")
    called = desk.plan.conference.model_copy(update={"speeches": (speech,)})
    desk.plan = desk.plan.model_copy(update={"conference": called})
    story.called(desk)
    return desk


def written(desk: Desk, notice: Notice) -> tuple[str, str]:
    mail = write(desk(), Intent(notice=notice, posted_at=desk.now))
    return mail.text, mail.html


def test_who_is_to_speak_is_asked_for_the_text_too_until_it_comes(after: Story) -> None:
    desk = speaking(after)
    lacking = "đề nghị tham luận về “Du lịch cộng đồng”: hạn gửi bài (chậm nhất 24 giờ 00, ngày 24/11/2021) đã qua"
    asked = {each.addressee: written(desk, each) for each in asked_on(desk, "2021-11-25 08:00")}
    assert lacking in asked[UNIT][0]
    assert lacking in asked[UNIT][1]
    assert {code for code, (text, _) in asked.items() if "tham luận về" in text} == {UNIT}
    replies(desk, attending=None, speech="Tham luận.docx")
    again = {each.addressee: written(desk, each) for each in asked_on(desk, "2021-11-25 09:00")}
    assert "tham luận về" not in again[UNIT][0]


def test_who_is_to_speak_and_only_says_that_it_comes_reads_that_the_text_is_waited_for(after: Story) -> None:
    desk = speaking(after)
    desk("2021-11-23 08:00")
    replies(desk)
    (notice,) = told(desk)
    waited = "chưa nhận được, gửi chậm nhất 24 giờ 00, ngày 24/11/2021"
    assert all(waited in each and "Du lịch cộng đồng" in each for each in written(desk, notice))
    desk("2021-11-23 09:00")
    replies(desk, attending=None, speech="Tham luận.docx", source="inbox/bai e2")
    assert not any(waited in each for notice in told(desk) for each in written(desk, notice))


def test_the_units_page_is_named_among_the_ways_to_answer(after: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(UPLOAD_VARIABLE, "https://nop.vi-du.vn/{plan}/{campaign}/{unit}")
    desk = after(story.called)
    desk("2021-11-23 08:00")
    replies(desk, attending=Attending.DEPUTY)
    refused = told(desk)
    register = read_register(desk())
    invited = invitation_notices(desk(), register, stage_of(desk))
    link = entry_link(desk(), register.units[UNIT])
    assert link is not None
    for notices in (refused, invited, asked_on(desk, "2021-11-25 08:00")):
        (own,) = (each for each in notices if each.addressee == UNIT)
        assert all(link in each and "mục “Trả lời giấy mời”" in each for each in written(desk, own))
    office = next(each for each in invited if each.addressee == "thuong_truc")
    assert "trang của đơn vị" not in written(desk, office)[0]
