"""Which indicator a row is of: by the hidden mark of our form, by its code or, without one, by its name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from soket.intake.table.captions import unit_at_end
from soket.narrative.quantities.columns import MARK
from soket.narrative.quantities.measures import MEASURED_IN, Measure, parse_measure
from soket.narrative.sentences.marks import unnumbered
from soket.plan.model import Indicator, IndicatorForm
from soket.reading.findings import Cell
from soket.text import fold

_CODE = re.compile(r"CT ?(\d{1,2})((?:\.\d{1,2})?)\.?")
_DEEP_CODE = re.compile(r"CT ?(\d{1,2})((?:\.\d{1,2}){0,2})\.?")  # of forms that have parts of parts
_MARK = re.compile(MARK + r"(CT\d\d(?:\.\d{1,2}){0,2})")
_OF_WHICH = re.compile(r"^trong do\s*[:,]?\s*")
_MEASURE_IN_BRACKETS = re.compile(r"^(.*\S)\s*\(([^()]+)\)\s*(.*)$")
_MEASURE_BEHIND = re.compile(r"^(.*\S)\s*[-–—,;:]\s*([^-–—,;:()]{1,30})$")
_MEASURE_BEFORE = re.compile(r"^\(([^()]+)\)\s*(\S.*)$")
_MEASURED_IN = re.compile(rf"[\s,;:/-]*\b(?:{MEASURED_IN}|tinh (?:bang|theo))[\s:]*$")
_WORDS = re.compile(r"[\s/]+")
_SAME_NAME, _CLEARLY = 90.0, 5.0
_SHORTEST, _LONGEST = 8, 300
_LONG_ENOUGH = 3  # letters of a word in which a slip of writing can be told from another word
# Words that make no other indicator of one: how much is counted, and that it is counted here.
FILLERS = frozenset(["so", "luong", "tong", "cua", "cac", "ve", "va", "o", "tai", "la"])
HERE = re.compile(r"\b(?:tren|trong|thuoc) (?:dia ban)(?: (?:toan )?(?:huyen|thi xa|thanh pho|tinh|xa|phuong))?\b")
_MOST_COMPARED = 3_000  # labels of one sheet whose likeness to names is measured


@dataclass(frozen=True)
class Labels:
    """What the labels of one row say."""

    marked: Indicator | None = None
    coded: Indicator | None = None
    named: Indicator | None = None
    unknown: str | None = None  # a code that the form doesn't have
    measure: Measure | None = None  # stated beside the name, in brackets
    by: str | None = None  # the label that tells the indicator: its name or, without one, its code

    @property
    def indicator(self) -> Indicator | None:
        """The row's indicator: a mark decides, then the code, then the name."""
        if self.marked or self.coded:
            return self.marked or self.coded
        return None if self.unknown else self.named

    @property
    def by_name_alone(self) -> bool:
        """Whether only the name tells."""
        return not self.marked and not self.coded and self.named is not None

    @property
    def is_shown(self) -> bool:
        """Whether its code or its name tells the same as its hidden mark."""
        return self.marked is not None and (self.coded or self.named) is self.marked

    @property
    def contradiction(self) -> Indicator | None:
        """The other indicator that the labels name, too."""
        if self.marked:
            shown = self.coded or self.named
            return shown if shown is not self.marked else None
        return self.named if self.coded and self.named is not self.coded else None


