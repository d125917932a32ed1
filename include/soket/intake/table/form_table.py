"""What was read of one filled-in form."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from soket.faults import Fault
from soket.record.records import Figure
from soket.text import format_number


@dataclass
class FormTable:
    """One filled-in form as it was found."""

    file: str
    sheet: str
    figures: dict[tuple[str, int], Figure] = field(default_factory=dict)
    declared: set[tuple[str, int]] = field(default_factory=set)  # the unit says it has no figure there
    unread: set[tuple[str, int]] = field(default_factory=set)  # something stands there that is no figure
    faults: list[Fault] = field(default_factory=list)

    @property
    def where(self) -> str:
        """The table's place, for a message."""
        return f"«{self.file}»" + (f", trang tính «{self.sheet}»" if self.sheet else "")


def years_named(years: Iterable[int]) -> str:
    """Return years as a sentence names them: "năm 2030", "các năm 2030, 2031"."""
    texts = [str(year) for year in years]
    return f"năm {texts[0]}" if len(texts) == 1 else f"các năm {', '.join(texts)}"


def written(value: float) -> str:
    """Return a number with all its decimals, the Vietnamese way."""
    decimals = len(f"{value:.10f}".rstrip("0").partition(".")[2])
    return format_number(value, decimals)
