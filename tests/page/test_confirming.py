"""A unit says on its page that what was asked about is right, and why; what it writes is words, and only its own."""

from __future__ import annotations

import re

import pytest

from intake.cases.signed import lines
from intake.turns import judged
from reading import corpus
from reading.signing import copy
from soket.board.history import submissions_of
from soket.board.rows import unit_row
from soket.notices.compose.units import verdict_notices
from soket.notices.ledger import Intent
from soket.notices.render import write
from soket.plan.model import Severity
from soket.record.filing import file_stage_record
from soket.record.keeping import read_register
from soket.record.records import Ruling, Verdict
from soket.record.register import Standing, UnitEntry

from .conftest import NEIGHBOUR, UNIT, Clerk

FIGURES = {"CT01": (100, 1000, 9000), "CT01__1": (80, 800, 8000), "CT01__2": (20, 200, 1000)}
ODD = {corpus.REPORT: corpus.report(), corpus.TABLE: corpus.table(**FIGURES)}
WRONG = {corpus.REPORT: corpus.report(), corpus.TABLE: corpus.table(**FIGURES, CT03=(61, 163, 64))}
SAID = {corpus.HEADINGS[1]: ("Tổng lượt khách năm 2019 đạt 1.100 lượt.",)}
DENIES = corpus.document(
    "BÁO CÁO",
    "Sơ kết 05 năm thực hiện Nghị quyết",
    *(line for heading in corpus.HEADINGS for line in (heading, corpus.SENTENCE * 3, *SAID.get(heading, ()))),
)
PERSON = "Nguyễn Thị Hoa, Văn phòng"


