"""Figures in prose held against the reports' and against each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from soket.documents.alike import judged_together
from soket.documents.checks.extremes import extremes_checked
from soket.documents.checks.finding import DraftCheck, DraftFinding, FindingLevel
from soket.documents.judging import FigureJudge, JudgedFigure
from soket.documents.known import KnownFigures
from soket.narrative.figures.leads import leads
from soket.narrative.figures.stated import FigureReader
from soket.narrative.figures.stated_figure import Doubt, StatedFigure
from soket.narrative.sentences.prose import sentence_span
from soket.text import nfc

MOST_TO_LOOK_AT = 10
"""So many figures of a draft are to be looked at; an appraiser who is sent to more looks at none."""
_ALIKE = 3  # figures that are all another's: whose they are was misread


def figures_said(
    reader: FigureReader, known: KnownFigures, paragraphs: Sequence[str], above: Sequence[str] = ()
) -> Iterator[DraftFinding]:
    """Yield the figures in prose that differ from the reports', and those that the draft itself gives twice.

    `above` are all paragraphs, where some are not to be looked at.
    """
    judge = FigureJudge(known)
    read: list[tuple[StatedFigure, int, str]] = []
    found: dict[int, JudgedFigure] = {}
    for number, (paragraph, lead) in enumerate(zip(paragraphs, leads(above or paragraphs), strict=True), 1):
        own = [*reader.figures(paragraph, lead)]
        found |= {at: each for at, each in enumerate(judged_together(judge, own), len(read)) if each is not None}
        read += [(stated, number, paragraph) for stated in own]
    levels = dict(zip(found, weighed([*found.values()]), strict=True))
    yield from extremes_checked(judge, known, read)
    told: dict[tuple[object, ...], tuple[StatedFigure, int]] = {}
    for at, (stated, number, paragraph) in enumerate(read):
        judged = found.get(at)
        if judged is not None and (levels[at] is not FindingLevel.TELL or not judged.strange):
            yield replace(_differs(judge, judged, levels[at], paragraph, number), rests_on=known.sources(judged.stated))
        if not stated.sure:
            continue
        what = _what(stated)
        first, where = told.setdefault(what, (stated, number))
        if not _same(first, stated) and (judged is None or judged.expected is None):
            yield DraftFinding(
                DraftCheck.ITSELF,
                FindingLevel.LOOK,
                f"{judge.subject(stated)}: đoạn {where} ghi {first.text}, ở đây ghi {stated.text}",
                about=f"{what}",
                quote=sentence_at(paragraph, stated.start),
                paragraph=number,
            )


def _differs(
    judge: FigureJudge, judged: JudgedFigure, level: FindingLevel, paragraph: str, number: int
) -> DraftFinding:
    stated = judged.stated
    should = "" if judged.expected is None else f", báo cáo cộng lại {judge.in_words(stated, judged.expected)}"
    return DraftFinding(
        DraftCheck.PROSE,
        level,
        f"{judge.subject(stated)}: dự thảo ghi {stated.text}{should}; {judged.why}",
        about=f"{_what(stated)} {stated.text}",
        quote=sentence_at(paragraph, stated.start),
        paragraph=number,
        subject=f"{_what(stated)}",
    )


def _what(stated: StatedFigure) -> tuple[object, ...]:
    """Return all that a figure is of."""
    return stated.indicator, stated.kind, stated.period, stated.base, stated.span, stated.unit, stated.against


def _same(one: StatedFigure, other: StatedFigure) -> bool:
    """Whether two figures may be roundings of one."""
    step = max(one.amount.step, other.amount.step, one.amount.round, other.amount.round)
    return abs(one.amount.value - other.amount.value) <= step * (1 + 1e-9)


def sentence_at(paragraph: str, place: int) -> str:
    """Return the sentence of a paragraph that a place lies in."""
    plain = nfc(paragraph)
    return plain[slice(*sentence_span(plain, place))]


def weighed(found: Sequence[JudgedFigure]) -> list[FindingLevel]:
    """Return how grave each finding about a draft's figures is.

    Those that look least like a slip of the figure that they should be are only told, where there are many.
    """
    others = Counter(each.whose for each in found if each.certain and each.whose)
    wrong = [each.certain and others[each.whose] < _ALIKE for each in found]
    open_ones = [at for at, each in enumerate(wrong) if not each]
    looked_at = sorted(open_ones, key=lambda at: _remote(found[at]))[:MOST_TO_LOOK_AT]
    levels = dict.fromkeys(looked_at, FindingLevel.LOOK)
    return [FindingLevel.WRONG if each else levels.get(at, FindingLevel.TELL) for at, each in enumerate(wrong)]


def _remote(figure: JudgedFigure) -> tuple[bool, int, bool, int]:
    """Return how far a figure is from being one that is known: those last that are right if read strangely."""
    doubts = figure.stated.doubts
    return (
        figure.strange > 0,
        -figure.strange,
        not (figure.certain or figure.like),
        len(doubts) + (Doubt.INDICATOR in doubts),
    )
