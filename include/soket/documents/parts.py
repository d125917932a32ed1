"""Reads what a report's sentences are about, part by part, and under which heading of the draft each part belongs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from soket.narrative.requests.addressees import AddresseeReader
from soket.narrative.requests.requesting import begins_to_ask
from soket.narrative.said.asked import asks_for_requests, is_of_requests
from soket.narrative.said.spans import spans
from soket.narrative.said.targets import TARGETS, is_target
from soket.narrative.said.themes import ThemeReader
from soket.narrative.sentences.asides import says_nothing
from soket.narrative.sentences.causes import NO_CAUSE
from soket.narrative.sentences.clauses import Opens
from soket.narrative.sentences.pieces import label_of
from soket.narrative.sentences.telling import tells_result
from soket.plan.model import Section
from soket.plan.themes import Theme
from soket.text import flat, fold

_TASKS = re.compile(r"\b(?:nhiem vu|phuong huong|thoi gian toi)\b")
_ONLY_WHO = re.compile(r"(?:doi )?voi |(?:(?:kinh )?(?:de|kien) nghi|de xuat) (?:\w+ ){1,5}\w+$")  # it says no more
_ASKS_LATE = re.compile(r"[^,;:]{3,80}, (?=(?:kinh )?(?:de nghi|kien nghi|mong|xin)\b)")  # "trong khi chờ, đề nghị …"
Matter = tuple[str, str, str | None]

_NO_THEMES = ThemeReader(())


class Part(NamedTuple):
    """A part of a sentence, verbatim: mostly the whole of it."""

    under: str  # the code of the heading that it belongs under
    text: str
    theme: Theme | None
    addressees: tuple[str, ...] = ()  # whom a recommendation is made to, where it says so
    cause: str | None = None  # whose it is, or what it is a cause of, as `causes` has it
    asks: bool = False  # whether it is a recommendation
    takes_back: bool = False  # whether it sets something against what its sentence told before

    @property
    def matter(self) -> Matter:
        """The heading that it belongs under, its theme's code and the small heading of that."""
        return (self.under, self.theme.code, self.theme.group) if self.theme else (self.under, "", None)


def is_of_tasks(section: Section) -> bool:
    """Return whether a heading of the outline is that of what is to be done."""
    return section.quotes_as == "named" and _TASKS.search(fold(section.title)) is not None


