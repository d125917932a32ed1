"""Real SMTP: against a whole mail server, and against one that misbehaves as told."""

from __future__ import annotations

import imaplib
import ssl
from collections import Counter
from collections.abc import Iterator
from email import message_from_bytes, policy

import pytest

from soket.notices.delivery import deliver
from soket.notices.examples import examples
from soket.notices.ledger import LEASE, Ending, read_end, read_intent, states
from soket.notices.outbox import post, post_all
from soket.notices.render import HIDDEN
from soket.notices.senders import MailServerError, Refusal
from soket.notices.smtp import LONGEST, SmtpSender
from soket.record.one_time_codes import code_of
from soket.record.seal import read_seal
from soket.record.workspace import Workspace
from soket.stack.credentials import Credentials
from soket.stack.mail import USER
from soket.stack.state import State
from soket.store.keys import MAIL_SEAL

from .misbehaving import HANG_UP, server
from .post import receipt
from .world import World

pytestmark = pytest.mark.integration


def posted(count: int = 2) -> World:
    world = World()
    post_all(world.workspace, [receipt(f"unit_{number:02}") for number in range(count)])
    return world


@pytest.mark.parametrize(
    ("script", "ending"),
    [
        ({"RCPT_unit_00": "550 5.1.1 no such user"}, Ending.FAILED),
        ({"RCPT_unit_00": "451 4.7.1 greylisted"}, None),
    ],
    ids=["never", "not now"],
)
def test_a_refused_address(script: dict[str, str], ending: Ending | None) -> None:
    world = posted()
    with server(**script) as office:
        delivery = deliver(world.workspace, office.sender(), now=world.clock.real)
        assert delivery.sent == ("receipt.unit_01.n1",)
        assert office.sessions == 1
    assert states(world.workspace)["receipt.unit_00.n1"].ending is ending


@pytest.mark.parametrize(
    ("reply", "ending"),
    [("554 5.7.1 looks like spam", Ending.FAILED), ("451 4.3.0 disk full", None)],
    ids=["never", "not now"],
)
def test_a_refused_message(reply: str, ending: Ending | None) -> None:
    world = posted(1)
    with server(end=reply) as office:
        deliver(world.workspace, office.sender(), now=world.clock.real)
    assert states(world.workspace)["receipt.unit_00.n1"].ending is ending


def test_a_message_too_large_fails_alone() -> None:
    world = posted(1)
    with server(MAIL="552 5.3.4 too large") as office:
        assert deliver(world.workspace, office.sender(), now=world.clock.real).failed == ("receipt.unit_00.n1",)


def test_a_refused_sender_is_the_servers_fault_not_the_mails() -> None:
    world = posted(3)
    with server(MAIL="530 5.7.0 log in first") as office:
        delivery = deliver(world.workspace, office.sender(), now=world.clock.real)
    assert delivery.error is not None
    assert "không nhận người gửi" in delivery.error
    assert (delivery.failed, delivery.waiting) == ((), 3)


@pytest.mark.parametrize("took_it", [False, True], ids=["lost", "taken"])
def test_a_connection_dropped_after_the_message_loses_nothing(took_it: bool) -> None:
    world = posted(1)
    with server(end=HANG_UP) as office:
        office.takes_before_hanging_up = took_it
        assert deliver(world.workspace, office.sender(), now=world.clock.real).waiting == 1
        world.clock.pass_(minutes=1)
        office.script = {}
        assert deliver(world.workspace, office.sender(), now=world.clock.real).sent == ("receipt.unit_00.n1",)
        ids = Counter(message_from_bytes(each)["Message-ID"] for each in office.taken)
    assert list(ids.values()) == [2 if took_it else 1]


def test_a_server_going_away_mid_session_is_called_again() -> None:
    world = posted(3)
    with server(RCPT_unit_01="421 4.3.2 closing") as office:
        delivery = deliver(world.workspace, office.sender(), now=world.clock.real)
        assert delivery.sent == ("receipt.unit_00.n1", "receipt.unit_02.n1")
        assert office.sessions == 2


@pytest.mark.parametrize("hello", ["421 too busy", "554 no", HANG_UP], ids=["busy", "closed", "silent"])
def test_a_server_that_does_not_greet_costs_no_try(hello: str) -> None:
    world = posted(1)
    with server(hello=hello) as office:
        delivery = deliver(world.workspace, office.sender(), now=world.clock.real)
    assert delivery.error is not None
    assert "không mở được máy chủ thư" in delivery.error
    assert states(world.workspace)["receipt.unit_00.n1"].tries == {}


def test_a_server_that_is_not_there() -> None:
    with server() as office:
        sender = office.sender()
    with pytest.raises(MailServerError, match=r"không mở được máy chủ thư 127\.0\.0\.1"), sender:
        pass


def test_lines_that_begin_with_a_dot_arrive() -> None:
    with server() as office, office.sender() as session:
        assert session.send(b"Subject: x\r\n\r\n.\r\n..\r\nend\r\n", "a@x.example", ["b@x.example"]) == {}
        assert office.taken == [b"Subject: x\r\n\r\n.\r\n..\r\nend\r\n"]


