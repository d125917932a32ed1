"""Forms beside the report: they make files that intake reads as what they are, or a request that grants nothing."""

from __future__ import annotations

import re
from datetime import date

import pytest

from conftest import Desk
from intake.turns import turn
from reading.hostile import png
from record.builders import _act, extend
from soket.documents.unit_papers import NOMINATIONS_NAME, nil_lines, word_paper
from soket.intake.contents import Contents
from soket.intake.nominations import take_nominations
from soket.notices.owed import asking
from soket.record.commending import nominations_of
from soket.record.decisions import Commendation, Undo
from soket.record.filing import file_decision, file_stage_record
from soket.record.keeping import read_register
from soket.record.records import Submission
from soket.record.register import Standing

from .conftest import IN_TIME, UNIT, Clerk

SIGNED = ("ban-ky.png", png(1, 1))
NIL = {"reason": "Địa bàn không có hoạt động du lịch", "person": "Nguyễn Văn A, Chánh Văn phòng"}
PLAN = {"day": "2021-11-03", "place": "Hội trường huyện", "content": "Kiểm điểm kết quả; 80 đại biểu", "person": "A"}
MORE = {"last_day": "2021-11-12", "reason": "Mưa lũ", "document_number": "12-CV/HU", "person": "A"}


def text_of(clerk: Clerk, address: str = "") -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", clerk.get(clerk.home() + address).text).split())


def send(clerk: Clerk, address: str, filled: dict[str, str], **files: tuple[str, bytes]) -> str:
    answer = clerk.post(clerk.home() + address, data=filled, files=files or None)
    assert answer.status_code in (303, 409), answer.text
    return "" if answer.status_code == 303 else " ".join(re.sub(r"<[^>]+>", " ", answer.text).split())


