"""Units counted: each has one kind of progress, and rates count only those who owe."""

from __future__ import annotations

import pytest

from soket.board.choosing import Filters
from soket.board.ribbon import StageState
from soket.board.standing import Group, bar_of
from soket.board.views import board_of
from soket.faults import Fault, fault
from soket.record.keeping import read_register
from soket.record.register import Register, Standing
from soket.record.tally import Progress, is_overdue, progress_of, tally
from soket.record.workspace import Workspace


@pytest.fixture
def register(workspace: Workspace) -> Register:
    return read_register(workspace)


@pytest.mark.parametrize(
    ("unit", "progress", "overdue"),
    [
        ("huyen_uy_01", Progress.ON_TIME, False),
        ("huyen_uy_05", Progress.LATE, False),
        ("so_nganh_01", Progress.NIL, False),
        ("dang_uy_04", Progress.PENDING, False),
        ("huyen_uy_07", Progress.RETURNED, True),
        ("huyen_uy_08", Progress.SILENT, True),
        ("huyen_uy_09", Progress.SILENT, False),  # extended
        ("so_nganh_18", Progress.EXEMPT, False),
        ("bao_chi_01", Progress.SILENT, False),  # owes a later stage
    ],
)
def test_progress(register: Register, unit: str, progress: Progress, overdue: bool) -> None:
    entry = register.units[unit]
    assert progress_of(entry) is progress
    assert is_overdue(entry, register.as_of) is overdue


def test_a_bar_holds_every_unit_once(register: Register) -> None:
    bar = bar_of(register.units.values())
    assert bar.total == len(register.units)
    end = 0
    for share in bar.shares:
        assert share.start == end
        end += share.count
    assert end == bar.total


def test_an_empty_group_has_an_empty_bar() -> None:
    assert bar_of([]).total == 0


def test_the_board_counts_only_those_who_owe_a_report(workspace: Workspace, register: Register) -> None:
    board = board_of(workspace, register, Filters())
    exempt, press = 2, 5
    assert board.tally == tally(register.reporting(workspace.plan), register.as_of)
    assert board.tally.owing == len(workspace.plan.units) - exempt - press
    assert board.tally.owing == board.overall.total == sum(block.tally.owing for block in board.blocks)
    assert board.tally.received == sum(block.tally.received for block in board.blocks)
    assert board.tally.overdue == board.tally.to_chase - 1  # the extended one has time
    assert (len(board.rows), len(board.press), len(board.exempt)) == (board.tally.owing, press, exempt)


def test_the_table_agrees_with_tiles_and_bars(workspace: Workspace, register: Register) -> None:
    whole = board_of(workspace, register, Filters())
    for share in whole.overall.shares:
        assert len(board_of(workspace, register, Filters(progress=share.progress)).rows) == share.count
    for group, count in whole.groups:
        assert len(board_of(workspace, register, Filters(progress=group)).rows) == count
    groups = dict(whole.groups)
    assert groups[Group.RECEIVED] == whole.tally.received
    assert groups[Group.MISSING] == whole.tally.missing
    assert groups[Group.TO_CHASE] == whole.tally.to_chase
    assert groups[Group.OVERDUE] == whole.tally.overdue > 0
    for block in whole.blocks:
        assert len(board_of(workspace, register, Filters(block=block.code)).rows) == block.tally.owing


def test_stages(workspace: Workspace, register: Register) -> None:
    states = [stage.state for stage in board_of(workspace, register, Filters()).stages]
    assert states == [
        StageState.WAITING,  # for the extended one
        StageState.RUNNING,
        StageState.UPCOMING,
        StageState.UPCOMING,
        StageState.RUNNING,
    ]


def test_odd_figures_that_nobody_confirmed_are_listed_and_can_be_filtered(
    workspace: Workspace, register: Register
) -> None:
    board = board_of(workspace, register, Filters(Group.UNCONFIRMED))
    told = {line.code for line in board.unconfirmed}
    assert told
    assert told == {row.code for row in board.rows}
    assert {register.units[code].standing for code in told} == {Standing.ACCEPTED_WITH_WARNINGS}
    assert {line.messages for line in board.unconfirmed} == {("Doanh thu năm 2021 gấp 6 lần năm 2020.",)}
    assert dict(board.groups)[Group.UNCONFIRMED] == len(told)


def test_a_signed_copy_that_says_otherwise_is_told_until_somebody_has_said_which_is_right(
    workspace: Workspace, register: Register
) -> None:
    unlike = fault("KS-21", "ban-ky.pdf", "mục II", signed="182", source="281", quote="đón 281 đoàn khách")
    entry = register.units["huyen_uy_01"]

    def told(unlike: Fault) -> list[tuple[str, tuple[str, ...]]]:
        verdicts = tuple(each.model_copy(update={"faults": (unlike,)}) for each in entry.verdicts)
        units = {**register.units, entry.unit: entry.model_copy(update={"verdicts": verdicts})}
        board = board_of(workspace, register.model_copy(update={"units": units}), Filters())
        return [(line.code, line.messages) for line in board.unlike_signed]

    assert told(unlike) == [(entry.unit, (unlike.message,))]
    assert told(unlike.model_copy(update={"confirmed": "confirmation-1"})) == []
