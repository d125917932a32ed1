"""Changes in the words of a report, held against its table: half of them only look as if that denied them."""

from __future__ import annotations

import pytest

from conftest import Desk
from intake.plans import FORM, YEARS, make_plan
from intake.reports import RESULTS, with_text
from intake.turns import judged
from soket.faults import Fault
from soket.intake.changed import change_faults
from soket.intake.table import FormTable
from soket.narrative.claims.changes import ChangeReader
from soket.plan.model import Severity
from soket.plan.natures import Target
from soket.record.records import Figure, Ruling, SectionText

PLAN = make_plan()
VALUES = {
    "CT01": (1_000, 1_200, 900),
    "CT01.1": (900, 1_100, 850),
    "CT01.2": (100, 100, 50),
    "CT02": (12.5, 14.25, 9),
    "CT03": (61.5, 63, 40),
    "CT04": (2, 3, 3),
    "CT05": (1_240, 1_590, 1_310),
}
SITE = "Khu du lịch biển Thiên Lộc có nhiều khởi sắc."


def asked(
    *paragraphs: str,
    section: str = "ket_qua",
    values: dict[str, tuple[float, ...]] | None = None,
    target: Target | None = None,
) -> list[Fault]:
    """What is asked of a report that says this under a heading."""
    form = next(each for each in PLAN.forms if each.code == FORM)
    with_target = [
        each.model_copy(update={"target": target if each.code == "CT05" else None}) for each in form.indicators
    ]
    form = form.model_copy(update={"indicators": tuple(with_target)})
    table = FormTable("so-lieu.xlsx", "Biểu 01")
    for row, (code, of_years) in enumerate((VALUES | (values or {})).items(), 5):
        for column, (year, value) in enumerate(zip(YEARS, of_years, strict=True)):
            cell = f"{'DEF'[column]}{row}"
            table.figures[code, year] = Figure(indicator=code, year=year, value=value, file="so-lieu.xlsx", cell=cell)
    sections = [SectionText(section=section, heading="II. Kết quả", text="\n".join(paragraphs))]
    return [*change_faults(PLAN, PLAN.unit("huyen_1"), "bao-cao.docx", sections, form, table, ())]


DENIED = {
    "growth": "Tổng lượt khách năm 2020 tăng 12,5% so với năm 2019.",
    "growth after its figure": "Năm 2020, tổng lượt khách đạt 1.200 lượt, tăng 25% so với năm 2019.",
    "a fall of another share": "So với năm 2020, tổng lượt khách năm 2021 giảm 33,3%.",
    "a rise that was a fall": "Tổng lượt khách năm 2021 tăng 25% so với năm 2020.",
    "nearly, of the year before": "Tổng lượt khách năm 2020 tăng gần 30% so với cùng kỳ năm trước.",
    "from, to, grown": "Doanh thu du lịch từ 12,5 tỷ đồng năm 2019 tăng lên 14,25 tỷ đồng (năm 2020), tăng 24%.",
    "times": "Tổng lượt khách năm 2020 gấp 1,8 lần năm 2019.",
    "times and more": "Doanh thu du lịch năm 2020 đạt 14,25 tỷ đồng, gấp hơn 1,5 lần so với năm 2019.",
    "a share of a year": "So với năm 2019, doanh thu du lịch năm 2021 chỉ bằng 27%.",
    "a difference": "Từ năm 2019 đến năm 2020, lao động du lịch tăng thêm 530 người.",
    "two differences, one wrong": "Năm 2021, do dịch bệnh, tổng lượt khách giảm 300 lượt so với năm 2020 "
    "và giảm 400 lượt so với năm 2019.",
    "points": "Công suất sử dụng phòng năm 2020 đạt 63%, tăng 2,3 điểm phần trăm so với năm 2019.",
    "a sum": "Giai đoạn 2019 - 2021, doanh thu du lịch đạt 45,75 tỷ đồng.",
    "a mean": "Doanh thu du lịch 3 năm 2019-2021 cộng lại đạt 35,75 tỷ đồng, bình quân 14 tỷ đồng/năm.",
    "a mean growth": "Từ năm 2019 đến năm 2021, tổng lượt khách bình quân tăng 5,2%/năm.",
    "a mean growth that no year before explains": "Giai đoạn 2019 - 2021, tổng lượt khách bình quân tăng 31%/năm.",
    "a difference and its share": "Tổng lượt khách năm 2020 tăng 150 lượt (20%) so với năm 2019.",
}