@pytest.fixture(autouse=True)
def by_the_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have pages see each moment that a test goes to."""
    monkeypatch.setattr("soket.board.access.PLANS_SECONDS", 0.0)


@pytest.fixture
def inside(clerk: Clerk) -> Clerk:
    return clerk.come_in()


def test_nothing_to_report_goes_the_way_of_every_file(inside: Clerk) -> None:
    assert "Báo cáo không phát sinh" in text_of(inside)
    assert send(inside, "khong-phat-sinh", NIL, signed=SIGNED) == ""
    assert "Nộp 2 tệp" in text_of(inside)
    assert read_register(inside.desk()).units[UNIT].standing is Standing.NOT_SENT
    assert inside.hand_in() == 303
    turn(inside.desk(IN_TIME.replace(hour=10)))
    entry = read_register(inside.desk()).units[UNIT]
    assert entry.last_verdict
    assert (entry.last_verdict.kind, entry.last_verdict.ruling.counts) == (Submission.NIL_RETURN, True)
    told = text_of(inside)
    assert "nêu dưới đây; đúng là không phát sinh thì không phải làm gì thêm." in told
    assert "ghi lý do" not in told.partition("Việc khác")[0]
    assert "Báo cáo không phát sinh" not in text_of(inside).partition("Việc khác")[2]
    assert "không còn phải gửi báo cáo" in send(inside, "khong-phat-sinh", NIL, signed=SIGNED)


@pytest.mark.parametrize(
    ("changed", "signed", "words"),
    [
        ({"reason": ""}, SIGNED, "Chưa ghi lý do"),
        ({"reason": "chữ " * 61}, SIGNED, "nhiều nhất 60"),
        ({"person": ""}, SIGNED, "Chưa ghi người lập"),
        ({}, None, "Chưa chọn bản ký"),
        ({}, ("a.docx", b"PK"), "phải là tệp .pdf"),
        ({}, ("a.pdf", b""), "rỗng"),
    ],
)
def test_a_nil_return_lacks_nothing(
    inside: Clerk, changed: dict[str, str], signed: tuple[str, bytes] | None, words: str
) -> None:
    assert words in send(inside, "khong-phat-sinh", NIL | changed, **({"signed": signed} if signed else {}))
    assert "Nộp 2 tệp" not in text_of(inside)


def test_files_that_wait_are_not_handed_in_with_it(inside: Clerk) -> None:
    inside.put_in("bao-cao.docx", b"report")
    assert "còn 1 tệp chưa nộp (bao-cao.docx)" in send(inside, "khong-phat-sinh", NIL, signed=SIGNED)


def test_the_same_words_make_the_same_file(office: Desk) -> None:
    plan = office.plan
    lines = nil_lines(plan, plan.unit(UNIT), "=cmd()\x00\ue000", "A")
    assert word_paper(lines, IN_TIME) == word_paper(lines, IN_TIME)


def test_a_review_of_its_own_is_announced(inside: Clerk) -> None:
    assert send(inside, "ke-hoach", PLAN, signed=SIGNED) == ""
    inside.hand_in()
    turn(inside.desk(IN_TIME.replace(hour=10)))
    entry = read_register(inside.desk()).units[UNIT]
    assert entry.last_verdict
    assert (entry.last_verdict.kind, entry.standing) == (Submission.OWN_REVIEW_PLAN, Standing.ANNOUNCED)
    assert "Kế hoạch tự tổ chức" not in text_of(inside).partition("Việc khác")[2]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"day": "2021-10-01"}, "đã qua"),
        ({"day": "31/10/2021"}, "Chưa chọn ngày"),
        ({"day": "2021-11-31"}, "không có ngày"),
        ({"place": ""}, "Chưa ghi địa điểm"),
    ],
)
def test_a_review_needs_day_and_place(inside: Clerk, changed: dict[str, str], words: str) -> None:
    assert words in send(inside, "ke-hoach", PLAN | changed)


def test_a_review_announced_after_the_date_is_not_said_to_be_due_ahead(inside: Clerk) -> None:
    assert "kết quả vẫn phải gửi trong hạn" in text_of(inside)
    inside.desk("2021-11-25 09:00")
    assert "kết quả vẫn phải gửi, hạn đã qua" in text_of(inside)
    assert "đã qua: gửi sớm nhất có thể" in text_of(inside, "ke-hoach")


def test_a_request_for_time_grants_nothing_and_waits(inside: Clerk) -> None:
    for _ in range(2):
        assert send(inside, "gia-han", MORE, letter=("cv.pdf", b"%PDF")) == ""
    register = read_register(inside.desk())
    (request,) = register.requests
    assert inside.desk.store.get(request.file) == b"%PDF"
    assert register.units[UNIT].extension is None
    assert register.units[UNIT].last_day.isoformat() == "2021-11-04"
    assert "Xin đến hết ngày 12/11/2021: đang chờ trả lời" in text_of(inside)
    assert "Hạn đang có vẫn giữ: hết ngày 04/11/2021" in text_of(inside, "gia-han")
    (told,) = asking(inside.desk(), register)
    assert (told["code"], told["last_day"], told["document_number"]) == (UNIT, "12/11/2021", "12-CV/HU")


def test_it_waits_no_more_once_somebody_decided_or_it_lapsed(inside: Clerk) -> None:
    send(inside, "gia-han", MORE)
    desk = inside.desk
    extend(desk("2021-11-02 09:00"), UNIT, date(2021, 11, 10))
    assert "đang chờ trả lời" not in text_of(inside)
    (granted,) = read_register(desk()).decisions
    told = {"decided_at": desk("2021-11-02 10:00").now, "account": "btg", "granted_by": "Trưởng Ban", "reason": "Nhầm"}
    file_decision(desk(), Undo(id="undo-1", undoes=granted.id, **told))  # type: ignore[arg-type]
    assert "đang chờ trả lời" in text_of(inside)
    desk("2021-11-13 09:00")
    assert "đang chờ trả lời" not in text_of(inside)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"last_day": "2021-11-04"}, "phải sau hạn đang có"),
        ({"last_day": "2031-01-01"}, "không quá"),
        ({"last_day": ""}, "Chưa chọn ngày"),
        ({"reason": " "}, "Chưa ghi lý do"),
        ({"document_number": ""}, "Chưa ghi số văn bản"),
    ],
)
def test_a_request_says_until_when_why_and_on_what_paper(inside: Clerk, changed: dict[str, str], words: str) -> None:
    assert words in send(inside, "gia-han", MORE | changed)
    assert read_register(inside.desk()).requests == ()


def test_requests_do_not_pile_up(inside: Clerk) -> None:
    for number in range(12):
        send(inside, "gia-han", MORE | {"reason": f"Lý do {number}"})
    assert len(read_register(inside.desk()).requests) == 10


@pytest.fixture
def nominating(office: Desk) -> Clerk:
    commendation = office.plan.commendation.model_copy(update={"nominations": True})
    office.plan = office.plan.model_copy(update={"commendation": commendation})
    at = office()
    file_stage_record(at, at.plan.stage_of(at.plan.unit(UNIT)).id, 1, "opened", "Ghi.")
    return Clerk(office).come_in()


def test_nominations_are_taken_as_from_the_form_on_paper(nominating: Clerk) -> None:
    filled = {
        "name_1": "=HYPERLINK(1)",
        "kind_1": "person",
        "post_1": "Trưởng phòng",
        "merit_1": "Đưa số khách tăng 20% trong một năm",
        "name_2": "Xã B",
        "kind_2": "group",
        "merit_2": "Dựng mô hình du lịch cộng đồng đầu tiên",
        "no_secret": "yes",
    }
    assert send(nominating, "bieu-duong", filled) == ""
    desk = nominating.desk
    with Contents(desk.store) as contents:
        take_nominations(desk(), read_register(desk()), contents)
    (taken,) = nominations_of(desk.plan, read_register(desk()), desk.plan.unit(UNIT))
    assert taken.name == NOMINATIONS_NAME
    assert [(each.name, each.individual) for each in taken.nominees] == [
        ("=HYPERLINK(1), Trưởng phòng", True),
        ("Xã B", False),
    ]
    assert "đã ghi 2 trường hợp" in text_of(nominating)
    assert read_register(desk()).units[UNIT].pending == ()
    act = {"id": "bd-1", "proposals": (taken.nominees[1].id,), "conclusion": "commended", "document_number": "12-QĐ"}
    file_decision(desk(), Commendation(**_act(desk(), **act)))
    desk("2021-12-01 09:00")
    assert "Xã B: được biểu dương (" in text_of(nominating)
    assert "số 12-QĐ" in text_of(nominating)


@pytest.mark.parametrize(
    ("filled", "words"),
    [
        ({}, "Chưa ghi trường hợp nào"),
        ({"name_1": "A"}, "Chưa ghi thành tích"),
        ({"name_1": "A", "merit_1": "ngắn quá"}, "quá ngắn"),
        (
            {"name_1": "A", "merit_1": "một hai ba bốn năm", "name_2": "a", "merit_2": "một hai ba bốn năm"},
            "đã ghi ở trên",
        ),
        ({"name_1": "A", "merit_1": "một hai ba bốn năm", "no_secret": ""}, "bí mật nhà nước"),
    ],
)
def test_nominations_lack_nothing(nominating: Clerk, filled: dict[str, str], words: str) -> None:
    assert words in send(nominating, "bieu-duong", {"no_secret": "yes"} | filled)


def test_a_plan_that_takes_no_nominations_says_so(inside: Clerk) -> None:
    assert "biểu dương" not in text_of(inside)
    assert "không nhận" in send(inside, "bieu-duong", {"no_secret": "yes"})


@pytest.mark.parametrize("address", ["khong-phat-sinh", "ke-hoach", "gia-han", "bieu-duong", "giay-moi/conference"])
def test_forms_are_the_units_own(clerk: Clerk, address: str) -> None:
    clerk.link_of()
    assert clerk.get(clerk.home() + address).status_code == 404
    assert clerk.post(clerk.home() + address, data={"x": "y"}).status_code == 404
    clerk.come_in()
    other = clerk.post(clerk.home() + address, data={"x": "y"}, headers={"Origin": "http://evil.example"})
    assert other.status_code == 403
