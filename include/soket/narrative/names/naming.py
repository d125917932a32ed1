"""How prose names what a plan counts and whom it asks: indicators by the words of their names, units by theirs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

from soket.narrative.names.whose import Scope
from soket.narrative.quantities.measures import measure_of
from soket.plan.model import Indicator
from soket.text import flat, fold

_LEADS = re.compile(r"^(?:trong do,? |so |tong so |tong |chieu dai |ty le )+")
_EMPTY = frozenset(
    fold(
        ", số và của các tại trong trên cho được đã do với là về theo đến một những từ ở vào có khi để bằng tổng"
    ).split()
)
# Words of statistics: by themselves they name no indicator.
_STATISTICS = frozenset(fold("bình quân trung bình năm mỗi hằng hàng tỷ lệ số tổng").split())
_LONGEST_SHORT = 4  # words of which initials are written
_MOST_SHORT = 3  # in a sentence
_STRONG = 3  # words of a name that can hardly stand for anything else

_LEFT_OUT = tuple(map(str.split, ("ngoai", "khong ke", "khong tinh", "chua ke", "chua tinh", "khong bao gom")))

_WORD = re.compile(r"[^\W_]+|%|[,;:.()“”\"]")
_STOP = ';:.()“”"'


@dataclass(frozen=True)
class NameWord:
    """A word of a text without its marks, and where it stands there."""

    text: str
    start: int
    end: int


def _is_left_out(words: Sequence[NameWord], at: int) -> bool:
    """Whether the words before a name say that this is not what is counted: "vốn ngoài ngân sách"."""
    before = [each.text for each in words[max(0, at - 3) : at]]
    return any(before[-len(each) :] == each for each in _LEFT_OUT)


@dataclass(frozen=True)
class Mention:
    """An indicator named, from one place of a text to another."""

    code: str
    start: int
    end: int
    words: int
    whole: bool  # a name that the plan gives, not a part of one

    @property
    def strong(self) -> bool:
        """Whether nothing else can be meant."""
        return self.whole or self.words >= _STRONG


def words_in(text: str) -> list[NameWord]:
    """Return the words of a text."""
    return [NameWord(match[0], match.start(), match.end()) for match in _WORD.finditer(flat(text))]


def _said(indicator: Indicator) -> list[tuple[str, ...]]:
    """Return the phrases that mean an indicator, in words."""
    name = fold(indicator.name)
    counted = f"so {measure_of(indicator.unit_of_measure).base}"  # "số buồng"
    own = [counted] if name.startswith(f"{counted} ") else []
    phrases = dict.fromkeys([name, _LEADS.sub("", name), *own, *map(fold, indicator.keywords)])
    return [tuple(_WORD.findall(each)) for each in phrases]


def _initials(runs: Iterable[tuple[str, ...]]) -> dict[str, tuple[tuple[str, ...], ...]]:
    """Return what initials stand for that are no word by themselves: "vb" for "văn bản"."""
    found: dict[str, dict[tuple[str, ...], None]] = {}
    for run in runs:
        for size in range(2, _LONGEST_SHORT + 1):
            for first in range(len(run) - size + 1):
                part = run[first : first + size]
                short = "".join(word[0] for word in part)
                if short.isalpha() and not set(short) & set("aeiouy") and not _EMPTY.issuperset(part):
                    found.setdefault(short, {})[part] = None
    return {short: tuple(parts) for short, parts in found.items()}


class IndicatorNames:
    """Finds indicators in prose by runs of words of their names that no other indicator has."""

    def __init__(self, indicators: Iterable[Indicator]) -> None:
        self.by_code = {each.code: each for each in indicators}
        self.measures = {code: measure_of(each.unit_of_measure) for code, each in self.by_code.items()}
        self.counted = tuple(f" {flat(each.unit_of_measure)}" for each in self.by_code.values())
        self.roots = {code: self.by_code.get(code.partition(".")[0], each).code for code, each in self.by_code.items()}
        owners: dict[tuple[str, ...], set[str]] = {}
        whole: dict[tuple[str, ...], str] = {}
        for each in self.by_code.values():
            for run in _said(each):
                if len(run) > 1:
                    plain = tuple(word for word in run if word != ",")
                    whole[plain] = "" if whole.get(plain, each.code) != each.code else each.code
                    whole[run] = "" if whole.get(run, each.code) != each.code else each.code
                for size in range(2, len(run) + 1):
                    for first in range(len(run) - size + 1):
                        part = run[first : first + size]
                        starts = part[0] not in _EMPTY or part[0] == "tong"  # "tổng thu"
                        said = starts and not (part[-1] in _EMPTY or set(part) & set(_STOP))
                        if said and not _STATISTICS.issuperset(part):
                            owners.setdefault(part, set()).add(each.code)
        self._short = _initials(run for each in self.by_code.values() for run in _said(each))
        self._runs = {run: code for run, code in whole.items() if code}
        self._whole = frozenset(self._runs)
        for run, codes in owners.items():
            if run not in self._runs and (code := self._of(codes)):
                self._runs[run] = code
        self._tails = {
            code: {run[at:] for run in _said(each) for at, word in enumerate(run) if word == ","}
            for code, each in self.by_code.items()
        }
        self._longest = max(map(len, self._runs), default=0)
        self._begins = frozenset(run[0] for run in self._runs)

    def _of(self, codes: set[str]) -> str | None:
        """Return the one indicator that some are, or the whole that all are parts of."""
        if len(codes) == 1:
            return next(iter(codes))
        roots = {self.roots[code] for code in codes}
        return next(iter(roots)) if len(roots) == 1 else None

    def mentions(self, words: Sequence[NameWord]) -> Iterator[Mention]:
        """Yield the indicators that words name, the longest run first at each place."""
        if short := [at for at, each in enumerate(words) if each.text in self._short][:_MOST_SHORT]:
            ways = (self._written_out(words, dict(zip(short, each, strict=True)))
                    for each in product(*(self._short[words[at].text] for at in short)))  # fmt: skip
            found = [list(self._mentions(each)) for each in ways]
            yield from max(found, key=lambda each: sum(mention.words for mention in each))
        else:
            yield from self._mentions(words)

    def _written_out(self, words: Sequence[NameWord], long: Mapping[int, tuple[str, ...]]) -> list[NameWord]:
        """Return words with those at some places written out: "VB" as "văn bản"."""
        return [replace(each, text=text) for at, each in enumerate(words) for text in long.get(at, (each.text,))]

    def _mentions(self, words: Sequence[NameWord]) -> Iterator[Mention]:
        at = 0
        while at < len(words):
            size = self._run_at(words, at) if words[at].text in self._begins else 0
            if size:
                run = tuple(each.text for each in words[at : at + size])
                length = size - run.count(",")
                size += self._tail_at(self._runs[run], words, at + size)
                if not _is_left_out(words, at):
                    yield Mention(
                        self._runs[run], words[at].start, words[at + size - 1].end, length, run in self._whole
                    )
            at += size or 1

    def _tail_at(self, code: str, words: Sequence[NameWord], at: int) -> int:
        """Return how many words go on with the end of an indicator's name after a comma: "…, bồi dưỡng nghiệp vụ"."""
        fitting = (
            each for each in self._tails.get(code, ()) if tuple(x.text for x in words[at : at + len(each)]) == each
        )
        return max(map(len, fitting), default=0)

    def _run_at(self, words: Sequence[NameWord], at: int) -> int:
        texts = [each.text for each in words[at : at + self._longest]]
        return next((size for size in range(len(texts), 1, -1) if tuple(texts[:size]) in self._runs), 0)


def outside(mentions: Iterable[Mention], names: Sequence[Scope]) -> Iterator[Mention]:
    """Yield the mentions that are no part of a body's name: "Liên đoàn Lao động" speaks of no labour."""
    yield from (each for each in mentions if not any(x.start <= each.start and each.end <= x.end for x in names))
