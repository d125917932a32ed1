"""Reads what reports say under a heading: each sentence, its theme, to whom it is, why it is not quoted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from soket.documents.parts import Matter, Part, PartReader
from soket.narrative.requests.addressees import OTHERS
from soket.narrative.requests.requesting import WhoIsAsked, requests_nothing
from soket.narrative.requests.standing import is_below, is_its_own
from soket.narrative.said.asked import asked_by, asks_for_requests, in_favour, leads_requests, of_causes, of_the_hard
from soket.narrative.said.commended import idle_praise
from soket.narrative.said.doers import Reporter, names_a_place, rank_of
from soket.narrative.said.matters import MatterReader
from soket.narrative.said.other_times import part_reported_on
from soket.narrative.said.outcomes import hard_in
from soket.narrative.said.stances import HeadingKind, Held, Stance, stance_of
from soket.narrative.said.targets import TARGETS
from soket.narrative.said.themes import ThemeReader
from soket.narrative.sentences.borrowed import borrowed, guidance_of, matter_of
from soket.narrative.sentences.causes import OF_SUCCESS, CausesTold, is_cause, names_cause, praises
from soket.narrative.sentences.marks import lead_of
from soket.narrative.sentences.prose import statements
from soket.narrative.sentences.sides import whose_cause
from soket.narrative.sentences.telling import is_wanting
from soket.plan.campaigns import Campaign
from soket.plan.model import Plan, Section, Unit
from soket.plan.themes import Theme
from soket.text import flat, nfc

_FIGURE = re.compile(r"\d")
_PAPER = re.compile(r"\b\d+[-/][\w/-]*[A-ZĐ]{2}[\w-]*|\b\d{1,2}/\d{1,2}/\d{4}|\b(?:năm|giai đoạn) \d{4}(?: - \d{4})?")
_TOLD = 160  # letters of a sentence by which a question about it is known


class Heard(NamedTuple):
    """What a sentence is under a heading."""

    text: str
    theme: Theme | None
    plain: str
    with_figure: bool
    words: int
    sure: bool
    addressee: str | None
    held: Held | None
    cause: str | None = None  # whose it is, where it is told as one, as `causes` has it
    asks: bool = False  # whether it is a recommendation


def bodies_of(plan: Plan, campaign: Campaign, units: Iterable[Unit]) -> dict[str, Reporter]:
    """Return who units are, as sentences tell it, by code; forms of one year do not tell since when a review is.

    Where there are no forms, what is of a year after the campaign's is still to come.
    """
    years = sorted({year for form in plan.forms for year in form.years if isinstance(year, int)})
    first, last = (years[0] if len(years) > 1 else None), (years[-1] if years else campaign.opens.year)
    part = part_reported_on((campaign.title, plan.title), (each for form in plan.forms for each in form.years))
    place, matter = nfc(plan.place).lower(), flat(f"{plan.title} {plan.resolution}")
    return {
        unit.code: Reporter(
            frozenset(nfc(name).lower() for name in (unit.name, unit.called, *unit.aliases)),
            place,
            rank_of(unit.name, plan.issuer),
            first,
            last,
            part,
            matter,
        )
        for unit in units
    }


class HeadingReader:
    """Reads what reports say under a heading; what several say in the same words is read once.

    `bodies` are those who report, by code. `gainsaid` are open questions to units about sentences that their own
    tables gainsay: these are not quoted.
    """

    def __init__(
        self,
        plan: Plan,
        bodies: Mapping[str, Reporter],
        section: Section,
        parts: PartReader,
        gainsaid: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        self.asked = asked_by(section)
        self._plan, self._bodies, self._section = plan, bodies, section
        self._parts, self._reader = parts, parts.themes(section.code)
        self.has_themes = bool(self._reader.themes)
        self._parts_causes = self.asked is HeadingKind.LACKS and not self.has_themes
        self._matters = MatterReader(plan, parts.keywords) if self.asked is HeadingKind.DONE else None
        self._wording = matter_of(plan) | guidance_of(section)
        self._gainsaid = gainsaid or {}
        # By part, sentence, where that belongs, what it is about and a cause of, and by a rank or by whose it is.
        self._known: dict[tuple[str, str, Matter | None, str | None, str | int], tuple[Heard, bool]] = {}

    def heard(self, unit: Unit, told: str, heading: str = "") -> Iterator[tuple[int, str, Heard]]:
        """Yield the parts of the sentences of a text that can stand alone, each with its number and its heading.

        `heading` is the unit's own over all of them.
        """
        always = asks_for_requests(self._section)
        asks = always or (self._parts.is_of_requests(self._section) and leads_requests(heading))
        # Of a heading of the unit's own: "6. Xin tỉnh", "1. Đối với Trung ương".
        of_all = self._parts.addressees_of(heading[len(lead_of(heading)) :]) if asks else ()
        over = tuple(each for each in of_all if each != OTHERS)
        causes = CausesTold(heading)
        for number, sentence, complete, depth, first in statements(told):
            cause = causes.of(sentence, first=first)
            if not complete and not names_cause(sentence, cause):
                leads = always or leads_requests(sentence)
                named = self._parts.addressees_of(sentence) if leads or asks else ()
                asks = leads or bool(named)
                over = named or over if asks else ()
                causes.go_on(sentence, depth)
                continue
            thanks = self.asked is HeadingKind.LACKS and praises(sentence)
            gainsaid = self._gainsays(unit, sentence)
            parts = self._parts.requested(sentence) if asks and not always else ()
            for part in parts or self._parts.parts(self._section, sentence, cause):
                heard, _ = self._read(part.text, unit, part, sentence, cause)
                if thanks or OF_SUCCESS in (part.cause, cause):
                    heard = heard._replace(theme=None, held=heard.held or Held.OF_SUCCESS, cause=OF_SUCCESS)
                elif self._parts_causes and is_cause(whose := whose_cause(part.text, part.cause)):
                    heard = heard._replace(cause=whose)
                if against := gainsaid or (Held.LACKING if part.takes_back else None):
                    heard = heard._replace(held=heard.held or against)
                if part.asks:
                    heard = heard._replace(asks=True)
                    yield from ((number, part.under, each) for each in self._requested(unit, heard, part, over))
                else:
                    yield number, part.under, heard

    def _requested(self, unit: Unit, heard: Heard, part: Part, over: tuple[str, ...]) -> Iterator[Heard]:
        """Yield what a part asks, once for each of those that it asks."""
        asked = part.addressees or over or self._parts.whose_papers(part.text)
        for addressee in asked or (None,):
            whose = WhoIsAsked(
                anybody=bool(asked),
                below=is_below(self._plan, addressee),
                its_own=is_its_own(self._plan, unit, addressee),
            )
            if requests_nothing(part.text, self._bodies[unit.code].names, whose):
                yield heard._replace(theme=None, held=heard.held or Held.NO_REQUEST)
                return
            yield heard._replace(addressee=addressee)

    def again(self, unit: Unit, sentence: str) -> Heard | None:
        """Return a failing told under another heading as this one has it; None where it has none of its themes here.

        What is a cause here was told as none there.
        """
        heard, _ = self._read(sentence, unit)
        if not self.has_themes:
            return heard if heard.held is None and is_wanting(sentence) else None
        return heard if heard.theme and not of_causes(heard.theme) else None

    def is_lack(self, unit: Unit, sentence: str) -> bool:
        """Whether a sentence tells of nothing but a lack."""
        return self._read(sentence, unit)[1]

    def _gainsays(self, unit: Unit, text: str) -> Held | None:
        messages = self._gainsaid.get(unit.code)
        if not messages:
            return None
        told = " ".join(text.split())[:_TOLD]
        return Held.GAINSAID if any(told in message for message in messages) else None

    def _read(
        self, text: str, unit: Unit, part: Part | None = None, whole: str = "", cause: str | None = None
    ) -> tuple[Heard, bool]:
        """Return what a sentence, or a part of a `whole` one, is, and whether it tells of nothing but a lack.

        `cause` is what the report says of causes there.
        """
        body = self._bodies[unit.code]
        key = text, whole, part.matter if part else None, cause
        known = self._known.get((*key, body.rank)) or self._known.get((*key, unit.code))
        if known is None:
            said = text.split()
            shown = nfc(" ".join(said))
            plain = flat(shown)
            around = nfc(" ".join(whole.split())) if whole and whole != text else shown
            stance = self._stance_of(shown, around, body)
            elsewhere = part is not None and part.under != self._section.code
            told = self._reader.as_told(cause)
            theme = self._theme_of_part(part, shown, plain, stance, around, told)
            pasted = next(borrowed(around, self._wording), None) is not None
            reader = self._parts.themes(part.under) if part else self._reader
            heard = Heard(
                text,
                None if pasted else theme,
                plain if text == shown else flat(text),
                bool(_FIGURE.search(text) and _FIGURE.search(_PAPER.sub("", text))),
                len(said),
                theme is not None and reader.is_early(theme, shown, plain, stance),
                None,
                Held.PASTED if pasted else None if elsewhere and stance.held is not Held.PERSONS else stance.held,
            )
            owner = unit.code if names_a_place(around) else body.rank
            self._known[*key, owner] = known = heard, stance.lacking
        return known

    def _stance_of(self, shown: str, around: str, body: Reporter) -> Stance:
        """Return how a part of a sentence stands: a thing done is of the plan's matter, praise was given for that."""
        stance = stance_of(shown, self.asked, body)
        if around != shown and (over := stance_of(around, self.asked, body)).covers_all(around):
            stance = Stance(((0, len(shown)),), over.held, stance.lacking)  # "Dự kiến năm sau …; …"
        if self._matters is None:
            return stance
        idle = [*idle_praise(shown, self._is_of_matter)]
        if (elsewhere := self._matters.elsewhere(shown)) and not self._matters.is_named(around):
            idle += elsewhere
        return replace(stance, void=(*stance.void, *idle)) if idle else stance

    def _is_of_matter(self, text: str) -> bool:
        """Whether what somebody is praised for is something that the plan is about."""
        return self._reader.theme_of(text) is not None or self._matters is None or self._matters.is_named(text)

    def _theme_of_part(
        self, part: Part | None, shown: str, plain: str, stance: Stance, around: str, told: ThemeReader
    ) -> Theme | None:
        if part is None:
            return self._theme_of(shown, plain, stance, told)
        if part.under != self._section.code or part.theme is None or part.theme is TARGETS:
            return part.theme
        among_causes = told.as_told(part.cause) if is_cause(part.cause) else told
        theme = self._theme_of(shown, plain, stance, among_causes) or self._theme_of(shown, plain, stance, told)
        same = theme is not None and theme.code == part.theme.code
        # What the rest of the sentence says of it goes before what its own words alone say.
        return part.theme if same or (theme and around != shown and not stance.void) else theme

    def _theme_of(self, shown: str, plain: str, stance: Stance, told: ThemeReader) -> Theme | None:
        theme = told.theme_of(shown, plain, stance)
        if self.asked is HeadingKind.SETTING and theme and in_favour(theme) and (hard := hard_in(shown)):
            stance = Stance((*stance.void, *hard))
            return self._reader.theme_of(shown, plain, stance) or of_the_hard(self._reader.themes)
        return theme
