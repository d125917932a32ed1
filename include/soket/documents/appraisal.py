"""The appraiser's papers: the appraisal (báo cáo thẩm định), what became of its points, the letter that goes up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from soket.documents.checks.changed import CHANGE_SORTS, Change
from soket.documents.checks.finding import CHECKS, DraftFinding, FindingLevel
from soket.documents.comparison import UNREAD_TABLES, Comparison, FigureCheck, Match, compare
from soket.documents.letterhead import ATTACHMENT, letterhead
from soket.documents.points import AnsweredPoint
from soket.documents.provenance import told, told_figure
from soket.documents.rendering import digest, figure, render
from soket.documents.sentences import names
from soket.narrative.prose import quoted
from soket.plan.model import Campaign, Office, Plan, Stage, StageKind
from soket.plan.periods import label_of
from soket.record.decisions import Appraisal
from soket.text import format_date, format_moment, upper_first

__all__ = ["compare", "render_answers", "render_appraisal", "render_transmittal"]

_SHOWN = 400  # letters of a changed paragraph that the annex prints
_MOST_CHANGES = 150
_QUOTED = 80  # letters of a sentence that a finding is about
# So many stand in the body, that it be of two or three pages.
_MOST_WRONG, _MOST_LOOK = 16, 10


def render_appraisal(
    comparison: Comparison,
    stage: Stage,
    *,
    round_number: int = 1,
    amended: tuple[str, ...] = (),
    since: str = "",
    made_at: datetime | None = None,
    points: Sequence[AnsweredPoint] = (),
) -> bytes:
    """Return the appraisal of a draft as a Word file: what differs, the rest in its annex; the opinion is left open.

    The comparison is as of the draft's own reports. `amended` names units whose later report it does not rest on,
    `since` says what those would move, `made_at` is when the paper is made, `points` are those of the round before.
    """
    summary = comparison.summary
    plan = summary.plan
    changes = comparison.changes or ()
    wrong, look = comparison.of_level(FindingLevel.WRONG), comparison.of_level(FindingLevel.LOOK)
    told = (*wrong[_MOST_WRONG:], *look[_MOST_LOOK:], *comparison.of_level(FindingLevel.TELL))
    return render(
        "appraisal_report",
        {
            "head": letterhead(plan, stage.owner, "BC", (made_at or summary.as_of).date()),
            "plan": plan,
            "drafter": _drafter(plan, stage),
            "receiver": plan.office(stage.receiver),
            "round": round_number,
            "as_of": format_moment(summary.as_of),
            "overall": summary.overall,
            "figure_count": len(comparison.figures),
            "counts": "; ".join(
                f"{match.value.lower()}: {count}"
                for match in Match
                if match is not Match.UNREAD and (count := comparison.count(match))
            )
            or "không có",
            "verdict": comparison.verdict,
            "unread": UNREAD_TABLES if comparison.unread else "",
            "wrong": [_finding_fields(each) for each in wrong[:_MOST_WRONG]],
            "wrong_more": len(wrong[_MOST_WRONG:]),
            "look": [_finding_fields(each) for each in look[:_MOST_LOOK]],
            "look_more": len(look[_MOST_LOOK:]),
            "told": [_finding_fields(each) for each in told],
            "figures": [_figure_fields(check) for check in comparison.figures if check.match is not Match.NOT_FOUND],
            "points": points,
            "points_taken": sum(each.settled for each in points),
            "points_open": "; ".join(each.point.id for each in points if not each.settled),
            "missing": names(comparison.missing),
            "missing_count": len(comparison.missing),
            "amended": "; ".join(amended),
            "since": since,
            "unconfirmed": comparison.unconfirmed or "",
            "compared": comparison.changes is not None,
            "change_count": comparison.change_count,
            "change_words": _changes_in_words(changes),
            "changes_left_out": max(0, comparison.change_count - _MOST_CHANGES),
            "changes": [
                {
                    "kind": change.kind,
                    "before": digest(change.before or "", _SHOWN),
                    "after": digest(change.after or "", _SHOWN),
                }
                for change in changes[:_MOST_CHANGES]
            ],
        },
    )


def render_answers(
    plan: Plan, stage: Stage, points: Sequence[AnsweredPoint], *, before: int, round_number: int, made_at: datetime
) -> bytes:
    """Return the table of what became of each point of the round before, as a Word file that the drafter completes."""
    rows = [
        {
            "id": each.point.id,
            "text": each.point.text,
            "answer": each.answer,
            "open": "" if each.settled else "Chưa tiếp thu – lý do: …",
        }
        for each in points
    ]
    return render(
        "appraisal_answers",
        {
            "head": letterhead(plan, _drafter(plan, stage).code, ATTACHMENT, made_at.date()),
            "plan": plan,
            "drafter": _drafter(plan, stage),
            "appraiser": plan.office(stage.owner),
            "round": round_number,
            "before": before,
            "points": rows,
        },
    )


def _finding_fields(found: DraftFinding) -> dict[str, str]:
    quote = f" «{quoted(found.quote, _QUOTED)}»" if found.quote else ""
    return {
        "id": found.id,
        "check": CHECKS[found.check].label,
        "reason": told(found.reason + quote, *found.rests_on),
        "place": upper_first(found.place),
    }


def _changes_in_words(changes: Sequence[Change]) -> str:
    counts = [(word, sum(each.sort is sort for each in changes)) for sort, word in CHANGE_SORTS.items()]
    return ", ".join(f"{word.phrase} {count} đoạn" for word, count in counts if count)


def _figure_fields(check: FigureCheck) -> dict[str, str]:
    return {
        "code": check.indicator.code,
        "name": f"{check.indicator.name} ({check.indicator.unit_of_measure})",
        "year": str(label_of(check.year)),
        "printed": check.printed.text if check.printed else "",
        "place": check.printed.place if check.printed else "",
        "computed": told_figure(figure(check.computed), check.indicator.code, check.year),
        "basis": f"{check.given}/{check.owing}",
        "result": check.result,
    }


def render_transmittal(
    plan: Plan,
    campaign: Campaign,
    stage: Stage,
    appraisal: Appraisal,
    *,
    enclosed: Sequence[str] = ("dự thảo Báo cáo",),
) -> bytes:
    """Return the letter with which the appraised report goes up, after its approval, naming what goes with it."""
    return render(
        "transmittal",
        {
            "head": letterhead(plan, stage.owner, "TTr", appraisal.decided_at.date()),
            "plan": plan,
            "campaign": campaign,
            "receiver": plan.office(stage.receiver),
            "drafter": _drafter(plan, stage),
            "copies": [plan.office(code).name for code in stage.copies],
            "appraiser": plan.office(stage.owner),
            "meets": any(each.kind is StageKind.CONFER for each in plan.downstream(stage)),
            "round": appraisal.round,
            "appraised_on": format_date(appraisal.decided_at.date()),
            "opinion": appraisal.reason,
            "enclosures": ", ".join(enclosed),
        },
    )


def _drafter(plan: Plan, appraisal: Stage) -> Office:
    """Return the office that wrote what is appraised."""
    draft = plan.draft_of(appraisal)
    return plan.office(draft.owner if draft else appraisal.owner)
