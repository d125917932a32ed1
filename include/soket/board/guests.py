"""What the board tells of a conference's guests: who said what, which way, who speaks and who is commended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from soket.clock import VIETNAM
from soket.notices.invitations import say_asking
from soket.plan.model import Stage, StageKind
from soket.record.attendance import CHANNELS, Attendance, Channel, GuestLine, attendance_of
from soket.record.commending import say_merit
from soket.record.decisions import ConferenceFormat
from soket.record.records import StageRecord
from soket.record.register import Register
from soket.record.replying import asked_to_speak, table_of
from soket.record.words import FORMATS
from soket.record.workspace import Workspace
from soket.stages.commending import commended_by_unit
from soket.text import format_date, format_stamp

_PAST = " (đã qua)"


@dataclass(frozen=True)
class ConferenceTable:
    """One conference and the replies to its invitation."""

    stage: Stage
    called: str  # in which form and when
    reply_by: str
    table: Attendance
    then: str  # when who has not replied is asked, or that it is being called anew
    merits: Mapping[str, str]  # who of each guest is commended and invited with it

    @property
    def sources(self) -> tuple[tuple[str, str], ...]:
        """What could not be recorded: the file or mail that it came in, and why."""
        return tuple((each.source.partition(" ")[0].rpartition("/")[2], each.refused) for each in self.table.refused)


def has_guests(register: Register, workspace: Workspace) -> bool:
    """Whether invitations to some conference were made."""
    return any(_papers(register, stage) for stage in workspace.plan.stages_of(StageKind.CONFER))


def conference_tables(workspace: Workspace, register: Register) -> list[ConferenceTable]:
    """Return the table of each conference that guests were invited to."""
    found = []
    for stage in workspace.plan.stages_of(StageKind.CONFER):
        if papers := _papers(register, stage):
            anew = papers.round < register.of(stage).round
            found.append(
                _table_before(workspace, register, stage, papers) if anew else _table(workspace, register, stage)
            )
    return found


def _table(workspace: Workspace, register: Register, stage: Stage) -> ConferenceTable:
    called, table = register.conference_format(stage), table_of(workspace.plan, register, stage)
    return ConferenceTable(
        stage,
        _called(called, over=table.over),
        _reply_by(called, workspace.now.date()),
        table,
        f"Nơi chưa trả lời: {asks}." if table.silent and (asks := _asks(workspace, register, stage)) else "",
        _merits(workspace, register, stage, table),
    )


def _table_before(workspace: Workspace, register: Register, stage: Stage, papers: StageRecord) -> ConferenceTable:
    """Return the table of an earlier calling, which is all that guests know as long as another has no papers."""
    plan, entry = workspace.plan, register.of(stage)
    called = register.conference_format(stage, by=papers.at)
    sent, chosen = entry.record("done", papers.round), register.decided_format(stage)
    day = f"đã chọn họp ngày {format_date(chosen.day)}, chưa lập giấy mời" if chosen else "chưa chọn ngày họp"
    told = f"đã gửi ngày {format_date(sent.at.date())}, chưa rút" if sent else "chưa gửi"
    table = attendance_of(plan, stage, papers.round, register.replies, asked_to_speak(plan, register))
    return ConferenceTable(
        stage,
        _called(called, over=False),
        "",
        table,
        f"Đây là giấy mời vòng {papers.round}, {told}; vòng {entry.round} {day}.",
        _merits(workspace, register, stage, table),
    )


def _asks(workspace: Workspace, register: Register, stage: Stage) -> str:
    """Return when those who have not replied are asked; "" once the conference was to be held."""
    called = register.conference_format(stage)
    return say_asking(workspace, register, stage, called) if called else ""


def _merits(workspace: Workspace, register: Register, stage: Stage, table: Attendance) -> dict[str, str]:
    """Return whom of each guest its invitation asks to bring as commended, as the papers say it."""
    names = commended_by_unit(workspace, register, register.of(stage).record("done"))
    guests = (line.guest for line in table.lines)
    return {each.code: say_merit(names[each.code], each.name) for each in guests if each.code in names}


def way(line: GuestLine) -> str:
    """Return which way a guest's reply came."""
    return CHANNELS[line.reply.channel].label if line.reply else ""


def came(line: GuestLine) -> str:
    """Return when a guest's reply came or, of a way that tells not that, when it was recorded."""
    if line.reply is None:
        return ""
    verb = "đến" if line.reply.channel is Channel.DROP else "ghi"
    return f"{verb} lúc {format_stamp(line.reply.at.astimezone(VIETNAM))}"


def _papers(register: Register, stage: Stage) -> StageRecord | None:
    """Return the record of the papers that were made last, in whatever round."""
    records = register.of(stage).records if stage.id in register.stages else ()
    return max((each for each in records if each.step == "papers"), key=lambda each: each.round, default=None)


def _called(decision: ConferenceFormat | None, *, over: bool) -> str:
    if decision is None:
        return ""
    hour = f"{decision.starts:%H} giờ {decision.starts:%M}, " if decision.starts else ""
    said = f"{hour}ngày {format_date(decision.day)}, {FORMATS[decision.format].phrase}, {decision.place}"
    return f"{said}{_PAST if over else ''}"


def _reply_by(decision: ConferenceFormat | None, today: date) -> str:
    if decision is None or decision.reply_by is None:
        return ""
    return f"{format_date(decision.reply_by)}{_PAST if decision.reply_by < today else ''}"
