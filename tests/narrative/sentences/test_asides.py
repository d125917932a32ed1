"""What stands among a report's sentences and is none is neither quoted nor counted."""

from __future__ import annotations

import pytest

from soket.narrative.sections.outline import read_sections
from soket.narrative.sentences.asides import says_none, says_nothing
from soket.narrative.sentences.prose import statements
from soket.plan.model import Plan
from soket.reading.findings import Table


def said(*lines: str) -> list[str]:
    return [each.text for each in statements("\n".join(lines)) if each.complete]


@pytest.mark.parametrize(
    ("line", "own"),
    [
        ("1- Lập quy hoạch khu du lịch sinh thái.", "Lập quy hoạch khu du lịch sinh thái."),
        ("2 – Đưa làng nghề thành điểm đến.", "Đưa làng nghề thành điểm đến."),
        ("II - Mở rộng mạng lưới trường lớp.", "Mở rộng mạng lưới trường lớp."),
        ("(2) Cán bộ phải đi trước, làm trước.", "Cán bộ phải đi trước, làm trước."),
        ("Hai là, phát huy vai trò người đứng đầu.", "phát huy vai trò người đứng đầu."),
        ("Thứ nhất là máy móc cũ, chạy phần mềm mới không nổi.", "máy móc cũ, chạy phần mềm mới không nổi."),
        ("Bà là người có công với xã.", "Bà là người có công với xã."),
        ("Cái hay là 19/19 bản có ngày tiếp dân cố định.", "19/19 bản có ngày tiếp dân cố định."),
        ("Nói thật là có xã chạy theo thành tích.", "có xã chạy theo thành tích."),
        ("Nói lại là làm, các xã đều ra quân.", "Nói lại là làm, các xã đều ra quân."),
        ("Thứ ba: kiên trì vận động từng hộ.", "kiên trì vận động từng hộ."),
        ("- Thứ nhất là, bám sát cơ sở hằng tuần.", "bám sát cơ sở hằng tuần."),
        ("3 - 5 sao có bốn khách sạn.", "3 - 5 sao có bốn khách sạn."),
        ("X-quang được trang bị cho ba trạm.", "X-quang được trang bị cho ba trạm."),
        ("Hai là số ít trong các xã vùng cao.", "Hai là số ít trong các xã vùng cao."),
        ("Thứ hai hằng tuần, các xã giao ban.", "Thứ hai hằng tuần, các xã giao ban."),
        ("Ban hành nghị quyết đến năm 2025[1]; lập ban chỉ đạo.", "Ban hành nghị quyết đến năm 2025; lập ban chỉ đạo."),
        ("Đón trên 5.000 lượt khách²; rộng 12 km².", "Đón trên 5.000 lượt khách; rộng 12 km²."),
        ("Trồng mới 40 ha rừng⁽³⁾, bằng hai năm trước.", "Trồng mới 40 ha rừng, bằng hai năm trước."),
    ],
)
def test_numbers_before_sentences_and_marks_of_notes_are_no_words_of_theirs(line: str, own: str) -> None:
    assert said(line) == [own]


def test_notes_at_the_foot_are_no_sentences() -> None:
    note = "[2] Số liệu do phòng tổng hợp; cơ quan thống kê công bố 604.000 lượt. Sẽ rà lại vào quý sau."
    assert said("Năm 2019 đón 628.000 lượt khách[2].", note) == ["Năm 2019 đón 628.000 lượt khách."]


@pytest.mark.parametrize(
    ("heading", "below"),
    [
        ("1. Về lượng khách, doanh thu", "Khách tăng từ 352 lên 498 nghìn lượt."),
        ("Quảng bá, xúc tiến, liên kết", "Tổ chức ba hội chợ tại hai tỉnh bạn."),
        ("4.1. Quy hoạch, đầu tư hạ tầng cơ sở", "- Phê duyệt quy hoạch chi tiết khu trung tâm"),
        ("Nguyên nhân của những hạn chế nêu trên", "1. Ngân sách huyện còn eo hẹp."),
        ("a) Kết quả thực hiện năm 2019", "Trường lớp được xây mới ở bảy xã."),
        ("Về môi trường, an ninh nông thôn.", "Lắp 56 camera ở các thôn."),
        ("Đối với Ủy ban nhân dân tỉnh", "Đề nghị bố trí vốn cho tuyến đường."),
        ("KẾT QUẢ THỰC HIỆN NGHỊ QUYẾT", ""),
        ("Điều 2. Về dự phòng", "Bố trí vốn cho tuyến đường."),
        ("Phần 5. Lý do của mặt yếu", "Bão lụt liên tiếp hai năm liền."),
        ("Phần thứ ba: Nguyên nhân của tồn tại", "Bão lụt liên tiếp hai năm liền."),
    ],
)
def test_headings_of_its_own_are_no_sentences(heading: str, below: str) -> None:
    assert heading not in " ".join(said("Một câu đứng trước.", heading, below))
    assert len(said("Một câu đứng ở trước.", heading, below)) == 1 + bool(below)


