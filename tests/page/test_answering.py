"""A unit answers an invitation on its page: once, of the present invitation, and learns what became of it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from conftest import Desk
from soket.page.asked import invitations_of, say_reply
from soket.record.attendance import Attending, Channel
from soket.record.decisions import ConferenceFormat
from soket.record.filing import file_decision, file_stage_record
from soket.record.keeping import read_register
from soket.record.replying import record_reply, table_of

from .conftest import UNIT, Clerk

STAGE = "conference"
WORD = b"PK\x03\x04 a speech"


def invite(desk: Desk, round_number: int = 1, **told: object) -> None:
    """Call the conference, as its stage leaves it on record."""
    at = desk("2021-11-22 09:00")
    decision = {
        "format": "online",
        "day": date(2021, 11, 29),
        "place": "Phòng họp số 1",
        "reply_by": date(2021, 11, 25),
    }
    file_decision(
        at,
        ConferenceFormat(
            id=f"conference-format-{round_number}",
            decided_at=at.now,
            account="vptu",
            granted_by="VPTU",
            reason="",
            stage=STAGE,
            **(decision | told),  # type: ignore[arg-type]
        ),
    )
    for step in ("opened", "papers", "done"):
        file_stage_record(at, STAGE, round_number, step, "Ghi.")


@pytest.fixture(autouse=True)
def by_the_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have pages see each moment that a test goes to."""
    monkeypatch.setattr("soket.board.access.PLANS_SECONDS", 0.0)


@pytest.fixture
def invited(office: Desk) -> Clerk:
    invite(office)
    return Clerk(office).come_in()


def send(clerk: Clerk, file: tuple[str, bytes] | None = None, **filled: str) -> int:
    files = {"speech": file} if file else None
    return clerk.post(f"{clerk.home()}giay-moi/{STAGE}", data=filled, files=files).status_code


def own_replies(clerk: Clerk) -> list[tuple[Attending | None, str]]:
    return [(each.attending, each.person) for each in read_register(clerk.desk()).replies]


def text_of(clerk: Clerk, address: str = f"giay-moi/{STAGE}") -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", clerk.get(clerk.home() + address).text).split())


def test_a_deputy_is_sent_with_name_and_post(invited: Clerk) -> None:
    assert "Trả lời giấy mời" in text_of(invited, "")
    filled = {"attending": "deputy", "person": "Trần Thị B", "post": "Phó Bí thư", "speaks_on": "Du lịch biển"}
    assert send(invited, **filled) == 303
    assert "Cử người dự thay, Trần Thị B, tham luận “Du lịch biển”" in text_of(invited)
    assert "đã ghi; Chương trình đã gửi chưa có tham luận này" in text_of(invited, "")
    workspace = invited.desk()
    table = table_of(workspace.plan, read_register(workspace), workspace.plan.stage(STAGE))
    line = next(each for each in table.lines if each.guest.code == UNIT)
    assert line.reply
    assert (line.attending, line.person, line.post, line.topic, line.reply.channel) == (
        Attending.DEPUTY,
        "Trần Thị B",
        "Phó Bí thư",
        "Du lịch biển",
        Channel.PAGE,
    )


def test_a_speech_that_nobody_put_on_the_programme_is_said_to_be_on_none_once_it_is_held(invited: Clerk) -> None:
    send(invited, attending="comes", person="A", speaks_on="Du lịch biển")
    invited.desk("2021-11-30 00:00")
    told = text_of(invited, "")
    assert "đã ghi; tham luận không có trong Chương trình đã gửi." in told
    assert "quyết định" not in told.partition("Du lịch biển")[2].partition("Chương trình đã gửi")[0]


def test_the_same_sent_twice_is_one_and_a_change_of_mind_holds(invited: Clerk) -> None:
    for _ in range(2):
        send(invited, attending="comes", person="A")
    assert own_replies(invited) == [(Attending.COMES, "A")]
    invited.desk("2021-11-23 09:00")
    send(invited, attending="absent")
    invited.desk("2021-11-24 09:00")
    send(invited, attending="comes", person="A")
    assert [said for said, _ in own_replies(invited)] == [Attending.COMES, Attending.ABSENT, Attending.COMES]
    assert "Đã trả lời: Dự" in text_of(invited)


def test_a_speech_is_kept_with_its_reply(invited: Clerk) -> None:
    assert send(invited, ("Tham luận.docx", WORD)) == 303
    (reply,) = read_register(invited.desk()).replies
    assert (reply.attending, reply.speech, reply.refused) == (None, "Tham luận.docx", "")
    assert invited.desk.store.get(invited.desk().keys.reply_file(reply.id, "Tham luận.docx")) == WORD


