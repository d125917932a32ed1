"""Who is named as an example or with a distinction, whatever else a sentence is about."""

from __future__ import annotations

import pytest

from soket.narrative.said.commended import idle_praise, is_of_a_person, names_commended


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("Tập thể tiêu biểu: Hợp tác xã Thiên Cầm, đón 12 đoàn khách.", False),
        (
            "Xã Kim Song Trường hiến 12.400 m2 đất; Đảng bộ, Nhân dân xã được Chủ tịch UBND tỉnh tặng Bằng khen.",
            False,
        ),
        ("Nhiều mô hình được nhân rộng; phường Nguyễn Du, phường Tân Giang là những đơn vị tiêu biểu.", False),
        ("Tập thể Phòng Quản lý Du lịch được UBND tỉnh tặng Cờ thi đua năm 2019.", False),
        ("Trung tá Nguyễn Đình Tân dũng cảm cứu 03 người, được Chủ tịch nước tặng Huân chương Dũng cảm.", True),
        ("Chị Trần Thị Nga đã phục dựng nhà cổ, được Trung ương Hội tặng Bằng khen.", True),
        ("Năm 2020 thôn Đại Tiến đón nhận Bằng khen của Thủ tướng Chính phủ.", False),
        ("UBND tỉnh tặng Bằng khen cho ông Phan Văn Lợi và 03 hộ làm du lịch.", True),
        ("Hợp tác xã Hải Đăng không ngừng đổi mới, được UBND tỉnh biểu dương tại hội nghị.", False),
        ("Nghệ nhân Nguyễn Thị Lệ được phong tặng danh hiệu Nghệ nhân ưu tú.", True),
        ("Đề nghị khen thưởng chi bộ thôn Nam Sơn vì đi đầu làm du lịch cộng đồng.", False),
    ],
)
def test_who_is_commended_is_found_beside_what_else_is_told(text: str, person: bool) -> None:
    assert names_commended(text)
    assert is_of_a_person(text) is person


@pytest.mark.parametrize(
    "text",
    [
        "Kịp thời sơ kết, tổng kết, biểu dương, nhân rộng điển hình; xử lý nghiêm vi phạm.",
        "Đã khen thưởng 12 tập thể, 25 cá nhân tiêu biểu.",
        "Tổ chức cho các đơn vị tiêu biểu học tập tại Hội An.",
        "Huyện chưa có tập thể, cá nhân nào ở xã Kim Song Trường được tặng Bằng khen.",
        "Huyện được Thủ tướng Chính phủ tặng Bằng khen.",
        "Phấn đấu đến năm 2025 xã Kim Song Trường được tặng Huân chương Lao động.",
        "Mộc bản Trường học Phúc Giang được UNESCO ghi danh.",
        "Chi hội Phụ nữ Nam Sơn còn mong được biểu dương.",
        "Đồng chí Trần Văn Sáu, cá nhân tiêu biểu năm 2018, bị kỷ luật cảnh cáo, thu hồi Bằng khen.",
    ],
)
def test_praise_of_nobody_in_particular_and_what_is_not_yet_are_not(text: str) -> None:
    assert not names_commended(text)


@pytest.mark.parametrize(
    "text",
    [
        "Chi bộ Công ty Du lịch Thiên Ý được tặng Bằng khen năm 2019 vì đã hiến 420 suất quà cho người nghèo.",
        "Phòng Văn hóa được tặng Bằng khen về thành tích phòng, chống dịch Covid-19.",
        "Hội Nông dân huyện đã quyên góp 200 triệu đồng cho Quỹ vắc-xin, được UBND tỉnh tặng Bằng khen.",
        "Các cấp Hội đã nấu 56.000 suất cơm, hiện các chị còn mong được biểu dương.",
        "Phấn đấu năm 2025 có 02 tập thể được tặng Giấy khen.",
        "Chưa có tập thể tiêu biểu nào.",
    ],
)
def test_praise_for_something_else_and_what_is_hoped_for_is_idle(text: str) -> None:
    assert [*idle_praise(text, lambda why: "du lịch" in why)]


@pytest.mark.parametrize(
    "text",
    [
        "Có 02 tập thể, 05 cá nhân được tặng Bằng khen của Chủ tịch UBND tỉnh.",
        "Xã Kim Song Trường được tặng Bằng khen vì đã hiến 12.400 m2 đất làm đường vào khu du lịch.",
        "Đơn vị tiêu biểu là phường Tân Giang, được tặng Bằng khen do Chủ tịch UBND tỉnh ký.",
        "Thôn Nam Sơn đã mở 12 homestay đón khách du lịch, được tặng Giấy khen.",
        "Có 04 tập thể có thành tích xuất sắc được khen thưởng.",
        "Đề nghị biểu dương chi bộ thôn Nam Sơn.",
    ],
)
def test_praise_that_was_given_and_no_other_reason_told_is_none(text: str) -> None:
    assert not [*idle_praise(text, lambda why: "du lịch" in why)]
