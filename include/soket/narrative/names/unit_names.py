"""How prose names those whom a plan asks: by their names, by what their areas are called, short or in full."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from soket.plan.model import Unit
from soket.text import flat, fold

_LONG = 2  # spaces of a name that is a body's even without its head
# What a committee's name begins with, and what its area is called.
_AREAS = (
    (("thanh uy", "ubnd thanh pho", "uy ban nhan dan thanh pho"), "thanh pho"),
    (("thi uy", "ubnd thi xa", "uy ban nhan dan thi xa"), "thi xa"),
    (("huyen uy", "ubnd huyen", "uy ban nhan dan huyen"), "huyen"),
    (("tinh uy", "ubnd tinh", "uy ban nhan dan tinh"), "tinh"),
    (("dang uy xa", "ubnd xa", "uy ban nhan dan xa", "xa"), "xa"),
    (("dang uy phuong", "ubnd phuong", "uy ban nhan dan phuong", "phuong"), "phuong"),
    (("dang uy thi tran", "ubnd thi tran", "uy ban nhan dan thi tran", "thi tran"), "thi tran"),
    (("dac khu",), "dac khu"),
)
_HEADS = re.compile(r"^(?:uy ban|dang uy|ban can su dang|dang doan|ban thuong vu) ")
_TAILS = re.compile(r" (?:tinh uy|tinh|thanh uy|thanh pho)$")
BODIES = ("so", "ban", "cuc", "hoi", "dang uy")  # what is said once of several: "ba sở Một, Hai và Ba"
_HEADED = re.compile(r"(?<=dang uy khoi) .*$")  # "Đảng ủy Khối các cơ quan …"
_INITIALS = re.compile(r" [A-ZĐ]{3,} |^[A-ZĐ]{4,} ")
_LETTERS = {
    "dai bieu quoc hoi": "dbqh",
    "hoi dong nhan dan": "hdnd",
    "uy ban nhan dan": "ubnd",
    "uy ban kiem tra": "ubkt",
    "mat tran to quoc": "mttq",
    "lien hiep phu nu": "lhpn",
    "vien kiem sat nhan dan": "vksnd",
    "toa an nhan dan": "tand",
}
_MARKED = re.compile(r"\s*[(\[][\d*]+[)\]]\s*$")
_ENDS = r"(?:(?: \w+&\w+)? tinh\b)?(?=\s*(?:[,:;.()\d]|(?:voi|co|dat|la|va|nam|chi|cung|dung dau)\b|$))"
"""What follows a body's short name: words that go on with it would be of another, "ban tổ chức lễ hội"."""
SHORT = {
    "thanh pho": ("tp", "tp."),
    "thi xa": ("tx", "tx."),
    "huyen": ("h.",),
    "thi tran": ("tt", "tt."),
    "phuong": ("p.",),
    "xa": ("x.",),
}
"""How areas are written short, by what they are."""
_OF_FIELDS = re.compile(r"(?P<kind>Sở|Phòng|Bộ) (?P<fields>.+ và .+)")
_BETWEEN = re.compile(r"(, | - | và )")
_MARKS_BETWEEN = {", ": ",", " - ": "-", " và ": "&"}


class UnitNames:
    """Finds the units of a plan in prose, by name, by what their area is called, or by its name alone."""

    def __init__(self, units: Iterable[Unit], whole: Iterable[str]) -> None:
        names = tuple((unit.code, (unit.name, unit.called, *unit.aliases)) for unit in units)
        self._codes, self._listed, self._pattern = _known(names, tuple(whole))

    def found(self, flat_text: str) -> list[tuple[int, int, str]]:
        """Return the units that a text without marks names: from where, to where, whom."""
        named = [
            (found.start(), found.end(), self._codes.get(found[0]) or self._codes[found["tail"]])
            for found in self._pattern.finditer(flat_text)
        ]
        listed = [*self._in_lists(flat_text)]
        alone = (each for each in named if not any(each[0] < end and start < each[1] for start, end, _ in listed))
        return sorted([*listed, *alone])

    def heading(self, lines: Sequence[str]) -> str | None:
        """Return the unit whose name alone is a line, the last of those that have one: "3. Huyện Một (*)"."""
        for line in reversed([flat(_MARKED.sub("", each)).strip() for each in lines]):
            named = self.found(line)
            if [each[:2] for each in named] == [(0, len(line))]:
                return named[0][2]
        return None

    def _in_lists(self, flat_text: str) -> Iterator[tuple[int, int, str]]:
        """Yield the units of lists that say once what all of them are: "bốn huyện Một, Hai, Ba và Bốn"."""
        for head, (pattern, one) in self._listed.items():
            for found in pattern.finditer(flat_text):
                for each in one.finditer(flat_text, found.start(), found.end()):
                    yield each.start(), each.end(), self._codes[f"{head} {each['own']}"]


