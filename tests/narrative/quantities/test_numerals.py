"""Numbers spelt out."""

from __future__ import annotations

import pytest

from soket.narrative.quantities.numerals import spelt, spelt_in

SPELT = [
    ("tổ chức năm trăm sáu mươi hội nghị", 560, 1),
    ("có hai mươi ba cơ sở", 23, 1),
    ("có sáu mươi tư khu, điểm", 64, 1),
    ("hai nghìn không trăm linh chín lao động", 2009, 1),
    ("trên ba triệu ba trăm nghìn lượt", 3_300_000, 1e3),
    ("gần bảy mươi lăm tỷ đồng", 75e9, 1e9),
    ("một trăm mười hai nghìn lượt", 112_000, 1e3),
    ("hơn năm nghìn tin, bài năm 2017", 5_000, 1e3),
]


@pytest.mark.parametrize(("told", "value", "last"), SPELT)
def test_a_number_is_read_as_it_is_spelt(told: str, value: float, last: float) -> None:
    (found,) = spelt_in(told)
    assert spelt(found["first"]) == (value, last)


@pytest.mark.parametrize(
    "told", ["sau mười năm", "hai mươi năm qua", "gấp hai mươi lần", "từ năm 2017", "một phần mười", "ba cơ sở"]
)
def test_what_tells_no_number_is_left_alone(told: str) -> None:
    assert not [*spelt_in(told)]
