"""Years that no review is held in: a digit too few, too many or out of place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from soket.plan.fault import DataPath, UnplacedFault
from soket.plan.schema_errors import nearest

_FIRST, _LAST = 2000, 2100
_FIRST_OF_BODIES = 1900

_WRITTEN = re.compile(r"\d{4}-\d{2}-\d{2}")
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")


def check_years_of_bodies(data: dict[str, Any]) -> Iterator[UnplacedFault]:
    """Find dates that no body of today began or ended on, wherever in a directory they stand."""
    return check_years(data, first=_FIRST_OF_BODIES, what="của cơ quan, đơn vị nào")


def check_years(
    data: dict[str, Any], first: int = _FIRST, what: str = "của một đợt báo cáo"
) -> Iterator[UnplacedFault]:
    """Find dates in years long past or far ahead, wherever in a plan they stand."""
    dates = list(_dates(data, ()))
    likely = [str(day.year) for _, day, _ in dates if _FIRST <= day.year <= _LAST]
    likely += [year for text in _texts(data) for year in _YEAR.findall(text)]
    for path, day, at_key in dates:
        if not first <= day.year <= _LAST:
            year = f"{day.year:04}"
            meant = nearest(year, list(dict.fromkeys(likely)))
            yield UnplacedFault(
                path,
                f"năm {year} không phải năm {what}",
                "Xem lại năm.",
                f"{meant}-{day:%m-%d}" if meant else None,
                at_key=at_key,
            )


def _dates(value: Any, path: DataPath) -> Iterator[tuple[DataPath, date, bool]]:  # noqa: ANN401 - whatever it has
    """Yield every date in some data, with its path and whether it is a name there."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if (day := _date(key)) is not None:
                yield (*path, str(key)), day, True
            yield from _dates(inner, (*path, str(key)))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _dates(inner, (*path, index))
    elif (day := _date(value)) is not None:
        yield path, day, False


def _date(value: Any) -> date | None:  # noqa: ANN401 - whatever it has
    if isinstance(value, str) and _WRITTEN.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return None
    return value if isinstance(value, date) else None


def _texts(data: dict[str, Any]) -> list[str]:
    """Return what a plan calls itself and its campaigns."""
    campaigns = data.get("campaigns")
    named = [data, *(each for each in (campaigns if isinstance(campaigns, list) else []) if isinstance(each, dict))]
    return [str(each[name]) for each in named for name in ("code", "title", "source") if name in each]
