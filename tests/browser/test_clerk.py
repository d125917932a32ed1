"""A clerk, and a leader, at the pages on real servers: from the mail in the mailbox to the receipt that proves."""

from __future__ import annotations

import base64
import hashlib
import os
import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from email.message import EmailMessage
from pathlib import Path

import openpyxl
import pypdfium2
import pytest
from playwright.sync_api import Locator, Page, expect

from intake.round_trips import saved_anew
from reading import corpus
from record.builders import renew_link
from soket.page.staging import Staging
from soket.reading.programs import office as libreoffice
from soket.record.decisions import Promise
from soket.record.keeping import read_register
from soket.record.register import Standing
from soket.record.sending import entry_link, leader_link
from soket.record.workspace import Workspace
from soket.stack.state import State
from soket.stages.collect import open_stage
from soket.stages.monitor import digest

from .conftest import PHONE
from .real_pages import RealPages, real_pages
from .test_handing_in import hand_in

pytestmark = [pytest.mark.integration, pytest.mark.browser]

UNIT, NEIGHBOUR = "h_mot", "so_hai"
REPORT = corpus.report(headings=("I. Kết quả", "II. Hạn chế"))
FIGURES = {"CT01": (50, 60), "CT01.1": (30, 40), "CT01.2": (20, 20)}

DROP = """(place, files) => {
  const moved = new DataTransfer();
  for (const [name, data] of files) {
    moved.items.add(new File([Uint8Array.from(atob(data), (each) => each.charCodeAt(0))], name, { lastModified: 1 }));
  }
  place.dispatchEvent(new DragEvent("drop", { dataTransfer: moved, bubbles: true, cancelable: true }));
}"""


def table(**changed: object) -> bytes:
    heading: list[object] = ["Mã", "Chỉ tiêu", "Năm 2020", "Năm 2021"]
    lines = [[code, code, *values] for code, values in {**FIGURES, **changed}.items()]
    return corpus.workbook([heading, *lines])


def drop(page: Page, files: dict[str, bytes]) -> None:
    """Let files fall onto the place for them."""
    told = [[name, base64.b64encode(data).decode()] for name, data in files.items()]
    page.locator("#nop .choose").evaluate(DROP, told)


@pytest.fixture(scope="module")
def pages(servers: State, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealPages]:
    with real_pages(servers, tmp_path_factory.mktemp("plans")) as served:
        for workspace in (served.under_way, served.overdue):
            open_stage(workspace, workspace.plan.stages[0])
            served.send(workspace)
        yield served
        assert served.log.read_text(encoding="utf-8") == ""


def opened_from_mail(page: Page, mail: EmailMessage, page_of: str) -> None:
    """Open a mail, and the link in it."""
    body = mail.get_body(("html",))
    assert body is not None
    page.set_content(body.get_content())
    page.locator(f"a[href*='{page_of}']").first.click()