@pytest.mark.parametrize("sentence", DENIED.values(), ids=DENIED)
def test_what_the_table_has_otherwise_is_asked_about(sentence: str) -> None:
    assert [each.code for each in asked(sentence)] == ["TB-03"]


RIGHT = {
    "both right": ("Tổng lượt khách năm 2020 tăng 20% so với năm 2019, năm 2021 giảm 25% so với năm 2020.",),
    "times of a later year": ("Doanh thu du lịch năm 2020 tăng 14% so với năm 2019, gấp gần 1,6 lần năm 2021.",),
    "about": ("Tổng lượt khách năm 2020 tăng khoảng 18% so với năm 2019.",),
    "from no year that is named": ("Tổng lượt khách năm 2020 đạt 1.200 lượt, tăng 35%.",),
    "other visits": ("Khách du lịch lưu trú năm 2020 tăng 45% so với năm 2019.",),
    "of two things": ("Tổng lượt khách và lượt xe năm 2020 tăng 45% so với năm 2019.",),
    "another district's": ("Huyện 2 có tổng lượt khách năm 2020 tăng 45% so với năm 2019.",),
    "the province's": ("Năm 2020, tổng lượt khách toàn tỉnh tăng 45% so với năm 2019.",),
    "of a part, of a site": (SITE + " Tổng lượt khách quốc tế năm 2020 tăng 45% so với năm 2019.",),
    "no change, in words": (
        SITE,
        "Khách quốc tế năm 2020 đạt 100 lượt, không tăng so với năm 2019.",
    ),
    "a site's, told before": (SITE + " Khách quốc tế năm 2020 tăng 45% so với năm 2019.",),
    "under a heading of a site": (
        "Du lịch Thiên Lộc",
        "Khách quốc tế năm 2020 tăng 45% so với năm 2019.",
    ),
    "of half a year": ("Sáu tháng đầu năm 2020, tổng lượt khách tăng 45% so với cùng kỳ năm 2019.",),
    "of a quarter's": ("Tổng lượt khách quý III năm 2020 tăng 45% so với năm 2019.",),
    "an aim": ("Phấn đấu năm 2021 tổng lượt khách tăng 45% so với năm 2020.",),
    "another's count": ("Theo Cục Thống kê, tổng lượt khách năm 2020 tăng 45% so với năm 2019.",),
    "a share of a plan beside": ("Tổng lượt khách năm 2020 đạt 95% kế hoạch, tăng 20% so với năm 2019.",),
    "percent of percents": ("Công suất sử dụng phòng năm 2020 tăng 2,4% so với năm 2019.",),
    "points called percents": ("Công suất sử dụng phòng năm 2020 tăng 1,5% so với năm 2019.",),
    "shares of two years": ("Tổng lượt khách năm 2021 bằng 90% năm 2019 và bằng 75% so với năm 2020.",),
    "how fast it grew": ("Tốc độ tăng tổng lượt khách năm 2020 cao hơn năm 2019 là 45%.",),
    "until no year that is named": ("Từ năm 2019 đến nay, tổng lượt khách tăng 45%.",),
    "by a part of a time": ("Tổng lượt khách năm 2020 tăng 0,2 lần so với năm 2019.",),
    "over years": ("Giai đoạn 2019 - 2021, doanh thu du lịch đạt gần 36 tỷ đồng, bình quân 12 tỷ đồng mỗi năm.",),
    "over years that no table has": ("Doanh thu du lịch giai đoạn 2016 - 2020 đạt 90 tỷ đồng.",),
    "since before the first year": ("Giai đoạn 2019 - 2021, tổng lượt khách tăng bình quân 5,2%/năm.",),
    "of two years": ("Năm 2020, 2021 tổng lượt khách tăng 20% so với năm 2019.",),
    "by so much": ("Tổng lượt khách năm 2020 vượt 20% so với năm 2019.",),
    "more by so much": ("Tổng lượt khách năm 2020 hơn 20% so với năm 2019.",),
    "in a period": ("Giai đoạn 2019 - 2021, tổng lượt khách tăng 45%.",),
    "another's year": ("Tổng lượt khách năm 2020 tăng 20%, doanh thu du lịch tăng 55% so với năm 2019.",),
    "against years before": ("Tổng lượt khách năm 2020 tăng 45% so với giai đoạn 2016 - 2018.",),
    "since an event": ("So với trước khi có Nghị quyết, tổng lượt khách năm 2020 tăng 45%.",),
    "of a list": ("Tổng lượt khách năm 2020, 2021 tăng lần lượt 5% và 7% so với năm 2019.",),
    "left out": ("Không kể khách hành hương, tổng lượt khách năm 2020 tăng 45% so với năm 2019.",),
    "of some": ("Tổng lượt khách của 3 xã ven biển năm 2020 tăng 45% so với năm 2019.",),
    "of what is rounded": ("Doanh thu du lịch năm 2021 giảm 38% so với năm 2020.",),
    "of a feast": ("Lễ hội năm 2020 thu hút 300 lượt khách, tăng 45% so với năm 2019.",),
}