class PartReader:
    """Reads the parts of sentences under the headings of an outline; what several say in the same words is read once.

    What any asks is a recommendation: such a part belongs under the heading of those, if it says who is asked. What
    a report of success opposes to it is none. What cannot be told has no theme.
    """

    def __init__(
        self, outline: Sequence[Section], themes: Mapping[str, ThemeReader], addressees: AddresseeReader, year: int
    ) -> None:
        self._themes, self._addressees, self._year = themes, addressees, year
        asking = [each for each in outline if is_of_requests(each)]
        self._requests = next(filter(asks_for_requests, asking), next(iter(asking), None))
        self._known: dict[tuple[str, str, str | None, bool], tuple[Part, ...]] = {}

    def is_of_requests(self, section: Section) -> bool:
        """Whether recommendations are told under a heading: one of tasks, too, has them where no other is theirs."""
        return asks_for_requests(section) or section is self._requests

    def parts(self, section: Section, sentence: str, cause: str | None = None) -> tuple[Part, ...]:
        """Return the parts of a sentence; `cause` is what a heading of the unit's own says of causes."""
        asked = asks_for_requests(section) or (section is self._requests and self._asks(sentence))
        return self._read(section, sentence, cause, asked=asked)

    def requested(self, sentence: str) -> tuple[Part, ...]:
        """Return the parts of a sentence that stands under a lead-in of requests, whatever the heading over it."""
        return self._read(self._requests, sentence, None, asked=True) if self._requests else ()

    def _read(self, section: Section, sentence: str, cause: str | None, *, asked: bool) -> tuple[Part, ...]:
        place = section.code, sentence, cause, asked
        if place not in self._known:
            self._known[place] = tuple((self._asked if asked else self._told)(section, sentence, cause))
        return self._known[place]

    def _asks(self, sentence: str) -> bool:
        """Whether a sentence among tasks and recommendations recommends something, and to whom it does so."""
        late = _ASKS_LATE.match(flat(sentence))
        rest = sentence[late.end() :] if late else sentence
        begins = begins_to_ask(rest) or (flat(rest).startswith("nho ") and bool(self.addressees_of(rest)))
        return begins or bool(self.whose_papers(sentence))

    def addressees_of(self, heading: str) -> tuple[str, ...]:
        """Return whom a heading of a unit's own says that recommendations are made to."""
        return () if says_nothing(heading) else self._addressees.addressees_of(heading)

    def whose_papers(self, text: str) -> tuple[str, ...]:
        """Return who alone can do what a recommendation asks of nobody."""
        return (asked,) if (asked := self._addressees.whose_papers(text)) else ()

    def themes(self, section: str) -> ThemeReader:
        """Return the reader of a heading's themes."""
        return self._themes.get(section, _NO_THEMES)

    @property
    def keywords(self) -> tuple[str, ...]:
        """Every phrase by which a theme of any heading is known."""
        return tuple(word for reader in self._themes.values() for theme in reader.themes for word in theme.keywords)

    def themes_of(self, section: Section) -> tuple[Theme, ...]:
        """Return what sentences under a heading may be about: among tasks targets, too."""
        own = self.themes(section.code).themes
        return (TARGETS, *own) if own and is_of_tasks(section) else own

    def _sets_target(self, section: Section, text: str) -> bool:
        reader = self.themes(section.code)
        return bool(reader.themes) and is_of_tasks(section) and is_target(text, self._year, reader.theme_of(text))

    def _told(self, section: Section, sentence: str, cause: str | None) -> Iterator[Part]:
        found = spans(
            sentence,
            self.themes(section.code).as_told(cause),
            failings=section.quotes_as == "unnamed",
            cause=None if cause == NO_CAUSE else cause,
            apart=partial(self._sets_target, section),
        )
        for place, each in enumerate(found):
            text = sentence[each.start : each.end]
            if each.opens is Opens.REQUEST and (place or section.quotes_as != "example"):
                yield self._request(section, text)
            elif each.opens is Opens.CONTRAST and section.quotes_as == "example":
                # No success, whatever it speaks of.
                yield Part(section.code, text, None, takes_back=place > 0 or not tells_result(text))
            else:
                target = self._sets_target(section, text)
                yield Part(section.code, text, TARGETS if target else each.theme, cause=each.cause)

    def _request(self, section: Section, text: str) -> Part:
        """Return what is asked beside what is told; among results it may have been asked and granted long ago."""
        asked = self._addressees.addressees_of(text)
        if not asked or self._requests is None or section.quotes_as == "example":
            return Part(section.code, text, None)
        return Part(self._requests.code, text, self.themes(self._requests.code).theme_of(text), asked, asks=True)

    def _asked(self, section: Section, sentence: str, _cause: str | None) -> Iterator[Part]:
        """Yield recommendations: a part goes on with the one before it, or says of whom else it asks something."""
        label, rest = label_of(sentence)
        who = self._addressees.addressees_of(label) if label else ()
        read = spans(sentence, self.themes(section.code), apart=self._asks_anew)
        for place, each in enumerate(read):
            only = place == 0 and _ONLY_WHO.match(flat(label)) and not self._addressees.names_one_of(label, who)
            start = rest if only else each.start
            text = sentence[start : each.end]
            first = each.opens is not Opens.REQUEST and place > 0 and not _ASKS_LATE.match(flat(text))
            who = self._addressees.addressees_of(text, first=first) or who
            yield Part(section.code, text, each.theme, who, asks=True)

    def _asks_anew(self, text: str) -> bool:
        late = _ASKS_LATE.match(flat(text))
        return bool(self._addressees.addressees_of(text[late.end() :] if late else text, first=late is None))
