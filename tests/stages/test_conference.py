"""A conference from its calling to who comes: what is missing, three ways of replying, calling it anew."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, datetime, timedelta
from email.message import EmailMessage

import docx
import pytest
from icalendar import Calendar, Event

from conftest import Desk
from intake.turns import InlineReaders
from record import story
from record.builders import answer, list_proposal, nil_return, owing, reopen, submit
from record.story import Story
from record.verbs import conference
from soket.board.guests import conference_tables
from soket.documents.discussion import PromptGroup
from soket.intake.receive import work_waiting
from soket.intake.replies import take_replies
from soket.notices.invitations import calendar_uid
from soket.notices.ledger import read_intent, states
from soket.notices.notice import Kind, message_id
from soket.notices.render import write
from soket.notices.reports.filing import Read, read_reports, read_strays
from soket.notices.reports.sources import FolderSource
from soket.plan.conference import PlannedSpeech
from soket.plan.model import Plan
from soket.record.attendance import Attending, Channel, Reply
from soket.record.keeping import read_register
from soket.record.products import (
    ATTENDANCE,
    CALENDAR,
    DELEGATES,
    INVITATION,
    PROMPTS,
    REGISTRATION,
    SEATING,
    SHORT_REPORT,
)
from soket.record.replying import record_reply, table_of
from soket.record.seal import read_seal
from soket.record.tally import register_then
from soket.stages.actions import record_act
from soket.stages.commending import commended
from soket.stages.confer import NotReadyError, renew_lists
from soket.stages.refusing import Actor, IncompleteAnswerError
from soket.store.keys import MAIL_REPORTS

UNIT, OTHER, ORGANISER = "h_can_loc", "h_duc_tho", "vptu"
STAGE = "conference"


@pytest.fixture(autouse=True)
def read_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read forms and drafts in this process."""
    for module in ("official", "registration"):
        monkeypatch.setattr(f"soket.documents.{module}.ReaderPool", lambda _: InlineReaders())


def test_who_is_to_speak_reads_in_its_invitation_on_what_how_long_and_until_when(after: Story) -> None:
    desk = after(story.approved)
    speech = PlannedSpeech(unit=UNIT, topic="Du lịch cộng đồng")
    called = desk.plan.conference.model_copy(update={"speeches": (speech,)})
    desk.plan = desk.plan.model_copy(update={"conference": called})
    story.called(desk)
    intents = [read_intent(desk(), each) for each in states(desk()) if each.startswith("invitation.")]
    told = {each.notice.addressee: write(desk(), each) for each in intents}
    asked = f"đề nghị {desk.plan.unit(UNIT).name} tham luận về “Du lịch cộng đồng”, không quá 07 phút; gửi bài"
    assert {code for code, mail in told.items() if "tham luận về" in mail.text} == {UNIT}
    assert asked in told[UNIT].text
    assert asked[1:] in told[UNIT].html
    paper = "\n".join(each.text for each in docx.Document(io.BytesIO(own_file(desk, UNIT, INVITATION))).paragraphs)
    assert f"5. Tham luận: {asked} chậm nhất hết ngày 24/11/2021." in paper
    (invited,) = [each.notice for each in intents if each.notice.addressee == UNIT]
    assert own_key(desk, UNIT) in {each.key for each in invited.attachments}


