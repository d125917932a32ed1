"""Sentences are whole: words that have a full stop of their own don't end them."""

from __future__ import annotations

import pytest

from soket.narrative.prose import sentences, statements


@pytest.mark.parametrize(
    "text",
    [
        "Tại TT. Thiên Cầm, đ/c. Nguyễn Văn A phụ trách, đón 1.234 lượt khách.",
        "PGS.TS. Nguyễn Văn B, ThS. Trần C cùng Tp. Hà Tĩnh lập đề án ngày 15.3.2018.",
        "Có biển, núi, hồ, v.v. và nhiều di tích.",
        "Kế hoạch số. 12 được ban hành.",
        "I. Kết quả đạt được.",
    ],
)
def test_words_with_a_full_stop_of_their_own_end_no_sentence(text: str) -> None:
    assert list(sentences(text)) == [text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Đạt 1.234 lượt. Năm 2019 tăng 5%.", ["Đạt 1.234 lượt.", "Năm 2019 tăng 5%."]),
        ("Có biển, v.v. Năm sau mở.", ["Có biển, v.v.", "Năm sau mở."]),
        ("Đẩy mạnh chuyển đổi số. Đến nay có 5 trang.", ["Đẩy mạnh chuyển đổi số.", "Đến nay có 5 trang."]),
        ("Các xã làm tốt. 100% thôn có tổ tự quản.", ["Các xã làm tốt.", "100% thôn có tổ tự quản."]),
        ("Ông nói: “Được.” Sau đó làm.", ["Ông nói: “Được.”", "Sau đó làm."]),
        ("Một dòng\nDòng nữa", ["Một dòng", "Dòng nữa"]),
    ],
)
def test_sentences_end_where_they_do(text: str, expected: list[str]) -> None:
    assert list(sentences(text)) == expected


def test_what_can_stand_alone_is_told_from_what_cannot() -> None:
    text = (
        "1. Đối với tỉnh:\n- a) Đề nghị tỉnh bố trí vốn nâng cấp tuyến đường.\n"
        "(Số liệu chi tiết tại Biểu 01, gửi kèm báo cáo này.)\n24 camera được lắp tại các bãi tắm."
    )
    found = list(statements(text))
    assert [each.number for each in found if each.complete] == [2, 4]
    assert [each.text for each in found if each.complete] == [
        "Đề nghị tỉnh bố trí vốn nâng cấp tuyến đường.",
        "24 camera được lắp tại các bãi tắm.",
    ]
    assert next(statements("P. Nam Hà có ba điểm đến mới mở.")).text.startswith("P. Nam Hà")