class RowFinder:
    """Knows the rows of one form."""

    def __init__(self, form: IndicatorForm) -> None:
        self.by_code = {indicator.code: indicator for indicator in form.indicators}
        self._code = _DEEP_CODE if any(code.count(".") > 1 for code in self.by_code) else _CODE
        self._by_name: dict[str, Indicator] = {}
        self._patience = _MOST_COMPARED
        alike: set[str] = set()
        for indicator in form.indicators:
            for name in {fold(indicator.name), _bare(fold(indicator.name))}:
                if self._by_name.setdefault(name, indicator) is not indicator:
                    alike.add(name)
        for name in alike:
            del self._by_name[name]

    def is_data(self, cells: Iterable[Cell]) -> bool:
        """Return whether a row is plainly one of figures; cheap, for a search through many rows."""
        return any(
            self._code.fullmatch(text.strip().upper()) or _MARK.fullmatch(text) or _bare(fold(text)) in self._by_name
            for text in cells
            if isinstance(text, str)
        )

    def labels(self, cells: Iterable[Cell]) -> Labels:
        """Return what a row's labels say; those that stand first decide."""
        texts = [cell for cell in cells if isinstance(cell, str) and len(cell) <= _LONGEST]
        marked = next((self.by_code.get(match[1]) for text in texts if (match := _MARK.fullmatch(text))), None)
        codes = [(match, text) for text in texts if (match := self._code.fullmatch(text.strip().upper()))]
        coded = unknown = None
        if codes:
            match, _ = codes[0]
            code = f"CT{int(match[1]):02d}{match[2]}"
            coded = self.by_code.get(code)
            unknown = None if coded else code
        named, measure, name = self._named(texts)
        return Labels(marked, coded, named, unknown, measure, name or (codes[0][1] if codes else None))

    def _named(self, texts: list[str]) -> tuple[Indicator | None, Measure | None, str | None]:
        readings = [(*reading, text) for text in texts for reading in _readings(text)]
        for plain, measure, text in readings:
            if exact := self._by_name.get(plain):
                return exact, measure, text
        likely = [reading for reading in readings if len(reading[0]) >= _SHORTEST]
        if likely and self._by_name and self._patience > 0:
            from rapidfuzz import fuzz, process

            self._patience -= len(likely)
            for plain, measure, text in likely:
                (best, score, _), *others = process.extract(plain, list(self._by_name), scorer=fuzz.ratio, limit=3)
                indicator = self._by_name[best]
                rival = next((like for name, like, _ in others if self._by_name[name] is not indicator), 0.0)
                if score >= _SAME_NAME and score - rival >= _CLEARLY and _says_the_same(plain, best):
                    return indicator, measure, text
        return None, next((measure for _, measure, _ in readings if measure and measure.certain), None), None


@lru_cache(maxsize=1_000)  # most rows of most units are labelled as their form is
def _readings(text: str) -> tuple[tuple[str, Measure | None], ...]:
    """Return a label as a name, as it is, without its number, and without the unit of measure in or after it."""
    shown, plain = " ".join(text.split()), fold(text)
    readings: list[tuple[str, Measure | None]] = [(plain, None)]
    if (bare := _bare(plain)) != plain:
        readings.append((bare, None))
    if (match := _MEASURE_BEHIND.match(shown)) and (measure := parse_measure(match[2])) and measure.certain:
        readings += [(fold(match[1]), measure), (_bare(fold(match[1])), measure)]
    if match := _MEASURE_IN_BRACKETS.match(shown):
        inner, name = parse_measure(match[2]), fold(f"{match[1]} {match[3]}")
        if not match[3] or (inner and inner.certain):
            readings += [(name, inner), (_bare(name), inner)]
    elif match := _MEASURE_BEFORE.match(shown):
        inner = parse_measure(match[1])
        readings += [(fold(match[2]), inner), (_bare(fold(match[2])), inner)] if inner and inner.certain else []
    elif found := unit_at_end(words := _WORDS.split(shown)):
        name = _MEASURED_IN.sub("", fold(" ".join(words[: found[0]]))).strip(" ,;:-–—")
        readings += [(name, found[1]), (_bare(name), found[1])]
    return tuple(readings)


def _says_the_same(label: str, name: str) -> bool:
    """Return whether two names differ by slips of writing alone: one word is enough to make it another indicator."""
    label, name = (HERE.sub(" ", re.sub(r"[^\w\s]+", " ", each)) for each in (label, name))
    mine, others = ([word for word in each.split() if word not in FILLERS] for each in (label, name))
    return len(mine) == len(others) and all(map(_is_a_slip, mine, others))


def _is_a_slip(word: str, other: str) -> bool:
    """Return whether a word is another, miswritten: one letter more, less, elsewhere or in another's place."""
    from rapidfuzz.distance import OSA

    return word == other or (min(len(word), len(other)) >= _LONG_ENOUGH and OSA.distance(word, other) <= 1)


@lru_cache(maxsize=500)
def _bare(plain: str) -> str:
    before = ""
    while before != plain:
        before, plain = plain, _OF_WHICH.sub("", unnumbered(plain)).strip(" .:;,")
    return plain
