"""The appraiser's papers: the appraisal (báo cáo thẩm định), what became of its points, the letter that goes up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from soket.documents.checks.changed import CHANGE_SORTS, Change
from soket.documents.checks.finding import CHECKS, DraftFinding, FindingLevel
from soket.documents.checks.ordered import DraftOutline
from soket.documents.comparison import UNREAD_TABLES
from soket.documents.dossier import Dossier, bookmark
from soket.documents.figure_checks import FigureCheck, Match
from soket.documents.letterhead import ATTACHMENT, letterhead
from soket.documents.provenance import told, told_figure
from soket.documents.rendering import FileLink, figure, render
from soket.narrative.sentences.prose import whole
from soket.plan.model import Campaign, Office, Plan, Stage, StageKind
from soket.plan.papers import issuer_of
from soket.plan.periods import label_of
from soket.record.decisions import Appraisal
from soket.record.stale import say_later
from soket.text import format_date, format_moment, upper_first

_SHOWN = 400  # letters of a changed paragraph that the annex prints, or one sentence
_MOST_CHANGES = 150
# So many stand in the body, that it be of two or three pages.
_MOST_WRONG, _MOST_LOOK = 16, 10


def render_appraisal(
    dossier: Dossier, *, made_at: datetime, linked: str = "", decision: Appraisal | None = None
) -> bytes:
    """Return the appraisal of a draft as a Word file: what differs, the rest in its annex.

    The opinion is left open until there is a `decision`. `linked` is the file beside it, the draft with each finding
    marked, that findings link to.
    """
    comparison, stage = dossier.comparison, dossier.stage
    summary, plan = comparison.summary, comparison.summary.plan
    changes = comparison.changes or ()
    wrong, look = comparison.to_mend, comparison.of_level(FindingLevel.LOOK)
    told = (*wrong[_MOST_WRONG:], *look[_MOST_LOOK:], *comparison.of_level(FindingLevel.TELL))
    outline = DraftOutline(plan, comparison.paragraphs)
    differing = [check for check in comparison.figures if check.match not in (Match.EQUAL, Match.NOT_FOUND)]
    return render(
        "appraisal_report",
        {
            "head": letterhead(plan, stage.owner, "BC", made_at.date()),
            "plan": plan,
            "drafter": _drafter(plan, stage),
            "receiver": plan.office(stage.receiver),
            "round": dossier.round,
            "as_of": format_moment(summary.as_of),
            "overall": summary.overall,
            "figure_count": len(comparison.figures),
            "counts": "; ".join(
                f"{match.value.lower()}: {count}"
                for match in Match
                if match is not Match.UNREAD and (count := comparison.count(match))
            )
            or "không có",
            "said_wrong": comparison.said_wrong,
            "verdict": comparison.verdict,
            "unread": UNREAD_TABLES if comparison.unread else "",
            "wrong": [_finding_fields(each, linked) for each in wrong[:_MOST_WRONG]],
            "wrong_more": len(wrong[_MOST_WRONG:]),
            "look": [_finding_fields(each, linked) for each in look[:_MOST_LOOK]],
            "look_more": len(look[_MOST_LOOK:]),
            "told": [_finding_fields(each, linked) for each in told],
            "linked": linked,
            "figures": [_figure_fields(check) for check in differing],
            "equal_count": comparison.count(Match.EQUAL),
            "points": dossier.points,
            "points_taken": dossier.taken_up,
            "points_open": dossier.not_done,
            "lacking": f"{upper_first(comparison.units_in_words(dossier.amended, summary.overall.owing))}."
            if comparison.missing
            else "",
            "amended": " ".join(say_later(dossier.amended)),
            "since": dossier.since if dossier.amended else "",
            "unconfirmed": [*filter(None, (comparison.unconfirmed, comparison.unlike_signed))],
            "compared": comparison.changes is not None,
            "change_count": comparison.change_count,
            "change_words": _changes_in_words(changes),
            "changes_left_out": max(0, comparison.change_count - _MOST_CHANGES),
            "changes": [
                {
                    "kind": _kind_and_place(change, outline),
                    "before": whole(change.before or "", _SHOWN),
                    "after": whole(change.after or "", _SHOWN),
                }
                for change in changes[:_MOST_CHANGES]
            ],
            "agrees": decision is not None and decision.outcome == "approved",
            "returns": decision is not None and decision.outcome == "returned",
            "opinion": _ended(decision.reason) if decision else "",
        },
    )


def render_answers(dossier: Dossier, *, made_at: datetime) -> bytes:
    """Return the table of what became of each point of the round before, as a Word file that the drafter completes."""
    stage = dossier.stage
    plan = dossier.comparison.summary.plan
    rows = [
        {"id": each.point.id, "text": each.point.text, "answer": each.told, "open": each.left}
        for each in dossier.points
    ]
    return render(
        "appraisal_answers",
        {
            "head": letterhead(plan, _drafter(plan, stage).code, ATTACHMENT, made_at.date()),
            "plan": plan,
            "drafter": _drafter(plan, stage),
            "appraiser": plan.office(stage.owner),
            "round": dossier.round,
            "before": dossier.earlier,
            "points": rows,
        },
    )


def _finding_fields(found: DraftFinding, linked: str) -> dict[str, object]:
    quote = f" “{whole(found.quote)}”" if found.quote else ""
    there = found.cell or found.paragraph
    return {
        "id": FileLink(found.id, linked, bookmark(found)) if linked and there else found.id,
        "check": CHECKS[found.check].label,
        "reason": told(found.reason + quote, *found.rests_on),
        "place": upper_first(found.place),
    }


def _ended(opinion: str) -> str:
    return f"{opinion.rstrip('. ')}." if opinion else ""


def _kind_and_place(change: Change, outline: DraftOutline) -> str:
    return change.kind if change.after is None else f"{change.kind} ({outline.place(change.number - 1)})"


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
    dossier: Dossier,
    campaign: Campaign,
    appraisal: Appraisal,
    *,
    asked: Sequence[str] | None = None,
    enclosed: Sequence[str] = ("dự thảo Báo cáo",),
) -> bytes:
    """Return the letter with which the appraised report goes up: what came of it, what to decide, what is enclosed.

    What to decide is the dossier's unless something else is `asked`.
    """
    stage = dossier.stage
    plan = dossier.comparison.summary.plan
    receiver, day = plan.office(stage.receiver), appraisal.decided_at.date()
    return render(
        "transmittal",
        {
            "head": letterhead(plan, stage.owner, "TTr", day),
            "plan": plan,
            "campaign": campaign,
            "receiver": receiver,
            "issuer": letterhead(plan, issuer_of(plan, plan.draft_of(stage)), "BC", day).issuer,
            "drafter": _drafter(plan, stage),
            "copies": [plan.office(code).name for code in stage.copies],
            "appraiser": plan.office(stage.owner),
            "meets": any(each.kind is StageKind.CONFER for each in plan.downstream(stage)),
            "round": appraisal.round,
            "appraised_on": format_date(day),
            "result": dossier.result,
            "opinion": _ended(appraisal.reason),
            "asked": dossier.to_decide if asked is None else asked,
            "enclosures": ", ".join(enclosed),
        },
    )


def _drafter(plan: Plan, appraisal: Stage) -> Office:
    """Return the office that wrote what is appraised."""
    draft = plan.draft_of(appraisal)
    return plan.office(draft.owner if draft else appraisal.owner)
