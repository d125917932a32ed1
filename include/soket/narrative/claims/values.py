"""Claims: what a sentence says an indicator was in a year, where it can mean nothing else.

A sentence is taken clause by clause. A clause makes a claim when all its words are an indicator, amounts in that
indicator's unit of measure, years, and words that link them; whatever else it says, it is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from soket.narrative.claims.by_year import AS_NAMED, one_by_one, year_by_year
from soket.narrative.names.phrases import LINKING, WHOLE, names_a_site, pattern_of, phrases_of, plain_words
from soket.narrative.quantities.amounts import AMOUNT, Amount, about_after, is_counted_in, read_amount
from soket.narrative.quantities.measures import MONEY, PERCENT, Measure, measure_of
from soket.narrative.sentences.marks import unnumbered
from soket.plan.model import Indicator, IndicatorForm
from soket.text import YEAR, fold

_CLAUSE = re.compile(r"[;,](?=\s)|\s(?=trong do\b)|[.]$")
_YEAR = rf"(?<![\w./-]){YEAR}(?![\w/]|[.,]\d)"
_WORD = r"[^\W_]+|[^\w\s()\"“”:]"
_CHANGE = re.compile(r"\b(?:tang|giam) (?=(?:tu|len|xuong|con) )")
_SPAN = re.compile(rf"\b{YEAR}\s?[-–]\s?{YEAR}\b")
_LEADS_IN = re.compile(rf"(?!.*\b(?:quy|thang|nua)\b)(?:\w+ ){{0,2}}nam {YEAR}")  # and no part of it
_PART = re.compile(r"\s*(?:trong do|rieng)\b")
_AT_END = re.compile(rf"^(?:tinh )?(?:den )?cuoi (?=nam {YEAR}\b[^;,]*\bco\b)")
_ENDED = "cuoinam"  # in its place: what there is then of a stock is the year's figure, and of what flows it may be more
_AGAINST = re.compile(r"\bso (?:voi|nam)\b")


@dataclass(frozen=True)
class Claim:
    """An amount said of an indicator and a year."""

    indicator: Indicator
    year: int
    amount: Amount


@dataclass
class _Clause:
    """The parts of a clause; `told` are amounts and years in their order."""

    told: list[Amount | int] = field(default_factory=list)
    units: list[list[str]] = field(default_factory=list)  # the words after each amount
    subjects: set[str] = field(default_factory=set)
    counted: set[str] = field(default_factory=set)  # indicators named as what is counted
    other: list[str] = field(default_factory=list)

    at_end: bool = False  # of a year
    counting: bool = False  # an amount, and nothing but units of measure since

    def add(self, part: Amount | int | str | None) -> None:
        """Take in an amount, a year, a word that makes the clause say something else, or one that only links."""
        match part:
            case Amount():
                self.units.append([])
                self.told.append(part)
            case int():
                self.told.append(part)
            case str():
                self.other.append(part)
        self.counting = isinstance(part, Amount)

    def add_phrase(self, phrase: str, code: str) -> None:
        """Take in the name of an indicator: after an amount it says what is counted, elsewhere what is spoken of."""
        if self.counting:
            self.units[-1] += phrase.split()
        (self.counted if self.counting else self.subjects).add(code)
        self.counting = False

    @property
    def amounts(self) -> list[Amount]:
        return [each for each in self.told if isinstance(each, Amount)]

    @property
    def years(self) -> list[int]:
        return [each for each in self.told if isinstance(each, int)]


class ClaimReader:
    """Reads claims about a form's indicators; `names` are words that mean the unit itself."""

    def __init__(self, form: IndicatorForm, names: frozenset[str]) -> None:
        self._by_code = {indicator.code: indicator for indicator in form.indicators}
        self._phrases = phrases_of(form.indicators)
        named = pattern_of(form)
        self._named = re.compile(named)
        self._token = re.compile(rf"(?P<year>{_YEAR})|(?P<amount>{AMOUNT})|(?P<phrase>{named})|(?P<word>{_WORD})")
        self._years = form.years
        self._linking = LINKING | names
        self._counted_in = frozenset(
            word for each in form.indicators for word in measure_of(each.unit_of_measure).words
        )

    def claims(self, sentence: str) -> Iterator[Claim]:
        """Yield what a sentence claims."""
        plain = _AT_END.sub(f"{_ENDED} ", plain_words(sentence))
        folded = _SPAN.sub("giai doan", WHOLE.sub("huyen", _CHANGE.sub("", plain)))
        if self._named.search(folded):
            of_a_site = names_a_site(sentence)
            for text in (*one_by_one(folded), *year_by_year(folded), folded):
                yield from self._claimed(text, of_a_site=of_a_site)

    def _claimed(self, folded: str, *, of_a_site: bool) -> Iterator[Claim]:
        head, colon, rest = folded.partition(": ")
        topic = self._topic(head) if colon else None
        year: int | None = None
        earlier = set() if topic is None else {topic}
        spoken_of: str | None = None  # by the clauses so far, and by them all
        for text in _CLAUSE.split(rest if topic else folded):
            clause = self._parts(text)
            spoken_of = _goes_on(spoken_of, clause, text, earlier)
            if clause.years and not _AGAINST.search(text):
                year = clause.years[0] if _LEADS_IN.fullmatch(text.strip()) and not clause.amounts else None
            indicator = self._indicator(clause, topic or spoken_of, earlier, of_a_site=of_a_site)
            earlier |= clause.subjects
            if indicator is None or clause.other or (clause.at_end and indicator.nature != "stock"):
                continue
            for amount, when in _pairs(clause, year):
                if when in self._years:
                    yield Claim(indicator, when, amount)

    def says_only_figures(self, sentence: str) -> bool:
        """Return whether a sentence says nothing but what a table does: an indicator, amounts and years."""
        folded = WHOLE.sub("huyen", _CHANGE.sub("", unnumbered(fold(sentence))))
        if not self._named.search(folded):
            return False
        rest = self._named.sub("so", folded).replace(": ", ", ")  # names have commas of their own
        clauses = [self._parts(text) for text in _CLAUSE.split(rest)]
        return any(each.amounts for each in clauses) and not any(each.other for each in clauses)

    def _topic(self, head: str) -> str | None:
        clause = self._parts(head)
        alone = len(clause.subjects) == 1 and not clause.told and not clause.other
        return next(iter(clause.subjects)) if alone else None

    def _indicator(self, clause: _Clause, topic: str | None, earlier: set[str], *, of_a_site: bool) -> Indicator | None:
        """Return the one indicator that a clause speaks of, if all its amounts are counted as that is."""
        if clause.subjects:
            code = next(iter(clause.subjects)) if len(clause.subjects) == 1 else None
        elif topic:
            code = topic
        else:
            # "năm 2030 đạt 5.000 lượt khách" after "Khách quốc tế …" speaks of those, not of all.
            alone = len(clause.counted) == 1 and earlier <= clause.counted and not of_a_site
            code = next(iter(clause.counted)) if alone else None
        if code is None:
            return None
        measure = measure_of(self._by_code[code].unit_of_measure)
        fits = all(
            is_counted_in(amount, unit, measure) or (unit == [AS_NAMED] and not clause.counted and _is_count(measure))
            for amount, unit in zip(clause.amounts, clause.units, strict=True)
        )
        return self._by_code[code] if fits else None

    def _parts(self, text: str) -> _Clause:
        clause, before = _Clause(), ("", "")  # the two words before
        for match in self._token.finditer(text):
            found = match[0]
            match match.lastgroup:
                case "year":
                    clause.add(int(found))
                case "amount":
                    amount = read_amount(match, about=about_after(before))
                    clause.add(amount if amount is not None else found)
                case "phrase":
                    clause.add_phrase(found, self._phrases[found].code)
                case _ if clause.counting and (found in self._counted_in or found in ("du", AS_NAMED)):
                    clause.units[-1].append(found)
                case _ if found == _ENDED:
                    clause.at_end = True
                case _:
                    clause.add(None if found in self._linking else found)
            before = before[1], found
        return clause


def _is_count(measure: Measure) -> bool:
    """Whether it only counts, so that a figure without its word can be nothing else: no money, share or scale."""
    return measure.scale == 0 and measure.base not in (MONEY, PERCENT)


def _goes_on(spoken_of: str | None, clause: _Clause, text: str, earlier: set[str]) -> str | None:
    """Return what a sentence goes on to speak of: "… năm 2030 đạt 12 tỷ đồng; cao nhất là năm 2029 với 15 tỷ đồng"."""
    if clause.other or clause.at_end or clause.counted or _PART.match(text):
        return None
    named = clause.subjects or ({spoken_of} if spoken_of else set())
    return next(iter(named)) if len(named) == 1 and earlier <= named else None


def _pairs(clause: _Clause, year: int | None) -> list[tuple[Amount, int]]:
    """Return each amount with its year: they take turns, or one year was named before."""
    amounts, years = clause.amounts, clause.years
    if len(amounts) == 1 and not years and year is not None:
        return [(amounts[0], year)]
    turns = all(isinstance(one, int) != isinstance(other, int) for one, other in pairwise(clause.told))
    return list(zip(amounts, years, strict=True)) if turns and len(amounts) == len(years) else []
