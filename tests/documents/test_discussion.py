"""What delegates are given to talk about: one thing asked of several, and nobody's figures by name."""

from __future__ import annotations

import pytest

from soket.documents.discussion import prompts_of
from soket.documents.figures import summarise
from soket.documents.provenance import bare
from soket.documents.same_matter import same_matters
from soket.plan.model import Plan
from soket.record.records import ParsedReport

from .builders import DENIED, ODD, make_receipt, make_register, make_verdict, nq06
from .worded import lexicon, summary_of

DIVIDED, MANY, OPEN = (
    "Cùng một việc, kiến nghị nhiều nơi: nơi nào chủ trì?",
    "Nhóm vấn đề nhiều đơn vị kiến nghị",
    "Số liệu còn phải làm rõ",
)


def prompted(*requests: str) -> dict[str, tuple[str, ...]]:
    """Return the prompts of requests, each of another unit."""
    units = ("h_can_loc", "h_loc_ha", "h_ky_anh", "h_huong_son")
    said = {unit: {"kien_nghi": [request]} for unit, request in zip(units, requests, strict=False)}
    return {group.title: group.prompts for group in prompts_of(summary_of(nq06(), said), lexicon())}


@pytest.mark.parametrize(
    ("requests", "named"),
    [
        (
            (
                "Đề nghị Chính phủ sớm bố trí vốn đầu tư nâng cấp Quốc lộ 8A.",
                "Đề nghị UBND tỉnh ưu tiên vốn đầu tư hạ tầng, mở rộng quốc lộ 8A qua khu vực cửa khẩu.",
            ),
            "Quốc lộ 8A: ",
        ),
        (
            (
                "Đề nghị Trung ương hỗ trợ vốn đầu tư hạ tầng xử lý nước thải khu du lịch Thiên Cầm.",
                "Đề nghị UBND tỉnh bố trí vốn đầu tư hệ thống xử lý nước thải tại bãi biển Thiên Cầm.",
            ),
            "Thiên Cầm: ",
        ),
        (
            (
                "Đề nghị Trung ương bố trí vốn đầu tư hạ tầng giao thông ven biển kết nối các khu du lịch.",
                "Đề nghị UBND tỉnh bố trí vốn đầu tư hạ tầng giao thông ven biển kết nối các khu du lịch.",
            ),
            "“Đề nghị Trung ương bố trí vốn",
        ),
    ],
)
def test_one_thing_asked_of_several_is_told_by_what_it_is(requests: tuple[str, ...], named: str) -> None:
    (prompt,) = prompted(*requests)[DIVIDED]
    assert named in bare(prompt)
    assert "1 đơn vị kiến nghị Trung ương; 1 đơn vị kiến nghị UBND tỉnh" in bare(prompt).replace(
        "Ủy ban nhân dân", "UBND"
    )


@pytest.mark.parametrize(
    "requests",
    [
        (
            "Đề nghị Chính phủ sớm bố trí vốn đầu tư nâng cấp Quốc lộ 8A.",
            "Đề nghị UBND tỉnh sớm bố trí vốn đầu tư nâng cấp Quốc lộ 15A.",
        ),
        (
            "Đề nghị Trung ương hỗ trợ vốn đầu tư hạ tầng xử lý nước thải khu du lịch Thiên Cầm.",
            "Đề nghị UBND tỉnh bố trí vốn đầu tư đường vào Thiên Cầm.",
        ),
        (
            "Đề nghị Trung ương bố trí vốn đầu tư hạ tầng khu du lịch trên địa bàn huyện.",
            "Đề nghị UBND tỉnh bố trí vốn đầu tư hạ tầng khu du lịch trên địa bàn huyện.",
        ),
        (
            "Đề nghị Trung ương bố trí vốn đầu tư hạ tầng du lịch huyện Can Lộc.",
            "Đề nghị UBND tỉnh bố trí vốn đầu tư hạ tầng du lịch huyện Lộc Hà.",
        ),
    ],
)
def test_one_theme_is_not_one_thing(requests: tuple[str, ...]) -> None:
    found = prompted(*requests)
    assert DIVIDED not in found
    (prompt,) = found[MANY]
    assert "1 đơn vị kiến nghị Trung ương; 1 đơn vị kiến nghị" in bare(prompt)


def test_without_a_lexicon_what_several_ask_of_one_is_told() -> None:
    asked = "Đề nghị Ủy ban nhân dân tỉnh bố trí kinh phí nâng cấp đường truyền."
    said = {unit: {"kien_nghi": [asked]} for unit in ("h_can_loc", "h_loc_ha")}
    (group,) = prompts_of(summary_of(nq06(), said), None)
    (prompt,) = group.prompts
    assert group.title == "Kiến nghị của nhiều đơn vị với một nơi"
    assert bare(prompt) == f"Ủy ban nhân dân tỉnh: 2 đơn vị kiến nghị. Ví dụ: Huyện ủy Can Lộc: “{asked}”"


def test_what_one_unit_asks_of_two_is_its_own(plan: Plan) -> None:
    assert list(same_matters(plan, [])) == []
    assert (
        prompted("Đề nghị Chính phủ bố trí vốn đầu tư hạ tầng Quốc lộ 8A. Đề nghị UBND tỉnh mở rộng Quốc lộ 8A.") == {}
    )


def test_figures_that_nobody_has_looked_at_are_counted_and_nobody_is_named(
    plan: Plan, reports: list[ParsedReport]
) -> None:
    denied = DENIED.model_copy(update={"file": "bao-cao.docx", "place": "mục III"})
    verdicts = [make_verdict("huyen_can_loc"), make_verdict("huyen_duc_tho", faults=(ODD, denied))]
    register = make_register(plan, [make_receipt(each.unit) for each in verdicts], verdicts)
    (group,) = prompts_of(summarise(plan, plan.campaigns[0], register, reports), None)
    (prompt,) = group.prompts
    assert (group.title, bare(prompt)) == (
        OPEN,
        "CT01 Tổng lượt khách: 01 số của 1 đơn vị chưa được đơn vị xác nhận; trao đổi riêng với đơn vị trước hội nghị.",
    )


def test_nobody_is_told_to_delegates_as_gainsaying_himself_nor_with_a_case() -> None:
    said = {
        "h_can_loc": {
            "ket_qua": ["Hạ tầng khu du lịch cơ bản đồng bộ, đáp ứng nhu cầu."],
            "han_che": [
                "Hạ tầng du lịch chưa đồng bộ, thiếu bãi đỗ xe.",
                "Đồng chí Trần Văn S., phó trưởng phòng, bị kỷ luật cảnh cáo vì buông lỏng quản lý du lịch.",
            ],
        }
    }
    assert prompts_of(summary_of(nq06(), said), lexicon()) == []
