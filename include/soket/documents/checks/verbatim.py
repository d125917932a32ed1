"""Words held against each other: what was changed between a quotation and the sentence it was taken from, and cut."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import NamedTuple

from soket.narrative.sentences.pieces import MEANWHILE, TURNING
from soket.text import as_spelt

_TOKEN = re.compile(r"\d+(?:[.,/]\d+)*|[^\W\d_]+|\w+|%")
_MARK = re.compile(r"\[\d+\]|\(\*+\)")  # of a footnote
_AROUND = 3  # words shown beside what was changed
# What turns round what is said, or takes something out of it: "không để xảy ra", "không ngừng" do not.
_NOT = (
    r"chưa|chẳng|không(?! (?:chỉ|những|ngừng|gian|khí|để|còn)\b)"
    r"|(?<!phòng )(?<!diệt )(?<!loại )(?<!bài )(?<!khấu )trừ"
)
NEGATION = re.compile(rf"\b(?:{_NOT})\b", re.IGNORECASE)
_BUT = re.compile(
    rf"\W*(?:{TURNING}|tuy|{MEANWHILE}|nếu|với điều kiện|ngoại trừ|chỉ|mới chỉ|kể cả|{_NOT})\b", re.IGNORECASE
)  # behind what it takes something from
_ONLY_IF = re.compile(
    r"\W*(?:nếu|trường hợp|giả sử|dự kiến|phấn đấu|theo kế hoạch|mục tiêu)\b", re.IGNORECASE
)  # before it
_OF_A_FIGURE = re.compile(
    r"\b(?:kế hoạch|mục tiêu|chỉ tiêu|so với|dự toán|yêu cầu|nhu cầu|năm|tổng số|giai đoạn|cùng kỳ)\b", re.IGNORECASE
)
_STOPS = ",;:.!?"
_FIGURE_NEAR = 6  # words: a figure so near a cut is cut off from what it is of


class Token(NamedTuple):
    """A word or a figure of a text, as it is compared, and where it stands."""

    key: str
    start: int
    end: int


def tokens(text: str) -> list[Token]:
    """Return the words and figures of a text; marks of footnotes are none."""
    plain = _MARK.sub(lambda mark: " " * len(mark[0]), text)
    return [Token(_key(each[0]), each.start(), each.end()) for each in _TOKEN.finditer(plain)]


def _key(word: str) -> str:
    return as_spelt(word) if not word[0].isdigit() else word.lstrip("0") or "0"


@dataclass(frozen=True)
class Altered:
    """One place where a quotation differs from its sentence: what it says there, and what the sentence says."""

    said: str
    source: str
    grave: bool  # a figure, a negation, a name, or more than a word or two


def share_kept(quote: Sequence[Token], source: Sequence[Token]) -> float:
    """Return what share of a quotation's words stand in a sentence, in its order."""
    matcher = SequenceMatcher(None, [each.key for each in quote], [each.key for each in source], autojunk=False)
    return sum(block.size for block in matcher.get_matching_blocks()) / len(quote)


def altered(quote: str, source: str) -> list[Altered]:
    """Return where a quotation differs from its sentence; what it leaves out at its ends is not among it."""
    own, theirs = tokens(quote), tokens(source)
    matcher = SequenceMatcher(None, [each.key for each in own], [each.key for each in theirs], autojunk=False)
    found = []
    for tag, first, last, start, end in matcher.get_opcodes():
        left_out = first == last and (first == 0 or last == len(own))
        if tag != "equal" and not left_out:
            found.append(
                Altered(
                    _around(quote, own, first, last),
                    _around(source, theirs, start, end),
                    _is_grave(quote, own[first:last]) or _is_grave(source, theirs[start:end]),
                )
            )
    return found


def _around(text: str, own: Sequence[Token], first: int, last: int) -> str:
    """Return some words of a text with those around them."""
    if not own:
        return ""
    start, end = max(0, first - _AROUND), min(len(own), last + _AROUND)
    stop = own[end - 1].end
    return text[own[start].start : stop + (text[stop : stop + 1] == "%")]


def _is_grave(text: str, changed: Sequence[Token]) -> bool:
    if not changed:
        return False
    said = text[changed[0].start : changed[-1].end]
    inside = said if changed[0].start else said[:1].lower() + said[1:]
    return (
        len(changed) > 2
        or any(letter.isdigit() for letter in said)
        or NEGATION.search(said) is not None
        or any(letter.isupper() for letter in inside)
    )


def cut_off(source: str, start: int, end: int) -> str:
    """Return what a quotation of a part of a sentence leaves out that it is not true without; "" for nothing."""
    return _before(source[:start]) or _after(source, start, end)


def _before(before: str) -> str:
    clause = re.split(rf"[{_STOPS}]\s", before)[-1]
    if clause.strip() and NEGATION.search(clause):
        return clause.strip()
    opening = _ONLY_IF.match(before)
    return before.strip(" ,;:") if opening and ";" not in before else ""


def _after(source: str, start: int, end: int) -> str:
    after = source[end:]
    rest = re.split(r";|[.!?](?:\s|$)", after)[0]
    if not rest.strip(" ,.;:)”"):
        return ""
    clause, *more = re.split(r",\s", rest, maxsplit=1)
    if clause.strip(" %)”"):  # cut inside a clause
        near = re.findall(r"\S+", source[start:end])[-_FIGURE_NEAR:]
        of_figure = any(letter.isdigit() for word in near for letter in word) and _OF_A_FIGURE.search(clause)
        return clause.strip() if of_figure or NEGATION.search(clause) or _BUT.match(clause) else ""
    return rest.strip(" ,") if _BUT.match(rest) or NEGATION.search(more[0] if more else "") else ""


def place_in(quote: Sequence[Token], source: Sequence[Token]) -> tuple[int, int] | None:
    """Return from where to where a sentence has all words of a quotation in a row; None where it does not."""
    keys, theirs = [each.key for each in quote], [each.key for each in source]
    for at in range(len(theirs) - len(keys) + 1):
        if theirs[at : at + len(keys)] == keys:
            return source[at].start, source[at + len(keys) - 1].end
    return None
