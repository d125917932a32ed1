"""What a draft was returned for, held against the draft of the round after: what answers each point, what is open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from soket.documents.checks.changed import Change, compare_texts
from soket.documents.checks.finding import CHECKS, DraftFinding, FindingLevel
from soket.narrative.prose import quoted, words
from soket.record.records import AppraisalPoint
from soket.text import fold

_SHOWN = 240
_FEWEST_SHARED = 2  # words that a point of the appraiser's own and a change have in common
_SHORTEST = 3
_SAY_NOTHING = frozenset(
    fold(
        "bổ sung sửa chưa còn nêu làm lại đề nghị cần phải các của với theo trong được không báo cáo dự thảo nội dung "
        "phần mục đơn vị hoàn thiện chỉnh xem xét rõ thêm này và cho tại số liệu năm"
    ).split()
)


@dataclass(frozen=True)
class AnsweredPoint:
    """A point and the change that answers it; None where the draft has not taken it up."""

    point: AppraisalPoint
    change: Change | None
    settled: bool

    @property
    def answer(self) -> str:
        """What was changed, in print."""
        if not self.settled:
            return ""
        if self.change is None:
            return "Đã sửa."
        before, after = (quoted(each or "", _SHOWN) for each in (self.change.before, self.change.after))
        if not before:
            return f"Thêm: {after}"
        return f"Bỏ: {before}" if not after else f"{self.change.kind}: {before} → {after}"


def points_of(findings: Sequence[DraftFinding]) -> tuple[AppraisalPoint, ...]:
    """Return what a dossier's findings ask to be mended."""
    return tuple(
        AppraisalPoint(id=each.id, text=f"{CHECKS[each.check].label}: {each.reason}", finding=each.id, quote=each.quote)
        for each in findings
        if each.level is FindingLevel.WRONG
    )


def points_said(reason: str, round_number: int) -> tuple[AppraisalPoint, ...]:
    """Return what an appraiser asks for in words, a line each."""
    lines = [line.strip(" -+•*\t") for line in reason.splitlines()]
    return tuple(
        AppraisalPoint(id=f"Y{round_number}.{number}", text=line) for number, line in enumerate(filter(None, lines), 1)
    )


def answered(
    points: Sequence[AppraisalPoint],
    *,
    before: Sequence[str],
    after: Sequence[str],
    findings: Sequence[DraftFinding],
) -> tuple[AnsweredPoint, ...]:
    """Return what became of points: a finding is settled when found no more, a request when a change is like it."""
    changes = compare_texts(tuple(before), tuple(after))
    still = {each.id for each in findings}
    return tuple(
        AnsweredPoint(
            point,
            change := _change_of(point, changes),
            settled=point.finding not in still if point.finding else change is not None,
        )
        for point in points
    )


def _change_of(point: AppraisalPoint, changes: Sequence[Change]) -> Change | None:
    """Return the change that is most like a point: of the passage it quotes, or of the words it says."""
    if point.quote:
        return next((each for each in changes if each.before and point.quote in each.before), None)
    wanted = _content(point.text)
    if not wanted:
        return None
    scored = [(len(wanted & _content(f"{each.before or ''} {each.after or ''}")), each) for each in changes]
    shared, best = max(scored, key=lambda each: each[0], default=(0, None))
    return best if shared >= max(_FEWEST_SHARED, len(wanted) / 2) else None


def _content(text: str) -> frozenset[str]:
    found = frozenset(each for each in words(fold(text)) if len(each) >= _SHORTEST and each.isalpha())
    return found - _SAY_NOTHING
