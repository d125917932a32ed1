"""What waits for those above: questions that a report went up with, proposals on which nobody decided, papers."""

from __future__ import annotations

import pytest

from conftest import Desk
from page.conftest import Clerk
from record import story
from record.builders import list_proposal, reopen
from record.story import Story
from record.verbs import conference
from soket.board.ribbon import stage_step
from soket.notices.digests import digest_notice, weekly_notice
from soket.page.minute import minute_of
from soket.record.keeping import read_register
from soket.record.sending import UPLOAD_VARIABLE, leader_link
from soket.record.undecided import OR_ANEW, OR_LEFT_OUT, OR_WAIT, undecided
from soket.stages.actions import record_act
from soket.stages.offering import Told, offer_commendation, offer_questions
from soket.stages.refusing import Actor, ActRefusedError
from soket.stages.what_if import what_if

STANDING = Actor("thuong_truc")
WHY = {"reason": "Ban hành theo số liệu hiện có", "granted_by": "Thường trực Tỉnh ủy"}


def told(desk: Desk, *, papers: bool = False) -> list[str]:
    """Return what waits for a word, and with `papers` what waits for a paper, too: see test_issuing."""
    found = undecided(desk(), read_register(desk()))
    return [each.in_words(desk.plan) for each in found if each.act or papers]


def enter(desk: Desk, act: str, **form: str) -> str:
    return record_act(desk(), form={"act": act, **WHY, **form}, entry=f"{act}{form}", actor=STANDING)


def test_a_question_that_went_up_waits_until_the_answer_is_on_the_record(after: Story) -> None:
    desk = after(story.approved)
    (line,) = told(desk)
    what = "tờ trình ngày 15/11/2021 xin ý kiến 02 việc, chưa ghi ý kiến trả lời"
    assert f"{what}; chờ Thường trực Tỉnh ủy từ ngày 15/11/2021: " in line
    assert "(1) Còn thiếu báo cáo của 2/" in line
    desk("2021-11-17 09:00")
    enter(desk, "opinion", stage="vptu_appraisal")
    assert told(desk) == []
    (act,) = (each for each in read_register(desk()).decisions if each.kind == "opinion")
    enter(desk, "undo", undoes=act.id)
    assert told(desk) == [line]


def test_an_answer_to_some_of_what_was_asked_is_told_to_end_the_wait_for_all_of_it(after: Story) -> None:
    desk = after(story.approved)
    effect = what_if(desk(), {"act": "opinion", "stage": "vptu_appraisal"}, STANDING)
    line, *others = effect.lines
    assert tuple(others) == effect.afterwards
    assert line.startswith("Việc chờ quyết định: ")
    assert line.endswith(
        "tờ trình ngày 15/11/2021 xin ý kiến 02 việc, chưa ghi ý kiến trả lời; thôi chờ cả 02 việc; "
        "việc nào chưa trả lời thì ghi rõ trong ý kiến."
    )


