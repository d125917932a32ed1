"""Papers of other offices: what each obliges to is right in the plan, or told; never wrong, never lost.

What is expected was written by hand, and lies beside them.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest

from plan_reading.expectations import Made, Outcome, counts
from plan_reading.sources import HELD_OUT, content_of, paper
from soket.plan.check import examine
from soket.plan_reading.asking import from_answers
from soket.plan_reading.compose import NewPlan, new_plan
from soket.plan_reading.paper import paper_of

# What is told and not placed, though somebody who knows the office might place it.
ASKED = {
    "ban_chi_dao": [
        "Mục B.III.2: trước ngày 30/8/2024",
        "Mục D.2: Đài Phát thanh và Truyền hình tỉnh",
        "Mục D.3: trước 05/8/2024",
    ],
    "bo_cong_van": [],
    "bo_khoang_san": [],
    "bo_thu_vien": [],
    "cong_doan_cong_van": ["Đoạn 2: trước ngày 20/10/2026"],
    "hoi_phu_nu": [],
    "huyen_huong_dan": ["Mục II.2: nửa đầu tháng 10/2023"],
    "huyen_thong_bao": [],
    "huyen_uy_2019": [],
    "mat_tran_tinh": ["Mục III.2: 31/5/2026"],
    "quyet_dinh_bo": [
        "Mục II.2: trước ngày 31 tháng 8 năm 2026",
        "Mục II.3: 20/9/2026",
        "Mục II.4: trước 05/10/2026",
        "Mục III.3: Báo Lao động và Việc làm",
    ],
    "thanh_uy": ["Mục III.4: cuối tháng 6/2023"],
    "so_tu_phap": ["Bảng phân công, dòng 6: Chậm nhất 30/11/2025"],
    "thanh_pho_bang": [],
    "thanh_pho_rac_nhua": ["Bảng phân công, dòng 3: 15/10"],
    "tinh_cong_van": ["Mục 2: trước ngày 25/4/2026"],
    "tinh_du_lich_cong_dong": ["Mục IV.2: trong 05 ngày làm việc kể từ ngày nhận được hồ sơ"],
    "tinh_tai_nguyen_nuoc": [],
    "tinh_uy_can_bo": [],
    "xa_dang_uy": ["Mục IV, gạch đầu dòng 2: Văn phòng Đảng ủy"],
    "thanh_pho_cchc": [
        "Mục III.1: trước ngày 10/3/2026",
        "Mục III.2: trước ngày 10/6/2026",
        "Mục III.3: trước ngày 10/9/2026",
        "Mục IV.4: tuyên truyền",
    ],
    "tinh_hdnd": [],
    "tinh_hoi_nong_dan": [
        *(f"Mục III.2, gạch đầu dòng {at}: ngày {day}/4/2026" for at, day in enumerate((14, 16, 21, 23), 1)),
        "Mục IV.1: trước 05/5/2026",
    ],
    "bo_san_pham": ["Bảng phân công, dòng 5: Trong tháng 7/2025"],
    "xa_sau_thang": ["Mục III.1: trước ngày 14/6"],
    "cong_doan_tinh": [
        "Mục III.1: trước ngày 31/10/2025",
        "Mục III.3: trước ngày 05/11/2025",
        "Mục III.4: từ ngày 12 đến ngày 20/11/2025",
        "Mục IV.3: tuyên truyền",
    ],
    "bo_suc_khoe": [
        "Mục III.4.a: 21/5/2026",
        "Mục III.4.b: 28/5/2026",
        "Mục III.4.c: 04/6/2026",
        "Mục IV.5: trước ngày 15/4/2026",
    ],
    "dang_uy_co_quan": [
        "Mục III.1: tháng 3/2026",
        "Mục III.2: trước ngày 20/3/2026",
        "Mục IV.2: Ban Tuyên giáo và Dân vận Đảng ủy",
    ],
    "thanh_uy_kieu_bao": ["Mục IV.2: trước 31/7/2025"],
    "tinh_uy_hai_cap": ["Mục IV.2: thẩm định dự thảo báo cáo trước khi trình"],
}


@cache
def made(name: str) -> NewPlan:
    return new_plan(paper(name, HELD_OUT), from_answers({}), date(2026, 1, 15))


def test_every_text_is_looked_at() -> None:
    assert sorted(ASKED) == sorted(path.stem for path in HELD_OUT.glob("*.txt"))


@pytest.mark.parametrize("name", ASKED)
def test_what_it_obliges_to_is_placed_or_told(name: str) -> None:
    found = counts(name, made(name))
    assert (found[Outcome.WRONG], found[Outcome.DROPPED], found[Outcome.ASKED]) == ([], [], ASKED[name])


@pytest.mark.parametrize("name", ASKED)
def test_the_checker_accepts_it(name: str, tmp_path: Path) -> None:
    file = tmp_path / f"{made(name).id}.yaml"
    file.write_text(made(name).text, encoding="utf-8")
    plan, faults = examine(file)
    assert plan is not None, "\n".join(map(str, faults))


@pytest.mark.parametrize("name", ASKED)
def test_names_of_bodies_are_names_of_the_text(name: str) -> None:
    """Nobody is "Ủy ban nhân dân tỉnh xong", or "Đảng ủy" alone."""
    plan = Made(made(name)).data
    names = {each["name"] for part in ("offices", "units") for each in plan.get(part, ())}
    assert not [each for each in names if len(each.split()) < 2 or each.split()[-1] in ("xong", "ký", "cử", "đồng")]


def test_two_who_appraise_do_so_side_by_side_and_the_conference_waits_for_both() -> None:
    stages = {each["id"]: each for each in Made(made("bo_suc_khoe")).data["stages"]}
    assert [stages[each]["after"] for each in ("tham_dinh", "tham_dinh_2")] == [["du_thao"], ["du_thao"]]
    assert stages["hoi_nghi"]["after"] == ["tham_dinh", "tham_dinh_2"]


def test_the_conference_is_the_last_and_those_of_regions_are_told() -> None:
    plan = Made(made("bo_san_pham")).data
    assert plan["campaigns"][0]["stages"]["hoi_nghi"]["by"] == date(2025, 9, 12)


def test_a_date_without_a_doer_is_that_of_the_draft_that_has_none() -> None:
    plan = Made(made("thanh_uy_kieu_bao")).data
    (draft,) = (each for each in plan["stages"] if each["kind"] == "draft")
    assert draft["source"] == "Mục IV.1; Mục III.3"


def test_a_letter_says_of_itself_what_a_plan_does() -> None:
    plan = Made(made("tinh_cong_van")).data
    assert plan["title"].startswith("Tổng kết 15 năm thực hiện Phong trào “Toàn dân đoàn kết")
    assert (plan["issuer"], plan["document_number"]) == ("Sở Văn hóa, Thể thao và Du lịch", "1187/SVHTTDL-QLVH")
    assert plan["recipients"][:2] == ["Các sở, ban, ngành cấp tỉnh", "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh"]
    guide = Made(made("huyen_huong_dan")).data
    assert (guide["issuer"], guide["form"]) == ("Ban Tuyên giáo Huyện ủy", "party")


def test_what_befalls_whoever_is_late_is_no_duty() -> None:
    assert [each["kind"] for each in Made(made("huyen_huong_dan")).data["stages"]].count("collect") == 1


def test_who_is_to_appraise_is_not_who_sends_it_there() -> None:
    new = of_duty(
        "Sở Nội vụ hoàn thành dự thảo báo cáo, gửi Văn phòng Ủy ban nhân dân tỉnh thẩm định trước ngày 15/6/2025."
    )
    assert [(each["kind"], each["owner"]) for each in Made(new).data["stages"] if each["kind"] == "draft"]
    assert not [
        each for each in Made(new).data["stages"] if each["kind"] == "appraise" and each["owner"] == "so_noi_vu"
    ]


def test_a_duty_before_the_first_number_is_not_lost() -> None:
    lines = [
        "KẾ HOẠCH",
        "Sơ kết Chỉ thị số 5-CT/TU",
        "Các sở gửi báo cáo về Sở Nội vụ trước ngày 15/6/2025.",
        "I. NỘI DUNG",
    ]
    new = new_plan(paper_of(content_of(lines)), from_answers({}), date(2025, 1, 15))
    (stage,) = (each for each in Made(new).data["stages"] if each["kind"] == "collect")
    assert stage["source"] == "Phần mở đầu"


def test_a_paper_without_press_makes_no_stage_of_it() -> None:
    assert [each["kind"] for each in Made(made("tinh_uy_can_bo")).data["stages"]].count("publish") == 0


def test_tasks_are_no_goals_and_dates_no_guidance() -> None:
    for name in ("bo_thu_vien", "tinh_tai_nguyen_nuoc", "thanh_pho_rac_nhua", "thanh_pho_bang"):
        plan = Made(made(name)).data
        assert (plan["goals"], plan["request_guidance"]) == ([], [])


def of_duty(duty: str) -> NewPlan:
    lines = ["KẾ HOẠCH", "Sơ kết Chỉ thị số 5-CT/TU", "I. TỔ CHỨC THỰC HIỆN", f"1. {duty}"]
    return new_plan(paper_of(content_of(lines)), from_answers({}), date(2025, 1, 15))


@pytest.mark.parametrize("name", ["Vụ Bảo tồn, Di sản", "Văn phòng"])
def test_a_name_that_may_be_two_or_is_no_whole_one_is_asked_for(name: str) -> None:
    new = of_duty(f"{name} dự thảo Báo cáo sơ kết, trình Lãnh đạo Bộ trước ngày 15/6/2025.")
    words = f"Mục I.1: «{name}» có đúng là tên một cơ quan không? Nếu không, ghi đúng tên"
    assert words in [question.text for question, _ in new.asking.asked]


def test_who_stands_before_the_first_name_owes_it_too() -> None:
    new = of_duty("Các ban chuyên môn, Trung tâm Lưu trữ gửi báo cáo về Sở Nội vụ trước ngày 15/6/2025.")
    assert {each["name"] for each in Made(new).data["blocks"]} >= {"Ban chuyên môn"}
    assert "Trung tâm Lưu trữ" in {each["name"] for each in Made(new).data["units"]}
