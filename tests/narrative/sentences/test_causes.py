"""What headings, lead-ins and labels say of causes, and where a sentence itself says why something is so."""

from __future__ import annotations

import pytest

from soket.narrative.sentences.causes import (
    NO_CAUSE,
    OF_SUCCESS,
    OUTSIDE,
    OWN,
    SOME,
    CausesTold,
    named_first,
    names_cause,
    of_success,
    told_under,
    told_why,
)
from soket.narrative.sentences.sides import whose_cause


@pytest.mark.parametrize(
    ("heading", "told"),
    [
        ("Nguyên nhân của kết quả", OF_SUCCESS),
        ("NGUYÊN NHÂN CỦA NHỮNG KẾT QUẢ ĐẠT ĐƯỢC", OF_SUCCESS),
        ("Nguyên nhân thành công", OF_SUCCESS),
        ("Nguyên nhân của những ưu điểm, tiến bộ", OF_SUCCESS),
        ("Vì sao làm được", OF_SUCCESS),
        ("Những kết quả trên đạt được là do:", OF_SUCCESS),
        ("Nguyên nhân của tồn tại, hạn chế", SOME),
        ("Nguyên nhân chưa đạt được mục tiêu", SOME),
        ("Nguyên nhân của kết quả thấp", SOME),
        ("Do đâu", SOME),
        ("Lý do của mặt yếu", SOME),
        ("Những hạn chế trên do các nguyên nhân sau:", SOME),
        ("Nguyên nhân khách quan của hạn chế", OUTSIDE),
        ("- Chủ quan:", OWN),
        ("Tồn tại, hạn chế và nguyên nhân", None),
        ("Kết quả đạt được và nguyên nhân", None),
        ("Nguyên nhân của ưu điểm và khuyết điểm", None),
        ("Công tác quy hoạch", None),
        ("Khó khăn, vướng mắc", None),
        ("Khó khăn, vướng mắc và nguyên nhân", None),
        ("Khó khăn, hạn chế", NO_CAUSE),
        ("Một số hạn chế:", NO_CAUSE),
        ("Mặt yếu", NO_CAUSE),
        ("Những việc chưa làm được", NO_CAUSE),
        ("Chưa được", NO_CAUSE),
        ("Chưa được và nguyên nhân", None),
    ],
)
def test_a_heading_says_what_is_told_of_causes_below(heading: str, told: str | None) -> None:
    assert told_under(heading) == told


@pytest.mark.parametrize(
    ("text", "thanks"),
    [
        ("Sở dĩ đạt được những kết quả nêu trên là do sự đoàn kết trong Đảng bộ.", True),
        ("Có được kết quả đó trước hết là nhờ Nhân dân đồng thuận.", True),
        ("Những thành tích trên có được nhờ sự chỉ đạo của cấp trên.", True),
        ("Nguyên nhân của kết quả: cấp ủy vào cuộc sớm.", True),
        ("Nguyên nhân đạt được kết quả trên là cấp ủy vào cuộc sớm.", True),
        ("Nguyên nhân là do kết quả thu hút đầu tư còn thấp.", False),
        ("Nguyên nhân chưa đạt được kết quả đề ra là do thiếu vốn.", False),
        ("Đạt kết quả 95% nhờ làm tốt khâu giống.", False),
        ("Phong trào đạt kết quả cao nhờ các chi hội chủ động.", False),
        ("Đạt kết quả tốt tại hội thi do tỉnh tổ chức.", False),
    ],
)
def test_thanks_are_told_from_results(text: str, thanks: bool) -> None:
    assert of_success(text) is thanks


def test_what_lines_say_of_causes_lasts_until_one_as_high() -> None:
    told = CausesTold("IV. Tồn tại, hạn chế và nguyên nhân")
    assert told.of("Đường hẹp.") is None
    assert told.of("Tồn tại: đường hẹp.") == NO_CAUSE
    told.go_on("Nguyên nhân của kết quả", 3)
    told.go_on("Về lãnh đạo", 9)
    assert told.of("Cấp ủy sâu sát.") == OF_SUCCESS
    told.go_on("Ngắn thôi.", None)
    assert told.of("Cấp ủy sâu sát.") == OF_SUCCESS
    told.go_on("Chủ quan:", 9)
    assert told.of("Cấp ủy sâu sát.") == OF_SUCCESS
    told.go_on("Nguyên nhân chủ quan", 3)
    assert told.of("Cấp ủy lơ là.") == OWN
    told.go_on("Chuyển đổi số", 3)
    assert told.of("Đường hẹp.") is None
    told.go_on("Hạn chế", None)
    assert told.of("Đường hẹp.") == NO_CAUSE
    told.go_on("Hạn chế và nguyên nhân", None)
    assert told.of("Đường hẹp.") is None
    assert CausesTold("2. Nguyên nhân chủ quan").of("Đường hẹp.") == OWN


