"""One cell in a number's place: the number it holds, or what keeps it from being one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from soket.narrative.measures import PERCENT, Measure, parse_measure
from soket.narrative.numbers import Ambiguous, Blank, NoFigure, NotANumber, Number, parse_number, split_number
from soket.reading.findings import Cell, Fact, Finding, Special
from soket.text import fold, format_date, format_exactly

_LONGEST_QUOTE = 60
_DATE_TEXT = re.compile(
    r"\d{1,2}[-/. ]\d{1,2}[-/. ](?:19|20)\d\d.*|(?:19|20)\d\d-\d\d-\d\d.*|"
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


def read_cell(cell: Cell, wanted: Measure) -> Value | NoFigure | Blank | Finding:
    """Return what a cell says where a figure in a unit of measure is wanted."""
    percents = wanted.base == PERCENT
    match cell:
        case None:
            return Blank()
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
            return Finding("SL-02", facts={"found": _quoted(str(word))})
    return _text(cell, wanted)


def _text(text: str, wanted: Measure) -> Value | NoFigure | Blank | Finding:
    percents = wanted.base == PERCENT
    reading = parse_number(text)
    match reading:
        case Blank() | NoFigure():
            return reading
        case Ambiguous():
            return _two_ways(text, reading)
        case Number(percent=True) if not percents:
            return Finding("SL-02", facts={"found": _quoted(text)})
        case Number(number, percent, foreign):
            told = Finding("SL-03", facts={"found": _quoted(text), "one": format_exactly(number)}) if foreign else None
            return Value(number, share=percents and not percent and 0 < number <= 1, told=told)
    if _DATE_TEXT.fullmatch(fold(text)):
        return Finding("SL-08", facts={"found": _quoted(text), "hint": ""})
    return _with_measure(text, wanted)


def _with_measure(text: str, wanted: Measure) -> Value | Finding:
    """Return a number that has its unit of measure beside it, where both are plain: "1.200 lượt", "12,5 tỷ đồng"."""
    digits, words = split_number(text)
    measure = parse_measure(words)
    reading = parse_number(digits) if digits else NotANumber()
    if measure is None or not measure.is_of(wanted) or (not measure.base and not measure.scale):
        return Finding("SL-02", facts={"found": _quoted(text)})
    if isinstance(reading, Ambiguous):
        return _two_ways(text, reading)
    if not isinstance(reading, Number) or reading.percent or reading.foreign:
        return Finding("SL-02", facts={"found": _quoted(text)})
    number = measure.convert(reading.value, wanted)
    facts: dict[str, Fact] = {"found": _quoted(text), "one": format_exactly(number), "unit": wanted.text}
    return Value(reading.value, measure=measure, told=Finding("SL-07", facts=facts))


def _two_ways(text: str, reading: Ambiguous) -> Finding:
    return Finding(
        "SL-01",
        facts={"found": _quoted(text), "one": format_exactly(reading.one), "other": format_exactly(reading.other)},
    )


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
