from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from soket.cli import mail, session
from soket.notices.delivery import deliver
from soket.notices.examples import names
from soket.notices.outbox import post
from soket.notices.senders import Refusal

from .post import ScriptedSender, receipt
from .world import World

app = typer.Typer()
mail.register(app)


@app.callback()
def whole() -> None:
    """Make `mail` a sub-command here, as it is in `soket`."""


def run(*arguments: str) -> str:
    done = CliRunner().invoke(app, ["mail", *arguments])
    assert done.exit_code == 0, done.output
    return done.output


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    world = World()
    monkeypatch.setattr(mail, "_plan", lambda _: world.plan)
    monkeypatch.setattr(session, "workspace", lambda *_: world.workspace)
    return world


def test_preview_lists_every_mail() -> None:
    assert run("preview").split() == names()


@pytest.mark.parametrize("name", names())
def test_preview_shows_a_mail(world: World, tmp_path: Path, name: str) -> None:
    page = tmp_path / "mail.html"
    assert run("preview", name, "--html", str(page)).startswith("Đến: ")
    assert page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_preview_of_nothing_says_what_there_is(world: World) -> None:
    done = CliRunner().invoke(app, ["mail", "preview", "nope"])
    assert done.exit_code == 2
    assert "escalation-superior" in done.output


def test_the_ledger_tells_what_became_of_each_mail(world: World) -> None:
    post(world.workspace, receipt())
    (line,) = json.loads(run("ledger", "--json"))
    assert (line["id"], line["state"], line["to"]) == ("receipt.unit_00.n1", "waiting", ["unit_00@hatinh.example"])
    assert "chờ gửi" in run("ledger")


def test_a_failed_mail_is_resent(world: World) -> None:
    post(world.workspace, receipt())
    refuse = ScriptedSender(answer=lambda _, to: dict.fromkeys(to, Refusal(550, "no such user")))
    deliver(world.workspace, refuse, now=world.clock.real)
    assert "receipt.unit_00.n1-again1" in run("resend", "receipt.unit_00.n1", "--to", "moi@hatinh.example")
    for wrong in ("receipt.unit_00.n1-again1", "nothing"):
        assert CliRunner().invoke(app, ["mail", "resend", wrong]).exit_code == 2
