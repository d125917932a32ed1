"""What stages wait for. Each condition looks at the register and says, in words, why the wait is over, or None."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Concatenate, ParamSpec

from soket.plan.model import StageName
from soket.record.register import Register, Standing
from soket.record.tally import progress_of
from soket.record.workspace import Workspace
from soket.stages.ubnd_draft import fresh_official_drafts
from soket.text import format_moment


def block_settled(workspace: Workspace, register: Register, *, block: str) -> str | None:
    """Every unit of a block that owes a report has one accepted, or the date passed and the plan goes on without."""
    stage = register.stages[StageName.UNIT_REPORTS]
    if stage.done:
        return "Giai đoạn đã khép lại."
    plan = workspace.plan
    members = {unit.code for unit in plan.units if unit.block == block}
    entries = [entry for entry in register.reporting(plan) if entry.unit in members]
    open_entries = [entry for entry in entries if not entry.standing.settled]
    if not open_entries:
        return f"Đủ {len(entries)} đơn vị."
    # A unit with an extension is waited for until its own date; files being judged are waited for in any case.
    if plan.stages[StageName.UNIT_REPORTS].at_deadline == "proceed" and all(
        workspace.now >= entry.deadline and entry.standing is not Standing.PENDING for entry in open_entries
    ):
        missing = [entry for entry in entries if not progress_of(entry).received]
        names = "; ".join(
            plan.unit(entry.unit).name + (" (chờ cán bộ xem)" if entry.standing.waits_for_person else "")
            for entry in missing
        )
        return f"Hết hạn, còn thiếu {len(missing)}/{len(entries)}{f': {names}' if missing else ''}."
    return None


def reports_closed(workspace: Workspace, register: Register) -> str | None:
    """The unit reports are closed, and the draft's own date has come: closed early, they don't bring it forward."""
    reports = register.stages[StageName.UNIT_REPORTS]
    if not reports.done or workspace.now < register.stages[StageName.UBND_DRAFT].opens:
        return None
    return f"{workspace.plan.stages[reports.stage].title}: khép lại vòng {reports.round}."


def official_draft_dropped(workspace: Workspace, register: Register) -> str | None:
    """The drafting office dropped a draft that no earlier round has taken."""
    entry = register.stages[StageName.UBND_DRAFT]
    if entry.done:
        return f"Dự thảo chính thức vòng {entry.round} đã nhận."
    fresh = fresh_official_drafts(workspace, register)
    if not fresh:
        return None
    return f"Dự thảo chính thức đến lúc {format_moment(fresh[-1].arrived_at)}."


def report_counted(workspace: Workspace, register: Register) -> str | None:  # noqa: ARG001 - as every condition
    """There is a report that a draft can rest on."""
    count = len(register.basis())
    return f"Đã có {count} báo cáo để tổng hợp." if count else None


CONDITIONS: dict[str, Callable[..., str | None]] = {
    condition.__name__: condition
    for condition in (block_settled, reports_closed, report_counted, official_draft_dropped)
}

P = ParamSpec("P")


@dataclass(frozen=True)
class Wait:
    """A condition and what it is asked about, in words that a trigger can carry through Airflow's database."""

    condition: str
    arguments: Mapping[str, str] = field(default_factory=dict)

    def over(self, workspace: Workspace, register: Register) -> str | None:
        """Ask the condition."""
        return CONDITIONS[self.condition](workspace, register, **self.arguments)


def until(
    condition: Callable[Concatenate[Workspace, Register, P], str | None], *args: P.args, **kwargs: P.kwargs
) -> Wait:
    """Return the wait for a condition; its arguments are named, and text."""
    if args:
        raise TypeError(f"{condition.__name__} takes its arguments by name")
    return Wait(condition.__name__, {name: str(value) for name, value in kwargs.items()})
