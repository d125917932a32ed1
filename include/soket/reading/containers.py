"""The containers of Office files, zip and OLE: their parts, told of as a broken file wherever one cannot be had."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from struct import unpack_from
from types import TracebackType
from typing import Any

from soket.reading.broken import library, unpacking
from soket.reading.findings import FindingError

_SECTORS_AT = 30
_SECTORS = {(9, 6), (12, 6)}  # the powers of two that the large and the small ones may be


class Package:
    """A zip package, its parts by their names."""

    def __init__(self, data: bytes) -> None:
        with unpacking():
            self._file = zipfile.ZipFile(io.BytesIO(data))
            self.entries = self._file.infolist()
        self.names = {entry.filename for entry in self.entries}
        self._found = {plain_name(entry.filename): entry for entry in self.entries}

    def __enter__(self) -> Package:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def find(self, name: str) -> zipfile.ZipInfo | None:
        """Return the part of a name, however its folders are parted and whatever the case of its letters."""
        return self._found.get(plain_name(name))

    def read(self, part: str | zipfile.ZipInfo) -> bytes:
        """Return a part's content."""
        with unpacking():
            return self._file.read(part)

    def head(self, part: str | zipfile.ZipInfo, size: int) -> bytes:
        """Return the first bytes of a part, the rest left packed."""
        with unpacking(), self._file.open(part) as content:
            return content.read(size)


def plain_name(name: str) -> str:
    """Return a part's name as office programs compare it."""
    return name.replace("\\", "/").casefold()


class Ole:
    """The streams of an open OLE container."""

    def __init__(self, file: Any) -> None:  # noqa: ANN401 - the library has no types
        self._file = file
        with library():
            self.paths: list[list[str]] = file.listdir()

    def read(self, stream: str) -> bytes:
        """Return a stream's content; raise FindingError where it is not there or broken."""
        if [stream] not in self.paths:
            raise FindingError("TEP-05")
        with library(OSError, code="TEP-05"):
            content: bytes = self._file.openstream(stream).read()
            return content


@contextmanager
def open_ole(data: bytes) -> Iterator[Ole]:
    """Open a container; raise FindingError where it is broken."""
    import olefile

    if len(data) < _SECTORS_AT + 4 or unpack_from("<HH", data, _SECTORS_AT) not in _SECTORS:
        raise FindingError("TEP-05")
    with library(OSError, code="TEP-05"):  # the library's own class is of that kind
        file = olefile.OleFileIO(io.BytesIO(data))
    with file:
        yield Ole(file)


def timeless_entry(name: str, method: int = zipfile.ZIP_DEFLATED) -> zipfile.ZipInfo:
    """Return an entry for a ZIP that is to be the same bytes whenever it is written."""
    entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))  # the earliest that an entry can carry
    entry.compress_type = method
    return entry
