"""The periods that figures are of: whole years, and parts of them as officials report: quarters, halves, months.

A year is a number. A part of one is a word, as the record has it: 2026-Q1, 2026-H1, 2026-9M (nine months), 2026-M09
(September), 2026-06-30 (all that had come together by that day). So is what ends in a year: 2026-SY (the school year
2025-2026), 2030-Y5 (the five years 2026-2030).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise
from typing import Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema

from soket.plan.period_words import ALL_RARE, MONTH, SCHOOL, SPAN, Rare, part_in, part_named
from soket.text import fold, upper_first

PeriodId = int | str
"""A year, a part of one or what ends in one, as the record has it."""

_FIRST, _LAST = 1900, 2100
_CODE = re.compile(
    r"(\d{4})-(Q[1-4]|H[12]|(?:[124578]|10|11|9)M|M(?:0[1-9]|1[0-2])|SY|Y(?:[2-9]|[1-4]\d|50)|\d\d-\d\d)"
)
_FEW = 3  # parts of years that are told one by one
_A_YEAR = {"": 1, "H": 2, "Q": 4}  # how many of a kind make up a year
_RARE_WORDS = {SCHOOL[0]: "năm học", SPAN: "giai đoạn", MONTH: "tháng"}
_WHOLE = re.compile(r"\d{4}")
_TWO_YEARS = re.compile(r"\d{4}\s?[-–—]\s?\d{4}")


def _period(given: Any) -> PeriodId:  # noqa: ANN401 - whatever the file has
    """Return a period as the record has it, from a year or from officials' words."""
    period = _read(given)
    if not _FIRST <= year_of(period) <= _LAST:
        raise ValueError(f"năm {year_of(period)} không phải năm của số liệu nào: từ {_FIRST} đến {_LAST}")
    return period


def _read(given: Any) -> PeriodId:  # noqa: ANN401 - whatever the file has
    if isinstance(given, int) and not isinstance(given, bool):
        return given
    text = given.strip() if isinstance(given, str) else str(given)
    if _WHOLE.fullmatch(text):
        return int(text)
    if (code := _CODE.fullmatch(text)) and _is_day(code[2]):
        return text
    folded = fold(text)
    if found := re.fullmatch(r"(?:ca )?nam (\d{4})", folded):
        return int(found[1])
    if _TWO_YEARS.fullmatch(folded):
        raise ValueError(
            f"không rõ «{text}» là gì: năm học thì ghi «năm học {text}»; một cột chung cho nhiều năm thì ghi "
            f"«giai đoạn {text}»; mỗi năm một cột thì ghi từng năm, như [2025, 2026]"
        )
    part = part_in(folded, ALL_RARE)
    if part and part[1] is not None and not part[2].replace("nam", " ").strip():
        return f"{part[1]}-{part[0]}"
    raise ValueError(
        f"không hiểu «{text}» là năm hay kỳ nào; ghi như: 2026, quý I/2026, 6 tháng đầu năm 2026, 9 tháng năm 2026, "
        "tháng 9/2026, lũy kế đến 30/6/2026, năm học 2025-2026, giai đoạn 2026-2030"
    )


def _is_day(part: str) -> bool:
    month, dash, day = part.partition("-")
    return not dash or part_named("day", (day, month, None)) is not None


def read_period(given: Any) -> PeriodId | None:  # noqa: ANN401 - whatever the file has
    """Return a period as the record has it; None of what is none."""
    try:
        return _period(given)
    except ValueError:
        return None


Period = Annotated[
    PeriodId, BeforeValidator(_period), WithJsonSchema({"anyOf": [{"type": "integer"}, {"type": "string"}]})
]
"""A year, or a part of one, in officials' words."""


def say_period(period: PeriodId) -> str:
    """Return a period in a sentence: năm 2026, quý I/2026, 06 tháng đầu năm 2026, năm học 2025-2026."""
    if isinstance(period, int):
        return f"năm {period}"
    year, _, part = period.partition("-")
    match part[0], part[1:]:
        case "Q", number:
            return f"quý {('I', 'II', 'III', 'IV')[int(number) - 1]}/{year}"
        case "M", number:
            return f"{_RARE_WORDS[MONTH]} {int(number)}/{year}"
        case "H", number:
            return f"06 tháng {('đầu', 'cuối')[int(number) - 1]} năm {year}"
    if several := several_years(period):
        return f"{_RARE_WORDS[part[0]]} {several[0]}-{several[1]}"
    if part.endswith("M"):
        return f"{int(part[:-1]):02} tháng năm {year}"
    month, _, day = part.partition("-")
    return f"lũy kế đến {day}/{month}/{year}"


def head_of(period: PeriodId) -> str:
    """Return a period over a column: Năm 2026, Quý I/2026."""
    return upper_first(say_period(period))


def label_of(period: PeriodId) -> PeriodId:
    """Return a period where there is little room: 2026, quý I/2026."""
    return period if isinstance(period, int) else say_period(period)


