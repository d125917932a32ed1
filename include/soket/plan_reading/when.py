"""Dates as plans on paper say them: "trước ngày 05/11/2030", "quý IV/2025", "10 ngày sau ngày ban hành"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import zip_longest

from soket.plan.dates import Deadline
from soket.plan_reading.days import bare_days, led_days, ranges, repeated
from soket.plan_reading.periods import bare_periods, led_periods, months_between, weeks
from soket.plan_reading.written_date import COUNTED, When
from soket.text import flat, format_date

# Counted from something else.
_COUNT = r"(?P<count>\d{1,3})\s+(?P<unit>ngay|tuan|thang)(?P<working> lam viec)?"
_SINCE = r"(?:ke tu|tinh tu|sau|truoc|tu)\s+(?:khi\s+|ngay\s+)*[^\s,;:.()]+(?:\s[^\s,;:.()]+){0,5}"
_COUNTED = re.compile(
    rf"(?<!\w)(?:trong|sau|cham nhat|muon nhat|khong qua)\s+(?:(?:vong|thoi han|khong qua|la|sau|"
    rf"toi da)\s+)*{_COUNT}(?:,?\s+{_SINCE})?"
    rf"|(?<!\w){_COUNT.replace('count', 'count_').replace('unit', 'unit_').replace('working', 'working_')}\s+"
    r"(?:ke tu|truoc|sau)\s+(?:khi\s+|ngay\s+)*[^\s,;:.()]+(?:\s[^\s,;:.()]+){0,3}"
    r"|(?<!\w)truoc\s+[^\d,;:.()]{3,60}?\s+(?:it nhat\s+|toi thieu\s+)?\d{1,3}\s+(?:ngay|tuan)(?: lam viec)?\b"
)
_SINCE_ISSUE = re.compile(r"\b(?:sau|ke tu|tinh tu)\s+(?:khi\s+|ngay\s+)*(?:ban hanh|ky|phat hanh)\b")
_ELSEWHERE = re.compile(r"(?<!\w)(?:cung thoi (?:gian|han|diem)(?: (?:tren|nay|nhu tren))?|theo thoi han tren)\b")
_A_DAY = re.compile(r"\bngay\b|\d\s*[/.-]\s*\d{1,2}\s*[/.-]")
_NARROWER = re.compile(r"[\s,(–-]*(?:du kien|cu the|xong|hoan thanh)?[\s,(]*")
_ALWAYS = re.compile(r"(?<!\w)thuong xuyen\b(?=\W*$)")


def dates_in(text: str, issued: date | None = None, year: int | None = None) -> list[When]:
    """Return the dates of a text in their order; one without a year is of the plan's, and says so."""
    year = issued.year if issued else year
    plain = flat(text)
    found: list[When] = []
    for each in (
        *_counted(plain, issued),
        *ranges(text, plain, year),
        *months_between(text, plain, year),
        *weeks(plain, year),
        *led_days(text, plain, year, issued),
        *led_periods(plain, year),
        *repeated(plain),
        *bare_days(text, plain, year),
        *bare_periods(text, plain, year),
    ):
        if not any(each.start < other.end and other.start < each.end for other in found):
            found.append(replace(each, text=text[each.start : each.end]))
    told = sorted((each for each in found if each.deadline or each.doubt), key=lambda when: when.start)
    return list(_narrowed(text, plain, told))


def _narrowed(text: str, plain: str, dates: list[When]) -> Iterator[When]:
    """Yield dates; a day that says when in a month or quarter, right behind it, as one date with it."""
    whole: When | None = None
    for when, following in zip_longest(dates, dates[1:]):
        start = whole.start if whole else when.start
        here = replace(when, start=start, text=text[start : when.end])
        whole = None
        if following and _says_when(plain, when, following):
            whole = here
        else:
            yield here


def _says_when(plain: str, period: When, day: When) -> bool:
    if period.deadline is None or day.deadline is None or _A_DAY.search(plain[period.start : period.end]):
        return False
    between = plain[period.end : day.start]
    return day.deadline.last_day <= period.deadline.last_day and _NARROWER.fullmatch(between) is not None


def _counted(plain: str, issued: date | None) -> Iterator[When]:
    """Yield dates counted from others; of the plan's own date, the day that comes of it."""
    for match in _COUNTED.finditer(plain):
        unit, count = match["unit"] or match["unit_"], match["count"] or match["count_"]
        working = match["working"] or match["working_"]
        if issued and count and not working and unit in ("ngay", "tuan") and _SINCE_ISSUE.search(match[0]):
            day = issued + timedelta(days=int(count) * (7 if unit == "tuan" else 1))
            doubt = f"tính từ ngày ban hành {format_date(issued)}, lấy đến hết ngày {format_date(day)}"
            yield When(*match.span(), deadline=Deadline(by=day), doubt=doubt)
        else:
            yield When(*match.span(), doubt=COUNTED)
    for match in _ELSEWHERE.finditer(plain):
        yield When(*match.span(), doubt="thời hạn nói ở chỗ khác")
    for match in _ALWAYS.finditer(plain):
        yield When(*match.span(), doubt="không có thời hạn")
