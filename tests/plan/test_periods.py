from __future__ import annotations

import pytest
from pydantic import TypeAdapter, ValidationError

from soket.plan.periods import (
    Period,
    PeriodId,
    before_in,
    consecutive,
    in_order_of_time,
    say_columns,
    say_each,
    say_period,
    say_periods,
)

READ: TypeAdapter[PeriodId] = TypeAdapter(Period)


@pytest.mark.parametrize(
    ("written", "period", "said"),
    [
        (2026, 2026, "năm 2026"),
        ("2026", 2026, "năm 2026"),
        ("năm 2026", 2026, "năm 2026"),
        ("Quý I/2026", "2026-Q1", "quý I/2026"),
        ("quý 4 năm 2026", "2026-Q4", "quý IV/2026"),
        ("3 tháng đầu năm 2026", "2026-Q1", "quý I/2026"),
        ("6 tháng đầu năm 2026", "2026-H1", "06 tháng đầu năm 2026"),
        ("06 tháng 2026", "2026-H1", "06 tháng đầu năm 2026"),
        ("6 tháng cuối năm 2026", "2026-H2", "06 tháng cuối năm 2026"),
        ("9 tháng năm 2026", "2026-9M", "09 tháng năm 2026"),
        ("11 tháng đầu năm 2026", "2026-11M", "11 tháng năm 2026"),
        ("lũy kế đến 30/6/2026", "2026-06-30", "lũy kế đến 30/06/2026"),
        ("Luỹ kế từ đầu năm đến ngày 15/12/2026", "2026-12-15", "lũy kế đến 15/12/2026"),
        ("2026-Q3", "2026-Q3", "quý III/2026"),
        ("năm học 2025-2026", "2026-SY", "năm học 2025-2026"),
        ("Năm học 2025 - 2026", "2026-SY", "năm học 2025-2026"),
        ("NH 2025–2026", "2026-SY", "năm học 2025-2026"),
        ("2026-SY", "2026-SY", "năm học 2025-2026"),
        ("giai đoạn 2021-2025", "2025-Y5", "giai đoạn 2021-2025"),
        ("GĐ 2016 - 2020", "2020-Y5", "giai đoạn 2016-2020"),
        ("5 năm 2021–2025", "2025-Y5", "giai đoạn 2021-2025"),
        ("giai đoạn từ 2021 đến 2030", "2030-Y10", "giai đoạn 2021-2030"),
        ("giai đoạn 2025-2026", "2026-Y2", "giai đoạn 2025-2026"),
        ("2025-Y5", "2025-Y5", "giai đoạn 2021-2025"),
        ("tháng 9/2026", "2026-M09", "tháng 9/2026"),
        ("Tháng 09 năm 2026", "2026-M09", "tháng 9/2026"),
        ("T12/2026", "2026-M12", "tháng 12/2026"),
        ("1/2026", "2026-M01", "tháng 1/2026"),
        ("9T/2026", "2026-9M", "09 tháng năm 2026"),
        ("đến hết tháng 9/2026", "2026-09-30", "lũy kế đến 30/09/2026"),
        ("2026-M09", "2026-M09", "tháng 9/2026"),
        ("2026-09-30", "2026-09-30", "lũy kế đến 30/09/2026"),
    ],
)
def test_periods_as_officials_write_them(written: object, period: PeriodId, said: str) -> None:
    assert READ.validate_python(written) == period
    assert say_period(period) == said
    assert READ.validate_python(said) == period  # what soket says, it reads


@pytest.mark.parametrize(
    "written",
    [
        "quý V/2026",
        "quý I",
        "13 tháng năm 2026",
        "2026-02-31",
        "đến 31/02/2026",
        "năm học 2025-2027",
        "năm học 2025",
        "giai đoạn 2025-2021",
        "giai đoạn 2021",
        "tháng 13/2026",
        "tháng 9",
        "2026-M13",
        "",
        True,
    ],
)
def test_what_is_no_period_is_told_how_to_write_one(written: object) -> None:
    with pytest.raises(ValidationError, match="ghi như: 2026, quý I/2026"):
        READ.validate_python(written)


