"""What an act would change is told before it is entered, and nothing is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from typer.testing import CliRunner

from conftest import Desk
from record import story
from record.builders import owing, submit
from record.story import Story
from record.verbs import ubnd_draft, vptu_appraisal
from soket.board.rows import unit_row
from soket.cli import session
from soket.cli.main import app
from soket.notices.notice import Kind
from soket.page.views import desk_of
from soket.plan.model import Duty
from soket.record.keeping import read_register
from soket.record.records import Ruling
from soket.record.sending import UPLOAD_VARIABLE, entry_link
from soket.record.words import EARLIER_DATE, PASSED_DATE
from soket.stages.act_table import ACTS
from soket.stages.actions import record_act
from soket.stages.refusing import Actor, ActRefusedError
from soket.stages.what_if import Effect, what_if
from soket.text import upper_first

from .flow import story_of_several

CONSOLE = Actor("root", console=True)
GROUNDS = {"reason": "Mưa lũ", "granted_by": "Đồng chí Phó Bí thư"}


@pytest.fixture(scope="module")
def after() -> Story:
    return story_of_several()


@pytest.fixture
def desk(after: Story) -> Desk:
    """A campaign in which one unit's report waits for a person, and the last has sent none."""
    desk = after(story.opened)
    for unit in owing(desk.plan)[1:-1]:
        submit(desk("2021-11-03 10:00"), unit.code)
    submit(desk(), owing(desk.plan)[0].code, ruling=Ruling.REFERRED)
    return desk


def asked(desk: Desk, act: str, actor: Actor = CONSOLE, **form: Any) -> Effect:
    """Ask what an act would change, and that asking changed nothing."""
    before = dict(desk.store.objects)
    found = what_if(desk(), {"act": act, **form}, actor)
    assert desk.store.objects == before
    return found


def test_accepting_a_report_moves_totals_and_sentences(desk: Desk) -> None:
    unit = owing(desk.plan)[0]
    effect = asked(desk, "review", unit=unit.code, number=1, outcome="accepted")
    (draft,) = effect.drafts
    assert (draft.before, draft.after) == ("8/10", "9/10")
    assert draft.moves.added == (unit,)
    assert draft.moves.latest
    assert draft.moves.sentences
    assert effect.dates == effect.stale == ()
    assert any(line.startswith("- Tổng năm 2021 từ ") for line in effect.lines)


def test_exempting_a_unit_changes_of_how_many_a_draft_is(desk: Desk) -> None:
    silent, sent = owing(desk.plan)[-1], owing(desk.plan)[1]
    (draft,) = asked(desk, "exemption", Actor("tuyen_giao"), unit=silent.code).drafts
    assert (draft.before, draft.after) == ("8/10", "8/9")
    (draft,) = asked(desk, "exemption", Actor("tuyen_giao"), unit=sent.code).drafts
    assert draft.moves.dropped == (sent,)


def test_extending_moves_a_date_and_what_is_left_to_the_stages_after(desk: Desk) -> None:
    unit = owing(desk.plan)[-1]
    effect = asked(desk, "extension", unit=unit.code, last_day="2021-11-08")
    assert [str(each) for each in effect.dates] == [f"{unit.name}: hết ngày 04/11/2021 → hết ngày 08/11/2021"]
    assert effect.drafts == ()
    assert [each.split(" còn ")[0] for each in effect.course][:1] == ["Dự thảo"]


def test_postponing_a_stage_moves_its_units_together(desk: Desk) -> None:
    effect = asked(desk, "postponement", Actor("vptu"), stage="unit_reports", last_day="2021-11-08")
    assert [len(each.names) for each in effect.dates] == [1, len(owing(desk.plan))]
    assert " và 5 đơn vị khác: hết ngày" in str(effect.dates[1])


def test_a_draft_that_lies_composed_is_told_to_change_only_if_it_is_composed_anew(after: Story) -> None:
    desk = after(story.consolidated)
    lines = asked(desk, "exemption", Actor("tuyen_giao"), unit=owing(desk.plan)[-1].code).lines
    assert any(", nếu được lập lại: " in each for each in lines)


