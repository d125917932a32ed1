"""Which theme a sentence is about, by the phrases of a plan's lexicon; a sentence without any is about none."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from copy import copy
from itertools import takewhile

from soket.narrative.said.asked import of_causes
from soket.narrative.said.stances import PLAIN, Stance
from soket.narrative.sentences.causes import NO_CAUSE, OUTSIDE, SOME, is_cause, named_first, told_why
from soket.plan.themes import Lexicon, Theme
from soket.text import flat, nfc

_LATE = 0.5  # what a phrase at a sentence's very end weighs of one at its beginning
_EARLY = 0.45  # of a sentence, in which it mostly says what it is about
_CLEARLY = 2.0  # times what another theme weighs
_ANYWHERE = "anywhere"  # a theme of causes may be: nothing is known of what is told

_LITTLE = frozenset(
    ("cho", "của", "và", "có", "là", "đã", "đến", "bị", "do", "từ", "với", "các", "về", "ra", "mà", "thì")
)
_LITTLE_PLAIN = frozenset(map(flat, _LITTLE))


class ThemeReader:
    """Reads the themes of one heading, with one pattern for all their phrases.

    Phrases are found without regard to marks and case. A phrase of one syllable keeps its marks, unless the text has
    none: "đền" and "đến", "bão" and "bao" are other words. In one of several no little word stands for another: "cho"
    is never "chợ".
    """

    def __init__(self, themes: Sequence[Theme]) -> None:
        self._themes = tuple(themes)
        self._moved: dict[tuple[str, str], Theme] = {}
        self._of: defaultdict[str, list[int]] = defaultdict(list)
        self._marked: defaultdict[str, set[str]] = defaultdict(set)
        for index, theme in enumerate(themes):
            for keyword in theme.keywords:
                shown = " ".join(nfc(keyword).lower().split())
                phrase = flat(shown)
                if index not in self._of[phrase]:
                    self._of[phrase].append(index)
                if " " not in phrase or not _LITTLE_PLAIN.isdisjoint(phrase.split()):
                    self._marked[phrase].add(shown)
        self._unlike = {
            index: re.compile(rf"\b(?:{'|'.join(re.escape(flat(' '.join(each.split()))) for each in theme.unlike)})\b")
            for index, theme in enumerate(themes)
            if theme.unlike
        }
        self._causes = frozenset(index for index, theme in enumerate(themes) if of_causes(theme))
        self._as_told: dict[str | None, ThemeReader] = {}
        self._where: str | None = _ANYWHERE
        longest_first = sorted(self._of, key=lambda phrase: (-len(phrase), phrase))
        by_letter: defaultdict[str, list[str]] = defaultdict(list)  # so that few are tried at each word
        for phrase in longest_first:
            by_letter[phrase[0]].append(re.escape(phrase[1:]))
        phrases = "|".join(f"{re.escape(letter)}(?:{'|'.join(rests)})" for letter, rests in by_letter.items())
        # Looked for at every word, so that phrases may overlap; of those that begin at one word the longest counts.
        self._pattern = re.compile(rf"\b(?=({phrases})\b)") if phrases else None

    def as_told(self, cause: str | None) -> ThemeReader:
        """Return the reader of what a report tells as causes, or says to be none; None where it does not part these.

        Among causes there are themes of causes alone. What is told as none may have one where it says why; what is
        told as either where it is of the cause itself, too.
        """
        where = SOME if is_cause(cause) else cause
        if where not in self._as_told:
            self._as_told[where] = reader = copy(self)
            reader._where = where
        return self._as_told[where]

    def theme_of(
        self, sentence: str, plain: str | None = None, stance: Stance = PLAIN, rather: Theme | None = None
    ) -> Theme | None:
        """Return the theme whose phrases weigh most: the longer and the earlier, the more; the first one of equals.

        `plain` is the sentence without marks, of a caller who needs that besides. Phrases that a sentence's `stance`
        says are no evidence count nothing; `rather` is a theme that stays the one unless another clearly weighs more.
        """
        weights = self.weights(sentence, plain, stance)
        if not weights:
            return None
        best = max(weights, key=lambda index: (weights[index], -index))
        kept = next((index for index, theme in enumerate(self._themes) if theme is rather), best)
        return self._themes[kept if weights.get(kept, 0.0) * _CLEARLY >= weights[best] else best]

    def is_early(self, theme: Theme, sentence: str, plain: str, stance: Stance = PLAIN) -> bool:
        """Return whether a sentence says early what theme it is about: what it only comes to say may be by the way."""
        if self._pattern is None:
            return False
        early = takewhile(lambda match: match.start() < _EARLY * len(plain), self._pattern.finditer(plain))
        return any(
            any(self._themes[index].code == theme.code for index in self._told_by(match))
            for match in early
            if not stance.covers(match.start()) and (match[1] not in self._marked or self._has_marks(match, sentence))
        )

    @property
    def themes(self) -> tuple[Theme, ...]:
        """The themes of the heading, in their order."""
        return self._themes

    @property
    def groups(self) -> tuple[str, ...]:
        """The small headings that the themes stand under."""
        return tuple(dict.fromkeys(each.group for each in self._themes if each.group))

    def in_group(self, theme: Theme, group: str) -> Theme:
        """Return a theme as it stands under another small heading, the same one whenever it is asked for."""
        return self._moved.setdefault((theme.code, group), theme.model_copy(update={"group": group}))

    def weights(self, sentence: str, plain: str | None = None, stance: Stance = PLAIN) -> dict[int, float]:
        """Return what a sentence's phrases weigh for each theme, by its place; each phrase counts once."""
        found: dict[int, float] = {}
        if self._pattern is None:
            return found
        shown = " ".join(nfc(sentence).split())
        text = plain if plain is not None and shown == sentence else flat(shown)
        seen: set[str] = set()
        for match in self._pattern.finditer(text):
            phrase = match[1]
            if phrase in seen or (phrase in self._marked and not self._has_marks(match, shown)):
                continue
            own = () if stance.covers(match.start()) else self._told_by(match)
            if own and self._where != _ANYWHERE:
                own = [each for each in own if self._may_be(each, match.start(1), shown)]
            if not own:
                continue
            seen.add(phrase)
            weight = len(phrase) * (1 - (1 - _LATE) * match.start() / len(text))
            for index in own:
                found[index] = found.get(index, 0.0) + weight
        return found

    def _may_be(self, index: int, place: int, shown: str) -> bool:
        """Whether a phrase at a place of a sentence may be of a theme, by what the report tells there."""
        if index not in self._causes or self._where == SOME:
            return (index in self._causes) is (self._where == SOME)
        low = shown.lower()
        if any(start <= place < end for start, end in told_why(low)):
            return True
        own = OUTSIDE not in flat(self._themes[index].group or "")
        return self._where != NO_CAUSE and any(start <= place < end for start, end in named_first(low, own=own))

    def _told_by(self, match: re.Match[str]) -> Sequence[int]:
        """Return the themes that a phrase tells of where it stands: not of those that it means something else for."""
        own = self._of[match[1]]
        if not self._unlike:
            return own
        return [each for each in own if each not in self._unlike or not _is_within(match, self._unlike[each])]

    def _has_marks(self, match: re.Match[str], shown: str) -> bool:
        said = shown[match.start(1) : match.end(1)].lower()
        if said in self._marked[match[1]] or shown.lower() == match.string:
            return True
        meant = {word for each in self._marked[match[1]] for word in each.split()}
        return " " in said and not any(word in _LITTLE and word not in meant for word in said.split())


def _is_within(match: re.Match[str], phrases: re.Pattern[str]) -> bool:
    """Whether a phrase stands within one that means something else: "giám sát" in "camera giám sát"."""
    return any(each.start() <= match.start(1) < match.end(1) <= each.end() for each in phrases.finditer(match.string))


def readers_of(lexicon: Lexicon | None) -> dict[str, ThemeReader]:
    """Return the reader of each heading that a lexicon has themes for."""
    return {section: ThemeReader(themes) for section, themes in lexicon.sections.items()} if lexicon else {}
