"""Places in full: a cell's sheet, and the indicator and year that it stands for."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from soket.faults import Fault
from soket.intake.table import FormTable
from soket.plan.periods import say_period
from soket.record.records import Figure

_CELLS = re.compile(r"ô [A-Z]{1,3}\d+(?:, [A-Z]{1,3}\d+)*")
_CELL = re.compile(r"([A-Z]{1,3})(\d+)")


class Places:
    """Knows what the cells of a submission's table stand for."""

    def __init__(self, table: FormTable) -> None:
        self._file = table.file
        self._sheet = table.sheet_name
        self._years = _by_line((figure, say_period(figure.year)) for figure in table.figures.values())
        self._indicators = _by_line((figure, figure.indicator) for figure in table.figures.values())

    def in_full(self, fault: Fault) -> Fault:
        """Return a fault with its place in full, where that is a cell of the table."""
        if fault.file != self._file or fault.place is None or not _CELLS.fullmatch(fault.place):
            return fault
        cells = _CELL.findall(fault.place)
        indicators = {self._indicators.get(part) for cell in cells for part in cell} - {None}
        years = {self._years.get(part) for cell in cells for part in cell} - {None}
        facts = [*indicators] if len(indicators) == 1 else []
        facts += list(years) if len(years) == 1 else []
        unsaid = [fact for fact in facts if fact and fact not in fault.message]
        sheet = f"{self._sheet}, " if self._sheet else ""
        note = f" ({', '.join(unsaid)})" if unsaid else ""
        return fault.model_copy(update={"where": f"{sheet}{fault.place}{note}"})


def _by_line(pairs: Iterable[tuple[Figure, str]]) -> dict[str, str]:
    """Return what each row or column stands for, where all its figures agree; years may go down or across."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for figure, meaning in pairs:
        for part in _CELL.findall(figure.cell)[0]:
            found[part].add(meaning)
    return {part: meanings.pop() for part, meanings in found.items() if len(meanings) == 1}
