"""The papers of a conference, word for word, and who is named in them in which order."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import timedelta

import pytest
from syrupy.assertion import SnapshotAssertion

from soket.documents.discussion import prompts_of
from soket.documents.excerpt import ShortSection, shortened
from soket.documents.figures import Summary
from soket.documents.guest_papers import render_attendance, render_delegates, render_seating
from soket.documents.meeting import Meeting
from soket.documents.meeting_papers import (
    render_agenda,
    render_invitation,
    render_organisation,
    render_registration,
    render_summary,
)
from soket.documents.programme import ends_at, programme_of
from soket.plan.conference import Conference, PlannedSpeech, ProgrammeItem
from soket.plan.guests import guests_of, known_as
from soket.plan.model import Campaign, Contact, Plan
from soket.record.attendance import Attending, Channel, Reply, attendance_of, checked
from soket.record.decisions import ConferenceFormat
from soket.record.sending import UPLOAD_VARIABLE
from soket.text import format_moment

from .builders import NOW, make_plan
from .conftest import text_of
from .meetings import papers_of

Decide = Callable[..., ConferenceFormat]
FORMATS = pytest.mark.parametrize("how", ["in_person", "online", "postponed"])
ASKED = {"huyen_can_loc": "Kinh nghiệm tự tổ chức"}


@pytest.fixture
def meet(plan: Plan, campaign: Campaign, decide: Decide) -> Callable[..., Meeting]:
    """Give a conference in a format, with some replies."""

    def meeting(how: str = "online", *replies: Reply, of: Plan = plan, **more: object) -> Meeting:
        stage = of.stage("conference")
        table = attendance_of(of, stage, 1, replies, ASKED)
        return Meeting(of, campaign, stage, decide(how), assigned=ASKED, table=table, **more)  # type: ignore[arg-type]

    return meeting


def reply(guest: str, attending: Attending | None = Attending.COMES, **more: object) -> Reply:
    told = {"id": f"drop-{guest}-{len(more)}", "stage": "conference", "round": 1, "channel": Channel.DROP, "at": NOW}
    return Reply.model_validate(
        {**told, "guest": guest, "attending": attending, "source": f"{guest}/phieu.docx", **more}
    )


REPLIES = (
    reply("huyen_duc_tho", Attending.DEPUTY, person="Trần Thị B", post="Phó Bí thư", speaks_on="Làng nghề"),
    reply("huyen_can_loc", person="Nguyễn Văn A", post="Bí thư Huyện ủy", own_review="Đã họp ngày 15/10"),
    reply("thi_ky_anh", Attending.ABSENT, note="Bận đón đoàn"),
)


@FORMATS
@pytest.mark.parametrize("paper", ["conference_invitation", "conference_agenda"])
def test_what_guests_are_sent(meet: Callable[..., Meeting], how: str, paper: str, text_file: SnapshotAssertion) -> None:
    assert text_of(papers_of(meet(how))[paper]()) == text_file


@pytest.mark.parametrize(
    "paper",
    ["organisation", "script", "registration", "summary", "prompts", "speeches", "conclusion"],
)
def test_what_organisers_get(meet: Callable[..., Meeting], paper: str, text_file: SnapshotAssertion) -> None:
    assert text_of(papers_of(meet())[f"conference_{paper}"]()) == text_file


@pytest.mark.parametrize("how", ["in_person", "online"])
@pytest.mark.parametrize("paper", ["delegates", "seating", "attendance"])
def test_lists_of_guests(meet: Callable[..., Meeting], how: str, paper: str, text_file: SnapshotAssertion) -> None:
    assert text_of(papers_of(meet(how, *REPLIES))[f"conference_{paper}"]()) == text_file


@pytest.mark.parametrize("how", ["in_person", "online"])
@pytest.mark.parametrize("paper", ["delegates", "seating", "attendance"])
def test_lists_of_guests_name_who_is_invited_as_commended(meet: Callable[..., Meeting], how: str, paper: str) -> None:
    named = {"huyen_can_loc": ("Đồng chí Trần Thị Bình", "Tổ hợp tác Trà Sơn")}
    told = text_of(papers_of(meet(how, *REPLIES, merited=named))[f"conference_{paper}"]())
    assert told.count("được biểu dương, mời cùng dự: Đồng chí Trần Thị Bình; Tổ hợp tác Trà Sơn") == 1
    assert "được biểu dương" not in text_of(papers_of(meet(how, *REPLIES))[f"conference_{paper}"]())


@pytest.mark.parametrize("paper", ["delegates", "attendance"])
def test_lists_of_guests_say_of_who_comes_that_no_name_is_known(meet: Callable[..., Meeting], paper: str) -> None:
    assert "chưa có họ tên" not in text_of(papers_of(meet("in_person", *REPLIES))[f"conference_{paper}"]())
    text = text_of(papers_of(meet("in_person", reply("ubnd")))[f"conference_{paper}"]())
    assert text.count("chưa có họ tên") == 1


def test_a_unit_that_is_commended_itself_is_not_invited_with_itself(meet: Callable[..., Meeting]) -> None:
    meeting = meet(merited={"huyen_can_loc": ("Huyện ủy Can Lộc",)})
    guest = next(each for each in meeting.guests if each.code == "huyen_can_loc")
    assert guest.name == "Huyện ủy Can Lộc"
    assert meeting.merit_of(guest) == "được biểu dương"


def test_an_invitation_says_hour_place_chair_and_until_when_to_reply(meet: Callable[..., Meeting]) -> None:
    text = text_of(render_invitation(meet("online")))
    assert "07_giờ_30, thứ Hai, ngày 29/11/2021" in text
    assert "điểm cầu chính tại Hội trường Tỉnh ủy. Các đơn vị dự tại điểm cầu đặt ở trụ sở của mình." in text
    assert "Thử đường truyền: 14 giờ 00, ngày 26/11/2021" in text
    assert "Chủ trì: Thường trực Tỉnh ủy" in text
    assert "báo người dự chậm nhất hết ngày 24/11/2021" in text


@pytest.mark.parametrize("known", [True, False])
def test_the_list_of_who_is_invited_agrees_with_how_each_is_addressed(
    meet: Callable[..., Meeting], known: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    bare = [replace(each, person="", post="Bí thư" if known and each.group else "") for each in meet().guests]
    monkeypatch.setattr("soket.documents.meeting.guests_of", lambda _: tuple(bare))
    invited = text_of(render_invitation(meet()))
    led = next(each for each in bare if each.group and not each.press)
    assert f"- {'Lãnh đạo' if known else 'Đại diện lãnh đạo'}: {led.heading}." in invited
    assert "Phóng viên:" not in invited


def test_a_named_guest_gets_an_invitation_of_its_own(meet: Callable[..., Meeting]) -> None:
    meeting = meet("online")
    guest = replace(
        next(each for each in meeting.guests if each.code == "huyen_can_loc"),
        person="Nguyễn Văn A",
        post="Bí thư Huyện ủy",
    )
    text = text_of(render_invitation(meeting, guest))
    assert "Kính gửi: đồng chí Nguyễn Văn A, Bí thư Huyện ủy" in text
    assert f"Đồng chí dự tại điểm cầu {guest.name}" in text


@pytest.mark.parametrize("has_page", [True, False])
def test_letter_and_slip_name_the_units_page_where_there_is_one(
    meet: Callable[..., Meeting], has_page: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if has_page:
        monkeypatch.setenv(UPLOAD_VARIABLE, "https://nop.vi-du.vn/{plan}/{campaign}/{unit}")
    meeting = meet("online")
    unit, office = (next(each for each in meeting.guests if bool(each.group) is own) for own in (True, False))
    way = "trả lời ở trang của đơn vị (đường dẫn trong thư mời)"
    letter = text_of(render_invitation(meeting))  # goes to offices, too, which have no page
    assert ("đơn vị có trang nộp hồ sơ thì trả lời ở trang ấy (đường dẫn trong thư mời)" in letter) is has_page
    assert way not in letter
    assert (way in text_of(render_registration(meeting, unit))) is has_page
    assert way not in text_of(render_registration(meeting, office))


def test_what_these_papers_replace_is_named_in_the_letter(meet: Callable[..., Meeting]) -> None:
    told = "Văn bản này thay cho: giấy mời gửi ngày 22/11/2021."
    for how in ("in_person", "online", "postponed"):
        assert told in text_of(render_invitation(meet(how, replaced=told)))


def test_hours_follow_one_another_and_a_speech_takes_its_minutes(meet: Callable[..., Meeting]) -> None:
    lines = programme_of(meet("in_person", *REPLIES))
    assert [line.at for line in lines[:3]] == ["07\u00a0giờ\u00a000", "07\u00a0giờ\u00a030", "07\u00a0giờ\u00a040"]
    (speeches,) = (line for line in lines if line.what == "Tham luận")
    assert speeches.speakers == ("Huyện ủy Can Lộc: Kinh nghiệm tự tổ chức", "Huyện ủy Đức Thọ: Làng nghề")
    assert speeches.minutes == 25
    begins = meet("in_person").starts
    assert begins is not None
    assert ends_at(meet("in_person", *REPLIES)) == begins + timedelta(minutes=sum(line.minutes for line in lines) - 30)


def test_a_plan_may_have_a_programme_of_its_own(meet: Callable[..., Meeting], plan: Plan) -> None:
    own = Conference(
        programme=(
            ProgrammeItem(what="Khai mạc", minutes=15),
            ProgrammeItem(what="Ý kiến cơ sở", minutes=40, speeches=True),
        )
    )
    lines = programme_of(meet("in_person", of=plan.model_copy(update={"conference": own})))
    assert [(line.at, line.what, line.who) for line in lines] == [
        ("07\u00a0giờ\u00a030", "Khai mạc", "Chủ trì hội nghị"),
        ("07\u00a0giờ\u00a045", "Ý kiến cơ sở", "Các đơn vị"),
    ]
    assert lines[1].speakers == ("Huyện ủy Can Lộc: Kinh nghiệm tự tổ chức",)


@pytest.mark.parametrize(
    ("name", "title", "body", "known"),
    [
        ("Bí thư Huyện ủy Can Lộc", None, "Huyện ủy Can Lộc", ("", "Bí thư Huyện ủy Can Lộc")),
        ("Trưởng ban Tổ chức Tỉnh ủy", None, "Ban Tổ chức Tỉnh ủy", ("", "Trưởng Ban Tổ chức Tỉnh ủy")),
        ("Q. Giám đốc", "Giám đốc Sở A", "Sở A", ("Q. Giám đốc", "Giám đốc Sở A")),
        ("Nguyễn Văn Trường", None, "Sở A", ("Nguyễn Văn Trường", "")),
        ("Nguyễn Văn A", "Chánh văn phòng Sở A", "Văn phòng Sở A", ("Nguyễn Văn A", "Chánh Văn phòng Sở A")),
        ("Phó Chủ tịch Ủy ban nhân dân xã", None, "Xã B", ("", "Phó Chủ tịch Ủy ban nhân dân xã")),
    ],
)
def test_a_post_is_not_taken_for_a_name(name: str, title: str | None, body: str, known: tuple[str, str]) -> None:
    assert known_as(Contact(name=name, title=title, email="a@b.vn"), body) == known


def test_guests_stand_in_order_of_protocol(plan: Plan) -> None:
    usual = [guest.code for guest in guests_of(plan)]
    assert usual[0] == plan.roles.standing, "whoever decides stands first unless the plan says otherwise"
    assert usual[-1] == "bao_ha_tinh", "the press stands last"
    blocks = [block.code for block in plan.blocks]
    told = Conference(protocol=(blocks[0], plan.roles.standing))
    ordered = guests_of(plan.model_copy(update={"conference": told}))
    assert ordered[0].group == blocks[0]
    assert next(guest.code for guest in ordered if not guest.group) == plan.roles.standing
    assert {guest.code for guest in ordered} == set(usual)
    names = [guest.name for guest in ordered if guest.group == blocks[0]]
    assert names == [unit.name for unit in plan.units if unit.block == blocks[0]], "as the plan lists them"


def test_the_last_reply_holds_whatever_way_it_came(plan: Plan) -> None:
    stage = plan.stage("conference")
    first = reply("huyen_can_loc", Attending.ABSENT)
    then = reply("huyen_can_loc", Attending.COMES, channel=Channel.MAIL, at=NOW + timedelta(hours=1), note="x")
    (line,) = (
        each for each in attendance_of(plan, stage, 1, (then, first), {}).lines if each.guest.code == "huyen_can_loc"
    )
    assert line.reply == then
    moved = attendance_of(plan, stage, 2, (then, first), {})
    (line,) = (each for each in moved.lines if each.guest.code == "huyen_can_loc")
    assert line.attending is Attending.SILENT
    assert line.earlier == then, "a reply to an invitation that was replaced is shown, and does not count"


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (reply("nguoi_la"), "trong thành phần mời"),
        (reply("huyen_can_loc", round=3), "giấy mời lần 3"),
        (reply("huyen_can_loc", Attending.DEPUTY), "chưa ghi họ tên"),
        (reply("huyen_can_loc", None), "chưa ghi dự"),
        (reply("huyen_can_loc", person="A"), ""),
    ],
)
def test_a_reply_that_cannot_count_says_why(plan: Plan, given: Reply, why: str) -> None:
    assert why in (refused := checked(plan, plan.stage("conference"), given, 2).refused)
    assert bool(refused) == bool(why)


def test_prompts_come_from_what_reports_say(summary: Summary) -> None:
    for group in prompts_of(summary, None):
        assert group.prompts


def test_the_short_report_keeps_whole_paragraphs_of_each_heading(plan: Plan) -> None:
    words = "Cấp ủy các cấp đã lãnh đạo, chỉ đạo quyết liệt việc thực hiện Nghị quyết. " * 20
    paragraphs = [
        "DỰ THẢO",
        "I. Công tác lãnh đạo, chỉ đạo",
        *[f"{number}. {words}" for number in range(9)],
        "II. Kết quả đạt được",
        "1. Nhỏ",
        f"Hai. {words}",
        "Phụ lục 1",
        f"Ba. {words}",
    ]
    short = shortened(paragraphs, plan.outline)
    assert [each.heading for each in short] == ["I. Công tác lãnh đạo, chỉ đạo", "II. Kết quả đạt được"]
    assert 1 <= len(short[0].paragraphs) < 9
    assert short[1].paragraphs == ("1. Nhỏ", f"Hai. {words}".strip())
    assert shortened(["Không có đề mục."], plan.outline) == []


def test_in_short_heads_stand_over_what_they_head_and_gaps_are_told(plan: Plan) -> None:
    long = "Đề nghị quan tâm bố trí vốn đầu tư hạ tầng giao thông đến các khu du lịch trọng điểm " * 60
    gap = "Số liệu trên chưa có phần của 1/13 đơn vị: Huyện ủy Vũ Quang."
    (section,) = shortened(
        [
            *("VII. Kiến nghị, đề xuất", "Đối với Trung ương", f"{long}.", f"{long}."),
            *("Đối với Ủy ban nhân dân tỉnh", f"{long}.", "Biểu 01. Kết quả thực hiện các chỉ tiêu", gap),
            *("Chưa nêu rõ nơi nhận kiến nghị", f"{long}.", "Chưa có nội dung mục này: Huyện ủy Hương Khê."),
            "Đối với Sở Văn hóa, Thể thao và Du lịch",
        ],
        plan.outline,
    )
    others = "đối với Ủy ban nhân dân tỉnh; chưa nêu rõ nơi nhận kiến nghị"
    told = f"(Kiến nghị khác, xem toàn văn Báo cáo: {others}.)"
    assert section.paragraphs == ("Đối với Trung ương", f"{long}.", gap, told)


def test_the_title_of_a_table_stays_behind_with_it_whatever_its_name() -> None:
    said = "Số hộ nghèo năm 2026 ước đạt 7.839 hộ, giảm 552 hộ so với năm 2016."
    paragraphs = ["I. Kết quả", said, "Biểu hộ nghèo", f"- {said}"]
    (section,) = shortened(paragraphs, make_plan().outline, ["Biểu hộ nghèo"])
    assert section.paragraphs == (said, f"- {said}")


def test_the_short_report_takes_what_most_reports_say_and_always_the_causes() -> None:
    def say(what: str, reports: int) -> str:
        return f"- {what} ({reports}/55 báo cáo); một số đơn vị nêu: “{'việc ấy còn chậm, ' * 40}còn thiếu”."

    limits = [say(f"Hạn chế thứ {reports}", reports) for reports in (13, 33, 14, 24, 23)]
    outside, inside = [say("Dịch bệnh", 8), say("Thiên tai", 21)], [say("Lãnh đạo chưa quyết liệt", 2)]
    lessons = [say(f"Bài học thứ {reports}", reports) for reports in (33, 27, 26, 52, 49, 25, 24, 40)]
    others = "- Các nội dung khác: bộ máy được kiện toàn (12/55 báo cáo), phân công trách nhiệm (10/55 báo cáo)."
    first, last = shortened(
        [
            *("IV. Tồn tại, hạn chế và nguyên nhân", *limits, "Nguyên nhân khách quan", *outside),
            *("Nguyên nhân chủ quan", *inside, "V. Bài học kinh nghiệm", *lessons, others),
        ],
        (),
    )
    causes = ("Nguyên nhân khách quan", outside[1], "Nguyên nhân chủ quan", inside[0])
    assert first.paragraphs == (limits[1], *limits[3:], *causes)
    assert (first.taken, first.of) == (5, 8)
    assert last.paragraphs == (lessons[0], lessons[1], *lessons[3:5], lessons[7]), "none that fewer say fills the room"
    assert (last.taken, last.of) == (5, 9)


def test_in_short_each_addressee_keeps_a_request_and_a_fall_that_is_counted_is_told() -> None:
    def ask(what: str, reports: int) -> str:
        return f"- {what} ({reports}/55 báo cáo); như Sở Tài chính: “{'đề nghị bố trí vốn, ' * 12}sớm hoàn thành”."

    def came(what: str, how: str) -> str:
        return f"- {what} năm 2021 ước đạt 560 hội nghị, {how} so với năm 2017. {'Nhiều nhất là Sở Tài chính. ' * 12}"

    judged = (
        "Đánh giá chung: trong 6 chỉ tiêu so sánh được, năm 2021 có 5 chỉ tiêu tăng, 1 chỉ tiêu giảm so với năm 2017."
    )
    rose = [came(f"Số hội nghị loại {number}", "tăng 28,7%") for number in range(5)]
    fell = came("Kinh phí thực hiện", "bằng 48,2%")
    few, many, most = ask("Vốn hạ tầng", 9), ask("Quy hoạch", 31), ask("Đào tạo", 34)
    led, asked = shortened(
        [
            *("II. Công tác lãnh đạo", judged, *rose, fell),
            *("VII. Kiến nghị", "Đối với Ủy ban nhân dân tỉnh", few, "Đối với các sở, ban, ngành", many),
            *("Chưa nêu rõ nơi nhận kiến nghị", most, *(ask(f"Việc {number}", 33) for number in range(20))),
        ],
        (),
    )
    assert led.paragraphs[0] == judged
    assert fell.strip() in led.paragraphs
    assert {few, many, most} < {*asked.paragraphs}


def test_the_short_report_says_that_it_is_one(meet: Callable[..., Meeting]) -> None:
    kept = ShortSection("V. Bài học kinh nghiệm", ("Bài học.",), 3, 6)
    assert "trích nguyên văn 5/8 đoạn của Báo cáo đã thẩm định; các đoạn khác xem toàn văn Báo cáo" in text_of(
        render_summary(meet(), [kept, ShortSection("VI. Nhiệm vụ", ("Nhiệm vụ.",), 2, 2)])
    )
    assert "các đoạn lấy nguyên văn từ Báo cáo đã thẩm định)" in text_of(
        render_summary(meet(), [ShortSection("VI. Nhiệm vụ", ("Nhiệm vụ.",), 2, 2)])
    )


def test_every_list_of_guests_says_till_when_replies_are_in_it(meet: Callable[..., Meeting]) -> None:
    for form in ("online", "in_person"):
        meeting = meet(form, *REPLIES)
        for made in (render_delegates(meeting, NOW), render_seating(meeting, NOW), render_attendance(meeting, NOW)):
            assert format_moment(NOW) in text_of(made)


@pytest.mark.parametrize("count", [1, 60, 300])
def test_papers_of_any_number_of_guests(decide: Decide, count: int) -> None:
    names = {f"huyen_{number}": f"Huyện ủy Số {number}" for number in range(count)}
    plan = make_plan(names)
    meeting = Meeting(plan, plan.campaigns[0], plan.stage("conference"), decide("online"))
    rendered = [render_delegates(meeting, NOW), render_seating(meeting, NOW), render_attendance(meeting, NOW)]
    for document in (*rendered, render_agenda(meeting), render_organisation(meeting)):
        assert len(document) < 120_000
    assert all(text_of(rendered[0]).count(name) >= 1 for name in names.values())
    rows: Iterable[str] = (line for line in text_of(rendered[2]).splitlines() if " | Chưa trả lời" in line)
    assert len(list(rows)) == len(meeting.guests) - 2  # who presides, and who takes the replies


def test_papers_are_the_same_bytes_each_time(meet: Callable[..., Meeting]) -> None:
    first = {name: paper() for name, paper in papers_of(meet("online", *REPLIES)).items()}
    assert first == {name: paper() for name, paper in papers_of(meet("online", *reversed(REPLIES))).items()}


def test_an_hour_that_is_not_known_leaves_room(plan: Plan, campaign: Campaign, decide: Decide) -> None:
    meeting = Meeting(plan, campaign, plan.stage("conference"), decide("in_person", starts=None))
    assert {line.at for line in programme_of(meeting)} == {"… giờ …"}
    assert ends_at(meeting) is None


def test_speeches_that_the_plan_gives_out(plan: Plan) -> None:
    from soket.plan.guests import speakers_of

    told = Conference(speeches=(PlannedSpeech(unit="huyen_can_loc", topic="Mô hình điểm"),))
    assert speakers_of(plan.model_copy(update={"conference": told}))["huyen_can_loc"] == "Mô hình điểm"


def test_a_deputy_does_not_carry_the_post_of_whom_she_replaces(plan: Plan) -> None:
    guest = next(each for each in guests_of(plan) if each.post)
    sent = reply(guest.code, Attending.DEPUTY, person="Trần Thị B", post=guest.post)
    (line,) = (each for each in attendance_of(plan, plan.stage("conference"), 1, [sent], {}).lines if each.reply)
    assert (line.person, line.post) == ("Trần Thị B", "")


def test_who_is_listed_behind_others_again_stands_under_a_heading_that_says_so(
    plan: Plan, campaign: Campaign, decide: Decide
) -> None:
    block = plan.blocks[0]
    told = plan.model_copy(update={"conference": Conference(protocol=(plan.roles.standing, block.code))})
    meeting = Meeting(told, campaign, plan.stage("conference"), decide("in_person"))
    headings = [line for line in text_of(render_delegates(meeting, NOW)).splitlines() if "Cơ quan lãnh đạo" in line]
    assert [line.partition(" (")[2][:5] for line in headings] == ["1)", "tiếp "]
