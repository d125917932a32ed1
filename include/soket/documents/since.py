"""What came between two papers of one campaign: the reports that the later one has, and the totals that they moved."""

from __future__ import annotations

from dataclasses import dataclass

from soket.documents.figures import FormSummary, Summary, in_order
from soket.documents.sentences import name_of, names
from soket.plan.model import Unit
from soket.plan.periods import say_period
from soket.text import format_amount, upper_first

_MOVED = 3  # totals that are named


@dataclass(frozen=True)
class Between:
    """The reports that one summary has and an earlier one had not, or had in an earlier version; and what is gone."""

    added: tuple[Unit, ...]
    replaced: tuple[Unit, ...]
    dropped: tuple[Unit, ...]
    moved: tuple[str, ...]  # totals, in words

    def __bool__(self) -> bool:
        return bool(self.added or self.replaced or self.dropped)

    def in_words(self, earlier: str) -> str:
        """Say it in one sentence; `earlier` is what the earlier paper is called."""
        came = [
            f"{what} {names(units)}"
            for what, units in (
                ("thêm báo cáo của", self.added),
                ("báo cáo gửi lại của", self.replaced),
                ("không còn báo cáo của", self.dropped),
            )
            if units
        ]
        more = [f"và {len(self.moved) - _MOVED} số tổng khác"] if len(self.moved) > _MOVED else []
        moved = "; ".join([*self.moved[:_MOVED], *more])
        return f"So với {earlier}: {'; '.join(came)}; {moved or 'các số tổng không đổi'}."


def between(before: Summary, now: Summary) -> Between:
    """Compare what two summaries of one plan rest on, and the latest totals of each of their indicators."""
    then, counting = before.basis, now.basis
    unit_of = {unit.code: unit for unit in now.plan.units}
    return Between(
        added=in_order(unit_of[code] for code in counting if code not in then),
        replaced=in_order(unit_of[code] for code in counting if then.get(code, counting[code]) != counting[code]),
        dropped=in_order(unit_of[code] for code in then if code not in counting and code in unit_of),
        moved=tuple(line for form in zip(before.forms, now.forms, strict=True) for line in _moved(*form)),
    )


def _moved(before: FormSummary, now: FormSummary) -> list[str]:
    """Return the totals of a form that are not what they were, the latest of each indicator, the wholes first."""
    earlier = {item.indicator.code: {year.year: year.total for year in item.years} for item in before.indicators}
    lines = []
    for item in sorted(now.indicators, key=lambda item: "." in item.indicator.code):
        latest = item.latest
        if latest is None or latest.total is None:
            continue
        was = earlier.get(item.indicator.code, {}).get(latest.year)
        if was != latest.total:
            before_it = "chưa có" if was is None else format_amount(was, item.indicator.unit_of_measure)
            amount = format_amount(latest.total, item.indicator.unit_of_measure)
            lines.append(
                f"{upper_first(name_of(item.indicator))} {say_period(latest.year)} từ {before_it} thành {amount}"
            )
    return lines
