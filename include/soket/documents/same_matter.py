"""Requests of several units for one thing: they name it, or say it in near words. One theme is not enough."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import combinations

from soket.documents.choosing import alike
from soket.documents.said import Saying
from soket.narrative.sentences.prose import words
from soket.narrative.sentences.stops import CAPITALS
from soket.plan.model import Plan
from soket.text import flat, nfc

_NEAR = 76.0  # of 100, in what two sentences say
_AROUND = 0.5  # of the words beside a name that two sentences share
_LOOKED_AT = 400  # requests on a theme: of thousands some are enough

# A road or a paper is one thing, whatever is asked for it.
_ROAD = re.compile(r"\b(?:quoc lo|tinh lo|duong tinh|huong lo|ql|dt|tl)\.? ?(?:so )?(?P<number>\d+[a-z]?)\b")
_PAPER = re.compile(r"\b\d+/(?:\d{4}/)?[a-z]+(?:-[a-z]+)*\b")
# Of a name, two words that begin with capitals; whoever is asked has a name, too, and is no thing.
_NAME = re.compile(rf"(?<![.:;“] )(?<!^)[{CAPITALS}][\w-]*(?: [{CAPITALS}][\w-]*)+")
_BODY = re.compile(
    r"^(?:ubnd|hdnd|uy ban|hoi dong|ban|so|bo|chinh phu|quoc hoi|thu tuong|trung uong|tinh|huyen|thanh|thi|dang"
    r"|van phong|hoi|toa an|vien|cuc|chi cuc|tong cuc|ngan hang|mat tran|lien doan|doan)\b"
)
# What is asked for one's own is as many things as there are who ask.
_OWN = re.compile(
    r"\b(?:(?:cua|tren dia ban|cho|tai|o|qua) (?:cac )?(?:huyen|thi xa|thanh pho|xa|phuong|don vi|so|nganh|truong)"
    r"|dia phuong)\b"
)
_COMMON = frozenset(
    nfc(
        "đề nghị kiến xuất quan tâm tỉnh trung ương ủy ban nhân dân và các cho của với có được để trên địa bàn sớm bố "
        "trí hỗ trợ kinh phí nguồn vốn đầu tư xây dựng chỉ đạo tiếp tục tăng cường phối hợp ngành sở bộ"
    ).split()
)


_ONE, _SEVERAL, _PLACE = "one", "several", "place"
# What is named: one thing, something of which several things may be asked, the place of a unit.


def same_matters(plan: Plan, said: Sequence[Saying]) -> Iterator[tuple[str, tuple[Saying, ...]]]:
    """Yield requests of two units or more for one thing, with its name ("" where words alone are near), most first.

    `said` are the requests on one theme.
    """
    own, common = _Names(plan), _COMMON | set(words(plan.title))
    looked_at = [each for each in said if each.held is None][:_LOOKED_AT]
    names = {each: own.things(each.text) for each in looked_at}
    groups: list[list[Saying]] = []
    by_saying: dict[Saying, list[Saying]] = {}
    for one, other in combinations(looked_at, 2):
        if not _is_same(names, one, other, common):
            continue
        mine, its = by_saying.get(one, [one]), by_saying.get(other, [other])
        if mine is not its:
            joined = [*mine, *its]
            groups = [each for each in groups if each is not mine and each is not its]
            groups.append(joined)
            by_saying.update(dict.fromkeys(joined, joined))
    found = [group for group in groups if len({each.unit.code for each in group}) > 1]
    for group in sorted(found, key=lambda each: -len({said.unit.code for said in each})):
        shared = Counter(name for each in group for name in names[each])
        most = max(shared.values(), default=0)
        told = next((name for name, count in shared.items() if count == most and most == len(group)), "")
        yield _as_written(told, group[0].text), tuple(group)


def _is_same(names: Mapping[Saying, Mapping[str, str]], one: Saying, other: Saying, common: Collection[str]) -> bool:
    mine, its = names[one], names[other]
    shared = {name for name in mine.keys() & its.keys() if mine[name] != _PLACE}
    if any(mine[name] == _ONE for name in shared):
        return True
    if shared and _around(one, other, {*common, *(word for name in shared for word in name.split())}) >= _AROUND:
        return True
    near = mine.keys() == its.keys() and not any(kind == _PLACE for kind in mine.values())
    return near and alike(one, other) >= _NEAR and not any(_OWN.search(each.plain) for each in (one, other))


def _around(one: Saying, other: Saying, common: Collection[str]) -> float:
    """Return how much of what two sentences say beside some words is the same."""
    mine, its = (
        {each for each in words(said.text) if each not in common and flat(each) not in common} for said in (one, other)
    )
    return len(mine & its) / max(1, min(len(mine), len(its)))


def _as_written(name: str, text: str) -> str:
    at = flat(text).find(name) if name else -1
    return text[at : at + len(name)] if at >= 0 else ""


class _Names:
    """Tells things that sentences name from units, offices and the place itself."""

    def __init__(self, plan: Plan) -> None:
        named = [plan.place, *(name for each in plan.units for name in (each.name, *each.aliases))]
        self._known = " | ".join(flat(each) for each in (*named, *(office.name for office in plan.offices)))

    def things(self, text: str) -> dict[str, str]:
        """Return what a sentence names; whoever is asked is no thing."""
        plain = flat(text)
        found: dict[str, str] = {match[0]: _ONE for match in (*_ROAD.finditer(plain), *_PAPER.finditer(plain))}
        for match in _NAME.finditer(text):
            name = flat(match[0])
            if not _BODY.match(name):
                found.setdefault(name, _PLACE if name in self._known else _SEVERAL)
        return found
