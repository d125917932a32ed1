"""A clerk photographs the signed report with a telephone, page by page, and sees what comes of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import FilePayload, Page, expect

from intake.cases.photos import allow
from reading import corpus, pictures

from .conftest import PHONE, Office, an_office, breaches
from .test_handing_in import choose, hand_in, payload

pytestmark = pytest.mark.browser

TELEPHONE = {"has_touch": True, "is_mobile": True}


@pytest.fixture(scope="module")
def taking() -> Iterator[Office]:
    """Serve the page of a plan that takes photographs."""
    with an_office() as served:
        allow(served.desk)
        yield served


def picture(name: str, data: bytes) -> FilePayload:
    return {"name": name, "mimeType": "image/jpeg", "buffer": data}


def names(page: Page) -> list[str]:
    return [" ".join(each.split()) for each in page.locator(".pages .name").all_inner_texts()]


def test_pages_are_taken_seen_put_in_order_and_handed_in(taking: Office, open_page: Callable[..., Page]) -> None:
    page = open_page(PHONE, **TELEPHONE)
    page.goto(taking.link("huyen_1"))
    expect(page.locator(".camera")).to_be_visible()
    page.set_input_files("#photos", [picture("b.jpg", pictures.photo(2)), picture("a.jpg", pictures.on_its_side(1))])
    expect(page.locator(".pages li")).to_have_count(2)
    # The camera calls every photograph the same.
    for number in (3, 4):
        page.set_input_files("#camera", [picture("image.jpg", pictures.photo(number))])
        expect(page.locator(".pages li")).to_have_count(number)
    expect(page.locator(".pages .thumb img")).to_have_count(4)
    sizes = page.locator(".pages img").evaluate_all("all => all.map(each => [each.naturalWidth, each.naturalHeight])")
    assert all(0 < width < height == 166 for width, height in sizes)
    assert breaches(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE

    page.get_by_role("button", name="Chuyển trang 2 lên trước").click()
    expect(page.locator(".pages .name").first).to_contain_text("a.jpg")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "Chuyển trang 1 xuống sau"
    page.get_by_role("button", name="Bỏ trang 4").click()
    expect(page.locator(".pages li")).to_have_count(3)
    expect(page.locator(".pages .thumb img")).to_have_count(3)
    assert [name.split()[2] for name in names(page)] == ["a.jpg", "b.jpg", "image.jpg"]

    choose(page, payload(corpus.REPORT, corpus.report()), payload(corpus.TABLE, corpus.table()))
    expect(page.get_by_text("Kiểm tra trước: đọc được, đủ hồ sơ")).to_be_visible()
    hand_in(page, "Nộp 2 tệp và 3 ảnh")
    expect(page.get_by_role("heading", name="Đang kiểm tra hồ sơ vừa nộp")).to_be_visible()
    taking.turn()
    expect(page.get_by_role("heading", name="Đã tiếp nhận báo cáo")).to_be_visible()
    expect(page.locator(".submission")).to_contain_text(
        "hệ thống ghép từ 3 ảnh: 1. trang-01-a.jpg; 2. trang-02-b.jpg; 3. trang-03-image.jpg"
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE
    assert breaches(page) == []


def test_what_is_hard_to_read_is_asked_about_before_it_is_handed_in(
    taking: Office, open_page: Callable[..., Page]
) -> None:
    page = open_page(PHONE, **TELEPHONE)
    page.goto(taking.link("huyen_2"))
    choose(page, payload(corpus.REPORT, corpus.report()), payload(corpus.TABLE, corpus.table()))
    page.set_input_files("#photos", [picture("IMG_1.jpg", pictures.dark())])
    expect(page.locator("#trial")).to_contain_text("Ảnh «trang-01-IMG_1.jpg» tối")
    page.set_input_files("#photos", [{"name": "IMG_2.HEIC", "mimeType": "image/heic", "buffer": pictures.heic()}])
    expect(page.locator("li", has_text="IMG_2.HEIC")).to_contain_text("Tương thích nhất")
    assert breaches(page) == []


def test_a_desk_top_has_no_camera(taking: Office, open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.goto(taking.link("huyen_3"))
    expect(page.get_by_label("Chọn ảnh đã chụp")).to_be_attached()
    expect(page.locator(".camera")).to_be_hidden()
    assert breaches(page) == []


def test_it_works_without_script(taking: Office, open_page: Callable[..., Page]) -> None:
    page = open_page(PHONE, java_script_enabled=False, **TELEPHONE)
    page.goto(taking.link("huyen_4"))
    page.set_input_files("#photos", [picture(f"{number}.jpg", pictures.photo(number)) for number in (1, 2)])
    page.get_by_role("button", name="Gửi các ảnh").click()
    expect(page.locator(".pages li")).to_have_count(2)
    page.get_by_role("button", name="Chuyển trang 2 lên trước").click()
    expect(page.locator(".pages .name")).to_contain_text(["2.jpg", "1.jpg"])  # once the page has come again
    expect(page.get_by_role("button", name="Nộp 2 ảnh")).to_be_visible()
