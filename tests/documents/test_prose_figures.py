"""Figures in prose held against what the reports say, on drafts whose every figure is labelled."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from soket.documents.judging import FigureJudge, JudgedFigure
from soket.documents.known import KnownFigures
from soket.narrative.stated import FigureReader
from soket.plan.model import Plan

from .labelled import Label, read, summary_of, world

WORLDS = dict.fromkeys("abcghij", "du_lich") | {"d": "district", "e": "ministry", "f": "quarters"}
"""What each draft's figures are held against; d, e and f are of plans of their own."""


@pytest.fixture(scope="module")
def plan() -> Plan:
    """The plan in use."""
    return world("du_lich")[0]


def judged(draft: str) -> list[tuple[Label | None, JudgedFigure]]:
    """Return what is found about a draft's figures, each with its label."""
    plan, summary = world(WORLDS[draft])
    reader, judge = FigureReader(plan), FigureJudge(KnownFigures(summary))
    paragraphs, labels = read(draft)
    found = []
    for index, paragraph in enumerate(paragraphs):
        for stated in reader.figures(paragraph):
            if (verdict := judge.judge(stated)) is not None:
                own = (each for each in labels if each.paragraph == index and _at(each, stated.start))
                found.append((next(own, None), verdict))
    return found


def _at(label: Label, start: int) -> bool:
    return label.start <= start < label.start + len(label.text)


@pytest.mark.parametrize("draft", WORLDS)
def test_wrong_figures_are_found_and_right_ones_left_alone(draft: str) -> None:
    found = judged(draft)
    _, labels = read(draft)
    planted = [each for each in labels if each.verdict == "bad"]
    surfaced = [label for label, _ in found if label in planted]
    certain = [(label, verdict.why) for label, verdict in found if verdict.certain]
    assert len(surfaced) >= 0.95 * len(planted)
    assert sum(label in planted for label, _ in certain) >= (0.6 if draft != "f" else 0.5) * len(planted)
    assert [pair for pair in certain if pair[0] not in planted] == []
    assert sum(not verdict.certain for _, verdict in found) <= (4 if draft in "hij" else 10)


def test_most_planted_figures_are_wrong_for_certain() -> None:
    count: Counter[bool] = Counter()
    for draft in WORLDS:
        count.update(verdict.certain for label, verdict in judged(draft) if label and label.verdict == "bad")
    assert count[True] / count.total() >= 0.75


def test_each_says_what_the_figure_is_instead() -> None:
    whys = {label.text: verdict.why for label, verdict in judged("b") if label}
    assert whys["644"] == "đúng là số năm 2021"
    assert whys["241.066"] == "đúng là số của Thị ủy Kỳ Anh"
    assert whys["1.347.347"] == "đảo chữ số"
    assert whys["4.468"] == "lệch 10 lần"
    assert whys["41.669,4"] == "lệch 1.000 lần"


SENTENCES = [
    ("Năm 2021, toàn tỉnh đón 643.931 lượt khách.", "value", "CT01", 2021, None),
    ("Huyện Cẩm Xuyên đón 257.248 lượt khách năm 2019.", "value", "CT01", 2019, "h_cam_xuyen"),
    ("Khách quốc tế năm 2019 đạt 30.426 lượt.", "value", "CT01.2", 2019, None),
    ("Doanh thu du lịch năm 2021 ước đạt trên 1.000 tỷ đồng.", "value", "CT02", 2021, None),
    ("Tổng lượt khách năm 2019 tăng 14,2% so với năm 2017.", "growth", "CT01", 2019, None),
    ("Trong 5 năm đã mở 757 lớp tập huấn.", "sum", "CT08", None, None),
    ("Giai đoạn 2017 - 2019, tổng lượt khách tăng bình quân 6,9%/năm.", "mean_growth", "CT01", None, None),
    ("Năm 2021, tổng lượt khách bằng 46,9% so với năm 2019.", "of_year", "CT01", 2021, None),
    ("Tổng lượt khách năm 2019 gấp 1,1 lần năm 2017.", "times", "CT01", 2019, None),
    ("Tổng lượt khách năm 2019: +14,2% so với năm 2017.", "growth", "CT01", 2019, None),
    ("Văn bản lãnh đạo, chỉ đạo năm 2021: 618 VB.", "value", "CT23", 2021, None),
    ("Lớp tập huấn: 757 lớp/05 năm.", "sum", "CT08", None, None),
]


