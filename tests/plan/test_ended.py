"""Bodies that are no more when a campaign opens."""

from __future__ import annotations

from datetime import date

import pytest

from soket.plan.ended import ended_bodies, endings
from soket.plan.fault import UnplacedFault
from soket.plan.model import Campaign, Plan

NAMES = {
    "Ban cán sự đảng Ủy ban nhân dân tỉnh": "ban cán sự đảng",
    "BAN CÁN SỰ ĐẢNG UBND TỈNH": "ban cán sự đảng",
    "Đảng đoàn Hội đồng nhân dân tỉnh": "đảng đoàn",
    "Đảng uỷ Khối các cơ quan và doanh nghiệp tỉnh": "Đảng ủy Khối",
    "Ban Tuyên giáo Tỉnh ủy": "Ban Tuyên giáo",
    "Ban Dân vận Tỉnh ủy": "Ban Dân vận",
    "Sở Kế hoạch và Đầu tư": "Sở Kế hoạch và Đầu tư",
    "Sở KH&ĐT": "Sở Kế hoạch và Đầu tư",
    "Sở GTVT": "Sở Giao thông vận tải",
    "Sở Tài nguyên và Môi trường": "Sở Tài nguyên và Môi trường",
    "Sở TN&MT": "Sở Tài nguyên và Môi trường",
    "Sở Nông nghiệp và Phát triển nông thôn": "Sở Nông nghiệp và Phát triển nông thôn",
    "Sở NN&PTNT": "Sở Nông nghiệp và Phát triển nông thôn",
    "Sở Lao động, Thương binh và Xã hội": "Sở Lao động - Thương binh và Xã hội",
    "Sở Lao động – Thương binh và Xã hội": "Sở Lao động - Thương binh và Xã hội",
    "Sở LĐTBXH": "Sở Lao động - Thương binh và Xã hội",
    "Sở Thông tin và Truyền thông": "Sở Thông tin và Truyền thông",
    "Sở TT&TT": "Sở Thông tin và Truyền thông",
    "Ban Dân tộc tỉnh": "Ban Dân tộc",
    "Bộ Giao thông vận tải": "Bộ Giao thông vận tải",
    "Huyện ủy Can Lộc": "huyện ủy, thị ủy, quận ủy",
    "Thị uỷ Kỳ Anh": "huyện ủy, thị ủy, quận ủy",
    "Thành ủy Hà Tĩnh": "huyện ủy, thị ủy, quận ủy",
    "Các huyện, thị, thành ủy": "huyện ủy, thị ủy, quận ủy",
    "UBND huyện Bắc Sơn": "Ủy ban nhân dân, Hội đồng nhân dân cấp huyện",
    "Uỷ ban nhân dân thành phố Lạng Sơn": "Ủy ban nhân dân, Hội đồng nhân dân cấp huyện",
    "HĐND thị xã Hồng Lĩnh": "Ủy ban nhân dân, Hội đồng nhân dân cấp huyện",
    "Phòng Văn hóa và Thông tin huyện Nghi Xuân": "cơ quan cấp huyện",
    "Công an quận Hoàn Kiếm": "cơ quan cấp huyện",
    "Khối cấp huyện": "cơ quan cấp huyện",
    "UBND thị trấn Nghèn": "thị trấn",
    "TỈNH ỦY HÀ GIANG": "tỉnh Hà Giang",
    "Ủy ban nhân dân tỉnh Hoà Bình": "tỉnh Hòa Bình",
    "UBND tỉnh Bà Rịa – Vũng Tàu": "tỉnh Bà Rịa - Vũng Tàu",
}
STILL_THERE = [
    "Ban Tuyên giáo và Dân vận Tỉnh ủy",
    "BTGDVTU",
    "Đảng ủy Ủy ban nhân dân tỉnh",
    "Đảng ủy các cơ quan Đảng tỉnh",
    "Thành ủy Hà Nội",
    "Thành ủy Huế",
    "Thành ủy Thành phố Hồ Chí Minh",
    "UBND thành phố Đà Nẵng",
    "UBND xã Can Lộc",
    "Đảng ủy phường Thành Sen",
    "Sở Nông nghiệp và Môi trường",
    "Sở Xây dựng",
    "Sở Nội vụ",
    "Sở Dân tộc và Tôn giáo",
    "UBND tỉnh Ninh Bình",
    "TỈNH ỦY HÀ TĨNH",
    "Tỉnh ủy Bắc Ninh",
    "Văn phòng Tỉnh ủy",
    "Quân khu 4",
    "Ban Quản lý Khu kinh tế tỉnh",
]


