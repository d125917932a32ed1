"""Less than was wanted is no result; a figure misread or taken back is printed by nobody before somebody is asked."""

from __future__ import annotations

import pytest

from soket.narrative.said.doers import Reporter, rank_of
from soket.narrative.said.doubtful import falls_short
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
        "Nhà ở xã hội: chỉ tiêu 2.000 căn, mới xong 312 căn.",
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
        "Xây 900 căn nhà, đạt 45% kế hoạch giai đoạn 2021 - 2025.",
        "Xóa 312 nhà tạm (kế hoạch 300 nhà), xong trước hạn 2 tháng.",
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


@pytest.mark.parametrize("asked", [HeadingKind.DONE, HeadingKind.LACKS, HeadingKind.ELSE])
@pytest.mark.parametrize(
    "text",
    [
        "Tiêm chủng đạt 9 6,3% số trẻ.",
        "Tổng kinh phí l2,5 tỷ đồng.",
        "Thu gom được 9O,5% rác thải.",
        "Nộp ngân sách 5 ,6 tỷ đồng.",
        "Đào tạo 86 lượt cán bộ (thực tế 61 lượt hoàn thành).",
        "Khám lưu động 64 đợt (báo cáo cũ ghi 46 là nhầm).",
        "Số bác sĩ trên một vạn dân là 9,8, không phải 10,2.",
        "Cấp thẻ cho 1,234 hộ dân ở 12 thôn.",
    ],
)
def test_a_figure_in_doubt_by_its_own_sentence_is_not_quoted(text: str, asked: HeadingKind) -> None:
    assert stance_of(text, asked, DISTRICT).held is Held.UNSURE


@pytest.mark.parametrize(
    "text",
    [
        "Năm 2021 tiêm cho 96,3% số trẻ.",
        "Xây 3 trạm (theo nhu cầu thực tế).",
        "Bố trí tái định cư cho 156 hộ (thực tế 156 hộ đã nhận đất).",
        "Hỗ trợ 22 hộ thuê nhà, thực tế chi 264 triệu đồng.",
        "Đón 12.000 lượt (gồm 2.000 lượt quốc tế).",
        "Làm 5 km đường I2 và tỉnh lộ 5O1.",
        "Xã loại I có 12 thôn, đạt 9 tiêu chí, 6,3% hộ nghèo.",
        "Cấp 5 l nước cho mỗi hộ.",
        "Tỷ lệ che phủ đạt 55.2%, lượt truy cập 1.2 triệu.",
        "Số liệu thống kê của 12 xã chưa thống nhất giữa các kỳ.",
        "Ngày 30.6.2021 đạt 1.234 hộ, 12,25 ha và 1,234 tỷ đồng.",
        "Không phải dừng lễ hội nào, mở 12 lễ hội.",
    ],
)
def test_what_is_written_right_is_not_in_doubt(text: str) -> None:
    assert stance_of(text, HeadingKind.DONE, DISTRICT).held is not Held.UNSURE
