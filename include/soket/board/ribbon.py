"""Where the stages stand, in words that promise no more than the register holds; pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from soket.documents.archive_gaps import count_gaps
from soket.notices.facts import say_days
from soket.plan.model import Plan, Stage, StageKind
from soket.record.issued import cited
from soket.record.lacking import Lacking
from soket.record.register import Register, StageEntry, UnitEntry
from soket.record.reopening import NOT_RUN
from soket.record.rounds import say_met
from soket.record.slack import StageSlack, critical_path
from soket.record.stage_details import AppraisalOutcome, DraftTaken, ReportsClosed
from soket.record.tally import tally
from soket.record.turns import turn_of
from soket.record.workspace import Workspace
from soket.text import format_date, upper_first


class StageState(StrEnum):
    """Where a stage stands at a moment."""

    UPCOMING = "upcoming"
    RUNNING = "running"
    OVERDUE = "overdue"
    WAITING = "waiting"
    SHORT = "short"
    SENT_BACK = "sent_back"
    DONE = "done"
    DONE_LATE = "done_late"

    @property
    def label(self) -> str:
        """The word on the ribbon."""
        return _STAGE_STATES[self]


_STAGE_STATES = {
    StageState.UPCOMING: "Chưa mở",
    StageState.RUNNING: "Đang thực hiện",
    StageState.WAITING: "Đang chờ",
    StageState.OVERDUE: "Quá hạn",
    StageState.SHORT: "Đã khép lại, còn thiếu",
    StageState.SENT_BACK: "Đã trả lại dự thảo",
    StageState.DONE: "Đã khép lại",
    StageState.DONE_LATE: "Đã khép lại, sau hạn",
}


_BROUGHT_FORWARD = (StageKind.DRAFT, StageKind.APPRAISE, StageKind.CONFER)  # by what they follow
_PAST = " (đã qua; hệ thống gửi giấy mời, không theo dõi việc họp)"


@dataclass(frozen=True)
class StageStep:
    """One stage on the ribbon."""

    stage: Stage
    owner: str
    state: StageState
    words: str  # the state, with what it lacks or waits for
    last_day: str
    moved: str | None  # from which day it was put off
    time_left: str | None
    pressed: str | None  # what is left of its time, where those before it took some
    missed: bool  # nothing is: its date cannot be kept
    round: int


def stage_steps(workspace: Workspace, register: Register) -> tuple[StageStep, ...]:
    """Return the ribbon."""
    left = {each.stage: each for each in critical_path(workspace, register).stages if each.pressed}
    return tuple(stage_step(workspace, register, stage, left.get(stage.id)) for stage in workspace.plan.stages)


def stage_step(workspace: Workspace, register: Register, stage: Stage, left: StageSlack | None = None) -> StageStep:
    """Return a stage as the ribbon shows it; `left` where those before it took of its time."""
    plan, entry = workspace.plan, register.of(stage)
    state = stage_state(workspace, register, stage)
    return StageStep(
        stage=stage,
        owner=plan.office(stage.owner).name,
        state=state,
        words="; ".join(filter(None, (_words(workspace, register, stage, state), *_more(workspace, register, stage)))),
        last_day=format_date(entry.last_day),
        moved=_moved(workspace, entry),
        time_left=_time_left(workspace, register, stage, state),
        pressed=f"{upper_first(str(left.cause))}: bước này {left.words}" if left else None,
        missed=left is not None and left.left <= 0,
        round=entry.round,
    )


def stage_state(workspace: Workspace, register: Register, stage: Stage) -> StageState:
    """Return where a stage stands; only one that has all it asked for, in time, is simply done."""
    plan = workspace.plan
    entry, now = register.of(stage), register.as_of
    done = entry.record("done")
    if done is None:
        turn = turn_of(plan, register, stage)
        asked = not (turn and turn.until) and say_met(plan, register, stage) is None
        if now >= entry.deadline and asked:  # who was given more time, or met that date, is not overdue
            return StageState.OVERDUE
        if not entry.begun and now < entry.opens:
            return StageState.UPCOMING
        return StageState.WAITING if turn else StageState.RUNNING
    if _is_short(plan, register, stage) or _lacking(workspace, register, stage):
        return StageState.SHORT
    if isinstance(done.details, AppraisalOutcome) and done.details.outcome == "returned":
        return StageState.SENT_BACK
    return StageState.DONE_LATE if _late(plan, register, stage, done.at) else StageState.DONE


def _is_short(plan: Plan, register: Register, stage: Stage) -> bool:
    """Whether a stage lacks something that it asked of units."""
    return tally(_asked(plan, register, stage), register.as_of).missing > 0


def _got_late(plan: Plan, register: Register, stage: Stage) -> bool:
    """Whether something that a stage asked units for came late; it may itself have been closed in time."""
    return tally(_asked(plan, register, stage), register.as_of).late > 0


def _asked(plan: Plan, register: Register, stage: Stage) -> list[UnitEntry]:
    """Return the units that a stage asks for something; none where it is an office's work."""
    match stage.kind:
        case StageKind.COLLECT:
            return register.reporting(plan, stage)
        case StageKind.PUBLISH:
            return register.press(plan)
    return []


