"""A zip package of an Office file: its parts, told of as a broken file wherever one cannot be unpacked."""

from __future__ import annotations

import io
import zipfile
from types import TracebackType

from soket.reading.broken import unpacking


class Package:
    """The parts of a package by their names."""

    def __init__(self, data: bytes) -> None:
        with unpacking():
            self._file = zipfile.ZipFile(io.BytesIO(data))
            self.entries = self._file.infolist()
        self.names = {entry.filename for entry in self.entries}

    def __enter__(self) -> Package:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def read(self, part: str | zipfile.ZipInfo) -> bytes:
        """Return a part's content."""
        with unpacking():
            return self._file.read(part)

    def head(self, part: str | zipfile.ZipInfo, size: int) -> bytes:
        """Return the first bytes of a part, the rest left packed."""
        with unpacking(), self._file.open(part) as content:
            return content.read(size)
