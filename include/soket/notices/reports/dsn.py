"""Reads a mail server's report: RFC 3464 and, as far as headers and known forms allow, what older servers write.

Only what is certain is told: who, what became of it, and the Message-IDs that the report names. An out-of-office reply,
a receipt for reading and any other mail is no report.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from email import message_from_bytes, message_from_string
from email.header import decode_header, make_header
from email.message import Message
from email.utils import getaddresses, parseaddr

from soket.notices.reports.outcome import Outcome

_ACTIONS: dict[str, Outcome | None] = {
    "failed": Outcome.BOUNCED,
    "delayed": Outcome.DELAYED,
    "delivered": Outcome.DELIVERED,
    # Handed on to servers or lists that tell nothing more: the relay took it, which is known already.
    "relayed": None,
    "expanded": None,
}
_CLASSES = {"5": Outcome.BOUNCED, "4": Outcome.DELAYED}
_RETURNED = (
    "message/rfc822",
    "message/global",
    "message/rfc822-headers",
    "text/rfc822-headers",
    "message/global-headers",
)
_STATUS_PARTS = ("message/delivery-status", "message/global-delivery-status")
_SERVERS = re.compile(
    r"^(mailer-daemon|postmaster|mail-daemon|maildelivery|microsoftexchange[0-9a-f]*)@", re.IGNORECASE
)

_MESSAGE_ID = re.compile(r"[0-9a-f]{32}@[A-Za-z0-9.-]+[A-Za-z0-9]")
_ADDRESS = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@[\w-]+(?:\.[\w-]+)+")
_ENHANCED = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
_REPLY = re.compile(r"(?<![\d.])([45])\d\d(?![\d.])[ -]")
_GIVEN_UP = re.compile(r"giv(?:en|ing) up|not going to try|could not be delivered|permanent|fatal error", re.IGNORECASE)
# Where the copy of the mail itself begins, in reports that are text only.
_COPY = re.compile(
    r"^(?:[-_*=]{3,}[^\n]*(?:copy|original|returned|message|header)[^\n]*|original message headers:.*)$",
    re.IGNORECASE | re.MULTILINE,
)


@dataclass(frozen=True)
class Told:
    """What a report says of one recipient; `addresses` are the names it has for it, ours first if it knows it."""

    addresses: tuple[str, ...]
    outcome: Outcome | None  # None: handed on to where nothing more is told
    status: str = ""
    said: str = ""


@dataclass(frozen=True)
class Report:
    """A report: which mails it may be about, and what it says of whom."""

    message_ids: frozenset[str]  # of the shape of ours, without brackets
    campaigns: frozenset[str]  # X-Soket-Campaign of the mail it brings back
    notices: frozenset[str]  # X-Soket-Notice of it
    told: tuple[Told, ...]
    own_id: str
    subject: str
    sender: str


def may_be_report(headers: Message) -> bool:
    """Whether a mail with these headers may be a report: what else lies in the mailbox is left unread."""
    if "X-Soket-Notice" in headers:  # our own mail, in a mailbox that keeps copies of what is sent
        return False
    return (
        headers.get_content_type() == "multipart/report"
        or "X-Failed-Recipients" in headers
        or bool(_SERVERS.match(parseaddr(_text(headers, "From"))[1]))
        or (_text(headers, "Return-Path").strip() == "<>" and not _is_autoreply(headers))
    )


def read_report(data: bytes) -> Report | None:
    """Return what a mail reports; None where it is no report of a delivery."""
    message = message_from_bytes(data)
    if not may_be_report(message):
        return None
    if (
        message.get_content_type() == "multipart/report"
        and message.get_param("report-type") == "disposition-notification"
    ):
        return None
    told = tuple(_standard(message)) or tuple(_by_headers(message)) or tuple(_by_words(message))
    returned = list(_returned(message))
    message_ids = frozenset(each for text in _mentions(message, returned) for each in _MESSAGE_ID.findall(text))
    if not told and not message_ids and message.get_content_type() != "multipart/report":
        return None  # a postmaster's own letter
    return Report(
        message_ids=message_ids,
        campaigns=frozenset(_text(each, "X-Soket-Campaign") for each in returned if each["X-Soket-Campaign"]),
        notices=frozenset(_text(each, "X-Soket-Notice") for each in returned if each["X-Soket-Notice"]),
        told=told,
        own_id=_text(message, "Message-ID").strip("<> "),
        subject=_text(message, "Subject"),
        sender=parseaddr(_text(message, "From"))[1],
    )


def _standard(message: Message) -> Iterator[Told]:
    """Tell what the fields of a delivery-status say, recipient by recipient."""
    for part in message.walk():
        if part.get_content_type() not in _STATUS_PARTS:
            continue
        for fields in _fields(part):
            addresses = tuple(
                _typed(fields, name) for name in ("Original-Recipient", "Final-Recipient") if fields[name]
            )
            if not addresses:
                continue  # what is said of the message as a whole
            status = next(iter(_ENHANCED.findall(_text(fields, "Status"))), "")
            action = _text(fields, "Action").split("(")[0].strip().lower()
            outcome = _ACTIONS.get(action, _CLASSES.get(status[:1]))
            if outcome is not None or action in _ACTIONS:
                yield Told(tuple(dict.fromkeys(addresses)), outcome, status, _diagnosis(fields))


def _fields(part: Message) -> Iterable[Message]:
    """Return the groups of fields of a delivery-status, also of one that came encoded or as one text."""
    payload = part.get_payload()
    if isinstance(payload, list):
        groups = [each for each in payload if isinstance(each, Message)]
        if any(each.keys() for each in groups):
            return groups
    text = _content(part)
    return [message_from_string(group) for group in re.split(r"\r?\n[ \t]*\r?\n", text.strip())]


def _by_headers(message: Message) -> Iterator[Told]:
    """Tell what Exim's and Gmail's own header says: these were given up."""
    failed = getaddresses(message.get_all("X-Failed-Recipients", []))
    text = _words(message)
    for _, address in failed:
        if address:
            yield Told((address,), Outcome.BOUNCED, *_why(text, address))


def _by_words(message: Message) -> Iterator[Told]:
    """Tell what plain words say of an address that they name beside an SMTP reply."""
    if not _SERVERS.match(parseaddr(_text(message, "From"))[1]) and _text(message, "Return-Path").strip() != "<>":
        return
    text = _words(message)
    for address in dict.fromkeys(_ADDRESS.findall(text)):
        status, said = _why(text, address)
        reply = status[:1] or next(iter(_REPLY.findall(said)), "")
        if reply in _CLASSES:
            yield Told((address,), Outcome.BOUNCED if _GIVEN_UP.search(text) else _CLASSES[reply], status, said)


def _why(text: str, address: str) -> tuple[str, str]:
    """Return the status and the words that stand beside an address in a text."""
    start = text.find(address)
    if start < 0:
        return "", ""
    until = text.find("\n\n", start)
    rest = " ".join(text[start + len(address) : until if until >= 0 else None].split()).lstrip("<>:) ,")
    following = " ".join(text[until : until + 300].split()) if not rest and until >= 0 else rest
    said = following[:300]
    return next(iter(_ENHANCED.findall(said)), ""), said


def _diagnosis(fields: Message) -> str:
    """Return the server's words, without the kind of protocol before them."""
    text = " ".join(_text(fields, "Diagnostic-Code").split())
    kind, semicolon, rest = text.partition(";")
    return (rest.strip() if semicolon and " " not in kind.strip() else text)[:300]