@pytest.mark.parametrize(("sentence", "kind", "code", "period", "unit"), SENTENCES)
def test_what_a_figure_is_said_of(
    plan: Plan, sentence: str, kind: str, code: str, period: int | None, unit: str | None
) -> None:
    (stated,) = FigureReader(plan).figures(sentence)
    assert (stated.kind, stated.indicator, stated.period, stated.unit) == (kind, code, period, unit)


def test_lists_are_answered_one_by_one(plan: Plan) -> None:
    told = "Khách nội địa các năm 2019, 2020 lần lượt là 1.343.921 lượt, 922.556 lượt, khách quốc tế tương ứng là"
    periods = [each.period for each in FigureReader(plan).figures(f"{told} 30.426 lượt và 21.147 lượt.")]
    assert periods == [2019, 2020, 2019, 2020]
    told = "Năm 2019, huyện Hương Sơn và thị xã Kỳ Anh lần lượt đón 241.314 lượt khách và 241.066 lượt khách."
    assert [each.unit for each in FigureReader(plan).figures(told)] == ["h_huong_son", "tx_ky_anh"]


def test_years_of_a_list_that_nothing_deals_out_are_not_certain(plan: Plan) -> None:
    (stated,) = FigureReader(plan).figures("Các năm 2018, 2019, tổng lượt khách đạt 1.288.173 lượt.")
    assert not stated.sure


def test_what_another_is_held_against_is_of_its_own_year(plan: Plan) -> None:
    told = "Năm 2021 tỷ lệ lao động đã qua đào tạo là 57,3%, thấp hơn so với tỷ lệ 58,4% của năm 2017."
    assert [each.period for each in FigureReader(plan).figures(told)] == [2021, 2017]


def test_a_change_after_a_figure_of_nothing_known_is_not_certain(plan: Plan) -> None:
    told = "Tổng lượt khách năm 2019 đạt 1.374.347 lượt, xuất khẩu 1.390 tấn (tăng 16,5% so với năm 2017)."
    *_, stated = FigureReader(plan).figures(told)
    assert (stated.text, stated.sure) == ("16,5%", False)


def test_a_measure_told_before_figures_is_theirs(plan: Plan) -> None:
    told = FigureReader(plan).figures("Tổng thu từ khách du lịch (tỷ đồng): 1.199 (2017), 1.396,9 (2019).")
    assert [(each.amount.value, each.period) for each in told] == [(1.199e12, 2017), (1.3969e12, 2019)]


def test_a_source_at_home_speaks_after_one_elsewhere(plan: Plan) -> None:
    told = "Theo Cục Thống kê, doanh thu ăn uống đạt 4.210 tỷ đồng; theo báo cáo của các địa phương, tổng thu từ khách"
    (stated,) = FigureReader(plan).figures(f"{told} du lịch năm 2021 đạt 1.017,6 tỷ đồng.")
    assert stated.indicator == "CT02"
    (own,) = FigureReader(plan).figures("Cục Thống kê tỉnh đăng 139 tin, bài tuyên truyền về du lịch năm 2021.")
    assert own.unit == "cuc_thong_ke"


@pytest.mark.parametrize(
    ("sentence", "kind", "code"),
    [
        ("Năm 2021 số khu, điểm du lịch tăng 39 khu, điểm (33,3%) so với năm 2017.", "growth", "CT07"),
        ("Năm 2021 số khu, điểm du lịch tăng 39 khu, điểm, 33,3% so với năm 2017.", "growth", "CT07"),
        ("Khách quốc tế năm 2019: 30.426 lượt (2,2%).", "of_total", "CT01.2"),
    ],
)
def test_a_share_beside_a_figure_is_of_that_figure(plan: Plan, sentence: str, kind: str, code: str) -> None:
    (_, stated) = FigureReader(plan).figures(sentence)
    assert (stated.kind, stated.indicator) == (kind, code)


@pytest.mark.parametrize(
    "sentence",
    [
        "Theo Cục Thống kê, năm 2019 lượng khách lưu trú đạt 1,9 triệu lượt.",
        "Mục tiêu đến năm 2025 đón 4,5 triệu lượt khách.",
        "Riêng 6 tháng đầu năm 2021, toàn tỉnh đón 412.500 lượt khách.",
        "Nghị quyết số 06-NQ/TU ngày 07/12/2017 và 34 văn bản khác.",
        "Năm 2019, cả nước đón 18 triệu lượt khách quốc tế.",
        "Tỉnh Thanh Hóa năm 2021 có 960 cơ sở lưu trú với 43.700 buồng.",
        "Có 01 khách sạn 5 sao, 05 khách sạn 4 sao.",
    ],
)
def test_figures_of_others_are_left_alone(plan: Plan, sentence: str) -> None:
    assert list(FigureReader(plan).figures(sentence)) == []