@pytest.mark.parametrize(("act", "form"), [("extension", {"last_day": "2021-11-12"}), ("urging", {})])
def test_who_is_asked_again_for_a_report_that_no_draft_waits_for_is_told_so(
    after: Story, act: str, form: dict[str, str]
) -> None:
    desk = after(story.consolidated)
    effect = asked(desk, act, unit=owing(desk.plan)[-1].code, **form)
    told = "Dự thảo đã tổng hợp: bản nộp từ nay có được tính hay không do"
    assert any(each.startswith(told) for each in effect.afterwards)
    (mail,) = effect.mailings
    assert told in mail.text


def test_a_conferences_date_moves_no_day_that_guests_are_invited_to(after: Story) -> None:
    desk = after(story.called)
    effect = asked(desk, "postponement", Actor("vptu"), stage="conference", last_day="2021-12-02")
    assert "ngày họp đã mời, 29/11/2021, không đổi; dời ngày họp thì mở lại giai đoạn." in effect.afterwards[0]


def test_who_sent_late_stays_so_though_the_date_is_put_off(after: Story) -> None:
    desk = after(story.reported)
    unit, form = owing(desk.plan)[-1], {"stage": "unit_reports", "last_day": "2021-11-12"}
    submit(desk("2021-11-08 10:00"), unit.code)
    assert f"{unit.name}: {PASSED_DATE}." in asked(desk, "postponement", Actor("vptu"), **form).lines
    record_act(desk(), form={"act": "postponement", **form, **GROUNDS}, entry="1", actor=Actor("vptu"))
    register = read_register(desk())
    assert unit_row(desk(), register, unit, register.units[unit.code]).kept == PASSED_DATE


@pytest.mark.parametrize("stage", ["ubnd_draft", "vptu_appraisal"])
def test_a_later_date_of_a_stage_that_is_over_is_said_to_run_nothing(after: Story, stage: str) -> None:
    desk = after(story.approved)
    effect = asked(desk, "postponement", Actor("vptu"), stage=stage, last_day="2021-11-26")
    title = desk.plan.stage(stage).title
    assert f"{title}: đã khép lại ngày 15/11/2021; hạn mới không làm giai đoạn chạy lại." in effect.afterwards


def test_a_report_accepted_while_the_draft_is_appraised_is_said_to_open_another_round(after: Story) -> None:
    desk = after(story.drafted)
    unit = owing(desk.plan)[-1].code
    at = desk("2021-11-09 16:00")
    vptu_appraisal.open_round(at)
    vptu_appraisal.prepare_dossier(at)
    submit(desk("2021-11-10 10:00"), unit, ruling=Ruling.REFERRED)
    form = {"act": "review", "unit": unit, "number": 1, "outcome": "accepted"}
    opens, asks = asked(desk, **form).afterwards
    title, owner = desk.plan.stage("ubnd_draft").title, desk.plan.office(desk.plan.stage("ubnd_draft").owner).name
    assert opens == f"{title}: hệ thống tự mở vòng 2, gửi dự thảo làm việc mới tới {owner}."
    assert asks.endswith("câu hỏi ấy giữ nguyên, vẫn phải trả lời.")
    desk("2021-12-05 10:00")  # nothing takes reports in any more, and so nothing wakes the draft
    assert not any("tự mở vòng" in each for each in asked(desk, **form).afterwards)
    desk("2021-11-10 10:00")
    record_act(desk(), form={**form, **GROUNDS}, entry="1", actor=CONSOLE)
    assert ubnd_draft.open_round(desk("2021-11-10 11:00")).startswith("Mở vòng 2: ")


def test_papers_that_a_reopened_draft_leaves_as_they_are_are_named(after: Story) -> None:
    desk = after(story.called)
    title = desk.plan.stage("conference").title
    made = "tài liệu, mẫu giấy mời lập ngày 22/11/2021, thư mời họp lập ngày 22/11/2021"
    told = f"{title}: {made} theo dự thảo trước, không tự lập lại."
    assert told in asked(desk, "reopening", Actor("tuyen_giao"), stage="ubnd_draft").afterwards
    assert told not in asked(desk, "reopening", Actor("tuyen_giao"), stage="conference").afterwards


def test_papers_that_would_have_to_be_made_again_are_told(after: Story) -> None:
    desk = after(story.consolidated)
    unit = owing(desk.plan)[0]
    effect = asked(desk, "exemption", Actor("tuyen_giao"), unit=unit.code)
    assert effect.stale == (f"Dự thảo làm việc vòng 1: còn tính báo cáo của {unit.name}.",)


