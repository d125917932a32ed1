"""What reviews make of a verdict: how the submission is judged in the end, and what of it the unit is told."""

from __future__ import annotations

from collections.abc import Sequence

from soket.faults import Fault, fault
from soket.plan.model import Severity
from soket.record.decisions import Review
from soket.record.records import Verdict, ruling_of
from soket.store.keys import Keys


def is_settled(each: Fault) -> bool:
    """Whether an acceptance settles it: what is grave, and what is odd."""
    return each.is_odd or each.severity in (Severity.REFER, Severity.CRITICAL)


def outcome_of(keys: Keys, verdict: Verdict, reviews: Sequence[Review]) -> Verdict:
    """Return a verdict as the last of its submission's reviews left it.

    The person's reason stands first among the faults: as what is to be mended, or for the record. What was left to a
    person, and the figures that a rule found odd, are settled by an acceptance; so is what it was returned for, where
    an official takes it in spite of that.
    """
    review = reviews[-1]
    returned = review.outcome == "returned"
    judged = (
        each
        if returned or not is_settled(each)
        else each.model_copy(update={"severity": Severity.INFO, "advice": None})
        for each in verdict.faults
    )
    paper = f" (theo {review.document_number})" if review.document_number else ""
    told = fault("HS-08" if returned else "HS-09", reason=f"{review.reason}{paper}", who=review.granted_by)
    faults = (told, *judged)
    return verdict.model_copy(
        update={
            "ruling": ruling_of(faults),
            "faults": faults,
            "judged_at": review.decided_at,
            # A change of mind makes a slip of its own: what was sent stays as it was sent.
            "slip_key": keys.report(review.unit, review.number, f"slip-review-{len(reviews)}.docx")
            if returned
            else None,
        }
    )
