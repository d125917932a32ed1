"""Units of measure as people state them, and whether one can be turned into another with certainty."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from soket.text import fold

MONEY, PERCENT = "₫", "%"

# The longest first: "nghìn tỷ" before "nghìn".
_SCALES = (
    (r"(?:nghin|ngan) (?:ty|ti)", 12),
    (r"1[. ]?000[. ]?000[. ]?000|ty(?! le)|ti(?! le)", 9),
    (r"1[. ]?000[. ]?000|trieu|tr", 6),
    (r"1[. ]?000|nghin|ngan|ng", 3),
    (r"tram", 2),
    (r"chuc", 1),
)
# A scale ends with its word, or before the letter or word that is the currency: "tr.đ", "trđ", "1000đ".
_ENDS = r"(?=$|[ .]|d$|dong|vnd)"
_SCALED = [(re.compile(rf"(?:{words}){_ENDS}[ .]*"), scale) for words, scale in _SCALES]
_MONEY = {"d", "dong", "vnd", "vn dong", "dong vn", "viet nam dong", "dong viet nam"}
_PERCENT = {"%", "phan tram", "ty le %"}
_FOREIGN = {"usd", "do la", "do la my", "eur", "euro"}
_SAME_WORDS = {"phong": "buong"}


@dataclass(frozen=True)
class Measure:
    """A unit of measure: so many powers of ten of something; `base` "" where only the scale is stated."""

    text: str
    scale: int
    base: str

    @property
    def certain(self) -> bool:
        """Whether the words can be nothing else than a unit of measure."""
        return self.scale > 0 or self.base in (MONEY, PERCENT) or self.base in _FOREIGN

    def is_of(self, other: Measure) -> bool:
        """Return whether it measures the same thing, as far as the words tell."""
        if not self.base or not other.base or self.base == other.base:
            return True
        if {self.base, other.base} & {MONEY, PERCENT, *_FOREIGN}:
            return False
        mine, others = set(self.base.split()), set(other.base.split())
        return mine <= others or others <= mine

    def clashes_with(self, other: Measure) -> bool:
        """Return whether a number in one cannot stand for a number in the other, whatever the words mean."""
        kinds = ({MONEY}, {PERCENT}, _FOREIGN)
        return self.scale != other.scale or any((self.base in kind) != (other.base in kind) for kind in kinds)

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
    scale = 0
    for pattern, power in _SCALED:
        if match := pattern.match(plain):
            scale, plain = power, plain[match.end() :]
            break
    base = " ".join(re.sub(r"[^\w%]+", " ", plain).split())
    if base in _MONEY:
        base = MONEY
    elif base in _PERCENT:
        base = PERCENT
    else:
        base = " ".join(_SAME_WORDS.get(word, word) for word in base.split())
    return Measure(shown, scale, base)
