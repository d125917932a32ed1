"""How prose calls the indicators of a form, and the words that link them to amounts and years."""

from __future__ import annotations

import re
from functools import lru_cache

from soket.plan.model import Indicator, IndicatorForm, Plan, Unit
from soket.text import fold

_LEADS = re.compile(r"^(?:trong do,? |so |tong so |tong )+")

# Words that say nothing more about a figure. Any other word makes the link uncertain: a place, a month, an average.
LINKING = frozenset(
    fold(
        "năm trong đạt đón được thu hút phục vụ là có khoảng trên hơn gần xấp xỉ ước chừng vượt ngoài ~ ≈ lên tới với "
        "toàn huyện đơn vị cả đã số con mức ở chỉ còn riêng cao thấp nhất cụ thể đến hết tổng cộng về từ xuống thực "
        "hiện kết quả của do du lịch"
    ).split()
)


@lru_cache(maxsize=32)
def phrases_of(form_indicators: tuple[Indicator, ...]) -> dict[str, Indicator]:
    """Return the folded phrases that mean one indicator, longest first; one that means two is left out."""
    found: dict[str, Indicator | None] = {}
    for indicator in form_indicators:
        name = fold(indicator.name)
        for phrase in {name, _LEADS.sub("", name), *map(fold, indicator.keywords)}:
            found[phrase] = None if phrase in found else indicator
    single = {phrase: indicator for phrase, indicator in found.items() if indicator is not None and " " in phrase}
    return dict(sorted(single.items(), key=lambda pair: -len(pair[0])))


def pattern_of(form: IndicatorForm) -> str:
    """Return a pattern for any of a form's phrases."""
    phrases = "|".join(map(re.escape, phrases_of(form.indicators)))
    return rf"\b(?:{phrases})\b" if phrases else r"(?!)"


def names_of(plan: Plan, unit: Unit) -> frozenset[str]:
    """Return the words of a unit's names; those of the whole province are no unit's own."""
    own = {word for name in (unit.name, *unit.aliases) for word in re.findall(r"\w+", fold(name))}
    return frozenset(own - {"va", *fold(plan.place).split()})
