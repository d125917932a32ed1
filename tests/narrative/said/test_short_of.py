"""What was wanted stands beside what was reached: less is no result, and a year to come is not up yet."""

from __future__ import annotations

import pytest

from soket.narrative.said.doers import Reporter, rank_of
from soket.narrative.said.short_of import falls_short
from soket.narrative.said.stances import HeadingKind, Held, stance_of

LAST = 2022
DISTRICT = Reporter(frozenset({"huyện thạch hòa"}), "nam sơn", rank_of("Huyện ủy Thạch Hòa"), 2018, LAST)


@pytest.mark.parametrize(
    "text",
    [
        "Phát triển 127 hộ trồng cây thuốc nam (chỉ tiêu 300).",
        "Trạm đạt chuẩn quốc gia: 11/16 (chỉ tiêu 16/16).",
        "Vốn xây trạm: bố trí 212 tỷ đồng, đạt 64% nhu cầu (mục tiêu 100%).",
        "Quản lý 2.300 người bệnh mạn tính (kế hoạch 4.000 người).",
        "Vận động 4.100 phụ nữ khám sàng lọc (đăng ký 10.000).",
        "Thẻ bảo hiểm hộ gia đình: 9.400 người (kế hoạch: 15.000).",
        "Hồ sơ sức khỏe: 41.000 người/78.000 người, KH 100%.",
        "Tỷ lệ khám ban đầu tại trạm 31% so với mục tiêu 50%.",
        "Năm 2021 xây 5 trạm (kế hoạch 8).",
        "Đến ngày 30/6 xây 12 trạm (kế hoạch 15).",
        "Tỷ lệ hộ nghèo còn 9,6% (chỉ tiêu dưới 8%).",
        "Trồng rừng: kế hoạch 300 ha, thực hiện 127 ha.",
        "Lớp tập huấn: KH 10, TH 9.",
        "Chữ ký số cấp cho 512 người, trong khi chỉ tiêu là 1.500 người.",
        "Số hóa tài liệu lưu trữ: đạt 22% khối lượng.",
        "Tuyển 19/60 chỉ tiêu công chức.",
        "Giải ngân 1,2 tỷ đồng (kế hoạch năm 2022 là 5 tỷ đồng).",
    ],
)
def test_less_than_was_wanted_is_no_result(text: str) -> None:
    assert falls_short(text.lower(), LAST)
    assert stance_of(text, HeadingKind.DONE, DISTRICT).held is Held.LACKING


@pytest.mark.parametrize(
    "text",
    [
        "Giải ngân 22,5 tỷ đồng (kế hoạch 22 tỷ đồng) cho các trạm.",
        "Khám cho 24.100 em (chỉ tiêu 23.000 em).",
        "Có 193/210 trạm đạt chuẩn, đạt 91,9% (mục tiêu 90%).",
        "Vận động 61.500 người tham gia, vượt 12% kế hoạch (kế hoạch 54.900 người).",
        "Tỷ lệ tham gia đạt 91% (mục tiêu đến năm 2025 là 95%).",
        "Tỷ lệ hộ nghèo còn 5% (mục tiêu 8%).",
        "Tỷ lệ hộ nghèo còn 5% (mục tiêu dưới 8%).",
        "Ban hành 5 văn bản (Kế hoạch 42-KH/HU).",
        "Ban hành 5 nghị quyết, kế hoạch 12/KH-UBND.",
        "Mở 12 lớp, kế hoạch 10 lớp.",
        "Hoàn thành 12/15 chỉ tiêu nghị quyết.",
        "Hoàn thành 62% khối lượng, sớm hơn dự định.",
        "Khám cho 7.830 người (đạt 91% kế hoạch).",
        "Trồng rừng: kế hoạch 100 ha, thực hiện 127 ha.",
        "Chương trình hành động số 15 (4/2018), KH 42 của UBND huyện.",
        "Theo kế hoạch 05 năm 2021 - 2025, huyện xây 3 trạm.",
    ],
)
def test_what_was_reached_or_is_not_due_falls_short_of_nothing(text: str) -> None:
    assert not falls_short(text.lower(), LAST)
    assert stance_of(text, HeadingKind.DONE, DISTRICT).held is None
