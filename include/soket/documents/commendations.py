"""Who might be commended, and on what evidence. These are proposals from the record: people decide."""

from __future__ import annotations

from dataclasses import dataclass

from soket.documents.figures import IndicatorSummary, Summary
from soket.plan.model import Unit
from soket.text import format_moment, format_number


@dataclass(frozen=True)
class Commendation:
    """A unit, what it did well, and where that stands on the record."""

    unit: Unit
    merit: str
    evidence: str


def propose(summary: Summary) -> tuple[Commendation, ...]:
    """Return those who lead in a figure, then those who reported in time, whole and right the first time."""
    return (*_leaders(summary), *_reported_well(summary))


def _reported_well(summary: Summary) -> list[Commendation]:
    incomplete = {unit.code for each in summary.sections if each.section.required for unit in each.silent}
    for form in summary.forms:
        for item in form.indicators:
            if item.indicator.required:
                incomplete |= {unit.code for year in item.years for unit in year.missing}
    return [
        Commendation(
            unit,
            "Gửi báo cáo đúng hạn, đầy đủ, được tiếp nhận ngay lần nộp đầu",
            f"Biên nhận hồ sơ lần 1: {format_moment(receipt.received_at)}",
        )
        for unit in summary.listed("on_time")
        if (receipt := summary.receipts.get(unit.code)) is not None
        and receipt.number == 1
        and unit.code not in incomplete
    ]


def _leaders(summary: Summary) -> list[Commendation]:
    items = [item for form in summary.forms for item in form.indicators if item.indicator.aggregate == "sum"]
    return [leader for item in items if (leader := _fastest(item)) is not None]


def _fastest(item: IndicatorSummary) -> Commendation | None:
    """Return the unit whose figure rose most between the first and the last year; None where none rose."""
    if len(item.years) < 2:
        return None
    first, last = item.years[0], item.years[-1]
    risen = [
        (now.value / before.value - 1, before, now)
        for code, now in last.by_unit.items()
        if (before := first.by_unit.get(code)) is not None and before.value > 0 and now.value > before.value
    ]
    if len(risen) < 2:  # one alone leads nobody
        return None
    share, before, now = max(risen, key=lambda each: each[0])
    indicator = item.indicator
    return Commendation(
        now.unit,
        f"Tăng nhanh nhất về {indicator.name} ({indicator.unit_of_measure}): {format_number(before.value)} năm "
        f"{first.year} lên {format_number(now.value)} năm {last.year}, tăng {format_number(round(share * 100, 1))}%",
        f"Hồ sơ lần {now.submission}, tệp {now.file}, ô {before.cell} và {now.cell}",
    )
