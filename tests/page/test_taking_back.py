"""A clerk takes back the last hand-in on the unit's page, and is told what is on record of it."""

from __future__ import annotations

from datetime import timedelta

from intake.turns import PlainValidator, drop, take
from reading import corpus
from soket.intake.judge import judge
from soket.intake.withdrawing import withdraw
from soket.record.keeping import read_register
from soket.record.register import Standing

from .conftest import NEIGHBOUR, UNIT, Clerk
from .test_verdicts import text_of

REPORT = {corpus.REPORT: corpus.report()}


def page(clerk: Clerk) -> str:
    return text_of(clerk.get(clerk.home()).text)


def asks_back(clerk: Clerk, person: str = "Lê Thị B, văn thư") -> str:
    answer = clerk.post(clerk.home() + "rut-lai", data={"person": person})
    return "" if answer.status_code == 303 else text_of(answer.text)


def intake_looks(clerk: Clerk) -> None:
    desk = clerk.desk
    desk(desk.now + timedelta(minutes=1))
    take(desk())
    judge(desk(), withdraw(desk(), read_register(desk())), validator=PlainValidator())


def test_it_is_offered_as_long_as_nothing_is_judged(clerk: Clerk) -> None:
    clerk.come_in()
    assert "Rút lại" not in page(clerk)
    drop(clerk.desk, UNIT, REPORT, clerk.desk.now)
    assert "Rút lại hồ sơ vừa nộp" in page(clerk)
    take(clerk.desk())
    assert "Rút lại lần nộp 1" in page(clerk)
    form = text_of(clerk.get(clerk.home() + "rut-lai").text)
    assert "Rút lại lần nộp 1" in form
    assert corpus.REPORT in form
    intake_looks(clerk)
    assert "Rút lại lần nộp" not in page(clerk)


def test_it_is_told_before_and_after_it_is_ruled(clerk: Clerk) -> None:
    clerk.come_in()
    drop(clerk.desk, UNIT, REPORT, clerk.desk.now)
    marks = {clerk.get(clerk.home() + "dau").json()["mark"]}
    assert asks_back(clerk) == ""
    assert "Đang rút lại hồ sơ" in page(clerk)
    assert "Rút lại hồ sơ vừa nộp" not in page(clerk)
    marks.add(clerk.get(clerk.home() + "dau").json()["mark"])
    intake_looks(clerk)
    marks.add(clerk.get(clerk.home() + "dau").json()["mark"])
    assert len(marks) == 3
    told = page(clerk)
    assert "Chưa nộp Lần nộp 1 đã rút lại lúc 09 giờ 01, ngày 01/11/2021." in told
    assert "Lần nộp 1: Đã rút lại lúc 09 giờ 01" in told
    assert "Người rút lại: Lê Thị B, văn thư" in told
    assert "Đơn vị đã rút lại lần nộp này" in text_of(clerk.get(clerk.home() + "bien-nhan/1").text)
    assert read_register(clerk.desk()).units[UNIT].standing is Standing.NOT_SENT


def test_pressed_twice_it_is_one_word(clerk: Clerk) -> None:
    clerk.come_in()
    drop(clerk.desk, UNIT, REPORT, clerk.desk.now)
    assert asks_back(clerk) == ""
    assert "Không có lần nộp nào" in asks_back(clerk)
    assert len(read_register(clerk.desk()).units[UNIT].take_backs) == 1


def test_what_is_judged_stays_and_the_clerk_reads_what_to_do_instead(clerk: Clerk) -> None:
    clerk.come_in()
    drop(clerk.desk, UNIT, REPORT, clerk.desk.now)
    intake_looks(clerk)
    refused = asks_back(clerk)
    assert "Lần nộp 1 đã kiểm tra xong lúc 09 giờ 01" in refused
    assert "nộp bản mới" in refused
    assert read_register(clerk.desk()).units[UNIT].take_backs == ()


def test_a_word_that_came_too_late_is_told_beside_the_verdict(clerk: Clerk) -> None:
    clerk.come_in()
    desk = clerk.desk
    drop(desk, UNIT, REPORT, desk.now)
    take(desk())
    known = read_register(desk())
    verdict_key = desk().keys.report(UNIT, 1, "verdict.json")
    judge(desk(), known, validator=PlainValidator())
    verdict = desk.store.objects.pop(verdict_key)  # not there yet when the clerk asks
    assert asks_back(clerk) == ""
    desk.store.objects[verdict_key] = verdict
    intake_looks(clerk)
    told = page(clerk)
    assert "không kịp: hồ sơ đã kiểm tra xong, kết luận giữ nguyên" in told
    assert "đã rút lại" not in told


def test_nobody_takes_back_without_a_name_or_for_another_unit(clerk: Clerk) -> None:
    clerk.come_in()
    drop(clerk.desk, UNIT, REPORT, clerk.desk.now)
    assert "Chưa ghi người rút lại" in asks_back(clerk, person=" ")
    drop(clerk.desk, NEIGHBOUR, REPORT, clerk.desk.now)
    answer = clerk.post(clerk.home(NEIGHBOUR) + "rut-lai", data={"person": "Ai đó"})
    assert answer.status_code == 404
    assert all(entry.take_backs == () for entry in read_register(clerk.desk()).units.values())


def test_files_that_follow_what_is_taken_back_are_taken_back_by_themselves(clerk: Clerk) -> None:
    clerk.come_in()
    drop(clerk.desk, UNIT, REPORT, clerk.desk.now)
    asks_back(clerk)
    drop(clerk.desk, UNIT, {corpus.TABLE: corpus.table()}, clerk.desk.now + timedelta(minutes=1))
    assert "Đang kiểm tra hồ sơ vừa nộp" in page(clerk)
    assert asks_back(clerk) == ""
    intake_looks(clerk)
    assert [each.number for each in read_register(clerk.desk()).units[UNIT].withdrawals] == [1]
