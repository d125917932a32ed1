"""Text in old fonts: converted where its letters are an old coding's, left where Unicode was typed in such a font."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from soket.reading.legacy.codings import PRIVATE, Coding, font_coding, in_capitals
from soket.reading.legacy.detect import UNICODE_ONLY, gain, old_words


@dataclass(frozen=True)
class Run:
    """Text of one font."""

    text: str
    coding: Coding | None = None
    capitals: bool = False


def run_of(text: str, font: str) -> Run:
    """Return a text as a run of its font."""
    return Run(text, *_said_by(font))


@lru_cache(maxsize=500)
def _said_by(font: str) -> tuple[Coding | None, bool]:
    return font_coding(font), in_capitals(font)


def converted(paragraphs: Sequence[Sequence[Run]]) -> tuple[list[str], set[Coding]]:
    """Return the texts of a document's paragraphs in Unicode, and the codings that some of them were in.

    A run's letters say whether it is old; where they may be either, its paragraph's do, then the document's.
    """
    said = [[_evidence(run) for run in runs] for runs in paragraphs]
    whole = _summed((run, evidence) for runs, all_said in zip(paragraphs, said, strict=True)
                    for run, evidence in zip(runs, all_said, strict=True))  # fmt: skip
    texts, found = [], set()
    for runs, all_said in zip(paragraphs, said, strict=True):
        around = _summed(zip(runs, all_said, strict=True))
        parts = []
        for run, evidence in zip(runs, all_said, strict=True):
            if run.coding is None:
                parts.append(run.text)
                continue
            is_old = next((each > 0 for each in (evidence, around[run.coding], whole[run.coding]) if each), True)
            text = run.text
            if is_old and not text.isascii():
                text = run.coding.convert(text)
                found.add(run.coding)
            parts.append(text.upper() if run.capitals and is_old else text)
        texts.append("".join(parts))
    return texts, found


def _evidence(run: Run) -> int:
    """Return how many letters or words of a run speak for its font's coding; below 0 where they speak against it."""
    if run.coding is None or run.text.isascii():
        return 0
    if any(ord(letter) in PRIVATE for letter in run.text):
        return 1
    unicode = len(UNICODE_ONLY.findall(run.text))
    return -unicode if unicode else gain(run.coding, old_words(run.text))


def _summed(evidence: Iterator[tuple[Run, int]]) -> Counter[Coding]:
    sums: Counter[Coding] = Counter()
    for run, count in evidence:
        if run.coding:
            sums[run.coding] += count
    return sums
