"""The points that a draft was returned with: those of the round before held against the draft at hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from soket.plan.model import Stage, StageKind
from soket.reading.kinds import extension_of
from soket.record.decisions import Appraisal
from soket.record.records import StageRecord
from soket.record.register import Register
from soket.record.stage_details import AppraisalOutcome, AppraisalPoint, PointsRaised
from soket.record.workspace import Workspace

if TYPE_CHECKING:
    from soket.documents.comparison import Comparison
    from soket.documents.dossier import Dossier
    from soket.documents.official import OfficialDraft
    from soket.documents.points import AnsweredPoint
    from soket.documents.since import Between


@dataclass(frozen=True)
class EarlierRound:
    """The last round in which a draft was returned, and with what."""

    number: int
    points: tuple[AppraisalPoint, ...]


def read_product(workspace: Workspace, record: StageRecord) -> OfficialDraft:
    """Return what the first product of a stage's record says."""
    from soket.documents.official import read_official

    key = record.products[0]
    return read_official(workspace.plan, workspace.store.get(key), extension_of(key))


def earlier_round(workspace: Workspace, register: Register, drafting: Stage, round_number: int) -> EarlierRound | None:
    """Return the last round before one in which an appraisal returned a draft with points; None where there is none."""
    plan = workspace.plan
    appraisals = [each for each in plan.stages if each.kind is StageKind.APPRAISE and plan.draft_of(each) == drafting]
    for number in range(round_number - 1, 0, -1):
        points: list[AppraisalPoint] = []
        for stage in appraisals:
            done = register.of(stage).record("done", number)
            if done is not None and isinstance(done.details, AppraisalOutcome):
                points += done.details.points
        if points:
            return EarlierRound(number, tuple(points))
    return None


def answered_points(
    workspace: Workspace,
    register: Register,
    stage: Stage,
    earlier: EarlierRound | None,
    official: OfficialDraft,
    comparison: Comparison,
    since: Between | None,
) -> tuple[AnsweredPoint, ...]:
    """Return what became of the points of an earlier round in the official draft of this one, for an appraisal of it.

    `since` says what reports came between the two, and what they moved.
    """
    from soket.documents.points import answered

    drafting = workspace.plan.draft_of(stage)
    before = register.of(drafting).record("official", earlier.number) if earlier and drafting else None
    if earlier is None or before is None:
        return ()
    return answered(
        earlier.points,
        before=read_product(workspace, before),
        after=official,
        findings=comparison.findings,
        since=since,
        decides=workspace.plan.office(stage.receiver).name,
    )


def raised(dossier: Dossier) -> PointsRaised:
    """Return what a dossier keeps: what is to be settled, and what is open until somebody says why it may stay."""
    from soket.documents.points import points_of

    return PointsRaised(
        raised=points_of(dossier.comparison.findings),
        unanswered=tuple(_named(each.point.id, each.point.text) for each in dossier.unanswered),
        wrong=tuple(_named(each.id, each.reason) for each in dossier.wrong),
    )


def _named(mark: str, text: str) -> str:
    return f"{mark} ({text})"


def open_points(register: Register, stage: Stage) -> tuple[str, ...]:
    """Return what is open in the draft at hand: points of the round before that nothing answers, what is wrong now."""
    dossier = register.of(stage).latest("dossier")
    details = dossier.details if dossier else None
    return (*details.unanswered, *details.wrong) if isinstance(details, PointsRaised) else ()


def returned_with(dossier: Dossier, appraisal: Appraisal) -> tuple[AppraisalPoint, ...]:
    """Return the points that an appraisal returns a draft with: the appraiser's own, and what the dossier found."""
    from soket.documents.points import points_of, points_said

    return (*points_said(appraisal.reason, appraisal.round), *points_of(dossier.comparison.findings))
