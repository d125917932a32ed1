"""The readers of a batch: a process or two that start them, each replaced when it ends."""

from __future__ import annotations

import queue
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from soket.reading.findings import Content, Member
from soket.reading.reader import Reader, ReaderDiedError, UnreadFileError

R = TypeVar("R")

_MOST_TOGETHER, _LARGEST_TOGETHER = 8, 1 << 20  # files that share a reader, and bytes of all of them


class ReaderPool:
    """Readers for a batch, started as they are needed; safe to use from several threads."""

    def __init__(self, size: int = 2, libraries: Sequence[str] = ()) -> None:
        self._libraries = libraries
        self._started: list[Reader] = []
        # The last one used is used next, so a small batch starts one process only.
        self._free: queue.LifoQueue[Reader | None] = queue.LifoQueue()
        for _ in range(size):
            self._free.put(None)

    def __enter__(self) -> ReaderPool:
        return self

    def __exit__(self, *_: object) -> None:
        for reader in self._started:
            reader.close()

    def start(self) -> None:
        """Start a process ahead of the first file."""
        reader = self._free.get()
        self._free.put(reader or self._new())

    def read(self, extension: str, data: bytes) -> Content:
        """Return what a file holds; raise UnreadFileError where a reader failed on it."""
        return self._with_reader(lambda reader: reader.read(extension, data))

    def read_all(self, files: Sequence[tuple[str, bytes]]) -> list[Content | UnreadFileError]:
        """Return what each of one sender's files holds, or why no reader could tell.

        Small ones share a reader. Of one that does not read well so, what a reader of its own says counts.
        """
        together: list[Content | None] = [None] * len(files)
        if 1 < len(files) <= _MOST_TOGETHER and sum(len(data) for _, data in files) <= _LARGEST_TOGETHER:
            together = self._with_reader(lambda reader: reader.read_together(files))
        return [self._alone(*file) if it is None else it for it, file in zip(together, files, strict=True)]

    def _alone(self, extension: str, data: bytes) -> Content | UnreadFileError:
        try:
            return self.read(extension, data)
        except UnreadFileError as error:
            return error

    def unpack(self, extension: str, data: bytes, files: int, size: int) -> list[Member]:
        """Return the files of an archive, none of one that is refused; raise UnreadFileError as `read` does."""
        return self._with_reader(lambda reader: reader.unpack(extension, data, files, size))

    def ask(self, request: dict[str, Any], data: bytes) -> tuple[Any, memoryview] | None:
        """Return what answers another request; raise UnreadFileError as `read` does."""
        return self._with_reader(lambda reader: reader.ask(request, data))

    def _with_reader(self, ask: Callable[[Reader], R]) -> R:
        """Return a reader's answer; one that was ended from outside is replaced once by another."""
        reader = self._free.get()
        try:
            reader = reader or self._new()
            try:
                return ask(reader)
            except ReaderDiedError as death:
                if not death.from_outside:
                    raise
                reader = reader if reader.alive else self._new()
                return ask(reader)
        finally:
            self._free.put(reader if reader and reader.alive else None)

    def _new(self) -> Reader:
        reader = Reader(self._libraries)
        self._started.append(reader)
        return reader