def test_two_years_alone_may_be_a_school_year_or_several() -> None:
    with pytest.raises(ValidationError, match=r"năm học thì ghi «năm học 2025-2026»; .*«giai đoạn 2025-2026»"):
        READ.validate_python("2025-2026")


def test_like_is_held_against_like() -> None:
    columns: list[PeriodId] = [2025, "2026-Q1", "2026-Q2", "2026-H1", "2026-06-30", 2026]
    assert [before_in(columns, each) for each in columns] == [None, None, "2026-Q1", None, None, 2025]
    columns = [2024, "2025-SY", 2025, "2026-SY", 2026]
    assert [before_in(columns, each) for each in columns] == [None, None, 2024, "2025-SY", 2025]
    columns = ["2020-Y5", 2024, 2025, "2025-Y5", "2025-Y2"]
    assert [before_in(columns, each) for each in columns] == [None, None, 2024, "2020-Y5", None]
    columns = ["2025-M09", "2026-M08", "2026-M09", "2026-9M"]
    assert [before_in(columns, each) for each in columns] == [None, None, "2025-M09", None]
    assert not consecutive(["2026-M08", "2026-M09"])
    assert not consecutive(["2020-Y5", "2025-Y5"])
    assert not consecutive(["2025-SY", "2026-SY"])  # nobody adds them up


def test_periods_together() -> None:
    assert say_periods([2025]) == "năm 2025"
    assert say_periods([2025, 2026]) == "các năm 2025, 2026"
    assert say_periods(["2026-Q1", 2026]) == "quý I/2026, năm 2026"
    assert say_columns([2017, 2018, 2019]) == "năm 2017–2019"
    assert say_columns([2016, 2020, 2021]) == "các năm 2016, 2020, 2021"
    assert say_columns([2024, 2025, "2026-9M"]) == "năm 2024–2025, 09 tháng năm 2026"
    assert say_columns(["2026-Q1", "2026-Q2"]) == "quý I/2026, quý II/2026"
    assert say_each([2025, 2026]) == "từng năm 2025–2026"
    assert say_each([2016, 2020]) == "các năm 2016, 2020"
    assert say_each(["2025-H1", 2025]) == "06 tháng đầu năm 2025, năm 2025"
    assert say_each([2026]) == "năm 2026"
    halves = [f"{year}-H{half}" for year in (2025, 2026) for half in (1, 2)]
    assert say_each(halves) == "từng 06 tháng, từ 06 tháng đầu năm 2025 đến 06 tháng cuối năm 2026"
    assert say_columns([2024, *halves]) == "năm 2024, từ 06 tháng đầu năm 2025 đến 06 tháng cuối năm 2026"
    assert say_columns([2023, 2024, *halves]).startswith("năm 2023–2024, từ 06 tháng đầu năm 2025 đến ")
    assert say_each([f"2026-Q{each}" for each in (1, 2, 3, 4)]) == "từng quý, từ quý I/2026 đến quý IV/2026"
    assert say_columns([*halves[:2], "2026-H2", "2027-H1"]).count("06 tháng") == 4, "with a gap they are named"
    assert say_periods(["2025-SY", "2026-SY"]) == "các năm học 2024-2025, 2025-2026"
    assert say_periods(["2020-Y5", "2025-Y5"]) == "các giai đoạn 2016-2020, 2021-2025"
    assert say_columns([2024, 2025, "2025-Y5"]) == "năm 2024–2025, giai đoạn 2021-2025"
    assert say_periods(["2026-M08", "2026-M09"]) == "các tháng 8/2026, 9/2026"
    assert in_order_of_time(["2026-9M", "2026-Q3", "2026-M09", "2026-M10"]) == [
        "2026-M09",
        "2026-Q3",
        "2026-9M",
        "2026-M10",
    ]
    assert in_order_of_time(["2025-Y5", 2026, 2025, "2020-Y5"]) == ["2020-Y5", 2025, "2025-Y5", 2026]
    assert in_order_of_time([2026, "2026-SY", 2025, "2026-H1", "2026-Q1"]) == [
        2025,
        "2026-Q1",
        "2026-SY",
        "2026-H1",
        2026,
    ]
    assert in_order_of_time([2026, "2026-Q2", "2026-Q1", 2025]) == [2025, "2026-Q1", "2026-Q2", 2026]
