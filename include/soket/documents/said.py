"""What the accepted reports say, sentence by sentence: under which heading, about which theme, to whom."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

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


@dataclass(frozen=True)
class Saying:
    """A sentence of a report, verbatim and whole."""

    unit: Unit
    submission: int
    section: Section
    number: int  # of the sentence in what the report says under the heading, from 1
    text: str
    theme: Theme | None
    plain: str = field(repr=False, compare=False)  # its letters without marks and case, each at its place
    addressee: str | None = None  # whom a recommendation is made to, where the report says so

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

    @cached_property
    def words(self) -> int:
        """How long it is."""
        return len(self.text.split())

    @cached_property
    def with_figure(self) -> bool:
        """Whether it has a figure that is no day, year or number of a paper."""
        return bool(_FIGURE.search(self.text) and _FIGURE.search(_PAPER.sub("", self.text)))


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
        reader, asks = ThemeReader(themes), is_of_requests(found.section)
        said = [
            each
            for excerpt in found.excerpts
            for each in _said(found.section, excerpt, reader, addressees if asks else None)
        ]
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


def _said(
    section: Section, excerpt: Excerpt, themes: ThemeReader, addressees: AddresseeReader | None
) -> Iterator[Saying]:
    over: str | None = None  # of a heading of the unit's own: "1. Đối với Trung ương"
    for each in statements(excerpt.text):
        addressee = addressees.addressee_of(each.text) if addressees else None
        if not each.complete:
            over = addressee or over
            continue
        plain = flat(each.text)
        yield Saying(
            excerpt.unit,
            excerpt.submission,
            section,
            each.number,
            each.text,
            themes.theme_of(each.text, plain),
            plain,
            addressee or over,
        )
