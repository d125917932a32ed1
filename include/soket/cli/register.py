"""`soket register`: the register as people and programs read it."""

from __future__ import annotations

from datetime import datetime
from json import dumps

import typer
from rich.console import Console
from rich.table import Table

from soket.cli import session
from soket.record.keeping import read_register
from soket.record.register import UnitEntry
from soket.record.tally import is_late, is_overdue
from soket.record.words import say_standing
from soket.record.workspace import Workspace
from soket.text import format_date, format_moment

app = typer.Typer(help="Sổ theo dõi: ai đã gửi gì, giai đoạn nào đến đâu.", no_args_is_help=True)


@app.command()
def show(
    plan: session.PlanOption = None,
    campaign: session.CampaignOption = None,
    state: session.StateOption = None,
    json: session.JsonOption = False,
) -> None:
    """In sổ theo dõi lúc này."""
    _print(session.workspace(plan, campaign, state), as_json=json, use_snapshot=True)


@app.command()
def rebuild(
    plan: session.PlanOption = None,
    campaign: session.CampaignOption = None,
    state: session.StateOption = None,
    json: session.JsonOption = False,
) -> None:
    """Lập lại sổ theo dõi từ mọi bản ghi trong kho, không dùng bản chụp."""
    _print(session.workspace(plan, campaign, state), as_json=json, use_snapshot=False)


@app.command()
def decisions(
    plan: session.PlanOption = None,
    campaign: session.CampaignOption = None,
    state: session.StateOption = None,
    json: session.JsonOption = False,
) -> None:
    """In mọi quyết định đã ghi, mới nhất trước: ai, lúc nào, việc gì, vì sao, theo văn bản nào."""
    from soket.record.commending import names_of_proposals
    from soket.record.decision_lines import decision_lines

    workspace = session.workspace(plan, campaign, state)
    register = read_register(workspace)
    lines = decision_lines(workspace.plan, register, names_of_proposals(workspace, register))
    if json:
        told = [
            {**line.act.model_dump(mode="json"), "undone_by": line.undone_by.id if line.undone_by else None}
            for line in lines
        ]
        typer.echo(dumps(told, ensure_ascii=False, indent=1))
        return
    table = Table()
    for column in ("Mã", "Lúc", "Việc", "Lý do", "Người cho phép", "Văn bản", "Người nhập"):
        table.add_column(column, overflow="fold")
    for line in lines:
        what = ": ".join(part for part in (line.kind, line.subject, line.content) if part)
        table.add_row(
            line.act.id,
            format_moment(line.act.decided_at),
            what + (f" (đã hủy bằng {line.undone_by.id})" if line.undone_by else ""),
            line.act.reason,
            line.act.granted_by,
            line.act.document_number or "",
            line.act.account,
        )
    Console().print(table)


def _print(workspace: Workspace, *, as_json: bool, use_snapshot: bool) -> None:
    found = read_register(workspace, use_snapshot=use_snapshot)
    if as_json:
        typer.echo(found.model_dump_json(indent=1))
        return
    units = Table(title=f"{workspace.plan.short_title}: lúc {format_moment(found.as_of)}")
    for column in ("Mã", "Đơn vị", "Tình trạng", "Lần gửi", "Hạn"):
        units.add_column(column)
    for entry in found.units.values():
        units.add_row(
            entry.unit,
            workspace.plan.unit(entry.unit).name,
            say_standing(workspace.plan, entry) + _late(entry, found.as_of),
            str(len(entry.sent)),
            f"hết ngày {format_date(entry.last_day)}" + (" (gia hạn)" if entry.extension else ""),
        )
    stages = Table()
    for column in ("Giai đoạn", "Vòng", "Đến đâu"):
        stages.add_column(column)
    for stage in workspace.plan.stages:
        line = found.of(stage)
        last = line.records[-1].headline if line.records else "chưa mở"
        stages.add_row(stage.title, str(line.round), last)
    Console().print(units, stages)


def _late(entry: UnitEntry, now: datetime) -> str:
    if is_overdue(entry, now):
        return " (quá hạn)"
    return " (gửi muộn)" if is_late(entry, now) else ""
