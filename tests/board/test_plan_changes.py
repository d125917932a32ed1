"""What the board tells of changes of a plan under way."""

from __future__ import annotations

from datetime import date

from soket.board.app import create_app
from stages.running import NEW, Running, dates, later, unit

from .browser import Browser
from .conftest import an_official
from .test_pages import words_of


def test_changes_and_what_happens_and_what_is_refused() -> None:
    running = Running()
    running.open()
    running.edit(later)
    running.edit(lambda data: data["units"].append(NEW))
    running.look("2021-10-20 09:00")
    running.edit(lambda data: dates(data).update(opens=date(2021, 10, 25)))
    running.look("2021-10-21 09:00")
    browser = Browser(create_app(lambda *_: running(), lambda: ([running().plan], []), an_official))
    page = words_of(browser, "/small/2021/decisions")
    told = page[page.index("Thay đổi kế hoạch\nTệp") :]
    assert told.splitlines()[1].startswith(
        "Tệp kế hoạch có chỗ đợt đang mở không theo được; cả đợt vẫn theo kế hoạch cũ (riêng đầu mối đã theo tệp)"
    )
    refused, added, moved = (told.index(each) for each in ("Đổi ngày mở", "Thêm đơn vị: Huyện Mới", "Đổi thời hạn"))
    assert refused < added < moved
    assert "Không đổi được: đã mở từ ngày 18/10/2021." in told
    assert "đơn vị nhận ngay công văn đề nghị" in told
    assert words_of(browser, "/small/2021").count("Huyện Mới") == 1


def test_a_unit_that_is_no_more_leaves_every_page_standing() -> None:
    running = Running()
    running.open()
    running.edit(lambda data: data["units"].remove(unit(data, "h_mot")))
    running.look("2021-10-20 09:00")
    browser = Browser(create_app(lambda *_: running(), lambda: ([running().plan], []), an_official))
    for page in ("", "/stages", "/decisions", "/notices"):
        assert browser.get(f"/small/2021{page}").status_code == 200
    assert browser.get("/small/2021/units/h_mot").status_code == 404
