"""What records of a stage's steps tell beside their note: what a paper rests on, what an appraisal found."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from soket.record.nominees import NominationTaken
from soket.record.provisional import ProvisionalDraft
from soket.record.signed import IssuedPaper
from soket.store.record import Record


class DraftBasis(Record):
    """Of a working draft: which submission of each unit it rests on, and as of when."""

    basis: dict[str, int]
    as_of: datetime | None = None  # campaign time; once not written, and then about when the draft was


class RevisionBasis(DraftBasis):
    """Of a working draft that goes on from an earlier stage's official one: which of its rounds that was."""

    draft_round: int


class ReportsClosed(DraftBasis):
    """Of the close of the unit reports: which submissions count then, and which units owe one still."""

    missing: tuple[str, ...]
    with_us: tuple[str, ...] = ()  # had handed in; what that came to was not known yet
    owing: int = 0  # how many there were to report; 0 in records from before it was kept


class DraftTaken(Record):
    """Of an official draft, taken or refused: the drop that it was."""

    inbox_key: str
    etag: str
    arrived_at: datetime  # campaign time
    late: bool = False


class AmendmentsTold(Record):
    """Of word to the drafter that reports came late or corrected: which submission of each such unit."""

    amended: dict[str, int]
    changes: tuple[str, ...] = ()  # in the draft's totals and sentences, in words; once not written


class AppraisalPoint(Record):
    """One thing that a draft was returned for; `id` names it in the rounds after."""

    id: str
    text: str
    finding: str = ""  # the finding that it is; "" for words of the appraiser's own
    quote: str = ""  # the passage of the draft that it is about
    check: str = ""  # which check found it
    subject: str = ""  # what a figure is of, whatever was written
    look: bool = False  # to be looked at, not to be mended in any case
    places: int = 0  # in how many it was found, where that was in several at once; once not written
    noted: int = 0  # those that said themselves what is wrong with them


class PointsRaised(Record):
    """Of a dossier: what it found that is to be settled, which points of the round before nothing answers."""

    raised: tuple[AppraisalPoint, ...]
    unanswered: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()  # what else is wrong in the draft


class AppraisalOutcome(Record):
    """Of the end of an appraisal: what became of the draft, and the points that it was returned with."""

    outcome: Literal["approved", "returned"]
    points: tuple[AppraisalPoint, ...] = ()
    asked: tuple[str, ...] = ()  # what the letter that it went up with asks its receiver


_OfDrafts = ReportsClosed | RevisionBasis | DraftBasis | ProvisionalDraft | DraftTaken | IssuedPaper | AmendmentsTold
StageDetails = NominationTaken | _OfDrafts | AppraisalOutcome | PointsRaised
