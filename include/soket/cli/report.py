"""`soket report check`: what intake would say of files, before they are sent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, timedelta
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.text import Text

from soket.campaign.accounts import find_plan
from soket.campaign.reading import read_register
from soket.campaign.records import Ruling, Submission, Verdict
from soket.campaign.workspace import Workspace
from soket.cli import session
from soket.clock import FrozenClock
from soket.intake.judge import judge
from soket.intake.kinds import FileKind, kind_of
from soket.intake.receive import receive
from soket.intake.validation import Validator
from soket.plan.loader import load_all
from soket.plan.model import Duty, Plan, Severity, StageName, Unit
from soket.store.store import MemoryStore

RULINGS = {
    Ruling.ACCEPTED: "[green]Được tiếp nhận[/]",
    Ruling.ACCEPTED_WITH_WARNINGS: "[yellow]Được tiếp nhận, có điểm cần kiểm tra lại[/]",
    Ruling.REFERRED: "[magenta]Được nhận, chờ cán bộ xem[/]",
    Ruling.RETURNED: "[red]Bị trả lại[/]",
}
KINDS = {
    Submission.REPORT: "báo cáo",
    Submission.OWN_REVIEW: "tự tổ chức sơ kết",
    Submission.OWN_REVIEW_PLAN: "kế hoạch tổ chức sơ kết",
    Submission.NIL_RETURN: "báo cáo không phát sinh",
    Submission.COVERAGE_PLAN: "kế hoạch tuyên truyền",
}
SEVERITIES = {
    Severity.CRITICAL: "[red]phải sửa[/]",
    Severity.REFER: "[magenta]chuyển cán bộ xem[/]",
    Severity.WARNING: "[yellow]kiểm tra lại[/]",
    Severity.INFO: "lưu ý",
}

app = typer.Typer(help="Báo cáo: kiểm tra tệp trước khi gửi.", no_args_is_help=True)


@app.callback()
def _group() -> None:
    """Keep `check` a sub-command, though it is the only one."""


def register(parent: typer.Typer) -> None:
    """Add the sub-command."""
    parent.add_typer(app, name="report")


@app.command()
def check(
    files: Annotated[list[Path], typer.Argument(exists=True, dir_okay=False, help="Các tệp của một bộ hồ sơ.")],
    plan: session.PlanOption = None,
    unit: Annotated[str | None, typer.Option("--unit", help="Mã đơn vị gửi.")] = None,
    json: session.JsonOption = False,
) -> None:
    """Chấm một bộ hồ sơ như khi tiếp nhận, ngay trên máy này, không gửi đi.

    Mã thoát: 0 được tiếp nhận, 1 bị trả lại, 2 gọi lệnh sai.
    """
    chosen = _plan(plan)
    sender = _unit(chosen, unit, files)
    verdict = judge_offline(chosen, sender, files)
    if json:
        typer.echo(verdict.model_dump_json(indent=1))
    else:
        _print(sender, verdict, files, guessed=unit is None)
    raise typer.Exit(code=int(verdict.ruling is Ruling.RETURNED))


def judge_offline(plan: Plan, unit: Unit, files: Sequence[Path]) -> Verdict:
    """Return the verdict on files as if the unit had dropped them in time, on a store in memory."""
    campaign = plan.campaigns[-1]
    moment = campaign.stages[StageName.UNIT_REPORTS].opening
    store = MemoryStore(clock=lambda: moment.astimezone(UTC))
    workspace = Workspace(plan, campaign, store, FrozenClock(moment))
    for index, file in enumerate(files):
        # A folder each: files of one name from several places are all looked at.
        store.put(f"{workspace.keys.inbox_folder(unit.code)}{index}/{file.name}", file.read_bytes())
    with Validator() as validator:
        receive(workspace, read_register(workspace), settle=timedelta(0), now_real=moment + timedelta(hours=1))
        verdicts = judge(workspace, read_register(workspace), validator=validator)
    for attempt in read_register(workspace).failures:
        raise RuntimeError(f"{attempt.error}: {attempt.detail}")
    return verdicts[0]


def _plan(plan_id: str | None) -> Plan:
    if plan_id is not None:
        return find_plan(plan_id)
    plans, _ = load_all()
    if len(plans) != 1:
        known = ", ".join(plan.id for plan in plans) or "không có"
        raise typer.BadParameter(f"Có {len(plans)} kế hoạch ({known}); chọn một.", param_hint="--plan")
    return plans[0]


def _unit(plan: Plan, code: str | None, files: Sequence[Path]) -> Unit:
    """Return the unit named or, without one, the first that owes a report made of such files."""
    if code is not None:
        try:
            return plan.unit(code)
        except KeyError:
            raise typer.BadParameter(f"Kế hoạch «{plan.id}» không có đơn vị «{code}».", param_hint="--unit") from None
    with_table = any(kind_of(file.name) is FileKind.TABLE for file in files)
    reporting = [unit for unit in plan.units if unit.owes is Duty.REPORT]
    return next((unit for unit in reporting if (plan.form_of(unit) is not None) == with_table), plan.units[0])


def _print(unit: Unit, verdict: Verdict, files: Sequence[Path], *, guessed: bool) -> None:
    console = Console(highlight=False)
    console.print(f"{RULINGS[verdict.ruling]}: {KINDS[verdict.kind]} của {escape(unit.name)}, {len(files)} tệp.")
    if guessed:
        console.print("(Chấm theo yêu cầu đối với đơn vị trên; dùng --unit để chấm đúng đơn vị gửi.)", style="dim")
    for fault in verdict.faults:
        where = ", ".join(part for part in (fault.file, fault.where or fault.place) if part) or "cả bộ hồ sơ"
        console.print(f"\n{SEVERITIES[fault.severity]}  [dim]{fault.code}[/]  {escape(where)}")
        for text in (fault.message, fault.advice):
            if text:
                console.print(Padding(Text(text), (0, 0, 0, 4)))
