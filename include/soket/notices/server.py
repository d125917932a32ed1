"""The mail server that the environment names, as an Airflow connection describes it."""

from __future__ import annotations

import os
import ssl
from collections.abc import Mapping
from typing import Any

from soket.clock import Clock, WallClock
from soket.connection import from_environment, password_of
from soket.notices.smtp import SmtpSender

CONNECTION = "soket_smtp"
ENVIRONMENT_VARIABLE = "AIRFLOW_CONN_SOKET_SMTP"
PER_MINUTE = 1800  # unless the connection's `per_minute` says what its server bears

# "send" or "suppress"; a replayed campaign is silent unless told to speak.
MAIL_VARIABLE = "SOKET_MAIL"


class NoMailServerError(RuntimeError):
    """The environment names no mail server."""


def sender_of(
    host: str | None, port: int | None, login: str | None, password: str | None, extra: Mapping[str, Any]
) -> SmtpSender:
    """Return the mail server behind an Airflow connection's fields."""
    return SmtpSender(
        host=host or "127.0.0.1",
        port=port or 587,
        user=login,
        password=password_of(password, extra),
        starttls=not extra.get("disable_tls", False),
        implicit_tls=not extra.get("disable_ssl", True),
        timeout=float(extra.get("timeout", 20)),
        tls=tls_of(extra),
        envelope_from=extra.get("from_email"),
        per_minute=int(extra.get("per_minute", PER_MINUTE)),
        receipts=bool(extra.get("receipts", False)),
    )


def sender_from_environment() -> SmtpSender:
    """Return the mail server in `AIRFLOW_CONN_SOKET_SMTP`, without Airflow; raise NoMailServerError without one."""
    found = from_environment(ENVIRONMENT_VARIABLE)
    if found is None:
        raise NoMailServerError("Chưa biết máy chủ thư ở đâu. Khởi động hệ thống bằng `soket up`, rồi chạy lại.")
    return sender_of(found.host, found.port, found.login, found.password, found.extra)


def tls_of(extra: Mapping[str, Any]) -> ssl.SSLContext:
    """Return how a mail connection's `ssl_context` wants TLS: its "none" encrypts, but asks for no certificate."""
    tls = ssl.create_default_context()
    if extra.get("ssl_context") == "none":
        tls.check_hostname = False
        tls.verify_mode = ssl.CERT_NONE
    return tls


def speaks(clock: Clock) -> bool:
    """Whether mail goes out on a clock."""
    choice = os.environ.get(MAIL_VARIABLE) or ("send" if isinstance(clock, WallClock) else "suppress")
    return choice == "send"
