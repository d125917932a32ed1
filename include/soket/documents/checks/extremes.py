"""Whether a unit that a draft says to have the most, or the least, really has."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from soket.documents.checks.finding import DraftCheck, DraftFinding, FindingLevel
from soket.documents.judging import FigureJudge
from soket.documents.known import KnownFigures
from soket.narrative.figures.kinds import WITH_DIRECTION
from soket.narrative.figures.stated_figure import StatedFigure
from soket.narrative.sentences.prose import sentence_span
from soket.text import YEAR, flat, nfc

_MOST = r"(?P<most>dan dau|dung dau|(?:cao|nhieu|lon|dong) nhat)"
_LEAST = r"(?P<least>(?:thap|it|nho) nhat)"
_ALL = r"(?: (?:trong )?(?:(?:toan|ca) )?tinh)?"
# "Nhiều nhất năm 2030 là xã Một (5 lượt)": right before the figure, and of no part of the units or of the times.
_BEFORE = re.compile(
    rf"\b(?:{_MOST}|{_LEAST}){_ALL}(?: (?:trong )?nam {YEAR})?"
    r"(?:(?:,? (?:la|thuoc ve|o|co|voi|dat))+ |: ?| ?\()(?:(?!\b(?:nhat|dau)\b)[^,;:\d]){0,60}$"
)
_AFTER = re.compile(rf"[^;.()\d]{{0,60}}\)?, (?:{_MOST}|{_LEAST}) (?:(?:toan|ca) )?tinh\b")
# Several share the place, or it is one among some, or of a part of them.
_SEVERAL = re.compile(
    r"\b(?:hai|ba|bon|nam|cac|nhung|\d+) (?:[^\W\d_]+ )+|\bmot trong\b|\bnhom\b|\bkhoi\b|\btrong so\b"
)


def extremes_checked(
    judge: FigureJudge, known: KnownFigures, read: Sequence[tuple[StatedFigure, int, str]]
) -> Iterator[DraftFinding]:
    """Yield where another unit has more, or less, than the one that is said to have the most, or the least.

    `read` are the figures of a draft, each with its paragraph and that one's number; those that are wrong say nothing.
    """
    for stated, number, paragraph in read:
        falls = stated.rises is False
        untold = stated.kind in WITH_DIRECTION and stated.rises is None
        if not isinstance(stated.unit, str) or stated.beside or untold or not judge.is_as_read(stated):
            continue
        said = _said(stated, nfc(paragraph))
        if said is None:
            continue
        words, most, quote = said
        others = {unit.code: known.signed(replace(stated, unit=unit.code)) for unit in known.summary.plan.units}
        values = {code: value for code, value in others.items() if value is not None}
        farthest = max if most is not falls else min  # the most of falls is the lowest
        other = farthest(values, key=lambda code: values[code])
        if values[other] != values[stated.unit]:
            name = known.summary.plan.unit(other).name
            yield DraftFinding(
                DraftCheck.PROSE,
                FindingLevel.WRONG if stated.sure else FindingLevel.LOOK,
                f"{judge.subject(stated)}: dự thảo ghi “{words}”, theo báo cáo là {name} "
                f"({judge.in_words(stated, values[other])})",
                about=f"{words} {stated.indicator} {stated.period} {stated.unit}",
                quote=quote,
                paragraph=number,
                rests_on=known.sources(stated),
            )


def _said(stated: StatedFigure, paragraph: str) -> tuple[str, bool, str] | None:
    """Return the words that say that a figure is the most or the least, whether the most, and their sentence."""
    start, end = sentence_span(paragraph, stated.start)
    text = flat(paragraph)
    left = max(text.rfind(mark, start, stated.start) for mark in ";.") + 1
    found = _BEFORE.search(text, max(left, start), stated.start) or _AFTER.match(text, stated.end, end)
    if found is None or _SEVERAL.search(text, max(left, start), min(found.start(), stated.start)):
        return None
    at = "most" if found["most"] else "least"
    return paragraph[slice(*found.span(at))], at == "most", paragraph[start:end]
