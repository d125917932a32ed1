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
from record.builders import drop, reopen
from record.story import Story
from record.verbs import communications, conference
from soket.board.ribbon import stage_steps
from soket.documents.archive_gaps import gaps
from soket.documents.issued import NotIssuedError, head_of
from soket.notices.compose import issued_notices
from soket.notices.ledger import Ending, Intent, states
from soket.notices.news import news
from soket.notices.notice import Kind, Notice
from soket.notices.render import write
from soket.notices.words import NOTICES
from soket.page.minute import minute_of
from soket.record import products
from soket.record.issued import ISSUED_FOLDER, issued_by, names_of_issued
from soket.record.keeping import read_register
from soket.record.register import Register
from soket.record.signed import IssuedPaper
from soket.record.stale import say_archived
from soket.record.undecided import undecided
from soket.stages.issuing import take_issued
from soket.stages.monitor import chase
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
    return [each.partition(" của ")[0] for each in gaps(desk(), register or read_register(desk()))]


def test_an_issued_report_and_the_notice_of_conclusions_are_taken_once_and_lacking_no_more(after: Story) -> None:
    desk = after(story.called)
    assert {"Bản đã ban hành (số, ngày, chữ ký)", "Thông báo kết luận"} <= {*lacking(desk)}
    said = issue(desk, word(*REPORT))
    assert said.startswith("Ban hành: số 127-BC/TU, ngày 18/11/2021; tệp không có chữ ký số. SHA-256: ")
    assert (taken(desk).number, taken(desk).day) == ("127-BC/TU", date(2021, 11, 18))
    issue(desk, word(*NOTICE), "ket-luan.docx")
    assert (taken(desk).number, taken(desk, "conference").number) == ("127-BC/TU", "31-TB/TU")
    assert not {"Bản đã ban hành (số, ngày, chữ ký)", "Thông báo kết luận"} & {*lacking(desk)}
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


def test_after_the_archive_an_issued_paper_is_taken_when_that_is_made_again(after: Story) -> None:
    desk = after(story.archived)
    (note,) = (each.note for each in read_register(desk()).of(desk.plan.stage("communications")).records[-1:])
    assert note.endswith("bản đã ban hành gửi vào thư mục ban-hanh/; rồi chạy lại giai đoạn này.")
    operator, archive = (
        desk.plan.office(desk.plan.roles.operator).name,
        desk.plan.stage("communications").title,
    )
    way = f"Văn phòng Tỉnh ủy gửi bản ấy vào thư mục ban-hanh/ của mình, báo {operator} chạy lại giai đoạn “{archive}”."
    for now, why in (("2021-12-03 15:00", "hồ sơ của đợt đã lưu trữ"), ("2021-12-05 09:00", "đợt đã qua")):
        at = desk(now)
        waits = [each.in_words(desk.plan) for each in undecided(at, read_register(at)) if not each.act]
        assert len(waits) == 2
        assert all(f"; {why}: {way}" in each for each in waits)
    assert "bản đã ban hành mới có trong ban-hanh/ được nhận" in say_archived(
        desk.plan, read_register(at), desk.plan.stage("communications")
    )
    drop(desk(), "vptu", f"{ISSUED_FOLDER}bao-cao.docx", word(*REPORT))
    told = communications.archive(desk("2021-12-05 09:10", rerun=True, silent=True))
    assert "Ban hành: số 127-BC/TU, ngày 18/11/2021" in told
    assert taken(desk).number == "127-BC/TU"
    assert "Bản đã ban hành (số, ngày, chữ ký)" not in lacking(desk)
    listed = docx.Document(io.BytesIO(desk.store.get(desk().keys.archive(products.INVENTORY))))
    assert any("127-BC/TU" in cell.text for table in listed.tables for row in table.rows for cell in row.cells)


def asked(desk: Desk) -> list[Notice]:
    return issued_notices(desk(), read_register(desk()))


