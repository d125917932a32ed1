"""What a drafter has to look at: figures in doubt or far from those of others, reports that gainsay themselves.

Like is held against like: figures of one indicator and period with each other, amounts in prose with those that count
the same thing on the same theme. What prose says of an indicator of its own table is the table's.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from math import log10
from statistics import median
from typing import TypeVar

from soket.documents.figures import Summary
from soket.documents.gainsaying import gainsaying
from soket.documents.prose_figures import ProseFigure
from soket.documents.provenance import told
from soket.documents.said import Saying, Sayings
from soket.documents.sentences import name_of
from soket.narrative.names.phrases import phrases_of
from soket.narrative.said.stances import Held
from soket.plan.model import Plan, Unit
from soket.plan.periods import say_period
from soket.text import format_amount, format_number

T = TypeVar("T")

_FEWEST = 8  # figures of different units, to tell what is usual
_FAR = 20.0  # times the median, or the median times that


@dataclass(frozen=True)
class Remark:
    """Something for the drafter to look at."""

    kind: str
    unit: Unit
    submission: int
    place: str  # "mục III, câu 2", "ô D7"
    why: str
    said: Saying | None = None
    against: Saying | None = None

    @property
    def in_words(self) -> str:
        """The remark in one line, with the sentence."""
        sentence = f" “{told(self.said.text, self.said.source)}”" if self.said else ""
        return f"{self.kind}. {self.unit.name}, {self.place}: {self.why}{sentence}"


def _remark_on(said: Saying, kind: str, why: str, against: Saying | None = None) -> Remark:
    """Return a remark on a sentence."""
    place = f"mục {said.section.number.rstrip('.')}, câu {said.number}"
    return Remark(kind, said.unit, said.submission, place, why, said, against)


def remarks(sayings: Sayings, figures: list[ProseFigure]) -> list[Remark]:
    """Return what is to be looked at: what is in doubt first, then what is unlike the rest."""
    summary = sayings.summary
    far = _far_in_prose(summary.plan, figures)
    unlike = [*_far_in_tables(summary), *_gainsaying(sayings), *far]
    return [*_doubts(summary), *_unlike_signed(summary), *unlike, *_footnotes(summary), *_not_quoted(sayings)]


def _not_quoted(sayings: Sayings) -> Iterator[Remark]:
    """Yield what papers of the whole do not quote: sentences of persons, punishments, crimes, of figures in doubt."""
    for section in sayings.sections:
        for each, *_ in section.by_sentence:
            if each.held is Held.PERSONS:
                yield _remark_on(each, "Nêu người, vụ việc", "lời người dân, kỷ luật, vụ án, tệ nạn: không trích.")
            elif each.held is Held.UNSURE:
                why = "số viết không rõ, hoặc chính câu ấy nói lại: hỏi đơn vị, chưa trích."
                yield _remark_on(each, "Số trong lời văn không rõ", why)


def _footnotes(summary: Summary) -> Iterator[Remark]:
    """Yield what units were asked and confirmed, with the reason: a footnote, if the figure is used."""
    for each in summary.footnotes:
        why = f"{each.fault.message} {each.fault.advice}"
        yield Remark("Nên chú thích", each.unit, each.number, each.fault.place or "biểu số liệu", why)


def _doubts(summary: Summary) -> Iterator[Remark]:
    """Yield the figures that nobody has confirmed: those that their own reports gainsay, then those odd by a rule."""
    for each in sorted(summary.unconfirmed, key=lambda each: not each.fault.is_of_words):
        kind = "Lời văn khác biểu số liệu" if each.fault.is_of_words else "Số liệu trái quy tắc"
        yield Remark(kind, each.unit, each.number, each.fault.place or "biểu số liệu", each.fault.message)


def _unlike_signed(summary: Summary) -> Iterator[Remark]:
    """Yield where signed copies say otherwise than the text or the table that is used."""
    for each in summary.unlike_signed:
        place = each.fault.place or "bản ký"
        yield Remark("Bản ký khác bản đang dùng", each.unit, each.number, place, each.fault.message)


def _far_in_tables(summary: Summary) -> Iterator[Remark]:
    """Yield figures of tables far from those of others; those in doubt are told of by themselves."""
    for form in summary.forms:
        for item in form.indicators:
            for year in item.years:
                values = [each for each in year.values if each.value > 0 and not each.doubtful]
                usual, far = _far_off([(each, each.unit.code, each.value) for each in values])
                for each in far:
                    measure = item.indicator.unit_of_measure
                    why = (
                        f"{item.indicator.code} {name_of(item.indicator)} {say_period(year.year)} "
                        f"ghi {format_amount(each.value, measure)}, khác xa các đơn vị khác "
                        f"(thường khoảng {format_amount(usual, measure)})."
                    )
                    yield Remark("Số liệu khác thường", each.unit, each.submission, f"ô {each.cell}", why)


def _far_in_prose(plan: Plan, figures: list[ProseFigure]) -> Iterator[Remark]:
    """Yield amounts in prose far from what others count in the same words, about the same theme."""
    alike: defaultdict[Hashable, list[ProseFigure]] = defaultdict(list)
    named: dict[str, frozenset[str]] = {}
    pattern, codes = _phrases(plan)
    asked = {form.code: frozenset(each.code for each in form.indicators) for form in plan.forms}
    tables = {unit.code: asked[form.code] for unit in plan.units if (form := plan.form_of(unit))}
    for each in figures:
        said = each.said
        if each.value <= 0 or each.counted == "%" or said.held in (Held.OTHERS, Held.UNSURE):
            continue
        if said.text not in named:
            named[said.text] = frozenset(codes[found] for found in pattern.findall(said.plain))
        own = named[said.text]
        if not (said.theme or own):
            continue  # nothing says that they are of a kind
        if own.isdisjoint(tables.get(said.unit.code, ())):
            alike[said.section.code, said.theme and said.theme.code, each.counted, own].append(each)
    for found in alike.values():
        usual, far = _far_off([(each, each.said.unit.code, each.value) for each in found])
        for each in (each for each in far if not _may_be_of_all(each, found)):
            why = f"“{each.text}” khác xa các báo cáo khác (thường khoảng {format_number(usual)})."
            yield _remark_on(each.said, "Số liệu khác thường", why)


def _may_be_of_all(figure: ProseFigure, alike: Sequence[ProseFigure]) -> bool:
    """Whether a unit of another kind than the others may tell of all that they have a part of, each its own."""
    blocks = Counter({each.said.unit.code: each.said.unit.block for each in alike}.values())
    ((usual, _),) = blocks.most_common(1)
    own = [each.value for each in alike if each.said.unit.block == usual]
    return figure.said.unit.block != usual and median(own) <= figure.value <= _FAR * sum(own)


def _far_off(values: Sequence[tuple[T, str, float]]) -> tuple[float, list[T]]:
    """Return what is usual among values of units, and whose are far from it; none of values of few units."""
    if len({unit for _, unit, _ in values}) < _FEWEST:
        return 0.0, []
    middle = median(value for *_, value in values)
    spread = median(abs(log10(value / middle)) for *_, value in values)
    least = max(log10(_FAR), 4 * spread)
    return middle, [each for each, _, value in values if abs(log10(value / middle)) > least]


def _phrases(plan: Plan) -> tuple[re.Pattern[str], dict[str, str]]:
    """Return a pattern for the names of a plan's indicators, and whose each is."""
    named = phrases_of(tuple(each for form in plan.forms for each in form.indicators))
    codes = {phrase: each.code for phrase, each in named.items()}
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, codes))})\b" if codes else r"(?!)"), codes


def _gainsaying(sayings: Sayings) -> Iterator[Remark]:
    """Yield reports that say in one place that something is there and in another that it is lacking."""
    for said, other in gainsaying(sayings):
        why = f"trái với mục {other.section.number.rstrip('.')}, câu {other.number} của chính báo cáo ấy."
        yield _remark_on(said, "Trái nhau trong một báo cáo", why, other)
