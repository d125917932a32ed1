"""`soket up`, `down`, `status`, `doctor`: the embedded stack from the command line."""

from __future__ import annotations

import json
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console, Group
from rich.live import Live
from rich.spinner import Spinner
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from soket.stack.state import State
    from soket.stack.status import StackStatus
    from soket.stack.supervisor import Listener, StartError

# What the exit codes say.
FAILED = 1
REFUSED = 2
NOT_RUNNING = 3
NOT_HEALTHY = 4

StateOption = Annotated[
    Path | None, typer.Option("--state", help="Thư mục trạng thái (mặc định: SOKET_STATE, hoặc .soket trong kho mã).")
]
JsonOption = Annotated[bool, typer.Option("--json", help="In dữ liệu dạng JSON.")]

_WORDS = {
    "waiting": ("đang đợi", "dim"),
    "starting": ("đang khởi động", "yellow"),
    "ready": ("sẵn sàng", "green"),
    "restarting": ("đang khởi động lại", "yellow"),
    "failed": ("hỏng", "bold red"),
    "stopping": ("đang dừng", "yellow"),
    "stopped": ("đã dừng", "dim"),
}

console = Console()
errors = Console(stderr=True)


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("up")(up)
    app.command("down")(down)
    app.command("status")(show_status)
    app.command("doctor")(doctor)


def up(
    state: StateOption = None,
    detach: Annotated[bool, typer.Option("--detach", help="Trả lại dòng lệnh khi hệ thống đã sẵn sàng.")] = False,
    reset: Annotated[bool, typer.Option("--reset", help="Xóa trạng thái cũ (mọi dữ liệu!) trước khi bắt đầu.")] = False,
    replay: Annotated[
        str | None, typer.Option("--replay", help="Diễn lại một đợt đã qua, ví dụ «2021-10-18 4, 2021-12-03».")
    ] = None,
) -> None:
    """Khởi động hệ thống: kho tệp, cơ sở dữ liệu, máy chủ thư và Airflow. Ctrl-C để dừng."""
    from soket.stack.launch import default_spec, prepare, run
    from soket.stack.launch import detach as start_detached
    from soket.stack.state import BusyError, NotOursError, State
    from soket.stack.supervisor import StartError

    place = State.locate(state)
    if replay:
        _check_pace(replay)
    try:
        with place.locked() as lock:
            prepare(place, default_spec(), reset=reset)
            if replay and place.clock:
                console.print("Lần diễn lại trước được tiếp tục theo đồng hồ của nó; --reset để diễn lại từ đầu.")
            with _Progress() as progress:
                if detach:
                    start_detached(place, lock, replay=replay, listener=progress)
                else:
                    run(place, replay=replay, listener=_then_addresses(progress, place))
    except BusyError:
        console.print(f"Hệ thống ở {place.root} đang chạy rồi.")
        _print_status(place)
        raise typer.Exit(REFUSED if reset or replay else 0) from None
    except NotOursError:
        errors.print(f"{place.root} chứa dữ liệu khác, không phải của soket; chọn thư mục khác bằng --state.")
        raise typer.Exit(REFUSED) from None
    except StartError as error:
        _explain(place, error)
        raise typer.Exit(FAILED) from None
    if detach:
        _print_addresses(place)
    else:
        console.print("Hệ thống đã dừng.")


def down(state: StateOption = None) -> None:
    """Dừng hệ thống và mọi tiến trình còn sót của nó."""
    from soket.stack import launch
    from soket.stack.state import BusyError, State

    place = State.locate(state)
    try:
        with console.status("Đang dừng hệ thống…"):
            stopped = launch.down(place)
    except BusyError:
        errors.print("Một lệnh khác đang khởi động hoặc dừng hệ thống này; đợi lệnh đó xong rồi chạy lại.")
        raise typer.Exit(FAILED) from None
    console.print("Hệ thống đã dừng." if stopped else f"Không có hệ thống nào đang chạy ở {place.root}.")


def show_status(state: StateOption = None, as_json: JsonOption = False) -> None:
    """Cho biết từng phần của hệ thống: tình trạng, địa chỉ, tài khoản."""
    from soket.stack.state import State
    from soket.stack.status import status

    place = State.locate(state)
    told = status(place)
    if as_json:
        # Secrets are for eyes, not for pipes that end in log files.
        shown: dict[str, Any] = asdict(told) | {"healthy": told.healthy, "state": str(place.root)}
        shown["addresses"] = dict(_addresses(place)) if told.running else {}
        for entry, component in zip(shown["components"], told.components, strict=True):
            entry["uptime"] = component.uptime
        typer.echo(json.dumps(shown, ensure_ascii=False, indent=2))
    else:
        _print_status(place)
    if not told.running:
        raise typer.Exit(NOT_RUNNING)
    if not told.healthy:
        raise typer.Exit(NOT_HEALTHY)


