"""Whose figures a sentence has: a unit's, a group's, all units' together; and whose others are held against."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from soket.narrative.names.elsewhere import OtherPlaces
from soket.narrative.names.groups import UnitGroups
from soket.narrative.names.unit_names import BODIES, UnitNames
from soket.narrative.names.whose import Scope, Together, codes_of
from soket.narrative.quantities.in_words import PART, SO_MANY
from soket.narrative.sentences.stops import CAPITALS
from soket.plan.model import Plan
from soket.text import flat, fold

_WHOLE = re.compile(
    r"\b(?:(?:toan|ca) (?P<kind>tinh|quoc|huyen|thi xa|thanh pho|phuong|xa|nuoc)"
    r"|cua tinh(?! (?:uy|doan)\b)|tinh chung|chung|cac (?:dia phuong|don vi))\b"
)
_MEAN = re.compile(
    r"\b(?:binh quan|trung binh)(?: chung)?(?: cua)?(?: (?:toan|ca))? tinh\b|\b(?:binh quan|trung binh) chung\b"
)
_MORE_THAN = r"(?:(?:cao|thap|nhieu|it|lon|nho) hon|hon|vuot|kem|thua)"
_RANKED = r"(?:(?:xep|dung|ngay|chi|lien) )*(?:tren|duoi|truoc|sau)|ngang|tuong duong|bang"
_FILLER = (
    r"(?: (?:xa|han|nhieu|so voi|ca|muc|cua|voi|o|noi|a quan"
    r"|(?:dia phuong|don vi)(?: (?:dung|xep) (?:thu \w+|ke tiep))?))*"
)
_WORDS = r"(?:[^,;()]|,(?=\d)){0,30}?"
_SO_MUCH = rf"(?:%|phan tram|\blan|\b{PART}|{SO_MANY})"
_AGAINST = re.compile(
    rf"\b(?P<than>(?:{_MORE_THAN}|so voi|so cung|(?P<ranked>{_RANKED})){_FILLER}) ?$"
    rf"|\b(?:gap|bang|tuong duong)\b{_WORDS}{_SO_MUCH}(?: so voi| cua| muc)* ?$"
    rf"|\b(?:gap|bang)\b{_WORDS}{_SO_MUCH} (?:[^\W\d_]+ ){{1,7}}cua $"
)
_SHARE_OF = re.compile(
    rf"\b(?:chiem|ty trong|bang)\b{_WORDS}(?:%|phan tram|\b{PART}) (?:(?!so voi|nam\b)[^\W\d_]+ ){{0,9}}$"
)
_ALSO = re.compile(r"(?: \([^()]*\))? va ")
_DOES = re.compile(r" (?:dat|co|don|thu|tang|giam|thi|chi|cung|deu)\b")
_A_FIGURE = re.compile(r" (?:la |toi |den |gan |hon )*\d")
_PASSING = re.compile(r" (?:(?!(?:dat|don|co|thu|voi|tang|giam|hon|gap|bang)\b)[^\W\d_]+ ){1,5}")  # "xếp ngay sau"
_FIRST_OF = re.compile(r"\b(?:nhat|dau|nhi|thu \w+|hang \w+)(?: (?:trong|cua|so|tren))? $")  # "cao nhất toàn tỉnh"
_OPENS = re.compile(r" ?\((?:[^\W\d_]+ ){0,3}")
_APPOSITION = re.compile(r"^, (?:[^\W\d_]+ ?){1,8}, ?$")  # "cao hơn huyện Một, địa phương đứng thứ hai, 5 lượt"
_OF_AREA = re.compile(r"\bbao cao\b.*\b(?:tren dia ban|cua|tai) $")
_REPORT = re.compile(r"\bbao cao (?:cua )?(?P<whose>.*)")
_OF_SEVERAL = r"(?<!các )(?<!hai )(?<!ba )(?<!bốn )"
_COMMON = "Thường|Chấp|Bí|Cán|Chỉ|Quản lý dự"  # committees that are not asked
_ALONE = ("Sở", "Cục", "cơ quan", "đơn vị", "ngành")
_HEAD = (
    r"Sở|(?:Chi c|Tổng c|C)ục|Ban|(?:Chi h|H)ội|Văn phòng|Liên đoàn|Liên minh|Viện|Trường|Trung tâm|Báo|Đài"
    r"|(?:Tổng c|C)ông ty|Tập đoàn|Ngân hàng|Doanh nghiệp|Đảng (?:ủy|bộ)"
    r"|(?:[Cc]ơ quan|[Đđ]ơn vị|[Nn]gành)(?= (?:đã|có|mở|đăng|ban hành)\b)"
)
_HEADED = re.compile(
    rf"{_OF_SEVERAL}\b(?P<head>{_HEAD})\b"
    rf"(?P<name> (?!{_COMMON})[{CAPITALS}]\w*(?: [{CAPITALS}]\w*)*)?(?(name)|(?! (?:[{CAPITALS}]|hành|nghị|đồng)))"
    r"(?P<this> (?:này|đó)\b)?"
)
_BEFORE = 90  # letters
_NAME = rf"(?:(?:huyện|thị xã|thành phố|TP\.?|TX\.?) )?[{CAPITALS}]\w+(?: [{CAPITALS}]\w+)*"
_NAMES = re.compile(rf"(?: \w+){{0,4}}? ?(?:là|gồm|như|\()(?: các)?:? ?(?P<names>{_NAME}(?:(?:, | và |, và ){_NAME})+)")
_ALIKE = 3  # words that two names begin with
_JOINED = re.compile(r", và | và |, ")
_ALONE_KIND = re.compile(
    r"(?:^|[,;:.] |\b(?:cua|o|tai|rieng|khi) )(?P<kind>thanh pho|thi xa|huyen)(?P<this> (?:nay|do))?"
    r"(?= ?(?:$|[,;.(\d])| (?:da|cung|chi|co|tang|giam|dat|don|thu|mo|van|con|la|nam|khong)\b)"
)


class ScopeFinder:
    """Finds whose figures sentences have."""

    def __init__(self, plan: Plan) -> None:
        self.units = UnitNames(plan.units, (plan.place,))
        self._elsewhere = OtherPlaces(plan.units, plan.place)
        self._groups = UnitGroups(plan)
        self._named = {unit.code: flat(unit.name) for unit in plan.units}
        self._heads = {unit.code: unit.name.partition(" ")[0] for unit in plan.units}
        self._kind_of = {code: kind for kind, codes in self._groups.kinds.items() for code in codes}

    def home(self, title: Sequence[str]) -> str | None:
        """Return the unit whose own paper has such lines at its head: an area's name, or a report on it."""
        above = ""  # a report's kind and what it is of stand in lines of their own
        for line in map(flat, title):
            named = [each for each in self.units.found(line) if each[2] in self._kind_of]
            if len(named) == 1 and (
                line.strip() == line[named[0][0] : named[0][1]] or _OF_AREA.search(f"{above} {line[: named[0][0]]}")
            ):
                return named[0][2]
            above = f"{above} {line}"
        return None

    def speaker(self, title: Sequence[str]) -> str | None:
        """Return the body whose own report has such lines at its head; None for an area's, or nobody's."""
        if any("bao cao" in flat(line) for line in title):  # the name alone stands at the head
            alone = [[*self.units.found(line.strip())] for line in map(flat, title)]
            whole = [each for each, line in zip(alone, title, strict=True) if _is_all(each, line)]
            if len(whole) == 1 and fold(self._heads[whole[0][0][2]]) in BODIES:
                return whole[0][0][2]
        report = _REPORT.search(flat(" ".join(title)))
        named = self.units.found(report[0]) if report else []
        if not (report and named and named[0][0] == report.start("whose") - report.start()):
            return None
        return named[0][2] if fold(self._heads[named[0][2]]) in BODIES else None

    def found(
        self, sentence: str, before: Sequence[str], home: str | None = None, speaker: str | None = None
    ) -> tuple[tuple[Scope, ...], tuple[Scope, ...]]:
        """Return all that a sentence names, and its units alone; `before` are the units named last before it."""
        text = flat(sentence)
        units = tuple(Scope(*each) for each in self.units.found(text))
        means = [Scope(each.start(), each.end(), Together(mean=True)) for each in _MEAN.finditer(text)]
        means = [each for each in means if _AGAINST.search(text, max(0, each.start - _BEFORE), each.start)]
        wholes = [self._whole(each, units, [*before, *([home] if home else [])]) for each in _WHOLE.finditer(text)]
        wholes = [each for each in wholes if not any(mean.start < each.end and each.start < mean.end for mean in means)]
        others = [*means, *wholes, *self._elsewhere.found(sentence), *self._groups.found(text, units, before)]
        others = [each for each in others if not _FIRST_OF.search(text, 0, each.start)]
        listed = [found for each in others if (found := _names_of(sentence, each, units))]
        others = [each for each in others if not any(_is_within(each, run) for run in listed)] + listed
        units = tuple(each for each in units if not any(_is_within(each, run) for run in listed))
        others += self._by_kind(text, [*units, *others], before)
        if home in self._kind_of:
            others += self._at_home(text, [*units, *others], home)
        others += self._by_head(sentence, [*units, *others], before, speaker)
        scopes = sorted([*units, *others], key=lambda each: each.start)
        return tuple(_placed(text, scopes)), units

    def _by_head(
        self, sentence: str, others: Sequence[Scope], before: Sequence[str], speaker: str | None
    ) -> Iterator[Scope]:
        """Yield whom a sentence names by what it is alone: the paper's own body, or one named before.

        "Sở đã tổ chức 5 hội nghị", "bằng 7% của Sở này". A body by a name that nobody has is somebody not known.
        """
        text = flat(sentence)
        for match in _HEADED.finditer(sentence):
            if any(each.start < match.end() and match.start() < each.end for each in others):
                continue
            earlier = sorted((each for each in others if each.end <= match.start()), key=lambda each: each.start)
            named = [*before, *(code for each in earlier for code in codes_of(each.whose))]
            alike = [each for each in named if self._heads[each] == match["head"]]
            own = speaker if speaker and self._heads[speaker] == match["head"] else None
            if match["name"]:
                whose = self._nearly(text[match.start() :]) or (earlier[-1].whose if earlier else None)
                yield Scope(match.start(), match.end(), whose, loose=True)
            elif match["this"] and alike:
                yield Scope(match.start(), match.end(), alike[-1])
            elif own or match["head"] in _ALONE:
                yield Scope(match.start(), match.end(), own or next(reversed(alike), None), loose=own is None)

    def _nearly(self, text: str) -> str | None:
        """Return the one body whose name begins as a text does, and goes on otherwise: it may have a new name."""
        words = text.split()[:_ALIKE]
        own = [code for code, name in self._named.items() if len(words) == _ALIKE and name.split()[:_ALIKE] == words]
        return own[0] if len(own) == 1 else None

    def _by_kind(self, text: str, others: Sequence[Scope], before: Sequence[str]) -> Iterator[Scope]:
        """Yield the last area of a kind where that kind alone is named: "thành phố Một có 9 …; thành phố tăng 5"."""
        for match in _ALONE_KIND.finditer(text):
            start, codes = match.start("kind"), self._groups.kinds.get(match["kind"], ())
            if any(each.start < match.end() and start < each.end for each in others):
                continue
            earlier = sorted(each for each in others if each.end <= start and isinstance(each.whose, str))
            named = [*before, *(str(each.whose) for each in earlier)]
            if fitting := [each for each in named if each in codes]:
                yield Scope(start, match.end(), fitting[-1], loose=fitting[-1] != named[-1])

    def _at_home(self, text: str, others: Sequence[Scope], home: str) -> Iterator[Scope]:
        """Yield where a paper of an area speaks of it by what it is alone: "huyện đón 5.000 lượt"."""
        for match in re.finditer(rf"\b{self._kind_of[home]}\b(?! (?:uy|doan)\b)", text):
            if not any(each.start < match.end() and match.start() < each.end for each in others):
                yield Scope(match.start(), match.end(), home)

    def _whole(self, match: re.Match[str], units: Sequence[Scope], before: Sequence[str]) -> Scope:
        """Return all units together; for the whole of what one of them is, that one: "toàn huyện"."""
        if match["kind"] not in self._groups.kinds:
            return Scope(match.start(), match.end(), None)
        named = [*before, *(code for each in units if each.end <= match.start() for code in codes_of(each.whose))]
        last = next((each for each in reversed(named) if each in self._groups.kinds[match["kind"]]), None)
        return Scope(match.start(), match.end(), last, loose=last is None)


