"""Quotations in an official draft: word for word a unit's own, cut where nothing of the meaning goes."""

from __future__ import annotations

import pytest

from soket.documents.checks.finding import DraftCheck, DraftFinding, FindingLevel
from soket.documents.checks.ordered import DraftOutline
from soket.documents.checks.quotes import DraftQuotes
from soket.documents.checks.together import check_draft
from soket.documents.figures import Summary
from soket.narrative.names.quotations import quotations
from soket.plan.model import Plan

from .builders import nq06
from .worded import summary_saying

CAN_LOC = (
    "Năm 2019, huyện đón 84.000 lượt khách, tăng 12% so với năm 2018. "
    "Thị trấn chưa có bãi đỗ xe đủ chỗ cho xe 45 chỗ; chợ quê họp 3 phiên mỗi tuần. "
    "Bãi biển được dọn sạch hằng ngày, không để rác tồn đọng, trừ đoạn cửa lạch chưa có người thu gom. "
    "Đã mở 06 lớp bồi dưỡng cho 240 người; hỗ trợ 12 hộ mua thuyền chở khách, làm 05 nhà sàn. "
    "Công suất sử dụng buồng bình quân đạt 52% kế hoạch đề ra."
)
DUC_THO = (
    "Kính đề nghị Quốc hội xem xét sửa Luật Đất đai về đất thương mại, dịch vụ. "
    "Nhà thờ họ được tu bổ hai gian, kinh phí 1,4 tỷ đồng do con cháu đóng góp; mỗi năm đón gần 9.000 lượt khách."
)


@pytest.fixture(scope="module")
def said() -> Summary:
    return summary_saying(nq06(), h_can_loc=CAN_LOC, h_duc_tho=DUC_THO)


def found(said: Summary, *draft: str, working: tuple[str, ...] = ()) -> list[DraftFinding]:
    return [*DraftQuotes(said, draft, working).findings()]


@pytest.mark.parametrize(
    "draft",
    [
        "Điển hình như Huyện ủy Can Lộc: “Năm 2019, huyện đón 84.000 lượt khách, tăng 12% so với năm 2018”.",
        "Huyện ủy Can Lộc: “Đã mở 06 lớp bồi dưỡng cho 240 người…”.",
        "Huyện ủy Can Lộc: “Đã mở 6 lớp bồi dưỡng cho 240 người; hỗ trợ 12 hộ mua thuyền chở khách”.",
        "Huyện ủy Can Lộc nêu: “Năm 2019, huyện đón 84.000 lượt khách…; đã mở 06 lớp bồi dưỡng cho 240 người”.",
        "Có đơn vị nêu: “Thị trấn chưa có bãi đỗ xe đủ chỗ cho xe 45 chỗ”.",
        "Huyện Đức Thọ (mục III) viết: “mỗi năm đón gần 9.000 lượt khách”.",
        "Mô hình “Nhà sạch, vườn đẹp, ngõ văn minh, làng du lịch” được nhân rộng.",
        "Huyện ủy Can Lộc: “Đã mở 06 lớp bồi dưỡng cho 240 người; hỗ trợ 12 hộ mua thuyền chở khách…”.",
        "Phong trào “Dân vận khéo” lan rộng; huyện Can Lộc, huyện Đức Thọ đều có.",
    ],
)
def test_what_a_report_says_may_be_quoted_and_cut_at_the_end_of_a_clause(said: Summary, draft: str) -> None:
    assert not found(said, draft)


