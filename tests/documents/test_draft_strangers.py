"""What a draft says of units that nobody knows, and of how many reports say something."""

from __future__ import annotations

import pytest

from soket.documents.checks.changed import compare_texts
from soket.documents.checks.counts import counts_checked
from soket.documents.checks.finding import FindingLevel
from soket.documents.checks.strange import strange_areas

from .builders import nq06
from .worded import summary_saying


@pytest.mark.parametrize(
    ("told", "called"),
    [
        ("Huyện Kỳ Sơn là đơn vị tiêu biểu trong phát triển du lịch cộng đồng.", "Huyện Kỳ Sơn"),
        ("Điển hình như Huyện ủy Tây Giang, Thị ủy Kỳ Anh.", "Huyện ủy Tây Giang"),
        ("UBND thị xã An Hòa Bình đã phê duyệt quy hoạch.", "UBND thị xã An Hòa Bình"),
        ("Huyện Kỳ Anh, huyện Can Lộc, thị xã Hồng Lĩnh, thành phố Hà Tĩnh đều hoàn thành.", ""),
        ("Liên kết tour với huyện Kỳ Sơn (Nghệ An) và thành phố Hồ Chí Minh.", ""),
        ("Học tập kinh nghiệm của huyện Bắc Hà, tỉnh Lào Cai.", ""),
        ("Các huyện miền núi, huyện Nông thôn mới, HUYỆN MIỀN NÚI; huyện đoàn, huyện Đoàn thể.", ""),
        ("Trao đổi với huyện Bạn Xa theo giao ước.", ""),  # that a report names
    ],
)
def test_an_area_that_nobody_knows_is_wrong(told: str, called: str) -> None:
    summary = summary_saying(nq06(), h_can_loc="Đoàn huyện Bạn Xa đến trao đổi.")
    found = [*strange_areas(summary, [told])]
    assert [each.reason.split("”")[0] for each in found] == ([f"“{called}"] if called else [])
    assert all(each.level is FindingLevel.WRONG for each in found)


MADE = (
    "- Ban hành chương trình hành động (11/13 báo cáo); điển hình như Huyện ủy Can Lộc: “Ban hành 3/3 đơn vị”.",
    "- Ảnh hưởng của thời tiết (9/13 báo cáo); một số đơn vị nêu việc này.",
    "- Mở lớp bồi dưỡng (13/13 báo cáo), làm đường vào khu du lịch (4/13 báo cáo).",
)


@pytest.mark.parametrize(
    ("at", "old", "new", "told"),
    [
        (0, "11/13", "14/14", ["đếm được 11/13 báo cáo, dự thảo ghi “14/14 báo cáo”"]),
        (1, "9/13 báo cáo", "tất cả các báo cáo", ["đếm được 9/13 báo cáo, dự thảo ghi “tất cả các báo cáo”"]),
        (1, "của thời tiết (9/13 báo cáo)", "của mưa bão (100% đơn vị)", ["dự thảo ghi “100% đơn vị”"]),
        (2, "4/13", "14/13", ["đếm được 4/13 báo cáo, dự thảo ghi “14/13 báo cáo”"]),
        (2, "(13/13 báo cáo)", "(tất cả các báo cáo)", []),
        (1, "(9/13 báo cáo)", "(đa số báo cáo)", []),
        (1, "việc này", "việc ấy", []),
        (0, "3/3 đơn vị", "2/3 đơn vị", []),  # of a quotation, which is another check's
    ],
)
def test_counts_are_those_of_the_working_draft(at: int, old: str, new: str, told: list[str]) -> None:
    draft = [each.replace(old, new, 1) if number == at else each for number, each in enumerate(MADE)]
    found = [*counts_checked(compare_texts(MADE, draft), MADE)]
    assert len(found) == len(told)
    for each, words in zip(found, told, strict=True):
        assert words in each.reason
        assert each.level is FindingLevel.WRONG


def test_a_count_in_new_words_is_asked_where_it_cannot_be() -> None:
    added = ("- Cải tạo chợ quê (15/13 báo cáo).", "- Cải tạo chợ quê (5/13 báo cáo).", "Tất cả các đơn vị cùng làm.")
    for text, told in zip(added, (1, 0, 0), strict=True):
        assert len([*counts_checked(compare_texts(MADE, (*MADE, text)), MADE)]) == told
