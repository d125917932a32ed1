"""`soket page`: the units' own page, and the link that opens it for one unit."""

from __future__ import annotations

from typing import Annotated

import typer

from soket.cli import session
from soket.record.keeping import read_register
from soket.record.sending import UPLOAD_VARIABLE, entry_link

app = typer.Typer(help="Trang nộp hồ sơ của đơn vị.", no_args_is_help=True)


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="Địa chỉ để nghe.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Cổng để nghe.")] = 8090,
    path: Annotated[str, typer.Option(help="Đường dẫn gốc, khi đứng sau máy chủ chuyển tiếp.")] = "",
    proxy: Annotated[
        str,
        typer.Option(
            envvar="SOKET_PAGE_PROXY",
            metavar="ĐỊA_CHỈ,…",
            help="Máy chủ chuyển tiếp được tin khi nói ai đang hỏi, qua http hay https: địa chỉ hoặc mạng.",
        ),
    ] = "127.0.0.1",
    state: session.StateOption = None,
) -> None:
    """Chạy trang nộp hồ sơ cho đến khi dừng (Ctrl-C)."""
    from soket.page.app import serve as serve_pages

    session.enter(state)
    serve_pages(host, port, path.rstrip("/"), proxy)


@app.command()
def link(
    unit: Annotated[str, typer.Argument(metavar="ĐƠN_VỊ", help="Mã đơn vị.")],
    plan: session.PlanOption = None,
    campaign: session.CampaignOption = None,
    state: session.StateOption = None,
) -> None:
    """In đường dẫn mở trang nộp của một đơn vị, như trong thư gửi đơn vị. Ai có đường dẫn này nộp được thay đơn vị."""
    workspace = session.workspace(plan, campaign, state)
    entry = read_register(workspace, keep=False).units.get(unit)
    if entry is None:
        raise typer.BadParameter(f"Kế hoạch «{workspace.plan.id}» không có đơn vị «{unit}».", param_hint="ĐƠN_VỊ")
    address = entry_link(workspace, entry)
    if address is None:
        raise typer.BadParameter(f"Chưa có trang nộp hồ sơ: đặt {UPLOAD_VARIABLE}, hoặc upload_page trong kế hoạch.")
    typer.echo(address)
