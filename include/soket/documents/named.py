"""Sentences of reports that name a collective or a person that did well: for people to look at, no more."""

from __future__ import annotations

import re
from collections.abc import Iterator

from soket.documents.figures import Excerpt, Summary
from soket.documents.provenance import Reckoning, SentenceSource, digest_of, told, told_figure
from soket.documents.quantities import say_amount
from soket.narrative.said.commended import is_of_a_person, names_commended
from soket.narrative.sentences.prose import Statement, statements
from soket.plan.periods import say_period
from soket.record.nominees import Nominee, Origin, proposal_id
from soket.text import flat

_WORD = re.compile(r"[\w.]*\w")
_OF_A_UNIT = 1  # sentences of each


def named(summary: Summary) -> Iterator[Nominee]:
    """Yield a sentence of each report that names somebody, verbatim, with where it stands; reports by unit's name."""
    taken: dict[str, int] = {}
    for found in summary.sections:
        for excerpt in found.excerpts:
            for each in statements(excerpt.text):
                if not names_commended(each.text):
                    continue
                if taken.setdefault(excerpt.unit.code, 0) >= _OF_A_UNIT:
                    break
                taken[excerpt.unit.code] += 1
                yield Nominee(
                    id=proposal_id(Origin.REPORT, excerpt.unit.code, each.text),
                    unit=excerpt.unit.code,
                    name=excerpt.unit.name,
                    individual=is_of_a_person(each.text),
                    source=Origin.REPORT,
                    merit=f"“{told(each.text, sentence_source(excerpt, found.section.code, each))}”",
                    evidence=f"Mục {found.section.number.rstrip('.')}, câu {each.number}; báo cáo nộp lần "
                    f"{excerpt.submission}",
                    concern="Báo cáo nêu, chưa phải đề nghị của đơn vị.",
                )


def sentence_source(excerpt: Excerpt, section: str, sentence: Statement) -> SentenceSource:
    """Return where a sentence of a report stands."""
    return SentenceSource(
        unit=excerpt.unit.code,
        submission=excerpt.submission,
        section=section,
        number=sentence.number,
        digest=digest_of(sentence.text),
    )


def with_sources(summary: Summary, nominee: Nominee) -> Nominee:
    """Return a nomination with what the unit's own report says of it: figures of the indicators named, a sentence."""
    found = [*_figures(summary, nominee), *_sentences(summary, nominee)]
    own = ". ".join(found) if found else "Báo cáo của đơn vị không nêu"
    return nominee.model_copy(update={"evidence": f"{nominee.evidence}. {own}."})


def _figures(summary: Summary, nominee: Nominee) -> Iterator[str]:
    """Yield the unit's own figures of the indicators that a nomination names by their codes."""
    said = set(_WORD.findall(f"{nominee.merit} {nominee.evidence}"))
    for item in (item for form in summary.forms for item in form.indicators if item.indicator.code in said):
        values = [(year, year.by_unit[nominee.unit]) for year in item.course if nominee.unit in year.by_unit]
        ends = values[:1] + values[-1:] if len(values) > 1 else values
        values_said = [
            f"{say_period(year.year)}: "
            + told_figure(
                say_amount(value.value, item.indicator.unit_of_measure),
                item.indicator.code,
                year.year,
                made=Reckoning.UNIT,
                unit=nominee.unit,
            )
            for year, value in ends
        ]
        if values_said:
            yield f"{item.indicator.code} của đơn vị {', '.join(values_said)} (nộp lần {values[-1][1].submission})"


def _sentences(summary: Summary, nominee: Nominee) -> Iterator[str]:
    """Yield the first sentence of the unit's report that has the nominee's name."""
    name = flat(nominee.name.partition(",")[0]).removeprefix("dong chi ").removeprefix("tap the ")
    for found in summary.sections:
        for excerpt in (each for each in found.excerpts if each.unit.code == nominee.unit):
            for each in statements(excerpt.text):
                if name and name in flat(each.text):
                    place = f"mục {found.section.number.rstrip('.')}, câu {each.number}"
                    said = told(each.text.rstrip("."), sentence_source(excerpt, found.section.code, each))
                    yield f"Báo cáo ({place}, nộp lần {excerpt.submission}): “{said}”"
                    return
