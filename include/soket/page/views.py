"""What a unit's page shows, worked out of the register; pure but for the files that lie ready."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from soket.board.history import SubmissionStory, submissions_of
from soket.notices.facts import deadline_facts, products_of
from soket.notices.notice import Attachment
from soket.page.confirming import questions_of
from soket.page.staging import StagedFile
from soket.page.taking_back import LastHandIn, last_hand_in
from soket.plan.dates import last_day_of
from soket.plan.model import Duty, Severity, Unit
from soket.plan.words import owed_word
from soket.record.composed import Composed, composed_for, is_drafted, say_later
from soket.record.fault_lines import FaultGroup, points_of, shown_groups
from soket.record.marked import MarkedCopy
from soket.record.products import form_name
from soket.record.records import Ruling, Submission
from soket.record.register import Register, Standing, UnitEntry
from soket.record.sending import say_again, say_ring
from soket.record.words import say_earlier_date, say_standing, submission_word
from soket.record.workspace import Workspace
from soket.text import format_date, format_moment, upper_first

TOLD = tuple(ruling for ruling in Ruling if ruling is not Ruling.REFERRED)
"""How a submission is judged of whose faults a unit is told; what waits for a person is not."""


@dataclass(frozen=True)
class Headline:
    """Where a unit stands, in a sentence, and what it is to do now."""

    tone: str  # good, wait, bad, plain: how the sentence is marked
    title: str
    what_now: str
    counted: str = ""  # whether what counts is in the draft, and what becomes of what it hands in now


@dataclass(frozen=True)
class SubmissionLine:
    """One submission of the unit, and what was found in it."""

    story: SubmissionStory
    word: str  # what it turned out to be
    groups: Sequence[FaultGroup]  # what is to be mended or looked at, by file
    again: str | None  # which files are to be sent again, as long as no later submission took its place
    uncounted: bool  # it counts, and the draft lacks it
    replaced: int | None  # the number of the submission that did
    marked: Sequence[MarkedCopy]  # its files, with each fault at its place
    asks: int  # points that the unit may confirm


@dataclass(frozen=True)
class Desk:
    """The page."""

    unit: Unit
    entry: UnitEntry
    state: Headline
    owed: str
    form: str | None
    deadline: str
    days: str
    overdue: bool
    kept: str  # that what counts was in time by an earlier date, where it was
    ring: str
    staged: Sequence[StagedFile]
    waiting: Sequence[str]  # names of files that were handed in and not taken in yet
    to_take_back: LastHandIn | None
    submissions: Sequence[SubmissionLine]
    papers: Sequence[Attachment]  # forms and outline, to be saved

    @property
    def sending(self) -> str:
        """What sending files now is for, in words that stand before what a unit owes."""
        entry, standing = self.entry, self.entry.standing
        if standing is Standing.EXEMPT or entry.missed:
            return "Nộp để lưu"
        again = standing.settled or standing is Standing.REFERRED or entry.pending or entry.unjudged
        return "Nộp lại, nếu cần sửa" if again else "Cần gửi"

    @property
    def ready(self) -> bool:
        """Whether there is something to hand in, and all of it has come."""
        return bool(self.staged) and all(file.whole for file in self.staged)


def desk_of(workspace: Workspace, register: Register, unit: Unit, staged: Sequence[StagedFile]) -> Desk:
    """Return a unit's page."""
    plan, entry = workspace.plan, register.units[unit.code]
    form = plan.form_of(unit) if unit.owes in (Duty.REPORT, Duty.OWN_REVIEW) else None
    facts = deadline_facts(workspace, entry.deadline)
    opened, composed = register.of(plan.stage_of(unit)).record("opened"), composed_for(plan, register, entry)
    return Desk(
        unit=unit,
        entry=entry,
        state=state_of(workspace, register, entry),
        owed=owed_word(plan, unit).label,
        form=form.title if form else None,
        deadline=str(facts["last_moment"]),
        days=upper_first(str(facts["days"])),
        overdue=bool(facts["overdue"]) and not entry.standing.settled and not entry.missed,
        kept=upper_first(say_earlier_date(entry)),
        ring=say_ring(plan),
        staged=staged,
        waiting=[each.key.removeprefix(workspace.keys.inbox_folder(unit.code)) for each in entry.pending],
        to_take_back=last_hand_in(workspace.keys, entry),
        submissions=[_line(workspace, entry, story, composed) for story in submissions_of(entry)],
        papers=_papers(products_of(opened), form.code if form else None),
    )


