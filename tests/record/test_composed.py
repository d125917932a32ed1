"""A report that comes once the draft was composed is accepted, and not in it: every place says so, and who decides."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from board.browser import Browser
from board.test_agreement import an_official
from conftest import Desk, moment
from intake.turns import InlineReaders, PlainValidator
from page.conftest import Clerk
from record import story
from record.builders import FAULTS, ODD, answer, owing, submit
from record.story import Story
from record.verbs import ubnd_draft, unit_reports, vptu_appraisal
from soket.board.app import create_app
from soket.notices.compose import verdict_notices
from soket.notices.ledger import Intent
from soket.notices.render import write
from soket.page.views import Desk as Page
from soket.page.views import Headline, desk_of, state_of
from soket.plan.model import Duty, StageKind
from soket.record.composed import Composed, composed_for, say_mending
from soket.record.confirming import confirmation_of
from soket.record.filing import file_from_unit
from soket.record.keeping import read_register
from soket.record.records import Ruling, Submission
from soket.record.sending import UPLOAD_VARIABLE
from soket.stages.actions import record_act
from soket.stages.appraise import appraisal_asked
from soket.stages.offering import offer_reviewable
from soket.stages.refusing import Actor


def state(desk: Desk, unit: str) -> Headline:
    register = read_register(desk())
    return state_of(desk(), register, register.units[unit])


def composed(desk: Desk, unit: str) -> Composed | None:
    register = read_register(desk())
    return composed_for(desk.plan, register, register.units[unit])


def mail(desk: Desk, unit: str, number: int = 1, step: str = "") -> tuple[str, str]:
    notices = verdict_notices(desk(), read_register(desk()))
    (found,) = [each for each in notices if (each.addressee, each.step) == (unit, step or f"n{number}")]
    written = write(desk(), Intent(notice=found, posted_at=desk.now))
    return written.text, re.sub(r"<[^>]+>", "", written.html)


def take(desk: Desk, unit: str) -> None:
    """Let an official take what was returned."""
    form = {"act": "review", "unit": unit, "number": 1, "outcome": "accepted", "document_number": "12-CV/BTGTU"}
    record_act(desk(), form={**form, **GROUNDS}, entry="review-1", actor=Actor("tuyen_giao"))


def page(desk: Desk, unit: str) -> Page:
    return desk_of(desk(), read_register(desk()), desk.plan.unit(unit), [])


def page_text(desk: Desk, unit: str) -> str:
    clerk = Clerk(desk).come_in(unit)
    return clerk.get(clerk.home(unit)).text


@pytest.fixture
def doors(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have links to units' pages, which see each moment that a test goes to."""
    monkeypatch.setenv(UPLOAD_VARIABLE, "http://testserver/{plan}/{campaign}/{unit}")
    monkeypatch.setattr("soket.intake.contents.ReaderPool", InlineReaders)
    monkeypatch.setattr("soket.page.bench.Validator", PlainValidator)
    monkeypatch.setattr("soket.board.access.REGISTER_SECONDS", 0.0)


def board_page(desk: Desk, unit: str = "") -> str:
    board = Browser(create_app(lambda *_: desk(), lambda: ([desk.plan], []), an_official))
    return board.get(f"/{desk.plan.id}/{desk.campaign.code}{unit and f'/units/{unit}'}").text


def offered(desk: Desk, unit: str) -> str:
    """Return what the form for a word on a unit's report tells beside its blanks."""
    told = offer_reviewable(desk(), read_register(desk()), {"unit": unit}).told
    return "\n".join(line for _, lines in told for line in lines)


def silent(desk: Desk) -> str:
    return owing(desk.plan)[-1].code


GROUNDS = {"reason": "Mưa lũ", "granted_by": "Đồng chí Phó Bí thư"}
LATE = "Lần nộp 1 đến sau bản tổng hợp: chưa được tính vào dự thảo."


def test_a_report_that_came_after_reads_so_in_receipt_page_and_board(after: Story) -> None:
    desk = after(story.consolidated)
    unit = silent(desk)
    submit(desk("2021-11-05 10:00"), unit)
    drafter = desk.plan.playing("drafter")[0]
    told = f"{LATE} Có tính hay không do {desk.plan.office(drafter).name} quyết định."
    assert all(told in each for each in mail(desk, unit))
    assert told in state(desk, unit).counted
    assert state(desk, unit).title.endswith("; dự thảo chưa tính")
    assert [line.uncounted for line in page(desk, unit).submissions] == [True]
    shown = board_page(desk, unit)
    assert told in shown
    assert "Đang được dùng" not in shown


