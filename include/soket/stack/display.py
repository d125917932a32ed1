"""What people see of the stack on their terminal."""

from __future__ import annotations

import time
from collections.abc import Collection
from datetime import datetime

from rich.console import Console, Group
from rich.live import Live
from rich.markup import escape
from rich.spinner import Spinner
from rich.table import Table
from rich.text import Text

from soket.clock import VIETNAM
from soket.stack.airflow import address
from soket.stack.credentials import Credentials
from soket.stack.launch import tail
from soket.stack.ledger import Listener
from soket.stack.mail import USER as MAIL_USER
from soket.stack.ports import HOST
from soket.stack.replaying import present_words
from soket.stack.seaweedfs import endpoint
from soket.stack.state import State
from soket.stack.status import StackStatus, status
from soket.stack.supervisor import StartError
from soket.text import format_moment

_WORDS = {
    "waiting": ("đang đợi", "dim"),
    "starting": ("đang khởi động", "yellow"),
    "ready": ("sẵn sàng", "green"),
    "restarting": ("đang khởi động lại", "yellow"),
    "failed": ("hỏng", "bold red"),
    "stopping": ("đang dừng", "yellow"),
    "stopped": ("đã dừng", "dim"),
}

_SHOWN = "passwords_shown"  # in state.json: the accounts whose passwords were shown once

console = Console()
errors = Console(stderr=True)


class StartProgress:
    """Shows on the terminal how far the start has come; one line a change where there is no terminal."""

    def __init__(self) -> None:
        self._began = time.monotonic()
        self._live = Live(console=console, refresh_per_second=4, transient=True)
        self._said: set[tuple[str, str]] = set()

    def __enter__(self) -> StartProgress:
        if console.is_terminal:
            self._live.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        """Take the display away."""
        self._live.stop()

    def __call__(self, told: StackStatus) -> None:
        """Show a new status."""
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


def then_addresses(progress: StartProgress, state: State) -> Listener:
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
            print_addresses(state)
            console.print("Ctrl-C để dừng.")

    return listen


def explain(state: State, error: StartError) -> None:
    """Say what failed, show the end of its log, and what to do."""
    errors.print(f"[bold red]Không khởi động được: {error.component}[/] ({error.reason})", highlight=False)
    last = tail(state, error.component)
    if last:
        errors.print(Text(last, "dim"))
    errors.print(f"Nhật ký đầy đủ: {state.log(error.component)}")
    errors.print("Chạy `soket doctor` để tìm nguyên nhân, sửa, rồi `soket up` lại; dữ liệu cũ vẫn còn nguyên.")


def doors(state: State) -> list[str]:
    """Return the address at which each campaign's units ask for their link; the page's own leads nowhere."""
    campaigns = dict.fromkeys(folder.name.rpartition("/")[0] for folder in state.spec.folders)  # plan/campaign/owner
    return [f"http://{HOST}:{state.ports['page']}/{each}/" for each in campaigns if each]


def addresses(state: State) -> list[tuple[str, str]]:
    """Return the name and the address of each thing people or programs turn to."""
    ports = state.ports
    return [
        ("Airflow", address(state)),
        *(("Trang nộp của đơn vị", door) for door in doors(state)),
        ("Thư (trang web)", f"http://{HOST}:{ports['mail_http']}"),
        ("Thư (SMTP)", f"{HOST}:{ports['smtp']}"),
        ("Thư (IMAP)", f"{HOST}:{ports['imap']}"),
        ("Kho tệp (S3)", endpoint(state)),
        ("PostgreSQL", f"{HOST}:{ports['postgres']}"),
    ]


def print_addresses(state: State) -> None:
    """Print where to find things, and who may log in; passwords the first time, to people's eyes alone."""
    table = Table.grid(padding=(0, 2))
    for name, where in addresses(state):
        table.add_row(name, Text(where, "cyan"))
    console.print(table)
    new = {name for name, _, _ in _accounts(state)} - set(state.read("state.json").get(_SHOWN, []))
    # What is no terminal ends in a journal or a file, where a password would stay.
    if new and console.file.isatty():
        print_passwords(state, new)
        console.print("Mật khẩu chỉ hiện lần này; xem lại: soket status --passwords")
    else:
        accounts = ", ".join(f"{name} ({role})" for name, _, role in _accounts(state))
        console.print(f"Tài khoản: {accounts}", soft_wrap=True)
        console.print(f"Mật khẩu: soket status --passwords --state {state.root}", soft_wrap=True)
    for note in status(state).notes:
        console.print(f"[yellow]![/] {note}")


def print_passwords(state: State, names: Collection[str] | None = None) -> None:
    """Print the passwords of accounts, of all unless some are named, and remember that they were shown."""
    shown = [account for account in _accounts(state) if names is None or account[0] in names]
    table = Table("Tài khoản", "Mật khẩu", "Vai trò", box=None, padding=(0, 2, 0, 0))
    for account in shown:
        table.add_row(*account)
    console.print(table)
    known = set(state.read("state.json").get(_SHOWN, []))
    state.update(**{_SHOWN: sorted(known | {name for name, _, _ in shown})})


def _accounts(state: State) -> list[tuple[str, str, str]]:
    """Return the name, the password and the role of each account that people log in with."""
    credentials = Credentials.load(state)
    offices = [(each.name, credentials.accounts[each.name], each.role) for each in state.spec.accounts]
    return [*offices, (MAIL_USER, credentials.mail, "hộp thư")]


def print_status(state: State) -> None:
    """Print where each component stands."""
    told = status(state)
    if not told.running:
        console.print(f"Không có hệ thống nào đang chạy ở {state.root}.")
        return
    table = Table(box=None, padding=(0, 2, 0, 0))
    for heading in ("Thành phần", "Tình trạng", "PID", "Cổng", "Đã chạy", "Số lần lại"):
        table.add_column(heading, no_wrap=heading in ("PID", "Cổng"))
    for component in told.components:
        if component.step and component.phase == "ready":
            continue
        word, style = _WORDS[component.phase]
        uptime = "" if component.uptime is None else _duration(component.uptime)
        row = (component.pid or "", component.port or "", uptime, component.restarts or "")
        table.add_row(Text(component.title), Text(word, style), *map(str, row))
    console.print(table)
    if (replayed := present_words(state)) is not None:
        console.print(replayed, highlight=False)
    for component in told.components:
        if component.restarted_at is not None:
            at = format_moment(datetime.fromtimestamp(component.restarted_at, VIETNAM))
            console.print(f"[yellow]![/] {component.title} khởi động lại lúc {at}: {escape(component.restarted_for)}")
    print_addresses(state)


def _duration(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} giờ {minutes:02} phút" if hours else f"{minutes} phút {rest:02} giây"
