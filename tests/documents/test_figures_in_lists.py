"""Figures listed in prose where one alone carries the unit of measure, and lists of numbers that are no figures."""

from __future__ import annotations

import pytest

from soket.documents.judging import FigureJudge
from soket.documents.known import KnownFigures
from soket.narrative.figures.stated import FigureReader
from soket.narrative.figures.stated_figure import Doubt, StatedFigure
from soket.plan.model import Plan

from .labelled import world


@pytest.fixture(scope="module")
def plan() -> Plan:
    """The plan in use."""
    return world("du_lich")[0]


LISTS = [
    (
        "Năm 2019, các huyện Cẩm Xuyên, Hương Sơn và Lộc Hà đón lần lượt 257.248, 241.314 và 81.708 lượt khách.",
        "257.248 value CT01 2019 h_cam_xuyen; 241.314 value CT01 2019 h_huong_son; 81.708 value CT01 2019 h_loc_ha",
    ),
    (
        "Tổng thu từ khách du lịch các năm 2017, 2018 và 2019 đạt tương ứng 1.199, 1.287,5 và 1.396,9 tỷ đồng.",
        "1.199e12 value CT02 2017 -; 1.2875e12 value CT02 2018 -; 1.3969e12 value CT02 2019 -",
    ),
    (
        "Tổng lượt khách tăng từ 1.288.173 lên 1.374.347 lượt trong năm 2019.",
        "1.288.173 value CT01 ? -; 1.374.347 value CT01 2019 -",
    ),
    (
        "Trong hai năm 2018 và 2019, toàn tỉnh lần lượt đón 1.288.173 và 1.374.347 lượt khách du lịch.",
        "1.288.173 value CT01 2018 -; 1.374.347 value CT01 2019 -",
    ),
    (
        "Số cơ sở lưu trú tại thị xã Kỳ Anh, huyện Lộc Hà, huyện Can Lộc năm 2021 theo thứ tự là 31 cơ sở, 44, 19.",
        "31 value CT03 2021 tx_ky_anh; 44 value CT03 2021 h_loc_ha; 19 value CT03 2021 h_can_loc",
    ),
    (
        "Công suất sử dụng buồng bình quân các năm 2019, 2020, 2021 lần lượt là 53,6; 39,8 và 29%.",
        "53.6 value CT05 2019 -; 39.8 value CT05 2020 -; 29 value CT05 2021 -",
    ),
    (
        "Số lớp tập huấn tăng từ 112 (năm 2017) lên 178 lớp (năm 2021).",
        "112 value CT08 2017 -; 178 value CT08 2021 -",
    ),
    (
        "Năm 2021, tổng lượt khách của huyện Đức Thọ và huyện Vũ Quang giảm lần lượt 12,5 và 30,4% so với năm 2019.",
        "12.5 growth CT01 2021 h_duc_tho; 30.4 growth CT01 2021 h_vu_quang",
    ),
    ("Năm 2021, toàn tỉnh đón 643.931 lượt khách (-46,5%).", "643.931 value CT01 2021 -; 46.5 growth CT01 2021 -"),
    (
        "Khách quốc tế năm 2020 đạt 21.147 lượt (−30,5% so với năm 2019).",
        "21.147 value CT01.2 2020 -; 30.5 growth CT01.2 2020 -",
    ),
    ("Tổng lượt khách năm 2020 đạt 943.703 lượt (- 31,3%).", "943.703 value CT01 2020 -; 31.3 growth CT01 2020 -"),
    (
        "Khách nội địa và khách quốc tế năm 2019 đạt lần lượt 1.343.921 và 30.426 lượt.",
        "1.343.921 value CT01.1 2019 -; 30.426 value CT01.2 2019 -",
    ),
    (
        "Ngày 15, 16 và 17 tháng 3 năm 2021, các xã số 1, 2 và 3 đạt 5 tiêu chí; quý I, II đón 3, 4 đoàn.",
        "",
    ),
    (
        "Thực hiện các Nghị quyết 06, 08 và Chương trình 12, 14 năm 2021, toàn tỉnh có 644 cơ sở lưu trú.",
        "644 value CT03 2021 -",
    ),
]


@pytest.mark.parametrize(("sentence", "expected"), LISTS)
def test_a_measure_said_once_is_that_of_the_whole_list(plan: Plan, sentence: str, expected: str) -> None:
    told = [each.split() for each in expected.split("; ") if each]
    wanted = [(_value(number), kind, code, period, unit) for number, kind, code, period, unit in told]
    found = [
        (pytest.approx(each.amount.value), each.kind, each.indicator, _period(each), each.unit or "-")
        for each in FigureReader(plan).figures(sentence)
    ]
    assert wanted == found


def test_a_wrong_figure_among_those_without_a_measure_is_found(plan: Plan) -> None:
    _, summary = world("du_lich")
    judge = FigureJudge(KnownFigures(summary))
    told = "Năm 2019, các huyện Cẩm Xuyên, Hương Sơn và Lộc Hà lần lượt đón 257.248, {} và 81.708 lượt khách."
    for written, wrong in (("241.314", []), ("241.413", ["241.413"])):
        found = [judge.judge(each) for each in FigureReader(plan).figures(told.format(written))]
        assert [each.stated.text for each in found if each and each.certain] == wrong


def test_figures_that_nothing_deals_out_are_not_certain(plan: Plan) -> None:
    told = FigureReader(plan).figures("Năm 2021 mở 5, 7 và 9 lớp tập huấn tại các huyện Đức Thọ, Vũ Quang và Can Lộc.")
    assert [(each.text, each.sure) for each in told] == [("5", False), ("7", False), ("9", False)]


def test_what_a_figure_rose_from_is_of_the_year_it_is_held_against(plan: Plan) -> None:
    told = "So với năm 2017, năm 2021 số khu, điểm du lịch tăng mạnh (từ 117 khu, điểm lên 156 khu, điểm)."
    assert [each.period for each in FigureReader(plan).figures(told)] == [2017, 2021]


def test_figures_side_by_side_keep_their_own_measures(plan: Plan) -> None:
    told = FigureReader(plan).figures("Năm 2019 tổng lượt khách đạt 1.374.347 và 644 cơ sở lưu trú.")
    assert [(each.text, each.indicator) for each in told][-1] == ("644", "CT03")


def _period(stated: StatedFigure) -> str:
    return "?" if Doubt.TIME in stated.doubts else str(stated.period)


def _value(number: str) -> float:
    thousands = "e" not in number and len(number.rpartition(".")[2]) == 3 and "." in number
    return float(number.replace(".", "") if thousands else number)
