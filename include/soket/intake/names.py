"""File names as they are kept: one normal form, no path tricks, none twice."""

from __future__ import annotations

import re
from collections.abc import Sequence

from soket.text import nfc

_LONGEST = 120
# Separators, what Windows refuses, control characters, and marks that reverse how a name is shown.
_UNSAFE = re.compile(r"[\\/:*?\"<>|\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")


def safe_name(original: str) -> str:
    """Return a name that is safe to keep and to unpack anywhere; only the last part of a path counts."""
    last = nfc(original).replace("\\", "/").rstrip("/").rpartition("/")[2]
    name = " ".join(_UNSAFE.sub("_", last).split()).strip(". ")
    if not name or _RESERVED.fullmatch(name):
        name = f"tep-{name}".rstrip("-")
    stem, dot, extension = name.rpartition(".")
    if not dot:
        return name[:_LONGEST]
    return f"{stem[: _LONGEST - len(extension) - 1]}.{extension}"[:_LONGEST]


def unique_names(originals: Sequence[str], taken: Sequence[str] = ()) -> list[str]:
    """Return safe names in the same order, none twice and none of those taken, whatever their case."""
    used = {name.casefold() for name in taken}
    names = []
    for original in originals:
        name = candidate = safe_name(original)
        stem, dot, extension = name.rpartition(".")
        count = 1
        while candidate.casefold() in used:
            count += 1
            candidate = f"{stem} ({count}).{extension}" if dot else f"{name} ({count})"
        used.add(candidate.casefold())
        names.append(candidate)
    return names
