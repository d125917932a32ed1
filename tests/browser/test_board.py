"""Every page of the board in a browser: nothing that keeps anybody from reading it, on a desk and on a telephone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pypdfium2
import pytest
from fastapi import FastAPI
from playwright.sync_api import Page, Response, Route

from board.airflow import FakeAirflow
from record import story
from record.story import Story
from soket.board.app import create_app
from soket.notices.ledger import states
from soket.record.workspace import Workspace

from .conftest import DESK_TOP, PHONE, breaches
from .serving import serving

pytestmark = pytest.mark.browser

LEAD, UNIT, STAGE = "tuyen_giao", "h_can_loc", "conference"
PLAN, CAMPAIGN = "/{plan}", "/{plan}/{campaign}"
NO_PAGES = {  # what the board answers with besides: files, data, other addresses, mails as they were sent
    *(
        "/-/style.css",
        "/-/board.js",
        "/-/dag/{dag_id}",
        PLAN,
        f"{CAMPAIGN}/register.json",
        f"{CAMPAIGN}/units.xlsx",
        f"{CAMPAIGN}/now",
        f"{CAMPAIGN}/files/{{key:path}}",
    ),
    *(f"{CAMPAIGN}/notices/{{notice}}/{what}" for what in ("page", "message.eml", "files/{number}")),
    f"{CAMPAIGN}/checks/{{name}}",  # made by Great Expectations
}
MOST_BYTES, MOST_REQUESTS = 300_000, 12
RUN_OFF = """[...document.querySelectorAll("table.stacked")]
  .filter((each) => each.scrollWidth > each.parentElement.clientWidth + 1 || each.querySelector("td:not([data-label])"))
  .map((each) => `${each.parentElement.getAttribute("aria-label")}: runs off, or a cell has no name`)"""


@dataclass
class Board:
    """The board on a port, and the played campaign of 60 units behind it."""

    workspace: Workspace
    app: FastAPI
    address: str

    def at(self, route: str) -> str:
        """The address of a route's page of this campaign."""
        named = {
            "plan": self.workspace.plan.id,
            "campaign": self.workspace.campaign.code,
            "unit": UNIT,
            "stage": STAGE,
            "act": "extension",
            "run": f"board__{'0' * 24}",
            "since": "20211125T090000",
            "notice": next(iter(states(self.workspace))),
            "number": 1,
        }
        about = f"?unit={UNIT}" if "{act}" in route else ""
        return f"{self.address}/soket{route.format_map(named)}{about}"


@pytest.fixture(scope="module")
def board(after: Story) -> Iterator[Board]:
    workspace = after(story.called)("2021-11-25 09:00")
    apps: list[FastAPI] = []

    def make(authenticate: Callable[..., object]) -> FastAPI:
        apps.append(create_app(lambda *_: workspace, lambda: ([workspace.plan], []), authenticate))  # type: ignore[arg-type]
        return apps[-1]

    airflow = FakeAirflow(make, workspace)
    airflow.reruns.append(
        {"dag_id": f"{workspace.plan.id}.{STAGE}", "from_date": "2021-11-01", "to_date": "2021-11-30"}
    )
    with serving(airflow.app) as address:
        yield Board(workspace, make(lambda: None), address)


@pytest.fixture
def official(board: Board, open_page: Callable[..., Page]) -> Callable[[int], Page]:
    def opened(width: int) -> Page:
        page = open_page(width)
        page.context.add_cookies([{"name": "_token", "value": LEAD, "url": board.address}])
        return page

    return opened


def once(asked: Route) -> None:
    """Give a page that waits without what has it come again: that would cut off who looks long, and the next page."""
    answer = asked.fetch()
    asked.fulfill(response=answer, headers={name: each for name, each in answer.headers.items() if name != "refresh"})


def routes(board: Board) -> list[str]:
    """Return the routes of all pages, as the app itself has them."""
    found = {route.path for route in board.app.routes if "GET" in getattr(route, "methods", ())}
    return sorted(found - NO_PAGES)


