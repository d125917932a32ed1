"""What stages wait for. Each condition looks at the register and says, in words, why the wait is over, or None."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Concatenate, ParamSpec

from soket.clock import VIETNAM
from soket.plan.model import StageKind
from soket.record.inputs import awaited, basis_for
from soket.record.lacking import Lacking
from soket.record.register import Register, Standing
from soket.record.workspace import Workspace
from soket.stages.official import fresh_official_drafts
from soket.stages.waiting import DELIVERIES
from soket.text import format_moment


def block_settled(workspace: Workspace, register: Register, *, stage: str, block: str) -> str | None:
    """Every unit of a block that owes a report has one accepted, or the date passed and the plan goes on without."""
    plan, collecting = workspace.plan, workspace.plan.stage(stage)
    if register.of(collecting).done:
        return "Giai đoạn đã khép lại."
    entries = [each for each in register.reporting(plan, collecting) if plan.unit(each.unit).block == block]
    open_entries = [entry for entry in entries if not entry.standing.settled]
    if not open_entries:
        return f"Đủ {len(entries)} đơn vị."
    # A unit with an extension is waited for until its own date; files being judged are waited for in any case.
    if collecting.at_deadline == "proceed" and all(
        workspace.now >= entry.deadline and entry.standing is not Standing.PENDING for entry in open_entries
    ):
        lacking = Lacking.of(entries)
        names = "; ".join(plan.unit(entry.unit).name for entry in lacking.missing)
        over = f"Hết hạn, còn thiếu {len(lacking.missing)}/{len(entries)}{f': {names}' if names else ''}."
        return f"{over} {lacking.say_with_us(plan, workspace.now)}".rstrip()
    return None


def inputs_there(workspace: Workspace, register: Register, *, stage: str) -> str | None:
    """All that a stage follows is there, and its own date has come: what is there early does not bring it forward."""
    if stage not in workspace.campaign.stages:
        return "Đợt này không có giai đoạn này."  # the step that follows says so, and ends the run
    plan, here = workspace.plan, workspace.plan.stage(stage)
    if awaited(plan, register, here) or workspace.now < register.of(here).opens:
        return None
    before = [plan.stage(code) for code in here.after]
    for each in before:
        called = register.conference_format(each) if each.kind is StageKind.CONFER else None
        if called and workspace.now.astimezone(VIETNAM).date() <= called.day:  # it is about to meet
            return None
    ends = (f"{each.title}: {DELIVERIES[each.kind].ended} vòng {register.of(each).round}." for each in before)
    return " ".join(ends) or "Đã đến ngày mở giai đoạn."


def official_draft_dropped(workspace: Workspace, register: Register, *, stage: str) -> str | None:
    """The drafting office dropped a draft that no earlier round has taken."""
    here = workspace.plan.stage(stage)
    entry = register.of(here)
    if entry.done:
        return f"Dự thảo chính thức vòng {entry.round} đã nhận."
    fresh = fresh_official_drafts(workspace, register, here)
    if not fresh:
        return None
    return f"Dự thảo chính thức đến lúc {format_moment(fresh[-1].arrived_at)}."


def report_counted(workspace: Workspace, register: Register, *, stage: str) -> str | None:
    """There is a report that a draft can rest on."""
    count = len(basis_for(workspace.plan, register, workspace.plan.stage(stage)))
    return f"Đã có {count} báo cáo để tổng hợp." if count else None


CONDITIONS: dict[str, Callable[..., str | None]] = {
    condition.__name__: condition for condition in (block_settled, inputs_there, report_counted, official_draft_dropped)
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
