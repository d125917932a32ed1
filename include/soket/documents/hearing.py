"""Reads what reports say under a heading: each sentence, its theme, to whom it is, why it is not quoted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from soket.narrative.addressees import AddresseeReader
from soket.narrative.asked import asked_by, in_favour, of_causes, of_the_hard
from soket.narrative.borrowed import borrowed, guidance_of, matter_of
from soket.narrative.doers import Reporter, names_a_place, rank_of
from soket.narrative.prose import statements
from soket.narrative.stances import HeadingKind, Held, Stance, hard_in, stance_of
from soket.narrative.themes import ThemeReader
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
    addressee: str | None
    held: Held | None


def body_of(plan: Plan, unit: Unit) -> Reporter:
    """Return who a unit is, as its sentences tell it; forms of one year do not tell since when a review is."""
    years = sorted({year for form in plan.forms for year in form.years if isinstance(year, int)})
    names = frozenset(nfc(name).lower() for name in (unit.name, unit.called, *unit.aliases))
    first, last = (years[0] if len(years) > 1 else None), (years[-1] if years else None)
    return Reporter(names, nfc(plan.place).lower(), rank_of(unit.name, plan.issuer), first, last)


class HeadingReader:
    """Reads what reports say under a heading; what several say in the same words is read once.

    `gainsaid` are open questions to units about sentences that their own tables gainsay: these are not quoted.
    """

    def __init__(
        self,
        plan: Plan,
        section: Section,
        themes: Sequence[Theme],
        addressees: AddresseeReader | None = None,
        gainsaid: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        self.asked, self.themes = asked_by(section), tuple(themes)
        self._plan, self._reader, self._addressees = plan, ThemeReader(themes), addressees
        self._wording = matter_of(plan) | guidance_of(section)
        self._gainsaid, self._bodies = gainsaid or {}, dict[str, Reporter]()
        self._known: dict[
            tuple[str, str | int], tuple[Heard, bool]
        ] = {}  # by sentence, and by a rank or by whose it is

    def heard(self, unit: Unit, told: str) -> Iterator[tuple[int, Heard]]:
        """Yield the sentences of a text that can stand alone, each with its number."""
        over: str | None = None  # of a heading of the unit's own: "1. Đối với Trung ương"
        for number, sentence, complete in statements(told):
            heard, _ = self._read(sentence, unit, complete)
            addressee = heard.addressee or over
            if complete:
                yield number, heard._replace(addressee=addressee, held=heard.held or self._gainsays(unit, heard.text))
            else:
                over = addressee

    def again(self, unit: Unit, sentence: str) -> Heard | None:
        """Return a failing told under another heading as this one has it; None where it has no theme here.

        What is a cause here was told as none there.
        """
        heard, _ = self._read(sentence, unit, complete=True)
        return heard if heard.theme and not of_causes(heard.theme) else None

    def is_lack(self, unit: Unit, sentence: str) -> bool:
        """Whether a sentence tells of nothing but a lack."""
        return self._read(sentence, unit, complete=True)[1]

    def _gainsays(self, unit: Unit, text: str) -> Held | None:
        told = " ".join(text.split())[:_TOLD]
        return Held.GAINSAID if any(told in message for message in self._gainsaid.get(unit.code, ())) else None

    def _read(self, text: str, unit: Unit, complete: bool) -> tuple[Heard, bool]:
        body = self._bodies.get(unit.code) or self._bodies.setdefault(unit.code, body_of(self._plan, unit))
        known = self._known.get((text, body.rank)) or self._known.get((text, unit.code))
        if known is None:
            shown = " ".join(nfc(text).split())
            stance = stance_of(shown, self.asked, body)
            pasted = next(borrowed(shown, self._wording), None) is not None
            heard = Heard(
                text,
                self._theme_of(shown, stance) if complete and not pasted else None,
                flat(text),
                bool(_FIGURE.search(text) and _FIGURE.search(_PAPER.sub("", text))),
                self._addressees.addressee_of(text) if self._addressees else None,
                Held.PASTED if pasted else stance.held,
            )
            self._known[text, unit.code if names_a_place(shown) else body.rank] = known = heard, stance.lacking
        return known

    def _theme_of(self, shown: str, stance: Stance) -> Theme | None:
        plain = flat(shown)
        theme = self._reader.theme_of(shown, plain, stance)
        if self.asked is HeadingKind.SETTING and theme and in_favour(theme) and (hard := hard_in(shown)):
            stance = Stance((*stance.void, *hard))
            return self._reader.theme_of(shown, plain, stance) or of_the_hard(self.themes)
        return theme
