"""What files hold, each read once in a reader's process: as it is received or, after a break, when it is judged."""

from __future__ import annotations

import hashlib
import logging
import threading
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from types import TracebackType
from typing import Any

from soket.faults import MESSAGES
from soket.intake.roots import supplied_roots
from soket.plan.model import Severity
from soket.reading.findings import Content, Finding, Member
from soket.reading.kinds import FileKind, extension_of, kind_of
from soket.reading.photos import LIBRARIES as OF_PICTURES
from soket.reading.photos import Darkroom, Photo
from soket.reading.pool import ReaderPool
from soket.reading.reader import ReaderDiedError, UnreadFileError
from soket.reading.signatures import FileSignature, Roots
from soket.reading.signed_files import LIBRARIES, may_be_signed, signatures_on
from soket.record.records import Receipt, ReceivedFile
from soket.store.store import MissingObjectError, Store

log = logging.getLogger(__name__)

_FETCHERS = 8
STOPPING = (Severity.CRITICAL, Severity.REFER)
"""How grave what is found in a file is where it was not read."""

Read = tuple[str, str]
"""A file's SHA-256 and the extension it was read by: the same bytes under the same extension hold the same."""


class KeptFileGoneError(RuntimeError):
    """What was kept of a received file is gone or has been changed; its text is for the operator."""


class ReadersOfFiles:
    """The processes that files are read in, each started when it is first needed; close them in any case.

    Of the photographs that they opened so many are remembered.
    """

    def __init__(self, photos: int = 0) -> None:
        self.files = ReaderPool()
        self.signed = ReaderPool(1, LIBRARIES)  # started where a file is signed, and only then
        self._pictures = ReaderPool(1, OF_PICTURES)  # the same, of photographs of paper
        self.darkroom = Darkroom(self._pictures, photos)

    def close(self) -> None:
        """End them."""
        self.files.__exit__()
        self.signed.__exit__()
        self._pictures.__exit__()


@dataclass(frozen=True)
class ReadFile:
    """What a file holds, or why no reader could tell, and the signatures on it."""

    content: Content | UnreadFileError
    signatures: tuple[FileSignature, ...] = ()


