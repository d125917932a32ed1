"""Where a draft's words come from: units that it never names, and sentences of one unit that stand without its name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from soket.documents.checks.finding import DraftCheck, DraftFinding, FindingLevel
from soket.documents.figures import Summary
from soket.narrative.names.unit_names import UnitNames, area_of
from soket.narrative.sentences.prose import sentences, words
from soket.plan.model import Plan
from soket.text import first_units, flat, fold, nfc

_FEWEST_WORDS = 12
_OF_UNITS = re.compile(r"\b(?:co|mot so|nhieu|cac) (?:don vi|bao cao|dia phuong)(?: \w+){0,2} neu\b")  # without a name
_LACKING = re.compile(r"\b(?:chua|khong)(?: \w+){0,2} (?:co|gui|nop|gom|tinh|ke)\b|\bthieu\b")
_DEPARTMENTS = ("so", "ban", "cuc", "vu", "phong")
_FIGURE = re.compile(
    r"(?<![\d/])(?!(?:19|20)\d\d\b)(?:\d+(?:[.,]\d+)+|\d{3,})(?![\d/]|-[A-ZĐ])"
)  # of no chance, no paper's
_FIELDS = re.compile(r", | và | [-–] ")
_NAMED = 12  # units that one finding names


def unnamed_units(summary: Summary, paragraphs: Sequence[str]) -> Iterator[DraftFinding]:
    """Yield the units whose reports a draft rests on and that it never names."""
    named = UnitNames(summary.plan.units, (summary.plan.place,))
    found = {code for paragraph in paragraphs for *_, code in named.found(flat(nfc(paragraph)))}
    silent = [unit.name for unit in summary.plan.units if unit.code in summary.basis and unit.code not in found]
    if silent:
        yield DraftFinding(
            DraftCheck.UNNAMED,
            FindingLevel.TELL,
            f"{len(silent)}/{len(summary.basis)} đơn vị có báo cáo không được nhắc tên: {first_units(silent, _NAMED)}",
            about="unnamed",
        )


def untold_gaps(summary: Summary, paragraphs: Sequence[str]) -> Iterator[DraftFinding]:
    """Yield each form whose totals lack units of which the draft says nowhere that it lacks them."""
    named = UnitNames(summary.plan.units, (summary.plan.place,))
    telling = [text for text in map(flat, map(nfc, paragraphs)) if _LACKING.search(text)]
    told = {code for text in telling for *_, code in named.found(text)}
    for form in summary.forms:
        untold = [unit.name for unit in form.absent if unit.code not in told]
        if not untold or any(f"{len(form.absent)}/{len(form.units)}" in text for text in telling):
            continue
        yield DraftFinding(
            DraftCheck.UNNAMED,
            FindingLevel.LOOK,
            f"số cộng ở {form.form.title} chưa có phần của {len(untold)}/{len(form.units)} đơn vị "
            f"({first_units(untold, _NAMED)}) mà dự thảo không nêu",
            about=f"untold gap of {form.form.code}",
        )


def misnamed_units(plan: Plan, paragraphs: Sequence[str]) -> Iterator[DraftFinding]:
    """Yield who is called what nobody is: "huyện" of a town, a department by one of its fields alone."""
    plain = [nfc(paragraph) for paragraph in paragraphs]
    for level, misnamed in (
        (FindingLevel.WRONG, _misnamed_areas(plan, plain)),
        (FindingLevel.LOOK, _misnamed_departments(plan, plain)),
    ):
        for number, text, right in misnamed:
            yield DraftFinding(
                DraftCheck.MISNAMED,
                level,
                f"dự thảo ghi “{text}”, Kế hoạch có {right}",
                about=f"{flat(text)} {number}",
                quote=text,
                paragraph=number,
            )


def _misnamed_areas(plan: Plan, paragraphs: Sequence[str]) -> Iterator[tuple[int, str, str]]:
    """Yield areas that are called what none of the plan's is: in which paragraph, how, and what there is."""
    areas = [(area, unit.called) for unit in plan.units if (area := area_of(fold(unit.called)))]
    kinds = sorted({kind for (kind, _), _ in areas}, key=len, reverse=True)
    called = {f"{kind} {own}" for (kind, own), _ in areas}
    right: dict[str, list[str]] = {}
    for (_, own), name in areas:
        right.setdefault(own, []).append(name)
    if not kinds:
        return
    owns = "|".join(map(re.escape, sorted(right, key=len, reverse=True)))
    pattern = re.compile(rf"\b({'|'.join(kinds)}) ({owns})\b")
    for number, paragraph in enumerate(paragraphs, 1):
        for match in pattern.finditer(flat(paragraph)):
            if match[0] not in called:
                yield number, paragraph[match.start() : match.end()], " và ".join(right[match[2]])


