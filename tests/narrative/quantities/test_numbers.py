from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soket.narrative.quantities.numbers import (
    Ambiguous,
    NoFigure,
    NoneThere,
    NotANumber,
    NothingWritten,
    Number,
    parse_number,
    split_number,
    told_apart,
)
from soket.text import format_number

WHOLE = st.integers(min_value=0, max_value=10**12)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0),
        ("1234", 1234),
        ("1.234", 1234),
        ("1.234,5", 1234.5),
        ("1.234.567,25", 1234567.25),
        ("12,5", 12.5),
        ("1234,567", 1234.567),
        ("0,234", 0.234),
        ("1 234 567", 1234567),
        ("1\u00a0234,5", 1234.5),
        ("-1.234,5", -1234.5),
        ("−5", -5),
        ("  7 ", 7),
        ("１２", 12),
    ],
)
def test_vietnamese_numbers(text: str, value: float) -> None:
    assert parse_number(text) == Number(value)


@pytest.mark.parametrize(
    ("text", "one", "other"),
    [
        ("1,234", 1.234, 1234),
        ("12.34", 12.34, 1234),
        ("1.5", 1.5, 15),
        ("1234.567", 1234.567, 1234567),
        ("-2,500", -2.5, -2500),
    ],
)
def test_two_readings_are_asked_back(text: str, one: float, other: float) -> None:
    assert parse_number(text) == Ambiguous(one, other)


@pytest.mark.parametrize(
    ("text", "value"), [("1,234.5", 1234.5), ("1,234,567", 1234567), ("0.5", 0.5), ("0.123", 0.123)]
)
def test_one_reading_in_a_foreign_hand_is_taken_and_told(text: str, value: float) -> None:
    assert parse_number(text) == Number(value, foreign=True)


def test_percent() -> None:
    assert parse_number("12,5%") == Number(12.5, percent=True)
    assert parse_number("12,5 %") == Number(12.5, percent=True)


@pytest.mark.parametrize(
    "text", ["-", "–", "chưa có số liệu", "Chưa có số liệu.", "Không có số liệu", "...", "…", "N/A", "(đang tổng hợp)"]
)
def test_no_figure_in_so_many_words(text: str) -> None:
    assert parse_number(text) == NoFigure()


@pytest.mark.parametrize(
    ("text", "arose"),
    [
        ("Không phát sinh", True),
        ("(không có phát sinh)", True),
        ("Không", False),
        ("không có.", False),
        ("ko có", False),
    ],
)
def test_none_is_no_missing_figure(text: str, arose: bool) -> None:
    assert parse_number(text) == NoneThere(arose)


@pytest.mark.parametrize("text", ["", "  ", "\u00a0"])
def test_blank(text: str) -> None:
    assert parse_number(text) == NothingWritten()


@pytest.mark.parametrize(
    "text", ["khoảng 5", "12 tỷ", "1.2.3", "1.23.456", "5-6", "#REF!", "1e5", "²", "9" * 400, "%", "1,2,3"]
)
def test_anything_else_is_no_number(text: str) -> None:
    assert parse_number(text) == NotANumber()


@given(WHOLE, st.integers(min_value=0, max_value=99))
def test_what_we_write_we_read(whole: int, hundredths: int) -> None:
    value = whole + hundredths / 100
    if len(str(whole)) + 2 <= 15:
        assert parse_number(format_number(value)) == Number(pytest.approx(value))


@given(st.integers(min_value=1, max_value=999), st.integers(min_value=0, max_value=999))
def test_a_group_of_three_after_a_comma_is_never_guessed(head: int, tail: int) -> None:
    assert parse_number(f"{head},{tail:03d}") == Ambiguous(float(f"{head}.{tail:03d}"), head * 1000 + tail)


@given(st.text(max_size=30))
def test_any_text_has_one_of_the_readings(text: str) -> None:
    assert isinstance(parse_number(text), Number | Ambiguous | NoFigure | NothingWritten | NotANumber)


@given(st.text(alphabet="0123456789.,- %", max_size=12))
def test_a_reading_never_invents_digits(text: str) -> None:
    reading = parse_number(text)
    if isinstance(reading, Number):
        digits = [letter for letter in text if letter.isdigit()]
        kept = [letter for letter in f"{Decimal(repr(abs(reading.value))):f}" if letter.isdigit()]
        assert "".join(digits).strip("0") in "".join(kept)


def grouped(whole: int, mark: str) -> str:
    return f"{whole:,}".replace(",", mark)


@given(
    st.integers(0, 10**11), st.sampled_from([".", " ", "\u00a0", "\u202f", ""]), st.sampled_from(["", "-", "− ", "+"])
)
def test_every_writing_of_a_whole_number_reads_back(whole: int, mark: str, sign: str) -> None:
    value = float(-whole if sign.strip() in ("-", "−") and whole else whole)
    assert parse_number(f" {sign}{grouped(whole, mark)} ") == Number(value)


@given(
    st.integers(0, 10**8),
    st.integers(0, 99),
    st.sampled_from([".", " ", "\u00a0", ""]),
    st.booleans(),
    st.sampled_from(["", "%", " %"]),
)
def test_every_writing_of_a_decimal_reads_back(whole: int, part: int, mark: str, short: bool, percent: str) -> None:
    decimals = str(part) if short else f"{part:02d}"
    value = float(f"{whole}.{decimals}")
    assert parse_number(f"{grouped(whole, mark)},{decimals}{percent}") == Number(value, percent=bool(percent))


@given(st.integers(1, 10**6), st.text("0123456789", min_size=1, max_size=6))
def test_a_point_that_may_be_either_is_never_guessed(whole: int, tail: str) -> None:
    reading = parse_number(f"{whole}.{tail}")
    if len(tail) == 3 and whole < 1000:
        assert reading == Number(float(f"{whole}{tail}"))  # the Vietnamese way, and no other is in use here
    else:
        assert reading == Ambiguous(float(f"{whole}.{tail}"), float(f"{whole}{tail}"))


@pytest.mark.parametrize(
    ("text", "digits", "words"),
    [
        ("1.200 lượt", "1.200", "lượt"),
        ("12,5 tỷ đồng", "12,5", "tỷ đồng"),
        ("1.200.000đ", "1.200.000", "đ"),
        ("5 (ước)", "5", "(ước)"),
        ("khoảng 5", "", ""),
        ("5-6 lượt", "", ""),
        ("5", "", ""),
    ],
)
def test_a_number_and_the_words_after_it(text: str, digits: str, words: str) -> None:
    assert split_number(text) == (digits, words)


@pytest.mark.parametrize(
    "text",
    [
        "24\n412",
        "24 \n 412",
        "3\t120",
        "3  120",
        "24\u2028412",
        "1 234\n567",
        "3\u00a0 120",
        "-\n5",
        "24\u2003412",
        "1\n234,5",
        "24\u200b412",
        "4\u00ad6",
    ],
)
def test_what_parts_two_figures_parts_no_thousands(text: str) -> None:
    assert parse_number(text) == NotANumber()
    assert split_number(f"{text} phòng") == ("", "")
    assert told_apart(text).count("(") == 1


@pytest.mark.parametrize("text", ["\n412\n", "412\n%", "412 \t", "- 412", "412\u2009000", "\u200b4\u206012\u200b"])
def test_a_gap_beside_one_figure_is_none(text: str) -> None:
    assert isinstance(parse_number(text), Number)
    assert told_apart(text) == text
