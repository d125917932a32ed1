"""What a draft was returned for, held against the draft of the round after: what answers each point, what is open."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from soket.documents.checks.changed import CHANGE_SORTS, Change, ChangeSort, compare_texts
from soket.documents.checks.finding import CHECKS, DraftCheck, DraftFinding, FindingLevel
from soket.documents.checks.leftover import TAKEN_UP
from soket.narrative.prose import sentences, whole, words
from soket.record.stage_details import AppraisalPoint
from soket.text import flat, fold, nfc, upper_first

if TYPE_CHECKING:
    from soket.documents.official import OfficialDraft
    from soket.documents.printed import PrintedFigure

_SHORT = 240  # letters of two sentences that are told beside each other
_FEWEST_SHARED = 2  # words that a point of the appraiser's own and a change have in common
_SHORTEST = 3
_DIGITS = re.compile(r"[\d.,]+")
_REWRITTEN = 85.0  # of 100: below, more than figures was changed
_FEWEST_WORDS = 4  # of a part of a line that is a point by itself
_SAY_NOTHING = frozenset(
    fold(
        "bổ sung sửa chưa còn nêu làm lại đề nghị cần phải các của với theo trong được không báo cáo dự thảo nội dung "
        "phần mục đơn vị hoàn thiện chỉnh xem xét rõ thêm này và cho tại số liệu năm"
    ).split()
)
_ABOUT_FIGURES = re.compile(r"\bso lieu\b|\b(?:con|cac|mot so) so\b|\bbieu\b|\bsai so\b|\blech\b")
_FIGURES = frozenset({DraftCheck.TABLE, DraftCheck.PROSE, DraftCheck.ITSELF})


@dataclass(frozen=True)
class AnsweredPoint:
    """A point, what of the draft answers it, and whether that settles it."""

    point: AppraisalPoint
    answer: str
    settled: bool
    partly: bool = False  # something was done, at some of its places
    waits: bool = False  # for a decision: the drafter did what a drafter can

    @property
    def left(self) -> str:
        """What is left for the drafter to say."""
        if self.settled or self.waits:
            return ""
        if self.partly:
            return "Phần còn lại – lý do: …"
        return "Giữ nguyên – lý do: …" if self.point.look else "Chưa tiếp thu – lý do: …"


def points_of(findings: Sequence[DraftFinding]) -> tuple[AppraisalPoint, ...]:
    """Return what a dossier's findings ask to be mended, or looked at."""
    return tuple(
        AppraisalPoint(
            id=each.id,
            text=f"{CHECKS[each.check].label}: {each.reason} ({each.place})",
            finding=each.id,
            quote=each.quote,
            check=each.check,
            subject=each.subject,
            look=each.level is FindingLevel.LOOK and each.check is not DraftCheck.REPLACED,
            places=each.places,
            noted=each.noted,
        )
        for each in findings
        if each.level is not FindingLevel.TELL
    )


def points_said(reason: str, round_number: int) -> tuple[AppraisalPoint, ...]:
    """Return what an appraiser asks for in words: a line each, or a part of a line between semicolons."""
    lines = [line.strip(" -+•*\t") for line in reason.splitlines()]
    return tuple(
        AppraisalPoint(id=f"Y{round_number}.{number}", text=upper_first(text))
        for number, text in enumerate((part for line in lines for part in _parts(line)), 1)
    )


def _parts(line: str) -> Iterator[str]:
    parts = [part.strip() for part in line.split(";")]
    if all(len(part.split()) >= _FEWEST_WORDS for part in parts):
        yield from parts
    elif line:
        yield line


def answered(
    points: Sequence[AppraisalPoint],
    *,
    before: OfficialDraft,
    after: OfficialDraft,
    findings: Sequence[DraftFinding],
    since: str = "",
) -> tuple[AnsweredPoint, ...]:
    """Return what became of points.

    A finding is settled when nothing like it is found any more; words of the appraiser's own about figures when all
    findings on figures are, others when a change says what they ask for. `since` says what reports moved meanwhile.
    """
    follow = _Following(before, after, tuple(findings), since)
    found = {each.id: follow.finding(each) for each in points if each.finding}
    on_figures = [found[each.id] for each in points if each.check in _FIGURES and not each.look]
    return tuple(found.get(each.id) or follow.said(each, on_figures) for each in points)


