"""Real sockets, a server that misbehaves in every way, a sender that is killed: nothing is lost."""

from __future__ import annotations

import os
import signal
import smtplib
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes
from pathlib import Path

import pytest

from soket.notices.delivery import deliver
from soket.notices.ledger import LEASE, Ending, read_end, states
from soket.notices.lines import entries
from soket.notices.notice import Notice, message_id
from soket.notices.outbox import post_all
from soket.notices.senders import MailServerError
from soket.notices.smtp import SmtpSender
from soket.record.seal import read_seal

from .folder import FolderStore
from .misbehaving import HANG_UP, SILENT, Misbehaving, server
from .post import CrashError, receipt
from .world import World

pytestmark = pytest.mark.integration

THREE = ("a@x.example", "b@x.example", "c@x.example")


def posted(*notices: Notice) -> World:
    world = World()
    post_all(world.workspace, notices or [receipt("unit_00"), receipt("unit_01")])
    return world


def run(world: World, office: Misbehaving, **options: object):
    return deliver(world.workspace, office.sender(**options), now=world.clock.real)


def ids(office: Misbehaving) -> Counter[str]:
    return Counter(str(message_from_bytes(each)["X-Soket-Notice"]) for each in office.taken)


def test_a_server_that_leaves_among_the_addresses_has_delivered_to_nobody() -> None:
    world = posted(receipt("unit_00", "n1", *THREE))
    with server(RCPT_b=["421 4.3.2 closing"]) as office:
        assert run(world, office).waiting == 1
        world.clock.pass_(minutes=1)
        assert run(world, office).sent == ("receipt.unit_00.n1",)
    assert read_end(world.workspace, "receipt.unit_00.n1", Ending.SENT).delivered == THREE
    assert [line for line in office.lines if line.startswith("RCPT")][2:] == [f"RCPT TO:<{each}>" for each in THREE]


def test_a_refusal_holds_when_the_server_hangs_up_after_it() -> None:
    world = posted()
    with server(RCPT_unit_00="550 5.1.1 no such user", RSET=HANG_UP) as office:
        delivery = run(world, office)
    assert (delivery.sent, delivery.failed) == (("receipt.unit_01.n1",), ("receipt.unit_00.n1",))
    assert office.sessions == 2


def test_a_bad_address_among_several_is_told_and_the_others_get_it() -> None:
    world = posted(receipt("unit_00", "n1", *THREE))
    with server(RCPT_b="550 5.1.1 no such user") as office:
        assert run(world, office).sent == ("receipt.unit_00.n1",)
    (line,) = entries(world.workspace)
    assert (line.state, line.undelivered, line.note) == (Ending.PARTLY, ("b@x.example",), "550 5.1.1 no such user")


@pytest.mark.parametrize("verb", ["MAIL", "RCPT", "DATA", "end"])
@pytest.mark.parametrize("reply", ["451 4.3.0 later", "421 4.3.2 closing", HANG_UP], ids=["451", "421", "hangs up"])
def test_trouble_for_now_at_any_verb_is_tried_again_and_arrives_once(verb: str, reply: str) -> None:
    world = posted(receipt("unit_00"))
    with server(**{verb: [reply]}) as office:
        assert run(world, office).waiting == 1
        assert states(world.workspace)["receipt.unit_00.n1"].failures
        world.clock.pass_(minutes=1)
        assert run(world, office).sent == ("receipt.unit_00.n1",)
    assert ids(office) == {"receipt.unit_00.n1": 1}


@pytest.mark.parametrize("verb", ["RCPT", "DATA", "end"])
def test_a_refusal_for_good_at_any_verb_of_a_message_fails_it_and_no_other(verb: str) -> None:
    world = posted()
    with server(**{verb: ["554 5.7.1 no"]}) as office:
        delivery = run(world, office)
    assert (delivery.failed, delivery.sent) == (("receipt.unit_00.n1",), ("receipt.unit_01.n1",))


def test_a_connection_cut_in_the_middle_of_a_message() -> None:
    world = posted(receipt("unit_00"))
    with server() as office:
        office.cuts_after = 10
        assert run(world, office).waiting == 1
        office.cuts_after = -1
        world.clock.pass_(minutes=1)
        assert run(world, office).sent == ("receipt.unit_00.n1",)
    assert ids(office) == {"receipt.unit_00.n1": 1}


@pytest.mark.parametrize("verb", ["MAIL", "RCPT", "DATA", "end"])
def test_a_server_that_says_nothing_is_not_waited_for_without_end(verb: str) -> None:
    world = posted(receipt("unit_00"))
    with server(**{verb: [SILENT]}) as office:
        assert run(world, office, timeout=0.2, longest=0.5).waiting == 1
        world.clock.pass_(minutes=1)
        assert run(world, office).sent == ("receipt.unit_00.n1",)
    assert ids(office) == {"receipt.unit_00.n1": 1}


@pytest.mark.parametrize("verb", ["hello", "EHLO"])
def test_a_server_that_does_not_greet_is_not_waited_for_without_end(verb: str) -> None:
    world = posted(receipt("unit_00"))
    with server(**{verb: SILENT}) as office:
        delivery = run(world, office, timeout=0.2)
    assert "không mở được máy chủ thư" in (delivery.error or "")
    assert states(world.workspace)["receipt.unit_00.n1"].tries == {}


