"""What a sentence names, and where: indicators, times, units, amounts; and what was spoken of before."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from soket.narrative.figures.rows import DASH, Row, between, rows_in
from soket.narrative.names.naming import IndicatorNames, Mention, outside, words_in
from soket.narrative.names.scopes import ScopeFinder, without_bases
from soket.narrative.names.times import Time, times_in
from soket.narrative.names.turns import Turns, series_in
from soket.narrative.names.whose import Scope
from soket.narrative.quantities.amounts import AMOUNT, Amount, about_after, read_amount
from soket.narrative.quantities.in_words import amount_in_words, in_words, out_of
from soket.narrative.quantities.measures import MEASURED_IN, SCALE, factor_of
from soket.narrative.quantities.numerals import spelt_in
from soket.narrative.sentences.stops import lies_in
from soket.plan.periods import PeriodId
from soket.text import flat

_AMOUNT = re.compile(AMOUNT)
_NO_FIGURE_AFTER = re.compile(
    r"(?<!tong )(?<!con )(?<!trong )\b(?:so|dieu|muc|khoan|diem|quoc lo|(?<!boi )duong|ngay|thang|bieu|phu luc|chuong"
    r"|phan|lan thu|thu|dot|khoa|(?<!\d )(?<!moi )(?<!hang )(?<!mot )nam|tinh lo|ky hop|to|ban|trang|vong|phien"
    r"|nghi (?:quyet|dinh)|chi thi|ket luan|quyet dinh|chuong trinh|de an)\s*$"
)
_TABLE = re.compile(r"\b(?:[Bb]ảng|Hình|[Bb]iểu đồ|[Ss]ơ đồ)(?: số)? $")  # "bằng" without marks is "bang", too
_MANY = re.compile(r"\d{1,3}(?:\.\d{3})+|\d+,\d+")  # which number neither points nor days
_NO_FIGURE_BEFORE = re.compile(r"\s?[-–]\s?[a-z\d]")
_NUMBERING = re.compile(r"\s*[-+*•]?\s*\(?\d{1,2}[.)]")
_OWN_MEASURE = re.compile(r"\s*(?!(?:va|so|nam|tang|giam|chiem|bang|dat|con|la|ca)\b)[a-z]+|\s*\([^\d()]{1,24}\)")
_LISTED = re.compile(r"\s*(?:,|va|, va)\s*")
_LIST_GOES_ON = re.compile(r"\s*(?:[,;.)]|va\b|$)")
COUNTED_IN = re.compile(rf"\((?:(?:{MEASURED_IN}):? )?(?P<scale>{SCALE}) (?P<counted>[a-z]+(?: [a-z]+)?)\):")
"""What a text says in brackets that numbers after it are counted in: "(nghìn lượt): …"."""
_OF_WHOLE = re.compile(r"\)?\s*(?:(?:cua|so|tong|luong|trong|cac|ca|toan bo) ){0,2}")
_BREAK = re.compile(r";")
_INSIDE = re.compile(r"\b(?:trong do|trong so (?:nay|do)|gom|bao gom)\b")


@dataclass(frozen=True)
class WrittenAmount:
    """An amount of a sentence, and where its neighbours stand."""

    start: int
    end: int
    amount: Amount
    floor: int  # where the amount before it, or before its row, ends
    ceiling: int  # where the amount after it, or after its row, begins
    lead: int  # where it begins, or its row
    tail: int  # where it ends, or its row
    measured: tuple[int, int]  # where its unit of measure may stand
    goes_on: bool = False  # counts what the one before it does: "Một 5 lượt, Hai 7"
    in_words: bool = False

    @property
    def in_row(self) -> bool:
        """Whether it shares its unit of measure with others of the same time."""
        return (self.lead, self.tail) != (self.start, self.end)


@dataclass(frozen=True)
class Sentence:
    """What a sentence names; `text` is without marks, and begins at `offset` of its paragraph."""

    text: str
    offset: int
    mentions: tuple[Mention, ...]
    times: tuple[Time, ...]
    scopes: tuple[Scope, ...]
    amounts: tuple[WrittenAmount, ...]
    breaks: tuple[int, ...]
    turns: Turns
    home: str | None = None  # whose own paper it stands in
    above: str = ""  # what a heading says that numbers are counted in

    def clause(self, at: int) -> tuple[int, int]:
        """Return where the clause begins and ends that a place lies in."""
        start = max((each for each in self.breaks if each <= at), default=0)
        return start, min((each for each in self.breaks if each > at), default=len(self.text))

    def before(self, written: WrittenAmount) -> str:
        """Return the words of its clause before an amount, or its row, since the one before."""
        left, _ = self.clause(written.start)
        words = without_bases(self.text, max(left, written.floor), written.lead, self.scopes)
        for each in self.with_commas:
            words = words.replace(each, each.replace(",", ""))
        return words

    @cached_property
    def with_commas(self) -> tuple[str, ...]:
        """What it names that has a comma of its own: "đào tạo, bồi dưỡng"."""
        places = [(each.start, each.end) for each in self.mentions] + [each[:2] for each in self.scopes]
        named = (self.text[start:end] for start, end in places)
        return tuple(dict.fromkeys(each for each in named if "," in each))

    def is_shut(self, scope: Scope, at: int) -> bool:
        """Whether a bracket that says whose its own figures are was closed before a place: "(huyện Một tăng 5%)"."""
        opened, closed = self.text.rfind("(", 0, scope.start), self.text.find(")", scope.end)
        inside = opened >= 0 and ")" not in self.text[opened : scope.start] and 0 <= closed < at
        return inside and any(scope.end <= each.start < closed for each in self.amounts)

    def between(self, start: int, end: int) -> int:
        """Return how many words stand between two places."""
        return len(self.text[start:end].split())

    def inside_from(self, at: int) -> int:
        """Return where the last "trong đó" before a place ends; -1 where there is none."""
        return max((each.end() for each in _INSIDE.finditer(self.text, 0, at)), default=-1)

    @property
    def wholes(self) -> tuple[Mention, ...]:
        """The indicators that a share is of: "chiếm 2,2% tổng lượt khách"."""
        return tuple(
            each
            for each in self.mentions
            for share in self.amounts
            if share.amount.percent
            and share.end <= each.start
            and _OF_WHOLE.fullmatch(self.text, share.end, each.start)
            and (each.strong or ")" not in self.text[share.end : each.start])
        )


def sentence_of(
    sentence: str,
    offset: int,
    names: IndicatorNames,
    whose: ScopeFinder,
    known: Sequence[PeriodId],
    *,
    before: Sequence[str] = (),
    home: str | None = None,
    speaker: str | None = None,
    last: Time | None = None,
    above: str = "",
) -> Sentence:
    """Return what a sentence names, after one that named the units `before`, in a paper of `home`, or by a `speaker`.

    `last` is the time spoken of before it, `above` says what numbers are counted in that have no measure.
    """
    text = flat(sentence)
    scopes, units = whose.found(sentence, before, home, speaker)
    times = tuple(times_in(text, known, last))
    mentions = tuple(outside(names.mentions(words_in(text)), [x for x in scopes if isinstance(x.whose, str)]))
    numbers = _figures(sentence, times, names.counted)
    rows = rows_in(text, numbers, [(each.start, names.measures[each.code]) for each in mentions])
    in_rows = [(numbers[row.first].end(), numbers[row.last].start()) for row in rows]
    written = tuple(_written(text, numbers, rows, above))
    return Sentence(
        text=text,
        offset=offset,
        mentions=mentions,
        times=times,
        scopes=scopes,
        amounts=written,
        breaks=tuple(each.end() for each in _BREAK.finditer(text) if not lies_in(each.start(), in_rows)),
        turns=Turns(text, times, units, mentions, [(each.start, each.end) for each in written], known),
        home=home,
        above=above,
    )


def _figures(sentence: str, times: Sequence[Time], counted: tuple[str, ...]) -> list[re.Match[str]]:
    """Return the numbers that are no times and number neither documents nor things, nor are listed with such."""
    text, found = flat(sentence), list[re.Match[str]]()
    numbering = None  # where the number of a document ends
    series = series_in(text)
    for match in sorted((*_AMOUNT.finditer(text), *in_words(text), *spelt_in(sentence)), key=re.Match.start):
        if any(time.start < match.end() and match.start() < time.end for time in times):
            continue
        bare = match["scale"] is None and not match["percent"]
        if bare and (_NUMBERING.fullmatch(text, 0, match.end() + 1) or _is_note(text, match)):
            continue
        listed = numbering is not None and _LISTED.fullmatch(text, numbering, match.start())
        if bare and lies_in(match.start(), series):
            found.append(match)
        elif bare and (
            _numbers_something(text, match, counted)
            or (_NO_FIGURE_BEFORE.match(text, match.end()) and not _begins_range(text, match))
            or (listed and _LIST_GOES_ON.match(text, match.end()))
        ):
            numbering = match.end()
        else:
            found.append(match)
    return [each for each in found if not _TABLE.search(sentence, 0, each.start())]


def _numbers_something(text: str, match: re.Match[str], counted: tuple[str, ...]) -> bool:
    named = _NO_FIGURE_AFTER.search(text[: match.start()]) and not _MANY.fullmatch(match["first"])
    return bool(named) and not text.startswith(counted, match.end())


def _is_note(text: str, match: re.Match[str]) -> bool:
    """Whether a number is the mark of a note: "[2]"."""
    return text[max(0, match.start() - 1) : match.start()] == "[" and text[match.end() : match.end() + 1] == "]"


def _begins_range(text: str, match: re.Match[str]) -> bool:
    other = _AMOUNT.match(text, dash.end()) if (dash := DASH.match(text, match.end())) else None
    return other is not None and between(text, match, other)


def _written(text: str, numbers: Sequence[re.Match[str]], rows: Sequence[Row], above: str) -> Iterator[WrittenAmount]:
    """Yield the amounts that numbers are, each with what it shares with its row."""
    edges = [0, *(each.end() for each in numbers)]
    starts = [*(each.start() for each in numbers), len(text)]
    for at, match in enumerate(numbers):
        row = next((each for each in rows if at in each), Row(at, at, at))
        first, last = (at, at) if row.became else (row.first, row.last)
        if row.between and at == row.last:  # told together with its other end
            continue
        if amount := _amount(text, match, numbers[row.carrier], above):
            if row.between and (other := _amount(text, numbers[row.last], numbers[row.carrier], above)):
                amount = replace(amount, until=other.value)
            yield WrittenAmount(
                start=match.start(),
                end=numbers[row.last].end() if row.between else match.end(),
                amount=amount,
                floor=edges[first],
                ceiling=starts[last + 1],
                lead=starts[first],
                tail=edges[last + 1],
                measured=(edges[row.carrier + 1], starts[row.carrier + 1]),
                in_words=match["first"][0].isalpha() or (amount.percent and not numbers[row.carrier]["percent"]),
            )


def _amount(text: str, match: re.Match[str], carrier: re.Match[str], above: str) -> Amount | None:
    before = text[: match.start()].removesuffix("gap ")
    earlier, last = ["", "", *re.findall(r"[^\W_]+|[~≈<>]", before)][-2:]
    if match["first"][0].isalpha():
        return amount_in_words(match, about_after((earlier, last)))
    amount = read_amount(match, about=about_after((earlier, last)), carrier=carrier, either=True)
    amount = out_of(before, amount) if amount else None
    bare = carrier["scale"] is None and not carrier["percent"]
    told = (f"{each['scale']} {each['counted']}" for each in COUNTED_IN.finditer(before))  # "(tỷ đồng): 1.199, 1.397"
    heads = [*filter(None, (above,)), *told]
    if bare and amount is not None and heads and not _OWN_MEASURE.match(text, match.end()):
        factor = factor_of(heads[-1])
        value, step, whole = (each * factor for each in (amount.value, amount.step, amount.round))
        # A scale by itself would make it money.
        scale = factor if heads[-1].endswith("dong") else 1.0
        amount = replace(amount, value=value, step=step, round=whole, scale=scale)
    return amount
