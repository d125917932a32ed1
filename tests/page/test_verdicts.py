"""What the page says of files: before they are handed in, after, and the same as intake says."""

from __future__ import annotations

import re

import pytest

from conftest import Desk
from intake.turns import IN_TIME, drop, judged, take, turn
from reading import corpus
from record.builders import exempt
from soket.page.bench import Bench
from soket.page.desk import Desks
from soket.page.door import Visit
from soket.page.staging import Staging
from soket.page.trial import UntriedError, try_out
from soket.record.keeping import read_register
from soket.record.records import Ruling

from .conftest import UNIT, Clerk

GOOD = {corpus.REPORT: corpus.report(), corpus.TABLE: corpus.table()}


def text_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_before_it_is_handed_in_a_set_is_tried_out_and_nothing_is_kept(clerk: Clerk) -> None:
    clerk.come_in()
    for name, data in GOOD.items():
        clerk.put_in(name, data)
    before = dict(clerk.desk.store.objects)
    told = text_of(clerk.get(clerk.home() + "thu").text)
    assert "đọc được, đủ hồ sơ" in told
    assert clerk.desk.store.objects == before


def test_what_is_missing_is_said_before(clerk: Clerk) -> None:
    clerk.come_in()
    clerk.put_in(corpus.REPORT, GOOD[corpus.REPORT])
    told = text_of(clerk.get(clerk.home() + "thu").text)
    assert "điểm phải sửa" in told
    assert "Cả bộ hồ sơ" in told


def test_a_correction_is_tried_beside_what_is_kept_from_before(clerk: Clerk) -> None:
    drop(clerk.desk, UNIT, GOOD)
    turn(clerk.desk())
    clerk.come_in()
    clerk.put_in(corpus.TABLE, corpus.table(title="Biểu đã sửa"))
    assert "điểm phải sửa" not in text_of(clerk.get(clerk.home() + "thu").text)


def test_it_is_tried_once(clerk: Clerk, monkeypatch: pytest.MonkeyPatch) -> None:
    tried = []
    monkeypatch.setattr("soket.page.desk.try_out", lambda *given: (tried.append(given), try_out(*given))[1])
    clerk.come_in()
    clerk.put_in(corpus.REPORT, GOOD[corpus.REPORT])
    first = clerk.get(clerk.home() + "thu").text
    assert clerk.get(clerk.home() + "thu").text == first
    assert len(tried) == 1


