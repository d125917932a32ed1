"""Opens .zip sets: the files that one holds, each as if it had been sent by itself."""

from __future__ import annotations

import zipfile

from soket.reading.containers import Package
from soket.reading.findings import Finding, FindingError, Member
from soket.reading.guards.archive import guard_archive

_ZIP_MARKS = (b"PK\x03\x04", b"PK\x05\x06")


def read_archive(extension: str, data: bytes) -> list[Finding]:
    """Return what is to be told of an archive; raise FindingError where it is not to be opened."""
    members = unpack(extension, data, files=0, size=0)
    return [Finding("TEP-50", facts={"count": len(members)})]


def unpack(extension: str, data: bytes, *, files: int, size: int) -> list[Member]:
    """Return an archive's files; those after the first `files`, and those larger than `size`, without their bytes."""
    if not data:
        raise FindingError("TEP-01")
    if extension != "zip":
        raise FindingError("TEP-56", extension=extension)
    if not data.startswith(_ZIP_MARKS):
        raise FindingError("TEP-05")
    with Package(data) as archive:
        members: list[Member] = []
        room = files
        for entry in guard_archive(archive.entries, len(data)):
            # Every file is unpacked, so that a broken one shows now and not when it is read.
            content: bytes | None = _content(archive, entry.info)
            if room == 0 or entry.info.file_size > size:
                content = None
            room -= content is not None
            members.append(Member(entry.name, entry.info.file_size, content))
        return members


def _content(archive: Package, info: zipfile.ZipInfo) -> bytes:
    """Return a file's bytes; what unpacks to another size than it says is broken."""
    content = archive.head(info, info.file_size + 1)
    if len(content) != info.file_size:
        raise FindingError("TEP-05")
    return content
