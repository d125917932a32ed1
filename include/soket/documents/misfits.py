"""What of a paper is not as an edition asks, each with the rule that it breaks and the paragraph it is about."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from soket.documents.anatomy import Anatomy
from soket.plan.editions import Bounds, FormEdition, Letters
from soket.reading.looks import LaidOut, LookedAt
from soket.text import format_number, quoted


@dataclass(frozen=True)
class Misfit:
    """One thing that is not as it should be."""

    rule: str
    words: str
    place: int = 0  # the paragraph's number


@dataclass(frozen=True)
class OnTheRule:
    """A paper with its parts, and what it is measured against."""

    edition: FormEdition
    paper: LaidOut
    parts: Anatomy


Rule = Callable[[OnTheRule], Iterator[Misfit]]


def lettering(rule: str, what: str, line: LookedAt | None, asked: Letters) -> Iterator[Misfit]:
    """Find what of a line's letters is not as asked: their size, weight, slope, line."""
    if line is None or not line.sets:
        return
    said = []
    sizes = sorted({each.size for each in line.sets})
    if wrong := [size for size in sizes if not asked.size.holds(size)]:
        said.append(f"cỡ {_listed(wrong)}, cần {bounds(asked.size)}")
    for name, words, plain in (
        ("bold", "in đậm", "không in đậm"),
        ("italic", "in nghiêng", "in đứng"),
        ("underline", "gạch chân", "không gạch chân"),
    ):
        wanted = getattr(asked, name)
        # Most of the letters count: a colon beside an underlined label is no matter.
        share = sum(each.letters for each in line.sets if getattr(each, name)) / sum(each.letters for each in line.sets)
        if wanted is not None and (share > 0.5) != wanted:
            said.append(f"cần {words if wanted else plain}")
    if said:
        yield Misfit(rule, f"{what}: {'; '.join(said)}.", line.number)


def bounds(asked: Bounds, unit: str = "") -> str:
    """Return bounds in words: 13 - 14."""
    low, high = format_number(asked.least), format_number(asked.most)
    return f"{low if low == high else f'{low} - {high}'}{unit}"


def tell(lines: Sequence[LookedAt], longest: int = 40) -> str:
    """Return the beginning of the first of some lines, and how many they are."""
    more = f" và {len(lines) - 1} đoạn khác" if len(lines) > 1 else ""
    return f"«{quoted(lines[0].text, longest)}»{more}"


def _listed(sizes: Sequence[float]) -> str:
    return ", ".join(format_number(size) for size in sizes)
