from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from soket.reading.findings import Cell, Special
from soket.reading.formats.number_format import is_of_time, number_cell

ACCOUNTING = '_-* #,##0.00 _₫_-;-* #,##0.00 _₫_-;_-* "-"?? _₫_-;_-@_-'


@pytest.mark.parametrize(
    ("value", "code", "cell"),
    [
        (412_300.0, "General", 412_300.0),
        (412_299.99999999994, "General", 412_300.0),
        (412_299.99999999994, "#,##0", 412_300.0),
        (412_300.0, ACCOUNTING, 412_300.0),
        (-5.0, ACCOUNTING, -5.0),
        (0.0, ACCOUNTING, 0.0),
        (118.5, "[$-409]#,##0.00", 118.5),
        (118.5, "[Red]#,##0.0", 118.5),
        (-5.0, "#,##0;(#,##0)", -5.0),
        (30.0, "0*x", 30.0),
        (12.0, "@", 12.0),
        (412_300.4, "#,##0", Special("rounded", 412_300.0, "412.300", 412_300.4)),
        (412.0, "0.000", Special("thousandths", 412.0, "412,000", 412.0)),
        (1_412.0, "0.000", 1_412.0),
        (412.0, "#,##0.000", 412.0),
        (0.0, "0.000", 0.0),
        (412.0, "0.00", 412.0),
        (0.545, "0.0%", Special("percent", 0.545)),
        (54.5, '0.0"%"', Special("shown", 54.5, "54,5%", 54.5)),
        (54.5, "0.0\\%", Special("shown", 54.5, "54,5%", 54.5)),
        (54.5, 'General"%"', Special("shown", 54.5, "54,5%", 54.5)),
        (132_250.0, "#,##0.00,", Special("shown", 132.25, "132,25", 132_250.0)),
        (8_500_000.0, "0.0,,", Special("shown", 8.5, "8,5", 8_500_000.0)),
        (8_500.0, "#,##0.0##,", Special("shown", 8.5, "8,5", 8_500.0)),
        (2_021.0, '"Thực hiện năm "0', Special("shown", 2_021.0, "Thực hiện năm 2021", 2_021.0)),
        (412.3, '0.000" nghìn"', Special("shown", 412.3, "412,300 nghìn", 412.3)),
        (118.5, "#,##0.0 [$₫-42A]", Special("shown", 118.5, "118,5 ₫", 118.5)),
        (5_000.0, '[>=1000]#,##0,"K";0', Special("shown", 5.0, "5K", 5_000.0)),
        (5.0, '[>=1000]#,##0,"K";0', 5.0),
        (5.0, ";;;", Special("hidden", "", stored=5.0)),
        (0.0, '0;-0;"không có"', Special("hidden", "không có", stored=0.0)),
        (412.3, "0\\.000", Special("hidden", "", stored=412.3)),
    ],
)
def test_what_a_format_shows_of_a_number(value: float, code: str, cell: Cell) -> None:
    assert number_cell(value, code) == cell


@pytest.mark.parametrize(
    ("code", "of_time"),
    [("dd/mm/yyyy", True), ("[h]:mm", True), ('0" ngày"', False), ("General", False), ("[$-42A]#,##0", False)],
)
def test_formats_of_dates_are_told(code: str, of_time: bool) -> None:
    assert is_of_time(code) is of_time


SHOWN: list[tuple[float, str, str]] = json.loads((Path(__file__).parent / "made" / "shown.json").read_text("utf-8"))


@pytest.mark.parametrize(("value", "code", "shown"), SHOWN)
def test_it_is_what_libreoffice_shows(value: float, code: str, shown: str) -> None:
    """Formats put together at random, and what LibreOffice writes of each number."""
    cell = number_cell(value, code)
    held = cell if isinstance(cell, float) else cell.value if isinstance(cell, Special) else None
    if not any(map(str.isdigit, shown)):  # nothing but words, or a sign for zero
        assert held in (0.0, shown)
        return
    point, group = (",", ".") if "[$-42A]" in code else (".", ",")
    digits = re.search(r"[\d.,]+", shown.replace("(1)", ""))
    assert digits is not None
    assert isinstance(held, float)
    seen = digits[0].replace(group, "").replace(point, ".").rstrip(".")
    held = held * 100 if isinstance(cell, Special) and cell.kind == "percent" else held
    assert abs(abs(held) - float(seen)) <= 0.5 * 10.0 ** -len(seen.partition(".")[2]) * (1 + 1e-6)
    if isinstance(cell, Special) and cell.kind != "percent":
        assert _words(cell.text) == _words(shown)
    else:
        assert isinstance(cell, Special) == ("%" in shown)


def _words(text: str) -> str:
    return re.sub(r"[\d\s.,()-]", "", text)
