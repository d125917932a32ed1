"""One sheet of an OpenDocument spreadsheet while it is read, and what its cells hold."""

from __future__ import annotations

from dataclasses import dataclass, field

from soket.reading.broken import number, whole
from soket.reading.findings import Area, Cell, Sheet, Special
from soket.reading.formats.cells import plain, sheet_of
from soket.reading.formats.number_format import number_cell

_ERRORS = {"Err:502": "#VALUE!", "Err:503": "#NUM!", "Err:504": "#REF!", "Err:508": "#NAME?", "Err:532": "#DIV/0!"}
Attributes = dict[str, str]


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


def count_of(attributes: Attributes, what: str) -> int:
    """Return how many columns or rows something stands for."""
    return max(1, whole(attributes.get(f"table:number-{what}", "1")))


def value_of(cell: Attributes, text: str, code: str) -> Cell:
    """Return what a cell holds that shows a text in a format."""
    if cell.get("calcext:value-type") == "error" or text.startswith("Err:"):
        return Special("error", _ERRORS.get(text, text or "#?"))
    match cell.get("office:value-type"):
        case "float" | "currency":
            return number_cell(number(cell.get("office:value", "")), code)
        case "percentage":
            return Special("percent", number(cell.get("office:value", "")))
        case "boolean":
            return cell.get("office:boolean-value") == "true"
        case "date":
            return Special("date", cell.get("office:date-value", text).replace("T", " "))
        case "time":
            return Special("date", text)
    return plain(text)
