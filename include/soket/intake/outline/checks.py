"""What is wrong under the headings of a report: nothing, too little, blanks, and text that is not the unit's own."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from soket.faults import Fault, fault
from soket.narrative.said.asked import asks_for_requests
from soket.narrative.sentences.asides import says_none, says_nothing
from soket.narrative.sentences.borrowed import borrowed, guidance_of, wording_of
from soket.narrative.sentences.prose import sentences, words
from soket.plan.model import Plan, Section
from soket.record.records import SectionText
from soket.text import quoted

_BLANK = re.compile(
    r"\.{5,}|…{2,}|_{4,}|\[[\s….]*\]|[\[(]\s*(?:đang cập nhật|đang bổ sung|bổ sung sau|điền\b)[^)\]]*[\])]",
    re.IGNORECASE,
)

_LETTERS = re.compile(r"[^\W\d_]{2}")
_MOST_NAMED = 3  # headings
_STOP = re.compile(r"(?<![.…])\.$")
_PASTED_WORDS, _PASTED_SHARE = 40, 0.4


def section_faults(
    plan: Plan, sections: Sequence[SectionText], file: str, unplaced: Sequence[SectionText] = ()
) -> Iterator[Fault]:
    """Yield what is wrong with a report's sections, in the outline's order.

    One that is not there may stand under a heading of other words: then it is these that are asked about.
    """
    found = {section.section: section for section in sections if section.heading is not None}
    others = [*dict.fromkeys(_called(each) for each in unplaced if each.heading or "\n" in each.text)]
    if not found:
        yield fault("DC-02", file)
        return
    first_under: dict[str | None, Section] = {}
    under: defaultdict[str | None, dict[str, None]] = defaultdict(dict)  # what sections say under one heading
    for each in found.values():
        under[each.heading][each.text] = None
    for section in plan.outline:
        text = found.get(section.code)
        if text is None:
            if section.required and others:
                yield _at(section, "DC-10", file, found=_first(others))
            elif section.required:
                yield _at(section, "DC-01", file)
            continue
        # What two sections share is looked at once.
        first = first_under.setdefault(text.heading, section)
        if first is not section:
            yield _at(section, "DC-03", file, other=first.number.rstrip("."), other_title=first.title)
        else:
            yield from _content_faults(plan, section, "\n".join(filter(None, under[text.heading])), file)


def _content_faults(plan: Plan, section: Section, text: str, file: str) -> Iterator[Fault]:
    left = list(borrowed(text, guidance_of(section)))
    if left:
        yield _at(section, "DC-07", file, quote=_quoted(left[0]))
    own = _without(text, left)
    count = len(words(own))
    if says_nothing(own):
        answers = says_none(own) and asks_for_requests(section)
        if section.required and not left and not answers:
            yield _at(section, "DC-05", file, found=f"chỉ ghi «{_quoted(own)}»" if own else "để trống")
        return
    if blank := next((each for each in sentences(own) if _BLANK.search(each)), None):
        yield _at(section, "DC-06", file, quote=_quoted(blank))
    if count < section.min_words and not left:
        yield _at(section, "DC-04", file, count=count, least=section.min_words)
    pasted = list(borrowed(own, wording_of(plan)))
    copied = sum(len(words(sentence)) for sentence in pasted)
    if copied >= _PASTED_WORDS and copied >= _PASTED_SHARE * count:
        yield _at(section, "DC-08", file, quote=_quoted(pasted[0]))


def _at(section: Section, code: str, file: str, **facts: str | int) -> Fault:
    number = section.number.rstrip(".")
    return fault(code, file, f"mục {number}", number=number, title=section.title, **facts)


def _called(part: SectionText) -> str:
    named = part.heading is not None and _LETTERS.search(part.heading)
    return f"«{_quoted(part.heading or '')}»" if named else "phần không có tiêu đề"


def _first(headings: Sequence[str]) -> str:
    more = f" và {len(headings) - _MOST_NAMED} mục khác" if len(headings) > _MOST_NAMED else ""
    return f"{', '.join(headings[:_MOST_NAMED])}{more}"


def _quoted(text: str) -> str:
    """Return a text as it is quoted before a full stop: with none of its own; dots that were left to fill in stay."""
    return _STOP.sub("", quoted(text))


def _without(text: str, gone: Sequence[str]) -> str:
    for sentence in gone:
        text = text.replace(sentence, "")
    return text.strip()
