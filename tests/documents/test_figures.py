from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from soket.documents.figures import Summary, summarise
from soket.documents.form_fields import forms_fields
from soket.documents.form_sentences import gap_sentence, partial_gaps
from soket.documents.goals import is_reached, may_go_down
from soket.documents.indicators import IndicatorSummary
from soket.documents.sentences import headline, indicator_sentence
from soket.documents.standing import PaperList
from soket.plan.model import Campaign, Plan, Target
from soket.record.decisions import Exemption
from soket.record.records import ParsedReport, Submission
from soket.record.register import Register

from .builders import CRITICAL, IN_TIME, make_receipt, make_register, make_report, make_verdict


def item(summary: Summary, code: str) -> IndicatorSummary:
    return next(each for each in summary.forms[0].indicators if each.indicator.code == code)


def names(units: object) -> list[str]:
    return [unit.name for unit in units]


def test_a_total_adds_the_accepted_reports_and_says_where_each_part_stands(summary: Summary) -> None:
    year = item(summary, "CT01").years[0]
    assert year.total == 400
    assert [(value.unit.code, value.value, value.submission, value.file, value.cell) for value in year.values] == [
        ("huyen_can_loc", 100, 1, "bieu.xlsx", "D5"),
        ("huyen_duc_tho", 300, 1, "bieu.xlsx", "D5"),
    ]
    assert names(year.missing) == ["Thị ủy Kỳ Anh"]  # the nil return owes no figure


def test_means_and_what_does_not_add_up(summary: Summary) -> None:
    assert [year.total for year in item(summary, "CT03").years] == [100, 111, 80]
    assert [year.total for year in item(summary, "CT04").years] == [None, None, None]
    assert item(summary, "CT04").years[0].by_unit["huyen_can_loc"].value == 7


def test_a_missing_figure_is_missing_and_not_nought(summary: Summary) -> None:
    year = item(summary, "CT02").years[0]
    assert year.total == 10.5
    assert names(year.missing) == ["Huyện ủy Đức Thọ", "Thị ủy Kỳ Anh"]
    assert partial_gaps(summary.forms[0]) == ["Huyện ủy Đức Thọ: CT02 tất cả các năm"]
    assert gap_sentence(summary.forms[0]) == "Số liệu trên chưa có phần của 1/3 đơn vị: Thị ủy Kỳ Anh."


def test_growth_counts_only_units_that_gave_both_years(plan: Plan, campaign: Campaign, register: Register) -> None:
    whole = make_report("huyen_can_loc")
    part = make_report("huyen_duc_tho", 3)
    part = part.model_copy(update={"figures": tuple(each for each in part.figures if each.year != 2019)})
    growth = item(summarise(plan, campaign, register, [whole, part]), "CT01").growth
    assert growth is not None
    assert (growth.units, round(growth.share, 3)) == (1, -0.1)


def test_targets_are_compared_in_their_own_year_or_the_latest(summary: Summary) -> None:
    visitors, rooms = item(summary, "CT01").comparison, item(summary, "CT03").comparison
    assert visitors is not None
    assert (visitors.year, visitors.actual) == (2021, 360)
    assert visitors.share == pytest.approx(0.072)
    assert rooms is None, "its target is an example"


def test_a_target_of_each_unit_is_not_held_against_their_sum(summary: Summary) -> None:
    visitors = item(summary, "CT01")
    target = Target(year=2025, value=150, scope="unit")
    own = replace(visitors, indicator=visitors.indicator.model_copy(update={"target": target}))
    assert visitors.at_target is None
    assert own.comparison is None
    assert own.at_target is not None
    assert (own.at_target.reached, own.at_target.units) == (1, 2)
    assert headline(own).endswith(", 1/2 đơn vị đạt mục tiêu của mỗi đơn vị năm 2025 (150 lượt)")
    example = target.model_copy(update={"example": True})
    none = replace(own, indicator=own.indicator.model_copy(update={"target": example}))
    assert (none.comparison, none.at_target) == (None, None)
    assert "mục tiêu" not in headline(none)