def test_the_office_is_asked_from_the_next_morning_on_and_again_until_the_paper_came(after: Story) -> None:
    desk = after(story.approved)  # on Monday 15/11, at 09:00
    assert asked(desk) == []
    for early in ("2021-11-16 07:29", "2021-11-20 08:00"):  # a Saturday
        desk(early)
        assert asked(desk) == []
    steps = {}
    for day in ("16", "22", "23", "30"):
        desk(f"2021-11-{day} 08:00")
        steps[day] = [(each.addressee, each.step) for each in asked(desk)]
    once, again = ("vptu", "vptu_appraisal-1"), ("vptu", "vptu_appraisal-2")
    assert steps == {"16": [once], "22": [once], "23": [again], "30": [("vptu", "vptu_appraisal-3")]}
    mail = write(desk(), Intent(notice=asked(desk)[0], posted_at=desk.now)).text
    assert "inbox/nq06_du_lich/2021/vptu/ban-hanh/" in mail
    assert "đã trình Thường trực Tỉnh ủy ngày 15/11/2021" in mail
    assert "nhắc lại" not in mail, "the campaign is over by then"
    assert "ngày khép hồ sơ của đợt; hồ sơ khép trong hôm nay" not in mail
    operator, archive = desk.plan.office(desk.plan.roles.operator).name, desk.plan.stage("communications").title
    later = f"Ban hành sau lúc khép thì vẫn thả bản ấy vào thư mục dưới đây, rồi báo {operator} chạy lại giai đoạn"
    told = f"{later} “{archive}”; sau ngày 03/12/2021 hệ thống không tự đọc tệp, không gửi thư trả lời."
    assert told in " ".join(mail.split())
    desk("2021-12-03 07:36")  # the last day, from whose morning on the archive is made
    last = write(desk(), Intent(notice=asked(desk)[0], posted_at=desk.now)).text
    assert "ngay hôm nay, ngày khép hồ sơ của đợt; hồ sơ khép trong hôm nay." in " ".join(last.split())
    assert told in " ".join(last.split())
    assert NOTICES[Kind.ISSUED].label.startswith("Đề nghị gửi bản đã ban hành"), "nothing is issued yet"
    issue(desk, word(*REPORT))
    assert [each.variant for each in asked(desk)] == ["taken"]
    desk("2021-12-06 08:00")  # nobody is asked for anything after the campaign
    assert [each.variant for each in asked(desk)] == ["taken"]


def test_what_waits_to_ask_for_a_paper_that_came_is_withdrawn(after: Story) -> None:
    desk = after(story.approved)
    desk("2021-11-16 08:00")
    chase(desk())
    (ask,) = (each for each in states(desk()) if each.startswith("issued.vptu."))
    drop(desk(), "vptu", f"{ISSUED_FOLDER}bao-cao.docx", word(*REPORT))
    chase(desk("2021-11-16 08:10"))
    found = {
        each.partition(".vptu.")[2][:5]: state.ending for each, state in states(desk()).items() if "issued" in each
    }
    assert found == {ask.partition(".vptu.")[2][:5]: Ending.WITHDRAWN, "taken": None}
    before = dict(desk.store.objects)
    chase(desk("2021-11-16 08:11"))
    assert {key for key in desk.store.objects if "notices" in key} == {key for key in before if "notices" in key}


def test_the_office_reads_why_what_it_sent_was_refused_and_what_was_taken(after: Story) -> None:
    desk = after(story.approved)
    issue(desk, word("DỰ THẢO", *REPORT))
    desk("2021-11-15 09:10")
    issue(desk, word(*REPORT), "dung.docx")
    refused, taken = (write(desk(), Intent(notice=each, posted_at=desk.now)) for each in asked(desk))
    assert refused.subject.endswith("Chưa nhận được văn bản đã ban hành: bao-cao.docx")
    assert "đầu văn bản còn ghi “DỰ THẢO”" in refused.text
    assert taken.subject.endswith("Đã nhận văn bản đã ban hành số 127-BC/TU, ngày 18/11/2021")