@pytest.mark.parametrize("paragraphs", RIGHT.values(), ids=RIGHT)
def test_what_is_right_or_of_something_else_is_left_alone(paragraphs: tuple[str, ...]) -> None:
    assert asked(*paragraphs) == []


def test_what_is_asked_says_what_the_figures_come_to() -> None:
    (growth,) = asked("Tổng lượt khách năm 2020 tăng 12,5% so với năm 2019.")
    assert growth.message == (
        "Báo cáo viết «Tổng lượt khách năm 2020 tăng 12,5% so với năm 2019.», nhưng theo biểu số liệu thì CT01 «Tổng "
        "lượt khách» năm 2019 là 1.000 lượt, năm 2020 là 1.200 lượt, tức là tăng 20% (ô D5, E5, so-lieu.xlsx)."
    )
    assert (growth.place, growth.weighs, growth.severity) == ("mục II", ("D5", "E5"), Severity.WARNING)
    told = [
        each.message.partition("CT0")[2].partition(" (ô")[0].partition("» ")[2]
        for sentence in (
            "Tổng lượt khách năm 2020 gấp 1,8 lần năm 2019.",
            "So với năm 2019, doanh thu du lịch năm 2021 chỉ bằng 27%.",
            "Công suất sử dụng phòng năm 2020 tăng 2,3 điểm phần trăm so với năm 2019.",
            "Giai đoạn 2019 - 2021, doanh thu du lịch đạt 45,75 tỷ đồng.",
            "Giai đoạn 2019 - 2021, doanh thu du lịch bình quân đạt 14 tỷ đồng/năm.",
            "Từ năm 2019 đến năm 2021, tổng lượt khách bình quân tăng 5,2%/năm.",
            "Từ năm 2019 đến năm 2021, lao động du lịch bình quân mỗi năm tăng 90 người.",
        )
        for each in asked(sentence)
    ]
    assert told == [
        "năm 2019 là 1.000 lượt, năm 2020 là 1.200 lượt, tức là gấp 1,2 lần",
        "năm 2019 là 12,5 tỷ đồng, năm 2021 là 9 tỷ đồng, tức là bằng 72%",
        "năm 2019 là 61,5%, năm 2020 là 63%, tức là tăng 1,5 điểm phần trăm",
        "từ năm 2019 đến năm 2021 cộng lại là 35,75 tỷ đồng",
        "từ năm 2019 đến năm 2021 bình quân mỗi năm là 11,92 tỷ đồng",
        "năm 2019 là 1.000 lượt, năm 2021 là 900 lượt, tức là bình quân mỗi năm giảm 5,1%",
        "năm 2019 là 1.240 người, năm 2021 là 1.310 người, tức là bình quân mỗi năm tăng 35 người",
    ]


