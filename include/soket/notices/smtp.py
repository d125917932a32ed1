"""Talks SMTP: one session, one transaction a message, with delivery reports asked for where the server offers them."""

from __future__ import annotations

import smtplib
import ssl
import time
from collections.abc import Callable, Mapping, Sequence
from email.parser import BytesHeaderParser
from types import TracebackType
from typing import Self

from soket.notices.senders import MailServerError, Refusal

LONGEST = 120.0  # seconds a transaction may last, whatever the server does: well within a lease
_GOODBYE = 2.0
_TOO_LARGE = 552

_NOT_ASCII = Refusal(553, "địa chỉ có ký tự ngoài ASCII mà máy chủ thư không nhận (SMTPUTF8)")


class SmtpSender:
    """A session with an SMTP server; `starttls` upgrades it, `implicit_tls` starts it encrypted (port 465).

    Each answer is waited for `timeout` seconds, but the answer to a whole message for as long as the transaction may
    last: a server that is slow to read a message has often taken it, and would get it twice.
    """

    def __init__(
        self,
        host: str,
        port: int = 25,
        user: str | None = None,
        password: str | None = None,
        *,
        starttls: bool = False,
        implicit_tls: bool = False,
        timeout: float = 20.0,
        longest: float = LONGEST,
        tls: ssl.SSLContext | None = None,
        envelope_from: str | None = None,
        per_minute: int | None = None,
        receipts: bool = False,
    ) -> None:
        self.host = host
        self.port = port
        self.user = user
        self.password = password
        self.starttls = starttls
        self.implicit_tls = implicit_tls
        self.timeout = timeout
        self.longest = longest
        self.tls = tls
        self.envelope_from = envelope_from
        self.per_minute = per_minute  # how many mails the server bears
        self.receipts = receipts  # ask for a report of what arrived, too: somebody has to read them
        self._smtp: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        self._smtp = self._connect()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self._close()

    def send(self, message: bytes, sender: str, recipients: Sequence[str]) -> Mapping[str, Refusal]:
        """Hand over one message; a connection that broke before is opened anew."""
        if self._smtp is None or self._smtp.sock is None:  # smtplib hangs up by itself when a server goes away
            self._smtp = self._connect()
        transaction = _Transaction(self._smtp, self.timeout, time.monotonic() + self.longest, receipts=self.receipts)
        try:
            return transaction.run(message, self.envelope_from or sender, recipients)
        except (smtplib.SMTPException, OSError) as error:
            self._close()
            raise MailServerError(f"mất kết nối với máy chủ thư {self.host}:{self.port}: {_say(error)}") from error

    def _connect(self) -> smtplib.SMTP:
        try:
            return self._greet()
        except (smtplib.SMTPException, OSError) as error:
            raise MailServerError(f"không mở được máy chủ thư {self.host}:{self.port}: {_say(error)}") from error

    def _greet(self) -> smtplib.SMTP:
        tls = self.tls or ssl.create_default_context()
        if self.implicit_tls:
            smtp: smtplib.SMTP = smtplib.SMTP_SSL(self.host, self.port, timeout=self.timeout, context=tls)
        else:
            smtp = smtplib.SMTP(self.host, self.port, timeout=self.timeout)
        try:
            if self.starttls:
                smtp.starttls(context=tls)
            if self.user:
                smtp.login(self.user, self.password or "")
            smtp.ehlo_or_helo_if_needed()
        except BaseException:
            smtp.close()
            raise
        return smtp

    def _close(self) -> None:
        smtp, self._smtp = self._smtp, None
        if smtp is None:
            return
        try:
            if smtp.sock is not None:
                smtp.sock.settimeout(_GOODBYE)
            smtp.quit()
        except (smtplib.SMTPException, OSError):
            smtp.close()


class _Transaction:
    """One message handed over, from MAIL to the answer to its last line."""

    def __init__(self, smtp: smtplib.SMTP, timeout: float, deadline: float, *, receipts: bool) -> None:
        self.smtp = smtp
        self.timeout = timeout
        self.deadline = deadline
        self.notify = "NOTIFY=SUCCESS,FAILURE,DELAY" if receipts else "NOTIFY=FAILURE,DELAY"
        self.refused: dict[str, Refusal] = {}

    def run(self, message: bytes, sender: str, recipients: Sequence[str]) -> dict[str, Refusal]:
        """Return who was refused; an SMTPException or OSError means that the session is of no more use."""
        reports = self.smtp.has_extn("dsn")
        if not self.smtp.has_extn("smtputf8"):
            self.refused = {each: _NOT_ASCII for each in recipients if not each.isascii()}
        writable = [each for each in recipients if each not in self.refused]
        if writable and self._opened(message, sender, writable, reports=reports):
            if taken := [each for each in writable if self._takes(each, reports=reports)]:
                self._hand_over(message, taken)
            else:
                self._reset()
        return self.refused

    def _opened(self, message: bytes, sender: str, recipients: Sequence[str], *, reports: bool) -> bool:
        options = [f"SIZE={len(message)}"] if self.smtp.has_extn("size") else []
        if reports:
            name = BytesHeaderParser().parsebytes(message)["Message-ID"] or ""
            options += ["RET=HDRS", f"ENVID={_xtext(name.strip('<>'))}"]
        international = not all(each.isascii() for each in recipients)
        self.smtp.command_encoding = "ascii"
        if international:
            options.append("SMTPUTF8")
        reply = self._ask(lambda: self.smtp.mail(sender, options))
        if reply.accepts:
            return True
        self._reset()
        if reply.code != _TOO_LARGE:  # else it is this message's fault
            raise MailServerError(f"máy chủ thư không nhận người gửi {sender}: {reply}")
        self.refused |= dict.fromkeys(recipients, reply)
        return False

    def _takes(self, address: str, *, reports: bool) -> bool:
        options = [self.notify] if reports else []
        if reports and address.isascii():
            options.append(f"ORCPT=rfc822;{_xtext(address)}")
        reply = self._ask(lambda: self.smtp.rcpt(address, options))
        if not reply.accepts:
            self.refused[address] = reply
        return reply.accepts

    def _hand_over(self, message: bytes, taken: Sequence[str]) -> None:
        reply = self._ask(lambda: self._data(message), patient=True)
        if not reply.accepts:
            self.refused |= dict.fromkeys(taken, reply)
            self._reset()

    def _data(self, message: bytes) -> tuple[int, bytes]:
        try:
            return self.smtp.data(message)
        except smtplib.SMTPDataError as error:  # refused before its first line
            text = error.smtp_error
            return error.smtp_code, text if isinstance(text, bytes) else text.encode()

    def _ask(self, command: Callable[[], tuple[int, bytes]], *, patient: bool = False) -> Refusal:
        """Return the answer to a command; a server that says goodbye (421) has taken nothing."""
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError("máy chủ trả lời quá chậm")
        if self.smtp.sock is not None:
            self.smtp.sock.settimeout(left if patient else min(left, self.timeout))
        code, text = command()
        reply = Refusal(code, " ".join(text.decode(errors="replace").split()))
        if code == 421:
            raise smtplib.SMTPServerDisconnected(str(reply))
        return reply

    def _reset(self) -> None:
        try:
            self._ask(self.smtp.rset)
        except (smtplib.SMTPException, OSError):
            self.smtp.close()  # what it said before holds all the same


def _xtext(text: str) -> str:
    """Return text as the parameters of SMTP commands spell it (RFC 3461)."""
    return "".join(each if "!" <= each <= "~" and each not in "+=" else f"+{ord(each):02X}" for each in text)


def _say(error: Exception) -> str:
    return f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
