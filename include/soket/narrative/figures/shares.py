"""What shares are of: one indicator in another, one unit in all, and points of such a share."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from soket.narrative.figures.kinds import OF_ALL, FigureKind
from soket.narrative.figures.memory import Memory
from soket.narrative.figures.named import Sentence, WrittenAmount
from soket.narrative.names.naming import IndicatorNames, Mention
from soket.narrative.names.whose import Whose
from soket.narrative.quantities.measures import PERCENT

_NEAR = 3  # words
_IS = re.compile(
    r"\)?,? (?:(?:tong |luong |so )[^,;.()]{1,40} la|la|nguoi) (?:(?:la|so|cac|nguoi|luot|da|khach|lao dong|thuoc) )*"
)
_THIS_SHARE = re.compile(r"\bty (?:le|trong) (?:nay|do|tren)\b|\bcon so (?:nay|do)\b")

_CHANGED_SO = re.compile(r"\)?,? (?:tang|giam)\b")  # "chiếm 48%, giảm 1,6 điểm phần trăm"


@dataclass(frozen=True)
class Subject:
    """The indicator that a figure is of; `whole` is what it is a share of."""

    code: str
    certain: bool
    whole: str | None = None
    rest: str | None = None  # of which it is what is left: "chưa qua đào tạo"
    among: tuple[str, ...] = ()  # what it may be where only what is counted tells


class Shares:
    """Finds what shares are of; `parents` are the wholes that some indicators are parts of."""

    def __init__(self, names: IndicatorNames, parents: Mapping[str, str]) -> None:
        self._names = names
        self._parents = parents

    def of(
        self, sentence: Sentence, written: WrittenAmount, memory: Memory, named: Sequence[Mention], whose: Whose
    ) -> Subject | None:
        """Return what a share of a total is of, and of which whole, by what was `named` before it and whose it is."""
        if said := self._said_after(sentence, written):
            return said
        strong = [each for each in named if each.strong]
        last = memory.code if memory.end else None
        if last is None or (strong and strong[-1].start >= memory.end):
            last = (strong or named)[-1].code if named else memory.code
        near = (
            each.code
            for each in sentence.wholes
            if each.start >= written.end and sentence.between(written.end, each.start) <= _NEAR
        )
        named_whole = next(near, None)
        if whose is None and last and self._parents.get(last) not in (None, named_whole):
            named_whole = None  # "chiếm 53,2% tổng số lượt": of those that it is a part of
        if last is None:  # "Một đã chiếm 22% lao động của cả tỉnh"
            return Subject(named_whole, certain=True, whole=named_whole) if named_whole and whose is not None else None
        if self._names.measures[last].base == PERCENT:
            return Subject(last, bool(strong))
        if OF_ALL.match(sentence.text, written.end) and named_whole in (None, last):
            return Subject(last, certain=whose is not None, whole=last)
        unrelated = named_whole is not None and whose is not None and self._parents.get(last) != named_whole
        if unrelated and named_whole and OF_ALL.match(sentence.text, written.end):
            # "246 cơ sở, 3.523 buồng, chiếm 5% số cơ sở toàn tỉnh"
            return Subject(named_whole, certain=True, whole=named_whole)
        whole = named_whole or self._parents.get(last)
        if whole is None and whose is not None:
            return Subject(last, certain=False, whole=last)
        return Subject(last, whole is not None and (last != whole or whose is not None), whole)

    def _said_after(self, sentence: Sentence, written: WrittenAmount) -> Subject | None:
        """Return the part that a share is said to be: "phần còn lại, chiếm 53%, là …", "cứ 100 người có 57 người …"."""
        for each in sentence.mentions:
            whole = self._parents.get(each.code)
            if whole and each.start >= written.end and _IS.fullmatch(sentence.text, written.end, each.start):
                return Subject(each.code, certain=each.strong, whole=whole)
        return None

    def whole_of(self, code: str | None) -> Subject | None:
        """Return the whole that an indicator is a part of; None for none."""
        whole = self._parents.get(code) if code else None
        return Subject(whole, certain=False) if whole else None

    def in_points(self, sentence: Sentence, left: int, at: int, memory: Memory) -> Subject | None:
        """Return the share that points are of, where that is of one in another: "tỷ lệ lao động qua đào tạo"."""
        follows = memory.kind is FigureKind.OF_TOTAL and _CHANGED_SO.match(sentence.text, memory.end)
        if memory.share and (follows or _THIS_SHARE.search(sentence.text, left, at)):
            return Subject(memory.share[0], certain=True, whole=memory.share[1])
        named = [each for each in sentence.mentions if left <= each.start < at]
        whole = self._parents.get(named[-1].code) if named else None
        if whole is None or not re.search(r"\bty (?:le|trong)\b", sentence.text[left:at]):
            return None
        return Subject(named[-1].code, named[-1].strong, whole)