def test_an_opinion_is_said_to_do_nothing_else_before_it_is_entered_and_what_does(
    after: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = f"Số chưa ai xác nhận: 1.267 tỷ. Đề nghị cho ý kiến: dùng, {OR_LEFT_OUT}."
    recorded = (
        "Ý kiến chỉ ghi vào sổ quyết định: số liệu, thời hạn giữ nguyên, dự thảo và các văn bản không tự lập lại, "
        "không thư riêng nào báo cơ quan khác"
    )
    leaves = (
        "Để số ra ngoài số tổng hợp thì phải trả lại cả bộ hồ sơ (việc “Kết luận hồ sơ”), chỉ khi đợt còn chờ hồ sơ: "
        "mọi số của đơn vị ra khỏi số tổng và lời văn."
    )
    desk = after(story.archived)
    anew = "Cần tổng hợp lại thì "
    assert not any(each == leaves for each in offer_questions(desk(), read_register(desk()), {}).told[-1][1])
    monkeypatch.setattr("soket.record.undecided.asked_by", lambda _: (asked,))
    monkeypatch.setattr("soket.stages.act_checks.asked_by", lambda _: (asked,))
    lead = desk.plan.office(desk.plan.roles.lead).name
    for moment, news in (
        ("2021-12-03 10:00", f"; bản tin sau gửi {lead}, nếu đợt còn bản tin, có nêu."),
        ("2021-12-05 10:00", "."),
    ):
        desk(moment)
        (_, said) = offer_questions(desk(), read_register(desk()), {}).told[-1]
        effect = what_if(desk(), {"act": "opinion", "stage": "vptu_appraisal"}, STANDING)
        assert said[:2] == (recorded + news, leaves)
        assert said[2].startswith(anew)
        assert effect.afterwards[:3] == said
        assert not effect.drafts
        assert not effect.mailings


def test_an_opinion_without_words_is_refused_in_the_words_of_its_form(after: Story) -> None:
    with pytest.raises(ActRefusedError, match=r"^Chưa điền: Nội dung ý kiến\.$"):
        enter(after(story.approved), "opinion", stage="vptu_appraisal", reason="")


def test_who_decides_reads_on_its_page_where_to_answer(after: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(UPLOAD_VARIABLE, "http://testserver/{plan}/{campaign}/{unit}")
    desk = after(story.approved)
    page = page_of(desk, "thuong_truc")
    ways = "ghi trên bảng theo dõi của đợt bằng tài khoản của cơ quan, hoặc gửi văn bản cho Văn phòng Tỉnh ủy để ghi"
    assert f"Trả lời: {ways}." in page
    assert "Trả lời: " not in page_of(desk, "bt_tuyen_giao")


def page_of(desk: Desk, office: str) -> str:
    """Return the page of an office's leader, entered by its link."""
    workspace = desk()
    link = str(leader_link(workspace, read_register(workspace).acts, office, workspace.now.date()))
    leader = Clerk(desk)
    entered = leader.get(link.removeprefix("http://testserver"))
    return leader.get(entered.headers["location"]).text


def test_another_offices_questions_are_a_list_to_unfold_on_a_leaders_page(
    after: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(UPLOAD_VARIABLE, "http://testserver/{plan}/{campaign}/{unit}")
    desk = after(story.approved)
    page = page_of(desk, "bt_tuyen_giao")
    assert '<details><summary>Xem từng việc</summary><ol class="asked"><li>Còn thiếu báo cáo của 2/' in page
    assert "(1) Còn thiếu" not in page


def test_until_when_reports_can_be_waited_for_is_said_beside_that_choice(after: Story) -> None:
    desk = after(story.approved)
    (line,) = [each for each in told(desk) if OR_WAIT in each]
    last = "đến hết ngày 03/12/2021, ngày cuối của đợt, hoặc hết ngày hội nghị nếu sớm hơn"
    assert f"{OR_WAIT}. (chọn chờ thì chờ được {last})" in line
    desk = after(story.called)
    (line,) = [each for each in told(desk) if OR_WAIT in each]
    assert f"{OR_WAIT}. (chọn chờ thì chờ được đến hết ngày 29/11/2021, ngày hội nghị)" in line


def test_waiting_for_reports_is_no_choice_once_nobody_waits_for_them(after: Story) -> None:
    desk = after(story.called)
    choice = "hay chờ báo cáo của các đơn vị này."
    desk("2021-12-01 08:00")
    (line,) = [each for each in told(desk) if choice in each]
    lapsed = f"{choice} (không còn chọn chờ được: đợt đã thôi chờ hồ sơ từ hết ngày 29/11/2021)"
    assert lapsed in line
    # Where the answer is entered, too.
    (_, asked), _ = offer_questions(desk(), read_register(desk()), {}).told
    assert any(each.endswith(lapsed) for each in asked)


def test_that_a_unit_confirms_is_not_to_be_waited_for_once_the_campaign_is_over(
    after: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = after(story.archived)
    asked = f"Số chưa ai xác nhận: 1.267 tỷ. Đề nghị cho ý kiến: dùng, {OR_LEFT_OUT}."
    monkeypatch.setattr("soket.record.undecided.asked_by", lambda _: (asked,))
    desk("2021-12-03 20:00")  # on its page it still can
    assert told(desk)[0].endswith(f"(1) {asked}")
    desk("2021-12-05 08:00")
    assert told(desk)[0].endswith(f"(1) {asked} (đơn vị không còn tự xác nhận được: đợt đã kết thúc ngày 03/12/2021)")


def test_to_compose_anew_is_said_to_need_a_reopening_once_the_campaign_is_archived(
    after: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = f"Có báo cáo đến sau. Đề nghị cho ý kiến: ban hành như dự thảo, {OR_ANEW}."
    monkeypatch.setattr("soket.record.undecided.asked_by", lambda _: (asked,))
    desk = after(story.called)
    assert told(desk)[0].endswith(f"(1) {asked}")
    story.archived(desk)
    draft = desk.plan.stage("ubnd_draft").title
    assert told(desk)[0].endswith(f"(1) {asked} (chọn tổng hợp lại thì phải mở lại giai đoạn “{draft}”)")


def test_an_answer_to_what_was_never_asked_is_refused(after: Story) -> None:
    desk = after(story.returned)
    with pytest.raises(ActRefusedError, match="không có việc nào đã trình xin ý kiến"):
        enter(desk, "opinion", stage="vptu_appraisal")
    with pytest.raises(ActRefusedError, match="không có việc nào đã trình xin ý kiến"):
        enter(desk, "opinion", stage="conference")


def test_who_decides_of_a_commendation_is_told_which_papers_are_made_and_name_nobody_more(after: Story) -> None:
    assert offered_of(after(story.approved)) == ()
    ((heading, made),) = offered_of(after(story.called))
    assert heading == "Đã lập, không nêu trường hợp quyết định từ nay"
    papers = ("Tài liệu hội nghị", "Thư mời họp")
    assert made == tuple(f"{each} (Hội nghị sơ kết cấp tỉnh): lập ngày 22/11/2021." for each in papers)
    ((_, made),) = offered_of(after(story.archived))
    assert made[2] == "Thông cáo báo chí: lập ngày 22/11/2021."


def offered_of(desk: Desk) -> tuple[Told, ...]:
    return offer_commendation(desk(), read_register(desk()), {}).told


def paper_of(day: str) -> str:
    made = f"hệ thống lập tờ trình từ ngày {day}, không theo dõi việc ký, trình"
    return f"{made}: Ban Tuyên giáo Tỉnh ủy chưa ký, trình thì ký, trình; đã trình thì chờ Thường trực Tỉnh ủy"


def test_proposals_wait_one_by_one_and_whoever_is_declined_waits_no_more(after: Story) -> None:
    desk = after(story.called)
    enter(desk, "opinion", stage="vptu_appraisal")
    assert told(desk) == []  # the list is empty
    for code in ("BD-1", "BD-2", "BD-3"):
        list_proposal(desk(), code)
    assert [each.partition(": ")[2] for each in told(desk)] == [
        f"đề nghị biểu dương 03 trường hợp chưa có quyết định; {paper_of('22/11/2021')}."
    ]
    enter(desk, "commendation", proposals="BD-1", conclusion="commended", document_number="12-QĐ/TU")
    (line,) = told(desk)
    assert line.endswith(f"02 trường hợp chưa có quyết định, 01 trường hợp đã quyết định; {paper_of('22/11/2021')}.")
    desk("2021-11-30 08:00")
    (line,) = told(desk)
    what = "02 trường hợp chưa có quyết định, đã qua ngày họp 29/11/2021, 01 trường hợp đã quyết định"
    assert line.endswith(f"{what}; {paper_of('22/11/2021')}.")
    enter(desk, "commendation", proposals="BD-2, BD-3", conclusion="declined")
    assert told(desk) == []


def test_a_proposal_waits_since_it_was_first_listed_whatever_list_repeats_it(after: Story) -> None:
    desk = after(story.called)
    list_proposal(desk("2021-11-23 09:00"), "BD-1")
    reopen(desk("2021-12-01 08:00"), "conference")
    conference.open_round(desk("2021-12-01 09:00"))
    list_proposal(desk(), "BD-1")
    list_proposal(desk(), "BD-2")
    (line,) = [each for each in told(desk) if "biểu dương" in each]
    assert line.endswith(f"02 trường hợp chưa có quyết định; {paper_of('23/11/2021')}.")


def test_whoever_decides_reads_it_on_its_page_and_in_its_weekly_paper_and_the_lead_in_its_digest(after: Story) -> None:
    desk = after(story.called)
    list_proposal(desk(), "BD-1")
    waits = told(desk, papers=True)
    assert len(waits) == 3
    workspace = desk("2021-11-23 07:30")
    register = read_register(workspace)
    weekly, digest = weekly_notice(workspace, register), digest_notice(workspace, register)
    assert weekly
    assert digest
    assert digest.context["undecided"] == waits
    ways = (
        (
            "Trả lời: ghi trên bảng theo dõi của đợt bằng tài khoản của cơ quan, "
            "hoặc gửi văn bản cho Văn phòng Tỉnh ủy để ghi."
        ),
        "",  # a paper is signed and sent, not answered
        "Trả lời: ghi trên bảng theo dõi của đợt bằng tài khoản của cơ quan.",
    )
    assert weekly.context["undecided"] == [f"{each} {way}".strip() for each, way in zip(waits, ways, strict=True)]
    offices = ("thuong_truc", "bt_tuyen_giao")
    pages = {code: minute_of(workspace, register, workspace.plan.office(code), ()) for code in offices}
    question, paper, proposal = waits  # what VPTU is to put in does not wait for those above
    assert [each.in_words(workspace.plan) for each in pages["thuong_truc"].undecided] == [question, proposal]
    assert [each.in_words(workspace.plan) for each in pages["thuong_truc"].others] == [paper]
    assert [each.where(workspace.plan, "thuong_truc") for each in pages["thuong_truc"].undecided] == [ways[0], ways[2]]
    assert [each.in_words(workspace.plan) for each in pages["bt_tuyen_giao"].undecided] == [proposal]
    assert [each.in_words(workspace.plan) for each in pages["bt_tuyen_giao"].others] == [question, paper]


def test_what_is_recorded_after_the_archive_is_said_to_need_another_run(after: Story) -> None:
    desk = after(story.called)
    list_proposal(desk(), "BD-1")
    assert not any("lưu trữ: " in each for each in told(desk))
    story.archived(desk)
    archive, operator = desk.plan.stage("communications"), desk.plan.office(desk.plan.roles.operator)
    listed = f"ghi xong báo {operator.name} chạy lại giai đoạn “{archive.title}” thì bảng kê mới có"
    assert len(told(desk)) == 2
    assert all(f" (hồ sơ của đợt đã lưu trữ: {listed})" in each for each in told(desk))
    *_, line = what_if(desk(), {"act": "opinion", "stage": "vptu_appraisal"}, STANDING).lines
    assert line == f"Hồ sơ của đợt đã lưu trữ: {listed}."
    desk("2021-12-03 09:00")
    enter(desk, "opinion", stage="vptu_appraisal")
    words = stage_step(desk(), read_register(desk()), archive).words
    assert words.endswith("; 01 việc ghi sau khi lưu trữ, chạy lại giai đoạn thì bảng kê mới có")
