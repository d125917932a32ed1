from __future__ import annotations

import pytest

from soket.plan import national


@pytest.mark.parametrize("year", sorted(national._written_down()))
def test_what_is_written_down_is_what_the_library_has(year: int) -> None:
    assert national.national_year(year).line == national.from_library(year).line, (
        f"the holidays library has changed its mind about {year}: write its line into soket/plan/national.py"
    )


def test_other_years_ask_the_library() -> None:
    assert 2035 not in national._written_down()
    assert national.national_year(2035).line.startswith("2035 01-01")


def test_the_years_whose_exchanges_are_known_are_those_of_the_library() -> None:
    from holidays.countries.vietnam import VietnamStaticHolidays

    assert max(VietnamStaticHolidays.special_public_holidays) == national.EXCHANGES_KNOWN_UNTIL
