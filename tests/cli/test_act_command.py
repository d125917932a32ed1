"""`soket act`, `soket register decisions` and `soket watch`: the same domain functions, from a shell."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from conftest import REPOSITORY, Desk
from record.builders import first
from soket.cli import session
from soket.cli.main import app
from soket.notices import server
from soket.notices.senders import RecordingSender
from soket.plan.model import Plan
from soket.record import workspace as opening
from soket.record.heartbeat import beat
from soket.record.keeping import read_register
from soket.record.refusals import refusals

GROUNDS = ("--reason", "Mưa lũ", "--granted-by", "Đồng chí Phó Bí thư")


@pytest.fixture(autouse=True)
def stack(workspace: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Let commands reach the campaign in memory."""
    monkeypatch.setattr(session, "workspace", lambda *_: workspace())
    monkeypatch.setattr(session, "enter", lambda _: None)
    monkeypatch.setattr(opening, "open_workspaces", lambda *_: [workspace()])
    monkeypatch.setattr(opening, "workspace_now", lambda _: workspace())
    monkeypatch.setenv("SOKET_STATE", str(tmp_path))
    monkeypatch.setenv("SOKET_MAIL", "suppress")
    workspace("2021-11-01 09:00")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, arguments)


def test_what_is_taken_back_from_the_console_is_no_longer_in_force(workspace: Desk, plan: Plan) -> None:
    done = run("act", "extend", first(plan), "2021-11-09", "--document", "12-CV/TU", *GROUNDS)
    assert done.exit_code == 0, done.output
    assert "Đã ghi quyết định" in done.output
    (extension,) = read_register(workspace()).decisions
    assert extension.account.endswith("(dòng lệnh)")
    done = run("act", "undo", extension.id, *GROUNDS)
    assert done.exit_code == 0, done.output
    assert extension.id not in {act.id for act in read_register(workspace()).acts.in_force}


@pytest.mark.parametrize("command", [("exempt", "UNIT"), ("postpone", "ubnd_draft", "2021-11-15")])
def test_the_console_has_the_operators_rights_and_no_others(
    workspace: Desk, plan: Plan, command: tuple[str, ...]
) -> None:
    done = run("act", *(first(plan) if word == "UNIT" else word for word in command), *GROUNDS)
    assert done.exit_code == 2
    assert "không được làm việc" in done.output
    assert read_register(workspace()).decisions == ()
    (refusal,) = refusals(workspace())
    assert refusal.account.endswith("(dòng lệnh)")


def test_what_is_not_filled_in_is_said(plan: Plan) -> None:
    done = run("act", "nil-return", first(plan), "--reason", "Mưa lũ")
    assert done.exit_code == 2
    assert "Chưa điền: Người cho phép" in done.output


def test_the_audit_trail_says_who_when_what_why_and_on_what_paper(workspace: Desk, plan: Plan) -> None:
    run("act", "extend", first(plan), "2021-11-09", *GROUNDS, "--document", "12-CV/TU")
    (extension,) = read_register(workspace()).decisions
    run("act", "undo", extension.id, *GROUNDS)
    told = json.loads(run("register", "decisions", "--json").output)
    assert [each["kind"] for each in told] == ["undo", "extension"]
    assert told[1]["undone_by"] == told[0]["id"]
    assert (told[1]["document_number"], told[1]["granted_by"]) == ("12-CV/TU", "Đồng chí Phó Bí thư")
    page = run("register", "decisions").output
    assert plan.unit(first(plan)).name.split()[-1] in page


def test_the_watch_says_whether_the_monitor_is_alive(
    workspace: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    silent = run("watch")
    assert silent.exit_code == 5
    assert "lẽ ra chạy lúc 07 giờ 30, ngày 01/11/2021" in silent.output
    assert json.loads((tmp_path / "watch.json").read_text())
    beat(workspace())
    alive = run("watch")
    assert alive.exit_code == 0
    assert "Ổn: 1 đợt đang mở." in alive.output


def test_the_watch_tells_of_a_plan_that_became_faulty_to_whom_it_named(
    workspace: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plans, sender = tmp_path / "files", RecordingSender()
    shutil.copytree(REPOSITORY / "include" / "plans", plans)
    monkeypatch.setenv("SOKET_PLANS", str(plans))
    monkeypatch.setenv("SOKET_MAIL", "send")
    monkeypatch.setattr(server, "sender_from_environment", lambda: sender)
    beat(workspace())
    assert run("watch").exit_code == 0
    for file in plans.glob("*.yaml"):  # there is no sound plan left to ask for an address
        file.write_text(file.read_text(encoding="utf-8").replace("id: nq06_du_lich", "id: nq 06"), encoding="utf-8")
    for _ in range(2):
        told = run("watch")
        assert told.exit_code == 5
        assert "nq06_du_lich.yaml:" in told.output
    assert [str(message["Subject"]).split(": ")[1] for message in sender.messages] == [
        "kế hoạch nq06_du_lich.yaml có lỗi"
    ]
    assert sender.recipients == [(workspace().plan.office(workspace().plan.roles.operator).contact.email,)]
