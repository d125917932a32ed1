"""What a drafter is asked to look at: reports that gainsay themselves, amounts that are far from the others'."""

from __future__ import annotations

import pytest

from soket.documents.prose_figures import prose_figures
from soket.documents.said import gather
from soket.documents.unlike import remarks

from .builders import nq06
from .worded import lexicon, summary_of

TRAINED = "Toàn huyện có 302 người đã qua đào tạo nghiệp vụ du lịch, chiếm 41,9%."


def kinds(said: dict[str, dict[str, list[str]]]) -> list[tuple[str, str]]:
    sayings = gather(summary_of(nq06(), said), lexicon())
    return [(each.kind, each.unit.code) for each in remarks(sayings, prose_figures(sayings))]


def gainsays(done: str, lacks: str) -> bool:
    return bool(kinds({"h_can_loc": {"ket_qua": [done], "han_che": [lacks]}}))


@pytest.mark.parametrize(
    ("done", "lacks"),
    [
        (TRAINED, "Còn hơn một nửa số lao động (58,1%) chưa qua đào tạo, bồi dưỡng."),
        (TRAINED, "Lao động chưa qua đào tạo chiếm 58%, chủ yếu ở các hộ kinh doanh nhỏ."),
        ("Đến nay 62% số hộ đã được tập huấn nghiệp vụ.", "Còn 38% số hộ chưa được tập huấn nghiệp vụ."),
        ("Các điểm du lịch cơ bản đồng bộ về biển chỉ dẫn.", "Còn 05 điểm du lịch chưa đồng bộ về biển chỉ dẫn."),
        ("Đã tập huấn 12 lớp cho lao động du lịch.", "Một bộ phận lao động du lịch không tập huấn."),
        ("100% cơ sở Hội đã tổ chức cho cán bộ, hội viên học tập.", "Các hội thi, hội chợ không tổ chức được."),
        ("Toàn bộ các xã đã xây dựng kế hoạch du lịch.", "Một số nhà vệ sinh chưa xây dựng được."),
        ("Tất cả các xã đã bố trí cán bộ phụ trách.", "Kinh phí cho các lớp học không bố trí được."),
        ("Đã tu bổ chùa Hương Tích với kinh phí 5 tỷ đồng.", "Đường lên chùa Hương Tích xuống cấp."),
    ],
)
def test_parts_of_one_whole_do_not_gainsay_each_other(done: str, lacks: str) -> None:
    assert not gainsays(done, lacks)


@pytest.mark.parametrize(
    ("done", "lacks"),
    [
        ("Hạ tầng khu du lịch cơ bản đồng bộ, đáp ứng nhu cầu.", "Hạ tầng du lịch nhiều nơi chưa đồng bộ."),
        (TRAINED, "Lao động chưa qua đào tạo chiếm 71,5%."),
        ("100% lao động đã qua đào tạo nghiệp vụ du lịch.", "Còn 120 lao động chưa qua đào tạo."),
        ("100% số xã đã ban hành kế hoạch du lịch.", "Còn 02 xã chưa ban hành kế hoạch du lịch."),
        ("Tất cả các hộ đã được tập huấn trong năm 2019.", "Còn 38 hộ kinh doanh chưa được tập huấn nghiệp vụ."),
    ],
)
def test_a_whole_and_shares_that_do_not_fill_it_do(done: str, lacks: str) -> None:
    assert gainsays(done, lacks)


@pytest.mark.parametrize(
    ("sentence", "shown"),
    [
        ("Toàn huyện đã tu bổ 02 di tích được xếp hạng.", ["02 di tích"]),
        ("Xây mới 04 nhà văn hóa, ban hành 07 văn bản chỉ đạo.", ["04 nhà văn hóa", "07 văn bản chỉ đạo"]),
        ("Tổ chức 01 hội nghị tuyên truyền, vận động nhân dân.", ["01 hội nghị tuyên truyền"]),
        ("Còn 11 ki-ốt chưa di dời khỏi bãi biển.", ["11 ki-ốt"]),
        ("Vườn quốc gia rộng 222 km2 và 5,5 km² mặt nước.", ["222 km2", "5,5 km²"]),
        ("Làm mới 12 km đường ven biển, trị giá 250 tỷ đồng.", ["12 km", "250 tỷ đồng"]),
        ("Đón 480 nghìn lượt khách, đạt 41,9% kế hoạch.", ["480 nghìn lượt", "41,9%"]),
        ("Có 03 mô hình du lịch sinh thái cộng đồng.", ["03 mô hình du lịch…"]),
        ("Trùng tu 03 chùa Hương Tích, Chân Tiên, Gia Hưng.", ["03 chùa"]),
    ],
)
def test_amounts_are_shown_with_whole_words(sentence: str, shown: list[str]) -> None:
    figures = prose_figures(gather(summary_of(nq06(), {"h_can_loc": {"ket_qua": [sentence]}}), lexicon()))
    assert [each.text for each in figures] == shown


@pytest.mark.parametrize(
    ("length", "of_a_department", "of_a_district"),
    [("414", False, True), ("2.140", False, True), ("42.140", True, True), ("0,1", True, True), ("60", False, False)],
)
def test_who_may_tell_of_all_together_is_not_held_against_each(
    length: str, of_a_department: bool, of_a_district: bool
) -> None:
    district, *others = [each.code for each in nq06().units if each.block == nq06().unit("h_can_loc").block]
    said = {
        unit: {"ket_qua": [f"Nâng cấp {number} km đường vào các điểm du lịch."]}
        for number, unit in enumerate(others, 5)
    }
    for unit, far in (("so_gtvt", of_a_department), (district, of_a_district)):
        told = said | {unit: {"ket_qua": [f"Nâng cấp {length} km đường vào các điểm du lịch."]}}
        assert kinds(told) == [("Số liệu khác thường", unit)] * far


def test_without_themes_amounts_of_nobody_knows_what_are_not_held_against_each_other() -> None:
    codes = [each.code for each in nq06().units if each.block == nq06().unit("h_can_loc").block]
    said = {unit: {"ket_qua": [f"Huy động {number} tỷ đồng."]} for number, unit in enumerate(codes[1:], 5)}
    sayings = gather(summary_of(nq06(), said | {codes[0]: {"ket_qua": ["Xử phạt 12 triệu đồng."]}}))
    assert not remarks(sayings, prose_figures(sayings))
