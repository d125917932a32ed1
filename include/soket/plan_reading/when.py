"""Dates as plans on paper say them: "trước ngày 05/11/2030", "cuối tháng 11", "trong quý IV/2025"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from soket.plan.dates import Deadline
from soket.text import flat, format_date

_DAY = (
    r"(?:ngay\s+)?(?P<day>\d{1,2})\s*[/.-]\s*(?P<month>\d{1,2})(?:\s*[/.-]\s*(?P<year>\d{4}))?(?!\s*[/.]?\d)"
    r"|ngay\s+(?P<day_>\d{1,2})\s+thang\s+(?P<month_>\d{1,2})(?:\s*(?:,?\s*nam\s+|[/-]\s*)(?P<year_>\d{4}))?"
)
_YEAR = r"(?:\s*(?:/|-|,?\s*nam)\s*(?P<year>\d{4}))?"
_PERIOD = (
    rf"thang\s+(?P<month>\d{{1,2}})(?!\s*[/-]\s*\d{{1,2}}(?!\d)){_YEAR}(?!\d)"
    rf"|quy\s+(?P<quarter>iv|i{{1,3}}|[1-4])\b(?:\s*(?:/|-|,?\s*nam)\s*(?P<year_>\d{{4}}))?"
    r"|nam\s+(?P<year__>(?:19|20)\d\d)"
)

# What stands before a date and says which deadline it is; the longer first.
_BEFORE = r"truoc(?:\s+(?P<hour>\d{1,2})\s*(?:gio|h)\s*\d{0,2}\s*,?)?"
_BY = (
    r"(?:cham nhat|muon nhat)(?:\s+(?:la|vao|den|trong|het|khong qua))*(?P<hour>\s+\d{1,2}\s*(?:gio|"
    r"h)\s*\d{0,2}\s*,?)?"
    r"|(?:den )?het(?: ngay)?|khong qua|trong|vao|den"
)
_DAY_LED = re.compile(rf"(?<!\w)(?:(?P<before>{_BEFORE})|(?P<by>{_BY.replace('hour', 'hour_')}))\s*(?:{_DAY})")
_RANGE = re.compile(
    rf"(?<!\w)tu\s+(?:{_DAY.replace('day', 'from_day').replace('month', 'from_month').replace('year', 'from_year')})"
    rf"\s*(?:,\s*)?(?:den|-)\s*(?:het\s+)?(?:{_DAY})"
)
_PERIOD_LED = re.compile(
    r"(?<!\w)(?P<lead>truoc|cuoi|dau|giua|thuong tuan|trung tuan|ha tuan|(?:den )?het|trong|vao|"
    r"cham nhat(?: vao| trong| la)?)"
    rf"\s+(?:(?P<inner>cuoi|dau|giua|het)\s+)?(?:{_PERIOD})"
)
_BARE = re.compile(rf"(?<![\w/.-])(?:{_DAY})")
_EACH_MONTH = re.compile(
    r"(?<!\w)(?:truoc |vao |den |cham nhat )?ngay\s+\d{1,2}\s+(?:hang|moi|cua|cuoi)\s+(?:nam|quy|thang)\b"
)
_NAMELESS = re.compile(r"(?<!\w)(?:trong|cuoi|het)\s+(?:thang|quy|nam)(?!\s+(?:\d|[iv]+\b))(?: nay)?\b")
_COUNTED = re.compile(
    r"(?<!\w)(?:trong|sau|cham nhat)\s+(?:vong\s+|thoi han\s+|khong qua\s+)?\d{1,3}\s+(?:ngay|tuan|"
    r"thang)(?: lam viec)?\b"
)
_DATA = re.compile(
    r"(?:so lieu|tinh|chot|lay|thoi diem|"
    r"giai doan)[^.;]{0,40}$"
)  # up to when figures run, no deadline
_PAPER = re.compile(
    r"(?:\bso:?\s*\S*|\d+\S*-\S+|\bluat[^.;]{0,40}|/[a-z0-9-]+)\s*,?\s*$"
)  # of a document with a number
_REPEATED = re.compile(r"\s*(?:hang|moi)\s+(?:nam|quy|thang|tuan)")
_ISSUED = re.compile(r"\s*(?:cua|ve|do)\b")


@dataclass(frozen=True)
class When:
    """A date in a text: the deadline that it means or, where that is not certain, what is in doubt."""

    start: int
    end: int
    text: str
    deadline: Deadline | None = None
    opens: date | None = None  # of "từ ngày … đến ngày …"
    doubt: str = ""  # Vietnamese; with a deadline: what was assumed


def dates_in(text: str, issued: date | None = None, year: int | None = None) -> list[When]:
    """Return the dates of a text in their order; one without a year is of the plan's, and says so."""
    year = issued.year if issued else year
    plain = flat(text)
    found: list[When] = []
    for each in (
        *_ranges(plain, year),
        *_days(plain, year, issued),
        *_periods(plain, year),
        *_without_a_day(plain),
        *_mentions(plain, year),
    ):
        if not any(each.start < other.end and other.start < each.end for other in found):
            found.append(_quoting(each, text))
    return sorted(found, key=lambda when: when.start)


def _quoting(when: When, text: str) -> When:
    return When(when.start, when.end, text[when.start : when.end], when.deadline, when.opens, when.doubt)


