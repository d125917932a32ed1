"""`soket mail reports`: what mail servers say became of mail that went out."""

from __future__ import annotations

import json

import typer

from soket.cli import session


def reports(
    plan: session.PlanOption = None,
    campaign: session.CampaignOption = None,
    state: session.StateOption = None,
    json_: session.JsonOption = False,
) -> None:
    """Đọc thư báo của máy chủ thư: thư nào đã đến nơi, bị hoãn, bị trả lại; nêu địa chỉ không nhận được thư."""
    from soket.notices.reports.filing import read_reports
    from soket.notices.reports.server import mailbox_from_environment, sources
    from soket.notices.reports.unreached import unreached_facts
    from soket.notices.words import FATES

    workspace = session.workspace(plan, campaign, state)
    read = read_reports(workspace, sources(workspace.store, mailbox_from_environment()))
    lost = unreached_facts(workspace)
    if json_:
        filed = [{"notice": notice, "address": address, "outcome": outcome} for notice, address, outcome in read.filed]
        found = {"filed": filed, "strays": read.strays, "errors": read.errors, "unreached": lost}
        typer.echo(json.dumps(found, ensure_ascii=False, indent=1))
        return
    for error in read.errors:
        typer.echo(f"Lỗi: {error}", err=True)
    for notice, address, outcome in read.filed:
        typer.echo(f"{notice}: {address} {FATES[outcome].phrase}")
    typer.echo(
        f"Ghi mới {len(read.filed)}; không rõ của thư nào {read.strays}; địa chỉ không nhận được thư {len(lost)}."
    )
    for each in lost:
        typer.echo(f"- {each['name']}: {each['who']}, {each['address']}: {each['reason']}. {each['advice']}")
