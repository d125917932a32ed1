"""Figures in the words of a report, beside its table: CT01 2019-2021 is 1.000, 1.200, 900; CT02 12,5, 14,25, 9."""

from __future__ import annotations

from intake.cases import A, Case, W
from intake.reports import REQUESTS, RESULTS, with_text


def said(sentence: str, name: str, *codes: str, **table: tuple[object, ...]) -> Case:
    """A good report that says this among its results."""
    return Case(name, lambda: with_text(1, [RESULTS, sentence], **table), W if codes else A, codes)


def beside(heading: str, sentence: str, name: str, *codes: str) -> Case:
    """A good report that says this under a heading of its own, after all others."""
    return Case(f"under {name}", lambda: with_text(3, [REQUESTS, heading, sentence]), W if codes else A, codes)


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
    said("Tổng lượt khách các năm 2019, 2020, 2021 lần lượt là 1.000; 1.200 và 900 lượt.", "years and figures in turn"),
    said(
        "Tổng lượt khách các năm 2019, 2020, 2021 lần lượt là 1.000; 1.300 và 900 lượt.",
        "years and figures in turn, one wrong",
        "TB-01",
    ),
    said("Doanh thu du lịch năm 2019 và 2020 lần lượt đạt 12,5 và 15,3 tỷ đồng.", "two in turn, one wrong", "TB-01"),
    said("Công suất sử dụng phòng năm 2019, 2020 lần lượt là 61,5% và 73%.", "shares in turn, one wrong", "TB-01"),
    said("Đến cuối năm 2021 có 13 điểm đến được xếp hạng.", "the end of a year", "TB-01"),
    said("Đến cuối năm 2021 có 3 điểm đến được xếp hạng.", "the end of a year, agrees"),
    said("Tổng lượt khách năm 2020 tăng 12,5% so với năm 2019.", "a growth that the table has otherwise", "TB-03"),
    said("Tổng lượt khách năm 2020 đạt 1.300 lượt, tăng 30% so với năm 2019.", "what it grew by, too", "TB-01"),
    said("Năm 2020, tổng lượt khách đạt 1.200 lượt, tăng 20% so với năm 2019.", "a growth"),
    said("Tổng lượt khách: 2019: 1.000; 2020: 1.200; 2021: 900.", "years, each with its figure"),
    said("Tổng lượt khách: 2019: 1.000; 2020: 1.300; 2021: 900.", "years, each with its figure, one wrong", "TB-01"),
    said("Tổng lượt khách năm 2019 là 1.000, năm 2020 là 1.300.", "years and figures without a unit", "TB-01"),
    said("Tổng lượt khách các năm: 2019 - 1.000 lượt, 2020 - 1.300 lượt.", "years with dashes", "TB-01"),
    said("Tổng lượt khách qua các năm: 2019 1.000; 2020 1.300; 2021 900.", "years before figures", "TB-01"),
    said("Doanh thu du lịch: 2019 - 12,5; 2020 - 15,3 (tỷ đồng).", "the unit in a bracket", "TB-01"),
    said("Công suất sử dụng phòng: 2019: 61,5%, 2020: 73%.", "shares by year", "TB-01"),
    beside("V. Công tác thi đua, khen thưởng", "Tổng lượt khách năm 2019 đạt 1.100 lượt.", "its own heading", "TB-01"),
    beside("V. Từ khi sáp nhập đến nay", "Tổng lượt khách năm 2020 tăng 12,5% so với năm 2019.", "a change", "TB-03"),
    beside("V. Công tác thi đua, khen thưởng", "Tổng lượt khách năm 2019 đạt 1.000 lượt.", "its own heading, agrees"),
    # --- what is not certain is left alone ---
    beside("V. Phương hướng công tác thi đua", "Tổng lượt khách năm 2021 đạt 1.500 lượt.", "a heading of aims"),
    said("Tổng lượt khách: quý III/2019: 300; quý III/2020: 400.", "quarters, each with its figure"),
    said("Doanh thu du lịch: 2019: 13,5; 2020: 15,3.", "money by year without a unit"),
    said("Tổng lượt khách xã Một: 2019: 500; 2020: 700.", "a part by year"),
    said("Kế hoạch tổng lượt khách: 2019: 1.500; 2020: 1.600.", "a plan by year"),
    said("Tổng lượt khách: 2019 - 1.000 lượt, 2021 - 450 lượt (6 tháng).", "a part of a year in a bracket"),
    said("Tổng lượt khách năm 2019, 2020 lần lượt tăng 5 và 7 lượt.", "changes in turn"),
    said("Tổng lượt khách năm 2019, 2020 của Một và Hai lần lượt là 5 và 7 lượt.", "others' in turn"),
    said("Tổng lượt khách năm 2019, 2020, 2021 lần lượt là 1.100 và 1.300 lượt.", "not as many years as figures"),
    said("Tổng lượt khách và doanh thu du lịch năm 2019, 2020 lần lượt là 5 và 7 lượt.", "two indicators in turn"),
    said("Tổng lượt khách năm 2019, 2020 lần lượt đạt 95% và 97% kế hoạch.", "shares of a plan in turn"),
    said("Lượt khách đến các khu du lịch năm 2019, 2020 lần lượt là 500 và 700 lượt.", "of parts in turn"),
    said("Từ cuối năm 2020 đến cuối năm 2021 có 13 điểm đến được xếp hạng.", "from one end of a year to another"),
    said("Đến cuối năm 2021 có thêm 13 điểm đến được xếp hạng.", "more at the end of a year"),
    said("Trong 3 năm, đến cuối năm 2021 đạt 3.100 lượt khách du lịch.", "since an earlier year"),
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