@pytest.mark.parametrize(
    ("draft", "told"),
    [
        (
            "Huyện ủy Can Lộc: “Năm 2019, huyện đón 48.000 lượt khách, tăng 12% so với năm 2018”.",
            "dự thảo ghi “2019, huyện đón 48.000 lượt khách, tăng”, báo cáo viết “2019, huyện đón 84.000 lượt khách",
        ),
        (
            "Huyện ủy Can Lộc: “Năm 2019, huyện đón 84.000 lượt khách, tăng 12% so với năm 2017”.",
            "báo cáo viết “so với năm 2018”",
        ),
        (
            "Có đơn vị nêu: “Thị trấn có bãi đỗ xe đủ chỗ cho xe 45 chỗ; chợ quê họp 3 phiên mỗi tuần”.",
            "báo cáo viết “Thị trấn chưa có bãi đỗ”",
        ),
        ("Huyện ủy Can Lộc: “…có bãi đỗ xe đủ chỗ cho xe 45 chỗ…”.", "cắt bỏ “Thị trấn chưa” trong câu"),
        (
            "Huyện ủy Can Lộc: “Bãi biển được dọn sạch hằng ngày, không để rác tồn đọng…”.",
            "cắt bỏ “trừ đoạn cửa lạch chưa có người thu gom”",
        ),
        ("Huyện ủy Can Lộc: “Công suất sử dụng buồng bình quân đạt 52%…”.", "cắt bỏ “kế hoạch đề ra”"),
        (
            "Như Huyện ủy Đức Thọ: “Kính đề nghị Chính phủ xem xét sửa Luật Đất đai về đất thương mại, dịch vụ”.",
            "dự thảo ghi “Kính đề nghị Chính phủ xem xét sửa”, báo cáo viết “Kính đề nghị Quốc hội xem xét sửa”",
        ),
        (
            "Huyện ủy Can Lộc: “Nhà thờ họ được tu bổ hai gian, kinh phí 1,4 tỷ đồng do con cháu đóng góp”.",
            "là câu của Huyện ủy Đức Thọ: dự thảo ghi là của Huyện ủy Can Lộc",
        ),
        (
            'Huyện ủy Can Lộc: "Đã mở 60 lớp bồi dưỡng cho 240 người; hỗ trợ 12 hộ mua thuyền chở khách".',
            "báo cáo viết “Đã mở 06 lớp bồi dưỡng”",
        ),
    ],
)
def test_what_was_changed_or_cut_in_a_quotation_is_wrong_and_the_report_is_told(
    said: Summary, draft: str, told: str
) -> None:
    (one,) = found(said, draft)
    assert told in one.reason
    assert (one.check, one.level) == (DraftCheck.QUOTE, FindingLevel.WRONG)
    assert one.rests_on


@pytest.mark.parametrize(
    ("draft", "told"),
    [
        ("Huyện ủy Can Lộc: “Hai mươi ba hộ nuôi ong lấy mật bán cho khách đường xa”.", "không có câu này"),
        ("Huyện ủy Can Lộc: “huyện đón 84.000 lượt khách”.", "bỏ thời gian của con số"),
        (
            (
                "Huyện ủy Can Lộc: “Bãi biển được dọn sạch mỗi ngày, không để rác tồn đọng, trừ đoạn cửa lạch chưa "
                "có người thu gom”."
            ),
            "báo cáo viết “được dọn sạch hằng ngày, không để”",
        ),
    ],
)
def test_what_may_be_right_is_to_be_looked_at(said: Summary, draft: str, told: str) -> None:
    (one,) = found(said, draft)
    assert told in one.reason
    assert one.level is FindingLevel.LOOK


def test_what_the_working_draft_quotes_is_asked_only_where_another_is_named(said: Summary) -> None:
    made = (
        "Như Huyện ủy Đức Thọ: “Nhà thờ họ được tu bổ hai gian”; Huyện ủy Can Lộc: “Rút gọn theo cách riêng của bản”."
    )
    assert not found(said, f"{made} Thêm.", working=(made,))
    (one,) = found(said, made.replace("Đức Thọ", "Can Lộc", 1), working=(made,))
    assert "dự thảo ghi là của Huyện ủy Can Lộc" in one.reason


def test_figures_of_a_quotation_are_held_against_its_sentence_alone() -> None:
    plan: Plan = nq06()
    said = summary_saying(plan, h_can_loc="100% nhà hàng niêm yết giá, năm 2019 doanh thu đạt 196 tỷ đồng.")
    quoted = "Huyện ủy Can Lộc: “100% nhà hàng niêm yết giá, năm 2019 doanh thu đạt 196 tỷ đồng”."
    for draft, checks in (
        (quoted, set()),
        (quoted.replace("196", "169"), {DraftCheck.QUOTE}),
        ("Huyện Can Lộc năm 2019 doanh thu du lịch đạt 196 tỷ đồng.", {DraftCheck.PROSE}),
    ):
        checked = check_draft(said, [draft], outline=DraftOutline(plan, [draft]), changes=None)
        assert {each.check for each in checked} & {DraftCheck.QUOTE, DraftCheck.PROSE} == checks


def test_quotations_within_each_other_are_one() -> None:
    text = 'Một: “hai “ba” bốn”, "năm sáu" và «bảy»; “tám'
    assert [each.text for each in quotations(text)] == ["hai “ba” bốn", "năm sáu", "bảy"]
