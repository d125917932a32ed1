"""What a sentence says of figures in doubt: it leaves them out, names them, and gives the sum with them.

`IndicatorSummary.doubts` are they and `sound` the indicator without them; whoever prints a figure asks these.
"""

from __future__ import annotations

from soket.documents.indicators import IndicatorSummary
from soket.documents.provenance import Reckoning, told_figure
from soket.documents.quantities import say_amount
from soket.documents.year_figures import UnitValue, YearFigure
from soket.plan.periods import say_period

_NAMED = 2


def doubt_phrase(item: IndicatorSummary) -> str:
    """Return, in brackets after a space, what of an indicator a sentence leaves out; "" where nothing is in doubt."""
    if not item.doubts:
        return ""
    measure = item.indicator.unit_of_measure
    said = [
        f"{value.unit.called} {say_period(year.year)} ghi {_told(item, year, value, say_amount(value.value, measure))}"
        for year, value in item.doubts[:_NAMED]
    ]
    more = [f"và {len(item.doubts) - _NAMED} số khác"] if len(item.doubts) > _NAMED else []
    latest = item.latest
    whole = ""
    if latest is not None and any(year is latest for year, _ in item.doubts) and item.indicator.aggregate == "sum":
        amount = say_amount(latest.total or 0, measure)
        whole = f"; cộng cả số ấy là {told_figure(amount, item.indicator.code, latest.year)}"
    return f" (chưa kể số chưa được xác nhận: {', '.join([*said, *more])}{whole})"


def _told(item: IndicatorSummary, year: YearFigure, value: UnitValue, amount: str) -> str:
    return told_figure(amount, item.indicator.code, year.year, made=Reckoning.UNIT, unit=value.unit.code)
