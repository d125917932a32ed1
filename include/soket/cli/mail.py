"""`soket mail`: every mail as its reader will see it, and what became of those that were owed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from soket.cli import mail_reports, mail_switch, session
from soket.notices.notice import Kind
from soket.plan.model import Contact, Duty, Plan, Unit

app = typer.Typer(
    help="Thư: xem trước mẫu, tra sổ thư, xem thư sắp gửi, tạm dừng, gửi lại thư hỏng.", no_args_is_help=True
)
for command in (mail_switch.hold, mail_switch.release, mail_reports.reports):
    app.command()(command)


class Listed(StrEnum):
    """Which mails to list."""

    WAITING = "waiting"
    SENT = "sent"
    PARTLY = "partly"
    FAILED = "failed"
    DELIVERED = "delivered"
    DELAYED = "delayed"
    BOUNCED = "bounced"
    SUPPRESSED = "suppressed"
    WITHDRAWN = "withdrawn"


@app.command()
def preview(
    kind: Annotated[str | None, typer.Argument(metavar="LOẠI", help="Loại thư; bỏ trống để xem danh sách.")] = None,
    plan: session.PlanOption = None,
    html: Annotated[Path | None, typer.Option("--html", help="Ghi bản HTML ra tệp này.")] = None,
    count: Annotated[int | None, typer.Option("--names", min=1, help="Thử với chừng này đơn vị.")] = None,
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
    chosen = session.the_plan(plan)
    found = examples(_with_units(chosen, count) if count else chosen).get(kind)
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
    kind: Annotated[Kind | None, typer.Option("--kind", help="Chỉ loại thư này.")] = None,
    only: Annotated[Listed | None, typer.Option("--only", help="Chỉ thư ở tình trạng này.")] = None,
    unit: Annotated[str | None, typer.Option("--unit", help="Chỉ thư của đơn vị, cơ quan có mã này.")] = None,
    json_: session.JsonOption = False,
) -> None:
    """In sổ thư: mỗi thư một dòng, đến đâu, vì sao."""
    from soket.notices.ledger import states
    from soket.notices.lines import entries
    from soket.notices.switch import held_by
    from soket.notices.words import FATES
    from soket.text import format_moment

    workspace = session.workspace(plan, campaign, state)
    wanted = [
        each
        for each in states(workspace).values()
        if kind in (None, each.kind) and only in (None, each.fate) and unit in (None, each.id.split(".")[1])
    ]
    lines = entries(workspace, wanted)
    if json_:
        typer.echo(json.dumps([line.model_dump(mode="json") for line in lines], ensure_ascii=False, indent=1))
        return
    if held := held_by(workspace.store):
        typer.echo(f"Chú ý: {held}, từ {format_moment(workspace.clock.campaign_time(held.at))}.")
    rows = [
        (
            line.id,
            ", ".join(line.to),
            format_moment(line.posted_at),
            FATES[line.state].phrase + (f" (lần {line.tries})" if line.tries > 1 else ""),
            line.note,
        )
        for line in lines
    ]
    _print_table(("Mã thư", "Đến", "Lập lúc", "Tình trạng", "Ghi chú"), rows, "Không có thư nào.")


@app.command()
def show(
    notice: Annotated[str, typer.Argument(metavar="MÃ_THƯ", help="Mã thư, hoặc Message-ID, ENVID ghi trong thư báo.")],
    plan: session.PlanOption = None,
    campaign: session.CampaignOption = None,
    state: session.StateOption = None,
    json_: session.JsonOption = False,
) -> None:
    """Kể chuyện một thư: lập lúc nào, gửi mấy lần, kết quả từng lần, nội dung."""
    from soket.notices.story import tell
    from soket.notices.words import FATES
    from soket.store.store import MissingObjectError
    from soket.text import format_moment

    try:
        story = tell(session.workspace(plan, campaign, state), notice)
    except MissingObjectError:
        raise typer.BadParameter(f"Sổ thư không có «{notice}». Xem bằng: soket mail ledger.") from None
    if json_:
        typer.echo(story.model_dump_json(indent=1))
        return
    entry = story.entry
    typer.echo(f"{entry.id}: {FATES[entry.state].phrase}" + (f" ({entry.note})" if entry.note else ""))
    typer.echo(f"Message-ID: {story.message_id}\nĐến: {', '.join(entry.to)}\n")
    for event in story.events:
        typer.echo(f"  {format_moment(event.at)}  {event.what}" + (f": {event.note}" if event.note else ""))
    for name in story.attachments:
        typer.echo(f"  kèm theo: {name}")
    typer.echo(f"\nTiêu đề: {story.subject}\n\n{story.text}")


@app.command()
def due(
    at: Annotated[
        datetime | None,
        typer.Option(
            "--at", formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"], help="Thời điểm của đợt (mặc định: bây giờ)."
        ),
    ] = None,
    plan: session.PlanOption = None,
    campaign: session.CampaignOption = None,
    state: session.StateOption = None,
    json_: session.JsonOption = False,
) -> None:
    """Xem thư nào sẽ đi, đến ai, nếu «Theo dõi» chạy lúc đó; không ghi, không gửi gì."""
    from soket.clock import VIETNAM
    from soket.stages.rehearsal import COMING, rehearse

    found = rehearse(session.workspace(plan, campaign, state), at.replace(tzinfo=VIETNAM) if at else None)
    if json_:
        typer.echo(json.dumps([each.model_dump(mode="json") for each in found], ensure_ascii=False, indent=1))
        return
    rows = [
        (
            COMING[each.outcome].phrase + ("" if each.new else " (đang chờ)"),
            ", ".join(each.to),
            each.subject,
            each.id,
            each.note,
        )
        for each in found
    ]
    _print_table(("Việc", "Đến", "Tiêu đề", "Mã thư", "Ghi chú"), rows, "Lúc đó không có thư nào đến hạn.")


@app.command()
def resend(
    notice: Annotated[str, typer.Argument(metavar="MÃ_THƯ", help="Mã của thư không gửi được.")],
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


def _with_units(plan: Plan, count: int) -> Plan:
    """Return a plan with so many units that report: the first of its own, then others like them."""
    elsewhere = (Duty.COVERAGE_PLAN, Duty.EXEMPT)
    own = [unit for unit in plan.units if unit.owes not in elsewhere]
    others = [unit for unit in plan.units if unit.owes in elsewhere]
    units = [own[index] if index < len(own) else _like(own[index % len(own)], index) for index in range(count)]
    return plan.model_copy(update={"units": (*units, *others)})


def _like(unit: Unit, index: int) -> Unit:
    def moved(contact: Contact) -> Contact:
        name, _, domain = contact.email.rpartition("@")
        return contact.model_copy(update={"email": f"{name}.{index}@{domain}"})

    return unit.model_copy(
        update={
            "code": f"{unit.code}_{index}",
            "name": f"{unit.name} {index}",
            "aliases": (),
            "contact": moved(unit.contact),
            "head": moved(unit.head),
        }
    )


def _print_table(columns: Sequence[str], rows: Sequence[Sequence[str]], none: str) -> None:
    """Print rows under the heads of their columns, or that there are none."""
    from rich.console import Console
    from rich.table import Table

    if not rows:
        typer.echo(none)
        return
    table = Table()
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*row)
    Console().print(table)
