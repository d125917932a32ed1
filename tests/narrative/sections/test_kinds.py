"""Headings of other words than the outline's, of a plan that tells no other names of its sections."""

from __future__ import annotations

import pytest

from soket.narrative.sections.outline import read_outline, read_sections
from soket.plan.model import Plan, Section

DONE = "Đã cứng hóa 120 km đường trục xã, hình thành hai vùng chuyên canh, mở bốn lớp dạy nghề cho lao động nông thôn."
WEAK = "Tiêu chí môi trường chưa bền vững, một số công trình nước sạch xuống cấp, vốn đối ứng của xã còn thiếu nhiều."
ASK = "Đề nghị tỉnh phân bổ vốn sớm hằng năm và cho xã tự chọn công trình có mức đầu tư nhỏ trong ba năm tới."
ELSE = "Phát động đợt thi đua cao điểm, giao chỉ tiêu cho từng thôn, bản; thành lập bốn tổ giúp việc ở các cụm xã."


@pytest.fixture(name="short", scope="module")
def _short(plan: Plan) -> Plan:
    """A plan of three sections without keywords; what is asked is asked for a time to come."""
    titles = {
        "ket_qua": "Kết quả 5 năm thực hiện Chương trình",
        "han_che": "Tồn tại, hạn chế và nguyên nhân",
        "de_xuat": "Đề xuất giai đoạn 2022 - 2026",
    }
    outline = tuple(
        Section(code=code, number=number, title=title)
        for number, (code, title) in zip(("I", "II", "III"), titles.items(), strict=True)
    )
    return plan.model_copy(update={"outline": outline})


@pytest.mark.parametrize(
    "heads",
    [
        ["I. Kết quả thực hiện Chương trình", "II. Một số tồn tại", "III. Kiến nghị"],
        ["A. KẾT QUẢ ĐẠT ĐƯỢC", "B. NHỮNG BẤT CẬP", "C. PHƯƠNG HƯỚNG 2022 - 2026"],
        ["Phần A. Kết quả", "Phần B. Những mặt chưa được", "Phần C. Hướng tới"],
        ["1. Ưu điểm", "2. Nhược điểm, nguyên nhân", "3. Đề nghị với trên"],
        ["1/ Đã làm", "2/ Chưa làm được", "3/ Xin"],
        ["a. Việc đã làm", "b. Việc chưa làm được và tại sao", "c. Xin cấp trên"],
        ["* Năm năm nhìn lại", "* Chỗ còn vướng", "* Mong muốn"],
        ["* Những mặt được", "* Điểm còn yếu", "* Nguyện vọng của xã"],
        ["Cái được", "Cái chưa được", "Mong muốn của huyện đối với tỉnh"],
        ["Những gì đã làm được trong 05 năm", "Những điều chưa tốt", "Việc sẽ làm trong những năm tới"],
        ["Về: kết quả thực hiện", "Về: những vướng mắc", "Về: đề xuất"],
        ["Về kết quả đạt được:", "Về khó khăn, vướng mắc:", "Huyện xin có mấy kiến nghị:"],
        ["I. Những thành tựu nổi bật", "II. Điểm nghẽn, khó khăn", "III. Phương hướng, kiến nghị"],
        ["I. Chỉ tiêu vượt: 05/11", "II. Chỉ tiêu chưa đạt: 03/11", "III. Hướng đi 2022 - 2026"],
        ["I. Những việc ngành Y tế đã làm được", "II. Những điều còn trăn trở", "III. Ý kiến"],
        ["1. Việc huyện làm được", "2. Việc huyện chưa làm được", "3. Tới đây"],
        ["1. Mặt được", "2. Lý do của mặt yếu", "3. Kiến nghị"],
    ],
    ids=lambda heads: heads[1],
)
def test_what_a_heading_begins_with_tells_its_section(short: Plan, heads: list[str]) -> None:
    lines = ["BÁO CÁO", *(line for head, text in zip(heads, (DONE, WEAK, ASK), strict=True) for line in (head, text))]
    assert [(each.heading, each.text) for each in read_sections(short, lines)] == [
        *zip(heads, (DONE, WEAK, ASK), strict=True)
    ]