def _names_of(sentence: str, group: Scope, units: Sequence[Scope]) -> Scope | None:
    """Return where the names stand of a group that is told before them, where not all of these are known by them.

    "Ba thị xã, thành phố là Một, Hai và Ba".
    """
    if not isinstance(group.whose, Together) or group.whose.listed or not (found := _NAMES.match(sentence, group.end)):
        return None
    count = len(_JOINED.findall(found["names"])) + 1
    known = [each for each in units if found.start() <= each.start < found.end()]
    if count != (group.whose.count or len(group.whose.codes)) or len(known) == count:
        return None
    return group._replace(start=found.start("names"), end=found.end())


def _is_within(scope: Scope, run: Scope) -> bool:
    return run.start <= scope.start and scope.end <= run.end


def _is_all(named: Sequence[tuple[int, int, str]], line: str) -> bool:
    return [each[:2] for each in named] == [(0, len(flat(line).strip()))]


def _placed(text: str, scopes: Sequence[Scope]) -> Iterator[Scope]:
    """Yield scopes with whether others are held against them, or they are only passed."""
    last: Scope | None = None
    for scope in scopes:
        before = _AGAINST.search(text, max(0, scope.start - _BEFORE), scope.start)
        ranked = before is not None and before["ranked"] is not None and not _A_FIGURE.match(text, scope.end)
        placed = scope._replace(base=_is_base(text, scope, before) and not ranked, passed=ranked)
        if last and not before and _ALSO.fullmatch(text, last.end, scope.start) and not _DOES.match(text, scope.end):
            placed = scope._replace(base=last.base, passed=last.passed)  # "sau huyện Một (5 lượt) và huyện Hai"
        yield placed
        last = placed


