"""The bucket's own secret, and what is signed by it: links that get a unit to its own page."""

from __future__ import annotations

import hashlib
import secrets

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
        text = self._signer(unit).dumps(renewals)
        return text if isinstance(text, str) else text.decode()

    def opens(self, unit: str, token: str, renewals: int) -> bool:
        """Tell whether a token opens a unit's page: it is this unit's, in this campaign, and was not renewed since."""
        try:
            return bool(self._signer(unit).loads(token) == renewals)
        except BadSignature:
            return False

    def _signer(self, unit: str) -> URLSafeSerializer:
        return URLSafeSerializer(
            self._seal, salt=f"{self._place}/{unit}", signer_kwargs={"digest_method": hashlib.sha256}
        )
