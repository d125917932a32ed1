"""Units' nominations: files that are read, taken or returned with every fault, and listed with the unit's own words."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, datetime

import docx
import openpyxl
import pytest

from conftest import Desk
from intake.turns import InlineReaders
from record import story
from record.builders import first
from record.story import Story
from soket.intake.contents import Contents
from soket.intake.nominations import fresh_nominations, read_nominations, take_nominations
from soket.intake.receive import work_waiting
from soket.notices.compose import nomination_notices
from soket.notices.lines import entries
from soket.notices.notice import Kind
from soket.notices.outbox import post
from soket.plan.model import Plan
from soket.reading.findings import Content
from soket.record.commending import nominated, nominations_of
from soket.record.keeping import read_register
from soket.record.records import StageRecord
from soket.stages.asking import forms_of

HEADS = ("TT", "Tập thể, cá nhân", "Chức vụ, đơn vị công tác", "Loại", "Thành tích", "Căn cứ")
GOOD = ("1", "Tổ du lịch cộng đồng Nam Trà", "", "Tập thể", "Đón 12 đoàn khách, thu 1,2 tỷ đồng", "Mục III; CT01")
PERSON = ("2", "Đồng chí Nguyễn Văn A", "Trưởng phòng Văn hóa", "", "Tham mưu 3 đề án về du lịch", "Mục II")


def word(*rows: Sequence[str], heads: Sequence[str] = HEADS) -> bytes:
    document = docx.Document()
    document.add_paragraph("ĐỀ NGHỊ BIỂU DƯƠNG")
    table = document.add_table(rows=0, cols=len(heads))
    for row in (heads, *rows):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def excel(*rows: Sequence[str]) -> bytes:
    book = openpyxl.Workbook()
    for row in (("Đề nghị biểu dương",), HEADS, *rows):
        book.worksheets[0].append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@pytest.fixture(autouse=True)
def read_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read files in this process, not in readers of their own."""
    monkeypatch.setattr("soket.intake.contents.ReaderPool", InlineReaders)


def put(desk: Desk, unit: str, data: bytes, name: str = "de-nghi-bieu-duong.docx") -> None:
    desk.store.put(desk().keys.inbox_folder(unit) + name, data)


def take(desk: Desk) -> list[StageRecord]:
    with Contents(desk.store) as contents:
        return take_nominations(desk(), read_register(desk()), contents)


@pytest.fixture
def desk(after: Story) -> Desk:
    """A campaign whose units were asked and have reported."""
    found = after(story.reported)
    found("2021-11-05 09:00")
    return found


def test_the_form_goes_with_the_request_and_comes_back_as_it_went(plan: Plan, desk: Desk) -> None:
    stage = plan.stage("unit_reports")
    form = forms_of(plan, plan.campaigns[0], stage)["mau-de-nghi-bieu-duong.docx"]
    filled = docx.Document(io.BytesIO(form))
    for cell, text in zip(filled.tables[-1].rows[1].cells, GOOD, strict=True):
        cell.text = text
    buffer = io.BytesIO()
    filled.save(buffer)
    put(desk, first(plan), buffer.getvalue(), "Mẫu đề nghị biểu dương.docx")
    (record,) = take(desk)
    assert record.note.endswith("lần 1: 1 trường hợp.")
    asked = plan.model_copy(update={"commendation": plan.commendation.model_copy(update={"nominations": False})})
    assert "mau-de-nghi-bieu-duong.docx" not in forms_of(asked, plan.campaigns[0], stage)


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (word(GOOD, PERSON), "de-nghi-bieu-duong.docx"),
        (excel(GOOD, PERSON), "Đề nghị biểu dương (Can Lộc).xlsx"),
        (word(GOOD, PERSON), "nop-them-bieu_duong/to-trinh.docx"),
    ],
)
def test_collectives_and_people_are_taken_once(desk: Desk, plan: Plan, data: bytes, name: str) -> None:
    unit = first(plan)
    standing = read_register(desk()).units[unit].standing
    put(desk, unit, data, name)
    assert "1 đề nghị biểu dương" in (work_waiting(desk(), read_register(desk()), now_real=datetime.now(UTC)) or "")
    assert len(take(desk)) == 1
    assert take(desk) == []
    register = read_register(desk())
    assert fresh_nominations(desk(), register) == []
    assert register.units[unit].standing is standing, "a nomination is no report"
    group, person = nominated(plan, register)
    assert (group.name, group.individual) == ("Tổ du lịch cộng đồng Nam Trà", False)
    assert group.evidence == "Mục III; CT01. Đề nghị nộp lần 1, dòng 1"
    assert (person.name, person.individual) == ("Đồng chí Nguyễn Văn A, Trưởng phòng Văn hóa", True)
    (notice,) = nomination_notices(desk(), register)
    assert (notice.kind, notice.addressee, notice.step) == (Kind.RECEIPT, unit, "bd1")
    post(desk(), notice)
    (line,) = (each for each in entries(desk()) if each.id == notice.id)
    assert line.about == "đề nghị biểu dương, lần nộp 1", "beside the receipt of its report, on the board"


