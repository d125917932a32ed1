"""Tables of figures that a paper attaches become the plan's form, and what of them is not read is told."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from plan_reading.sources import content_of
from soket.plan.check import examine
from soket.plan_reading.asking import from_answers
from soket.plan_reading.compose import NewPlan, new_plan
from soket.plan_reading.paper import paper_of

PLAN = [
    "KẾ HOẠCH",
    "Sơ kết 3 năm thực hiện Chỉ thị số 5-CT/TU",
    "I. TỔ CHỨC THỰC HIỆN",
    "1. Các sở, ban, ngành gửi báo cáo về Sở Nội vụ trước ngày 15/6/2026.",
    "Nơi nhận:",
    "- Các sở;",
    "- Lưu: VT.",
    "PHỤ LỤC",
]
HEAD = "| TT | Chỉ tiêu | ĐVT | Năm 2024 | Ước năm 2025 | Ghi chú |"


def made(*lines: str) -> NewPlan:
    return new_plan(paper_of(content_of([*PLAN, *lines])), from_answers({}), date(2026, 1, 15))


def form_of(new: NewPlan) -> dict[str, Any]:
    (form,) = yaml.safe_load(new.text)["forms"]
    return form


def indicators(*lines: str) -> list[tuple[str, str, str]]:
    return [(each["code"], each["name"], each["unit_of_measure"]) for each in form_of(made(*lines))["indicators"]]


def test_lines_periods_and_measures_are_those_of_the_paper(tmp_path: Path) -> None:
    new = made("Biểu 1. Vườn đồi", HEAD, "| 1 | Diện tích | ha | | | |", "| 2 | Tỷ lệ | % | | | |")
    form = form_of(new)
    assert (form["title"], form["years"]) == ("Biểu 1. Vườn đồi", [2024, 2025])
    assert [each["unit_of_measure"] for each in form["indicators"]] == ["ha", "%"]
    assert "không nêu chỉ tiêu" not in new.text
    assert "bỏ cột «Ghi chú» của biểu «Biểu 1. Vườn đồi»" in new.asking.assumed
    file = tmp_path / f"{new.id}.yaml"
    file.write_text(new.text, encoding="utf-8")
    plan, faults = examine(file)
    assert plan is not None, "\n".join(map(str, faults))


# Rows below the head, and the indicators they make.
ROWS: dict[str, tuple[list[str], list[tuple[str, str, str]]]] = {
    "numbers say what is a part": (
        ["| 1 | Diện tích | ha |", "| 1.1 | Cam | ha |", "| 1.1.1 | Cam chanh | |", "| 2 | Số hộ | hộ |"],
        [
            ("CT01", "Diện tích", "ha"),
            ("CT01.1", "Cam", "ha"),
            ("CT01.1.1", "Cam chanh", "ha"),
            ("CT02", "Số hộ", "hộ"),
        ],
    ),
    "dashes and no numbers": (
        ["| 1 | Số hộ | hộ |", "| | - Hộ nghèo | hộ |", "| | Trong đó: nữ làm chủ | ” |", "| 2 | Vốn | tỷ đồng |"],
        [
            ("CT01", "Số hộ", "hộ"),
            ("CT01.1", "Hộ nghèo", "hộ"),
            ("CT01.2", "Trong đó: nữ làm chủ", "hộ"),
            ("CT02", "Vốn", "tỷ đồng"),
        ],
    ),
    "a section measures nothing": (
        ["| I | Trồng trọt | |", "| 1 | Lúa | tấn |", "| II | Chăn nuôi | |", "| 1 | Lợn | con |"],
        [("CT01", "Lúa", "tấn"), ("CT02", "Lợn", "con")],
    ),
    "a total over its parts": (
        ["| I | Tổng vốn | tỷ đồng |", "| 1 | Ngân sách | tỷ đồng |", "| 2 | Xã hội hóa | tỷ đồng |"],
        [
            ("CT01", "Tổng vốn", "tỷ đồng"),
            ("CT01.1", "Ngân sách", "tỷ đồng"),
            ("CT01.2", "Xã hội hóa", "tỷ đồng"),
        ],
    ),
    "columns counted": (["| (1) | (2) | (3) |", "| 1 | Số lớp | lớp |"], [("CT01", "Số lớp", "lớp")]),
}


@pytest.mark.parametrize("name", ROWS)
def test_a_line_has_the_code_of_its_place(name: str) -> None:
    rows, expected = ROWS[name]
    assert indicators("| TT | Chỉ tiêu | Đơn vị tính |", *rows) == expected


def test_a_measure_above_the_table_is_of_all_its_lines() -> None:
    rows = ["| Nội dung | Năm 2024 | Năm 2025 |", "| Ngân sách | | |", "| Xã hội hóa | | |"]
    assert [each[2] for each in indicators("Biểu 2. Kinh phí", "Đơn vị tính: Triệu đồng", *rows)] == ["Triệu đồng"] * 2


def test_a_head_of_two_rows_has_its_periods_in_the_second() -> None:
    rows = [
        "| TT | Chỉ tiêu | ĐVT | Kết quả | Kết quả |",
        "| TT | Chỉ tiêu | ĐVT | 2024 | 2025 |",
        "| 1 | Lúa | tấn | | |",
    ]
    form = form_of(made("Biểu 1", *rows))
    assert (form["years"], [each["code"] for each in form["indicators"]]) == ([2024, 2025], ["CT01"])


def test_tables_with_one_head_are_one_form_and_others_are_told() -> None:
    other = ["Biểu 3. Cả kỳ", "| TT | Chỉ tiêu | ĐVT | Giai đoạn 2021-2025 |", "| 1 | Số đợt | đợt | |"]
    first = ["Biểu 1", HEAD, "| 1 | Lúa | tấn | | | |", "Biểu 2", HEAD, "| 1 | Lợn | con | | | |"]
    new = made(*first, *other)
    assert [each["code"] for each in form_of(new)["indicators"]] == ["CT01", "CT02"]
    assert "biểu «Biểu 3. Cả kỳ»: cột khác các biểu trên, chưa đưa vào tệp" in new.asking.open


def test_what_has_no_measure_and_no_period_is_told() -> None:
    new = made("Biểu 1", "| TT | Chỉ tiêu | ĐVT | Kết quả |", "| 1 | Lúa | | |")
    assert "đơn vị tính của «Lúa» (CT01)" in new.asking.open
    assert "biểu «Biểu 1» không có cột nào đọc được thành năm, kỳ: ghi lại «years»" in new.asking.assumed


@pytest.mark.parametrize(
    "rows",
    [
        ["| TT | Họ tên | Đơn vị |", "| 1 | Lê A | Sở Y tế |"],
        ["| TT | Nội dung | Đơn vị |", "| 1 | Báo cáo chuyên đề | Sở Y tế |"],
        ["| TT | Nội dung | Đơn vị tính | Thời gian |", "| 1 | In tài liệu | bộ | 10/6/2026 |"],
    ],
    ids=["people", "bodies", "tasks"],
)
def test_another_table_is_none_of_figures(rows: list[str]) -> None:
    assert "Ví dụ" in form_of(made("Danh sách", *rows))["title"]
