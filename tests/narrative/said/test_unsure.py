"""A figure that is misread, or that its own sentence takes back, is printed by nobody before somebody is asked."""

from __future__ import annotations

import pytest

from soket.narrative.said.doers import Reporter, rank_of
from soket.narrative.said.stances import HeadingKind, Held, stance_of

DISTRICT = Reporter(frozenset({"huyện thạch hòa"}), "nam sơn", rank_of("Huyện ủy Thạch Hòa"), 2018, 2022)


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
        "Lượt truy cập cổng thông tin đạt 1.2 triệu.",
        "Cấp thẻ cho 1,234 hộ dân ở 12 thôn.",
        "Số liệu này chưa khớp với số của Cục Thống kê: 1.200 hộ.",
    ],
)
def test_a_figure_in_doubt_by_its_own_sentence_is_not_quoted(text: str, asked: HeadingKind) -> None:
    assert stance_of(text, asked, DISTRICT).held is Held.UNSURE


@pytest.mark.parametrize(
    "text",
    [
        "Năm 2021 tiêm cho 96,3% số trẻ.",
        "Xây 3 trạm (theo nhu cầu thực tế).",
        "Đón 12.000 lượt (gồm 2.000 lượt quốc tế).",
        "Làm 5 km đường I2 và tỉnh lộ 5O1.",
        "Xã loại I có 12 thôn, đạt 9 tiêu chí, 6,3% hộ nghèo.",
        "Cấp 5 l nước cho mỗi hộ.",
        "Ngày 30.6.2021 đạt 1.234 hộ, 12,25 ha và 1,234 tỷ đồng.",
        "Không phải dừng lễ hội nào, mở 12 lễ hội.",
    ],
)
def test_what_is_written_right_is_not_in_doubt(text: str) -> None:
    assert stance_of(text, HeadingKind.DONE, DISTRICT).held is not Held.UNSURE
