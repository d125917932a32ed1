"""What a submission is: a report, an own review or the plan for one, a nil return or a plan of coverage.

The rule, in this order:

1. A press agency's document is its plan of coverage.
2. A document is a nil return when it says so ("không phát sinh", "không có nội dung báo cáo") in its opening, or is
   short and says so anywhere, and shows at most one heading of the outline.
3. A document is of an own review when its title or its file's name speaks of the review held ("kết quả tổ chức …", with
   the plan's word for its review, "kết quả hội nghị …") or planned ("kế hoạch tổ chức …"). A plan alone announces a
   review; what is owed is the report on its results.
4. Anything else is a report.
"""

from __future__ import annotations

from collections.abc import Sequence

from soket.plan.model import Duty, Plan, Unit
from soket.reading.kinds import FileKind, extension_of
from soket.record.records import Submission
from soket.text import fold

_OPENING = 14  # paragraphs: letterhead, type, abstract and the first sentence or two
_TITLE = 12
_SHORT = 2_500  # characters

_NIL = ("khong phat sinh", "khong co noi dung bao cao", "khong co noi dung de bao cao", "khong co noi dung lien quan")
# Before the plan's word for its review.
_HELD = ("ket qua to chuc", "ket qua hoi nghi", "bao cao hoi nghi", "ket qua to chuc hoi nghi")
_PLANNED = ("ke hoach to chuc", "ke hoach to chuc hoi nghi", "ke hoach hoi nghi")


def expected_kind(unit: Unit) -> Submission:
    """Return what a unit's submission is taken for where it cannot be read."""
    match unit.owes:
        case Duty.COVERAGE_PLAN:
            return Submission.COVERAGE_PLAN
        case Duty.OWN_REVIEW:
            return Submission.OWN_REVIEW
        case Duty.NIL_RETURN:
            return Submission.NIL_RETURN
    return Submission.REPORT


def owed_kinds(plan: Plan, unit: Unit) -> frozenset[FileKind]:
    """Return the kinds of file that a unit's submission is made of."""
    if unit.owes in (Duty.REPORT, Duty.OWN_REVIEW) and plan.form_of(unit):
        return frozenset({FileKind.DOCUMENT, FileKind.TABLE})
    return frozenset({FileKind.DOCUMENT})


def classify(plan: Plan, unit: Unit, name: str, paragraphs: Sequence[str], headings: int) -> Submission:
    """Return what a document is; `headings` counts the outline's sections found in it."""
    if unit.owes is Duty.COVERAGE_PLAN:
        return Submission.COVERAGE_PLAN
    folded = [fold(text) for text in paragraphs]
    opening = " ".join(folded[:_OPENING])
    whole = " ".join(folded)
    if headings <= 1 and (_says(_NIL, opening) or (len(whole) <= _SHORT and _says(_NIL, whole))):
        return Submission.NIL_RETURN
    # The title stands in its own paragraphs; the sentences after it may speak of others' reviews.
    title = " ".join(text for text in folded[:_TITLE] if not text.endswith((".", ":")))
    file = fold(name.removesuffix(extension_of(name)).replace("-", " ").replace("_", " "))
    review = fold(plan.review_word)
    for text in (title, file):
        if _says([f"{words} {review}" for words in _HELD], text):
            return Submission.OWN_REVIEW
        if _says([f"{words} {review}" for words in _PLANNED], text):
            return Submission.OWN_REVIEW_PLAN if headings <= 1 else Submission.OWN_REVIEW
    return Submission.OWN_REVIEW if unit.owes is Duty.OWN_REVIEW else Submission.REPORT


def looks_like_a_plan(paragraphs: Sequence[str]) -> bool:
    """Return whether a document calls itself a plan in its opening."""
    return "ke hoach" in fold(" ".join(paragraphs[:_OPENING]))


def _says(phrases: Sequence[str], text: str) -> bool:
    return any(phrase in text for phrase in phrases)
