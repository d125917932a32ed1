"""The dates of a plan: deadlines as officials write them, and which campaign a moment means."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Protocol, TypeVar

from pydantic import Field, model_validator

from soket.clock import VIETNAM
from soket.plan.strict import Slug, Strict, UnfitError
from soket.text import format_date, nfc

_WRITTEN = (
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})"),
    re.compile(r"(?:ngày\s+)?(?P<day>\d{1,2})\s*([/.-])\s*(?P<month>\d{1,2})\s*\2\s*(?P<year>\d{4})"),
    re.compile(r"(?:ngày\s+)?(?P<day>\d{1,2})\s+tháng\s+(?P<month>\d{1,2}),?\s+năm\s+(?P<year>\d{4})"),
)


class Deadline(Strict, title="Thời hạn"):
    """A date as officials write it: `before` D ends at 00:00 of D, `by` D ends at 24:00 of D."""

    before: date | None = Field(
        None, description="Trước ngày: hết hạn lúc 0 giờ ngày ấy; ghi đúng một trong hai", examples=["2030-11-05"]
    )
    by: date | None = Field(None, description="Đến hết ngày: hết hạn lúc 24 giờ ngày ấy", examples=["2030-11-30"])

    @model_validator(mode="after")
    def _one_of_two(self) -> Deadline:
        if (self.before is None) == (self.by is None):
            raise ValueError("ghi một trong hai: «before» (trước ngày) hoặc «by» (đến hết ngày)")
        return self

    @property
    def moment(self) -> datetime:
        """The first moment that is too late, in Vietnam time."""
        return datetime.combine(self.last_day + timedelta(days=1), time(), VIETNAM)

    @property
    def last_day(self) -> date:
        """The last day that is still in time."""
        if self.by is not None:
            return self.by
        assert self.before is not None  # noqa: S101 - the validator leaves exactly one
        return self.before - timedelta(days=1)


def last_day_of(moment: datetime) -> date:
    """Return the last day in time of a deadline given as its first moment too late."""
    return (moment.astimezone(VIETNAM) - timedelta(microseconds=1)).date()


def read_day(text: str) -> date | None:
    """Return the day that somebody wrote: 25/02/2027, 25-2-2027, ngày 25 tháng 02 năm 2027; None of none."""
    found = next((match for each in _WRITTEN if (match := each.fullmatch(nfc(text).strip().lower()))), None)
    if found is None:
        return None
    try:
        return date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        return None


def last_moment(day: date) -> str:
    """Return the last moment of a day: 24 giờ 00, ngày 04/11/2030."""
    return f"24 giờ 00, ngày {format_date(day)}"


def say_deadline(deadline: Deadline) -> str:
    """Return a deadline with the last moment it means: trước ngày 05/11/2030 (muộn nhất 24 giờ 00, ngày 04/11/2030)."""
    latest = f"muộn nhất {last_moment(deadline.last_day)}"
    return f"trước ngày {format_date(deadline.before)} ({latest})" if deadline.before else latest


class StageDates(Deadline, title="Ngày của một giai đoạn trong một đợt"):
    """When a stage opens and what its date is, in one campaign."""

    opens: date = Field(description="Ngày mở", examples=["2030-10-18"])
    blocks: dict[Slug, Deadline] = Field(
        default_factory=dict,
        description="Hạn sớm hơn của từng khối, theo mã khối",
        examples=["{xa_phuong: {before: 2030-11-01}}"],
    )
    units: dict[Slug, Deadline] = Field(
        default_factory=dict,
        description="Hạn riêng của từng đơn vị, theo mã đơn vị",
        examples=["{h_thach_lam: {by: 2030-11-10}}"],
    )

    ahead: int | None = Field(
        None,
        ge=1,
        le=60,
        description="Của giai đoạn tuyên truyền: kế hoạch tuyên truyền gửi trước ngày họp theo kế hoạch mấy ngày làm "
        "việc; khối, đơn vị có hạn riêng thì theo hạn riêng",
        examples=["5"],
    )

    def of(self, unit: str, block: str) -> Deadline:
        """Return the date of a unit of a block: its own, else its block's, else the stage's."""
        return self.units.get(unit) or self.blocks.get(block) or self

    @model_validator(mode="after")
    def _opens_first(self) -> StageDates:
        if self.opens > self.last_day:
            raise UnfitError(
                f"mở ngày {format_date(self.opens)}, sau ngày cuối là {format_date(self.last_day)}",
                f"Lùi «{'before' if self.before else 'by'}», hoặc mở sớm hơn («opens»).",
            )
        return self

    @property
    def opening(self) -> datetime:
        """The moment the stage opens: 00:00 of its day, Vietnam time."""
        return datetime.combine(self.opens, time(), VIETNAM)


class Span(Protocol):
    """What is open from a moment on, until another."""

    @property
    def start(self) -> datetime:
        """The first moment."""

    @property
    def end(self) -> datetime:
        """The first moment after it."""


S = TypeVar("S", bound=Span)


def present(campaigns: Iterable[S], now: datetime, at: datetime | None = None) -> S | None:
    """Return the campaign that is meant where none is named; None before the first begins.

    It is the one that was open at a moment of its own (a run's date), else the one that is open now, else the last that
    began: whoever comes late still means the campaign that was. Of two that overlap it is the later one.
    """
    by_start = sorted(campaigns, key=lambda each: each.start, reverse=True)
    for moment in (now if at is None else at, now):
        for each in by_start:
            if each.start <= moment < each.end:
                return each
    return next((each for each in by_start if each.start <= now), None)


_DAY_FIRST = re.compile(r"(?:ngày\s+)?(\d{1,2})\s*(?:[/.-]|tháng)\s*(\d{1,2})\s*(?:[/.-]|năm)\s*(\d{4}|\d{2})")
_YEAR_FIRST = re.compile(r"(\d{4})(?:\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{1,2})|(\d{2})(\d{2}))")
_NO_YEAR = re.compile(r"(?:ngày\s+)?\d{1,2}\s*(?:[/.-]|tháng)\s*\d{1,2}")

_HOUR = re.compile(r"(.*\d)(?:t|\s+(?:lúc\s+)?)\d{1,2}\s*(?::|h|giờ).*")
_DASHES = str.maketrans("‐‑‒–—−", "------")
_SHORT_YEAR = re.compile(r"(\d\d)-(\d\d)-(\d\d)")

_HOW = "Ghi năm-tháng-ngày, ví dụ 2030-11-05."


def say_wrong_date(given: str) -> tuple[str, str]:
    """Return what is wrong with a date that is not written as plans have it, and how to write it."""
    text = given.strip().casefold().translate(_DASHES)
    if found := _HOUR.fullmatch(text):
        how = read_day(found[1]) or "như 2030-11-05"
        return f"«{given}» có cả giờ: hạn của kế hoạch tính theo ngày", f"Chỉ ghi năm-tháng-ngày: {how}."
    if found := _SHORT_YEAR.fullmatch(text):
        ways = [f"20{found[1]}-{found[2]}-{found[3]}", f"20{found[3]}-{found[2]}-{found[1]}"]
        if all(map(read_day, ways)):
            return f"«{given}» chưa đúng cách ghi ngày", f"Ghi năm đủ bốn chữ số: {' hoặc '.join(ways)}."
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