def test_once_the_campaign_is_archived_no_paper_is_said_to_change(after: Story) -> None:
    desk = after(story.archived)
    unit = next(code for code, entry in read_register(desk()).units.items() if entry.accepted)
    submit(desk(), unit, read_register(desk()).units[unit].last_number + 1, ruling=Ruling.REFERRED)
    lines = asked(desk, "exemption", Actor("tuyen_giao"), unit=unit).lines
    assert "Hồ sơ của đợt đã lưu trữ: ghi để biết, dự thảo và các văn bản không tự lập lại." in lines
    assert not [each for each in lines if each.startswith("Văn bản phải lập lại")]
    assert [each for each in lines if "báo cáo." in each and ", nếu được lập lại: " in each]
    press = next(unit for unit in desk.plan.units if unit.owes is Duty.COVERAGE_PLAN)  # of no draft
    told = asked(desk, "exemption", Actor("tuyen_giao"), unit=press.code).lines
    assert "Hồ sơ của đợt đã lưu trữ: ghi để biết, dự thảo và các văn bản không tự lập lại." in told


def test_who_is_written_to_is_told_with_the_very_words(desk: Desk) -> None:
    unit = owing(desk.plan)[-1]
    (mailing,) = asked(desk, "extension", unit=unit.code, last_day="2021-11-08").mailings
    assert (mailing.kind, mailing.names, mailing.readers) == (
        Kind.NEW_DATE,
        (unit.name,),
        (unit.contact.email, unit.head.email),
    )
    assert "08/11/2021" in mailing.text
    assert str(mailing) == f"thời hạn mới, về {unit.name}."


def test_several_units_are_told_of_together_and_those_refused_by_themselves(desk: Desk) -> None:
    one, other = owing(desk.plan)[-2:]
    effect = asked(desk, "extension", units=f"{one.code},{other.code},lunch", last_day="2021-11-08")
    assert [each.names for each in effect.dates] == [(one.name, other.name)]
    assert [each.names for each in effect.mailings] == [(other.name,)]  # the other one has sent its report
    assert [each.entry.unit for each in effect.refused] == ["lunch"]


def test_it_tells_what_then_happens(desk: Desk) -> None:
    """The effect is that of the act itself."""
    unit = owing(desk.plan)[-1].code
    effect = asked(desk, "extension", unit=unit, last_day="2021-11-08")
    record_act(
        desk(), form={"act": "extension", "unit": unit, "last_day": "2021-11-08", **GROUNDS}, entry="1", actor=CONSOLE
    )
    assert [each.after for each in effect.dates] == [read_register(desk()).units[unit].last_day]


def test_what_would_be_refused_is_refused(desk: Desk) -> None:
    with pytest.raises(ActRefusedError, match="phải từ"):
        asked(desk, "extension", unit=owing(desk.plan)[-1].code, last_day="2021-11-01")
    with pytest.raises(ActRefusedError, match="không được làm"):
        asked(desk, "exemption", Actor("nobody"), unit=owing(desk.plan)[-1].code)


def test_after_the_campaign_s_last_day_no_date_is_asked_for_that_there_is_not(desk: Desk) -> None:
    desk(f"{desk.plan.campaigns[0].closes + timedelta(days=2)} 09:00")
    with pytest.raises(ActRefusedError, match="Đã qua ngày cuối của đợt"):
        asked(desk, "extension", unit=owing(desk.plan)[-1].code, last_day="2022-01-20")


def test_that_there_is_nothing_to_report_is_not_entered_of_a_report_that_was_sent_back(desk: Desk) -> None:
    unit = owing(desk.plan)[-1].code
    submit(desk(), unit, ruling=Ruling.RETURNED)
    with pytest.raises(ActRefusedError, match=r"Lần nộp 1 của .* đã bị trả lại"):
        asked(desk, "nil_return", unit=unit)


def test_who_is_not_waited_for_any_more_is_not_said_to_owe_nothing(after: Story) -> None:
    desk = after(story.archived)
    unit = next((code for code, entry in read_register(desk()).units.items() if entry.missed), None)
    assert unit
    for act, form in (("urging", {}), ("promise", {"last_day": "2021-12-02", "person": "Đồng chí A"})):
        with pytest.raises(ActRefusedError, match=r"Đợt đã thôi chờ hồ sơ của .* từ hết ngày"):
            asked(desk, act, unit=unit, **form)