def test_a_server_slow_to_say_that_it_took_a_message_gets_it_once() -> None:
    world = posted(receipt("unit_00"))

    def slowly(_: str) -> str:
        time.sleep(1.5)
        return "250 taken"

    with server(end=slowly) as office:
        assert run(world, office, timeout=1, longest=30).sent == ("receipt.unit_00.n1",)
    assert ids(office) == {"receipt.unit_00.n1": 1}


def test_many_slow_answers_do_not_outlast_the_transaction() -> None:
    world = posted(receipt("unit_00", "n1", *(f"u{number}@x.example" for number in range(60))))

    def slowly(_: str) -> str:
        time.sleep(0.05)
        return "250 fine"

    with server(RCPT=slowly) as office:
        assert run(world, office, timeout=5, longest=0.5).waiting == 1
    assert "quá chậm" in entries(world.workspace)[0].note or "timed out" in entries(world.workspace)[0].note


def test_greylisting_is_sat_out_by_a_delivery_that_waits() -> None:
    world = posted(receipt("unit_00", "n1", *THREE[:2]))
    with server(**{"RCPT_a@": ["451 4.7.1 greylisted"], "RCPT_b@": ["451 4.7.1 greylisted"] * 2}) as office:
        delivery = deliver(
            world.workspace,
            office.sender(),
            again=True,
            patience=timedelta(minutes=10),
            now=world.clock.real,
            pause=lambda seconds: world.clock.pass_(seconds=seconds),
        )
    assert (delivery.sent, delivery.waiting) == (("receipt.unit_00.n1",), 0)
    assert ids(office) == {"receipt.unit_00.n1": 2}
    rcpt = [line for line in office.lines if line.startswith("RCPT")]
    assert Counter(rcpt) == {"RCPT TO:<a@x.example>": 2, "RCPT TO:<b@x.example>": 3}


@pytest.mark.parametrize(
    ("offers", "reply", "why"),
    [
        ([], "250 fine", "STARTTLS extension not supported"),
        (["STARTTLS"], "454 4.7.0 not now", "454"),
        (["STARTTLS"], HANG_UP, "closed"),
        (["STARTTLS"], "220 go ahead", "SSL"),  # and then talks on in clear text
    ],
    ids=["stripped", "refused", "hangs up", "not spoken"],
)
def test_without_encryption_nothing_is_sent(offers: list[str], reply: str, why: str) -> None:
    world = posted()
    with server(STARTTLS=reply) as office:
        office.offers = offers
        delivery = run(world, office, starttls=True, user="soket", password="thu-bi-mat", timeout=2)
    assert why in (delivery.error or "")
    assert delivery.waiting == 2
    assert not any(state.tries for state in states(world.workspace).values())
    assert not [line for line in office.lines if line.startswith(("AUTH", "MAIL"))]


@pytest.mark.parametrize("reply", ["535 5.7.8 wrong", "454 4.7.0 not now"])
def test_a_login_refused_costs_no_try_and_tells_no_password(reply: str) -> None:
    world = posted()
    with server(AUTH=reply) as office:
        office.offers = ["AUTH PLAIN LOGIN"]
        delivery = run(world, office, user="soket", password="thu-bi-mat")
    assert reply[:3] in (delivery.error or "")
    assert "thu-bi-mat" not in (delivery.error or "")
    assert not any(state.tries for state in states(world.workspace).values())


def test_delivery_reports_are_asked_for_where_they_are_offered() -> None:
    world = posted(receipt("unit_00", "n1", "a+b@x.example"))
    with server() as office:
        office.offers = ["DSN"]
        run(world, office, envelope_from="thu@hatinh.example")
    envid = message_id(world.plan, "2021", "receipt.unit_00.n1", read_seal(world.store)).strip("<>")
    (mail,) = [line for line in office.lines if line.startswith("MAIL")]
    assert mail == f"MAIL FROM:<thu@hatinh.example> SIZE={len(_eml(world))} RET=HDRS ENVID={envid}"
    assert "RCPT TO:<a+b@x.example> NOTIFY=FAILURE,DELAY ORCPT=rfc822;a+2Bb@x.example" in office.lines


def _eml(world: World) -> bytes:
    return world.store.get(world.workspace.keys.notice("receipt.unit_00.n1", "message.eml"))


@pytest.mark.parametrize("offered", [True, False])
def test_addresses_beyond_ascii_need_a_server_that_knows_them(offered: bool) -> None:
    world = posted(receipt("unit_00", "n1", "bình@hàtĩnh.example", "b@x.example"))
    with server() as office:
        office.offers = ["SMTPUTF8"] if offered else []
        run(world, office)
    (mail,) = [line for line in office.lines if line.startswith("MAIL")]
    rcpt = [line for line in office.lines if line.startswith("RCPT")]
    assert mail.endswith("SMTPUTF8") is offered
    domain = "hàtĩnh.example".encode("idna").decode()
    assert rcpt == [f"RCPT TO:<bình@{domain}>"] * offered + ["RCPT TO:<b@x.example>"]
    assert states(world.workspace)["receipt.unit_00.n1"].ending is (Ending.SENT if offered else Ending.PARTLY)
    assert office.taken[0].isascii()


