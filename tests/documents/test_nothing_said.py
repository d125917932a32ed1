"""Sections that say that there is nothing are told of as such."""

from __future__ import annotations

from soket.documents.draft import write_draft

from .builders import nq06
from .conftest import text_of
from .worded import lexicon, summary_of


def test_a_section_that_says_there_is_nothing_is_told_of_as_such() -> None:
    plan = nq06()
    units = [unit.code for unit in plan.units if unit.owes == "report"][:4]
    own = {"han_che": ["Sản phẩm du lịch còn đơn điệu."], "kien_nghi": ["Đề nghị tỉnh bố trí vốn cho tuyến đường."]}
    said = {units[0]: own, units[1]: {"han_che": ["Không có."], "kien_nghi": ["Không có kiến nghị, đề xuất."]}}
    said |= {units[2]: own | {"kien_nghi": ["Đang tổng hợp, sẽ bổ sung sau."]}, units[3]: own | {"kien_nghi": []}}
    lines = text_of(write_draft(summary_of(plan, said), lexicon()).word).splitlines()
    first, none, later, nothing = (plan.unit(unit).name for unit in units)
    assert f"Báo cáo ghi không có nội dung mục này: {none}." in lines
    assert sum(f": {none}." in line for line in lines) >= 2
    silent = [line for line in lines if line.startswith("Chưa có nội dung mục này:")]
    assert any(later in line and nothing in line for line in silent)
    assert not any(first in line or none in line for line in silent[-1:])
    assert not any("Không có" in line for line in lines if "“" in line)


def test_whom_something_is_asked_of_stands_over_a_quote_and_not_in_it_again() -> None:
    plan = nq06()
    units = [unit.code for unit in plan.units if unit.owes == "report"][:3]
    asks = "Đề nghị Trung ương: quan tâm bố trí vốn nâng cấp tuyến đường bộ ven biển qua địa bàn."
    whole = "Đề nghị tỉnh bố trí vốn cho hai việc: nâng cấp tuyến đường ven biển và làm bãi đỗ xe ở các khu du lịch."
    both = "Đề nghị Tỉnh ủy, UBND tỉnh: bố trí vốn nâng cấp tuyến đường từ Quốc lộ 1A vào các khu du lịch."
    said = {units[0]: {"kien_nghi": [asks]}, units[1]: {"kien_nghi": [both]}, units[2]: {"kien_nghi": [whole]}}
    text = text_of(write_draft(summary_of(plan, said), lexicon()).word)
    assert "“quan tâm bố trí vốn nâng cấp tuyến đường bộ ven biển qua địa bàn”" in text
    assert all(f"“{each.rstrip('.')}”" in text for each in (both, whole))
