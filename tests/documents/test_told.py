"""What a paper tells is kept small, read back as it was, and compared: totals by how much, sentences, themes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from soket.documents.figures import Summary, summarise
from soket.documents.moves import FigureMove, Moves
from soket.documents.said import gather
from soket.documents.told import Telling, changes, told
from soket.faults import Fault
from soket.plan.model import Plan
from soket.plan.themes import Lexicon

from .builders import ODD, make_receipt, make_register, make_report, make_verdict

THEME = {"code": "K1", "name": "Hạ tầng", "keywords": ["hạ tầng", "ocop"]}
LEXICON = Lexicon.model_validate({"id": "thu", "title": "Thử", "sections": {"ket_qua": [THEME]}})


@pytest.fixture
def summed(plan: Plan) -> Callable[..., Summary]:
    """Give a summary of some reports, each of a scale."""

    def make(number: int = 1, **scales: int) -> Summary:
        register = make_register(
            plan,
            [make_receipt(unit, number) for unit in scales],
            [make_verdict(unit, number) for unit in scales],
        )
        reports = [make_report(unit, scale, number=number) for unit, scale in scales.items()]
        return summarise(plan, plan.campaigns[0], register, reports)

    return make


def compared(plan: Plan, before: Summary, now: Summary) -> Moves:
    return changes(plan, *(told(each, gather(each, LEXICON)) for each in (before, now)), LEXICON)


def test_totals_say_by_how_much_they_moved(plan: Plan, summed: Callable[..., Summary]) -> None:
    found = compared(plan, summed(huyen_can_loc=1), summed(huyen_can_loc=1, huyen_duc_tho=3))
    assert [move.in_words for move in found.latest] == [
        "Tổng lượt khách năm 2021 từ 90 lượt thành 360 lượt (tăng 270 lượt)",
        "Doanh thu du lịch năm 2021 từ 9 tỷ đồng thành 36 tỷ đồng (tăng 27 tỷ đồng)",
        "Công suất phòng năm 2021 từ 40% thành 80% (tăng 40 điểm phần trăm)",
    ]
    assert len(found.figures) > len(found.latest)  # the years before moved too
    assert found.lines()[-1].startswith("Số các năm, kỳ trước: ")


def test_less_than_is_printed_is_not_told_as_nothing(plan: Plan) -> None:
    share = next(each for form in plan.forms for each in form.indicators if each.unit_of_measure == "%")
    move = FigureMove(share, 2021, 21.1551, 21.1549, latest=True)
    assert move.is_seen
    assert move.in_words.endswith("từ 21,16% thành 21,15% (giảm 0,01 điểm phần trăm)")
    assert FigureMove(share, 2021, 21.1551, 21.1559, latest=True).by == ""
    moved = FigureMove(share, 2021, 21.1549, 21.0151, latest=True)
    assert moved.in_words.endswith("từ 21,15% thành 21,02% (giảm 0,13 điểm phần trăm)")
    assert FigureMove(share, 2021, 21.16, 21.0, latest=True).by == "giảm 0,16 điểm phần trăm"


def test_a_total_that_is_gone_is_told_without_by_how_much(plan: Plan, summed: Callable[..., Summary]) -> None:
    found = compared(plan, summed(huyen_can_loc=1), summed())
    assert found.reports == ("không còn báo cáo của Huyện ủy Can Lộc",)
    assert "Tổng lượt khách năm 2021 từ 90 lượt thành chưa có" in [move.in_words for move in found.figures]


def test_sentences_are_told_as_they_were_and_as_they_are(plan: Plan, summed: Callable[..., Summary]) -> None:
    found = compared(plan, summed(huyen_can_loc=1), summed(2, huyen_can_loc=2))
    (first, *_) = found.sentences
    assert "90 lượt" in first.before
    assert "180 lượt" in first.after
    assert found.reports == ("báo cáo gửi lại của Huyện ủy Can Lộc",)


def test_themes_are_told_by_how_many_reports_more_or_fewer(plan: Plan, summed: Callable[..., Summary]) -> None:
    one, two = summed(huyen_can_loc=1), summed(huyen_can_loc=1, huyen_duc_tho=3)
    assert [str(move) for move in compared(plan, one, two).themes] == ["Hạ tầng: 2 báo cáo nêu (thêm 1)"]
    assert [str(move) for move in compared(plan, two, one).themes] == ["Hạ tầng: 1 báo cáo nêu (bớt 1)"]


def test_nothing_changed_between_a_paper_and_what_was_kept_of_it(plan: Plan, summed: Callable[..., Summary]) -> None:
    now = summed(huyen_can_loc=1, huyen_duc_tho=3)
    kept = Telling.model_validate_json(told(now, gather(now, LEXICON)).to_json())
    found = changes(plan, kept, told(now, gather(now, LEXICON)), LEXICON)
    assert not found
    assert found.lines() == []


def test_only_so_many_of_a_kind_are_told(plan: Plan, summed: Callable[..., Summary]) -> None:
    found = compared(plan, summed(huyen_can_loc=1), summed(huyen_can_loc=1, huyen_duc_tho=3))
    assert "Và 2 thay đổi khác cùng loại." in found.lines(most=1)


def test_a_total_that_a_figure_in_doubt_moved_says_so(plan: Plan, summed: Callable[..., Summary]) -> None:
    def with_doubt(*faults: Fault) -> Summary:
        units = ("huyen_can_loc", "huyen_duc_tho")
        verdicts = [make_verdict(units[0]), make_verdict(units[1], faults=faults)]
        register = make_register(plan, [make_receipt(unit) for unit in units], verdicts)
        reports = [make_report(units[0]), make_report(units[1], 3)]
        return summarise(plan, plan.campaigns[0], register, reports)

    odd = with_doubt(ODD)
    lines = compared(plan, summed(huyen_can_loc=1), odd).lines()
    assert (
        "Tổng lượt khách năm 2021 từ 90 lượt thành 360 lượt (tăng 270 lượt; gồm số chưa được xác nhận của Huyện ủy "
        "Đức Thọ, không tính là 90 lượt)." in lines
    )
    assert [line for line in lines if "xác nhận" in line] == [lines[1]]
    assert compared(plan, odd, with_doubt()).lines()[0] == (
        "Đã được xác nhận, nay tính cả trong lời văn: Tổng lượt khách năm 2021 của Huyện ủy Đức Thọ."
    )
