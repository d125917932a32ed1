"""`soket watch`: is the monitor alive, and the house in order? For cron, Compose and the embedded stack's watchman."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import cache, partial
from typing import TYPE_CHECKING, Annotated

import typer

from soket.cli import session

if TYPE_CHECKING:
    from soket.notices.watch import Sight, Trouble
    from soket.record.workspace import Workspace
    from soket.stack.state import State
    from soket.store.keys import Keys

SILENT = 5

_LASTING = timedelta(minutes=3)  # where no supervisor is: what has just been started shows nothing yet


def watch(
    every: Annotated[
        float | None, typer.Option("--every", min=1, help="Xem lại sau mỗi chừng này giây; bỏ trống: xem một lần.")
    ] = None,
    grace: Annotated[
        float, typer.Option("--grace", min=0, help="“Theo dõi” im lặng quá chừng này phút thì gửi thư báo.")
    ] = 15,
    metrics: Annotated[
        str | None,
        typer.Option(
            "--metrics",
            metavar="ĐỊA_CHỈ:CỔNG",
            help="Trả lời /metrics (Prometheus) và /healthz ở đây, khi xem lại nhiều lần.",
        ),
    ] = None,
    state: session.StateOption = None,
    as_json: session.JsonOption = False,
) -> None:
    """Xem “Theo dõi” còn chạy không, phần nào phải khởi động lại, kế hoạch nào có lỗi; báo người vận hành bằng thư.

    Mỗi lần ngừng, mỗi sự cố một thư. Mã thoát: 0 mọi thứ đều ổn, 5 có đợt im lặng, có sự cố hoặc kế hoạch có lỗi.
    """
    from soket.clock import from_environment
    from soket.notices.measures import Measures, serve
    from soket.notices.server import sender_from_environment, speaks
    from soket.notices.watch import look
    from soket.record.keeping import folders_read
    from soket.record.workspace import open_workspaces
    from soket.stack.state import State

    session.enter(state)
    place = State.locate(state)
    sender = sender_from_environment() if speaks(from_environment()) else None
    measures = Measures()
    if metrics is not None:
        host, _, port = metrics.rpartition(":")
        serve(measures, host or "127.0.0.1", int(port))

    def seen(keys: Keys) -> Sequence[str]:
        return keys.heartbeat, *((*folders_read(keys), keys.notices) if metrics is not None else ())

    while True:
        now = datetime.now(UTC)
        workspaces = open_workspaces(seen)
        sights = look(
            workspaces,
            sender,
            place.root / "watch.json",
            now,
            timedelta(minutes=grace),
            _troubles(place, workspaces, now),
        )
        if metrics is not None:
            measures.take(workspaces, sights, now)
        wrong = [sight for sight in sights if sight.message]
        if as_json:
            typer.echo(json.dumps([vars(sight) for sight in sights], ensure_ascii=False))
        for sight in [] if as_json else wrong:
            typer.echo(f"{sight.campaign}: {told_of(sight)}")
        if every is None:
            break
        time.sleep(every)
    if not as_json and not wrong:
        typer.echo(f"Ổn: {len(sights)} đợt đang mở." if sights else "Không có đợt nào đang mở.")
    raise typer.Exit(SILENT if wrong else 0)


def told_of(sight: Sight) -> str:
    """Return what is wrong, and whether the operator has been told, in whole sentences."""
    return f"{(sight.message or '').rstrip('.')}.{' Đã báo người vận hành.' if sight.told else ''}"


def _troubles(place: State, workspaces: Sequence[Workspace], now: datetime) -> list[Trouble]:
    """Return what is wrong with components and plans, given what is under way; keep the plans that are sound."""
    from soket.connection import setting
    from soket.notices.alerts import faulty_plan_notice, idle_notice, restarted_notice
    from soket.notices.watch import Trouble
    from soket.plan.kept import keep, last_sound
    from soket.plan.loader import load_all, plans_folder
    from soket.record.workspace import workspace_now
    from soket.stack.pulse import look_from_afar
    from soket.stack.status import incidents, status

    plans, faulty = load_all()
    kept = place.root / "plans"
    keep(plans_folder(), faulty, kept)
    # A faulty file names nobody any more: whom it named when it was sound is told.
    meant = {error: last_sound(error, kept) for error in faulty}
    opened = {each.plan.id: each for each in workspaces}

    @cache
    def everyone() -> list[Workspace]:
        return [opened.get(plan.id) or workspace_now(plan) for plan in (*plans, *filter(None, meant.values()))]

    found = [
        Trouble(
            f"plans/{error.file.name}",
            str(error),
            partial(faulty_plan_notice, error=error, now=now),
            [workspace_now(plan)] if plan else everyone(),
        )
        for error, plan in meant.items()
    ]
    address = setting("AIRFLOW__DATABASE__SQL_ALCHEMY_CONN")
    afar = look_from_afar(address) if address.startswith("postgresql") and not status(place).running else {}
    for name, trouble in afar.items():
        write = partial(idle_notice, component=name, trouble=trouble, now=now)
        found.append(Trouble(f"stack/{name}", f"{name}: {trouble}", write, everyone(), _LASTING))
    for each in incidents(place, now):
        write = partial(restarted_notice, component=each.component, title=each.title, reason=each.reason, at=each.at)
        found.append(Trouble(f"stack/{each.component}", f"{each.title}: {each.reason}", write, everyone()))
    return found