@pytest.fixture(autouse=True)
def by_the_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have pages see what was just sent."""
    monkeypatch.setattr("soket.board.access.PLANS_SECONDS", 0.0)


@pytest.fixture
def odd(clerk: Clerk) -> Verdict:
    verdict = judged(clerk.desk, UNIT, ODD)
    clerk.come_in()
    return verdict


def entry_of(clerk: Clerk, unit: str = UNIT) -> UnitEntry:
    return read_register(clerk.desk()).units[unit]


def questions(clerk: Clerk, number: int = 1) -> list[str]:
    return re.findall(r'name="ghi-(\w+)"', clerk.get(f"{clerk.home()}so-dung/{number}").text)


def send(clerk: Clerk, number: int = 1, **filled: str) -> int:
    told = {name.replace("__", "-"): words for name, words in filled.items()}
    return clerk.post(f"{clerk.home()}so-dung/{number}", data=told).status_code


def test_how_a_reason_is_given_is_told_once_below_all_points(clerk: Clerk, odd: Verdict) -> None:
    (mail,) = verdict_notices(clerk.desk(), read_register(clerk.desk()))
    text = write(clerk.desk(), Intent(notice=mail, posted_at=clerk.desk.now)).text
    assert "nếu đúng, nêu lý do." in text
    assert "nêu lý do trong báo cáo" not in text
    assert text.count("(nút “Đúng, ghi lý do”)") == 1


def test_a_mail_names_the_ways_that_are_read_and_what_an_answer_by_mail_comes_to(clerk: Clerk, odd: Verdict) -> None:
    def told() -> str:
        (mail,) = verdict_notices(clerk.desk(), read_register(clerk.desk()))
        written = write(clerk.desk(), Intent(notice=mail, posted_at=clerk.desk.now))
        assert clerk.link_of() in written.html
        return " ".join(written.text.split())

    for way in (clerk.link_of(), "nút “Đúng, ghi lý do”", "cột “Số đúng, lý do là” của biểu có ghi chú"):
        assert way in told()
    unmarked = odd.model_copy(update={"marked": ()})
    key = clerk.desk().keys.report(UNIT, odd.number, "verdict.json")
    clerk.desk.store.put(key, unmarked.to_json())
    assert "biểu có ghi chú" not in told(), "there is none"
    by_mail = f"Hệ thống không đọc thư trả lời: trả lời thư này thì {clerk.desk.plan.office('btg').name} phải ghi lại"
    assert by_mail in told()


def test_page_mail_and_board_count_the_same_points(clerk: Clerk, odd: Verdict) -> None:
    workspace, register = clerk.desk(), read_register(clerk.desk())
    unit = workspace.plan.unit(UNIT)
    row = unit_row(workspace, register, unit, register.units[UNIT])
    (mail,) = verdict_notices(workspace, register)
    assert row.to_review == len(mail.context["warnings"]) > 0
    page = clerk.get(clerk.home()).text
    assert f"Còn {row.to_review} điểm đề nghị xem lại" in page
    assert f"ghi lý do ({row.to_review} điểm)" in page
    (story,) = submissions_of(register.units[UNIT])
    assert [each.line.severity for each in story.points].count(Severity.WARNING) == row.to_review


def test_figures_that_a_signed_copy_has_otherwise_are_one_point_for_everybody(clerk: Clerk) -> None:
    text = corpus.document(*lines("2.450", "15,2", "12,5"))
    judged(
        clerk.desk,
        UNIT,
        {corpus.TABLE: corpus.table(), corpus.REPORT: text, "ký.pdf": copy(*lines("2.540", "12,5", "15,2"))},
    )
    clerk.come_in()
    test_page_mail_and_board_count_the_same_points(clerk, entry_of(clerk).outcomes[0])
    assert len(questions(clerk)) == 3
    marks = re.findall(r"<legend>([\d.]+)\. ", clerk.get(f"{clerk.home()}so-dung/1").text)
    assert len({mark.partition(".")[0] for mark in marks}) == int(
        re.findall(r"ghi lý do \((\d+) điểm\)", clerk.get(clerk.home()).text)[0]
    )


def test_of_two_that_differ_the_form_and_the_record_say_which_is_confirmed(clerk: Clerk) -> None:
    text = corpus.document(*lines("2.450", "15,2", "12,5"))
    signed = copy(*lines("2.540", "15,2", "12,5"))
    judged(clerk.desk, UNIT, {corpus.TABLE: corpus.table(), corpus.REPORT: text, "ký.pdf": signed})
    clerk.come_in()
    page = clerk.get(f"{clerk.home()}so-dung/1").text
    assert re.findall(r'<label for="chon-\w+">([^<]+)</label>', page) == ["Xác nhận bản Word đúng (2.450), lý do là"]
    assert send(clerk, **{f"ghi__{questions(clerk)[0]}": "Bản ký gõ nhầm", "person": PERSON}) == 303
    (told,) = [each.advice for each in entry_of(clerk).outcomes[0].faults if each.confirmed]
    assert told.startswith("Đơn vị xác nhận bản Word đúng (2.450), lý do: Bản ký gõ nhầm (")


def test_what_concerns_no_figure_is_not_asked_for_a_figure(clerk: Clerk) -> None:
    judged(
        clerk.desk, UNIT, {corpus.REPORT: corpus.report(headings=corpus.HEADINGS[:-1]), corpus.TABLE: corpus.table()}
    )
    clerk.come_in()
    assert "Đúng, ghi lý do (1 điểm)" in clerk.get(clerk.home()).text
    page = clerk.get(f"{clerk.home()}so-dung/1").text
    assert "Không tìm thấy mục" in page
    assert "Số đúng" not in page
    assert re.findall(r'<label for="chon-\w+">([^<]+)</label>', page) == ["Đúng, lý do là"]
    assert send(clerk, **{f"ghi__{questions(clerk)[0]}": "Không có kiến nghị", "person": PERSON}) == 303
    (told,) = [each.advice for each in entry_of(clerk).outcomes[0].faults if each.confirmed]
    assert told.startswith("Đơn vị xác nhận là đúng, lý do: Không có kiến nghị (")


@pytest.mark.parametrize("wrong", [True, False])
def test_nobody_is_asked_to_confirm_a_cell_that_is_to_be_mended(clerk: Clerk, wrong: bool) -> None:
    """Words deny the total of a year: whether that may be confirmed hangs on what else its cell is found to be."""
    table = corpus.table(CT01=(1001, 1200, 900)) if wrong else corpus.table()
    judged(clerk.desk, UNIT, {corpus.REPORT: DENIES, corpus.TABLE: table})
    clerk.come_in()
    (verdict,) = entry_of(clerk).verdicts
    assert (verdict.ruling is Ruling.RETURNED) is wrong
    (denied,) = [each for each in verdict.faults if each.code == "TB-01"]
    mend_first = "Số ở ô này của biểu còn điểm phải sửa: sửa trong biểu trước, rồi kiểm tra lại điểm này."
    assert (denied.advice == mend_first) is wrong
    assert ("xác nhận biểu đúng" in (denied.advice or "")) is not wrong
    assert ("Đúng, ghi lý do (1 điểm)" in clerk.get(clerk.home()).text) is not wrong
    assert (clerk.get(f"{clerk.home()}so-dung/1").status_code == 200) is not wrong
    (mail,) = verdict_notices(clerk.desk(), read_register(clerk.desk()))
    assert (
        "xác nhận biểu đúng" in write(clerk.desk(), Intent(notice=mail, posted_at=clerk.desk.now)).text
    ) is not wrong


def test_a_reason_chosen_or_written_quiets_its_question_alone(clerk: Clerk, odd: Verdict) -> None:
    assert "ghi lý do (1 điểm)" in clerk.get(clerk.home()).text
    assert "Không phải làm gì thêm" not in clerk.get(clerk.home()).text
    first, second = questions(clerk)
    reason = clerk.desk.plan.reasons[1]
    assert send(clerk, **{f"chon__{first}": reason, f"ghi__{first}": "từ năm 2020", "person": PERSON}) == 303
    (word,) = entry_of(clerk).confirmations
    assert (word.reason, word.person, word.matter) == (f"{reason}: từ năm 2020", PERSON, first)
    page = clerk.get(clerk.home()).text
    assert "Đã xác nhận" in page
    assert PERSON in page
    assert "ghi lý do (1 điểm)" in page
    assert questions(clerk) == [second]
    assert send(clerk, **{f"ghi__{second}": "Sáp nhập xã", "person": PERSON}) == 303
    assert entry_of(clerk).standing is Standing.ACCEPTED
    assert "Không phải làm gì thêm" in clerk.get(clerk.home()).text


def test_once_nobody_waits_for_files_a_reason_is_said_to_be_kept_alone(clerk: Clerk, odd: Verdict) -> None:
    def told() -> str:
        return clerk.get(f"{clerk.home()}so-dung/1").text

    assert "chuyển cho nơi soạn dự thảo. Điểm nào sai thì để trống, sửa trong tệp rồi nộp lại." in told()
    for step in ("opened", "done"):
        file_stage_record(clerk.desk("2021-12-02 09:00"), "communications", 1, step, "Ghi.")
    assert "chuyển cho nơi soạn dự thảo" not in told()
    assert "nộp lại" not in told()
    assert "lý do được lưu. Đợt báo cáo đã thôi chờ hồ sơ từ hết ngày" in told()
    assert "Điểm nào sai thì để trống, hỏi cơ quan nhận." in told()


def test_once_the_campaign_is_over_no_reason_is_asked_for(clerk: Clerk, odd: Verdict) -> None:
    assert "đúng thì ghi lý do" in clerk.get(clerk.home()).text
    clerk.desk(clerk.desk.campaign.end)
    page = clerk.get(clerk.home()).text
    assert "Còn 1 điểm đề nghị xem lại, nêu dưới đây, đơn vị chưa xác nhận khi đợt kết thúc." in page
    for offer in ("đúng thì ghi lý do", "hỏi cơ quan nhận", "sửa ngay trong tệp", "nộp lại", "so-dung", "trao-doi?lan"):
        assert offer not in page, offer
    assert clerk.get(f"{clerk.home()}so-dung/1").status_code == 410


def test_before_anything_is_judged_there_is_nothing_to_confirm(clerk: Clerk) -> None:
    clerk.come_in()
    for number in (1, 2):
        assert clerk.get(f"{clerk.home()}so-dung/{number}").status_code == 409
        assert send(clerk, number, person=PERSON) == 409


def test_what_must_be_mended_is_not_among_the_questions(clerk: Clerk) -> None:
    verdict = judged(clerk.desk, UNIT, WRONG)
    clerk.come_in()
    wrong = next(each for each in verdict.faults if each.code == "R-CT03")
    assert len(questions(clerk)) == 2
    assert send(clerk, **{f"ghi__{wrong.known_as}": "Đúng thế", "person": PERSON}) == 409
    for key in questions(clerk):
        assert send(clerk, **{f"ghi__{key}": "Đúng thế", "person": PERSON}) == 303
    assert entry_of(clerk).outcomes[-1].ruling is Ruling.RETURNED


def test_script_is_words_and_long_ones_are_refused(clerk: Clerk, odd: Verdict) -> None:
    first, second = questions(clerk)
    assert send(clerk, **{f"ghi__{first}": "<script>alert(1)</script> =1+1", "person": "<b>A</b>"}) == 303
    page = clerk.get(clerk.home()).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert send(clerk, **{f"ghi__{second}": "x" * 400, "person": PERSON}) == 409
    assert send(clerk, **{f"chon__{second}": "lý do không có trong danh mục", "person": PERSON}) == 409
    assert send(clerk, **{f"ghi__{second}": "Đúng thế"}) == 409  # by nobody
    assert len(entry_of(clerk).confirmations) == 1


def test_another_units_submission_is_out_of_reach(clerk: Clerk, odd: Verdict) -> None:
    judged(clerk.desk, NEIGHBOUR, ODD)
    key = questions(clerk)[0]
    there = clerk.home(NEIGHBOUR)
    assert clerk.post(f"{there}so-dung/1", data={f"ghi-{key}": "Đúng", "person": PERSON}).status_code == 404
    assert entry_of(clerk, NEIGHBOUR).confirmations == ()
    foreign = clerk.post(
        f"{clerk.home()}so-dung/1", data={f"ghi-{key}": "Đúng", "person": PERSON}, headers={"origin": "http://evil"}
    )
    assert foreign.status_code == 403
    assert entry_of(clerk).confirmations == ()


def test_the_same_words_sent_twice_are_one_record(clerk: Clerk, odd: Verdict) -> None:
    key = questions(clerk)[0]
    assert send(clerk, **{f"ghi__{key}": "Đúng thế", "person": PERSON}) == 303
    assert send(clerk, **{f"ghi__{key}": "Đúng thế", "person": PERSON}) == 409  # nothing is asked there any more
    assert len(entry_of(clerk).confirmations) == 1
    assert clerk.get(clerk.home() + "so-dung/7").status_code == 409
