"""What was probably not meant in the tables of a plan that can be used: a digit or a line too many."""

from __future__ import annotations

import re
from collections.abc import Iterator

from soket.plan.fault import DataPath, UnplacedFault
from soket.plan.model import OrderRule, Plan, RangeRule
from soket.plan.periods import PeriodId, months_of, say_period
from soket.plan.tables import Indicator, whole_of
from soket.text import as_spelt, fold, format_number

_WHOLE = 100  # per cent
# What may well be more than the whole: growth, and how far a plan was fulfilled.
_BEYOND = re.compile(r"\b(?:tang|giam|toc do|hoan thanh|dat|so voi|chi so|phat trien)\b")


def columns_to_come(plan: Plan) -> Iterator[UnplacedFault]:
    """Find columns that begin when the last campaign is over: nobody has figures of them."""
    over = max(campaign.closes for campaign in plan.campaigns)
    columns: list[tuple[DataPath, PeriodId]] = [
        (("forms", at, "years", column), period)
        for at, form in enumerate(plan.forms)
        for column, period in enumerate(form.years)
    ]
    columns += [
        (("campaigns", at, "own", "forms", code, "years", column), period)
        for at, campaign in enumerate(plan.campaigns)
        for code, own in (campaign.own.forms or {}).items()
        for column, period in enumerate(own.years or ())
    ]
    for path, period in columns:
        if months_of(period)[0] > over.year * 12 + over.month:
            words = f"{say_period(period)} chưa đến khi đợt cuối đã hết: đơn vị chưa có số để ghi"
            yield UnplacedFault(path, words, "Xem lại năm; đúng là số kế hoạch, dự báo thì để nguyên.")


def lines_twice(plan: Plan) -> Iterator[UnplacedFault]:
    """Find indicators of one form, or parts of one indicator, with one name and one measure."""
    for at, form in enumerate(plan.forms):
        codes = [each.code for each in form.indicators]
        first: dict[tuple[str | None, str, str], DataPath] = {}
        for index, each in enumerate(form.indicators):
            path: DataPath = ("forms", at, "indicators", index, "name")
            meaning = as_spelt(each.name), as_spelt(each.unit_of_measure)
            key = (whole_of(each.code, codes), *meaning)
            first.setdefault((each.code, *meaning), path)  # no part of it is called what it is
            if (earlier := first.setdefault(key, path)) != path:
                words = f"chỉ tiêu «{each.name}» ghi hai lần trong một biểu: đơn vị không biết điền số nào ở dòng nào"
                yield UnplacedFault(path, words, "Bỏ một dòng, hoặc ghi tên cho khác.", first=earlier)


def parts_measured_otherwise(plan: Plan) -> Iterator[UnplacedFault]:
    """Find parts that are held against their whole, and measured otherwise than it is."""
    for at, form in enumerate(plan.forms):
        lines = {each.code: index for index, each in enumerate(form.indicators)}
        for rule in form.rules:
            if not isinstance(rule, OrderRule) or whole_of(rule.smaller, lines) != rule.larger:
                continue
            part, whole = (form.indicators[lines[code]].unit_of_measure for code in (rule.smaller, rule.larger))
            if as_spelt(part) != as_spelt(whole):
                yield UnplacedFault(
                    ("forms", at, "indicators", lines[rule.smaller], "unit_of_measure"),
                    f"«{rule.smaller}» tính bằng «{part}», mà «{rule.larger}», gồm cả nó, tính bằng «{whole}»",
                    f"Ghi cùng một đơn vị tính, hoặc bỏ quy tắc «{rule.code}».",
                )


def more_than_the_whole(plan: Plan) -> Iterator[UnplacedFault]:
    """Find shares whose bound or target is more than all there is."""
    for at, form in enumerate(plan.forms):
        for index, each in enumerate(form.indicators):
            if each.unit_of_measure.strip() != "%" or _BEYOND.search(fold(each.name)):
                continue
            for path, value in _limits(each):
                if value > _WHOLE:
                    yield UnplacedFault(
                        ("forms", at, "indicators", index, *path),
                        f"tỷ lệ đến {format_number(value)}%: thừa chữ số?",
                        "Tỷ lệ của một phần trong tổng số không quá 100%; đúng là hơn thì để nguyên.",
                    )


def _limits(indicator: Indicator) -> Iterator[tuple[DataPath, float]]:
    if indicator.target:
        yield ("target", "value"), indicator.target.value
    for at, rule in enumerate(indicator.rules):
        if isinstance(rule, RangeRule) and rule.max is not None:
            yield ("rules", at, "max"), rule.max


CHECKS = (columns_to_come, lines_twice, parts_measured_otherwise, more_than_the_whole)
