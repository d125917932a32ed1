"""Finds again where the figures and sentences of a text come from that people rewrote, or kept, in a draft."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from soket.documents.figures import Summary
from soket.documents.judging import FigureJudge
from soket.documents.known import KnownFigures
from soket.documents.named import sentence_source
from soket.documents.provenance import CountSource, SentenceSource, Source, ToldPassage, told
from soket.narrative.figures.leads import leads
from soket.narrative.figures.stated import NO_LEAD, FigureReader
from soket.narrative.figures.stated_figure import StatedFigure
from soket.narrative.sentences.clauses import cuts
from soket.narrative.sentences.prose import sentence_spans, statements
from soket.text import nfc

_QUOTED = re.compile("“([^“”]+)”")
_LEAST_WORDS = 5  # fewer may be anybody's

Span = tuple[int, int, tuple[Source, ...]]
"""Where in a text something told begins and ends, and its sources."""


class Sourcing:
    """The sources of an official draft's paragraphs.

    What stands as the working draft had it keeps its sources. What people wrote has those of the reports' sentences
    that it quotes whole, and of figures that are right as the appraisal reads them; the rest of it is their own.
    """

    def __init__(self, summary: Summary, passages: Iterable[ToldPassage], paragraphs: Sequence[str]) -> None:
        known = KnownFigures(summary)
        self._known, self._judge, self._reader = known, FigureJudge(known), FigureReader(summary.plan)
        self._kept: dict[str, tuple[Span, ...]] = {}
        self._quotes: dict[str, tuple[Source, ...]] = {}
        self._units = {each.code for each in summary.plan.units}
        for passage in passages:
            self._keep(passage)
        self._leads = dict(zip(map(_line, paragraphs), leads(paragraphs), strict=True))
        self._find_quotes(summary)

    def told(self, paragraph: str) -> str:
        """Return a paragraph of the draft as it is to stand in a paper."""
        text = _line(paragraph)
        parts, at = list[str](), 0
        for start, end, sources in sorted(self._spans(text), key=lambda each: each[:2]):
            parts += [text[at:start], told(text[start:end], *sources)]
            at = end
        return "".join([*parts, text[at:]])

    def _spans(self, text: str) -> list[Span]:
        if text in self._kept:
            return [*self._kept[text]]
        found: list[Span] = []
        for start, end in sentence_spans(text):
            kept = self._kept.get(text[start:end], ())
            found += [(start + first, start + last, sources) for first, last, sources in kept]
        for phrase, (start, end) in _phrases(text):
            if phrase in self._quotes and _is_free(found, start, end):
                found.append((start, end, self._quotes[phrase]))
        for stated in self._reader.figures(text, self._leads.get(text, NO_LEAD)):
            if _is_free(found, stated.start, stated.end) and self._is_right(stated):
                found.append((stated.start, stated.end, self._known.sources(stated)))
        return found

    def _is_right(self, stated: StatedFigure) -> bool:
        """Whether a figure is surely one that is known, and right."""
        return stated.sure and self._known.expected(stated) is not None and self._judge.judge(stated) is None

    def _keep(self, passage: ToldPassage) -> None:
        """Note a passage of the working draft by its text, and each sentence that no source reaches out of."""
        spans, text = list[Span](), ""
        for piece in passage.pieces:
            part = nfc(piece.text)
            if piece.sources and all(_units_of(each) <= self._units for each in piece.sources):
                spans.append((len(text), len(text) + len(part), piece.sources))
            text += part
        if text != _line(text):
            return
        self._kept[text] = tuple(spans)
        for start, end in sentence_spans(text):
            within = [each for each in spans if each[0] < end and each[1] > start]
            if all(start <= first and last <= end for first, last, _ in within):
                own = tuple((first - start, last - start, sources) for first, last, sources in within)
                self._kept.setdefault(text[start:end], own)
        for first, last, sources in spans:
            if isinstance(sources[0], SentenceSource) and len(text[first:last].split()) >= _LEAST_WORDS:
                self._quotes.setdefault(text[first:last], sources)

    def _find_quotes(self, summary: Summary) -> None:
        sought = {phrase for text in self._leads for phrase, _ in _phrases(text)} - set(self._quotes)
        for section in summary.sections:
            for excerpt in section.excerpts:
                for each in statements(excerpt.text):
                    for text in (each.text, *cuts(each.text)):
                        if text in sought and len(text.split()) >= _LEAST_WORDS:
                            source = sentence_source(excerpt, section.section.code, each._replace(text=text))
                            self._quotes.setdefault(text, (source,))


def _phrases(text: str) -> Iterator[tuple[str, tuple[int, int]]]:
    """Yield what of a text may be somebody's sentence: what stands in quotation marks, else a sentence."""
    for found in _QUOTED.finditer(text):
        yield found[1], found.span(1)
        yield f"{found[1]}.", found.span(1)  # a quote inside a sentence has no stop of its own
    for start, end in sentence_spans(text):
        yield text[start:end], (start, end)


def _units_of(source: Source) -> set[str]:
    if isinstance(source, CountSource):
        return {*source.counted}
    return {source.unit} if source.unit else set()


def _is_free(spans: Iterable[Span], start: int, end: int) -> bool:
    return all(end <= first or last <= start for first, last, _ in spans)


def _line(text: str) -> str:
    return " ".join(nfc(text).split())
