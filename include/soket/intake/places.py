"""Places in full: a cell's sheet, the indicator and year that it stands for, and the figures that a fault is about."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from soket.faults import Fault
from soket.intake.table import FormTable
from soket.plan.model import Severity
from soket.plan.periods import say_period
from soket.record.records import Figure

_CELLS = re.compile(r"ô [A-Z]{1,3}\d+(?:, [A-Z]{1,3}\d+)*")
_CELL = re.compile(r"([A-Z]{1,3})(\d+)")
_OF_ANOTHER = re.compile(r"bảng thứ \d+, ")  # in a document
_MEND_FIRST = "Số ở ô này của biểu còn điểm phải sửa: sửa trong biểu trước, rồi kiểm tra lại điểm này."


def matter_of(figures: Iterable[Figure]) -> str:
    """Return what some figures are, wherever they stand: another value is another matter."""
    return "; ".join(f"{figure.indicator} {figure.year} {figure.value}" for figure in figures)


class Places:
    """Knows what the cells of a submission's table stand for."""

    def __init__(self, table: FormTable) -> None:
        self._file = table.file
        self._at = {figure.cell: figure for figure in table.figures.values()}
        self._sheet = table.sheet_name
        self._years = _by_line((figure, say_period(figure.year)) for figure in table.figures.values())
        self._indicators = _by_line((figure, figure.indicator) for figure in table.figures.values())

    def in_full(self, fault: Fault) -> Fault:
        """Return a fault with its place in full, where that is a cell of the table, and with what it is about."""
        if fault.matter is None and (about := list(self._about(fault))):
            fault = fault.model_copy(update={"matter": f"{matter_of(about)}\n{fault.message}"})
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

    def waiting(self, faults: Iterable[Fault]) -> list[Fault]:
        """Return faults of which those about a cell that another has to be mended in ask for no reason: they wait.

        So do those about the other figures of the same sentence: it is looked at again as a whole.
        """
        found = list(faults)
        wrong = {cell for each in found if each.severity is Severity.CRITICAL for cell in self._cells(each)}
        asked = [each for each in found if each.severity is Severity.WARNING]
        wait = {_words_of(each) for each in asked if not wrong.isdisjoint(self._cells(each))}
        return [
            each.model_copy(update={"waits": True, "advice": _MEND_FIRST, "right": None})
            if each.severity is Severity.WARNING and _words_of(each) in wait
            else each
            for each in found
        ]

    def _cells(self, fault: Fault) -> list[str]:
        """Return the cells of the table that a fault names, and those that it gainsays."""
        own = fault.file == self._file and not _OF_ANOTHER.match(fault.place or "")
        named = _CELL.findall(fault.place or "") if own else []
        denied = [fault.denies[1]] if fault.denies and fault.denies[0] == self._file else []
        return [*("".join(each) for each in named), *denied, *fault.weighs]

    def _about(self, fault: Fault) -> Iterator[Figure]:
        """Yield the figures at the places that a fault names, and those that it gainsays."""
        yield from (self._at[cell] for cell in dict.fromkeys(self._cells(fault)) if cell in self._at)


def _words_of(fault: Fault) -> tuple[str | None, ...]:
    """Return what a fault is about and where: the sentence that gainsays a figure, or all that it says."""
    return fault.code, fault.file, fault.place, fault.gainsaying or fault.message


def _by_line(pairs: Iterable[tuple[Figure, str]]) -> dict[str, str]:
    """Return what each row or column stands for, where all its figures agree; years may go down or across."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for figure, meaning in pairs:
        for part in _CELL.findall(figure.cell)[0]:
            found[part].add(meaning)
    return {part: meanings.pop() for part, meanings in found.items() if len(meanings) == 1}
