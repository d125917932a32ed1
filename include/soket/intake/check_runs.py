"""What the plan's rules found in each batch, kept for operators and auditors: counts and a few places, no frames."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

from soket.intake.validation import Check, CheckOutcome, Frame, SubmissionId
from soket.plan.periods import PeriodId
from soket.record.workspace import Workspace
from soket.store.record import Record
from soket.store.store import MissingObjectError

log = logging.getLogger(__name__)

_PLACES = 20  # of each check; the verdicts name them all
_READERS = 8


class BrokenAt(Record):
    """One row that breaks a check, with what stood in the check's columns."""

    unit: str
    number: int
    year: PeriodId
    values: tuple[float | None, ...]


class CheckResult(Record):
    """One check and what it found."""

    check: Check
    looked_at: int
    broken: int
    places: tuple[BrokenAt, ...]  # the first few


class CheckRun(Record):
    """One run of the rules over one batch."""

    batch: str
    at: datetime  # campaign time
    submissions: tuple[SubmissionId, ...]
    results: tuple[CheckResult, ...]


def batch_id(submissions: Iterable[SubmissionId]) -> str:
    """Return what a batch is called: the same for the same submissions."""
    return hashlib.sha256(repr(sorted(submissions)).encode()).hexdigest()[:16]


def run_of(at: datetime, frame: Frame, outcomes: Mapping[str, CheckOutcome]) -> CheckRun | None:
    """Return what a run found, as it is kept, of the checks that `outcomes` has; None of a batch without figures."""
    if not outcomes:
        return None
    index = {row: place for place, row in enumerate(frame.rows)}
    submissions = tuple(sorted({submission for submission, _ in frame.rows}))
    results = []
    for check in frame.checks:
        if (outcome := outcomes.get(check.name)) is None:
            continue
        places = tuple(
            BrokenAt(
                unit=submission[0],
                number=submission[1],
                year=year,
                values=tuple(frame.columns[column][index[submission, year]] for column in check.columns),
            )
            for submission, year in sorted(outcome.broken)[:_PLACES]
        )
        results.append(CheckResult(check=check, looked_at=outcome.looked_at, broken=len(outcome.broken), places=places))
    return CheckRun(batch=batch_id(submissions), at=at, submissions=submissions, results=tuple(results))


def keep_run(workspace: Workspace, run: CheckRun) -> None:
    """Keep what a run found, once."""
    workspace.store.create(workspace.keys.check_run(run.batch), run.model_dump_json().encode())


def kept_runs(workspace: Workspace) -> list[CheckRun]:
    """Return every run of the campaign, in the order of time."""
    keys = [entry.key for entry in workspace.store.list(workspace.keys.check_run())]
    with ThreadPoolExecutor(_READERS) as pool:
        runs = [run for run in pool.map(lambda key: _kept_run(workspace, key), keys) if run]
        return sorted(runs, key=lambda run: (run.at, run.batch))


def _kept_run(workspace: Workspace, key: str) -> CheckRun | None:
    """Return a kept run; None of one that is spoilt, which the others are shown without."""
    try:
        return CheckRun.model_validate_json(workspace.store.get(key))
    except (MissingObjectError, ValueError):
        log.warning("The run %s cannot be read", key)
        return None
