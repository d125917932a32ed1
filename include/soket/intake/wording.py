"""What a broken rule of the plan says to a unit: which cells, what stands there, what is expected."""

from __future__ import annotations

from soket.campaign.records import Fault
from soket.intake.table import FormTable
from soket.plan.model import Indicator, IndicatorForm, OrderRule, RangeRule, SumRule, YearlyJumpRule
from soket.text import format_number


def range_fault(rule: RangeRule, indicator: Indicator, table: FormTable, year: int) -> Fault:
    """A value lies outside its bounds."""
    value = table.figures[indicator.code, year].value or 0.0
    bounds = []
    if rule.min is not None:
        bounds.append(f"từ {format_number(rule.min)}")
    if rule.max is not None:
        bounds.append(f"đến {format_number(rule.max)}" if bounds else f"không quá {format_number(rule.max)}")
    if rule.max is None:
        bounds.append("trở lên")
    return Fault(
        code=rule.code,
        severity=rule.severity,
        file=table.file,
        place=_cells(table, year, indicator.code),
        message=f"{_named(indicator)} năm {year} ghi {_measured(value, indicator)}; giá trị hợp lệ {' '.join(bounds)}.",
        advice="Kiểm tra lại số liệu và đơn vị tính.",
    )


def jump_fault(
    rule: YearlyJumpRule, indicator: Indicator, table: FormTable, year: int, year_before: int | None
) -> Fault:
    """A value differs too much from the year before's."""
    assert year_before is not None  # noqa: S101 - the change was measured from it
    value = table.figures[indicator.code, year].value or 0.0
    before = table.figures[indicator.code, year_before].value or 0.0
    change = (
        f"gấp {format_number(value / before)} lần"
        if value >= before
        else f"giảm {format_number(before / value)} lần so với"
    )
    return Fault(
        code=rule.code,
        severity=rule.severity,
        file=table.file,
        place=f"{_cells(table, year_before, indicator.code)}, {table.figures[indicator.code, year].cell}",
        message=(
            f"{_named(indicator)} năm {year} là {_measured(value, indicator)}, {change} năm {year_before} "
            f"({format_number(before)}); mức biến động thường gặp không quá {format_number(rule.factor)} lần."
        ),
        advice="Kiểm tra lại; nếu đúng, nêu lý do trong báo cáo.",
    )


def sum_fault(rule: SumRule, form: IndicatorForm, table: FormTable, year: int) -> Fault:
    """A total differs from its parts."""
    total = table.figures[rule.total, year].value or 0.0
    parts = [table.figures[code, year].value or 0.0 for code in rule.parts]
    by_code = {indicator.code: indicator for indicator in form.indicators}
    sum_text = " + ".join(format_number(part) for part in parts)
    return Fault(
        code=rule.code,
        severity=rule.severity,
        file=table.file,
        place=_cells(table, year, rule.total, *rule.parts),
        message=(
            f"{_named(by_code[rule.total])} năm {year} ghi {format_number(total)}, nhưng tổng của "
            f"{', '.join(rule.parts)} là {sum_text} = {format_number(sum(parts))}."
        ),
        advice=f"Sửa lại để {rule.total} bằng tổng của {', '.join(rule.parts)}.",
    )


def order_fault(rule: OrderRule, form: IndicatorForm, table: FormTable, year: int) -> Fault:
    """A part is larger than what it is part of."""
    smaller = table.figures[rule.smaller, year].value or 0.0
    larger = table.figures[rule.larger, year].value or 0.0
    by_code = {indicator.code: indicator for indicator in form.indicators}
    return Fault(
        code=rule.code,
        severity=rule.severity,
        file=table.file,
        place=_cells(table, year, rule.smaller, rule.larger),
        message=(
            f"{_named(by_code[rule.smaller])} năm {year} là {format_number(smaller)}, lớn hơn "
            f"{_named(by_code[rule.larger])} ({format_number(larger)})."
        ),
        advice=f"{rule.smaller} không được lớn hơn {rule.larger}; kiểm tra lại cả hai ô.",
    )


def _named(indicator: Indicator) -> str:
    return f"{indicator.code} «{indicator.name}»"


def _measured(value: float, indicator: Indicator) -> str:
    joint = "" if indicator.unit_of_measure.startswith("%") else " "
    return f"{format_number(value)}{joint}{indicator.unit_of_measure}"


def _cells(table: FormTable, year: int, *codes: str) -> str:
    return "ô " + ", ".join(table.figures[code, year].cell for code in codes)
