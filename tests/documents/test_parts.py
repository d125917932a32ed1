"""Parts of sentences stand under the heading that they belong to: what is opposed, what is asked, whose cause it is."""

from __future__ import annotations

import pytest

from soket.documents.composing import compose
from soket.documents.draft import write_draft
from soket.documents.heading_lines import NOBODY
from soket.documents.said import Saying, gather
from soket.narrative.said.stances import Held

from .builders import nq06
from .conftest import text_of
from .worded import composed, lexicon, summary_of


def parts(section: str, *sentences: str) -> list[tuple[str, Saying]]:
    """Return the parts of what a report says, in order, each with the heading that it stands under."""
    found = gather(summary_of(nq06(), {"h_can_loc": {section: [*sentences]}}), lexicon())
    every = [(under.section.code, each) for under in found.sections for each in under.said]
    return sorted(every, key=lambda pair: (pair[1].number, sentences[pair[1].number - 1].index(pair[1].text)))


def told(section: str, *sentences: str) -> list[str]:
    """Return of each part the heading, unless it is the sentence's own, and the theme."""
    return [
        f"{'' if under == section else under + '/'}{each.theme.code if each.theme else '-'}"
        for under, each in parts(section, *sentences)
    ]


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        ("Tu bổ 05 di tích cấp tỉnh; tuy nhiên hạ tầng quanh di tích còn xuống cấp.", ["K4", "han_che/H2"]),
        ("Tu bổ 05 di tích cấp tỉnh; tuy nhiên lễ hội vẫn đông vui.", ["K4", "-"]),  # opposed, and nothing lacks
        ("Tu bổ 05 di tích; riêng đền Cả được tu bổ bằng vốn dân góp.", ["K4"]),
        ("Mở 05 lớp tập huấn cho 200 người; riêng dự án khách sạn triển khai chậm 02 năm.", ["K6", "han_che/H4"]),
        ("Bên cạnh đó, còn 03 dự án du lịch chậm tiến độ so với cam kết.", ["han_che/H4"]),
        # What somebody was told to write is nothing written, where it came years later.
        ("Giao phòng văn hóa tham mưu xây dựng đề án tu bổ di tích, tuy nhiên đến năm 2020 mới trình.", ["-", "-"]),
        ("Lập hồ sơ 03 di tích; đề nghị UBND tỉnh xếp hạng 02 di tích cấp tỉnh.", ["K4", "-"]),  # done, or wished for?
    ],
)
def test_what_results_are_opposed_to_is_no_result(sentence: str, wanted: list[str]) -> None:
    assert told("ket_qua", sentence) == wanted


@pytest.mark.parametrize(
    ("section", "sentence", "wanted", "asked"),
    [
        (
            "han_che",
            "Chủ quan: nhận thức của một số cán bộ chưa đầy đủ; đề nghị Sở Tài chính sớm bố trí kinh phí đào tạo.",
            ["H6", "kien_nghi/R4"],
            "Sở Tài chính",
        ),
        ("han_che", "Đề nghị tỉnh bố trí vốn nâng cấp tuyến đường vào thác.", ["kien_nghi/R1"], "Ủy ban nhân dân tỉnh"),
        (
            "nhiem_vu_giai_phap",
            "Mở 03 lớp tập huấn; kiến nghị Trung ương sớm ban hành chính sách hỗ trợ.",
            ["T5", "kien_nghi/R2"],
            "Trung ương",
        ),
        ("han_che", "Hạ tầng xuống cấp; đề nghị quan tâm hơn nữa.", ["H2", "-"], None),  # asked of nobody
        ("nhiem_vu_giai_phap", "Hoàn thiện hồ sơ đề nghị Bộ Văn hóa công nhận lễ hội.", ["T4"], None),  # its own task
    ],
)  # fmt: skip
def test_what_is_asked_stands_among_what_is_asked(
    section: str, sentence: str, wanted: list[str], asked: str | None
) -> None:
    assert told(section, sentence) == wanted
    assert parts(section, sentence)[-1][1].addressee == asked


def test_what_opposes_a_failing_to_what_went_well_is_the_failing() -> None:
    sentence = "Hạ tầng được quan tâm đầu tư; tuy nhiên hệ thống nước thải, bãi đỗ xe còn thiếu."
    assert [each.text for _, each in parts("han_che", sentence)] == [sentence]