def doctor(state: StateOption = None, as_json: JsonOption = False) -> None:
    """Khám máy: có gì còn thiếu, mất gì khi thiếu, làm thế nào để có."""
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


class _Progress:
    """Shows on the terminal how far the start has come; one line a change where there is no terminal."""

    def __init__(self) -> None:
        self._began = time.monotonic()
        self._live = Live(console=console, refresh_per_second=4, transient=True)
        self._told: StackStatus | None = None
        self._said: set[tuple[str, str]] = set()

    def __enter__(self) -> _Progress:
        if console.is_terminal:
            self._live.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        """Take the display away."""
        self._live.stop()

    def __call__(self, told: StackStatus) -> None:
        if console.is_terminal:
            self._live.update(self._render(told))
            return
        for component in told.components:
            if component.phase in ("ready", "restarting", "failed") and not component.step:
                said = (component.name, component.phase)
                if said not in self._said:
                    self._said.add(said)
                    console.print(
                        f"{time.monotonic() - self._began:5.1f}s  {component.title}: {_WORDS[component.phase][0]}"
                    )

    def _render(self, told: StackStatus) -> Group:
        table = Table.grid(padding=(0, 2))
        for component in told.components:
            word, style = _WORDS[component.phase]
            seconds = "" if component.seconds_to_ready is None else f"{component.seconds_to_ready:.1f}s"
            table.add_row(Text(component.title), Text(word, style), Text(seconds, "dim"))
        return Group(Spinner("dots", "Đang khởi động hệ thống…"), table)


def _then_addresses(progress: _Progress, state: State) -> Listener:
    """Return a listener that shows progress until all works once, and then where to find it."""
    done = False

    def listen(told: StackStatus) -> None:
        nonlocal done
        if done:
            return
        progress(told)
        if told.healthy:
            done = True
            progress.stop()
            _print_addresses(state)
            console.print("Ctrl-C để dừng.")

    return listen


def _check_pace(replay: str) -> None:
    from soket.clock import Pace

    try:
        Pace.parse(replay)
    except ValueError as error:
        raise typer.BadParameter(f"Nhịp diễn lại viết như «2021-10-18 4, 2021-12-03»: {error}") from None


def _explain(state: State, error: StartError) -> None:
    from soket.stack.launch import tail

    errors.print(f"[bold red]Không khởi động được: {error.component}[/] ({error.reason})", highlight=False)
    last = tail(state, error.component)
    if last:
        errors.print(Text(last, "dim"))
    errors.print(f"Nhật ký đầy đủ: {state.log(error.component)}")
    errors.print("Chạy `soket doctor` để tìm nguyên nhân, sửa, rồi `soket up` lại; dữ liệu cũ vẫn còn nguyên.")


def _addresses(state: State) -> list[tuple[str, str]]:
    from soket.stack.airflow import address
    from soket.stack.ports import HOST
    from soket.stack.seaweedfs import endpoint

    ports = state.ports
    return [
        ("Airflow", address(state)),
        ("Thư (trang web)", f"http://{HOST}:{ports['mail_http']}"),
        ("Thư (SMTP)", f"{HOST}:{ports['smtp']}"),
        ("Thư (IMAP)", f"{HOST}:{ports['imap']}"),
        ("Kho tệp (S3)", endpoint(state)),
        ("PostgreSQL", f"{HOST}:{ports['postgres']}"),
    ]


def _print_addresses(state: State) -> None:
    from soket.stack.credentials import Credentials
    from soket.stack.status import status

    table = Table.grid(padding=(0, 2))
    for name, where in _addresses(state):
        table.add_row(name, Text(where, "cyan"))
    console.print(table)
    credentials = Credentials.load(state)
    accounts = Table("Tài khoản Airflow", "Mật khẩu", "Vai trò", box=None, padding=(0, 2, 0, 0))
    for account in state.spec.accounts:
        accounts.add_row(account.name, credentials.accounts[account.name], account.role)
    console.print(accounts)
    for note in status(state).notes:
        console.print(f"[yellow]![/] {note}")


def _print_status(state: State) -> None:
    from soket.stack.status import status

    told = status(state)
    if not told.running:
        console.print(f"Không có hệ thống nào đang chạy ở {state.root}.")
        return
    table = Table("Thành phần", "Tình trạng", "PID", "Cổng", "Đã chạy", "Khởi động lại", box=None, padding=(0, 2, 0, 0))
    for component in told.components:
        if component.step and component.phase == "ready":
            continue
        word, style = _WORDS[component.phase]
        uptime = "" if component.uptime is None else _duration(component.uptime)
        row = (component.pid or "", component.port or "", uptime, component.restarts or "")
        table.add_row(Text(component.title), Text(word, style), *map(str, row))
    console.print(table)
    _print_addresses(state)


def _duration(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} giờ {minutes:02} phút" if hours else f"{minutes} phút {rest:02} giây"


if __name__ == "__main__":
    standalone = typer.Typer()
    register(standalone)
    sys.exit(standalone())
