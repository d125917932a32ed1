"""Areas that a draft names as the province's own and that neither the plan's directory nor any report has."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from soket.documents.checks.finding import DraftCheck, DraftFinding, FindingLevel
from soket.documents.checks.said import sentence_at
from soket.documents.figures import Summary
from soket.narrative.names.elsewhere import OtherPlaces
from soket.narrative.names.unit_names import area_of, heads_of
from soket.narrative.sentences.stops import CAPITALS
from soket.text import flat, fold, nfc

_FEWEST_AREAS = 3  # in the directory: with fewer it may well lack others
_SURE = ("huyen", "thi xa")  # each of a province's is in its directory; communes merge, and of cities all may speak
_CENTRAL = ("ha noi", "ho chi minh", "hai phong", "da nang", "can tho", "hue")
_BESIDE = re.compile(rf" ?\((?:tỉnh )?(?P<place>[{CAPITALS}][^()]*)\)")  # "huyện Một (Nghệ An)"


def strange_areas(summary: Summary, paragraphs: Sequence[str]) -> Iterator[DraftFinding]:
    """Yield areas that nobody knows, where their sentence is about no other province."""
    plan = summary.plan
    areas = [area for unit in plan.units if (area := area_of(fold(unit.called)))]
    if len(areas) < _FEWEST_AREAS:
        return
    kinds = {kind for kind, _ in areas}
    known = {own for _, own in areas} | {fold(plan.place), *_CENTRAL}
    heads = {head: kind for kind in kinds for head in heads_of(kind)}
    pattern = re.compile(rf"\b(?P<head>{'|'.join(sorted(heads, key=len, reverse=True))}) (?P<own>\w+(?: \w+){{1,2}})")
    elsewhere = OtherPlaces(plan.units, plan.place)
    found = [
        (number, kind, start, name)
        for number, paragraph in enumerate(map(nfc, paragraphs), 1)
        for kind, start, name in _named(paragraph, pattern, heads)
        if not any(flat(name).startswith(own) for own in known)
        and not _is_elsewhere(paragraph, start, name, elsewhere, fold(plan.place))
    ]
    if not found:
        return
    said = _of_reports(summary, {flat(name) for *_, name in found})
    for number, kind, start, name in found:
        if flat(name) in said:
            continue
        text = nfc(paragraphs[number - 1])
        called = text[start : text.index(name, start) + len(name)]
        yield DraftFinding(
            DraftCheck.MISNAMED,
            FindingLevel.WRONG if kind in _SURE else FindingLevel.LOOK,
            f"“{called}” không có trong danh bạ đơn vị của Kế hoạch, không báo cáo nào nêu",
            about=f"strange {flat(called)}",
            quote=sentence_at(text, start),
            paragraph=number,
        )


def _named(paragraph: str, pattern: re.Pattern[str], heads: dict[str, str]) -> Iterator[tuple[str, int, str]]:
    """Yield areas named in a paragraph: of what kind, from where, and their own names."""
    for match in pattern.finditer(flat(paragraph)):
        said = paragraph[match.start("own") : match.end("own")].split()
        own = [*takewhile(lambda word: word[0].isupper(), said)]
        if len(own) > 1 and not all(word.isupper() for word in own):
            yield heads[match["head"]], match.start(), " ".join(own)


def _is_elsewhere(paragraph: str, start: int, name: str, elsewhere: OtherPlaces, place: str) -> bool:
    """Whether an area is said to be another province's, or its sentence speaks of one."""
    sentence = sentence_at(paragraph, start)
    after = paragraph[paragraph.index(name, start) + len(name) :]
    return bool(elsewhere.found(sentence)) or bool((beside := _BESIDE.match(after)) and flat(beside["place"]) != place)


def _of_reports(summary: Summary, names: set[str]) -> set[str]:
    texts = (flat(excerpt.text) for section in summary.sections for excerpt in section.excerpts)
    return {name for text in texts for name in names if name in text}