def test_who_sent_while_it_had_more_time_stays_in_time_when_that_is_taken_back(desk: Desk) -> None:
    unit = owing(desk.plan)[-1]
    given = record_act(
        desk(),
        form={"act": "extension", "unit": unit.code, "last_day": "2021-11-09", **GROUNDS},
        entry="1",
        actor=CONSOLE,
    )
    assert given
    submit(desk("2021-11-08 10:00"), unit.code)
    register = read_register(desk())
    (act,) = register.decisions
    lines = asked(desk, "undo", undoes=act.id).lines
    assert f"{unit.name}: {EARLIER_DATE}." in lines
    assert unit_row(desk(), register, unit, register.units[unit.code]).kept == ""

    record_act(desk(), form={"act": "undo", "undoes": act.id, **GROUNDS}, entry="2", actor=CONSOLE)
    register = read_register(desk())
    assert unit_row(desk(), register, unit, register.units[unit.code]).kept == EARLIER_DATE
    assert desk_of(desk(), register, unit, ()).kept == upper_first(EARLIER_DATE)


def test_that_a_composed_draft_goes_on_printing_a_date_that_is_taken_back_is_told(after: Story) -> None:
    def undoing(desk: Desk, *chapters: Callable[[Desk], None]) -> tuple[str, ...]:
        """Grant more time, go on, and ask what taking it back would do."""
        form = {"act": "extension", "unit": unit.code, "last_day": "2021-11-26", **GROUNDS}
        record_act(desk(), form=form, entry="1", actor=CONSOLE)
        for chapter in chapters:
            chapter(desk)
        (act,) = read_register(desk()).decisions
        desk("2021-11-09 09:00")
        return asked(desk, "undo", undoes=act.id).afterwards

    desk = after(story.reported)
    unit, title = owing(desk.plan)[-1], desk.plan.stage("ubnd_draft").title
    told = (
        f"{title}: dự thảo làm việc vòng 1 lập ngày 05/11/2021 in {unit.name} được gia hạn đến hết ngày 26/11/2021; "
        "dự thảo và các văn bản không tự lập lại."
    )
    assert told in undoing(desk, story.consolidated)
    before = after(story.consolidated)
    before("2021-11-05 08:00")
    assert told not in undoing(before)


def test_an_act_without_effect_says_so(desk: Desk) -> None:
    effect = asked(desk, "message", unit=owing(desk.plan)[-1].code, manner="internal")
    assert effect.lines == ["Không đổi số tổng, câu, thời hạn nào."]


def test_what_posts_nothing_after_the_last_day_is_said_never_to(after: Story) -> None:
    desk = after(story.archived)
    unit = owing(desk.plan)[0].code
    never = "Không gửi thư nào, cả về sau: đợt đã qua ngày cuối (03/12/2021), không còn thư nhắc, bản tin."
    for moment, words in (("2021-12-03 10:00", "Không gửi thư nào ngay."), ("2021-12-05 10:00", never)):
        desk(moment)
        assert asked(desk, "message", unit=unit, manner="internal").unmailed == words
        assert asked(desk, "link_renewal", unit=unit).unmailed == words
        mails = (
            {"act": "message", "unit": unit, "manner": "tells"},
            {"act": "reopening", "actor": Actor("tuyen_giao"), "stage": "ubnd_draft"},
        )
        assert [asked(desk, **each).unmailed for each in mails] == ["", ""]


def test_where_a_unit_answers_after_the_campaign_is_told_before_it_is_asked(after: Story) -> None:
    desk = after(story.archived)
    unit = owing(desk.plan)[0].code
    unread = "Đợt đã kết thúc: đơn vị trả lời thì "
    for moment, told in (("2021-12-03 10:00", False), ("2021-12-05 10:00", True)):
        desk(moment)
        lines = asked(desk, "message", unit=unit, manner="asks").lines
        assert any(line.startswith(unread) for line in lines) is told
        ((_, points),) = ACTS["message"].offers(desk(), read_register(desk()), {}).told
        assert points[0].startswith(f"Thư mang tên {desk.plan.office(desk.plan.roles.lead).name}, dù nơi nào ghi; ")
        assert [each.startswith(unread) for each in points[1:]] == ([True] if told else [])


