"""What changed from one hand-in to the next, on the unit's page and on the board's."""

from __future__ import annotations

import re

import pytest

from board.browser import Browser
from board.conftest import an_official
from conftest import Desk
from intake.reports import LEADERSHIP, RESULTS, report
from intake.turns import judged
from reading import corpus
from soket.board.app import create_app as create_board
from soket.narrative.versions import latest_changes
from soket.record.keeping import read_register

from .conftest import NEIGHBOUR, UNIT, Clerk

FIRST = {corpus.REPORT: report(), corpus.TABLE: corpus.table()}
ADDED = "Huyện mở thêm hai điểm đến ở ven hồ Kẻ Gỗ."
SECOND = {
    corpus.REPORT: report({1: f"{RESULTS} {ADDED}"}),
    corpus.TABLE: corpus.table(CT04=(2, 3, 4), CT02=(12.5, 14.25, 9.125)),
}


def text_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def handed_in_twice(desk: Desk) -> None:
    judged(desk, UNIT, FIRST)
    judged(desk, UNIT, SECOND, "2021-11-02 09:00")


def test_figures_and_text_are_told_old_and_new(office: Desk) -> None:
    handed_in_twice(office)
    found = latest_changes(office(), read_register(office()).units[UNIT])
    assert list(found) == [2]
    changes = found[2]
    assert (changes.before, changes.after) == (1, 2)
    assert [(each.before, each.after, each.period) for each in changes.figures] == [
        ("9", "9,125", f"năm {corpus.YEARS[-1]}"),
        ("3", "4", f"năm {corpus.YEARS[-1]}"),
    ]
    assert all(each.cells.startswith("ô ") for each in changes.figures)
    (text,) = changes.texts
    assert text.title.startswith("II. ")
    assert text.gone == ()
    assert text.come == (ADDED,)
    assert not changes.none


def test_both_pages_show_it_and_a_neighbours_shows_nothing(office: Desk) -> None:
    handed_in_twice(office)
    clerk = Clerk(office).come_in().come_in(NEIGHBOUR)
    board = Browser(create_board(lambda plan, campaign: office(), lambda: ([office.plan], []), an_official))
    shown = board.get(f"/{office.plan.id}/{office.campaign.code}/units/{UNIT}").text
    for page in (clerk.get(clerk.home()).text, shown):
        told = text_of(page)
        assert "Khác lần 1: 2 số, lời văn 1 mục" in told
        assert f"năm {corpus.YEARS[-1]}: 3 → 4" in told
        assert ADDED in told
        assert LEADERSHIP not in told
    assert "Khác lần" not in clerk.get(clerk.home(NEIGHBOUR)).text


def test_the_first_has_nothing_to_be_held_against(clerk: Clerk) -> None:
    judged(clerk.desk, UNIT, FIRST)
    assert "Khác lần" not in clerk.come_in().get(clerk.home()).text


def test_the_same_again_says_so(office: Desk) -> None:
    judged(office, UNIT, FIRST)
    judged(office, UNIT, {corpus.REPORT: report() + b"\0", corpus.TABLE: corpus.table()}, "2021-11-02 09:00")
    clerk = Clerk(office).come_in()
    assert "Khác lần 1: nội dung như nhau" in text_of(clerk.get(clerk.home()).text)


def test_what_cannot_be_read_any_more_is_said_and_takes_no_page_down(office: Desk) -> None:
    handed_in_twice(office)
    workspace = office()
    workspace.store.put(str(read_register(workspace).units[UNIT].verdicts[0].parsed_key), b"{")
    clerk = Clerk(office).come_in()
    assert "Khác lần 1: không đối chiếu được" in text_of(clerk.get(clerk.home()).text)


def test_words_of_files_are_shown_and_not_run(office: Desk) -> None:
    judged(office, UNIT, FIRST)
    nasty = "<script>alert(1)</script> là tên điểm đến mới."
    judged(
        office,
        UNIT,
        {corpus.REPORT: report({1: f"{RESULTS} {nasty}"}), corpus.TABLE: corpus.table()},
        "2021-11-02 09:00",
    )
    page = Clerk(office).come_in()
    shown = page.get(page.home()).text
    assert "<script>alert" not in shown
    assert "&lt;script&gt;alert" in shown


def test_a_figure_that_could_not_be_read_is_not_said_to_be_blank(office: Desk) -> None:
    years = {"CT04": ("12.34", None, "chưa có số liệu")}
    judged(office, UNIT, {corpus.REPORT: report(), corpus.TABLE: corpus.table(**years)})
    judged(office, UNIT, {corpus.REPORT: report(), corpus.TABLE: corpus.table(CT04=(1, 2, 3))}, "2021-11-02 09:00")
    changes = latest_changes(office(), read_register(office()).units[UNIT])[2]
    assert [(each.before, each.after) for each in changes.figures] == [
        ("không đọc được", "1"),
        ("không có số", "2"),
        ("không có số", "3"),
    ]


@pytest.mark.parametrize(
    ("broken", "lacks"),
    [(corpus.REPORT, "lời văn theo đề cương"), (corpus.TABLE, "biểu số liệu")],
    ids=["report", "table"],
)
def test_of_a_file_that_could_not_be_read_nothing_is_said_to_be_new(office: Desk, broken: str, lacks: str) -> None:
    judged(office, UNIT, {**FIRST, broken: b"PK\x03\x04 torn"})
    judged(office, UNIT, FIRST, "2021-11-02 09:00")
    changes = latest_changes(office(), read_register(office()).units[UNIT])[2]
    assert (changes.figures, changes.texts, changes.none) == ((), (), False)
    clerk = Clerk(office).come_in()
    told = text_of(clerk.get(clerk.home()).text)
    assert f"Khác lần 1: không so được {lacks} " in told
    assert f"Lần 1 không có {lacks} đọc được nên không so được." in told
    assert "Thêm:" not in told
