"""What the plan's rules found in each batch, kept for operators and auditors: counts and a few places, no frames.

A run by arithmetic is kept with its frame, until Great Expectations was asked about that (`asking_again`).
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

from pydantic import ConfigDict, Field

from soket.intake.validation import Check, CheckedBy, CheckOutcome, Frame, SubmissionId
from soket.plan.periods import PeriodId
from soket.record.records import batch_id
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


class AskedAgain(Record):
    """When Great Expectations was asked about what arithmetic had found, and which checks come out otherwise."""

    at: datetime  # campaign time
    unlike: tuple[str, ...] = ()


class CheckRun(Record):
    """One run of the rules over one batch; one by Great Expectations at once is written as before there was another."""

    batch: str
    at: datetime  # campaign time
    submissions: tuple[SubmissionId, ...]
    results: tuple[CheckResult, ...]
    by: CheckedBy = Field("great_expectations", exclude_if=lambda by: by == "great_expectations")
    again: AskedAgain | None = Field(None, exclude_if=lambda again: again is None)


class UnaskedRun(Record):
    """A run by arithmetic, with all that Great Expectations is to be asked, and all that was found."""

    model_config = ConfigDict(ser_json_inf_nan="constants")

    run: CheckRun
    frame: Frame
    found: Mapping[str, CheckOutcome]


def run_of(
    at: datetime,
    frame: Frame,
    outcomes: Mapping[str, CheckOutcome],
    *,
    by: CheckedBy = "great_expectations",
    again: AskedAgain | None = None,
) -> CheckRun | None:
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
    batch = batch_id(submissions)
    return CheckRun(batch=batch, at=at, submissions=submissions, results=tuple(results), by=by, again=again)


def keep_run(workspace: Workspace, run: CheckRun | UnaskedRun) -> None:
    """Keep what a run found: once, or where arithmetic did, so that it is asked about in any case."""
    data = run.model_dump_json().encode()
    if isinstance(run, UnaskedRun):
        workspace.store.put(workspace.keys.check_run(run.run.batch, asked=False), data, "application/json")
    else:
        workspace.store.create(workspace.keys.check_run(run.batch), data)


def kept_runs(workspace: Workspace) -> list[CheckRun]:
    """Return every run of the campaign, in the order of time; of a batch that is to be asked about, the one that is."""
    keys = workspace.keys
    with ThreadPoolExecutor(_READERS) as pool:

        def read(prefix: str, parse: Callable[[bytes], CheckRun]) -> dict[str, CheckRun]:
            listed = [entry.key for entry in workspace.store.list(prefix)]
            runs = pool.map(lambda key: _kept_run(workspace, key, parse), listed)
            return {run.batch: run for run in runs if run}

        made = read(keys.check_run(), CheckRun.model_validate_json)
        made |= read(keys.check_run(asked=False), lambda data: UnaskedRun.model_validate_json(data).run)
    return sorted(made.values(), key=lambda run: (run.at, run.batch))


def _kept_run(workspace: Workspace, key: str, parse: Callable[[bytes], CheckRun]) -> CheckRun | None:
    """Return a kept run; None of one that is spoilt, which the others are shown without."""
    try:
        return parse(workspace.store.get(key))
    except (MissingObjectError, ValueError):
        log.warning("The run %s cannot be read", key)
        return None
