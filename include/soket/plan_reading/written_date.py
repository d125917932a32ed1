"""A date as a paper writes it, and what all ways of writing one share."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Self

from soket.plan.dates import Deadline
from soket.text import flat, format_date

NO_DEADLINE = "không rõ là thời hạn"
REPEATED = "thời hạn lặp lại hằng kỳ"
OF_FIGURES = "mốc của số liệu, không phải thời hạn"
COUNTED = "thời hạn tính từ một việc khác"
_LAST = re.compile(r"\bhan (?:cuoi|chot)\b|\b(?:cham|muon) nhat\b")
_FIGURES = re.compile(r"(?:số liệu|\btính\b|\bchốt\b|thời điểm|giai đoạn|\bmốc\b)[^.;]{0,40}$")


@dataclass(frozen=True)
class When:
    """A date in a text: the deadline that it means or, where that is not certain, what is in doubt."""

    start: int
    end: int
    text: str = ""
    deadline: Deadline | None = None
    opens: date | None = None  # of "từ ngày … đến ngày …"
    doubt: str = ""  # Vietnamese; with a deadline: what was assumed
    tentative: Deadline | None = None  # without a deadline: what it is where its place makes it one

    def settled(self) -> Self:
        """Return the date where its place says that it is one: in a column of deadlines, after "Thời gian:"."""
        if self.deadline or self.tentative is None:
            return self
        doubt = self.doubt.removeprefix(NO_DEADLINE).removeprefix("; ")
        return replace(self, deadline=self.tentative, tentative=None, doubt=doubt)

    @property
    def repeats(self) -> bool:
        """Whether it comes again each month, quarter, year."""
        return self.doubt == REPEATED


def ends(time: When, day: When | None, text: str) -> bool:
    """Whether a text says that a day is the last of a time said before: "Trong quý III: …; hạn cuối là ngày …"."""
    if day is None or day.deadline is None or time.deadline is None or _LAST.search(flat(text)) is None:
        return False
    return day.deadline.last_day < time.deadline.last_day


def of_figures(text: str, start: int) -> bool:
    """Whether a date is one up to when figures run; marks of tones tell "tính" from "tỉnh"."""
    return _FIGURES.search(text[:start].lower()) is not None


def no_year(year: int | None) -> str:
    """Return what is assumed of a date without a year."""
    return f"không ghi năm, lấy năm của Kế hoạch ({year})"


def until(day: date) -> str:
    """Return what is assumed of a date without a day."""
    return f"không ghi ngày, lấy đến hết ngày {format_date(day)}"


def doubts(*words: str) -> str:
    """Return several doubts as one."""
    return "; ".join(filter(None, words))
