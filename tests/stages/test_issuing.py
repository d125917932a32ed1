"""Papers that were issued, signed and numbered: taken in once, refused in words, listed in the archive, asked for."""

from __future__ import annotations

import io
from datetime import date

import docx
import pytest

from conftest import Desk
from demo.samples.signed import holder, printed, signed
from reading.signing import AT, END, OFFICE, START, altered
from record import story
from record.builders import drop
from record.story import Story
from record.verbs import communications
from soket.documents.archive_gaps import gaps
from soket.documents.issued import NotIssuedError, head_of
from soket.record import products
from soket.record.issued import ISSUED_FOLDER, issued_by
from soket.record.keeping import read_register
from soket.record.register import Register
from soket.record.signed import IssuedPaper
from soket.stages.issuing import take_issued
from soket.stages.official import fresh_official_drafts

REPORT = ("TỈNH ỦY HÀ TĨNH", "Số 127-BC/TU", "Hà Tĩnh, ngày 18 tháng 11 năm 2021", "BÁO CÁO", "Nghị quyết số 06-NQ/TU")
NOTICE = ("TỈNH ỦY HÀ TĨNH", "Số 31-TB/TU", "Hà Tĩnh, ngày 30 tháng 11 năm 2021", "THÔNG BÁO", "Kết luận hội nghị")


def word(*lines: str) -> bytes:
    document, out = docx.Document(), io.BytesIO()
    for line in lines:
        document.add_paragraph(line)
    document.save(out)
    return out.getvalue()


def issue(desk: Desk, data: bytes, name: str = "bao-cao.docx") -> str:
    owner = desk.plan.stage("vptu_appraisal").owner
    drop(desk(), owner, f"{ISSUED_FOLDER}{name}", data)
    return take_issued(desk(), read_register(desk()))


def taken(desk: Desk, stage: str = "vptu_appraisal") -> IssuedPaper:
    record = issued_by(read_register(desk()), desk.plan.stage(stage))
    assert record is not None
    assert isinstance(record.details, IssuedPaper)
    return record.details


def lacking(desk: Desk, register: Register | None = None) -> list[str]:
    return [each.partition(" của ")[0] for each in gaps(desk.plan, register or read_register(desk()))]


def test_an_issued_report_and_the_notice_of_conclusions_are_taken_once_and_lacking_no_more(after: Story) -> None:
    desk = after(story.called)
    assert {"Bản đã ban hành (số, ngày, chữ ký)", "Thông báo kết luận, biên bản"} <= {*lacking(desk)}
    said = issue(desk, word(*REPORT))
    assert said.startswith("Ban hành: số 127-BC/TU, ngày 18/11/2021; tệp không có chữ ký số. SHA-256: ")
    assert (taken(desk).number, taken(desk).day) == ("127-BC/TU", date(2021, 11, 18))
    issue(desk, word(*NOTICE), "ket-luan.docx")
    assert (taken(desk).number, taken(desk, "conference").number) == ("127-BC/TU", "31-TB/TU")
    assert not {"Bản đã ban hành (số, ngày, chữ ký)", "Thông báo kết luận, biên bản"} & {*lacking(desk)}
    before = dict(desk.store.objects)
    assert take_issued(desk(), read_register(desk())) == ""
    assert desk.store.objects == before


def test_a_signed_pdf_is_taken_with_what_is_known_of_its_signature(after: Story) -> None:
    desk = after(story.approved)
    pdf = signed(printed(REPORT), holder(OFFICE, "Tỉnh ủy Hà Tĩnh", START, END), AT)
    assert "ký số Tỉnh ủy Hà Tĩnh: tệp nguyên vẹn như khi ký" in issue(desk, pdf, "bao-cao.pdf")
    assert taken(desk).number == "127-BC/TU"
    told = issue(desk, altered(pdf), "sua.pdf")
    assert told == "Chưa nhận “sua.pdf” là văn bản đã ban hành: nội dung đã bị sửa sau khi ký."


def test_before_its_step_it_waits_and_is_no_official_draft(after: Story) -> None:
    desk = after(story.consolidated)
    issue(desk, word(*REPORT))
    register = read_register(desk())
    assert issued_by(register, desk.plan.stage("vptu_appraisal")) is None
    assert fresh_official_drafts(desk(), register, desk.plan.stage("ubnd_draft")) == []


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        (("DỰ THẢO", *REPORT), "đầu văn bản còn ghi “DỰ THẢO”"),
        (("Số      -BC/TU", *REPORT[2:]), "đầu văn bản chưa có số và ký hiệu"),
        ((*REPORT[:2], "Hà Tĩnh, ngày     tháng 11 năm 2021"), "chưa ghi đủ ngày, tháng, năm"),
        ((*REPORT[:2], "Hà Tĩnh, ngày 31 tháng 11 năm 2021"), "không có ngày 31/11/2021"),
        ((" ",), "không đọc được chữ trong tệp"),
    ],
)
def test_what_is_no_issued_paper_is_refused_in_words(lines: tuple[str, ...], why: str) -> None:
    with pytest.raises(NotIssuedError, match=why):
        head_of(lines)


def test_a_refusal_is_on_record_and_a_right_paper_is_taken_after_it(after: Story) -> None:
    desk = after(story.approved)
    assert issue(desk, word("DỰ THẢO", *REPORT)).startswith("Chưa nhận “bao-cao.docx” là văn bản đã ban hành: ")
    assert "chưa đến bước ban hành thông báo kết luận" in issue(desk, word(*NOTICE), "ket-luan.docx")
    assert issue(desk, b"%PDF-1.4 nothing", "hong.pdf").startswith("Chưa nhận “hong.pdf”")
    assert take_issued(desk(), read_register(desk())) == ""
    issue(desk, word(*REPORT))
    assert taken(desk).number == "127-BC/TU"


def test_the_archive_lists_it_by_number_and_day(after: Story) -> None:
    desk = after(story.called)
    issue(desk, word(*REPORT))
    communications.send_press_pack(desk("2021-11-22 10:00"))
    communications.archive(desk("2021-12-03 07:30"))
    listed = docx.Document(io.BytesIO(desk.store.get(desk().keys.archive(products.INVENTORY))))
    rows = [[cell.text for cell in row.cells] for table in listed.tables for row in table.rows]
    (row,) = (row for row in rows if any("bản đã ban hành" in cell for cell in row))
    assert "127-BC/TU" in row
    assert "18/11/2021" in row
