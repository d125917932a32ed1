"""A unit whose figures are of a place is called by it in sentences about them."""

from __future__ import annotations

import pytest

from soket.plan.bodies import place_of
from soket.plan.model import Plan


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("Huyện ủy Can Lộc", "huyện Can Lộc"),
        ("Thị ủy Hồng Lĩnh", "thị xã Hồng Lĩnh"),
        ("Thành uỷ Hà Tĩnh", "thành phố Hà Tĩnh"),
        ("Tỉnh ủy Lạng Sơn", "tỉnh Lạng Sơn"),
        ("Đảng ủy phường Vinh Phú", "phường Vinh Phú"),
        ("Ủy ban nhân dân thị xã Kỳ Anh", "thị xã Kỳ Anh"),
        ("UBND xã Sơn Lâm", "xã Sơn Lâm"),
        ("Đảng ủy Khối các cơ quan và doanh nghiệp", None),
        ("Ban Tổ chức Tỉnh ủy", None),
        ("Sở Tài chính", None),
    ],
)
def test_a_place_is_told_by_the_name_of_who_governs_it(name: str, place: str | None) -> None:
    assert place_of(name) == place


def test_a_plan_says_otherwise(plan: Plan) -> None:
    unit = plan.unit("h_can_loc")
    assert unit.called == "huyện Can Lộc"
    assert unit.model_copy(update={"place": "vùng Can Lộc"}).called == "vùng Can Lộc"
    assert plan.unit("so_gtvt").called == "Sở Giao thông vận tải"
