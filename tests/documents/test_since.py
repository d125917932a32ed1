"""Where two papers of one campaign give different sums, the later one says what came between."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from soket.documents.appraisal import render_appraisal
from soket.documents.checks.finding import DraftCheck, DraftFinding, FindingLevel, identified
from soket.documents.checks.together import amended_findings
from soket.documents.comparison import compare
from soket.documents.dossier import Dossier
from soket.documents.draft import write_draft
from soket.documents.figures import Summary, summarise
from soket.documents.official import read_official
from soket.documents.since import between
from soket.plan.model import Plan
from soket.record.records import Submission
from soket.record.resting import Late
from soket.record.stale import LaterReport

from .builders import NOW, make_receipt, make_register, make_report, make_verdict
from .conftest import text_of


@pytest.fixture
def summed(plan: Plan) -> Callable[..., Summary]:
    """Give a summary of some reports, each a unit's first of a scale, or its second."""

    def make(*, again: bool = False, **scales: int) -> Summary:
        number = 2 if again else 1
        return summarise(
            plan,
            plan.campaigns[0],
            make_register(
                plan,
                [make_receipt(unit, number) for unit in scales],
                [make_verdict(unit, number) for unit in scales],
            ),
            [make_report(unit, scale, number=number) for unit, scale in scales.items()],
        )

    return make


def test_what_came_between_two_papers_is_told_with_the_totals_that_it_moved(summed: Callable[..., Summary]) -> None:
    came = between(summed(huyen_can_loc=1), summed(huyen_can_loc=1, huyen_duc_tho=3), "dự thảo vòng 1")
    assert came.in_words == (
        "So với dự thảo vòng 1: thêm báo cáo của Huyện ủy Đức Thọ. Tổng lượt khách năm 2021 từ 90 lượt thành 360 lượt; "
        "Doanh thu du lịch năm 2021 từ 9 tỷ đồng thành 36 tỷ đồng; Công suất phòng năm 2021 từ 40% thành 80%."
    )


def test_a_report_sent_again_with_the_same_figures_moves_no_total(summed: Callable[..., Summary]) -> None:
    came = between(summed(huyen_can_loc=1), summed(huyen_can_loc=1, again=True), "dự thảo")
    assert came.in_words == "So với dự thảo: báo cáo gửi lại của Huyện ủy Can Lộc. Các số tổng không đổi."


def test_nothing_came_between_a_paper_and_itself(summed: Callable[..., Summary]) -> None:
    assert not between(summed(huyen_can_loc=1), summed(huyen_can_loc=1), "dự thảo")


def test_who_sent_word_of_nothing_to_report_is_no_gap_in_the_figures(plan: Plan) -> None:
    nil = make_verdict("thi_ky_anh").model_copy(update={"kind": Submission.NIL_RETURN})
    register = make_register(
        plan, [make_receipt("huyen_can_loc"), make_receipt("thi_ky_anh")], [make_verdict("huyen_can_loc"), nil]
    )
    (form,) = summarise(plan, plan.campaigns[0], register, [make_report("huyen_can_loc")]).forms
    assert "thi_ky_anh" not in {unit.code for unit in form.units}


def test_draft_and_appraisal_print_it(plan: Plan, summed: Callable[..., Summary]) -> None:
    before, now = summed(huyen_can_loc=1), summed(huyen_can_loc=1, huyen_duc_tho=3)
    since = between(before, now, "bản tổng hợp vòng 1").in_words
    late = LaterReport(plan.unit("huyen_duc_tho"), Late.CAME)
    assert since in text_of(write_draft(now, since=since).word)
    draft = read_official(plan, write_draft(before).word)
    comparison = compare(before, official=draft, working=draft)
    assert since in comparison.markdown(amended=[late], since=since)
    dossier = Dossier(plan.stage("vptu_appraisal"), 1, comparison, amended=(late,), since=since)
    sheet = text_of(render_appraisal(dossier, made_at=NOW))
    assert since in sheet
    lacking = "chưa có phần của 3/4 đơn vị: 2 chưa có báo cáo khi tổng hợp (Huyện ủy Kỳ Anh; Thị ủy Kỳ Anh); 1 đến sau"
    assert f"{lacking} bản tổng hợp (Huyện ủy Đức Thọ)" in sheet
    assert f"{lacking} bản tổng hợp (Huyện ủy Đức Thọ)" in dossier.markdown


