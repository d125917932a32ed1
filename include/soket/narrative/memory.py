"""What a paragraph spoke of last: what its next figure may be of that does not say so itself."""

from __future__ import annotations

from dataclasses import dataclass, field

from soket.narrative.kinds import FigureKind
from soket.narrative.named import Sentence, WrittenAmount
from soket.narrative.times import Time
from soket.narrative.whose import Whose, codes_of


@dataclass
class Memory:
    """What was spoken of last in a paragraph."""

    code: str | None = None
    time: Time | None = None
    kind: FigureKind | None = None
    per: str | None = None  # of one of which the last mean was
    share: tuple[str, str] | None = None  # what the last share was of, and in which whole
    written: WrittenAmount | None = None  # the figure before in the sentence
    end: int = 0  # of the figure before in the sentence
    taken: set[Time] = field(default_factory=set)  # times that belong to figures before them
    spoken: dict[str, None] = field(default_factory=dict)  # indicators that figures of the paragraph are of

    listed: list[Time] = field(default_factory=list)  # the times that a sentence listed
    home: str | None = None  # whose own paper it is
    whose: Whose = None  # whom a sentence before named last
    units: tuple[str, ...] = ()  # that the sentence before named, or the last one that named any

    def begin(self) -> None:
        """Go on to the next sentence."""
        self.end = 0
        self.written = None
        self.taken = set()

    def after(self, sentence: Sentence) -> None:
        """Take note of whom a sentence named."""
        end = len(sentence.text)
        if own := [x for x in sentence.scopes if not (x.base or x.passed or sentence.is_shut(x, end))]:
            self.whose = own[-1].whose
        self.units = tuple(dict.fromkeys(code for each in own for code in codes_of(each.whose))) or self.units

    def pass_over(self, end: int) -> None:
        """Take note of a figure that is not the reports' own."""
        self.kind, self.end = None, end
