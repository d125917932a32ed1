"""A draft that is composed takes in by itself nothing that comes later: what becomes of that, and who decides it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from soket.plan.dates import last_day_of
from soket.plan.model import Office, Plan, Stage, StageKind, Unit
from soket.record.inputs import is_delivered, rests_on
from soket.record.records import Submission
from soket.record.register import Register, UnitEntry
from soket.record.resting import LATE, Late, basis_of, lateness
from soket.record.stale import amended_untold, is_archived
from soket.record.words import DOUBTED
from soket.text import format_date

_NIL = Submission.NIL_RETURN
_KEPT = "bản nộp từ nay chỉ để lưu"
_UNCOUNTED = "không được tính vào báo cáo tổng hợp"


@dataclass(frozen=True)
class Composed:
    """The draft that a unit's report belongs in, once it is composed."""

    counts: int | None  # the unit's submission that counts
    in_draft: int | None  # the one that the draft rests on
    nil: bool = field(kw_only=True)  # the one that counts says that there is nothing to report
    decides: Office  # whether later reports are taken in
    late: Late  # how it comes that the draft lacks the submission that counts, where it does
    archived: bool  # the campaign's papers are: nothing is composed any more
    doubted: bool  # figures of it were when it was composed: nobody had said a word on them
    round: int  # it is of
    anew: int | None  # the round that is open and composed next: it takes in what counts by then
    reopens: bool  # for what is taken in from now on, another round is opened
    reopened: bool  # for what counts, too: the drafter did not know of it

    @property
    def is_uncounted(self) -> bool:
        """Whether the draft lacks the submission that counts."""
        return self.counts is not None and self.counts != self.in_draft

    @property
    def uncounted(self) -> str:
        """Say that the submission that counts came, or was taken in, after the draft was composed; else nothing."""
        if not self.is_uncounted:
            return ""
        rests = f", dự thảo dùng lần nộp {self.in_draft}" if self.in_draft else ""
        came = f"Lần nộp {self.counts} {LATE[self.late].phrase}"
        if self.anew:
            return f"{came} vòng {self.round}, chưa được tính vào đó{rests}; bản tổng hợp vòng {self.anew} sẽ tính."
        if self.archived:
            return f"{came}: chưa được tính vào dự thảo{rests}. Đợt đã lưu trữ: chỉ tính nếu dự thảo được mở lại."
        if self.reopened:
            which = f"dự thảo vòng nào được trình do {self.decides.name} quyết định"
            return f"{came}: chưa được tính vào dự thảo vòng {self.round}{rests}; vòng sau được mở để tính, {which}."
        return f"{came}: chưa được tính vào dự thảo{rests}. Có tính hay không do {self.decides.name} quyết định."

    @property
    def counted(self) -> str:
        """Say that the draft has the submission that counts, and what of it only in part; else nothing."""
        if self.counts is None or self.is_uncounted:
            return ""
        doubted = f"; số chưa ai xác nhận khi lập dự thảo: {DOUBTED}" if self.doubted else ""
        of_round = f" vòng {self.round}" if self.anew else ""
        if self.nil:
            return f"Lần nộp {self.counts} đã ghi là không phát sinh trong dự thảo{of_round}."
        return f"Lần nộp {self.counts} có trong dự thảo{of_round}{doubted}."

    @property
    def undecided(self) -> str:
        """Say of a report that is accepted from now on that the draft takes it in no more by itself; else nothing."""
        return "" if self.anew else f"dự thảo đã tổng hợp, {self._asked}"

    @property
    def _asked(self) -> str:
        asked = "có vòng mới để tính, dự thảo vòng nào được trình" if self.reopens else "có được tính hay không"
        return f"{asked} do {self.decides.name} quyết định"

    @property
    def later(self) -> str:
        """Say what becomes of what is handed in from now on; nothing where the next draft takes it in."""
        if self.anew:
            return ""
        if self.archived:
            return f"Đợt đã lưu trữ: {_KEPT}, {_UNCOUNTED}."
        return f"Dự thảo đã tổng hợp: bản nộp từ nay {self._asked}."


