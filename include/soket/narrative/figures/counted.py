"""Which indicators a figure may be of by what it counts: the words of a unit of measure beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from soket.narrative.figures.named import COUNTED_IN, Sentence, WrittenAmount
from soket.narrative.figures.rows import BECAME, FROM
from soket.narrative.names.naming import IndicatorNames, words_in
from soket.narrative.quantities.amounts import Amount
from soket.narrative.quantities.measures import MONEY, PERCENT
from soket.text import flat, fold

_ENDS = re.compile(r"[.;:()]|\bso (?:voi|cung)\b")
_IN_BRACKETS = re.compile(r"^\s*\(([^\d()]{1,24})\)")
_COUNTED_BEFORE = re.compile(r"\bso ((?:[^\W\d_]+ ?){1,3}?)(?: (?:la|dat|co))?:? $")
_ANYTHING = re.compile(
    r"\s*(?:cuoc|buoi|cai|chiec|don vi|noi|muc)(?=\s*(?:[,;.()]|$)|\s(?:va|tang|giam|so voi|trong|nam|vao|hon|gap)\b)"
)
_MONEY_ONLY = 1e9  # a scale of so much is money's
# After a unit of measure, words that are no longer of it.
_ENDS_UNIT = frozenset(
    fold(
        ", năm so tăng giảm và với trong được đã do vào là về khi ở tại của cho chiếm đạt bằng đến từ thì gấp cao thấp "
        "còn lên xuống cùng theo sau mỗi nên nhưng hơn để kể lần thuộc trên"
    ).split()
)
_SHOWN = 60  # letters after a figure in which its unit of measure stands


def measured(sentence: Sentence, written: WrittenAmount) -> str:
    """Return the words in which a figure's unit of measure may stand: none between "từ 49" and "lên 64"."""
    left, right = sentence.clause(written.start)
    after = sentence.text[written.measured[0] : right]
    return "" if BECAME.match(after) and FROM.search(sentence.text[left : written.start]) else after


class Counted:
    """Finds what figures may be of among a plan's indicators, by what they count."""

    def __init__(self, names: IndicatorNames) -> None:
        self._names = names
        self.words = frozenset(word for each in names.measures.values() for word in each.words)
        self._called = {code: flat(each.name).replace(",", "") for code, each in names.by_code.items()}
        self.in_percent = frozenset(code for code, each in names.measures.items() if each.base == PERCENT)

    def per(self, words: str) -> str | None:
        """Return the indicator of one of which words speak: "cơ sở", "lượt khách"; None where it is of none."""
        counts = (code for code, measure in self._names.measures.items() if measure.base not in (PERCENT, MONEY))
        said = (code for code in counts if words.startswith(self._ones(code)))
        named = (each.code for each in self._names.mentions(words_in(words)) if not each.start)
        return next((self._names.roots[code] for code in said), None) or next(named, None)

    def _ones(self, code: str) -> tuple[str, ...]:
        """Return what one of those that an indicator counts is called: "lượt khách", "khách", "du khách"."""
        measure = flat(self._names.by_code[code].unit_of_measure)
        own = measure.removeprefix("luot ")
        return (measure, own, f"du {own}") if own != measure else (measure,)

    def fitting(
        self, sentence: Sentence, written: WrittenAmount, after: str, *, points: bool, among: frozenset[str] | None
    ) -> frozenset[str]:
        """Return the indicators that a figure may be of by what it counts, `among` some where it can be of no other."""
        fits = self.in_percent if points else self.counted_in(after, written.amount) or self._named(sentence, written)
        fits = fits or self._at_large(sentence, written, after)
        if not fits and not after.strip(" ,;.)"):
            fits = self._under(sentence, written)
        return fits & among if among is not None and fits & among else fits

    def _at_large(self, sentence: Sentence, written: WrittenAmount, after: str) -> frozenset[str]:
        """Return the indicator named before a figure that counts by a word for anything: "hội nghị: 531 cuộc"."""
        left, _ = sentence.clause(written.start)
        named = [each for each in sentence.mentions if left <= each.start < written.start and each.strong]
        if written.amount.percent or not named or not _ANYTHING.match(after):
            return frozenset()
        plain = self._names.measures[named[-1].code].base not in (PERCENT, MONEY)
        return frozenset({named[-1].code}) if plain else frozenset()

    def _under(self, sentence: Sentence, written: WrittenAmount) -> frozenset[str]:
        """Return the indicators that are counted as a bracket before says: "(nghìn lượt): Một 5; Hai 7"."""
        told = [*COUNTED_IN.finditer(sentence.text, 0, written.start)]
        words = told[-1]["counted"] if told else sentence.above.partition(" ")[2]
        return self.counted_in(f" {words}", written.amount) if words else frozenset()

    def counted_in(self, after: str, amount: Amount) -> frozenset[str]:
        """Return the indicators whose unit of measure the words after an amount are."""
        after = _IN_BRACKETS.sub(r" \1 ", after, count=1)  # "246 (cơ sở)"
        cut = _ENDS.search(after[:_SHOWN])
        words = [each.text for each in words_in(after[: cut.start() if cut else _SHOWN])]
        if not words and 1 < amount.scale < _MONEY_ONLY and not amount.percent:  # "Một (404,6 nghìn)"
            return frozenset(self._names.measures) - self.in_percent
        return frozenset(code for code in self._names.measures if self._fits(code, words, amount))

    def _named(self, sentence: Sentence, written: WrittenAmount) -> frozenset[str]:
        """Return the indicator whose name stands where its unit of measure would: "728 lao động"."""
        if written.amount.percent:
            return frozenset()
        start = written.measured[0]
        left, _ = sentence.clause(written.start)
        if label := _COUNTED_BEFORE.search(sentence.text[left : written.start]):  # "Số buồng: 3.523"
            said = (code for code, each in self._names.measures.items() if label[1] == each.base)
            return frozenset(said)
        named = {each.code for each in sentence.mentions if 0 <= each.start - start <= 1}
        return frozenset(code for code in named if self._names.measures[code].base not in (PERCENT, MONEY))

    def _fits(self, code: str, words: Sequence[str], amount: Amount) -> bool:
        measure = self._names.measures[code]
        if amount.percent or measure.base == PERCENT:
            return amount.percent and measure.base == PERCENT
        ends = len(words) < 2 or words[1] in _ENDS_UNIT
        if measure.base == MONEY:
            said = bool(words) and words[0] in measure.words
            return said or (amount.scale > 1 and (not words or words[0] in _ENDS_UNIT))
        own = measure.base.split()
        if words[:1] == [","]:
            return False
        plain = [each for each in words if each != ","]
        if not own or not plain:
            return False
        if plain[: len(own)] == own or (len(own) > 1 and plain[0] == "".join(word[0] for word in own)):  # "VB"
            return True
        if plain[0] not in measure.words:
            return False
        return ends or words[1] in own or " ".join(plain[1:3]) in self._called[code]
