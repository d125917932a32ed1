"""Has the signatures on files examined, in readers that have loaded what that takes: a file may be anybody's."""

from __future__ import annotations

import json
import logging
import struct
from datetime import datetime

from soket.reading.kinds import extension_of
from soket.reading.looking import Asked
from soket.reading.reader import UnreadFileError
from soket.reading.signatures import UNTOLD, FileSignature, Roots

log = logging.getLogger(__name__)

LIBRARIES = ("pyhanko.sign.validation", "pyhanko.sign.diff_analysis", "asyncio", "cryptography.x509")
"""What a process that examines signatures loads beside what all readers have; no other is to pay for it."""

# What a signed file has in plain bytes: no packed part holds a signature's range, and names in a zip are plain.
_MARKS = {"pdf": b"/ByteRange", "docx": b"_xmlsignatures/", "xlsx": b"_xmlsignatures/"}


def may_be_signed(name: str, data: bytes) -> bool:
    """Return whether a file bears the mark of a digital signature: only then is a reader asked."""
    mark = _MARKS.get(extension_of(name))
    return mark is not None and mark in data


def signatures_on(readers: Asked, name: str, data: bytes, roots: Roots, moment: datetime) -> tuple[FileSignature, ...]:
    """Return the signatures on a file, the first first; `moment` is when one that tells no time is taken to be made.

    Where a reader fails, that is one signature of which nothing can be told: no file is to suffer for it.
    """
    request = {"signatures": True, "extension": extension_of(name)}
    try:
        answer = readers.ask(request, handing(roots, moment, data))
        return (UNTOLD,) if answer is None else tuple(FileSignature.from_data(each) for each in answer[0])
    except (UnreadFileError, TypeError, KeyError, ValueError):
        log.exception("The signatures on %s were not examined", name)
        return (UNTOLD,)


def handing(roots: Roots, moment: datetime, data: bytes) -> bytes:
    """Return how to hand over a file after what its signatures are held against, whose length comes first."""
    given = json.dumps([moment.isoformat(), *roots.to_data()]).encode()
    return struct.pack(">I", len(given)) + given + data
