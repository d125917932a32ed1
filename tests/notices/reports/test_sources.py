"""The mailbox of a real IMAP server is read once, left as it is, and says what is wrong when it cannot be."""

from __future__ import annotations

import imaplib
import smtplib
import ssl
import time
from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage

import pytest

from soket.notices.reports.filing import read_reports
from soket.notices.reports.server import mailbox_of
from soket.notices.reports.sources import ImapSource, MailboxError
from soket.stack.credentials import Credentials
from soket.stack.mail import USER
from soket.stack.ports import HOST
from soket.stack.state import State

from ..world import World
from . import bounces
from .test_filing import ONE, fate, name_of, receipt, send

pytestmark = pytest.mark.integration


@pytest.fixture
def mailbox(servers: State) -> ImapSource:
    fields = {"use_ssl": False}  # the embedded server speaks on the loopback alone
    return mailbox_of(HOST, servers.ports["imap"], USER, Credentials.load(servers).mail, fields)


@pytest.fixture
def world() -> World:
    made = World()
    made.clock.set("2021-10-20 07:30")
    send(made, receipt("unit_00", f"n{time.time_ns()}", ONE))
    return made


def mail(servers: State, *letters: bytes) -> None:
    """Let mail come into the mailbox."""
    with smtplib.SMTP(HOST, servers.ports["smtp"]) as smtp:
        smtp.starttls(context=ssl.create_default_context(cafile=str(servers.root / "mail" / "certificate.pem")))
        smtp.login(USER, Credentials.load(servers).mail)
        for letter in letters:
            smtp.sendmail("mailer-daemon@so.example", [USER], letter.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))


def unseen(servers: State) -> set[bytes]:
    with imaplib.IMAP4(HOST, servers.ports["imap"]) as imap:
        imap.login(USER, Credentials.load(servers).mail)
        imap.select(readonly=True)
        return set(imap.search(None, "UNSEEN")[1][0].split())


def test_reports_are_found_among_other_mail_and_read_once(servers: State, mailbox: ImapSource, world: World) -> None:
    (notice,) = {key.split("/")[3] for key in world.store.objects if key.startswith("notices/")}
    name = name_of(world, notice)
    ours = world.store.get(world.workspace.keys.notice(notice, "message.eml"))
    others = ours, bounces.out_of_office(name, ONE), bounces.plain("a@b.example", "x", "y")
    mail(servers, *others, bounces.exchange(name, ONE))
    before = unseen(servers)
    assert len(read_reports(world.workspace, [mailbox]).filed) == 1
    assert fate(world, notice) == "bounced"
    assert unseen(servers) == before, "the mailbox is left as it is"
    letters = [letter for _, letter in mailbox.after(_place(world, mailbox)) if letter]
    assert letters == [], "and not read again"
    mail(servers, bounces.sendmail(name, ONE))
    assert len([letter for _, letter in mailbox.after(_place(world, mailbox)) if letter]) == 1


def _place(world: World, mailbox: ImapSource) -> str:
    from soket.notices.reports.filing import Bookmark

    return Bookmark.model_validate_json(world.store.get(world.workspace.keys.report_place(mailbox.name))).place


def test_another_mailbox_of_the_same_name_is_read_from_its_beginning(
    servers: State, mailbox: ImapSource, world: World
) -> None:
    (notice,) = {key.split("/")[3] for key in world.store.objects if key.startswith("notices/")}
    mail(servers, bounces.postfix(name_of(world, notice), ONE))
    validity, _, last = list(mailbox.after(""))[-1][0].partition(":")
    assert int(last) > 0
    assert [letter for _, letter in mailbox.after(f"{int(validity) + 1}:{last}") if letter]


@pytest.mark.parametrize("change", ["password", "port", "folder"])
def test_a_mailbox_that_cannot_be_read_says_so_and_keeps_its_password(
    servers: State, mailbox: ImapSource, change: str
) -> None:
    changes = {"password": {"password": "sai-mat-khau"}, "port": {"port": 1}, "folder": {"host": "127.0.0.2"}}
    with pytest.raises(MailboxError) as error:
        list(replace(mailbox, **changes[change], timeout=5).after(""))
    assert USER in str(error.value)
    assert "sai-mat-khau" not in str(error.value) + repr(replace(mailbox, password="sai-mat-khau"))


def test_answers_of_calendars_are_found_by_the_parts_of_a_mail(mailbox: ImapSource, servers: State) -> None:
    answer = EmailMessage()
    answer["From"], answer["To"], answer["Subject"] = "van-thu@noi-khac.example", USER, "Accepted: Hội nghị"
    answer.set_content("Nhận lời.")
    calendar = b"BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nEND:VCALENDAR\r\n"
    answer.add_alternative(calendar, maintype="text", subtype="calendar", params={"method": "REPLY"})
    place = [place for place, _ in mailbox.after("")][-1]
    private = b"From: a@b.example\r\nSubject: Rieng\r\nContent-Type: text/plain\r\n\r\nKhong phai viec cua ta.\r\n"
    mail(servers, private, answer.as_bytes(), private)
    (found,) = [letter for _, letter in mailbox.after(place) if letter]
    assert b"METHOD:REPLY" in b64_decoded(found.data)


def b64_decoded(data: bytes) -> bytes:
    """Return what the calendar part of a mail holds."""
    (part,) = (each for each in message_from_bytes(data).walk() if each.get_content_type() == "text/calendar")
    payload = part.get_payload(decode=True)
    assert isinstance(payload, bytes)
    return payload
