"""Amounts as prose has them, held against a figure of the table."""

from __future__ import annotations

import re

import pytest

from intake.plans import make_plan
from soket.narrative.claims.values import ClaimReader
from soket.narrative.quantities.amounts import AMOUNT, About, about_after, read_amount


@pytest.mark.parametrize(
    ("said", "value", "agrees"),
    [
        ("gan 500 nghin", 498_760, True),
        ("gan 500 nghin", 430_000, False),
        ("gan 500 nghin", 501_000, False),
        ("xap xi 500 nghin", 498_760, True),
        ("khoang 500 nghin", 512_000, True),
        ("khoang 412 nghin", 450_000, False),
        ("uoc dat 500 nghin", 498_760, True),
        ("tren 400 nghin", 412_300, True),
        ("tren 450 nghin", 455_120, True),
        ("tren 500 nghin", 498_760, False),
        ("hon 1 trieu", 1_430_000, True),
        ("hon 1 trieu", 990_000, False),
        ("tren 400 nghin", 812_000, False),
        ("vuot 30", 31, True),
        ("30", 31, False),
        ("497 nghin", 498_760, False),
        ("tren 1.000", 1017.6, True),
        ("6,9%/nam", 6.87, True),
    ],
)
def test_what_a_writer_says_of_an_amount(said: str, value: float, agrees: bool) -> None:
    match = re.search(AMOUNT, said)
    assert match
    before = ["", "", *said[: match.start()].split()][-2:]
    amount = read_amount(match, about=about_after((before[0], before[1])))
    assert amount
    assert amount.agrees(value, 1.0) is agrees


def test_words_before_that_speak_of_a_place_say_nothing_of_the_amount() -> None:
    assert about_after(("tren", "huyen")) is About.EXACTLY


FORM = make_plan().forms[0]


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        ("Tổng lượt khách năm 2019 đạt 1.000¹ lượt.", 1000),
        ("Tổng lượt khách năm 2019 đạt 1.000⁽²⁾ lượt.", 1000),
        ("Tổng lượt khách¹ năm 2019² đạt 1.000 lượt[3].", 1000),
        ("Tổng lượt khách năm 2019 đạt 10³ lượt.", None),
    ],
)
def test_marks_of_notes_are_no_digits(sentence: str, value: float | None) -> None:
    claims = list(ClaimReader(FORM, frozenset()).claims(sentence))
    assert [claim.amount.value for claim in claims] == ([] if value is None else [value])


@pytest.mark.parametrize(
    "when",
    [
        "quý II năm 2019",
        "quý II/2019",
        "6 tháng đầu năm 2019",
        "9 tháng năm 2019",
        "nửa đầu năm 2019",
        "tháng 6 năm 2019",
    ],
)
def test_what_is_said_of_a_part_of_a_year_is_not_held_against_the_year(when: str) -> None:
    reader = ClaimReader(FORM, frozenset())
    for sentence in (
        f"Tổng lượt khách {when} đạt 1.000 lượt.",
        f"{when.capitalize()}, tổng lượt khách đạt 1.000 lượt.",
    ):
        assert list(reader.claims(sentence)) == []


@pytest.mark.parametrize(
    ("sentence", "claimed"),
    [
        ("Khu sinh thái thác Mơ do 06 hộ dân tự đầu tư, năm 2019 đón 8.700 lượt khách.", False),
        ("Làng nghề Thạch Trị có 12 hộ làm dịch vụ, năm 2019 đón 2.500 lượt khách.", False),
        ("Từ khi công ty Sao Mai mở tuyến tham quan mới, năm 2019 đón 4.200 lượt khách.", False),
        ("Sau khi khu du lịch Xuân Thành mở cửa, tổng lượt khách năm 2019 đạt 412.300 lượt.", True),
        ("Nhờ liên kết với các huyện lân cận, năm 2019 đón 412.300 lượt khách.", True),
        ("Khu vực ven biển phát triển mạnh, năm 2019 đón 412.300 lượt khách.", True),
    ],
)
def test_what_may_be_a_site_s_is_not_held_against_the_unit_s_figure(sentence: str, claimed: bool) -> None:
    assert bool(list(ClaimReader(FORM, frozenset()).claims(sentence))) is claimed
