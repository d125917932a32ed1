"""Sections that say that there is nothing are told of as such."""

from __future__ import annotations

from soket.documents.draft import write_draft

from .conftest import text_of
from .test_draft import lexicon, nq06, summary_of


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
