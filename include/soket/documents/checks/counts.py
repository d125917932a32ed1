"""Counts of reports in a draft held against those of the working draft, which counted them: "(11/13 báo cáo)"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from soket.documents.checks.changed import Change
from soket.documents.checks.finding import DraftCheck, DraftFinding, FindingLevel
from soket.documents.checks.said import sentence_at
from soket.narrative.names.quotations import quotations
from soket.narrative.sentences.prose import words
from soket.text import flat, nfc

_WHO = r"(?:bao cao|don vi|dia phuong)"
_COUNT = re.compile(
    rf"(?P<count>\d+)\s*/\s*(?P<of>\d+) {_WHO}\b"
    rf"|(?P<all>\b(?:100 ?% (?:(?:so|cac) )?{_WHO}|(?:tat ca|toan bo) (?:cac )?{_WHO}|(?:moi|cac) {_WHO} deu))\b"
)
_BEFORE = 6  # words, by which a count is known again
_SAME = 3  # of them


class _Counted(NamedTuple):
    text: str
    reports: int | None  # None for all of them
    of: int | None
    after: tuple[str, ...]  # the words before it
    start: int


def counts_checked(changes: Sequence[Change], working: Sequence[str]) -> Iterator[DraftFinding]:
    """Yield the counts that people changed, and those of more reports than the working draft rests on."""
    every = [each for text in working for each in _counts(text)]
    for change in changes:
        if change.after is None:
            continue
        made, now = [*_counts(change.before or "")], [*_counts(change.after)]
        alone = made[0] if len(made) == len(now) == 1 else None
        for each in now:
            was = alone or _counterpart(each, made) or _counterpart(each, every, _BEFORE)
            if was is not None and not _same(was, each):
                reason = f"bản tổng hợp đếm được {was.text}, dự thảo ghi “{each.text}”"
            elif was is None and each.of is not None and (each.reports or 0) > each.of:
                reason = f"dự thảo ghi “{each.text}”: nhiều hơn số báo cáo"
            else:
                continue
            yield DraftFinding(
                DraftCheck.COUNT,
                FindingLevel.WRONG,
                reason,
                about=f"{' '.join(each.after)} {each.text}",
                quote=sentence_at(change.after, each.start),
                paragraph=change.number,
            )


def _counts(paragraph: str) -> Iterator[_Counted]:
    """Yield the counts of a paragraph's own words, not of its quotations."""
    text = nfc(paragraph)
    plain = flat(text)
    for start, end, _ in quotations(text):
        plain = plain[:start] + " " * (end - start) + plain[end:]
    for found in _COUNT.finditer(plain):
        count, of = (int(found[each]) if found[each] else None for each in ("count", "of"))
        before = tuple(words(plain[: found.start()])[-_BEFORE:])
        yield _Counted(text[found.start() : found.end()], count, of, before, found.start())


def _counterpart(count: _Counted, made: Sequence[_Counted], fewest: int = _SAME) -> _Counted | None:
    """Return the count of the same: that has the same words before it, at least so many."""
    same = [each for each in made if len(each.after) >= fewest and each.after[-fewest:] == count.after[-fewest:]]
    return max(same, key=lambda each: len({*each.after} & {*count.after}), default=None)


def _same(was: _Counted, now: _Counted) -> bool:
    """Whether two counts say the same: "13/13" is all."""
    if now.reports is None:
        return was.reports is None or was.reports == was.of
    return (was.reports, was.of) == (now.reports, now.of) or was.reports is None
