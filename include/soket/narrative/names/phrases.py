"""How prose calls the indicators of a form, the unit's whole area and sites in it, and the words that only link."""

from __future__ import annotations

import re
from functools import lru_cache

from soket.narrative.sentences.marks import unnumbered
from soket.narrative.sentences.stops import CAPITALS
from soket.plan.model import Indicator, IndicatorForm, Plan, Unit
from soket.text import fold, nfc

_LEADS = re.compile(r"^(?:trong do,? |so |tong so |tong )+")

# Words that say nothing more about a figure. Any other word makes the link uncertain: a place, a month, an average.
LINKING = frozenset(
    fold(
        "năm trong đạt đón được thu hút phục vụ là có khoảng trên hơn gần xấp xỉ ước chừng vượt ngoài ~ ≈ lên tới với "
        "toàn huyện đơn vị cả đã số con mức ở chỉ còn riêng cao thấp nhất cụ thể đến hết tổng cộng về từ xuống thực "
        "hiện kết quả của do du lịch"
    ).split()
)


# A unit's whole area by other names: as single words they would mean other things.
WHOLE = re.compile(r"\b(?:(?:thi xa|thanh pho|dia ban|dia phuong)\b|t[px]\b\.?)")
# Of one of these, by its name, a figure may be that names no indicator: "khu sinh thái thác Mơ năm 2029 đón 87 lượt".
_SITE = re.compile(
    r"\b(?i:khu|điểm|cụm|tuyến|thôn|xóm|bản|làng|xã|phường|thị trấn|chùa|đền|chợ|cảng|trường|trạm|khách sạn|nhà nghỉ|"
    r"công ty|doanh nghiệp|hợp tác xã|htx|tổ hợp tác|hộ (?:ông|bà|anh|chị))\b"
    rf"(?: [^\W\d]+){{0,4}}? [{CAPITALS}]"
)

# Above the line: powers after a unit of measure or ten are its own; after a figure or a word they are marks of notes.
_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_POWERS = re.compile(rf"(?<=\b[mMdc])[²³]|(?<=\b[kdc]m)[²³]|(?<=\b10)[⁺⁻]?[{_RAISED}]+")
_NOTE_MARKS = re.compile(rf"⁽?[{_RAISED}]+⁾?|\[\d{{1,3}}\]")


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


def _digits(powers: re.Match[str]) -> str:
    plain = powers[0].translate(str.maketrans(_RAISED, "0123456789"))
    return plain if powers.string[powers.start() - 1] in "mM" else f"^{plain}"


def plain_words(sentence: str) -> str:
    """Return a sentence folded, without what stands before its words and without marks of notes."""
    return unnumbered(fold(_NOTE_MARKS.sub("", _POWERS.sub(_digits, sentence))))


def names_a_site(text: str) -> bool:
    """Whether a text names one site, commune or house: a figure that names no indicator may be of that."""
    return _SITE.search(nfc(text)) is not None
