"""What is wrong with a plan's tables of figures: codes that mean two things, rules that make no sense."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

from soket.plan.fault import DataPath, UnplacedFault
from soket.plan.model import Duty, OrderRule, SpreadRule, SumRule
from soket.plan.period_words import MONTH
from soket.plan.periods import PeriodId, before_in, in_order_of_time, period_kind, read_period
from soket.plan.references import names, select, sound, twice, unknown

OUT_OF_ORDER = ("các năm phải tăng dần, không lặp; các kỳ cùng loại cũng vậy", "Xếp lại các năm, các kỳ.")
_PEERS: int = SpreadRule.model_fields["at_least"].default


def check_tables(data: dict[str, Any]) -> Iterator[UnplacedFault]:
    """Find years out of order, and rules between indicators that are not in their table."""
    for path, form in select(data, "forms.*"):
        if out_of_order(form):
            yield UnplacedFault((*path, "years"), *OUT_OF_ORDER)
        known = [name for _, name in names(form, "indicators.*.code")]
        for field in ("rules.*.total", "rules.*.parts.*", "rules.*.smaller", "rules.*.larger"):
            for rest, name in names(form, field):
                if name not in known:
                    yield unknown((*path, *rest), name, "chỉ tiêu", known)


def check_rules(data: dict[str, Any]) -> Iterator[UnplacedFault]:
    """Find rules that add or compare an indicator to itself."""
    for path, total in sound(data, "forms.*.rules.*", SumRule):
        if total.total in total.parts:
            yield UnplacedFault(
                (*path, "parts"), f"tổng «{total.total}» nằm trong chính các phần của nó", "Bỏ khỏi «parts»."
            )
        parts: list[tuple[DataPath, str]] = [((*path, "parts", index), name) for index, name in enumerate(total.parts)]
        yield from twice(parts, "phần «{name}» cộng hai lần", "Bỏ một chỗ.")
    for path, order in sound(data, "forms.*.rules.*", OrderRule):
        if order.smaller == order.larger:
            yield UnplacedFault(path, f"so «{order.smaller}» với chính nó", "Sửa «smaller» hoặc «larger».")


def out_of_order(form: object) -> bool:
    """Whether a form's columns of one kind go back in time, or one comes twice."""
    kinds: defaultdict[str, list[PeriodId]] = defaultdict(list)
    for each in _periods(form):
        kinds[MONTH if period_kind(each).startswith(MONTH) else period_kind(each)].append(each)
    return any(periods != in_order_of_time(periods) for periods in kinds.values())


def check_comparisons(data: dict[str, Any]) -> Iterator[UnplacedFault]:
    """Find rules that have nothing to compare with: no target, no year before, too few units in every block."""
    sizes = Counter(
        unit.get("block")
        for _, unit in select(data, "units.*")
        if isinstance(unit, dict)
        and isinstance(unit.get("block"), str)
        and unit.get("owes", Duty.REPORT) in (Duty.REPORT, Duty.OWN_REVIEW)
    )
    for path, form in select(data, "forms.*"):
        blocks = {name for _, name in names(form, "blocks.*")}
        most = max((sizes[block] for block in blocks), default=0) - 1
        columns = _columns(data, form)
        alone = columns and all(before_in(periods, each) is None for periods in columns for each in periods)
        for rest, indicator in select(form, "indicators.*"):
            for inner, rule in select(indicator, "rules.*"):
                kind = rule.get("kind") if isinstance(rule, dict) else None
                here = (*path, *rest, *inner)
                if kind == "target" and "target" not in indicator:
                    yield UnplacedFault(
                        here, "so với mục tiêu, nhưng chỉ tiêu chưa có «target»", "Thêm «target», hoặc bỏ."
                    )
                elif kind == "target" and not _is_each_units(indicator["target"]):
                    yield UnplacedFault(
                        here,
                        "so số của từng đơn vị với mục tiêu chung của mọi đơn vị («scope: total»)",
                        "Bỏ quy tắc: dự thảo so mục tiêu chung với số cộng chung. Mục tiêu riêng: «scope: unit».",
                    )
                if kind == "yearly_jump" and alone:
                    yield UnplacedFault(
                        here,
                        "so với năm trước, nhưng biểu chỉ có một năm, một kỳ mỗi loại",
                        "Bỏ quy tắc, hoặc thêm năm.",
                    )
                wanted = rule.get("at_least", _PEERS) if kind == "spread" else None
                if isinstance(wanted, int) and wanted > most >= 0:
                    yield UnplacedFault(
                        here,
                        f"cần {wanted} đơn vị cùng khối để so, nhưng không khối nào của biểu có quá {most} đơn vị khác",
                        "Giảm «at_least» (ít nhất 4), hoặc bỏ quy tắc.",
                    )


def _columns(data: dict[str, Any], form: object) -> list[list[PeriodId]]:
    """Return the columns that a form has in each campaign that asks for it, as far as they can be read."""
    code = form.get("code") if isinstance(form, dict) else None
    usual, found = _periods(form), list[list[PeriodId]]()
    for _, campaign in select(data, "campaigns.*"):
        asked = next((own for _, own in select(campaign, "own.forms")), None)
        if not isinstance(asked, dict):
            found.append(usual)
        elif code in asked:
            found.append(_periods(asked[code]) or usual)
    return [each for each in found if each] or ([usual] if usual else [])


def _periods(form: object) -> list[PeriodId]:
    return [each for _, value in select(form, "years.*") if (each := read_period(value)) is not None]


def _is_each_units(target: object) -> bool:
    return isinstance(target, dict) and target.get("scope") == "unit"


def check_indicators(data: dict[str, Any]) -> Iterator[UnplacedFault]:
    """Find codes that mean two indicators: figures of one code are added up over all tables."""
    first: dict[str, tuple[DataPath, object]] = {}
    for path, indicator in select(data, "forms.*.indicators.*"):
        if not isinstance(indicator, dict) or not isinstance(indicator.get("code"), str):
            continue
        code, meaning = indicator["code"], (indicator.get("name"), indicator.get("unit_of_measure"))
        there, earlier = first.setdefault(code, (path, meaning))
        if there[:2] != path[:2] and meaning != earlier:
            message = f"mã chỉ tiêu «{code}» có hai nghĩa ở hai biểu"
            yield UnplacedFault(
                (*path, "code"), message, "Cùng mã thì cùng tên, cùng đơn vị tính; khác thì đổi mã.", first=there
            )


CHECKS = (check_tables, check_rules, check_comparisons, check_indicators)