def _is_base(text: str, scope: Scope, before: re.Match[str] | None) -> bool:
    if scope.whose is None:
        shared = _SHARE_OF.search(text, max(0, scope.start - _BEFORE), scope.start)
        return shared is not None or (before is not None and before["than"] is not None)
    return before is not None


def without_bases(text: str, start: int, end: int, scopes: Sequence[Scope]) -> str:
    """Return a part of a text without those whom others are held against: "cao hơn" of "hơn huyện Một"."""
    words, at = "", start
    for scope in scopes:
        if not scope.base or scope.start < start or scope.end > end or scope.start < at:
            continue
        found = _AGAINST.search(text, max(0, scope.start - _BEFORE), scope.start)
        than = found["than"] if found else None
        if than and found:
            falls = than.startswith(("kem", "thua", "thap", "it", "nho")) or re.search(r"\b(?:duoi|sau)\b", than)
            more = "" if than.startswith("so ") else "thap hon" if falls else "cao hon"
            words += text[at : max(at, found.start())] + more
        else:
            words += text[at : scope.start]
        at = scope.end
    rest = _APPOSITION.sub(" ", text[at:end]) if words else text[at:end]
    if at > start and _OPENS.fullmatch(rest):  # "cao hơn mức bình quân (5%)"
        return rest
    return f"{words} " if at > start and words.endswith("hon") and _PASSING.fullmatch(rest) else words + rest
