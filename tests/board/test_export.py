"""The table as a workbook: what the page lists, in its order; what units are called stays text."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO

import pytest
from openpyxl import load_workbook

from soket.board.choosing import Filters, Order
from soket.board.export import units_workbook
from soket.board.standing import Group
from soket.board.views import board_of
from soket.record.keeping import read_register
from soket.record.workspace import Workspace

from .browser import Browser

HOME = "/nq06_thu/2021"


def cells(data: bytes) -> list[tuple[object, ...]]:
    return list(load_workbook(BytesIO(data)).worksheets[0].iter_rows(values_only=True))


def press_of(data: bytes) -> list[tuple[object, ...]]:
    book = load_workbook(BytesIO(data))
    return list(book["Báo chí"].iter_rows(values_only=True)) if "Báo chí" in book.sheetnames else []


def test_it_has_what_the_page_lists_and_in_its_order(browser: Browser, workspace: Workspace) -> None:
    answer = browser.get(f"{HOME}/units.xlsx?progress=overdue&order=name")
    assert answer.status_code == 200
    assert "tien-do.xlsx" in answer.headers["content-disposition"]
    title, heads, *rows = cells(answer.content)
    filters = Filters(Group.OVERDUE, order=Order.NAME)
    shown = board_of(workspace, read_register(workspace), filters)
    assert [str(row[1]) for row in rows] == [row.name for row in shown.rows]
    assert [str(row[1]) for row in press_of(answer.content)[2:]] == [row.name for row in shown.press]
    assert [row[0] for row in rows] == list(range(1, len(rows) + 1))
    assert str(title[0]).startswith(
        f"{workspace.campaign.title}: {len(rows)} trong {shown.tally.owing} đơn vị phải báo cáo, "
        f"lọc theo {Group.OVERDUE.label}; tính đến "
    )
    assert heads[:4] == ("TT", "Đơn vị", "Khối", "Tình trạng")


@pytest.mark.parametrize("order", Order)
@pytest.mark.parametrize("query", ["", "progress=to_chase", "block=so_nganh"])
def test_whatever_the_page_is_sorted_by_it_is_too(browser: Browser, order: Order, query: str) -> None:
    data = browser.get(f"{HOME}/units.xlsx?{query}&order={order}").content
    rows = [*cells(data)[2:], *press_of(data)[2:]]
    page = browser.get(f"{HOME}?{query}&order={order}").text.partition('id="exempt"')[0]
    listed = re.findall(r'<th scope="row">.*?/units/\w+">([^<]*)</a>', page)
    assert [row[1] for row in rows] == listed
    assert len(listed) > 1


def test_a_table_of_some_says_which_and_has_no_sheet_for_none_of_the_press(
    browser: Browser, workspace: Workspace
) -> None:
    data = browser.get(f"{HOME}/units.xlsx?progress=missing&block=so_nganh&words=khong").content
    assert load_workbook(BytesIO(data)).sheetnames == ["Tiến độ"]
    ((title, *_), *_) = cells(data)
    block = workspace.plan.block("so_nganh").name
    assert f"đơn vị phải báo cáo, lọc theo {Group.MISSING.label}, {block}, “khong”; tính đến " in str(title)
    assert "lọc theo" not in str(cells(browser.get(f"{HOME}/units.xlsx").content)[0][0])
    ((strange, *_), *_) = cells(browser.get(f"{HOME}/units.xlsx?block=khong_co&words=a%00%01%0bb%ef%bf%bf%3Cc").content)
    assert "lọc theo khối không có trong kế hoạch, “a" in str(strange)


def test_the_press_is_counted_apart_as_on_the_page(browser: Browser, workspace: Workspace) -> None:
    data = browser.get(f"{HOME}/units.xlsx").content
    shown = board_of(workspace, read_register(workspace), Filters())
    for title, counted in (
        (cells(data)[0][0], f"{shown.tally.owing} đơn vị phải báo cáo"),
        (press_of(data)[0][0], f"{shown.press_tally.owing} cơ quan báo chí"),
    ):
        assert str(title).startswith(f"{workspace.campaign.title}: {counted}; tính đến ")
    assert len(cells(data)) == 2 + shown.tally.owing
    assert len(press_of(data)) == 2 + shown.press_tally.owing


def test_who_was_given_longer_is_told_with_the_document(browser: Browser) -> None:
    rows = {row[1]: row for row in cells(browser.get(f"{HOME}/units.xlsx").content)[1:]}
    longer = [str(row[5]) for row in rows.values() if row[4] == "10/11/2021"]
    assert [each.partition(";")[0] for each in longer] == ["gia hạn theo 215-CV/TU"]
    assert rows["Đơn vị"][5] == "Gia hạn, quá hạn, lời hẹn"


def test_each_printed_sheet_has_title_heads_and_number(browser: Browser) -> None:
    for sheet in load_workbook(BytesIO(browser.get(f"{HOME}/units.xlsx").content)).worksheets:
        assert sheet.print_title_rows == "$1:$2"
        assert sheet.page_setup.orientation == "landscape"
        assert (sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.page_setup.fitToHeight) == (True, 0)
        assert sheet.oddFooter.center.text == "Trang &P/&N"


def test_a_name_that_looks_like_a_formula_stays_text(workspace: Workspace) -> None:
    first, *others = workspace.plan.units
    named = first.model_copy(update={"name": '=HYPERLINK("http://x")'})
    there = replace(workspace, plan=workspace.plan.model_copy(update={"units": (named, *others)}))
    data = units_workbook(there, read_register(workspace), Filters(), {})
    sheet = load_workbook(BytesIO(data)).worksheets[0]
    cell = next(each for row in sheet.iter_rows() for each in row if each.value == named.name)
    assert cell.data_type != "f"


def test_the_page_leads_to_it_with_its_filters(browser: Browser) -> None:
    page = browser.get(f"{HOME}?block=so_nganh&words=cuc").text
    assert f'href="{HOME}/units.xlsx?block=so_nganh&amp;words=cuc"' in page
