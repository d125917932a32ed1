"""Figures in the words of a report, beside its table: CT01 2019-2021 is 1.000, 1.200, 900; CT02 12,5, 14,25, 9."""

from __future__ import annotations

from intake.cases import A, Case, W
from intake.reports import RESULTS, with_text


def said(sentence: str, name: str, *codes: str, **table: tuple[object, ...]) -> Case:
    """A good report that says this among its results."""
    return Case(name, lambda: with_text(1, [RESULTS, sentence], **table), W if codes else A, codes)


BIG = {
    "CT01": (950_000, 1_243_000, 400_000),
    "CT01__1": (930_000, 1_200_000, 398_000),
    "CT01__2": (20_000, 43_000, 2_000),
}
FALL = {"CT01": (950_000, 843_000, 400_000), "CT01__1": (930_000, 800_000, 398_000), "CT01__2": (20_000, 43_000, 2_000)}

CASES = [
    said("Năm 2020, toàn huyện đón 1,2 triệu lượt khách du lịch.", "millions, rounded", **BIG),
    said("Năm 2020, toàn huyện đón 1,2 triệu lượt khách du lịch.", "millions, another figure", "TB-01", **FALL),
    said("Tổng lượt khách năm 2019 đạt 1.000 lượt.", "agrees"),
    said("Tổng lượt khách năm 2019 đạt 1.100 lượt.", "differs", "TB-01"),
    said("1.000 lượt khách du lịch đã đến trong năm 2019.", "a sentence that begins with the figure"),
    said("- 1.1. Tổng lượt khách năm 2019 đạt 1.100 lượt.", "a numbered point", "TB-01"),
    said("TP. đón 1.100 lượt khách du lịch năm 2019.", "the area in short", "TB-01"),
    said("Tổng lượt khách năm 2019 đạt 1.000.000 lượt.", "a thousand times too much", "TB-02"),
    said("Doanh thu du lịch: năm 2019 đạt 12,5 tỷ đồng; năm 2020 đạt 14,3 tỷ đồng; năm 2021 đạt 9 tỷ đồng.", "a row"),
    said("Doanh thu du lịch: năm 2019 đạt 12,5 tỷ đồng; năm 2020 đạt 15,3 tỷ đồng.", "a row with one wrong", "TB-01"),
    said("Doanh thu du lịch tăng từ 12,5 tỷ đồng năm 2019 lên 14,2 tỷ đồng năm 2020.", "from, to"),
    said("Doanh thu du lịch tăng từ 10,5 tỷ đồng năm 2019 lên 14,2 tỷ đồng năm 2020.", "from wrong, to", "TB-01"),
    said("Doanh thu du lịch năm 2019 là 12,5 tỷ đồng; cao nhất là năm 2020 với 15,3 tỷ đồng.", "goes on", "TB-01"),
    said("Doanh thu du lịch năm 2019 là 12,5 tỷ đồng; vốn đầu tư năm 2020 là 15,3 tỷ đồng.", "goes on otherwise"),
    said("Doanh thu du lịch của các khách sạn năm 2019 là 2,5 tỷ đồng; năm 2020 là 5,3 tỷ đồng.", "of a part, goes on"),
    said("Công suất sử dụng phòng năm 2019 đạt 71,5%.", "a share", "TB-01"),
    said(
        "Khách quốc tế năm 2019 đạt khoảng 100 lượt khách, năm 2020 là 95 lượt khách.",
        "counted in others' words",
    ),
    said("Doanh thu du lịch năm 2019 đạt 12 tỷ 500 triệu đồng.", "compound"),
    said(
        "Doanh thu du lịch năm 2020 đạt 1,2 nghìn tỷ đồng.",
        "thousands of thousand millions",
        CT02=(1_150, 1_200, 1_180),
    ),
    said("Doanh thu du lịch năm 2019 đạt 13,5 tỷ VNĐ.", "money by another name", "TB-01"),
    # --- what is not certain is left alone ---
    said("Khu du lịch biển năm 2019 đón 300 lượt khách.", "a part of the area"),
    said("Sáu tháng đầu năm 2019, toàn huyện đón 300 lượt khách.", "a part of the year"),
    said("Giai đoạn 2019 - 2021, tổng lượt khách đạt 3.100 lượt.", "several years"),
    said("Trong 3 năm 2019, 2020, 2021, tổng lượt khách đạt 3.100 lượt.", "several years one by one"),
    said("Bình quân mỗi năm, tổng lượt khách đạt 1.033 lượt.", "an average"),
    said("Mục tiêu năm 2021 là đón 5.000 lượt khách.", "an aim"),
    said("Năm 2019, toàn tỉnh đón 4,2 triệu lượt khách.", "the whole province"),
    said("Tổng lượt khách năm 2020 tăng 200 lượt so với năm 2019.", "a change"),
    said("Năm 2019 cả huyện có 45 điểm bán hàng lưu niệm cho khách.", "another thing"),
    said("Tổng lượt khách năm 2019 đạt 12.34 lượt.", "two readings"),
    said("Tổng lượt khách và doanh thu du lịch năm 2019 đạt 900 lượt, 10 tỷ đồng.", "two indicators"),
]
