"""What trials share, kept warm: readers, what they read, and the process of Great Expectations."""

from __future__ import annotations

import hashlib
import logging
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock, Thread

from soket.intake.contents import Contents, Read, ReadersOfFiles, ReadFile
from soket.intake.photo_pages import binds
from soket.intake.validation import CheckOutcome, Frame, ValidationFailedError, Validator
from soket.plan.model import Plan
from soket.reading.kinds import extension_of
from soket.reading.reader import ReaderFailedError, UnreadFileError
from soket.store.store import Store

log = logging.getLogger(__name__)

_KEPT = 64  # files whose content is remembered, and photographs: some of them hold megabytes


class Bench:
    """Reads and checks for one trial after the other; safe to use from several threads, and closed in any case."""

    def __init__(self) -> None:
        self._readers = ReadersOfFiles(photos=_KEPT)
        self._known: OrderedDict[Read, ReadFile] = OrderedDict()
        self._lock = Lock()
        self.checks = _SharedValidator(Validator)

    def warm(self) -> None:
        """Load in the background what takes seconds: the first clerk is not to wait for it."""
        Thread(target=self._warm, name="warming", daemon=True).start()

    def _warm(self) -> None:
        import docxtpl  # noqa: F401 - for its time: slips are made with it

        self.checks.warm()
        try:
            self._readers.files.start()
        except (ReaderFailedError, OSError):
            log.exception("no reader starts")

    def close(self) -> None:
        """End the processes."""
        self._readers.close()
        self.checks.close()

    def read_ahead(self, plan: Plan, name: str, data: bytes) -> None:
        """Read a file that a trial is going to ask for, and make a photograph of paper a page."""
        read = (hashlib.sha256(data).hexdigest(), extension_of(name))
        with self._lock:
            if read in self._known:
                return
        try:
            content = self._readers.files.read(read[1], data)
            if binds(plan, name):
                self._readers.darkroom.photographed(read[1], data)
        except (UnreadFileError, ReaderFailedError):
            return  # the trial meets it too, and says so
        self._keep({read: ReadFile(content)})

    @contextmanager
    def contents(self, store: Store) -> Iterator[Contents]:
        """Give what files hold for one trial; what it reads is remembered for those after it."""
        with self._lock:
            known = dict(self._known)
        with Contents(store, self._readers, known) as contents:
            yield contents
            self._keep(dict(contents.known))

    def _keep(self, read: dict[Read, ReadFile]) -> None:
        with self._lock:
            for identity, file in read.items():
                if not isinstance(file.content, UnreadFileError):
                    self._known[identity] = file
                    self._known.move_to_end(identity)
            while len(self._known) > _KEPT:
                self._known.popitem(last=False)


class _SharedValidator(Validator):
    """One process of Great Expectations for all trials, a frame at a time, replaced where it ended."""

    tries = 1  # it takes another process itself

    def __init__(self, start: Callable[[], Validator]) -> None:
        self._start = start
        self._turn = Lock()
        self._validator: Validator | None = None

    def warm(self) -> None:
        """Start the process."""
        with self._turn:
            self._validator = self._validator or self._start()

    def close(self) -> None:
        """End the process."""
        with self._turn:
            if self._validator:
                self._validator.close()
            self._validator = None

    def run(self, frame: Frame) -> dict[str, CheckOutcome]:
        """Return what each check found, as the process says or, where it has ended meanwhile, a further one."""
        with self._turn:
            self._validator = self._validator or self._start()
            try:
                return self._validator.run(frame)
            except ValidationFailedError:
                return self._validator.run(frame)
