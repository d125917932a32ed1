"""Sentences are whole: words that have a full stop of their own don't end them."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from soket.narrative.sentences.prose import sentence_span, sentences, statements, whole


@pytest.mark.parametrize(
    "text",
    [
        "Tại TT. Thiên Cầm, đ/c. Nguyễn Văn A phụ trách, đón 1.234 lượt khách.",
        "PGS.TS. Nguyễn Văn B, ThS. Trần C cùng Tp. Hà Tĩnh lập đề án ngày 15.3.2018.",
        "Có biển, núi, hồ, v.v. và nhiều di tích.",
        "Kế hoạch số. 12 được ban hành.",
        "I. Kết quả đạt được.",
        "(Số liệu chi tiết tại Biểu 02. Kết quả quán triệt, tuyên truyền của đơn vị, gửi kèm báo cáo này.)",
        "Biểu 02. Kết quả quán triệt, tuyên truyền.",
        "Mẫu số 1. Báo cáo của huyện.",
        "Nhiệm vụ 3. Hoàn thành quy hoạch chi tiết.",
        "Trên địa bàn TP. Hà Tĩnh, TX. Kỳ Anh và H. Cẩm Xuyên có biển.",
        "Do đ/c. Phó Bí thư đứng đầu, họp ngày 30.6.2021 và ngày 30. 6. 2021 tại P. Nam Hà.",
        "Ông nói: “Được. Ta làm ngay.” với mọi người.",
        "Mở 5 lớp (gồm 2 lớp tại xã. Mỗi lớp 30 người) cho thanh niên.",
        "Ths. Nguyễn V. A. Tuấn phụ trách; BS. Trần Đ. Hùng phối hợp.",
        "Hỗ trợ 500 tr. đồng cho UBND. Thị trấn.",
        "Các khu (A. Biển; B. Núi) đều mở cửa.",
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
        ("Số liệu tại Biểu 02. Năm 2019 tăng.", ["Số liệu tại Biểu 02.", "Năm 2019 tăng."]),
        ("Họp ngày 30.6.2021. Đến nay đã xong.", ["Họp ngày 30.6.2021.", "Đến nay đã xong."]),
        ("Tăng 5% so với năm 2020. 12 xã có điểm đến.", ["Tăng 5% so với năm 2020.", "12 xã có điểm đến."]),
        ("Tỷ lệ đạt 95%. 12 xã đạt chuẩn.", ["Tỷ lệ đạt 95%.", "12 xã đạt chuẩn."]),
        ("Có ba điểm (mới mở). 12 hộ tham gia.", ["Có ba điểm (mới mở).", "12 hộ tham gia."]),
        ("Xây dựng khu A. Năm 2020 khai thác.", ["Xây dựng khu A.", "Năm 2020 khai thác."]),
        ("Trên địa bàn TP. Năm 2020 đạt chuẩn.", ["Trên địa bàn TP.", "Năm 2020 đạt chuẩn."]),
        ("Thu 500.000 đ. Trong đó vé là chính.", ["Thu 500.000 đ.", "Trong đó vé là chính."]),
        ("Nghị quyết số 06-NQ/TU. Cấp ủy quán triệt.", ["Nghị quyết số 06-NQ/TU.", "Cấp ủy quán triệt."]),
        ("a) Việc đã xong. Còn việc khác (chưa rõ.", ["a) Việc đã xong.", "Còn việc khác (chưa rõ."]),
        ("Gồm: 1) Biển. 2) Núi. Tất cả mở cửa.", ["Gồm: 1) Biển.", "2) Núi.", "Tất cả mở cửa."]),
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
    counted = "(1) Mở ba lớp cho dân; (2) Sửa hai cầu treo."
    assert [each.text for each in statements(f"- {counted}")] == [counted]
    assert next(statements("(2) Sửa hai cầu treo cũ.")).text == "Sửa hai cầu treo cũ."
    assert next(statements("P. Nam Hà có ba điểm đến mới mở.")).text.startswith("P. Nam Hà")


@pytest.mark.parametrize(
    "text",
    [
        "(Số liệu chi tiết tại Biểu 02. Kết quả quán triệt của đơn vị, gửi kèm báo cáo này.)",
        "Số liệu chi tiết tại Biểu 02 gửi kèm báo cáo này.",
        "Kết quả cụ thể xem phụ lục kèm theo báo cáo.",
        "(Chi tiết theo Bảng số 3.)",
        "Số người được quản lý bệnh mạn tính: đang tổng hợp.",
    ],
)
def test_what_only_says_where_figures_stand_is_no_statement(text: str) -> None:
    assert [each.complete for each in statements(text)] == [False]
    assert [each.complete for each in statements("Theo Biểu 02, năm 2020 đón 12.000 lượt khách.")] == [True]
    assert [each.complete for each in statements("Lập kế hoạch chi tiết, bảng phân công nhiệm vụ.")] == [True]


PIECES = st.lists(
    st.sampled_from(
        [
            *"()“”!…",
            "Biểu 02.",
            "TP. Hà Tĩnh",
            "đ/c.",
            "30.6.2021.",
            "5%.",
            "Năm",
            "12",
            "xã",
            "V.",
            "a)",
            "Đến nay.",
            "v.v.",
            "1.234",
            "lượt.",
            "\n",
        ]
    ),
    max_size=30,
)


@given(PIECES)
@example(["(", "Biểu 02.", "Năm", ")", "xã"])
def test_sentences_give_the_text_back_and_brackets_stay_whole(pieces: list[str]) -> None:
    text = " ".join(pieces)
    assert re.sub(r"\s", "", "".join(sentences(text))) == re.sub(r"\s", "", text)
    for line in text.splitlines():
        if _balance(line):
            assert all(map(_balance, sentences(line)))


def _balance(text: str) -> bool:
    waiting = []
    for letter in text:
        if letter in "(“":
            waiting.append({"(": ")", "“": "”"}[letter])
        elif letter in ")”" and (not waiting or waiting.pop() != letter):
            return False
    return not waiting


def test_a_paper_quotes_whole_sentences() -> None:
    assert whole("Một câu.  Hai\ncâu.", 50) == "Một câu. Hai câu."
    assert whole("Câu thứ nhất dài. Câu thứ hai dài hơn nhiều lắm.", 25) == "Câu thứ nhất dài. (và 1 câu nữa)"
    assert whole("không có dấu chấm nào trong câu này cả", 20) == "không có dấu chấm nào trong câu này cả"


def test_a_place_lies_in_one_sentence_or_between_two() -> None:
    text = "Một câu.  Hai câu."
    assert [text[slice(*sentence_span(text, place))] for place in (0, 7, 10)] == ["Một câu.", "Một câu.", "Hai câu."]
    assert sentence_span(text, 9) == (0, len(text))
