"""What a broken rule of the plan says to a unit: which cells, what stands there, what is expected."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from soket.faults import Fault, fault
from soket.intake.comparisons import At, SaidBefore, Usual
from soket.intake.form_rules import FormRule
from soket.intake.places import matter_of
from soket.intake.table import FormTable
from soket.plan.model import (
    Indicator,
    IndicatorForm,
    OrderRule,
    RangeRule,
    RestatedRule,
    Severity,
    SpreadRule,
    SumRule,
    TargetRule,
    YearlyJumpRule,
)
from soket.plan.periods import PeriodId, before_in, say_period, say_periods
from soket.plan.rules import IndicatorRule, TableRule
from soket.text import format_amount, format_number


def _or_why(rule: IndicatorRule | TableRule, check: str = "Kiểm tra lại; nếu đúng,") -> str:
    """Ask for the reason of what is right: how a question is answered is told once, below all of them."""
    return f"{check} nêu lý do{' trong báo cáo' if rule.severity is Severity.CRITICAL else ''}."


@dataclass(frozen=True)
class Beside:
    """What one submission's figures were held against."""

    usual: Mapping[At, Usual] = field(default_factory=dict)
    last_reported: SaidBefore = field(default_factory=SaidBefore)


def faults_of(rule: FormRule, table: FormTable, beside: Beside, years: list[PeriodId]) -> list[Fault]:
    """Return the faults of one rule in one submission, in the years that break it."""
    if isinstance(rule.rule, str):
        return list(_presence_faults(rule, table, years))
    return [_rule_fault(rule, table, beside, year) for year in years]


def _presence_faults(rule: FormRule, table: FormTable, years: list[PeriodId]) -> Iterator[Fault]:
    assert rule.indicator is not None  # noqa: S101 - presence is an indicator's
    named = {"indicator": rule.indicator.code, "name": rule.indicator.name}
    figures = [table.figures[rule.indicator.code, year] for year in years]
    place = "ô " + ", ".join(figure.cell for figure in figures)
    match rule.rule:
        case "integer":
            for figure in figures:
                found = format_number(figure.value or 0.0)
                yield fault("SL-06", table.file, f"ô {figure.cell}", **named, found=found)
        case "blank_row":
            yield fault("BS-04", table.file, place, **named)
        case "blank":
            yield fault("BS-05", table.file, place, **named, years=say_periods(years))


def _rule_fault(rule: FormRule, table: FormTable, beside: Beside, year: PeriodId) -> Fault:
    at = (rule.indicator.code, year) if rule.indicator else ("", year)
    match rule.rule, rule.indicator:
        case RangeRule() as bounds, Indicator() as indicator:
            return range_fault(bounds, indicator, table, year)
        case YearlyJumpRule() as jump, Indicator() as indicator:
            before = before_in(rule.form.years, year)
            assert before is not None  # noqa: S101 - what has none before it breaks no such rule
            return jump_fault(jump, indicator, table, year, before)
        case RestatedRule() as restated, Indicator() as indicator:
            return restated_fault(restated, indicator, table, year, beside.last_reported)
        case SpreadRule() as spread, Indicator() as indicator:
            return spread_fault(spread, indicator, table, year, beside.usual[at])
        case TargetRule() as target, Indicator() as indicator:
            return target_fault(target, indicator, table, year)
        case SumRule() as total, _:
            return sum_fault(total, rule.form, table, year)
        case OrderRule() as order, _:
            return order_fault(order, rule.form, table, year)
    raise AssertionError(rule)


def range_fault(rule: RangeRule, indicator: Indicator, table: FormTable, year: PeriodId) -> Fault:
    """A value lies outside its bounds."""
    value = table.figures[indicator.code, year].value or 0.0
    bounds = []
    if rule.min is not None:
        bounds.append(f"từ {format_number(rule.min)}")
    if rule.max is not None:
        bounds.append(f"đến {format_number(rule.max)}" if bounds else f"không quá {format_number(rule.max)}")
    if rule.max is None:
        bounds.append("trở lên")
    return _broken(
        rule,
        table,
        place=_cells(table, year, indicator.code),
        message=(
            f"{_named(indicator)} {say_period(year)} ghi {_measured(value, indicator)}; "
            f"giá trị hợp lệ {' '.join(bounds)}."
        ),
        advice="Kiểm tra lại số liệu và đơn vị tính.",
    )


def jump_fault(
    rule: YearlyJumpRule, indicator: Indicator, table: FormTable, year: PeriodId, year_before: PeriodId
) -> Fault:
    """A value differs too much from the year before's."""
    value = table.figures[indicator.code, year].value or 0.0
    before = table.figures[indicator.code, year_before].value or 0.0
    change = (
        f"gấp {format_number(value / before)} lần"
        if value >= before
        else f"giảm {format_number(before / value)} lần so với"
    )
    return _broken(
        rule,
        table,
        place=f"{_cells(table, year_before, indicator.code)}, {table.figures[indicator.code, year].cell}",
        message=(
            f"{_named(indicator)} {say_period(year)} là {_measured(value, indicator)}, {change} "
            f"{say_period(year_before)} ({format_number(before)}); mức biến động thường gặp không quá "
            f"{format_number(rule.factor)} lần."
        ),
        advice=_or_why(rule),
    )


