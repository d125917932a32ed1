"""Dates as plans say them mean what officials mean, and what is uncertain is said to be."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soket.plan.dates import Deadline
from soket.plan_reading.when import dates_in

ISSUED = date(2019, 4, 11)


def before(year: int, month: int, day: int) -> Deadline:
    return Deadline(before=date(year, month, day))


def by(year: int, month: int, day: int) -> Deadline:
    return Deadline(by=date(year, month, day))


SAID = {
    "gửi báo cáo UBND tỉnh trước ngày 05/11/2021.": before(2021, 11, 5),
    "trước ngày 10 tháng 11 năm 2021": before(2021, 11, 10),
    "Chậm nhất trước ngày 05/9/2019": before(2019, 9, 5),
    "hoàn thành trước 31-12-2020": before(2020, 12, 31),
    "xong trước 15/8/2019;": before(2019, 8, 15),
    "chậm nhất ngày 15/8/2019": by(2019, 8, 15),
    "chậm nhất là vào ngày 25 tháng 8 năm 2019": by(2019, 8, 25),
    "không quá ngày 3.8.2025": by(2025, 8, 3),
    "đến hết ngày 30/9/2019": by(2019, 9, 30),
    "vào cuối tháng 11/2021": by(2021, 11, 30),
    "trong tháng 02 năm 2024": by(2024, 2, 29),
    "trung tuần tháng 6/2026": by(2026, 6, 20),
    "trước tháng 9/2019": before(2019, 9, 1),
    "trong quý IV/2025": by(2025, 12, 31),
    "Trong quý 1 năm 2026": by(2026, 3, 31),
    "cuối năm 2025": by(2025, 12, 31),
    "vào ngày 18/6/2026 tại Hội trường tỉnh": by(2026, 6, 18),
    "trong nửa đầu tháng 10 năm 2025": by(2025, 10, 15),
    "trong tháng 01 năm 2026, chậm nhất là ngày 25/01/2026": by(2026, 1, 25),
    "trong quý II năm 2026 (dự kiến trước ngày 15/4/2026)": before(2026, 4, 15),
    "hạn cuối gửi báo cáo là ngày 15 tháng 8 năm 2025": by(2025, 8, 15),
    "trước hết ngày 20 tháng 6 năm 2026"[6:]: by(2026, 6, 20),
}


@pytest.mark.parametrize("text", SAID)
def test_a_date_is_the_deadline_it_says(text: str) -> None:
    (when,) = dates_in(text, ISSUED)
    assert (when.deadline, when.doubt) == (SAID[text], "")
    assert text[when.start : when.end] == when.text


ASSUMED = {
    "chậm nhất ngày 15/8": (by(2019, 8, 15), "không ghi năm, lấy năm của Kế hoạch (2019)"),
    "xong trước 15/8, rồi": (before(2019, 8, 15), "không ghi năm, lấy năm của Kế hoạch (2019)"),
    "trong tháng 9": (by(2019, 9, 30), "không ghi năm, lấy năm của Kế hoạch (2019)"),
    "Tuần 1 tháng 11/2025": (
        by(2025, 11, 7),
        "tuần đếm từ ngày 01 của tháng, không ghi ngày, lấy đến hết ngày 07/11/2025",
    ),
    "trong tuần thứ ba của tháng 6 năm 2026": (
        by(2026, 6, 21),
        "tuần đếm từ ngày 01 của tháng, không ghi ngày, lấy đến hết ngày 21/06/2026",
    ),
    "chậm nhất 10 ngày sau ngày ban hành Kế hoạch này": (
        by(2019, 4, 21),
        "tính từ ngày ban hành 11/04/2019, lấy đến hết ngày 21/04/2019",
    ),
    "trước 17 giờ ngày 15/8/2019": (by(2019, 8, 15), "thời hạn có giờ, lấy đến hết ngày ấy"),
    "đầu tháng 9/2019": (by(2019, 9, 10), "không ghi ngày, lấy đến hết ngày 10/09/2019"),
}


@pytest.mark.parametrize("text", ASSUMED)
def test_what_is_assumed_of_a_date_is_said(text: str) -> None:
    (when,) = dates_in(text, ISSUED)
    assert (when.deadline, when.doubt) == ASSUMED[text]


DOUBTFUL = {
    "trước ngày 31/11/2021": "không có ngày này trong lịch",
    "trước ngày 15/12/0219": "năm 0219 không hợp lý",
    "chậm nhất ngày 15/01": "không ghi năm; năm 2019 thì trước ngày ban hành",
    "trước ngày 15/12 hằng năm": "thời hạn lặp lại hằng kỳ",
    "trước ngày 25 hằng tháng": "thời hạn lặp lại hằng kỳ",
    "trong 15 ngày làm việc kể từ ngày nhận": "thời hạn tính từ một việc khác",
    "xong trong tháng": "không ghi tháng, quý, năm nào",
    "trong quý này": "không ghi tháng, quý, năm nào",
    "số liệu tính đến ngày 30/6/2019": "mốc của số liệu, không phải thời hạn",
    "Cụm số 1: ngày 15/9/2019": "không rõ là thời hạn",
    "khai mạc ngày 15/9/2019": "không rõ là thời hạn",
    "trước hội nghị ít nhất 05 ngày làm việc": "thời hạn tính từ một việc khác",
    "01 ngày trước hội nghị": "thời hạn tính từ một việc khác",
    "sau 15 ngày kể từ ngày kết thúc giám sát": "thời hạn tính từ một việc khác",
    "gửi báo cáo cùng thời gian trên": "thời hạn nói ở chỗ khác",
    "trước ngày 25 báo cáo tiến độ": "không ghi tháng",
    "từ ngày 01/6/2026": "không rõ là thời hạn",
    "định kỳ hằng quý": "thời hạn lặp lại hằng kỳ",
    "Thường xuyên": "không có thời hạn",
    "Tháng 8/2019": "không rõ là thời hạn",
}


@pytest.mark.parametrize("text", DOUBTFUL)
def test_what_cannot_be_a_deadline_is_found_and_doubted(text: str) -> None:
    (when,) = dates_in(text, ISSUED)
    assert (when.deadline, when.doubt) == (None, DOUBTFUL[text])


SETTLED = {"15/10": by(2019, 10, 15), "10/9/2019": by(2019, 9, 10), "Tháng 8/2019": by(2019, 8, 31),
           "Quý IV/2019": by(2019, 12, 31), "Tháng 10 - 11/2019": by(2019, 11, 30)}  # fmt: skip


@pytest.mark.parametrize("text", SETTLED)
def test_in_a_column_of_dates_a_bare_one_is_a_deadline(text: str) -> None:
    (when,) = dates_in(text, ISSUED)
    assert (when.deadline, when.settled().deadline) == (None, SETTLED[text])


@pytest.mark.parametrize(
    "text",
    [
        "Nghị quyết số 06-NQ/TU, ngày 07/12/2017 của Ban Chấp hành Đảng bộ tỉnh",
        "Kế hoạch số 131-KH/UBND ngày 19/4/2018 của Ủy ban nhân dân tỉnh",
        "Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ",
        "giai đoạn 2016 - 2020, đến năm 2025 và những năm tiếp theo",
        "tỷ lệ 1/5, mục 2.3, điểm 4.5",
        "Báo cáo quý I",
    ],
)
def test_dates_of_documents_and_other_numbers_are_none(text: str) -> None:
    assert dates_in(text, ISSUED) == []


def test_two_dates_in_a_sentence_are_two() -> None:
    text = "UBND các xã gửi trước ngày 05/6/2026, các sở trước ngày 10/6/2026"
    assert [when.deadline for when in dates_in(text)] == [before(2026, 6, 5), before(2026, 6, 10)]


def test_a_range_opens_and_ends() -> None:
    (when,) = dates_in("từ ngày 01/6 đến ngày 15/6/2026")
    assert (when.opens, when.deadline) == (date(2026, 6, 1), by(2026, 6, 15))


def test_without_any_year_nothing_is_guessed() -> None:
    (when,) = dates_in("trước ngày 15/8")
    assert (when.deadline, when.doubt) == (None, "ngày không ghi năm, chưa biết năm của Kế hoạch")


WORDS = (
    ("trước ngày", False),
    ("xong trước", False),
    ("chậm nhất ngày", True),
    ("đến hết ngày", True),
    ("không quá ngày", True),
)
WAYS = ("{0.day}/{0.month}/{0.year}", "{0:%d/%m/%Y}", "{0:%d-%m-%Y}", "{0.day}.{0.month}.{0.year}")


@given(
    st.dates(date(1950, 1, 1), date(2150, 12, 31)),
    st.sampled_from(WORDS),
    st.sampled_from(WAYS),
    st.sampled_from(["", "Các sở, ban, ngành gửi "]),
)
def test_any_day_in_any_writing(day: date, words: tuple[str, bool], way: str, start: str) -> None:
    text = f"{start}{words[0]} {way.format(day)}, kèm theo biểu."
    (when,) = dates_in(text)
    assert when.deadline is not None
    assert (when.deadline.by if words[1] else when.deadline.before) == day
    assert when.deadline.last_day == (day if words[1] else day - timedelta(days=1))
    assert text[when.start : when.end] == when.text


@given(st.text(alphabet="ngày tháng năm quý trước cuối 0123456789/-.IV,;", max_size=80))
def test_no_text_breaks_it_and_places_are_in_the_text(text: str) -> None:
    found = dates_in(text, ISSUED)
    for when in found:
        assert text[when.start : when.end] == when.text
    assert all(one.end <= other.start for one, other in pairwise(found))
