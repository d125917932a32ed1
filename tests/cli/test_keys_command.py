"""`soket keys issue` hands a key over by a link, and tells the secret nowhere it was not asked to."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from conftest import Desk
from record.builders import first
from soket.cli import session
from soket.cli.main import app
from soket.record.handover import open_handover
from soket.record.sending import UPLOAD_VARIABLE
from soket.stack.credentials import Credentials
from soket.stack.from_plans import folder_of
from soket.stack.state import State
from soket.store.connect import StoreSettings


@pytest.fixture
def place(workspace: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> State:
    """Let the command reach the campaign in memory, which has a page."""
    workspace("2021-11-01 09:00")
    monkeypatch.setattr(session, "workspace", lambda *_: workspace())
    monkeypatch.setattr(
        StoreSettings, "from_environment", classmethod(lambda _: StoreSettings("http://kho.example", "a", "b", "soket"))
    )
    monkeypatch.setenv(UPLOAD_VARIABLE, "https://nop.example/{plan}/{campaign}/{unit}")
    monkeypatch.setenv("SOKET_MAIL", "send")
    (tmp_path / "state").mkdir()
    return State.locate(tmp_path / "state")


def issue(place: State, unit: str, *more: str) -> str:
    done = CliRunner().invoke(app, ["keys", "issue", unit, "--state", str(place.root), *more])
    assert done.exit_code == 0, done.output
    return done.output


def secret_of(workspace: Desk, place: State, unit: str) -> str:
    pair = Credentials.load(place).folders[folder_of(workspace.plan, workspace.campaign, unit).name]
    assert pair
    return pair.secret


def test_the_link_shows_what_the_output_does_not(workspace: Desk, place: State) -> None:
    unit = first(workspace.plan)
    told = issue(place, unit)
    secret = secret_of(workspace, place, unit)
    token = next(line for line in told.splitlines() if "/khoa/" in line).rpartition("/")[2]
    assert secret not in told
    assert secret in open_handover(workspace(), unit, token)


def test_by_mail_it_goes_to_the_contact_and_the_secret_nowhere(workspace: Desk, place: State) -> None:
    unit = first(workspace.plan)
    told = issue(place, unit, "--mail")
    secret = secret_of(workspace, place, unit)
    assert workspace.plan.unit(unit).contact.email in told
    assert "/khoa/" not in told
    assert secret not in told
    mails = [key for key in workspace.store.objects if "/access." in key and key.endswith("intent.json")]
    assert len(mails) == 1
    assert not [key for key, (data, _) in workspace.store.objects.items() if secret.encode() in data]


def test_without_a_page_the_sheet_is_asked_for(workspace: Desk, place: State, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(UPLOAD_VARIABLE)
    done = CliRunner().invoke(app, ["keys", "issue", first(workspace.plan), "--state", str(place.root)])
    assert done.exit_code == 2
    assert "--out" in done.output
    assert not Credentials.load(place).folders


@pytest.mark.parametrize("command", [("revoke",), ("issue", "--out")])
def test_a_new_key_or_none_ends_the_link(
    workspace: Desk, place: State, tmp_path: Path, command: tuple[str, ...]
) -> None:
    unit = first(workspace.plan)
    issue(place, unit)
    more = [command[1], str(tmp_path / "phieu.txt")] if command[1:] else []
    done = CliRunner().invoke(app, ["keys", command[0], unit, *more, "--state", str(place.root)])
    assert done.exit_code == 0, done.output
    assert not [key for key in workspace.store.objects if key.endswith("sealed.json")]