@pytest.mark.parametrize(
    ("sentence", "asked"),
    [
        (
            "Đề nghị Bộ Giao thông vận tải nâng cấp Quốc lộ 8A; đề nghị Sở Tài chính cân đối nguồn vốn.",
            ["Trung ương", "Sở Tài chính"],
        ),
        ("Với Tỉnh ủy: ban hành chính sách hỗ trợ; sớm chỉ đạo quy hoạch.", ["Tỉnh ủy", "Tỉnh ủy"]),
        ("Đề nghị UBND tỉnh bố trí vốn nâng cấp tuyến đường; hỗ trợ đào tạo 50 người.", 2 * ["Ủy ban nhân dân tỉnh"]),
        ("Đối với các sở: Sở Tài chính bố trí vốn; Sở Xây dựng duyệt đồ án.", ["Sở Tài chính", "Sở Xây dựng"]),
        ("Đề nghị Trung ương: Bộ Tài chính bố trí vốn tu bổ di tích.", ["Trung ương"]),
    ],
)  # fmt: skip
def test_each_who_is_asked_in_a_sentence_is_asked_what_goes_with_it(sentence: str, asked: list[str]) -> None:
    found = [each for _, each in parts("kien_nghi", sentence)]
    assert [each.addressee for each in found] == asked
    assert all(each.text in sentence for each in found)
    assert not found[0].text.startswith(("Với", "Đối với"))


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        ("Phấn đấu đến năm 2025 đón 800.000 lượt khách, doanh thu 650 tỷ đồng.", ["MT"]),
        ("Đến năm 2025 có 60 hộ đón khách, tạo việc làm cho 300 người.", ["MT"]),
        ("Năm 2022, toàn huyện đón 20 nghìn lượt khách.", ["MT"]),
        ("Mở 03 lớp tập huấn; phấn đấu tổng thu đạt trên 700 tỷ đồng vào năm 2025.", ["T5", "MT"]),
        ("Mục tiêu tăng bình quân 15% mỗi năm.", ["MT"]),
        ("Phấn đấu mỗi năm mở ít nhất 02 lớp bồi dưỡng ngoại ngữ.", ["T5"]),  # a task, whenever
        ("Đến năm 2025 hoàn thành quy hoạch 03 khu du lịch.", ["T3"]),  # a task with its day
        ("Phấn đấu hoàn thành quy hoạch trong năm 2022.", ["T3"]),  # no figure
        ("Năm 2019 đón 52.000 lượt khách.", ["-"]),  # that is over
        ("Tiếp tục thực hiện Kế hoạch số 15-KH/HU năm 2022.", ["-"]),
    ],
)
def test_targets_have_a_place_among_tasks(sentence: str, wanted: list[str]) -> None:
    assert told("nhiem_vu_giai_phap", sentence) == wanted
    assert "MT" not in told("ket_qua", sentence)


def test_no_request_is_lost() -> None:
    asked = [
        "Đề nghị Chính phủ dừng khai thác mỏ sắt ven biển.",
        "Với tỉnh: thay thế 03 cầu treo dân sinh đã cũ.",
        "Đề nghị Sở Ngoại vụ kết nối với tỉnh bạn tổ chức đoàn xe.",
        "Kiến nghị UBND huyện bố trí kinh phí lập quy hoạch.",
        "Đề nghị Tập đoàn Điện lực kéo điện ra đảo cho dân.",
        "Đề nghị cấp trên quan tâm hơn nữa.",
    ]
    composition = composed(summary_of(nq06(), {"h_can_loc": {"kien_nghi": asked}}))
    text = text_of(write_draft(composition.sayings.summary, lexicon()).word)
    body, annex = text.split("\nPhụ lục 1\n")
    shown = [each.rstrip(".").removeprefix("Với tỉnh: ") for each in asked]
    assert [each in body for each in shown] == [True, True, True, False, False, False]
    assert [each in annex for each in shown] == [False, False, False, True, True, True]
    assert "Đối với Sở Ngoại vụ" in body
    assert "(gửi: Ủy ban nhân dân huyện): “Kiến nghị UBND huyện" in annex
    assert "người soạn thảo xem: 3 câu" in annex
    assert NOBODY not in text


