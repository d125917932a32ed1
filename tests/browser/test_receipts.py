"""A kept receipt, opened from a disk: it checks files and itself, and says so where it was changed or cannot."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from intake.turns import judged
from page.test_receipts import seal
from reading import corpus
from soket.record.keeping import read_register

from .conftest import Office, breaches

pytestmark = pytest.mark.browser

UNIT, NEIGHBOUR = "huyen_26", "huyen_27"
SAYS_ALTERED = "đã bị sửa sau khi tải về"


@pytest.fixture(scope="module")
def root(office: Office) -> str:
    """Two units' submissions, and the root of their day, as it was printed."""
    for unit in (UNIT, NEIGHBOUR):
        files = {f"bao-cao-{unit}.docx": corpus.report(), corpus.TABLE: corpus.table()}
        judged(office.desk, unit, files)
    return seal(office.desk)


@pytest.fixture
def kept(office: Office, root: str, open_page: Callable[..., Page], tmp_path: Path) -> Path:
    """The receipt of the first, saved from its page."""
    page = open_page(accept_downloads=True)
    page.goto(office.link(UNIT))
    page.goto(f"{office.home(UNIT)}bien-nhan/1")
    with page.expect_download() as download:
        page.get_by_role("link", name="Tải biên nhận để lưu").click()
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    return path


@pytest.fixture
def offline(open_page: Callable[..., Page]) -> Page:
    page = open_page()
    page.context.set_offline(True)
    return page


def test_it_holds_files_and_the_printed_root_against_itself(
    office: Office, kept: Path, root: str, offline: Page, tmp_path: Path
) -> None:
    right, wrong = tmp_path / "bản lưu.docx", tmp_path / "bản sửa.docx"
    right.write_bytes(corpus.report())
    wrong.write_bytes(corpus.report() + b" ")
    offline.goto(kept.as_uri())
    offline.set_input_files("#mine", [right, wrong])
    expect(offline.locator("#compared li")).to_have_count(2)
    expect(offline.locator("#compared li").nth(0)).to_contain_text("khớp với biên nhận")
    expect(offline.locator("#compared li").nth(1)).to_contain_text("không khớp tệp nào")
    verdict = offline.locator("#verdict")
    offline.get_by_label("Gốc đã in").fill(root.upper())
    offline.get_by_role("button", name="Đối chiếu").click()
    expect(verdict).to_contain_text("Khớp: gốc đã in chứng nhận")
    receipt = read_register(office.desk(), keep=False).units[UNIT].receipts[0]
    expect(verdict).to_contain_text(f"nhận lúc {receipt.received_at:%d/%m/%Y %H:%M}")
    for file in receipt.files:
        expect(verdict).to_contain_text(f"{file.original_name} (mã băm {file.sha256})")
    offline.get_by_label("Gốc đã in").fill("0" * 64)
    offline.get_by_role("button", name="Đối chiếu").click()
    expect(verdict).to_contain_text("Không khớp")
    expect(offline.get_by_text(SAYS_ALTERED)).to_be_hidden()
    assert breaches(offline) == []


def on_the_page(text: str) -> str:
    """Another hash where people read it."""
    before, _, after = text.partition('class="hash">')
    return f'{before}class="hash">{"0" * 64}{after[64:]}'


def in_the_data(text: str) -> str:
    """Another number in what was hashed."""
    return text.replace('\\"number\\":1', '\\"number\\":2')


@pytest.mark.parametrize("changed", [on_the_page, in_the_data])
def test_it_says_that_it_was_changed(kept: Path, offline: Page, changed: Callable[[str], str]) -> None:
    text = kept.read_text(encoding="utf-8")
    assert changed(text) != text
    kept.write_text(changed(text), encoding="utf-8")
    offline.goto(kept.as_uri())
    expect(offline.get_by_text(SAYS_ALTERED)).to_be_visible()


def test_where_a_browser_does_not_hash_it_says_how_else(kept: Path, offline: Page) -> None:
    offline.add_init_script("Object.defineProperty(crypto, 'subtle', { value: undefined })")
    offline.goto(kept.as_uri())
    expect(offline.get_by_text("So bằng lệnh")).to_be_visible()
    expect(offline.get_by_text("Chọn tệp, hoặc kéo thả")).to_be_hidden()
