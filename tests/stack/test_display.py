"""What a terminal shows of the accounts: passwords once, to eyes alone, or to who asks."""

from __future__ import annotations

import io
import time
from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import CliRunner

from soket.cli.main import app
from soket.stack import display
from soket.stack.credentials import Credentials
from soket.stack.ports import NAMES
from soket.stack.spec import Account, Folder, StackSpec
from soket.stack.state import State
from soket.stack.status import ComponentStatus, Phase, StackStatus

EVERYBODY = {"vptu", "quan_tri", "mailbox"}
ACCOUNTS = (Account("vptu", "user"), Account("quan_tri", "op"))


class Screen(io.StringIO):
    """Where the console writes; a terminal or not."""

    def __init__(self, terminal: bool) -> None:
        super().__init__()
        self._terminal = terminal

    def isatty(self) -> bool:
        return self._terminal


@pytest.fixture
def state(tmp_path: Path) -> State:
    """A stack that was prepared and never ran."""
    state = State.locate(tmp_path / "stack")
    state.create()
    state.save_spec(StackSpec(accounts=ACCOUNTS))
    state.update(ports=dict.fromkeys(NAMES, 1))
    Credentials.ensure(state, state.spec)
    return state


def shown(state: State, monkeypatch: pytest.MonkeyPatch, *, terminal: bool) -> str:
    """Return what is printed when a stack has come up."""
    screen = Screen(terminal)
    monkeypatch.setattr(display, "console", Console(file=screen, width=200))
    display.print_addresses(state)
    return screen.getvalue()


def secrets_in(state: State, text: str) -> set[str]:
    """Return the accounts whose passwords stand in a text."""
    credentials = Credentials.load(state)
    passwords = {**credentials.accounts, "mailbox": credentials.mail}
    return {name for name, password in passwords.items() if password in text}


def test_a_narrow_terminal_shows_each_number_of_a_process_and_a_port_whole(
    state: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = Screen(terminal=True)
    monkeypatch.setattr(display, "console", Console(file=screen, width=80))
    component = ComponentStatus("api", "Airflow: trang web và API", Phase.STARTING, pid=1234567, port=20810, restarts=3)
    component.started = time.time() - 4000
    StackStatus(Phase.READY, 1, [component]).save(state)
    with state.locked():
        display.print_status(state)
    assert {"1234567", "20810"} <= set(screen.getvalue().split())
    assert "…" not in screen.getvalue()


def test_passwords_are_shown_once_on_a_terminal(state: State, monkeypatch: pytest.MonkeyPatch) -> None:
    assert secrets_in(state, shown(state, monkeypatch, terminal=True)) == EVERYBODY
    again = shown(state, monkeypatch, terminal=True)
    assert not secrets_in(state, again)
    assert "soket status --passwords" in again


def test_the_address_of_the_units_page_is_that_of_each_campaigns_door(
    state: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    folders = tuple(Folder(f"nq06/2021/{name}", f"inbox/nq06/2021/{name}/") for name in ("h_can_loc", "h_ky_anh"))
    state.save_spec(StackSpec(folders=folders, accounts=ACCOUNTS))
    assert display.doors(state) == ["http://127.0.0.1:1/nq06/2021/"]
    assert "http://127.0.0.1:1/nq06/2021/" in shown(state, monkeypatch, terminal=False)


def test_what_is_no_terminal_gets_none_and_the_first_terminal_still_does(
    state: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = shown(state, monkeypatch, terminal=False)
    assert not secrets_in(state, journal)
    assert "vptu (user), quan_tri (op)" in journal
    assert secrets_in(state, shown(state, monkeypatch, terminal=True)) == EVERYBODY


def test_a_new_account_is_shown_alone(state: State, monkeypatch: pytest.MonkeyPatch) -> None:
    shown(state, monkeypatch, terminal=True)
    state.save_spec(StackSpec(accounts=(*ACCOUNTS, Account("tuyen_giao", "user"))))
    Credentials.ensure(state, state.spec)
    assert secrets_in(state, shown(state, monkeypatch, terminal=True)) == {"tuyen_giao"}


def test_status_tells_passwords_only_when_asked(state: State, monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Screen(terminal=False)
    monkeypatch.setattr(display, "console", Console(file=screen, width=200))
    runner = CliRunner()
    runner.invoke(app, ["status", "--state", str(state.root)])
    json = runner.invoke(app, ["status", "--json", "--passwords", "--state", str(state.root)]).output
    assert not secrets_in(state, screen.getvalue() + json)
    runner.invoke(app, ["status", "--passwords", "--state", str(state.root)])
    assert secrets_in(state, screen.getvalue()) == EVERYBODY
