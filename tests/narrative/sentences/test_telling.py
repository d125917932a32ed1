"""Whether a sentence tells a result, only introduces a body, or says nothing without the one before it."""

from __future__ import annotations

import pytest

from soket.narrative.sentences.telling import (
    asks,
    goes_on,
    introduces,
    is_fragment,
    is_linked,
    is_spoken,
    tells_lack,
    tells_result,
)


@pytest.mark.parametrize(
    "text",
    [
        "Xã là xã biên giới, có 12 bản, 5.600 khẩu; nay ủy ban đang làm việc nhờ ở trường tiểu học.",
        "Huyện Thạch Hòa là huyện nghèo có 10 xã, 02 thị trấn, đường biên 60 km.",
        "Huyện Bắc Lâm có 25 xã, 01 thị trấn, dân số 124.600 người.",
        "Hiện nay, phường có diện tích 12 km2.",
        "Sở gồm 07 phòng, 02 đơn vị trực thuộc.",
        "Được sự quan tâm của Tỉnh ủy, phong trào ngày càng phát triển.",
    ],
)
def test_what_a_body_is_introduces_it(text: str) -> None:
    assert introduces(text)
    assert not tells_result(text)


@pytest.mark.parametrize(
    "text",
    [
        "Huyện là đơn vị đầu tiên của tỉnh hoàn thành nông thôn mới.",
        "Huyện có 06 xã, 12 thôn được công nhận đạt chuẩn.",
        "Tỷ lệ hộ nghèo từ 38,4% xuống 11,9%.",
        "Được sự quan tâm của tỉnh, huyện đã xây 12 km đường.",
        "Tổ lưu động vào bản làm giấy tờ được 09 buổi, cấp 63 giấy khai sinh.",
        "Đến bây giờ bình quân đã là 12,8 tiêu chí.",
    ],
)
def test_what_was_done_or_reached_is_a_result(text: str) -> None:
    assert tells_result(text)
    assert not introduces(text)


def test_what_falls_behind_others_or_is_said_as_one_speaks_is_known() -> None:
    assert not tells_result("Tỷ lệ nộp trực tuyến đạt 67,4%, thấp hơn mức bình quân của tỉnh 4,1 điểm.")
    assert is_spoken("Bộ máy xã tôi đến giờ là yên ấm, 46 người đã quen việc.")
    assert is_spoken("Dân mình làm du lịch còn chụp giật.")
    assert not is_spoken("Đã mở 03 lớp cho cán bộ của mình tại các xã.")


@pytest.mark.parametrize(
    ("text", "fragment"),
    [
        ("Do dịch bệnh kéo dài.", True),
        ("vì thiếu vốn", True),
        ("Người dân mạnh dạn đầu tư; (2) Cán bộ, đảng viên phải đi trước.", True),
        ("Do dịch bệnh kéo dài nên 12 cơ sở lưu trú phải đóng cửa.", False),
        ("Dịch bệnh diễn biến phức tạp.", False),
        ("Tác động của đại dịch.", True),
        ("Ảnh hưởng của bão số 5 làm hư hỏng 12 cơ sở lưu trú.", False),
        ("Đề nghị Tỉnh ủy, UBND tỉnh quan tâm.", True),
        ("Đề nghị UBND tỉnh quan tâm bố trí vốn làm cầu.", False),
        ("Xin tỉnh xem xét, giúp đỡ.", True),
        ("Bài học là: (1) dựa vào dân.", False),
    ],
)
def test_what_is_cut_out_of_a_sentence_or_a_list_is_a_fragment(text: str, fragment: bool) -> None:
    assert is_fragment(text) is fragment


@pytest.mark.parametrize(
    ("text", "on", "linked"),
    [
        ("Trong đó, năm 2020 đã thu hồi 12 ha.", True, False),
        ("Qua đó, nhận thức được nâng lên.", True, False),
        ("Số còn lại là của các xã.", True, False),
        ("Trên cơ sở đó, xã mở 03 lớp.", True, False),
        ("(năm ngoái ghi 12 lớp là tính nhầm).", True, False),
        ("(Có 03 lớp) do xã tự mở.", False, False),
        ("Bên cạnh đó, đã mở 03 lớp.", False, True),
        ("Tuy nhiên, còn 03 xã chưa đạt.", False, True),
        ("Trước đó, đã mở 03 lớp.", False, True),
        ("Tính riêng 06 tháng đầu năm, đã mở 03 lớp.", False, True),
        ("Trước năm 2017 đã mở 03 lớp.", False, False),
        ("Trong đợt cao điểm đã mở 03 lớp.", False, False),
    ],
)
def test_what_goes_on_with_a_sentence_is_known(text: str, on: bool, linked: bool) -> None:
    assert (goes_on(text), is_linked(text)) == (on, linked)


@pytest.mark.parametrize(
    ("text", "amiss", "asked"),
    [
        ("Giáo viên mầm non thiếu 412 người.", True, False),
        ("Một người kiêm ba việc.", True, False),
        ("Trụ sở xuống cấp.", True, False),
        ("Đoàn kiểm tra làm việc với phường tháng 5.", False, False),
        ("100% xã có cộng tác viên.", False, False),
        ("Xin cấp xe đi kiểm tra.", False, True),
        ("Sớm ban hành định mức biên chế.", False, True),
        ("Báo cáo các đồng chí như thế, xin cảm ơn.", False, False),
    ],
)
def test_words_of_what_is_amiss_and_of_asking_are_known(text: str, amiss: bool, asked: bool) -> None:
    assert (tells_lack(text), asks(text)) == (amiss, asked)
