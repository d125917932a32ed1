"""Whether a sentence tells of a time before the one that the reports are of: years, or in a round of a quarter months.

A sentence that goes on to the time of the reports is of that, whatever it begins with.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from soket.narrative.names.times import years_in
from soket.plan.period_words import MONTH, parts_in, rare_in
from soket.plan.periods import PeriodId, months_of, part_of, several_years, year_of
from soket.text import flat

_SPAN = re.compile(
    r"[\W\d]*(?:trong |ở )?(?:giai đoạn|thời kỳ|nhiệm kỳ)(?: từ)?(?: năm)? (\d{4}) ?[-–] ?(?:năm )?(\d{4})"
)
_YEAR = re.compile(
    r"[\W\d]*(?:(?:trong|vào|đến|hết|cuối|đầu|tháng|quý|ngày|[ivx]+|[\d/]+)\s)*?"
    r"(?:năm |tháng \d\d?/|quý [ivx\d]+/)(\d{4})\b(?! ?[-–])"
)
_BEFORE = re.compile(
    r"[\W\d]*(?:trước (?:năm(?: (\d{4}))?|khi|đây|kia)|ngày trước|ngày xưa|thuở trước"
    r"|hồi (?:trước|xưa|ấy|đó|những năm))\b"
)
_LACK_OF = re.compile(
    r"[\W\d]*(?:hạn chế|tồn tại|khó khăn|vướng mắc|khuyết điểm)[^,;:]{0,20} (?:của|trong|ở) "
    r"(?:giai đoạn|nhiệm kỳ|thời kỳ) (\d{4}) ?[-–] ?(\d{4})"
)
_SINCE = re.compile(r"\b(?:nay|hiện có|bây giờ|từ đó)\b")

# On folded text: what may stand before the time that a sentence begins with.
_LEADS = re.compile(
    r"[\W\d]*(?:(?:trong|vao|o|den|toi|tu|ke|rieng|cuoi|dau|het|tinh|thoi|diem|ngay|ca|luy|nam|cua|giai|doan)\b\W*)*"
)
_ENDS = re.compile(r"\b(?:trong|vao|cua) $")
_YEAR_NAMED = re.compile(r"\bnam (\d{4})\b(?! ?[-–])")
_NOW = re.compile(r"\b(?:nay|hien|trong (?:quy|ky)(?! [ivx\d])|quy bao cao|ky bao cao)\b")
_FIGURE = re.compile(r"\d")
# What stands before a time that others are held against, or that a paper or a beginning is of.
_NOT_OF = re.compile(
    r"\b(?:so voi|hon|gap|ke tu|sau|theo|can cu|thuc hien|phat huy|ke thua|tren co so|tu nam|giam tu|tang tu"
    r"|cong nghe|nghi quyet|ke hoach|quyet dinh|chi thi|de an|chuong trinh)\b"
)
_WORDS_OF_TIME = re.compile(r"\b(?:nam|thang|quy|ngay)\b [\divx/]+")
_OF_YEARS = re.compile(
    r"\b(?:\d\d?|hai|ba|bon|nam|muoi) nam\b(?! \d)|\bgiai doan\b|\bnhiem ky\b|\b\d{4} ?[-–] ?\d{4}\b"
)


class _Time(NamedTuple):
    """From where to where a folded text names a time, and the last month of it."""

    start: int
    end: int
    last: int


def other_time(low: str, first: int | None, last: int | None, part: PeriodId | None = None) -> bool:
    """Whether a text in small letters is of a time before that of the reports, and goes on to nothing of that.

    `first` and `last` are the years of a review, `part` is the part of a year that a round's reports are of. A span
    that reaches to the last year is the review's own, whatever years the forms ask for.
    """
    if part is not None and _before_part(low, part):
        return True
    if first is None or last is None:
        return False
    if span := _SPAN.match(low):
        return int(span[1]) < first and int(span[2]) < last and not _goes_on(low, span.end(), first)
    if year := _YEAR.match(low):
        return int(year[1]) < first and not _goes_on(low, year.end(), first)
    return _is_before(low, first) or _is_all_of(low, first)


def earlier_lack(low: str, first: int | None, part: PeriodId | None = None) -> bool:
    """Whether a failing was one before the time of the reports; an earlier event may be a cause in that."""
    if part is not None and _before_part(low, part):
        return True
    if first is None:
        return False
    if span := _LACK_OF.match(low):
        return int(span[1]) < first >= int(span[2]) and not _goes_on(low, span.end(), first)
    return _is_before(low, first)


def part_reported_on(titles: Sequence[str], periods: Iterable[PeriodId]) -> PeriodId | None:
    """Return the part of a year that a round is of, as the columns of its forms say or its titles; None of no one.

    A review of several years is of all of them, in whatever month it is held.
    """
    asked = {*periods}
    one = next(iter(asked)) if len(asked) == 1 else None
    if one is not None and part_of(one) and several_years(one) is None:
        return one
    said = [flat(each) for each in titles]
    if len(asked) > 1 or any(map(_OF_YEARS.search, said)):
        return None
    found = (named for each in said for named in parts_in(each) if named[3] is not None and "-" not in named[2])
    return next((f"{year}-{part}" for _, _, part, year in found), None)


def _is_before(low: str, first: int) -> bool:
    """Whether a text begins with a time before another, and goes on to no year of the reports: "Trước năm 2001, …"."""
    before = _BEFORE.match(low)
    if before is None or (before[1] and int(before[1]) > first):
        return False
    return not _goes_on(low, before.end(), first)


def _goes_on(low: str, start: int, first: int) -> bool:
    return bool(_SINCE.search(low, start)) or any(year >= first for year in years_in(low, start))


def _is_all_of(low: str, first: int) -> bool:
    """Whether all years that a sentence without other figures names are earlier: "sự cố năm 2016 đã được khắc phục"."""
    years = years_in(low)
    if not years or max(years) >= first or not _YEAR_NAMED.search(plain := flat(low)):
        return False
    told = _FIGURE.search(_WORDS_OF_TIME.sub("", plain)) or _NOW.search(plain) or _NOT_OF.search(plain)
    return told is None


def _before_part(low: str, part: PeriodId) -> bool:
    """Whether a text begins, or ends, with a time before a part of a year and names no other."""
    plain = flat(low)
    begins, _ = months_of(part)
    times = sorted(_times_in(plain, year_of(part)))
    if not times or any(each.last >= begins for each in times) or _NOW.search(plain):
        return False
    if _LEADS.fullmatch(plain, 0, times[0].start):
        return True
    only = len(times) == 1 and not plain[times[0].end :].strip(" .;")
    return only and _ENDS.search(plain, 0, times[0].start) is not None and not _NOT_OF.search(plain)


def _times_in(plain: str, year: int) -> Iterator[_Time]:
    """Yield the parts of years, the months and the years that a folded text names; a part alone is of a `year`."""
    for start, end, part, of in (*parts_in(plain), *rare_in(plain, frozenset([MONTH]))):
        yield _Time(start, end, months_of(f"{of or year}-{part}")[1])
    for found in _YEAR_NAMED.finditer(plain):
        yield _Time(found.start(), found.end(), months_of(int(found[1]))[1])
