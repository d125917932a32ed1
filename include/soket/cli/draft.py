"""`soket draft`: provisional drafts, and papers that reports came after."""

from __future__ import annotations

import typer

from soket.cli import session
from soket.plan.campaigns import dag_of
from soket.plan.model import StageKind
from soket.record.stale import StalePaper
from soket.record.workspace import Workspace
from soket.stages import NothingToDoError

app = typer.Typer(help="Dự thảo: bản tổng hợp tạm, văn bản chưa tính báo cáo tiếp nhận sau.", no_args_is_help=True)


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


@app.command()
def stale(
    plan: session.PlanOption = None,
    campaign: session.CampaignOption = None,
    state: session.StateOption = None,
) -> None:
    """Kê văn bản chưa tính báo cáo tiếp nhận sau: thiếu báo cáo của ai, số và câu nào đổi, lập lại thế nào."""
    from soket.record.keeping import read_register
    from soket.record.stale import stale_papers
    from soket.stages.resting import moved_since

    workspace = session.workspace(plan, campaign, state)
    register = read_register(workspace, keep=False)
    papers = stale_papers(workspace, register)
    if not papers:
        typer.echo("Mọi văn bản đã lập đều tính đủ báo cáo đang có.")
    for paper in papers:
        typer.echo(f"{paper.stage.title}. {paper.in_words(workspace.plan)}")
        for line in moved_since(workspace, register, paper.stage, paper.rests_on):
            typer.echo(f"  - {line}")
        typer.echo(f"  {paper.advice(workspace.plan, register)}")
        if again := _again(workspace, paper):
            typer.echo(f"  {again}")


def _again(workspace: Workspace, paper: StalePaper) -> str:
    """Return the command that makes a paper again in place; "" where a draft's stage is to be reopened instead."""
    if paper.stage.kind is StageKind.DRAFT:
        return ""
    campaign = workspace.campaign
    dag = dag_of(workspace.plan.id, paper.stage.id, workspace.plan.campaigns, campaign)
    days = f"--from-date {campaign.opens} --to-date {campaign.closes}"
    return f"soket airflow backfill create --dag-id {dag} {days} --reprocess-behavior completed"
