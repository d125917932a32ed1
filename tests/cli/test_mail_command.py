from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from notices.post import ScriptedSender, receipt
from notices.test_limits import reminder
from notices.world import World
from soket.cli import mail, session
from soket.cli.mail import Listed
from soket.notices.delivery import deliver
from soket.notices.examples import names
from soket.notices.ledger import Ending
from soket.notices.outbox import post
from soket.notices.reports.outcome import Outcome
from soket.notices.senders import Refusal
from soket.notices.story import named, page_of, parse
from soket.stages.monitor import chase, digest

app = typer.Typer()
app.add_typer(mail.app, name="mail")


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
    monkeypatch.setattr(session, "the_plan", lambda _: world.plan)
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


def test_preview_with_as_many_names_as_asked(world: World) -> None:
    assert "còn 1 đơn vị quá hạn" in run("preview", "escalation-superior", "--names", "1")
    assert "còn 60 đơn vị quá hạn" in run("preview", "escalation-superior", "--names", "60")


def test_the_ledger_is_narrowed(world: World) -> None:
    post(world.workspace, receipt("unit_00"))
    post(world.workspace, receipt("unit_01"), suppressed=True)
    post(world.workspace, reminder(1, "a@x.example"))

    def ids(*options: str) -> list[str]:
        return [line["id"] for line in json.loads(run("ledger", "--json", *options))]

    assert ids("--kind", "reminder") == ["reminder.unit_01.unit-m2"]
    assert ids("--only", "suppressed") == ["receipt.unit_01.n1"]
    assert ids("--unit", "unit_01", "--only", "waiting") == ["reminder.unit_01.unit-m2"]
    assert set(Listed) == {"waiting", *Ending, *Outcome}


def test_one_mails_whole_story(world: World) -> None:
    post(world.workspace, receipt("unit_00", "n1", "a@x.example", "b@x.example"))
    answers = iter([{"b@x.example": Refusal(451, "later")}, {"b@x.example": Refusal(550, "no such user")}])
    sender = ScriptedSender(answer=lambda *_: next(answers))
    deliver(world.workspace, sender, now=world.clock.real)
    world.clock.pass_(minutes=1)
    deliver(world.workspace, sender, now=world.clock.real)
    told = run("show", "receipt.unit_00.n1")
    for part in (
        "gửi được một phần (550 no such user)",
        "lập thư",
        "gửi lần 1",
        "lần 1 chưa được: 451 later; máy chủ nhận thư gửi a@x.example",
        "gửi lần 2",
        "Tiêu đề: [Sơ kết NQ 06] Đã tiếp nhận",
        "Kính gửi: Huyện ủy",
    ):
        assert part in told
    story = json.loads(run("show", "receipt.unit_00.n1", "--json"))
    assert [event["what"] for event in story["events"]][:2] == ["lập thư", "gửi lần 1"]
    assert run("show", story["message_id"]) == run("show", story["message_id"].strip("<>")) == told
    assert CliRunner().invoke(app, ["mail", "show", "nothing"]).exit_code == 2


@pytest.mark.parametrize(
    "spoil",
    [
        lambda _: b"",
        lambda _: b"\x00\xff nothing of a mail",
        lambda mail: mail[: len(mail) // 3],
        lambda mail: mail.replace(b"utf-8", b"utf-99"),
        lambda mail: mail.replace(b"utf-8", b"\xddtf-8"),
        lambda mail: mail.replace(b"?b?", b"?b?x"),
        lambda mail: mail.replace(b"text/plain", b"message/rfc822"),
    ],
    ids=["empty", "no mail", "a third", "unknown charset", "no charset", "half an octet", "no text"],
)
def test_a_spoilt_mail_is_shown_as_far_as_it_can_be_read(world: World, spoil: Callable[[bytes], bytes]) -> None:
    post(world.workspace, receipt())
    deliver(world.workspace, ScriptedSender(), now=world.clock.real)
    key = world.workspace.keys.notice("receipt.unit_00.n1", "message.eml")
    world.store.replace(key, spoil(world.store.get(key)))
    told = run("show", "receipt.unit_00.n1")
    assert "gửi lần 1" in told
    assert "không đọc được" in told or "Kính gửi" in told
    message = parse(world.store.get(key))
    assert all(isinstance(named(message, header), str) for header in ("From", "To", "Cc"))
    assert isinstance(page_of(message), str)


def test_what_is_due_is_shown_and_nothing_is_written(world: World) -> None:
    post(world.workspace, receipt("unit_00"))
    before = dict(world.store.objects)
    found = json.loads(run("due", "--json"))
    assert {(each["id"], each["outcome"], each["new"]) for each in found} == {
        ("receipt.unit_00.n1", "goes", False),
        ("digest.btg.2021-10-18", "goes", True),
    }
    later = json.loads(run("due", "--json", "--at", "2021-11-05T07:30"))
    new = {each["id"]: each for each in later if each["new"]}
    assert all(each["outcome"] == "goes" for each in new.values())
    assert {each["kind"] for each in new.values()} == {"reminder", "escalation", "digest"}
    assert new["digest.btg.2021-11-05"]["to"] == ["btg@hatinh.example"]
    assert "Tình hình ngày 05/11/2021" in new["digest.btg.2021-11-05"]["subject"]
    assert "Tình hình" in run("due", "--at", "2021-11-05 07:30")
    assert world.store.objects == before


def test_that_nothing_is_due_is_said(world: World) -> None:
    world.clock.set("2021-10-17 09:00")  # before the campaign opens
    assert run("due") == "Lúc đó không có thư nào đến hạn.\n"
    assert run("ledger") == "Không có thư nào.\n"


def test_what_is_due_is_what_then_goes_out(world: World) -> None:
    expected = {each["id"] for each in json.loads(run("due", "--json", "--at", "2021-11-08T07:30"))}
    world.clock.set("2021-11-08 07:30")
    chase(world.workspace)
    digest(world.workspace)
    assert set(deliver(world.workspace, ScriptedSender(), now=world.clock.real).sent) == expected


def test_mail_is_held_and_let_go(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "enter", lambda _: None)
    monkeypatch.setattr("soket.store.connect.StoreSettings.from_environment", lambda: None)
    monkeypatch.setattr("soket.store.connect.open_store", lambda _: world.store)
    post(world.workspace, receipt())
    assert run("hold", "--reason", "bảo trì") == "Đã tạm dừng gửi thư.\n"
    assert run("hold", "--reason", "bảo trì").startswith("Không đổi gì")
    assert "đang tạm dừng gửi thư" in run("ledger").replace("\n", " ")
    assert deliver(world.workspace, ScriptedSender(), now=world.clock.real).waiting == 1
    assert run("release") == "Đã gửi thư trở lại.\n"
    assert deliver(world.workspace, ScriptedSender(), now=world.clock.real).waiting == 0
