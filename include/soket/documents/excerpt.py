"""The report in short for a conference: whole paragraphs of the appraised one, of each heading what most say.

Of each heading of causes and, as far as there is room, of each addressee of requests one stays, whatever its weight,
and so does a figure that fell where the judgement above it counts any: who hears of none believes that there is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import inf

from soket.documents.budget import WORDS_A_PAGE, budgets
from soket.documents.doubt_marks import MARK
from soket.documents.sourcing import Sourcing
from soket.plan.model import Section
from soket.text import fold, lower_first

_PAGES = 4.5  # with head and signature 4 to 6
_HEADING = re.compile(r"(?P<number>[IVX]+)\s*[.\-]\s+\S")
_END = re.compile(r"(phu luc|noi nhan|danh muc)\b")
_TABLE = re.compile(r"(bieu|bang) (so )?\d+\b")  # its title, without which it stays behind
_BELOW_A_TABLE = re.compile(rf"{re.escape(MARK)}|“…”")  # a note to it, without which it says nothing
_SILENT = re.compile(
    r"(?:chua co noi dung|khong nhan ra|chua dua vao) muc nay\b"
)  # told to the drafter; no hall is read it
_GAP = re.compile(r"so lieu tren chua co phan cua\b")
_SENTENCE_ENDS = tuple(".;:!?”)")
_COUNT = re.compile(r"\((\d+)/\d+ (?:báo cáo|đơn vị)")
_OVERVIEW = re.compile(r"(danh gia chung|ket qua duoc nhieu|han che duoc neu nhieu)\b")  # counts of others than its own
_CAUSES = "nguyen nhan"
_ADDRESSED = re.compile(r"(doi voi|chua neu ro noi nhan)\b")
_SOME_FELL = re.compile(r"danh gia chung: .*\b(?:\d+ chi tieu|deu) giam\b")
_FELL = re.compile(r"\bbang \d\d?(,\d+)?% so voi\b|\bgiam \d")
_OVER = WORDS_A_PAGE // 2  # words beyond its room that one of each addressee may take
_LEAST_WORDS = 8  # fewer make a line of a list
_MOST_OF_A_HEAD = 25  # words


@dataclass(frozen=True)
class ShortSection:
    """A heading, what is kept below it, and how many of its paragraphs these are."""

    heading: str
    paragraphs: tuple[str, ...]
    taken: int
    of: int


@dataclass(frozen=True)
class _Passage:
    """A paragraph that may be taken, with the small headings that it stands under."""

    text: str
    heads: tuple[str, ...]
    place: int

    @property
    def words(self) -> int:
        return len(self.text.split())

    @property
    def rank(self) -> tuple[float, int]:
        """What goes first: what is told of all, then what most reports say."""
        counts = [int(each[1]) for each in _COUNT.finditer(self.text)]
        of_all = not counts or _OVERVIEW.match(fold(self.text))
        return (-inf if of_all else -max(counts), self.place)

    @property
    def addressee(self) -> tuple[str, ...]:
        """The heading that says of whom it asks something; empty where there is none."""
        return self.heads if self.heads and _ADDRESSED.match(fold(self.heads[-1])) else ()

    @property
    def causes(self) -> tuple[str, ...]:
        """The heading of causes that it stands under, or is itself; empty where it tells of none."""
        if self.heads and _CAUSES in fold(self.heads[-1]):
            return self.heads
        opening = self.text.partition(":")[0]
        return (opening,) if fold(opening).startswith(_CAUSES) else ()


def shortened(paragraphs: Sequence[str], outline: Sequence[Section], tables: Iterable[str] = ()) -> list[ShortSection]:
    """Return a report in short; nothing where it has no headings in Roman numbers.

    `tables` are titles of such whose name does not tell that they are.
    """
    titles = {fold(each) for each in tables}
    found = list(_sections(paragraphs))
    room = budgets(outline, {})
    whole = sum(room.values()) or 1
    by_number = {each.number.rstrip("."): room[each.code] for each in outline}
    usual = round(_PAGES * WORDS_A_PAGE / (len(found) or 1))
    short = []
    for heading, said in found:
        numbered = _HEADING.match(heading)
        share = by_number.get(numbered["number"] if numbered else "")
        left = round(share / whole * _PAGES * WORDS_A_PAGE) if share else usual
        passages, gaps, of = _passages([each for each in said if fold(each) not in titles])
        taken = _weightiest(passages, left)
        if taken or gaps:
            told = (*_in_order(taken, gaps), *_left_out(passages, taken))
            short.append(ShortSection(heading, told, len(taken), of))
    return short


def _passages(said: Sequence[str]) -> tuple[list[_Passage], list[_Passage], int]:
    """Return what may be taken, what says what totals lack, and how many paragraphs there are."""
    passages, gaps, heads, below, of = list[_Passage](), list[_Passage](), list[str](), False, 0
    for place, paragraph in enumerate(said):
        size, plain = len(paragraph.split()), fold(paragraph)
        if _TABLE.match(plain) or _BELOW_A_TABLE.match(paragraph) or _SILENT.match(plain):
            below = below or paragraph.endswith(_SENTENCE_ENDS)
        elif size <= _MOST_OF_A_HEAD and not paragraph.endswith(_SENTENCE_ENDS):
            heads, below = [*([] if below else heads), paragraph], False
        elif _GAP.match(plain):
            gaps.append(_Passage(paragraph, (), place))
            below = True
        else:
            of += 1
            below = True
            if size >= _LEAST_WORDS:
                passages.append(_Passage(paragraph, tuple(heads), place))
    return passages, gaps, of


def _weightiest(passages: Sequence[_Passage], left: int) -> list[_Passage]:
    """Return what fits: what stays whatever its weight, then by rank as long as there is room."""
    ranked = sorted(passages, key=lambda each: each.rank)
    causes = {each.causes: each for each in reversed(ranked) if each.causes}
    asked = {each.addressee: each for each in reversed(ranked) if each.addressee}
    counts_falls = any(_SOME_FELL.match(fold(each.text)) for each in ranked)
    fell = [each for each in ranked if counts_falls and each.rank[0] == -inf and _FELL.search(fold(each.text))][:1]
    beside = [*causes.values(), *fell]
    taken = list(beside)
    for each in sorted(asked.values(), key=lambda each: each.rank):
        if sum(found.words for found in (*taken, each)) <= left + _OVER:
            taken.append(each)
    left -= sum(each.words for each in taken)
    for each in ranked:
        if each in taken:
            continue
        if each.words <= left or len(taken) == len(beside):
            taken.append(each)
            left -= each.words
        elif each.rank[0] > -inf:
            break
    return taken


def _in_order(taken: Sequence[_Passage], gaps: Sequence[_Passage]) -> Iterator[str]:
    heads: tuple[str, ...] = ()
    for each in sorted([*taken, *gaps], key=lambda each: each.place):
        if each.heads and each.heads != heads:
            yield from each.heads
        heads = each.heads or heads
        yield each.text


def _left_out(passages: Sequence[_Passage], taken: Sequence[_Passage]) -> Iterator[str]:
    """Yield of whom else something is asked."""
    of = dict.fromkeys(each.addressee[-1] for each in passages if each.addressee)
    kept = {each.addressee[-1] for each in taken if each.addressee}
    if others := [each for each in of if each not in kept]:
        yield f"(Kiến nghị khác, xem toàn văn Báo cáo: {'; '.join(map(lower_first, others))}.)"


def with_sources(sections: Sequence[ShortSection], sourcing: Sourcing) -> list[ShortSection]:
    """Return a report in short whose figures and sentences tell where they come from."""
    return [replace(each, paragraphs=tuple(map(sourcing.told, each.paragraphs))) for each in sections]


def _sections(paragraphs: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    heading, said = "", list[str]()
    for paragraph in paragraphs:
        text = " ".join(paragraph.split())
        if heading and _END.match(fold(text)):
            break
        if _HEADING.match(text) and len(text) < 200:
            if heading:
                yield heading, said
            heading, said = text, []
        elif text:
            said.append(text)
    if heading:
        yield heading, said