def test_which_mail_a_mute_or_a_promise_holds_back_is_told(desk: Desk) -> None:
    silent, sent = owing(desk.plan)[-1], owing(desk.plan)[1]
    assert asked(desk, "mute", unit=silent.code, last_day="2021-11-08").lines == [
        (
            f"{silent.name}: không gửi thư nhắc, đôn đốc ngày 05/11/2021; hết ngày 08/11/2021 "
            "còn nợ thì nhắc tiếp; bản tổng hợp gửi cấp trên vẫn nêu đơn vị."
        )
    ]
    promise = {"unit": silent.code, "last_day": "2021-11-05", "person": "Đồng chí A"}
    assert asked(desk, "promise", **promise).lines == [
        (
            f"{silent.name}: không gửi thư nhắc, đôn đốc ngày 05/11/2021; hết ngày 05/11/2021 chưa gửi thì "
            "sáng ngày làm việc sau nhắc; bản tổng hợp gửi cấp trên ghi lời hẹn."
        )
    ]
    none = "đến hết ngày 08/11/2021 không có thư nhắc, đôn đốc nào đến hạn để hoãn"
    assert asked(desk, "mute", unit=sent.code, last_day="2021-11-08").lines == [f"{sent.name}: {none}."]
    office = desk.plan.office(desk.plan.roles.lead)
    assert asked(desk, "mute", office=office.code, last_day="2021-11-08").lines == [
        (
            f"{office.name}: đến hết ngày 08/11/2021 không gửi thư đôn đốc, bản tin; "
            "việc xảy ra trong thời gian ấy nêu ở bản tin sau."
        )
    ]
    record_act(desk(), form={"act": "promise", **promise, **GROUNDS}, entry="1", actor=CONSOLE)
    (act,) = read_register(desk()).decisions
    assert asked(desk, "undo", undoes=act.id).lines == [f"{silent.name}: thư nhắc, đôn đốc gửi theo lịch."]


def test_a_reminder_that_has_to_wait_is_not_said_to_go_at_once(desk: Desk) -> None:
    unit = owing(desk.plan)[-1]
    desk("2021-10-30 10:00")  # a Saturday
    assert asked(desk, "urging", unit=unit.code).lines == [
        f"Thư đợi giờ làm việc, gửi từ 07 giờ 00, ngày 01/11/2021: nhắc, về {unit.name}."
    ]
    desk("2021-11-03 10:00")
    assert asked(desk, "urging", unit=unit.code).lines == [f"Thư gửi ngay: nhắc, về {unit.name}."]


def test_more_time_for_who_owes_nothing_is_said_to_be_needless(desk: Desk) -> None:
    unit = owing(desk.plan)[1]
    assert asked(desk, "extension", unit=unit.code, last_day="2021-11-08").afterwards == (
        f"{unit.name} đã tiếp nhận, không còn nợ hồ sơ: hạn mới chỉ dùng cho bản nộp sau.",
    )


@pytest.mark.parametrize(
    ("act", "what"),
    [("exemption", "miễn báo cáo"), ("nil_return", "ghi nhận không phát sinh")],
)
def test_who_owes_again_what_nobody_waits_for_is_promised_no_answer_and_no_reminder(
    desk: Desk, act: str, what: str
) -> None:
    unit, actor = owing(desk.plan)[-1], Actor("tuyen_giao")
    record_act(desk(), form={"act": act, "unit": unit.code, **GROUNDS}, entry="1", actor=actor)
    (given,) = read_register(desk()).decisions
    (mail,) = asked(desk, "undo", actor, undoes=given.id).mailings
    assert f"{unit.name} " in mail.text
    for word in ("đơn vị cần gửi", "kiểm tra và gửi thư trả lời", "Các thư nhắc sau này"):
        assert word in mail.text
    desk(f"{desk.plan.campaigns[0].closes + timedelta(days=2)} 09:00")
    (mail,) = asked(desk, "undo", actor, undoes=given.id).mailings
    for word in ("cần gửi", "thư trả lời", "thư nhắc"):
        assert word not in mail.text
    assert mail.subject == f"[{desk.plan.short_title}] Rút lại việc {what}: {unit.name}"
    assert "đã được rút lại; nay tính là không gửi." in mail.text
    assert "không nhận tệp nữa." in mail.text


