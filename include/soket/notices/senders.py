"""Hands messages to a mail server."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from types import TracebackType
from typing import Protocol, Self


class MailServerError(Exception):
    """The mail server cannot be reached or will not talk to us: nothing is wrong with the message itself."""


@dataclass(frozen=True)
class Refusal:
    """Why a server did not take a message for one address: an SMTP reply."""

    code: int
    text: str

    @property
    def permanent(self) -> bool:
        """Whether trying again is pointless."""
        return self.code >= 500

    def __str__(self) -> str:
        return f"{self.code} {self.text}"


_NOT_ASCII = Refusal(553, "địa chỉ có ký tự ngoài ASCII, soket không gửi được")


class Sender(Protocol):
    """A mail session, opened and closed as a context manager."""

    def __enter__(self) -> Self:
        """Open the session; raise MailServerError where that fails."""
        ...

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        """Close the session; never raise."""
        ...

    def send(self, message: bytes, sender: str, recipients: Sequence[str]) -> Mapping[str, Refusal]:
        """Hand over one message as it is; return who was refused and why.

        Raises MailServerError where the server went away or refuses us altogether. The message may then have been
        taken or not. The session may be used again: it reconnects.
        """
        ...


class SmtpSender:
    """A session with an SMTP server; `starttls` upgrades it, `implicit_tls` starts it encrypted (port 465)."""

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
        tls: ssl.SSLContext | None = None,
        envelope_from: str | None = None,
    ) -> None:
        self.host = host
        self.port = port
        self.user = user
        self.password = password
        self.starttls = starttls
        self.implicit_tls = implicit_tls
        self.timeout = timeout
        self.tls = tls
        self.envelope_from = envelope_from
        self._smtp: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        self._smtp = self._connect()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self._close()

    def send(self, message: bytes, sender: str, recipients: Sequence[str]) -> Mapping[str, Refusal]:
        """Hand over one message; a connection that broke before is opened anew."""
        if self._smtp is None or self._smtp.sock is None:  # smtplib hangs up by itself on a reply of 421
            self._smtp = self._connect()
        writable = [address for address in recipients if address.isascii()]
        refusals = {address: _NOT_ASCII for address in recipients if not address.isascii()}
        return {**refusals, **self._hand_over(self._smtp, message, sender, writable)} if writable else refusals

    def _hand_over(
        self, smtp: smtplib.SMTP, message: bytes, sender: str, recipients: Sequence[str]
    ) -> Mapping[str, Refusal]:
        try:
            refused = smtp.sendmail(self.envelope_from or sender, recipients, message)
        except smtplib.SMTPRecipientsRefused as error:
            return _refusals(error.recipients)
        except smtplib.SMTPDataError as error:
            return dict.fromkeys(recipients, _refusal(error.smtp_code, error.smtp_error))
        except smtplib.SMTPSenderRefused as error:
            refusal = _refusal(error.smtp_code, error.smtp_error)
            if refusal.code == 552:  # too large: this message's fault
                return dict.fromkeys(recipients, refusal)
            raise MailServerError(f"máy chủ thư không nhận người gửi {sender}: {refusal}") from error
        except (smtplib.SMTPException, OSError) as error:
            self._close()
            raise MailServerError(f"mất kết nối với máy chủ thư {self.host}:{self.port}: {_say(error)}") from error
        return _refusals(refused)

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
        except BaseException:
            smtp.close()
            raise
        return smtp

    def _close(self) -> None:
        smtp, self._smtp = self._smtp, None
        if smtp is None:
            return
        try:
            smtp.quit()
        except (smtplib.SMTPException, OSError):
            smtp.close()


@dataclass
class RecordingSender:
    """Keeps every message instead of sending it: for tests and dry runs."""

    raw: list[bytes] = field(default_factory=list)
    recipients: list[tuple[str, ...]] = field(default_factory=list)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        pass

    def send(self, message: bytes, sender: str, recipients: Sequence[str]) -> Mapping[str, Refusal]:  # noqa: ARG002 - as Sender
        """Keep the message."""
        self.raw.append(message)
        self.recipients.append(tuple(recipients))
        return {}

    @property
    def messages(self) -> list[EmailMessage]:
        """The messages kept, parsed."""
        return [message_from_bytes(each, policy=policy.default) for each in self.raw]


def _refusals(refused: Mapping[str, tuple[int, bytes]]) -> dict[str, Refusal]:
    return {address: _refusal(*reply) for address, reply in refused.items()}


def _refusal(code: int, text: bytes | str) -> Refusal:
    return Refusal(code, " ".join((text.decode(errors="replace") if isinstance(text, bytes) else text).split()))


def _say(error: Exception) -> str:
    return f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