def test_addresses_in_ascii_ask_for_no_smtputf8() -> None:
    world = posted()
    with server() as office:
        office.offers = ["SMTPUTF8"]
        run(world, office)
    assert "SMTPUTF8" not in "".join(office.lines)


# Killed at every word that is said


class Watch:
    """Dies at the n-th time that something is said to, or heard from, a mail server."""

    def __init__(self, patch: pytest.MonkeyPatch, dies_at: int) -> None:
        self.count = 0
        for name in ("putcmd", "getreply", "send"):
            patch.setattr(smtplib.SMTP, name, self.watched(getattr(smtplib.SMTP, name), dies_at))

    def watched(self, act: Callable, dies_at: int) -> Callable:
        def watching(smtp: smtplib.SMTP, *arguments: object, **named: object) -> object:
            self.step(smtp, dies_at)
            answer = act(smtp, *arguments, **named)
            self.step(smtp, dies_at)
            return answer

        return watching

    def step(self, smtp: smtplib.SMTP, dies_at: int) -> None:
        self.count += 1
        if self.count == dies_at:
            smtp.close()  # as the system does for the dead
            raise CrashError


def test_killed_at_every_word_it_loses_nothing() -> None:
    notices = [receipt("unit_00", "n1", *THREE[:2]), receipt("unit_01")]
    with server() as office:
        for number in range(1, 500):
            office.taken.clear()
            world = posted(*notices)
            with pytest.MonkeyPatch.context() as patch:
                watch = Watch(patch, number)
                with suppress(CrashError):
                    run(world, office)
                if watch.count < number:
                    assert number > 60, "there is more to say than that"
                    return
            office.settle()
            taken_before = ids(office)
            recorded = sum(state.ending is Ending.SENT for state in states(world.workspace).values())
            world.clock.pass_(seconds=LEASE.total_seconds())
            run(world, office)
            assert set(ids(office)) == {notice.id for notice in notices}
            assert ids(office).total() == 2 + taken_before.total() - recorded
            assert taken_before.total() - recorded <= 1
            assert {state.ending for state in states(world.workspace).values()} == {Ending.SENT}
    pytest.fail("it never came to an end")


VERBS = ("hello", "EHLO", "MAIL", "RCPT", "DATA", "end", "taken")


@pytest.mark.parametrize("verb", VERBS)
def test_a_process_killed_by_signal_9_loses_nothing(tmp_path: Path, verb: str) -> None:
    store = FolderStore(tmp_path)
    workspace = replace(World().workspace, store=store)
    post_all(workspace, [receipt("unit_00"), receipt("unit_01")])
    victims: list[subprocess.Popen[str]] = []

    def kill(_: str = "") -> str:
        os.kill(victims[0].pid, signal.SIGKILL)
        victims[0].wait()
        return HANG_UP

    with server(**({} if verb == "taken" else {verb: kill})) as office:
        if verb == "taken":  # the answer is on its way, and may be read or not: either is right
            office.after_taking = lambda: bool(kill())
        victims.append(_start(tmp_path, office))
        assert victims[0].wait(60) == -signal.SIGKILL
        office.script, office.after_taking = {}, lambda: True
        office.settle()
        before = ids(office)
        store.age(LEASE.total_seconds())
        done = _start(tmp_path, office)
        assert done.wait(60) == 0
        found = ids(office)
    assert set(found) == {"receipt.unit_00.n1", "receipt.unit_01.n1"}
    assert found.total() - 2 <= before.total() <= 1
    assert {state.ending for state in states(workspace).values()} == {Ending.SENT}
    assert len({message_from_bytes(each)["Message-ID"] for each in office.taken}) == 2


def _start(folder: Path, office: Misbehaving) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "notices.sender_process", str(folder), str(office.port)]
    return subprocess.Popen(command, cwd=Path(__file__).parents[1], text=True, stdout=subprocess.DEVNULL)


def test_two_processes_at_once_send_each_mail_once(tmp_path: Path) -> None:
    workspace = replace(World().workspace, store=FolderStore(tmp_path))
    notices = [receipt(f"unit_{number:02}") for number in range(40)]
    post_all(workspace, notices)
    with server() as office:
        processes = [_start(tmp_path, office) for _ in range(2)]
        assert [each.wait(120) for each in processes] == [0, 0]
    assert ids(office) == {notice.id: 1 for notice in notices}


def test_a_broken_session_is_no_reason_to_lose_the_sender() -> None:
    with server() as office:
        sender = SmtpSender("127.0.0.1", office.port, timeout=5)
        with sender as session:
            office.script["MAIL"] = HANG_UP
            with pytest.raises(MailServerError, match="mất kết nối"):
                session.send(b"Subject: x\r\n\r\n", "a@x.example", ["b@x.example"])
            office.script.clear()
            assert session.send(b"Subject: x\r\n\r\n", "a@x.example", ["b@x.example"]) == {}