def test_a_word_that_cannot_be_taken_back_is_said_to_be_for_good(after: Story) -> None:
    """Until nobody waits any more a report is returned in spite of an earlier word."""
    desk = after(story.opened)
    unit = owing(desk.plan)[0].code
    submit(desk("2021-11-03 10:00"), unit, ruling=Ruling.REFERRED)
    form = {"unit": unit, "number": 1, "outcome": "accepted"}
    assert asked(desk, "review", **form).afterwards == ()
    desk(f"{desk.plan.campaigns[0].closes + timedelta(days=2)} 09:00")
    (told,) = asked(desk, "review", **form).afterwards
    assert told.startswith("Ghi rồi không rút lại, không trả lại được nữa: đợt đã thôi chờ hồ sơ từ hết ngày ")
    assert asked(desk, "review", **{**form, "outcome": "returned"}).afterwards == ()


def test_a_draft_that_is_reopened_while_it_is_appraised_leaves_the_question_open(after: Story) -> None:
    desk = after(story.drafted)
    lines = asked(desk, "reopening", Actor("tuyen_giao"), stage="ubnd_draft").afterwards
    assert not any("câu hỏi" in each for each in lines)
    at = desk("2021-11-10 09:00")
    vptu_appraisal.open_round(at)
    vptu_appraisal.prepare_dossier(at)
    _, told = asked(desk, "reopening", Actor("tuyen_giao"), stage="ubnd_draft").afterwards
    title, owner = (desk.plan.stage("vptu_appraisal").title, desk.plan.office("van_phong").name)
    assert told == f"{title} đang chờ {owner} trả lời từ 10/11/2021: câu hỏi ấy giữ nguyên, vẫn phải trả lời."


def test_the_command_asks_for_no_reason_and_records_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "workspace", lambda *_: desk())
    unit = owing(desk.plan)[-1]
    done = CliRunner().invoke(app, ["act", "extend", unit.code, "2021-11-08", "--what-if"])
    assert done.exit_code == 0, done.output
    assert done.output.startswith("Nếu ghi quyết định này (chưa ghi gì):\n")
    assert f"Thời hạn: {unit.name}" in done.output
    assert read_register(desk()).decisions == ()


def test_who_gets_a_new_link_when_no_mail_is_due_any_more_is_told_how(after: Story) -> None:
    def told(moment: str, **about: str) -> list[str]:
        desk = after(story.archived)
        desk(moment)
        return asked(desk, "link_renewal", **about, **GROUNDS).lines

    unit = owing(after(story.archived).plan)[0].code
    over = "Đợt đã qua, không còn thư nào tự mang đường dẫn mới"
    ways = (
        "gửi đơn vị một lời “Trao đổi” thì thư mang đường dẫn ấy; hoặc người vận hành lấy bằng lệnh «soket page link»"
    )
    gone = "Đường dẫn đã gửi hết dùng ngay."
    assert told("2021-12-05 08:00", unit=unit) == [f"{gone} {over}: {ways}."]
    assert told("2021-12-05 08:00", office="van_phong") == [f"{gone} {over}."]
    now = "Thư sau mang đường dẫn mới"
    assert told("2021-12-03 08:00", unit=unit) == [f"{gone} {now}; cần ngay thì gửi đơn vị một lời “Trao đổi”."]
    assert told("2021-12-03 08:00", office="van_phong") == [f"{gone} {now}."]


def test_links_that_open_a_page_are_previewed_to_who_makes_them_alone(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As in the mail that is kept: whoever may write a message need not be able to hand in for the unit."""
    monkeypatch.setenv(UPLOAD_VARIABLE, "https://nop.example/{plan}/{campaign}/{unit}")
    may = desk.plan.may.model_copy(update={"link_renewal": ("lead",)})
    here, unit = replace(desk(), plan=desk.plan.model_copy(update={"may": may})), owing(desk.plan)[-1].code
    place, _, token = (entry_link(here, read_register(here).units[unit]) or "").rpartition("/")
    form = {"act": "message", "unit": unit, "manner": "tells"}
    seen = {name: what_if(here, form, Actor(name)).mailings[0].text for name in ("tuyen_giao", "vptu")}
    assert f"{place}/{token}" in seen["tuyen_giao"]
    assert token not in seen["vptu"]
    assert f"{place}/••••••" in seen["vptu"]