def _misnamed_departments(plan: Plan, paragraphs: Sequence[str]) -> Iterator[tuple[int, str, str]]:
    """Yield, in the same way, departments that are called by one field of several, as offices do among themselves.

    The last field of a name may be told with its place, or without: neither is a field alone, nor is another place's.
    """
    known = {nfc(name) for unit in plan.units for name in (unit.name, unit.called, *unit.aliases)}
    known |= {nfc(name) for office in plan.offices for name in (office.name, office.short_name)}
    right: dict[tuple[int, str], list[str]] = {}
    for unit in plan.units:
        head, _, rest = nfc(unit.name).partition(" ")
        fields = _FIELDS.split(rest)
        if unit.beside or fold(head) not in _DEPARTMENTS or len(fields) == 1:
            continue
        either = "|".join(map(re.escape, fields))
        begun = "|".join(re.escape(" ".join(field.split()[:2])) for field in fields)
        pattern = re.compile(rf"\b{head} (?:{either})(?!\w)(?!(?:,| (?:và|&)| [-–]) (?:{begun})(?!\w))")
        for number, paragraph in enumerate(paragraphs, 1):
            for text in dict.fromkeys(pattern.findall(paragraph)):
                if text not in known:
                    right.setdefault((number, text), []).append(unit.name)
    for (number, text), names in right.items():
        yield number, text, first_units(names, _NAMED)


def lifted_sentences(summary: Summary, paragraphs: Sequence[str]) -> Iterator[DraftFinding]:
    """Yield sentences that one unit's report alone has, where the paragraph does not name the unit."""
    owners: dict[tuple[str, ...], set[str]] = {}
    wanted = [
        (number, sentence, keys)
        for number, paragraph in enumerate(paragraphs, 1)
        for sentence in sentences(nfc(paragraph))
        if (keys := _keys(sentence))
    ]
    sought = {key for _, _, keys in wanted for key in keys}
    for section in summary.sections:
        for excerpt in section.excerpts:
            for sentence in sentences(nfc(excerpt.text)):
                for key in _keys(sentence):
                    if key in sought:
                        owners.setdefault(key, set()).add(excerpt.unit.code)
    named = UnitNames(summary.plan.units, (summary.plan.place,))
    for number, sentence, keys in wanted:
        whose = next((units for key in keys if len(units := owners.get(key, set())) == 1), None)
        if whose is None:
            continue
        (code,) = whose
        if _OF_UNITS.search(flat(nfc(paragraphs[number - 1]))):
            continue
        if code in {each for *_, each in named.found(flat(nfc(paragraphs[number - 1])))}:
            continue
        unit = summary.plan.unit(code)
        yield DraftFinding(
            DraftCheck.LIFTED,
            FindingLevel.LOOK,
            f"câu của riêng báo cáo {unit.name}, dự thảo dùng chung mà không nêu tên",
            about=sentence,
            quote=sentence,
            paragraph=number,
        )


def _keys(sentence: str) -> tuple[tuple[str, ...], ...]:
    """Return what two sentences have alike that were one: their beginning or their end, or two figures in a row."""
    said = tuple(words(sentence))
    if len(said) < _FEWEST_WORDS:
        return ()
    figures = [each[0] for each in _FIGURE.finditer(sentence)]
    return said[:_FEWEST_WORDS], ("", *said[-_FEWEST_WORDS:]), *(("#", *pair) for pair in pairwise(figures))
