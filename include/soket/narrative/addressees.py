"""Whom a recommendation is made to, where its sentence says so: who is asked first, soon after the word that asks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from soket.plan.model import Plan
from soket.plan.themes import Lexicon
from soket.text import flat, nfc, upper_first

CENTRAL = "Trung ương"

_FURTHEST = 8  # words between a sentence's beginning, or the word that asks, and who is asked
_MARKS = ",.;:)”"
_SHORTEST_NAME = 6  # letters: "Sở CT" may be anything
_ASKS = re.compile(r"\b(?:de nghi|kien nghi|de xuat|mong|xin|doi voi)\b(?: (?:voi|doi voi))?")
_LEVELS = {
    flat(level): level for level in ("tỉnh", "thành phố", "huyện", "thị xã", "xã", "phường", "đặc khu", "trung ương")
}
_LEVEL = "|".join(_LEVELS)
# On folded text, who may be asked anywhere in the country.
_BODIES = re.compile(
    r"\b(?:(?P<central>trung uong|quoc hoi|chinh phu|thu tuong|bo chinh tri|ban bi thu|cac bo,|cac bo nganh|tong cuc)"
    rf"|(?P<council>hdnd|hoi dong nhan dan)(?:,? (?:va )?(?:ubnd|uy ban nhan dan))? (?P<of>{_LEVEL})"
    rf"|(?:ubnd|uy ban nhan dan) (?P<committee>{_LEVEL})"
    r"|(?:ban thuong vu |thuong truc |ban chap hanh )?(?P<party>tinh uy|thanh uy|huyen uy|thi uy|dang uy))\b"
)
_MINISTRY = re.compile(r"\bBộ (?!Chỉ huy|Tư lệnh)[^\W\d_a-zà-ỹđ]")
_BARE = re.compile(rf" ?(?P<level>{_LEVEL})\b(?! hoi\b)")
_DEPTHS = tuple(
    re.compile(rf"\b(?:{words})\b")
    for words in ("trung uong|bo chinh tri|chinh phu", "tinh|tinh uy", "huyen|huyen uy|thi xa|thi uy|quan", "xa|phuong")
)
_PARTY = {f"{flat(level)} uy": f"{upper_first(level)} ủy" for level in ("tỉnh", "thành", "huyện", "thị", "đảng")}


class AddresseeReader:
    """Reads who is asked: central bodies, councils, committees, and those that a plan or a lexicon names."""

    def __init__(self, plan: Plan, lexicon: Lexicon | None = None) -> None:
        self._named: dict[str, str] = {}
        for office in plan.offices:
            self._name(office.name, office.name)
        for unit in plan.units:
            for name in (unit.name, *unit.aliases):
                self._name(name, unit.name)
        for addressee in lexicon.addressees if lexicon else ():
            for keyword in addressee.keywords:
                self._name(keyword, addressee.name)
        self._longest = max((name.count(" ") + 1 for name in self._named), default=0)
        self._begin = {word for name in self._named for word in name.split(" ")[:1]}

    def _name(self, name: str, body: str) -> None:
        plain = flat(nfc(name)).lower().strip()
        short = re.sub(rf" (?:{_LEVEL})$", "", plain)  # "Cục Thống kê" is the province's own
        for each in {plain, short if short.count(" ") > 1 else plain}:
            if len(each) >= _SHORTEST_NAME and not _BODIES.fullmatch(each):
                self._named.setdefault(each, body)

    def addressee_of(self, sentence: str) -> str | None:
        """Return who is asked; None where the sentence names nobody who could be."""
        shown = " ".join(nfc(sentence).split())
        text = flat(shown)
        ask = _ASKS.search(text)
        starts = [0, *([ask.end()] if ask else [])]
        near = [
            (place, -length, name)
            for place, length, name in (*self._bodies(shown, text), *self._names(text, starts))
            if any(start <= place and text.count(" ", start, place) <= _FURTHEST for start in starts)
        ]
        for start in starts:
            if bare := _BARE.match(text, start):
                level = _LEVELS[bare["level"]]
                near.append(
                    (bare.start("level"), -len(level), CENTRAL if level in flat(CENTRAL) else _committee(level))
                )
        return min(near)[2] if near else None

    def _names(self, text: str, starts: list[int]) -> Iterator[tuple[int, int, str]]:
        """Yield the names that begin near: thousands of units may have one."""
        for start in starts:
            words = text[start:].split(" ")[: _FURTHEST + 1 + self._longest]
            place = start
            for index, word in enumerate(words[: _FURTHEST + 2]):
                if word.rstrip(_MARKS) in self._begin:
                    for length in range(self._longest, 0, -1):
                        name = " ".join(words[index : index + length]).rstrip(_MARKS)
                        if name in self._named:
                            yield place, len(name), self._named[name]
                            break
                place += len(word) + 1

    def _bodies(self, shown: str, text: str) -> Iterator[tuple[int, int, str]]:
        """Yield bodies that there are anywhere."""
        for match in _MINISTRY.finditer(shown):
            yield match.start(), len(match[0]), CENTRAL
        for match in _BODIES.finditer(text):
            if match["central"]:
                name = CENTRAL
            elif match["council"]:
                name = f"Hội đồng nhân dân {_LEVELS[match['of']]}"
            elif match["committee"]:
                name = _committee(_LEVELS[match["committee"]])
            else:
                name = _PARTY[match["party"]]
            yield match.start(), len(match[0]), name


def _committee(level: str) -> str:
    return f"Ủy ban nhân dân {level}"


def is_above(plan: Plan, addressee: str | None) -> bool:
    """Return whether those who are asked stand above who issues a plan: what is asked of others is theirs to do."""
    if addressee is None:
        return False
    if addressee == CENTRAL:
        return True
    own, asked = (_level_of(flat(each)) for each in (plan.issuer, addressee))
    named = {office.name for office in plan.offices} | {unit.name for unit in plan.units}
    return addressee not in named and own is not None and asked is not None and asked < own


def _level_of(body: str) -> int | None:
    """Return how far below the centre a committee is."""
    return next((depth for depth, level in enumerate(_DEPTHS) if level.search(body)), None)


def rank_of(addressee: str | None) -> tuple[int, str]:
    """Return what puts those who are asked in order: from the centre down, and those whom nobody names last."""
    if addressee is None:
        return 9, ""
    plain = flat(upper_first(addressee))
    order = ("trung uong", "tinh uy", "hoi dong nhan dan", "uy ban nhan dan")
    return next((rank for rank, words in enumerate(order) if plain.startswith(words)), len(order)), plain
