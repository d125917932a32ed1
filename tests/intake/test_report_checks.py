"""What is taken for the report and is none: a covering letter, the report of another round."""

from __future__ import annotations

from datetime import date

import pytest

from reading.corpus import LETTER
from soket.intake.report_checks import is_covering_letter, written_on, years_in


def test_a_letter_that_a_report_goes_with_is_none() -> None:
    assert is_covering_letter(LETTER)
    assert is_covering_letter(["Kính gửi: Sở Nội vụ", "Ủy ban nhân dân xã B xin gửi kèm báo cáo kết quả năm 2026."])
    assert is_covering_letter(["V/v nộp báo cáo", "Trường C nộp báo cáo theo yêu cầu, đính kèm tệp Word."])


@pytest.mark.parametrize(
    "paragraphs",
    [
        ["BÁO CÁO", "Kính gửi: Ban Tuyên giáo Tỉnh ủy", "Huyện đã ban hành kế hoạch, gửi các xã thực hiện."],
        [*LETTER, "Trong năm năm qua, huyện đã đầu tư nhiều công trình. " * 60],
        ["Kính gửi: Văn phòng", "Đơn vị không phát sinh nội dung báo cáo."],
    ],
)
def test_what_says_something_itself_is_no_covering_letter(paragraphs: list[str]) -> None:
    assert not is_covering_letter(paragraphs)


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Can Lộc, ngày 15 tháng 9 năm 2020", date(2020, 9, 15)),
        ("ĐẢNG CỘNG SẢN VIỆT NAM Kỳ Anh, ngày 05 tháng 11 năm 2021.", date(2021, 11, 5)),
        ("Can Lộc, ngày … tháng 9 năm 2020", None),
        ("Can Lộc, ngày 31 tháng 2 năm 2020", None),
        ("Nghị quyết số 06-NQ/TU, ngày 07 tháng 12 năm 2017 của Ban Chấp hành", None),
        ("thực hiện Nghị quyết số 06-NQ/TU, ngày 07 tháng 12 năm 2017", None),
        ("thực hiện Nghị quyết của Tỉnh ủy, ngày 07 tháng 12 năm 2017", None),
        ("THÀNH PHỐ HÀ TĨNH TP. Hà Tĩnh, ngày 3 tháng 11 năm 2021", date(2021, 11, 3)),
    ],
)
def test_the_day_a_report_was_written_on(line: str, day: date | None) -> None:
    assert written_on(["BÁO CÁO", line]) == day


@pytest.mark.parametrize(
    ("title", "years"),
    [("Sơ kết 05 năm thực hiện Nghị quyết", 5), ("Kết quả năm 2021", None), ("Tổng kết 10 năm thi hành Chỉ thị", 10)],
)
def test_how_many_years_a_title_says_are_reviewed(title: str, years: int | None) -> None:
    assert years_in(f"BÁO CÁO {title}") == years
