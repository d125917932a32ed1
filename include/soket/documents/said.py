"""What the accepted reports say, sentence by sentence: under which heading, about which theme, to whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from soket.documents.figures import Summary, in_order
from soket.documents.hearing import HeadingReader, bodies_of
from soket.documents.parts import PartReader
from soket.documents.provenance import SentenceSource, digest_of
from soket.narrative.requests.addressees import AddresseeReader
from soket.narrative.said.proposals import Proposal, proposals
from soket.narrative.said.stances import HeadingKind, Held
from soket.narrative.said.themes import readers_of
from soket.plan.model import IndicatorForm, Plan, Section, Unit
from soket.plan.themes import Lexicon, Theme
from soket.text import fold


class Saying(NamedTuple):  # of which there are hundreds of thousands
    """A sentence of a report, verbatim: whole, or the part of it that is about one thing."""

    unit: Unit
    submission: int
    section: Section
    number: int  # of the sentence in what the report says under the heading, from 1
    text: str
    theme: Theme | None
    plain: str  # its letters without marks and case, each at its place
    with_figure: bool  # whether it has a figure that is no day, year or number of a paper
    words: int  # how long it is
    sure: bool  # whether it says early what its theme is
    addressee: str | None  # whom a recommendation is made to, where the report says so
    held: Held | None = None  # why it is not quoted
    cause: str | None = None  # whose it is, where it is told as one and no themes tell it: see `Clause`
    asks: bool = False  # whether it is a recommendation: under one heading of tasks and of those, not all are

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


@dataclass(frozen=True)
class SayingsUnder:
    """What the reports say under a heading, by unit the Vietnamese way and in each report's own order."""

    section: Section
    said: tuple[Saying, ...]
    themes: tuple[Theme, ...]  # of the lexicon, in its order; none where it has none for the heading
    requests: bool  # whether recommendations are told here
    silent: tuple[Unit, ...]  # those whose report has nothing under it
    nil: tuple[Unit, ...]  # those whose report says that there is nothing
    unseen: tuple[Unit, ...]  # of the silent those in whose report no heading of it was known
    empty: bool  # whether no report has anything under it

    @cached_property
    def proposals(self) -> tuple[Proposal, ...]:
        """Phrases that the sentences without a theme share."""
        without = [(each.unit.code, each.text) for each in self.unclassified if self.themes]
        return tuple(proposals(without, [(each.theme, each.text) for each in self.said if each.theme]))

    @cached_property
    def unclassified(self) -> tuple[Saying, ...]:
        """The sentences that are about no theme of the heading; without themes those among requests that are none."""
        return tuple(
            each
            for each, *_ in self.by_sentence
            if (each.theme is None if self.themes else each.held is Held.NO_REQUEST)
        )

    @cached_property
    def by_sentence(self) -> Sequence[Sequence[Saying]]:
        """What is said, each sentence once, with itself again as it is asked of others, too."""
        if not self.requests:
            return [(each,) for each in self.said]
        found: defaultdict[tuple[str, str, int, str], list[Saying]] = defaultdict(list)
        for each in self.said:
            found[each.unit.code, each.section.code, each.number, each.text].append(each)
        return [*found.values()]


@dataclass(frozen=True)
class Sayings:
    """What all accepted reports say."""

    summary: Summary
    sections: tuple[SayingsUnder, ...]

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        """The units that say anything, be it under headings of their own, by the plan's order."""
        said = {each.unit.code for section in self.sections for each in section.said}
        said.update(each.unit.code for each in self.summary.unplaced)
        return tuple(unit for unit in self.summary.plan.units if unit.code in said)

    @property
    def classified(self) -> float | None:
        """The share of sentences that have a theme, under the headings that have themes."""
        under = [each for each in self.sections if each.themes]
        count = sum(len(each.by_sentence) for each in under)
        return 1 - sum(len(each.unclassified) for each in under) / count if count else None


def gather(summary: Summary, lexicon: Lexicon | None = None) -> Sayings:
    """Read every sentence of the reports; what only tells of a lack stands among the lacks, if it has a theme there.

    Where those have no themes, all of it.
    """
    outline = [under.section for under in summary.sections]
    parts = PartReader(
        outline, readers_of(lexicon), AddresseeReader(summary.plan, lexicon), summary.campaign.opens.year
    )
    gainsaid: defaultdict[str, list[str]] = defaultdict(list)
    for each in summary.unconfirmed:
        if each.fault.is_of_words:
            gainsaid[each.unit.code].append(each.fault.message)
    reporting = {each.unit.code: each.unit for under in summary.sections for each in under.excerpts}
    bodies = bodies_of(summary.plan, summary.campaign, reporting.values())
    readers = [HeadingReader(summary.plan, bodies, section, parts, gainsaid) for section in outline]
    found: dict[str, list[Saying]] = {section.code: [] for section in outline}
    for under, reader in zip(summary.sections, readers, strict=True):
        for excerpt in under.excerpts:
            for number, code, heard in reader.heard(excerpt.unit, excerpt.text, excerpt.heading):
                found[code].append(Saying(excerpt.unit, excerpt.submission, under.section, number, *heard))
    _move_lacks(readers, [*found.values()])
    units = {each.unit.code: each.unit for own in found.values() for each in own}
    order = {unit.code: at for at, unit in enumerate(in_order(units.values()))}
    sections = [
        SayingsUnder(
            section=under.section,
            said=tuple(sorted(found[under.section.code], key=lambda each: order[each.unit.code])),
            themes=parts.themes_of(under.section),
            requests=parts.is_of_requests(under.section),
            silent=under.silent,
            nil=under.nil,
            unseen=under.unseen,
            empty=not under.excerpts,
        )
        for under in summary.sections
    ]
    return Sayings(summary, tuple(sections))


def _move_lacks(readers: Sequence[HeadingReader], found: list[list[Saying]]) -> None:
    """Put what only tells of a lack, wherever it stands, among what is told of lacks, if it has a theme there.

    Where there are no themes, all of it.
    """
    lacks = [at for at, each in enumerate(readers) if each.asked is HeadingKind.LACKS]
    home = next((at for at in lacks if readers[at].has_themes), next(iter(lacks), None))
    if home is None:
        return
    moved: list[Saying] = []
    for reader, said in zip(readers, found, strict=True):
        if reader.asked is not HeadingKind.DONE:
            continue
        staying = []
        for each in said:
            lack = each.held is Held.LACKING and each.theme is None and reader.is_lack(each.unit, each.text)
            if lack and (heard := readers[home].again(each.unit, each.text)):
                moved.append(each._replace(theme=heard.theme, held=heard.held))
            else:
                staying.append(each)
        said[:] = staying
    found[home] += moved


def figures_section(plan: Plan) -> Section:
    """Return the heading of the outline that the figures belong under: the first on results, or the very first."""
    for section in plan.outline:
        if any("ket qua" in fold(words) for words in (section.title, *section.keywords)):
            return section
    return plan.outline[0]


def section_of(plan: Plan, form: IndicatorForm) -> Section:
    """Return the heading that a form's figures stand under: as the plan says, else that of results."""
    return next((each for each in plan.outline if each.code == form.section), figures_section(plan))
