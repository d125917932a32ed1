"""Parts of a report that are another's: a whole section, or long sentences with their figures or names left in them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from soket.intake.likeness.sketch import body_of, runs_of, wording_of
from soket.narrative.prose import sentences, words
from soket.narrative.unit_names import UnitNames
from soket.plan.model import Plan
from soket.record.records import SectionText
from soket.text import flat

if TYPE_CHECKING:
    from soket.intake.likeness.sketch import Numbers

_SECTION, _SENTENCE = 0.8, 0.85  # of the runs of one: it is another's
_FEWEST_RUNS, _FEWEST_SEEN = 60, 10  # of a section: with fewer it says too little; that are nobody's property
_LONG = 25  # words of a sentence that two do not write alike by chance
_FIGURES = 2  # that two do not have alike by chance, in a sentence that is alike
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass(frozen=True)
class CopiedPart:
    """A section, or sentences of it, that an earlier report has."""

    section: SectionText
    report: int  # which of them
    share: float  # of the section's own text; 0 where it is sentences
    quote: str  # a sentence that shows it
    count: int = 0  # of sentences
    names: tuple[str, ...] = ()  # of others that stand in them


class EarlierReport:
    """A report that others may have copied."""

    def __init__(self, sections: Sequence[SectionText]) -> None:
        self._text = body_of(sections)

    @cached_property
    def runs(self) -> Numbers:
        """Its runs of words."""
        return runs_of(self._text)

    @cached_property
    def _sentences(self) -> list[tuple[str, Numbers]]:
        return [(each, runs_of(each)) for each in sentences(self._text)]

    def figures_like(self, own: Numbers) -> list[str]:
        """Return the figures of the sentence that has most of some runs."""
        import numpy as np

        likest, _ = max(self._sentences, key=lambda each: int(np.isin(each[1], own).sum()))
        return _FIGURE.findall(likest)


def copied_parts(
    plan: Plan, unit: str, sections: Sequence[SectionText], rare: Numbers, earlier: Sequence[EarlierReport]
) -> Iterator[CopiedPart]:
    """Yield what of a report's sections others have; `rare` are its runs that no many share, as far as is known."""
    block = plan.unit(unit).block
    names = UnitNames([each for each in plan.units if each.block == block], (plan.place,))
    for section in sections:
        whole = _of_section(plan, section, rare, earlier)
        if whole is not None:
            yield whole
        else:
            yield from _of_sentences(names, unit, section, rare, earlier)


def _of_section(plan: Plan, section: SectionText, rare: Numbers, earlier: Sequence[EarlierReport]) -> CopiedPart | None:
    import numpy as np

    own = np.setdiff1d(runs_of(section.text), wording_of(plan), assume_unique=True)
    seen = np.intersect1d(own, rare, assume_unique=True)
    if len(own) < _FEWEST_RUNS or len(seen) < _FEWEST_SEEN:
        return None
    for at, report in enumerate(earlier):
        share = float(np.isin(own, report.runs, assume_unique=True).mean())
        if share >= _SECTION and np.isin(seen, report.runs, assume_unique=True).mean() >= _SECTION:
            shown = max(sentences(section.text), key=lambda each: int(np.isin(runs_of(each), report.runs).sum()))
            return CopiedPart(section, at, share, shown)
    return None


def _of_sentences(
    names: UnitNames, unit: str, section: SectionText, rare: Numbers, earlier: Sequence[EarlierReport]
) -> Iterator[CopiedPart]:
    """Yield, by the report that has them, the long sentences of a section that say what was another's."""
    import numpy as np

    found: defaultdict[int, list[tuple[str, str]]] = defaultdict(list)
    for sentence in sentences(section.text):
        own = runs_of(sentence) if len(words(sentence)) >= _LONG else None
        if own is None or not np.isin(own, rare).any():
            continue
        at = next((at for at, each in enumerate(earlier) if np.isin(own, each.runs).mean() >= _SENTENCE), None)
        if at is None:
            continue
        named = [(sentence[start:end], code) for start, end, code in names.found(flat(sentence))]
        strange = next((name for name, code in named if code != unit), "")
        if unit in {code for _, code in named}:
            strange = ""
        if strange or _has_its_figures(sentence, earlier[at].figures_like(own)):
            found[at].append((sentence, strange))
    for at, copied in found.items():
        told = tuple(dict.fromkeys(name for _, name in copied if name))
        yield CopiedPart(section, at, 0.0, copied[0][0], len(copied), told)


def _has_its_figures(sentence: str, theirs: Sequence[str]) -> bool:
    """Whether a sentence has the figures of another, too: what only says the like has its own."""
    own = _FIGURE.findall(sentence)
    return len(own) >= _FIGURES and sum(each in theirs for each in own) >= len(own) - len(own) // 5
