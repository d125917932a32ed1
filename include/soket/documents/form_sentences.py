"""What a form came to, in sentences: each indicator, with whose parts do not come to it, and who gave no figures."""

from __future__ import annotations

from math import fsum

from soket.documents.figures import FormSummary
from soket.documents.indicators import IndicatorSummary
from soket.documents.sentences import indicator_sentence, names
from soket.plan.model import SumRule
from soket.plan.periods import PeriodId, say_periods
from soket.text import first_units

_NAMED = 3  # units


def form_sentences(form: FormSummary) -> list[str]:
    """Return what a form came to, a paragraph an indicator, those that are parts inside their whole's."""
    reported = len(form.units) - len(form.absent)
    return [indicator_sentence(item, reported=reported) + _unlike_parts(form, item) for item in form.wholes]


def _unlike_parts(form: FormSummary, item: IndicatorSummary) -> str:
    """Return after a sentence about a whole why its parts do not come to it; "" where they do, or need not."""
    rules = [each for each in form.form.rules if isinstance(each, SumRule) and each.total == item.indicator.code]
    if not rules or (latest := item.sound.latest) is None:
        return ""
    unlike = {code for rule in rules for code in _unlike(rule, item.sound, latest.year)}
    called = [unit.called for unit in form.units if unit.code in unlike]
    told = first_units(called, _NAMED, ", ")
    return f" Các phần cộng lại không bằng tổng, do {told} ghi tổng khác các phần." if called else ""


def _unlike(rule: SumRule, item: IndicatorSummary, period: PeriodId) -> set[str]:
    """Return the units whose figures of one period do not keep a rule."""
    whole = item.at(period)
    found = [part.at(period) for part in item.parts if part.indicator.code in rule.parts]
    parts = [each.by_unit for each in found if each is not None]
    if whole is None or len(parts) < len(rule.parts):
        return set()
    return {
        code
        for code, value in whole.by_unit.items()
        if all(code in each for each in parts)
        and abs(value.value - fsum(each[code].value for each in parts)) > rule.tolerance
    }


def gap_sentence(form: FormSummary) -> str | None:
    """Return which units are missing from a form altogether; None if none is."""
    if not form.absent:
        return None
    return f"Số liệu trên chưa có phần của {len(form.absent)}/{len(form.units)} đơn vị: {names(form.absent)}."


def partial_gaps(form: FormSummary) -> list[str]:
    """Return, for units that gave some figures, which indicators and years they left out."""
    absent = {unit.code for unit in form.absent}
    lines = []
    for unit in form.units:
        if unit.code in absent:
            continue
        gaps = []
        for item in form.indicators:
            years = [year.year for year in item.years if unit.code not in year.by_unit]
            if years:
                every = f"tất cả các {'năm' if all(isinstance(year, int) for year in years) else 'kỳ'}"
                gaps.append(f"{item.indicator.code} {every if len(years) == len(item.years) else _years(years)}")
        if gaps:
            lines.append(f"{unit.name}: {'; '.join(gaps)}")
    return lines


def _years(periods: list[PeriodId]) -> str:
    in_years = all(isinstance(each, int) for each in periods)
    return f"năm {', '.join(map(str, periods))}" if in_years else say_periods(periods)
