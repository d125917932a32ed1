"""What stands under a heading of several sections is shared out by labels below it, else by each sentence's words."""

from __future__ import annotations

import pytest

from soket.narrative.requests.sorting import kind_told, sorted_outline
from soket.narrative.sections.kinds import SectionKind
from soket.plan.model import Plan

DONE = "Đã cứng hóa 120 km đường trục xã, mở bốn lớp dạy nghề cho lao động nông thôn."
WEAK = "Một số công trình nước sạch xuống cấp, vốn đối ứng của xã còn thiếu nhiều."
CAUSE = "Nguyên nhân chính là ngân sách xã nhỏ, công trình giao cho nhiều chủ đầu tư."
LEARNT = "Kinh nghiệm là việc gì cũng phải bàn với dân trước khi làm."
NEXT = "Tiếp tục lồng ghép các nguồn vốn, mỗi xã dồn sức làm xong một công trình."
ASK = "Đề nghị tỉnh phân bổ vốn sớm hằng năm và cho xã tự chọn công trình."
PLAIN = "Toàn huyện có 12 xã, trong đó bốn xã ven biển làm muối."


@pytest.mark.parametrize(
    ("heading", "told", "places"),
    [
        ("III. Hạn chế, nguyên nhân, kiến nghị", [WEAK, CAUSE, ASK], {"han_che": [0, 1], "kien_nghi": [2]}),
        ("III. Khó khăn, vướng mắc và đề xuất", [ASK, WEAK, PLAIN], {"kien_nghi": [0], "han_che": [1], "": [2]}),
        ("III. Thuận lợi, khó khăn và kiến nghị", [PLAIN, WEAK, ASK], {"": [0], "han_che": [1], "kien_nghi": [2]}),
        ("III. Ưu, khuyết điểm", [PLAIN, WEAK], {"": [0], "han_che": [1]}),
        ("III. Nhiệm vụ năm tới và kinh nghiệm", [NEXT, LEARNT], {"nhiem_vu_giai_phap": [0], "bai_hoc": [1]}),
        ("III. Tồn tại và bài học rút ra", [LEARNT, WEAK], {"bai_hoc": [0], "han_che": [1]}),
        ("PHẦN BA: PHƯƠNG HƯỚNG, ĐỀ XUẤT", [NEXT, ASK, PLAIN], {"nhiem_vu_giai_phap": [0, 2], "kien_nghi": [1]}),
        ("III. Mặt được, chưa được", [DONE, WEAK], {"": [0], "han_che": [1]}),
        ("III. Ưu điểm, khuyết điểm", [f"1. {WEAK}", f"2. {CAUSE}"], {"han_che": [0, 1]}),
    ],
    ids=lambda told: told if isinstance(told, str) else "",
)
def test_sentences_under_a_heading_of_several_sections_are_parted(
    plan: Plan, heading: str, told: list[str], places: dict[str, list[int]]
) -> None:
    lines = ["I. Đặc điểm tình hình", PLAIN, "II. Kết quả đạt được", DONE, heading, *told]
    found = sorted_outline(plan, lines)
    own = {each.section: each for each in (*found.sections, *found.unplaced)}
    assert {code: own[code].text.splitlines() for code in places} == {
        code: [told[at] for at in at_lines] for code, at_lines in places.items()
    }
    assert all(own[code].heading == heading for code in places)
    assert own["ket_qua"].text == DONE


@pytest.mark.parametrize(
    ("heading", "labels"),
    [
        ("III. Cái được, cái chưa được", ["+ Được:", "+ Chưa được:", "+ Lý do:"]),
        ("III. Ưu điểm, hạn chế", ["* Ưu điểm", "* Hạn chế", "* Nguyên nhân"]),
        ("III. Mặt mạnh, mặt yếu, nguyên nhân", ["Mặt mạnh:", "Mặt yếu:", "Vì sao:"]),
        ("III. Việc đã làm được và chưa làm được", ["- Việc đã làm được:", "- Việc chưa làm được:", "- Nguyên nhân:"]),
    ],
    ids=lambda told: told if isinstance(told, str) else "",
)
def test_labels_below_a_heading_of_two_sides_part_it(plan: Plan, heading: str, labels: list[str]) -> None:
    items = ["- Cấp ủy quan tâm, cán bộ nhiệt tình.", "- Cán bộ xã kiêm bốn việc.", "- Vốn cấp tháng tám."]
    below = [line for label, item in zip(labels, items, strict=True) for line in (label, item)]
    lines = ["I. Đặc điểm tình hình", PLAIN, "II. Kết quả đạt được", DONE, heading, *below, "IV. Đề nghị", ASK]
    own = {each.section: each.text.splitlines() for each in sorted_outline(plan, lines).sections}
    assert own["ket_qua"] == [DONE, *below[:2]]
    assert own["han_che"] == below[2:]
    assert own["kien_nghi"] == [ASK]


