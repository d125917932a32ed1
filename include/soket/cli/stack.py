"""`soket up`, `down`, `status`, `doctor`: the embedded stack from the command line."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.table import Table

from soket.cli import session

if TYPE_CHECKING:
    from soket.stack.state import State
    from soket.stack.status import StackStatus

# What the exit codes say.
FAILED = 1
REFUSED = 2
NOT_RUNNING = 3
NOT_HEALTHY = 4

StateOption = Annotated[
    Path | None, typer.Option("--state", help="Thư mục trạng thái (mặc định: SOKET_STATE, hoặc .soket trong kho mã).")
]


def up(
    state: StateOption = None,
    detach: Annotated[bool, typer.Option("--detach", help="Trả lại dòng lệnh khi hệ thống đã sẵn sàng.")] = False,
    reset: Annotated[bool, typer.Option("--reset", help="Xóa trạng thái cũ (mọi dữ liệu!) trước khi bắt đầu.")] = False,
    replay: Annotated[
        str | None,
        typer.Option(
            "--replay",
            help="Diễn một đợt đã qua hay sắp đến trên hệ thống riêng, không gửi thư: «2030-10-18 4, 2030-12-03» là từ "
            "ngày 18/10/2030 mỗi ngày làm việc 4 giây, đến hết ngày 02/12/2030.",
        ),
    ] = None,
) -> None:
    """Khởi động hệ thống: kho tệp, cơ sở dữ liệu, máy chủ thư và Airflow. Ctrl-C để dừng."""
    from soket.plan.loader import load_all
    from soket.stack.display import (
        StartProgress,
        console,
        errors,
        explain,
        print_addresses,
        print_status,
        then_addresses,
    )
    from soket.stack.launch import default_spec, prepare, run
    from soket.stack.launch import detach as start_detached
    from soket.stack.replaying import quickened
    from soket.stack.state import BusyError, NotOursError, State
    from soket.stack.supervisor import StartError

    place = State.locate(state)
    if replay:
        _check_replay(place, replay, reset=reset)
    for faulty in load_all()[1]:
        errors.print(
            f"Kế hoạch có lỗi, chưa chạy được (thư mục và tài khoản của nó vẫn giữ nguyên):\n{faulty}", markup=False
        )
    try:
        with place.locked() as lock:
            replays = replay or (place.clock and not reset)
            prepare(place, quickened(default_spec(place)) if replays else default_spec(place), reset=reset)
            if replays:
                _say_replay(place, replay)
            with StartProgress() as progress:
                if detach:
                    start_detached(place, lock, replay=replay, listener=progress)
                else:
                    run(place, replay=replay, listener=then_addresses(progress, place))
    except BusyError:
        console.print(f"Hệ thống ở {place.root} đang chạy rồi.")
        print_status(place)
        raise typer.Exit(REFUSED if reset or replay else 0) from None
    except NotOursError:
        errors.print(f"{place.root} chứa dữ liệu khác, không phải của soket; chọn thư mục khác bằng --state.")
        raise typer.Exit(REFUSED) from None
    except StartError as error:
        explain(place, error)
        raise typer.Exit(FAILED) from None
    if detach:
        print_addresses(place)
    else:
        console.print("Hệ thống đã dừng.")


def down(state: StateOption = None) -> None:
    """Dừng hệ thống và mọi tiến trình còn sót của nó."""
    from soket.stack import launch
    from soket.stack.display import console, errors
    from soket.stack.replaying import runs_on
    from soket.stack.state import BusyError, State

    place = State.locate(state)
    try:
        with console.status("Đang dừng hệ thống…"):
            stopped = launch.down(place)
    except BusyError:
        errors.print("Một lệnh khác đang khởi động hoặc dừng hệ thống này; đợi lệnh đó xong rồi chạy lại.")
        raise typer.Exit(FAILED) from None
    console.print("Hệ thống đã dừng." if stopped else f"Không có hệ thống nào đang chạy ở {place.root}.")
    if stopped and (words := runs_on(place)):
        console.print(words, soft_wrap=True)


def show_status(
    state: StateOption = None,
    as_json: session.JsonOption = False,
    passwords: Annotated[bool, typer.Option("--passwords", help="In cả mật khẩu (trừ khi --json).")] = False,
) -> None:
    """Cho biết từng phần của hệ thống: tình trạng, địa chỉ, tài khoản."""
    from soket.stack.bucket import advice
    from soket.stack.display import addresses, errors, print_passwords, print_status
    from soket.stack.state import State
    from soket.stack.status import status

    place = State.locate(state)
    told = status(place)
    wrong = _store_complaint(place, told)
    if as_json:
        # Secrets are for eyes, not for pipes that end in log files.
        shown: dict[str, Any] = asdict(told) | {"healthy": told.healthy and not wrong, "state": str(place.root)}
        shown["store"] = wrong
        shown["addresses"] = dict(addresses(place)) if told.running else {}
        for entry, component in zip(shown["components"], told.components, strict=True):
            entry["uptime"] = component.uptime
        typer.echo(json.dumps(shown, ensure_ascii=False, indent=2))
    else:
        print_status(place)
        if passwords and place.exists():
            print_passwords(place)
        if wrong:
            errors.print(f"[bold red]Kho tệp: {wrong}.[/] {advice(place)}", highlight=False)
    if not told.running:
        raise typer.Exit(NOT_RUNNING)
    if not told.healthy or wrong:
        raise typer.Exit(NOT_HEALTHY)


def doctor(state: StateOption = None, as_json: session.JsonOption = False) -> None:
    """Khám máy: có gì còn thiếu, mất gì khi thiếu, làm thế nào để có."""
    from soket.stack.display import console
    from soket.stack.doctor import examine
    from soket.stack.state import State

    findings = examine(State.locate(state))
    if as_json:
        typer.echo(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False, indent=2))
    else:
        signs = {"ok": "[green]✓[/]", "warning": "[yellow]![/]", "error": "[red]✗[/]"}
        table = Table.grid(padding=(0, 1))
        for finding in findings:
            table.add_row(signs[finding.level], f"[bold]{finding.subject}[/]", finding.message)
            if finding.advice:
                table.add_row("", "", f"→ {finding.advice}")
        console.print(table)
    if any(finding.level == "error" for finding in findings):
        raise typer.Exit(FAILED)


def _store_complaint(place: State, told: StackStatus) -> str | None:
    """Return what is wrong with the record, where the store runs or was given up; its server may live all the same."""
    from soket.stack.seaweedfs import SeaweedFS
    from soket.stack.status import Phase

    for entry in told.components:
        if entry.name == SeaweedFS.name and told.running:
            return SeaweedFS(place).complaint() if entry.phase == Phase.READY else entry.message or None
    return None


def _check_replay(place: State, replay: str, *, reset: bool) -> None:
    """Refuse a pace that is none, and a stack that is not the replay's own."""
    from soket.clock import Pace
    from soket.stack.replaying import lived_in

    try:
        Pace.parse(replay)
    except ValueError as error:
        raise typer.BadParameter(f"Nhịp diễn lại: {error}.", param_hint="--replay") from None
    if lived_in(place) and not reset:
        raise typer.BadParameter(
            f"Hệ thống ở {place.root} đã chạy theo giờ thật; diễn lại ở đó sẽ lẫn vào hồ sơ thật. Chọn thư mục riêng: "
            "--state .soket/dien-lai.",
            param_hint="--replay",
        )


def _say_replay(place: State, replay: str | None) -> None:
    """Say what is played; one that runs already goes on by its own clock."""
    from soket.clock import Pace
    from soket.plan.loader import load_all
    from soket.stack.display import console
    from soket.stack.replaying import explained, remember, runs_on

    if place.clock or replay is None:
        console.print(f"Tiếp tục lần diễn lại trước. {runs_on(place)} Diễn lại từ đầu: thêm --reset.", soft_wrap=True)
        return
    remember(place, replay)
    lines = explained(Pace.parse(replay), load_all()[0], place.spec.settings.get("SOKET_MAIL"))
    console.print("\n".join(lines), markup=False, highlight=False, soft_wrap=True)
