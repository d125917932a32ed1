"""No harmless dressing of a table changes a figure in silence: it is read as it is, or asked about.

A short run here; `make dressings TABLES=20000` for a long one.
"""

from __future__ import annotations

import os
import random

import pytest

from intake.dressings import generated
from intake.plans import YEARS
from intake.sheets import small_form
from soket.intake.table import find_tables
from soket.reading.process import child

TABLES = int(os.environ.get("TABLES", "100"))


@pytest.mark.timeout(36_000)
def test_no_dressing_changes_a_figure_in_silence() -> None:
    _, form = small_form()
    for seed in range(TABLES):
        dressed = generated(random.Random(seed))
        content = child.read("xlsx", dressed.saved())
        assert not content.findings, (seed, dressed.done)
        for table in find_tables(form, "so-lieu", content.sheets):
            for code, values in dressed.figures.items():
                for year, right in zip(YEARS, values, strict=True):
                    figure = table.figures.get((code, year))
                    if figure is not None and figure.value is not None:
                        assert figure.value == pytest.approx(right, rel=1e-9), (seed, dressed.done, code, year)
