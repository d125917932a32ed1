"""Which sentences are of a time before that of the reports: years of a review, or a round of a part of a year."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from soket.narrative.said.other_times import earlier_lack, other_time, part_reported_on
from soket.plan.periods import PeriodId

QUARTER = "2026-Q1"


@pytest.mark.parametrize(
    "text",
    [
        "Quý IV/2025, phường giải quyết 6.380 hồ sơ, đúng hạn 96,5%.",
        "Trong tháng 12 năm 2025, xã mở 03 lớp.",
        "Năm 2025, thu ngân sách đạt 12 tỷ đồng.",
        "Đến 31/12/2025, phường có 12 máy tính.",
        "Phường đã tổ chức 03 hội nghị trong quý IV/2025.",
    ],
)
def test_in_a_round_of_a_quarter_what_came_before_it_is_of_another_time(text: str) -> None:
    assert other_time(text.lower(), None, 2026, QUARTER)
    assert earlier_lack(text.lower(), None, QUARTER)
    assert not other_time(text.lower(), None, 2026)


@pytest.mark.parametrize(
    "text",
    [
        "Từ 01/01 đến 28/02/2026, tiếp nhận 4.216 hồ sơ, cao hơn 2,3 điểm phần trăm so với quý IV/2025.",
        "Tỷ lệ được nâng từ 52,6% (quý III/2025) lên 71,5% (tháng 02/2026).",
        "Kể từ khi vận hành ngày 01/7/2025 đến nay là 11.640 hồ sơ.",
        "Thực hiện Kế hoạch số 12 ngày 15/12/2025, phường mở 03 lớp.",
        "Quý 1 nhận được 214 hồ sơ.",
        "Năm 2025 có 12 máy, quý này mua thêm 05 máy.",
        "Số hồ sơ tăng 12% so với quý IV/2025.",
        "Sau 8 tháng vận hành, bộ máy ổn định.",
    ],
)
def test_what_reaches_the_quarter_or_is_held_against_an_earlier_one_is_its_own(text: str) -> None:
    assert not other_time(text.lower(), None, 2026, QUARTER)


@pytest.mark.parametrize(
    ("text", "part", "other"),
    [
        ("Quý I, xã trồng 12 ha.", "2026-H1", False),
        ("Quý I, xã trồng 12 ha.", "2026-Q3", True),
        ("6 tháng đầu năm, xã trồng 12 ha.", "2026-Q3", True),
        ("Lũy kế 9 tháng, xã trồng 12 ha.", "2026-Q3", False),
        ("Tháng 8/2026, xã trồng 12 ha.", "2026-Q3", False),
    ],
)
def test_a_part_without_a_year_is_of_the_round_s(text: str, part: PeriodId, other: bool) -> None:
    assert other_time(text.lower(), None, 2026, part) is other


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("Sự cố năm 2016 đã được khắc phục, nước biển an toàn từ tháng 8/2016.", True),
        ("Di tích được xếp hạng quốc gia năm 2014.", True),
        ("Tháng 12/2015, huyện có 12 chợ.", True),
        ("Đến cuối năm 2016, huyện có 12 chợ.", True),
        ("Di tích được xếp hạng quốc gia năm 2018.", False),
        ("Tỷ lệ hộ nghèo giảm còn 3%, năm 2016 là 12%.", False),
        ("Thực hiện Nghị quyết năm 2015, huyện trùng tu các đền, chùa.", False),
        ("Số chợ tăng mạnh so với năm 2016.", False),
        ("Bảo tàng mở cửa năm 2015, hiện thu hút đông khách.", False),
        ("Năm 2014 huyện có 02 chợ, tăng lên 12 chợ vào năm 2020.", False),
        ("Năm 2014 huyện có 02 chợ, đến tháng 6/2020 có 12 chợ.", False),
        ("Năm 2014 huyện có 02 chợ, đạt chuẩn theo Quyết định số 12/2020/QĐ-UBND.", True),
    ],
)
def test_in_a_review_what_only_names_earlier_years_is_of_another_time(text: str, other: bool) -> None:
    assert other_time(text.lower(), 2017, 2021) is other


@pytest.mark.parametrize(
    ("text", "earlier"),
    [
        ("Trước năm 2010, toàn huyện chỉ có 12% đường xã được cứng hóa.", True),
        ("Hạn chế của giai đoạn 2006 - 2010 là chưa có quy hoạch.", True),
        ("Trước năm 2019, việc giao đất còn dàn trải.", False),
        ("Năm 2016, sự cố môi trường biển ảnh hưởng nặng nề.", False),
        ("Hạn chế của giai đoạn 2012 - 2017 là chưa có quy hoạch.", True),
        ("Hạn chế của giai đoạn 2011 - 2020 là nợ đọng.", False),
    ],
)
def test_a_failing_of_earlier_years_is_none_of_now(text: str, earlier: bool) -> None:
    assert earlier_lack(text.lower(), 2017) is earlier


@pytest.mark.parametrize(
    ("titles", "periods", "part"),
    [
        (["Quý I năm 2026", "Sơ kết năm 2026"], [2026], QUARTER),
        (["Đợt hai"], ["2026-H1"], "2026-H1"),
        (["Báo cáo 6 tháng đầu năm 2026"], [], "2026-H1"),
        (["Sơ kết 05 năm, quý IV/2021"], [2021], None),
        (["Quý IV/2021", "Sơ kết giai đoạn 2017 - 2021"], [], None),
        (["Quý IV/2021"], [2017, 2021], None),
        (["Năm 2026"], [2026], None),
        (["Đợt hai"], ["2030-Y5"], None),
    ],
)
def test_what_part_of_a_year_a_round_is_of(
    titles: Sequence[str], periods: Sequence[PeriodId], part: PeriodId | None
) -> None:
    assert part_reported_on(titles, periods) == part
