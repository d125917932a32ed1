"""What later submissions are measured by: of one batch and block kept together, and of a block read together."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor

from soket.intake.examine import Examined
from soket.intake.likeness.sketch import to_text
from soket.intake.validation import SubmissionId
from soket.record.records import Measured, batch_id
from soket.record.workspace import Workspace
from soket.store.record import Record
from soket.store.store import MissingObjectError

_TOGETHER = 100  # a megabyte
_READERS = 8

log = logging.getLogger(__name__)


class MeasuredTogether(Record):
    """What some submissions of one block hold that later ones are measured by."""

    submissions: tuple[Measured, ...]


def keep_measured(workspace: Workspace, examined: Iterable[Examined]) -> None:
    """Keep what later submissions are measured by, before anything is ruled on these."""
    blocks: defaultdict[str, list[Measured]] = defaultdict(list)
    for each in examined:
        unit, number = each.id
        measured = Measured(unit=unit, number=number, figures=each.figures, sketch=to_text(each.sketch))
        blocks[each.unit.block].append(measured)
    for block, found in blocks.items():
        for start in range(0, len(found), _TOGETHER):
            part = MeasuredTogether(submissions=tuple(found[start : start + _TOGETHER]))
            key = workspace.keys.measured(block, batch_id((each.unit, each.number) for each in part.submissions))
            workspace.store.put(key, part.model_dump_json().encode(), "application/json")


def kept_measured(workspace: Workspace, block: str) -> Mapping[SubmissionId, Measured]:
    """Return what was kept of a block's submissions; of one that was judged again after a break, what was kept last."""
    listed = sorted(workspace.store.list(workspace.keys.measured(block)), key=lambda each: each.last_modified)
    with ThreadPoolExecutor(_READERS) as pool:
        kept = pool.map(lambda entry: _read(workspace, entry.key), listed)
        return {(each.unit, each.number): each for some in kept for each in some}


def _read(workspace: Workspace, key: str) -> tuple[Measured, ...]:
    """Return what is kept under a key; nothing where it is spoilt, for which no later submission suffers."""
    try:
        return MeasuredTogether.model_validate_json(workspace.store.get(key)).submissions
    except (MissingObjectError, ValueError):
        log.warning("What is measured by %s cannot be read", key)
        return ()