@lru_cache(maxsize=16)  # each check of a draft looks for the same units
def _known(
    units: tuple[tuple[str, tuple[str, ...]], ...], whole: tuple[str, ...]
) -> tuple[dict[str, str], dict[str, tuple[re.Pattern[str], re.Pattern[str]]], re.Pattern[str]]:
    """Return units' codes by what they are called, how lists of them are written, and what finds one by name."""
    owners: dict[str, set[str]] = {}
    alone: dict[str, set[str]] = {}
    tailless: dict[str, set[str]] = {}
    for code, called in units:
        full = [fold(name) for name in called]
        full += [letters for each in full if (letters := _in_letters(each)) != each]
        for name in (*full, *(short for each in full for short in _shorter(each))):
            owners.setdefault(name, set()).add(code)
            if area := area_of(name):
                kind, own = area
                short = (f"{each} {own}" for each in SHORT.get(kind, ()))
                for said in (f"{kind} {own}", f"{own} ({kind})", *short):
                    owners.setdefault(said, set()).add(code)
                alone.setdefault(own, set()).add(code)
        for full_name in called:
            if own_name := _untailed(full_name):
                tailless.setdefault(own_name, set()).add(code)
    # What the whole is called is no unit's, nor what two are called.
    owners |= {own: codes for own, codes in alone.items() if own not in owners and " " in own}
    everywhere = set(map(fold, whole))
    names = {name: next(iter(codes)) for name, codes in owners.items() if len(codes) == 1}
    known = {name: code for name, code in names.items() if name not in everywhere}
    bare = {name: next(iter(codes)) for name, codes in tailless.items() if len(codes) == 1 and name not in names}
    known |= bare
    all_of_it, tail = (_any_of(each) for each in (known.keys() - bare.keys(), bare))
    return known, _lists_of(known), re.compile(rf"\b(?:{all_of_it}(?!\w)|(?P<tail>{tail}){_ENDS})")


def _lists_of(codes: Iterable[str]) -> dict[str, tuple[re.Pattern[str], re.Pattern[str]]]:
    """Return by heads of names how a list of them is written, and one name in it without its head."""
    own: dict[str, set[str]] = {}
    for name in codes:
        for head in (*(kind for _, kind in _AREAS), *BODIES):
            if name.startswith(f"{head} "):
                own.setdefault(head, set()).add(name.removeprefix(f"{head} "))
    found = {}
    for head, names in own.items():
        one = rf"{_any_of(names)}(?!\w)"
        listed = rf"\b{head} {one}(?:(?:, va|,| va) (?:{head} )?{one})+"
        found[head] = re.compile(listed), re.compile(rf"(?:{head} )?(?P<own>{one})")
    return found


def _any_of(names: Iterable[str]) -> str:
    longest_first = sorted(names, key=len, reverse=True)
    return f"(?:{'|'.join(map(re.escape, longest_first))})" if longest_first else r"(?!)"


def _untailed(name: str) -> str:
    """Return a body's name without the committee that it is of; "" for none."""
    folded = fold(name)
    short = _HEADED.sub("", _TAILS.sub("", folded))
    long = short.count(" ") >= _LONG or short.startswith("cuc ")
    return short if short != folded and (long or _INITIALS.search(name)) else ""


def _in_letters(name: str) -> str:
    """Return a name with the words that papers write in letters alone: "HĐND"."""
    for words, letters in _LETTERS.items():
        name = re.sub(rf"\b{words}\b", letters, name)
    return name


def _shorter(name: str) -> Iterator[str]:
    """Yield a body's name without what prose leaves out: the committee at its head, "Việt Nam" inside."""
    rest = _HEADS.sub("", name)
    for short in {rest, rest.replace(" viet nam ", " ")} - {name}:
        if short.count(" ") >= _LONG:
            yield short


def area_of(name: str) -> tuple[str, str] | None:
    """Return of what kind the area is whose committee a folded name is, and what that is called; None for others."""
    for heads, kind in _AREAS:
        for head in (*heads, kind):
            if name.startswith(f"{head} ") and (own := name.removeprefix(head).strip()):
                return kind, own
    return None


def heads_of(kind: str) -> tuple[str, ...]:
    """Return what folded names of areas of a kind, and of their committees, begin with: "huyen", "huyen uy"."""
    return next(((*heads, kind) for heads, own in _AREAS if own == kind), (kind,))


def by_letters(name: str) -> Iterator[str]:
    """Yield what a body of several fields is called by their letters: "Sở KH&CN"; those of one may be anybody's."""
    found = _OF_FIELDS.fullmatch(name)
    if found is None:
        return
    fields, between = _BETWEEN.split(found["fields"])[::2], _BETWEEN.split(found["fields"])[1::2]
    letters = ["".join(word[0].upper() for word in re.findall(r"\w+", each)) for each in fields]
    all_marks = [_MARKS_BETWEEN[each] for each in between]
    for marks in (all_marks, ["&" if each == "&" else "" for each in all_marks], [""] * len(between)):
        yield f"{found['kind']} " + "".join(map("".join, zip(letters, [*marks, ""], strict=True)))
