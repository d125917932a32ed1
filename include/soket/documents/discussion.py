"""What a conference is to talk about: one thing that is asked of several, what many ask for, figures still open.

It goes to all delegates: of what a machine found odd, and nobody has looked at, it names no unit.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from soket.documents.figures import Summary
from soket.documents.provenance import ToldCount, told
from soket.documents.said import Saying, Sayings, gather
from soket.documents.same_matter import same_matters
from soket.documents.sentences import name_of
from soket.plan.themes import Lexicon
from soket.text import upper_first

_MOST = 6  # prompts under one heading
_FEW = 2  # units that ask for a thing, for it to be talked about
_READ_EASILY = 25  # words


_Asked = Sequence[tuple[str, Mapping[str, Sequence[Saying]]]]


@dataclass(frozen=True)
class PromptGroup:
    """Prompts of one sort."""

    title: str
    prompts: tuple[str, ...]


def prompts_of(summary: Summary, lexicon: Lexicon | None) -> list[PromptGroup]:
    """Return what is worth talking about, most asked for first; nothing is said that no report says."""
    sayings = gather(summary, lexicon)
    asked = _by_theme(sayings)
    groups = (
        ("Cùng một việc, kiến nghị nhiều nơi: nơi nào chủ trì?", list(_divided(summary, asked))),
        ("Nhóm vấn đề nhiều đơn vị kiến nghị", list(_common(asked))),
        ("Kiến nghị của nhiều đơn vị với một nơi", [] if lexicon else list(_to_one(sayings))),
        ("Số liệu còn phải làm rõ", list(_open(summary))),
    )
    return [PromptGroup(title, tuple(prompts[:_MOST])) for title, prompts in groups if prompts]


def _by_theme(sayings: Sayings) -> _Asked:
    """Return what is asked for by theme and, inside, by whom it is asked of; what most ask for first."""
    found: defaultdict[str, defaultdict[str, list[Saying]]] = defaultdict(lambda: defaultdict(list))
    for section in sayings.sections:
        for each in section.said:
            if each.asks and each.theme and each.addressee:
                found[each.theme.name][each.addressee].append(each)
    units = {theme: {each.unit.code for said in asked.values() for each in said} for theme, asked in found.items()}
    return sorted(
        ((theme, dict(asked)) for theme, asked in found.items()), key=lambda pair: (-len(units[pair[0]]), pair[0])
    )


def _divided(summary: Summary, by_theme: _Asked) -> Iterator[str]:
    for _, asked in by_theme:
        for name, said in same_matters(summary.plan, [each for own in asked.values() for each in own]):
            shares = _shares(said)
            if len(shares) > 1 and not _agree(said):
                yield f"{upper_first(name) if name else _quoted(said)}: {'; '.join(shares)}."


def _agree(said: Sequence[Saying]) -> bool:
    """Whether all that ask for something ask one and the same for it, whomever they ask besides."""
    by_unit: defaultdict[str, set[str]] = defaultdict(set)
    for each in said:
        by_unit[each.unit.code].add(each.addressee or "")
    return bool(set.intersection(*by_unit.values()))


def _shares(said: Iterable[Saying]) -> list[str]:
    """Return how many units ask each of those that are asked, most first."""
    of: defaultdict[str, set[str]] = defaultdict(set)
    for each in said:
        of[each.addressee or ""].add(each.unit.code)
    ordered = sorted(of.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    return [f"{ToldCount.of(units)} đơn vị kiến nghị {addressee}" for addressee, units in ordered]


def _common(by_theme: _Asked) -> Iterator[str]:
    for theme, asked in by_theme:
        said = [each for own in asked.values() for each in own]
        if len({each.unit.code for each in said}) >= _FEW:
            fit = [each for each in said if each.held is None]
            yield f"{theme}: {'; '.join(_shares(said))}.{f' Ví dụ: {_quoted(fit)}' if fit else ''}"


def _to_one(sayings: Sayings) -> Iterator[str]:
    """Yield whom several units ask for something, most first: without a lexicon nobody knows whether it is the same."""
    found: defaultdict[str, list[Saying]] = defaultdict(list)
    for section in sayings.sections:
        for each in section.said:
            if each.asks and each.addressee:
                found[each.addressee].append(each)
    units = {addressee: {each.unit.code for each in said} for addressee, said in found.items()}
    for addressee in sorted(found, key=lambda each: (-len(units[each]), each)):
        if len(units[addressee]) >= _FEW:
            fit = [each for each in found[addressee] if each.held is None]
            asking = f"{upper_first(addressee)}: {ToldCount.of(units[addressee])} đơn vị kiến nghị."
            yield f"{asking}{f' Ví dụ: {_quoted(fit)}' if fit else ''}"


def _quoted(said: Sequence[Saying]) -> str:
    example = min(said, key=lambda each: (abs(each.words - _READ_EASILY), each.unit.code, each.number))
    return f"{example.unit.name}: “{told(example.text, example.source)}”"


def _open(summary: Summary) -> Iterator[str]:
    """Yield of which indicators units have still to say whether a figure is right: how many, and nobody's name."""
    for form in summary.forms:
        for item in form.indicators:
            if item.doubts:
                units = ToldCount.of(value.unit.code for _, value in item.doubts)
                yield (
                    f"{item.indicator.code} {name_of(item.indicator)}: {len(item.doubts):02} số của {units} đơn vị "
                    "chưa được đơn vị xác nhận; trao đổi riêng với đơn vị trước hội nghị."
                )
    if summary.unlike_signed:
        units = ToldCount.of(each.unit.code for each in summary.unlike_signed)
        yield f"Bản ký khác bản dùng để tổng hợp: {units} đơn vị chưa xác nhận bản nào đúng."
