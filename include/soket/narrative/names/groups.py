"""How prose names several units at once: by what they are, one after the other, or as those that are left."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from soket.narrative.names.turns import runs
from soket.narrative.names.unit_names import SHORT, area_of
from soket.narrative.names.whose import Scope, Together, codes_of
from soket.plan.model import Plan
from soket.text import fold

_NUMBERS = ["khong", "mot", "hai", "ba", "bon", "nam", "sau", "bay", "tam", "chin", "muoi"]
_TENS = {f"muoi {word}": 10 + at for at, word in enumerate([*_NUMBERS[:10]]) if at} | {"muoi lam": 15}
_COUNTS = {word: at for at, word in enumerate(_NUMBERS) if at > 1} | _TENS
_COUNT = rf"(?:\d{{1,2}}|{'|'.join(sorted(_COUNTS, key=len, reverse=True))})"
_ANY = ("dia phuong", "don vi")
_SOME = re.compile(rf"(?<=\bcong )(?:ca )?(?P<count>{_COUNT}) (?:to chuc|co quan|so|hoi|nganh|doan the|noi)\b")
_TOGETHER = re.compile(r"\b(?:cong lai|tong cong|gop lai|cong chung|(?:ca|tong) (?:hai|ba|bon|\d{1,2}))\b")
_EACH = re.compile(r"\b(?:deu|moi|cung (?:dat|co|tang|giam))\b")
_MEAN = re.compile(r"\b(?:binh quan|trung binh)\b(?:[^,;.]|,(?=\d)){0,45}$")
_MEAN_AFTER = re.compile(r"(?: [^\W\d_]+){0,3} (?:binh quan|trung binh)\b")
_LEFT = re.compile(r"\s*(?:con lai|khac)\b")
_THESE = re.compile(r"\s*(?:nay|do|tren|noi tren|neu tren|vua neu)\b")
_HEADS = re.compile(rf"\b({_COUNT})\b")
_TO_NAMES = re.compile(r"(?: [^\W\d_]+){0,7}(?: \d{4})?(?: (?:la|gom|nhu|do la))?:? ?\(?")  # "ba địa phương dẫn đầu là"
_ADDED = re.compile(r"\b(?:cong|tong|tong cong)(?: ca)? $")  # "cộng hai huyện: 9"
_YEARS = re.compile(r"\b(?:\d{1,2}|nam|muoi) $")  # "trong 05 năm tổ chức 9 hội nghị": no five bodies
_OWN = re.compile(r" ?[:(]? ?\d")  # a figure right beside
_BEFORE = 60  # letters
_APART = 12  # words between names and the figure that is of them together


class UnitGroups:
    """Finds the groups of a plan's units in prose: by the kind of their areas, by block, one after the other."""

    def __init__(self, plan: Plan) -> None:
        kinds: dict[str, list[str]] = {}
        for unit in plan.units:
            area = area_of(fold(unit.called)) or area_of(fold(unit.name))
            if area and not area[1].startswith("doan"):  # "Tỉnh đoàn"
                kinds.setdefault(area[0], []).append(unit.code)
        areas = tuple(code for codes in kinds.values() for code in codes)
        every = tuple(unit.code for unit in plan.units)
        self.kinds = {kind: tuple(codes) for kind, codes in kinds.items()}
        short = {short: codes for kind, codes in self.kinds.items() for short in SHORT.get(kind, ()) if short.isalpha()}
        self._kinds = self.kinds | short | {"dia phuong": areas or every, "don vi": every}
        self._areas = frozenset(areas)
        self._blocks = _blocks(plan)
        names = "|".join(sorted([*self._kinds, *self._blocks], key=len, reverse=True))
        if self._areas >= {*kinds.get("huyen", ()), *kinds.get("thi xa", ())} and kinds.get("thi xa"):
            self._kinds |= {"thi": self.kinds["thi xa"], "thanh": self.kinds.get("thanh pho", ())}
        by_kind = "|".join([*self.kinds, *short])  # "ba đơn vị thành phố, thị xã"
        self._pattern = re.compile(
            rf"\b(?:(?P<how>{_COUNT}|ca {_COUNT}|cac|nhung|moi|mot|khoi(?: cac)?) )"
            rf"(?:(?:don vi|dia phuong) \(?(?=(?:{by_kind})\b))?"
            rf"(?P<kinds>(?:{names})(?:(?:, va|,| va) (?:{names}))*)\b(?! (?:uy|doi)\b)"
            rf"|/ ?(?P<each>{'|'.join(self._kinds)})\b"
        )

    def found(self, text: str, named: Sequence[Scope], before: Sequence[str]) -> Iterator[Scope]:
        """Yield the groups that a text without marks names; `before` are the units that were named last before it."""
        yield from self._listed(text, named)
        for match in _SOME.finditer(text):
            codes = [code for each in named if each.end <= match.start() for code in codes_of(each.whose)] or before
            if (count := _count(match["count"])) and len({*codes}) == count:
                yield Scope(match.start(), match.end(), Together(tuple(dict.fromkeys(codes)), count, listed=True))
        free = (
            match
            for match in self._pattern.finditer(text)
            if not (match["how"] == "nam" and _YEARS.search(text, 0, match.start()))
            and not any(each.start < match.end() and match.start() < each.end for each in named)
        )
        kinds = [each for match in free if (each := self._kind(text, match, named, before))]
        yield from kinds
        yield from _joined(text, named, kinds)

    def _kind(self, text: str, match: re.Match[str], named: Sequence[Scope], before: Sequence[str]) -> Scope | None:
        if match["each"]:
            return Scope(match.start("each"), match.end(), Together(self._kinds[match["each"]], mean=True))
        how, whole = match["how"].removeprefix("ca "), match["kinds"]
        said = [whole] if whole in self._blocks else re.split(r"(?:, va|,| va) ", whole)
        codes = tuple(dict.fromkeys(code for each in said for code in self._codes(each)))
        count = _count(how)
        here = list(dict.fromkeys(code for each in named if each.end <= match.start() for code in codes_of(each.whose)))
        end = match.end()
        if how in ("moi", "mot", "01"):
            mean = _MEAN.search(text[: match.start()]) or _MEAN_AFTER.match(text, end)
            return Scope(match.start(), end, Together(codes, mean=True)) if mean else None
        if left := _LEFT.match(text, end):
            rest = tuple(code for code in codes if code not in (here or before))
            return Scope(match.start(), left.end(), Together(rest, count), loose=count is None or not (here or before))
        if count and (these := _THESE.match(text, end)):
            last = [*before, *here][-count:]
            sure = len(last) == count and len(here or before) == count
            return Scope(match.start(), these.end(), Together(tuple(last), count, listed=True), loose=not sure)
        if count and _ADDED.search(text, 0, match.start()) and len(here or before) == count:
            return Scope(match.start(), end, Together(tuple(here or before), count, listed=True))
        block = any(each in self._blocks for each in said)
        if block and not (count or how.startswith("khoi")):
            # "các sở, ban, ngành đã mở 5 lớp": that may be everyone
            return Scope(match.start(), end, Together(codes), loose=True) if _OWN.match(text, end) else None
        if self._areas and self._areas <= set(codes) and count is None:
            return Scope(match.start(), end, None)
        if count is not None and count < len(codes) - 2:
            return Scope(match.start(), end, Together(codes, count), loose=True)  # some of them
        return Scope(match.start(), end, Together(codes, count), loose=count is None and len(said) < 2 and not block)

    def _codes(self, kind: str) -> tuple[str, ...]:
        return self._kinds.get(kind) or self._blocks.get(kind, ())

    def _listed(self, text: str, named: Sequence[Scope]) -> Iterator[Scope]:
        """Yield names in a row that figures after them are of together, or may be."""
        one = [each for each in named if isinstance(each.whose, str)]
        for run in runs(text, [each[:2] for each in one]):
            codes = tuple(dict.fromkeys(code for at in run for code in codes_of(one[at].whose)))
            start, end = one[run[0]].start, one[run[-1]].end
            head = text[max(0, start - _BEFORE) : start].rstrip()
            counts = (_count(each[1]) for each in _HEADS.finditer(head) if _TO_NAMES.fullmatch(head, each.end()))
            counted = len(codes) in counts and not _EACH.search(text[end : end + _BEFORE])
            together = counted or _TOGETHER.search(" ".join(text[end:].split()[:_APART]).partition(";")[0])
            closes = end + (text[end : end + 1] == ")")
            yield Scope(one[run[-1]].start, closes, Together(codes, len(codes), listed=True), loose=not together)


