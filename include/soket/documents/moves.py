"""What one paper tells otherwise than an earlier one: reports, totals, sentences and themes that moved, in words."""

from __future__ import annotations

from dataclasses import dataclass

from soket.documents.sentences import name_of
from soket.plan.model import Indicator, Unit
from soket.plan.periods import PeriodId, say_period
from soket.text import first_units, format_amount, upper_first

_NAMED, _DOUBTED = 12, 3  # units in a sentence, in brackets
_PRINTED = 2  # decimals


@dataclass(frozen=True)
class FigureMove:
    """A total that is another one now; None where there is none."""

    indicator: Indicator
    year: PeriodId
    before: float | None
    after: float | None
    latest: bool  # whether it is of the last period that there is a total of
    doubts: tuple[Unit, ...] = ()  # whose figures in it nobody has confirmed
    sound: float | None = None  # what it is without those

    def __str__(self) -> str:
        return self._with(self._doubted)

    @property
    def is_seen(self) -> bool:
        """Whether it is another figure as papers print it."""
        return self._say(self.before) != self._say(self.after)

    @property
    def by(self) -> str:
        """By how much it moved; "" where it was not there, is no more, or is printed as it was."""
        if self.before is None or self.after is None:
            return ""
        before, after = (round(each, _PRINTED) for each in (self.before, self.after))
        difference = round(after - before, _PRINTED)  # of what is read, else it does not add up
        measure = self.indicator.unit_of_measure
        points = "điểm phần trăm" if measure == "%" else measure
        if not difference:
            return ""
        return f"{'tăng' if difference > 0 else 'giảm'} {format_amount(abs(difference), points)}"

    @property
    def in_words(self) -> str:
        """Say it with by how much."""
        return self._with(self.by, self._doubted)

    @property
    def _doubted(self) -> str:
        """Return whose figures in it nobody has confirmed, and what it is without them; "" where there are none."""
        if not self.doubts:
            return ""
        left = f"không tính là {self._say(self.sound)}" if self.sound is not None else "không tính thì chưa có"
        return (
            f"gồm số chưa được xác nhận của {first_units([each.name for each in self.doubts], _DOUBTED, ', ')}, {left}"
        )

    def _with(self, *more: str) -> str:
        brackets = "; ".join(filter(None, more))
        return (
            f"{upper_first(name_of(self.indicator))} {say_period(self.year)} từ {self._say(self.before)} thành "
            f"{self._say(self.after)}{f' ({brackets})' if brackets else ''}"
        )

    def _say(self, total: float | None) -> str:
        return "chưa có" if total is None else format_amount(total, self.indicator.unit_of_measure)


@dataclass(frozen=True)
class SentenceMove:
    """A sentence that says something else now; "" where it is new, or gone."""

    before: str
    after: str


@dataclass(frozen=True)
class ThemeMove:
    """A theme that more or fewer reports speak of."""

    name: str
    before: int
    after: int

    def __str__(self) -> str:
        way = "thêm" if self.after > self.before else "bớt"
        return f"{self.name}: {self.after} báo cáo nêu ({way} {abs(self.after - self.before)})"


@dataclass(frozen=True)
class Moves:
    """What one paper tells otherwise than an earlier one."""

    added: tuple[Unit, ...]
    replaced: tuple[Unit, ...]
    dropped: tuple[Unit, ...]
    confirmed: tuple[str, ...]  # figures that were in doubt, in words
    figures: tuple[FigureMove, ...]  # the latest of each indicator first, wholes before their parts
    sentences: tuple[SentenceMove, ...]
    themes: tuple[ThemeMove, ...]  # those that moved most first

    def __bool__(self) -> bool:
        return bool(self.reports or self.confirmed or self.figures or self.sentences or self.themes)

    @property
    def reports(self) -> tuple[str, ...]:
        """Whose reports came, came again or are gone, in words."""
        told = (
            ("thêm báo cáo của", self.added),
            ("báo cáo gửi lại của", self.replaced),
            ("không còn báo cáo của", self.dropped),
        )
        return tuple(f"{what} {_some(units)}" for what, units in told if units)

    @property
    def latest(self) -> tuple[FigureMove, ...]:
        """The totals that moved, of each indicator's last period only."""
        return tuple(move for move in self.figures if move.latest)

    def lines(self, most: int = 8) -> list[str]:
        """Say what changed, a line each for reports, totals and themes; `most` of a kind, then how many more."""
        kinds = [
            [upper_first(each) for each in self.reports],
            [f"Đã được xác nhận, nay tính cả trong lời văn: {each}" for each in self.confirmed],
            [move.in_words for move in self.latest],
            [f"Chủ đề “{move.name}”: {str(move).removeprefix(move.name + ': ')}" for move in self.themes],
        ]
        found = []
        for said in kinds:
            found += [f"{each}." for each in said[:most]]
            found += [f"Và {len(said) - most} thay đổi khác cùng loại."] if len(said) > most else []
        earlier = len(self.figures) - len(self.latest)
        return [*found, *([f"Số các năm, kỳ trước: {earlier} số thay đổi."] if earlier else [])]

    def said(self, most: int = 5) -> list[str]:
        """Say which sentences change, as they are and as they would be, a line each."""
        lines = [f"Câu: {each.before or 'chưa có'} → {each.after or 'bỏ'}" for each in self.sentences]
        more = [f"Và {len(lines) - most} câu khác."] if len(lines) > most else []
        return [*lines[:most], *more]


def _some(units: tuple[Unit, ...]) -> str:
    return first_units([unit.name for unit in units], _NAMED)
