"""Which paragraph begins a section, in the shapes that reports really have."""

from __future__ import annotations

from itertools import pairwise

import pytest

from soket.narrative.sections.outline import read_sections
from soket.plan.model import Plan
from soket.reading.findings import Table

LEAD = "Thường trực đã ban hành chương trình hành động, phân công từng phòng, ban phụ trách các nhóm việc. " * 2
DONE = "Đã nâng cấp đường vào khu du lịch biển, xây bãi đỗ xe, mở lớp bồi dưỡng nghiệp vụ cho người làm du lịch. " * 2
WEAK = "Quy mô cơ sở lưu trú nhỏ, thời gian lưu trú của khách ngắn, việc thu hút nhà đầu tư còn chậm so với yêu cầu. "
NEXT = "Hoàn thiện quy hoạch các khu, điểm du lịch; ưu tiên vốn cho hạ tầng thiết yếu, mở tuyến xe mới ra biển. "
ASK = "Đề nghị tỉnh bố trí vốn cho tuyến đường ven biển và hỗ trợ lãi suất cho hộ làm du lịch trong ba năm tới. "
LETTER = ("Kính gửi: Ban Thường vụ Tỉnh ủy", "Huyện ủy xin gửi báo cáo kết quả thực hiện.", "Nơi nhận: Như trên.")
SIGNED = ("Nơi nhận: - Tỉnh ủy;", "T/M BAN THƯỜNG VỤ Nguyễn Văn A")
BODY = (
    ("I. CÔNG TÁC CHỈ ĐẠO, QUÁN TRIỆT", "lanh_dao_chi_dao"),
    ("1. Công tác tuyên truyền", ""),
    (LEAD, ""),
    ("II. KẾT QUẢ THỰC HIỆN NGHỊ QUYẾT", "ket_qua"),
    ("1. Về các giải pháp hạ tầng", ""),
    (DONE, ""),
    ("a) Kết quả huy động vốn", ""),
    (DONE, ""),
    ("2. Công tác lãnh đạo lễ hội", ""),
    (DONE, ""),
    ("III. ĐÁNH GIÁ CHUNG", ""),
    ("1. Tồn tại, hạn chế, nguyên nhân", "han_che"),
    ("a) Hạn chế", ""),
    (WEAK, ""),
    ("b) Nguyên nhân", ""),
    (WEAK, ""),
    ("2. Bài học kinh nghiệm", "bai_hoc"),
    (LEAD, ""),
    ("IV. PHƯƠNG HƯỚNG, NHIỆM VỤ ĐẾN NĂM 2025", "nhiem_vu_giai_phap"),
    ("1. Kiến nghị của cử tri cần giải quyết", ""),
    (NEXT, ""),
    ("V. KIẾN NGHỊ", "kien_nghi"),
    (ASK, ""),
)
LINES = [line for line, _ in BODY]
OPENED = {section: line for line, section in BODY if section}
CONTENTS = ["MỤC LỤC", *(f"{line} {page}" for page, line in enumerate(OPENED.values(), 2))]
APPENDIX = ["PHỤ LỤC", "STT", "Nội dung", "1.", "Kết quả thực hiện các chỉ tiêu", "96", "2.", "Kiến nghị, đề xuất", "8"]


@pytest.mark.parametrize(
    "paragraphs",
    [
        LINES,
        [*LINES, *SIGNED, *APPENDIX],
        [*LETTER, "BÁO CÁO", *LINES, *SIGNED],
        ["BÁO CÁO", "KẾT QUẢ THỰC HIỆN NGHỊ QUYẾT", *CONTENTS, *LINES, *SIGNED, *APPENDIX],
        ["Phần thứ nhất", "TÌNH HÌNH, KẾT QUẢ THỰC HIỆN", *LINES, *SIGNED],
        [*LETTER, *CONTENTS, "A. TÌNH HÌNH VÀ KẾT QUẢ THỰC HIỆN", *LINES, *SIGNED, *APPENDIX, *LETTER],
    ],
    ids=["alone", "appendix", "letter", "cover and contents", "parts", "all"],
)
def test_points_letters_and_appendices_open_no_section(plan: Plan, paragraphs: list[str]) -> None:
    sections = {each.section: each for each in read_sections(plan, paragraphs)}
    assert {code: each.heading for code, each in sections.items() if each.heading} == OPENED
    opened = [*OPENED.values(), "V. end"]
    for code, (heading, after) in zip(OPENED, pairwise(opened), strict=True):
        first = LINES.index(heading) + 1
        last = LINES.index(after) if after in LINES else len(LINES)
        assert sections[code].text == "\n".join(line.strip() for line in LINES[first:last])