WRONG = [
    (word(("1", "A"), heads=("TT", "Họ và tên")), ["DN-01"]),
    (word(("", "", "", "", "", "")), ["DN-02"]),
    (word(("1", "", "", "Tập thể", "Đón 12 đoàn khách, thu tiền", "")), ["DN-03"]),
    (word(("1", "Nhà văn hóa", "", "", "Đón 12 đoàn khách, thu tiền", "")), ["DN-04"]),
    (word(("1", "Nhà văn hóa", "", "Tập thể", "Nộp đúng hạn", "")), ["DN-05"]),
    (word(GOOD, GOOD), ["DN-07"]),
    (b"", ["TEP-01"]),
    (b"no document", ["TEP-03"]),
    (word(("1", "Nhà văn hóa", "", "", "Tốt", ""), PERSON), ["DN-04", "DN-05"]),
]


@pytest.mark.parametrize(("data", "codes"), WRONG, ids=[" ".join(codes) for _, codes in WRONG])
def test_faults_go_back_together_with_a_slip_and_nobody_is_listed(
    desk: Desk, plan: Plan, data: bytes, codes: list[str]
) -> None:
    unit = first(plan)
    put(desk, unit, data)
    (record,) = take(desk)
    register = read_register(desk())
    (told,) = nominations_of(plan, register, plan.unit(unit))
    assert told.returned
    assert {each.code for each in told.faults} == {*codes}
    assert nominated(plan, register) == ()
    (notice,) = nomination_notices(desk(), register)
    assert notice.kind is Kind.RETURN
    slip = docx.Document(io.BytesIO(desk.store.get(notice.attachments[0].key)))
    assert "PHIẾU TRẢ LẠI" in "".join(slip.element.itertext())
    assert record.products[-1] == told.slip_key


def test_a_file_that_is_no_form_is_returned(desk: Desk, plan: Plan) -> None:
    put(desk, first(plan), b"%PDF", "de-nghi-bieu-duong.zip")
    (record,) = take(desk)
    assert "chưa tiếp nhận" in record.note
    put(desk, first(plan), word(GOOD))
    take(desk)
    assert [each.number for each in nominations_of(plan, read_register(desk()), plan.unit(first(plan)))] == [1, 2]


def test_the_last_one_that_is_right_counts(desk: Desk, plan: Plan) -> None:
    unit = first(plan)
    for data in (word(GOOD), word(PERSON), word()):
        put(desk, unit, data)
        take(desk)
    assert [each.individual for each in nominated(plan, read_register(desk()))] == [True]


def test_without_a_word_of_the_plan_such_a_file_is_a_file_like_others(desk: Desk, plan: Plan) -> None:
    unit = first(plan)
    quiet = plan.model_copy(update={"commendation": plan.commendation.model_copy(update={"nominations": False})})
    desk.plan = quiet
    put(desk, unit, word(GOOD))
    register = read_register(desk(), use_snapshot=False)
    assert register.nominations == {}
    assert any(drop.key.endswith("de-nghi-bieu-duong.docx") for drop in register.units[unit].pending)


def test_an_example_row_and_rows_left_blank_are_nobody(plan: Plan) -> None:
    unit = plan.unit(first(plan))
    content = Content(
        paragraphs=(*HEADS, "0", "Ví dụ: Tổ A", "", "", "Đón khách nhiều lần", "", *GOOD),
        tables=(),
        sheets=(),
    )
    assert [each.code for each in read_nominations(unit, content, "a.docx", 1)[1]] == ["DN-01"]