def at(plan: Plan, campaign: Campaign, opens: date, names: list[str]) -> list[UnplacedFault]:
    """Return what is told of some recipients, the only bodies of a plan, in a campaign that opens on a day."""
    named = {"issuer": "Tỉnh ủy", "party_committee": "TỈNH ỦY", "state_body": "ỦY BAN NHÂN DÂN TỈNH"}
    bare = named | {"offices": (), "blocks": (), "units": (), "recipients": tuple(names)}
    return list(ended_bodies(plan.model_copy(update={**bare, "campaigns": (moved(campaign, opens),)})))


def moved(campaign: Campaign, opens: date) -> Campaign:
    return campaign.model_copy(update={"opens": opens})


@pytest.mark.parametrize("name", NAMES)
def test_a_body_that_is_no_more_is_told_with_its_successor(name: str, plan: Plan, campaign: Campaign) -> None:
    (told,) = at(plan, campaign, date(2026, 4, 15), [name])
    assert told.path == ("recipients", 0)
    assert f"«{name}»: {NAMES[name]} không còn từ ngày" in told.message
    assert told.hint.startswith("Nay là: ")


@pytest.mark.parametrize("name", STILL_THERE)
def test_a_body_that_is_still_there_is_not_told(name: str, plan: Plan, campaign: Campaign) -> None:
    assert at(plan, campaign, date(2026, 4, 15), [name]) == []


@pytest.mark.parametrize(
    ("name", "last"),
    [("Sở KH&ĐT", date(2025, 2, 28)), ("UBND huyện Can Lộc", date(2025, 6, 30)), ("Tỉnh ủy Hà Nam", date(2025, 6, 30))],
)
def test_it_is_told_from_the_first_day_without_it(name: str, last: date, plan: Plan, campaign: Campaign) -> None:
    assert at(plan, campaign, last, [name]) == []
    assert len(at(plan, campaign, date.fromordinal(last.toordinal() + 1), [name])) == 1


def test_each_sort_is_told_once(plan: Plan, campaign: Campaign) -> None:
    (told,) = at(plan, campaign, date(2026, 1, 5), ["UBND huyện Can Lộc", "UBND huyện Đức Thọ", "UBND thị xã Kỳ Anh"])
    assert "«UBND huyện Can Lộc» (và 2 chỗ nữa)" in told.message
    assert "01/07/2025" in told.message


def test_what_nobody_has_looked_up_is_told_with_it(plan: Plan, campaign: Campaign) -> None:
    (checked,) = at(plan, campaign, date(2026, 1, 5), ["UBND huyện Can Lộc"])
    (unchecked,) = at(plan, campaign, date(2026, 1, 5), ["Tỉnh ủy Hà Nam"])
    assert "chưa đối chiếu" not in checked.message
    assert unchecked.message.endswith("của Quốc hội; chưa đối chiếu: số hiệu Nghị quyết)")


def test_a_plan_of_its_time_is_not_asked(plan: Plan) -> None:
    assert list(ended_bodies(plan)) == []
    assert list(ended_bodies(plan.model_copy(update={"campaigns": (moved(plan.campaigns[0], date(2026, 1, 5)),)})))


def test_the_table_has_every_province_that_is_no_more() -> None:
    names = [body.name for ending in endings() for body in ending.bodies]
    assert len([name for name in names if name.startswith("tỉnh ")]) == 63 - 34
    assert len(names) == len(set(names))
    assert all(ending.basis and body.successor and body.written for ending in endings() for body in ending.bodies)