@pytest.mark.skipif(libreoffice() is None, reason="no `soffice` on PATH: apt-get install libreoffice-calc")
def test_from_the_mail_to_the_receipt_that_proves(
    pages: RealPages, open_page: Callable[..., Page], tmp_path: Path
) -> None:
    workspace = pages.under_way
    page = open_page(accept_downloads=True)
    opened_from_mail(page, pages.mail(workspace, "vt@mot.example", "request"), f"/{UNIT}/vao/")
    expect(page.get_by_role("heading", name="Huyện Một")).to_be_visible()
    assert "/vao/" not in page.url

    drop(page, {"báo cáo.docx": REPORT, "số liệu.xlsx": table(CT01=(50, "nhiều"))})
    expect(page.get_by_text("Kiểm tra trước: 1 điểm phải sửa")).to_be_visible()
    expect(page.locator("#trial .group")).to_contain_text("D5")
    hand_in(page, "Nộp 2 tệp")
    expect(page.get_by_role("heading", name="Đang kiểm tra hồ sơ vừa nộp")).to_be_visible()

    assert "1 trả lại" in pages.take_turn()
    expect(page.get_by_role("heading", name="Hồ sơ bị trả lại")).to_be_visible()
    expect(page.get_by_text("báo cáo.docx giữ nguyên")).to_be_visible()
    expect(page.locator(".submission .group")).to_contain_text("D5")
    marked = saved(page, page.locator(".submission p:has-text('có ghi chú') + ul a"), tmp_path)
    corrected = corrected_in_libreoffice(marked, tmp_path / "corrected")

    drop(page, {"số liệu.xlsx": corrected.read_bytes()})
    expect(page.get_by_text("Kiểm tra trước: đọc được")).to_be_visible()
    hand_in(page, "Nộp 1 tệp")
    assert "1 tiếp nhận" in pages.take_turn()
    expect(page.get_by_role("heading", name="Đã tiếp nhận báo cáo")).to_be_visible()
    entry = read_register(workspace).units[UNIT]
    assert (entry.standing, entry.accepted) == (Standing.ACCEPTED, 2)

    latest = page.locator(".submission", has=page.get_by_role("heading", name="Lần nộp 2"))
    latest.get_by_role("link", name="Biên nhận").click()
    code = page.locator(".code").inner_text()  # once the receipt is there
    printed = tmp_path / "printed.pdf"
    printed.write_bytes(page.pdf(format="A4"))
    text = words_of(printed)
    assert code in text
    assert {file.sha256 in text for file in entry.receipts[-1].files} == {True}
    assert hashlib.sha256(corrected.read_bytes()).hexdigest() in text
    kept = saved(page, page.get_by_role("link", name="Tải biên nhận để lưu"), tmp_path)
    told = pages.soket("receipt", "verify", kept, "--document", corrected, "--bucket")
    assert "Khớp: số liệu.xlsx là «số liệu.xlsx»" in told
    assert "Khớp: mã biên nhận trong sổ" in told
    check = page.locator(".hash", has_text="/kiem-tra/").inner_text()

    page.context.set_offline(True)
    page.goto(kept.as_uri())
    page.set_input_files("#mine", [corrected, marked])
    expect(page.locator("#compared li").nth(0)).to_contain_text("khớp với biên nhận")
    expect(page.locator("#compared li").nth(1)).to_contain_text("không khớp tệp nào")
    page.context.set_offline(False)
    page.goto(check)
    expect(page.get_by_role("heading", name="Biên nhận có trong sổ")).to_be_visible()
    assert code in page.locator(".code").inner_text()


def test_an_upload_whose_page_was_closed_half_way_goes_on(
    pages: RealPages, open_page: Callable[..., Page], tmp_path: Path
) -> None:
    file = tmp_path / "lớn.docx"
    file.write_bytes(REPORT + os.urandom(4 << 20))
    page = open_page()
    opened_from_mail(page, pages.mail(pages.under_way, "vt@hai.example", "request"), f"/{NEIGHBOUR}/vao/")
    home = page.url
    slow = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": 1 << 20}
    page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", slow)
    page.set_input_files("#files", file)
    expect(page.locator("#files-list .note")).to_have_text(re.compile(r"đã gửi [2-9]\d%"))
    page.close()

    again = page.context.new_page()
    again.goto(home)
    expect(again.locator("#files-list")).to_contain_text("chọn lại tệp này để gửi tiếp")
    (half,) = Staging(pages.under_way, NEIGHBOUR).files()
    assert 0 < half.arrived < half.size
    parts: list[str] = []
    again.on("request", lambda request: parts.append(request.url) if request.method == "PUT" else None)
    again.set_input_files("#files", file)
    expect(again.locator("#files-list li")).to_contain_text("đã gửi lên")
    assert parts[0].endswith(f"?tu={half.arrived}")
    (whole,) = Staging(pages.under_way, NEIGHBOUR).files()
    assert Staging(pages.under_way, NEIGHBOUR).content(whole) == file.read_bytes()


