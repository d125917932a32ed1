"""What fits on one page: the lines that paragraphs take, reckoned, and what is left out where they are too many.

A line is reckoned a little short and a page a little small, so that what fits here fits wherever it is printed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from soket.documents.provenance import bare

LETTERS_A_LINE = 70  # of 14 point across the text of a page
LINES_A_PAGE = 24  # between a title of one line and the signature


@dataclass(frozen=True)
class Paragraph:
    """A paragraph with what is listed in it, the first the last to go; `needed` of them stay whatever happens."""

    opening: str
    listed: tuple[str, ...] = ()
    bullets: bool = False  # each on a line of its own below the opening, else after it, divided by semicolons
    needed: int = 0
    rank: int = 0  # where it stands among those that are shortened: the highest first

    @property
    def text(self) -> str:
        """The paragraph as it is printed, without its bullets."""
        told = "" if self.bullets else "; ".join(self.listed)
        return f"{self.opening} {told.rstrip('.')}.".strip() if told else self.opening

    @property
    def lines(self) -> int:
        """How many lines it takes."""
        rows = [self.text, *(f"- {each}" for each in (self.listed if self.bullets else ()))]
        return sum(map(lines_of, rows))


def lines_of(text: str) -> int:
    """Return how many lines a text takes."""
    return -(-len(bare(text)) // LETTERS_A_LINE)


def fitted(passages: Iterable[Paragraph], room: int = LINES_A_PAGE) -> list[Paragraph]:
    """Return the passages that have something to say, shortened one thing after the other until all fits."""
    kept = list(passages)
    while sum(each.lines for each in kept) > room:
        able = [index for index, each in enumerate(kept) if len(each.listed) > each.needed]
        if not able:
            break
        longest = max(able, key=lambda index: (kept[index].rank, len(kept[index].listed)))
        listed = kept[longest].listed[:-1]
        kept[longest] = replace(kept[longest], listed=listed, opening=kept[longest].opening if listed else "")
    return [each for each in kept if each.lines]
