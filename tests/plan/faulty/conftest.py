"""A small sound plan that the tests here spoil, one thing at a time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from soket.plan.check import check
from soket.plan.fault import PlanFault

SMALL = (Path(__file__).parents[1] / "small.yaml").read_text(encoding="utf-8")

Checked = Callable[[str | bytes], list[PlanFault]]


@pytest.fixture
def checked(tmp_path: Path) -> Checked:
    """Give the faults of a file that holds a text."""

    def checked(text: str | bytes) -> list[PlanFault]:
        file = tmp_path / "ke-hoach.yaml"
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return check(file)

    return checked


def spoilt(old: str, new: str) -> str:
    """Return the small plan with its first such words in another form."""
    assert old in SMALL, old
    return SMALL.replace(old, new, 1)


def line_of(words: str) -> int:
    """Return the line of the small plan on which some words first stand."""
    return SMALL[: SMALL.index(words)].count("\n") + 1
