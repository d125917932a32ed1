"""What a paper made of some reports tells, small enough to be kept, and what a later one tells otherwise.

Editions of a draft, papers that reports came after, and acts that are only thought of are all compared by this.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pydantic import ValidationError

from soket.documents.figures import FormSummary, Summary, in_order
from soket.documents.form_sentences import form_sentences
from soket.documents.indicators import IndicatorSummary
from soket.documents.moves import FigureMove, Moves, SentenceMove, ThemeMove
from soket.documents.said import Sayings
from soket.documents.sentences import name_of
from soket.documents.year_figures import YearFigure
from soket.plan.model import Plan
from soket.plan.periods import PeriodId, say_period
from soket.plan.themes import Lexicon
from soket.record.products import TOLD
from soket.record.records import StageRecord
from soket.record.workspace import Workspace
from soket.store.record import Record
from soket.store.store import MissingObjectError


class ToldFigure(Record):
    """One total of all units that gave a figure, and what it is without the figures in doubt, where some are."""

    indicator: str
    year: PeriodId
    total: float
    sound: float | None = None
    doubts: tuple[str, ...] = ()  # whose figures are in doubt


class Telling(Record):
    """The reports that a paper rests on, its totals, its sentences on them, and how many units speak of each theme."""

    basis: dict[str, int]
    figures: tuple[ToldFigure, ...]
    sentences: dict[str, str]  # by the code of the indicator that they begin with
    themes: dict[str, int]  # by "heading/theme"


def told(summary: Summary, sayings: Sayings | None = None) -> Telling:
    """Return what a paper made of a summary tells; of themes, where what the reports say is at hand."""
    figures = [
        _told_figure(item, year)
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


def _told_figure(item: IndicatorSummary, year: YearFigure) -> ToldFigure:
    doubts = tuple(each.unit.code for each in year.doubts)
    sound = year.sound(item.indicator).total if doubts else None
    return ToldFigure(indicator=item.indicator.code, year=year.year, total=year.total or 0, sound=sound, doubts=doubts)


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
        confirmed=tuple(_confirmed(plan, before, now)),
        figures=tuple(sorted(_figures(plan, before, now), key=lambda move: not move.latest)),
        sentences=tuple(each for each in sentences if each.before != each.after),
        themes=tuple(_theme_moves(before.themes, now.themes, lexicon)) if lexicon else (),
    )


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
    then, totals = ({(each.indicator, each.year): each for each in told.figures} for told in (before, now))
    unit_of = {unit.code: unit for unit in plan.units}
    for form in plan.forms:
        for indicator in sorted(form.indicators, key=lambda each: each.code.count(".")):
            there = [year for year in form.years if (indicator.code, year) in totals or (indicator.code, year) in then]
            for year in there:
                was, new = then.get((indicator.code, year)), totals.get((indicator.code, year))
                doubts = tuple(unit_of[code] for code in new.doubts if code in unit_of) if new else ()
                before_, after = (each.total if each else None for each in (was, new))
                move = FigureMove(
                    indicator, year, before_, after, year == there[-1], doubts, new.sound if new else None
                )
                if before_ != after and move.is_seen:
                    yield move


def _confirmed(plan: Plan, before: Telling, now: Telling) -> Iterator[str]:
    """Yield whose figures were in doubt and are not any more, of reports that are the same."""
    names = {unit.code: unit.name for unit in plan.units}
    indicators = {each.code: each for form in plan.forms for each in form.indicators}
    doubts = {(each.indicator, each.year): each.doubts for each in now.figures}
    for each in before.figures:
        left = doubts.get((each.indicator, each.year))
        if left is None or each.indicator not in indicators:
            continue
        for code in each.doubts:
            if code not in left and code in names and before.basis.get(code) == now.basis.get(code):
                yield f"{name_of(indicators[each.indicator])} {say_period(each.year)} của {names[code]}"


def _theme_moves(before: Mapping[str, int], now: Mapping[str, int], lexicon: Lexicon) -> list[ThemeMove]:
    moves = []
    for section, themes in lexicon.sections.items():
        for theme in themes:
            was, count = (told.get(f"{section}/{theme.code}", 0) for told in (before, now))
            if was != count:
                moves.append(ThemeMove(theme.name, was, count))
    return sorted(moves, key=lambda move: -abs(move.after - move.before))
