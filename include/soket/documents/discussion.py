"""What a conference is to talk about: requests that differ, reports that gainsay themselves, odd figures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from soket.documents.figures import Summary
from soket.documents.prose_figures import prose_figures
from soket.documents.provenance import ToldCount, told
from soket.documents.said import Saying, Sayings, gather
from soket.documents.unlike import remarks
from soket.plan.themes import Lexicon

_MOST = 6  # prompts under one heading
_FEW = 2  # units that ask for a thing, for it to be talked about


@dataclass(frozen=True)
class PromptGroup:
    """Prompts of one sort."""

    title: str
    prompts: tuple[str, ...]


def prompts_of(summary: Summary, lexicon: Lexicon | None) -> list[PromptGroup]:
    """Return what is worth talking about, most asked for first; nothing is said that no report says."""
    sayings = gather(summary, lexicon)
    found = remarks(sayings, prose_figures(sayings))
    groups = (
        ("Cùng một việc, kiến nghị nhiều nơi: nơi nào chủ trì?", list(_divided(sayings))),
        ("Việc nhiều đơn vị cùng kiến nghị", list(_common(sayings))),
        ("Số liệu cần đơn vị giải trình", [each.in_words for each in found if not each.against and not each.is_held]),
        ("Nội dung trái nhau trong một báo cáo", [each.in_words for each in found if each.against]),
    )
    return [PromptGroup(title, tuple(prompts[:_MOST])) for title, prompts in groups if prompts]


def _by_theme(sayings: Sayings) -> list[tuple[str, dict[str, list[Saying]]]]:
    """Return what is asked for by theme and, inside, by whom it is asked of; what most ask for first."""
    found: defaultdict[str, defaultdict[str, list[Saying]]] = defaultdict(lambda: defaultdict(list))
    for section in sayings.sections:
        for each in section.said if section.requests else ():
            if each.theme and each.addressee:
                found[each.theme.name][each.addressee].append(each)
    units = {theme: {each.unit.code for said in asked.values() for each in said} for theme, asked in found.items()}
    return sorted(
        ((theme, dict(asked)) for theme, asked in found.items()), key=lambda pair: (-len(units[pair[0]]), pair[0])
    )


def _divided(sayings: Sayings) -> Iterator[str]:
    for theme, asked in _by_theme(sayings):
        if len(asked) > 1:
            shares = [
                f"{ToldCount.of(each.unit.code for each in said)} đơn vị kiến nghị {addressee}"
                for addressee, said in sorted(asked.items(), key=lambda pair: (-len(pair[1]), pair[0]))
            ]
            yield f"{theme}: {'; '.join(shares)}."


def _common(sayings: Sayings) -> Iterator[str]:
    for theme, asked in _by_theme(sayings):
        if len(asked) != 1:
            continue
        ((addressee, said),) = asked.items()
        units = ToldCount.of(each.unit.code for each in said)
        if units >= _FEW:
            fit = [each for each in said if each.held is None]
            example = min(fit, key=lambda each: (abs(each.words - 25), each.unit.code, each.number), default=None)
            shown = f" {example.unit.name}: “{told(example.text, example.source)}”" if example else ""
            yield f"{theme}: {units} đơn vị kiến nghị {addressee}.{shown}"