class Contents:
    """What is known of files in this process; safe to use from several threads.

    `readers` come from a caller that goes on to use them, and `known` is what it read with them before.
    """

    def __init__(
        self, store: Store, readers: ReadersOfFiles | None = None, known: Mapping[Read, ReadFile] | None = None
    ) -> None:
        self._store = store
        self._readers = readers or ReadersOfFiles()
        self._closes = readers is None
        self._roots: Roots | None = None
        self._known: dict[Read, ReadFile] = dict(known or {})
        self._unpacking = threading.Lock()  # so that the files of one archive are in memory at a time

    def __enter__(self) -> Contents:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._closes:
            self._readers.close()

    @property
    def known(self) -> Mapping[Read, ReadFile]:
        """What was read, by what a file is known by."""
        return self._known

    def add(self, *files: tuple[ReceivedFile, bytes]) -> None:
        """Read files of one submission whose bytes are at hand; litter, and what was not kept, is not read.

        A reader that fails on one does not keep it from being received: `of` tells of that.
        """
        fresh = {identity_of(file): (file, data) for file, data in files if is_read(file)}
        fresh = {identity: given for identity, given in fresh.items() if identity not in self._known}
        read = self._readers.files.read_all([(extension_of(file.original_name), data) for file, data in fresh.values()])
        for (identity, (file, data)), content in zip(fresh.items(), read, strict=True):
            signatures = () if isinstance(content, UnreadFileError) else self._signed(file, data)
            self._known[identity] = ReadFile(content, signatures)
            if isinstance(content, Content) and content.trouble:
                log.warning("A library failed on %s, which goes to a person:\n%s", file.key, content.trouble)

    def _signed(self, file: ReceivedFile, data: bytes) -> tuple[FileSignature, ...]:
        if not may_be_signed(file.original_name, data):
            return ()
        self._roots = self._roots or supplied_roots()
        return signatures_on(self._readers.signed, file.original_name, data, self._roots, file.arrived_at)

    def ask(self, request: dict[str, Any], data: bytes) -> tuple[Any, memoryview] | None:
        """Return what a reader answers to another request; None where that took too much."""
        return self._readers.files.ask(request, data)

    def unpack(self, extension: str, data: bytes, files: int, size: int) -> list[Member]:
        """Return the files of an archive; none where it is refused, or a reader fails: `of` then says why."""
        with self._unpacking:
            try:
                return self._readers.files.unpack(extension, data, files, size)
            except UnreadFileError:
                log.exception("An archive was not opened")
                return []

    def photographed(self, extension: str, data: bytes) -> Photo | None:
        """Return a photograph of paper made ready; None where it is not sound, or a reader fails."""
        return self._readers.darkroom.photographed(extension, data)

    def bound(self, photos: Sequence[Photo]) -> bytes | None:
        """Return photographs as pages of one .pdf; None where a reader fails."""
        return self._readers.darkroom.bound(photos)

    def fetch(self, receipts: Iterable[Receipt]) -> None:
        """Fetch and read what is not known yet of some submissions; at most eight files are in memory at a time."""
        wanted = {
            identity_of(file): file
            for receipt in receipts
            for file in receipt.files
            if is_read(file) and identity_of(file) not in self._known
        }
        with ThreadPoolExecutor(_FETCHERS) as pool:
            list(pool.map(self._fetch, wanted.values()))

    def _fetch(self, file: ReceivedFile) -> None:
        data = self._kept(file)
        if data is None and copied_again(self._store, file):
            data = self._kept(file)
        if data is not None:
            self.add((file, data))

    def _kept(self, file: ReceivedFile) -> bytes | None:
        """Return what is kept of a file; None where that is gone, or is not what was received."""
        try:
            data = self._store.get(file.key)
        except MissingObjectError:
            log.warning("The kept file %s is gone", file.key)
            return None
        if hashlib.sha256(data).hexdigest() == file.sha256:
            return data
        log.warning("The kept file %s is not the one that was received", file.key)
        return None

    def of(self, file: ReceivedFile) -> Content:
        """Return what a file holds; raise UnreadFileError where a reader failed on it, KeptFileGoneError if gone."""
        read = self._known.get(identity_of(file))
        if read is None:
            raise KeptFileGoneError(
                f"{file.key} không còn trong kho, hoặc không phải là tệp đã nhận. "
                "Khôi phục phiên bản cũ của tệp; hệ thống tự chấm lại."
            )
        if isinstance(read.content, UnreadFileError):
            raise read.content
        return read.content

    def signatures_of(self, file: ReceivedFile) -> tuple[FileSignature, ...]:
        """Return the signatures on a file; none where it bears none, or was not read."""
        read = self._known.get(identity_of(file))
        return read.signatures if read else ()


def content_of(file: ReceivedFile, receipt: Receipt, contents: Contents, *, given_up: bool) -> Content:
    """Return what a file holds; an archive that looks sound and gave no files is one that no reader opened in time."""
    try:
        content = contents.of(file)
    except ReaderDiedError:
        if not given_up:
            raise
        return Content(findings=(Finding("TEP-31"),))
    is_archive = kind_of(file.original_name) is FileKind.ARCHIVE
    if not is_archive or any(each.archive == file.name for each in receipt.files):
        return content
    told = [finding for finding in content.findings if MESSAGES[finding.code].severity in STOPPING]
    return Content(findings=tuple(told or [Finding("TEP-31")]))


def copied_again(store: Store, file: ReceivedFile) -> bool:
    """Copy a file from where its unit put it, if it still lies there as it was sent; return whether it does."""
    if not file.as_sent:
        return False
    try:
        store.copy(file.inbox_key, file.key, file.etag)
    except MissingObjectError:
        return False
    return True


def is_read(file: ReceivedFile) -> bool:
    """Return whether a file is read: one that is kept, and no temporary one of a computer's."""
    return file.kept and kind_of(file.original_name) is not FileKind.LITTER


def identity_of(file: ReceivedFile) -> Read:
    """Return what a file is known by."""
    return file.sha256, extension_of(file.original_name)
