"""The amounts that sentences of reports have; they are shown beside each other and never added up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from soket.documents.said import Saying, Sayings
from soket.narrative.quantities.amounts import AMOUNT, about_after, read_amount
from soket.text import nfc

_BEFORE = 24  # letters, in which the two words before an amount are
_AMOUNT = re.compile(AMOUNT)
_COUNTED = re.compile(r"\s*(?P<counted>[^\W\d_]+(?:[23](?!\d))?)")
# A syllable of these is a word; of any other the next ones may belong to it, up to a word that links.
_WHOLE = frozenset(
    nfc(
        "lượt người hộ km km2 km² m m2 m² m3 m³ ha kg tấn tạ lít lần lớp cuộc vụ đoàn đợt buổi giờ phút ngày tháng "
        "năm xã phường thôn tỉnh huyện đồng tỷ tỉ triệu nghìn tin chỗ"
    ).split()
)
_NEXT = re.compile(r"[ -](?P<word>(?!\d)[^\W_]+)")
_LINKS = frozenset(
    nfc(
        "và với của cho tại trên ở trong ngoài từ đến tới do để có là gồm bằng so tăng giảm đạt đã đang sẽ được bị "
        "chưa không còn mới cũng vào ra theo về nhằm khi mà này đó nữa như trở thuộc"
    ).split()
)
_LONGEST = 4  # syllables of what is counted
# After these a number is a day, a year or a paper, and no amount.
_NAMING = frozenset({"nam", "doan", "thang", "ngay", "quy", "lo", "so", "ky", "khoa", "dieu", "-", "–"})
_YEARS = range(1900, 2101)


class ProseFigure(NamedTuple):
    """An amount that a sentence has."""

    said: Saying
    text: str
    value: float
    counted: str  # what it counts, folded: its first word


def prose_figures(sayings: Sayings) -> list[ProseFigure]:
    """Return the amounts of all sentences; they are never added up."""
    known: dict[str, list[tuple[str, float, str]]] = {}  # what several say in the same words is looked through once
    found = []
    for section in sayings.sections:
        for said, *_ in section.by_sentence:
            if said.with_figure:
                if said.text not in known:
                    known[said.text] = list(_amounts(said))
                found += [ProseFigure(said, *each) for each in known[said.text]]
    return found


def _amounts(said: Saying) -> Iterator[tuple[str, float, str]]:
    for match in _AMOUNT.finditer(said.plain):
        before = ["", "", *said.plain[max(0, match.start() - _BEFORE) : match.start()].split()][-2:]
        counted = "%" if match["percent"] else (_COUNTED.match(said.plain, match.end()) or {"counted": ""})["counted"]
        if not counted or before[-1] in _NAMING or _is_year(match):
            continue
        if amount := read_amount(match, about=about_after((before[0], before[1]))):
            yield _shown(said.text, match, counted), amount.value, counted


def _shown(text: str, match: re.Match[str], counted: str) -> str:
    """Return an amount with what it counts, cut in no word: "02 di tích"; what goes on has dots behind it."""
    if match["percent"]:
        return text[slice(*match.span())]
    end = match.end() + len(text[match.end() :]) - len(text[match.end() :].lstrip()) + len(counted)
    word, told = text[end - len(counted) : end].lower(), 1
    while told and word not in _WHOLE:
        following = _NEXT.match(text, end)
        if following is None or following["word"].lower() in _LINKS or following["word"][0].isupper():
            break
        if told == _LONGEST:
            return f"{text[match.start() : end]}…"
        end, told, word = following.end(), told + 1, ""
    return text[match.start() : end]


def _is_year(match: re.Match[str]) -> bool:
    return match["first"].isdigit() and not match["scale"] and int(match["first"]) in _YEARS
