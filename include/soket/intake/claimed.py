"""The figures that a report's words claim, held against its table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from soket.faults import Fault, fault
from soket.intake.table import FormTable
from soket.narrative.claims.values import Claim, ClaimReader
from soket.narrative.names.phrases import names_of
from soket.narrative.quantities.measures import measure_of
from soket.narrative.sentences.prose import sentences
from soket.plan.model import IndicatorForm, Plan, Unit
from soket.plan.periods import say_period
from soket.record.records import Figure, SectionText
from soket.text import format_amount, format_number, quoted

_LONGEST = 60  # letters of a heading that a place is told by
_MAGNITUDES = (1e3, 1e6, 1e9)


def narrative_faults(
    plan: Plan, unit: Unit, file: str, sections: Sequence[SectionText], form: IndicatorForm, table: FormTable
) -> Iterator[Fault]:
    """Yield the first claim on each indicator and year that its cell of the table denies."""
    reader = ClaimReader(form, names_of(plan, unit))
    told: set[tuple[str, int]] = set()
    for section in sections:
        for sentence in sentences(section.text):
            for claim in reader.claims(sentence):
                at = claim.indicator.code, claim.year
                figure = table.figures.get(at)
                if figure is None or figure.value is None or at in told or _agree(claim, figure.value):
                    continue
                told.add(at)
                yield _fault(claim, figure, figure.value, sentence, file, place_of(plan, section))


def place_of(plan: Plan, section: SectionText) -> str:
    """Return where a report says something: under a section's number, or under a heading of its own."""
    own = next((each for each in plan.outline if each.code == section.section), None)
    if own is not None:
        return f"mục {own.number.rstrip('.')}"
    return f"phần “{quoted(section.heading, _LONGEST)}”" if section.heading else "trước các mục"


def _agree(claim: Claim, value: float) -> bool:
    scale = measure_of(claim.indicator.unit_of_measure).factor
    return claim.amount.agrees(value * scale, scale)


def _fault(claim: Claim, figure: Figure, value: float, sentence: str, file: str, place: str) -> Fault:
    indicator = claim.indicator
    times = next((each for each in _MAGNITUDES if _agree(claim, value * each) or _agree(claim, value / each)), None)
    found = fault(
        "TB-02" if times and value else "TB-01",
        file,
        place,
        quote=quoted(sentence, 240),
        indicator=indicator.code,
        name=indicator.name,
        period=say_period(claim.year),
        value=format_amount(value, indicator.unit_of_measure),
        cell=f"ô {figure.cell}",
        table=figure.file,
        times=format_number(times or 1),
    )
    return found.model_copy(update={"denies": (figure.file, figure.cell)})
