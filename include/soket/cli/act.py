"""`soket act`: what the actions DAG's form does, from the command line."""

from __future__ import annotations

import getpass
from collections.abc import Mapping
from typing import Annotated
from uuid import uuid4

import typer

from soket.cli import session
from soket.stages.actions import record_act
from soket.stages.refusing import Actor, ActRefusedError

Unit = Annotated[str, typer.Argument(help="Mã đơn vị.")]
Stage = Annotated[str, typer.Argument(help="Mã giai đoạn.")]
Day = Annotated[str, typer.Argument(help="Ngày cuối, dạng NĂM-THÁNG-NGÀY.")]
Reason = Annotated[str, typer.Option("--reason", help="Lý do.")]
GrantedBy = Annotated[str, typer.Option("--granted-by", help="Người cho phép.")]
Document = Annotated[str | None, typer.Option("--document", help="Số văn bản.")]

app = typer.Typer(
    help="Xử lý của người vận hành: gia hạn, miễn, lùi hạn, mở lại, tạm ngừng thư, hủy.", no_args_is_help=True
)


def register(parent: typer.Typer) -> None:
    """Add the sub-command."""
    parent.add_typer(app, name="act")


@app.command()
def extend(
    unit: Unit,
    last_day: Day,
    reason: Reason = "",
    granted_by: GrantedBy = "",
    document: Document = None,
    plan: session.PlanOption = None,
    campaign: session.CampaignOption = None,
    state: session.StateOption = None,
) -> None:
    """Gia hạn cho một đơn vị."""
    form = {"act": "extension", "unit": unit, "last_day": last_day}
    _record(form, (reason, granted_by, document), (plan, campaign), state)


@app.command()
def exempt(
    unit: Unit,
    reason: Reason = "",
    granted_by: GrantedBy = "",
    document: Document = None,
    plan: session.PlanOption = None,
    campaign: session.CampaignOption = None,
    state: session.StateOption = None,
) -> None:
    """Miễn báo cáo cho một đơn vị."""
    _record({"act": "exemption", "unit": unit}, (reason, granted_by, document), (plan, campaign), state)


@app.command("nil-return")
def nil_return(
    unit: Unit,
    reason: Reason = "",
    granted_by: GrantedBy = "",
    document: Document = None,
    plan: session.PlanOption = None,
    campaign: session.CampaignOption = None,
    state: session.StateOption = None,
) -> None:
    """Ghi nhận đơn vị không có nội dung báo cáo."""
    _record({"act": "nil_return", "unit": unit}, (reason, granted_by, document), (plan, campaign), state)


@app.command()
def postpone(
    stage: Stage,
    last_day: Day,
    reason: Reason = "",
    granted_by: GrantedBy = "",
    document: Document = None,
    plan: session.PlanOption = None,
    campaign: session.CampaignOption = None,
    state: session.StateOption = None,
) -> None:
    """Lùi thời hạn của một giai đoạn."""
    form = {"act": "postponement", "stage": stage, "last_day": last_day}
    _record(form, (reason, granted_by, document), (plan, campaign), state)


@app.command()
def reopen(
    stage: Stage,
    reason: Reason = "",
    granted_by: GrantedBy = "",
    document: Document = None,
    plan: session.PlanOption = None,
    campaign: session.CampaignOption = None,
    state: session.StateOption = None,
) -> None:
    """Mở lại một giai đoạn; sau đó chạy DAG của giai đoạn ấy."""
    _record({"act": "reopening", "stage": stage}, (reason, granted_by, document), (plan, campaign), state)


@app.command()
def mute(
    last_day: Day,
    unit: Annotated[str | None, typer.Option("--unit", help="Mã đơn vị.")] = None,
    office: Annotated[str | None, typer.Option("--office", help="Mã cơ quan, thay cho đơn vị.")] = None,
    reason: Reason = "",
    granted_by: GrantedBy = "",
    document: Document = None,
    plan: session.PlanOption = None,
    campaign: session.CampaignOption = None,
    state: session.StateOption = None,
) -> None:
    """Tạm ngừng thư nhắc, đôn đốc, bản tin cho một đơn vị hoặc cơ quan đến hết một ngày."""
    form = {"act": "mute", "unit": unit, "office": office, "last_day": last_day}
    _record(form, (reason, granted_by, document), (plan, campaign), state)


@app.command()
def undo(
    decision: Annotated[str, typer.Argument(help="Mã quyết định; xem bằng: soket register decisions.")],
    reason: Reason = "",
    granted_by: GrantedBy = "",
    document: Document = None,
    plan: session.PlanOption = None,
    campaign: session.CampaignOption = None,
    state: session.StateOption = None,
) -> None:
    """Hủy một quyết định đã ghi; quyết định hủy cũng được ghi, và cũng hủy được."""
    _record({"act": "undo", "undoes": decision}, (reason, granted_by, document), (plan, campaign), state)


def _record(
    form: Mapping[str, str | None],
    grounds: tuple[str, str, str | None],
    where: tuple[str | None, str | None],
    state: session.StateOption,
) -> None:
    reason, granted_by, document = grounds
    filled = {**form, "reason": reason, "granted_by": granted_by, "document_number": document}
    workspace = session.workspace(*where, state)
    try:
        # Whoever has this shell has the server: on the record by their name there, with the operator's rights.
        actor = Actor(getpass.getuser(), console=True)
        note = record_act(workspace, form=filled, entry=f"cli-{uuid4()}", actor=actor)
    except ActRefusedError as refusal:
        raise typer.BadParameter(str(refusal)) from None
    typer.echo(note)
