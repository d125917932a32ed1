"""What the pages' server keeps beside the bucket: trials of files, one a set."""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Sequence
from concurrent.futures import CancelledError, Future
from dataclasses import dataclass
from threading import Lock

from soket.page.bench import Bench
from soket.page.door import Visit
from soket.page.staging import StagedFile, Staging
from soket.page.trial import try_out
from soket.page.work_queue import WorkQueue
from soket.plan.model import Severity
from soket.record.fault_lines import FaultGroup, shown_groups
from soket.record.records import ReceivedFile, Ruling

log = logging.getLogger(__name__)

_AT_ONCE = 2  # trials; each takes most of a second of a core
_WAIT = 20.0  # seconds that a page waits for one
_KEPT = 500  # trials


@dataclass(frozen=True)
class Trial:
    """What intake would say of files; `failed` where nothing can be said of them now."""

    files: Sequence[ReceivedFile] = ()
    groups: Sequence[FaultGroup] = ()
    ruling: Ruling | None = None
    must_fix: int = 0
    failed: bool = False


class Desks:
    """Tries files out, a few at a time and each set once."""

    def __init__(self) -> None:
        self.bench = Bench()
        self._turns: WorkQueue[Trial] = WorkQueue(_AT_ONCE)
        self._reading: WorkQueue[None] = WorkQueue(_AT_ONCE)
        self._lock = Lock()
        self._warmed = False
        self._trials: OrderedDict[str, Trial] = OrderedDict()

    def warm(self) -> None:
        """Load what trials need, at the first asking: whoever opens a page is going to send files."""
        with self._lock:
            begun, self._warmed = self._warmed, True
        if not begun:
            self.bench.warm()

    def close(self) -> None:
        """End what runs beside the page."""
        self._turns.close()
        self._reading.close()
        self.bench.close()

    def arrived(self, visit: Visit, file: StagedFile) -> None:
        """Begin with a file whose last byte has come: with the whole set where nothing of it is on its way any more."""
        staging = Staging(visit.workspace, visit.unit.code)
        here = staging.files()
        if all(each.whole for each in here):
            self._begin(visit, here)
        else:
            asker = visit.place
            self._reading.ask(
                f"{asker}/{file.id}",
                file.id,
                lambda: self.bench.read_ahead(visit.workspace.plan, file.name, staging.content(file)),
            )

    def trial(self, visit: Visit) -> Trial:
        """Return what intake would say of the files that lie ready; of the same files it is asked once."""
        files = [file for file in Staging(visit.workspace, visit.unit.code).files() if file.whole]
        if not files:
            return Trial()
        try:
            return self._begin(visit, files).result(_WAIT)
        except (TimeoutError, CancelledError):
            return Trial(failed=True)

    def _begin(self, visit: Visit, files: Sequence[StagedFile]) -> Future[Trial]:
        key = _key(visit, files)
        with self._lock:
            if known := self._trials.get(key):
                answer: Future[Trial] = Future()
                answer.set_result(known)
                return answer
        return self._turns.ask(visit.place, key, lambda: self._try(visit, files, key))

    def _try(self, visit: Visit, files: Sequence[StagedFile], key: str) -> Trial:
        staging = Staging(visit.workspace, visit.unit.code)
        names = staging.names(files)
        try:
            contents = {name: staging.content(file) for name, file in zip(names, files, strict=True)}
            receipt, verdict = try_out(visit.workspace, visit.register, visit.unit.code, contents, self.bench)
        except Exception:  # whatever fails here is ours, and keeps nobody from handing in
            if _lie_there(staging, files):
                log.exception("files of %s could not be tried out", visit.unit.code)
            return Trial(failed=True)
        trial = Trial(
            receipt.files,
            shown_groups(receipt.files, verdict.faults),
            verdict.ruling,
            sum(each.severity is Severity.CRITICAL for each in verdict.faults),
        )
        with self._lock:
            self._trials[key] = trial
            while len(self._trials) > _KEPT:
                self._trials.popitem(last=False)
        return trial


def _lie_there(staging: Staging, files: Sequence[StagedFile]) -> bool:
    """Whether files were neither handed in nor taken away meanwhile, which would be nobody's fault."""
    try:
        return {file.id for file in files} <= {file.id for file in staging.files()}
    except Exception:  # the store that cannot tell is what failed
        return True


def _key(visit: Visit, files: Sequence[StagedFile]) -> str:
    """Return the name of a trial: whose, of which files under which names, beside which earlier ones.

    What an id names never changes.
    """
    named = zip(files, Staging(visit.workspace, visit.unit.code).names(files), strict=True)
    return ";".join([visit.place, str(visit.entry.last_number), *(f"{file.id} {name}" for file, name in named)])