def state_of(workspace: Workspace, register: Register, entry: UnitEntry) -> Headline:
    """Return where a unit stands, what it is to do, and whether it counts in the draft."""
    if entry.standing is Standing.EXEMPT:
        return Headline("good", "Đơn vị được miễn báo cáo", "Không phải làm gì.")
    plan, composed = workspace.plan, composed_for(workspace.plan, register, entry)
    later = "" if workspace.is_over else say_later(plan, register, entry)  # the page says itself what is over
    state = _under_way(entry) or _standing(workspace, entry, later=bool(later))
    if workspace.is_over and (entry.standing.to_chase or entry.standing is Standing.LOCKED):
        state = replace(state, what_now="")
    uncounted = composed.uncounted if composed else ""
    if uncounted and entry.standing.settled:
        state = replace(state, tone="plain", title=f"{state.title}; dự thảo chưa tính")
    if entry.missed and not uncounted:
        rests = f": dự thảo vẫn dùng lần nộp {composed.in_draft}" if composed and composed.in_draft else ""
        lacks = ": báo cáo tổng hợp không có phần của đơn vị" if is_drafted(plan, plan.unit(entry.unit)) else ""
        uncounted = f"Đơn vị {say_standing(plan, entry)}{rests or lacks}."
    return replace(state, counted=" ".join(filter(None, (uncounted or (composed.counted if composed else ""), later))))


def _standing(workspace: Workspace, entry: UnitEntry, *, later: bool) -> Headline:
    word = submission_word(workspace.plan, entry.last_verdict.kind if entry.last_verdict else Submission.REPORT).phrase
    match entry.standing:
        case Standing.NIL_RETURN:
            return Headline(
                "good", "Đã ghi nhận đơn vị không phát sinh nội dung báo cáo", _more(workspace, entry, later=later)
            )
        case Standing.ACCEPTED | Standing.ACCEPTED_WITH_WARNINGS:
            late = " (nộp sau hạn)" if entry.late else ", đúng hạn"
            return Headline("good", f"Đã tiếp nhận {word}{late}", _more(workspace, entry, later=later))
        case Standing.RETURNED:
            return Headline("bad", "Hồ sơ bị trả lại", "Sửa các điểm nêu dưới đây rồi nộp lại ở mục “Nộp tệp”.")
        case Standing.REFERRED:
            return Headline("wait", "Đã nhận hồ sơ, chuyển cán bộ xem", "Kết luận sẽ gửi qua thư. Không phải nộp lại.")
        case Standing.LOCKED:
            return Headline(
                "bad", "Đã khóa nhận hồ sơ", "Hồ sơ nộp sau hạn chưa được nhận. Đề nghị gia hạn với cơ quan nhận."
            )
        case Standing.ANNOUNCED:
            return Headline("plain", f"Đã nhận {word}", "Còn phải gửi kết quả trong thời hạn.")
    gone = entry.withdrawals[-1:]
    told = "".join(f"Lần nộp {each.number} đã rút lại lúc {format_moment(each.at)}. " for each in gone)
    return Headline("plain", "Chưa nộp", f"{told}Chọn tệp ở mục “Nộp tệp”.")


def _more(workspace: Workspace, entry: UnitEntry, *, later: bool) -> str:
    """Return what is left to do where what a unit sent counts: as many points as its mail says.

    `later`: what is sent now is not simply counted.
    """
    counting = next((each for each in entry.outcomes if each.number == entry.accepted), entry.last_verdict)
    points = points_of(counting.faults if counting else ())[Severity.WARNING]
    if not points:
        return "Không phải làm gì thêm."
    if counting and counting.kind is Submission.NIL_RETURN:
        return f"Còn {points} điểm đề nghị xem lại, nêu dưới đây; đúng là không phát sinh thì không phải làm gì thêm."
    if workspace.is_over:
        return f"Còn {points} điểm đề nghị xem lại, nêu dưới đây, đơn vị chưa xác nhận khi đợt kết thúc."
    wrong = "hỏi cơ quan nhận" if later else "nộp bản sửa"
    return f"Còn {points} điểm đề nghị xem lại, nêu dưới đây: đúng thì ghi lý do, sai thì {wrong}."