def test_a_report_that_is_in_the_draft_is_said_to_be(after: Story) -> None:
    desk = after(story.consolidated)
    unit = owing(desk.plan)[0].code
    told = "Lần nộp 1 có trong dự thảo."
    assert state(desk, unit).counted.startswith(told)
    assert told in board_page(desk, unit)
    desk("2021-11-05 10:00")
    assert "bản tổng hợp" not in mail(desk, unit)[0]
    assert [line.uncounted for line in page(desk, unit).submissions] == [False]
    assert "dự thảo chưa tính" not in state(desk, unit).title


def test_who_has_nothing_to_report_is_said_to_be_named_so_in_the_draft(after: Story) -> None:
    desk = after(story.opened)
    unit = silent(desk)
    nothing = submit(desk("2021-11-03 10:00"), unit)
    key = desk().keys.report(unit, 1, "verdict.json")
    desk().store.put(key, nothing.model_copy(update={"kind": Submission.NIL_RETURN}).to_json())
    story.reported(desk)
    story.consolidated(desk)
    told = "Lần nộp 1 đã ghi là không phát sinh trong dự thảo."
    assert state(desk, unit).counted.startswith(told)
    assert told in board_page(desk, unit)
    assert "có trong dự thảo" not in state(desk, unit).counted


@pytest.mark.parametrize(
    ("confirmed", "in_part"), [("2021-11-04 09:00", False), ("2021-11-05 09:00", True), (None, True)]
)
def test_what_of_a_report_the_draft_has_only_in_part_is_told(
    after: Story, confirmed: str | None, in_part: bool
) -> None:
    """As it was when the draft was composed: nobody composes it anew for a later word."""
    desk = after(story.opened)
    unit = silent(desk)
    submit(desk("2021-11-03 10:00"), unit, ruling=Ruling.ACCEPTED_WITH_WARNINGS)
    story.reported(desk)
    if confirmed:
        said = confirmation_of(unit, 1, ODD, at=moment(confirmed), reason="Theo niên giám", person="Lê Thị B")
        file_from_unit(desk(), said)
    story.consolidated(desk)
    desk("2021-11-05 10:00")
    doubted = (
        "; số chưa ai xác nhận khi lập dự thảo: "
        "bảng tổng hợp của dự thảo có cộng, đánh dấu (*), câu chữ của dự thảo không cộng"
    )
    told = f"Lần nộp 1 có trong dự thảo{doubted if in_part else ''}. "
    assert state(desk, unit).counted.startswith(told)
    assert told.strip() in board_page(desk, unit)


def test_while_nothing_is_composed_nothing_is_said_of_a_draft(after: Story) -> None:
    desk = after(story.reported)
    submit(desk("2021-11-04 10:00"), silent(desk))
    assert composed(desk, silent(desk)) is None
    assert state(desk, silent(desk)).counted == ""


def test_who_decides_is_where_the_draft_lies(after: Story) -> None:
    plan = after(story.consolidated).plan
    appraisal = plan.stages_of(StageKind.APPRAISE)[0]
    lies = {
        story.consolidated: plan.playing("drafter")[0],
        story.drafted: appraisal.owner,
        story.approved: appraisal.receiver,
    }
    for chapter, office in lies.items():
        desk = after(chapter)
        found = composed(desk, owing(plan)[0].code)
        assert found is not None
        assert found.decides.code == office
        assert desk.plan.office(office).name in state(desk, owing(plan)[0].code).counted


def test_a_correction_that_came_after_leaves_the_draft_on_the_one_before(after: Story) -> None:
    desk = after(story.approved)
    unit = owing(desk.plan)[0].code
    submit(desk("2021-11-16 10:00"), unit, number=2)
    told = "Lần nộp 2 đến sau bản tổng hợp: chưa được tính vào dự thảo, dự thảo dùng lần nộp 1."
    assert told in state(desk, unit).counted
    assert told in mail(desk, unit, 2)[0]
    assert told not in mail(desk, unit, 1)[0]


