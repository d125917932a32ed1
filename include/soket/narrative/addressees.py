"""Whom a recommendation is made to, where its sentence says so: who is asked first, soon after the word that asks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from soket.plan.model import Plan, Unit
from soket.plan.themes import Lexicon
from soket.text import flat, nfc, upper_first

CENTRAL = "Trung ương"
OTHERS = "cơ quan, đơn vị khác"  # named, and none that is known
_BANK = "Ngân hàng Nhà nước"
_DISTRICTS = "các huyện, thị xã, thành phố"

_FURTHEST = 8  # words between a sentence's beginning, or the word that asks, and who is asked
_MARKS = ",.;:)”"
_SHORTEST_NAME = 6  # letters: "Sở CT" may be anything
_ASKS = re.compile(r"\b(?:de nghi|kien nghi|de xuat|mong|xin|doi voi)\b(?: (?:voi|doi voi))?|^voi\b")
_LEVELS = {
    flat(level): level for level in ("tỉnh", "thành phố", "huyện", "thị xã", "xã", "phường", "đặc khu", "trung ương")
}
_LEVEL = "|".join(_LEVELS)
# On folded text, who may be asked anywhere in the country.
_BODIES = re.compile(
    r"\b(?:(?P<central>trung uong|quoc hoi|chinh phu|thu tuong|bo chinh tri|ban bi thu|cac bo,|cac bo nganh|tong cuc"
    r"|(?<=nghi )(?:dang,? (?:va )?)?nha nuoc)"
    rf"|(?P<council>hdnd|hoi dong nhan dan)(?:,? (?:va )?(?:ubnd|uy ban nhan dan))? (?P<of>{_LEVEL})"
    rf"|(?:ubnd|uy ban nhan dan) (?P<committee>{_LEVEL})"
    rf"|(?:ubnd|uy ban nhan dan|chinh quyen) cac (?P<many>dia phuong|{_LEVEL})(?:,? (?:va )?(?:{_LEVEL}|thi tran))*"
    r"|(?:(?:ban thuong vu|btv|thuong truc|ban chap hanh|bch|bi thu) )?"
    r"(?P<party>tinh uy|thanh uy|huyen uy|thi uy|dang uy)"
    r"|(?:(?:ban chap hanh|bch) )?dang bo (?P<committee_of>tinh|thanh pho|huyen|thi xa)"
    r"|(?P<bank>ngan hang nha nuoc)(?! viet nam)|cac so\b(?:,? (?:va )?(?:ban|nganh|phong)\b)*(?P<departments>))\b"
)
_MINISTRY = re.compile(r"\bBộ (?!Chỉ huy|Tư lệnh)[^\W\d_a-zà-ỹđ]")
_DEPARTMENT = re.compile(r"\bSở (?=[^\W\d_a-zà-ỹđ])")
_SOMEBODY = re.compile(r"(?:,|:)? (?:các |toàn thể )?[^\W\d_a-zà-ỹđ]")
_WITH = re.compile(
    r"\b(?:phoi hop|tham muu|trinh|chu tri|kien nghi|de xuat|bao cao|cung|huong dan|chi dao|ho tro|cho)\b"
)
_BARE = re.compile(rf" ?(?P<level>{_LEVEL})\b(?! hoi\b)")
_DEPTHS = tuple(
    re.compile(rf"\b(?:{words})\b")
    for words in ("trung uong|bo chinh tri|chinh phu", "tinh|tinh uy", "huyen|huyen uy|thi xa|thi uy|quan", "xa|phuong")
)
_PLACES = {"huyen": 2, "thi xa": 2, "thanh pho": 2, "quan": 2, "xa": 3, "phuong": 3, "thi tran": 3, "dac khu": 3}
# On folded text, bodies of a place below a province: one is called so by the bodies of its own place alone.
_LOCAL = re.compile(
    r"(?P<party>huyen|thi|thanh) uy\b"
    rf"|(?:(?:uy ban nhan dan|ubnd|hoi dong nhan dan|hdnd|dang uy) )?(?P<place>{'|'.join(_PLACES)})\b"
)
_PARTY = {f"{flat(level)} uy": f"{upper_first(level)} ủy" for level in ("tỉnh", "thành", "huyện", "thị", "đảng")}


class AddresseeReader:
    """Reads who is asked: central bodies, councils, committees, and those that a plan or a lexicon names."""

    def __init__(self, plan: Plan, lexicon: Lexicon | None = None) -> None:
        self._named: dict[str, str] = {}
        self._departments = "các sở, ngành"
        for office in plan.offices:
            self._name(office.name, office.name)
        for unit in plan.units:
            for name in (unit.name, *unit.aliases):
                self._name(name, unit.name)
        for addressee in lexicon.addressees if lexicon else ():
            for keyword in addressee.keywords:
                self._name(keyword, addressee.name)
                if (match := _BODIES.fullmatch(flat(nfc(keyword)))) and match["departments"] is not None:
                    self._departments = addressee.name
        self._longest = max((name.count(" ") + 1 for name in self._named), default=0)
        self._begin = {word for name in self._named for word in name.split(" ")[:1]}

    def _name(self, name: str, body: str) -> None:
        plain = flat(nfc(name)).lower().strip()
        short = re.sub(rf" (?:{_LEVEL})$", "", plain)  # "Cục Thống kê" is the province's own
        for each in {plain, short if short.count(" ") > 1 else plain}:
            if len(each) >= _SHORTEST_NAME and not _BODIES.fullmatch(each):
                self._named.setdefault(each, body)

    def addressee_of(self, sentence: str, *, first: bool = False) -> str | None:
        """Return who is asked, `first`: with whom the sentence begins; None where it names nobody who could be."""
        shown = " ".join(nfc(sentence).split())
        text = flat(shown)
        ask = _ASKS.search(text)
        starts = [0, *([ask.end()] if ask and not first else [])]
        furthest = 0 if first else _FURTHEST
        near = [
            (place, -length, name)
            for place, length, name in (*self._bodies(shown, text), *self._names(text, starts))
            if any(start <= place and text.count(" ", start, place) <= furthest for start in starts)
        ]
        for start in starts:
            if bare := _BARE.match(text, start):
                level = _LEVELS[bare["level"]]
                near.append(
                    (bare.start("level"), -len(level), CENTRAL if level in flat(CENTRAL) else _committee(level))
                )
        found = min(near) if near else None
        named = ask and not first and _SOMEBODY.match(shown, ask.end())
        if ask and named and (found is None or _WITH.search(text, ask.end(), found[0])):
            return OTHERS
        return found[2] if found else None

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
        for match in _DEPARTMENT.finditer(shown):
            yield match.start(), len(match[0]), self._departments
        for match in _BODIES.finditer(text):
            yield match.start(), len(match[0]), _body(match, self._departments)


def _body(match: re.Match[str], departments: str) -> str:
    told = {kind: said for kind, said in match.groupdict().items() if said is not None}
    if "central" in told:
        return CENTRAL
    if "bank" in told:
        return _BANK
    if "departments" in told:
        return departments
    if "council" in told:
        return f"Hội đồng nhân dân {_LEVELS[told['of']]}"
    if "committee" in told:
        return _committee(_LEVELS[told["committee"]])
    if "many" in told:
        return _committee("các xã, phường" if told["many"] in ("xa", "phuong", "dac khu") else _DISTRICTS)
    if "party" in told:
        return _PARTY[told["party"]]
    return _PARTY[f"{told['committee_of'].partition(' ')[0]} uy"]


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


def is_its_own(plan: Plan, unit: Unit, addressee: str | None) -> bool:
    """Return whether a body of a place asks those of its place, below who issues a plan: no matter of the plan's."""
    asked = _depth_below(addressee) if addressee else None
    issuer = _level_of(flat(plan.issuer))
    return asked is not None and issuer is not None and asked > issuer and _depth_below(unit.name) is not None


def _depth_below(body: str) -> int | None:
    found = _LOCAL.match(flat(body))
    return (2 if found["party"] else _PLACES[found["place"]]) if found else None


def rank_of(addressee: str | None) -> tuple[int, int, str]:
    """Return what puts those who are asked in order: from the centre down, and those whom nobody names last."""
    if addressee is None:
        return 9, 0, ""
    plain = flat(upper_first(addressee))
    order = ("trung uong", "tinh uy", "hoi dong nhan dan", "uy ban nhan dan")
    rank = next((rank for rank, words in enumerate(order) if plain.startswith(words)), len(order))
    return rank, (_depth_below(addressee.replace(" các ", " ")) or 0) if rank < len(order) else 0, plain
