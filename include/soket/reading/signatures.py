"""What readers say of the signatures on a file: whose, when, whether it is still what was signed, and who vouches."""

from __future__ import annotations

import base64
import json
import struct
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class Integrity(StrEnum):
    """Whether a file is what was signed."""

    WHOLE = "whole"  # the signature covers the file, which is as it was signed
    ADDED = "added"  # only signatures, marks of time and filled fields came after it
    CHANGED = "changed"  # something else came after it, or it covers a part only
    BROKEN = "broken"  # what it covers is no longer what was signed
    UNCHECKED = "unchecked"  # we cannot tell


class Chain(StrEnum):
    """What stands behind a signer's certificate."""

    TRUSTED = "trusted"  # a root that the office supplied
    NO_ROOTS = "no_roots"  # the office supplied none
    UNKNOWN = "unknown"  # none of those that it supplied
    EXPIRED = "expired"  # not in force when it was signed with
    REVOKED = "revoked"
    UNFIT = "unfit"  # not made to sign documents with, or its chain is not in order
    UNCHECKED = "unchecked"  # we cannot tell


@dataclass(frozen=True)
class FileSignature:
    """One signature on a file."""

    signer: str  # as the certificate calls its holder
    bodies: tuple[str, ...] = ()  # organisations and units of theirs that it names
    issuer: str = ""
    signed_at: datetime | None = None
    time_stamped: bool = False  # by an authority that a root vouches for; else it is what the signer's machine said
    integrity: Integrity = Integrity.UNCHECKED
    chain: Chain = Chain.UNCHECKED
    revocation_checked: bool = False
    note: str = ""  # why we cannot tell, for the record

    def to_data(self) -> dict[str, Any]:
        """Return the signature as JSON holds it."""
        return asdict(self) | {"signed_at": self.signed_at.isoformat() if self.signed_at else None}

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> FileSignature:
        """Return the signature that `to_data` wrote."""
        at = data["signed_at"]
        return cls(
            signer=str(data["signer"]),
            bodies=tuple(map(str, data["bodies"])),
            issuer=str(data["issuer"]),
            signed_at=datetime.fromisoformat(at) if at else None,
            time_stamped=bool(data["time_stamped"]),
            integrity=Integrity(data["integrity"]),
            chain=Chain(data["chain"]),
            revocation_checked=bool(data["revocation_checked"]),
            note=str(data["note"]),
        )


UNTOLD = FileSignature("", note="hết thời gian, bộ nhớ hoặc lỗi của chương trình đọc")
"""What stands for the signatures of a file on which our own reader failed."""


@dataclass(frozen=True)
class Roots:
    """The certificates that an office trusts, and lists of those that were revoked, as their files hold them."""

    certificates: Mapping[str, bytes] = field(default_factory=dict)
    revoked: Mapping[str, bytes] = field(default_factory=dict)

    def to_data(self) -> list[list[str]]:
        """Return both as JSON holds them."""
        return [
            [base64.b64encode(data).decode() for data in files.values()] for files in (self.certificates, self.revoked)
        ]


def handed(given: bytes) -> tuple[datetime, Sequence[bytes], Sequence[bytes], bytes]:
    """Return what `signed_files.handing` handed over: the moment, certificates, lists of revoked ones, and the file."""
    length = 4 + struct.unpack(">I", given[:4])[0]
    moment, *files = json.loads(given[4:length])
    certificates, revoked = ([base64.b64decode(each) for each in group] for group in files)
    return datetime.fromisoformat(moment), certificates, revoked, given[length:]