def test_what_a_label_says_of_causes_is_said_of_all_its_line() -> None:
    told = CausesTold("IV. Tồn tại, hạn chế và nguyên nhân")
    assert told.of("Nguyên nhân: cán bộ kiêm nhiệm.", first=True) is None  # the sentence says so itself
    assert told.of("Kinh phí ít.", first=False) == SOME
    assert told.of("Chủ quan: ngại khó.", first=False) is None
    assert told.of("Nể nang.", first=False) == OWN
    assert told.of("Đường hẹp.", first=True) is None


@pytest.mark.parametrize(
    ("text", "word", "why", "named"),
    [
        ("các lễ hội phải dừng do dịch bệnh.", "dịch", True, False),
        ("dịch bệnh kéo dài khiến khách giảm.", "dịch", True, True),
        ("dịch bệnh kéo dài.", "dịch", False, True),
        ("việc chống dịch kéo dài khiến khách giảm.", "dịch", True, False),
        ("việc chống dịch còn chậm khiến khách giảm.", "dịch", False, False),
        ("công tác phòng chống dịch có lúc chưa nghiêm.", "dịch", False, False),
        ("việc khắc phục hậu quả mưa lũ còn chậm.", "mưa lũ", False, False),
        ("việc sửa nhà bị bão tàn phá còn kéo dài.", "bão", False, False),
        ("khách sạn chưa được trả đủ kinh phí.", "kinh phí", False, False),
        ("dự án do ngân sách tỉnh đầu tư còn chậm.", "ngân sách", False, False),
        ("dự án chậm do ngân sách tỉnh bố trí ít.", "ngân sách", True, False),
        ("do ngân sách tỉnh bố trí ít, dự án còn chậm.", "ngân sách", True, False),
        ("thiếu kinh phí sửa chữa.", "kinh phí", False, True),
        ("một số cấp ủy chưa quan tâm.", "cấp ủy", False, True),
        ("vai trò tự do, độ bao phủ của vốn chưa rõ.", "vốn", False, False),
    ],
)
def test_a_sentence_says_why_or_names_the_cause_first(text: str, word: str, why: bool, named: bool) -> None:
    place = text.index(word)
    assert any(start <= place < end for start, end in told_why(text)) is why
    assert any(start <= place < end for start, end in named_first(text, own=False)) is named


def test_a_work_of_its_own_may_be_a_cause_of_its_own_alone() -> None:
    text = "công tác phối hợp chưa chặt chẽ."
    spans = {own: [text[start:end] for start, end in named_first(text, own=own)] for own in (True, False)}
    assert "phối hợp" in spans[True][0]
    assert spans[False] == [""]


@pytest.mark.parametrize("text", ["Phong tục.", "Ngại khó;", "Thiếu tiền.", "Nghèo."])
def test_a_few_words_and_a_stop_name_a_cause_where_causes_are_told(text: str) -> None:
    assert names_cause(text, OWN)
    assert names_cause(text, SOME)
    assert not names_cause(text, NO_CAUSE)
    assert not names_cause(text, None)


@pytest.mark.parametrize("text", ["Khách quan.", "Tồn tại.", "Không có.", "Về cán bộ.", "Giao thông", "Gồm có:"])
def test_what_leads_in_or_says_that_there_is_nothing_names_no_cause(text: str) -> None:
    assert not names_cause(text, SOME)


@pytest.mark.parametrize(
    ("text", "told", "cause"),
    [
        ("Do chưa có hướng dẫn cụ thể của Trung ương.", None, "khach quan"),
        ("Mưa lũ hai năm liền.", "", "khach quan"),
        ("Kinh phí hoạt động hạn hẹp, bình quân mỗi xã chỉ được 12 triệu đồng.", "", "khach quan"),
        ("Kinh phí hoạt động chỉ dùng cho hội nghị.", "", ""),
        ("Mưa lũ hai năm liền làm trôi cầu.", None, None),
        ("Cán bộ xã còn ngại khó, chưa quyết liệt.", "", "chu quan"),
        ("Cái gốc là cán bộ xã yếu.", None, "chu quan"),
        ("Do giá vật liệu tăng.", None, ""),
        ("Do giá vật liệu tăng nên 04 công trình dừng.", None, None),
        ("Do mưa lũ, 04 công trình dừng.", None, None),
        ("Mưa lũ và cán bộ chưa quyết liệt.", "", ""),
        ("Phụ cấp cho cán bộ trạm theo Quyết định 73 không còn phù hợp, chưa được sửa.", "", "khach quan"),
        ("Quy định về đấu thầu thay đổi nhiều.", "", "khach quan"),
        ("Đào tạo cho cán bộ trạm chưa nhiều.", "", ""),
        ("Mưa lũ hai năm liền.", "chu quan", "chu quan"),
        ("Mưa lũ hai năm liền.", "ket qua", "ket qua"),
    ],
)
def test_whose_cause_it_is_is_told_by_its_report_else_by_what_it_is_of(
    text: str, told: str | None, cause: str | None
) -> None:
    assert whose_cause(text, told) == cause
