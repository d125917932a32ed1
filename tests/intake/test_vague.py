"""Reports of stock phrases alone are remarked on; one figure, one paper or one name is enough."""

from __future__ import annotations

import pytest

from intake.plans import make_plan
from soket.intake.outline.vague import vague_sections
from soket.record.records import SectionText

PLAN = make_plan()
_LINES = """
Các cấp ủy, chính quyền đã quan tâm lãnh đạo, chỉ đạo quyết liệt, đồng bộ, toàn diện việc triển khai Nghị quyết số \
06-NQ/TU. Công tác tuyên truyền được đẩy mạnh với nhiều hình thức phong phú.
Trong 05 năm qua, du lịch đã có những bước phát triển tích cực, ngày càng khẳng định vai trò, vị trí; đời sống của \
Nhân dân không ngừng được cải thiện. Lượng khách năm sau cao hơn năm trước, đạt kết quả đáng khích lệ.
Bên cạnh những kết quả đạt được, việc thực hiện Nghị quyết còn một số tồn tại, hạn chế; dịch Covid-19 kéo dài. \
Nguyên nhân chủ quan là chủ yếu.
1. Một là, tăng cường sự lãnh đạo của Đảng, sự quản lý của Nhà nước. 2. Đề nghị Ban Thường vụ Tỉnh ủy, Ủy ban nhân dân \
tỉnh tiếp tục quan tâm, tạo điều kiện giúp đỡ địa phương về mọi mặt đến năm 2025.
""".strip().splitlines()
STOCK = tuple(" ".join([each] * 3) for each in _LINES)  # as long as reports are


def vague(*texts: str) -> list[str]:
    sections = [
        SectionText(section=section.code, heading=section.title, text=text)
        for section, text in zip(PLAN.outline, texts, strict=True)
    ]
    return vague_sections(PLAN, PLAN.units[0], sections)


def test_stock_phrases_alone_are_told_by_section() -> None:
    assert vague(*STOCK) == ["I", "II", "III", "IV"]
    assert vague(*STOCK[:3], "") == ["I", "II", "III"]


@pytest.mark.parametrize(
    "own",
    [
        "Toàn huyện có 12 hộ làm du lịch cộng đồng.",
        "Huyện ủy đã ban hành Chương trình hành động số 15-CTr/HU.",
        "Hội nghị triển khai tổ chức ngày 15/3/2018 tại huyện.",
        "Phong trào làm du lịch mạnh nhất ở Sơn Kim và các xã biên giới.",
        "Đền Củi, chùa Hương Tích là những nơi đông khách.",
    ],
)
def test_one_thing_of_its_own_is_enough(own: str) -> None:
    assert vague(STOCK[0], f"{STOCK[1]} {own}", *STOCK[2:]) == []


def test_of_a_report_that_is_too_short_it_is_not_asked_once_more() -> None:
    assert vague("Đã triển khai Nghị quyết.", "Đạt kết quả khá.", "Còn hạn chế.", "Không có.") == []
