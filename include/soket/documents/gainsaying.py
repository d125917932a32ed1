"""Reports that say in one place that something is there and in another that it is lacking."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from soket.documents.said import Saying, Sayings
from soket.narrative.sentences.pieces import MEANWHILE, TURNING
from soket.text import YEAR, nfc

_LACKING = re.compile(r"\b(?:chưa|không|thiếu)(?: được)? (?!có\b|thể\b|phải\b|còn\b)(?P<what>[^\W\d_]+ [^\W\d_]+)\b")
_THERE = re.compile(r"\b(?:đã|cơ bản|khá|tương đối|ngày càng)(?: được)? (?P<what>[^\W\d_]+ [^\W\d_]+)\b")
# What is done to this and to that: it is one thing where it is done to the same.
_OF_A_THING = frozenset({"tổ chức", "ban hành", "xây dựng", "thành lập", "bố trí", "hoàn thành", "hỗ trợ", "tham gia"})
_TOO_COMMON = frozenset({"đáp ứng", "thực hiện", "triển khai", "đầu tư", "phát triển", "để xảy", "quan tâm", "so với"})

_APART = re.compile(rf"[;:.,](?=\s|$)|\b(?:{TURNING}|{MEANWHILE}|còn lại là)\b")
_GOES_ON = re.compile(r", (?=chiếm |tương đương |bằng |\()")  # "302 người đã qua đào tạo, chiếm 41,9%"
_SHARE = re.compile(r"(?P<share>\d+(?:,\d+)?) ?%")
_DATE = re.compile(rf"\bnăm {YEAR}\b|\b{YEAR} ?[-–] ?{YEAR}\b|\b\d+/(?:\d+/)?\d{{4}}\b")
_SOME = re.compile(
    r"\d|\bmột (?:số|bộ phận|phần|vài|ít)\b|\b(?:phần lớn|đa số|quá nửa|hơn nửa|số ít|vài)\b|\bmột nửa\b"
)
_ALL = re.compile(r"\b100 ?%|\b(?:tất cả|toàn bộ|hoàn toàn|mọi|đều|nào)\b")
_ROUNDED = 1.0  # points by which two shares of one whole may miss 100


@dataclass(frozen=True)
class _Told:
    """What a clause says is there, or lacking: of all, of a part, or without a word of how much; the share if told."""

    what: str
    around: frozenset[str]  # the other words of the clause, two by two
    of_all: bool
    of_part: bool
    share: float | None

    def denies(self, other: _Told) -> bool:
        """Whether what is lacking and what is there cannot both be: parts of one whole can, and shares that fill it."""
        if self.what in _OF_A_THING and not self.around & other.around:
            return False
        if self.share is not None and other.share is not None:
            return abs(self.share + other.share - 100) > _ROUNDED
        part, whole = self.of_part or other.of_part, self.of_all or other.of_all
        return whole or not part


def gainsaying(sayings: Sayings) -> Iterator[tuple[Saying, Saying]]:
    """Yield sentences on what is lacking, each with one of the same report, elsewhere, that says that it is there."""
    there: defaultdict[tuple[str, str], list[tuple[Saying, _Told]]] = defaultdict(list)
    lacking: list[tuple[Saying, _Told]] = []
    known: dict[str, tuple[Sequence[_Told], Sequence[_Told]]] = {}  # what several say alike is looked through once
    for section in sayings.sections:
        for said in (each for each in section.said if not each.asks):
            if said.text not in known:
                known[said.text] = has_and_lacks(said.text)
            has, lacks = known[said.text]
            for told in has:
                there[said.unit.code, told.what].append((said, told))
            lacking += [(said, told) for told in lacks]
    for said, told in lacking:
        for other, has_it in there.get((said.unit.code, told.what), ()):
            if other.section != said.section and told.denies(has_it):
                yield said, other
                break


def has_and_lacks(text: str) -> tuple[list[_Told], list[_Told]]:
    """Return what a sentence says is there, and what it says is lacking."""
    plain = nfc(text).lower()
    lacks = {told.what: told for told in _told(_LACKING, plain) if told.what not in _TOO_COMMON}
    return list(_told(_THERE, plain)), list(lacks.values())


def _told(pattern: re.Pattern[str], plain: str) -> Iterator[_Told]:
    for match in pattern.finditer(plain):
        start = max((each.end() for each in _APART.finditer(plain, 0, match.start())), default=0)
        end = _end(plain, match.end())
        clause = _DATE.sub("", plain[start:end])
        share = _SHARE.search(clause)
        of_all = _ALL.search(clause) is not None
        part = not of_all and _SOME.search(clause) is not None
        value = float(share["share"].replace(",", ".")) if share else None
        words = clause.replace(match["what"], " / ").split()
        around = frozenset(f"{one} {two}" for one, two in pairwise(words))
        yield _Told(match["what"], around, of_all, part, value)


def _end(plain: str, at: int) -> int:
    """Return where the clause around a place ends; how much that is may follow after a comma."""
    stop = _APART.search(plain, at)
    while stop and _GOES_ON.match(plain, stop.start()):
        stop = _APART.search(plain, stop.end())
    return stop.start() if stop else len(plain)