@pytest.mark.parametrize(
    "line",
    [
        "1. Việc làm cho lao động nông thôn",
        "1. Kế hoạch hóa gia đình",
        "1. Xin phép xây dựng, đất đai tại các xã vùng cao",
        "- Đề nghị tỉnh bố trí vốn",
        "* Khó khăn lắm mới vận động được 12 hộ.",
        "Mong được các cấp, các ngành tiếp tục quan tâm giúp đỡ.",
        "Phần lớn các hộ đã có nhà tiêu hợp vệ sinh",
        "c) Các nguyên nhân: vốn giao muộn; nhiều xã sáp nhập; cán bộ thay đổi.",
        "d) Nguyên nhân: thiếu vốn, giao muộn.",
        "2. Đề xuất: các hộ tự góp công, xã góp vật liệu, thôn quản lý.",
        "1. Nhiệm vụ tỉnh giao được các xã hoàn thành",
        "1. Ý kiến của cử tri về đường thôn, bản",
    ],
)
def test_lines_that_only_begin_like_one_open_no_section(short: Plan, line: str) -> None:
    lines = ["I. Kết quả thực hiện Chương trình", line, DONE, "II. Khó khăn", WEAK, "III. Kiến nghị", ASK]
    first, second, third = read_sections(short, lines)
    assert (first.text, second.text, third.text) == (f"{line}\n{DONE}", WEAK, ASK)


def test_hindrances_and_causes_under_headings_as_high_are_one_section(short: Plan) -> None:
    heads = ["I. Kết quả", "II. HẠN CHẾ", "III. NGUYÊN NHÂN", "IV. ĐỀ XUẤT"]
    lines = [line for head, text in zip(heads, (DONE, WEAK, ELSE, ASK), strict=True) for line in (head, text)]
    found = read_sections(short, lines)[1]
    assert (found.heading, found.text) == ("II. HẠN CHẾ", f"{WEAK}\nIII. NGUYÊN NHÂN\n{ELSE}")


@pytest.mark.parametrize(
    "heads",
    [
        ["1. Ưu điểm", "2. Tồn tại", "3. Nguyên nhân"],
        ["a) Mặt mạnh", "b) Mặt yếu", "c) Lý do"],
        ["1.1. Kết quả", "1.2. Vướng mắc, khó khăn", "1.3. Nguyên nhân của tồn tại"],
    ],
    ids=lambda heads: heads[1],
)
def test_hindrances_before_their_causes_open_their_section(plan: Plan, heads: list[str]) -> None:
    outline = (Section(code="ket_qua", number="I", title="Kết quả"),)
    outline += (Section(code="han_che", number="II", title="Hạn chế, nguyên nhân"),)
    own = plan.model_copy(update={"outline": outline})
    lines = ["II. Kết quả thực hiện", DONE, "III. Đánh giá chung", heads[0], DONE, heads[1], WEAK, heads[2], ELSE]
    found = read_sections(own, lines)[1]
    assert (found.heading, found.text) == (heads[1], f"{WEAK}\n{heads[2]}\n{ELSE}")


def test_results_told_of_each_period_are_one_section_and_what_was_to_come_then_is_none(short: Plan) -> None:
    before, then = (
        "Giai đoạn đầu đã có ba xã đạt chuẩn, thu nhập tăng gấp rưỡi.",
        "Phấn đấu năm 2020 thêm hai xã đạt chuẩn.",
    )
    lines = [
        *("I. KẾT QUẢ GIAI ĐOẠN 2012 - 2016", before, "II. PHƯƠNG HƯỚNG GIAI ĐOẠN 2017 - 2020", then),
        *("III. KẾT QUẢ GIAI ĐOẠN 2017 - 2021", DONE, "IV. HẠN CHẾ", WEAK, "V. ĐỀ XUẤT GIAI ĐOẠN 2022 - 2026", ASK),
    ]
    found = read_outline(short, lines)
    assert found.sections[0].text == f"{before}\n{lines[4]}\n{DONE}"
    assert found.sections[2].text == ASK
    assert [(each.heading, each.text) for each in found.unplaced] == [(lines[2], then)]


