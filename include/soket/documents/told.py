"""What a paper made of some reports tells, small enough to be kept, and what a later one tells otherwise.

Editions of a draft, papers that reports came after, and acts that are only thought of are all compared by this.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pydantic import ValidationError

from soket.documents.figures import FormSummary, Summary, in_order
from soket.documents.said import Sayings
from soket.documents.sentences import form_sentences, name_of
from soket.plan.model import Indicator, Plan, Unit
from soket.plan.periods import PeriodId, say_period
from soket.plan.themes import Lexicon
from soket.record.products import TOLD
from soket.record.records import StageRecord
from soket.record.workspace import Workspace
from soket.store.record import Record
from soket.store.store import MissingObjectError
from soket.text import first_units, format_amount, upper_first

_NAMED = 12  # units in a sentence


class ToldFigure(Record):
    """One total of all units that gave a figure."""

    indicator: str
    year: PeriodId
    total: float


class Telling(Record):
    """The reports that a paper rests on, its totals, its sentences on them, and how many units speak of each theme."""

    basis: dict[str, int]
    figures: tuple[ToldFigure, ...]
    sentences: dict[str, str]  # by the code of the indicator that they begin with
    themes: dict[str, int]  # by "heading/theme"


@dataclass(frozen=True)
class FigureMove:
    """A total that is another one now; None where there is none."""

    indicator: Indicator
    year: PeriodId
    before: float | None
    after: float | None
    latest: bool  # whether it is of the last period that there is a total of

    def __str__(self) -> str:
        return (
            f"{upper_first(name_of(self.indicator))} {say_period(self.year)} từ {self._say(self.before)} thành "
            f"{self._say(self.after)}"
        )

    @property
    def is_seen(self) -> bool:
        """Whether it is another figure as papers print it."""
        return self._say(self.before) != self._say(self.after)

    @property
    def by(self) -> str:
        """By how much it moved; "" where it was not there, is no more, or moved by less than is printed."""
        if self.before is None or self.after is None:
            return ""
        difference = round(self.after - self.before, 6)
        measure = self.indicator.unit_of_measure
        points = "điểm phần trăm" if measure == "%" else measure
        amount = format_amount(abs(difference), points)
        if amount == format_amount(0, points):
            return ""
        return f"{'tăng' if difference > 0 else 'giảm'} {amount}"

    @property
    def in_words(self) -> str:
        """Say it with by how much."""
        return f"{self} ({self.by})" if self.by else str(self)

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
    figures: tuple[FigureMove, ...]  # the latest of each indicator first, wholes before their parts
    sentences: tuple[SentenceMove, ...]
    themes: tuple[ThemeMove, ...]  # those that moved most first

    def __bool__(self) -> bool:
        return bool(self.reports or self.figures or self.sentences or self.themes)

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


def told(summary: Summary, sayings: Sayings | None = None) -> Telling:
    """Return what a paper made of a summary tells; of themes, where what the reports say is at hand."""
    figures = [
        ToldFigure(indicator=item.indicator.code, year=year.year, total=year.total)
        for form in summary.forms
        for item in form.indicators
        for year in item.years
        if year.total is not None
    ]
    return Telling(
        basis=dict(summary.basis),
        figures=tuple(figures),
        sentences={code: said for form in summary.forms for code, said in _sentences(form)},
        themes=dict(_themes(sayings)) if sayings else {},
    )


def told_of(workspace: Workspace, record: StageRecord) -> Telling | None:
    """Return what a provisional draft told; None where that is lost, or another version of soket wrote it."""
    key = next((each for each in record.products if each.endswith(f"/{TOLD}")), "")
    try:
        return Telling.model_validate_json(workspace.store.get(key))
    except (MissingObjectError, ValidationError):
        return None


def changes(plan: Plan, before: Telling, now: Telling, lexicon: Lexicon | None = None) -> Moves:
    """Compare what two papers of one plan tell; what the plan, or its lexicon, has no more is left out."""
    then, counting = before.basis, now.basis
    unit_of = {unit.code: unit for unit in plan.units}
    codes = [*dict.fromkeys([*before.sentences, *now.sentences])]
    sentences = [SentenceMove(before.sentences.get(each, ""), now.sentences.get(each, "")) for each in codes]
    return Moves(
        added=in_order(unit_of[code] for code in counting if code not in then and code in unit_of),
        replaced=in_order(
            unit_of[code] for code, number in counting.items() if then.get(code, number) != number and code in unit_of
        ),
        dropped=in_order(unit_of[code] for code in then if code not in counting and code in unit_of),
        figures=tuple(sorted(_figures(plan, before, now), key=lambda move: not move.latest)),
        sentences=tuple(each for each in sentences if each.before != each.after),
        themes=tuple(_theme_moves(before.themes, now.themes, lexicon)) if lexicon else (),
    )


def _some(units: tuple[Unit, ...]) -> str:
    return first_units([unit.name for unit in units], _NAMED)


def _sentences(form: FormSummary) -> Iterator[tuple[str, str]]:
    filled = [item for item in form.wholes if item.latest is not None]
    for item, said in zip(form.wholes, form_sentences(form), strict=True):
        if item in filled:
            yield item.indicator.code, said


def _themes(sayings: Sayings) -> Iterator[tuple[str, int]]:
    for under in sayings.sections:
        units: dict[str, set[str]] = {}
        for each in under.said:
            if each.theme:
                units.setdefault(each.theme.code, set()).add(each.unit.code)
        yield from ((f"{under.section.code}/{code}", len(found)) for code, found in units.items())


def _figures(plan: Plan, before: Telling, now: Telling) -> Iterator[FigureMove]:
    then = {(each.indicator, each.year): each.total for each in before.figures}
    totals = {(each.indicator, each.year): each.total for each in now.figures}
    for form in plan.forms:
        for indicator in sorted(form.indicators, key=lambda each: "." in each.code):
            there = [year for year in form.years if (indicator.code, year) in totals or (indicator.code, year) in then]
            for year in there:
                was, total = then.get((indicator.code, year)), totals.get((indicator.code, year))
                move = FigureMove(indicator, year, was, total, latest=year == there[-1])
                if was != total and move.is_seen:
                    yield move


def _theme_moves(before: Mapping[str, int], now: Mapping[str, int], lexicon: Lexicon) -> list[ThemeMove]:
    moves = []
    for section, themes in lexicon.sections.items():
        for theme in themes:
            was, count = (told.get(f"{section}/{theme.code}", 0) for told in (before, now))
            if was != count:
                moves.append(ThemeMove(theme.name, was, count))
    return sorted(moves, key=lambda move: -abs(move.after - move.before))