@pytest.mark.parametrize(
    ("sentence", "side"),
    [
        ("Quy định của pháp luật về đất đai còn chồng chéo, nhiều thủ tục kéo dài.", "Nguyên nhân khách quan"),
        ("Cơ chế, chính sách của Trung ương đối với loại hình này chưa đồng bộ.", "Nguyên nhân khách quan"),
        ("Kinh phí hằng năm đề nghị mà chưa được duyệt đủ.", "Nguyên nhân khách quan"),
        ("Nguồn vốn phân bổ chậm, đến tháng 9 mới có.", "Nguyên nhân khách quan"),
        ("Kinh phí đầu tư từ ngân sách huyện chỉ đáp ứng khoảng 38% nhu cầu.", "Nguyên nhân chủ quan"),
        ("Công tác phối hợp giữa các phòng, ban của huyện chưa chặt chẽ.", "Nguyên nhân chủ quan"),
        ("Chủ quan: nguồn vốn phân bổ chậm.", "Nguyên nhân chủ quan"),  # as the report says itself
    ],
)
def test_what_only_others_can_give_is_an_outside_cause_where_the_report_does_not_say(sentence: str, side: str) -> None:
    ((_, said),) = parts("han_che", sentence)
    assert said.theme is not None
    assert said.theme.group == side


def test_a_lack_of_no_theme_does_not_go_with_the_next_one() -> None:
    sentence = "Còn 18 cơ sở chưa triển khai vì bận việc khác; sản phẩm còn đơn điệu."
    assert told("han_che", sentence) == ["-", "H1"]


def test_an_outside_cause_and_an_own_one_of_one_theme_stand_under_their_headings() -> None:
    said = {
        "h_can_loc": {"han_che": ["Khách quan: nguồn vốn cấp chậm; dịch bệnh kéo dài."]},
        "h_duc_tho": {"han_che": ["Nguyên nhân chủ quan: nguồn vốn dành cho du lịch còn ít."]},
    }
    sections = composed(summary_of(nq06(), said)).sections
    told = [
        (group.title, point.lead, point.units)
        for section in sections
        for group in section.groups
        for point in (*group.points, *group.folded)
    ]
    assert told == [
        ("Nguyên nhân khách quan", "Ảnh hưởng của dịch Covid-19", 1),
        ("Nguyên nhân khách quan", "Nguồn lực hạn hẹp", 1),
        ("Nguyên nhân chủ quan", "Nguồn lực hạn hẹp", 1),
    ]


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        (["a) Tồn tại, hạn chế", "Việc huy động nguồn lực xã hội hóa đạt thấp."], ["-"]),
        (["Mặt yếu:", "Phối hợp giữa thị xã với Ban Quản lý có việc chưa nhịp nhàng."], ["-"]),
        (["1. Hạn chế", "Các hội chợ phải tạm dừng do dịch Covid-19 kéo dài."], ["N1"]),
        (["1. Hạn chế", "Sản phẩm còn đơn điệu."], ["H1"]),
        (["Tồn tại: công tác phối hợp chưa chặt chẽ."], ["-"]),
        (["Công tác phối hợp chưa chặt chẽ."], ["N5"]),
        (["2. Nguyên nhân", "- Chủ quan:", "Chế độ báo cáo không nghiêm túc."], ["-"]),
        (["2. Nguyên nhân", "- Chủ quan:", "Kinh phí hằng năm còn ít."], ["N3"]),
        (["2. Nguyên nhân của tồn tại", "Lao động thời vụ chiếm trên 60%, chủ cơ sở né tránh ký hợp đồng."], ["-"]),
        (["2. Nguyên nhân", "Lao động còn yếu do cấp ủy chưa quan tâm đào tạo."], ["N4"]),
        (["Việc khắc phục hậu quả lũ lụt tại di tích còn chậm, sau 01 năm chưa xong."], ["-"]),
        (["Công tác phòng chống dịch Covid-19 tại các bãi tắm có lúc chưa nghiêm."], ["-"]),
        (["Nhiều khách sạn phản ánh chưa được thanh toán đủ kinh phí cách ly, còn nợ 4,6 tỷ đồng."], ["-"]),
        (["2. Nguyên nhân", "Sự phối hợp của các ngành có lúc thiếu chặt chẽ."], ["N5"]),
        (["2. Nguyên nhân", "Có sự lãnh đạo sâu sát của cấp ủy, sự phối hợp của các ngành."], ["-", "-"]),
        (["Sự quan tâm của cấp ủy ở một số nơi mờ nhạt."], ["N4"]),
        (["Mưa lũ, sạt lở bờ biển làm hư hỏng nhiều công trình."], ["N2"]),
        (["Đầu mùa, bão gây thiệt hại lớn cho các bãi tắm."], ["N2"]),
    ],
)
def test_causes_and_failings_are_what_the_report_tells_them_as(lines: list[str], wanted: list[str]) -> None:
    assert told("han_che", *lines) == wanted


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        ("Huyện có 12 km bờ biển, 9 km biên giới, tiềm ẩn phức tạp về an ninh, trật tự.", "D2"),
        ("Tuy có nhiều tiềm năng nhưng huyện chịu cạnh tranh của các huyện bạn, hạ tầng yếu.", "D2"),
        ("Tuy còn nhiều khó khăn nhưng huyện có nhiều tiềm năng, lợi thế.", "D1"),
        ("Vùng đất tiềm ẩn nhiều giá trị văn hóa, có lợi thế về biển.", "D1"),
    ],
)
def test_what_outweighs_what_is_in_favour_makes_it_hard(sentence: str, wanted: str) -> None:
    assert told("dac_diem", sentence) == [wanted]