def test_why_things_went_well_is_of_no_section(plan: Plan) -> None:
    told = [
        "a) Hạn chế",
        WEAK,
        "b) Nguyên nhân của kết quả",
        "Sự vào cuộc của cấp ủy các cấp.",
        "c) Nguyên nhân",
        CAUSE,
    ]
    found = sorted_outline(plan, ["I. Kết quả đạt được", DONE, "II. Ưu điểm, hạn chế, nguyên nhân", *told])
    own = {each.section: each.text.splitlines() for each in found.sections}
    assert (own["ket_qua"], own["han_che"]) == ([DONE], [*told[:2], *told[4:]])
    assert [each.text.splitlines() for each in found.unplaced] == [told[2:4]]


def test_what_is_not_said_to_be_amiss_is_done_where_results_have_no_other_heading(plan: Plan) -> None:
    told = [f"a) {DONE} {WEAK}", f"b) {PLAIN}"]
    found = sorted_outline(plan, ["1. Tình hình", PLAIN, "2. Việc đã làm và chưa làm", *told, "3. Xin tỉnh", ASK])
    own = {each.section: each.text.splitlines() for each in found.sections}
    assert own["ket_qua"] == [f"a) {DONE}", told[1]]
    assert own["han_che"] == [WEAK]
    assert found.unplaced == ()


def test_a_section_that_nothing_is_surely_of_has_no_heading(plan: Plan) -> None:
    head = "III. Mặt được, chưa được"
    lines = ["I. Đặc điểm tình hình", PLAIN, "II. Kết quả đạt được", DONE, head]
    unsure = sorted_outline(plan, [*lines, "Cán bộ xã kiêm bốn, năm việc.", "IV. Kiến nghị", ASK])
    assert {each.section: each.heading for each in unsure.sections}["han_che"] is None
    assert [(each.heading, each.text) for each in unsure.unplaced] == [(head, "Cán bộ xã kiêm bốn, năm việc.")]
    named = sorted_outline(plan, [*lines[:-1], "III. Hạn chế, kiến nghị", WEAK])
    assert named.sections[-1].heading == "III. Hạn chế, kiến nghị"


@pytest.mark.parametrize("heading", ["III. Kết quả thực hiện các nhiệm vụ, giải pháp", "III. Tồn tại và nguyên nhân"])
def test_headings_of_one_section_are_not_parted(plan: Plan, heading: str) -> None:
    lines = ["I. Đặc điểm tình hình", PLAIN, "II. Công tác chỉ đạo", DONE, heading, WEAK, NEXT, PLAIN]
    own = [each.text.splitlines() for each in sorted_outline(plan, lines).sections if each.heading == heading]
    assert own == [[WEAK, NEXT, PLAIN]]


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Đối với Bộ Y tế: cấp đủ vắc xin.", SectionKind.REQUESTS),
        ("4. Mong cấp trên cho phép xã hợp đồng thêm một người.", SectionKind.REQUESTS),
        ("Nguyên nhân của kết quả là sự vào cuộc của cấp ủy.", None),
        ("Khách quan: bão lụt liên tiếp hai năm.", SectionKind.CAUSES),
        ("Đến năm 2025, đón 80.000 lượt khách.", SectionKind.TASKS),
        ("Giao các phòng rà soát hộ chưa có đất.", SectionKind.TASKS),
        ("Vướng mắc về đất đai đã được tháo gỡ xong.", None),
        ("Việc giải ngân còn chậm so với kế hoạch.", SectionKind.LACKS),
        ("Trường lớp được xây mới ở cả 12 xã.", None),
    ],
)
def test_a_sentence_is_of_what_its_own_words_say(sentence: str, kind: SectionKind | None) -> None:
    assert kind_told(sentence, [*SectionKind]) is kind
    assert kind_told(sentence, [SectionKind.DONE]) is None