def test_an_address_that_smtp_cannot_say_is_refused_alone() -> None:
    with server() as office, office.sender() as session:
        refused = session.send(b"Subject: x\r\n\r\n", "a@x.example", ["bình@x.example", "b@x.example"])
    assert isinstance(refused["bình@x.example"], Refusal)
    assert list(refused) == ["bình@x.example"]
    assert len(office.taken) == 1


@pytest.fixture
def mailbox(servers: State) -> Iterator[imaplib.IMAP4]:
    box = imaplib.IMAP4("127.0.0.1", servers.ports["imap"], timeout=10)
    box.login(USER, Credentials.load(servers).mail)
    box.select("INBOX", readonly=True)
    yield box
    box.logout()


def real_sender(servers: State, password: str | None = None) -> SmtpSender:
    tls = ssl.create_default_context(cafile=str(servers.root / "mail" / "certificate.pem"))
    tls.check_hostname = False
    return SmtpSender(
        "127.0.0.1",
        servers.ports["smtp"],
        USER,
        password or Credentials.load(servers).mail,
        starttls=True,
        tls=tls,
    )


def code_in(workspace: Workspace, notice_id: str) -> str:
    notice = read_intent(workspace, notice_id).notice
    return code_of(workspace, notice.addressee, str(notice.context["mark"]))


def test_every_mail_passes_a_real_server_as_it_was_written(servers: State, mailbox: imaplib.IMAP4) -> None:
    world = World()
    seal, expected = read_seal(world.store), {}
    for name, (workspace, notice) in examples(world.plan).items():
        world.store.objects.update(workspace.store.objects)  # type: ignore[attr-defined] - a MemoryStore
        world.store.objects[MAIL_SEAL] = (seal, world.store.objects[MAIL_SEAL][1])
        if "-" not in name:
            post(world.workspace, notice)
    waiting = {notice_id for notice_id, state in states(world.workspace).items() if state.ending is None}
    delivery = deliver(world.workspace, real_sender(servers), now=world.clock.real)
    assert set(delivery.sent) == waiting
    for notice_id in waiting:
        kept = world.store.get(world.workspace.keys.notice(notice_id, "message.eml"))
        expected[notice_id] = message_from_bytes(kept, policy=policy.default)

    mailbox.noop()
    _, found = mailbox.search(None, "ALL")
    arrived = {}
    for number in found[0].split():
        _, parts = mailbox.fetch(number.decode(), "(BODY.PEEK[])")
        data = next(part[1] for part in parts if isinstance(part, tuple))
        message = message_from_bytes(data, policy=policy.default)
        if message["X-Soket-Notice"] in expected:
            arrived[message["X-Soket-Notice"]] = message
    assert set(arrived) == set(expected)
    for notice_id, message in arrived.items():
        assert message["Subject"] == expected[notice_id]["Subject"]
        assert message["Message-ID"] == expected[notice_id]["Message-ID"]
        for kind in ("plain", "html"):
            ours, theirs = (each.get_body((kind,)) for each in (expected[notice_id], message))
            told = theirs.get_content()
            if states(world.workspace)[notice_id].kind.secret:  # what was kept hides what was sent
                assert ours.get_content() != told
                told = told.replace(code_in(world.workspace, notice_id), HIDDEN)
            assert ours.get_content() == told
    again = deliver(world.workspace, real_sender(servers), now=world.clock.real)
    assert again.sent == ()


def test_a_wrong_password_costs_no_try(servers: State) -> None:
    world = posted(1)
    delivery = deliver(world.workspace, real_sender(servers, "wrong"), now=world.clock.real)
    assert delivery.error is not None
    assert "không mở được máy chủ thư" in delivery.error
    assert states(world.workspace)["receipt.unit_00.n1"].tries == {}


def test_a_certificate_that_is_not_trusted_is_refused(servers: State) -> None:
    sender = SmtpSender("127.0.0.1", servers.ports["smtp"], starttls=True)
    with pytest.raises(MailServerError, match="CERTIFICATE_VERIFY_FAILED"), sender:
        pass


def test_the_lease_outlasts_the_longest_conversation() -> None:
    # Connecting, greeting, EHLO, STARTTLS, handshake, EHLO, AUTH in two steps: each may take the whole timeout. Then
    # comes a transaction, begun up to a fifteenth of the lease after the claim.
    longest = 8 * SmtpSender("host").timeout + LONGEST + LEASE.total_seconds() / 15
    assert LEASE.total_seconds() >= longest


def test_the_end_says_who_got_it() -> None:
    world = posted(1)
    with server() as office:
        deliver(world.workspace, office.sender(), now=world.clock.real)
    end = read_end(world.workspace, "receipt.unit_00.n1", Ending.SENT)
    assert end.delivered == ("unit_00@hatinh.example",)
    assert end.message_id == message_from_bytes(office.taken[0])["Message-ID"]
    assert b"X-Soket-Notice: receipt.unit_00.n1" in office.taken[0]
