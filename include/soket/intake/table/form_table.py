"""One form's table as it was read: its figures, what was left open, and what there is to tell of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from soket.faults import Fault, fault
from soket.plan.periods import PeriodId
from soket.record.records import Figure
from soket.text import quoted


@dataclass
class FormTable:
    """One filled-in form as it was found."""

    file: str
    sheet: str
    figures: dict[tuple[str, PeriodId], Figure] = field(default_factory=dict)
    declared: set[tuple[str, PeriodId]] = field(default_factory=set)  # the unit says it has no figure there
    unread: set[tuple[str, PeriodId]] = field(default_factory=set)  # something stands there that is no figure
    # By how much a figure may differ from what was rounded to it: half a step of its last digit.
    rounding: dict[tuple[str, PeriodId], float] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    inside: bool = False  # a table in a report's text, not a sheet
    titles: tuple[str, ...] = ()  # the lines above it there, the nearest first
    # The rows of its sheet, from 0, from each of its heads to the next table's; none where it lies turned.
    rows: tuple[range, ...] = ()
    nameless: list[str] = field(default_factory=list)  # rows with figures of which nothing tells the indicator
    planned_by: str = ""  # the line that says that its figures were planned
    of_another: str = ""  # the line that says that it is of another body or place
    begins_at: str = ""  # the row it begins at, where its sheet has others

    @property
    def where(self) -> str:
        """The table's place, for a message."""
        begins = f"từ {self.begins_at}" if self.begins_at else ""
        return ", ".join(filter(None, (f"«{self.file}»", self.sheet_name, begins)))

    @property
    def holds_figures(self) -> bool:
        """Whether any of its cells says anything."""
        return any(figure.value is not None or at in self.unread for at, figure in self.figures.items())

    @property
    def codes(self) -> set[str]:
        """The indicators that it has a row of."""
        return {code for code, _ in self.figures}

    @property
    def sheet_name(self) -> str:
        """What its sheet is called, for a message; '' for one without a name."""
        if not self.sheet or self.inside:
            return self.sheet
        return f"trang tính «{self.sheet}»"

    def note(self, at: tuple[str, PeriodId], value: float | None, cell: str) -> None:
        """Note what a cell says of an indicator and a period."""
        self.figures[at] = Figure(indicator=at[0], year=at[1], value=value, file=self.file, cell=cell)

    def leave(self, at: tuple[str, PeriodId], cell: str) -> None:
        """Note a cell that says something, and leave it unread."""
        self.unread.add(at)
        self.note(at, None, cell)

    def tell_of_another(self, line: str) -> None:
        """Ask about a line that says that the table is of another body or place."""
        if not self.of_another:
            self.of_another = line
            place = f"dòng trên {self.sheet}" if self.inside else self.sheet_name
            self.faults.append(fault("BS-36", self.file, place or None, found=quoted(line)))

    def leave_all(self) -> None:
        """Leave every cell unread."""
        for at, figure in self.figures.items():
            self.leave(at, figure.cell)

    def take_in(self, other: FormTable) -> None:
        """Take in a part of the same form, with other rows."""
        self.figures |= other.figures
        self.declared |= other.declared
        self.unread |= other.unread
        self.rounding |= other.rounding
        self.faults += [told for told in other.faults if told not in self.faults]
