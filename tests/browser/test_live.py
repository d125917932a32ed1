"""The board's pages show by themselves what is new, and leave alone what somebody is at."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, Route, expect

from conftest import Desk
from record import story
from record.builders import drop, owing, submit
from record.story import Story
from soket.board.access import Campaigns, Viewer
from soket.board.app import create_app

from .conftest import DESK_TOP, PHONE, breaches
from .serving import serving

pytestmark = pytest.mark.browser

TURN = 11_000  # milliseconds, a little longer than between two looks


@dataclass
class Watched:
    """A board on a port, and the campaign behind it."""

    desk: Desk
    home: str


@pytest.fixture
def watched(after: Story, monkeypatch: pytest.MonkeyPatch) -> Iterator[Watched]:
    monkeypatch.setattr("soket.board.access.REGISTER_SECONDS", 0.0)
    monkeypatch.setattr("soket.board.access.PLANS_SECONDS", 0.0)
    monkeypatch.setattr("soket.board.access.WHILE_READING", 0.0)
    desk = after(story.opened)
    desk("2021-11-03 10:00")
    for unit in owing(desk.plan)[:3]:
        submit(desk(), unit.code)
    app = create_app(lambda *_: desk(), lambda: ([desk.plan], []), lambda: Viewer("vptu", lambda plan: True))
    app.state.campaigns = Campaigns(lambda *_: desk(), lambda: ([desk.plan], []), while_reading=0.0)
    with serving(app) as address:
        yield Watched(desk, f"{address}/{desk.plan.id}/{desk.campaign.code}")


def looked_at(page: Page, address: str) -> list[str]:
    """Open a page by whose clock a test says what time it is; return what it asks for from then on."""
    page.clock.install()
    page.goto(address, wait_until="networkidle")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    return asked


def answers_with(status: int) -> Callable[[Route], None]:
    return lambda route: route.fulfill(status=status)


@pytest.mark.parametrize("width", [DESK_TOP, PHONE])
def test_what_is_new_comes_by_itself_and_leaves_what_is_typed(
    watched: Watched, open_page: Callable[..., Page], width: int
) -> None:
    page, desk = open_page(width), watched.desk
    asked = looked_at(page, f"{watched.home}?progress=to_chase&order=name")
    rows, search = page.locator("section:has(#units) tbody tr"), page.get_by_role("searchbox")
    before = rows.count()
    page.get_by_role("checkbox").nth(5).check()
    chosen = page.get_by_role("checkbox").nth(5).get_attribute("value")
    search.press_sequentially("hu")
    page.get_by_text("Chi tiết kỹ thuật").first.evaluate("summary => summary.parentElement.open = true")
    desk("2021-11-03 10:05")
    with page.expect_response("**/now") as answer:
        page.clock.fast_forward(TURN)
    expect(page.locator("#as-of")).to_contain_text("10 giờ 05")
    assert len(answer.value.body()) <= 100
    assert {each.rpartition("/")[2] for each in asked} == {"now"}  # nothing new: nothing else is asked for
    first = next(unit for unit in owing(desk.plan)[3:] if unit.code != chosen)
    desk("2021-11-03 10:30")
    submit(desk(), first.code)
    page.clock.fast_forward(TURN)
    expect(rows).to_have_count(before - 1)
    expect(page.get_by_role("status").filter(has_text="vừa cập nhật")).to_have_text(
        "Bảng theo dõi vừa cập nhật: 2 thay đổi."
    )
    expect(page.locator("#as-of")).to_contain_text("10 giờ 30")
    expect(search).to_be_focused()
    expect(search).to_have_value("hu")
    expect(page.locator(f'input[value="{chosen}"]')).to_be_checked()
    assert page.locator("details[open]").count() == 1
    assert page.url.endswith("?progress=to_chase&order=name")
    assert breaches(page) == []


def test_it_is_paused_by_a_button_and_on_every_page(watched: Watched, open_page: Callable[..., Page]) -> None:
    page, desk = open_page(), watched.desk
    unit = owing(desk.plan)[5]
    asked = looked_at(page, f"{watched.home}/units/{unit.code}")
    page.get_by_role("button", name="tạm dừng").click()
    drop(desk("2021-11-03 10:40"), unit.code)
    page.clock.fast_forward(TURN)
    assert asked == []
    expect(page.get_by_text("Tệp mới đến, chưa kiểm tra")).to_have_count(0)
    page.get_by_role("button", name="bật lại").click()
    expect(page.get_by_text("Tệp mới đến, chưa kiểm tra")).to_have_count(1)


def test_what_cannot_be_asked_is_said_and_asked_again(watched: Watched, open_page: Callable[..., Page]) -> None:
    page = open_page()
    looked_at(page, watched.home)
    for status, words in ((401, "Phiên đăng nhập đã hết, tải lại trang"), (500, "Chưa cập nhật được, đang thử lại")):
        page.route("**/now", answers_with(status))
        page.clock.fast_forward(TURN)
        expect(page.get_by_role("button", name=words)).to_be_visible()
        page.unroute("**/now")
    page.route("**/now", lambda route: route.abort())
    page.clock.fast_forward(TURN)
    expect(page.get_by_role("button", name="Mất kết nối, đang thử lại")).to_be_visible()
    page.unroute("**/now")
    page.clock.fast_forward(TURN)
    expect(page.get_by_role("button", name="Tự cập nhật mỗi 10 giây, tạm dừng")).to_be_visible()


def test_a_stroke_leads_to_the_search(watched: Watched, open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.goto(watched.home)
    page.keyboard.press("/")
    search = page.get_by_role("searchbox")
    expect(search).to_be_focused()
    page.keyboard.type("a/b")
    expect(search).to_have_value("a/b")


def test_without_script_a_link_has_the_page_come_again(watched: Watched, open_page: Callable[..., Page]) -> None:
    page = open_page(DESK_TOP, java_script_enabled=False)
    page.goto(f"{watched.home}?progress=to_chase")
    page.get_by_role("link", name="Bật tự làm mới").click()
    assert "live=1" in page.url
    assert "progress=to_chase" in page.url
    assert page.locator('meta[http-equiv="refresh"]').count() == 1