def _late(plan: Plan, register: Register, stage: Stage, done_at: datetime) -> bool:
    """Whether what a stage delivers came after its date; not whether it was seen to later."""
    entry = register.of(stage)
    if stage.kind is StageKind.COLLECT or _got_late(plan, register, stage):
        return _got_late(plan, register, stage)
    if stage.kind is StageKind.CONFER and (called := register.conference_format(stage)) and called.day > entry.last_day:
        return True
    if (official := entry.record("official")) and isinstance(official.details, DraftTaken):
        return official.details.late
    return done_at >= entry.deadline


def _moved(workspace: Workspace, entry: StageEntry) -> str | None:
    planned = workspace.campaign.stages[entry.stage].last_day
    return f"đã lùi từ {format_date(planned)}" if entry.last_day != planned else None


def _words(workspace: Workspace, register: Register, stage: Stage, state: StageState) -> str:
    plan, entry = workspace.plan, register.of(stage)
    if not entry.done and workspace.is_over:
        opened = entry.record("opened")
        anew = opened is not None and opened.at >= workspace.campaign.end
        return "Mở lại sau khi đợt kết thúc, chưa khép lại" if anew else "Chưa khép lại khi đợt kết thúc"
    turn = turn_of(plan, register, stage)
    if state is StageState.SHORT and _is_short(plan, register, stage):
        return _short(entry, _asked(plan, register, stage))
    if state in (StageState.SHORT, StageState.DONE_LATE) and _got_late(plan, register, stage):
        return "Đã khép lại, có hồ sơ gửi muộn"
    if state is StageState.SHORT:  # of papers alone
        return StageState.DONE.label
    if state is StageState.WAITING and turn:
        return upper_first(str(turn))
    if state is StageState.OVERDUE and turn:
        return f"{state.label}, {turn}"
    called = register.conference_format(stage)
    if entry.done and called:  # that it was held is nowhere on the record
        done = "Đã báo hoãn đến" if called.format == "postponed" else "Đã mời họp"
        late = ", sau hạn" if state is StageState.DONE_LATE else ""
        past = _PAST if workspace.now.date() > called.day else ""
        return f"{done} ngày {format_date(called.day)}{late}{past}"
    if register.decided_format(stage) and called and called.format != "postponed":
        return f"Đã chọn họp ngày {format_date(called.day)}, chưa gửi giấy mời"
    return state.label


def _more(workspace: Workspace, register: Register, stage: Stage) -> Iterator[str]:
    """Yield that a stage is to run anew, which paper was issued at its end, and how much an archive made lacks."""
    if register.reopened(stage):
        yield NOT_RUN
    if told := cited(register, stage):
        yield f"{'thông báo kết luận' if stage.kind is StageKind.CONFER else 'đã ban hành'} {told}"
    if lacking := _lacking(workspace, register, stage):
        yield f"hồ sơ lưu {lacking}"
    done = register.of(stage).record("done") if stage.kind is StageKind.PUBLISH else None
    if done and (later := sum(act.decided_at > done.at for act in register.decisions)):
        yield f"{later:02} việc ghi sau khi lưu trữ, chạy lại giai đoạn thì bảng kê mới có"


def _lacking(workspace: Workspace, register: Register, stage: Stage) -> str:
    """Return how much the archive that a stage made lacks; "" where it lacks nothing."""
    return count_gaps(workspace, register) if stage.kind is StageKind.PUBLISH and register.of(stage).done else ""


def _short(entry: StageEntry, asked: list[UnitEntry]) -> str:
    """Return how short a stage is, and how short it was when it closed, where units sent since."""
    done, lacking = entry.record("done"), Lacking.of(asked)
    now = len(lacking.missing), len(lacking.with_us)
    then, count = now, len(asked)
    owed = count
    if done and isinstance(done.details, ReportsClosed):
        then = len(done.details.missing), len(done.details.with_us)
        owed = done.details.owing or count
    closed = "Đã khép lại: "
    if done and (then, owed) != (now, count):
        closed = f"Khép lại ngày {format_date(done.at)} với {owed - sum(then)}/{owed}; đến nay "
    parts = [f"thiếu {now[0]}"] if now[0] else []
    parts += [f"{now[1]} đã nộp, đang xét"] if now[1] else []
    return closed + ", ".join([f"{count - sum(now)}/{count}", *parts])


def _time_left(workspace: Workspace, register: Register, stage: Stage, state: StageState) -> str | None:
    entry = register.of(stage)
    match state:
        case StageState.UPCOMING:
            early = stage.after and stage.kind in _BROUGHT_FORWARD
            sooner = ", sớm hơn nếu bước trước xong sớm" if early else ""
            return f"mở ngày {format_date(entry.opens.date())}{sooner}"
        case StageState.RUNNING | StageState.WAITING | StageState.OVERDUE:
            if met := say_met(workspace.plan, register, stage):
                return met
            if workspace.is_over and entry.deadline >= workspace.campaign.end:
                return None
            return say_days(workspace, entry.deadline, workspace.campaign.closes if workspace.is_over else None)
    return None
