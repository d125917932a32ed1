"""The changes that a report's words tell of, held against what its table's figures come to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from soket.faults import Fault, fault
from soket.intake.claimed import narrative_faults, place_of
from soket.intake.table import FormTable
from soket.narrative.claims.around import is_of_else, sentences_in_place
from soket.narrative.claims.changes import ChangeReader, ToldChange
from soket.narrative.claims.held_changes import may_be_told, should_be
from soket.narrative.names.phrases import names_of
from soket.narrative.names.unit_names import UnitNames
from soket.narrative.quantities.measures import MONEY, PERCENT, measure_of
from soket.narrative.said.asked import is_of_times_to_come
from soket.narrative.sections.kinds import AHEAD, kinds_named
from soket.narrative.sentences.marks import lead_of
from soket.plan.model import Indicator, IndicatorForm, Plan, Unit
from soket.plan.periods import PeriodId
from soket.record.records import Figure, SectionText
from soket.text import flat, fold, quoted

_QUOTED = 240  # letters of a sentence in a message

_FEW = 1_000  # so many are counted one by one, and never rounded
_OF_COUNTED, _OF_MEASURED = 0.005, 0.05  # how much of a figure of the table may have been lost to rounding


def word_faults(
    plan: Plan, unit: Unit, file: str, sections: Sequence[SectionText], form: IndicatorForm, table: FormTable
) -> Iterator[Fault]:
    """Yield what a report's words say otherwise than its table: of its figures, then of what became of them.

    Under a heading of the unit's own these may be of times to come, too.
    """
    told = [each for each in sections if each.section or not AHEAD & {*kinds_named(_title_of(each.heading or ""))}]
    asked = [*narrative_faults(plan, unit, file, told, form, table)]
    yield from asked
    yield from change_faults(plan, unit, file, told, form, table, asked)


def _title_of(heading: str) -> str:
    return fold(heading[len(lead_of(heading)) :]).rpartition(". ")[2]  # "Phần VII. Phương hướng"


def change_faults(
    plan: Plan,
    unit: Unit,
    file: str,
    sections: Sequence[SectionText],
    form: IndicatorForm,
    table: FormTable,
    asked: Sequence[Fault],
) -> Iterator[Fault]:
    """Yield the first change that a sentence tells of and that the table's figures gainsay.

    Not of a sentence that one of its figures is `asked` about, nor where it may speak of another place or of a plan.
    """
    names = names_of(plan, unit)
    reader = ChangeReader(form, names)
    for section in sections:
        heading = next((each for each in plan.outline if each.code == section.section), None)
        if heading is not None and is_of_times_to_come(heading):
            continue
        for sentence, before in sentences_in_place(section.text):
            found = ((change, _denying(change, table)) for change in reader.changes(sentence))
            change, denying = next((each for each in found if each[1]), (None, []))
            if change is None or is_of_else(sentence, before, names) or _is_of_others(plan, unit, sentence, before):
                continue
            quote = quoted(sentence, _QUOTED)
            if not any(f"«{quote}»" in each.message for each in asked):
                yield _fault(change, denying, quote, file, place_of(plan, section))


def _is_of_others(plan: Plan, unit: Unit, sentence: str, before: Sequence[str]) -> bool:
    """Whether a sentence, or what stands before it, names another unit of the plan."""
    named = UnitNames(plan.units, (plan.place,)).found(flat("; ".join((*before, sentence))))
    return any(code != unit.code for _, _, code in named)


def _denying(change: ToldChange, table: FormTable) -> list[tuple[Figure, float]]:
    """Return the figures that say otherwise than a change is told; none where they agree, or one is missing."""
    code = change.indicator.code
    first, last, _ = change.years
    years = (first, last) if change.is_of_two else range(first, last + 1)
    found = [table.figures.get((code, year)) for year in years]
    held = [(figure, figure.value) for figure in found if figure and figure.value]  # by nought nothing is measured
    values = [value for _, value in held]
    lost = [_lost(change.indicator, value, table, (code, figure.year)) for figure, value in held]
    return held if len(held) == len(years) and not may_be_told(change, values, lost) else []


def _fault(change: ToldChange, denying: Sequence[tuple[Figure, float]], quote: str, file: str, place: str) -> Fault:
    cells = tuple(figure.cell for figure, _ in denying)
    found = fault(
        "TB-03",
        file,
        place,
        quote=quote,
        indicator=change.indicator.code,
        name=change.indicator.name,
        told=should_be(change, [value for _, value in denying]),
        cells=f"ô {', '.join(cells)}",
        table=denying[0][0].file,
    )
    return found.model_copy(update={"weighs": cells})


def _lost(indicator: Indicator, value: float, table: FormTable, at: tuple[str, PeriodId]) -> float:
    """Return by how much a figure of the table may differ from what it was rounded from."""
    measure = measure_of(indicator.unit_of_measure)
    measured = measure.base in (MONEY, PERCENT) or measure.scale > 0 or indicator.type == "decimal"
    if not measured and value < _FEW and value.is_integer():
        return 0.0
    digits = f"{value:.6f}".rstrip("0").rstrip(".")
    decimals = len(digits.partition(".")[2])
    step = 10.0**-decimals if decimals else 10.0 ** (len(digits) - len(digits.rstrip("0")))
    return max(min(step / 2, (_OF_MEASURED if measured else _OF_COUNTED) * value), table.rounding.get(at, 0.0))
