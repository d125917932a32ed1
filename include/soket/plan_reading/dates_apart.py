"""Dates that stand apart from who is to keep them: a timetable above or below the paragraph that names the bodies."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from soket.plan_reading.duties import Obligation
from soket.plan_reading.passages import Passage
from soket.plan_reading.works import Work
from soket.text import flat


def date_of_work(duties: Sequence[Obligation], work: Work) -> Obligation | None:
    """Return the one duty that dates a work and names nobody; None where there are none or several."""
    found = [each for each in _nobodys(duties) if work in each.works]
    return found[0] if len(found) == 1 else None


def date_of_reports(duties: Sequence[Obligation], passages: Collection[Passage]) -> Obligation | None:
    """Return the last date of a list of reports under the heading of passages that date none: "Báo cáo năm: …"."""
    headings = {passage.above[0] for passage in passages if passage.above}
    found = [
        each
        for each in _nobodys(duties)
        if flat(each.passage.text).startswith("bao cao") and headings.intersection(each.passage.above[:1])
    ]
    return max(found, key=_last_day, default=None)


def _last_day(each: Obligation) -> date:
    return each.when.deadline.last_day if each.when and each.when.deadline else date.min


def _nobodys(duties: Sequence[Obligation]) -> list[Obligation]:
    return [each for each in duties if not each.who and each.when and each.when.deadline]