class _Following:
    """Follows points from one draft to the next."""

    def __init__(
        self, before: OfficialDraft, after: OfficialDraft, findings: Sequence[DraftFinding], since: str
    ) -> None:
        self._before, self._after = before, after
        self._changes = compare_texts(before.paragraphs, after.paragraphs)
        self._findings = findings
        self._since = since

    def finding(self, point: AppraisalPoint) -> AnsweredPoint:
        """Return what became of what a check found."""
        alike = {(point.check, point.subject)} if point.subject else set()
        found = (each for each in self._findings if each.id == point.finding or (each.check, each.subject) in alike)
        still = next(found, None)
        done = self._done(point)
        if still is None:
            return AnsweredPoint(point, done or self._gone(point), settled=True)
        mended = _mended(point, still)
        left = "Vẫn còn phải xem." if point.look else "Vẫn còn lệch."
        told = [f"đã sửa {mended}/{point.places} chỗ"] if mended else []
        told += [_left(still)] if mended or still.noted else []
        if told:
            waits = still.check is DraftCheck.UNCONFIRMED and still.noted == still.places
            return AnsweredPoint(point, f"{upper_first('; '.join(told))}.", False, mended > 0, waits)
        return AnsweredPoint(point, f"{done} {left}" if done else "", settled=False)

    def _done(self, point: AppraisalPoint) -> str:
        """Return what was done about a finding, in print; "" for nothing."""
        if point.check == DraftCheck.TABLE:
            old, new = (_printed(each, point.subject) for each in (self._before, self._after))
            if old and not new:
                return f"Bỏ số {old.text} ({old.place})."
            return f"Sửa số ở {new.place}: {old.text} → {new.text}." if old and new and old.text != new.text else ""
        if not point.quote:
            return ""
        change = next((each for each in self._changes if each.before and point.quote in nfc(each.before)), None)
        return _told(change, point.quote) if change else ""

    def _gone(self, point: AppraisalPoint) -> str:
        """Return why something is found no more though nothing of it was changed."""
        if point.check == DraftCheck.REPLACED:
            return f"Bản tổng hợp của vòng này đã có báo cáo ấy. {self._since}".strip()
        if point.check in _FIGURES:
            return f"Số giữ nguyên, nay khớp với báo cáo của các đơn vị. {self._since}".strip()
        if point.check == DraftCheck.NOTES:
            return "Đã bỏ."
        if point.check == DraftCheck.UNCONFIRMED:
            return "Số đã được xác nhận, hoặc dự thảo không còn ghi."
        return "Đã sửa." if point.quote else "Đã bổ sung."

    def said(self, point: AppraisalPoint, on_figures: Sequence[AnsweredPoint]) -> AnsweredPoint:
        """Return what became of words of the appraiser's own."""
        if on_figures and _ABOUT_FIGURES.search(flat(point.text)):
            answers = "; ".join(f"{each.point.id}: {each.answer.rstrip('.')}" for each in on_figures if each.settled)
            return AnsweredPoint(
                point, f"{answers}." if answers else "", settled=all(each.settled for each in on_figures)
            )
        change = self._like(point)
        return AnsweredPoint(point, _told(change) if change else "", settled=change is not None)

    def _like(self, point: AppraisalPoint) -> Change | None:
        """Return the change that is most like a point and brings, or takes away, some of its words."""
        wanted = _content(point.text)
        scored = [
            (len(wanted & _content(f"{each.before or ''} {each.after or ''}")), each)
            for each in self._changes
            if len(wanted & _brought(each)) >= _FEWEST_SHARED
        ]
        shared, best = max(scored, key=lambda each: each[0], default=(0, None))
        return best if wanted and shared >= len(wanted) / 2 else None


def _mended(point: AppraisalPoint, now: DraftFinding) -> int:
    """Return at how many of its places something was done: they are gone, or say themselves now what is wrong."""
    if not point.places:
        return 0
    return max(0, point.places - now.places) + max(0, now.noted - point.noted)


def _left(now: DraftFinding) -> str:
    """Return where something is found still."""
    if not now.noted:
        return f"còn {now.places} chỗ"
    if now.noted < now.places:
        return f"còn {now.places} chỗ, {now.places - now.noted} chỗ chưa ghi rõ"
    return f"còn {now.places} chỗ đã ghi rõ là số chưa được xác nhận, chờ cho ý kiến"


def _printed(draft: OfficialDraft, subject: str) -> PrintedFigure | None:
    return next((each for each in draft.figures if each.subject == subject), None)


def _told(change: Change, quote: str = "") -> str:
    """Return a change in print: the sentence of it that was quoted, or those that differ, and what became of them."""
    before, after = nfc(change.before or ""), nfc(change.after or "")
    if quote and after:
        before, after = quote, _most_like(quote, sentences(after))
    elif before and after:
        old, new = list(sentences(before)), list(sentences(after))
        before = " ".join(each for each in old if each not in new)
        after = " ".join(each for each in new if each not in old)
    sort = Change(before or None, after or None).sort
    if sort is ChangeSort.FIGURE and not _alike(before, after):  # other words, which happen to have a figure
        sort = ChangeSort.WORDING
    label = CHANGE_SORTS[sort].label
    was, now = Change(before, after).figures if sort is ChangeSort.FIGURE else ((), ())
    if was and now and len(before) + len(after) > _SHORT:  # a long sentence is not told twice for a figure
        return f"{label}: {'; '.join(was)} → {'; '.join(now)}, trong câu: {whole(after)}"
    shown = [whole(each) for each in (before, after) if each]
    return f"{label}: {' → '.join(shown)}"


def _most_like(sentence: str, among: Iterable[str]) -> str:
    from rapidfuzz import fuzz

    return max(among, key=lambda each: fuzz.ratio(sentence, each), default="")


def _alike(one: str, other: str) -> bool:
    from rapidfuzz import fuzz

    return fuzz.ratio(*(_DIGITS.sub("", each) for each in (one, other))) >= _REWRITTEN


def _brought(change: Change) -> frozenset[str]:
    """Return the words that a change brings; none of one that only says that points were taken up."""
    old, new = (_content(each or "") for each in (change.before, change.after))
    if change.after is None:
        return old
    if TAKEN_UP.search(flat(change.after)):
        return frozenset()
    return new - old


def _content(text: str) -> frozenset[str]:
    found = frozenset(each for each in words(fold(text)) if len(each) >= _SHORTEST and each.isalpha())
    return found - _SAY_NOTHING
