"""Lines that say of a table, or of a row, that its figures were planned: a title, a sheet's name, a note."""

from __future__ import annotations

import re

from soket.intake.table.around import texts_near
from soket.intake.table.grid import Grid
from soket.intake.table.header import Header
from soket.text import fold, quoted

_PLANNED = re.compile(
    r"\b(?:ke hoach|du toan|du bao|muc tieu|chi tieu (?:\w+ ){0,2}giao|giao chi tieu|kh(?= giao| nam| 20\d\d|$))\b"
)
# With these a line speaks of what was done, of a comparison, or of the paper that the table goes with.
_OTHERWISE = re.compile(
    r"\b(?:thuc hien|ket qua|thuc te|tinh hinh|danh gia|so sanh|so voi|dat|vuot|hoan thanh|so ket|tong ket|bao cao|uoc|"
    r"thong ke|lam co so|kem theo|ban hanh|can cu|theo (?:ke hoach|nghi quyet|quyet dinh)|trien khai|phuc vu|"
    r"so \d+|\d+/\w+|"
    r"(?:phong|so|ban|vu|bo|cuc|uy ban)\b.{0,30}\bke hoach)\b"
)
_NOTE = re.compile(
    r"(?:day )?(?:la )?(?:so lieu |so |theo )?(?:ke hoach|kh|du toan|du kien|muc tieu)(?: giao| von| nam)?"
)


def says_planned(text: str) -> bool:
    """Return whether a title says that figures were planned, and nothing of what was done."""
    line = fold(text)
    return _PLANNED.search(line) is not None and _OTHERWISE.search(line) is None


def note_says_planned(text: str) -> bool:
    """Return whether a note says of the figures beside it that they were planned: "Số liệu kế hoạch"."""
    return _NOTE.fullmatch(fold(text).strip(" .:;()*-–")) is not None


def planned_by(grid: Grid, header: Header) -> str:
    """Return the heading over all years, line above or name of the sheet that says the figures were planned; or ''."""
    if header.planned:
        return quoted(header.planned)
    lines = (text for _, _, text in texts_near(grid, header, grid.height))
    return next((quoted(text) for text in (*lines, grid.name) if says_planned(text)), "")
