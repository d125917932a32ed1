"""One cell in a number's place: the number it holds, or what keeps it from being one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from soket.narrative.measures import PERCENT, Measure, number_and_measure
from soket.narrative.numbers import YEAR, Ambiguous, NoFigure, NotANumber, NothingWritten, Number
from soket.reading.findings import Cell, Fact, Finding, Special
from soket.text import fold, format_date, format_exactly

_LONGEST_QUOTE = 60
_DATE_TEXT = re.compile(
    rf"\d{{1,2}}[-/. ]\d{{1,2}}[-/. ]{YEAR}.*|{YEAR}-\d\d-\d\d.*|"
    r"(?:\d{1,2}[-/ ])?(?:thg ?\d{1,2}|th\d{1,2}|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)(?:[-/ ]\d{2,4})?"
)
_FIRST_DAY = datetime(1899, 12, 30)  # noqa: DTZ001 - day 0 of a spreadsheet, which knows no time zones


@dataclass(frozen=True)
class Value:
    """A number; `measure` where its own unit stands with it, `share` where it may be a share for a percentage."""

    number: float
    measure: Measure | None = None
    share: bool = False
    told: Finding | None = None


def read_cell(cell: Cell, wanted: Measure) -> Value | NoFigure | NothingWritten | Finding:
    """Return what a cell says where a figure in a unit of measure is wanted."""
    percents = wanted.base == PERCENT
    match cell:
        case None:
            return NothingWritten()
        case bool():
            return Finding("SL-02", facts={"found": "ĐÚNG" if cell else "SAI"})
        case float() | int():
            return Value(float(cell), share=percents and 0 < cell <= 1)
        case Special("percent", float(share)):
            shown = round(share * 100, 10)
            return Value(shown) if percents else Finding("SL-02", facts={"found": f"{format_exactly(shown)}%"})
        case Special("error", word):
            return Finding("SL-04", facts={"found": str(word)})
        case Special("uncached"):
            return Finding("SL-05")
        case Special("date", moment):
            return _a_date(str(moment))
        case Special(_, word):
            return _no_number(str(word))
    return _text(cell, wanted)


def _text(text: str, wanted: Measure) -> Value | NoFigure | NothingWritten | Finding:
    reading, measure = number_and_measure(text)
    if (measure or isinstance(reading, NotANumber)) and _DATE_TEXT.fullmatch(fold(text)):
        return Finding("SL-08", facts={"found": _quoted(text), "hint": ""})
    if measure and not measure.is_of(wanted):
        return _no_number(text)
    percents = wanted.base == PERCENT
    match reading:
        case NothingWritten() | NoFigure():
            return reading
        case Ambiguous(one, other):
            both: dict[str, Fact] = {"one": format_exactly(one), "other": format_exactly(other)}
            return Finding("SL-01", facts={"found": _quoted(text), **both})
        case Number(percent=True) if not percents:
            return _no_number(text)
        case Number(number, _, foreign) if measure and not foreign:
            return _with_measure(text, number, measure, wanted)
        case Number(number, percent, foreign) if not measure:
            told = Finding("SL-03", facts={"found": _quoted(text), "one": format_exactly(number)}) if foreign else None
            return Value(number, share=percents and not percent and 0 < number <= 1, told=told)
    return _no_number(text)


def _with_measure(text: str, number: float, measure: Measure, wanted: Measure) -> Value:
    """Return a number that has its unit of measure beside it: "1.200 lượt", "12,5 tỷ đồng"."""
    converted = format_exactly(measure.convert(number, wanted))
    facts: dict[str, Fact] = {"found": _quoted(text), "one": converted, "unit": wanted.text}
    return Value(number, measure=measure, told=Finding("SL-07", facts=facts))


def _no_number(text: str) -> Finding:
    return Finding("SL-02", facts={"found": _quoted(text)})


def _a_date(moment: str) -> Finding:
    """Return what a spreadsheet made of a number; where only the cell's format is wrong, the number is still there."""
    try:
        day = datetime.fromisoformat(moment)
    except ValueError:
        return Finding("SL-08", facts={"found": _quoted(moment), "hint": ""})
    serial = (day - _FIRST_DAY).total_seconds() / 86_400
    hint = f"; nếu chỉ sai định dạng ô thì số trong ô là {format_exactly(round(serial, 6))}"
    return Finding("SL-08", facts={"found": format_date(day.date()), "hint": hint})


def _quoted(text: str) -> str:
    return " ".join(text.split())[:_LONGEST_QUOTE]