def _day_of(match: re.Match[str], year: int | None, prefix: str = "") -> tuple[date | None, str]:
    """Return the day that a match names, and what is in doubt about it."""
    numbers = {part: match[f"{prefix}{part}"] or match[f"{prefix}{part}_"] for part in ("day", "month", "year")}
    stated = numbers["year"]
    if stated and not 1900 <= int(stated) < 2200:
        return None, f"năm {stated} không hợp lý"
    if not stated and year is None:
        return None, "ngày không ghi năm, chưa biết năm của Kế hoạch"
    try:
        day = date(int(stated or year or 0), int(numbers["month"]), int(numbers["day"]))
    except ValueError:
        return None, "không có ngày này trong lịch"
    return day, "" if stated else f"không ghi năm, lấy năm của Kế hoạch ({year})"


def _ranges(plain: str, year: int | None) -> Iterator[When]:
    for match in _RANGE.finditer(plain):
        last, doubt = _day_of(match, year)
        first, _ = _day_of(match, last.year if last else year, "from_")
        if _DATA.search(plain[: match.start()]):
            yield When(*match.span(), "", None, None, "mốc của số liệu, không phải thời hạn")
        elif first and last and first <= last:
            yield When(*match.span(), "", Deadline(by=last), first, doubt)
        else:
            yield When(*match.span(), "", None, None, doubt or "ngày đầu sau ngày cuối")


def _days(plain: str, year: int | None, issued: date | None) -> Iterator[When]:
    for match in _DAY_LED.finditer(plain):
        day, doubt = _day_of(match, year)
        by = match["by"] or ""
        if _REPEATED.match(plain, match.end()):
            yield When(*match.span(), "", None, None, "thời hạn lặp lại hằng kỳ")
        elif by in ("den", "vao", "trong") and _DATA.search(plain[: match.start()]):
            yield When(*match.span(), "", None, None, "mốc của số liệu, không phải thời hạn")
        elif day is None:
            yield When(*match.span(), "", None, None, doubt)
        elif doubt and issued and day < issued:
            yield When(*match.span(), "", None, None, f"không ghi năm; năm {day.year} thì trước ngày ban hành")
        elif match["before"] and not match["hour"]:
            yield When(*match.span(), "", Deadline(before=day), None, doubt)
        else:
            if match["hour"] or match["hour_"]:
                doubt = "; ".join(filter(None, (doubt, "thời hạn có giờ, lấy đến hết ngày ấy")))
            yield When(*match.span(), "", Deadline(by=day), None, doubt)


def _periods(plain: str, year: int | None) -> Iterator[When]:
    for match in _PERIOD_LED.finditer(plain):
        stated = match["year"] or match["year_"] or match["year__"]
        if match["year__"] and match["lead"] in ("trong", "vao"):
            continue  # "trong năm 2030": when, and no deadline
        doubt = "" if stated else f"không ghi năm, lấy năm của Kế hoạch ({year})"
        if not stated and year is None:
            yield When(*match.span(), "", None, None, "không ghi năm, chưa biết năm của Kế hoạch")
            continue
        months = _months(match)
        if months is None:
            yield When(*match.span(), "", None, None, "không có tháng này trong lịch")
            continue
        deadline, more = _within(int(stated or year or 0), months, match["inner"] or match["lead"])
        if match["lead"] == "truoc" and match["inner"]:
            deadline, more = _within(int(stated or year or 0), months, match["inner"])
        yield When(*match.span(), "", deadline, None, "; ".join(filter(None, (doubt, more))))


def _months(match: re.Match[str]) -> tuple[int, int] | None:
    """Return the first and last month of a period."""
    if match["month"]:
        month = int(match["month"])
        return (month, month) if 1 <= month <= 12 else None
    if match["quarter"]:
        quarter = {"i": 1, "ii": 2, "iii": 3, "iv": 4}.get(match["quarter"]) or int(match["quarter"])
        return 3 * quarter - 2, 3 * quarter
    return 1, 12


def _within(year: int, months: tuple[int, int], lead: str) -> tuple[Deadline, str]:
    """Return the deadline that a word before a period means, and what was assumed."""
    first = date(year, months[0], 1)
    last = date(year + months[1] // 12, months[1] % 12 + 1, 1) - timedelta(days=1)
    match lead:
        case "truoc":
            return Deadline(before=first), ""
        case "dau" | "thuong tuan" if months[0] == months[1]:
            day = first.replace(day=10)
        case "giua" if months[0] == months[1]:
            day = first.replace(day=15)
        case "trung tuan":
            day = first.replace(day=20)
        case "dau" | "giua":
            middle = (months[0] + months[1]) // 2
            month = months[0] if lead == "dau" else middle
            day = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
        case _:
            return Deadline(by=last), ""
    exactly = lead in ("thuong tuan", "trung tuan")
    return Deadline(by=day), "" if exactly else f"không ghi ngày, lấy đến hết ngày {format_date(day)}"


def _without_a_day(plain: str) -> Iterator[When]:
    for match in _COUNTED.finditer(plain):
        yield When(*match.span(), "", None, None, "thời hạn tính từ một việc khác")
    for match in _EACH_MONTH.finditer(plain):
        yield When(*match.span(), "", None, None, "thời hạn lặp lại hằng kỳ")
    for match in _NAMELESS.finditer(plain):
        yield When(*match.span(), "", None, None, "không ghi tháng, quý, năm nào")


def _mentions(plain: str, year: int | None) -> Iterator[When]:
    """Yield days that no word makes a deadline, those of documents left out."""
    for match in _BARE.finditer(plain):
        day, _ = _day_of(match, year)
        if day is None or not (match["year"] or match["year_"] or "ngay" in match[0]):
            continue
        paper = _PAPER.search(plain[: match.start()]) or _ISSUED.match(plain, match.end())
        if not paper:
            yield When(*match.span(), "", None, None, "không rõ là thời hạn")
