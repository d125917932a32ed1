"""A clerk at the unit's page: from the link in the mail to the printed receipt."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import FilePayload, Page, Route, expect

from reading import corpus
from soket.page.staging import Staging

from .conftest import DESK_TOP, PHONE, Office, breaches

pytestmark = pytest.mark.browser

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WRONG_TABLE = corpus.table(CT01=(1000, 1200, "nhiều"))


def payload(name: str, data: bytes) -> FilePayload:
    return {"name": name, "mimeType": EXCEL if name.endswith(".xlsx") else WORD, "buffer": data}


def choose(page: Page, *files: FilePayload) -> None:
    page.set_input_files("#files", list(files))


def hand_in(page: Page, button: str) -> None:
    page.get_by_label("không có bí mật nhà nước").check()
    page.get_by_role("button", name=button).click()


def sheets_of(page: Page) -> list[str]:
    """Return what each sheet says on which a page is printed."""
    printed = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    return [sheet.get_textpage().get_text_range() for sheet in printed]


def test_from_the_link_in_the_mail_to_the_printed_receipt(office: Office, open_page: Callable[..., Page]) -> None:
    unit = "huyen_1"
    page = open_page()
    page.goto(office.link(unit))
    assert page.url == office.home(unit)
    expect(page.get_by_role("heading", name="Chưa nộp")).to_be_visible()

    choose(page, payload(corpus.REPORT, corpus.report()), payload(corpus.TABLE, WRONG_TABLE))
    expect(page.get_by_text("Kiểm tra trước: 1 điểm phải sửa")).to_be_visible()
    expect(page.locator("#trial .group")).to_contain_text("Ô E5 (CT01, năm 2021)")
    assert breaches(page) == []

    choose(page, payload(corpus.TABLE, corpus.table()))
    expect(page.get_by_text("Kiểm tra trước: đọc được, đủ hồ sơ")).to_be_visible()
    hand_in(page, "Nộp 2 tệp")
    expect(page.get_by_role("heading", name="Đang kiểm tra hồ sơ vừa nộp")).to_be_visible()

    office.turn()
    expect(page.get_by_role("heading", name="Đã tiếp nhận báo cáo")).to_be_visible()
    page.get_by_role("link", name="Biên nhận").click()
    expect(page.get_by_role("heading", name="Biên nhận")).to_be_visible()
    assert breaches(page) == []
    page.evaluate(
        "for (let n = 0; n < 90; n++) document.querySelector('.receipt').append(document.createElement('br'))"
    )
    sheets = sheets_of(page)
    assert len(sheets) > 1
    title = f"Biên nhận lần nộp 1: {office.desk.plan.unit(unit).name}"
    for number, sheet in enumerate(sheets, 1):
        assert title in sheet
        assert f"Trang {number}/{len(sheets)}" in sheet


@pytest.mark.parametrize("width", [PHONE, DESK_TOP])
def test_the_page_fits_and_is_read_by_everyone(office: Office, open_page: Callable[..., Page], width: int) -> None:
    page = open_page(width)
    page.goto(office.link("huyen_2"))
    assert breaches(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_an_upload_killed_half_way_goes_on_after_a_reload(
    office: Office, open_page: Callable[..., Page], tmp_path: Path
) -> None:
    unit, data = "huyen_3", corpus.report() + bytes(3 << 20)
    file = tmp_path / "lon.docx"
    file.write_bytes(data)
    page = open_page()
    page.goto(office.link(unit))
    sent: list[int] = []

    def counted(route: Route) -> None:
        """Let two parts through; then the line is dead."""
        if sum(sent) >= 2 << 20:
            route.abort()
            return
        sent.append(len(route.request.post_data_buffer or b""))
        route.continue_()

    page.route("**/tep/*?tu=*", counted)
    page.set_input_files("#files", file)
    expect(page.locator("#files-list .note")).to_have_text("Mất kết nối, đang thử lại…")
    assert sum(sent) == 2 << 20

    page.unroute("**/tep/*?tu=*")
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    expect(page.locator("#files-list")).to_contain_text("mới gửi được 2,0 MB trên 3,0 MB: chọn lại tệp này để gửi tiếp")
    parts: list[str] = []
    page.on("request", lambda request: parts.append(request.url) if request.method == "PUT" else None)
    page.set_input_files("#files", file)
    expect(page.locator("#files-list li")).to_contain_text("đã gửi lên")
    assert [url.partition("tu=")[2] for url in parts] == [str(2 << 20), str(3 << 20)]
    (staged,) = Staging(office.desk(), unit).files()
    assert Staging(office.desk(), unit).content(staged) == data


def test_what_is_chosen_before_the_script_has_come_is_sent_up_when_it_comes(
    office: Office, open_page: Callable[..., Page]
) -> None:
    page = open_page(PHONE)
    late: list[Route] = []
    page.route("**/page.js*", lambda route: late.append(route))
    page.goto(office.link("huyen_6"), wait_until="commit")
    choose(page, payload(corpus.REPORT, corpus.report()))
    expect(page.locator("#files-list li")).to_have_count(0)
    (script,) = late
    script.continue_()
    expect(page.locator("#files-list li")).to_contain_text("đã gửi lên")


def test_what_cannot_be_taken_is_told_at_its_file_and_the_others_go_on(
    office: Office, open_page: Callable[..., Page]
) -> None:
    page = open_page(PHONE)
    page.goto(office.link("huyen_4"))
    choose(page, payload("virus.exe", b"x"), payload("rong.docx", b""), payload(corpus.TABLE, corpus.table()))
    expect(page.locator("li", has_text="virus.exe")).to_contain_text("hệ thống không đọc loại này")
    expect(page.locator("li", has_text="rong.docx")).to_contain_text("rỗng (0 byte)")
    expect(page.get_by_role("button", name="Nộp 1 tệp")).to_be_visible()


def test_it_works_without_script(office: Office, open_page: Callable[..., Page]) -> None:
    page = open_page(PHONE, java_script_enabled=False)
    page.goto(office.link("huyen_5"))
    choose(page, payload(corpus.REPORT, corpus.report()), payload(corpus.TABLE, corpus.table()))
    page.get_by_role("button", name="Gửi lên").click()
    page.get_by_role("link", name="Kiểm tra trước khi nộp").click()
    expect(page.get_by_text("đọc được, đủ hồ sơ")).to_be_visible()
    page.get_by_role("link", name="Về trang nộp hồ sơ").click()
    hand_in(page, "Nộp 2 tệp")
    expect(page.get_by_role("heading", name="Đang kiểm tra hồ sơ vừa nộp")).to_be_visible()
