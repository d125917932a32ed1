"""The guard of archives: what a .zip holds and whether it may be unpacked, by its directory alone.

Runs in the reader's process, before anything is unpacked.
"""

from __future__ import annotations

import re
import stat
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass

from soket.reading.archive_names import member_name
from soket.reading.findings import FindingError
from soket.reading.kinds import FileKind, kind_of

_MOST_ENTRIES = 1_000
_MOST_UNPACKED = 120 << 20  # in the reader, all at a time
_MOST_RATIO = 100  # of a whole archive: Office files are packed already
_RATIO_MATTERS = 4 << 20
_DRIVE = re.compile(r"^[A-Za-z]:")
_LITTER_FOLDER = "__MACOSX"


@dataclass(frozen=True)
class ArchivedFile:
    """A file in an archive that is to be taken; its name with any folders."""

    info: zipfile.ZipInfo
    name: str


def guard_archive(infos: Sequence[zipfile.ZipInfo], size: int) -> list[ArchivedFile]:
    """Return the files that an archive of some size holds, litter left out; raise FindingError for one to refuse."""
    if len(infos) > _MOST_ENTRIES:
        raise FindingError("TEP-54", reason=f"chứa {len(infos)} mục")
    if any(info.flag_bits & 0x1 for info in infos):
        raise FindingError("TEP-51")
    _check_sizes(infos, size)
    entries = [ArchivedFile(info, member_name(info)) for info in infos]
    for entry in entries:
        _check_entry(entry)
    names = [entry.name.casefold() for entry in entries]
    if len(set(names)) != len(names):
        twice = next(entry.name for entry in entries if names.count(entry.name.casefold()) > 1)
        raise FindingError("TEP-54", reason=f"hai tệp cùng tên «{twice[:80]}»")
    taken = [entry for entry in entries if not entry.info.is_dir() and not _is_litter(entry.name)]
    for entry in taken:
        if kind_of(entry.name) is FileKind.ARCHIVE:
            raise FindingError("TEP-52", name=entry.name[:80])
    if not taken:
        raise FindingError("TEP-53")
    return taken


def _check_sizes(infos: Sequence[zipfile.ZipInfo], size: int) -> None:
    unpacked = sum(info.file_size for info in infos)
    if unpacked > _MOST_UNPACKED:
        raise FindingError("TEP-55", size=unpacked >> 20, limit=_MOST_UNPACKED >> 20)
    if unpacked > _RATIO_MATTERS and unpacked > _MOST_RATIO * max(size, 1):
        raise FindingError("TEP-54", reason=f"nén {unpacked // max(size, 1)} lần")
    end = 0
    for info in sorted(infos, key=lambda info: info.header_offset):
        if info.header_offset < end:
            raise FindingError("TEP-54", reason="các tệp bên trong chồng lên nhau")
        end = info.header_offset + 30 + info.compress_size


def _check_entry(entry: ArchivedFile) -> None:
    parts = entry.name.rstrip("/").split("/")
    if entry.name.startswith("/") or ".." in parts or _DRIVE.match(entry.name):
        raise FindingError("TEP-54", reason=f"tên tệp trỏ ra ngoài: «{entry.name[:80]}»")
    if stat.S_ISLNK(entry.info.external_attr >> 16):
        raise FindingError("TEP-54", reason=f"«{entry.name[:80]}» là liên kết, không phải tệp")


def _is_litter(name: str) -> bool:
    return name.partition("/")[0] == _LITTER_FOLDER or kind_of(name) is FileKind.LITTER
