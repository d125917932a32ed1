"""Judges a figure that a draft states: right, wrong and why, or to be looked at beside the nearest figure known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from soket.documents.known import KnownFigures
from soket.documents.quantities import say_amount
from soket.documents.readings import Readings
from soket.documents.reckoned import reckoned
from soket.narrative.figures.kinds import CHANGES, SHARES, WITH_DIRECTION, FigureKind
from soket.narrative.figures.stated_figure import Doubt, StatedFigure
from soket.narrative.names.whose import Together, Whose, called
from soket.narrative.quantities.amounts import digits_of, slip_of
from soket.narrative.quantities.measures import measure_of
from soket.plan.periods import PeriodId, say_period
from soket.text import format_amount, format_number

_LEAST, _MOST = 0.67, 1.5  # of the figure known: beyond, it may well be another
_POWERS = (10.0, 100.0, 1e3, 1e6)
_FEWEST = 2  # digits of a figure that is told by them from others of its size
_TELLING = 3  # digits that do not come about by chance
_OTHERS = "đúng là số của "
_SLIPS = ("sai một chữ số", "đảo chữ số", "lệch", _OTHERS)
_FAR_FETCHED = "chỉ đúng nếu hiểu như vậy, câu không nói rõ"
_FEW = 20.0  # figures below are like too many others to say whose they are
_FEW_POINTS = 0.2  # between two shares that may well be the same one


@dataclass(frozen=True)
class JudgedFigure:
    """A figure that differs from what the reports say."""

    stated: StatedFigure
    expected: float | None
    certain: bool
    why: str
    like: bool = False  # near the figure that it should be, or a plain slip of one
    whose: str = ""  # whose figure it is instead; "" for nobody's else
    strange: int = 0  # how much must be taken that nothing says for it to be right; 0 where nothing makes it so


class FigureJudge:
    """Holds stated figures against what is known."""

    def __init__(self, known: KnownFigures) -> None:
        self._known = known
        plan = known.summary.plan
        self._indicators = {each.code: each for form in plan.forms for each in form.indicators}
        self._units = {each.code: each.name for each in plan.units}
        self._readings = Readings(known, self._indicators)

    def is_as_read(self, stated: StatedFigure) -> bool:
        """Whether a figure is the one known, just as it was read."""
        return any(self._agrees(stated, self._unsigned(stated, each)) for each in self._reckoned(stated))

    def _reckoned(self, stated: StatedFigure) -> list[float]:
        """Return what a figure may rightly be; a change also as the working draft's own sentences reckon it."""
        return [each for each in (self._known.signed(stated), *reckoned(self._known, stated)) if each is not None]

    def judge(self, stated: StatedFigure) -> JudgedFigure | None:
        """Return what is wrong, or open, about a figure; None where it is right or nothing is known of it."""
        expected = self._known.expected(stated)
        ways = self._reckoned(stated)
        if right := [each for each in ways if self._agrees(stated, self._unsigned(stated, each))]:
            return self._direction(stated, right)
        certain = stated.sure and expected is not None
        if not certain and (otherwise := self._right_otherwise(stated)):
            reading, strange = otherwise
            return JudgedFigure(reading, None, False, _FAR_FETCHED, strange=strange) if strange else None
        if expected is None:
            return JudgedFigure(stated, None, certain=False, why="các báo cáo không có số này")
        expected = min((self._unsigned(stated, each) for each in ways), key=lambda each: self._apart(stated, each))
        why = self._why(stated, expected)
        ratio = self._ratio(stated, expected)
        near = _LEAST <= ratio <= _MOST or (
            stated.kind in SHARES and abs(self._written(stated) - expected) <= _FEW_POINTS
        )
        sure = ((certain and bool(why or near)) or self._plainly(stated, why)) and not self._is_out_of_scale(
            stated, why
        )
        plain = "khác số cộng từ các báo cáo" if sure else f"gần nhất là {self.in_words(stated, expected)}"
        whose = why.removeprefix(_OTHERS) if why.startswith(_OTHERS) else ""
        return JudgedFigure(stated, expected, sure, why or plain, like=bool(why or near), whose=whose)

    def _plainly(self, stated: StatedFigure, why: str) -> bool:
        """Whether a figure with few doubts is by its digits alone a slip of the one that it should be.

        Nothing that its indicator was at any time, of whomever, is written so.
        """
        telling = digits_of(stated.amount) - _TELLING + 1  # each digit more outweighs a doubt
        if not 0 < len(stated.doubts) <= telling or not why.startswith(_SLIPS):
            return False
        if Doubt.INDICATOR in stated.doubts and self._of_other_indicator(stated):
            return False
        code = stated.indicator
        cells = ((each, period, unit) for each in (code, *stated.likely) for period in self._known.periods.get(each, ())
                 for unit in (None, stated.unit))  # fmt: skip
        return not any(self._is_of(stated, *cell) for cell in dict.fromkeys(cells))

    def _is_out_of_scale(self, stated: StatedFigure, why: str) -> bool:
        """Whether all units' figure would be one's, or one's all of them's: nobody errs so, whose it is was misread."""
        if not why.startswith(_OTHERS) or isinstance(stated.unit, Together):
            return False
        others = (None,) if stated.unit else self._units
        return any(self._is_of(stated, stated.indicator, stated.period, each) for each in others)

    def in_words(self, stated: StatedFigure, value: float) -> str:
        """Return a figure as a finding names it."""
        indicator = self._indicators[stated.indicator]
        if stated.kind in SHARES:
            return f"{format_number(value * 100, 1)}%"
        if stated.kind is FigureKind.TIMES:
            return f"{format_number(value)} lần"
        if stated.kind is FigureKind.PER or stated.per:
            return say_amount(value, indicator.unit_of_measure)
        measure = "điểm phần trăm" if stated.points else indicator.unit_of_measure
        return format_amount(value, measure)

    def subject(self, stated: StatedFigure) -> str:
        """Return what a figure is of: the indicator, the time, the unit."""
        indicator = self._indicators[stated.indicator]
        when = say_period(stated.period) if stated.period is not None else ""
        if stated.span:
            when = f"giai đoạn {stated.span[0]} - {stated.span[1]}"
        parts = [f"{indicator.code} {indicator.name}", when]
        if stated.base is not None and stated.kind in CHANGES:
            parts.append(f"so với {say_period(stated.base)}")
        parts.append(called(stated.unit, self._units))
        if stated.beside:
            parts.append(f"so với {called(stated.beside.whose, self._units) or 'tất cả các đơn vị cộng lại'}")
        return ", ".join(part for part in parts if part)

    def _direction(self, stated: StatedFigure, right: Sequence[float]) -> JudgedFigure | None:
        """Return that a change went the other way than is said, where its size is right; None where it did not."""
        if not all(_is_turned(stated, each) for each in right):
            return None
        said, found = ("tăng", "giảm") if stated.rises else ("giảm", "tăng")
        expected = self._unsigned(stated, right[0])
        sure = stated.sure or digits_of(stated.amount) >= _TELLING
        return JudgedFigure(stated, expected, certain=sure, why=f"số liệu cho thấy {found}, dự thảo ghi {said}")

    def _unsigned(self, stated: StatedFigure, value: float) -> float:
        return abs(value) if stated.kind in WITH_DIRECTION else value

    def _agrees(self, stated: StatedFigure, value: float) -> bool:
        if (
            stated.kind is FigureKind.TIMES
            and abs(stated.amount.value - value) <= min(stated.amount.step, value / 5) / 2
        ):
            return True
        unit = self._counted_in(stated)
        # "năm 2030 (194,9)", without a measure
        plain = unit > 1 == stated.amount.scale and stated.amount.agrees(value, 1.0)
        return plain or stated.amount.agrees(self._scaled(stated, value), unit)

    def _apart(self, stated: StatedFigure, value: float) -> float:
        return abs(self._written(stated) - value)

    def _ratio(self, stated: StatedFigure, value: float) -> float:
        written = self._written(stated)
        return written / value if value else (1.0 if not written else 0.0)

    def _written(self, stated: StatedFigure) -> float:
        """Return the written figure as one known would be."""
        return stated.amount.value / (100 if stated.kind in SHARES else self._counted_in(stated))

    def _scaled(self, stated: StatedFigure, value: float) -> float:
        """Return a figure known as it would stand in the place of the written one."""
        return value * (100 if stated.kind in SHARES else self._counted_in(stated))

    def _counted_in(self, stated: StatedFigure) -> float:
        """Return how many of its base the measure is that a figure like this would be known in."""
        if stated.kind in SHARES or stated.kind is FigureKind.TIMES or stated.points:
            return 1.0
        return self._known.factor(stated.indicator)

    def _right_otherwise(self, stated: StatedFigure) -> tuple[StatedFigure, int] | None:
        """Return what a figure read with doubts is right of that its sentence may mean, and how strange that is."""
        best: tuple[StatedFigure, int] | None = None
        for each, strange in self._readings.of(stated):
            if best is not None and strange >= best[1]:
                continue
            value = self._known.signed(each)
            if value is not None and self._agrees(each, self._unsigned(each, value)) and not _is_turned(each, value):
                best = each, strange
                if not strange:
                    break
        return best

    def _why(self, stated: StatedFigure, expected: float) -> str:
        """Return what the figure is instead, if that is plain."""
        whose = stated.kind is FigureKind.VALUE and abs(self._written(stated)) >= _FEW and stated.period is not None
        reasons = (
            self._of_other_time_or_unit(stated) if whose else "",
            slip_of(stated.amount, self._scaled(stated, expected)),
            self._by_powers(stated, expected),
            self._of_other_indicator(stated) if whose else "",
        )
        return next(filter(None, reasons), "")

    def _of_other_time_or_unit(self, stated: StatedFigure) -> str:
        own = stated.indicator
        for period in self._known.periods.get(own, ()):
            if period != stated.period and self._is_of(stated, own, period, stated.unit):
                return f"đúng là số {say_period(period)}"
        for unit in (*self._units, None):
            if unit != stated.unit and self._is_of(stated, own, stated.period, unit):
                return f"{_OTHERS}{self._units[unit] if unit else 'tất cả các đơn vị cộng lại'}"
        return ""

    def _of_other_indicator(self, stated: StatedFigure) -> str:
        codes = (
            code for code in self._related(stated.indicator) if self._is_of(stated, code, stated.period, stated.unit)
        )
        return next((f"{_OTHERS}{code} {self._indicators[code].name}" for code in codes), "")

    def _by_powers(self, stated: StatedFigure, expected: float) -> str:
        if digits_of(stated.amount) < _FEWEST:
            return ""
        off = (
            power
            for power in _POWERS
            if self._agrees(stated, expected * power) or self._agrees(stated, expected / power)
        )
        return next((f"lệch {format_number(power)} lần" for power in off), "")

    def _is_of(self, stated: StatedFigure, code: str, period: PeriodId | None, unit: Whose) -> bool:
        if period is None:
            return False
        value = self._known.at(code, period, unit)
        if value is None:
            return False
        factor = self._known.factor(code)
        return stated.amount.agrees(value * factor, factor)

    def _related(self, code: str) -> list[str]:
        measure = measure_of(self._indicators[code].unit_of_measure)
        return [
            other for other, each in self._indicators.items()
            if other != code and measure_of(each.unit_of_measure).base == measure.base
        ]  # fmt: skip


def _is_turned(stated: StatedFigure, value: float) -> bool:
    """Whether a change went the other way than is said."""
    said = stated.rises is not None and stated.kind in WITH_DIRECTION
    return said and value != 0 and (value > 0) is not stated.rises