def test_heads_of_columns_open_no_section(plan: Plan) -> None:
    cells = ["Xã", "Kết quả đạt được", "Tồn tại, hạn chế", "Đề xuất", "Thiên Lộc", "02 điểm", "Thiếu bãi", "Hỗ trợ vốn"]
    heads = ["Kết quả đạt được", DONE, "Tồn tại, hạn chế", WEAK, "Kiến nghị, đề xuất", ASK]
    at = len(heads)
    rows = tuple(tuple((column, row + column, row + column + 1) for column in range(4)) for row in (at, at + 4))
    found = read_sections(plan, [*heads, *cells], [Table(at, at + 8, rows)])
    assert {each.heading for each in found if each.heading} == set(heads[::2])
    assert found[-1].text.startswith(ASK.strip())


def test_sections_in_rows_of_a_table_are_found(plan: Plan) -> None:
    lines = ["I.", "Kết quả đạt được", DONE, "II.", "Tồn tại, hạn chế", WEAK]
    rows = tuple(tuple((column, row + column, row + column + 1) for column in range(3)) for row in (0, 3))
    found = {each.section: each.text for each in read_sections(plan, lines, [Table(0, 6, rows)]) if each.heading}
    assert found == {"ket_qua": DONE.strip(), "han_che": WEAK.strip()}


ABOUT = "Huyện nằm ở phía tây của tỉnh, có hai dòng sông lớn, nhiều làng nghề và di tích được nhiều người biết đến. "
LEARNT = "Việc gì cũng phải bàn với dân trước khi làm; chọn việc khó làm trước, làm đến đâu chắc đến đó. "
TEXTS = (ABOUT, LEAD, DONE, WEAK, LEARNT, NEXT, ASK)


@pytest.mark.parametrize(
    "heads",
    [
        [
            "* Đặc điểm, tình hình:",
            "* Công tác lãnh đạo, chỉ đạo:",
            "* Kết quả:",
            "* Tồn tại hạn chế:",
            "* Bài học kinh nghiệm:",
            "* Phương hướng nhiệm vụ:",
            "* Đề nghị, kiến nghị:",
        ],
        [
            "- Khái quát chung",
            "- Lãnh đạo, chỉ đạo, quán triệt",
            "- Những kết quả đạt được",
            "- Hạn chế và nguyên nhân",
            "- Một số bài học kinh nghiệm",
            "- Giải pháp thời gian tới",
            "- Kiến nghị",
        ],
        [
            "Đặc điểm tình hình:",
            "Công tác chỉ đạo, tuyên truyền:",
            "Kết quả đạt được:",
            "Khó khăn, vướng mắc:",
            "Bài học rút ra:",
            "Nhiệm vụ, giải pháp:",
            "Đề xuất:",
        ],
        [
            "Thứ nhất, về tình hình chung",
            "Thứ hai, về công tác quán triệt, tuyên truyền",
            "Thứ ba, về kết quả thực hiện",
            "Thứ tư, về tồn tại, hạn chế",
            "Thứ năm, bài học kinh nghiệm",
            "Thứ sáu, về phương hướng, nhiệm vụ",
            "Thứ bảy, kiến nghị, đề xuất",
        ],
        [
            "Về đặc điểm tình hình",
            "Về việc quán triệt, tuyên truyền",
            "Về các kết quả đạt được",
            "Về những hạn chế",
            "Về kinh nghiệm rút ra",
            "Về phương hướng thời gian tới",
            "Về kiến nghị",
        ],
        [
            "I- Khái quát",
            "II- Công tác chỉ đạo",
            "III- Kết quả",
            "IV- Khuyết điểm",
            "V- Kinh nghiệm",
            "VI- Nhiệm vụ",
            "VII- Đề xuất",
        ],
        [
            "I. Đôi nét về huyện",
            "II. Sự vào cuộc của cấp ủy",
            "III. Kết quả đạt được",
            "IV. Những mặt chưa làm được",
            "V. Bài học kinh nghiệm",
            "VI. Việc phải làm trong năm tới",
            "VII. Kiến nghị, đề xuất",
        ],
        [
            "Phần thứ nhất|TÌNH HÌNH VÀ KẾT QUẢ THỰC HIỆN|I. Đặc điểm tình hình",
            "II. Công tác lãnh đạo, chỉ đạo",
            "III. Kết quả thực hiện",
            "IV. Hạn chế, nguyên nhân",
            "V. Kinh nghiệm bước đầu",
            "Phần thứ hai|NHIỆM VỤ VÀ ĐỀ XUẤT|I. Nhiệm vụ đến năm 2030",
            "II. Đề xuất",
        ],
        [
            "A. TÌNH HÌNH CHUNG",
            "B. KẾT QUẢ THỰC HIỆN|I. Công tác chỉ đạo, triển khai",
            "II. Kết quả",
            "C. TỒN TẠI, NGUYÊN NHÂN|1. Tồn tại",
            "D. KINH NGHIỆM",
            "E. PHƯƠNG HƯỚNG, KIẾN NGHỊ|1. Phương hướng",
            "2. Kiến nghị",
        ],
        [
            "I. Đặc điểm tình hình",
            "II. Công tác lãnh đạo, chỉ đạo",
            "III. Kết quả và hạn chế|1. Kết quả đạt được",
            "2. Hạn chế, nguyên nhân",
            "IV. Bài học kinh nghiệm",
            "V. Nhiệm vụ và kiến nghị|a) Nhiệm vụ",
            "b) Kiến nghị",
        ],
    ],
    ids=lambda heads: heads[2].partition("|")[0],
)
def test_headings_as_people_write_them_open_every_section(plan: Plan, heads: list[str]) -> None:
    lines = ["BÁO CÁO", "Sơ kết 05 năm thực hiện Nghị quyết"]
    for head, text in zip(heads, TEXTS, strict=True):
        lines += [*head.split("|"), text]
    found = read_sections(plan, lines)
    assert [text.strip() in each.text for each, text in zip(found, TEXTS, strict=True)] == [True] * len(TEXTS)
    assert [sum(text.strip() in each.text for text in TEXTS) for each in found] == [1] * len(TEXTS)
    assert all(each.heading for each in found)


