"""Bodies that a sentence names: those there are anywhere in the country, and those that a plan or a lexicon names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from soket.plan.model import Plan
from soket.plan.themes import Lexicon
from soket.text import flat, nfc, upper_first

CENTRAL = "Trung ương"
ABOVE = "cấp trên"  # and it is not said which
_BANK = "Ngân hàng Nhà nước"
_DISTRICTS = "các huyện, thị xã, thành phố"

FURTHEST = 8
"""Words between a sentence's beginning, or the word that asks, and who is asked."""
_MARKS = ",.;:)”"
_SHORTEST_NAME = 6  # letters: "Sở CT" may be anything
_FEWEST, _LEFT_OUT = 4, 2  # words of a name's shorter form, and of the name that it leaves out
_LEVELS = {
    flat(level): level for level in ("tỉnh", "thành phố", "huyện", "thị xã", "xã", "phường", "đặc khu", "trung ương")
}
LEVEL = "|".join(_LEVELS)
"""A pattern for what a body's area may be, on folded text."""
_MANY = rf"cac (?:(?P<many{{0}}>dia phuong|{LEVEL})\b(?! hoi\b))(?:,? (?:va )?(?:{LEVEL}|thi tran)\b)*"
# On folded text, who may be asked anywhere in the country.
_BODIES = re.compile(
    r"\b(?:(?P<central>trung uong|quoc hoi|chinh phu|thu tuong|bo chinh tri|ban bi thu|cac bo,|cac bo nganh|tong cuc"
    r"|(?<=nghi )(?:dang,? (?:va )?)?nha nuoc)"
    rf"|(?P<council>hdnd|hoi dong nhan dan)(?P<both>(?:,? (?:va )?(?:ubnd|uy ban nhan dan))?) (?P<of>{LEVEL})"
    rf"|(?:ubnd|uy ban nhan dan) (?P<committee>{LEVEL})"
    rf"|(?:ubnd|uy ban nhan dan|chinh quyen) {_MANY.format('')}"
    r"|(?:(?:ban thuong vu|btv|thuong truc|ban chap hanh|bch|bi thu) )?"
    r"(?P<party>tinh uy|thanh uy|huyen uy|thi uy|dang uy)"
    r"|(?:(?:ban chap hanh|bch) )?dang bo (?P<committee_of>tinh|thanh pho|huyen|thi xa)"
    r"|(?P<bank>ngan hang nha nuoc)(?! viet nam)|cac so\b(?:,? (?:va )?(?:ban|nganh|phong)\b)*(?P<departments>))\b"
)
_MINISTRY = re.compile(r"\bBộ (?:(?=Tư lệnh )|(?!Chỉ huy|Tư lệnh)[^\W\d_a-zà-ỹđ])")
_DEPARTMENT = re.compile(
    r"\bSở (?=[^\W\d_a-zà-ỹđ])"
    r"|\b(?:Cục|Chi cục|Công an|Kho bạc|Bảo hiểm|Thanh tra|Văn phòng|Trung tâm|Viện|Ban (?!Thường|Chấp|Chỉ|Bí))"
    r"(?: (?!trong|của|toàn|các|cho|với|phối|đề|hướng|tham|chỉ)[^\W\d]+){0,7}? tỉnh\b(?! \d)"
)
# What follows a word that asks at once: "xin tỉnh …", "đề nghị các xã …", and none for whom something is asked.
_BARE = re.compile(
    rf" ?(?:(?P<level>{LEVEL})\b(?! hoi\b)|(?P<above>cap (?:uy |uy, chinh quyen )?tren)\b"
    rf"|(?P<all>{_MANY.format('_bare')}\b(?![^,;:]*\bduoc\b))|(?P<branch>nganh\b(?! nghe\b)))"
)
_PARTY = {f"{flat(level)} uy": f"{upper_first(level)} ủy" for level in ("tỉnh", "thành", "huyện", "thị", "đảng")}
# Kinds of bodies of which a plan has one, called by its kind and its level: "Ban Chỉ đạo tỉnh".
_OF_ITS_KIND = re.compile(
    rf"(?P<kind>ban chi dao|van phong dieu phoi|ban to chuc|to cong tac|hoi dong) .+ (?P<of>{LEVEL})$"
)


class Named(NamedTuple):
    """A body where it is named: the first, of those that begin there the longest, and of these one that is known."""

    start: int
    less: int  # its letters, below zero
    known: int  # 0 where a plan or a lexicon names it, else 1
    body: str
    also: str = ""  # "HĐND, UBND tỉnh"
    goes_on: bool = False  # its name may: "Bộ Nông nghiệp và …"

    @property
    def end(self) -> int:
        """Return where what is known of its name ends."""
        return self.start - self.less


