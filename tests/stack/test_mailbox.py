"""What the mail server took is there after a restart, whole, and for its owner alone."""

from __future__ import annotations

import imaplib
import os
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
            mail = EmailMessage()
            mail["From"], mail["To"], mail["Subject"] = "ban@example.org", "xa@example.org", f"Nhắc nộp lần {number}"
            mail.set_content("Kính gửi Huyện ủy")
            smtp.send_message(mail)
    with server(folder, *ports):
        assert subjects(ports[1]) == ["Nhắc nộp lần 1", "Nhắc nộp lần 2"]
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert [stat.S_IMODE(each.stat().st_mode) for each in folder.iterdir()] == [0o600, 0o600]