def test_hindrances_and_their_causes_under_headings_of_their_own_are_one_section(plan: Plan) -> None:
    lines = ["* Kết quả:", DONE, "* Hạn chế:", WEAK, "* Nguyên nhân:", LEAD, "* Bài học:", LEARNT, "* Kiến nghị:", ASK]
    found = {each.section: each for each in read_sections(plan, lines)}
    assert found["han_che"].heading == "* Hạn chế:"
    assert found["han_che"].text.splitlines() == [WEAK.strip(), "* Nguyên nhân:", LEAD.strip()]


@pytest.mark.parametrize("line", ["* Kiến nghị:", "- Đề xuất, kiến nghị", "Kiến nghị:", "Hai là: kiến nghị, đề xuất"])
def test_one_line_of_its_shape_opens_no_section_where_headings_are_numbered(plan: Plan, line: str) -> None:
    lines = ["I. Công tác lãnh đạo, chỉ đạo", LEAD, "II. Kết quả đạt được", DONE, line, ASK, "III. Hạn chế", WEAK]
    found = {each.section: each.heading for each in read_sections(plan, lines) if each.heading}
    assert list(found.values()) == lines[::2][:2] + lines[6:7]


def test_bullets_that_say_more_than_a_name_open_no_section(plan: Plan) -> None:
    said = ("- Đề nghị tỉnh bố trí vốn", "- Tuyên truyền tới từng thôn", "- Kết quả rà soát hộ nghèo", "- Giải pháp số")
    lines = ["Kết quả đạt được", DONE, *said, "Bài học kinh nghiệm", LEARNT]
    found = {each.section: each.heading for each in read_sections(plan, lines) if each.heading}
    assert found == {"ket_qua": lines[0], "bai_hoc": lines[6]}


def test_a_section_that_is_not_there_is_not_filled_in(plan: Plan) -> None:
    heads = ["I. Đặc điểm tình hình", "II. Công tác lãnh đạo", "III. Kết quả đạt được", "IV. Bài học kinh nghiệm"]
    lines = [line for head, text in zip(heads, TEXTS, strict=False) for line in (head, text)]
    found = {each.section: each.heading for each in read_sections(plan, lines)}
    assert [each for each in found.values() if each] == heads
    assert found["han_che"] is None


def test_points_of_results_keep_below_them_what_has_a_section_of_its_own(plan: Plan) -> None:
    points = ["1. Công tác tuyên truyền", DONE, "2. Kết quả thực hiện các chỉ tiêu", DONE]
    lines = ["I. Công tác lãnh đạo, chỉ đạo, tuyên truyền", LEAD, "II. Kết quả đạt được", *points, "III. Hạn chế", WEAK]
    found = {each.section: each for each in read_sections(plan, lines)}
    assert found["ket_qua"].text.splitlines() == [line.strip() for line in points]