class BodyReader:
    """Finds bodies in sentences."""

    def __init__(self, plan: Plan, lexicon: Lexicon | None = None) -> None:
        self._named: dict[str, str] = {}
        self._long: defaultdict[tuple[str, str], list[tuple[tuple[str, ...], str]]] = defaultdict(list)
        self.departments = "các sở, ngành"
        for name in (*(each.name for each in plan.offices), plan.issuer):
            self._name(name, name)
            if kind := _OF_ITS_KIND.match(flat(nfc(name))):
                self._named.setdefault(f"{kind['kind']} {kind['of']}", name)
        for unit in plan.units:
            for name in (unit.name, *unit.aliases):
                self._name(name, unit.name)
        for addressee in lexicon.addressees if lexicon else ():
            for keyword in addressee.keywords:
                self._name(keyword, addressee.name)
                if (match := _BODIES.fullmatch(flat(nfc(keyword)))) and match["departments"] is not None:
                    self.departments = addressee.name
        self._longest = max((name.count(" ") + 1 for name in self._named), default=0)
        self._begin = {word for name in self._named for word in name.split(" ")[:1]}

    def _name(self, name: str, body: str) -> None:
        plain = flat(nfc(name)).lower().strip()
        short = re.sub(rf" (?:{LEVEL})$", "", plain)  # "Cục Thống kê" is the province's own
        for each in {plain, short if short.count(" ") > 1 else plain}:
            if len(each) >= _SHORTEST_NAME and not _BODIES.fullmatch(each):
                self._named.setdefault(each, body)
        own = tuple(plain.split())
        if len(own) > _FEWEST and not _BODIES.match(plain):
            self._long[own[0], own[1]].append((own, body))

    def among(self, shown: str, text: str, starts: Sequence[int]) -> list[Named]:
        """Return the bodies that a sentence names not far from some places of it, in order; `text` is it folded."""
        bodies = (*self._anywhere(shown, text), *self._names(text, starts))
        return sorted(
            each
            for each in bodies
            if any(start <= each.start and text.count(" ", start, each.start) <= FURTHEST for start in starts)
        )

    def bare(self, text: str, at: int, *, asked: bool) -> Iterator[Named]:
        """Yield what stands at a place by its level alone: "xin tỉnh …"; `asked`: after a word that asks."""
        found = _BARE.match(text, at)
        if found is None or (found["branch"] and not asked) or (found["all"] and not asked):
            return
        start = found.end() - len(found[0].strip())
        if level := found["level"]:
            body = CENTRAL if level in flat(CENTRAL) else committee(_LEVELS[level])
        elif many := found["many_bare"]:
            body = _many(many)
        else:
            body = self.departments if found["branch"] else ABOVE
        yield Named(start, start - found.end(), 1, body, goes_on=bool(found["branch"]))

    def _names(self, text: str, starts: Sequence[int]) -> Iterator[Named]:
        """Yield the names that begin near: thousands of units may have one."""
        for start in starts:
            words = text[start:].split(" ")[: FURTHEST + 1 + self._longest]
            place = start
            for index, word in enumerate(words[: FURTHEST + 2]):
                if word.rstrip(_MARKS) in self._begin:
                    yield from self._name_at(place, words[index : index + self._longest])
                place += len(word) + 1

    def _name_at(self, place: int, words: Sequence[str]) -> Iterator[Named]:
        for length in range(len(words), 0, -1):
            name = " ".join(words[:length]).rstrip(_MARKS)
            if name in self._named:
                yield Named(place, -len(name), 0, self._named[name])
                return
        if len(words) > 1 and (known := self._long.get((words[0], words[1]))):
            shorter = {(said, body) for own, body in known if (said := _shorter_form(own, words))}
            if len({body for _, body in shorter}) == 1:
                said, body = max(shorter)
                yield Named(place, -len(" ".join(words[:said]).rstrip(_MARKS)), 0, body)

    def _anywhere(self, shown: str, text: str) -> Iterator[Named]:
        """Yield bodies that there are anywhere."""
        for match in _MINISTRY.finditer(shown):
            yield Named(match.start(), -len(match[0]), 1, CENTRAL, goes_on=True)
        for match in _DEPARTMENT.finditer(shown):
            yield Named(match.start(), -len(match[0]), 1, self.departments, goes_on=match[0] == "Sở ")
        for match in _BODIES.finditer(text):
            body, also = self._body(match)
            yield Named(match.start(), -len(match[0]), 1, body, also, match["central"] == "tong cuc")

    def _body(self, match: re.Match[str]) -> tuple[str, str]:
        told = {kind: said for kind, said in match.groupdict().items() if said is not None}
        if "council" in told:
            level = _LEVELS[told["of"]]
            return f"Hội đồng nhân dân {level}", committee(level) if told["both"] else ""
        if "committee" in told:
            return committee(_LEVELS[told["committee"]]), ""
        if "many" in told:
            return _many(told["many"]), ""
        if "party" in told or "committee_of" in told:
            return _PARTY[told.get("party") or f"{told['committee_of'].partition(' ')[0]} uy"], ""
        return CENTRAL if "central" in told else _BANK if "bank" in told else self.departments, ""


def committee(level: str) -> str:
    """Return what the committee of an area is called."""
    return f"Ủy ban nhân dân {level}"


def _many(level: str) -> str:
    return committee("các xã, phường" if level in ("xa", "phuong", "dac khu") else _DISTRICTS)


def _shorter_form(own: Sequence[str], words: Sequence[str]) -> int:
    """Return how many words are a name with one or two left out: "Văn phòng Điều phối (xây dựng) nông thôn mới"."""
    at, places = 0, list[int]()
    for word in words:
        try:
            at = own.index(word.rstrip(_MARKS), at) + 1
        except ValueError:
            break
        places.append(at)
        if word.endswith(tuple(_MARKS)):
            break
    whole = len(own) - (own[-1] in _LEVELS)
    if len(places) < _FEWEST or places[-1] < whole or places[-1] - len(places) > _LEFT_OUT:
        return 0
    return len(places) if all(later > before for before, later in pairwise(places)) else 0
