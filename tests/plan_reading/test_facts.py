"""What plans on paper say of themselves, in the party's form and the state's."""

from __future__ import annotations

from datetime import date

import pytest

from plan_reading.sources import NAMES, content_of, paper
from soket.plan_reading.bodies import bodies_in
from soket.plan_reading.facts import facts_of, short_title_of
from soket.plan_reading.paper import paper_of
from soket.reading.findings import Content

FACTS = {
    "nq06": (None, None, None, "party", "Ban Thường vụ Tỉnh uỷ", "Sơ kết Nghị quyết số 06-NQ/TU"),
    "nong_thon_moi": ("97/KH-UBND", date(2019, 4, 12), "An Sơn", "state", "Ủy ban nhân dân tỉnh",
                      "Tổng kết 10 năm thực hiện Chương trình mục tiêu quốc gia xây dựng nông thôn mới"),
    "bo_kinh_te_bien": ("2145/KH-BKTB", date(2025, 5, 5), "Hà Nội", "state", "Bộ Kinh tế biển",
                        "Sơ kết 03 năm thực hiện Chiến lược phát triển nghề cá bền vững"),
    "hop_tac_xa": (None, None, "Đông Hà Giang", "state", "UBND tỉnh",
                   "Sơ kết 03 năm thực hiện Đề án Phát triển kinh tế tập thể"),
    "hai_cap": ("18-KH/TU", date(2026, 3, 3), "Bắc Hải", "party", "Ban Thường vụ Tỉnh ủy",
                "Tổng kết Chỉ thị số 09-CT/TU"),
}  # fmt: skip


def test_every_text_is_looked_at() -> None:
    assert sorted(FACTS) == NAMES


@pytest.mark.parametrize("name", FACTS)
def test_the_letterhead_and_the_opening(name: str) -> None:
    facts = facts_of(paper(name))
    issuer = facts.issuer and facts.issuer.value
    assert (facts.number, facts.issued, facts.place, facts.form, issuer, short_title_of(facts)) == FACTS[name]


@pytest.mark.parametrize(
    ("title", "short"),
    [
        ("Sơ kết 5 năm thực hiện Quy định số 11-QĐi/TW, ngày 18/02/2019 về tiếp dân", "Sơ kết Quy định số 11-QĐi/TW"),
        (
            "Tổng kết hoạt động của Hội đồng nhân dân các cấp nhiệm kỳ 2021 - 2026",
            "Tổng kết hoạt động của Hội đồng nhân dân các cấp",
        ),
        ("Tổng kết phong trào thi đua của các", "Tổng kết phong trào thi đua"),
    ],
)
def test_a_short_title_ends_where_it_says_enough(title: str, short: str) -> None:
    assert short_title_of(facts_of(paper_of(content_of(["KẾ HOẠCH", title, "I. MỤC ĐÍCH"])))) == short


def test_a_title_in_capitals_is_written_as_the_opening_writes_it() -> None:
    assert facts_of(paper("nong_thon_moi")).title == (
        "Tổng kết 10 năm thực hiện Chương trình mục tiêu quốc gia xây dựng nông thôn mới giai đoạn 2010 - 2020 "
        "trên địa bàn tỉnh"
    )


@pytest.mark.parametrize(
    ("name", "basis", "purposes", "goals"),
    [("nq06", 1, 3, 5), ("nong_thon_moi", 3, 3, 4), ("bo_kinh_te_bien", 1, 2, 3), ("hai_cap", 1, 2, 3)],
)
def test_basis_purposes_and_goals(name: str, basis: int, purposes: int, goals: int) -> None:
    facts = facts_of(paper(name))
    assert (len(facts.basis), len(facts.purposes), len(facts.goals)) == (basis, purposes, goals)


def test_who_gets_it_and_who_signs() -> None:
    seed = paper("nq06")
    assert (len(seed.recipients), seed.recipients[-1]) == (6, "Lưu Văn phòng Tỉnh ủy")
    assert seed.signature == ("T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ", "Trần Thế Dũng")


