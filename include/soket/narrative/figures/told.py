"""When a figure is of, and whose, as its own clause or the sentence around it tells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from soket.narrative.figures.kinds import CHANGES, OVER_YEARS, FigureKind, are_apart
from soket.narrative.figures.memory import Memory
from soket.narrative.figures.moments import told_before, told_by_place, turns_to
from soket.narrative.figures.named import Sentence, WrittenAmount
from soket.narrative.names.elsewhere import ELSEWHERE
from soket.narrative.names.times import Time, TimeKind
from soket.narrative.names.turns import last_turn
from soket.narrative.names.unit_names import UnitNames
from soket.narrative.names.whose import Scope, Together, Whose, codes_of
from soket.narrative.quantities.measures import PERCENT, Measure
from soket.text import flat

_BRACKET_YEAR = re.compile(r"[^(),;]*\((?:\s*nam)?\s*$")
_AT = re.compile(r"^(?!.*[,;(])(?!.*\bnhat\b).*\b(?:tai|o|cua)\s+$")
_GOES_ON = re.compile(r"[,;]|\b(?:va|thi|song|nhung|trong khi|roi)\b")  # to something else
_OPENED = re.compile(r"\s*(?:[^\W\d_]+,?\s+){0,5}\((?:o |tai |cua |thuoc )?")
_OPENS = re.compile(r" ?\((?:[^\W\d_]+ ){0,3}")
_SLASH = re.compile(r"\s*(?:[^\W\d_]+,?\s*){0,5}/ ?")
_SHUT = re.compile(r"(?:,? (?:nam )?\d{4})?\)")
_WHERE = (" cua ", " o ", " tai ")  # "5 ở Một"
_CLOSED = re.compile(r"[^()\d]*\)")
_NAMED_AS_SOURCE = re.compile(r"\b(?:theo|nguon|so lieu)(?: so lieu)?(?: cua)?:? $")
_LISTED = re.compile(
    r"(?: (?:la|dat|chiem|con|co|don|thu))?(?:\s*\d[\d.,]*(?<![.,])%?(?: [^\W\d_]+){0,4}[,;]?(?: va)?)*\s*"
)
_NEXT = re.compile(r"%?(?:[,;]| va) \d")
_AT_ONCE = re.compile(
    r"[,;:()]|\b(?:den|sang|toi|thi|con|len|xuong|va|song|nhung|hay|la)\b"
)  # of two times: one after the other
_LEAVES_OUT = re.compile(r"\b(?:khong|chua) (?:ke|tinh|bao gom)\b")
_MEASURED = re.compile(r"(?: [^\W\d_]+){1,4} ")
_LESS = re.compile(r"\b(?:kem|(?:it|thap|nhieu|cao) hon) $")
_APART = re.compile(r"[,;()]|\bva\b|\b(?:cao|thap|nhieu|it|lon|nho) hon\b|\bkem\b")  # of another comparison
_FRONTED = re.compile(r"voi (?!.*\b(?:so|cung) )[^;]*\d[^;]*, (?:rieng )?")  # "Với 36 cơ sở, huyện Một dẫn đầu"
_CLOSES = re.compile(r"[^(,]*\)?, (?:cong lai |tong cong )?(?:chiem|bang|tuong duong)\b")
_HEADS = re.compile(r"(?: ?\[[\d*]+\])?:")
_FAR = 8  # words between a figure and the time after it


def time_of(
    sentence: Sentence, written: WrittenAmount, kind: FigureKind, memory: Memory, measure: str
) -> tuple[Time | None, bool]:
    """Return the time that a figure is of, and whether its own clause tells it; `measure` is what it is counted in."""
    if kind in OVER_YEARS and (spans := _spans(sentence, written)):
        return spans[-1], True
    left, right = sentence.clause(written.start)
    if in_turn := sentence.turns.times.get(written.start):
        return in_turn, True
    if placed := told_by_place(sentence, written, memory.time):
        if placed[0] and placed[0].start >= written.end:
            memory.taken.add(placed[0])
        return placed
    own = [each for each in sentence.times if not each.base]
    before = [each for each in own if left <= each.start < written.start]
    fresh = [each for each in before if each not in memory.taken]
    shared = bool(fresh) and any(fresh[-1].end <= other.start < written.start for other in sentence.amounts)
    if following := next((each for each in own if written.tail <= each.start < min(written.ceiling, right)), None):
        gap = sentence.text[written.tail : following.start].strip().removeprefix(measure)
        near = not _GOES_ON.search(gap) and len(gap.split()) <= _FAR
        in_bracket = _BRACKET_YEAR.match(gap) is not None
        # "(năm 2030: 189)" has a figure of its own.
        own_figure = in_bracket and not _CLOSED.match(sentence.text, following.end)
        other = turns_to(sentence, written, fresh, gap, following)
        if near and not own_figure and (in_bracket or not fresh or shared or other):
            memory.taken |= {following, *(fresh if other else ())}
            return following, True
    if fresh:
        # A unit that comes after a comma may be of the sentence's time, not of that of the part before it.
        others = {each.period for each in own if each.start < written.start}
        goes_on = kind in CHANGES and memory.kind is FigureKind.VALUE and memory.end >= left
        sure = goes_on or not (shared and len(others) > 1)
        at_once = len(fresh) > 1 and not _AT_ONCE.search(sentence.text[fresh[-2].end : fresh[-1].start])
        return fresh[-1], sure and not at_once and fresh[-1].start not in sentence.turns.listed
    if before:
        # It belongs to a figure before; another one after may be of all that are named since.
        return before[-1], not any(written.end <= each.start < right for each in own)
    if lead := [each for each in own if each.start < left]:
        return told_before(sentence, written, lead)
    return memory.time, False


def unit_of(sentence: Sentence, written: WrittenAmount) -> tuple[Whose, bool]:
    """Return whose a figure is, None for all units together, and whether its clause tells it."""
    if written.start in sentence.turns.units:
        return sentence.turns.units[written.start], True
    left, right = sentence.clause(written.start)
    if held := held_in(sentence, written):
        return held.whose, not held.loose
    own = [each for each in sentence.scopes if not (each.base or each.passed or sentence.is_shut(each, written.start))]
    asides = [each for each in own if _is_aside(sentence, each)]
    after = (each for each in own if written.end <= each.start < min(written.ceiling, right))
    if beside := next((each for each in after if _is_told_after(sentence, written, each, asides)), None):
        return beside.whose, not beside.loose
    if before := [each for each in own if left <= each.start < written.start and each not in asides]:
        return before[-1].whose, not (before[-1].loose or _closes_list(sentence, written, before))
    for each in own:
        if written.end <= each.start < right and _AT.search(sentence.text[written.end : each.start]):
            return each.whose, not each.loose
    if own and not sentence.text.find("voi ") and _FRONTED.fullmatch(sentence.text, 0, own[0].start):
        return own[0].whose, not own[0].loose
    if own and own[0].start == 0 and not own[0].loose and _HEADS.match(sentence.text, own[0].end):
        return own[0].whose, own[0].whose != ELSEWHERE  # "Huyện Một: năm đầu 5; năm sau 7"
    if earlier := [each for each in own if each.start < left and each.whose != ELSEWHERE]:
        return earlier[-1].whose, earlier[-1].whose is None
    return sentence.home, len(asides) == 0


def _closes_list(sentence: Sentence, written: WrittenAmount, named: Sequence[Scope]) -> bool:
    """Whether a share may be of all that were listed before: "Một (5 lượt) và Hai (7 lượt), chiếm 9%"."""
    told = [each for each in sentence.amounts if named[0].end <= each.start < written.start]
    several = {each.whose for each in named if any(each.end <= other.start for other in told)}
    first_share = written.amount.percent and not any(each.amount.percent for each in told)
    return first_share and len(several) > 1 and _CLOSES.match(sentence.text, written.floor) is not None


def _is_told_after(sentence: Sentence, written: WrittenAmount, scope: Scope, asides: Sequence[Scope]) -> bool:
    """Whether what follows a figure says whose it is: "5 lượt (Một)", "5 lượt/huyện", "5% của Một"."""
    gap = sentence.text[written.end : scope.start]
    mean = isinstance(scope.whose, Together) and scope.whose.mean and _MEASURED.fullmatch(gap)  # "14 lớp một huyện"
    return bool((scope in asides and _OPENED.fullmatch(gap)) or _SLASH.fullmatch(gap) or gap in _WHERE or mean)


def held_in(sentence: Sentence, written: WrittenAmount) -> Scope | None:
    """Return whom another is held against in whose bracket a figure stands: "gấp 3 lần huyện Một (5 lượt)"."""
    against = (each for each in sentence.scopes if each.base or each.passed)
    return next((each for each in against if _OPENS.fullmatch(sentence.text, each.end, written.start)), None)


def _is_aside(sentence: Sentence, scope: Scope) -> bool:
    """Whether a bracket after a figure says whose that is, and nothing else: "5.543 lượt (Một)"."""
    opened = sentence.text.rfind("(", 0, scope.start)
    words = sentence.text[opened + 1 : scope.start] if opened >= 0 else ")"
    if ")" in words or any(map(str.isdigit, words)) or not _SHUT.match(sentence.text, scope.end):
        return False
    return any(_OPENED.fullmatch(sentence.text, each.end, opened + 1) for each in sentence.amounts)


def beside_of(sentence: Sentence, written: WrittenAmount, kind: FigureKind) -> Scope | None:
    """Return where whose figure one is held against is named: "gấp 3 lần huyện Một", "cao hơn huyện Hai 5 lượt"."""
    if kind not in CHANGES:
        return None
    left, right = sentence.clause(written.start)
    if kind is FigureKind.DIFFERENCE and are_apart(sentence.before(written)):
        two = [each for each in sentence.scopes if each.start < written.start][-2:]
        return two[0] if len(two) > 1 else None
    bases = [each for each in sentence.scopes if each.base and left <= each.start < right]
    after = [each for each in bases if written.end <= each.start < min(written.ceiling, right)]
    before = [each for each in bases if each.start < written.start]
    own = [each for each in before if each.start >= written.floor]
    close = [] if own else [each for each in after if not _APART.search(sentence.text[written.end : each.start])]
    chosen = close[0] if close else before[-1] if before else None
    if chosen is None:
        return _other_of_two(sentence, written) if kind is FigureKind.DIFFERENCE else None
    first, last = sorted((chosen.start, written.start))
    times = (each for each in sentence.times if each.base and first < each.start < last)
    # After a comparison of its own a change may be of any other.
    other = not close and chosen.start < written.floor and any(
        chosen.end <= each.start < written.start for each in sentence.scopes if each.base
    )  # fmt: skip
    return None if any(times) or other else chosen


def _other_of_two(sentence: Sentence, written: WrittenAmount) -> Scope | None:
    """Return the first of two units where the second has so much less: "Một có 9 lượt, trong khi Hai chỉ 5, kém 4"."""
    if not _LESS.search(sentence.text, 0, written.start) or any(each.base for each in sentence.times):
        return None
    two = [each for each in sentence.scopes if each.start < written.start and not each.passed][-2:]
    told = [each for each in sentence.amounts if each.end <= written.start]
    each_has_one = len(two) == len(told[-2:]) == 2 and two[0].end <= told[-2].start < two[1].start < told[-1].start
    return two[0] if each_has_one and all(isinstance(each.whose, str) for each in two) else None


def reports_itself(sentence: Sentence, source: re.Match[str]) -> bool:
    """Whether a source is a unit of the plan that the sentence tells of, rather than cites."""
    named = any(each.whose and each.start <= source.start() < each.end for each in sentence.scopes)
    return named and not _NAMED_AS_SOURCE.search(sentence.text[: source.start()])


def is_unclear(sentence: Sentence, written: WrittenAmount) -> bool:
    """Whether nothing says which of a list a figure is of, or a part is said to be left out of it."""
    return _undealt(sentence, written) or _leaves_out(sentence, written)


def _undealt(sentence: Sentence, written: WrittenAmount) -> bool:
    """Whether a figure is of a list that answers another one, and nothing says which is of what."""
    mark = last_turn(sentence.text, written.start)
    if mark is None or written.start in sentence.turns:
        return False
    listed = _LISTED.fullmatch(sentence.text, mark[1], written.start)
    more = written.in_row and any(mark[1] <= each.start < written.start for each in sentence.amounts)
    return listed is not None and (more or _NEXT.match(sentence.text, written.end) is not None)


def _leaves_out(sentence: Sentence, written: WrittenAmount) -> bool:
    """Whether a part is said to be left out of a figure: "không kể khách quốc tế"."""
    found = _LEAVES_OUT.search(sentence.text, 0, written.start)
    return found is not None and not any(0 <= each.start - found.end() <= 1 for each in sentence.scopes)


def is_share(written: WrittenAmount, named: Iterable[Measure]) -> bool:
    """Whether percents are a share where nothing named is counted so: "có 5 người đã qua đào tạo, đạt 62%"."""
    return written.amount.percent and all(each.base != PERCENT for each in named)


def meant(sentence: Sentence, memory: Memory) -> tuple[Whose, ...]:
    """Return whose a figure may be."""
    named = [each.whose for each in sentence.scopes if each.whose != ELSEWHERE]
    listed = tuple(dict.fromkeys(each for each in named if isinstance(each, str)))
    named += [Together(listed, listed=True)] if len(listed) > 1 else []
    every = [*named, *(code for each in named for code in codes_of(each)), memory.whose, memory.home, *memory.units]
    return tuple(dict.fromkeys(each for each in every if each))


def _spans(sentence: Sentence, written: WrittenAmount) -> list[Time]:
    """Return the spans that a sentence names, or the time from the first to the last year named before a figure."""
    left, right = sentence.clause(written.start)
    spans = [each for each in sentence.times if each.told is TimeKind.SPAN]
    if here := [each for each in spans if left <= each.start < right and not each.base]:
        return here
    before = [each for each in sentence.times if each.start < written.start and isinstance(each.known, int)]
    years = [each.known for each in before if isinstance(each.known, int)]
    if len(set(years)) < 2:
        return spans
    return [replace(before[-1], told=TimeKind.SPAN, period=None, span=(min(years), max(years)))]


def quoted_unit(units: UnitNames, text: str, at: int) -> str | None:
    """Return the unit named before the quotation that a place of a text lies in; None where it is nobody's."""
    opened = text.rfind("“", 0, at)
    if opened < 0 or opened < text.rfind("”", 0, at):
        return None
    named = units.found(flat(text[:opened]))
    return named[-1][2] if named else None
