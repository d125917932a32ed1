"""The mailbox, watched over IMAP: its mail is counted as it comes."""

from __future__ import annotations

import imaplib
from collections import Counter
from dataclasses import dataclass, field
from email.parser import BytesParser

from demo.patience import persist

_HEADERS = "(UID BODY.PEEK[HEADER.FIELDS (MESSAGE-ID X-SOKET-NOTICE)])"


@dataclass
class Mailbox:
    """What has been seen in a mailbox; `look` sees what is new."""

    host: str
    port: int
    user: str
    password: str
    seen: Counter[str] = field(default_factory=Counter)  # Message-ID → how often
    _last_uid: int = 0
    _generation: bytes = b""

    def look(self) -> list[str]:
        """Count what has come since the last look; return the ids of the notices that it was."""
        return persist(self._look)

    def _look(self) -> list[str]:
        server = imaplib.IMAP4(self.host, self.port, timeout=10)
        try:
            server.login(self.user, self.password)
            server.select("INBOX", readonly=True)
            generation = server.response("UIDVALIDITY")[1][0] or b""
            known = Counter[str]()
            if generation != self._generation:  # the server began anew, and numbers what it kept afresh
                known, self.seen = self.seen, Counter()
                self._generation, self._last_uid = generation, 0
            new = self._fetch(server)
        finally:
            server.shutdown()
        ours = [(message, notice) for message, notice in new if notice]  # guests write there, too
        self.seen.update(message for message, _ in ours)
        return [notice for message, notice in ours if message not in known]

    def _fetch(self, server: imaplib.IMAP4) -> list[tuple[str, str]]:
        """Return the Message-ID and the notice of each new mail."""
        _, answer = server.uid("FETCH", f"{self._last_uid + 1}:*", _HEADERS)
        new = []
        for part in answer:
            if not isinstance(part, tuple):
                continue
            uid = int(part[0].split(b"UID ")[1].split()[0])
            if uid > self._last_uid:  # `n:*` names the last mail even where n is beyond it
                headers = BytesParser().parsebytes(part[1])
                new.append((uid, (str(headers["Message-ID"]).strip(), str(headers.get("X-Soket-Notice", "")).strip())))
        self._last_uid = max((uid for uid, _ in new), default=self._last_uid)
        return [mail for _, mail in new]