def test_what_a_report_says_of_its_unit_before_all_headings_is_kept(plan: Plan) -> None:
    opening = [
        "BÁO CÁO",
        "Thực hiện Kế hoạch số 12-KH/TU ngày 05/7/2021, Huyện ủy báo cáo kết quả như sau.",
        ABOUT.strip(),
    ]
    lines = [*opening, "Về công tác lãnh đạo, chỉ đạo", LEAD, "Về kết quả đạt được", DONE, "Về hạn chế", WEAK]
    first = read_sections(plan, lines)[0]
    assert (first.heading, first.text) == (None, ABOUT.strip())
    assert read_sections(plan, [*opening, "Về kết quả đạt được", DONE, "Về hạn chế", WEAK])[0].text == ""


def test_lines_that_come_again_in_each_field_open_no_section(plan: Plan) -> None:
    field = ["- Kết quả đạt được:", DONE, "- Hạn chế:", WEAK, "- Giải pháp:", NEXT]
    lines = ["Về kết quả đạt được", "Du lịch biển", *field, "Du lịch văn hóa", *field, "Về kiến nghị", ASK]
    found = {each.section: each.heading for each in read_sections(plan, lines) if each.heading}
    assert found == {"ket_qua": "Về kết quả đạt được", "kien_nghi": "Về kiến nghị"}


@pytest.mark.parametrize(
    ("heading", "by_place"), [("III. Một số nội dung khác", True), ("III. Khác", True), ("III. Việc đã làm", False)]
)
def test_a_place_in_the_numbering_does_not_say_everything(plan: Plan, heading: str, by_place: bool) -> None:
    heads = ["I. Đặc điểm tình hình", "II. Công tác lãnh đạo, chỉ đạo", heading, "IV. Tồn tại, hạn chế"]
    lines = [line for head, text in zip(heads, TEXTS, strict=False) for line in (head, text)]
    found = {each.section: each.heading for each in read_sections(plan, lines, by_place=by_place)}
    assert (found["ket_qua"], found["han_che"]) == (None, heads[3])


@pytest.mark.parametrize(
    "items",
    [
        ["a) Học nghị quyết: 11 hội nghị.", "b) Tuyên truyền: Đài huyện phát 214 tin.", "c) Khách: 23.800 lượt."],
        ["1. Tuyên truyền: 40 buổi.", "2. Đường sá: xây 12 km.", "3. Hạn chế rác: mỗi ngày thu gom hai lần."],
        ["a) Đất: giao 12 ha.", "b) Vốn: 40 tỷ đồng.", "c) Giải pháp: khoán cho tổ.", "d) Rừng: trồng 90 ha."],
    ],
    ids=lambda items: items[1],
)
def test_labels_of_items_in_a_row_open_no_section(plan: Plan, items: list[str]) -> None:
    lines = ["I. Đặc điểm tình hình", ABOUT, "II. Kết quả đạt được", *items, "III. Hạn chế", WEAK]
    found = {each.section: each for each in read_sections(plan, lines) if each.heading}
    assert [*found] == ["dac_diem", "ket_qua", "han_che"]
    assert found["ket_qua"].text.splitlines() == items


def test_labels_in_a_row_that_are_mostly_of_sections_open_them(plan: Plan) -> None:
    labels = ["a) Kết quả đạt được:", "b) Hạn chế:", "c) Kiến nghị:"]
    lines = [f"{label} {text}" for label, text in zip(labels, (DONE, WEAK, ASK), strict=True)]
    found = [
        each.heading for each in read_sections(plan, ["1. Sơ kết", *lines, f"d) Liên hệ: {ABOUT}"]) if each.heading
    ]
    assert found == labels


def test_labels_of_a_few_sections_open_them_where_nothing_is_higher(plan: Plan) -> None:
    told = {"Kết quả đạt được": DONE, "Thi đua": LEAD, "Văn hóa": ABOUT, "Xã hội": LEARNT, "Hạn chế": WEAK}
    lines = [f"{number}. {label}: {text}" for number, (label, text) in enumerate(told.items(), 1)]
    found = {each.section: each.heading for each in read_sections(plan, lines) if each.heading}
    assert found == {"ket_qua": "1. Kết quả đạt được:", "han_che": "5. Hạn chế:"}
