"""Whose a mail's next try is, and its words: whoever writes them has it in hand.

The first try is claimed by creating `message.eml`, a later one by `attempts/<k>.json`; so whoever looks at a mail that
waits writes nothing. Where the words cannot be written, a message that says so claims the try like any other. It has no
Message-ID and is never sent: a later try sets it apart and writes the words.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesHeaderParser
from email.utils import parsedate_to_datetime

from soket.notices.ledger import Intent, NoticeState, read_intent, real_now
from soket.notices.render import write_message
from soket.notices.trail import claim_try
from soket.record.keeping import keep_apart
from soket.record.workspace import Workspace
from soket.store.store import MissingObjectError


@dataclass(frozen=True)
class OwnTry:
    """A try that is ours to make."""

    number: int
    message: bytes = b""  # which the first try wrote, as it is kept
    fault: Exception | None = None  # why it could not: a template, a fact it lacks, an attachment


def claim_next(
    workspace: Workspace, state: NoticeState, intent: Callable[[], Intent], moment: datetime
) -> OwnTry | None:
    """Claim the next try of a notice, the first by writing what the `intent` says; None where it is another's."""
    number = state.last_try + 1
    if number > 1:
        return OwnTry(number) if claim_try(workspace, state.id, number, moment) else None
    fault: Exception | None = None
    try:
        message = write_message(workspace, intent(), real_now())
    except Exception as error:
        message, fault = _without_words(state.id, error), error
    if not _create(workspace, state.id, message):
        return None
    if fault:  # so that its moment stays when a later try writes the words
        claim_try(workspace, state.id, number, moment)
    return OwnTry(number, message, fault)


def message_to_send(workspace: Workspace, intent: Intent, claim: OwnTry) -> bytes | None:
    """Return the message of a claimed try as its readers get it: as it is kept, but for what it hides there.

    None where another has the mail in hand. Raises what keeps the words from being written.
    """
    if claim.fault:
        raise claim.fault
    kept = claim.message or _kept(workspace, intent)
    if kept is None or not intent.notice.kind.secret:
        return kept
    written = parsedate_to_datetime(BytesHeaderParser().parsebytes(kept)["Date"])
    return write_message(workspace, intent, written, reveal=True)


def shown(workspace: Workspace, notice: str) -> bytes | None:
    """Return a notice's message for who looks at it, and write nothing; None where it is none, or its intent is spoilt.

    What was not tried yet is shown as it would go out now.
    """
    with suppress(MissingObjectError):
        return workspace.store.get(_key(workspace, notice))
    try:
        intent = read_intent(workspace, notice)
    except (MissingObjectError, ValueError):
        return None
    try:
        return write_message(workspace, intent, real_now())
    except Exception as error:
        return _without_words(notice, error)


def _kept(workspace: Workspace, intent: Intent) -> bytes | None:
    """Return the message of an earlier try, written anew where it is lost or spoilt; None where another did just now.

    The words are written before the place is cleared: what claims the first try is away for a moment at most.
    """
    key, spoilt = _key(workspace, intent.notice.id), False
    with suppress(MissingObjectError):
        if _is_whole(message := workspace.store.get(key)):
            return message
        spoilt = True
    message = write_message(workspace, intent, real_now())
    for listed in workspace.store.list(key) if spoilt else ():
        if listed.key == key:
            keep_apart(workspace.store, listed)
    return message if _create(workspace, intent.notice.id, message) else None


def _is_whole(message: bytes) -> bool:
    """Whether a message begins and ends as it was written."""
    head = BytesHeaderParser().parsebytes(message, headersonly=True)
    closed = f"--{head.get_boundary()}--".encode()
    return bool(head["Message-ID"]) and (not head.get_boundary() or message.rstrip().endswith(closed))


def _without_words(notice: str, error: Exception) -> bytes:
    """Return what stands in a message's place while it cannot be written."""
    message = EmailMessage()
    message["Subject"] = "Thư chưa soạn được"
    message["X-Soket-Notice"] = notice
    message.set_content(f"Chưa soạn được thư này: {type(error).__name__}: {error}")
    return message.as_bytes(policy=policy.SMTP)


def _create(workspace: Workspace, notice: str, message: bytes) -> bool:
    return workspace.store.create(_key(workspace, notice), message, "message/rfc822")


def _key(workspace: Workspace, notice: str) -> str:
    return workspace.keys.notice(notice, "message.eml")