def test_the_same_bytes_under_another_name_are_taken_once_too(after: Story) -> None:
    desk = after(story.approved)
    data = word(*REPORT)
    issue(desk, data)
    issue(desk, data, "ban-sao.docx")
    assert take_issued(desk(), read_register(desk())) == ""


def test_a_notice_that_is_waited_for_is_taken_while_the_conference_is_reopened(after: Story) -> None:
    desk = after(story.called)
    reopen(desk("2021-12-01 08:00"), "conference")
    conference.open_round(desk("2021-12-01 09:00"))
    waits = [each.what for each in undecided(desk(), read_register(desk())) if each.sender]
    assert any(each.startswith("Thông báo kết luận") for each in waits)
    issue(desk, word(*NOTICE), "ket-luan.docx")
    assert taken(desk, "conference").number == "31-TB/TU"


def test_a_paper_waits_for_whoever_sends_it_and_whoever_signs_and_the_lead_read_so(after: Story) -> None:
    desk = after(story.called)
    line = (
        "Báo cáo sơ kết 05 năm thực hiện Nghị quyết số 06-NQ/TU đã thẩm định: hồ sơ chưa có bản đã ban hành (số, ngày, "
        "chữ ký); đã trình Thường trực Tỉnh ủy ngày 15/11/2021; Văn phòng Tỉnh ủy gửi bản ấy vào thư mục ban-hanh/ của "
        "mình."
    )

    def lists_with_it(code: str) -> list[str]:
        workspace = desk()
        page = minute_of(workspace, read_register(workspace), workspace.plan.office(code), ())
        lists = {"own": page.undecided, "others": page.others}
        return [name for name, waits in lists.items() if line in [each.in_words(desk.plan) for each in waits]]

    offices = ("thuong_truc", "vptu", "bt_tuyen_giao")
    assert [lists_with_it(code) for code in offices] == [["others"], ["own"], ["others"]]
    told = [each.in_words(desk.plan) for each in undecided(desk(), read_register(desk()))]
    assert line in told
    assert not any("Thông báo kết luận" in each for each in told), "the conference is still to be held"
    issue(desk, word(*REPORT))
    assert not any(map(lists_with_it, offices))
    desk("2021-11-30 08:00")
    told = [each.in_words(desk.plan) for each in undecided(desk(), read_register(desk()))]
    assert any(each.startswith("Thông báo kết luận: ") and "từ ngày 30/11/2021" in each for each in told)
    new = news(desk.plan, read_register(desk()), desk.now.replace(hour=0))
    assert any("đã qua ngày họp; chờ thông báo kết luận" in each for each in new)
    issue(desk, word(*NOTICE), "ket-luan.docx")
    told = [each.in_words(desk.plan) for each in undecided(desk(), read_register(desk()))]
    assert not any("Thông báo kết luận" in each for each in told)


def test_what_was_issued_is_named_by_its_number_on_the_board_and_in_papers_that_are_made_after_it(after: Story) -> None:
    desk = after(story.approved)
    issue(desk, word(*REPORT))
    register = read_register(desk())
    (step,) = (each for each in stage_steps(desk(), register) if each.stage.id == "vptu_appraisal")
    assert step.words.endswith("; đã ban hành số 127-BC/TU, ngày 18/11/2021")
    (called,) = names_of_issued(desk.plan, register).values()
    assert "số 127-BC/TU, ngày 18/11/2021 (bản đã ban hành)" in called
    story.called(desk)
    communications.send_press_pack(desk("2021-11-22 10:00"))
    keys = desk().keys
    texts = {
        name: "".join(docx.Document(io.BytesIO(desk.store.get(keys.stage(stage, 1, name)))).element.itertext())
        for stage, name in (
            ("conference", products.AGENDA),
            ("conference", products.ORGANISATION),
            ("conference", products.SHORT_REPORT),
            ("conference", products.CONCLUSION),
            ("communications", products.PRESS_NOTE),
        )
    }
    assert [name for name, text in texts.items() if "số 127-BC/TU, ngày 18/11/2021" not in text] == []