@pytest.mark.parametrize(
    "heads",
    [
        ["I. Đặc điểm tình hình", "II. Kết quả đạt được", "III. Hạn chế", "IV. Kiến nghị"],
        ["1. Công tác chỉ đạo, điều hành", "2. Kết quả thực hiện", "3. Khó khăn", "4. Đề xuất"],
        ["* Bộ máy giúp việc", "* Kết quả", "* Tồn tại", "* Kiến nghị"],
        ["Về: công tác chỉ đạo", "Về: kết quả", "Về: vướng mắc", "Về: đề xuất"],
        ["Về các mô hình:", "Về kết quả thực hiện:", "Khó khăn, vướng mắc:", "Đề xuất, kiến nghị:"],
    ],
    ids=lambda heads: heads[0],
)
def test_what_stands_under_a_heading_of_no_section_is_kept(short: Plan, heads: list[str]) -> None:
    told = (ELSE, DONE, WEAK, ASK)
    lines = [line for head, text in zip(heads, told, strict=True) for line in (head, text)]
    found = read_outline(short, lines)
    assert [each.text for each in found.sections] == [DONE, WEAK, ASK]
    assert [(each.heading, each.text) for each in found.unplaced] == [(heads[0], ELSE)]


def test_a_heading_of_no_section_ends_the_one_before_it(short: Plan) -> None:
    lines = ["1. Kết quả", DONE, "2. Hạn chế", WEAK, "3. Công tác thi đua", ELSE, "4. Đề xuất", ASK]
    found = read_outline(short, lines)
    assert [each.text for each in found.sections] == [DONE, WEAK, ASK]
    assert [(each.heading, each.text) for each in found.unplaced] == [("3. Công tác thi đua", ELSE)]


def test_a_report_without_any_heading_is_kept(short: Plan) -> None:
    lines = [
        "BÁO CÁO",
        "Căn cứ Kế hoạch số 12/KH-UBND, Ủy ban nhân dân xã báo cáo kết quả thực hiện như sau.",
        DONE,
        WEAK,
    ]
    found = read_outline(short, lines)
    assert {each.heading for each in found.sections} == {None}
    assert [(each.heading, each.text) for each in found.unplaced] == [(None, f"{DONE}\n{WEAK}")]


def test_points_of_a_section_are_none_of_their_own(short: Plan) -> None:
    points = ["1. Thu nhập", DONE, "2. Hạ tầng", ELSE, "* Nước sạch", DONE]
    lines = [
        "I. Kết quả",
        *points,
        "II. ĐÁNH GIÁ CHUNG",
        "1. Ưu điểm",
        DONE,
        "2. Khuyết điểm",
        WEAK,
        "III. Kiến nghị",
        ASK,
    ]
    found = read_outline(short, lines)
    assert found.unplaced == ()
    assert found.sections[0].text.splitlines() == [*points, "II. ĐÁNH GIÁ CHUNG", "1. Ưu điểm", DONE]
    assert [each.text for each in found.sections[1:]] == [WEAK, ASK]


@pytest.mark.parametrize("end", ["T/M UBND HUYỆN", "TM. ĐẢNG ỦY", "KT. TRƯỞNG PHÒNG", "TL.UBND XÃ", "Nơi nhận:"])
def test_what_comes_after_who_signs_is_no_section(short: Plan, end: str) -> None:
    lines = [
        "I. Kết quả",
        DONE,
        "II. Hạn chế",
        WEAK,
        "III. Đề xuất",
        ASK,
        end,
        "Phụ lục: Danh sách bốn xã được thưởng.",
    ]
    assert [each.text for each in read_sections(short, lines)] == [DONE, WEAK, ASK]
    assert read_sections(short, [*lines[:6], lines[7]])[2].text == ASK


def test_headings_below_a_section_s_are_its_own_but_for_lessons(short: Plan) -> None:
    lesson = "Việc gì cũng bàn với dân trước khi làm, dễ làm trước, khó làm sau, không huy động quá sức dân."
    lines = [
        *("A. KẾT QUẢ 5 NĂM", "I. Công tác chỉ đạo", ELSE, "II. Phát triển hạ tầng", DONE),
        *("B. TỒN TẠI, HẠN CHẾ", "1. Tồn tại", WEAK, "2. Bài học kinh nghiệm", lesson, "3. Nguyên nhân", WEAK),
        *("C. KIẾN NGHỊ", "1. Với tỉnh", ASK, "2. Với huyện", ASK),
    ]
    found = read_outline(short, lines)
    first, second, third = (each.text.splitlines() for each in found.sections)
    assert (first, third) == (lines[1:5], lines[13:])
    assert second == [*lines[6:8], *lines[10:12]]
    assert [(each.heading, each.text) for each in found.unplaced] == [("2. Bài học kinh nghiệm", lesson)]