@pytest.mark.parametrize(
    ("value", "reached", "said"),
    [
        (300, False, "còn cao hơn mục tiêu năm 2025 (không quá 300 lượt) 60 lượt"),
        (360, True, "đạt mục tiêu năm 2025 (không quá 360 lượt)"),
        (400, True, "đạt mục tiêu năm 2025 (không quá 400 lượt), thấp hơn 40 lượt"),
    ],
)
def test_a_target_to_go_down_to_is_reached_from_above(summary: Summary, value: int, reached: bool, said: str) -> None:
    visitors = item(summary, "CT01")
    target = Target(year=2025, value=value, at_most=True)
    down = replace(visitors, indicator=visitors.indicator.model_copy(update={"target": target}))
    assert is_reached(down) is reached
    assert said in headline(down)
    assert down.comparison is not None
    assert down.comparison.share is None
    assert not may_go_down(down)
    each = replace(
        down,
        indicator=down.indicator.model_copy(
            update={"target": Target(year=2025, value=100, scope="unit", at_most=True)}
        ),
    )
    assert each.at_target is not None
    assert (each.at_target.reached, each.at_target.units) == (1, 2)


def test_a_target_that_was_passed_before_anything_was_done_may_be_one_to_go_down_to(summary: Summary) -> None:
    visitors = item(summary, "CT01")
    low = replace(visitors, indicator=visitors.indicator.model_copy(update={"target": Target(year=2025, value=5)}))
    assert may_go_down(low)
    assert not may_go_down(visitors)
    assert is_reached(low) is None
    assert is_reached(visitors) is False
    assert low.comparison is not None
    assert low.comparison.share is None
    assert "so với mục tiêu năm 2025 (5 lượt)" in headline(low)
    met = replace(low, indicator=low.indicator.model_copy(update={"target": Target(year=2025, value=360)}))
    assert may_go_down(met)
    assert is_reached(met) is True


def test_sentences(summary: Summary) -> None:
    visitors, income, rooms, places = [indicator_sentence(each, reported=2) for each in summary.forms[0].indicators]
    assert visitors == (
        "Tổng lượt khách năm 2020 đạt mức cao nhất với 480 lượt, tăng 20% so với năm 2019; năm 2021 ước đạt "
        "360 lượt, bằng 75% so với năm 2020, bằng 7,2% mục tiêu năm 2025 (5.000 lượt). "
        "Cả giai đoạn 2019 - 2021 ước đạt 1.240 lượt."
    )
    assert income == (
        "Doanh thu du lịch năm 2020 đạt mức cao nhất với 12,3 tỷ đồng, tăng 16,7% so với năm 2019; năm 2021 ước đạt "
        "9 tỷ đồng, bằng 73,5% so với năm 2020; tính trên 1/3 đơn vị có số liệu. "
        "Cả giai đoạn 2019 - 2021 ước đạt 31,8 tỷ đồng."
    )
    assert rooms == (
        "Công suất phòng năm 2020 đạt mức cao nhất với 111%, tăng 11 điểm phần trăm so với năm 2019; "
        "năm 2021 ước đạt bình quân 80%, giảm 31 điểm phần trăm so với năm 2020."
    )
    assert places == (
        "Mã số <&> điểm đến năm 2021 từ 9 điểm (huyện Can Lộc) đến 27 điểm (huyện Đức Thọ), không cộng chung."
    )


def test_what_came_of_a_year_so_far_is_held_against_no_whole_one(
    plan: Plan, campaign: Campaign, register: Register, reports: list[ParsedReport]
) -> None:
    whole = plan.model_copy(update={"estimated_years": ()})
    early = campaign.model_copy(update={"opens": date(2021, 4, 15)})
    summary = summarise(whole, early, register, reports)
    visitors, _, rooms, _ = summary.forms[0].indicators
    assert indicator_sentence(visitors, reported=2) == (
        "Tổng lượt khách năm 2020 đạt 480 lượt, tăng 20% so với năm 2019; "
        "năm 2021 (tính đến thời điểm báo cáo) đạt 360 lượt, bằng 7,2% mục tiêu năm 2025 (5.000 lượt). "
        "Cả giai đoạn 2019 - 2020 đạt 880 lượt."
    )
    assert "năm 2021 đạt bình quân 80%" in indicator_sentence(rooms, reported=2)  # a share is one whenever it is told
    note = "Số liệu năm 2021 tính đến thời điểm báo cáo, chưa phải số cả năm."
    assert note in forms_fields(summary, "")[0]["below"]
    late = summarise(whole, campaign, register, reports).forms[0].indicators[0]
    assert "năm 2021 đạt 360 lượt, bằng 75% so với năm 2020" in indicator_sentence(late, reported=2)


