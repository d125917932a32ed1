"""What is said of figures that no report could keep: sums of themselves, of unlike things; targets out of bounds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from soket.plan.fault import DataPath, UnplacedFault
from soket.plan.model import OrderRule, RangeRule, SumRule, Target
from soket.plan.nature_checks import aggregate_of
from soket.plan.references import circles, names, select, sound
from soket.plan.schema_errors import listed
from soket.plan.tables import whole_of
from soket.text import as_spelt, format_number


def check_sums(data: dict[str, Any]) -> Iterator[UnplacedFault]:
    """Find totals that are parts of their own parts, and totals measured otherwise than what they are made of."""
    for path, form in select(data, "forms.*"):
        rules = [((*path, *rest), rule) for rest, rule in sound(form, "rules.*", SumRule)]
        yield from _circles(rules)
        codes = {path[:2]: code for path, code in names(form, "indicators.*.code")}
        measured = names(form, "indicators.*.unit_of_measure")
        measures = {codes[at[:2]]: measure for at, measure in measured if at[:2] in codes}
        for here, rule in rules:
            yield from _unlike(here, rule, measures)
        for rest, order in sound(form, "rules.*", OrderRule):
            of_whole, of_part = measures.get(order.smaller), measures.get(order.larger)
            if whole_of(order.larger, measures) == order.smaller and of_whole == of_part:
                words = f"«{order.larger}» là một phần của «{order.smaller}» (theo mã), không lớn hơn nó được"
                hint = f"Đổi chỗ: smaller: {order.larger}, larger: {order.smaller}."
                yield UnplacedFault((*path, *rest, "larger"), words, hint)


def _circles(rules: list[tuple[DataPath, SumRule]]) -> Iterator[UnplacedFault]:
    parts: dict[str, list[str]] = {}
    for _, rule in rules:
        parts.setdefault(rule.total, []).extend(part for part in rule.parts if part != rule.total)  # told elsewhere
    for circle in circles(parts):
        last = max(at for at, (_, rule) in enumerate(rules) if rule.total in circle)
        path, rule = rules[last]
        way = ", ".join(
            f"«{part}» là phần của «{total}»" for total, part in zip(circle, (*circle[1:], circle[0]), strict=True)
        )
        message = f"tổng «{rule.total}» là một phần của chính nó: {way}"
        yield UnplacedFault(
            (*path, "parts"), message, f"Không số liệu nào đúng cả hai: bỏ một trong {listed([*circle])}."
        )


def _unlike(path: DataPath, rule: SumRule, measures: dict[str, str]) -> Iterator[UnplacedFault]:
    of_total = measures.get(rule.total)
    for at, part in enumerate(rule.parts):
        of_part = measures.get(part)
        if of_total and of_part and as_spelt(of_total) != as_spelt(of_part):
            message = (
                f"tổng «{rule.total}» tính bằng «{of_total}» mà phần «{part}» tính bằng «{of_part}»: không cộng được"
            )
            yield UnplacedFault((*path, "parts", at), message, "Sửa «parts», hoặc ghi cùng một đơn vị tính.")


def check_targets(data: dict[str, Any]) -> Iterator[UnplacedFault]:
    """Find targets outside the bounds of each value, where it is each value that is to reach them."""
    forms = {path[:2]: code for path, code in names(data, "forms.*.code")}
    own: dict[str, list[tuple[DataPath, Target]]] = {}
    for path, target in sound(data, "campaigns.*.own.forms.*.targets.*", Target):
        own.setdefault(f"{path[4]} {path[6]}", []).append((path, target))
    for path, indicator in select(data, "forms.*.indicators.*"):
        bounds = [rule for _, rule in sound(indicator, "rules.*", RangeRule)]
        here = [((*path, *rest), target) for rest, target in sound(indicator, "target", Target)]
        if not bounds or not isinstance(indicator, dict):
            continue
        here += own.get(f"{forms.get(path[:2])} {indicator.get('code')}", [])
        for place, target in here:
            for rule in bounds:
                yield from _beyond(place, target, rule, aggregate_of(indicator))


def _beyond(path: DataPath, target: Target, rule: RangeRule, aggregate: object) -> Iterator[UnplacedFault]:
    if target.scope == "total" and aggregate == "sum":
        return  # the bounds are each unit's, the target all units' together
    least, most = rule.min, rule.max
    if (least is not None and target.value < least) or (most is not None and target.value > most):
        bounds = " ".join(
            f"{word} {format_number(bound)}" for word, bound in (("từ", least), ("đến", most)) if bound is not None
        )
        message = f"mục tiêu {format_number(target.value)} nằm ngoài khoảng giá trị của chính chỉ tiêu ({bounds})"
        yield UnplacedFault((*path, "value"), message, f"Sửa mục tiêu, hoặc khoảng ở quy tắc «{rule.code}».")


CHECKS = (check_sums, check_targets)