def composed_for(plan: Plan, register: Register, entry: UnitEntry) -> Composed | None:
    """Return the first draft that a unit's report belongs in and that is composed; None where none is, yet.

    While the next round has none yet, that is the one of the round before.
    """
    for draft in plan.stages_of(StageKind.DRAFT):
        stage = register.stages.get(draft.id)
        sent = _sent_up(plan, register, draft)  # whatever is composed beside it
        made = (each for each in reversed(stage.records if stage else ()) if each.step == "working")
        working = next((each for each in made if sent in (None, each.round)), None)
        if working and rests_on(plan, draft, plan.unit(entry.unit)):
            archived = is_archived(plan, register)
            counts = register.basis({entry.unit}).get(entry.unit)
            in_draft, late = basis_of(working).get(entry.unit), lateness(entry, working)
            decides, doubted = _decides(plan, register, draft, sent), _was_doubted(entry, in_draft, working.at)
            anew = register.of(draft).round if sent is None and register.of(draft).round > working.round else None
            reopens = _reopens(plan, register, draft, sent) and not archived
            reopened = reopens and entry.unit in amended_untold(plan, register, draft)
            of, nil = working.round, any(e.number == counts and e.kind is _NIL for e in entry.verdicts)
            return Composed(counts, in_draft, decides, late, archived, doubted, of, anew, reopens, reopened, nil=nil)
    return None


def _was_doubted(entry: UnitEntry, number: int | None, at: datetime) -> bool:
    """Whether a figure of a submission was odd at a moment, and nobody had said a word on it."""
    said = {each.matter for each in entry.confirmations if each.at <= at}
    if any(each.number == number and each.decided_at <= at for each in entry.reviews):
        return False
    odd = (fault for each in entry.verdicts if each.number == number for fault in each.faults if fault.is_odd)
    return any(fault.known_as not in said for fault in odd)


def is_drafted(plan: Plan, unit: Unit) -> bool:
    """Whether what a unit owes belongs in any draft: a plan of coverage does not."""
    return any(rests_on(plan, draft, unit) for draft in plan.stages_of(StageKind.DRAFT))


def say_later(plan: Plan, register: Register, entry: UnitEntry) -> str:
    """Say what becomes of what a unit hands in from now on; "" as long as it is simply taken, or counted."""
    if entry.closed is None:
        composed = composed_for(plan, register, entry)
        return composed.later if composed else ""
    since = f"Đợt báo cáo đã thôi chờ hồ sơ từ hết ngày {format_date(last_day_of(entry.closed))}"
    campaign = plan.campaign(register.campaign)
    if register.as_of >= campaign.end:
        return f"{since}; sau ngày {format_date(campaign.closes)} không nhận tệp nữa."
    drafted = is_drafted(plan, plan.unit(entry.unit))
    if is_archived(plan, register):
        return f"{since} và đã lưu trữ: {_KEPT}{f', {_UNCOUNTED}' if drafted else ''}."
    ask = "; muốn được tính vào báo cáo tổng hợp thì hỏi cơ quan nhận trước" if drafted else ""
    return f"{since}. Vẫn nộp được để lưu{ask}."


def say_mending(plan: Plan, register: Register, entry: UnitEntry) -> str:
    """Say what the office does about what is wrong in a unit's report that counts, and what becomes of a mended one."""
    if entry.closed:
        return "trao đổi với đơn vị, báo cơ quan lập báo cáo: bản nộp từ nay không tự được tính vào báo cáo tổng hợp"
    composed = composed_for(plan, register, entry)
    return "đề nghị đơn vị nộp bản sửa" + (f": {composed.undecided}" if composed and composed.undecided else "")


def _sent_up(plan: Plan, register: Register, draft: Stage) -> int | None:
    """Return the round of a draft that was approved while the next one was open; None where none was.

    Whether what came since counts is then asked of whoever it went up to.
    """
    opened, appraisal = register.of(draft).record("opened"), _appraisal_of(plan, draft)
    if opened is None or opened.round == 1 or appraisal is None:
        return None
    approved = register.appraisal(appraisal, before := opened.round - 1)
    went = approved is not None and approved.outcome == "approved" and approved.decided_at >= opened.at
    return before if went and not is_delivered(register, appraisal, opened.round) else None


def _reopens(plan: Plan, register: Register, draft: Stage, sent: int | None) -> bool:
    """Whether a draft that is done, and that nobody decided on, gets another round for reports that come."""
    if sent is not None or plan.draft_of(draft) or not register.of(draft).done:
        return False
    appraisal = _appraisal_of(plan, draft)
    return appraisal is None or register.appraisal(appraisal, register.of(draft).round) is None


def _appraisal_of(plan: Plan, draft: Stage) -> Stage | None:
    return next((each for each in plan.stages_of(StageKind.APPRAISE) if plan.draft_of(each) == draft), None)


def _decides(plan: Plan, register: Register, draft: Stage, sent: int | None) -> Office:
    """Return where a draft lies: with whoever writes it, then appraises it, then received it."""
    appraisal = _appraisal_of(plan, draft)
    if (sent is None and not register.of(draft).done) or appraisal is None or appraisal.id not in register.stages:
        return plan.office(draft.owner)
    delivered = is_delivered(register, appraisal, sent or register.of(draft).round)
    return plan.office(appraisal.receiver if delivered else appraisal.owner)
