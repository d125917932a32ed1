"""Dates that name a period: "cuối tháng 11", "trong quý IV/2025", "tuần đầu tháng 7", "tháng 10 - 11/2026"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from soket.plan.dates import Deadline
from soket.plan_reading.written_date import NO_DEADLINE, OF_FIGURES, When, doubts, no_year, of_figures, until
from soket.text import YEAR

_YEAR = r"(?:\s*(?:/|-|,?\s*nam)\s*(?P<year>\d{4}))?"
_MONTH = rf"thang\s+(?P<month>\d{{1,2}})(?!\s*[/-]\s*\d{{1,2}}(?!\d)){_YEAR}(?!\d)"
_PERIOD = (
    rf"{_MONTH}"
    r"|quy\s+(?P<quarter>iv|i{1,3}|[1-4])\b(?:\s*(?:/|-|,?\s*nam)\s*(?P<year_>\d{4}))?"
    rf"|nam\s+(?P<year__>{YEAR})"
)
_INNER = r"(?:cuoi|dau|giua|het|nua dau|nua cuoi|nua sau|thuong tuan|trung tuan|ha tuan)"
_LED = re.compile(
    rf"(?<!\w)(?P<lead>truoc|(?:den )?het|trong(?: suot)?|vao|xong trong|{_INNER}|"
    r"(?:cham nhat|muon nhat)(?: vao| trong| la| den)?)"
    rf"\s+(?:(?P<inner>{_INNER})\s+)?(?:{_PERIOD})"
)
_MONTHS = re.compile(
    r"(?<!\w)(?:(?:tu|trong|vao)\s+)?thang\s+(?P<from>\d{1,2})(?:\s*(?:/|,?\s*nam)\s*(?P<from_year>\d{4}))?"
    rf"\s*(?:-|den|va)\s*(?:het\s+)?(?:thang\s+)?(?P<month>\d{{1,2}}){_YEAR}(?![/\d])"
)
_WEEKS = {"dau": 1, "nhat": 1, "hai": 2, "ba": 3, "tu": 4, "i": 1, "ii": 2, "iii": 3, "iv": 4}
_WEEK = re.compile(
    r"(?<!\w)(?:(?P<before>truoc)\s+|(?:trong|vao|cham nhat)\s+)?tuan\s+(?:le\s+)?(?:thu\s+)?"
    rf"(?P<week>[1-4]|cuoi|{'|'.join(_WEEKS)})\s+(?:cua\s+)?{_MONTH}"
)
_BARE = re.compile(
    rf"(?<!\w){_MONTH}|(?<!\w)quy\s+(?P<quarter>iv|i{{1,3}}|[1-4])\b(?:\s*(?:/|-|,?\s*nam)\s*(?P<year_>\d{{4}}))?"
)
_NAMELESS = re.compile(r"(?<!\w)(?:trong|cuoi|het)\s+(?:thang|quy|nam)(?!\s+(?:\d|[iv]+\b))(?: nay)?\b")
_OF_A_REPORT = re.compile(r"\bbao cao\s+$")  # "Báo cáo quý I: …"
_YEARLESS = "không ghi năm, chưa biết năm của Kế hoạch"
_NO_MONTH = "không có tháng này trong lịch"


def led_periods(plain: str, year: int | None) -> Iterator[When]:
    """Yield periods that a word before them makes deadlines, and those of which nothing is named."""
    for match in _LED.finditer(plain):
        if match["year__"] and match["lead"] in ("trong", "vao"):
            continue  # "trong năm 2030": when, and no deadline
        stated = match["year"] or match["year_"] or match["year__"]
        months = _months(match)
        if not stated and year is None:
            yield When(*match.span(), doubt=_YEARLESS)
        elif months is None:
            yield When(*match.span(), doubt=_NO_MONTH)
        else:
            lead = match["inner"] or match["lead"]
            deadline, more = _within(int(stated or year or 0), months, lead)
            if match["lead"] == "truoc" and match["inner"] and deadline.by:
                more = doubts(more, f"«trước … {match['inner']}» hiểu là đến hết ngày ấy")
            yield When(*match.span(), deadline=deadline, doubt=doubts("" if stated else no_year(year), more))
    for match in _NAMELESS.finditer(plain):
        yield When(*match.span(), doubt="không ghi tháng, quý, năm nào")


def weeks(plain: str, year: int | None) -> Iterator[When]:
    """Yield weeks of a month, counted in sevens from its first day."""
    for match in _WEEK.finditer(plain):
        stated, months = match["year"], _months(match)
        if months is None or (not stated and year is None):
            yield When(*match.span(), doubt=_NO_MONTH if months is None else _YEARLESS)
            continue
        first, last = _ends(int(stated or year or 0), months)
        week = match["week"]
        number = int(week) if week.isdigit() else _WEEKS.get(week)
        day = last if number is None else first + timedelta(days=7 * number - 1)
        begins = day - timedelta(days=6)
        deadline = Deadline(before=begins) if match["before"] else Deadline(by=day)
        words = f"tuần đếm từ ngày 01 của tháng, {until(day)}" if not match["before"] else "tuần đếm từ ngày 01"
        yield When(*match.span(), deadline=deadline, doubt=doubts("" if stated else no_year(year), words))


def months_between(text: str, plain: str, year: int | None) -> Iterator[When]:
    """Yield what runs from a month to a month."""
    yield from _bare(_MONTHS, text, plain, year)


def bare_periods(text: str, plain: str, year: int | None) -> Iterator[When]:
    """Yield periods that no word makes a deadline."""
    yield from _bare(_BARE, text, plain, year)


def _bare(pattern: re.Pattern[str], text: str, plain: str, year: int | None) -> Iterator[When]:
    for match in pattern.finditer(plain):
        stated = match["year"] or match.groupdict().get("year_")
        months = _months(match)
        if months is None:
            continue
        if of_figures(text, match.start()):
            yield When(*match.span(), doubt=OF_FIGURES)
            continue
        if _OF_A_REPORT.search(plain[: match.start()]):
            yield When(*match.span())  # what it is about, so that nothing else takes it
            continue
        last = _ends(int(stated or year or 0), months)[1] if stated or year else None
        yield When(
            *match.span(),
            doubt=doubts(NO_DEADLINE, "" if stated else no_year(year)),
            tentative=Deadline(by=last) if last else None,
        )


def _months(match: re.Match[str]) -> tuple[int, int] | None:
    """Return the first and last month of a period."""
    if match["month"]:
        month = int(match["month"])
        return (month, month) if 1 <= month <= 12 else None
    if match["quarter"]:
        quarter = {"i": 1, "ii": 2, "iii": 3, "iv": 4}.get(match["quarter"]) or int(match["quarter"])
        return 3 * quarter - 2, 3 * quarter
    return 1, 12


def _ends(year: int, months: tuple[int, int]) -> tuple[date, date]:
    """Return the first and last day of a period."""
    return date(year, months[0], 1), date(year + months[1] // 12, months[1] % 12 + 1, 1) - timedelta(days=1)


def _within(year: int, months: tuple[int, int], lead: str) -> tuple[Deadline, str]:
    """Return the deadline that a word before a period means, and what was assumed."""
    first, last = _ends(year, months)
    one = months[0] == months[1]
    match lead:
        case "truoc":
            return Deadline(before=first), ""
        case "dau" | "thuong tuan" if one:
            day = first.replace(day=10)
        case "giua" | "nua dau" if one:
            day = first.replace(day=15)
        case "trung tuan":
            day = first.replace(day=20)
        case "dau":
            day = _ends(year, (months[0], months[0]))[1]
        case "giua" | "nua dau":
            middle = (months[0] + months[1]) // 2
            day = _ends(year, (middle, middle))[1]
        case _:
            return Deadline(by=last), ""
    return Deadline(by=day), "" if lead in ("thuong tuan", "trung tuan", "nua dau") else until(day)