def _typed(fields: Message, name: str) -> str:
    """Return the address of a field of the form `rfc822; name@domain`, also where it is spelt as xtext."""
    text = _text(fields, name)
    address = text.partition(";")[2] if ";" in text else text
    address = re.sub(r"\+([0-9A-F]{2})", lambda found: chr(int(found[1], 16)), address)
    return parseaddr(address.strip())[1] or address.strip()


def _returned(message: Message) -> Iterator[Message]:
    """Yield the mails, or their headers, that a report brings back."""
    for part in message.walk():
        if part is message or part.get_content_type() not in _RETURNED:
            continue
        payload = part.get_payload()
        if isinstance(payload, list):
            yield from (each for each in payload if isinstance(each, Message))
        else:
            yield message_from_string(_content(part).lstrip())


def _mentions(message: Message, returned: Iterable[Message]) -> Iterator[str]:
    """Yield every text in which a report may name the mail that it is about."""
    yield from (_text(message, name) for name in ("In-Reply-To", "References"))
    yield from (_text(each, "Message-ID") for each in returned)
    for part in message.walk():
        if part.get_content_type() in _STATUS_PARTS:
            yield from (_text(fields, "Original-Envelope-Id") for fields in _fields(part))
        elif part.get_content_maintype() == "text":
            yield _content(part)


def _words(message: Message) -> str:
    """Return what a report says in words, without the copy of the mail."""
    texts = [_content(part) for part in message.walk() if part.get_content_type() == "text/plain"]
    return _COPY.split("\n\n".join(texts), maxsplit=1)[0].replace("\r\n", "\n")


def _is_autoreply(headers: Message) -> bool:
    """Whether a person's mailbox answered by itself, as when its owner is away."""
    return any(name in headers for name in ("X-Autoreply", "X-Autorespond", "X-Auto-Reply")) or _text(
        headers, "Auto-Submitted"
    ).lower().startswith("auto-replied")


def _content(part: Message) -> str:
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return ""
    try:
        return payload.decode(part.get_content_charset("utf-8"), "replace")
    except LookupError:
        return payload.decode("utf-8", "replace")


def _text(message: Message, name: str) -> str:
    """Return a header as text, whatever was put there."""
    value = message.get(name, "")
    try:
        return str(make_header(decode_header(value)))
    except (ValueError, LookupError):
        return str(value)
