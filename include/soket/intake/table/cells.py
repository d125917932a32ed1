"""One cell in a number's place: the number it holds, or what keeps it from being one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from statistics import median

from soket.narrative.quantities.measures import MONEY, PERCENT, Measure, measure_for, number_and_measure
from soket.narrative.quantities.numbers import (
    Ambiguous,
    NoFigure,
    NoneThere,
    NotANumber,
    NothingWritten,
    Number,
    parse_number,
    told_apart,
)
from soket.plan.periods import PeriodId
from soket.reading.findings import Cell, Fact, Finding, Special
from soket.text import YEAR, flat, fold, format_date, format_exactly, nfc, quoted

LONGEST_QUOTE = 60
_DATE_TEXT = re.compile(
    rf"\d{{1,2}}[-/. ]\d{{1,2}}[-/. ]{YEAR}.*|{YEAR}-\d\d-\d\d.*|"
    r"(?:\d{1,2}[-/ ])?(?:thg ?\d{1,2}|th\d{1,2}|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)(?:[-/ ]\d{2,4})?"
)
_APOSTROPHE = re.compile(r"^\s*['’‘`](?=\d)")  # by which a program was told to take a figure for a text
_DIGITS = re.compile(r"-?[\d.,]+")
# A figure, and raised marks or asterisks behind it.
_MARKED = re.compile(r"(.*[\d%)])\s*((?:[⁰¹²³⁴-⁹⁽⁾]|(?<=[⁰¹²³⁴-⁹])[,;\s*])+|\(\*+\)|\*+)")
# A figure, and that it is an estimate.
_ESTIMATED = re.compile(r"\s*(.*\d%?)\s*\(?\b(?:uoc(?: th| thuc hien| dat| tinh)?|uth)(?: ca nam)?\.?\)?\s*")
# What is left of a number in a column that was too narrow when the table was saved or copied.
_SHORTENED = re.compile(r"\s*(?:#{2,}|[+-]?\d(?:[.,]\d+)?E[+-]?\d{1,3})\s*", re.IGNORECASE)
_CURRENCIES = {"₫", "đ", "$", "€", "USD", "VND", "VNĐ"}
_DAYS = (42_000, 48_000)  # of 2014 to 2031, as a spreadsheet counts them
_FAR_FROM = 100  # times
_FIRST_DAY = datetime(1899, 12, 30)  # noqa: DTZ001 - day 0 of a spreadsheet, which knows no time zones


@dataclass(frozen=True)
class Value:
    """A number; `measure` where its own unit stands with it, `share` where it may be a share for a percentage."""

    number: float
    measure: Measure | None = None
    share: bool = False
    told: Finding | None = None


Reading = Value | NoFigure | NothingWritten | Finding
"""What a cell says."""


def read_cell(cell: Cell, wanted: Measure, *, whole: bool = False, flow: bool = False) -> Reading:
    """Return what a cell says where a figure in a unit of measure, a `whole` one, is wanted; `flow`, of what arises."""
    match cell:
        case None:
            return NothingWritten()
        case bool():
            return Finding("SL-02", facts={"found": "ĐÚNG" if cell else "SAI"})
        case float() | int():
            return Value(float(cell), share=wanted.base == PERCENT and 0 < cell <= 1)
        case Special():
            return _special(cell, wanted, whole=whole)
    none = parse_number(cell)
    if flow and isinstance(none, NoneThere) and none.arose:
        return Value(0.0, told=Finding("SL-20", facts={"found": _quoted(cell)}))
    return _text(cell, wanted)


def without_estimate(cell: Cell) -> Cell:
    """Return a cell without the words that its figure is an estimate, as is asked for of a year that has not ended."""
    match = _ESTIMATED.fullmatch(flat(cell)) if isinstance(cell, str) else None
    return nfc(str(cell))[match.start(1) : match.end(1)] if match else cell


def _special(cell: Special, wanted: Measure, *, whole: bool) -> Reading:
    match cell:
        case Special("percent", float(share)):
            shown = round(share * 100, 10)
            return Value(shown) if wanted.base == PERCENT else _no_number(f"{format_exactly(shown)}%")
        case Special("rounded", float(seen), text, float(stored)):
            # Digits that are not seen are told of only where there can be none.
            facts: dict[str, Fact] = {"found": text, "stored": format_exactly(stored)}
            return Value(seen, told=Finding("SL-14", facts=facts)) if whole else read_cell(stored, wanted)
        case Special("thousandths", float(seen), text):
            told = Finding("SL-12", facts={"found": text, "stored": format_exactly(seen)})
            return told if whole else read_cell(seen, wanted)
        case Special("shown", float(seen), text, float(stored)):
            return _shown(seen, text, stored, wanted)
        case Special("hidden", str(words), _, float(stored)):
            return _hidden(words, stored)
        case Special("error", word):
            return Finding("SL-04", facts={"found": str(word)})
        case Special("uncached"):
            return Finding("SL-05")
        case Special("stale", float(total), _, float(stored)):
            return Finding("SL-18", facts={"found": format_exactly(stored), "one": format_exactly(total)})
        case Special("date", moment):
            return _a_date(str(moment))
    return _no_number(str(cell.value))


def _shown(seen: float, text: str, stored: float, wanted: Measure) -> Value | Finding:
    """Return a number whose format adds words, or leaves thousands out."""
    words = _DIGITS.sub(" ", text, count=1).strip()
    facts: dict[str, Fact] = {"found": text, "stored": format_exactly(stored), "one": format_exactly(seen)}
    if words == "%":
        return Value(seen) if wanted.base == PERCENT else _no_number(text)
    # The sign of a currency comes with a button of the program, and says little of the unit.
    if words in _CURRENCIES and (wanted.scale or wanted.base != MONEY):
        return Finding("SL-12", facts=facts)
    measure = measure_for(words, wanted) if any(map(str.isalpha, words)) else None
    if fold(words) == "k" and stored == round(seen * 1000, 9) and not wanted.scale:
        measure = Measure(words, 3, "")  # the format leaves out as many noughts
    if measure is None:
        return Value(seen, told=Finding("SL-11", facts=facts))
    if not measure.is_of(wanted) or (measure.base and not wanted.base):
        return Finding("SL-12", facts=facts)
    if measure.base == MONEY and not measure.scale and wanted.scale:
        return Finding("SL-12", facts=facts)
    return _with_measure(text, seen, measure, wanted)


def _hidden(words: str, stored: float) -> Value | NoFigure | Finding:
    """Return what a cell says whose format lets no number be seen."""
    match parse_number(words):
        case NoFigure():
            return NoFigure()
        case NoneThere() if stored == 0:
            return Value(0.0)
    return Finding("SL-12", facts={"stored": format_exactly(stored), "found": words or "…"})


def _text(text: str, wanted: Measure) -> Reading:
    if match := _MARKED.fullmatch(text.strip()):
        read = _text(match[1], wanted)
        facts: dict[str, Fact] = {"found": _quoted(text), "mark": match[2].strip(), "one": match[1].strip()}
        return replace(read, told=read.told or Finding("SL-13", facts=facts)) if isinstance(read, Value) else read
    text = _APOSTROPHE.sub("", text)
    reading, measure = number_and_measure(text, wanted)
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
        case Number(number, _, foreign) if measure and not foreign and not measure.is_too_little(number, wanted):
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
    return Finding("SL-16" if _SHORTENED.fullmatch(text) else "SL-02", facts={"found": _quoted(text)})


def _a_date(moment: str) -> Finding:
    """Return what a spreadsheet made of a number; where only the cell's format is wrong, the number is still there."""
    try:
        day = datetime.fromisoformat(moment)
    except ValueError:
        return Finding("SL-08", facts={"found": _quoted(moment), "hint": ""})
    serial = (day - _FIRST_DAY).total_seconds() / 86_400
    hint = f"; nếu chỉ sai định dạng ô thì số trong ô là {format_exactly(round(serial, 6))}"
    return Finding("SL-08", facts={"found": format_date(day.date()), "hint": hint})


def serials_in(figures: Mapping[PeriodId, float]) -> Iterator[tuple[PeriodId, Finding]]:
    """Yield the figures of a row that may be days: "3.1" became one, and its number stayed when the format was changed.

    That is whole numbers of the days of these years, a hundred times as large as most of the row's others.
    """
    for period, figure in figures.items():
        others = [abs(other) for at, other in figures.items() if at != period and not _is_of_these_years(other)]
        if _is_of_these_years(figure) and len(others) > 1 and median(others) * _FAR_FROM < figure:
            day = _FIRST_DAY + timedelta(days=figure)
            facts: dict[str, Fact] = {"found": format_exactly(figure), "one": f"{day.day},{day.month}"}
            yield period, Finding("SL-17", facts=facts | {"time": format_date(day.date())})


def _is_of_these_years(figure: float) -> bool:
    return figure.is_integer() and _DAYS[0] <= figure <= _DAYS[1]


def _quoted(text: str) -> str:
    return quoted(told_apart(text), LONGEST_QUOTE)
