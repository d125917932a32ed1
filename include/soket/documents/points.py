"""What a draft was returned for, held against the draft of the round after: what answers each point, what is open."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from soket.documents.change_words import narrowed, print_change
from soket.documents.checks.changed import Change, compare_texts
from soket.documents.checks.finding import CHECKS, DraftCheck, DraftFinding, FindingLevel
from soket.documents.checks.leftover import TAKEN_UP
from soket.narrative.sentences.prose import words
from soket.record.stage_details import AppraisalPoint
from soket.text import flat, fold, lower_first, nfc, upper_first

if TYPE_CHECKING:
    from soket.documents.official import OfficialDraft
    from soket.documents.printed import PrintedFigure
    from soket.documents.since import Between

_FEWEST_SHARED = 2  # words that a point of the appraiser's own and a change have in common
_SHORTEST = 3
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
    why: str = ""  # a figure is another now than the point asks for

    @property
    def told(self) -> str:
        """The answer, and why a figure is another than the point asks for."""
        return f"{self.answer} {self.why}".strip()

    @property
    def left(self) -> str:
        """What is left for the drafter to say."""
        if self.settled or self.waits:
            return ""
        if self.partly:
            return "Phần còn lại – lý do: …"
        return "Giữ nguyên – lý do: …" if self.point.look else "Chưa tiếp thu – lý do: …"


def point_text(found: DraftFinding) -> str:
    """Return a finding as what a draft is returned for."""
    return f"{CHECKS[found.check].label}: {found.reason} ({found.place})"


def points_of(findings: Sequence[DraftFinding]) -> tuple[AppraisalPoint, ...]:
    """Return what a dossier's findings ask to be mended, or looked at."""
    return tuple(
        AppraisalPoint(
            id=each.id,
            text=point_text(each),
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
    since: Between | None = None,
    decides: str = "",
) -> tuple[AnsweredPoint, ...]:
    """Return what became of points.

    A finding is settled when nothing like it is found any more; words of the appraiser's own about figures when all
    findings on figures are, others when a change says what they ask for. `since` says what reports moved meanwhile,
    `decides` is the office that is asked what becomes of figures in doubt.
    """
    follow = _Following(before, after, tuple(findings), since, decides)
    found = {each.id: follow.finding(each) for each in points if each.finding}
    on_figures = [found[each.id] for each in points if each.check in _FIGURES and not each.look]
    return tuple(found.get(each.id) or follow.said(each, on_figures) for each in points)


class _Following:
    """Follows points from one draft to the next."""

    def __init__(
        self,
        before: OfficialDraft,
        after: OfficialDraft,
        findings: Sequence[DraftFinding],
        since: Between | None,
        decides: str,
    ) -> None:
        self._before, self._after = before, after
        self._changes = compare_texts(before.paragraphs, after.paragraphs)
        self._findings = findings
        self._since, self._decides = since, decides

    def finding(self, point: AppraisalPoint) -> AnsweredPoint:
        """Return what became of what a check found."""
        alike = {(point.check, point.subject)} if point.subject else set()
        found = (each for each in self._findings if each.id == point.finding or (each.check, each.subject) in alike)
        still = next(found, None)
        done, now = self._done(point)
        if still is None:
            return AnsweredPoint(point, done or self._gone(point), settled=True, why=self._other(point, now))
        told = list(_mended(point, still))
        partly = bool(told)
        if told or still.noted:
            waits = still.check is DraftCheck.UNCONFIRMED and still.noted == still.places
            told.append(_left(still, self._decides))
            return AnsweredPoint(point, f"{upper_first('; '.join(told))}.", False, partly, waits)
        left = "Vẫn còn phải xem." if point.look else "Vẫn còn lệch."
        return AnsweredPoint(point, f"{done} {left}" if done else "", settled=False)

    def _done(self, point: AppraisalPoint) -> tuple[str, Sequence[str]]:
        """Return what was done about a finding, in print, "" for nothing; and the figures that are printed now."""
        if point.check == DraftCheck.TABLE:
            old, new = (_printed(each, point.subject) for each in (self._before, self._after))
            if old and not new:
                return f"Bỏ số {old.text} ({old.place}).", ()
            if old and new and old.text != new.text:
                return f"Sửa số ở {new.place}: {old.text} → {new.text}.", (new.text,)
            return "", ()
        for each in self._changes:
            narrow = narrowed(each, point.quote) if point.quote and point.quote in nfc(each.before or "") else None
            if narrow and narrow.before != narrow.after:  # else the words stand here, and something else was changed
                return print_change(each, point.quote), narrow.figures[1]
        return "", ()

    def _other(self, point: AppraisalPoint, now: Sequence[str]) -> str:
        """Return why a figure that was mended is another than what the point holds it against; "" where it is not."""
        asked = Change(None, point.text).figures[1]
        if self._since is None or point.check not in _FIGURES or not now or any(each in asked for each in now):
            return ""
        return f"Số mới khớp với báo cáo của vòng này; khác số nêu ở ý kiến vì vòng này {self._since.reports}."

    def _gone(self, point: AppraisalPoint) -> str:
        """Return why something is found no more though nothing of it was changed."""
        since = self._since.in_words if self._since else ""
        if point.check == DraftCheck.REPLACED:
            return f"Bản tổng hợp của vòng này đã có báo cáo ấy. {since}".strip()
        if point.check in _FIGURES:
            return f"Số giữ nguyên, nay khớp với báo cáo của các đơn vị. {since}".strip()
        if point.check == DraftCheck.NOTES:
            return "Đã bỏ."
        if point.check == DraftCheck.UNCONFIRMED:
            return "Số đã được xác nhận, hoặc dự thảo không còn ghi."
        return "Đã sửa." if point.quote else "Đã bổ sung."

    def said(self, point: AppraisalPoint, on_figures: Sequence[AnsweredPoint]) -> AnsweredPoint:
        """Return what became of words of the appraiser's own."""
        if on_figures and _ABOUT_FIGURES.search(flat(point.text)):
            taken = [each for each in on_figures if each.settled]
            answers = "; ".join(f"{each.point.id}: {each.answer.rstrip('.')}" for each in taken)
            others = [each for each in taken if each.why]
            why = f"{', '.join(each.point.id for each in others)}: {lower_first(others[0].why)}" if others else ""
            return AnsweredPoint(point, f"{answers}." if answers else "", len(taken) == len(on_figures), why=why)
        change = self._like(point)
        return AnsweredPoint(point, print_change(change) if change else "", settled=change is not None)

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


def _mended(point: AppraisalPoint, now: DraftFinding) -> Iterator[str]:
    """Yield at how many of its places something was done: they are gone, or say themselves now what is wrong."""
    gone, noted = point.places - now.places, now.noted - point.noted
    said = "không còn ghi số ấy ở {} chỗ nêu ở ý kiến" if now.check is DraftCheck.UNCONFIRMED else "đã bỏ {} chỗ"
    if point.places and gone > 0:
        yield said.format(f"{gone}/{point.places}")
    if point.places and noted > 0:
        yield f"đã ghi rõ thêm ở {noted} chỗ"


def _left(now: DraftFinding, decides: str) -> str:
    """Return where something is found still, and who is asked about it."""
    if not now.noted:
        return f"còn {now.places} chỗ"
    if now.noted < now.places:
        return f"còn {now.places} chỗ, {now.places - now.noted} chỗ chưa ghi rõ"
    return f"còn {now.places} chỗ đã ghi rõ là số chưa được xác nhận, chờ đơn vị xác nhận hoặc {decides} cho ý kiến"


def _printed(draft: OfficialDraft, subject: str) -> PrintedFigure | None:
    return next((each for each in draft.figures if each.subject == subject), None)


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
