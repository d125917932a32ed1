"""`soket mail`: every mail as its reader will see it, and what became of those that were owed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from soket.cli import session
from soket.plan.model import Plan

app = typer.Typer(help="Thư: xem trước mẫu, tra sổ thư, gửi lại thư hỏng.", no_args_is_help=True)

_STATES = {
    "waiting": "chờ gửi",
    "sent": "đã gửi",
    "failed": "không gửi được",
    "suppressed": "giữ lại, không gửi",
    "withdrawn": "rút lại",
}


def register(parent: typer.Typer) -> None:
    """Add the sub-command."""
    parent.add_typer(app, name="mail")


@app.command()
def preview(
    kind: Annotated[str | None, typer.Argument(help="Loại thư; bỏ trống để xem danh sách.")] = None,
    plan: session.PlanOption = None,
    html: Annotated[Path | None, typer.Option("--html", help="Ghi bản HTML ra tệp này.")] = None,
) -> None:
    """Xem trước một loại thư, với dữ liệu ví dụ lấy từ kế hoạch; không cần hệ thống đang chạy."""
    from soket.notices.examples import examples, names
    from soket.notices.ledger import Intent
    from soket.notices.render import write

    if kind is None:
        typer.echo("\n".join(names()))
        return
    if kind not in names():
        raise typer.BadParameter(f"Không có loại thư «{kind}». Có: {', '.join(names())}.")
    found = examples(_plan(plan)).get(kind)
    if found is None:
        raise typer.BadParameter(f"Kế hoạch này không có ai nhận thư «{kind}».")
    workspace, notice = found
    written = write(workspace, Intent(notice=notice, posted_at=workspace.now))
    if html:
        html.write_text(written.html, encoding="utf-8")
    addresses = ", ".join(f"{contact.name} <{contact.email}>" for contact in notice.to)
    typer.echo(f"Đến: {addresses}\nTiêu đề: {written.subject}\n\n{written.text}")


@app.command()
def ledger(
    plan: session.PlanOption = None,
    campaign: session.CampaignOption = None,
    state: session.StateOption = None,
    json_: session.JsonOption = False,
) -> None:
    """In sổ thư: mỗi thư một dòng, đến đâu, vì sao."""
    from rich.console import Console
    from rich.table import Table

    from soket.notices.ledger import entries
    from soket.text import format_moment

    lines = entries(session.workspace(plan, campaign, state))
    if json_:
        typer.echo(json.dumps([line.model_dump(mode="json") for line in lines], ensure_ascii=False, indent=1))
        return
    table = Table()
    for column in ("Mã thư", "Đến", "Lập lúc", "Tình trạng", "Ghi chú"):
        table.add_column(column, overflow="fold")
    for line in lines:
        tries = f" (lần {line.tries})" if line.tries > 1 else ""
        table.add_row(
            line.id, ", ".join(line.to), format_moment(line.posted_at), _STATES[line.state] + tries, line.note
        )
    Console().print(table)


@app.command()
def resend(
    notice: Annotated[str, typer.Argument(help="Mã của thư không gửi được.")],
    to: Annotated[str | None, typer.Option("--to", help="Địa chỉ mới.")] = None,
    plan: session.PlanOption = None,
    campaign: session.CampaignOption = None,
    state: session.StateOption = None,
) -> None:
    """Đưa lại vào hộp chờ một thư không gửi được; lượt gửi sau sẽ gửi."""
    from soket.notices import outbox
    from soket.store.store import MissingObjectError

    workspace = session.workspace(plan, campaign, state)
    try:
        new = outbox.resend(workspace, notice, to=to)
    except MissingObjectError:
        raise typer.BadParameter(f"Sổ thư không có «{notice}». Xem bằng: soket mail ledger.") from None
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None
    typer.echo(f"Thư {new} đang chờ gửi.")


def _plan(plan_id: str | None) -> Plan:
    """Return the plan with an id; without one, the only plan there is."""
    from soket.campaign.accounts import find_plan
    from soket.plan.loader import load_all

    if plan_id:
        return find_plan(plan_id)
    plans, _ = load_all()
    if len(plans) != 1:
        raise typer.BadParameter(f"Có {len(plans)} kế hoạch; chọn một bằng --plan.")
    return plans[0]
