"""Who might be commended, and on what evidence. These are proposals from the record: people decide."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from statistics import median

from soket.documents.figures import Summary
from soket.documents.indicators import IndicatorSummary
from soket.documents.standing import PaperList
from soket.plan.model import Indicator, Unit
from soket.plan.periods import period_kind, say_period
from soket.text import flat, format_moment, format_number

_SMALL = 10
_PART = "trong do"  # how the name of a part begins, without its marks


@dataclass(frozen=True)
class Commendation:
    """A unit, what it did well, and where that stands on the record."""

    unit: Unit
    merit: str
    evidence: str


def propose(summary: Summary) -> tuple[Commendation, ...]:
    """Return those who lead in a figure; to report in time is no merit, but who did not is not proposed.

    Nor is who has a figure that is odd and that nobody has confirmed.
    """
    in_doubt = {each.unit.code for each in summary.unconfirmed}
    sound = {unit.code for unit in summary.listed(PaperList.ON_TIME)} - in_doubt
    leaders = []
    for form in summary.forms:
        names = {item.indicator.code: item.indicator.name for item in form.indicators}
        leaders += [_fastest(item, sound, names) for item in form.indicators if item.indicator.aggregate == "sum"]
    return tuple(leader for leader in leaders if leader is not None)


def punctual(summary: Summary) -> tuple[Commendation, ...]:
    """Return those who reported in time, whole and right the first time."""
    incomplete = {unit.code for each in summary.sections if each.section.required for unit in each.silent}
    for form in summary.forms:
        for item in form.indicators:
            if item.indicator.required:
                incomplete |= {unit.code for year in item.years for unit in year.missing}
    return tuple(
        Commendation(
            unit,
            "Gửi báo cáo đúng hạn, đầy đủ, được tiếp nhận ngay lần nộp đầu",
            f"Biên nhận hồ sơ lần 1: {format_moment(receipt.received_at)}",
        )
        for unit in summary.listed(PaperList.ON_TIME)
        if (receipt := summary.receipts.get(unit.code)) is not None
        and receipt.number == 1
        and unit.code not in incomplete
    )


def _named(indicator: Indicator, names: Mapping[str, str]) -> str:
    """Return what a part of an indicator is called where the whole does not stand above it."""
    whole = names.get(indicator.code.partition(".")[0])
    if whole is None or not flat(indicator.name).startswith(_PART):
        return indicator.name
    return f"{whole}, trong đó {indicator.name[len(_PART) :].lstrip(', :')}"


def _fastest(item: IndicatorSummary, among: Collection[str], within: Mapping[str, str]) -> Commendation | None:
    """Return the unit, among some, whose figure rose most between the first and the last year; None where none rose.

    A small figure rises fast: one below half of what is usual, or below ten, leads nobody.
    """
    if len(like := [each for each in item.years if period_kind(each.year) == period_kind(item.years[-1].year)]) < 2:
        return None
    first, last = like[0], like[-1]
    bases = [value.value for value in first.by_unit.values() if value.value > 0]
    least = max(_SMALL, median(bases) / 2) if bases else _SMALL
    risen = [
        (now.value / before.value - 1, before, now)
        for code, now in last.by_unit.items()
        if (before := first.by_unit.get(code)) is not None and before.value >= least and now.value > before.value
    ]
    best = max(risen, key=lambda each: each[0], default=None)
    if best is None or len(risen) < 2 or best[2].unit.code not in among:  # one alone leads nobody
        return None
    share, before, now = best
    name, measure = _named(item.indicator, within), item.indicator.unit_of_measure
    return Commendation(
        now.unit,
        f"Tăng nhanh nhất về {name} ({measure}): {format_number(before.value)} "
        f"{say_period(first.year)} lên {format_number(now.value)} {say_period(last.year)}, "
        f"tăng {format_number(round(share * 100, 1))}%",
        f"Hồ sơ lần {now.submission}, tệp {now.file}, ô {before.cell} và {now.cell}",
    )
