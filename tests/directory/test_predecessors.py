from __future__ import annotations

import pytest

from soket.directory.predecessors import inherited
from soket.plan.model import Indicator, Predecessor

NAMES = {"h_a": "Huyện A", "h_b": "Huyện B"}
SAID = {
    "h_a": {("CT01", 2020): 100.0, ("CT01", 2021): 200.0, ("CT02", 2021): 50.0},
    "h_b": {("CT01", 2021): 1000.0, ("CT02", 2021): 70.0, ("CT99", 2021): 1.0},
}
INDICATORS = {
    "CT01": Indicator(code="CT01", name="Khách", unit_of_measure="lượt"),
    "CT02": Indicator(code="CT02", name="Công suất", unit_of_measure="%", aggregate="mean"),
}


def of(*shares: tuple[str, float | None]) -> tuple[dict[tuple[str, int], float], str]:
    chain = [Predecessor(unit=unit, share=share) for unit, share in shares]
    found = inherited(chain, SAID, INDICATORS, NAMES)
    return dict(found.figures), found.reason


def test_what_adds_up_is_shared_out() -> None:
    figures, reason = of(("h_a", 0.25), ("h_b", 0.1))
    assert figures == {("CT01", 2021): pytest.approx(150)}
    assert reason == "Huyện B chưa có đủ số CT01; CT02 không cộng được"


def test_merged_whole_is_the_sum() -> None:
    assert of(("h_a", 1), ("h_b", 1))[0] == {("CT01", 2021): 1200.0}


def test_without_a_share_nothing_is_comparable() -> None:
    assert of(("h_a", 1), ("h_b", None)) == ({}, "chưa rõ phần của Huyện B nay thuộc đơn vị")


def test_the_communes_of_a_district_take_over_the_whole_of_it() -> None:
    shares = (0.2, 0.3, 0.5)
    assert sum(of(("h_a", share))[0]["CT01", 2021] for share in shares) == pytest.approx(200)


def test_who_said_nothing_leaves_nothing() -> None:
    assert inherited([Predecessor(unit="h_a", share=1)], {}, INDICATORS, NAMES).figures == {}
