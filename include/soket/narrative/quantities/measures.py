"""Units of measure as people state them, and whether one can be turned into another with certainty."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from soket.narrative.quantities.numbers import NotANumber, Reading, parse_number, split_number
from soket.text import fold

MONEY, PERCENT, PER_MILLE = "₫", "%", "‰"
FOREIGN = {"usd", "do la", "do la my", "eur", "euro"}

# Powers of ten, the longest first: how prose says them, and what only tables write.
_SCALES = (
    (r"(?:nghin|ngan) (?:ty|ti)", "", 12),
    (r"ty|ti", r"1[. ]?000[. ]?000[. ]?000", 9),
    (r"trieu", r"1[. ]?000[. ]?000|tr", 6),
    (r"nghin|ngan", r"1[. ]?000|ng", 3),
    ("", "tram", 2),
    ("", "chuc", 1),
)
SCALE = "|".join([*(said for said, _, _ in _SCALES if said), r"tr(?:d\b|\.? ?(?=d\b|dong\b))"])
"""A pattern for a scale in folded prose; "tr.đ" has one, too."""

MEASURED_IN = "don vi tinh|don vi|dvt|dv tinh|dv"
"""What says that a unit of measure follows, in folded words."""

# A scale ends with its word, or before the letter or word that is the currency: "tr.đ", "trđ", "1000đ".
_ENDS = r"(?! le)(?=$|[ .]|d$|dong|vnd)"
_SCALED = [(re.compile(rf"(?:{'|'.join(filter(None, words))}){_ENDS}[ .]*"), scale) for *words, scale in _SCALES]
_MONEY = {"d", "dong", "vnd", "vn dong", "dong vn", "viet nam dong", "dong viet nam"}
_PERCENT = {"%", "phan tram", "ty le %"}
_EACH = re.compile(r"/ ?(?:1 ?)?(ngay|dem|tuan|thang|quy|nguoi|ho|khach|phong|buong)\b")
_LEAST_SHARE = 1_000  # of a scaled unit, that an amount in đồng has at least
_SHORT = {"ng", "tr", "t"}  # scales, unless what is counted begins so
_SAME_WORDS = {"phong": "buong"}


@dataclass(frozen=True)
class Measure:
    """A unit of measure: so many powers of ten of something; `base` "" where only the scale is stated."""

    text: str
    scale: int
    base: str

    @property
    def factor(self) -> float:
        """How many of its base one is."""
        return float(10**self.scale)

    @cached_property
    def words(self) -> frozenset[str]:
        """The words that it is counted in, in prose."""
        if self.base == MONEY:
            return frozenset(name for name in _MONEY if " " not in name)
        own = self.base.split()
        return frozenset({*own, *(word for word, same in _SAME_WORDS.items() if same in own)})

    @property
    def certain(self) -> bool:
        """Whether the words can be nothing else than a unit of measure."""
        return self.scale > 0 or self.base in (MONEY, PERCENT) or self.base in FOREIGN

    def is_of(self, other: Measure) -> bool:
        """Return whether it measures the same thing, as far as the words tell."""
        if not self.base or not other.base or self.base == other.base:
            return True
        if {self.base, other.base} & {MONEY, PERCENT, PER_MILLE, *FOREIGN}:
            return False
        mine, others = set(self.base.split()), set(other.base.split())
        return (mine <= others or others <= mine) and self._each() == other._each()

    def _each(self) -> set[str]:
        """Return of what it is counted for each one: of "lượt khách/ngày" a day."""
        return set(_EACH.findall(fold(self.text)))

    def clashes_with(self, other: Measure) -> bool:
        """Return whether a number in one cannot stand for a number in the other, whatever the words mean."""
        kinds = ({MONEY}, {PERCENT}, {PER_MILLE}, FOREIGN)
        return self.scale != other.scale or any((self.base in kind) != (other.base in kind) for kind in kinds)

    def is_too_little(self, number: float, other: Measure) -> bool:
        """Return whether a number in đồng is so little that the other, scaled one must be meant: "118,5đ"."""
        return self.base == MONEY and not self.scale and 0 < abs(number) < other.factor / _LEAST_SHARE

    def convert(self, value: float, other: Measure) -> float:
        """Return a number of this measure as one of another of the same thing."""
        power = self.scale - other.scale
        factor = float(10 ** abs(power))
        converted = value * factor if power >= 0 else value / factor
        return round(converted, 9)


@lru_cache(maxsize=4096)
def parse_measure(text: str) -> Measure | None:
    """Return the unit of measure that a text states; None for none."""
    shown = " ".join(text.split()).strip("()[]:;,. ")
    plain = fold(shown)
    if not plain:
        return None
    scale, plain = _split_scale(plain)
    base = " ".join(re.sub(r"[^\w%‰]+", " ", plain).split())
    if base in _MONEY:
        base = MONEY
    elif base in _PERCENT:
        base = PERCENT
    else:
        base = " ".join(_SAME_WORDS.get(word, word) for word in base.split())
    return Measure(shown, scale, base) if scale or base else None


def measure_for(text: str, wanted: Measure) -> Measure | None:
    """Return the unit of measure that a text states where another is wanted: "ng" is nghìn, but of people người."""
    plain = fold(text).strip(" .()[]")
    if plain in _SHORT and wanted.scale == 0 and wanted.base.startswith(plain):
        return Measure(" ".join(text.split()), 0, wanted.base)
    return parse_measure(text)


def measure_of(unit_of_measure: str) -> Measure:
    """Return the measure that a plan names, whatever it says."""
    return parse_measure(unit_of_measure) or Measure(unit_of_measure, 0, "")


def factor_of(scale: str) -> float:
    """Return what a scale that prose says multiplies by."""
    return float(10 ** _split_scale(scale)[0])


def number_and_measure(text: str, wanted: Measure | None = None) -> tuple[Reading, Measure | None]:
    """Return the number that a text is, or begins with, and the unit of measure after it: "1.200 lượt".

    Where a unit is wanted, what the measure is short for is understood by that: "62ng" of people.
    """
    reading = parse_number(text)
    if isinstance(reading, NotANumber):
        digits, words = split_number(text)
        if digits and (measure := measure_for(words, wanted) if wanted else parse_measure(words)):
            return parse_number(digits), measure
    return reading, None


def _split_scale(plain: str) -> tuple[int, str]:
    """Return the power of ten that folded words begin with, and the words after it."""
    for pattern, scale in _SCALED:
        if match := pattern.match(plain):
            return scale, plain[match.end() :]
    return 0, plain