def test_while_the_next_round_is_open_and_not_composed_the_draft_of_the_one_before_is_told_of(after: Story) -> None:
    desk = after(story.returned)
    there, late = owing(desk.plan)[0].code, silent(desk)
    submit(desk("2021-11-12 17:00"), late)
    assert f"{LATE} Có tính hay không do" in state(desk, late).counted
    ubnd_draft.open_round(desk("2021-11-12 18:40"))
    desk("2021-11-12 19:00")
    assert state(desk, there).counted == "Lần nộp 1 có trong dự thảo vòng 1."
    assert "Lần nộp 1 có trong dự thảo vòng 1." in board_page(desk, there)
    told = "đến sau bản tổng hợp vòng 1, chưa được tính vào đó; bản tổng hợp vòng 2 sẽ tính."
    assert state(desk, late).counted == f"Lần nộp 1 {told}"
    assert told in board_page(desk, late)
    assert told in mail(desk, late)[0]
    ubnd_draft.consolidate(desk("2021-11-15 08:37"))
    assert [state(desk, unit).counted.startswith("Lần nộp 1 có trong dự thảo. ") for unit in (there, late)] == [
        True
    ] * 2


@pytest.mark.parametrize("is_composed", [False, True])
def test_what_only_a_round_has_that_did_not_go_up_is_not_said_to_count(after: Story, *, is_composed: bool) -> None:
    """It was opened while the one before was appraised; that was approved, and asks those above of the rest."""
    desk = after(story.drafted)
    there, late = owing(desk.plan)[0].code, silent(desk)
    at = desk("2021-11-09 16:00")
    vptu_appraisal.open_round(at)
    vptu_appraisal.prepare_dossier(at)
    asked_first = appraisal_asked(desk(), desk.plan.stage("vptu_appraisal"))
    submit(desk("2021-11-10 11:00"), late)
    came = "Lần nộp 1 đến sau bản tổng hợp: chưa được tính vào dự thảo vòng 1; vòng sau được mở để tính"
    which = "dự thảo vòng nào được trình do Văn phòng Tỉnh ủy quyết định"
    assert all(f"{came}, {which}." in each for each in (state(desk, late).counted, mail(desk, late)[0]))
    assert f"Dự thảo đã tổng hợp: bản nộp từ nay có vòng mới để tính, {which}." in state(desk, there).counted
    ubnd_draft.open_round(desk("2021-11-10 16:55"))
    if is_composed:
        ubnd_draft.consolidate(desk())
    (told,) = appraisal_asked(desk("2021-11-10 18:00"), desk.plan.stage("vptu_appraisal")).before
    assert asked_first.before == ()
    assert told.startswith("**Đã mở vòng 2 của dự thảo ngày 10/11/2021.** Báo cáo của 1 đơn vị được tiếp nhận sau")
    assert desk.plan.unit(late).name in told
    assert ("Dự thảo làm việc vòng 2 từ báo cáo của" in told) is is_composed
    assert told.endswith("Câu hỏi này vẫn về dự thảo vòng 1.")
    vptu_appraisal.record_appraisal(desk(), answer("approved", reason="Đã xem các chỗ còn lệch"))
    vptu_appraisal.transmit_report(desk())
    receiver = desk.plan.office(desk.plan.stage("vptu_appraisal").receiver).name
    assert state(desk, late).counted.startswith(f"{LATE} Có tính hay không do {receiver} quyết định.")
    assert state(desk, there).counted.startswith("Lần nộp 1 có trong dự thảo. ")


def test_who_has_points_to_look_at_is_not_told_to_hand_in_what_nobody_counts(after: Story) -> None:
    desk = after(story.opened)
    unit = owing(desk.plan)[0].code
    submit(desk("2021-11-03 09:00"), unit, ruling=Ruling.ACCEPTED_WITH_WARNINGS)
    assert state(desk, unit).what_now.endswith("đúng thì ghi lý do, sai thì nộp bản sửa.")
    assert (
        "là bản được tính; đến sau khi đã lập dự thảo thì chỉ được tính khi dự thảo được lập lại" in mail(desk, unit)[0]
    )
    for each in owing(desk.plan)[1:-2]:
        submit(desk(), each.code)
    unit_reports.close_stage(desk("2021-11-05 00:00"))
    story.consolidated(desk)
    assert state(desk, unit).what_now.endswith("đúng thì ghi lý do, sai thì hỏi cơ quan nhận.")
    assert "bản nộp từ nay có được tính hay không do" in state(desk, unit).counted
    for told in mail(desk, unit):
        assert "dự thảo đã tổng hợp: bản nộp từ nay có được tính hay không do" in told
        assert "là bản được tính" not in told