@pytest.mark.parametrize(
    "lines",
    [
        ["Nguyên nhân của kết quả: sự chỉ đạo sâu sát của Tỉnh ủy, sự phối hợp của các cấp, các ngành."],
        ["c) Nguyên nhân của kết quả đạt được", "Sự đoàn kết của cấp ủy, sự đồng thuận của Nhân dân."],
        ["2. Nguyên nhân ưu điểm", "- Chủ quan: cấp ủy các cấp quan tâm lãnh đạo, chỉ đạo."],
        ["2. Nguyên nhân ưu điểm", "a) Khách quan:", "Chính sách hỗ trợ của Trung ương được ban hành kịp thời."],
        ["Những kết quả trên có được là nhờ:", "Cấp ủy các cấp quan tâm lãnh đạo, chỉ đạo."],
        ["Sở dĩ có kết quả như vậy là do cấp ủy các cấp quan tâm lãnh đạo, lễ hội được đầu tư."],
    ],
)
@pytest.mark.parametrize("section", ["han_che", "ket_qua"])
def test_why_things_went_well_is_no_cause_of_what_is_amiss_and_no_result(section: str, lines: list[str]) -> None:
    ((_, said),) = parts(section, *lines)
    assert (said.theme, said.held) == (None, Held.OF_SUCCESS)


def asked(section: str, *sentences: str) -> list[tuple[str, str | None, str]]:
    """Return of each part that is a recommendation who is asked, and of each that is none why, with its words."""
    return [(each.text, each.addressee, each.held.value if each.held else "") for _, each in parts(section, *sentences)]


def test_a_sentence_that_asks_two_stands_under_both_and_parts_that_ask_others_are_parted() -> None:
    both = "Đề nghị Chính phủ, UBND tỉnh bố trí vốn nâng cấp tuyến đường ven biển."
    assert asked("kien_nghi", both) == [(both, "Trung ương", ""), (both, "Ủy ban nhân dân tỉnh", "")]
    first, then = (
        "Đề nghị Bộ Tài nguyên và Môi trường sớm trình Chính phủ sửa quy định về đất đa mục đích",
        "trong thời gian chờ sửa đổi, đề nghị UBND tỉnh cho thí điểm tại 03 xã.",
    )
    assert asked("kien_nghi", f"{first}; {then}") == [(first, "Trung ương", ""), (then, "Ủy ban nhân dân tỉnh", "")]
    composition = composed(summary_of(nq06(), {"h_can_loc": {"kien_nghi": [both]}}))
    text = text_of(write_draft(composition.sayings.summary, lexicon()).word)
    assert text.count(both.rstrip(".")) == 2


def test_closing_words_and_what_a_body_is_to_do_itself_are_counted_nowhere_and_shown_to_the_drafter() -> None:
    closing = "Trên đây là báo cáo của Ban Thường vụ Huyện ủy, kính trình Ban Thường vụ Tỉnh ủy xem xét, chỉ đạo."
    target = "Phấn đấu đến năm 2025 đón 300 nghìn lượt khách."
    wish = "Xin cơ chế đặc thù cho hai xã vùng cao."
    why = "không phải kiến nghị"
    assert asked("kien_nghi", closing, target, wish) == [(closing, None, why), (target, None, why), (wish, None, "")]
    composition = composed(summary_of(nq06(), {"h_can_loc": {"kien_nghi": [closing, target, wish]}}))
    assert [each.text for each in (*composition.sections[-1].quotes, *composition.left)] == [wish]
    assert {each.text for each in composition.sayings.sections[-1].unclassified} >= {closing, target}


