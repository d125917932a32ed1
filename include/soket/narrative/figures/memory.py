"""What a paragraph spoke of last: what its next figure may be of that does not say so itself."""

from __future__ import annotations

from dataclasses import dataclass, field

from soket.narrative.figures.kinds import CHANGES, FigureKind
from soket.narrative.figures.named import Sentence, WrittenAmount
from soket.narrative.figures.stated_figure import StatedFigure
from soket.narrative.names.times import Time
from soket.narrative.names.turns import last_turn
from soket.narrative.names.whose import Whose, codes_of


@dataclass
class Memory:
    """What was spoken of last in a paragraph."""

    code: str | None = None
    time: Time | None = None
    kind: FigureKind | None = None
    rises: bool | None = None  # whether the figure before is said to be a rise
    per: str | None = None  # of one of which the last mean was
    share: tuple[str, str] | None = None  # what the last share was of, and in which whole
    written: WrittenAmount | None = None  # the figure before in the sentence
    told: list[StatedFigure] = field(default_factory=list)  # the figures of the sentence that are no changes
    end: int = 0  # of the figure before in the sentence
    taken: set[Time] = field(default_factory=set)  # times that belong to figures before them
    aside: set[int] = field(default_factory=set)  # where indicators are named that others are held against
    spoken: dict[str, None] = field(default_factory=dict)  # indicators that figures of the paragraph are of

    listed: list[Time] = field(default_factory=list)  # the times that a sentence listed
    home: str | None = None  # whose own paper it is
    speaker: str | None = None  # the body whose own report it is
    whose: Whose = None  # whom a sentence before named last
    units: tuple[str, ...] = ()  # that the sentence before named, or the last one that named any

    def goes_on_per_one(self, kind: FigureKind, left: int) -> bool:
        """Whether a change after a mean for one of something is that one's: "14 buồng/cơ sở, gấp 2 lần huyện Một"."""
        return kind in CHANGES and self.kind is FigureKind.PER and 0 < self.end >= left

    def begin(self) -> None:
        """Go on to the next sentence."""
        self.end = 0
        self.written = None
        self.told = []
        self.taken = set()
        self.aside = set()

    def after(self, sentence: Sentence) -> None:
        """Take note of whom a sentence named."""
        end = len(sentence.text)
        if own := [x for x in sentence.scopes if not (x.base or x.passed or sentence.is_shut(x, end))]:
            self.whose = own[-1].whose
        self.units = tuple(dict.fromkeys(code for each in own for code in codes_of(each.whose))) or self.units

    def deal(self, sentence: Sentence, written: WrittenAmount) -> None:
        """Let a figure answer the one that is its in turn: "Một 5 lượt, Hai 7 lượt, tăng tương ứng 3% và 4%"."""
        mark = last_turn(sentence.text, written.start)
        if mark is None or written.start in sentence.turns or not written.amount.percent:
            return
        start, end = mark
        after = [each.start for each in sentence.amounts if each.start >= end and each.amount.percent]
        before = [each for each in self.told if each.end <= sentence.offset + start][-len(after) :]
        if 1 < len(after) == len(before):
            told, last = before[after.index(written.start)], before[-1].end - sentence.offset
            # What stands between goes for all of them: "đến năm sau lần lượt còn 3% và 4%".
            anew = any(last <= each.start < after[0] and not each.base for each in sentence.times)
            sentence.turns.answer(written.start, told.indicator, None if anew else told.period, told.unit)

    def pass_over(self, end: int) -> None:
        """Take note of a figure that is not the reports' own."""
        self.kind, self.end = None, end
