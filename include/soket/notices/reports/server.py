"""The mailbox that mail is sent from, as an Airflow connection describes it: where servers' reports come."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from soket.connection import from_environment, password_of
from soket.notices.reports.sources import FolderSource, ImapSource, Source
from soket.notices.server import tls_of
from soket.store.store import Store

CONNECTION = "soket_imap"
ENVIRONMENT_VARIABLE = "AIRFLOW_CONN_SOKET_IMAP"


def mailbox_of(
    host: str | None, port: int | None, login: str | None, password: str | None, extra: Mapping[str, Any]
) -> ImapSource:
    """Return the mailbox behind an Airflow connection's fields: IMAP over TLS unless `use_ssl` is false."""
    implicit_tls, starttls = bool(extra.get("use_ssl", True)), bool(extra.get("starttls", False))
    return ImapSource(
        host=host or "127.0.0.1",
        port=port or (993 if implicit_tls else 143),
        user=login or "",
        password=password_of(password, extra) or "",
        folder=str(extra.get("mailbox", "INBOX")),
        implicit_tls=implicit_tls,
        starttls=starttls,
        tls=tls_of(extra),
        timeout=float(extra.get("timeout", 20)),
    )


def sources(store: Store, mailbox: ImapSource | None) -> list[Source]:
    """Return every place that reports come to: the bucket's folder and, where there is one, the mailbox."""
    return [FolderSource(store), *([mailbox] if mailbox else [])]


def mailbox_from_environment() -> ImapSource | None:
    """Return the mailbox in `AIRFLOW_CONN_SOKET_IMAP`, without Airflow; None where it names none."""
    found = from_environment(ENVIRONMENT_VARIABLE)
    if found is None or not found.host:
        return None
    return mailbox_of(found.host, found.port, found.login, found.password, found.extra)
