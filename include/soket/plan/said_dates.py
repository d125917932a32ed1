"""Days as officials write them, read so far that one can say how a plan writes them."""

from __future__ import annotations

import re
from datetime import date

_DAY_FIRST = re.compile(r"(?:ngày\s+)?(\d{1,2})\s*(?:[/.-]|tháng)\s*(\d{1,2})\s*(?:[/.-]|năm)\s*(\d{4}|\d{2})")
_YEAR_FIRST = re.compile(r"(\d{4})(?:\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{1,2})|(\d{2})(\d{2}))")
_NO_YEAR = re.compile(r"(?:ngày\s+)?\d{1,2}\s*(?:[/.-]|tháng)\s*\d{1,2}")

_HOW = "Ghi năm-tháng-ngày, ví dụ 2030-11-05."


def say_wrong_date(given: str) -> tuple[str, str]:
    """Return what is wrong with a date that is not written as plans have it, and how to write it."""
    text = given.strip().casefold()
    if found := _DAY_FIRST.fullmatch(text):
        day, month, year = map(int, found.groups())
    elif found := _YEAR_FIRST.fullmatch(text):
        year, month, day = (int(part) for part in found.groups() if part)
    elif _NO_YEAR.fullmatch(text):
        return f"ngày «{given}» chưa có năm", _HOW
    else:
        return f"cần một ngày, đang là «{given}»", _HOW
    year += 2000 if year < 100 else 0
    if month > 12 >= day and _exists(year, day, month):
        return f"«{given}» có tháng {month}: ngày và tháng đổi chỗ?", f"Ghi năm-tháng-ngày: {year}-{day:02}-{month:02}."
    if not _exists(year, month, day):
        return f"không có ngày {given.strip()}", "Xem lại lịch."
    return f"«{given}» chưa đúng cách ghi ngày", f"Ghi năm-tháng-ngày: {year}-{month:02}-{day:02}."


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
