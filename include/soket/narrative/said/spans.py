"""Parts of a sentence that are each about one theme: it is cut only where it begins to speak of something else."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from soket.narrative.said.asked import of_causes
from soket.narrative.said.themes import ThemeReader
from soket.narrative.sentences.causes import OUTSIDE, OWN, is_cause
from soket.narrative.sentences.clauses import Clause, Opens, clauses, counted_from, pieces
from soket.narrative.sentences.pieces import label_of
from soket.narrative.sentences.sides import side_of
from soket.plan.themes import Theme
from soket.text import flat, nfc

_EARLY, _EARLY_PIECE = 10, 4  # words of a clause, of a cause in a row, in which it says what it is about
_THROUGH = re.compile(
    r"(?:do |vì )?(?:bị )?(?:(?:sự )?(?:ảnh hưởng|tác động|hậu quả)(?: \w+){0,2} (?:của|bởi|từ) )?(?:đại )?",
    re.IGNORECASE,
)
# With its marks: "chậm" is no "chăm", "mới" no "mọi".
_LACKS = re.compile(
    r"\b(?:chưa|thiếu|yếu|chậm|hạn chế|khó khăn|bất cập|vướng|xuống cấp|manh mún|hình thức|kéo dài|thấp|dang dở|dở dang"
    r"|mới (?:chỉ|có|đạt|dừng|hoàn thành|\w+ được)|chỉ (?:có|còn|đạt|đáp ứng)|không (?:đạt|còn|có))\b"
)


class ThemeSpan(NamedTuple):
    """A part of a sentence, where it stands in it; `cause` as clauses have it."""

    start: int
    end: int
    theme: Theme | None
    opens: Opens
    cause: str | None


def spans(
    sentence: str,
    reader: ThemeReader,
    *,
    failings: bool = False,
    cause: str | None = None,
    apart: Callable[[str], bool] = lambda _: False,
) -> list[ThemeSpan]:
    """Return the parts of a sentence, each with its theme.

    `failings`: it stands where failings and their causes are told of, so that a clause may list causes with commas,
    and what a sentence opposes to the clause before it is what it says; `cause` is what its heading says of them.
    `apart` tells clauses that go on with none whatever they are about.
    """
    told = clauses(sentence, cause if failings else None)
    if failings:
        told = [each._replace(opens=Opens.ON) if each.opens is Opens.CONTRAST else each for each in told]
    told = [each._replace(opens=Opens.APART) if apart(sentence[each.start : each.end]) else each for each in told]
    if len(told) == 1 and not (failings and is_cause(told[0].cause)):
        whole = _span(sentence, told[0], reader)
        return [whole._replace(theme=_placed(whole, sentence, reader))]
    by_clause = [
        [*_causes(sentence, each, reader)] if failings and is_cause(each.cause) else [each_span]
        for each, each_span in zip(told, _deeds(sentence, told, reader), strict=True)
    ]
    found: list[ThemeSpan] = []
    for parts in by_clause:
        for place, span in enumerate(parts):
            if found and (place or span.cause is None) and _goes_on(sentence, found[-1], span):
                found[-1] = found[-1]._replace(end=span.end, theme=found[-1].theme or span.theme)
            else:
                found.append(span)
    if len(found) == 1 and found[0].cause is None:
        found = [found[0]._replace(theme=reader.theme_of(sentence))]
    return [
        each._replace(start=counted_from(sentence, each.start, each.end), theme=_placed(each, sentence, reader))
        for each in found
    ]


def _deeds(sentence: str, told: Sequence[Clause], reader: ThemeReader) -> Iterator[ThemeSpan]:
    """Yield clauses with their themes: none where a later one only mentions it late, or goes on with a list."""
    (label, rest), whole = label_of(sentence), reader.theme_of(sentence)
    governed = reader.theme_of(label)
    lists = False
    for place, clause in enumerate(told):
        found = _span(sentence, clause, reader, whole)
        text = sentence[found.start : found.end]
        if found.opens is Opens.CONTRAST and text.lower().startswith("riêng") and not lacks(text):
            found = found._replace(opens=Opens.ON)
        if found.opens in (Opens.PLAINLY, Opens.ON) and (governed or lists):
            found = found._replace(theme=governed)
        elif place and reader.theme_of(" ".join(text.split()[:_EARLY]), rather=whole) is not found.theme:
            found = found._replace(theme=None)
        lists = lists or ": " in sentence[max(found.start, rest) : found.end]
        yield found


def _causes(sentence: str, clause: Clause, reader: ThemeReader) -> Iterator[ThemeSpan]:
    """Yield the causes of a clause with their themes: what an outside cause is, is no failing of those who report."""
    of_causes_alone = reader.as_told(clause.cause)
    for place, piece in enumerate(pieces(sentence, clause)):
        found = _span(sentence, piece, of_causes_alone)
        named = found.theme is not None
        found = found if named else _span(sentence, piece, reader)
        text = sentence[found.start : found.end]
        start = match.end() if (match := _THROUGH.match(text)) else 0
        beginning = " ".join(text[start:].split()[:_EARLY_PIECE])
        early = (of_causes_alone if named else reader).theme_of(beginning)
        sure = early is found.theme or (place == 0 and named)
        yield found if sure and (named or clause.cause != OUTSIDE) else found._replace(theme=None)


def lacks(text: str) -> bool:
    """Return whether a clause tells of something that is lacking."""
    return _LACKS.search(nfc(text).lower()) is not None


def _span(sentence: str, clause: Clause, reader: ThemeReader, rather: Theme | None = None) -> ThemeSpan:
    theme = reader.theme_of(sentence[clause.start : clause.end], rather=rather)
    return ThemeSpan(clause.start, clause.end, theme, clause.opens, clause.cause)


def _goes_on(sentence: str, last: ThemeSpan, span: ThemeSpan) -> bool:
    """Whether a part only goes on with the one before it."""
    if span.opens is Opens.ON:
        return True
    if span.opens is not Opens.PLAINLY or span.cause != last.cause:
        return False
    starts = last.theme is None and last.opens is Opens.PLAINLY and last.cause is None
    starts = starts and not lacks(sentence[last.start : last.end])  # what is lacking is said by itself
    return span.theme is None or span.theme is last.theme or starts


def _placed(span: ThemeSpan, sentence: str, reader: ThemeReader) -> Theme | None:
    """Return a theme of causes under the side that the sentence names, or that its words tell.

    What a report calls an outside cause is one, whatever the theme usually is. What it calls its own fault is no
    effect of something outside: that theme would say something else than the sentence.
    """
    theme = span.theme
    if theme is None or not of_causes(theme):
        return theme
    cause = span.cause if span.cause and is_cause(span.cause) else side_of(sentence[span.start : span.end])
    if not cause or cause in flat(theme.group or ""):
        return theme
    if cause == OWN and OUTSIDE in flat(theme.group or ""):
        return None
    return next((reader.in_group(theme, each) for each in reader.groups if cause in flat(each)), theme)
