"""`soket checks`: what the plan's rules found, as pages."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from soket.cli import session
from soket.intake.check_pages import file_pages, write_pages

app = typer.Typer(help="Kiểm tra số liệu: kết quả chạy các quy tắc của kế hoạch.", no_args_is_help=True)


@app.callback()
def _group() -> None:
    """Keep `docs` a sub-command, though it is the only one."""


@app.command()
def docs(
    out: Annotated[
        Path | None, typer.Option("--out", help="Ghi vào thư mục này, thay vì vào kho cho bảng theo dõi.")
    ] = None,
    plan: session.PlanOption = None,
    campaign: session.CampaignOption = None,
    state: session.StateOption = None,
) -> None:
    """Lập các trang kết quả (Data Docs của Great Expectations), mở được khi không có mạng."""
    workspace = session.workspace(plan, campaign, state)
    count = write_pages(workspace, out) if out else file_pages(workspace)
    where = (
        str(out / "index.html")
        if out
        else f"bảng theo dõi, /soket/{workspace.plan.id}/{workspace.campaign.code}/checks/index.html"
    )
    typer.echo(f"Đã lập trang cho {count} lượt kiểm tra: {where}")
