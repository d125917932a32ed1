"""The mark that a figure in doubt, or a total with one, has in a table, and the note below that explains it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from soket.documents.figures import FormSummary
from soket.documents.indicators import IndicatorSummary
from soket.documents.provenance import Reckoning, told_figure
from soket.documents.year_figures import UnitValue, YearFigure
from soket.plan.periods import say_period
from soket.text import first_units, format_amount

MARK = "(*)"
_AT_END = re.compile(r"(?<=\d)(%?)\s*(?:\(\*+\)|\*+)\s*$")
_NAMED = 3  # units of one total


def marked(text: str, *, doubtful: bool) -> str:
    """Return a figure as a table prints it."""
    return f"{text}\u00a0{MARK}" if doubtful else text


def unmarked(text: str) -> tuple[str, bool]:
    """Return what a cell says without its mark, and whether it has one, as people write it, too: "2.431*"."""
    plain = _AT_END.sub(r"\1", text)
    return plain, plain != text


def is_note(paragraph: str) -> bool:
    """Whether a paragraph explains the mark in a table."""
    return paragraph.lstrip().startswith(MARK)


def totals_note(form: FormSummary) -> str:
    """Return what stands under a table of totals: what each is without the figures in doubt, and whose those are."""
    said = [said_of(item, year) for item, year in doubtful_totals(form)]
    return f"{MARK} Gồm số của đơn vị chưa được xác nhận: {'; '.join(said)}." if said else ""


def units_note(form: FormSummary) -> str:
    """Return what stands under a table of the units' own figures of the last period; "" where none is in doubt."""
    doubtful = any(item.years[-1].doubts for item in form.indicators if item.years)
    return f"{MARK} Số đơn vị ghi, chưa được xác nhận." if doubtful else ""


def doubtful_totals(form: FormSummary) -> Iterator[tuple[IndicatorSummary, YearFigure]]:
    """Yield the totals of a form that have figures in doubt."""
    for item in form.indicators:
        yield from ((item, year) for year in item.years if year.doubts and year.total is not None)


def said_of(item: IndicatorSummary, year: YearFigure) -> str:
    """Return what a total is without the figures in doubt, and whose those are."""
    code, sound = item.indicator.code, year.sound(item.indicator).total
    amount = "" if sound is None else format_amount(sound, item.indicator.unit_of_measure)
    left = f"là {told_figure(amount, code, year.year, confirmed_only=True)}" if amount else "chưa có số liệu"
    own = first_units([f"{each.unit.name} ghi {_own(item, year, each)}" for each in year.doubts], _NAMED, ", ")
    return f"{code} {say_period(year.year)} {left} nếu không tính số chưa được xác nhận ({own})"


def _own(item: IndicatorSummary, year: YearFigure, value: UnitValue) -> str:
    amount = format_amount(value.value, item.indicator.unit_of_measure)
    return told_figure(amount, item.indicator.code, year.year, made=Reckoning.UNIT, unit=value.unit.code)
