"""One count for pages, mails and papers: of those who owe a report, each in one place."""

from __future__ import annotations

import inspect
from datetime import date, timedelta
from typing import Any

import pytest

from conftest import Desk
from record import story
from record.builders import drop, exempt, extend, judge, nil_return, owing, receive, submit
from record.story import Story
from record.verbs import unit_reports
from soket.board.choosing import Filters
from soket.board.curve import curves_of
from soket.board.standing import Group, bar_of
from soket.board.views import board_of
from soket.documents.standing import BlockRates, block_rates
from soket.notices.progress import blocks, counts
from soket.plan.model import Duty, Plan
from soket.record.keeping import read_register
from soket.record.records import Ruling
from soket.record.register import Register, derive
from soket.record.tally import (
    Progress,
    is_late,
    is_overdue,
    progress_of,
    register_then,
    say_basis,
    tally,
    units_left_out,
)


def test_a_report_that_counts_outweighs_a_correction_that_does_not(workspace: Desk, plan: Plan) -> None:
    unit = owing(plan)[0].code
    submit(workspace("2021-11-01 09:00"), unit)
    submit(workspace("2021-11-02 09:00"), unit, 2, Ruling.RETURNED)
    entry = read_register(workspace()).units[unit]
    assert progress_of(entry) is Progress.ON_TIME
    assert not is_overdue(entry, workspace("2021-11-04 23:59").now)
    assert is_overdue(entry, workspace("2021-11-05 00:00").now)  # the correction is owed
    submit(workspace("2021-11-05 09:00"), unit, 3)
    assert progress_of(read_register(workspace()).units[unit]) is Progress.LATE


@pytest.mark.parametrize(("at", "late"), [("2021-11-04 23:50", False), ("2021-11-05 09:00", True)])
def test_who_is_noted_after_the_date_to_have_nothing_to_report_did_not_say_so_in_time(
    workspace: Desk, plan: Plan, at: str, late: bool
) -> None:
    unit = owing(plan)[0]
    nil_return(workspace(at), unit.code)
    register = read_register(workspace("2021-11-05 10:00"))
    assert progress_of(register.units[unit.code]) is Progress.NIL
    rates = BlockRates.total(block_rates(plan, register))
    assert (rates.settled, rates.nil, rates.in_time) == (1, 1, 0)
    assert rates.timeliness == (0 if late else 1 / rates.owing)
    day = curves_of(workspace(), register)[0].days[-1]
    assert (day.received, day.in_time, day.late) == (1, int(not late), int(late))


def test_an_exempt_unit_is_nowhere_even_if_it_sent_a_report(workspace: Desk, plan: Plan) -> None:
    unit = owing(plan)[0].code
    submit(workspace("2021-11-01 09:00"), unit)
    exempt(workspace("2021-11-02 09:00"), unit)
    register = read_register(workspace())
    assert progress_of(register.units[unit]) is Progress.EXEMPT
    assert tally(register.reporting(plan), register.as_of).owing == len(owing(plan)) - 1
    assert register.basis() == {}


@pytest.mark.parametrize(("at", "late"), [("2021-11-04 23:50", False), ("2021-11-05 00:00", True)])
def test_how_long_we_judge_makes_no_unit_late(workspace: Desk, plan: Plan, at: str, late: bool) -> None:
    unit = owing(plan)[0].code
    drop(workspace(at), unit)
    entry = read_register(workspace("2021-11-05 08:00")).units[unit]
    assert progress_of(entry) is Progress.PENDING
    assert is_late(entry, workspace().now) is late
    receipt = receive(workspace(), unit)
    assert is_late(read_register(workspace()).units[unit], workspace().now) is late
    judge(workspace(), receipt)
    assert is_late(read_register(workspace()).units[unit], workspace().now) is late


