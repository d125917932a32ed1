"""Which paragraph begins a section, in the shapes that reports really have."""

from __future__ import annotations

from itertools import pairwise

import pytest

from soket.narrative.sections import read_sections
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
