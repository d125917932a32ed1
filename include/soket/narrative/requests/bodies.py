"""Bodies that a sentence names: those there are anywhere in the country, and those that a plan or a lexicon names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from soket.narrative.names.unit_names import by_letters
from soket.narrative.requests.levels import LEVEL, LEVELS, SUPREME, Localities, parties_of
from soket.narrative.sentences.stops import CAPITALS
from soket.plan.model import Plan
from soket.plan.themes import Lexicon
from soket.text import flat, fold, nfc, upper_first

CENTRAL = "Trung ương"
ABOVE = "cấp trên"  # and it is not said which
_BANK = "Ngân hàng Nhà nước"

FURTHEST = 8
"""Words between a sentence's beginning, or the word that asks, and who is asked."""
_MARKS, _SHORTEST_NAME = ",.;:)”", 6  # letters: "Sở CT" may be anything
_FEWEST, _LEFT_OUT = 4, 2  # words of a name's shorter form, and of the name that it leaves out
_MANY = rf"(?:cac|may) (?:(?P<many{{0}}>dia phuong|{LEVEL})\b(?! (?:hoi|uy)\b))(?:,? (?:va )?(?:{LEVEL}|thi tran)\b)*"
_PARTY = r"(?:tinh|thanh|huyen|thi|dang)(?: uy)?\b"
_PARTIES = rf"cac (?P<parties>{_PARTY}(?:,? (?:va )?{_PARTY})*)(?<= uy)(?:,?(?: va| cac)? (?:xa|phuong)\b)*"
# On folded text, who may be asked anywhere in the country.
_BODIES = re.compile(
    r"\b(?:(?P<central>(?<!nghi quyet )(?<!von )(?<!ngan sach )(?<!kinh phi )(?<!cua )(?<![/-])(?:trung uong|tw)"
    r"|quoc hoi|chinh phu|thu tuong(?: chinh phu)?|bo chinh tri|ban bi thu|cac bo,|cac bo nganh|tong cuc"
    r"|(?<=nghi )(?:dang,? (?:va )?)?nha nuoc)"
    rf"|{_PARTIES}|(?P<communes>dang uy cac (?:xa|phuong)(?:,? (?:va )?(?:xa|phuong)\b)*)"
    rf"|(?P<council>hdnd|hoi dong nhan dan)(?P<both>(?:,? (?:va )?(?:ubnd|uy ban nhan dan))?) (?P<of>{LEVEL})"
    rf"|(?:ubnd|uy ban nhan dan) (?P<committee>{LEVEL})"
    rf"|(?:ubnd|uy ban nhan dan|chinh quyen) {_MANY.format('')}"
    r"|(?:(?:ban thuong vu|btv|thuong truc|ban chap hanh|bch|bi thu) )?"
    r"(?P<party>tinh uy|thanh uy|huyen uy|thi uy|dang uy)"
    r"|(?:(?:ban chap hanh|bch) )?dang bo (?P<committee_of>tinh|thanh pho|huyen|thi xa)"
    r"|(?P<bank>ngan hang nha nuoc)(?! viet nam)|cac so\b(?:,? (?:va )?(?:ban|nganh|phong)\b)*(?P<departments>))\b"
)
_MINISTRY = re.compile(r"\bBộ (?:(?=Tư lệnh )|(?!Chỉ huy|Tư lệnh)[^\W\d_a-zà-ỹđ])")
# The country's own unions, whose branches are units of a province's plan.
_UNION = re.compile(
    r"\b(?:Tổng Liên đoàn(?: Lao động)?(?: Việt Nam)?|Trung ương (?:Đoàn|Hội)\b|BHXH Việt Nam"
    r"|(?:Trung ương )?(?:Liên đoàn|Liên minh|Hội|Đoàn|Ủy ban|Mặt trận|Bảo hiểm)(?! (?:nghị|thảo|thi|chợ|đồng))"
    r"(?: (?!tỉnh|huyện|các|cho|với|của|đề|phối|tại|trong|và)[^\W\d]+){1,7}? Việt Nam\b(?! (?:tỉnh|huyện|xã|cấp|các)))"
)
# A ministry's name is of two syllables, or one of these.
_MINISTRY_NAME = re.compile(
    r"Bộ (?:Giao thông vận tải|(?:Giáo dục và Đào|Khoa học và Công|Nông nghiệp và Môi|Tài nguyên và Môi|Kế hoạch và Đầu"
    r"|Thông tin và Truyền|Dân tộc và Tôn|Văn hóa, Thể thao và Du|Lao động - Thương binh và Xã|[^\W\d]+) [^\W\d]+)"
)
_OWN_PLACES = (*(f" {level}" for level in LEVELS), " uy")
_OF_A_PLACE = re.compile(rf" (?P<place>[{CAPITALS}]\w*(?:[ -][{CAPITALS}]\w*){{1,3}})")
_BEGUN = 3  # words by which one of a kind of which there are many is told: "Đảng ủy Khối", "Sở Giao thông"
_BRANCH_OF = re.compile(r" (?P<field>\w+ \w+)")
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
# All of a kind at a beginning, told what to do: "Các địa phương ven biển bố trí nhân viên cứu hộ".
_CALLED = re.compile(
    r"(?![^,;:]*\b(?:duoc|con|chua|dang|da|thieu|gap|rat)\b)[^;:]{6,60}? (?:quan tam|chu dong|tang cuong|bo tri|chi dao"
    r"|phoi hop|can|phai|ra soat|tiep tuc|day manh|som|tao dieu kien|ho tro|tap trung|chu trong|huong dan)\b"
)
_PARTY_NAMES = {f"{flat(level)} uy": f"{upper_first(level)} ủy" for level in ("tỉnh", "thành", "huyện", "thị", "đảng")}
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
        self._levels, self._place = Localities(plan), fold(plan.place)
        self._named: dict[str, str] = {}
        self._begun: defaultdict[str, set[str]] = defaultdict(set)  # by their first words
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
        for each in {plain, short if short.count(" ") > 1 else plain, *map(flat, by_letters(nfc(name)))}:
            if len(each) >= _SHORTEST_NAME and not _BODIES.fullmatch(each):
                self._named.setdefault(each, body)
        own = tuple(plain.split())
        if name == body and plain.startswith(("so ", "dang uy ")):
            self._begun[" ".join(own[:_BEGUN])].add(body)
        if len(own) > _FEWEST and not _BODIES.match(plain):
            self._long[own[0], own[1]].append((own, body))

    def among(self, shown: str, text: str, starts: Sequence[int]) -> list[Named]:
        """Return the bodies that a sentence names not far from some places of it, in order; `text` is it folded."""
        bodies = (*self._anywhere(shown, text), *self._names(text, starts), *self._unions(shown))
        return sorted(
            each
            for each in bodies
            if any(start <= each.start and text.count(" ", start, each.start) <= FURTHEST for start in starts)
        )

    def bare(self, text: str, at: int, *, asked: bool) -> Iterator[Named]:
        """Yield what stands at a place by its level alone: "xin tỉnh …"; `asked`: after a word that asks."""
        found = _BARE.match(text, at)
        if found is None or not (asked or (_CALLED.match(text, at) if found["all"] else not found["branch"])):
            return
        start = found.end() - len(found[0].strip())
        if level := found["level"]:
            body = CENTRAL if level in flat(CENTRAL) else committee(LEVELS[level])
        elif many := found["many_bare"]:
            body = committee(self._levels.all_of(many))
        elif found["branch"]:
            field = _BRANCH_OF.match(text, found.end())
            one = self._begun.get(f"so {field['field']}", set()) if field else set()
            if field and len(one) == 1:
                yield Named(start, start - field.end(), 1, min(one))
                return
            body = self.departments
        else:
            body = ABOVE
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
        begun = " ".join(words[:_BEGUN])
        if begun.endswith(tuple(_MARKS)) and len(one := self._begun.get(begun.rstrip(_MARKS), set())) == 1:
            yield Named(place, -len(begun.rstrip(_MARKS)), 0, min(one))

    def _anywhere(self, shown: str, text: str) -> Iterator[Named]:
        """Yield bodies that there are anywhere."""
        for match in _MINISTRY.finditer(shown):
            yield self._ministry(shown, match)
        for match in _DEPARTMENT.finditer(shown):
            yield Named(match.start(), -len(match[0]), 1, self.departments, goes_on=match[0] == "Sở ")
        for match in _BODIES.finditer(text):
            place = _OF_A_PLACE.match(shown, match.end()) if text.endswith(_OWN_PLACES, 0, match.end()) else None
            if place and fold(place["place"]) == self._place:
                place = None
            end = place.end() if place else match.end()
            body, also = (each and each + (place[0] if place else "") for each in self._body(match))
            yield Named(match.start(), match.start() - end, 1, body, also, match["central"] == "tong cuc")

    def _unions(self, shown: str) -> Iterator[Named]:
        for match in _UNION.finditer(shown):
            yield Named(match.start(), -len(match[0]), 1, match[0] if self._levels.at_the_centre else CENTRAL)

    def _ministry(self, shown: str, match: re.Match[str]) -> Named:
        """Return a ministry, where one issues the plan by its name."""
        if self._levels.at_the_centre and (named := _MINISTRY_NAME.match(shown, match.start())):
            begun = {each for name, each in self._named.items() if name.startswith(f"{flat(named[0])} ")}
            return Named(match.start(), -len(named[0]), 1, begun.pop() if len(begun) == 1 else named[0])
        return Named(match.start(), -len(match[0]), 1, CENTRAL, goes_on=True)

    def _body(self, match: re.Match[str]) -> tuple[str, str]:
        told = {kind: said for kind, said in match.groupdict().items() if said is not None}
        if "council" in told:
            level = LEVELS[told["of"]]
            return f"Hội đồng nhân dân {level}", committee(level) if told["both"] else ""
        if "committee" in told:
            return committee(LEVELS[told["committee"]]), ""
        if "many" in told:
            return committee(self._levels.all_of(told["many"])), ""
        if "parties" in told or "communes" in told:
            return parties_of(told.get("parties", "dang").split(" ")[0].rstrip(",")), ""
        if "party" in told or "committee_of" in told:
            return _PARTY_NAMES[told.get("party") or f"{told['committee_of'].partition(' ')[0]} uy"], ""
        if "central" in told and self._levels.at_the_centre:
            return next((each for each in SUPREME if flat(each).startswith(told["central"])), CENTRAL), ""
        return CENTRAL if "central" in told else _BANK if "bank" in told else self.departments, ""


def committee(level: str) -> str:
    """Return what the committee of an area is called."""
    return f"Ủy ban nhân dân {level}"


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
    whole = len(own) - (own[-1] in LEVELS)
    if len(places) < _FEWEST or places[-1] < whole or places[-1] - len(places) > _LEFT_OUT:
        return 0
    return len(places) if all(later > before for before, later in pairwise(places)) else 0