def test_where_our_own_code_fails_nothing_is_held_against_the_unit(
    clerk: Clerk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("soket.intake.judge.examine", broken)
    clerk.come_in()
    clerk.put_in(corpus.REPORT, GOOD[corpus.REPORT])
    told = text_of(clerk.get(clerk.home() + "thu").text)
    assert "Vẫn nộp được" in told
    assert "lỗi" not in told
    assert "could not be tried out" in caplog.text


def test_where_the_store_fails_too_a_trial_is_told_to_have_failed(
    office: Desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def gone(*_: object) -> None:
        raise ConnectionError

    def failing(*_: object) -> None:
        monkeypatch.setattr(Staging, "files", gone)
        raise ConnectionError

    data = GOOD[corpus.REPORT]
    staging = Staging(office(), UNIT)
    staging.add(staging.begin(corpus.REPORT, len(data), 0).id, 0, data)
    register = read_register(office())
    visit = Visit(office(), register, office.plan.unit(UNIT))
    monkeypatch.setattr("soket.page.desk.try_out", failing)
    desks = Desks()
    try:
        assert desks.trial(visit).failed
    finally:
        desks.close()
    assert "could not be tried out" in caplog.text


def test_files_that_are_handed_in_while_they_are_tried_out_are_no_fault_of_ours(
    clerk: Clerk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def late(*_: object) -> None:
        Staging(clerk.desk(), UNIT).hand_in()
        raise UntriedError("nothing was received")

    monkeypatch.setattr("soket.page.desk.try_out", late)
    clerk.come_in()
    clerk.put_in(corpus.REPORT, GOOD[corpus.REPORT])
    clerk.get(clerk.home() + "thu")
    assert Staging(clerk.desk(), UNIT).files() == []
    assert "could not be tried out" not in caplog.text


@pytest.mark.parametrize("files", [GOOD, {corpus.REPORT: b"not a Word file"}, {corpus.TABLE: GOOD[corpus.TABLE]}])
def test_the_trial_says_what_intake_says(office: Desk, files: dict[str, bytes]) -> None:
    _, tried = try_out(office(IN_TIME), read_register(office(), keep=False), UNIT, files, Bench())
    real = judged(office, UNIT, files)
    assert (tried.ruling, tried.kind, tried.faults) == (real.ruling, real.kind, real.faults)


def test_neighbours_that_wait_are_left_alone(office: Desk) -> None:
    drop(office, "huyen_2", GOOD)
    before = dict(office.store.objects)
    _, verdict = try_out(office(), read_register(office(), keep=False), UNIT, GOOD, Bench())
    assert verdict.unit == UNIT
    assert office.store.objects == before


def test_the_page_follows_a_set_from_hand_in_to_verdict(clerk: Clerk) -> None:
    clerk.come_in()
    page = text_of(clerk.get(clerk.home()).text)
    assert "Chưa nộp" in page
    marks = [clerk.get(clerk.home() + "dau").json()["mark"]]

    for name, data in GOOD.items():
        clerk.put_in(name, data)
    marks.append(clerk.get(clerk.home() + "dau").json()["mark"])
    clerk.hand_in()
    assert "Đang kiểm tra" in text_of(clerk.get(clerk.home()).text)
    marks.append(clerk.get(clerk.home() + "dau").json()["mark"])

    take(clerk.desk())
    assert "Đang kiểm tra" in text_of(clerk.get(clerk.home()).text)
    turn(clerk.desk())
    page = text_of(clerk.get(clerk.home()).text)
    assert "Đã tiếp nhận báo cáo" in page
    assert "Không phải làm gì thêm" in page
    marks.append(clerk.get(clerk.home() + "dau").json()["mark"])
    assert len(set(marks)) == len(marks)
    assert 'data-waits="no"' in clerk.get(clerk.home()).text


def test_who_has_just_handed_in_is_not_told_that_nothing_was(office: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("soket.board.access.REGISTER_SECONDS", 3600.0)
    clerk = Clerk(office).come_in()
    assert "Chưa nộp" in text_of(clerk.get(clerk.home()).text)
    for name, data in GOOD.items():
        clerk.put_in(name, data)
    answer = clerk.post(clerk.home() + "nop", data={"no_secret": "yes"})
    for address in (answer.headers["location"], clerk.home()):  # what the script asks for next too
        page = text_of(clerk.get(address).text)
        assert "Đang kiểm tra hồ sơ vừa nộp" in page
        assert "Chưa nộp" not in page


def test_a_returned_set_is_told_with_its_slip_and_what_to_send_again(clerk: Clerk) -> None:
    verdict = judged(clerk.desk, UNIT, {corpus.REPORT: GOOD[corpus.REPORT]})
    assert verdict.ruling is Ruling.RETURNED
    clerk.come_in()
    page = clerk.get(clerk.home()).text
    told = text_of(page)
    assert "Hồ sơ bị trả lại" in told
    assert "Cần làm: chỉ cần gửi thêm phần còn thiếu" in told
    slip = re.search(r'href="([^"]+slip\.docx)"', page)
    assert slip is not None
    assert clerk.get(slip[1]).content.startswith(b"PK")


def test_what_sending_is_for_goes_by_what_is_still_owed(clerk: Clerk) -> None:
    def told() -> str:
        return text_of(clerk.get(clerk.home()).text)

    clerk.come_in()
    assert " Cần gửi: " in told()
    judged(clerk.desk, UNIT, {corpus.REPORT: GOOD[corpus.REPORT]})
    assert " Cần gửi: " in told()
    judged(clerk.desk, UNIT, GOOD)
    assert " Nộp lại, nếu cần sửa: " in told()
    assert " Cần gửi: " not in told()


def test_who_is_exempt_is_asked_for_nothing(clerk: Clerk) -> None:
    judged(clerk.desk, UNIT, {corpus.REPORT: GOOD[corpus.REPORT]})
    exempt(clerk.desk(), UNIT)
    told = text_of(clerk.come_in().get(clerk.home()).text)
    assert "Đơn vị được miễn báo cáo" in told
    assert " Nộp để lưu: " in told
    assert [each in told for each in ("Cần làm", " Cần gửi: ", "chỉ cần gửi thêm")] == [False] * 3


def test_a_submission_that_another_took_the_place_of_asks_for_nothing_more(clerk: Clerk) -> None:
    judged(clerk.desk, UNIT, {corpus.REPORT: GOOD[corpus.REPORT]})
    assert judged(clerk.desk, UNIT, GOOD).ruling.counts
    clerk.come_in()
    told = text_of(clerk.get(clerk.home()).text)
    assert "Đã thay bằng lần nộp 2: các điểm dưới đây không phải sửa nữa." in told
    assert "Cần làm" not in told


def test_no_points_are_spoken_of_where_a_submission_that_was_replaced_has_none(clerk: Clerk) -> None:
    judged(clerk.desk, UNIT, GOOD)
    assert judged(clerk.desk, UNIT, GOOD | {corpus.TABLE: corpus.table(CT04=(2, 3, 4))}).ruling.counts
    told = text_of(clerk.come_in().get(clerk.home()).text)
    assert "Đã thay bằng lần nộp 2." in told


def test_nothing_is_to_be_mended_any_more_once_the_campaign_is_over(clerk: Clerk) -> None:
    judged(clerk.desk, UNIT, GOOD | {corpus.TABLE: corpus.table(CT01=(1000, 1200, "nhiều"))})
    offers = ("Sửa các điểm nêu dưới đây", "sửa ngay trong tệp", "Cần làm")
    assert [each in clerk.come_in().get(clerk.home()).text for each in offers] == [True] * 3
    clerk.desk(clerk.desk.campaign.end)
    page = Clerk(clerk.desk).come_in().get(clerk.home()).text
    assert "ghi chú ở đúng chỗ." in page
    assert "advice" not in page
    assert [each in page for each in offers] == [False] * 3


def test_the_receipt_names_each_file_and_its_hash(clerk: Clerk) -> None:
    judged(clerk.desk, UNIT, GOOD)
    clerk.come_in()
    receipt = clerk.get(clerk.home() + "bien-nhan/1").text
    entry = read_register(clerk.desk()).units[UNIT]
    for file in entry.receipts[0].files:
        assert file.original_name in receipt
        assert file.sha256 in receipt
    assert clerk.get(clerk.home() + "bien-nhan/2").status_code == 409


def test_only_the_units_own_files_are_given_out(clerk: Clerk) -> None:
    judged(clerk.desk, UNIT, GOOD)
    theirs = judged(clerk.desk, "huyen_2", GOOD)
    entry = read_register(clerk.desk()).units
    clerk.come_in()
    for file in entry[UNIT].receipts[0].files:
        answer = clerk.get(f"{clerk.home()}tai/{file.key}")
        assert answer.content == GOOD[file.original_name]
        assert answer.headers["content-disposition"].startswith("attachment")
    for key in (entry["huyen_2"].receipts[0].files[0].key, theirs.parsed_key, "mail/seal", "../mail/seal"):
        assert clerk.get(f"{clerk.home()}tai/{key}").status_code in (404, 409)


def test_who_never_sent_is_told_that_nobody_waits_any_more(office: Desk) -> None:
    office(office.campaign.end)
    clerk = Clerk(office).come_in()
    told = text_of(clerk.get(clerk.home()).text)
    assert "Đợt báo cáo đã thôi chờ hồ sơ từ hết ngày" in told
    assert "ghi là nộp muộn" not in told


def test_who_is_accepted_is_not_told_of_days_overdue(office: Desk) -> None:
    judged(office, UNIT, GOOD)
    office("2021-11-25 09:00")
    clerk = Clerk(office).come_in()
    told = text_of(clerk.get(clerk.home()).text)
    assert "Đã tiếp nhận báo cáo, đúng hạn" in told or "Đã tiếp nhận báo cáo sơ kết, đúng hạn" in told
    assert "uá hạn" not in told


def test_nobody_is_asked_to_mend_while_what_was_handed_in_anew_is_looked_at(clerk: Clerk) -> None:
    judged(clerk.desk, UNIT, GOOD | {corpus.TABLE: corpus.table(CT01=(1000, 1200, "nhiều"))})
    clerk.come_in()
    asks = "Cần làm: chỉ cần gửi lại"
    assert asks in text_of(clerk.get(clerk.home()).text)
    drop(clerk.desk, UNIT, {corpus.TABLE: corpus.table()}, "2021-11-01 11:00")
    waits = text_of(clerk.get(clerk.home()).text)
    assert asks not in waits
    assert f"Có thể đóng trang. {corpus.TABLE} " in waits  # what is looked at
    turn(clerk.desk())
    accepted = text_of(clerk.get(clerk.home()).text)
    assert "Không phải làm gì thêm" in accepted
    assert asks not in accepted


def test_what_is_said_of_the_date_is_renewed_with_the_rest(clerk: Clerk) -> None:
    page = clerk.come_in().get(clerk.home()).text
    assert page.index('id="live"') < page.index('class="deadline') < page.index('class="card state')