@pytest.mark.parametrize(
    "lines",
    [
        ["1. Đẩy mạnh tuyên truyền, quảng bá", "2. Tăng cường đào tạo nhân lực", "3. Hoàn thiện hạ tầng khu, điểm"],
        ["- Mở lớp tập huấn cho người dân", "Các lớp đều đạt yêu cầu."],
        ["Sản phẩm du lịch còn đơn điệu", "Hạ tầng giao thông đã xuống cấp."],
        ["Nâng cấp 6,5 km đường vào khu du lịch", "Hoàn thành hai bãi đỗ xe lớn."],
        ["Về đích nông thôn mới trước hai năm.", "Đời sống người dân khá hơn."],
        ["Về hạ tầng, nâng cấp đường vào khu du lịch.", "Làm xong cầu Đò Trạm."],
        ["Tăng cường kiểm tra, giám sát cơ sở"],
    ],
    ids=lambda lines: lines[0],
)
def test_items_without_a_stop_are_sentences_all_the_same(lines: list[str]) -> None:
    assert len(said(*lines)) == len(lines)


def test_cells_of_a_table_are_no_sentences(plan: Plan) -> None:
    prose = "Đã nâng cấp đường vào khu du lịch biển, xây bãi đỗ xe, mở lớp bồi dưỡng nghiệp vụ cho người dân ven biển."
    table = [
        ["TT", "Nội dung thực hiện trong kỳ", "Kế hoạch", "Thực hiện", "Ghi chú thêm của huyện"],
        ["1", "Số hộ làm du lịch cộng đồng", "30", "19", "Đạt hơn nửa kế hoạch giao"],
        ["2", "Số di tích được tu bổ", "8", "9", f"Vượt một di tích, do {prose[3:]}"],
    ]
    cells = [cell for row in table for cell in row]
    lines = ["I. Kết quả đạt được", *cells, prose, "II. Tồn tại, hạn chế", "Hạ tầng khu du lịch còn yếu."]
    width = len(table[0])
    rows = tuple(
        tuple((column, at + column, at + column + 1) for column in range(width))
        for at in range(1, 1 + len(cells), width)
    )
    found = {each.section: each.text for each in read_sections(plan, lines, [Table(1, 1 + len(cells), rows)])}
    assert said(*found["ket_qua"].splitlines()) == [prose]


def test_sentences_beside_short_cells_stay(plan: Plan) -> None:
    done = "Đã nâng cấp đường vào khu du lịch biển, xây bãi đỗ xe, mở lớp bồi dưỡng nghiệp vụ cho người dân ven biển."
    weak = "Quy mô cơ sở lưu trú nhỏ, thời gian lưu trú của khách ngắn, việc thu hút nhà đầu tư chậm so với yêu cầu."
    lines = ["I. Kết quả đạt được", "Hạ tầng", done, "Lưu trú", weak]
    rows = tuple(tuple((column, at + column, at + column + 1) for column in range(2)) for at in (1, 3))
    found = {each.section: each.text for each in read_sections(plan, lines, [Table(1, 5, rows)])}
    assert said(*found["ket_qua"].splitlines()) == [done, weak]


@pytest.mark.parametrize(
    "text",
    [
        "Không có.",
        "Không có kiến nghị.",
        "- Không có nội dung đề xuất, kiến nghị.",
        "Không",
        "Huyện ủy không có kiến nghị, đề xuất gì thêm.",
        "Đến nay Đảng ủy Sở không có vấn đề gì cần kiến nghị với tỉnh.",
    ],
)
def test_there_is_nothing(text: str) -> None:
    assert says_none(text)
    assert said(text) == []


@pytest.mark.parametrize(
    "text", ["Chưa có số liệu, sẽ bổ sung sau.", "Đang cập nhật.", "Đơn vị không tổng hợp, chưa có."]
)
def test_there_is_nothing_yet(text: str) -> None:
    assert says_nothing(text)
    assert not says_none(text)


@pytest.mark.parametrize(
    "text",
    [
        "Không có cơ sở lưu trú nào bị xử phạt.",
        "Chưa có quy hoạch du lịch.",
        "Không có kiến nghị mới; đề nghị tỉnh sớm trả lời các kiến nghị của năm 2019.",
        "Các hộ không có kiến nghị gì về giá đền bù.",
    ],
)
def test_what_is_not_there_may_be_said_all_the_same(text: str) -> None:
    assert not says_nothing(text)
    assert said(text) == [text]
