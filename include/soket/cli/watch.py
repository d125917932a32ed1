"""`soket watch`: is the monitor alive? For cron, Compose and the embedded stack's own watchman."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer

from soket.cli import session

SILENT = 5


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("watch")(watch)


def watch(
    every: Annotated[
        float | None, typer.Option("--every", min=1, help="Xem lại sau mỗi chừng này giây; bỏ trống: xem một lần.")
    ] = None,
    grace: Annotated[
        float, typer.Option("--grace", min=0, help="Im lặng quá chừng này phút thì gửi thư cho người vận hành.")
    ] = 15,
    state: session.StateOption = None,
    as_json: session.JsonOption = False,
) -> None:
    """Xem “Theo dõi” còn chạy không; ngừng thì báo người vận hành bằng thư, mỗi lần ngừng một thư.

    Mã thoát: 0 mọi đợt đang mở đều ổn, 5 có đợt im lặng hoặc kế hoạch không đọc được.
    """
    from soket.campaign.accounts import open_workspaces
    from soket.clock import from_environment
    from soket.notices.server import sender_from_environment, speaks
    from soket.notices.watch import look
    from soket.plan.loader import load_all
    from soket.stack.state import State

    session.enter(state)
    memory = State.locate(state).root / "watch.json"
    sender = sender_from_environment() if speaks(from_environment()) else None
    while True:
        sights = look(open_workspaces(), sender, memory, datetime.now(UTC), timedelta(minutes=grace))
        silent = [sight for sight in sights if sight.message]
        if as_json:
            typer.echo(json.dumps([vars(sight) for sight in sights], ensure_ascii=False))
        for sight in [] if as_json else silent:
            typer.echo(f"{sight.campaign}: {sight.message}{' Đã báo người vận hành.' if sight.told else ''}")
        # The DAGs of a plan that cannot be read are gone, and with it the address of whoever should know.
        _, faulty = load_all()
        for fault in faulty:
            typer.echo(str(fault), err=True)
        if every is None:
            break
        time.sleep(every)
    if not as_json and not silent and not faulty:
        typer.echo(f"Ổn: {len(sights)} đợt đang mở." if sights else "Không có đợt nào đang mở.")
    raise typer.Exit(SILENT if silent or faulty else 0)
