"""What a reopening promises before it is entered is what its run does; what no round would come of is refused."""

from __future__ import annotations

from datetime import date

import pytest

from conftest import Desk
from documents.conftest import text_of
from record import story
from record.builders import answer, owing, postpone, reopen, submit
from record.story import Story
from record.verbs import communications, conference, unit_reports
from soket.board.guests import conference_tables
from soket.documents.archive_check import check_bucket
from soket.notices.ledger import read_intent, states
from soket.notices.notice import Kind
from soket.notices.render import write
from soket.plan.model import StageKind
from soket.record.keeping import read_register
from soket.record.products import INVITATION, REGISTRATION, REQUEST_LETTER, WORKING_DRAFT
from soket.record.records import Ruling
from soket.record.stale import say_archived
from soket.stages import NothingToDoError
from soket.stages.actions import record_act
from soket.stages.collect import post_answers
from soket.stages.offering import offer_closed_stages
from soket.stages.refusing import Actor, ActRefusedError
from soket.stages.what_if import what_if

from .flow import story_of_several

REPORTS = "unit_reports"
CONSOLE = Actor("root", console=True)
GROUNDS = {"reason": "Bổ sung số liệu", "granted_by": "Đồng chí Phó Bí thư"}


@pytest.fixture(scope="module")
def after() -> Story:
    return story_of_several()


def preview(desk: Desk, stage: str) -> str:
    (told,) = what_if(desk(), {"act": "reopening", "stage": stage}, CONSOLE).afterwards
    return told


def requests(desk: Desk) -> dict[str, str]:
    """Return who was asked, with the last day, by the id of the request."""
    found = (read_intent(desk(), name) for name in states(desk()))
    return {each.notice.addressee: each.notice.id for each in found if each.notice.kind is Kind.REQUEST}


def test_a_kind_says_itself_whether_it_reopens() -> None:
    assert [kind for kind in StageKind if not kind.reopens] == [StageKind.APPRAISE, StageKind.PUBLISH]


def test_a_date_that_is_past_is_not_asked_for(after: Story) -> None:
    desk = after(story.reported)
    desk("2021-11-08 09:00")
    silent = owing(desk.plan)[-story.SILENT :]
    with pytest.raises(ActRefusedError, match=r"02 đơn vị .* đã qua, hết ngày 04/11/2021. .* lùi thời hạn giai đoạn"):
        preview(desk, REPORTS)
    reopen(desk(), REPORTS)  # while its date was to come, and run only now
    with pytest.raises(NothingToDoError, match=silent[0].name):
        unit_reports.open_stage(desk("2021-11-08 10:00"))
    assert read_register(desk()).stages[REPORTS].round == 1


def test_only_those_whose_report_does_not_count_are_asked_again(after: Story) -> None:
    desk = after(story.opened)
    *others, referred, returned, silent = owing(desk.plan)
    for unit in others:
        submit(desk("2021-11-03 10:00"), unit.code)
    submit(desk(), referred.code, ruling=Ruling.REFERRED)
    submit(desk(), returned.code, ruling=Ruling.RETURNED)
    unit_reports.close_stage(desk("2021-11-05 00:00"))
    postpone(desk("2021-11-08 08:00"), REPORTS, date(2021, 11, 12))
    told = preview(desk, REPORTS)
    assert told == (
        f"Khi chạy: mở vòng 2, gửi lại công văn đề nghị tới 02 đơn vị ({returned.name}; {silent.name}), "
        f"hạn hết ngày 12/11/2021; không gửi {len(others) + 1:02} đơn vị đã có báo cáo được nhận hoặc đang xem."
    )
    before = requests(desk)
    record_act(desk(), form={"act": "reopening", "stage": REPORTS, **GROUNDS}, entry="1", actor=CONSOLE)
    (mail,) = (name for name in post_answers(desk(), read_register(desk())) if name.startswith("alert."))
    assert told in str(read_intent(desk(), mail).notice.context["advice"])
    assert unit_reports.open_stage(desk("2021-11-08 10:00")) == "Đề nghị 2 đơn vị báo cáo."
    post_answers(desk(), read_register(desk()))  # which asks the rest
    anew = {unit for unit, request in requests(desk).items() if request != before[unit]}
    assert anew == {returned.code, silent.code}
    letter = text_of(desk.store.get(desk().keys.stage(REPORTS, 2, REQUEST_LETTER)))
    assert "12/11/2021" in letter
    assert "04/11/2021" not in letter


def test_where_everybody_has_reported_nobody_is_asked(after: Story) -> None:
    desk = after(story.opened)
    for unit in owing(desk.plan):
        submit(desk("2021-11-03 10:00"), unit.code)
    unit_reports.close_stage(desk("2021-11-05 00:00"))
    desk("2021-11-08 09:00")
    assert preview(desk, REPORTS).startswith("Khi chạy: mở vòng 2, không gửi công văn nào")
    reopen(desk(), REPORTS)
    assert unit_reports.open_stage(desk("2021-11-08 10:00")) == "Đề nghị 0 đơn vị báo cáo."


def test_once_nobody_waits_that_is_said(after: Story) -> None:
    desk = after(story.archived)
    desk("2021-12-03 09:00")
    with pytest.raises(ActRefusedError, match=r"đợt đã thôi chờ hồ sơ từ hết ngày 29/11/2021 \(ngày hội nghị\)"):
        preview(desk, REPORTS)