def year_of(period: PeriodId) -> int:
    """Return the year that a period lies in, or ends in."""
    return period if isinstance(period, int) else int(period[:4])


def part_of(period: PeriodId) -> str:
    """Return which part of its year a period is; "" of the whole."""
    return "" if isinstance(period, int) else period[5:]


def several_years(period: PeriodId) -> tuple[int, int] | None:
    """Return the first and the last year of a school year or a span; None of what lies in one year."""
    year, part = year_of(period), part_of(period)
    if part == SCHOOL:
        return year - 1, year
    return (year - int(part[1:]) + 1, year) if is_span(period) else None


def is_span(period: PeriodId) -> bool:
    """Whether it is a span of years, whose one figure is what all of them came to."""
    return part_of(period)[:1] == SPAN


def period_kind(period: PeriodId) -> str:
    """Return what a period can be held against: quarters against quarters, nine months against nine months."""
    part = part_of(period)
    return "day" if "-" in part else part[:1] if part[:1] in _A_YEAR else part


def rare_kinds(periods: Iterable[PeriodId]) -> Rare:
    """Return the rare kinds that some periods are of."""
    return ALL_RARE.intersection(part_of(each)[:1] for each in periods)


def say_periods(periods: Iterable[PeriodId]) -> str:
    """Return periods as a sentence names them: năm 2030; các năm 2030, 2031; quý I/2030, quý II/2030."""
    listed = list(periods)
    if len(listed) > 1 and all(isinstance(each, int) for each in listed):
        return f"các năm {', '.join(map(str, listed))}"
    said = [say_period(each) for each in listed]
    for word in _RARE_WORDS.values():
        if len(said) > 1 and all(each.startswith(f"{word} ") for each in said):
            return f"các {word} {', '.join(each.removeprefix(f'{word} ') for each in said)}"
    return ", ".join(said)


def say_columns(periods: Collection[PeriodId]) -> str:
    """Return the periods of a table's columns: năm 2026–2030; các năm 2026, 2030; từ quý I/2029 đến quý IV/2030."""
    years = sorted(each for each in periods if isinstance(each, int))
    parts = [each for each in periods if not isinstance(each, int)]
    run = [f"từ {say_period(parts[0])} đến {say_period(parts[-1])}"] if _is_run(parts) else []
    if len(years) > 1 and consecutive(years):
        return ", ".join([f"năm {years[0]}–{years[-1]}", *(run or map(say_period, parts))])
    return ", ".join([*([say_periods(years)] if years else []), *run]) if run else say_periods(periods)


def _is_run(parts: Sequence[PeriodId]) -> bool:
    """Whether halves or quarters follow each other and are many enough that their ends tell them sooner."""
    return len(parts) > _FEW and consecutive(parts)


def say_each(periods: Collection[PeriodId]) -> str:
    """Return of what figures are asked: từng năm 2026–2030; các năm 2026, 2030; từng quý, từ quý I/2029 đến …."""
    said = say_columns(periods)
    if said.startswith("từ "):
        return f"từng {'quý' if said.startswith('từ quý') else '06 tháng'}, {said}"
    return f"từng {said}" if re.match(r"năm \d+–", said) else said


def in_order_of_time(periods: Iterable[PeriodId]) -> list[PeriodId]:
    """Return periods, each once, as they end: of those that end together, the shorter first."""
    return sorted(set(periods), key=lambda each: (year_of(each), *_end_of(part_of(each))))


def _end_of(part: str) -> tuple[int, int, int]:
    """Return the month and the day that a part of a year ends with, roughly, and how many months it has."""
    month, dash, day = part.partition("-")
    if dash:
        return int(month), int(day), 0
    if part == SCHOOL:
        return 5, 31, 9
    if part[:1] == SPAN:
        return 12, 31, 12 * int(part[1:])
    months = {"Q": 3, "H": 6, MONTH: 1}.get(part[:1], 12)
    if part.endswith("M"):
        return int(part[:-1]), 31, int(part[:-1])
    return months * int(part[1:] or 1), 31, months


def months_of(period: PeriodId) -> tuple[int, int]:
    """Return the first and the last month that a period lies in, counted from the year 0."""
    month, _, many = _end_of(part_of(period))
    last = year_of(period) * 12 + month
    return last - (many or month) + 1, last


def consecutive(periods: Iterable[PeriodId]) -> bool:
    """Whether years, halves or quarters follow each other without a gap, so that their figures can be added up."""
    listed = list(periods)
    if len({period_kind(each) for each in listed}) != 1 or period_kind(listed[0]) not in _A_YEAR:
        return False
    many = _A_YEAR[period_kind(listed[0])]
    counted = [year_of(each) * many + int(part_of(each)[1:] or 1) for each in listed]
    return all(later == earlier + 1 for earlier, later in pairwise(counted))


def before_in(periods: Iterable[PeriodId], period: PeriodId) -> PeriodId | None:
    """Return the period of some, in their order, that comes before one and is of its kind."""
    last = None
    for each in periods:
        if each == period:
            return last
        last = each if period_kind(each) == period_kind(period) else last
    return None
