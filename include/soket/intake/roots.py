"""The certificates that an office trusts: files in a folder of its own, beside lists of those that were revoked."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

from soket.folders import folder_of
from soket.reading.signatures import Roots

log = logging.getLogger(__name__)

ENVIRONMENT_VARIABLE = "SOKET_ROOTS"
_CERTIFICATES = {".cer", ".crt", ".pem", ".der"}
_LISTS = {".crl"}
_MOST_BYTES = 8 << 20  # all files of a kind: they are handed over with each signed file


def roots_folder() -> Path:
    """Return the folder of trusted certificates: `SOKET_ROOTS`, or the one beside this package."""
    return folder_of(ENVIRONMENT_VARIABLE, "roots")


def supplied_roots() -> Roots:
    """Return what the office supplied; none where there is no such folder."""
    folder = roots_folder()
    return Roots(dict(_files(folder, _CERTIFICATES)), dict(_files(folder, _LISTS)))


def _files(folder: Path, extensions: set[str]) -> Iterator[tuple[str, bytes]]:
    """Yield a folder's files of a kind by name, up to so much; what cannot be read is left out and said."""
    left = _MOST_BYTES
    for path in sorted(folder.glob("*")) if folder.is_dir() else ():
        if path.suffix.casefold() not in extensions:
            continue
        try:
            data = path.read_bytes()
        except OSError as error:
            log.warning("The certificate %s cannot be read: %s", path, error)
            continue
        if len(data) > left:
            log.warning("The certificate %s is left out: the files are larger than %s MB", path, _MOST_BYTES >> 20)
            continue
        left -= len(data)
        yield path.name, data