def test_a_list_that_counts_on_from_its_section_s_number_is_no_row_of_headings(short: Plan) -> None:
    asked = [f"{number}. Sở thứ {number}" for number in range(1, 6)]
    points = [line for head in asked for line in (head, ASK)]
    lines = ["1. Kết quả", DONE, "2. Hạn chế", WEAK, "3. Kiến nghị", *points]
    found = read_outline(short, lines)
    assert found.unplaced == ()
    assert found.sections[2].text.splitlines() == points


def test_a_bare_line_of_another_section_s_words_stays_where_it_stands(short: Plan) -> None:
    points = [DONE, "Khó khăn về vốn ở các xã vùng cao", ELSE, "Kế hoạch sử dụng đất", ELSE]
    lines = ["Kết quả đạt được", *points, "Tồn tại, hạn chế", WEAK, "Nguyên nhân", ELSE, "Kiến nghị, đề xuất", ASK]
    found = read_outline(short, lines)
    assert found.unplaced == ()
    first, second, third = (each.text.splitlines() for each in found.sections)
    assert (first, second, third) == (points, [WEAK, "Nguyên nhân", ELSE], [ASK])


def test_a_part_of_results_is_of_them_whatever_point_of_it_says_so_best(short: Plan) -> None:
    lines = [
        *("PHẦN THỨ NHẤT: KẾT QUẢ THỰC HIỆN", "I. Chỉ đạo", ELSE, "II. Kết quả theo tiêu chí", DONE, "III. Đánh giá"),
        *("1. Những kết quả nổi bật", DONE, "2. Tồn tại, hạn chế", WEAK, "3. Nguyên nhân", ELSE),
        *("PHẦN THỨ HAI: ĐỀ XUẤT", "I. Mục tiêu", ELSE, "II. Kiến nghị", ASK),
    ]
    found = read_outline(short, lines)
    assert found.unplaced == ()
    assert [line for line in lines if line in (ELSE, DONE, WEAK, ASK)] == [
        line for each in found.sections for line in each.text.splitlines() if line in (ELSE, DONE, WEAK, ASK)
    ]
    assert [each.text.count("\n") for each in found.sections][1:] == [2, 3]


def test_why_things_went_well_opens_no_section(short: Plan) -> None:
    thanks = "Sự chỉ đạo sâu sát của cấp ủy, sự đồng thuận của Nhân dân và sự phối hợp của các ngành."
    for heads in (
        ["I. Kết quả", "II. Nguyên nhân của kết quả", "III. Hạn chế", "IV. Nguyên nhân của hạn chế", "V. Đề xuất"],
        ["1. Mặt được", "2. Nguyên nhân của những kết quả đạt được", "3. Mặt yếu", "4. Nguyên nhân", "5. Xin tỉnh"],
        ["A. ƯU ĐIỂM", "B. NGUYÊN NHÂN ƯU ĐIỂM", "C. KHUYẾT ĐIỂM", "D. NGUYÊN NHÂN KHUYẾT ĐIỂM", "E. KIẾN NGHỊ"],
    ):
        told = zip(heads, (DONE, thanks, WEAK, ELSE, ASK), strict=True)
        found = read_outline(short, [line for pair in told for line in pair])
        assert [(each.heading, each.text) for each in found.unplaced] == [(heads[1], thanks)]
        first, second, third = (each.text for each in found.sections)
        assert (first, third) == (DONE, ASK)
        assert second.splitlines() == [WEAK, heads[3], ELSE]


def test_a_section_that_asks_why_things_went_well_is_opened_by_that(short: Plan) -> None:
    asks = Section(code="vi_sao", number="II", title="Nguyên nhân của kết quả")
    first, *others = short.outline
    plan = short.model_copy(update={"outline": (first, asks, *others)})
    found = read_sections(
        plan, ["I. Kết quả", DONE, "II. Nguyên nhân của kết quả đạt được", ELSE, "III. Hạn chế", WEAK]
    )
    assert [each.text for each in found] == [DONE, ELSE, WEAK, ""]
