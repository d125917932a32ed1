"""Where reports come from: a folder of the bucket, or the mailbox that mail is sent from."""

from __future__ import annotations

import hashlib
import imaplib
import re
import ssl
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import Message
from typing import Any, Protocol

from soket.notices.answers.reading import may_be_answer
from soket.notices.reports.dsn import may_be_report
from soket.store.keys import MAIL_REPORTS
from soket.store.store import MissingObjectError, Store

_BATCH = 200  # mails looked at in one request
_LARGEST = 2 << 20  # bytes of a report: what it says comes first, the mail it brings back last
_OLDEST = timedelta(days=60)  # of the mailbox, at the first reading
_HEADERS = (
    "CONTENT-TYPE FROM RETURN-PATH AUTO-SUBMITTED X-FAILED-RECIPIENTS X-SOKET-NOTICE X-AUTOREPLY X-AUTO-REPLY "
    "IN-REPLY-TO REFERENCES"
)
_GRAIN = timedelta(seconds=1)  # of an object's stamp
_LISTED = timedelta(minutes=10)  # how much later than its stamp an object may show in a listing


class MailboxError(Exception):
    """The mailbox cannot be read."""


@dataclass(frozen=True)
class Letter:
    """One mail of a source."""

    name: str
    data: bytes


class Source(Protocol):
    """Mails in an order. A place in it is kept between readings; forgotten, it costs a second reading."""

    @property
    def name(self) -> str:
        """What the place is kept under."""
        ...

    def after(self, place: str) -> Iterator[tuple[str, Letter | None]]:
        """Yield each place that was gone to from a place ('' for the beginning), with the mail that may be a report.

        Raises MailboxError.
        """
        ...


@dataclass(frozen=True)
class FolderSource:
    """A folder of the bucket, into which a relay or a person puts `.eml` files."""

    store: Store
    name: str = "folder"

    def after(self, place: str) -> Iterator[tuple[str, Letter | None]]:
        """Yield what was put there since."""
        since = datetime.fromisoformat(place) if place else datetime.min.replace(tzinfo=UTC)
        newest: datetime | None = None
        for entry in list(self.store.list(MAIL_REPORTS)):
            if entry.last_modified < since or entry.key.endswith("/"):
                continue
            try:
                letter = Letter(entry.key.removeprefix(MAIL_REPORTS), self.store.get(entry.key))
            except MissingObjectError:
                continue  # put away meanwhile
            newest = max(newest or since, entry.last_modified)
            yield place, letter
        if newest is not None:
            settled = newest + _LISTED < self.store.now()
            yield (newest + _GRAIN if settled else max(since, newest - _LISTED)).isoformat(), None


@dataclass(frozen=True)
class ImapSource:
    """A mailbox over IMAP; it is looked at and left as it is."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    folder: str = "INBOX"
    implicit_tls: bool = True
    starttls: bool = False
    tls: ssl.SSLContext = field(default_factory=ssl.create_default_context)
    timeout: float = 20.0

    @property
    def name(self) -> str:
        """What its place is kept under: it changes with the mailbox."""
        return "imap-" + hashlib.sha256(f"{self.user}@{self.host}:{self.port}/{self.folder}".encode()).hexdigest()[:12]

    def after(self, place: str) -> Iterator[tuple[str, Letter | None]]:
        """Yield the mails that came since, in the order of their numbers."""
        try:
            server = self._open()
        except (imaplib.IMAP4.error, OSError) as error:
            raise MailboxError(f"không mở được hộp thư {self.user} ở {self.host}:{self.port}: {error}") from error
        try:
            yield from self._read(server, place)
        except (imaplib.IMAP4.error, OSError) as error:
            raise MailboxError(f"không đọc được hộp thư {self.user} ở {self.host}:{self.port}: {error}") from error
        finally:
            server.shutdown()

    def _open(self) -> imaplib.IMAP4:
        if self.implicit_tls:
            server: imaplib.IMAP4 = imaplib.IMAP4_SSL(self.host, self.port, ssl_context=self.tls, timeout=self.timeout)
        else:
            server = imaplib.IMAP4(self.host, self.port, timeout=self.timeout)
        try:
            if self.starttls:
                server.starttls(self.tls)
            server.login(self.user, self.password)
            _checked(server.select(f'"{self.folder}"', readonly=True))
        except BaseException:
            server.shutdown()
            raise
        return server

    def _read(self, server: imaplib.IMAP4, place: str) -> Iterator[tuple[str, Letter | None]]:
        validity = (server.response("UIDVALIDITY")[1][0] or b"0").decode()
        before, _, last = place.partition(":")
        known = int(last) if before == validity else 0
        if known:
            criterion = f"UID {known + 1}:*"
        else:
            criterion = f"SINCE {imaplib.Time2Internaldate(datetime.now(UTC) - _OLDEST)[1:12].strip()}"
        found = _checked(server.uid("SEARCH", criterion))
        # `n:*` names the last mail even where n is beyond it.
        numbers = sorted(number for number in map(int, b" ".join(filter(None, found)).split()) if number > known)
        for start in range(0, len(numbers), _BATCH):
            batch = numbers[start : start + _BATCH]
            headers = _fetched(server, ",".join(map(str, batch)), f"BODY.PEEK[HEADER.FIELDS ({_HEADERS})]")
            parts = _structures(server, ",".join(map(str, batch)))
            for number in batch:
                if number in headers and _is_wanted(message_from_bytes(headers[number]), parts.get(number, b"")):
                    whole = _fetched(server, str(number), f"BODY.PEEK[]<0.{_LARGEST}>")
                    if number in whole:
                        yield f"{validity}:{number}", Letter(f"{self.folder}/{number}", whole[number])
                        continue
            yield f"{validity}:{batch[-1]}", None


def _fetched(server: imaplib.IMAP4, numbers: str, what: str) -> dict[int, bytes]:
    """Return one part of each mail, by number."""
    answer = _checked(server.uid("FETCH", numbers, f"(UID {what})"))
    found: dict[int, bytes] = {}
    for part, following in zip(answer, [*answer[1:], b""], strict=True):
        if isinstance(part, tuple):  # the number stands before the literal or after it
            about = part[0] + (following if isinstance(following, bytes) else b"")
            if number := re.search(rb"UID (\d+)", about):
                found[int(number[1])] = part[1]
    return found


def _is_wanted(headers: Message, structure: bytes) -> bool:
    return may_be_report(headers) or may_be_answer(headers, structure)


def _structures(server: imaplib.IMAP4, numbers: str) -> dict[int, bytes]:
    """Return of which parts each mail is made, by number, as the server tells it: no content is read for that."""
    found, told = dict[int, bytes](), b""
    for part in _checked(server.uid("FETCH", numbers, "(UID BODYSTRUCTURE)")):
        told += b" ".join(part) if isinstance(part, tuple) else part or b""
        if isinstance(part, tuple):  # a literal: the answer goes on
            continue
        if number := re.search(rb"UID (\d+)", told):
            found[int(number[1])] = told
        told = b""
    return found


def _checked(answer: tuple[str, list[Any]]) -> list[Any]:
    status, data = answer
    if status != "OK":
        raise imaplib.IMAP4.error(b" ".join(filter(None, data)).decode(errors="replace"))
    return data
