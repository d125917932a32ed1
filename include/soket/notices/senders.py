"""What hands messages to a mail server, and what the server may say; `smtp` is the real one."""

from __future__ import annotations

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
    """What a server said to a message for one address, where that was not yes: an SMTP reply."""

    code: int
    text: str

    @property
    def accepts(self) -> bool:
        """Whether it is a yes after all."""
        return 200 <= self.code < 300

    @property
    def permanent(self) -> bool:
        """Whether trying again is pointless."""
        return self.code >= 500

    def __str__(self) -> str:
        return f"{self.code} {self.text}"


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