def test_the_office_does_not_read_that_a_mended_file_is_simply_counted(after: Story) -> None:
    desk = after(story.opened)
    doubtful, *others = (each.code for each in owing(desk.plan)[:-2])
    submit(desk("2021-11-03 09:00"), doubtful, ruling=Ruling.ACCEPTED_WITH_WARNINGS)
    assert "rồi xác nhận số đúng; số sai thì đề nghị đơn vị nộp bản sửa." in board_page(desk)
    assert "(việc “Trao đổi”): bản ấy thay bản này, trong lúc chờ đơn vị không thiếu." in offered(desk, doubtful)
    for each in others:
        submit(desk(), each)
    unit_reports.close_stage(desk("2021-11-05 00:00"))
    story.consolidated(desk)
    wrong = "xác nhận số đúng; số sai thì đề nghị đơn vị nộp bản sửa: dự thảo đã tổng hợp,"
    assert f"{wrong} có được tính hay không do" in board_page(desk)
    assert "(việc “Trao đổi”): dự thảo đã tổng hợp, có được tính hay không do" in offered(desk, doubtful)
    story.drafted(desk)
    assert f"{wrong} có vòng mới để tính, dự thảo vòng nào được trình do" in board_page(desk)
    register = read_register(desk())
    closed = register.units[doubtful].model_copy(update={"closed": desk.now})
    assert say_mending(desk.plan, register, closed).startswith("trao đổi với đơn vị, báo cơ quan lập báo cáo: bản nộp")


def test_who_is_to_send_again_reads_in_the_return_that_the_draft_is_composed(after: Story) -> None:
    desk = after(story.consolidated)
    submit(desk("2021-11-05 10:00"), silent(desk), ruling=Ruling.RETURNED)
    assert all("bản nộp từ nay có được tính hay không do" in each for each in mail(desk, silent(desk)))


@pytest.mark.usefixtures("doors")
def test_the_page_of_a_unit_shows_it(after: Story) -> None:
    desk = after(story.archived)
    unit = silent(desk)
    submit(desk("2021-11-10 10:00"), unit, ruling=Ruling.RETURNED)
    desk("2021-12-03 20:00")
    clerk = Clerk(desk).come_in(unit)
    shown = clerk.get(clerk.home(unit)).text
    assert "không gửi lại: báo cáo tổng hợp không có phần của đơn vị." in shown
    assert "Nếu nộp lại: " in shown
    assert "Cần làm" not in shown


def test_until_the_campaign_is_archived_who_comes_too_late_may_ask(after: Story) -> None:
    desk = after(story.called)
    unit = silent(desk)
    desk("2021-12-02 08:00")
    asked = "Vẫn nộp được để lưu; muốn được tính vào báo cáo tổng hợp thì hỏi cơ quan nhận trước."
    assert f"thôi chờ hồ sơ từ hết ngày 29/11/2021. {asked}" in state(desk, unit).counted


@pytest.mark.parametrize(
    ("chapter", "what"), [(story.drafted, ""), (story.archived, "; số liệu chưa được tính vào báo cáo tổng hợp")]
)
def test_what_is_taken_though_not_mended_is_not_said_to_count_where_no_draft_has_it(
    after: Story, chapter: Callable[[Desk], None], what: str
) -> None:
    desk = after(chapter)
    unit = silent(desk)
    submit(desk(), unit, ruling=Ruling.RETURNED)
    take(desk, unit)
    text, html = mail(desk, unit, step="n1-r1")
    assert "được tính như đã đọc được" not in text + html
    assert f"1 điểm phải sửa mà chưa sửa{what}" in html
    assert f"còn 1 điểm phải sửa mà chưa sửa{what.replace(';', ',')}:" in text


def test_what_is_taken_though_not_mended_counts_as_long_as_nothing_is_composed(after: Story) -> None:
    desk = after(story.opened)
    submit(desk("2021-11-03 09:00"), silent(desk), ruling=Ruling.RETURNED)
    take(desk, silent(desk))
    text, html = mail(desk, silent(desk), step="n1-r1")
    assert "1 điểm phải sửa mà chưa sửa; số liệu được tính như đã đọc được" in html
    assert "chưa sửa, số liệu được tính như đã đọc được:" in text


