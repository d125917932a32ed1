"""The words of a mail that answers one of ours, without what it quotes; and whether a machine wrote it."""

from __future__ import annotations

import re
from email.message import Message
from html.parser import HTMLParser

from soket.text import fold

_LARGEST = 200_000  # characters of a part
_PRECEDENCE = ("bulk", "junk", "list", "auto_reply")
_MACHINES = re.compile(r"\b(mailer-daemon|postmaster|no-?reply|do-?not-?reply)@", re.IGNORECASE)
_AWAY = re.compile(r"^\W*(auto(matic)?[- ]?reply|auto:|out of (the )?office|(thu )?tra loi tu dong|vang mat)")
# Where what is quoted begins, as mail programs write it.
_QUOTED = re.compile(
    r"^\s*(>|-{2,}\s*(original message|forwarded|thư gốc|tin nhắn gốc)|_{8,}\s*$|(on|vào|lúc|ngày)\b.{3,200}"
    r"(wrote|đã viết|viết)\s*:\s*$|(from|từ)\s*:\s.+|--\s*$)",
    re.IGNORECASE,
)
_SKIPPED = {"style", "script", "head", "blockquote"}
_BREAKS = {"br", "p", "div", "li", "tr"}


def is_by_machine(message: Message) -> bool:
    """Whether nobody wrote a mail: an out-of-office reply, a list's, a mail server's report."""
    automatic = str(message.get("Auto-Submitted", "no")).partition(";")[0].strip().lower() != "no"
    precedence = str(message.get("Precedence", "")).strip().lower() in _PRECEDENCE
    marked = any(name in message for name in ("X-Autoreply", "X-Autorespond", "X-Auto-Reply", "List-Id"))
    bounced = str(message.get("Return-Path", "")).strip() == "<>" or message.get_content_type() == "multipart/report"
    return automatic or precedence or marked or bounced or bool(_MACHINES.search(str(message.get("From", ""))))


def is_away(subject: str) -> bool:
    """Whether a subject says that nobody is there."""
    return bool(_AWAY.match(fold(subject)))


def own_words(message: Message) -> str:
    """Return what somebody wrote, down to where a quotation begins."""
    parts = [part for part in message.walk() if not part.is_multipart() and not part.get_filename()]
    plain = next((part for part in parts if part.get_content_type() == "text/plain"), None)
    page = next((part for part in parts if part.get_content_type() == "text/html"), None)
    text = _decoded(plain) if plain else _without_marks(_decoded(page)) if page else ""
    lines: list[str] = []
    for line in text.splitlines():
        if _QUOTED.match(line):
            break
        lines.append(line)
    return "\n".join(lines).strip()


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._inside = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002 - as HTMLParser has it
        self._inside += tag in _SKIPPED
        if tag in _BREAKS:
            self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._inside -= tag in _SKIPPED and self._inside > 0

    def handle_data(self, data: str) -> None:
        if not self._inside:
            self.words.append(" ".join(data.split(" ")))


def _without_marks(page: str) -> str:
    reader = _Words()
    reader.feed(page)
    return "".join(reader.words)


def _decoded(part: Message) -> str:
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    try:
        return data.decode(part.get_content_charset() or "utf-8", errors="replace")[:_LARGEST]
    except LookupError:  # a character set that nobody knows
        return data.decode("utf-8", errors="replace")[:_LARGEST]
