"""One sheet of an OpenDocument spreadsheet while it is read."""

from __future__ import annotations

from dataclasses import dataclass, field

from soket.reading.findings import Area, Cell, Sheet
from soket.reading.formats.cells import sheet_of


@dataclass
class OdsTable:
    """One sheet while it is read."""

    name: str
    hidden: bool
    rows: list[list[Cell]] = field(default_factory=list)
    row: int = 0  # of the next row
    columns: int = 0  # declared so far
    merged: list[Area] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    styles: list[tuple[int, str]] = field(default_factory=list)  # of cells: the column after the last, and its name
    asides: list[tuple[str, str]] = field(default_factory=list)
    checked: dict[str, list[Area]] = field(default_factory=dict)  # cells by the check of what is put in them

    def sheet(self) -> Sheet:
        """Return what was read."""
        return sheet_of(
            self.name,
            (0, 0),
            self.rows,
            merged=self.merged,
            hidden_rows=self.hidden_rows,
            hidden_columns=self.hidden_columns,
            hidden=self.hidden,
            asides=tuple(self.asides),
        )
