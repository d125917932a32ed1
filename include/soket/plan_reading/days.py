"""Dates with a day: "trước ngày 05/11/2030", "từ ngày 01/6 đến ngày 15/6/2026", "ngày 25 hằng tháng"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from soket.plan.dates import Deadline
from soket.plan_reading.written_date import NO_DEADLINE, OF_FIGURES, REPEATED, When, doubts, no_year, of_figures

_DAY = (
    r"(?:ngay\s+)?(?P<day>\d{1,2})\s*[/.-]\s*(?P<month>\d{1,2})(?:\s*[/.-]\s*(?P<year>\d{4}))?(?!\s*[/.]?\d)"
    r"|ngay\s+(?P<day_>\d{1,2})\s+thang\s+(?P<month_>\d{1,2})(?:\s*(?:,?\s*nam\s+|[/-]\s*)(?P<year_>\d{4}))?"
)
# What stands before a date and says which deadline it is; the longer first.
_BEFORE = r"truoc(?:\s+(?P<hour>\d{1,2})\s*(?:gio|h)\s*\d{0,2}\s*,?)?"
_BY = (
    r"(?:cham nhat|muon nhat)(?:\s+(?:la|vao|den|trong|het|khong qua))*(?P<hour>\s+\d{1,2}\s*(?:gio|"
    r"h)\s*\d{0,2}\s*,?)?"
    r"|(?:den )?het(?: ngay)?|khong qua|trong|vao|den"
)
_PART_OF_DAY = r"(?:(?:buoi )?(?:sang|chieu|toi)\s+)?"
_LED = re.compile(
    rf"(?<!\w)(?:(?P<before>{_BEFORE})|(?P<by>{_BY.replace('hour', 'hour_')}))\s*{_PART_OF_DAY}(?:{_DAY})"
)
_RANGE = re.compile(
    rf"(?<!\w)tu\s+(?:{_DAY.replace('day', 'from_day').replace('month', 'from_month').replace('year', 'from_year')})"
    rf"\s*(?:,\s*)?(?:den|-)\s*(?:het\s+)?(?:{_DAY})"
)
_BARE = re.compile(rf"(?<![\w/.-])(?P<from>tu\s+)?{_PART_OF_DAY}(?:{_DAY})")
_EACH = re.compile(
    r"(?<!\w)(?:truoc |vao |den |cham nhat )?ngay\s+\d{1,2}\s+(?:hang|moi|cua|cuoi)\s+(?:nam|quy|thang)\b"
    r"|(?<!\w)(?:dinh ky )?(?:hang|moi) (?:nam|quy|thang|tuan)\b|(?<!\w)(?:dinh ky )?\d{1,2} (?:ngay|tuan|thang)/lan\b"
)
_MONTHLESS = re.compile(r"(?<!\w)(?:truoc|vao|den|cham nhat)\s+ngay\s+\d{1,2}(?!\s*[/.\d-]|\s+thang)")
_PAPER = re.compile(
    r"(?:\bso:?\s*\d[^\s:]*|\d+\S*-\S+|\bluat[^.;]{0,40}|/[a-z0-9-]+)\s*,?\s*$"
)  # of a document with a number
_TERM = re.compile(  # says that what comes is a deadline
    r"(?:(?:thoi (?:han|gian)|han (?:cuoi|chot))[^.;,]{0,30}|hoan thanh|xong)\s*:?\s*$"
)
_REPEATED = re.compile(r"\s*(?:hang|moi)\s+(?:nam|quy|thang|tuan)")
_OF_ISSUER = re.compile(r"\s*(?:cua|ve|do)\b")


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
    return day, "" if stated else no_year(year)


def ranges(text: str, plain: str, year: int | None) -> Iterator[When]:
    """Yield what runs from a day to a day."""
    for match in _RANGE.finditer(plain):
        last, doubt = _day_of(match, year)
        first, _ = _day_of(match, last.year if last else year, "from_")
        if of_figures(text, match.start()):
            yield When(*match.span(), doubt=OF_FIGURES)
        elif first and last and first <= last:
            yield When(*match.span(), deadline=Deadline(by=last), opens=first, doubt=doubt)
        else:
            yield When(*match.span(), doubt=doubt or "ngày đầu sau ngày cuối")


def led_days(text: str, plain: str, year: int | None, issued: date | None) -> Iterator[When]:
    """Yield days that a word before them makes deadlines."""
    for match in _LED.finditer(plain):
        day, doubt = _day_of(match, year)
        by = match["by"] or ""
        if again := _REPEATED.match(plain, match.end()):
            yield When(match.start(), again.end(), doubt=REPEATED)
        elif by in ("den", "vao", "trong") and of_figures(text, match.start()):
            yield When(*match.span(), doubt=OF_FIGURES)
        elif day is None:
            yield When(*match.span(), doubt=doubt)
        elif doubt and issued and day < issued:
            yield When(*match.span(), doubt=f"không ghi năm; năm {day.year} thì trước ngày ban hành")
        elif match["before"] and not match["hour"]:
            yield When(*match.span(), deadline=Deadline(before=day), doubt=doubt)
        else:
            hour = match["hour"] or match["hour_"]
            doubt = doubts(doubt, "thời hạn có giờ, lấy đến hết ngày ấy" if hour else "")
            yield When(*match.span(), deadline=Deadline(by=day), doubt=doubt)


def repeated(plain: str) -> Iterator[When]:
    """Yield what comes again, and days of which no month is said."""
    for match in _EACH.finditer(plain):
        yield When(*match.span(), doubt=REPEATED)
    for match in _MONTHLESS.finditer(plain):
        yield When(*match.span(), doubt="không ghi tháng")


def bare_days(text: str, plain: str, year: int | None) -> Iterator[When]:
    """Yield days that no word makes a deadline; those of documents without a word, so that nothing else takes them."""
    for match in _BARE.finditer(plain):
        day, doubt = _day_of(match, year)
        if day is None:
            continue
        if _PAPER.search(plain[: match.start()]) or _OF_ISSUER.match(plain, match.end()):
            yield When(*match.span())
        elif of_figures(text, match.start()):
            yield When(*match.span(), doubt=OF_FIGURES)
        elif (_TERM.search(plain[: match.start()]) or _leads(plain, match)) and not match["from"]:
            yield When(*match.span(), deadline=Deadline(by=day), doubt=doubt)
        elif match["year"] or match["year_"] or "ngay" in match[0] or match[0].strip() == plain.strip(" ."):
            tentative = None if match["from"] else Deadline(by=day)
            yield When(*match.span(), doubt=doubts(NO_DEADLINE, doubt), tentative=tentative)


def _leads(plain: str, match: re.Match[str]) -> bool:
    """Whether a day stands at the head of what is to be done by it: "Ngày 28/9/2030: Sở … hoàn thành …"."""
    return not plain[: match.start()].strip(" -") and plain[match.end() :].lstrip().startswith(":")