def test_who_is_in_no_draft_reads_nothing_of_being_counted(after: Story) -> None:
    desk = after(story.archived)
    press = next(unit.code for unit in desk.plan.units if unit.owes is Duty.COVERAGE_PLAN)
    desk("2021-12-05 08:00")
    told = Headline("bad", "Đợt báo cáo đã thôi chờ hồ sơ từ hết ngày 03/12/2021", "", "Đơn vị không gửi.")
    assert state(desk, press) == told
    earlier = after(story.called)
    earlier("2021-12-04 08:00")
    assert state(earlier, press) == told


@pytest.mark.usefixtures("doors")
@pytest.mark.parametrize("ruling", [Ruling.ACCEPTED, Ruling.RETURNED, None])
def test_once_nobody_waits_every_page_says_what_becomes_of_a_file(after: Story, ruling: Ruling | None) -> None:
    desk = after(story.archived)
    unit = silent(desk)
    if ruling:
        submit(desk("2021-11-20 10:00"), unit, ruling=ruling)
    desk("2021-12-03 20:00")
    told = state(desk, unit)
    closed = "thôi chờ hồ sơ từ hết ngày 29/11/2021"
    assert closed in told.title + told.counted
    assert f"{closed} và đã lưu trữ: bản nộp từ nay chỉ để lưu, không được tính vào báo cáo tổng hợp." in told.counted
    lacks = {
        Ruling.ACCEPTED: (
            "đến sau bản tổng hợp: chưa được tính vào dự thảo. Đợt đã lưu trữ: chỉ tính nếu dự thảo được mở lại."
        ),
        Ruling.RETURNED: "Đơn vị bị trả lại, không gửi lại: báo cáo tổng hợp không có phần của đơn vị.",
        None: "Đơn vị không gửi: báo cáo tổng hợp không có phần của đơn vị.",
    }
    assert lacks[ruling] in told.counted
    desk("2021-12-05 08:00")
    said = page_text(desk, unit)
    assert said.count("Sau ngày 03/12/2021") == 1
    assert "sau ngày 03/12/2021" not in said
    assert said.count("từ hết ngày 29/11/2021") == (0 if ruling is Ruling.ACCEPTED else 1)


@pytest.mark.usefixtures("doors")
def test_once_nobody_waits_nothing_is_to_be_mended(after: Story) -> None:
    desk = after(story.archived)
    unit = silent(desk)
    submit(desk("2021-11-20 10:00"), unit, ruling=Ruling.RETURNED)
    moments = ("2021-11-21 08:00", "2021-12-03 20:00", "2021-12-05 08:00")
    waited, *others = [page_text(desk, unit) for each in moments if desk(each)]
    assert '<span class="badge critical">Phải sửa</span>' in waited
    assert 'class="deadline bad"' in waited
    for each in others:
        assert "Phải sửa" not in each
        assert '<span class="badge">Chưa đúng</span>' in each
        assert 'class="deadline bad"' not in each


def test_once_nobody_waits_a_unit_is_not_told_how_to_mend_what_counts(
    after: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    asks = ODD.model_copy(update={"advice": "Gửi lại bản kia cho khớp."})
    monkeypatch.setitem(FAULTS, Ruling.ACCEPTED_WITH_WARNINGS, (asks,))
    desk = after(story.archived)
    counts, returned = (unit.code for unit in owing(desk.plan)[-2:])
    submit(desk("2021-11-03 09:00"), counts, ruling=Ruling.ACCEPTED_WITH_WARNINGS)
    submit(desk(), returned, ruling=Ruling.RETURNED)

    def advice(unit: str) -> list[str | None]:
        return [line.advice for each in page(desk, unit).submissions for group in each.groups for line in group.lines]

    assert (advice(counts), advice(returned)) == (["Gửi lại bản kia cho khớp."], ["Gửi kèm biểu."])
    desk("2021-12-03 20:00")
    assert advice(counts) == [None]
    assert advice(returned) == ["Gửi kèm biểu."]  # what it would have to mend, were it to send again
    desk("2022-01-05 08:00")
    assert (advice(counts), advice(returned)) == ([None], [None])  # which it cannot any more
