"""Who sent a form: a page of ours, to this account, and not somebody else's page in their name.

A form carries a stamp that is sealed for the account it was made for. The stamp also says what the reader saw, and
names the entry: the same form sent twice is one entry.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from fastapi import Request
from itsdangerous import BadSignature, URLSafeTimedSerializer

from soket.record.workspace import Workspace

_GOOD_FOR = 12 * 3600  # seconds: a working day
STAMP = "stamp"  # the form's field


class ForeignFormError(Exception):
    """A form that was not sent from a page of the board that this account was shown."""


@dataclass(frozen=True)
class FormStamp:
    """What a form carries unseen."""

    nonce: str
    mark: str = ""  # of what was looked at

    def entry(self, filled: Mapping[str, str]) -> str:
        """Return what names the entry of a form: the same for the same form with the same content, and no other."""
        text = json.dumps([self.nonce, sorted(filled.items())], ensure_ascii=False)
        return f"board__{hashlib.sha256(text.encode()).hexdigest()[:24]}"


class FormSeal:
    """Makes and reads the stamps of one account's forms in one campaign."""

    def __init__(self, workspace: Workspace, account: str) -> None:
        salt = f"soket/board/{workspace.plan.id}/{workspace.campaign.code}/{account}"
        self._signer = URLSafeTimedSerializer(
            workspace.seal, salt=salt, signer_kwargs={"digest_method": hashlib.sha256}
        )

    def stamp(self, mark: str = "", nonce: str = "") -> str:
        """Return a stamp for a form, of a new entry unless told which."""
        text = self._signer.dumps([nonce or secrets.token_urlsafe(12), mark])
        return text if isinstance(text, str) else text.decode()

    def read(self, text: str) -> FormStamp:
        """Return what a stamp says; raise ForeignFormError where it is none of this account's, or too old."""
        try:
            nonce, mark = self._signer.loads(text, max_age=_GOOD_FOR)
        except (BadSignature, ValueError):
            raise ForeignFormError from None
        return FormStamp(nonce, mark)


def check_sender(request: Request) -> None:
    """Raise ForeignFormError where a browser says that a form was sent from somebody else's page."""
    site = request.headers.get("sec-fetch-site")
    origin = request.headers.get("origin")
    own = origin is None or urlsplit(origin).netloc == request.headers.get("host")
    # What a browser says of the site holds behind a proxy that changes the host's name, too.
    if not (site == "same-origin" if site else own):
        raise ForeignFormError