def test_a_lead_in_of_requests_makes_what_follows_requests_until_another_heading() -> None:
    said = [
        "Mở 05 lớp tập huấn nghiệp vụ du lịch cho các hộ dân.",
        "Các cấp Hội xin có một số kiến nghị:",
        "- Xin Tỉnh ủy quan tâm chỉ đạo đưa nội dung phụ nữ làm du lịch vào Đề án.",
        "- Với UBND tỉnh: mong được hỗ trợ 500 triệu đồng mỗi năm mở lớp dạy nghề.",
        "- Trung ương Hội cần tăng nguồn vốn hỗ trợ phụ nữ khởi nghiệp.",
        "Nhiệm vụ khác:",
        "Tổ chức 15 lớp tiếng Anh giao tiếp cho hội viên.",
    ]
    found = gather(summary_of(nq06(), {"h_can_loc": {"nhiem_vu_giai_phap": said}}), lexicon())
    every = {each.text[:12]: (under.section.code, each.addressee) for under in found.sections for each in under.said}
    assert [*every.values()] == [
        ("nhiem_vu_giai_phap", None),
        ("nhiem_vu_giai_phap", None),
        ("kien_nghi", "Tỉnh ủy"),
        ("kien_nghi", "Ủy ban nhân dân tỉnh"),
        ("kien_nghi", "Trung ương"),
    ]


def test_that_there_is_nothing_to_ask_says_not_who_is_asked_in_what_follows() -> None:
    wish = "Xin cơ chế đặc thù cho hai xã vùng cao."
    assert asked("kien_nghi", "Huyện không có kiến nghị gì.", wish) == [(wish, None, "")]
    assert asked("kien_nghi", "Đối với UBND tỉnh:", wish) == [(wish, "Ủy ban nhân dân tỉnh", "")]
    decree = "Kiến nghị sửa đổi Nghị định số 57/2018/NĐ-CP theo hướng đơn giản thủ tục."
    assert asked("kien_nghi", decree)[0][1] == "Trung ương"
    assert asked("kien_nghi", "Đối với UBND tỉnh:", decree)[0][1] == "Ủy ban nhân dân tỉnh"  # to go on with it


def test_of_a_plan_without_themes_no_request_is_lost() -> None:
    works = ("cầu Khe Vàng", "chợ xã Hòa Lạc", "kè sông Lam Thủy", "trường mầm non", "trạm y tế", "đập Bàu Sen")
    asked = [f"Đề nghị UBND tỉnh bố trí {at} tỷ đồng làm {work}." for at, work in enumerate(works, 21)]
    asked.append("Nhờ tỉnh cấp sớm xi măng cho ba xã vùng cao.")
    plan = nq06().model_copy(update={"themes": None})
    composition = compose(gather(summary_of(plan, {"h_can_loc": {"kien_nghi": asked}})))
    assert len(composition.quoted) + len(composition.left) == len(asked)
    assert composition.left


@pytest.mark.parametrize(
    ("section", "sentence", "theme"),
    [
        ("kien_nghi", "Đề nghị Bộ Tài nguyên và Môi trường trình sửa đổi quy định về đất đa mục đích.", "R6"),
        ("kien_nghi", "Đề nghị UBND tỉnh thu hồi đất dự án trang trại đã hết thời hạn.", "R6"),
        ("kien_nghi", "Đề nghị UBND tỉnh giao đất, cho thuê đất làm bãi đỗ.", "R6"),
        ("kien_nghi", "Đề nghị UBND tỉnh có cơ chế tự chủ cho Ban Quản lý khu di tích.", "R8"),
        ("kien_nghi", "Đề nghị UBND tỉnh giãn, hoãn tiền thuê đất cho doanh nghiệp.", "R2"),
        ("kien_nghi", "Kiến nghị Ngân hàng Nhà nước giảm lãi suất, cơ cấu lại nợ.", "R2"),
        ("kien_nghi", "Mong tỉnh hỗ trợ Hội mở lớp dạy nghề.", "R4"),
        ("ket_qua", 'Mô hình "Nói không với rác thải nhựa" được nhân rộng ra 34 xã, thu gom 420 tấn rác.', "K8"),
        ("ket_qua", "Đã xây dựng 187 mô hình “Dân vận khéo”, trong đó có tổ tự quản bãi tắm.", "K10"),
        ("ket_qua", "Xây dựng 12 mô hình du lịch cộng đồng, 05 homestay.", "K5"),
        ("nhiem_vu_giai_phap", "Chọn 10 xã làm điểm mô hình dân vận khéo trong du lịch.", "-"),
        ("nhiem_vu_giai_phap", "Nhân rộng mô hình du lịch cộng đồng ra 05 xã.", "T4"),
    ],
)
def test_land_and_credit_waste_and_persuasion_have_words_of_their_own(section: str, sentence: str, theme: str) -> None:
    assert told(section, sentence) == [theme]
