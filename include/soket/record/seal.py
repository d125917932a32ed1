"""The bucket's own secret, and what is signed by it: links to a unit's page and an office's leader's, and passes."""

from __future__ import annotations

import hashlib
import secrets
from datetime import UTC, date, datetime

from itsdangerous import BadSignature, URLSafeSerializer

from soket.store.keys import MAIL_SEAL
from soket.store.store import MissingObjectError, Store


def read_seal(store: Store) -> bytes:
    """Return the bucket's seal, made at the first asking: one for all plans, and never another."""
    try:
        return store.get(MAIL_SEAL)
    except MissingObjectError:
        store.create(MAIL_SEAL, secrets.token_bytes(32), "application/octet-stream")
        return store.get(MAIL_SEAL)


class UnitLinks:
    """Makes and reads the part of a link that nobody can guess; `seal` is the bucket's own secret."""

    def __init__(self, seal: bytes, plan: str, campaign: str) -> None:
        self._seal = seal
        self._place = f"soket/page/{plan}/{campaign}"

    def token(self, unit: str, renewals: int) -> str:
        """Return a unit's token; each renewal makes another one."""
        return _sealed(self._seal, f"{self._place}/{unit}", renewals)

    def opens(self, unit: str, token: str, renewals: int) -> bool:
        """Tell whether a token opens a unit's page: it is this unit's, in this campaign, and was not renewed since."""
        return bool(_unsealed(self._seal, f"{self._place}/{unit}", token) == renewals)


class LeaderLinks:
    """The same for an office's leader: each link holds until its day is over, and opens no unit's page."""

    def __init__(self, seal: bytes, plan: str, campaign: str) -> None:
        self._seal = seal
        self._place = f"soket/leader/{plan}/{campaign}"

    def token(self, office: str, renewals: int, last_day: date) -> str:
        """Return an office's token that holds until a day is over."""
        return _sealed(self._seal, f"{self._place}/{office}", [renewals, last_day.isoformat()])

    def last_day(self, office: str, token: str, renewals: int) -> date | None:
        """Return until when a token holds; None where it is not this office's, in this campaign, or was renewed."""
        match _unsealed(self._seal, f"{self._place}/{office}", token):
            case [number, str(day)] if number == renewals:
                return date.fromisoformat(day)
        return None


class BrowserPasses:
    """Makes and reads what a browser has that entered a unit's code: good beside the link that opened the page then."""

    def __init__(self, seal: bytes, plan: str, campaign: str) -> None:
        self._seal = seal
        self._place = f"soket/pass/{plan}/{campaign}"

    def token(self, unit: str, renewals: int, entered: datetime) -> str:
        """Return the pass of a browser that entered a unit's code at a real moment."""
        return _sealed(self._seal, f"{self._place}/{unit}", [renewals, int(entered.timestamp())])

    def entered(self, unit: str, token: str, renewals: int) -> datetime | None:
        """Return when the code was entered; None where the pass is not of this unit's present link."""
        match _unsealed(self._seal, f"{self._place}/{unit}", token):
            case [number, int(seconds)] if number == renewals:
                return datetime.fromtimestamp(seconds, UTC)
        return None


def _sealed(seal: bytes, place: str, what: object) -> str:
    text = _signer(seal, place).dumps(what)
    return text if isinstance(text, str) else text.decode()


def _unsealed(seal: bytes, place: str, token: str) -> object:
    """Return what a token holds; None where it was not sealed for this place, letter by letter as it stands.

    The last letter of base64 has bits to spare: four of them would stand for the same bytes.
    """
    try:
        found = _signer(seal, place).loads(token)
    except BadSignature:
        return None
    return found if _sealed(seal, place, found) == token else None


def _signer(seal: bytes, place: str) -> URLSafeSerializer:
    return URLSafeSerializer(seal, salt=place, signer_kwargs={"digest_method": hashlib.sha256})