def test_every_page_mail_and_paper_counts_alike(after: Story, plan: Plan) -> None:
    desk = after(story.opened)
    units = [unit.code for unit in owing(plan)]
    submit(desk("2021-11-02 09:00"), units[0])
    submit(desk(), units[0], 2, Ruling.RETURNED)
    submit(desk(), units[1])
    submit(desk(), units[2], ruling=Ruling.RETURNED)
    submit(desk(), units[3], ruling=Ruling.REFERRED)
    submit(desk(), units[4])
    exempt(desk(), units[4])
    nil_return(desk(), units[5])
    extend(desk(), units[6], date(2021, 11, 9))
    submit(desk(), next(unit.code for unit in plan.units if unit.owes is Duty.COVERAGE_PLAN))
    submit(desk("2021-11-05 09:00"), units[7])
    register = read_register(desk())

    counted = tally(register.reporting(plan), register.as_of)
    assert (counted.received, counted.owing) == (4, len(units) - 1)
    assert sum(counted.by.values()) == counted.owing

    board = board_of(desk(), register, Filters())
    assert board.tally == counted
    assert board.overall.total == sum(block.tally.owing for block in board.blocks) == counted.owing
    assert sum(block.tally.received for block in board.blocks) == counted.received
    assert len(board.rows) == counted.owing
    assert bar_of(register.reporting(plan)) == board.overall

    told = counts(register.reporting(plan), register.as_of)
    assert (told["sent"], told["owing"], told["late"]) == (counted.received, counted.owing, counted.late)
    assert sum(block["sent"] for block in blocks(desk(), register)) == counted.received

    rates = BlockRates.total(block_rates(plan, register))
    assert (rates.settled, rates.owing) == (counted.received, counted.owing)

    assert len(units_left_out(register.reporting(plan), register.basis())) == counted.missing
    note = unit_reports.close_stage(desk())
    assert note.startswith(f"Khép lại khi đã tiếp nhận {counted.received}/{counted.owing} báo cáo.")


def test_each_choice_of_the_filter_shows_as_many_as_it_says(after: Story, plan: Plan) -> None:
    desk = after(story.reported)
    submit(desk("2021-11-06 09:00"), owing(plan)[-1].code, ruling=Ruling.RETURNED)
    register = read_register(desk())
    board = board_of(desk(), register, Filters())
    assert dict(board.groups)[Group.OVERDUE] == board.tally.overdue == story.SILENT
    for choice, held in [*board.groups, *((share.progress, share.count) for share in board.overall.shares)]:
        assert len(board_of(desk(), register, Filters(choice)).rows) == held


def test_who_has_nothing_to_report_is_counted_and_told_apart(workspace: Desk, plan: Plan) -> None:
    sent, empty = (each.code for each in owing(plan)[:2])
    submit(workspace("2021-11-01 09:00"), sent)
    nil_return(workspace(), empty)
    register = read_register(workspace())
    owed = register.reporting(plan)
    assert say_basis(owed, register.basis()) == f"2/{len(owed)} đơn vị (gồm 01 đơn vị báo không phát sinh)"
    without = [entry for entry in owed if entry.unit != empty]
    assert say_basis(without, register.basis()) == f"1/{len(without)} đơn vị"


def test_what_lies_in_the_inbox_still_was_there_when_it_came(workspace: Desk, plan: Plan) -> None:
    unit, desk = owing(plan)[0].code, workspace("2021-11-02 09:00")
    desk.store.put(desk.keys.inbox_folder(unit) + "bao-cao.docx", b"x")
    register = read_register(desk)
    before, then = (register_then(desk, register, desk.now - timedelta(minutes=each)) for each in (1, 0))
    assert [progress_of(each.units[unit]) for each in (before, then)] == [Progress.SILENT, Progress.PENDING]


def test_a_look_back_is_made_of_every_kind_of_record(workspace: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[dict[str, Any]] = []

    def spied(*of: Any, **records: Any) -> Register:
        given.append(records)
        return derive(*of, **records)

    monkeypatch.setattr("soket.record.tally.derive", spied)
    register_then(workspace(), read_register(workspace()), workspace().now)
    of_now_alone = {"link_asks", "unreadable", "spoilt", "gone", "numbers"}
    kinds = {name for name, each in inspect.signature(derive).parameters.items() if each.kind is each.KEYWORD_ONLY}
    assert {*given[0]} == kinds - of_now_alone