def test_words_that_make_a_figure_anothers_are_the_plans(plan: Plan) -> None:
    sentence = "Năm 2019, khách lưu trú đạt 500.000 lượt khách."
    assert list(FigureReader(plan).figures(sentence)) == []
    assert list(FigureReader(plan.model_copy(update={"not_ours": ()})).figures(sentence))


def test_a_figure_told_in_another_clause_is_not_certain(plan: Plan) -> None:
    (first, second) = FigureReader(plan).figures("Năm 2019 đón 1.374.347 lượt khách; đạt 1.396,9 tỷ đồng doanh thu.")
    assert first.sure
    assert not second.sure


def test_an_amount_rounded_as_written_is_right(plan: Plan) -> None:
    _, summary = world("du_lich")
    judge = FigureJudge(KnownFigures(summary))
    (over,) = FigureReader(plan).figures("Doanh thu du lịch năm 2021 đạt trên 1.000 tỷ đồng.")
    assert judge.judge(over) is None
    wrong = replace(over, amount=replace(over.amount, value=1.1e12, round=1e11))
    assert judge.judge(wrong) is not None


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ("Tổng lượt khách năm 2021 tăng {}% so với năm 2019.", "số liệu cho thấy giảm, dự thảo ghi tăng"),
        ("Tổng lượt khách năm 2021 giảm {}% so với năm 2019.", ""),
        ("So với năm 2019, tổng lượt khách năm 2021 thấp hơn {}%.", ""),
        ("Tổng lượt khách năm 2021: -{}% so với năm 2019.", ""),
    ],
)
def test_a_change_goes_the_way_that_is_said(plan: Plan, told: str, why: str) -> None:
    _, summary = world("du_lich")
    known = KnownFigures(summary)
    fall = 1 - known.cells["CT01", 2021, None] / known.cells["CT01", 2019, None]
    (stated,) = FigureReader(plan).figures(told.format(f"{fall * 100:.1f}".replace(".", ",")))
    found = FigureJudge(known).judge(stated)
    assert (found.why if found else "") == why
    assert found is None or found.certain


@pytest.mark.parametrize(
    ("told", "right"),
    [
        ("Năm 2021 có từ 600 đến 650 văn bản lãnh đạo, chỉ đạo.", True),
        ("Năm 2021 ban hành 600 - 650 văn bản lãnh đạo, chỉ đạo.", True),
        ("Năm 2021 doanh thu du lịch đạt từ 1.000 đến 1.100 tỷ đồng.", True),
        ("Năm 2021 doanh thu du lịch đạt từ 1.100 đến 1.200 tỷ đồng.", False),
    ],
)
def test_a_range_is_right_where_the_figure_lies_in_it(plan: Plan, told: str, right: bool) -> None:
    (stated,) = FigureReader(plan).figures(told)
    assert stated.amount.until is not None
    assert (FigureJudge(KnownFigures(world("du_lich")[1])).judge(stated) is None) is right


def test_what_became_of_a_figure_is_no_range(plan: Plan) -> None:
    told = "Số văn bản lãnh đạo, chỉ đạo tăng từ 500 năm 2017 đến 618 văn bản năm 2021."
    assert all(each.amount.until is None for each in FigureReader(plan).figures(told))


def test_a_change_is_right_as_the_units_that_gave_both_years_have_it(plan: Plan) -> None:
    figures = {"h_can_loc": {"CT03": [10.0, 10.0, 10.0, 10.0, 12.0]}, "h_loc_ha": {"CT03": [5.0, 5.0, 5.0, 5.0, 5.0]}}
    summary = summary_of(plan, figures)
    item = next(each for each in summary.forms[0].indicators if each.indicator.code == "CT03")
    first = replace(item.years[0], total=10.0, values=item.years[0].values[:1])
    gappy = replace(item, years=(first, *item.years[1:]))
    form = replace(summary.forms[0], indicators=(gappy,))
    judge = FigureJudge(KnownFigures(replace(summary, forms=(form,))))
    told = "Số cơ sở lưu trú du lịch năm 2021 tăng {}% so với năm 2017."
    verdicts = [judge.judge(next(FigureReader(plan).figures(told.format(each)))) for each in ("20", "70", "50")]
    assert [verdict is None for verdict in verdicts] == [True, True, False]