def test_no_wrong_link_opens_a_page(pages: RealPages, open_page: Callable[..., Page]) -> None:
    workspace, other = pages.under_way, pages.overdue
    right = link_of(workspace, UNIT)
    home, token = right.split("vao/")
    renewed = link_of(other, NEIGHBOUR)
    renew_link(other, NEIGHBOUR)
    leader = str(leader_link(workspace, read_register(workspace).acts, "tuyen_giao", workspace.now.date()))
    over = leader_link(workspace, read_register(workspace).acts, "tuyen_giao", workspace.now.date() - timedelta(days=8))
    wrong = {
        "no link": home,
        "cut short": right[:-1],
        "changed": right[:-1] + ("A" if right[-1] != "A" else "B"),
        "another unit's": link_of(workspace, NEIGHBOUR).partition("vao/")[0] + f"vao/{token}",
        "another plan's": link_of(other, UNIT).partition("vao/")[0] + f"vao/{token}",
        "no unit's": right.replace(f"/{UNIT}/", "/h_nao/"),
        "renewed": renewed,
        "a leader's": f"{home}vao/{leader.rpartition('/')[2]}",
        "a unit's for a leader": leader.rpartition("/")[0] + f"/{token}",
        "of a week ago": str(over),
    }
    page, said = open_page(PHONE), {}
    for fault, address in wrong.items():
        answer = page.goto(address)
        assert answer is not None
        said[fault] = (answer.status, page.locator("h1").inner_text())
        assert page.get_by_text("đường dẫn trong").is_visible()
        assert page.context.cookies() == []
    assert said.pop("of a week ago") == (410, "Đường dẫn đã hết hạn")
    assert {status for status, _ in said.values()} == {404}
    assert {title for _, title in said.values()} == {"Không mở được trang nộp hồ sơ", "Không mở được trang"}
    page.goto(link_of(other, NEIGHBOUR))
    expect(page.get_by_role("heading", name="Sở Hai")).to_be_visible()


def test_a_leader_marks_a_call_on_a_telephone(pages: RealPages, open_page: Callable[..., Page]) -> None:
    workspace = pages.overdue
    digest(workspace)
    pages.send(workspace)
    page = open_page(PHONE)
    opened_from_mail(page, pages.mail(workspace, "btg@tinh.example", "digest"), "/lanh-dao/")
    call = page.locator(".call", has_text="Huyện Một")
    expect(call).to_contain_text("Quá hạn")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE
    call.get_by_label("Hẹn gửi trong ngày").fill("2021-11-03")
    call.get_by_label("Ai hẹn").fill("Chánh Văn phòng")
    call.get_by_role("button", name="Đã gọi").click()
    expect(page.get_by_text("Đã ghi lời hẹn")).to_be_visible()
    expect(page.locator(".lines").first).to_contain_text("hẹn gửi trong ngày 03/11/2021")
    (promise,) = [each for each in read_register(workspace).decisions if isinstance(each, Promise)]
    assert (promise.unit, promise.last_day, promise.person) == ("h_mot", date(2021, 11, 3), "Chánh Văn phòng")


def link_of(workspace: Workspace, unit: str) -> str:
    return str(entry_link(workspace, read_register(workspace, keep=False).units[unit]))


def saved(page: Page, link: Locator, folder: Path) -> Path:
    """Save what a link leads to, under its own name."""
    with page.expect_download() as download:
        link.click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def words_of(path: Path) -> str:
    """The words on the pages of a PDF; where a hash goes on in the next line, it is one."""
    with pypdfium2.PdfDocument(path) as document:
        return "".join("".join(each.get_textpage().get_text_bounded().split()) for each in document)


def corrected_in_libreoffice(marked: Path, folder: Path) -> Path:
    """Put the figure right in the file that came back, and let LibreOffice save it."""
    book = openpyxl.load_workbook(marked)
    sheet = book.worksheets[0]
    assert sheet["D5"].comment is not None
    sheet["D5"].value = 60
    book.save(marked)
    saved_anew([marked], "xlsx", folder)
    return folder / marked.name