def _under_way(entry: UnitEntry) -> Headline | None:
    """Return what is to be said before where the unit stands: its files are with us, or nobody waits any more."""
    waits = [*(drop.arrival for drop in entry.pending), *entry.unjudged]
    if waits and len(waits) == len(entry.asked_back) + sum(
        entry.asks_back(each) is not None for each in entry.unjudged
    ):
        return Headline(
            "wait",
            "Đang rút lại hồ sơ",
            "Trang báo ngay ở đây là đã rút lại, hoặc không kịp vì hồ sơ đã kiểm tra xong. Thư cũng báo.",
        )
    if entry.failures:
        return Headline(
            "wait",
            "Hệ thống đã nhận hồ sơ nhưng chưa kiểm tra được",
            "Không phải lỗi của đơn vị. Người vận hành đã được báo; kết quả sẽ gửi qua thư, không phải nộp lại.",
        )
    if entry.pending or entry.unjudged:
        return Headline("wait", "Đang kiểm tra hồ sơ vừa nộp", "Kết quả hiện ở đây, và gửi qua thư. Có thể đóng trang.")
    if entry.missed and entry.closed is not None:
        day = format_date(last_day_of(entry.closed))
        return Headline("bad", f"Đợt báo cáo đã thôi chờ hồ sơ từ hết ngày {day}", "")
    return None


def mark_of(register: Register, unit: str, staged: Sequence[StagedFile]) -> str:
    """Return what changes when a unit's page does: by what it did itself, by mail, or by what officials said."""
    told = [
        register.units[unit].model_dump_json(exclude={"reviews"}),
        *(f"{file.id} {file.arrived} {file.place}" for file in staged),
        *(act.id for act in register.decisions if getattr(act, "unit", None) == unit and getattr(act, "shared", True)),
        *(each.id for each in register.messages if each.unit == unit),
        *(each.id for each in register.requests if each.unit == unit),
        *(each.id for each in register.replies if each.guest == unit),
        *(drop.etag for drop in register.nominations.get(unit, ())),
        *(
            f"{record.stage} {record.round} {record.step}"
            for each in register.stages.values()
            for record in each.records
        ),
    ]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()[:16]


def _line(workspace: Workspace, entry: UnitEntry, story: SubmissionStory, composed: Composed | None) -> SubmissionLine:
    verdict = story.verdict
    faults = verdict.faults if verdict else ()
    replaced = entry.accepted if entry.accepted and entry.accepted > story.receipt.number else None
    exempt = entry.standing is Standing.EXEMPT
    wanted = verdict and verdict.ruling is Ruling.RETURNED and not (replaced or entry.pending or exempt)
    of_use = not (workspace.is_over or exempt or (story.counts and entry.closed))
    return SubmissionLine(
        story=story,
        word=submission_word(workspace.plan, verdict.kind).label if verdict else "Hồ sơ",
        groups=_advising(shown_groups(story.receipt.files, faults), of_use=of_use),
        again=say_again(story.receipt, faults) if wanted else None,
        uncounted=story.counts and composed is not None and composed.is_uncounted,
        replaced=replaced,
        marked=verdict.marked if verdict and verdict.ruling in TOLD and not replaced else (),
        asks=len({each.point for each in questions_of(entry, story.receipt.number)}),
    )


def _advising(groups: Sequence[FaultGroup], *, of_use: bool) -> Sequence[FaultGroup]:
    """Leave out how to mend what is not taken anew any more."""
    bare = (replace(each, lines=tuple(replace(line, advice=None) for line in each.lines)) for each in groups)
    return groups if of_use else list(bare)


def _papers(products: Sequence[Attachment], form: str | None) -> list[Attachment]:
    """Return the papers of the request that concern a unit: of the forms, its own."""
    own = form_name(form) if form else None
    return [paper for paper in products if not paper.name.endswith(".xlsx") or paper.name == own]
