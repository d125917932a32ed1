"""What the accepted reports say, sentence by sentence: under which heading, about which theme, to whom."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from soket.documents.figures import Excerpt, Summary
from soket.documents.provenance import SentenceSource, digest_of
from soket.narrative.addressees import AddresseeReader
from soket.narrative.proposals import Proposal, proposals
from soket.narrative.prose import statements
from soket.narrative.themes import ThemeReader
from soket.plan.model import IndicatorForm, Plan, Section, Unit
from soket.plan.themes import Lexicon, Theme
from soket.text import flat, fold

_FIGURE = re.compile(r"\d")
_PAPER = re.compile(r"\b\d+[-/][\w/-]*[A-ZĐ]{2}[\w-]*|\b\d{1,2}/\d{1,2}/\d{4}|\b(?:năm|giai đoạn) \d{4}(?: - \d{4})?")
_REQUESTS = ("kien nghi", "de xuat", "de nghi")


class Saying(NamedTuple):  # of which there are hundreds of thousands
    """A sentence of a report, verbatim and whole."""

    unit: Unit
    submission: int
    section: Section
    number: int  # of the sentence in what the report says under the heading, from 1
    text: str
    theme: Theme | None
    plain: str  # its letters without marks and case, each at its place
    with_figure: bool  # whether it has a figure that is no day, year or number of a paper
    addressee: str | None  # whom a recommendation is made to, where the report says so

    def __hash__(self) -> int:
        return hash((self.unit.code, self.section.code, self.number))

    @property
    def digest(self) -> str:
        """A short hash, by which it is known whether the report still says so."""
        return digest_of(self.text)

    @property
    def source(self) -> SentenceSource:
        """Where it stands, as papers tell it that quote it."""
        return SentenceSource(
            unit=self.unit.code,
            submission=self.submission,
            section=self.section.code,
            number=self.number,
            digest=self.digest,
        )

    @property
    def words(self) -> int:
        """How long it is."""
        return len(self.text.split())


@dataclass(frozen=True)
class SayingsUnder:
    """What the reports say under a heading, by unit the Vietnamese way and in each report's own order."""

    section: Section
    said: tuple[Saying, ...]
    themes: tuple[Theme, ...]  # of the lexicon, in its order; none where it has none for the heading
    requests: bool  # whether these are recommendations
    silent: tuple[Unit, ...]  # those whose report has nothing under it
    empty: bool  # whether no report has anything under it

    @cached_property
    def proposals(self) -> tuple[Proposal, ...]:
        """Phrases that the sentences without a theme share."""
        without = [(each.unit.code, each.text) for each in self.unclassified]
        return tuple(proposals(without, [(each.theme, each.text) for each in self.said if each.theme]))

    @cached_property
    def unclassified(self) -> tuple[Saying, ...]:
        """The sentences that are about no theme of the heading; none where there are no themes to be about."""
        return tuple(each for each in self.said if each.theme is None) if self.themes else ()


@dataclass(frozen=True)
class Sayings:
    """What all accepted reports say."""

    summary: Summary
    sections: tuple[SayingsUnder, ...]

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        """The units that say anything, by the plan's order."""
        said = {each.unit.code for section in self.sections for each in section.said}
        return tuple(unit for unit in self.summary.plan.units if unit.code in said)

    @property
    def classified(self) -> float | None:
        """The share of sentences that have a theme, under the headings that have themes."""
        under = [each for each in self.sections if each.themes]
        count = sum(len(each.said) for each in under)
        return 1 - sum(len(each.unclassified) for each in under) / count if count else None


def gather(summary: Summary, lexicon: Lexicon | None = None) -> Sayings:
    """Read every sentence of the reports."""
    addressees = AddresseeReader(summary.plan, lexicon)
    sections = []
    for found in summary.sections:
        themes = lexicon.sections.get(found.section.code, ()) if lexicon else ()
        asks = is_of_requests(found.section)
        reader = _HeadingReader(found.section, ThemeReader(themes), addressees if asks else None)
        said = [each for excerpt in found.excerpts for each in reader.said(excerpt)]
        sections.append(SayingsUnder(found.section, tuple(said), themes, asks, found.silent, not found.excerpts))
    return Sayings(summary, tuple(sections))


def is_of_requests(section: Section) -> bool:
    """Return whether a heading of the outline is that of recommendations."""
    title = fold(section.title)
    return any(words in title for words in _REQUESTS)


def figures_section(plan: Plan) -> Section:
    """Return the heading of the outline that the figures belong under: the first on results, or the very first."""
    for section in plan.outline:
        if any("ket qua" in fold(words) for words in (section.title, *section.keywords)):
            return section
    return plan.outline[0]


def section_of(plan: Plan, form: IndicatorForm) -> Section:
    """Return the heading that a form's figures stand under: as the plan says, else that of results."""
    return next((each for each in plan.outline if each.code == form.section), figures_section(plan))


class _HeadingReader:
    """Reads what reports say under a heading; what several say in the same words is read once."""

    def __init__(self, section: Section, themes: ThemeReader, addressees: AddresseeReader | None) -> None:
        self._section, self._themes, self._addressees = section, themes, addressees
        self._known: dict[str, tuple[str, Theme | None, str, bool, str | None]] = {}  # by sentence, whoever says it

    def said(self, excerpt: Excerpt) -> Iterator[Saying]:
        """Yield the sentences of an excerpt that can stand alone."""
        unit, submission, section = excerpt.unit, excerpt.submission, self._section
        over: str | None = None  # of a heading of the unit's own: "1. Đối với Trung ương"
        for number, sentence, complete in statements(excerpt.text):
            text, theme, plain, with_figure, addressee = self._known.get(sentence) or self._read(sentence, complete)
            addressee = addressee or over
            if complete:
                yield Saying(unit, submission, section, number, text, theme, plain, with_figure, addressee)
            else:
                over = addressee

    def _read(self, text: str, complete: bool) -> tuple[str, Theme | None, str, bool, str | None]:
        plain = flat(text)
        self._known[text] = known = (
            text,
            self._themes.theme_of(text, plain) if complete else None,
            plain,
            bool(_FIGURE.search(text) and _FIGURE.search(_PAPER.sub("", text))),
            self._addressees.addressee_of(text) if self._addressees else None,
        )
        return known
