"""What a person's review makes of a verdict that was left to a person."""

from __future__ import annotations

from collections.abc import Sequence

from soket.faults import fault
from soket.plan.model import Severity
from soket.record.decisions import Review
from soket.record.records import Verdict, ruling_of
from soket.store.keys import Keys


def outcome_of(keys: Keys, verdict: Verdict, reviews: Sequence[Review]) -> Verdict:
    """Return a verdict as the last of its submission's reviews left it.

    The person's reason stands first among the faults: as what is to be mended, or for the record.
    """
    review = reviews[-1]
    returned = review.outcome == "returned"
    judged = (
        each
        if returned or each.severity is not Severity.REFER
        else each.model_copy(update={"severity": Severity.INFO, "advice": None})
        for each in verdict.faults
    )
    faults = (fault("HS-08" if returned else "HS-09", reason=review.reason, who=review.granted_by), *judged)
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
