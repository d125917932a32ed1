"""Threads: what is internal is in none that a unit sees, and whoever waits for an answer is known."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import Desk
from record.builders import ask_for_time, first, say_to, submit
from soket.notices.compose import message_notices
from soket.notices.ledger import Intent
from soket.notices.render import write
from soket.record.decisions import RequestRefusal
from soket.record.filing import file_decision, file_from_unit
from soket.record.keeping import read_register
from soket.record.messages import LONGEST, MOST_A_DAY, clean, message_of, too_many
from soket.record.register import Register
from soket.record.tally import register_then
from soket.record.threads import asked_of_unit, owed_answers, threads_of
from soket.record.turns import refusal_of_request, waiting_request

SECRET = "Đơn vị này năm nào cũng chậm"


def register_of(desk: Desk) -> Register:
    return read_register(desk(), keep=False)


def say(desk: Desk, text: str, *, asks: bool = True, **more: object) -> None:
    unit = first(desk.plan)
    file_from_unit(desk(), message_of(unit, text, at=desk().now, source="page", asks=asks, **more))  # type: ignore[arg-type]


def test_a_question_is_owed_until_it_is_answered_openly(workspace: Desk) -> None:
    unit, plan = first(workspace.plan), workspace.plan
    submit(workspace("2021-11-02 09:00"), unit)
    say(workspace, "Biểu 01 tính cả xã mới sáp nhập không?", number=1)
    workspace("2021-11-02 10:00")
    say(workspace, "Nhờ trả lời sớm?", number=1)
    (owed,) = owed_answers(plan, register_of(workspace))
    assert (owed.unit, owed.number, owed.line.at.hour) == (unit, 1, 9)
    workspace("2021-11-02 11:00")
    say_to(workspace(), unit, "internal", SECRET, "1", number=1)
    say_to(workspace(), unit, "tells", "Việc khác", "2")  # of another thread
    assert owed_answers(plan, register_of(workspace))
    say_to(workspace(), unit, "tells", "Tính cả", "3", number=1)
    assert owed_answers(plan, register_of(workspace)) == []
    before = register_then(workspace(), register_of(workspace), workspace().now - timedelta(minutes=30))
    assert owed_answers(plan, before)


def test_what_the_office_asks_is_open_until_the_unit_says_something(workspace: Desk) -> None:
    unit, plan = first(workspace.plan), workspace.plan
    workspace("2021-11-02 09:00")
    say_to(workspace(), unit, "asks", "Số I5 lấy ở đâu?", "1")
    assert [each.text for each in asked_of_unit(plan, register_of(workspace), unit)] == ["Số I5 lấy ở đâu?"]
    workspace("2021-11-02 10:00")
    say(workspace, "Theo niên giám", asks=False)
    assert asked_of_unit(plan, register_of(workspace), unit) == owed_answers(plan, register_of(workspace)) == []


def test_what_is_internal_reaches_no_page_and_no_mail_of_a_unit(workspace: Desk) -> None:
    unit = first(workspace.plan)
    workspace("2021-11-02 09:00")
    kinds = st.lists(st.sampled_from(["asks", "tells", "internal", "unit"]), max_size=6)

    @settings(max_examples=15, deadline=None)
    @given(kinds)
    def held(said: list[str]) -> None:
        desk = Desk(workspace.plan, workspace.campaign)
        desk("2021-11-02 09:00")
        for number, kind in enumerate(said):
            if kind == "unit":
                say(desk, f"lời {number}")
            else:
                say_to(desk(), unit, kind, SECRET if kind == "internal" else f"lời {number}", str(number))
        register = register_of(desk)
        assert SECRET not in str(threads_of(desk.plan, register, unit))
        lines = [line for thread in threads_of(desk.plan, register, unit, internal=True) for line in thread.lines]
        assert len(lines) == len(said)
        notices = message_notices(desk(), register)
        assert len(notices) == len(said) - said.count("internal")
        assert len({each.id for each in notices}) == len(notices)
        for each in notices:
            told = write(desk(), Intent(notice=each, posted_at=desk().now))
            assert SECRET not in told.text + told.html + told.subject

    held()


def test_words_of_a_unit_are_bounded_and_hold_no_marks_that_deceive() -> None:
    assert clean("Số\u202e liệu\x00\r\n\r\n\r\n\r\nhai   dòng\u200b") == "Số liệu\n\nhai dòng"
    assert clean("\ud800 nửa chữ") == "nửa chữ"


def test_the_same_words_are_one_message_and_too_many_are_known(workspace: Desk) -> None:
    workspace("2021-11-02 09:00")
    for number in range(MOST_A_DAY):
        say(workspace, f"lời {number}")
        say(workspace, f"lời {number}")
    say_long = message_of("x", "a" * 5000, at=workspace().now, source="y", asks=False)
    assert len(say_long.text) == LONGEST
    messages = register_of(workspace).messages
    assert len(messages) == MOST_A_DAY
    assert too_many(messages, first(workspace.plan), workspace().now)
    assert not too_many(messages, first(workspace.plan), workspace().now + timedelta(days=1))
    assert not too_many(messages, "another", workspace().now)


def test_a_request_is_over_when_it_is_refused_until_the_unit_asks_again(workspace: Desk) -> None:
    unit = first(workspace.plan)
    ask_for_time(workspace("2021-11-02 09:00"), unit)
    assert waiting_request(workspace(), register_of(workspace), unit)
    at = workspace("2021-11-02 10:00").now
    refusal = RequestRefusal(
        id="request_refusal-1", unit=unit, decided_at=at, account="x", granted_by="Đ/c A", reason="Đã lùi hạn một lần"
    )
    file_decision(workspace(), refusal)
    register = register_of(workspace)
    assert waiting_request(workspace(), register, unit) is None
    assert refusal_of_request(register, unit) == refusal
    (notice,) = message_notices(workspace(), register)
    assert (notice.addressee, notice.variant) == (unit, "refused")
    told = write(workspace(), Intent(notice=notice, posted_at=at))
    assert "12/11/2021" in told.text
    assert "Đã lùi hạn một lần" in told.html
