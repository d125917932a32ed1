"""What a submission is: a report, an own review or the plan for one, a nil return or a plan of coverage.

The rule, in this order:

1. A press agency's document is its plan of coverage; what is owed beside a report is that, whatever it says.
2. A document is a nil return when it says so of what was to be reported ("không phát sinh nội dung", not "không phát
   sinh ca mắc mới"), is short, shows at most one heading of the outline and says hardly anything else.
3. A document is of an own review when its title or its file's name speaks of the review held ("kết quả tổ chức …", with
   the plan's word for its review, "kết quả hội nghị …") or planned ("kế hoạch tổ chức …"). A plan alone announces a
   review; what is owed is the report on its results.
4. Anything else is a report.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from soket.faults import Fault, fault
from soket.plan.model import Duty, Plan, Unit
from soket.plan.words import owed_word
from soket.reading.kinds import FileKind, extension_of
from soket.record.records import Submission
from soket.text import fold

_OPENING = 14  # paragraphs: letterhead, type, abstract and the first sentence or two
_TITLE = 12
_SHORT = 2_500  # characters

# What may be meant by it: nothing, or what a report is made of.
_WHAT = r"(?:noi dung|nhiem vu|cong viec|van de|hoat dong|so lieu|chi tieu|du lieu|thong tin|bao cao)\b"
_ANY = r"(?: (?:cac|nhung|bat ky|bat cu|them|moi|gi|nao|trong (?:ky|thang|quy|nam|dot)(?: nay)?))*"
_NIL = re.compile(
    rf"\bkhong (?:co )?phat sinh{_ANY}(?: {_WHAT}| (?:lien quan|thuoc|de bao cao|theo yeu cau)\b|\s*(?:[.;,:)]|$))"
    rf"|\bkhong co{_ANY} {_WHAT}(?: nao)? (?:de |can )?(?:bao cao|lien quan|phat sinh|thuoc)\b"
)
_LETTERHEAD = re.compile(r"bao cao$|cong van$|v/v\b|kinh gui|dang (?:bo|cong san)|cong hoa xa hoi|doc lap|so[: ]")
_LEADS_IN = re.compile(r"(?:thuc hien|can cu|theo|tiep theo|xet|tren day|vay|noi nhan|t/?m\b|xin|kinh|tran trong)\b")
_MOST_BESIDE = 90  # words of a nil return beside what every paper has
# Before the plan's word for its review.
_HELD = ("ket qua to chuc", "ket qua hoi nghi", "bao cao hoi nghi", "ket qua to chuc hoi nghi")
_PLANNED = ("ke hoach to chuc", "ke hoach to chuc hoi nghi", "ke hoach hoi nghi")


def expected_kind(unit: Unit) -> Submission:
    """Return what a unit's submission is taken for where it cannot be read."""
    match unit.owes:
        case Duty.COVERAGE_PLAN:
            return Submission.COVERAGE_PLAN
        case Duty.DOCUMENT:
            return Submission.DOCUMENT
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


def no_document(plan: Plan, unit: Unit) -> Fault:
    """Return what a unit is told that sent no document: what it owes, as the plan calls it."""
    if unit.owes in (Duty.DOCUMENT, Duty.COVERAGE_PLAN):
        return fault("HS-11", owed=owed_word(plan, unit).phrase)
    return fault("HS-01")


def classify(plan: Plan, unit: Unit, name: str, paragraphs: Sequence[str], headings: int) -> Submission:
    """Return what a document is; `headings` counts the outline's sections found in it."""
    if unit.owes is Duty.COVERAGE_PLAN:
        return Submission.COVERAGE_PLAN
    if unit.owes is Duty.DOCUMENT:
        return Submission.DOCUMENT
    folded = [fold(text) for text in paragraphs]
    if headings <= 1 and _says_nothing_arose(folded):
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


def _says_nothing_arose(folded: Sequence[str]) -> bool:
    said = [text for text in folded if _NIL.search(text)]
    if not said or sum(map(len, folded)) > _SHORT:
        return False
    beside = [
        sentence
        for text in folded
        for sentence in re.split(r"(?<=[.;])\s", text)
        if not (_NIL.search(sentence) or _LETTERHEAD.search(sentence) or _LEADS_IN.match(sentence))
    ]
    return sum(len(sentence.split()) for sentence in beside) <= _MOST_BESIDE


def looks_like_a_plan(paragraphs: Sequence[str]) -> bool:
    """Return whether a document calls itself a plan in its opening."""
    return "ke hoach" in fold(" ".join(paragraphs[:_OPENING]))


def _says(phrases: Sequence[str], text: str) -> bool:
    return any(phrase in text for phrase in phrases)
