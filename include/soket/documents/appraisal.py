"""The appraiser's papers: the appraisal sheet (phiếu thẩm định) and the letter that takes the report up."""

from __future__ import annotations

from datetime import datetime

from soket.documents.comparison import UNREAD_TABLES, Comparison, FigureCheck, Match, compare
from soket.documents.letterhead import ATTACHMENT, letterhead
from soket.documents.rendering import digest, figure, render
from soket.documents.sentences import names
from soket.plan.model import Campaign, Office, Plan, Stage, StageKind
from soket.plan.periods import label_of
from soket.record.decisions import Appraisal
from soket.text import format_date, format_moment

__all__ = ["compare", "render_appraisal", "render_transmittal"]

_SHOWN = 400  # letters of a changed paragraph that the sheet prints
_MOST_CHANGES = 150


def render_appraisal(
    comparison: Comparison,
    stage: Stage,
    *,
    round_number: int = 1,
    amended: tuple[str, ...] = (),
    since: str = "",
    made_at: datetime | None = None,
) -> bytes:
    """Return the appraisal sheet of a stage as a Word file; the opinion is left to the appraiser.

    The comparison is as of the draft's own reports. `amended` names units whose later report it does not rest on,
    `since` says what those would move, `made_at` is when the sheet is made.
    """
    summary = comparison.summary
    plan = summary.plan
    changes = comparison.changes or ()
    return render(
        "appraisal_sheet",
        {
            "head": letterhead(plan, stage.owner, ATTACHMENT, (made_at or summary.as_of).date()),
            "plan": plan,
            "drafter": _drafter(plan, stage),
            "receiver": plan.office(stage.receiver),
            "round": round_number,
            "as_of": format_moment(summary.as_of),
            "overall": summary.overall,
            "figure_count": len(comparison.figures),
            "counts": "; ".join(
                f"{match.value.lower()}: {comparison.count(match)}" for match in Match if match is not Match.UNREAD
            ),
            "unread": UNREAD_TABLES if comparison.unread else "",
            "figures": [_figure_fields(check) for check in comparison.figures],
            "open_figures": [_figure_fields(check) for check in comparison.figures if check.match is not Match.EQUAL],
            "outline_gaps": [f"{section.number}. {section.title}" for section in comparison.outline_gaps],
            "missing": names(comparison.missing),
            "missing_count": len(comparison.missing),
            "amended": "; ".join(amended),
            "since": since,
            "unconfirmed": comparison.unconfirmed or "",
            "compared": comparison.changes is not None,
            "change_count": comparison.change_count,
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


def _figure_fields(check: FigureCheck) -> dict[str, str]:
    return {
        "code": check.indicator.code,
        "name": f"{check.indicator.name} ({check.indicator.unit_of_measure})",
        "year": str(label_of(check.year)),
        "printed": check.printed.text if check.printed else "",
        "place": check.printed.place if check.printed else "",
        "computed": figure(check.computed),
        "basis": f"{check.given}/{check.owing}",
        "result": check.result,
    }


def render_transmittal(plan: Plan, campaign: Campaign, stage: Stage, appraisal: Appraisal) -> bytes:
    """Return the letter with which the appraised report goes up, after its approval."""
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
        },
    )


def _drafter(plan: Plan, appraisal: Stage) -> Office:
    """Return the office that wrote what is appraised."""
    draft = plan.draft_of(appraisal)
    return plan.office(draft.owner if draft else appraisal.owner)