def test_a_stage_that_has_no_other_round_tells_the_true_way(after: Story) -> None:
    desk = after(story.archived)
    desk("2021-12-03 09:00")
    draft = desk.plan.stage("ubnd_draft").title
    with pytest.raises(ActRefusedError, match=r"chỉ có một vòng. .* dùng “Chạy lại”"):
        preview(desk, "communications")
    with pytest.raises(ActRefusedError, match=f"muốn thẩm định lại thì mở lại giai đoạn “{draft}”"):
        preview(desk, "vptu_appraisal")
    with pytest.raises(ActRefusedError, match=f"không hủy ở đây: muốn thẩm định lại thì mở lại giai đoạn “{draft}”"):
        what_if(desk(), {"act": "undo", "undoes": "appraisal-2"}, CONSOLE)
    offered = offer_closed_stages(desk(), read_register(desk()), {})
    assert set(offered.barred) == {REPORTS, "vptu_appraisal", "communications"}
    assert [list(each) for each in offered.choices.values()] == [["ubnd_draft", "conference"]]


def test_an_appraisal_of_a_draft_that_is_on_its_way_waits_for_it(after: Story) -> None:
    desk = after(story.returned)
    desk("2021-11-12 10:00")
    with pytest.raises(ActRefusedError, match="dự thảo vòng sau đến thì thẩm định lại"):
        preview(desk, "vptu_appraisal")


def test_a_reopening_on_record_of_what_does_not_reopen_leaves_it_closed(after: Story) -> None:
    desk = after(story.archived)
    reopen(desk("2021-12-03 09:00"), "communications")
    register = read_register(desk("2021-12-03 10:00"))
    assert not register.reopened(desk.plan.stage("communications"))
    assert not [name for name in post_answers(desk(), register) if name.startswith("alert.")]


def test_a_conference_whose_date_is_past_says_so(after: Story) -> None:
    desk = after(story.called)
    desk("2021-12-01 09:00")
    past = "theo kế hoạch: chậm nhất ngày 30/11/2021, đã qua; phải chọn ngày từ 01/12/2021"
    assert past in preview(desk, "conference")
    reopen(desk(), "conference")
    assert f"Hội nghị {past}." in conference.open_round(desk("2021-12-01 10:00"))
    postpone(desk(), "conference", date(2021, 12, 2))
    assert any("theo hạn đã lùi: chậm nhất ngày 02/12/2021." in each for each in conference.format_asked(desk()).before)


def test_to_a_conference_that_is_called_after_the_end_guests_reply_past_the_system(after: Story) -> None:
    desk = after(story.archived)
    desk("2021-12-06 09:00")
    organiser, unit = desk.plan.office(desk.plan.stage("conference").owner).name, owing(desk.plan)[0].code
    way = f"đại biểu trả lời thẳng cho {organiser}: đợt đã qua, hệ thống không ghi trả lời."
    assert f"gửi giấy mời mới, {way}" in preview(desk, "conference")
    reopen(desk(), "conference")
    conference.open_round(desk())
    hours = {"starts": "07:30", "chair": "Thường trực Tỉnh ủy"}
    conference.record_format(desk(), answer("in_person", day="2021-12-15", place="Phòng họp số 1", **hours))
    conference.prepare_papers(desk())
    conference.send_invitations(desk())
    *_, about = sorted(each for each in states(desk()) if each.startswith(f"invitation.{unit}."))
    mail = write(desk(), read_intent(desk(), about)).text
    assert "hệ thống không đọc, không ghi trả lời nữa" in mail
    assert "bấm trả lời lời mời họp" not in mail
    for name in (INVITATION, f"guests/{unit}/{REGISTRATION}"):
        told = text_of(desk.store.get(desk().keys.stage("conference", 2, name)))
        assert "hệ thống không ghi trả lời" in told
        assert "giay-moi" not in told
    (table,) = conference_tables(desk(), read_register(desk()))
    assert table.then == "Nơi chưa trả lời: đợt đã qua, hệ thống không ghi trả lời, không nhắc nữa."


def test_what_is_made_again_after_the_archive_does_not_agree_with_it_until_that_is_made_again(after: Story) -> None:
    desk = after(story.archived)
    plan = desk.plan
    before = read_register(after(story.called)())
    draft, archive = plan.stage("ubnd_draft"), plan.stage("communications")
    assert say_archived(plan, before, draft) == ""
    register = read_register(desk("2021-12-03 09:00"))
    told = say_archived(plan, register, draft)
    assert told.startswith("Hồ sơ của đợt đã lưu trữ ngày 03/12/2021: tệp lập từ nay không khớp bảng kê")
    assert told.endswith(f"phải chạy lại cả giai đoạn “{archive.title}”.")
    assert "bảng kê, mã đối chiếu được lập lại" in say_archived(plan, register, archive)
    assert check_bucket(desk()).changed == ()
    paper = desk().keys.stage(draft.id, 2, WORKING_DRAFT)
    desk.store.put(paper, b"as another version of soket writes it")
    assert check_bucket(desk()).changed == (paper,)
    communications.archive(desk("2021-12-03 11:00", rerun=True, silent=True))
    assert check_bucket(desk()).changed == ()
