"""Dates as officials write them, days that do not exist, years that nobody meant."""

from __future__ import annotations

import pytest

from plan.faulty.conftest import SMALL, Checked, line_of, spoilt

DATES: dict[str, tuple[str, str]] = {
    "30/11/2021": ("«30/11/2021» chưa đúng cách ghi ngày", "Ghi năm-tháng-ngày: 2021-11-30."),
    "5/1/2021": ("«5/1/2021» chưa đúng", "2021-01-05"),
    "30-11-2021": ("«30-11-2021» chưa đúng", "2021-11-30"),
    "30.11.2021": ("«30.11.2021» chưa đúng", "2021-11-30"),
    "30/11/21": ("«30/11/21» chưa đúng", "2021-11-30"),
    "ngày 30/11/2021": ("chưa đúng cách ghi ngày", "2021-11-30"),
    "30 tháng 11 năm 2021": ("chưa đúng cách ghi ngày", "2021-11-30"),
    "Ngày 30 tháng 11 năm 2021": ("chưa đúng cách ghi ngày", "2021-11-30"),
    "2021/11/30": ("«2021/11/30» chưa đúng", "2021-11-30"),
    "2021-11-3": ("«2021-11-3» chưa đúng", "2021-11-03"),
    "20211130": ("«20211130» chưa đúng", "2021-11-30"),
    "2021-02-30": ("không có ngày 2021-02-30", "Xem lại lịch."),
    "30/02/2021": ("không có ngày 30/02/2021", "Xem lại lịch."),
    "29/2/2021": ("không có ngày 29/2/2021", "Xem lại lịch."),
    "2021-30-11": ("«2021-30-11» có tháng 30: ngày và tháng đổi chỗ?", "2021-11-30"),
    "11/30/2021": ("«11/30/2021» có tháng 30: ngày và tháng đổi chỗ?", "2021-11-30"),
    "2021–11–30": ("«2021–11–30» chưa đúng", "Ghi năm-tháng-ngày: 2021-11-30."),
    "2021-11-30 17:00": ("«2021-11-30 17:00» có cả giờ", "Chỉ ghi năm-tháng-ngày: 2021-11-30."),
    "30/11/2021 lúc 17h": ("có cả giờ", "Chỉ ghi năm-tháng-ngày"),
    "21-11-30": ("«21-11-30» chưa đúng", "Ghi năm đủ bốn chữ số: 2021-11-30 hoặc 2030-11-21."),
    "30/11": ("ngày «30/11» chưa có năm", "Ghi năm-tháng-ngày"),
    "30 tháng 11": ("chưa có năm", "Ghi năm-tháng-ngày"),
    "cuối tháng 11": ("cần một ngày, đang là «cuối tháng 11»", "Ghi năm-tháng-ngày"),
    "2021": ("cần một ngày, đang là «2021»", "Ghi năm-tháng-ngày"),
    "true": ("cần một ngày, đang là «true»", "Ghi năm-tháng-ngày"),
    "[2021-11-30]": ("cần một ngày, đang là một danh sách", "Ghi năm-tháng-ngày"),
}


@pytest.mark.parametrize("written", DATES)
def test_a_date_is_told_as_plans_write_it(written: str, checked: Checked) -> None:
    message, hint = DATES[written]
    (fault,) = checked(spoilt("    closes: 2021-12-03", f"    closes: {written}"))
    assert message in fault.message
    assert hint in fault.hint
    assert fault.line == line_of("    closes: 2021-12-03")


def test_a_year_with_its_figures_mixed_up_is_asked_about_at_every_date(checked: Checked) -> None:
    text = SMALL.replace(": 2021-", ": 0219-")
    faults = checked(text)
    wrong = [number for number, line in enumerate(text.split("\n"), 1) if "0219-" in line]
    assert sorted({fault.line for fault in faults}) == wrong
    assert {fault.message for fault in faults} == {"năm 0219 không phải năm của một đợt báo cáo"}


@pytest.mark.parametrize(
    ("written", "meant"),
    [("0201-12-03", "2021-12-03"), ("2201-12-03", "2021-12-03"), ("0001-01-01", None), ('"9999-12-31"', None)],
)
def test_a_year_out_of_the_question_is_a_fault(written: str, meant: str | None, checked: Checked) -> None:
    (fault,) = checked(spoilt("    closes: 2021-12-03", f"    closes: {written}"))
    assert "không phải năm của một đợt báo cáo" in fault.message
    assert (fault.line, fault.nearest) == (line_of("    closes: 2021-12-03"), meant)


def test_a_year_out_of_the_question_among_holidays(checked: Checked) -> None:
    (fault,) = checked(spoilt("  2021-11-11: Nghỉ riêng", "  1021-11-11: Nghỉ riêng"))
    assert (fault.line, fault.column, fault.nearest) == (line_of("  2021-11-11"), 3, "2021-11-11")


def test_a_campaign_of_decades_is_a_fault(checked: Checked) -> None:
    faults = checked(spoilt("    closes: 2021-12-03", "    closes: 2091-12-03"))
    (fault,) = [each for each in faults if each.line == line_of("    closes: 2021-12-03")]
    assert "đợt kéo dài 70 năm" in fault.message
