"""What the mail server took is there after a restart, whole, and for its owner alone."""

from __future__ import annotations

import asyncio
import imaplib
import os
import shutil
import signal
import smtplib
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from mail_devel.service import Service

from soket.stack.mailbox import KeptMailboxes
from soket.stack.ports import HOST, choose

pytestmark = pytest.mark.integration

PASSWORD = "thu-bi-mat"


@contextmanager
def server(folder: Path, smtp: int, imap: int, http: int, how: int = signal.SIGTERM) -> Iterator[None]:
    """Run the mail server until a signal."""
    command = [sys.executable, "-m", "soket.stack.mailbox", "--host", HOST, "--user", "soket@localhost"]
    command += ["--smtp-port", str(smtp), "--imap-port", str(imap), "--http-port", str(http)]
    environment = {**os.environ, "MAIL_PASSWORD": PASSWORD, "SOKET_MAILBOX": str(folder)}
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
        deadline = time.monotonic() + 60
        while True:
            try:
                imaplib.IMAP4(HOST, imap, timeout=5).shutdown()
                smtplib.SMTP(HOST, smtp, timeout=5).close()
                break
            except OSError:
                assert running.poll() is None
                assert time.monotonic() < deadline
                time.sleep(0.1)
        try:
            yield
        finally:
            running.send_signal(how)


def mail(subject: str) -> EmailMessage:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = "ban@example.org", "xa@example.org", subject
    made.set_content("Kính gửi Huyện ủy")
    return made


def subjects(imap: int) -> list[str]:
    with imaplib.IMAP4(HOST, imap, timeout=10) as client:
        client.login("soket@localhost", PASSWORD)
        client.select(readonly=True)
        _, answer = client.fetch("1:*", "(BODY.PEEK[])")
        mails = [message_from_bytes(part[1], policy=policy.default) for part in answer if isinstance(part, tuple)]
    assert all(mail.get_body(("plain",)).get_content().strip() == "Kính gửi Huyện ủy" for mail in mails)
    return [str(mail["Subject"]) for mail in mails]


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_mail_outlives_the_server(tmp_path: Path, how: int) -> None:
    found, _ = choose({})
    ports = found["smtp"], found["imap"], found["mail_http"]
    folder = tmp_path / "box"
    with server(folder, *ports, how=how), smtplib.SMTP(HOST, ports[0]) as smtp:
        for number in (1, 2):
            smtp.send_message(mail(f"Nhắc nộp lần {number}"))
    with server(folder, *ports):
        assert subjects(ports[1]) == ["Nhắc nộp lần 1", "Nhắc nộp lần 2"]
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert [stat.S_IMODE(each.stat().st_mode) for each in folder.iterdir()] == [0o600, 0o600]


def test_a_mail_may_come_while_somebody_reads_the_mailbox(tmp_path: Path) -> None:
    async def both() -> int:
        service = await Service.init(Service.parse(["--user", "soket@localhost", "--password", PASSWORD]))
        service.smtp.loop.close()  # what it would have served SMTP on
        mailboxes = KeptMailboxes(service, tmp_path / "box")
        await mailboxes.open()
        inbox = await (await mailboxes.get("soket@localhost")).get_mailbox("INBOX")
        async with inbox.messages_lock.read_lock():
            coming = [
                asyncio.create_task(mailboxes.append(mail("cùng luồng"), frozenset())),
                # As SMTP's threads do it: from an event loop of their own.
                asyncio.create_task(asyncio.to_thread(asyncio.run, mailboxes.append(mail("luồng khác"), frozenset()))),
            ]
            while len(inbox.messages_lock._write_lock._waiters or ()) < 2 and not any(each.done() for each in coming):
                await asyncio.sleep(0.01)
        await asyncio.gather(*coming)
        return len([each async for each in inbox.messages()])

    assert asyncio.run(asyncio.wait_for(both(), 60)) == 2


def test_what_the_server_fails_on_is_to_be_sent_again(tmp_path: Path) -> None:
    found, _ = choose({})
    ports = found["smtp"], found["imap"], found["mail_http"]
    with server(tmp_path / "box", *ports), smtplib.SMTP(HOST, ports[0]) as smtp:
        shutil.rmtree(tmp_path / "box")
        with pytest.raises(smtplib.SMTPDataError) as refused:
            smtp.send_message(mail("Nhắc nộp"))
        assert refused.value.smtp_code == 451
        (tmp_path / "box").mkdir()
        smtp.send_message(mail("Nhắc nộp"))
        assert subjects(ports[1]) == ["Nhắc nộp"]