def restated_fault(
    rule: RestatedRule, indicator: Indicator, table: FormTable, year: PeriodId, last: SaidBefore
) -> Fault:
    """A value differs from what was reported of that year in the campaign before, by the unit or by those before it."""
    before = last.figures[indicator.code, year]
    whose = f" của {last.whose}, tính theo phần nay thuộc đơn vị," if last.whose else ""
    value = table.figures[indicator.code, year].value or 0.0
    change = f"{'cao' if value > before else 'thấp'} hơn {format_number(abs(value - before))}"
    if before:
        change += f" ({format_number(100 * abs(value - before) / abs(before), 1)}%)"
    return _broken(
        rule,
        table,
        place=_cells(table, year, indicator.code),
        message=(
            f"{_named(indicator)} {say_period(year)} ghi {_measured(value, indicator)}, {change} so với số của chính "
            f"{'năm' if isinstance(year, int) else 'kỳ'} đó trong báo cáo đợt trước{whose} đã được tiếp nhận "
            f"({_measured(before, indicator)}); mức chênh cho phép là {format_number(100 * rule.share)}%."
        ),
        advice=_or_why(rule, "Sửa lại nếu ghi nhầm; nếu số liệu đã được điều chỉnh thì"),
    )


def spread_fault(rule: SpreadRule, indicator: Indicator, table: FormTable, year: PeriodId, usual: Usual) -> Fault:
    """A value is far from what other units of the block report: the words change with those, the matter does not."""
    value = table.figures[indicator.code, year].value or 0.0
    if value > usual.high:
        far, bound = f"gấp {format_number(value / usual.high)} lần mức trên", f"gấp {format_number(rule.factor)} lần"
    else:
        far = f"bằng 1/{format_number(usual.low / value)} mức dưới"
        bound = f"bằng 1/{format_number(rule.factor)}"
    return _broken(
        rule,
        table,
        place=_cells(table, year, indicator.code),
        message=(
            f"{_named(indicator)} {say_period(year)} ghi {_measured(value, indicator)}. Trong {usual.peers} đơn vị "
            f"cùng khối đã gửi trước, một nửa ghi từ {format_number(usual.low)} đến {format_number(usual.high)}; "
            f"số của đơn vị {far}, quá giới hạn {bound}."
        ),
        advice=_or_why(rule, "Kiểm tra lại số liệu và đơn vị tính; nếu đúng,"),
    ).model_copy(update={"matter": matter_of([table.figures[indicator.code, year]])})


def target_fault(rule: TargetRule, indicator: Indicator, table: FormTable, year: PeriodId) -> Fault:
    """How far the last year's value is from the target; no fault of anybody's where the target is not due yet."""
    target = indicator.target
    assert target is not None  # noqa: S101 - the plan's check refuses such a rule without a target
    value = table.figures[indicator.code, year].value or 0.0
    amount = target.in_words(_measured(target.value, indicator))
    example = ", số minh họa" if target.example else ""
    goal = f"mục tiêu của mỗi đơn vị, {say_period(target.year)} ({amount}{example})"
    difference = _measured(abs(value - target.value), indicator)
    if value == target.value:
        stand = f"bằng đúng {goal}"
    else:
        stand = f"{'cao' if value > target.value else 'thấp'} hơn {difference} so với {goal}"
    return _broken(
        rule,
        table,
        place=_cells(table, year, indicator.code),
        message=f"{_named(indicator)} {say_period(year)} là {_measured(value, indicator)}, {stand}.",
        advice="Chỉ để biết, không phải sửa." if rule.severity is Severity.INFO else _or_why(rule),
    )


def sum_fault(rule: SumRule, form: IndicatorForm, table: FormTable, year: PeriodId) -> Fault:
    """A total differs from its parts."""
    total = table.figures[rule.total, year].value or 0.0
    parts = [table.figures[code, year].value or 0.0 for code in rule.parts]
    by_code = {indicator.code: indicator for indicator in form.indicators}
    sum_text = " + ".join(format_number(part) for part in parts)
    return _broken(
        rule,
        table,
        place=_cells(table, year, rule.total, *rule.parts),
        message=(
            f"{_named(by_code[rule.total])} {say_period(year)} ghi {format_number(total)}, nhưng tổng của "
            f"{', '.join(rule.parts)} là {sum_text} = {format_number(sum(parts))}."
        ),
        advice=f"Sửa lại để {rule.total} bằng tổng của {', '.join(rule.parts)}.",
    )


def order_fault(rule: OrderRule, form: IndicatorForm, table: FormTable, year: PeriodId) -> Fault:
    """A part is larger than what it is part of."""
    smaller = table.figures[rule.smaller, year].value or 0.0
    larger = table.figures[rule.larger, year].value or 0.0
    by_code = {indicator.code: indicator for indicator in form.indicators}
    return _broken(
        rule,
        table,
        place=_cells(table, year, rule.smaller, rule.larger),
        message=(
            f"{_named(by_code[rule.smaller])} {say_period(year)} là {format_number(smaller)}, lớn hơn "
            f"{_named(by_code[rule.larger])} ({format_number(larger)})."
        ),
        advice=f"{rule.smaller} không được lớn hơn {rule.larger}; kiểm tra lại cả hai ô.",
    )


def _broken(rule: IndicatorRule | TableRule, table: FormTable, *, place: str, message: str, advice: str) -> Fault:
    """Return a broken rule as a fault of the file that the table stands in."""
    return Fault(code=rule.code, severity=rule.severity, file=table.file, place=place, message=message, advice=advice)


def _named(indicator: Indicator) -> str:
    return f"{indicator.code} «{indicator.name}»"


def _cells(table: FormTable, year: PeriodId, *codes: str) -> str:
    return "ô " + ", ".join(table.figures[code, year].cell for code in codes)


def _measured(value: float, indicator: Indicator) -> str:
    return format_amount(value, indicator.unit_of_measure)
