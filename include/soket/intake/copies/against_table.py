"""A signed copy held against the indicator table: the rows that it prints, and what its sentences claim."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from soket.intake.table import FormTable
from soket.narrative.claims.values import Claim, ClaimReader
from soket.narrative.names.phrases import names_of
from soket.narrative.quantities.measures import measure_of
from soket.narrative.quantities.numbers import Number, parse_number
from soket.narrative.sentences.prose import sentences
from soket.plan.model import Indicator, IndicatorForm, Plan, Unit
from soket.plan.periods import say_period
from soket.record.records import Figure
from soket.record.signed import DifferentFigure
from soket.text import flat, fold, format_amount, quoted

_TOKEN = re.compile(r"(?P<figure>-?\d+(?:[.,]\d+)*%?)|(?P<word>[^\W\d_]+)|(?P<none>…|-(?=\s|$))")
_MOST_BETWEEN = 4  # words between an indicator's name and its figures: its unit of measure


@dataclass(frozen=True)
class HeldRows:
    """What of a table stands in a copy, and where that is not what the table says."""

    rows: int
    different: tuple[DifferentFigure, ...]


@dataclass(frozen=True)
class _Piece:
    text: str
    is_figure: bool


def compare_table(
    plan: Plan, unit: Unit, form: IndicatorForm, table: FormTable, document: Sequence[str], copy: Sequence[str]
) -> HeldRows:
    """Return how a copy compares with a table; what the document says as the copy does is told of elsewhere."""
    pieces = [_Piece(flat(match[0]), match["word"] is None) for each in copy for match in _TOKEN.finditer(each)]
    places = defaultdict[str, list[int]](list)
    for at, piece in enumerate(pieces):
        places[piece.text].append(at)
    rows, different = 0, list[DifferentFigure]()
    for indicator in form.indicators:
        if row := _row(pieces, places, indicator, len(form.years)):
            rows += 1
            different += _of_row(form, indicator, table, row)
    told = {each.place for each in different}
    reader = ClaimReader(form, names_of(plan, unit))
    own = {sentence for each in document for sentence in sentences(each)}
    for sentence, claim in _claims(reader, (each for text in copy for each in sentences(text) if each not in own)):
        figure = table.figures.get((claim.indicator.code, claim.year))
        if figure is None or figure.value is None:
            continue
        scale = measure_of(claim.indicator.unit_of_measure).factor
        found = _different(claim.indicator, figure, figure.value, quoted(sentence), said=_said(claim, scale))
        if not claim.amount.agrees(figure.value * scale, scale) and found.place not in told:
            different.append(found)
    return HeldRows(rows, tuple(different))


def _claims(reader: ClaimReader, of: Iterable[str]) -> Iterator[tuple[str, Claim]]:
    for sentence in of:
        for claim in reader.claims(sentence):
            yield sentence, claim


def _said(claim: Claim, scale: float) -> str:
    return format_amount(claim.amount.value / scale, claim.indicator.unit_of_measure)


def _row(
    pieces: Sequence[_Piece], places: Mapping[str, Sequence[int]], indicator: Indicator, years: int
) -> list[str] | None:
    """Return the figures after an indicator's name, where there is one a year and nothing more."""
    name = re.findall(r"[^\W\d_]+", fold(indicator.name))
    for at in places.get(name[0], ()) if name else ():
        if [piece.text for piece in pieces[at : at + len(name)]] == name:
            start = at + len(name)
            while start < min(at + len(name) + _MOST_BETWEEN, len(pieces)) and not pieces[start].is_figure:
                start += 1
            end = start
            while end < len(pieces) and pieces[end].is_figure:
                end += 1
            if end - start == years:
                return [piece.text for piece in pieces[start:end]]
    return None


def _of_row(form: IndicatorForm, indicator: Indicator, table: FormTable, row: Sequence[str]) -> list[DifferentFigure]:
    """Return where a printed row is not the table's; one that hardly agrees is another row, or in another measure."""
    different, same = [], 0
    for text, year in zip(row, form.years, strict=True):
        figure, read = table.figures.get((indicator.code, year)), parse_number(text)
        if figure is None or figure.value is None or not isinstance(read, Number):
            continue
        if abs(read.value - figure.value) <= _step(text) / 2 + 1e-9 * abs(figure.value):
            same += 1
        else:
            said = format_amount(read.value, indicator.unit_of_measure)
            different.append(_different(indicator, figure, figure.value, " ".join(row), said=said))
    return different if same >= len(different) else []


def _step(text: str) -> float:
    """Return what the last digit of a printed figure counts."""
    return 10.0 ** -len(text.strip("%").partition(",")[2])


def _different(indicator: Indicator, figure: Figure, value: float, quote: str, *, said: str) -> DifferentFigure:
    place = f"{indicator.code} «{indicator.name}» {say_period(figure.year)}, ô {figure.cell}, {figure.file}"
    return DifferentFigure(
        signed=said, source=format_amount(value, indicator.unit_of_measure), quote=quote, place=place
    )