def test_lists_name_everyone_once_the_vietnamese_way(summary: Summary) -> None:
    lists = {each.name: names(each.units) for each in summary.units}
    assert lists == {
        "on_time": ["Huyện ủy Can Lộc"],
        "late": ["Huyện ủy Đức Thọ"],
        "returned": ["Thị ủy Kỳ Anh"],
        "pending": [],
        "silent": [],
        "nil": ["Huyện ủy Kỳ Anh"],
        "exempt": [],
    }
    assert names(summary.missing) == ["Thị ủy Kỳ Anh"]


def test_who_has_nothing_to_report_is_counted_apart_from_who_was_in_time(summary: Summary) -> None:
    rates = summary.overall
    assert (rates.settled, rates.in_time, rates.late, rates.nil) == (3, 1, 1, 1)
    assert rates.completeness == 3 / rates.owing
    assert rates.timeliness == 2 / rates.owing  # of the same: who said in time that there is nothing was in time


def test_what_is_looked_at_is_not_missing(plan: Plan, campaign: Campaign) -> None:
    received = [make_receipt("huyen_can_loc"), make_receipt("huyen_duc_tho")]
    register = make_register(plan, received, [make_verdict("huyen_can_loc")])
    summary = summarise(plan, campaign, register, [make_report("huyen_can_loc")])
    assert names(summary.missing) == ["Huyện ủy Kỳ Anh", "Thị ủy Kỳ Anh"]
    assert summary.missing_in_words == "Huyện ủy Kỳ Anh; Thị ủy Kỳ Anh; đã gửi, đang kiểm tra: Huyện ủy Đức Thọ"


def test_rates_count_only_those_who_owe(plan: Plan, campaign: Campaign) -> None:
    exemption = Exemption(
        id="e", decided_at=IN_TIME, account="btg", granted_by="A", reason="Mới thành lập", unit="huyen_ky_anh"
    )
    register = make_register(plan, [make_receipt("huyen_can_loc")], [make_verdict("huyen_can_loc")], (exemption,))
    summary = summarise(plan, campaign, register, [make_report("huyen_can_loc")])
    assert [rates.block.code for rates in summary.blocks if rates.block] == ["huyen"]  # the press owes no report
    assert (summary.overall.owing, summary.overall.settled, summary.overall.silent) == (3, 1, 2)
    assert summary.overall.completeness == pytest.approx(1 / 3)


def test_an_accepted_report_outweighs_a_later_faulty_one(plan: Plan, campaign: Campaign) -> None:
    receipts = [make_receipt("huyen_can_loc"), make_receipt("huyen_can_loc", 2)]
    verdicts = [make_verdict("huyen_can_loc"), make_verdict("huyen_can_loc", 2, faults=(CRITICAL,))]
    summary = summarise(plan, campaign, make_register(plan, receipts, verdicts), [make_report("huyen_can_loc")])
    assert names(summary.listed(PaperList.ON_TIME)) == ["Huyện ủy Can Lộc"]


def test_headings_without_text_name_the_unit(summary: Summary) -> None:
    wishes = next(each for each in summary.sections if each.section.code == "kien_nghi")
    assert not wishes.excerpts
    assert names(wishes.silent) == ["Huyện ủy Can Lộc", "Huyện ủy Đức Thọ"]


def test_nothing_reported_at_all(plan: Plan, campaign: Campaign) -> None:
    summary = summarise(plan, campaign, make_register(plan, [], []), [])
    assert item(summary, "CT01").latest is None
    assert item(summary, "CT01").growth is None
    assert item(summary, "CT01").comparison is None
    assert summary.overall.completeness == 0


def test_coverage_plans_and_nil_returns_add_nothing(plan: Plan, campaign: Campaign, register: Register) -> None:
    press = ParsedReport(
        unit="bao_ha_tinh", number=1, kind=Submission.COVERAGE_PLAN, sections=(), figures=(), faults=()
    )
    summary = summarise(plan, campaign, register, [make_report("huyen_can_loc"), press])
    assert "Báo Hà Tĩnh" not in [unit.name for each in summary.sections for unit in each.silent]