def _joined(text: str, named: Sequence[Scope], kinds: Sequence[Scope]) -> Iterator[Scope]:
    """Yield units and groups that stand in a row, together: "thành phố Một và hai thị xã"."""
    groups = [each for each in kinds if isinstance(each.whose, Together) and not each.whose.mean]
    every = sorted([*named, *groups], key=lambda each: each.start)
    for run in runs(text, [each[:2] for each in every]):
        parts = [every[at] for at in run]
        ends_so = text[parts[-2].end : parts[-1].start].strip() != ","
        if not ends_so or not {*parts} & {*groups} or any(each.loose for each in parts):
            continue
        codes = tuple(dict.fromkeys(code for each in parts for code in codes_of(each.whose)))
        yield Scope(parts[-1].start, parts[-1].end, Together(codes))


def _count(word: str) -> int | None:
    return int(word) if word.isdigit() else _COUNTS.get(word)


def _blocks(plan: Plan) -> dict[str, tuple[str, ...]]:
    """Return the units of each block by runs of words of its name that no other block has."""
    owners: dict[str, set[str]] = {}
    for block in plan.blocks:
        parts = fold(block.name).split()
        for first in range(len(parts)):
            for last in range(first + 2, len(parts) + 1):
                run = " ".join(parts[first:last]).strip(",")
                if parts[first] not in ("va", "cac") and parts[last - 1] not in ("va", "cac"):
                    owners.setdefault(run, set()).add(block.code)
    return {
        run: tuple(unit.code for unit in plan.units if unit.block in blocks)
        for run, blocks in owners.items()
        if len(blocks) == 1
    }