@pytest.mark.parametrize(
    ("filled", "file", "words"),
    [
        ({}, None, "Chưa chọn dự"),
        ({"attending": "perhaps"}, None, "Chưa chọn dự"),
        ({"attending": "deputy"}, None, "Chưa ghi họ và tên"),
        ({"attending": "comes", "person": "x" * 201}, None, "nhiều nhất 200"),
        ({"attending": "comes"}, ("a.exe", b"MZ"), "đuôi .exe"),
        ({"attending": "comes"}, ("a.pdf", b"%PDF"), "phải là tệp .docx"),
        ({"attending": "comes"}, ("a.docx", b""), "rỗng"),
    ],
)
def test_what_cannot_be_an_answer_says_why(
    invited: Clerk, filled: dict[str, str], file: tuple[str, bytes] | None, words: str
) -> None:
    answer = invited.post(
        f"{invited.home()}giay-moi/{STAGE}", data=filled or {"note": ""}, files={"speech": file} if file else None
    )
    assert answer.status_code == 409
    assert words in answer.text
    assert own_replies(invited) == []


def test_a_reply_that_could_not_be_recorded_is_told_with_why(invited: Clerk) -> None:
    workspace = invited.desk()
    record_reply(workspace, read_register(workspace), channel=Channel.DROP, source="x", guest=UNIT, refused="tệp hỏng")
    assert "chưa ghi được, tệp hỏng." in text_of(invited)


def test_it_is_asked_only_while_there_is_an_invitation(office: Desk) -> None:
    clerk = Clerk(office).come_in()
    assert "giấy mời" not in text_of(clerk, "").lower()
    assert send(clerk, attending="comes") == 409
    invite(office)
    assert send(clerk, attending="comes") == 303
    office("2021-11-30 00:00")
    assert send(clerk, attending="absent") == 409
    assert clerk.get(f"{clerk.home()}giay-moi/{STAGE}").status_code == 409
    assert clerk.get(f"{clerk.home()}giay-moi/khac").status_code == 409


@pytest.mark.parametrize("called", ["online", "in_person"])
def test_a_guest_reads_where_it_attends_itself(office: Desk, called: str) -> None:
    invite(office, format=called)
    clerk = Clerk(office).come_in()
    main = "Phòng họp số 1"
    own = f"trực tuyến, Điểm cầu {office.plan.unit(UNIT).name} (điểm cầu chính {main})."
    for address in ("", f"giay-moi/{STAGE}"):
        assert f"Mời họp ngày 29/11/2021, {own if called == 'online' else f'trực tiếp, {main}.'}" in text_of(
            clerk, address
        )


def test_an_invitation_that_was_put_off_takes_no_answer(office: Desk) -> None:
    invite(office, format="postponed")
    assert send(Clerk(office).come_in(), attending="comes") == 409


def test_after_a_new_invitation_the_old_answer_is_gone(invited: Clerk) -> None:
    send(invited, attending="comes")
    invite(invited.desk, 2, day=date(2021, 11, 30))
    assert "Chưa trả lời" in text_of(invited)
    send(invited, attending="comes")
    assert {each.round for each in read_register(invited.desk()).replies} == {1, 2}


def test_strangers_and_other_sites_send_nothing(invited: Clerk) -> None:
    address = f"{invited.home()}giay-moi/{STAGE}"
    assert invited.post(address, data={"attending": "comes"}, headers={"Origin": "http://evil"}).status_code == 403
    assert Clerk(invited.desk).post(address, data={"attending": "comes"}).status_code == 404
    send(invited, attending="comes", person="<img src=x onerror=1>", note="=cmd()")
    assert "<img" not in invited.get(address).text
    for _ in range(40):
        send(invited, attending="comes", note=str(_))
    assert len(own_replies(invited)) == 30


def test_who_comes_and_names_nobody_reads_so_as_its_mail_and_the_lists_say(invited: Clerk) -> None:
    assert send(invited, attending="comes") == 303
    workspace = invited.desk()
    (asked,) = invitations_of(workspace, read_register(workspace), workspace.plan.unit(UNIT))
    (reply,) = asked.replies
    assert say_reply(asked, reply).words.startswith("Dự (trang của đơn vị, ")
    unknown = replace(asked, guest=replace(asked.guest, person=""))
    words = say_reply(unknown, reply).words
    assert words.startswith("Dự, chưa có họ tên (trang của đơn vị, ")
    assert words.endswith("đã ghi; đề nghị trả lời lại, ghi rõ người dự.")
    assert say_reply(replace(unknown, held=True), reply).words.endswith("): đã ghi.")


def test_what_was_answered_stands_on_the_page_once_the_conference_is_over(invited: Clerk) -> None:
    assert send(invited, attending="comes", person="Trần Thị B") == 303
    invited.desk("2021-12-05 08:00")
    page = text_of(invited, "")
    assert "Giấy mời: conference" in page
    own = f"Điểm cầu {invited.desk().plan.unit(UNIT).name} (điểm cầu chính Phòng họp số 1)"
    assert f"Đã mời họp ngày 29/11/2021, trực tuyến, {own} (đã qua)." in page
    assert "Dự, Trần Thị B (trang của đơn vị, " in page
    assert "Trả lời giấy mời" not in page
    assert invited.get(f"{invited.home()}giay-moi/{STAGE}").status_code == 409


def test_who_did_not_answer_reads_so_once_the_conference_is_over(invited: Clerk) -> None:
    invited.desk("2021-12-05 08:00")
    assert "Không có trả lời của đơn vị." in text_of(invited, "")