def test_a_share_that_falls_so_many_percent_a_year_may_fall_by_points() -> None:
    sentence = "Từ năm 2019 đến năm 2021, công suất sử dụng phòng giảm bình quân {}%/năm."
    assert [len(asked(sentence.format(each))) for each in ("10,75", "19,4", "5")] == [0, 0, 1]


def test_growth_at_prices_of_another_year_is_left_alone() -> None:
    assert asked("Doanh thu du lịch năm 2020 tăng 8% so với năm 2019 (theo giá so sánh năm 2010).") == []
    form = PLAN.forms[0]
    output = form.indicators[3].model_copy(update={"name": "Giá trị sản xuất công nghiệp"})
    reader = ChangeReader(form.model_copy(update={"indicators": (output,)}), frozenset())
    assert [*reader.changes("Giá trị sản xuất công nghiệp năm 2020 tăng 8% so với năm 2019.")] == []
    said = "Giá trị sản xuất công nghiệp năm 2020 tăng 8 tỷ đồng so với năm 2019."
    assert [each.years for each in reader.changes(said)] == [(2019, 2020, False)]


def test_figures_that_are_missing_or_nought_are_held_against_nothing() -> None:
    sentence = "Tổng lượt khách năm 2020 tăng 12,5% so với năm 2019."
    assert asked(sentence, values={"CT01": (0, 1_200, 900)}) == []
    assert asked("Tổng lượt khách năm 2020 tăng 12,5% so với năm 2018.") == []


@pytest.mark.parametrize("above", ["Các chỉ tiêu phấn đấu:", "Nghị quyết đề ra đến năm 2020", "1. Bãi biển Thiên Lộc"])
def test_what_stands_under_an_aim_or_a_site_is_no_result_of_the_unit(above: str) -> None:
    sentence = "Khách quốc tế năm 2020 tăng 45% so với năm 2019."
    assert asked(above, f"- {sentence}") == []
    assert len(asked("1. Về kết quả thực hiện các chỉ tiêu", f"- {sentence}")) == 1


@pytest.mark.parametrize(
    ("sentence", "scope", "told"),
    [
        ("Năm 2021, lao động du lịch đạt 98% mục tiêu.", "unit", True),
        ("Lao động du lịch năm 2021 đạt 1.310 người, bằng 87,3% chỉ tiêu Nghị quyết.", "unit", False),
        ("Lao động du lịch năm 2021 đạt 1.310 người, đạt 98% kế hoạch.", "unit", False),
        ("Lao động du lịch năm 2020 đạt 50% mục tiêu.", "unit", False),
        ("Lao động du lịch năm 2020 đạt 50% mục tiêu đến năm 2021.", "unit", True),
        ("Năm 2021, lao động du lịch đạt 98% mục tiêu.", "total", False),
    ],
)
def test_a_share_of_a_target_is_held_against_one_that_each_unit_has(sentence: str, scope: str, told: bool) -> None:
    target = Target.model_validate({"year": 2021, "value": 1_500, "scope": scope})
    found = asked(sentence, target=target)
    assert len(found) == told
    assert all("mục tiêu là 1.500 người, tức là đạt" in each.message for each in found)


def test_recommendations_are_not_held_against_the_table() -> None:
    assert asked("Tổng lượt khách năm 2020 tăng 45% so với năm 2019.", section="kien_nghi") == []


@pytest.mark.usefixtures("inline")
def test_a_change_between_cells_of_which_one_is_to_be_mended_waits(desk: Desk) -> None:
    said = "Tổng lượt khách năm 2020 tăng 12,5% so với năm 2019."
    verdict = judged(desk, "huyen_1", with_text(1, [RESULTS, said], CT01=(1_001, 1_200, 900)))
    (told,) = [each for each in verdict.faults if each.code == "TB-03"]
    assert verdict.ruling is Ruling.RETURNED
    assert (told.waits, told.right) == (True, None)
