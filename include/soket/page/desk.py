"""What the pages' server keeps beside the bucket: trials of files, one a set."""

from __future__ import annotations

import hashlib
import logging
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from threading import BoundedSemaphore, Lock

from soket.intake.names import unique_names
from soket.page.door import Visit
from soket.page.staging import Staging
from soket.page.trial import UntriedError, try_out
from soket.page.views import faults_shown
from soket.plan.model import Severity
from soket.record.fault_lines import FaultGroup, group_faults
from soket.record.records import ReceivedFile, Ruling
from soket.store.store import StoreFailedError

log = logging.getLogger(__name__)

_AT_ONCE = 2  # trials; each takes a second or two of a core
_WAIT = 20.0  # seconds that a trial waits for its turn
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
        self._turns = BoundedSemaphore(_AT_ONCE)
        self._lock = Lock()
        self._trials: OrderedDict[str, Trial] = OrderedDict()

    def trial(self, visit: Visit) -> Trial:
        """Return what intake would say of the files that lie ready; of the same files it is asked once."""
        staging = Staging(visit.workspace, visit.unit.code)
        files = [file for file in staging.files() if file.whole]
        if not files:
            return Trial()
        names = unique_names([file.name for file in files])
        contents = {name: staging.content(file) for name, file in zip(names, files, strict=True)}
        key = _digest(visit, contents)
        with self._lock:
            if known := self._trials.get(key):
                return known
        if not self._turns.acquire(timeout=_WAIT):
            return Trial(failed=True)
        try:
            receipt, verdict = try_out(visit.workspace, visit.unit.code, contents)
        except (UntriedError, StoreFailedError):
            log.exception("files of %s could not be tried out", visit.unit.code)
            return Trial(failed=True)
        finally:
            self._turns.release()
        faults = faults_shown(verdict)
        trial = Trial(
            receipt.files,
            group_faults(receipt.files, faults),
            verdict.ruling,
            sum(each.severity is Severity.CRITICAL for each in faults),
        )
        with self._lock:
            self._trials[key] = trial
            while len(self._trials) > _KEPT:
                self._trials.popitem(last=False)
        return trial


def _digest(visit: Visit, contents: Mapping[str, bytes]) -> str:
    """Return the name of a trial: whose, of which files, beside which earlier ones."""
    told = hashlib.sha256(f"{visit.workspace.plan.id}/{visit.workspace.campaign.code}/{visit.unit.code}".encode())
    told.update(str(visit.entry.last_number).encode())
    for name, data in contents.items():
        told.update(name.encode() + b"\0" + hashlib.sha256(data).digest())
    return told.hexdigest()
