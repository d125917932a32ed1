"""What a unit is told of how to hand in, and of what came back: which file alone."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from soket.faults import Fault
from soket.plan.model import Plan, Severity
from soket.record.records import Receipt, ReceivedFile
from soket.record.sending import STORE_VARIABLE, say_again, say_ring, say_where

AT = datetime(2021, 11, 3, tzinfo=UTC)


def receipt(*names: str) -> Receipt:
    files = tuple(
        ReceivedFile(
            inbox_key=name, key=name, name=name, original_name=name, etag="e", sha256="a", size=1, arrived_at=AT
        )
        for name in names
    )
    return Receipt(unit="so_x", number=1, received_at=AT, deadline=AT, files=files)


def wrong(file: str | None, code: str = "SL-01", severity: Severity = Severity.CRITICAL) -> Fault:
    return Fault(code=code, severity=severity, file=file, message="Sai.")


@pytest.mark.parametrize(
    ("names", "faults", "said"),
    [
        (
            ["bao-cao.docx", "so-lieu.xlsx"],
            [wrong("so-lieu.xlsx"), wrong("bao-cao.docx", "DC-01", Severity.WARNING)],
            "chỉ cần gửi lại so-lieu.xlsx; bao-cao.docx gửi lại nếu có sửa",
        ),
        (
            ["bao-cao.docx", "so-lieu.xlsx", "ban-ky.pdf"],
            [wrong("bao-cao.docx")],
            "chỉ cần gửi lại bao-cao.docx; so-lieu.xlsx, ban-ky.pdf giữ nguyên",
        ),
        (
            ["bao-cao.docx", "so-lieu.xlsx", "ban-ky.pdf"],
            [wrong("so-lieu.xlsx"), wrong("bao-cao.docx", "DC-01", Severity.WARNING)],
            "chỉ cần gửi lại so-lieu.xlsx; ban-ky.pdf giữ nguyên; bao-cao.docx gửi lại nếu có sửa",
        ),
        (["bao-cao.docx"], [wrong(None, "HS-02")], "chỉ cần gửi thêm phần còn thiếu; bao-cao.docx giữ nguyên"),
        (
            ["bao-cao.docx", "phu-luc.docx", "so-lieu.xlsx"],
            [wrong("phu-luc.docx")],
            "chỉ cần gửi lại bao-cao.docx, phu-luc.docx; so-lieu.xlsx giữ nguyên",
        ),
        (
            ["so-lieu.xlsx"],
            [wrong("so-lieu.xlsx"), wrong(None, "HS-01")],
            "chỉ cần gửi lại so-lieu.xlsx, gửi thêm phần còn thiếu",
        ),
        (
            ["cong-van.docx", "so-lieu.xlsx"],
            [wrong("cong-van.docx", "HS-12")],
            "chỉ cần gửi thêm phần còn thiếu; so-lieu.xlsx giữ nguyên",
        ),
        (
            ["cong-van.docx", "phu-luc.docx", "so-lieu.xlsx"],
            [wrong("cong-van.docx", "HS-12"), wrong(None, "HS-02")],
            "chỉ cần gửi lại phu-luc.docx, gửi thêm phần còn thiếu; so-lieu.xlsx giữ nguyên",
        ),
        (
            ["bao-cao.docx", "so-lieu.xlsx"],
            [wrong(None, "HS-03")],
            "lỗi ở cả bộ hồ sơ: sửa theo các điểm đã nêu, rồi gửi lại cả bộ",
        ),
    ],
    ids=[
        "table",
        "report",
        "table, a look at the report",
        "a missing table",
        "a kind is replaced whole",
        "wrong and missing",
        "a letter without its report",
        "a letter without its report, beside another text",
        "the set",
    ],
)
def test_only_what_is_wrong_is_asked_for_again(names: list[str], faults: list[Fault], said: str) -> None:
    assert say_again(receipt(*names), faults) == said


def test_where_is_an_address_a_folder_or_the_key_sheet(plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    assert say_where(plan, "2021", "h_can_loc").endswith(
        "inbox/nq06_du_lich/2021/h_can_loc/ trong kho tệp có địa chỉ ghi trên phiếu giao khóa"
    )
    monkeypatch.setenv(STORE_VARIABLE, "https://kho.hatinh.example")
    assert "ở địa chỉ https://kho.hatinh.example" in say_where(plan, "2021", None)


@pytest.mark.parametrize("address", ["http://127.0.0.1:8333", "http://localhost:8333", "http://[::1]:8333"])
def test_an_address_of_the_own_machine_is_told_to_nobody(
    plan: Plan, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setenv(STORE_VARIABLE, address)
    assert "có địa chỉ ghi trên phiếu giao khóa" in say_where(plan, "2021", None)


def test_whom_to_ring_or_to_write_to_where_there_is_no_telephone(plan: Plan) -> None:
    desk = "Phòng Tuyên truyền Ban Tuyên giáo Tỉnh ủy"
    assert say_ring(plan) == f"viết thư tới {desk}, tuyengiao@hatinh.example"
    office = plan.office(plan.roles.lead)
    reached = office.model_copy(update={"contact": office.contact.model_copy(update={"phone": "0239 385 0000"})})
    with_one = plan.model_copy(update={"offices": (reached, *(each for each in plan.offices if each != office))})
    assert say_ring(with_one) == f"gọi {desk}, điện thoại 0239 385 0000"
