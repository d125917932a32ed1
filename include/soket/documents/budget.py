"""How long the working draft may be, and how its words are shared among the headings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from soket.plan.model import Section

WORDS_A_PAGE = 430
PAGES = 13.0  # of the body, beside its head and its signature

_PLAIN_WEIGHT = 15  # of a heading of which the plan does not say how much is to stand under it
_LEAST = 0.4  # of its own room that a heading keeps for words, however much its figures take


def budgets(outline: Sequence[Section], taken: Mapping[str, int]) -> dict[str, int]:
    """Return how many words the units may have under each heading; `taken` is what figures take of them, in words."""
    room = {code: pages * WORDS_A_PAGE for code, pages in _pages(outline).items()}
    own = {
        code: max(words - taken.get(code, 0), _LEAST * words) if code in taken else words
        for code, words in room.items()
    }
    over = sum(own[code] + taken[code] - room[code] for code in taken)
    others = sum(words for code, words in room.items() if code not in taken)
    share = max(1 - over / others, _LEAST) if over > 0 and others else 1.0
    return {code: round(words if code in taken else words * share) for code, words in own.items()}


def given_back(outline: Sequence[Section], taken: Mapping[str, int], unused: Mapping[str, int]) -> dict[str, int]:
    """Return how many words headings get back of what figures took of them, where others leave a page or more."""
    spare = sum(unused.values())
    if spare < WORDS_A_PAGE:
        return {}
    own = budgets(outline, taken)
    lost = {code: max(round(pages * WORDS_A_PAGE) - own[code], 0) for code, pages in _pages(outline).items()}
    whole = sum(lost.values()) or 1
    return {code: min(words, spare * words // whole) for code, words in lost.items()}


def _pages(outline: Sequence[Section]) -> dict[str, float]:
    """Return the pages of each heading: as the plan says, the others by how much reports are to say under them."""
    numbers = [each.number.rstrip(".") for each in outline]
    weights = {
        each.code: 0 if any(other.startswith(f"{number}.") for other in numbers) else each.min_words or _PLAIN_WEIGHT
        for each, number in zip(outline, numbers, strict=True)
        if each.pages is None
    }
    said = {each.code: each.pages for each in outline if each.pages is not None}
    left = max(PAGES - sum(said.values()), 0.5 * len(weights))
    whole = sum(weights.values()) or 1
    pages = {each.code: said.get(each.code, left * weights.get(each.code, 0) / whole) for each in outline}
    scale = min(1.0, PAGES / (sum(pages.values()) or 1))
    return {code: each * scale for code, each in pages.items()}