@pytest.mark.timeout(900)
@pytest.mark.parametrize("width", [DESK_TOP, PHONE])
def test_nothing_keeps_anybody_from_reading_a_page(board: Board, official: Callable[[int], Page], width: int) -> None:
    page, found = official(width), {}
    page.route("**/sent/**", once)
    for route in routes(board):
        answer = page.goto(board.at(route))
        assert answer is not None
        assert answer.status == 200, route
        wide = page.evaluate("document.documentElement.scrollWidth")
        off = page.evaluate(RUN_OFF)
        if wrong := breaches(page) + off + ([f"{wide} px wide"] if wide > width else []):
            found[route] = wrong
    assert found == {}


@pytest.mark.parametrize("look", [{"forced_colors": "active"}, {"contrast": "more"}, {"color_scheme": "dark"}])
def test_whoever_asks_for_contrast_can_read_it(
    board: Board, open_page: Callable[..., Page], look: dict[str, str]
) -> None:
    page = open_page(DESK_TOP, **look)
    page.context.add_cookies([{"name": "_token", "value": LEAD, "url": board.address}])
    for route in (CAMPAIGN, f"{CAMPAIGN}/rules", f"{CAMPAIGN}/units/{{unit}}"):
        page.goto(board.at(route))
        assert breaches(page) == []
    badge = page.locator(".badge").first
    bordered = badge.evaluate("each => getComputedStyle(each).borderTopStyle")
    assert bordered == ("none" if "color_scheme" in look else "solid")


def test_it_prints_on_the_breadth_of_a_sheet_with_its_pages_counted(
    board: Board, official: Callable[[int], Page]
) -> None:
    page = official(DESK_TOP)
    page.goto(board.at(CAMPAIGN))
    with pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True)) as printed:
        pages = [each.get_textpage().get_text_bounded() for each in printed]
        width, height = printed[0].get_size()
    assert width > height
    assert board.workspace.campaign.title in pages[0]
    assert board.workspace.plan.short_title in pages[0]
    assert "25/11/2021" in pages[0]
    assert len(pages) > 1
    assert [board.workspace.campaign.title in text for text in pages] == [True] * len(pages)
    assert [f"Trang {number}/{len(pages)}" in text for number, text in enumerate(pages, 1)] == [True] * len(pages)
    assert "tạm dừng" not in "".join(pages)
    assert "Lọc" not in "".join(pages)


def test_the_board_is_light(board: Board, official: Callable[[int], Page]) -> None:
    page = official(DESK_TOP)
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(board.at(CAMPAIGN), wait_until="networkidle")
    assert len(answers) <= MOST_REQUESTS
    assert sum(len(answer.body()) for answer in answers) <= MOST_BYTES


def test_an_act_is_entered_from_the_table_with_the_keyboard_of_a_browser(
    board: Board, official: Callable[[int], Page]
) -> None:
    page = official(PHONE)
    page.goto(board.at(CAMPAIGN))
    boxes = page.get_by_role("checkbox")
    boxes.nth(0).check()
    boxes.nth(1).check()
    page.get_by_role("button", name="Ghi việc cho các đơn vị đã chọn").click()
    page.get_by_role("link", name="Tạm ngừng thư nhắc").click()
    page.get_by_label("Ngày cuối tạm ngừng thư").fill("2021-11-26")
    page.get_by_label("Lý do").fill("Đã làm việc trực tiếp")
    page.get_by_label("Người cho phép").fill("Đ/c Trưởng ban")
    page.get_by_role("button", name="Xem trước").click()
    page.get_by_role("heading", name="Điều sẽ đổi").wait_for()
    assert breaches(page) == []
    page.get_by_role("button", name="Ghi quyết định").click()
    page.get_by_text("Đã ghi").first.wait_for()
    assert page.get_by_text("Đã ghi").count() == 2
    assert breaches(page) == []