def test_what_is_to_be_discussed_says_whose_reports_it_is_of(after: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    group = PromptGroup("Ví dụ", ("Một việc.",))
    monkeypatch.setattr("soket.documents.discussion.prompts_of", lambda *_: [group])
    desk = after(story.approved)
    nothing, late = owing(desk.plan)[-2:]
    submit(desk("2021-11-18 10:00"), late.code)
    nil_return(desk(), nothing.code)
    story.called(desk)
    paper = docx.Document(io.BytesIO(desk.store.get(desk().keys.stage(STAGE, 1, PROMPTS))))
    (told,) = (each.text for each in paper.paragraphs if "rút từ báo cáo" in each.text)
    counted = "60/60 đơn vị (gồm 01 đơn vị báo không phát sinh)"
    assert f"của {counted}, kể cả báo cáo mà dự thảo chưa tính: {late.name};" in told


def own_key(desk: Desk, guest: str) -> str:
    return desk().keys.stage(STAGE, 1, f"guests/{guest}/{INVITATION}")


@pytest.fixture
def desk(after: Callable[[Callable[[Desk], None]], Desk]) -> Desk:
    """Give the campaign as its conference is called, on the day after."""
    found = after(story.called)
    found("2021-11-23 08:00")
    return found


def own_file(desk: Desk, guest: str, name: str, round_number: int = 1) -> bytes:
    return desk.store.get(desk().keys.stage(STAGE, round_number, f"guests/{guest}/{name}"))


def entry_of(data: bytes) -> tuple[str, Event]:
    calendar = Calendar.from_ical(data)
    return str(calendar["method"]), calendar.events[0]


def filled(desk: Desk, guest: str, round_number: int = 1, **answers: str) -> bytes:
    """Return a guest's own form, filled in as a clerk does in Word."""
    document = docx.Document(io.BytesIO(own_file(desk, guest, REGISTRATION, round_number)))
    labels = {"attending": "Dự hội nghị", "person": "Họ và tên", "post": "Chức vụ", "speaks_on": "Tham luận"}
    for row in document.tables[-1].rows:
        for name, label in labels.items():
            if name in answers and row.cells[0].text.startswith(label):
                row.cells[1].text = answers[name]
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def dropped(desk: Desk, owner: str, data: bytes, name: str = "phieu.docx") -> list[Reply]:
    desk.store.put(f"{desk().keys.inbox_folder(owner)}giay-moi/{name}", data)
    return take_replies(desk(), read_register(desk()))


def calendar_reply(uid: str, said: str, sequence: int = 0) -> bytes:
    event = Event()
    event.add("uid", uid)
    event.add("sequence", sequence)
    event.add("attendee", "mailto:ai-do@noi-khac.example", parameters={"PARTSTAT": said})
    event.add("comment", "Họp quân sự")
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("method", "REPLY")
    calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content


def mailed(desk: Desk, data: bytes, name: str = "tra-loi.eml") -> Read:
    desk.store.put(MAIL_REPORTS + name, data)
    return read_reports(desk(), [FolderSource(desk.store)])


def letter(calendar: bytes = b"", about: str = "", form: bytes = b"") -> bytes:
    mail = EmailMessage()
    mail["From"], mail["Subject"], mail["Message-ID"] = "Văn thư <van-thu@noi-khac.example>", "Trả lời", "<x1@noi-khac>"
    if about:
        mail["In-Reply-To"] = about
    mail.set_content("Kính gửi")
    if calendar:
        mail.add_alternative(calendar, maintype="text", subtype="calendar", params={"method": "REPLY"})
    if form:
        mail.add_attachment(form, maintype="application", subtype="octet-stream", filename="phiếu đăng ký.docx")
    return mail.as_bytes()


def invitation_id(desk: Desk, guest: str) -> str:
    workspace = desk()
    (notice,) = (each for each in states(workspace) if each.startswith(f"invitation.{guest}."))
    return message_id(workspace.plan, workspace.campaign.code, notice, read_seal(desk.store))


def attending(desk: Desk, guest: str) -> Attending:
    workspace = desk()
    table = table_of(workspace.plan, read_register(workspace), workspace.plan.stage(STAGE))
    return next(line.attending for line in table.lines if line.guest.code == guest)


# What is missing


def test_an_answer_that_leaves_something_out_is_asked_again_by_name(after: Story, plan: Plan) -> None:
    bare = plan.conference.model_copy(update={"starts": None, "chair": None, "line_test": None})
    desk = after(story.approved)
    desk.plan = plan.model_copy(update={"conference": bare})
    conference.open_round(desk("2021-11-22 09:00"))
    told = {"day": "2021-11-29", "place": "Hội trường"}
    with pytest.raises(IncompleteAnswerError) as refused:
        conference.record_format(desk(), answer("online", **told))
    assert str(refused.value) == ("Chưa có giờ khai mạc; chưa có người chủ trì; chưa định giờ thử đường truyền.")
    with pytest.raises(IncompleteAnswerError, match="GIỜ:PHÚT"):
        conference.record_format(desk(), answer("online", **told, starts="7h30"))
    with pytest.raises(IncompleteAnswerError, match="Hạn báo người dự 30/11/2021"):
        conference.record_format(desk(), answer("online", **told, reply_by="2021-11-30"))
    assert conference.format_on_record(desk()) is None
    conference.record_format(desk(), answer("online", **told, starts="08:00", chair="Bí thư", line_test="15:30"))
    decision = conference.format_on_record(desk())
    assert f"{decision.starts:%H:%M} {decision.line_test:%d/%m %H:%M}" == "08:00 26/11 15:30"
    assert decision.reply_by == date(2021, 11, 24), "so many working days before, as the plan has it"


@pytest.mark.parametrize("day", ["29/11/2021", "29-11-2021", "29.11.2021", "ngày 29 tháng 11 năm 2021", "2021-11-29"])
def test_a_day_is_read_as_people_write_it(after: Story, day: str) -> None:
    desk = after(story.approved)
    conference.open_round(desk("2021-11-22 09:00"))
    conference.record_format(desk(), answer("in_person", day=day, place="Hội trường", reply_by="26/11/2021"))
    decision = conference.format_on_record(desk())
    assert (decision.day, decision.reply_by) == (date(2021, 11, 29), date(2021, 11, 26))


def test_all_that_will_not_do_is_told_at_once(after: Story) -> None:
    desk = after(story.approved)
    desk.plan = desk.plan.model_copy(update={"conference": type(desk.plan.conference)()})
    conference.open_round(desk("2021-11-22 09:00"))
    with pytest.raises(IncompleteAnswerError) as refused:
        conference.record_format(desk(), answer("online", day="31/11/2021", starts="7h30", reply_by="hôm sau"))
    assert str(refused.value) == (
        "Ngày họp «31/11/2021» không phải là ngày; ghi như 22/11/2021. Giờ khai mạc «7h30» không đúng dạng GIỜ:PHÚT, "
        "ví dụ 07:30. Hạn báo người dự «hôm sau» không phải là ngày; ghi như 22/11/2021. Chưa điền địa điểm hoặc "
        "đường truyền; chưa có người chủ trì; chưa định giờ thử đường truyền."
    )


def test_a_conference_beyond_the_campaign_asks_for_replies_while_they_are_recorded(after: Story) -> None:
    desk = after(story.approved)
    conference.open_round(desk("2021-11-22 09:00"))
    told = {"day": "2021-12-15", "place": "Hội trường", "starts": "08:00", "chair": "Bí thư"}
    asked = conference.format_question(desk(), "http://bang")
    assert "Đợt kết thúc hết ngày 03/12/2021, sau đó hệ thống không ghi trả lời giấy mời" in asked
    with pytest.raises(IncompleteAnswerError, match=r"ngày cuối của đợt, .* 03/12/2021"):
        conference.record_format(desk(), answer("in_person", **told, reply_by="2021-12-10"))
    with pytest.raises(IncompleteAnswerError, match=r"Chưa điền ngày họp\."):
        conference.record_format(desk(), answer("in_person", **{**told, "day": ""}))
    conference.record_format(desk(), answer("in_person", **told))
    assert conference.format_on_record(desk()).reply_by == date(2021, 12, 3)
    conference.prepare_papers(desk())
    conference.check_readiness(desk())
    conference.send_invitations(desk())
    (table,) = conference_tables(desk("2021-11-29 09:00"), read_register(desk()))
    assert table.then == "Nơi chưa trả lời: sẽ nhắc sáng ngày 03/12/2021."


def test_readiness_blocks_what_an_earlier_version_left_without_hour_and_chair(after: Story) -> None:
    from soket.record.decisions import ConferenceFormat
    from soket.record.filing import file_decision

    desk = after(story.approved)
    conference.open_round(desk("2021-11-22 09:00"))
    told = {"decided_at": desk.now, "account": "vptu", "granted_by": "A", "reason": "", "stage": STAGE}
    old = {"id": "conference-format-1", "format": "online", "day": "2021-11-29", "place": "Hội trường"}
    file_decision(desk(), ConferenceFormat.model_validate({**told, **old}))
    conference.prepare_papers(desk())
    with pytest.raises(NotReadyError, match="giờ khai mạc; chưa có người chủ trì; chưa định giờ thử đường truyền"):
        conference.check_readiness(desk())
    with pytest.raises(NotReadyError):
        conference.send_invitations(desk())
    assert not [each for each in states(desk()).values() if each.kind is Kind.INVITATION]


# What each guest gets


def test_each_guest_has_a_form_and_an_entry_of_its_own(desk: Desk) -> None:
    workspace = desk()
    method, event = entry_of(own_file(desk, UNIT, CALENDAR))
    assert (method, event["sequence"]) == ("REQUEST", 0)
    assert event["uid"] == calendar_uid(workspace, workspace.plan.stage(STAGE), UNIT)
    assert event["uid"] != entry_of(own_file(desk, OTHER, CALENDAR))[1]["uid"]
    operator = workspace.plan.office(workspace.plan.roles.operator).contact.email
    assert event["organizer"] == f"mailto:{operator}", "answers come to the mailbox that is read"
    document = docx.Document(io.BytesIO(own_file(desk, UNIT, REGISTRATION)))
    assert f"{STAGE}/1/{UNIT}" in [cell.text for row in document.tables[-1].rows for cell in row.cells]
    papers = read_register(workspace).of(workspace.plan.stage(STAGE)).record("papers")
    assert papers is not None
    assert SHORT_REPORT in {key.rpartition("/")[2] for key in papers.products}


# Three ways of replying


def test_a_calendar_answers_by_mail_once(desk: Desk) -> None:
    uid = calendar_uid(desk(), desk.plan.stage(STAGE), UNIT)
    mail = letter(calendar=calendar_reply(uid, "DECLINED"))
    assert mailed(desk, mail).answered == 1
    assert attending(desk, UNIT) is Attending.ABSENT
    mailed(desk, mail, "lan-nua.eml")
    (reply,) = read_register(desk()).replies
    assert (reply.channel, reply.guest, reply.note) == (Channel.MAIL, UNIT, "Họp quân sự")


def test_a_calendar_file_alone_may_be_put_into_the_folder(desk: Desk) -> None:
    uid = calendar_uid(desk(), desk.plan.stage(STAGE), UNIT)
    assert mailed(desk, calendar_reply(uid, "ACCEPTED"), "tra-loi.ics").answered == 1
    assert attending(desk, UNIT) is Attending.COMES


def test_nobody_answers_for_another_by_guessing(desk: Desk) -> None:
    forged = calendar_reply("0" * 32 + "@hatinh.example", "DECLINED")
    assert mailed(desk, letter(calendar=forged)).answered == 0
    about = invitation_id(desk, OTHER)
    mailed(desk, letter(about=about, form=filled(desk, UNIT, attending="vắng")), "phieu.eml")
    assert attending(desk, UNIT) is Attending.SILENT
    (reply,) = read_register(desk()).replies
    names = [desk.plan.unit(code).name for code in (UNIT, OTHER)]
    assert reply.refused == "phiếu của {} kèm thư trả lời giấy mời của {}".format(*names)
    assert read_strays(desk()) == []


def test_a_form_comes_back_attached_to_a_reply(desk: Desk) -> None:
    form = filled(desk, UNIT, attending="Cử người dự thay", person="Trần Văn B", post="Phó Bí thư")
    assert mailed(desk, letter(about=invitation_id(desk, UNIT), form=form)).answered == 1
    (reply,) = read_register(desk()).replies
    assert (reply.attending, reply.person, reply.post) == (Attending.DEPUTY, "Trần Văn B", "Phó Bí thư")


@pytest.mark.parametrize(
    ("said", "means"),
    [
        ("Có", Attending.COMES),
        ("x", Attending.COMES),
        ("Vắng, bận họp", Attending.ABSENT),
        ("không dự được", Attending.ABSENT),
        ("Ủy quyền đ/c B", Attending.DEPUTY),
        ("Chưa chắc", Attending.UNSURE),
    ],
)
def test_a_form_is_dropped_into_the_units_folder(desk: Desk, said: str, means: Attending) -> None:
    data = filled(desk, UNIT, attending=said, person="Trần Văn B", speaks_on="Làng nghề")
    (reply,) = dropped(desk, UNIT, data)
    assert (reply.channel, reply.attending, reply.refused) == (Channel.DROP, means, "")
    assert dropped(desk, UNIT, data) == [], "taken once"
    register = read_register(desk())
    assert not register.units[UNIT].pending, "it is no report"
    assert not register.oddities


def test_intake_wakes_for_a_reply(desk: Desk) -> None:
    from datetime import UTC, datetime, timedelta

    desk.store.put(f"{desk().keys.inbox_folder(UNIT)}giay-moi/phieu.docx", filled(desk, UNIT, attending="có"))
    now = {"now_real": datetime.now(UTC), "settle": timedelta(0)}
    assert "1 tệp trả lời giấy mời" in str(work_waiting(desk(), read_register(desk()), **now))
    take_replies(desk(), read_register(desk()))
    assert "giấy mời" not in str(work_waiting(desk(), read_register(desk()), **now))


def test_what_cannot_be_a_reply_says_why_and_is_left_to_a_person(desk: Desk) -> None:
    (strange,) = dropped(desk, OTHER, filled(desk, UNIT, attending="có"))
    names = [desk.plan.unit(code).name for code in (UNIT, OTHER)]
    assert strange.refused == "phiếu của {} nằm trong thư mục của {}".format(*names)
    (vague,) = dropped(desk, UNIT, filled(desk, UNIT, attending="sẽ báo"), "b.docx")
    assert vague.refused == "không rõ dự, cử người dự thay hay vắng: «sẽ báo»"
    (picture,) = dropped(desk, UNIT, b"\xff\xd8", "phieu.jpg")
    assert "tệp Word" in picture.refused
    (other,) = dropped(desk, UNIT, b"no document", "c.docx")
    assert "không có mã phiếu" in other.refused
    assert attending(desk, UNIT) is Attending.SILENT


def test_an_officer_brings_anybodys_form(desk: Desk) -> None:
    (reply,) = dropped(desk, ORGANISER, filled(desk, UNIT, attending="có"))
    assert (reply.guest, reply.refused) == (UNIT, "")


def test_the_page_needs_one_call_and_the_last_reply_holds(desk: Desk) -> None:
    dropped(desk, UNIT, filled(desk, UNIT, attending="vắng"))
    desk("2021-11-23 10:00")
    register = read_register(desk())
    told = {"channel": Channel.PAGE, "source": "h_can_loc 2021-11-23T10:00", "guest": UNIT}
    reply = record_reply(desk(), register, attending=Attending.COMES, person="Nguyễn Văn A", **told)  # type: ignore[arg-type]
    assert (reply.stage, reply.round, reply.refused) == (STAGE, 1, "")
    assert attending(desk, UNIT) is Attending.COMES


def test_a_look_back_knows_the_replies_of_then(desk: Desk) -> None:
    before = desk("2021-11-23 10:00").now
    dropped(desk, UNIT, filled(desk, UNIT, attending="có"))
    register = read_register(desk("2021-11-24 10:00"))
    assert [each.guest for each in register.replies] == [UNIT]
    assert register_then(desk(), register, desk().now).replies == register.replies
    assert register_then(desk(), register, before - timedelta(hours=1)).replies == ()


def test_the_text_of_a_speech_is_followed(desk: Desk) -> None:
    dropped(desk, UNIT, filled(desk, UNIT, attending="có", speaks_on="Làng nghề"))
    workspace = desk()

    def speaking() -> str:
        table = table_of(workspace.plan, read_register(workspace), workspace.plan.stage(STAGE))
        return next(line.speaking for line in table.lines if line.guest.code == UNIT)

    wants = "đã đăng ký, chưa có trong Chương trình đã gửi: cơ quan tổ chức quyết định"
    assert speaking() == f"{wants}; chưa gửi bài"
    document = io.BytesIO()
    docx.Document().save(document)
    dropped(desk, UNIT, document.getvalue(), "Tham luận Can Lộc.docx")
    assert speaking() == f"{wants}; đã gửi bài (Tham luận Can Lộc.docx)"
    assert attending(desk, UNIT) is Attending.COMES, "a speech says nothing of coming"


def test_lists_follow_replies_once(desk: Desk) -> None:
    assert renew_lists(desk(), read_register(desk())) == ""
    dropped(desk, UNIT, filled(desk, UNIT, attending="có", person="Nguyễn Văn A"))
    assert "dự 1" in renew_lists(desk(), read_register(desk()))
    assert renew_lists(desk(), read_register(desk())) == ""
    for name in (DELEGATES, ATTENDANCE):
        document = docx.Document(io.BytesIO(desk.store.get(desk().keys.stage(STAGE, 1, name))))
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        assert any("Nguyễn Văn A" in each for each in cells), name


def test_a_point_counts_who_comes_and_apart_who_has_not_said_so(desk: Desk) -> None:
    dropped(desk, UNIT, filled(desk, UNIT, attending="có", person="Nguyễn Văn A"))
    renew_lists(desk(), read_register(desk()))
    document = docx.Document(io.BytesIO(desk.store.get(desk().keys.stage(STAGE, 1, SEATING))))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    table = table_of(desk.plan, read_register(desk()), desk.plan.stage(STAGE))
    at_points = [each for each in cells if "chưa trả lời" in each]
    assert sum(int(each.partition("chưa trả lời ")[2].rstrip(")")) for each in at_points) == len(table.silent)
    (main,) = (each for each in cells if each.startswith("Điểm cầu chính ("))
    assert main.startswith("Điểm cầu chính (2; chưa trả lời "), "the two that preside and organise"


def test_on_the_board_nobody_is_to_be_called_once_the_conference_has_begun(desk: Desk) -> None:
    asks = []
    for moment in ("2021-11-29 07:00", "2021-11-29 07:30", "2021-11-30 08:00"):
        (table,) = conference_tables(desk(moment), read_register(desk()))
        asks.append(table.then)
    assert asks[0].endswith("cần gọi.")
    assert asks[1:] == ["", ""]


def test_on_the_board_nothing_is_open_once_the_conference_was_held(desk: Desk) -> None:
    dropped(desk, UNIT, filled(desk, UNIT, attending="có", person="Nguyễn Văn A", speaks_on="Làng nghề"))
    (ahead,) = conference_tables(desk("2021-11-29 08:00"), read_register(desk()))
    (held,) = conference_tables(desk("2021-11-30 08:00"), read_register(desk()))
    assert (ahead.called.endswith("(đã qua)"), held.called.endswith("(đã qua)")) == (False, True)
    assert ahead.reply_by == held.reply_by == "24/11/2021 (đã qua)"
    silent, before = len(held.table.silent), {line.guest.code: line for line in ahead.table.lines}
    assert f"; chưa trả lời {silent};" in ahead.table.in_words
    assert f"; không có trả lời của {silent} nơi;" in held.table.in_words
    after = {line.guest.code: line for line in held.table.lines}
    assert (before[OTHER].said, after[OTHER].said) == ("Chưa trả lời", "Không có trả lời")
    assert "cơ quan tổ chức quyết định" in before[UNIT].speaking
    assert after[UNIT].speaking == "đã đăng ký, không có trong Chương trình đã gửi; không gửi bài"
    renew_lists(desk(), read_register(desk()))
    for name in (ATTENDANCE, DELEGATES, SEATING):
        document = docx.Document(io.BytesIO(desk.store.get(desk().keys.stage(STAGE, 1, name))))
        told = {cell.text for table in document.tables for row in table.rows for cell in row.cells}
        assert not [each for each in told if "chưa trả lời" in each.lower()], name


def test_the_board_names_who_is_commended_as_the_papers_do(after: Story) -> None:
    desk = after(story.approved)
    list_proposal(desk("2021-11-20 09:00"), "BD-1", UNIT)
    form = {"act": "commendation", "proposals": "BD-1", "conclusion": "commended", "reason": "Thành tích"}
    form |= {"granted_by": "Thường trực Tỉnh ủy", "document_number": "12-QĐ/TU"}
    record_act(desk(), form=form, entry="1", actor=Actor("thuong_truc"))
    story.called(desk)
    (table,) = conference_tables(desk(), read_register(desk()))
    (person,) = (each.name for each in commended(desk(), read_register(desk())))
    assert table.merits == {UNIT: f"được biểu dương, mời cùng dự: {person}"}


# Called anew


def called_anew(desk: Desk, option: str = "postponed") -> None:
    reopen(desk("2021-11-24 09:00"), STAGE)
    conference.open_round(desk())
    told = {"day": "2021-12-02", "place": "Hội trường Tỉnh ủy", "reason": "Dịch bệnh", "document_number": "9-TB/VPTU"}
    conference.record_format(desk(), answer(option, **told))
    conference.prepare_papers(desk())
    conference.check_readiness(desk())
    conference.send_invitations(desk())


def test_what_guests_were_invited_to_stays_on_the_board_until_another_calling_has_papers(desk: Desk) -> None:
    dropped(desk, UNIT, filled(desk, UNIT, attending="có"))
    reopen(desk("2021-11-24 09:00"), STAGE)
    conference.open_round(desk())
    sent = "Đây là giấy mời vòng 1, đã gửi ngày 22/11/2021, chưa rút; vòng 2"
    (table,) = conference_tables(desk(), read_register(desk()))
    assert table.then == f"{sent} chưa chọn ngày họp."
    assert "ngày 29/11/2021" in table.called
    assert [line.attending for line in table.table.lines if line.guest.code == UNIT] == [Attending.COMES]
    conference.record_format(desk(), answer("postponed", day="2021-12-02", place="Hội trường Tỉnh ủy"))
    (table,) = conference_tables(desk(), read_register(desk()))
    assert table.then == f"{sent} đã chọn họp ngày 02/12/2021, chưa lập giấy mời."
    assert "ngày 29/11/2021" in table.called
    conference.prepare_papers(desk())
    (table,) = conference_tables(desk(), read_register(desk()))
    assert "ngày 02/12/2021" in table.called
    assert table.then.startswith("Nơi chưa trả lời: ")


def test_putting_off_moves_the_entry_and_names_what_it_replaces(desk: Desk) -> None:
    dropped(desk, UNIT, filled(desk, UNIT, attending="có"))
    uid = entry_of(own_file(desk, UNIT, CALENDAR))[1]["uid"]
    called_anew(desk)
    method, event = entry_of(own_file(desk, UNIT, CALENDAR, 2))
    assert (method, event["uid"], event["sequence"], event["status"]) == ("REQUEST", uid, 1, "TENTATIVE")
    letters = docx.Document(io.BytesIO(desk.store.get(desk().keys.stage(STAGE, 2, INVITATION))))
    words = "\n".join(each.text for each in letters.paragraphs)
    replaced = "giấy mời, chương trình hội nghị, phiếu đăng ký đại biểu gửi ngày 22/11/2021"
    assert f"Văn bản này thay cho: {replaced} (mời họp ngày 29/11/2021, trực tuyến)." in words
    notice = next(each for each in states(desk()) if each.startswith(f"invitation.{UNIT}.conference-format-2"))
    assert replaced in str(read_intent(desk(), notice).notice.context["replaced"])
    assert attending(desk, UNIT) is Attending.SILENT, "it answered another day"
    done = read_register(desk()).of(desk.plan.stage(STAGE)).record("done")
    assert done is not None
    assert replaced in done.note
    late = calendar_reply(uid, "ACCEPTED", sequence=0)
    mailed(desk, late, "cu.ics")
    assert attending(desk, UNIT) is Attending.SILENT, "an answer to the invitation before"
    mailed(desk, calendar_reply(uid, "ACCEPTED", sequence=1), "moi.ics")
    assert attending(desk, UNIT) is Attending.COMES


def test_who_is_not_among_the_guests_any_more_is_told_once(desk: Desk) -> None:
    gone = desk.plan.unit(UNIT)
    desk.plan = desk.plan.model_copy(update={"units": tuple(each for each in desk.plan.units if each.code != UNIT)})
    called_anew(desk, "online")
    (notice,) = (each for each in states(desk()) if each == f"invitation_withdrawn.{UNIT}.rut-2")
    told = read_intent(desk(), notice).notice
    assert told.to[0].email == gone.head.email
    method, event = entry_of(desk.store.get(told.attachments[0].key))
    assert (method, event["status"], event["sequence"]) == ("CANCEL", "CANCELLED", 1)
    conference.send_invitations(desk())
    assert len([each for each in states(desk()) if f".{UNIT}.rut-" in each]) == 1


@pytest.mark.parametrize(
    "told", ["2016-10-11T19:56:00+07:00", "2021-11-22T08:59:00+07:00", "2031-01-01T00:00:00+07:00"]
)
def test_a_moment_that_cannot_be_is_the_one_at_which_the_reply_came(desk: Desk, told: str) -> None:
    register = read_register(desk())
    reply = record_reply(
        desk(),
        register,
        channel=Channel.MAIL,
        source="<a@b>",
        guest=UNIT,
        at=datetime.fromisoformat(told),
        attending=Attending.COMES,
    )
    assert reply.at == desk().now


def test_a_moment_that_can_be_is_kept(desk: Desk) -> None:
    at = datetime.fromisoformat("2021-11-22T15:00:00+07:00")
    reply = record_reply(
        desk(),
        read_register(desk()),
        channel=Channel.MAIL,
        source="<a@b>",
        guest=UNIT,
        at=at,
        attending=Attending.COMES,
    )
    assert reply.at == at
