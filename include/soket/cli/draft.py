"""`soket draft`: provisional drafts, and papers that reports came after."""

from __future__ import annotations

import typer

from soket.cli import session
from soket.stages import NothingToDoError

app = typer.Typer(help="Dự thảo: bản tổng hợp tạm, văn bản chưa tính báo cáo đến sau.", no_args_is_help=True)


@app.command()
def renew(
    plan: session.PlanOption = None,
    campaign: session.CampaignOption = None,
    state: session.StateOption = None,
) -> None:
    """Lập ngay bản tổng hợp tạm từ báo cáo đang có, nếu có gì mới."""
    from soket.plan.fault import PlanError
    from soket.stages import provisional

    workspace = session.workspace(plan, campaign, state)
    try:
        typer.echo(provisional.renew(workspace))
    except NothingToDoError as nothing:
        typer.echo(str(nothing))
    except PlanError as error:  # of the lexicon
        typer.echo(f"{error}\nSửa bộ chủ đề rồi chạy lại.", err=True)
        raise typer.Exit(1) from None
