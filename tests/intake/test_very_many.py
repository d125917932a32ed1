"""An intake that has very many submissions before it steps back before others; one of a few does not."""

from __future__ import annotations

import pytest

from conftest import Desk
from intake.turns import PlainValidator, drop
from reading import corpus
from soket.intake import batch
from soket.orchestration.stages import intake

pytestmark = pytest.mark.usefixtures("inline")


@pytest.mark.parametrize(("very_many", "stepped_back"), [(1, [19, 19]), (2, [])])
def test_who_has_very_many_to_take_in_steps_back(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, very_many: int, stepped_back: list[int]
) -> None:
    found: list[int] = []

    class Process:
        """One with a child, of which it is to be heard how far each stepped back."""

        nice = staticmethod(found.append)

        def children(self, *, recursive: bool) -> list[Process]:
            assert recursive
            return [Process()]

    monkeypatch.setattr(batch, "_VERY_MANY", very_many)
    monkeypatch.setattr(batch, "Validator", PlainValidator)
    monkeypatch.setattr(intake.psutil, "Process", Process)
    for unit in ("huyen_1", "huyen_2"):
        drop(desk, unit, {corpus.REPORT: corpus.report(), corpus.TABLE: corpus.table()})
    (turn,) = intake.take_in(desk())
    assert turn.note.startswith("Lập 2 biên nhận; chấm 2 bộ hồ sơ: ")
    assert found == stepped_back