def test_what_came_late_is_asked_about_once_and_nobody_waits_for_it(plan: Plan, summed: Callable[..., Summary]) -> None:
    before = summed(huyen_can_loc=1)
    comparison = compare(before, official=read_official(plan, write_draft(before).word))
    late, absent = comparison.missing[0], comparison.missing[1:]
    later = LaterReport(late, Late.CAME)
    found = replace(comparison, findings=amended_findings([later]))
    dossier = Dossier(plan.stage("vptu_appraisal"), 1, found, amended=(later,), since="Số A tăng.")
    missing, came = [each for each in dossier.to_decide if late.name in each or absent[0].name in each]
    assert missing.startswith(f"Còn thiếu báo cáo của {len(absent)}/")
    assert late.name not in missing
    assert came == (
        f"Báo cáo đến sau bản tổng hợp, dự thảo chưa tính: {late.name}. Số A tăng. "
        "Đề nghị cho ý kiến: ban hành như dự thảo, hay tổng hợp lại."
    )
    assert f"1 đến sau bản tổng hợp ({late.name})" in dossier.markdown
    taken = replace(dossier, amended=(LaterReport(late, Late.TAKEN),))
    told = f"Báo cáo đến trước, được tiếp nhận sau bản tổng hợp, dự thảo chưa tính: {late.name}. Số A tăng."
    assert taken.to_decide[1].startswith(told)
    assert told in text_of(render_appraisal(taken, made_at=NOW))


def test_whatever_goes_up_open_asks_for_a_decision(plan: Plan, summed: Callable[..., Summary]) -> None:
    before = summed(huyen_can_loc=1)
    comparison = compare(before, official=read_official(plan, write_draft(before).word))
    wrong = DraftFinding(DraftCheck.DATE, FindingLevel.WRONG, "ngày 30/02 không có", about="x", paragraph=1)
    dossier = Dossier(plan.stage("vptu_appraisal"), 1, replace(comparison, findings=identified([wrong])))
    assert len(dossier.to_decide) == 2
    more = replace(wrong, about="y", reason="ngày 31/04 không có")
    several = replace(dossier, comparison=replace(comparison, findings=identified([wrong, more])))
    assert len(several.to_decide) == 2
    last = several.to_decide[-1]
    assert last.startswith("Dự thảo còn 02 điểm mở: (a) Chỗ lệch chưa sửa: ")
    assert last.count("Đề nghị cho ý kiến") == 1
    assert last.endswith("Đề nghị cho ý kiến từng điểm: giữ như dự thảo, hay sửa trước khi ban hành.")
    assert all("Đề nghị cho ý kiến: " in each and " hay " in each for each in dossier.to_decide)


def test_of_many_places_only_to_be_looked_at_the_letter_counts_what_the_appraisal_lists(
    plan: Plan, summed: Callable[..., Summary]
) -> None:
    before = summed(huyen_can_loc=1)
    comparison = compare(before, official=read_official(plan, write_draft(before).word))
    wrong = DraftFinding(DraftCheck.DATE, FindingLevel.WRONG, "ngày 30/02 không có", about="x", paragraph=1)
    look = [replace(wrong, level=FindingLevel.LOOK, about=f"y{at}", reason=f"chỗ thứ {at}") for at in range(30)]
    dossier = Dossier(plan.stage("vptu_appraisal"), 1, replace(comparison, findings=identified([wrong, *look])))
    last = dossier.to_decide[-1]
    assert last.startswith("Dự thảo còn 31 điểm mở: (a) Chỗ lệch chưa sửa: ")
    assert last.count("Chỗ cần xem: ") == 11
    assert "; và 19 chỗ cần xem khác, nêu ở Báo cáo thẩm định. Đề nghị cho ý kiến từng điểm: " in last