def test_lines_that_share_a_paragraph_are_told_apart() -> None:
    whole = paper_of(Content(paragraphs=(
        "ỦY BAN NHÂN DÂN TỈNH AN SƠN _______ Số: 97/KH-UBND",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc An Sơn, ngày 12 tháng 4 năm 2019",
        "KẾ HOẠCH Sơ kết Chỉ thị số 5-CT/TU",
        "I. NỘI DUNG",
        "Nơi nhận: - Như trên; - Lưu: VT.",
        "TM. ỦY BAN NHÂN DÂN",
    )))  # fmt: skip
    facts = facts_of(whole)
    assert (facts.number, facts.issued, facts.place) == ("97/KH-UBND", date(2019, 4, 12), "An Sơn")
    assert (facts.agency, facts.title) == (("ỦY BAN NHÂN DÂN TỈNH AN SƠN",), "Sơ kết Chỉ thị số 5-CT/TU")
    assert whole.recipients == ("Như trên", "Lưu: VT")


NAMED = {
    "Sở Văn hóa, Thể thao và Du lịch chủ trì": ["Sở Văn hóa, Thể thao và Du lịch"],
    "Sở Nông nghiệp và Phát triển nông thôn, Sở Tài chính và Sở Nội vụ phối hợp": [
        "Sở Nông nghiệp và Phát triển nông thôn", "Sở Tài chính", "Sở Nội vụ",
    ],
    "Các sở: Tài chính, Văn hóa, Thể thao và Du lịch, Nội vụ và Y tế báo cáo": [
        "Sở Tài chính", "Sở Văn hóa, Thể thao và Du lịch", "Sở Nội vụ", "Sở Y tế",
    ],
    "Đảng ủy các phường: Sông Trí, Hải Ninh; các xã: Kỳ Xuân và Kỳ Anh; Sở Y tế báo cáo": [
        "Đảng ủy phường Sông Trí", "Đảng ủy phường Hải Ninh", "Đảng ủy xã Kỳ Xuân", "Đảng ủy xã Kỳ Anh", "Sở Y tế",
    ],
    "Đảng ủy các xã: Hội nghị tổng kết xong trước": ["dang_uy_xa"],
    "Ban Tổ chức Tỉnh ủy tổ chức": ["Ban Tổ chức Tỉnh ủy"],
    "Hội nghị do Hội Nông dân tỉnh chuẩn bị": ["Hội Nông dân tỉnh"],
    "SƠ KẾT, báo cáo số 131-KH/UBND": [],
    "UBND các huyện, thành phố; Ủy ban nhân dân các xã, phường, đặc khu": ["ubnd_huyen", "ubnd_xa"],
    "Các sở, ban, ngành là thành viên Ban Chỉ đạo": ["thanh_vien_ban_chi_dao"],
    "các huyện uỷ, thành uỷ, thị uỷ": ["huyen_thi_thanh_uy"],
    "Vụ Kế hoạch, Tài chính bố trí kinh phí": ["Vụ Kế hoạch, Tài chính"],
    "trình Ủy ban nhân dân tỉnh xong trước": ["Ủy ban nhân dân tỉnh"],
    "Chủ tịch Ủy ban nhân dân tỉnh ký ban hành": ["Chủ tịch Ủy ban nhân dân tỉnh"],
    "Đảng ủy các cơ quan Đảng tỉnh, Đảng ủy Công an tỉnh": ["Đảng ủy các cơ quan Đảng tỉnh", "Đảng ủy Công an tỉnh"],
    "Hội Nông dân các xã, phường gửi": ["hoi_nong_dan_cac_xa_phuong"],
    "Vụ Thư viện và Văn phòng Bộ đồng chủ trì": ["Vụ Thư viện", "Văn phòng Bộ"],
}  # fmt: skip


@pytest.mark.parametrize("text", NAMED)
def test_bodies_are_found_by_their_names(text: str) -> None:
    assert [body.group.code if body.group else body.name for body in bodies_in(text)] == NAMED[text]
