"""Faults as a clerk reads them: file by file, in the order of the sheet, a fault that repeats told once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from soket.campaign.records import Fault, ReceivedFile
from soket.plan.model import Severity

_WEIGHT = {severity: index for index, severity in enumerate(Severity)}
_CELL = re.compile(r"\bô ([A-Z]{1,3})(\d+)")
_CELLS_ALONE = re.compile(r"(.*\bô )([A-Z]{1,3}\d+(?:, [A-Z]{1,3}\d+)*)(?: \([^)]*\))?")
_LISTED = 30  # places of one fault


@dataclass(frozen=True)
class FaultLine:
    """One fault, wherever it occurs in a file."""

    code: str
    severity: Severity
    where: str | None
    message: str
    advice: str | None


@dataclass(frozen=True)
class FaultGroup:
    """The faults of one file, the gravest first, then by cell; `file` None for the submission as a whole."""

    file: str | None  # as the unit named it
    lines: tuple[FaultLine, ...]


def group_faults(files: Sequence[ReceivedFile], faults: Iterable[Fault]) -> tuple[FaultGroup, ...]:
    """Return faults by file: the submission as a whole first, then its files in their order."""
    by_file: dict[str | None, list[Fault]] = {None: [], **{file.name: [] for file in files}}
    for fault in faults:
        by_file.setdefault(fault.file, []).append(fault)
    original = {file.name: file.original_name for file in files}
    return tuple(
        FaultGroup(None if name is None else original.get(name, name), _lines(own))
        for name, own in by_file.items()
        if own
    )


def _lines(faults: list[Fault]) -> tuple[FaultLine, ...]:
    alike: dict[tuple[object, ...], list[Fault]] = {}
    for fault in sorted(faults, key=lambda fault: (_WEIGHT[fault.severity], _position(fault))):
        alike.setdefault((fault.code, fault.severity, fault.message, fault.advice), []).append(fault)
    return tuple(
        FaultLine(own[0].code, own[0].severity, _joined(own), own[0].message, own[0].advice) for own in alike.values()
    )


def _position(fault: Fault) -> tuple[int, int, str]:
    """Return where a fault comes in its file: by row, then by column; what has no cell comes first."""
    found = _CELL.search(fault.place or "")
    if found is None:
        return 0, 0, ""
    column, row = found.groups()
    return int(row), len(column), column


def _joined(faults: list[Fault]) -> str | None:
    """Return the places of one fault: cells of one sheet after one another, anything else side by side."""
    places = list(dict.fromkeys(place for fault in faults if (place := fault.where or fault.place)))
    if len(places) < 2:
        return places[0] if places else None
    matches = [_CELLS_ALONE.fullmatch(place) for place in places]
    heads = {match[1] if match else "" for match in matches}
    if len(heads) == 1 and all(matches):
        cells = [match[2] for match in matches if match]
        return heads.pop() + _shown(cells, ", ")
    return _shown(places, "; ")


def _shown(parts: list[str], separator: str) -> str:
    more = f" và {len(parts) - _LISTED} ô khác" if len(parts) > _LISTED else ""
    return separator.join(parts[:_LISTED]) + more
