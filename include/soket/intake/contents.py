"""From kept files to what they hold: fetched side by side, each read once in a reader's process."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor

from soket.campaign.records import ReceivedFile
from soket.intake.findings import Content
from soket.intake.kinds import FileKind, extension_of, kind_of
from soket.intake.reading.pool import ReaderPool
from soket.store.store import Store

_FETCHERS = 8


def read_files(store: Store, files: Iterable[ReceivedFile], readers: ReaderPool) -> dict[str, Content]:
    """Return the content of each file by the key it is kept under; litter and what was not kept are left out.

    A file that several submissions carry is read once. At most eight files are in memory at a time.
    """
    wanted = {file.key: file for file in files if file.kept and kind_of(file.original_name) is not FileKind.LITTER}

    def read(file: ReceivedFile) -> Content:
        return readers.read(extension_of(file.original_name), store.get(file.key))

    with ThreadPoolExecutor(_FETCHERS) as pool:
        return dict(zip(wanted, pool.map(read, wanted.values()), strict=True))
